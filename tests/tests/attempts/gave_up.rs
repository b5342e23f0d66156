//! `GaveUp`: the error of a call that was given up.

use std::error::Error;

use booking_errors::{
    Attempts, CallError, Effect, Envelope, FromResponse, GaveUp, GiveUpReason, Kind, Next, Problem,
    ProviderError, RawResponse, Retry, TransportError, find, wix,
};

use crate::{at_once, error, limited, lost, taken};

/// The slot is taken after an answer was lost, and the look-up fails.
fn in_doubt() -> GaveUp<Envelope> {
    let mut attempts = Attempts::of_write_with_key();
    let _ = attempts.after(&lost());
    let _ = attempts.after(&taken());
    let unauthenticated = error(Kind::Unauthenticated, Effect::NotApplied);
    assert_eq!(attempts.look_up_failed(&unauthenticated), Next::GiveUp);
    GaveUp::new(&attempts, taken())
}

fn without_doubt(last: Envelope) -> GaveUp<Envelope> {
    let mut attempts = Attempts::of_write();
    assert_eq!(attempts.after(&last), Next::GiveUp);
    GaveUp::new(&attempts, last)
}

/// An answer was lost, and nothing is found.
fn looked_up(lost: Envelope) -> GaveUp<Envelope> {
    let mut attempts = at_once(Attempts::of_write()).with_most_attempts(1);
    let _ = attempts.after(&lost);
    assert_eq!(attempts.not_found(), Next::GiveUp);
    GaveUp::new(&attempts, lost)
}

#[test]
fn without_doubt_it_tells_what_the_last_error_tells() {
    let error = without_doubt(taken());
    assert_eq!(error.envelope(), &taken());
    assert_eq!((error.reason(), error.attempts()), (GiveUpReason::Final, 1));
    assert!(!error.is_in_doubt());
    assert_eq!(Problem::new(&error), Problem::new(&taken()));
    assert_eq!(error.into_last_error(), taken());
}

#[test]
fn in_doubt_its_effect_is_unknown_whatever_the_last_answer_was() {
    let error = in_doubt();
    assert_eq!((error.kind(), error.effect()), (Kind::SlotUnavailable, Effect::Unknown));
    assert_eq!(error.retry(), Retry::CheckFirst);
    assert_eq!((error.last_error(), error.last_error().effect()), (&taken(), Effect::NotApplied));
    assert!(error.remedy().starts_with("Check whether an earlier attempt went through"));
    assert_eq!((error.reason(), error.attempts()), (GiveUpReason::LookUpFailed, 2));

    let problem = serde_json::to_value(Problem::from(error)).unwrap();
    assert_eq!(problem["status"], 502);
    assert!(problem["detail"].as_str().unwrap().contains("may have gone through"));
}

#[test]
fn a_look_up_that_found_nothing_shows_that_nothing_was_made() {
    let error = looked_up(lost());
    assert_eq!((error.is_in_doubt(), error.effect()), (false, Effect::NotApplied));
    assert_eq!((error.last_error().effect(), error.retry()), (Effect::Unknown, Retry::Safe));
    assert_eq!(Problem::new(&error).status(), 503);

    // a read changes nothing
    let mut attempts = Attempts::of_read().with_most_attempts(1);
    assert_eq!(attempts.after(&lost()), Next::GiveUp);
    assert_eq!(GaveUp::new(&attempts, lost()).effect(), Effect::NotApplied);

    // nobody has looked
    assert_eq!(GaveUp::new(&Attempts::of_write(), lost()).effect(), Effect::Unknown);

    // what was made was made
    let mut attempts = Attempts::of_write();
    let _ = attempts.after(&lost());
    attempts.found();
    assert_eq!(GaveUp::new(&attempts, lost()).effect(), Effect::Applied);
    for effect in [Effect::Applied, Effect::Partial] {
        assert_eq!(without_doubt(error_of(effect)).effect(), effect);
    }
}

fn error_of(effect: Effect) -> Envelope {
    error(Kind::CouponRejected, effect)
}

