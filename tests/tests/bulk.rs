//! Bulk and batch answers of all providers: HTTP says success, and some or all of the items failed.

use booking_errors::decode::{Bulk, Draft, Place};
use booking_errors::{Effect, Kind, Provider, RawResponse, Retry, fluentbooking, guesty, wix};
use booking_errors_tests::answers::{Outcome, checked, failure, outcome, wix_item};
use serde_json::json;

#[test]
fn an_answer_in_which_nothing_failed_is_clean() {
    let totals = json!({"totalSuccesses": 1, "totalFailures": 0, "undetailedFailures": 0});
    assert!(
        checked(&wix::PROVIDER, 200, &json!({"results": [wix_item(0, None)], "bulkActionMetadata": totals}))
            .is_none()
    );
    let made = json!({"responses": [{"body": {"id": 1}, "status": 201, "headers": {}}]});
    assert!(checked(&fluentbooking::PROVIDER, 207, &made).is_none());
    let found = json!({"results": [{"_id": "5d6e", "reservation": {"errors": []}}, {"_id": "5d6f"}]});
    assert!(checked(&guesty::PROVIDER, 200, &found).is_none());
    for provider in booking_errors::providers() {
        assert!(checked(provider, 200, &json!({"results": [], "responses": []})).is_none());
        assert!(checked(provider, 200, &json!({"results": null, "responses": {"a": 1}})).is_none());
    }
}

