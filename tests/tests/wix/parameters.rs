//! Wix: the values that a message carries, in whatever words it says them.

use booking_errors_tests::given::wix;
use serde_json::{Value, json};

const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

fn parameters(body: &Value) -> Value {
    let error = wix(428, body).error();
    serde_json::to_value(error.parameters()).unwrap()
}

/// The parameters of an error with this code, whose message or description is the text.
fn said(code: &str, text: &str) -> [Value; 2] {
    let in_message = json!({"message": text, "details": {"applicationError": {"code": code}}});
    let in_description =
        json!({"message": "m", "details": {"applicationError": {"code": code, "description": text}}});
    [parameters(&in_message), parameters(&in_description)]
}

#[test]
fn a_value_stands_after_its_noun_with_or_without_quotes() {
    let rows = [
        ("SESSION_CAPACITY_EXCEEDED", "session", "sessionId", ID),
        ("SCHEDULE_CAPACITY_EXCEEDED", "schedule", "scheduleId", ID),
        ("BOOKING_NOT_FOUND", "Booking", "bookingId", ID),
        ("CANCELATION_NOT_SUPPORTED", "status", "status", "WAITING_LIST"),
        ("DECLINE_NOT_SUPPORTED", "status", "status", "DECLINED"),
        ("CONFIRMATION_NOT_SUPPORTED", "status", "status", "CONFIRMED"),
        ("SERVICE_POLICY_VIOLATION", "service's", "serviceId", ID),
        ("SERVICE_POLICY_VIOLATION", "service", "serviceId", ID),
        ("FEATURE_LIMIT_EXCEEDED", "calling", "feature", "createBooking"),
    ];
    for (code, noun, name, value) in rows {
        let quoted = [value.to_owned(), format!("`{value}`"), format!("'{value}'"), format!("\"{value}\"")];
        for text in quoted {
            for message in [
                format!("{noun} {text}"),
                format!("{noun} {text}."),
                format!("Sorry: {noun} {text}, please choose another one."),
                format!("Sorry.\nThe {noun} {text} is no good\n"),
            ] {
                assert_eq!(
                    said(code, &message),
                    [json!({name: value}), json!({name: value})],
                    "{code}: {message}"
                );
            }
        }
    }
}

#[test]
fn the_fixed_words_of_a_template_need_not_be_there() {
    let live = "Not enough available spots on session 2mmo4DLFXBTcDHAMJH0kDH9.";
    let value = json!({"sessionId": "2mmo4DLFXBTcDHAMJH0kDH9"});
    assert_eq!(said("SESSION_CAPACITY_EXCEEDED", live), [value.clone(), value]);
}

#[test]
fn without_quotes_an_id_holds_a_digit_and_a_status_is_in_capitals() {
    let rows = [
        ("BOOKING_NOT_FOUND", "Booking doesn't exist.", json!({})),
        ("BOOKING_NOT_FOUND", "Booking `draft` doesn't exist.", json!({"bookingId": "draft"})),
        ("SESSION_CAPACITY_EXCEEDED", "The session is full.", json!({})),
        ("SESSION_CAPACITY_EXCEEDED", "The session is full: session 17", json!({"sessionId": "17"})),
        ("CANCELATION_NOT_SUPPORTED", "You can't cancel a booking with status declined.", json!({})),
        (
            "CANCELATION_NOT_SUPPORTED",
            "You can't cancel a booking with status `declined`.",
            json!({"status": "declined"}),
        ),
        (
            "CANCELATION_NOT_SUPPORTED",
            "You can't cancel a booking with status DECLINED.",
            json!({"status": "DECLINED"}),
        ),
        ("SERVICE_POLICY_VIOLATION", "The action violates the service's policy.", json!({})),
        ("SESSION_CAPACITY_EXCEEDED", "The sessions 17 and 18 are full.", json!({})),
        ("SESSION_CAPACITY_EXCEEDED", "session", json!({})),
        ("SESSION_CAPACITY_EXCEEDED", "session ``", json!({})),
    ];
    for (code, text, expected) in rows {
        assert_eq!(said(code, text), [expected.clone(), expected], "{code}: {text}");
    }
}

#[test]
fn a_template_may_carry_two_parameters() {
    let text = format!("Staff members `17a` aren't connected to service `{ID}`.");
    let both = json!({"staffIds": "17a", "serviceId": ID});
    assert_eq!(said("UNKNOWN_STAFF_IDS", &text), [both.clone(), both.clone()]);
    // one from the data, the other from the message
    let body = json!({"message": text, "details": {"applicationError": {
        "code": "UNKNOWN_STAFF_IDS", "data": {"staffIds": "18b"}}}});
    assert_eq!(parameters(&body), json!({"staffIds": "18b", "serviceId": ID}));
}

#[test]
fn an_unknown_code_carries_none() {
    assert_eq!(said("BRAND_NEW", &format!("session {ID}")), [json!({}), json!({})]);
}

#[test]
fn a_changed_revision_names_what_has_changed() {
    let error = |data: Value| json!({"message": "m", "details": {"applicationError": {"code": "INVALID_REVISION", "data": data}}});
    let data = json!({"revisionViolation": {"entityId": ID, "revision": "1"}});
    assert_eq!(parameters(&error(data)), json!({"entityId": ID}));
    for data in [json!({}), json!({"revisionViolation": ID}), json!(null)] {
        assert_eq!(parameters(&error(data)), json!({}));
    }
}
