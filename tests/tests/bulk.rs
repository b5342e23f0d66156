//! Bulk and batch answers: HTTP says success, and some or all of the items failed.

use booking_errors::{
    Effect, Envelope, Kind, Provider, ProviderError, RawResponse, Retry, fluentbooking, guesty, wix,
};
use booking_errors_tests::answers::{Outcome, checked, failure, outcome, wix_item};
use serde_json::{Value, json};

#[test]
fn wix_items_that_failed_beside_others_that_did_not() {
    let failed = json!({"itemMetadata": {"id": "3f25", "originalIndex": 2, "success": false,
        "error": {"code": "FEATURE_LIMIT_EXCEEDED", "description": "d"}}});
    let results = json!([wix_item(0, None), wix_item(1, Some("SLOT_NOT_AVAILABLE")), failed]);
    let totals = json!({"totalSuccesses": 1, "totalFailures": 2, "undetailedFailures": 0});
    let error = failure(&wix::PROVIDER, 200, &json!({"results": results, "bulkActionMetadata": totals}));

    assert_eq!((error.status(), error.effect(), error.retry()), (200, Effect::Partial, Retry::Never));
    assert_eq!((error.code(), error.kind()), (None, Kind::Unknown));
    let issues: Vec<_> = error.issues().iter().map(ToString::to_string).collect();
    assert_eq!(issues, ["results[1] (SLOT_NOT_AVAILABLE): d", "3f25 (FEATURE_LIMIT_EXCEEDED): d"]);

    let items: Vec<_> = error
        .items()
        .iter()
        .map(|item| (item.index, item.id.as_deref(), item.error.kind, item.error.effect, item.error.retry()))
        .collect();
    let expect = [
        (Some(1), None, Kind::SlotUnavailable, Effect::NotApplied, Retry::Never),
        (Some(2), Some("3f25"), Kind::RateLimited, Effect::NotApplied, Retry::Safe),
    ];
    assert_eq!(items, expect);
    assert_eq!(error.items()[0].error.code(), Some("SLOT_NOT_AVAILABLE"));
    assert_eq!(error.items()[0].error.remedy(), wix::Code::SlotNotAvailable.info().remedy);
}

#[test]
fn wix_answers_in_which_all_failed() {
    let cases: &[(Value, Option<&str>, Kind, Effect)] = &[
        (
            json!([wix_item(0, Some("BOOKING_NOT_FOUND")), wix_item(1, Some("BOOKING_NOT_FOUND"))]),
            Some("BOOKING_NOT_FOUND"),
            Kind::NotFound,
            Effect::NotApplied,
        ),
        (
            json!([wix_item(0, Some("BOOKING_NOT_FOUND")), wix_item(1, Some("REFUND_NOT_ALLOWED"))]),
            None,
            Kind::Unknown,
            Effect::NotApplied,
        ),
        (json!([wix_item(0, Some("BRAND_NEW"))]), Some("BRAND_NEW"), Kind::Unknown, Effect::Unknown),
        (
            json!([wix_item(0, Some("FAILED_RESOLVING_SESSION"))]),
            Some("FAILED_RESOLVING_SESSION"),
            Kind::ProviderFault,
            Effect::Unknown,
        ),
        (json!([{"itemMetadata": {"success": false}}]), None, Kind::Unknown, Effect::Unknown),
    ];
    for (results, code, kind, effect) in cases {
        for status in [200, 207] {
            let error = failure(&wix::PROVIDER, status, &json!({"results": results}));
            assert_eq!((error.code(), error.kind(), error.effect()), (*code, *kind, *effect), "{results}");
        }
    }
}

#[test]
fn wix_failures_without_details() {
    let one = json!([wix_item(0, Some("BOOKING_NOT_FOUND"))]);
    let cases = [
        (
            json!({"results": one, "bulkActionMetadata": {"totalFailures": 3, "undetailedFailures": 2}}),
            Effect::Unknown,
        ),
        (json!({"results": one, "bulkActionMetadata": {"totalFailures": 3}}), Effect::Unknown),
        (
            json!({"results": one, "bulkActionMetadata": {"totalFailures": 3, "totalSuccesses": 1}}),
            Effect::Partial,
        ),
        (json!({"results": [], "bulkActionMetadata": {"totalFailures": 1}}), Effect::Unknown),
        (json!({"bulkActionMetadata": {"totalFailures": 1, "totalSuccesses": 4}}), Effect::Partial),
    ];
    for (body, effect) in cases {
        let error = failure(&wix::PROVIDER, 200, &body);
        assert_eq!((error.code(), error.kind(), error.effect()), (None, Kind::Unknown, effect), "{body}");
    }
}

