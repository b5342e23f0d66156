//! The tables in the docs of `Attempts`, row by row.

use std::time::Duration;

use booking_errors::{Attempts, Effect, GiveUpReason, Kind, Next, TransportError};

use crate::{at_once, error, limited, lost, taken};

/// A `Next` without its wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    SendAgain,
    LookUp,
    GiveUp,
}
use Step::{GiveUp, LookUp, SendAgain};

impl Step {
    fn of(next: Next) -> Self {
        match next {
            Next::SendAgain(_) => SendAgain,
            Next::LookUp(_) => LookUp,
            Next::GiveUp => GiveUp,
        }
    }
}

type Kinds = fn(Kind) -> bool;

const ANY: Kinds = |_| true;
const SAFE: Kinds = |kind| matches!(kind, Kind::RateLimited | Kind::Unavailable);
const NOT_SAFE: Kinds = |kind| !SAFE(kind);
const CAN_PASS: Kinds =
    |kind| matches!(kind, Kind::RateLimited | Kind::Unavailable | Kind::ProviderFault | Kind::Unknown);
const CANNOT_PASS: Kinds = |kind| !CAN_PASS(kind);

const EFFECTS: [Effect; 4] = [Effect::NotApplied, Effect::Applied, Effect::Partial, Effect::Unknown];

