//! Counts how often each key comes, in bounded memory.

use std::collections::BTreeMap;

/// Something that is counted.
pub trait Key: Ord {
    /// Returns whether it is one of a list that ends. Such a key is always counted exactly.
    fn is_known(&self) -> bool;
}

/// Counts keys. The count of each is exact until there are more than twice as many as it keeps. From then on rare unknown
/// keys are dropped, so that the count of an unknown key may be too low.
pub struct Counter<K, const KEPT: usize> {
    counts: BTreeMap<K, u64>,
    /// How many keys there may be before rare ones are dropped.
    room: usize,
    /// The most keys that were ever there at once.
    most: usize,
    /// How often keys came that were dropped.
    dropped: u64,
}

/// Keys that are not listed.
#[derive(Clone, Copy)]
pub struct Others {
    pub keys_at_least: usize,
    pub count: u64,
}

impl<K: Key, const KEPT: usize> Counter<K, KEPT> {
    pub fn add(&mut self, key: K, count: u64) {
        if let Some(counted) = self.counts.get_mut(&key) {
            *counted += count;
            return;
        }
        self.counts.insert(key, count);
        self.most = self.most.max(self.counts.len());
        if self.counts.len() > self.room {
            self.drop_rare();
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.dropped += other.dropped;
        self.most = self.most.max(other.most);
        for (key, count) in other.counts {
            self.add(key, count);
        }
    }

    /// Returns the keys, the most frequent first, and what is not among them.
    pub fn into_sorted(mut self) -> (Vec<(K, u64)>, Option<Others>) {
        if self.dropped > 0 {
            self.drop_rare();
        }
        let keys_at_least = self.most.saturating_sub(self.counts.len()).max(1);
        let others = (self.dropped > 0).then_some(Others { keys_at_least, count: self.dropped });
        let mut counts: Vec<_> = self.counts.into_iter().collect();
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        (counts, others)
    }

    /// Keeps the most frequent of the unknown keys.
    fn drop_rare(&mut self) {
        let unknown = self.counts.iter().filter(|(key, _)| !key.is_known());
        let mut counts: Vec<_> = unknown.map(|(_, &count)| count).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        // the first one that goes; if all stay, this is 0
        let least = counts.get(KEPT).copied().unwrap_or_default();
        // of those that came as often as the first one that goes, as many as there is room for
        let mut room = KEPT - counts.partition_point(|&count| count > least);
        let mut dropped = 0;
        self.counts.retain(|key, count| {
            if *count > least || key.is_known() {
                return true;
            }
            let is_kept = *count == least && room > 0;
            match is_kept {
                true => room -= 1,
                false => dropped += *count,
            }
            is_kept
        });
        self.dropped += dropped;
        self.room = self.counts.len() + KEPT;
    }
}

impl<K, const KEPT: usize> Default for Counter<K, KEPT> {
    fn default() -> Self {
        Self { counts: BTreeMap::new(), room: 2 * KEPT, most: 0, dropped: 0 }
    }
}
