//! How long to wait between attempts: exponential backoff with full jitter.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// Waits whose ceiling doubles each time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    pub(super) first: Duration,
    pub(super) longest: Duration,
}

impl Backoff {
    /// Returns a random wait from zero to the ceiling of the n-th time, counted from 0.
    pub(super) fn wait(self, times: u32) -> Duration {
        let ceiling = self.first.saturating_mul(2_u32.saturating_pow(times));
        random_up_to(ceiling.min(self.longest))
    }
}

/// Returns a random duration up to and including this one, or one of 584 years.
fn random_up_to(ceiling: Duration) -> Duration {
    let choices = u64::try_from(ceiling.as_nanos()).map_or(u64::MAX, |nanos| nanos.saturating_add(1));
    // std seeds each of its hashers at random: enough to spread calls, and no dependency
    let random = u128::from(RandomState::new().hash_one(()));
    let chosen = (random * u128::from(choices)) >> 64;
    Duration::from_nanos(u64::try_from(chosen).unwrap_or(u64::MAX))
}
