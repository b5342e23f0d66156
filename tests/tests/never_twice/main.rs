//! Booking functions in the scenarios of the sandbox: who books twice, who loses a booking, and how that is reported.

mod booking_service;
mod clients;
mod page;

use std::iter::repeat;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use booking_errors::{Provider, providers};
use booking_errors_sandbox::{Mistake, Outcome, Report, Scenarios, Trial, assert_never_books_twice};
use reqwest::Client;

use crate::clients::{naive_loop, our_middleware, ours, quick, reqwest_retry};

fn trial<'r>(report: &'r Report, scenario: &str) -> &'r Trial {
    report.trials().iter().find(|trial| trial.scenario() == scenario).unwrap()
}

fn mistakes(report: &Report, scenario: &str) -> Vec<Mistake> {
    trial(report, scenario).mistakes()
}

/// Checks all providers at the same time.
async fn with_each(check: impl AsyncFn(&'static Provider)) {
    let [first, second, third] = providers() else { panic!("there is another provider") };
    tokio::join!(check(first), check(second), check(third));
}

/// Where the first answer asks to wait a minute.
fn too_early() -> Mistake {
    Mistake::TooEarly { call: 2, answered: 1, retry_after: Duration::from_secs(60) }
}

fn client() -> Client {
    Client::builder().no_proxy().timeout(Duration::from_secs(4)).build().unwrap()
}

async fn post(url: &str) {
    let _ = client().post(url).body(r#"{"reference": "17"}"#).send().await;
}

#[tokio::test]
async fn ours_passes_with_every_provider() {
    with_each(async |provider| {
        let url = |base_url| format!("{base_url}/{}/bookings", provider.name());
        assert_never_books_twice(async |base_url: String| ours(provider, &url(base_url), quick()).await)
            .await;
    })
    .await;
}

#[tokio::test]
async fn our_middleware_passes_because_it_says_when_it_does_not_know() {
    let wix = providers()[0];
    let book = async |url| our_middleware(wix, &format!("{url}/{}/bookings", wix.name())).await;
    let report = Scenarios::new().run(book).await.unwrap();
    report.assert_right();
    assert_eq!(trial(&report, "504 after booking").outcome(), Some(Outcome::InDoubt));
    assert_eq!(trial(&report, "429, 429, 429").outcome(), Some(Outcome::Booked));
}

#[tokio::test]
async fn a_naive_loop_is_caught() {
    // nobody is so slow that the wait passes by itself
    let scenarios = Scenarios::new().with_retry_after(Duration::from_secs(60));
    let report = scenarios.run(async |url| naive_loop(&format!("{url}/wix")).await).await.unwrap();
    assert!(!report.is_right());
    assert_eq!(mistakes(&report, "ok"), []);
    assert_eq!(mistakes(&report, "504 before booking"), []);
    assert_eq!(mistakes(&report, "504 booked late"), [Mistake::BookedTwice]);
    assert_eq!(mistakes(&report, "cut body after booking"), [Mistake::BookedTwice]);
    assert_eq!(mistakes(&report, "close after booking, taken"), [Mistake::SaidNotBooked]);
    assert_eq!(mistakes(&report, "429"), [too_early()]);
    let expected = [Mistake::BookedTwice, too_early()];
    assert_eq!(mistakes(&report, "503 after booking"), expected);
}

#[tokio::test]
async fn the_defaults_of_reqwest_retry_are_caught() {
    let scenarios = Scenarios::new();
    let report = scenarios.run(async |url| reqwest_retry(&format!("{url}/wix")).await).await.unwrap();
    for scenario in ["500 after booking", "504 after booking", "504 booked late", "close after booking"] {
        assert!(mistakes(&report, scenario).contains(&Mistake::BookedTwice), "{scenario}");
    }
    assert_eq!(mistakes(&report, "cut body after booking"), [Mistake::SaidNotBooked]);
}

#[tokio::test]
async fn the_message_shows_the_calls_in_order() {
    let scenarios = Scenarios::new().with_retry_after(Duration::from_secs(60));
    let report = scenarios.run(async |url| naive_loop(&format!("{url}/wix")).await).await.unwrap();
    let message = catch_unwind(AssertUnwindSafe(|| report.assert_right())).unwrap_err();
    let message = message.downcast_ref::<String>().unwrap();
    assert!(message.contains(&format!(" of {} scenarios went wrong\n", report.trials().len())), "{message}");
    let start = message.find("\n504 booked late:\n").unwrap();
    let part: Vec<_> = message[start..].trim_start().lines().take(5).collect();
    assert_eq!(part[1], "  booked 2 times");
    assert!(part[2].starts_with("  1. at ") && part[2].contains("POST /wix: 504 booked late: answered 504"));
    assert!(part[3].starts_with("  2. at ") && part[3].contains("POST /wix: ok: answered 200"));
    assert_eq!(part[4], "  said: it is booked");
    let too_early = "\n429:\n  sent call 2 within 60s, the Retry-After of call 1\n";
    assert!(message.contains(too_early) && !message.contains("\nok:"), "{message}");
}

#[tokio::test]
async fn whoever_calls_each_time_meets_what_the_scenario_says() {
    with_each(async |provider| {
        let book = async |base_url: String| {
            for _ in 0..6 {
                post(&format!("{base_url}/{}", provider.name())).await;
            }
            Outcome::InDoubt
        };
        for trial in Scenarios::new().run(book).await.unwrap().trials() {
            let scenario = trial.scenario().split(" / ").next().unwrap();
            let calls = trial.ledger().calls();
            // reqwest follows the redirect with one more call
            assert_eq!(calls.len(), 6 + usize::from(scenario.starts_with("redirect")), "{trial}");
            let mut is_taken = false;
            for (call, expected) in calls.iter().zip(scenario.split(", ").chain(repeat("ok"))) {
                let act = call.act.to_string();
                is_taken |= expected == "taken";
                let is_right = if is_taken { act != "ok" && call.booking.is_none() } else { act == expected };
                assert!(is_right, "{trial}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn look_ups_fail_only_where_the_scenario_says_so() {
    let book = async |base_url: String| {
        for _ in 0..3 {
            let _ = client().get(format!("{base_url}/guesty")).send().await;
        }
        Outcome::InDoubt
    };
    for trial in Scenarios::new().run(book).await.unwrap().trials() {
        let acts: Vec<_> = trial.ledger().calls().iter().map(|call| call.act.to_string()).collect();
        let expected = match trial.scenario() {
            "504 booked late / 503, 500" => ["503 before booking", "500 before booking", "ok"],
            _ => ["ok"; 3],
        };
        assert_eq!(acts, expected, "{trial}");
    }
}

#[tokio::test]
async fn whoever_claims_too_much_or_too_little_is_caught() {
    let say = async |outcome| {
        let book = async |base_url: String| {
            post(&format!("{base_url}/guesty")).await;
            outcome
        };
        Scenarios::new().run(book).await.unwrap()
    };
    let (booked, not_booked) = tokio::join!(say(Outcome::Booked), say(Outcome::NotBooked));
    assert_eq!(mistakes(&booked, "ok"), []);
    assert_eq!(mistakes(&booked, "504 booked late"), []);
    assert_eq!(mistakes(&booked, "504 before booking"), [Mistake::SaidBooked]);
    assert_eq!(mistakes(&booked, "taken"), [Mistake::SaidBooked]);
    assert_eq!(mistakes(&not_booked, "ok"), [Mistake::SaidNotBooked, Mistake::NotBookedIfOk]);
    assert_eq!(mistakes(&not_booked, "504 booked late"), [Mistake::SaidNotBooked]);
    assert_eq!(mistakes(&not_booked, "504 before booking"), []);
}

#[tokio::test]
async fn whoever_does_not_call_the_sandbox_is_caught() {
    let report = Scenarios::new().run(|_| async { Outcome::NotBooked }).await.unwrap();
    assert_eq!(mistakes(&report, "ok"), [Mistake::NotBookedIfOk]);
    assert!(report.to_string().contains("no call came"), "{report}");
}

#[tokio::test]
async fn whoever_waits_for_ever_is_caught() {
    let book = async |base_url: String| {
        let client = Client::builder().no_proxy().build().unwrap();
        let sent = client.post(format!("{base_url}/wix")).body("{}").send().await;
        if sent.is_ok_and(|response| response.status() == 200) { Outcome::Booked } else { Outcome::InDoubt }
    };
    let report = Scenarios::new().with_time_limit(Duration::from_secs(5)).run(book).await.unwrap();
    assert_eq!(mistakes(&report, "hang after booking"), [Mistake::Endless]);
    assert_eq!(mistakes(&report, "ok"), []);
}

#[tokio::test]
async fn a_look_up_that_comes_too_early_is_caught() {
    let scenarios = Scenarios::new().with_retry_after(Duration::from_secs(60));
    let book = async |base_url: String| {
        post(&format!("{base_url}/wix")).await;
        let _ = client().get(format!("{base_url}/wix")).send().await;
        Outcome::InDoubt
    };
    let report = scenarios.run(book).await.unwrap();
    assert_eq!(mistakes(&report, "503 before booking"), [too_early()]);
    assert_eq!(mistakes(&report, "504 before booking"), []);
}

#[tokio::test]
async fn a_settling_time_that_is_too_short_is_caught() {
    let wix = providers()[0];
    let hasty = || quick().with_settling_time(Duration::ZERO).with_backoff(Duration::ZERO, Duration::ZERO);
    let book = async |url| ours(wix, &format!("{url}/{}", wix.name()), hasty()).await;
    let report = Scenarios::new().with_late(Duration::from_secs(30)).run(book).await.unwrap();
    assert_eq!(mistakes(&report, "504 booked late"), [Mistake::BookedTwice]);
    assert_eq!(mistakes(&report, "504 after booking"), []);
}

#[tokio::test]
async fn all_scenarios_run_at_the_same_time() {
    let running = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let book = async |_| {
        let now = running.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(now, Ordering::SeqCst);
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        running.fetch_sub(1, Ordering::SeqCst);
        Outcome::InDoubt
    };
    let report = Scenarios::new().run(book).await.unwrap();
    assert!(most.load(Ordering::SeqCst) > 1, "{report}");
}
