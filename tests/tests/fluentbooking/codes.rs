//! FluentBooking: its codes, and the messages and rules that stand for one.

use booking_errors::{Kind, fluentbooking};
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::{check, check_kinds};
use serde_json::json;

/// The kinds of the specification, where a code does not name its own.
#[test]
fn the_kinds_are_those_of_the_specification() {
    use Kind::*;
    check_kinds(
        &fluentbooking::PROVIDER,
        &[
            (
                InvalidRequest,
                &[
                    "validation_failed",
                    "rest_invalid_json",
                    "rest_invalid_param",
                    "rest_missing_callback_param",
                ],
            ),
            (
                PermissionDenied,
                &[
                    "rest_forbidden",
                    "rest_login_required",
                    "rest_not_authorized",
                    "rest_cannot_access",
                    "rest_cannot_view",
                    "rest_cannot_create",
                    "rest_cannot_edit",
                    "rest_cannot_delete",
                    "rest_forbidden_context",
                ],
            ),
            (SlotUnavailable, &["slot_no_longer_available"]),
            (PaymentRequired, &["event_payment_required"]),
            (Disabled, &["event_disabled"]),
            (PolicyViolation, &["outside_availability"]),
            (
                Unauthenticated,
                &[
                    "rest_not_logged_in",
                    "rest_cookie_invalid_nonce",
                    "incorrect_password",
                    "invalid_username",
                    "invalid_email",
                    "application_passwords_disabled",
                    "application_passwords_disabled_for_user",
                    "jwt_auth_no_auth_header",
                    "jwt_auth_bad_auth_header",
                    "jwt_auth_invalid_token",
                    "jwt_auth_bad_request",
                    "jwt_auth_user_not_found",
                    "jwt_auth_obsolete_token",
                    "jwt_auth_no_auth_cookie",
                    "jwt_auth_bad_config",
                    "rest_authentication_invalid_bearer_token",
                ],
            ),
            (RateLimited, &["too_many_requests"]),
            (Unknown, &["wp_die"]),
            (NotFound, &["rest_no_route"]),
            (ProviderFault, &["internal_server_error", "plugin_exception"]),
        ],
    );
}

#[test]
fn the_documented_codes_are_all_there_in_the_order_of_their_page() {
    let documented: Vec<_> =
        fluentbooking::PROVIDER.codes().iter().take(6).map(|info| (info.code, info.statuses)).collect();
    assert_eq!(
        documented,
        [
            ("validation_failed", &[422][..]),
            ("rest_forbidden", &[401, 403]),
            ("slot_no_longer_available", &[]),
            ("event_payment_required", &[]),
            ("event_disabled", &[]),
            ("outside_availability", &[]),
        ]
    );
}

#[test]
fn a_known_code_is_its_variant() {
    let code = fluentbooking::PROVIDER.codes()[0].code;
    let body = json!({"code": code, "message": "m", "data": {"status": 400}}).to_string();
    let error = decode::<fluentbooking::Error>(400, body);
    assert_eq!(error.known_code().map(|known| known.as_str()), Some(code));
}

#[test]
fn every_code_says_where_it_was_found() {
    let places =
        ["error handling page", "WordPress", "plugin 2.1", "JWT plugins", "plugins that close the REST API"];
    for info in fluentbooking::PROVIDER.codes() {
        assert!(places.contains(&info.source), "{}: {}", info.code, info.source);
    }
}

#[test]
fn a_refusal_that_401_makes_a_missing_login_is_known_to_come_with_both() {
    for info in fluentbooking::PROVIDER.codes() {
        if info.kind == Kind::PermissionDenied {
            assert_eq!(info.statuses, [401, 403], "{}", info.code);
            assert!(
                info.meaning.contains("401")
                    || info.remedy.contains("401")
                    || info.code == "rest_login_required"
            );
        }
    }
}

#[test]
fn wp_die_alone_rejects_nothing() {
    assert!(fluentbooking::Code::WpDie.info().is_soft);
    for info in fluentbooking::PROVIDER.codes() {
        assert_eq!(info.is_soft, info.code == "wp_die", "{}", info.code);
    }
}

#[test]
fn known_messages_stand_for_a_kind() {
    let messages = [
        (
            "This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.",
            "slot_unavailable",
        ),
        ("Sorry, the host is not accepting any new bookings at the moment.", "disabled"),
        ("The provided slug is not available. Please choose a different one", "conflict"),
        ("The user already have a calendar. Please delete it first to create a new one", "conflict"),
        ("Calendar Event not found", "not_found"),
        ("Pro plugin is required for this event.", "disabled"),
        ("This feature is only available in FluentBooking Pro", "disabled"),
    ];
    for (message, kind) in messages {
        let expect = json!({"code": null, "kind": kind, "effect": "not_applied"});
        check(&fluentbooking::PROVIDER, &[(500, json!({"message": message}), expect)]);
    }
}
