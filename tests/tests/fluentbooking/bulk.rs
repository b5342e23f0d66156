//! FluentBooking: batches of WordPress, whose calls fail one by one.

use booking_errors::{Effect, Kind, ProviderError, RawResponse, Retry, fluentbooking};
use booking_errors_tests::answers::{checked, failure, outcome};
use serde_json::{Value, json};

#[test]
fn reads_each_call_of_a_batch() {
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
    assert_eq!(items, [(Some(1), 404, Retry::Never), (Some(2), 503, Retry::CheckFirst)]);
    assert_eq!(error.items()[1].error.retry_after().unwrap().as_secs(), 5);

    let all = json!({"responses": [failed("rest_cannot_create", 401), failed("rest_no_route", 404)]});
    let error = failure(&fluentbooking::PROVIDER, 207, &all);
    assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::NotApplied));
    assert_eq!(error.items()[0].error.kind, Kind::Unauthenticated);

    let unknown = failure(&fluentbooking::PROVIDER, 207, &json!({"responses": [failed("x", 500)]}));
    assert_eq!((unknown.code(), unknown.effect()), (Some("x"), Effect::Unknown));

    // validation refused one call, so none of them ran
    let refused = json!({"failed": "validation", "responses": [null, failed("rest_invalid_param", 400)]});
    let error = failure(&fluentbooking::PROVIDER, 207, &refused);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::InvalidRequest, Effect::NotApplied, Retry::Never)
    );
    assert_eq!(error.items()[0].index, Some(1));
    // even if it does not say which
    for body in
        [r#"{"failed":"validation","responses":[null,null]}"#, r#"{"failed":"validation","responses":[]}"#]
    {
        assert_eq!(outcome(&fluentbooking::PROVIDER, 207, body), Some((Effect::NotApplied, 0)), "{body}");
    }
    // but not if the answer breaks off: the rest may say anything
    for body in [r#"{"failed":"validation","responses":[null"#, r#"{"failed":"validation","resp"#] {
        assert_eq!(outcome(&fluentbooking::PROVIDER, 207, body), Some((Effect::Unknown, 0)), "{body}");
    }
    assert_eq!(outcome(&fluentbooking::PROVIDER, 200, r#"{"failed":"validation"}"#), None);
}

#[test]
fn a_batch_is_recognized_by_answers_with_a_status_and_a_body() {
    let recognizes = |body: &str| fluentbooking::PROVIDER.recognizes(&RawResponse::new(207, body.as_bytes()));
    assert!(recognizes(r#"{"responses":[{"status":404,"body":{}}]}"#));
    assert!(!recognizes(r#"{"responses":[{"status":404}]}"#));
    assert!(!recognizes(r#"{"responses":[{"body":{}}]}"#));
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
    let some_ran = json!({"failed": "validation", "responses": [made, fault]});
    let error = failure(&fluentbooking::PROVIDER, 207, &some_ran);
    assert_eq!((error.effect(), error.items()[0].error.effect), (Effect::Partial, Effect::Unknown));
    let other = json!({"failed": "other", "responses": [fault]});
    assert_eq!(failure(&fluentbooking::PROVIDER, 207, &other).effect(), Effect::Unknown);
    let refused =
        failure(&fluentbooking::PROVIDER, 207, &json!({"failed": "validation", "responses": [null, fault]}));
    assert_eq!((refused.effect(), refused.items()[0].error.effect), (Effect::NotApplied, Effect::NotApplied));
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
