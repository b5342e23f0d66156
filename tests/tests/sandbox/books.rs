use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use booking_errors_sandbox::{Ledger, Sandbox};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{act, call, get, json, post, providers};

/// How many bookings a GET on this path lists.
async fn listed(sandbox: &Sandbox, path: &str) -> usize {
    let list = json(get(sandbox, path).await).await;
    let list = list.get("bookings").or(list.get("results")).and_then(Value::as_array);
    list.expect("a list of bookings").len()
}

/// The message of `assert_booked_once`; `None` if it passes.
fn message(ledger: &Ledger) -> Option<String> {
    let failed = catch_unwind(AssertUnwindSafe(|| ledger.assert_booked_once())).err()?;
    Some(failed.downcast_ref::<String>().expect("a text").clone())
}

#[tokio::test]
async fn a_post_books_a_get_finds_it_and_a_delete_cancels_it() {
    let sandbox = Sandbox::start().await.unwrap();
    for name in providers() {
        sandbox.clear();
        post(&sandbox, name, r#"{"reference":"a","guest":{"age":40,"is_vip":true}}"#).await;
        post(&sandbox, name, r#"{"reference":"b"}"#).await;
        let id = sandbox.ledger().bookings()[0].id().to_owned();
        for (query, count) in [
            ("", 2),
            ("?reference=a", 1),
            ("?reference=c", 0),
            ("?age=40&reference=a", 1),
            ("?age=40&reference=b", 0),
            ("?is_vip=true", 1),
            ("?limit=10", 0),
            (&format!("?id={id}"), 1),
        ] {
            assert_eq!(listed(&sandbox, &format!("{name}/bookings{query}")).await, count, "{name} {query}");
        }
        let one = format!("{name}/bookings/{id}");
        assert_eq!(get(&sandbox, &one).await.status(), StatusCode::OK);
        // a change of a booking is no new one
        assert_eq!(post(&sandbox, &format!("{one}/confirm"), "{}").await.status(), StatusCode::OK);
        assert_eq!(call(&sandbox, Method::PATCH, &one, "{}").await.status(), StatusCode::OK);
        assert_eq!(sandbox.ledger().bookings().len(), 2);

        assert_eq!(call(&sandbox, Method::DELETE, &one, "").await.status(), StatusCode::OK);
        assert_eq!(call(&sandbox, Method::DELETE, &one, "").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(get(&sandbox, &one).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(call(&sandbox, Method::DELETE, name, "").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(listed(&sandbox, name).await, 1);
        let by_query = call(&sandbox, Method::DELETE, &format!("{name}?reference=b"), "").await;
        assert_eq!(by_query.status(), StatusCode::OK);
        assert!(sandbox.ledger().bookings().iter().all(|booking| booking.is_cancelled()));
    }
}

#[tokio::test]
async fn a_path_that_only_resembles_an_id_books() {
    let sandbox = Sandbox::start().await.unwrap();
    for path in ["wix/booking-engine/v1", "wix/bookings-1", "wix/booking-"] {
        post(&sandbox, path, "{}").await;
    }
    assert_eq!(sandbox.ledger().bookings().len(), 3);
    assert_eq!(post(&sandbox, "wix/booking-17", "{}").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(sandbox.ledger().bookings().len(), 3);
}

#[tokio::test]
async fn providers_do_not_see_each_others_bookings() {
    let sandbox = Sandbox::start().await.unwrap();
    post(&sandbox, "wix", "{}").await;
    assert_eq!(listed(&sandbox, "wix").await, 1);
    assert_eq!(listed(&sandbox, "guesty").await, 0);
}

#[tokio::test]
async fn equal_bodies_are_booked_twice_whatever_the_order_of_their_members() {
    let sandbox = Sandbox::start().await.unwrap();
    for body in [
        r#"{"a":1,"b":{"c":"x","d":[2]}}"#,
        r#"{"b":{"d":[2],"c":"x"}, "a":1}"#,
        r#"{"a":2}"#,
        r#"{"a":"2"}"#,
        r#"{"a":[2]}"#,
    ] {
        post(&sandbox, "wix", body).await;
    }
    post(&sandbox, "guesty", r#"{"a":2}"#).await;
    let ledger = sandbox.ledger();
    let twice = ledger.twice();
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0].iter().map(|booking| booking.call()).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn bookings_can_be_compared_by_one_member() {
    let sandbox = Sandbox::start().await.unwrap();
    for body in
        [r#"{"try":1,"guest":{"reference":"a"}}"#, r#"{"try":2,"guest":{"reference":"a"}}"#, r#"{"try":1}"#]
    {
        post(&sandbox, "wix", body).await;
    }
    assert!(sandbox.ledger().twice().is_empty());
    assert_eq!(sandbox.ledger().twice_by("reference").len(), 1);
    assert_eq!(sandbox.ledger().twice_by("try").len(), 1);
    let printed = json(get(&sandbox, "_ledger?twice_by=reference").await).await;
    assert_eq!(printed["twice"], json!([["booking-1", "booking-2"]]));
}

#[tokio::test]
async fn the_ledger_says_what_was_booked_by_which_call() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script("wix", [act("504 after booking"), act("rate limit"), act("close before booking")]);
    for _ in 0..2 {
        post(&sandbox, "wix/bookings?key=1", r#"{"reference":"a"}"#).await;
    }
    let printed = json(get(&sandbox, "_ledger").await).await;
    let booking = &printed["bookings"][0];
    assert_eq!(
        *booking,
        json!({"id": "booking-1", "provider": "wix", "call": 1, "state": "booked", "body": {"reference": "a"}})
    );
    let call = |number: usize, name: &str| printed["calls"][number][name].clone();
    assert_eq!(call(0, "path"), "/wix/bookings?key=1");
    assert_eq!((call(0, "act"), call(0, "status")), (json!("504 after booking"), json!(504)));
    assert_eq!((call(0, "booking"), call(0, "retry_after")), (json!("booking-1"), Value::Null));
    assert_eq!((call(1, "booking"), call(1, "retry_after")), (Value::Null, json!(37)));
    let ledger = sandbox.ledger();
    assert_eq!(ledger.calls()[1].retry_after, Some(Duration::from_secs(37)));
    assert!(ledger.calls()[1].at >= ledger.calls()[0].at);

    assert_eq!(call_delete(&sandbox, "_ledger").await, StatusCode::NO_CONTENT);
    assert!(sandbox.ledger().bookings().is_empty() && sandbox.ledger().calls().is_empty());
    // the script goes on
    let url = sandbox.url_of("wix");
    assert!(crate::client().post(url).body("{}").send().await.is_err());
}

async fn call_delete(sandbox: &Sandbox, path: &str) -> StatusCode {
    call(sandbox, Method::DELETE, path, "").await.status()
}

#[tokio::test]
async fn to_be_booked_once_means_neither_never_nor_twice() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(message(&sandbox.ledger()).unwrap(), "booked 0 times instead of once:\n  no call came\n");
    post(&sandbox, "wix", r#"{"try":1}"#).await;
    assert_eq!(message(&sandbox.ledger()), None);
    sandbox.script("wix", [act("504 booked late")]);
    post(&sandbox, "wix", r#"{"try":2}"#).await;
    let message = message(&sandbox.ledger()).unwrap();
    let lines: Vec<_> = message.lines().collect();
    assert_eq!(lines[0], "booked 2 times instead of once:");
    assert!(
        lines[1].starts_with("  1. at ")
            && lines[1].ends_with(" s: POST /wix: ok: answered 200, booked as booking-1")
    );
    assert!(lines[2].ends_with("POST /wix: 504 booked late: answered 504, booked as booking-2"), "{message}");
}

#[tokio::test]
async fn a_late_booking_is_found_only_once_it_has_landed() {
    let late = Duration::from_secs(3);
    let sandbox = Sandbox::builder().with_late(late).start().await.unwrap();
    sandbox.script("wix", [act("504 booked late")]);
    let start = tokio::time::Instant::now();
    post(&sandbox, "wix", r#"{"reference":"a"}"#).await;
    assert!(sandbox.ledger().bookings()[0].is_pending());
    while listed(&sandbox, "wix?reference=a").await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(start.elapsed() >= late);
    assert!(!sandbox.ledger().bookings()[0].is_pending());
}

#[tokio::test]
async fn a_cancelled_booking_counts_no_more() {
    let sandbox = Sandbox::start().await.unwrap();
    post(&sandbox, "wix", "{}").await;
    call_delete(&sandbox, "wix/booking-1").await;
    post(&sandbox, "wix", "{}").await;
    sandbox.ledger().assert_booked_once();
    assert!(sandbox.ledger().twice().is_empty());
}

#[tokio::test]
async fn a_sample_books_only_if_it_says_so() {
    let sandbox = Sandbox::start().await.unwrap();
    for name in
        ["reservation without the coupon", "LISTING_CALENDAR_BLOCKED", "gateway timeout", "rate limit"]
    {
        sandbox.script("guesty", [act(name)]);
        post(&sandbox, "guesty", "{}").await;
    }
    let ledger = sandbox.ledger();
    assert_eq!(ledger.bookings().iter().map(|booking| booking.call()).collect::<Vec<_>>(), [1]);
}
