//! Bulk and batch answers: HTTP says success, and some or all of the items failed.

use booking_errors::{Effect, Envelope, Kind, Provider, RawResponse, Retry, fluentbooking, guesty, wix};
use booking_errors_tests::answers::{Outcome, checked, failure, outcome, wix_item};
use serde_json::{Value, json};

#[test]
fn bulk_answers_in_which_nothing_failed_are_clean() {
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
fn items_survive_json_and_are_bounded() {
    let results: Vec<_> = (0..1_500).map(|index| wix_item(index, Some("BOOKING_NOT_FOUND"))).collect();
    let error = failure(&wix::PROVIDER, 200, &json!({"results": results}));
    assert_eq!((error.items().len(), error.issues().len()), (1_000, 1_000));
    assert_eq!((error.code(), error.effect()), (Some("BOOKING_NOT_FOUND"), Effect::NotApplied));

    let json = serde_json::to_value(error.envelope()).unwrap();
    assert_eq!(json["items"][7]["index"], 7);
    assert_eq!(json["items"][7]["error"]["kind"], "not_found");
    assert_eq!(&serde_json::from_value::<Envelope>(json).unwrap(), error.envelope());
    let older: Envelope =
        serde_json::from_value(json!({"provider": "wix", "status": 200, "items": null})).unwrap();
    assert!(older.items.is_empty());
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
            r#"<b>Warning</b>{"responses":[{"body":{"code":"rest_no_route"},"status":404,"headers":[]}]}"#.to_owned(),
            Some((Effect::NotApplied, 1)),
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
            None,
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
    // nothing says that these were bulk answers
    assert_eq!(outcome(&wix::PROVIDER, 200, r#"{"results":[{"id":"3f25""#), None);
    assert_eq!(outcome(&guesty::PROVIDER, 200, r#"{"results":[{"_id":"a""#), None);
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
    assert!(partial.remedy().contains("only those items"), "{}", partial.remedy());
    let all =
        json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND")), wix_item(1, Some("BOOKING_NOT_FOUND"))]});
    assert_eq!(failure(&wix::PROVIDER, 200, &all).remedy(), wix::Code::BookingNotFound.info().remedy);
    let busy = |delay: &str| json!({"body": {}, "status": 503, "headers": {"Retry-After": delay}});
    let batch = failure(&fluentbooking::PROVIDER, 207, &json!({"responses": [busy("50"), busy("5")]}));
    assert_eq!((batch.retry(), batch.retry_after().unwrap().as_secs()), (Retry::Safe, 50));
}

#[test]
fn with_another_status_the_items_do_not_count() {
    for provider in booking_errors::providers() {
        let body = json!({"results": [wix_item(0, Some("X"))], "responses": [{"status": 404, "body": {}}]});
        let error = provider.decode(&RawResponse::new(404, body.to_string().as_bytes()));
        assert_eq!((error.kind(), error.items().len()), (Kind::NotFound, 0), "{}", provider.name());
    }
}

#[test]
fn what_is_kept_of_all_items_together_is_bounded() {
    let texts_of = |count: usize| vec![json!("a"); count];
    let errors = json!({"f".repeat(1_000): texts_of(1_000)});
    let entry = json!({"body": {"message": "m", "errors": errors}, "status": 422, "headers": []});
    let body = json!({"responses": vec![entry; 200]});
    let error = failure(&fluentbooking::PROVIDER, 207, &body);
    assert_eq!(error.items().len(), 200);
    assert!(serde_json::to_string(error.envelope()).unwrap().len() < 8 << 20);

    let short = json!({"body": {"errors": texts_of(1_000)}, "status": 422, "headers": []});
    let error = failure(&fluentbooking::PROVIDER, 207, &json!({"responses": vec![short; 500]}));
    let kept: Vec<_> = error.items().iter().map(|item| item.error.issues.len()).collect();
    assert_eq!((kept.len(), kept[0], kept[499]), (500, 1_000, 0));
    assert!(kept.iter().sum::<usize>() < 20_000, "{kept:?}");
}

#[test]
fn an_item_that_cannot_be_read_costs_only_itself() {
    let read = |items: Value| {
        let envelope = json!({"provider": "wix", "status": 200, "items": items});
        serde_json::from_value::<Envelope>(envelope).unwrap().items
    };
    let item = json!({"index": "odd", "id": "a", "error": {"provider": "wix", "status": 404}});
    let items = read(json!([{"index": 0}, null, 7, {"error": null}, {"error": {"provider": "a"}}, item]));
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].index, items[0].id.as_deref(), items[0].error.status), (None, Some("a"), 404));
}
