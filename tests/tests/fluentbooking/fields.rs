//! FluentBooking: the fields of a validation error, in all the shapes they come in.

use booking_errors::{ProviderError, fluentbooking};
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::check_issues;
use serde_json::{Value, json};

#[test]
fn names_each_field_whatever_the_shape_of_the_errors() {
    let errors = |errors: Value| json!({"message": "m", "errors": errors});
    let one = |field: &str, code: &str| json!([{"field": field, "code": code, "message": "x"}]);
    let plain = |field: &str| json!([{"field": field, "message": "x"}]);
    check_issues(
        &fluentbooking::PROVIDER,
        &[
            (422, errors(json!({"email": "x"})), plain("email")),
            (422, errors(json!({"email": ["x"]})), plain("email")),
            (422, errors(json!({"email": {"required": "x"}})), one("email", "required")),
            (422, errors(json!({"email": {"0": "x"}})), plain("email")),
            (422, errors(json!({"email.required": "x"})), one("email", "required")),
            (422, errors(json!({"slot.duration.min": "x"})), one("slot.duration", "min")),
            (422, errors(json!({"slot.duration": "x"})), plain("slot.duration")),
            (422, errors(json!({"email.required": ["x"]})), plain("email.required")),
            (422, errors(json!({"slots": {"mon": [{"start": ["x"]}]}})), plain("slots.mon.0.start")),
            (
                422,
                errors(json!({"slots": {"mon": [{"start": {"date": "x"}}]}})),
                one("slots.mon.0.start", "date"),
            ),
            (422, errors(json!({"3": ["x"]})), plain("3")),
            (422, errors(json!({"3": {"required": "x"}})), one("3", "required")),
            (422, errors(json!({"": ["x"]})), json!([{"message": "x"}])),
            (422, errors(json!(["x", "y"])), json!([{"message": "x"}, {"message": "y"}])),
            (422, errors(json!({"a": null, "b": true, "c": [], "d": ["x"]})), plain("d")),
            (422, json!({"code": "validation_failed", "data": {"errors": {"a": ["x"]}}}), plain("a")),
            // a bare map, with fields that have the names of an envelope's members
            (422, json!({"slot.duration": {"min": "x"}}), one("slot.duration", "min")),
            (422, json!({"message": {"required": "x"}}), one("message", "required")),
            (
                422,
                json!({"code": {"required": "x"}, "data": ["y"]}),
                json!([
                {"field": "code", "code": "required", "message": "x"}, {"field": "data", "message": "y"}]),
            ),
            (422, json!({"title": {"required": "x"}, "success": false}), json!([])),
            (422, json!({"title": {"required": "x"}, "error": true}), json!([])),
            (422, json!({"title": {"required": "x"}, "message": "m"}), json!([])),
            (422, json!({"title": {"required": "x"}, "data": {"message": "m"}}), json!([])),
            (500, json!({"title": {"required": "x"}}), json!([])),
            // WordPress
            (
                400,
                json!({"code": "rest_missing_callback_param", "data": {"params": ["a", "b"]}}),
                json!([{"field": "a"}, {"field": "b"}]),
            ),
            (
                400,
                json!({"code": "rest_invalid_param", "data": {
                "params": {"a": "x"}, "details": {"a": {"code": "rest_out_of_bounds", "message": "x", "data": null}}}}),
                one("a", "rest_out_of_bounds"),
            ),
            (
                422,
                json!(["x", {"code": "c", "message": "y"}]),
                json!([{"message": "x"}, {"code": "c", "message": "y"}]),
            ),
        ],
    );
}

#[test]
fn errors_may_be_one_text() {
    let error = decode::<fluentbooking::Error>(422, r#"{"message":"m","errors":"too late"}"#);
    let messages: Vec<_> = error.issues().iter().map(|issue| issue.message.as_deref()).collect();
    assert_eq!(messages, [Some("too late")]);
}

#[test]
fn entries_of_a_list_of_fields_are_counted() {
    let body = r#"{"message":"m","errors":{"guests":
        [{"x":{"required":"r"}},{"x":{"required":"s"}},{"x":{"required":"t"}}]}}"#;
    let error = decode::<fluentbooking::Error>(422, body);
    let fields: Vec<_> = error.issues().iter().map(|issue| issue.field.as_deref()).collect();
    assert_eq!(fields, [Some("guests.0.x"), Some("guests.1.x"), Some("guests.2.x")]);
}

#[test]
fn every_rule_after_a_field_is_its_code() {
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
fn a_field_that_comes_twice_keeps_the_messages_of_both() {
    let body = br#"{"message":"m","errors":{"a":["x"],"a":["y"]}}"#;
    let error = decode::<fluentbooking::Error>(422, body);
    assert_eq!(error.issues().len(), 2);
}

#[test]
fn the_code_of_a_field_is_found_after_many_others() {
    let details: Vec<_> = (0..1_500).map(|n| format!(r#""f{n}":{{"code":"c"}}"#)).collect();
    let details = details.join(",");
    let body = format!(
        r#"{{"code":"x","data":{{"errors":{{"z":["m"]}},"details":{{{details},"z":{{"code":"late"}}}}}}}}"#
    );
    let error = decode::<fluentbooking::Error>(400, body);
    assert_eq!(error.issues()[0].code.as_deref(), Some("late"));
    assert_eq!(error.issues().len(), 1_000);
}
