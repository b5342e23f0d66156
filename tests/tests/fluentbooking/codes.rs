//! FluentBooking: its codes, and the messages and rules that stand for one.

use booking_errors::fluentbooking;
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::{check, check_issues};
use serde_json::json;

#[test]
fn fluentbooking_messages_and_rules() {
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
    let rules = "required required_if required_with email numeric integer string array boolean min max size digits in not_in \
                 url date unique same different regex";
    for rule in rules.split_whitespace() {
        let body = json!({"message": "m", "errors": {format!("a.b.{rule}"): "x"}});
        check_issues(
            &fluentbooking::PROVIDER,
            &[(422, body, json!([{"field": "a.b", "code": rule, "message": "x"}]))],
        );
    }
}

#[test]
fn a_code_of_fluentbooking_that_is_known_is_its_variant() {
    let code = fluentbooking::PROVIDER.codes()[0].code;
    let body = json!({"code": code, "message": "m", "data": {"status": 400}}).to_string();
    let error = decode::<fluentbooking::Error>(400, body);
    assert_eq!(error.known_code().map(|known| known.as_str()), Some(code));
}

#[test]
fn a_code_of_fluentbooking_says_where_it_was_found() {
    let places = ["error handling page", "WordPress", "plugin 2.1"];
    for info in fluentbooking::PROVIDER.codes() {
        assert!(places.contains(&info.source), "{}: {}", info.code, info.source);
    }
}
