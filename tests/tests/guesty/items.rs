//! Guesty: the errors within an error, and the restrictions of a listing.

use booking_errors::{ProviderError, RawResponse, guesty};
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::{check, check_issues};
use booking_errors_tests::fixture;
use guesty::Restriction;
use serde_json::{Value, json};

#[test]
fn finds_the_items_wherever_they_lie() {
    let errors =
        |errors: Value| json!({"error_code": "WRONG_REQUEST_PARAMETERS", "data": {"errors": errors}});
    check_issues(
        &guesty::PROVIDER,
        &[
            (
                400,
                errors(json!(["\"a\" is required", null, 7, ["x"], "BRAND_NEW", "ValidationError", "CAPS"])),
                json!([
                {"message": "\"a\" is required"}, {"code": "BRAND_NEW"}, {"code": "ValidationError"}, {"message": "CAPS"}]),
            ),
            (
                400,
                errors(json!([{"type": "any.required", "message": "m", "path": ["guest", 0, "email"]}])),
                json!([{"field": "guest.0.email", "code": "any.required", "message": "m"}]),
            ),
            (
                400,
                errors(json!([{"type": "t", "code": "C", "path": "guest"}])),
                json!([{"field": "guest", "code": "C"}]),
            ),
            (400, json!({"code": "VALIDATION_FAILED", "data": ["m"]}), json!([{"message": "m"}])),
            (400, json!({"code": "VALIDATION_FAILED", "data": "m"}), json!([{"message": "m"}])),
            (
                400,
                json!({"data": {"details": ["the first", "the second"]}}),
                json!([{"message": "the first"}, {"message": "the second"}]),
            ),
            (
                422,
                json!({"code": "ValidationError", "details": [{"message": "m", "path": ["endDate"], "type": "t"}]}),
                json!([{"field": "endDate", "code": "t", "message": "m"}]),
            ),
            (
                400,
                json!([{"code": "C", "message": "m", "path": ["a"]}]),
                json!([{"field": "a", "code": "C", "message": "m"}]),
            ),
            (
                400,
                json!({"code": "VALIDATION_FAILED", "error": {"age": [["m"]], "name": [null, ["n"]]}}),
                json!([{"field": "age", "message": "m"}, {"field": "name", "message": "n"}]),
            ),
            (400, json!({"message": "m", "errors": ["NOT_FOUND"]}), json!([])),
            (
                400,
                json!({"error": {"code": "C", "status": "failed", "other": "m"}}),
                json!([{"field": "other", "message": "m"}]),
            ),
            // what `error` has no items of is looked for at the root
            (
                400,
                json!({"error": {"code": "C", "data": null}, "data": {"errors": ["m"]}}),
                json!([{"message": "m"}]),
            ),
            (
                400,
                json!({"error": {"code": "C", "data": {"errors": []}}, "data": ["m"]}),
                json!([{"message": "m"}]),
            ),
        ],
    );
    let twice = br#"{"data":{"moreDetails":{"notApplicableRatePlans":[{"notApplicable":{"cta":true}}],"notApplicableRatePlans":
        [{"notApplicable":{"ctd":true},"notApplicable":{"closed":true}}]}}}"#;
    let error = guesty::PROVIDER.decode(&RawResponse::new(400, twice));
    assert_eq!(serde_json::to_value(error.issues()).unwrap(), json!([{"code": "closed"}]));
}

#[test]
fn a_code_is_upper_case_words_joined_by_underscores() {
    for (item, code, message) in [
        ("DECLINED", None, Some("DECLINED")),
        ("NOT_DECLINED", Some("NOT_DECLINED"), None),
        ("Not_A_code", None, Some("Not_A_code")),
    ] {
        let error = decode::<guesty::Error>(400, format!(r#"{{"data":{{"details":["{item}"]}}}}"#));
        let issue = &error.issues()[0];
        assert_eq!((issue.code.as_deref(), issue.message.as_deref()), (code, message));
    }
}

#[test]
fn restrictions_decide_the_kind() {
    for flag in [
        "minNights",
        "maxNights",
        "advanceNotice",
        "bookingWindow",
        "cta",
        "ctd",
        "closed",
        "hardBlocked",
        "new",
    ] {
        let plans = json!([{"notApplicable": {"other": false}}, {"notApplicable": {flag: true}}]);
        let body = json!({"error_code": "LISTING_IS_NOT_AVAILABLE", "data": {"moreDetails": {"notApplicableRatePlans": plans}}});
        let is_rule = !["closed", "hardBlocked", "new"].contains(&flag);
        let kind = if is_rule { "policy_violation" } else { "slot_unavailable" };
        check(&guesty::PROVIDER, &[(400, body, json!({"kind": kind, "issues": [{"code": flag}]}))]);
    }
}

#[test]
fn keeps_data_and_restrictions() {
    let error: guesty::Error = fixture("guesty/nested_listing_is_not_available_min_nights");
    assert_eq!(error.restrictions(), [Restriction::MinNights]);
    assert_eq!(error.data().unwrap()["requestId"], "9b0c4e7d1f2a3388");
    assert!(error.more_details().unwrap()["notApplicableRatePlans"].is_array());
    let flat: guesty::Error = fixture("guesty/seed_create_reservation_verbatim");
    assert_eq!(flat.data().unwrap()["errors"], json!(["LISTING_CALENDAR_BLOCKED"]));
    assert_eq!((flat.more_details(), flat.restrictions()), (None, Vec::new()));
}

#[test]
fn a_restriction_keeps_its_flag() {
    for flag in ["minNights", "aNewFlag"] {
        assert_eq!(Restriction::of(flag).as_str(), flag);
    }
}
