//! `Attempts::run` and `run_blocking`: the same script played to both.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::ready;
use std::time::Duration;

use booking_errors::{Attempts, Envelope, GaveUp};

use crate::{at_once, limited, lost, taken};

/// What the run did, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Did {
    Call,
    LookUp,
    Sleep(Duration),
}
use Did::{Call, LookUp, Sleep};

type Script<T> = Vec<Result<T, Envelope>>;
type Played = (Result<u32, GaveUp<Envelope>>, Vec<Did>);

const NOW: Did = Sleep(Duration::ZERO);

/// Runs both ways with these answers, and returns what both did.
async fn play(attempts: Attempts, calls: Script<u32>, look_ups: Script<Option<u32>>) -> Played {
    let did = RefCell::new(Vec::new());
    let (blocking_calls, blocking_look_ups) = (answers(&calls, &did, Call), answers(&look_ups, &did, LookUp));
    let sleep = |wait| did.borrow_mut().push(Sleep(wait));
    let blocking = attempts.clone().run_blocking(blocking_calls, blocking_look_ups, sleep);
    let did_blocking = did.take();

    let (mut call, mut look_up) = (answers(&calls, &did, Call), answers(&look_ups, &did, LookUp));
    let sleep = async |wait| sleep(wait);
    let result = attempts.run(|| ready(call()), || ready(look_up()), sleep).await;
    assert_eq!(did_blocking, did.take());
    assert_eq!(format!("{blocking:?}"), format!("{result:?}"));
    (result, did_blocking)
}

fn answers<T: Clone>(
    script: &Script<T>,
    did: &RefCell<Vec<Did>>,
    what: Did,
) -> impl FnMut() -> Result<T, Envelope> {
    let mut left = VecDeque::from(script.clone());
    move || {
        did.borrow_mut().push(what.clone());
        left.pop_front().expect("no more calls than answers")
    }
}

#[tokio::test]
async fn a_call_that_succeeds_is_made_once() {
    let (result, did) = play(Attempts::of_write(), vec![Ok(17)], vec![]).await;
    assert_eq!((result.unwrap(), did), (17, vec![Call]));
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let (result, did) = play(Attempts::of_write(), vec![Err(limited(37)), Ok(17)], vec![]).await;
    assert_eq!((result.unwrap(), did), (17, vec![Call, Sleep(Duration::from_secs(37)), Call]));
}

#[tokio::test]
async fn what_a_look_up_finds_is_returned() {
    let look_ups = vec![Err(limited(2)), Ok(Some(17))];
    let (result, did) = play(at_once(Attempts::of_write()), vec![Err(lost())], look_ups).await;
    assert_eq!(result.unwrap(), 17);
    assert_eq!(did, [Call, NOW, LookUp, Sleep(Duration::from_secs(2)), LookUp]);
}

#[tokio::test]
async fn a_call_goes_out_again_once_nothing_is_found() {
    let (result, did) = play(at_once(Attempts::of_write()), vec![Err(lost()), Ok(17)], vec![Ok(None)]).await;
    assert_eq!((result.unwrap(), did), (17, vec![Call, NOW, LookUp, NOW, Call]));
}

#[tokio::test]
async fn a_read_is_never_looked_up() {
    let (result, did) = play(at_once(Attempts::of_read()), vec![Err(lost()), Ok(17)], vec![]).await;
    assert_eq!((result.unwrap(), did), (17, vec![Call, NOW, Call]));
}

#[tokio::test]
async fn a_booking_that_lands_late_is_found_in_spite_of_a_rate_limit() {
    // a 504 whose booking lands a minute later, then 429: no second slot may be booked
    let patient = Attempts::of_write().with_settling_time(Duration::from_secs(100));
    let look_ups = vec![Ok(None), Err(limited(30)), Err(limited(30)), Ok(Some(17))];
    let (result, did) =
        play(patient.with_backoff(Duration::ZERO, Duration::ZERO), vec![Err(lost()), Err(taken())], look_ups)
            .await;
    assert_eq!(result.unwrap(), 17);
    assert_eq!(did.iter().filter(|did| **did == Call).count(), 1);
}

#[tokio::test]
async fn the_last_error_comes_with_what_is_known() {
    let (result, did) =
        play(at_once(Attempts::of_write()), vec![Err(limited(0)), Err(taken())], vec![]).await;
    let error = result.unwrap_err();
    assert_eq!((error.last_error(), error.attempts(), error.is_in_doubt()), (&taken(), 2, false));
    assert_eq!(did, [Call, NOW, Call]);

    let look_ups = vec![Ok(None), Err(taken())];
    let calls = vec![Err(lost()), Err(lost())];
    let (result, _) = play(at_once(Attempts::of_write()), calls, look_ups).await;
    let error = result.unwrap_err();
    assert_eq!((error.last_error(), error.attempts(), error.is_in_doubt()), (&lost(), 2, true));
    assert_eq!(error.failed_look_up(), Some(&taken()));
    let line = format!(
        "{} [gave up after 2 attempts, and the call may have gone through: the look-up failed: {}]",
        lost(),
        taken()
    );
    assert_eq!(error.to_string(), line);
}

#[test]
fn the_future_can_be_sent_to_another_thread() {
    fn sent<T: Send>(future: T) -> T {
        future
    }
    let call = || ready(Ok::<_, Envelope>(17));
    drop(sent(Attempts::of_write().run(call, || ready(Ok(None)), tokio::time::sleep)));
}