#[test]
fn wix_answers_that_break_off() {
    let body = json!({"results": [wix_item(0, None), wix_item(1, Some("BOOKING_NOT_FOUND"))]}).to_string();
    let cut = |length: usize| {
        let response = RawResponse::new(200, &body.as_bytes()[..length]);
        wix::PROVIDER.check(&response).err().map(|error| (error.effect(), error.items().len()))
    };
    assert_eq!(cut(body.len() - 2), Some((Effect::Partial, 1)));
    assert_eq!(cut(body.find("BOOKING").unwrap()), Some((Effect::Partial, 0)));
    assert_eq!(cut(3), None);
    let all_failed = json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND"))]}).to_string();
    let response = RawResponse::new(200, &all_failed.as_bytes()[..all_failed.len() - 1]);
    assert_eq!(wix::PROVIDER.decode(&response).effect(), Effect::Unknown);
}

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
fn wordpress_batches() {
    let failed = |code: &str, status: u16| json!({"body": {"code": code, "message": "m", "data": {"status": status}}, "status": status, "headers": []});
    let made = json!({"body": {"id": 1}, "status": 201, "headers": []});
    let busy = json!({"body": {"message": "m"}, "status": 503, "headers": {"Retry-After": "5"}});

    let mixed = json!({"responses": [made, failed("rest_no_route", 404), busy]});
    let error = failure(&fluentbooking::PROVIDER, 207, &mixed);
    assert_eq!((error.status(), error.code(), error.effect()), (207, None, Effect::Partial));
    let issues: Vec<_> = error.issues().iter().map(ToString::to_string).collect();
    assert_eq!(issues, ["responses[1] (rest_no_route): m", "responses[2]: m"]);
    let items: Vec<_> =
        error.items().iter().map(|item| (item.index, item.error.status, item.error.retry())).collect();
    assert_eq!(items, [(Some(1), 404, Retry::Never), (Some(2), 503, Retry::Safe)]);
    assert_eq!(error.items()[1].error.retry_after().unwrap().as_secs(), 5);

    let all = json!({"responses": [failed("rest_cannot_create", 401), failed("rest_no_route", 404)]});
    let error = failure(&fluentbooking::PROVIDER, 207, &all);
    assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::NotApplied));
    assert_eq!(error.items()[0].error.kind, Kind::Unauthenticated);

    let unknown = failure(&fluentbooking::PROVIDER, 207, &json!({"responses": [failed("x", 500)]}));
    assert_eq!((unknown.code(), unknown.effect()), (Some("x"), Effect::Unknown));

    // one call was refused by the validation, and so none was carried out
    let refused = json!({"failed": "validation", "responses": [null, failed("rest_invalid_param", 400)]});
    let error = failure(&fluentbooking::PROVIDER, 207, &refused);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::InvalidRequest, Effect::NotApplied, Retry::Never)
    );
    assert_eq!(error.items()[0].index, Some(1));
    // also where it does not say which
    for body in [
        r#"{"failed":"validation","responses":[null,null]}"#,
        r#"{"failed":"validation","responses":[]}"#,
        r#"{"failed":"validation","responses":[null"#,
        r#"{"failed":"validation","resp"#,
    ] {
        assert_eq!(outcome(&fluentbooking::PROVIDER, 207, body), Some((Effect::NotApplied, 0)), "{body}");
    }
    assert_eq!(outcome(&fluentbooking::PROVIDER, 200, r#"{"failed":"validation"}"#), None);
}

#[test]
fn guesty_results() {
    let result = |id: &str, errors: Value| json!({"_id": id, "reservation": {"errors": errors}});
    let some = json!({"results": [result("a", json!([])), result("b", json!(["LISTING_CALENDAR_BLOCKED", "text"]))]});
    let error = failure(&guesty::PROVIDER, 200, &some);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::SlotUnavailable, Effect::Partial, Retry::Never)
    );
    assert_eq!(error.issues()[0].to_string(), "b (LISTING_CALENDAR_BLOCKED)");
    let item = &error.items()[0];
    assert_eq!((item.index, item.id.as_deref()), (Some(1), Some("b")));
    assert_eq!((item.error.code(), item.error.issues().len()), (Some("LISTING_CALENDAR_BLOCKED"), 2));

    let all = json!({"results": [result("a", json!(["MIN_NIGHT_MISMATCH"])), result("b", json!(["CAL_UNAVAILABLE"]))]});
    let error = failure(&guesty::PROVIDER, 200, &all);
    assert_eq!((error.code(), error.kind(), error.effect()), (None, Kind::Unknown, Effect::NotApplied));
    let soft = json!({"results": [result("a", json!(["COUPON_NOT_FOUND"]))]});
    assert_eq!(failure(&guesty::PROVIDER, 200, &soft).effect(), Effect::Unknown);
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
fn one_item_of_which_nothing_is_known_makes_the_whole_unknown() {
    for codes in [["BRAND_NEW", "BOOKING_NOT_FOUND"], ["BOOKING_NOT_FOUND", "BRAND_NEW"]] {
        let results = json!([wix_item(0, Some(codes[0])), wix_item(1, Some(codes[1]))]);
        assert_eq!(failure(&wix::PROVIDER, 200, &json!({"results": results})).effect(), Effect::Unknown);
    }
}