#[test]
fn its_line_says_how_often_it_was_sent_and_why_it_ended() {
    let coded = || Envelope::new("acme", 409).with_code("ROOM_TAKEN");
    let mut attempts = Attempts::of_read().with_most_attempts(1);
    let _ = attempts.after(&limited(5));
    let mut impatient = Attempts::of_read();
    let _ = impatient.after(&limited(3600));
    for (error, line) in [
        (without_doubt(coded()), "[gave up after 1 attempt: sending it again does not help]"),
        (in_doubt(), "[gave up after 2 attempts, and the call may have gone through: the look-up failed]"),
        (GaveUp::new(&attempts, limited(5)), "[gave up after 1 attempt: all attempts are used up]"),
        (
            GaveUp::new(&impatient, limited(3600)),
            "[gave up after 1 attempt: the provider asks to wait 3600 s, longer than allowed]",
        ),
        (
            without_doubt(error_of(Effect::Applied)),
            "[gave up after 1 attempt, and the call went through: sending it again does not help]",
        ),
        (
            without_doubt(error_of(Effect::Partial)),
            "[gave up after 1 attempt, and part of the call went through: sending it again does not help]",
        ),
    ] {
        assert_eq!(error.to_string(), format!("{} {line}", error.last_error()));
    }
    let hostile = without_doubt(Envelope::new("acme", 400).with_code("X\n2026 INFO paid"));
    assert_eq!(hostile.to_string().lines().count(), 1);
}

#[test]
fn the_last_error_is_inside_it() {
    let body = br#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
    let last: CallError<wix::Error> =
        CallError::Provider(wix::Error::from_response(&RawResponse::new(428, body)));
    let error = GaveUp::new(&Attempts::of_write(), last);

    // its line is that of the last error, so a chain of sources does not show it twice
    assert!(error.to_string().starts_with("wix: SLOT_NOT_AVAILABLE (428)") && error.source().is_none());
    assert_eq!(error.code_info().unwrap().code, "SLOT_NOT_AVAILABLE");
    assert_eq!(error.inner().unwrap().code(), Some("SLOT_NOT_AVAILABLE"));
    let dynamic: &dyn ProviderError = &error;
    assert!(dynamic.is::<GaveUp<CallError<wix::Error>>>() && !dynamic.is::<wix::Error>());
    let code = dynamic.find_ref::<wix::Error>().and_then(wix::Error::known_code);
    assert_eq!(code, Some(wix::Code::SlotNotAvailable));
    assert!(dynamic.find_ref::<TransportError>().is_none());
}

#[test]
fn it_is_found_itself_if_it_knows_more_than_the_last_error() {
    let found =
        |error: &(dyn Error + 'static)| find(error).map(|found| (found.effect(), found.inner().is_some()));
    for (error, effect) in [(in_doubt(), Effect::Unknown), (looked_up(lost()), Effect::NotApplied)] {
        assert_eq!(found(&error), Some((effect, true)));
    }
    assert_eq!(found(&without_doubt(taken())), Some((Effect::NotApplied, false)));

    // also where the type of the last error is not known, but that of its source is
    #[derive(Debug, thiserror::Error)]
    #[error("cannot book")]
    struct Service(#[source] Envelope);
    impl ProviderError for Service {
        fn envelope(&self) -> &Envelope {
            &self.0
        }
    }
    let mut attempts = at_once(Attempts::of_write_with_key());
    let _ = attempts.after(&lost());
    let _ = attempts.after(&taken());
    assert_eq!(found(&GaveUp::new(&attempts, Service(taken()))), Some((Effect::Unknown, false)));
}

#[test]
fn a_question_mark_makes_it_a_problem_or_a_box() {
    fn problem() -> Result<(), Problem> {
        Err(in_doubt())?
    }
    fn boxed() -> Result<(), Box<dyn ProviderError>> {
        Err(in_doubt())?
    }
    assert_eq!(problem().unwrap_err().status(), 502);
    assert_eq!(boxed().unwrap_err().effect(), Effect::Unknown);
}
