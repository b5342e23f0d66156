//! How long `Attempts` waits.

use std::collections::HashSet;
use std::time::Duration;

use booking_errors::{Attempts, Effect, Kind, Next};

use crate::{error, limited, lost};

const SECOND: Duration = Duration::from_secs(1);

fn wait(next: Next) -> Duration {
    match next {
        Next::SendAgain(wait) | Next::LookUp(wait) => wait,
        Next::GiveUp => panic!("given up"),
    }
}

#[test]
fn the_backoff_is_random_below_a_ceiling_that_doubles() {
    let busy = error(Kind::RateLimited, Effect::NotApplied);
    let attempts = Attempts::of_read().with_most_attempts(10).with_backoff(SECOND, 5 * SECOND);
    let runs: Vec<Vec<_>> = (0..200)
        .map(|_| {
            let mut attempts = attempts.clone();
            (0..9).map(|_| wait(attempts.after(&busy))).collect()
        })
        .collect();
    for (time, ceiling) in [1, 2, 4, 5, 5, 5, 5, 5, 5].into_iter().enumerate() {
        let waits: HashSet<_> = runs.iter().map(|run| run[time]).collect();
        let (least, most) = (*waits.iter().min().unwrap(), *waits.iter().max().unwrap());
        assert!(most <= ceiling * SECOND, "{most:?} is above {ceiling} s");
        // 200 times on one side of it would be a chance of less than 1 in 10^24
        assert!(least < ceiling * SECOND / 4 && most > ceiling * SECOND * 3 / 4, "{least:?} to {most:?}");
        assert!(waits.len() > 100);
    }
}

#[test]
fn the_default_backoff_is_half_a_second_to_half_a_minute() {
    let mut attempts = Attempts::of_read().with_most_attempts(u32::MAX);
    let busy = error(Kind::RateLimited, Effect::NotApplied);
    assert!(wait(attempts.after(&busy)) <= SECOND / 2);
    let longest = (0..300).map(|_| wait(attempts.after(&busy))).max().unwrap();
    assert!(longest <= 30 * SECOND && longest > 20 * SECOND, "{longest:?}");
}

#[test]
fn no_wait_is_shorter_than_the_provider_asks() {
    for _ in 0..100 {
        for mut attempts in [Attempts::of_read(), Attempts::of_write(), Attempts::of_write_with_key()] {
            assert_eq!(wait(attempts.after(&limited(10))), 10 * SECOND);
        }
        let mut attempts = Attempts::of_write();
        assert_eq!(attempts.after(&lost().with_retry_after(10 * SECOND)), Next::LookUp(10 * SECOND));
        // a backoff that is longer stays
        let mut slow = Attempts::of_write().with_backoff(SECOND * 1000, SECOND * 1000);
        assert!(wait(slow.after(&limited(1))) >= SECOND);
    }
    let slow = Attempts::of_write().with_backoff(SECOND * 1000, SECOND * 1000);
    assert!((0..100).any(|_| wait(slow.clone().after(&limited(1))) > SECOND));
}

#[test]
fn a_look_up_that_is_rate_limited_is_waited_out_once() {
    let mut attempts = Attempts::of_write().with_settling_time(Duration::ZERO);
    let _ = attempts.after(&lost());
    assert_eq!(attempts.look_up_failed(&limited(20)), Next::LookUp(20 * SECOND));
    assert!(wait(attempts.not_found()) < 20 * SECOND, "these seconds are over");
}

#[test]
fn the_settling_time_is_counted_from_the_last_lost_answer() {
    let attempts = Attempts::of_write_with_key().with_settling_time(60 * SECOND).with_most_attempts(9);
    let taken = error(Kind::SlotUnavailable, Effect::NotApplied);
    let waits = (0..100).map(|_| {
        // the wait is what is left, unless the random backoff is shorter still
        let mut attempts = attempts.clone().with_backoff(1000 * SECOND, 1000 * SECOND);
        // a wait before that answer does not count
        let Next::SendAgain(_) = attempts.after(&lost().with_retry_after(60 * SECOND)) else { panic!() };
        let mut attempts = attempts.with_backoff(Duration::ZERO, Duration::ZERO);
        let sent = attempts.after(&lost().with_retry_after(30 * SECOND));
        assert_eq!(sent, Next::SendAgain(30 * SECOND));
        let looked = attempts.after(&taken.clone().with_retry_after(29 * SECOND));
        assert_eq!(looked, Next::LookUp(29 * SECOND));
        let mut attempts = attempts.with_backoff(1000 * SECOND, 1000 * SECOND);
        wait(attempts.not_found())
    });
    assert_eq!(waits.max(), Some(SECOND), "59 s are over");
}

#[test]
fn the_longest_wait_bounds_the_backoff_too() {
    let attempts = Attempts::of_read().with_backoff(100 * SECOND, 100 * SECOND).with_longest_wait(7 * SECOND);
    let waits = (0..100).map(|_| wait(attempts.clone().after(&limited(0))));
    assert_eq!(waits.max(), Some(7 * SECOND));
}

#[test]
fn extreme_settings_do_not_panic() {
    let mut attempts = Attempts::of_write()
        .with_backoff(Duration::MAX, Duration::MAX)
        .with_longest_wait(Duration::MAX)
        .with_settling_time(Duration::MAX)
        .with_most_attempts(u32::MAX);
    let forever = lost().with_retry_after(Duration::from_secs(u64::MAX));
    for _ in 0..3 {
        assert!(matches!(attempts.after(&forever), Next::LookUp(wait) if wait.as_secs() == u64::MAX));
        assert!(matches!(attempts.not_found(), Next::LookUp(_) | Next::SendAgain(_)));
        assert!(matches!(attempts.look_up_failed(&forever), Next::LookUp(_)));
    }
}
