//! The codes that the specifications list, each with its kind and what it is evidence of.

use std::sync::LazyLock;

use booking_errors::{Effect, Kind, Provider};
use serde_json::Value;

use super::kind::is_fault;

/// `spec/wix-codes.json`
const WIX: &str = include_str!("../../../fixtures/wix-codes.json");

/// `spec/fluentbooking.md`, "Codes"; the rows that say "with 401 unauthenticated" without their 401.
const FLUENTBOOKING: &[(Kind, &str)] = &[
    (
        Kind::InvalidRequest,
        "validation_failed rest_invalid_json rest_invalid_param rest_missing_callback_param",
    ),
    (Kind::PermissionDenied, WITH_401),
    (Kind::SlotUnavailable, "slot_no_longer_available"),
    (Kind::PaymentRequired, "event_payment_required"),
    (Kind::Disabled, "event_disabled"),
    (Kind::PolicyViolation, "outside_availability"),
    (
        Kind::Unauthenticated,
        "rest_not_logged_in rest_cookie_invalid_nonce incorrect_password invalid_username invalid_email \
         application_passwords_disabled application_passwords_disabled_for_user jwt_auth_no_auth_header \
         jwt_auth_bad_auth_header jwt_auth_invalid_token jwt_auth_bad_request jwt_auth_user_not_found \
         jwt_auth_obsolete_token jwt_auth_no_auth_cookie jwt_auth_bad_config \
         rest_authentication_invalid_bearer_token",
    ),
    (Kind::NotFound, "rest_no_route"),
    (Kind::ProviderFault, "internal_server_error plugin_exception"),
    (Kind::RateLimited, "too_many_requests"),
];

/// "permission_denied, with 401 unauthenticated", "unauthenticated with 401, else permission_denied"
const WITH_401: &str = "rest_forbidden rest_login_required rest_not_authorized rest_cannot_access \
                        rest_cannot_view rest_cannot_create rest_cannot_edit rest_cannot_delete \
                        rest_forbidden_context";

/// `spec/guesty.md`, "Codes", "Further codes" and the codes of a broken connection.
const GUESTY_HARD: &[(Kind, &str)] = &[
    (Kind::NotFound, "NOT_FOUND LISTING_NOT_FOUND RATE_PLAN_NOT_FOUND"),
    (Kind::PermissionDenied, "FORBIDDEN"),
    (Kind::InvalidRequest, "WRONG_REQUEST_PARAMETERS VALIDATION_ERROR VALIDATION_FAILED ValidationError"),
    (Kind::SlotUnavailable, "LISTING_CALENDAR_BLOCKED CAL_UNAVAILABLE LISTING_IS_NOT_AVAILABLE"),
    (Kind::PolicyViolation, "MIN_NIGHT_MISMATCH MAX_NIGHT_MISMATCH"),
    (Kind::CouponRejected, "INVALID_COUPON"),
    (Kind::Unauthenticated, "UNAUTHORIZED"),
    (Kind::Disabled, "WRONG_PAYMENT_CONFIG"),
    (Kind::InvalidState, "QUOTE_EXPIRED"),
    (Kind::RateLimited, "TOO_MANY_REQUESTS"),
    (Kind::Unavailable, "SERVICE_UNAVAILABLE GATEWAY_TIMEOUT BAD_GATEWAY"),
    (Kind::Unavailable, LOST_CONNECTIONS),
    (Kind::ProviderFault, "INTERNAL_SERVER_ERROR"),
];

/// The codes of a broken connection.
const LOST_CONNECTIONS: &str = "ETIMEDOUT ECONNRESET ECONNREFUSED ENOTFOUND EPIPE";

/// The column "hard or soft".
const GUESTY_SOFT: &[(Kind, &str)] = &[
    (
        Kind::CouponRejected,
        "COUPON_NOT_FOUND COUPON_IS_DISABLED COUPON_MIN_NIGHT_MISMATCH COUPON_MAXIMUM_USES_EXCEEDED \
         COUPON_EXPIRATION_DATE_EXCEEDED COUPON_OUT_OF_CHECKIN_RANGE COUPON_UNEXPECTED_ERROR",
    ),
    (Kind::ProviderFault, "UNEXPECTED_ERROR"),
];

/// A known code.
#[derive(Clone, Debug)]
pub struct Known {
    pub code: String,
    /// None where the row leaves it to the rest of the answer.
    pub kind: Option<Kind>,
    /// Marked soft, or one that rejects nothing by itself.
    pub is_soft: bool,
    /// The row's own effect.
    pub effect: Option<Effect>,
}

impl Known {
    fn new(code: &str, kind: Option<Kind>, is_soft: bool) -> Self {
        Self { code: code.to_owned(), kind, is_soft, effect: None }
    }

    /// "Of kind provider_fault or unavailable", without an effect of its own.
    pub fn is_fault(&self) -> bool {
        self.effect.is_none() && self.kind.is_some_and(is_fault)
    }

    pub fn is_lost_connection(&self) -> bool {
        LOST_CONNECTIONS.split_whitespace().any(|code| code == self.code)
    }

    /// Whether it "rejects".
    pub fn is_rejection(&self) -> bool {
        !self.is_soft && self.effect.is_none() && self.kind.is_some_and(|kind| !is_fault(kind))
    }
}

/// The known code of this exact spelling.
pub fn known(provider: &Provider, code: Option<&str>) -> Option<Known> {
    let code = code?;
    match provider.name() {
        "wix" => WIX_CODES.iter().find(|known| known.code == code).cloned(),
        "fluentbooking" if code == "wp_die" => Some(Known::new(code, None, true)),
        "fluentbooking" => find(FLUENTBOOKING, code, false),
        _ if code == "CREATE_RESERVATION_ERROR" => Some(Known::new(code, None, true)),
        _ => find(GUESTY_HARD, code, false).or(find(GUESTY_SOFT, code, true)),
    }
}

/// The kind that a known code of FluentBooking has with this status.
pub fn kind_with(known: &Known, status: u16) -> Option<Kind> {
    let is_by_401 = WITH_401.split_whitespace().any(|code| code == known.code);
    if is_by_401 && status == 401 { Some(Kind::Unauthenticated) } else { known.kind }
}

/// Every known code.
pub fn all() -> Vec<String> {
    let tables = [FLUENTBOOKING, GUESTY_HARD, GUESTY_SOFT].concat();
    let codes = tables.iter().flat_map(|(_, codes)| codes.split_whitespace());
    let own = codes.chain(["wp_die", "CREATE_RESERVATION_ERROR"]).map(str::to_owned);
    own.chain(WIX_CODES.iter().map(|known| known.code.clone())).collect()
}

fn find(table: &[(Kind, &str)], code: &str, is_soft: bool) -> Option<Known> {
    let (kind, _) = table.iter().find(|(_, codes)| codes.split_whitespace().any(|name| name == code))?;
    Some(Known::new(code, Some(*kind), is_soft))
}

static WIX_CODES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let list: Vec<Value> = serde_json::from_str(WIX).expect("the list is JSON");
    let known = |row: &Value| Known {
        code: row["code"].as_str().unwrap_or_default().to_owned(),
        kind: Some(serde_json::from_value(row["kind"].clone()).expect("a code has a kind")),
        is_soft: false,
        effect: row.get("effect").map(|effect| serde_json::from_value(effect.clone()).expect("an effect")),
    };
    list.iter().map(known).collect()
});
