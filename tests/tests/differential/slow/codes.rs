//! The codes that the specifications list, with their kinds.

use std::sync::LazyLock;

use booking_errors::{Kind, Provider};
use serde_json::Value;

/// `spec/wix-codes.json`
const WIX: &str = include_str!("../../../fixtures/wix-codes.json");

/// `spec/fluentbooking.md`, "Codes"; rest_forbidden without its 401.
const FLUENTBOOKING: &[(Kind, &str)] = &[
    (
        Kind::InvalidRequest,
        "validation_failed rest_invalid_json rest_invalid_param rest_missing_callback_param",
    ),
    (Kind::PermissionDenied, "rest_forbidden"),
    (Kind::SlotUnavailable, "slot_no_longer_available"),
    (Kind::PaymentRequired, "event_payment_required"),
    (Kind::Disabled, "event_disabled"),
    (Kind::PolicyViolation, "outside_availability"),
    (
        Kind::Unauthenticated,
        "rest_not_logged_in rest_cookie_invalid_nonce incorrect_password invalid_username",
    ),
    (
        Kind::Unauthenticated,
        "invalid_email application_passwords_disabled application_passwords_disabled_for_user",
    ),
    (Kind::NotFound, "rest_no_route"),
    (Kind::ProviderFault, "internal_server_error plugin_exception"),
];

/// `spec/guesty.md`, "Codes"; CREATE_RESERVATION_ERROR without its items is what its status 400 says.
const GUESTY: &[(Kind, &str)] = &[
    (Kind::NotFound, "NOT_FOUND LISTING_NOT_FOUND RATE_PLAN_NOT_FOUND"),
    (Kind::PermissionDenied, "FORBIDDEN"),
    (Kind::InvalidRequest, "WRONG_REQUEST_PARAMETERS VALIDATION_ERROR VALIDATION_FAILED ValidationError"),
    (Kind::InvalidRequest, "CREATE_RESERVATION_ERROR"),
    (Kind::SlotUnavailable, "LISTING_CALENDAR_BLOCKED CAL_UNAVAILABLE LISTING_IS_NOT_AVAILABLE"),
    (Kind::PolicyViolation, "MIN_NIGHT_MISMATCH MAX_NIGHT_MISMATCH"),
    (Kind::CouponRejected, "COUPON_NOT_FOUND COUPON_IS_DISABLED COUPON_MIN_NIGHT_MISMATCH"),
    (Kind::CouponRejected, "COUPON_MAXIMUM_USES_EXCEEDED COUPON_EXPIRATION_DATE_EXCEEDED"),
    (Kind::CouponRejected, "COUPON_OUT_OF_CHECKIN_RANGE COUPON_UNEXPECTED_ERROR INVALID_COUPON"),
    (Kind::ProviderFault, "UNEXPECTED_ERROR"),
    (Kind::Unauthenticated, "UNAUTHORIZED"),
];

/// A known code.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub code: &'static str,
    pub kind: Kind,
    /// In the words of the crates, which are not the question here.
    pub remedy: &'static str,
}

/// The known code of this exact spelling.
pub fn known(provider: &Provider, code: Option<&str>) -> Option<Known> {
    let code = code?;
    let found = match provider.name() {
        "wix" => WIX_CODES.iter().find(|(name, _)| name == code).map(|(name, kind)| (&**name, *kind)),
        "fluentbooking" => find(FLUENTBOOKING, code),
        _ => find(GUESTY, code),
    };
    let remedy = provider.code(code).map_or("", |info| info.remedy);
    found.map(|(code, kind)| Known { code, kind, remedy })
}

fn find(table: &[(Kind, &'static str)], code: &str) -> Option<(&'static str, Kind)> {
    let all = table.iter().flat_map(|(kind, codes)| codes.split(' ').map(|code| (code, *kind)));
    all.into_iter().find(|(name, _)| *name == code)
}

static WIX_CODES: LazyLock<Vec<(String, Kind)>> = LazyLock::new(|| {
    let list: Vec<Value> = serde_json::from_str(WIX).expect("the list is JSON");
    let kind = |code: &Value| serde_json::from_value(code["kind"].clone()).expect("a code has a kind");
    list.iter().map(|code| (code["code"].as_str().unwrap_or_default().to_owned(), kind(code))).collect()
});
