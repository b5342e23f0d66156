//! The headers that say when a rate limit is lifted, for responses without `Retry-After`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Numbers from here on are Unix seconds; smaller ones are seconds from now.
const FIRST_UNIX_SECONDS: f64 = 1e9;
/// Numbers from here on are Unix milliseconds.
const FIRST_UNIX_MILLISECONDS: f64 = 1e12;
/// Numbers from here on say nothing.
const FIRST_NONSENSE: f64 = 1e15;
/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The headers with a reset, in the order in which they count, each with the one that says how much is left.
/// `RateLimit` says both itself.
pub(crate) const RESETS: &[(&str, Option<&str>)] = &[
    ("ratelimit", None),
    ("ratelimit-reset", Some("ratelimit-remaining")),
    ("x-ratelimit-reset", Some("x-ratelimit-remaining")),
    ("x-rate-limit-reset", Some("x-rate-limit-remaining")),
    ("x-ratelimit-reset-after", Some("x-ratelimit-remaining")),
];

/// A limit as one header states it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limit<'a> {
    pub(crate) reset: Option<&'a str>,
    pub(crate) remaining: Option<&'a str>,
}

impl<'a> Limit<'a> {
    /// Reads a `RateLimit` header: `"default";r=0;t=34`, or `limit=100, remaining=0, reset=34` as earlier drafts of the
    /// standard have it. Of several limits the first that counts is returned.
    pub(crate) fn of_header(value: &'a str) -> Option<Self> {
        let is_early_draft = parameters(value).any(|(name, _)| name == "reset");
        let limits = value.split(if is_early_draft { '\n' } else { ',' });
        limits.map(Self::of_parameters).find(|limit| limit.counts())
    }

    fn of_parameters(text: &'a str) -> Self {
        let mut limit = Self::default();
        for (name, value) in parameters(text) {
            match name {
                "t" | "reset" => limit.reset = Some(value),
                "r" | "remaining" => limit.remaining = Some(value),
                _ => {}
            }
        }
        limit
    }

    /// Returns whether the limit is used up, or does not say how much is left.
    pub(crate) fn counts(self) -> bool {
        self.remaining.and_then(number).is_none_or(|left| left <= 0.0)
    }

    /// Returns how long to wait. `now` is asked only if the reset is a time; `None` is a platform without a clock.
    pub(crate) fn wait(self, now: impl FnOnce() -> Option<SystemTime>) -> Option<Duration> {
        let reset = number(self.reset?).filter(|reset| (0.0..FIRST_NONSENSE).contains(reset))?;
        let wait = if reset < FIRST_UNIX_SECONDS {
            Duration::from_secs_f64(reset)
        } else {
            let seconds = if reset < FIRST_UNIX_MILLISECONDS { reset } else { reset / 1_000.0 };
            let until = UNIX_EPOCH.checked_add(Duration::from_secs_f64(seconds))?;
            until.duration_since(now()?).unwrap_or_default()
        };
        (wait <= LONGEST).then_some(wait)
    }
}

/// Returns the `name=value` pairs of a header, whatever separates them.
fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = text.split([',', ';']).filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

/// Returns a number in decimal notation.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    text.parse().ok().filter(|_| is_number)
}
