//! Guesty: its envelopes, and reservations and prices that were made with errors.

use booking_errors::{RawResponse, guesty};
use booking_errors_tests::cases::check;
use serde_json::{Value, json};

#[test]
fn reads_flat_and_nested_envelopes() {
    let made = |data: Value| json!({"error_code": "CREATE_RESERVATION_ERROR", "message": "m", "data": data});
    check(
        &guesty::PROVIDER,
        &[
            (
                400,
                made(json!({"errors": ["LISTING_CALENDAR_BLOCKED"], "requestId": "7a"})),
                json!({"code": "CREATE_RESERVATION_ERROR", "kind": "slot_unavailable", "request_id": "7a"}),
            ),
            (400, made(json!({"errors": "MIN_NIGHT_MISMATCH"})), json!({"kind": "policy_violation"})),
            (
                400,
                made(json!({"errors": ["COUPON_NOT_FOUND", "CAL_UNAVAILABLE"]})),
                json!({"kind": "slot_unavailable"}),
            ),
            (400, made(json!({"errors": ["COUPON_NOT_FOUND"]})), json!({"kind": "coupon_rejected"})),
            (400, made(json!({"errors": ["COUPON_NOT_FOUND", "other"]})), json!({"kind": "invalid_request"})),
            (
                500,
                made(json!({"errors": ["COUPON_NOT_FOUND"]})),
                json!({"kind": "coupon_rejected", "effect": "unknown"}),
            ),
            (
                500,
                made(json!({"errors": ["CAL_UNAVAILABLE"]})),
                json!({"effect": "not_applied", "retry": "never"}),
            ),
            (500, made(json!({})), json!({"kind": "provider_fault", "effect": "unknown"})),
            (
                500,
                json!({"error_code": "COUPON_IS_DISABLED"}),
                json!({"kind": "coupon_rejected", "effect": "unknown"}),
            ),
            (
                500,
                json!({"error_code": "INVALID_COUPON"}),
                json!({"kind": "coupon_rejected", "effect": "not_applied"}),
            ),
            (
                400,
                json!({"error_code": "UNEXPECTED_ERROR"}),
                json!({"kind": "provider_fault", "effect": "unknown"}),
            ),
            (
                400,
                json!({"error_code": "X", "data": {"errors": ["NOT_FOUND"]}}),
                json!({"kind": "not_found"}),
            ),
            (
                404,
                json!({"error": {"code": "LISTING_NOT_FOUND", "message": "m", "data": {"requestId": "7a"}}}),
                json!({"code": "LISTING_NOT_FOUND", "message": "m", "request_id": "7a"}),
            ),
            (
                400,
                json!({"error": {"message": "m"}, "code": "VALIDATION_FAILED", "requestId": "r"}),
                json!({"code": "VALIDATION_FAILED", "message": "m", "request_id": "r"}),
            ),
            (
                400,
                json!({"statusCode": 400, "message": ["a", "b"], "error": "Bad Request"}),
                json!({"code": null, "message": "Bad Request", "issues": [{"message": "a"}, {"message": "b"}]}),
            ),
            (404, json!({"statusCode": 404, "message": "m", "error": "Not Found"}), json!({"message": "m"})),
            (
                401,
                json!({"errorCode": "invalid_client", "errorSummary": "s"}),
                json!({"code": "invalid_client", "message": "s", "kind": "unauthenticated"}),
            ),
            (
                400,
                json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE"}}),
                json!({"kind": "slot_unavailable"}),
            ),
            (
                400,
                json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE", "data": {"moreDetails": {"notApplicableRatePlans": [
                {"notApplicable": {"closed": false, "ctd": true, "hardBlocked": true}}]}}}}),
                json!({"kind": "slot_unavailable", "issues": [{"code": "ctd"}, {"code": "hardBlocked"}]}),
            ),
        ],
    );
}

#[test]
fn finds_errors_with_a_status_of_success() {
    let reservation =
        |status: &str, errors: Value| json!({"_id": "5d6e", "status": status, "errors": errors});
    let price = |errors: Value| json!({"money": {"currency": "USD"}, "error": {"errors": errors}});
    check(
        &guesty::PROVIDER,
        &[
            (200, reservation("confirmed", json!([])), Value::Null),
            (200, reservation("confirmed", json!([null, 7])), Value::Null),
            (200, json!({"_id": "5d6e", "status": "declined"}), Value::Null),
            (
                201,
                reservation("confirmed", json!(["COUPON_NOT_FOUND"])),
                json!({"status": 201, "code": null, "kind": "coupon_rejected", "effect": "applied", "retry": "never"}),
            ),
            (
                200,
                reservation("declined", json!(["LISTING_CALENDAR_BLOCKED"])),
                json!({"kind": "slot_unavailable", "effect": "not_applied", "retry": "never"}),
            ),
            (
                200,
                reservation("inquiry", json!(["something"])),
                json!({"kind": "unknown", "effect": "applied"}),
            ),
            (
                200,
                price(json!(["UNEXPECTED_ERROR", "COUPON_IS_DISABLED"])),
                json!({"kind": "coupon_rejected", "effect": "applied"}),
            ),
            (
                200,
                price(json!(["COUPON_IS_DISABLED", "CAL_UNAVAILABLE"])),
                json!({"kind": "slot_unavailable"}),
            ),
            (200, price(json!(["UNEXPECTED_ERROR"])), json!({"kind": "provider_fault", "effect": "applied"})),
            (200, price(json!([])), Value::Null),
            (
                200,
                json!({"error_code": "CAL_UNAVAILABLE"}),
                json!({"effect": "not_applied", "retry": "never"}),
            ),
            (200, json!({"error_code": "BRAND_NEW"}), json!({"code": "BRAND_NEW", "retry": "check_first"})),
        ],
    );
}

#[test]
fn a_reservation_that_breaks_off_may_have_been_made() {
    let effect = |body: &str| guesty::PROVIDER.decode(&RawResponse::new(200, body.as_bytes())).effect();
    let cut = r#"{"_id":"5d6e","errors":["COUPON_NOT_FOUND"],"status":"decl"#;
    assert_eq!(effect(cut), booking_errors::Effect::Unknown);
    assert_eq!(effect(&format!("{cut}ined\"}}")), booking_errors::Effect::NotApplied);
    // without a status it is no reservation
    assert_eq!(effect(r#"{"_id":"5d6e","errors":["COUPON_NOT_FOUND"]}"#), booking_errors::Effect::Unknown);
}

#[test]
fn request_ids_of_the_body_come_first() {
    let body = r#"{"error":{"code":"X","requestId":"second","data":{"requestId":" "}},"data":{"requestId":"first, x"},"requestId":"third"}"#;
    let response = RawResponse::new(400, body.as_bytes()).header("x-request-id", "fourth");
    assert_eq!(guesty::PROVIDER.decode(&response).request_id(), Some("first"));
}