/// Kinds, effects, and what is next: the step, and whether the call is in doubt.
type Row = (Kinds, &'static [Effect], (Step, bool));

/// Checks what follows an error of each kind and effect, which one row must cover.
fn check(attempts: &Attempts, rows: &[Row]) {
    for &kind in Kind::ALL {
        for effect in EFFECTS {
            let covers = |row: &&Row| (row.0)(kind) && row.1.contains(&effect);
            let [row] = rows.iter().filter(covers).collect::<Vec<_>>()[..] else {
                panic!("not exactly one row covers {kind} {effect}")
            };
            let mut attempts = attempts.clone();
            let next = Step::of(attempts.after(&error(kind, effect)));
            assert_eq!((next, attempts.is_in_doubt()), row.2, "{kind} {effect}");
            assert_eq!(attempts.reason().is_some(), next == GiveUp, "{kind} {effect}");
        }
    }
}

fn in_doubt(mut attempts: Attempts) -> Attempts {
    let _ = attempts.after(&lost());
    assert!(attempts.is_in_doubt());
    attempts
}

#[test]
fn a_read_is_sent_again_whatever_became_of_it_if_the_kind_can_pass() {
    let rows: [Row; 2] = [(CAN_PASS, &EFFECTS, (SendAgain, false)), (CANNOT_PASS, &EFFECTS, (GiveUp, false))];
    check(&Attempts::of_read(), &rows);
}

#[test]
fn a_write_is_sent_again_only_if_that_is_safe_and_nothing_is_in_doubt() {
    use Effect::{Applied, NotApplied, Partial, Unknown};
    let rows: [Row; 4] = [
        (ANY, &[Unknown], (LookUp, true)),
        (SAFE, &[NotApplied], (SendAgain, false)),
        (NOT_SAFE, &[NotApplied], (GiveUp, false)),
        (ANY, &[Applied, Partial], (GiveUp, false)),
    ];
    check(&Attempts::of_write(), &rows);
    check(&in_doubt(Attempts::of_write()), &[(ANY, &EFFECTS, (LookUp, true))]);
}

#[test]
fn a_write_with_a_key_is_sent_again_in_doubt_too() {
    use Effect::{Applied, NotApplied, Partial, Unknown};
    let without_doubt: [Row; 5] = [
        (CAN_PASS, &[Unknown], (SendAgain, true)),
        (CANNOT_PASS, &[Unknown], (LookUp, true)),
        (SAFE, &[NotApplied], (SendAgain, false)),
        (NOT_SAFE, &[NotApplied], (GiveUp, false)),
        (ANY, &[Applied, Partial], (GiveUp, false)),
    ];
    check(&Attempts::of_write_with_key(), &without_doubt);
    let with_doubt: [Row; 6] = [
        (CAN_PASS, &[Unknown], (SendAgain, true)),
        (CANNOT_PASS, &[Unknown], (LookUp, true)),
        (SAFE, &[NotApplied], (SendAgain, true)),
        (NOT_SAFE, &[NotApplied], (LookUp, true)),
        (ANY, &[Applied], (GiveUp, false)),
        (ANY, &[Partial], (LookUp, true)),
    ];
    check(&in_doubt(Attempts::of_write_with_key()), &with_doubt);
}

#[test]
fn without_an_attempt_left_a_call_is_given_up_or_looked_up() {
    let limited = limited(0);
    for mut attempts in [Attempts::of_read(), Attempts::of_write(), Attempts::of_write_with_key()] {
        attempts = attempts.with_most_attempts(3);
        assert_eq!(Step::of(attempts.after(&limited)), SendAgain);
        assert_eq!(Step::of(attempts.after(&limited)), SendAgain);
        assert_eq!((attempts.after(&limited), attempts.count()), (Next::GiveUp, 3));
        assert_eq!((attempts.reason(), attempts.is_in_doubt()), (Some(GiveUpReason::AttemptsUsedUp), false));
    }
    let mut attempts = in_doubt(Attempts::of_write_with_key().with_most_attempts(2));
    assert_eq!(Step::of(attempts.after(&limited)), LookUp);

    // the default, and the least
    for (attempts, most) in [(Attempts::of_read(), 4), (Attempts::of_read().with_most_attempts(0), 1)] {
        let mut attempts = attempts;
        let sent = (1..).find(|_| attempts.after(&limited) == Next::GiveUp);
        assert_eq!(sent, Some(most));
    }
}

#[test]
fn a_wait_that_is_longer_than_allowed_ends_the_call() {
    let allowed = Duration::from_secs(37);
    for attempts in [Attempts::of_read(), Attempts::of_write(), Attempts::of_write_with_key()] {
        let attempts = attempts.with_longest_wait(allowed);
        assert_eq!(attempts.clone().after(&limited(37)), Next::SendAgain(allowed));
        let mut attempts = attempts;
        assert_eq!((attempts.after(&limited(38)), attempts.is_in_doubt()), (Next::GiveUp, false));
        let reason = attempts.reason().unwrap();
        assert_eq!(reason, GiveUpReason::WaitTooLong(Duration::from_secs(38)));
        assert_eq!(reason.to_string(), "the provider asks to wait 38 s, longer than allowed");
    }
    // a look-up is such a wait too
    let mut attempts = Attempts::of_write().with_longest_wait(allowed);
    assert_eq!(attempts.after(&lost().with_retry_after(Duration::from_secs(38))), Next::GiveUp);
    assert!(attempts.is_in_doubt());
    let mut attempts = in_doubt(Attempts::of_write().with_longest_wait(allowed));
    assert_eq!((attempts.look_up_failed(&limited(38)), attempts.is_in_doubt()), (Next::GiveUp, true));
}

#[test]
fn what_is_found_ends_the_call_without_doubt() {
    let mut attempts = in_doubt(Attempts::of_write());
    attempts.found();
    assert_eq!((attempts.is_in_doubt(), attempts.reason()), (false, Some(GiveUpReason::Final)));
    assert_eq!(attempts.not_found(), Next::GiveUp);
}

#[test]
fn a_look_up_that_finds_nothing_lifts_the_doubt_once_the_call_has_settled() {
    for &kind in Kind::ALL {
        let mut attempts = at_once(Attempts::of_write());
        assert_eq!(Step::of(attempts.after(&error(kind, Effect::Unknown))), LookUp, "{kind}");
        let expected = if CAN_PASS(kind) { SendAgain } else { GiveUp };
        assert_eq!((Step::of(attempts.not_found()), attempts.is_in_doubt()), (expected, false), "{kind}");
        let reason = (expected == GiveUp).then_some(GiveUpReason::Final);
        assert_eq!(attempts.reason(), reason, "{kind}");
    }
    let mut attempts = in_doubt(at_once(Attempts::of_write()).with_most_attempts(1));
    assert_eq!((attempts.not_found(), attempts.is_in_doubt()), (Next::GiveUp, false));
    assert_eq!(attempts.reason(), Some(GiveUpReason::AttemptsUsedUp));
}

#[test]
fn a_look_up_that_comes_too_early_is_made_again() {
    let settling = Duration::from_secs(90);
    let mut attempts = Attempts::of_write().with_settling_time(settling);
    let mut next = attempts.after(&lost());
    let mut waited = Duration::ZERO;
    while let Next::LookUp(wait) = next {
        assert!(attempts.is_in_doubt() && waited < settling);
        waited += wait;
        next = attempts.not_found();
    }
    assert_eq!((Step::of(next), waited), (SendAgain, settling), "the last look is at the end, not after it");
    // the next lost answer has to settle anew
    assert_eq!(Step::of(attempts.after(&lost())), LookUp);
    assert_eq!(Step::of(attempts.not_found()), LookUp);
}

#[test]
fn look_ups_end_without_a_backoff_too() {
    for attempts in [
        Attempts::of_write().with_backoff(Duration::ZERO, Duration::ZERO),
        Attempts::of_write().with_longest_wait(Duration::ZERO),
        Attempts::of_write().with_backoff(Duration::from_nanos(1), Duration::from_nanos(1)),
    ] {
        let mut attempts = in_doubt(attempts);
        let looks = (1..100).find(|_| Step::of(attempts.not_found()) != LookUp);
        assert!(looks.is_some_and(|looks| looks <= 20), "{looks:?}");
        assert!(!attempts.is_in_doubt());
    }
}

#[test]
fn a_look_up_may_fail_as_often_as_the_call() {
    for &kind in Kind::ALL {
        for effect in EFFECTS {
            let mut attempts = in_doubt(Attempts::of_write().with_most_attempts(3));
            let failed = error(kind, effect);
            if CAN_PASS(kind) {
                assert_eq!(Step::of(attempts.look_up_failed(&failed)), LookUp, "{kind}");
                // one that works in between changes nothing
                assert_eq!(Step::of(attempts.not_found()), LookUp, "{kind}");
                assert_eq!(Step::of(attempts.look_up_failed(&failed)), LookUp, "{kind}");
            }
            assert_eq!(attempts.look_up_failed(&failed), Next::GiveUp, "{kind}");
            assert!(attempts.is_in_doubt(), "{kind}");
            assert_eq!((attempts.reason(), attempts.count()), (Some(GiveUpReason::LookUpFailed), 1));
        }
    }
}

#[test]
fn what_is_given_up_stays_given_up() {
    let mut given_up = Attempts::of_write();
    assert_eq!(given_up.after(&taken()), Next::GiveUp);
    let mut in_doubt = in_doubt(Attempts::of_write());
    assert_eq!(in_doubt.look_up_failed(&taken()), Next::GiveUp);
    for (attempts, is_in_doubt) in [(given_up, false), (in_doubt, true)] {
        let reason = attempts.reason();
        let steps: [fn(&mut Attempts) -> Next; 4] = [
            |attempts| attempts.after(&limited(0)),
            |attempts| attempts.after(&taken()),
            |attempts| attempts.not_found(),
            |attempts| attempts.look_up_failed(&limited(0)),
        ];
        for step in steps {
            let mut attempts = attempts.clone();
            assert_eq!((step(&mut attempts), attempts.reason()), (Next::GiveUp, reason));
            assert_eq!(attempts.is_in_doubt(), is_in_doubt);
        }
    }
}

#[test]
fn what_follows_a_look_up_goes_by_the_last_attempt() {
    let attempts = || Attempts::of_write().with_settling_time(Duration::ZERO);
    let in_conflict = error(Kind::Conflict, Effect::Unknown);
    let cases = [
        // the error of a look-up says nothing about the call
        (in_conflict.clone(), limited(0), Next::GiveUp),
        (in_conflict, lost(), Next::GiveUp),
    ];
    for (last, failed, next) in cases {
        let mut attempts = attempts();
        let _ = attempts.after(&last);
        assert!(matches!(attempts.look_up_failed(&failed), Next::LookUp(_)));
        assert_eq!((attempts.not_found(), attempts.is_in_doubt()), (next, false));
    }
    let mut attempts = attempts();
    let _ = attempts.after(&lost());
    assert!(matches!(attempts.look_up_failed(&limited(0)), Next::LookUp(_)));
    assert!(matches!(attempts.not_found(), Next::SendAgain(_)));
}

#[test]
fn what_went_through_is_never_sent_again() {
    for effect in [Effect::Applied, Effect::Partial] {
        for kind in Kind::ALL {
            for start in [Attempts::of_write(), Attempts::of_write_with_key()] {
                let mut attempts = start.with_settling_time(Duration::ZERO);
                let _ = attempts.after(&lost());
                let next = attempts.after(&error(*kind, effect));
                assert!(!matches!(next, Next::SendAgain(_)), "{kind} {effect}");
                assert_eq!(attempts.not_found(), Next::GiveUp, "{kind} {effect}");
            }
        }
    }
}

#[test]
fn a_read_that_could_not_be_built_is_not_tried_again() {
    let mut attempts = Attempts::of_read();
    assert_eq!(attempts.after(&TransportError::not_built("acme")), Next::GiveUp);
    let mut attempts = Attempts::of_write();
    let _ = attempts.after(&lost());
    assert_eq!(attempts.look_up_failed(&TransportError::not_built("acme")), Next::GiveUp);
}