#[test]
fn odd_items_and_totals_are_counted() {
    let wix =
        |body: Value| checked(&wix::PROVIDER, 200, &body).map(|error| (error.effect(), error.items().len()));
    let item = |item: Value| json!({"results": [{"itemMetadata": item}]});
    assert_eq!(wix(item(json!({"error": {"code": "BOOKING_NOT_FOUND"}}))), Some((Effect::NotApplied, 1)));
    assert_eq!(wix(item(json!({"success": "false", "error": {"code": "X"}}))), Some((Effect::Unknown, 1)));
    assert_eq!(wix(item(json!({"success": null}))), None);
    for total in ["99999999999999999999", "2.0", "\"3\"", r#""\u0033""#, "1e400"] {
        let body = format!(r#"{{"bulkActionMetadata":{{"totalFailures":{total}}}}}"#);
        assert_eq!(outcome(&wix::PROVIDER, 200, &body), Some((Effect::Unknown, 0)), "{total}");
    }
    for total in ["0", "0.0", "0e5", "-1", "-0.5", "\"none\"", "[7]", r#"{"7":7}"#] {
        let body = format!(r#"{{"bulkActionMetadata":{{"totalFailures":{total}}}}}"#);
        assert_eq!(outcome(&wix::PROVIDER, 200, &body), None, "{total}");
    }
    // what is listed is all that failed
    for total in ["1", "1.0", "\"1\""] {
        let listed = r#"[{"itemMetadata":{"success":false,"error":{"code":"BOOKING_NOT_FOUND"}}}]"#;
        let body = format!(r#"{{"results":{listed},"bulkActionMetadata":{{"totalFailures":{total}}}}}"#);
        assert_eq!(outcome(&wix::PROVIDER, 200, &body), Some((Effect::NotApplied, 1)), "{total}");
    }
    // it may have been 0.0
    let cut = r#"{"bulkActionMetadata":{"totalFailures":1,"totalSuccesses":0"#;
    assert_eq!(outcome(&wix::PROVIDER, 200, cut), Some((Effect::Unknown, 0)));
    let cut = r#"{"bulkActionMetadata":{"totalSuccesses":1"#;
    assert_eq!(outcome(&wix::PROVIDER, 200, cut), Some((Effect::Unknown, 0)));
    let undetailed = json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND"))],
        "bulkActionMetadata": {"totalFailures": 1, "undetailedFailures": 1}});
    assert_eq!(wix(undetailed), Some((Effect::Unknown, 1)));
    let some_failed = item(json!({"success": false, "error": {"code": "SOME_BOOKINGS_UPDATES_FAILED"}}));
    assert_eq!(wix(some_failed), Some((Effect::Partial, 1)));
    let silent = failure(&wix::PROVIDER, 200, &item(json!({"success": false})));
    assert_eq!((silent.issues()[0].field.as_deref(), silent.items()[0].index), (Some("results[0]"), Some(0)));
    // where the answer does not say which item it is, its place is counted with all others
    let third = json!({"results": [{}, {"itemMetadata": {}}, {"itemMetadata": {"success": false}}]});
    let third = failure(&wix::PROVIDER, 200, &third);
    assert_eq!((third.issues()[0].field.as_deref(), third.items()[0].index), (Some("results[2]"), Some(2)));
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
fn entries_of_a_batch_that_cannot_be_read_are_undetailed() {
    let batch = |responses: Value| {
        let body = json!({"responses": responses});
        checked(&fluentbooking::PROVIDER, 207, &body).map(|error| (error.effect(), error.items().len()))
    };
    let not_found = json!({"body": {"code": "rest_no_route"}, "status": 404, "headers": []});
    assert_eq!(batch(json!([{"status": 500, "headers": []}])), Some((Effect::Unknown, 1)));
    assert_eq!(
        batch(json!([{"body": {"code": "x", "message": "m"}, "status": "odd"}])),
        Some((Effect::Unknown, 0))
    );
    assert_eq!(
        batch(json!([{"body": {"code": "x", "data": {"status": 403}}}])),
        Some((Effect::NotApplied, 1))
    );
    assert_eq!(batch(json!([null, not_found])), Some((Effect::Unknown, 1)));

    // a batch inside `?_envelope`
    let wrapped = json!({"body": {"responses": [not_found]}, "status": 207, "headers": {}});
    assert_eq!(failure(&fluentbooking::PROVIDER, 200, &wrapped).items().len(), 1);
    // what succeeded is not undone by what `failed` says, and another value of it says nothing
    let made = json!({"body": {"id": 1}, "status": 201, "headers": []});
    let body = json!({"failed": "validation", "responses": [made, not_found]});
    assert_eq!(failure(&fluentbooking::PROVIDER, 207, &body).effect(), Effect::Partial);
    let fault = json!({"body": {"code": "x"}, "status": 500, "headers": []});
    let other = json!({"failed": "other", "responses": [fault]});
    assert_eq!(failure(&fluentbooking::PROVIDER, 207, &other).effect(), Effect::Unknown);
    let refused =
        failure(&fluentbooking::PROVIDER, 207, &json!({"failed": "validation", "responses": [null, fault]}));
    assert_eq!((refused.effect(), refused.items()[0].error.effect), (Effect::NotApplied, Effect::NotApplied));
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
fn the_headers_around_a_batch_count_for_it() {
    let busy = |delay: &str| json!({"body": {}, "status": 503, "headers": {"Retry-After": delay}});
    let until = json!({"responses": [busy("Wed, 21 Oct 2026 07:29:00 GMT")]}).to_string();
    let response = RawResponse::new(207, until.as_bytes()).header("date", "Wed, 21 Oct 2026 07:28:00 GMT");
    let error = fluentbooking::PROVIDER.decode(&response);
    assert_eq!(error.items()[0].error.retry_after().unwrap().as_secs(), 60);

    let headers = json!({"X-Request-Id": "inner", "Retry-After": "9"});
    let inner = json!({"responses": [{"body": {}, "status": 404, "headers": []}]});
    let error = error_of_wrapped(&inner, &headers);
    assert_eq!((error.request_id(), error.retry_after().unwrap().as_secs()), (Some("inner"), 9));
    let error = error_of_wrapped(&json!({"responses": [busy("5")]}), &headers);
    assert_eq!(error.retry_after().unwrap().as_secs(), 5);
}

fn error_of_wrapped(body: &Value, headers: &Value) -> Box<dyn ProviderError> {
    failure(&fluentbooking::PROVIDER, 200, &json!({"body": body, "status": 207, "headers": headers}))
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