#[test]
fn a_fault_or_noise_does_not_hide_a_failure() {
    let failed = wix_item(0, Some("BOOKING_NOT_FOUND")).to_string();
    let made = wix_item(1, None).to_string();
    let cases: &[(&Provider, u16, String, Outcome)] = &[
        (&wix::PROVIDER, 200, format!(r#"{{"results":[{failed},!{{"message":"x"}}]}}"#), Some((Effect::Unknown, 1))),
        (&wix::PROVIDER, 200, format!(r#"{{"results":[{failed},{made},!]}}"#), Some((Effect::Partial, 1))),
        (&wix::PROVIDER, 200, format!(r#"<b>x</b>{{"results":[{failed}]}}"#), Some((Effect::NotApplied, 1))),
        (
            &fluentbooking::PROVIDER,
            207,
            // among noise, `responses` does not make an envelope
            r#"<b>Warning</b>{"responses":[{"body":{"code":"rest_no_route"},"status":404,"headers":[]}]}"#.to_owned(),
            Some((Effect::Unknown, 0)),
        ),
        (
            &fluentbooking::PROVIDER,
            207,
            r#"{"responses":[{"body":{"id":1},"status":201},!{"body":{"code":"rest_forbidden","message":"m"}}]}"#.to_owned(),
            Some((Effect::Partial, 0)),
        ),
        (
            &guesty::PROVIDER,
            200,
            r#"{"results":[!{"_id":"a","status":"x","errors":["CAL_UNAVAILABLE"]}]}"#.to_owned(),
            Some((Effect::Unknown, 0)),
        ),
        (
            &guesty::PROVIDER,
            200,
            r#"{"results":[{"reservation":{"errors":["CAL_UNAVAILABLE"]}},{"reservation":{"#.to_owned(),
            Some((Effect::Unknown, 1)),
        ),
    ];
    for (provider, status, body, expect) in cases {
        assert_eq!(outcome(provider, *status, body), *expect, "{body}");
    }
}

#[test]
fn an_answer_that_breaks_off_in_its_first_item_is_no_success() {
    let cases: [(&Provider, u16, &str); 3] = [
        (&wix::PROVIDER, 200, r#"{"results":[{"itemMetadata":{"success":false,"error":{"code":"X"}}"#),
        (&fluentbooking::PROVIDER, 207, r#"{"responses":[{"body":{"code":"rest_no_route"},"status":404"#),
        (&guesty::PROVIDER, 200, r#"{"results":[{"_id":"a","reservation":{"errors":["CAL_UNAVAILABLE"]"#),
    ];
    for (provider, status, body) in cases {
        assert_eq!(outcome(provider, status, body), Some((Effect::Unknown, 0)), "{body}");
    }
    // nothing says that these were bulk answers, but they break off
    let unknown = Some((Effect::Unknown, 0));
    assert_eq!(outcome(&wix::PROVIDER, 200, r#"{"results":[{"id":"3f25""#), unknown);
    assert_eq!(outcome(&guesty::PROVIDER, 200, r#"{"results":[{"_id":"a""#), unknown);
}

#[test]
fn of_members_that_come_twice_the_last_counts() {
    let bodies: [(&Provider, &str, Outcome); 5] = [
        (
            &wix::PROVIDER,
            r#"{"results":[{"itemMetadata":{"success":false},"itemMetadata":{"success":true}}]}"#,
            None,
        ),
        (&wix::PROVIDER, r#"{"results":[{"itemMetadata":{"success":false}}],"results":[]}"#, None),
        (
            &wix::PROVIDER,
            r#"{"bulkActionMetadata":{"totalFailures":3},"bulkActionMetadata":{"totalSuccesses":3}}"#,
            None,
        ),
        (&fluentbooking::PROVIDER, r#"{"responses":[{"status":404,"body":{}}],"responses":[]}"#, None),
        (
            &guesty::PROVIDER,
            r#"{"results":[{"reservation":{"errors":["CAL_UNAVAILABLE"]},"reservation":{}}]}"#,
            None,
        ),
    ];
    for (provider, body, expect) in bodies {
        assert_eq!(outcome(provider, 200, body), expect, "{body}");
    }
}

#[test]
fn the_remedy_and_the_delay_are_those_of_the_items() {
    let results = json!([wix_item(0, None), wix_item(1, Some("FEATURE_LIMIT_EXCEEDED"))]);
    let partial = failure(&wix::PROVIDER, 200, &json!({"results": results}));
    assert!(partial.remedy().contains("only those whose own retry"), "{}", partial.remedy());
    let all =
        json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND")), wix_item(1, Some("BOOKING_NOT_FOUND"))]});
    assert_eq!(failure(&wix::PROVIDER, 200, &all).remedy(), wix::Code::BookingNotFound.info().remedy);
    // the longest, wherever it stands
    let busy = |delay: &str| json!({"body": {"code": "too_many_requests"}, "status": 429, "headers": {"Retry-After": delay}});
    for delays in [["50", "5"], ["5", "50"]] {
        let batch = json!({"responses": delays.map(busy)});
        let error = failure(&fluentbooking::PROVIDER, 207, &batch);
        assert_eq!((error.retry(), error.retry_after().unwrap().as_secs()), (Retry::Safe, 50), "{batch}");
    }
}

#[test]
fn with_another_status_only_the_items_of_wix_count() {
    for provider in booking_errors::providers() {
        let result = json!({"itemMetadata": {"success": false, "error": {"code": "X"}}, "reservation": {"errors": ["X_Y"]}});
        let body = json!({"results": [result], "responses": [{"status": 404, "body": {}}]});
        let error = provider.decode(&RawResponse::new(404, body.to_string().as_bytes()));
        let items = usize::from(provider.name() == "wix");
        assert_eq!((error.kind(), error.items().len()), (Kind::NotFound, items), "{}", provider.name());
    }
}

#[test]
fn an_item_without_id_and_index_has_the_place_where_it_was_seen() {
    let mut bulk = Bulk::default();
    bulk.succeeded();
    for _ in 0..2 {
        let place = Place { list: "list", ..Place::default() };
        bulk.failed(place, &wix::PROVIDER, 409, Draft::of_code(Some("A"), None));
    }
    let draft = bulk.into_draft().unwrap();
    assert_eq!(draft.issues.fields().collect::<Vec<_>>(), ["list[1]", "list[2]"]);
}
