//! `Attempts`: what it decides, how long it waits, and that it never books twice.
#![allow(clippy::result_large_err, reason = "an envelope is a plain error for tests")]

mod gave_up;
mod model;
mod run;
mod states;
mod waits;

use std::time::Duration;

use booking_errors::{Attempts, Effect, Envelope, Kind};

fn error(kind: Kind, effect: Effect) -> Envelope {
    Envelope::new("acme", 0).with_kind(kind).with_effect(effect)
}

/// A gateway gave up waiting: the call may have been carried out.
fn lost() -> Envelope {
    error(Kind::Unavailable, Effect::Unknown)
}

/// Too many calls: nothing was done, and the provider asks to wait so long.
fn limited(seconds: u64) -> Envelope {
    error(Kind::RateLimited, Effect::NotApplied).with_retry_after(Duration::from_secs(seconds))
}

/// Somebody has the slot.
fn taken() -> Envelope {
    error(Kind::SlotUnavailable, Effect::NotApplied)
}

/// Attempts that wait for nothing but what the provider asks for, and whose calls settle at once.
fn at_once(attempts: Attempts) -> Attempts {
    attempts.with_backoff(Duration::ZERO, Duration::ZERO).with_settling_time(Duration::ZERO)
}
