//! Counts errors over time, in bounded memory.

use std::collections::BTreeMap;

use booking_errors::Triage;
use jiff::Timestamp;
use serde::Serialize;

const DAY: i64 = 86_400;

/// How long a bin can be, in seconds. Each is a multiple of the one before.
const BINS: &[i64] = &[1, 10, 60, 600, 3_600, DAY, 10 * DAY, 100 * DAY, 1_000 * DAY, 10_000 * DAY];

/// How long a column can be, in seconds. A column never begins within a bin: see `Timeline::columns`.
pub const COLUMNS: &[i64] = &[
    1,
    2,
    5,
    10,
    15,
    20,
    30,
    60,
    120,
    300,
    600,
    900,
    1_200,
    1_800,
    3_600,
    7_200,
    10_800,
    14_400,
    21_600,
    28_800,
    43_200,
    DAY,
    2 * DAY,
    5 * DAY,
    10 * DAY,
    20 * DAY,
    50 * DAY,
    100 * DAY,
    200 * DAY,
    500 * DAY,
    1_000 * DAY,
    2_000 * DAY,
    5_000 * DAY,
    10_000 * DAY,
    20_000 * DAY,
    50_000 * DAY,
    100_000 * DAY,
    200_000 * DAY,
];

/// The most columns to show.
const MOST_COLUMNS: i64 = 60;

/// The most counts to keep. If there are more, the bins grow.
const MOST_COUNTS: usize = 8_192;

/// One in this many errors may lie outside of what is shown, if their times are far from all others.
const OUTLIERS: u64 = 100;

/// How many errors of a group there were in each bin of time. Only bins with errors take memory, so a time that is far from
/// the others, such as 1970, does no harm.
pub struct Timeline {
    /// How long a bin is, in seconds.
    width: i64,
    counts: BTreeMap<(i64, Triage), u64>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self { width: 1, counts: BTreeMap::new() }
    }
}

impl Timeline {
    pub fn add(&mut self, time: Timestamp, group: Triage) {
        self.count(time.as_second(), group, 1);
    }

    pub fn merge(&mut self, other: Self) {
        while self.width < other.width {
            self.grow();
        }
        for ((bin, group), count) in other.counts {
            self.count(bin * other.width, group, count);
        }
    }

    fn count(&mut self, second: i64, group: Triage, count: u64) {
        *self.counts.entry((second.div_euclid(self.width), group)).or_default() += count;
        while self.counts.len() > MOST_COUNTS && self.grow() {}
    }

    /// Makes the bins longer; `false` if they are as long as can be.
    fn grow(&mut self) -> bool {
        let Some(&width) = BINS.iter().find(|&&width| width > self.width) else { return false };
        let mut counts = BTreeMap::new();
        for (&(bin, group), &count) in &self.counts {
            *counts.entry((bin.div_euclid(width / self.width), group)).or_default() += count;
        }
        *self = Self { width, counts };
        true
    }

    /// Returns what to show of it; `None` without any times.
    pub fn columns(&self) -> Option<Columns> {
        let (first, last) = self.range()?;
        let (start, end) = (first * self.width, (last + 1) * self.width);
        let seconds = COLUMNS.iter().copied().find(|seconds| {
            let columns = (end - 1).div_euclid(*seconds) - start.div_euclid(*seconds) + 1;
            seconds % self.width == 0 && columns <= MOST_COLUMNS
        })?;
        let first = start.div_euclid(seconds);
        let columns = usize::try_from((end - 1).div_euclid(seconds) - first + 1).ok()?;
        let mut counts: BTreeMap<_, _> = Triage::ALL.iter().map(|&group| (group, vec![0; columns])).collect();
        let mut outside = 0;
        for (&(bin, group), &count) in &self.counts {
            let column = usize::try_from((bin * self.width).div_euclid(seconds) - first).ok();
            let group = counts.get_mut(&group);
            match column.and_then(|column| group?.get_mut(column)) {
                Some(column) => *column += count,
                None => outside += count,
            }
        }
        Some(Columns {
            start: Timestamp::from_second(first * seconds).unwrap_or(Timestamp::MIN),
            seconds,
            columns,
            outside,
            counts,
        })
    }

    /// Returns the first and the last bin to show: all, unless a few outliers take most of the room.
    fn range(&self) -> Option<(i64, i64)> {
        let bins = || self.counts.iter().map(|(&(bin, _), &count)| (bin, count));
        let (first, _) = bins().next()?;
        let (last, _) = bins().next_back()?;
        let total: u64 = bins().map(|(_, count)| count).sum();
        let few = (total / OUTLIERS).max(u64::from(total >= 10));
        let inner_first = without_few(bins(), few)?;
        let inner_last = without_few(bins().rev(), few)?;
        let length = inner_last - inner_first + 1;
        if inner_first > inner_last || last - first + 1 < 10 * length {
            return Some((first, last));
        }
        // what is near counts as well
        let is_near = |bin: &i64| (inner_first - length..=inner_last + length).contains(bin);
        let near = || bins().map(|(bin, _)| bin).filter(is_near);
        Some((near().next()?, near().next_back()?))
    }
}

/// Returns the first bin after a few errors.
fn without_few(bins: impl Iterator<Item = (i64, u64)>, few: u64) -> Option<i64> {
    let mut seen = 0;
    bins.skip_while(|(_, count)| {
        seen += count;
        seen <= few
    })
    .map(|(bin, _)| bin)
    .next()
}

/// A timeline in columns of equal length.
#[derive(Serialize)]
pub struct Columns {
    /// When the first column begins.
    pub start: Timestamp,
    /// How long a column is.
    pub seconds: i64,
    pub columns: usize,
    /// How many errors have a time before or after this, far from all others.
    pub outside: u64,
    #[serde(skip)]
    pub counts: BTreeMap<Triage, Vec<u64>>,
}
