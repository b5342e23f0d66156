//! FluentBooking: envelopes of the plugin and of WordPress, also with a status of success.

use booking_errors::{ProviderError, RawResponse, fluentbooking};
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::check;
use booking_errors_tests::fixture;
use serde_json::{Value, json};

#[test]
fn reads_the_envelopes_of_the_plugin_and_of_wordpress() {
    check(
        &fluentbooking::PROVIDER,
        &[
            (401, json!({"code": "rest_forbidden", "message": "m"}), json!({"kind": "unauthenticated"})),
            (403, json!({"code": "rest_forbidden", "message": "m"}), json!({"kind": "permission_denied"})),
            (400, json!({"code": "event_disabled", "data": null}), json!({"kind": "disabled"})),
            (500, json!({"code": "outside_availability", "data": "x"}), json!({"effect": "not_applied"})),
            (500, json!({"code": "plugin_exception", "message": "m"}), json!({"effect": "unknown"})),
            (422, json!({"code": 422, "message": {"a": "b"}}), json!({"code": "422", "message": null})),
            (
                403,
                json!({"code": "Permission Callback Error", "message": "m"}),
                json!({"code": "Permission Callback Error"}),
            ),
            (422, json!({"code": "x", "message": "m", "data": {"status": 500}}), json!({"status": 422})),
            (400, json!({"data": {"message": "inner"}}), json!({"message": "inner"})),
            (404, json!({"message": "Calendar Event not found"}), json!({"code": null, "kind": "not_found"})),
            (
                500,
                json!({"message": "Calendar Event not found"}),
                json!({"kind": "not_found", "effect": "not_applied"}),
            ),
            (500, json!({"message": "calendar event not found"}), json!({"kind": "provider_fault"})),
            (422, json!({"message": "Pro plugin is required for this event."}), json!({"kind": "disabled"})),
            (
                422,
                json!({"code": "a", "message": "m", "additional_errors": [{"code": "b", "message": "n", "data": 1}]}),
                json!({"code": "a", "issues": [{"code": "b", "message": "n"}]}),
            ),
        ],
    );
}

#[test]
fn finds_errors_with_a_status_of_success() {
    check(
        &fluentbooking::PROVIDER,
        &[
            (
                200,
                json!({"success": false}),
                json!({"status": 200, "kind": "unknown", "retry": "check_first"}),
            ),
            (200, json!({"success": false, "data": "Sorry."}), json!({"message": "Sorry."})),
            (
                200,
                json!({"success": false, "data": {"message": "m", "errors": {"a": ["x"]}}}),
                json!({"message": "m", "issues": [{"field": "a", "message": "x"}]}),
            ),
            (
                400,
                json!({"success": false, "data": [{"code": "a", "message": "m"}, {"code": "b"}]}),
                json!({"code": "a", "message": "m", "issues": [{"code": "b"}]}),
            ),
            (200, json!({"success": true, "data": {"message": "Done."}}), Value::Null),
            (
                200,
                json!({"error": true, "message": "Pro plugin is required for this event."}),
                json!({"kind": "disabled", "effect": "not_applied", "retry": "never"}),
            ),
            (200, json!({"error": false, "message": "m"}), Value::Null),
            (200, json!({"message": "m"}), Value::Null),
            (200, json!({"code": "x", "message": "m"}), Value::Null),
            (200, json!({"code": 200, "message": "OK", "data": {}}), Value::Null),
            (
                200,
                // the handler ran, and no rule for a status says what it did
                json!({"code": "x", "message": "m", "data": {"status": 404}}),
                json!({"status": 404, "kind": "not_found", "effect": "unknown"}),
            ),
            (200, json!({"code": "x", "message": "m", "data": {"status": "422"}}), json!({"status": 422})),
            (200, json!({"code": "x", "message": "m", "data": {"status": -1}}), json!({"status": 200})),
            (
                200,
                json!({"code": "x", "message": "m", "data": {"status": 99999999999_u64}}),
                json!({"status": 200}),
            ),
            (200, json!({"code": "x", "message": "m", "data": {"status": "error"}}), json!({"status": 200})),
            (
                200,
                json!({"code": "x", "message": "m", "data": null}),
                json!({"code": "x", "kind": "unknown"}),
            ),
            (
                200,
                json!({"body": {"code": "rest_no_route", "message": "m", "data": {}}, "status": 404, "headers": []}),
                json!({"status": 404, "code": "rest_no_route", "kind": "not_found", "effect": "not_applied"}),
            ),
            (
                200,
                json!({"body": {"title": {"required": "x"}}, "status": 422, "headers": {}}),
                json!({"status": 422, "issues": [{"field": "title", "code": "required"}]}),
            ),
            (
                200,
                json!({"body": {"message": "m"}, "status": 503, "headers": {"Retry-After": "600"}}),
                json!({"status": 503, "retry_after": 600, "retry": "check_first"}),
            ),
            (200, json!({"body": {"id": 1}, "status": 201, "headers": {}}), Value::Null),
            (200, json!({"body": {"code": "x", "message": "m"}, "status": 404}), Value::Null),
            (200, json!({"id": 1, "data": {"status": 404}}), Value::Null),
            (
                404,
                json!({"body": {"code": "x", "message": "m"}, "status": 403, "headers": {}}),
                json!({"status": 404, "code": null}),
            ),
        ],
    );
}

#[test]
fn an_answer_of_admin_ajax_has_its_code_in_its_data() {
    let error = decode::<fluentbooking::Error>(
        422,
        r#"{"success":false,"data":{"code":"slot_taken","message":"m"}}"#,
    );
    assert_eq!(ProviderError::code(&error), Some("slot_taken"));
}

#[test]
fn an_inner_answer_that_breaks_off_is_read_as_far_as_it_goes() {
    let error = decode::<fluentbooking::Error>(
        200,
        r#"{"status":404,"headers":{},"body":{"code":"early","message":"m""#,
    );
    assert_eq!(ProviderError::code(&error), Some("early"));
}

#[test]
fn keeps_data_as_it_was_sent() {
    let error: fluentbooking::Error = fixture("fluentbooking/core_invalid_param");
    let data = error.data().unwrap();
    assert_eq!(data["details"]["per_page"]["code"], "rest_out_of_bounds");
    assert_eq!(data["params"].as_object().unwrap().len(), 1);
}

#[test]
fn the_headers_and_the_text_of_an_inner_answer_come_first() {
    let body = r#"{"body":"Not allowed","status":403,"headers":{"X-Request-Id":"inner"}}"#;
    let response = RawResponse::new(200, body.as_bytes()).header("x-request-id", "outer");
    let error = fluentbooking::PROVIDER.decode(&response);
    assert_eq!(
        (error.request_id(), error.message(), error.status()),
        (Some("inner"), Some("Not allowed"), 403)
    );
    let cut = br#"{"status":403,"headers":{},"body":"Not allo"#;
    let error = fluentbooking::PROVIDER.decode(&RawResponse::new(200, cut));
    assert_eq!((error.message(), error.status()), (None, 403));
}

#[test]
fn of_a_flag_that_comes_twice_the_last_counts() {
    let flagged = RawResponse::new(200, br#"{"error":true,"message":"m","error":"Done."}"#);
    assert!(fluentbooking::PROVIDER.check(&flagged).is_ok());
}
