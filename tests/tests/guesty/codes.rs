//! Guesty: its codes, and which of several decides.

use booking_errors::{CodeInfo, Effect, Kind, RawResponse, guesty};
use booking_errors_tests::cases::check_kinds;
use serde_json::json;

/// The kinds of the specification, where a code does not name its own.
#[test]
fn the_kinds_are_those_of_the_specification() {
    use Kind::*;
    check_kinds(
        &guesty::PROVIDER,
        &[
            (NotFound, &["NOT_FOUND", "LISTING_NOT_FOUND", "RATE_PLAN_NOT_FOUND"]),
            (PermissionDenied, &["FORBIDDEN"]),
            (
                InvalidRequest,
                &["WRONG_REQUEST_PARAMETERS", "VALIDATION_ERROR", "VALIDATION_FAILED", "ValidationError"],
            ),
            (SlotUnavailable, &["LISTING_CALENDAR_BLOCKED", "CAL_UNAVAILABLE", "LISTING_IS_NOT_AVAILABLE"]),
            (PolicyViolation, &["MIN_NIGHT_MISMATCH", "MAX_NIGHT_MISMATCH"]),
            (
                CouponRejected,
                &[
                    "COUPON_NOT_FOUND",
                    "COUPON_IS_DISABLED",
                    "COUPON_MIN_NIGHT_MISMATCH",
                    "COUPON_MAXIMUM_USES_EXCEEDED",
                    "COUPON_EXPIRATION_DATE_EXCEEDED",
                    "COUPON_OUT_OF_CHECKIN_RANGE",
                    "COUPON_UNEXPECTED_ERROR",
                    "INVALID_COUPON",
                ],
            ),
            (ProviderFault, &["UNEXPECTED_ERROR", "INTERNAL_SERVER_ERROR"]),
            (Unavailable, &["SERVICE_UNAVAILABLE", "GATEWAY_TIMEOUT", "BAD_GATEWAY"]),
            (Disabled, &["WRONG_PAYMENT_CONFIG"]),
            (InvalidState, &["QUOTE_EXPIRED"]),
            (RateLimited, &["TOO_MANY_REQUESTS"]),
            (Unauthenticated, &["UNAUTHORIZED"]),
        ],
    );
}

#[test]
fn the_documented_codes_are_all_there_in_the_order_of_their_page() {
    let documented: Vec<_> =
        guesty::PROVIDER.codes().iter().take(13).map(|info| (info.code, info.statuses)).collect();
    assert_eq!(
        documented,
        [
            "NOT_FOUND",
            "FORBIDDEN",
            "WRONG_REQUEST_PARAMETERS",
            "LISTING_CALENDAR_BLOCKED",
            "MIN_NIGHT_MISMATCH",
            "COUPON_NOT_FOUND",
            "COUPON_IS_DISABLED",
            "COUPON_MIN_NIGHT_MISMATCH",
            "COUPON_MAXIMUM_USES_EXCEEDED",
            "COUPON_EXPIRATION_DATE_EXCEEDED",
            "COUPON_OUT_OF_CHECKIN_RANGE",
            "COUPON_UNEXPECTED_ERROR",
            "CREATE_RESERVATION_ERROR",
        ]
        .map(|code| (code, &[400][..]))
    );
}

#[test]
fn the_names_of_statuses_do_not_tell_whose_they_are() {
    let names = [
        "NOT_FOUND",
        "FORBIDDEN",
        "UNAUTHORIZED",
        "TOO_MANY_REQUESTS",
        "SERVICE_UNAVAILABLE",
        "GATEWAY_TIMEOUT",
        "BAD_GATEWAY",
        "INTERNAL_SERVER_ERROR",
    ];
    for name in names {
        assert!(guesty::PROVIDER.code(name).unwrap().is_generic, "{name}");
    }
    for name in ["BAD_REQUEST", "PAYMENT_REQUIRED", "CONFLICT", "GONE", "UNPROCESSABLE_ENTITY"] {
        assert_eq!(guesty::PROVIDER.code(name), None, "{name} is a status like any other");
    }
}

/// Where a coupon's code is all there is, the effect is unknown, and the row's remedy counts.
#[test]
fn the_remedies_of_coupons_look_for_the_reservation_first() {
    let is_coupon = |info: &&CodeInfo| info.is_soft && info.code.starts_with("COUPON_");
    for info in guesty::PROVIDER.codes().iter().filter(is_coupon) {
        assert!(!info.meaning.contains("dropped"), "{}: {}", info.code, info.meaning);
        assert!(info.remedy.starts_with("Look for a reservation"), "{}: {}", info.code, info.remedy);
        let body = json!({"_id": "5d6e", "status": "confirmed", "errors": [info.code]}).to_string();
        let error = guesty::PROVIDER.check(&RawResponse::new(200, body.as_bytes())).unwrap_err();
        assert_eq!(error.effect(), Effect::Applied);
        assert!(!error.remedy().contains("Look for"), "it is there: {}", error.remedy());
    }
}

#[test]
fn the_remedy_is_that_of_the_code_that_decides() {
    let body = r#"{"error_code":"CREATE_RESERVATION_ERROR","data":{"errors":["COUPON_NOT_FOUND","MIN_NIGHT_MISMATCH"]}}"#;
    let error = guesty::PROVIDER.decode(&RawResponse::new(400, body.as_bytes()));
    assert_eq!(error.remedy(), guesty::Code::MinNightMismatch.info().remedy);
}
