//! FluentBooking: errors with a status of 2xx.

use booking_errors::{Effect::*, Kind};
use booking_errors_tests::given::{check_kinds_and_effects, fluentbooking as answer};
use serde_json::{Value, json};

const TAKEN: &str =
    "This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.";

#[test]
fn what_is_an_error_although_the_status_says_success() {
    use Kind::{InvalidRequest, NotFound, ProviderFault, SlotUnavailable};
    let none = Kind::Unknown;
    check_kinds_and_effects(&[
        (answer(200, json!({"success": false})), (none, Unknown), "success: false"),
        (
            answer(200, json!({"success": false, "data": TAKEN})),
            (SlotUnavailable, NotApplied),
            "with a recognised text",
        ),
        (answer(200, json!({"error": true, "message": "m"})), (none, Unknown), "error: true"),
        (
            answer(200, json!({"error": true, "message": TAKEN})),
            (SlotUnavailable, NotApplied),
            "with a recognised text",
        ),
        (answer(200, json!({"error": true})), (none, Unknown), "without a message, too"),
        (answer(200, json!({"error": true, "id": 1})), (none, Unknown), "without a message, too"),
        (answer(200, json!({"code": "x", "message": "m", "data": null})), (none, Unknown), "a WP_Error"),
        (answer(200, json!({"code": "rest_no_route"})), (NotFound, NotApplied), "a known code"),
        (
            answer(200, json!({"code": "rest_no_route", "success": true})),
            (NotFound, NotApplied),
            "a known code",
        ),
        (answer(200, json!({"status": "failed", "message": "m"})), (none, Unknown), "status: failed"),
        (
            answer(200, json!({"status": "failed", "message": TAKEN})),
            (SlotUnavailable, Unknown),
            "whatever the text",
        ),
        (answer(200, ""), (none, Unknown), "PHP exited"),
        (answer(201, ""), (none, Unknown), "PHP exited"),
        (
            answer(200, json!({"message": TAKEN})),
            (SlotUnavailable, NotApplied),
            "a recognised text as the message",
        ),
        (answer(200, json!({"message": "x (SQL: select 1)"})), (ProviderFault, Unknown), "a failed query"),
        (answer(200, json!({"message": "SQLSTATE[HY000]"})), (ProviderFault, Unknown), "a failed query"),
        (
            answer(200, json!({"message": "m", "errors": {"email": ["x"]}})),
            (InvalidRequest, NotApplied),
            "errors beside a message",
        ),
        (answer(200, json!({"message": "m", "errors": ["x"]})), (none, Unknown), "errors beside a message"),
        (
            answer(200, json!({"errors": {"email": {"required": "x"}}})),
            (InvalidRequest, NotApplied),
            "errors alone",
        ),
        (answer(200, json!({"errors": ["x"]})), (none, Unknown), "errors alone"),
        (answer(200, "0"), (none, Unknown), "a body that is exactly 0"),
        (answer(200, "-1"), (none, Unknown), "a body that is exactly -1"),
    ]);
}

#[test]
fn what_is_no_error() {
    let clean = [
        json!({"message": "Your booking is confirmed."}),
        json!({"message": "m", "errors": []}),
        json!({"message": "m", "errors": {}}),
        json!({"errors": []}),
        json!({"errors": {"email": ["x"]}, "id": 1}),
        json!({"success": true, "data": TAKEN}),
        json!({"success": true, "code": "x", "message": "m", "data": {}}),
        json!({"data": {"message": TAKEN}}),
        json!({"code": "x", "message": "m"}),
        json!({"code": 17, "message": "m", "data": {}}),
        json!({"code": "17", "message": "m", "data": {}}),
        json!({"error": false, "message": "m"}),
        json!({"error": "x"}),
        json!({"status": "confirmed", "message": "m"}),
        json!({"booking": {"id": 1}, "message": "m"}),
        json!({"email": {"required": "x"}}),
        json!({"data": {"errors": {"email": ["x"]}}}),
    ];
    for body in clean {
        assert!(answer(200, &body).checked().is_none(), "{body}");
    }
    for text in ["1", "204", "[]"] {
        assert!(answer(200, text).checked().is_none(), "{text}");
    }
    assert!(answer(204, "").checked().is_none());
}

#[test]
fn the_rules_for_a_status_do_not_hold_where_the_handler_ran() {
    let wp_error =
        |code: &str, status: Value| json!({"code": code, "message": "m", "data": {"status": status}});
    let rows: &[(Value, u16)] = &[
        (json!(404), 404),
        (json!("422"), 422),
        (json!(501), 501),
        (json!(401), 401),
        (json!(421), 421),
        // what is no HTTP status says nothing
        (json!(0), 200),
        (json!(99), 200),
        (json!(600), 200),
        (json!(-1), 200),
        (json!("error"), 200),
        (json!(99_999_999_999_u64), 200),
        (json!(404.5), 200),
        (json!(null), 200),
        (json!([404]), 200),
    ];
    for (status, counts) in rows {
        let unknown = answer(200, wp_error("brand_new", status.clone())).error();
        assert_eq!((unknown.status(), unknown.effect()), (*counts, Unknown), "{status}");
        assert_eq!(unknown.kind(), Kind::from_status(*counts), "{status}");
        let known = answer(200, wp_error("event_disabled", status.clone())).error();
        assert_eq!(
            (known.status(), known.kind(), known.effect()),
            (*counts, Kind::Disabled, NotApplied),
            "{status}"
        );
    }
    // with another status, HTTP's counts
    assert_eq!(answer(422, wp_error("x", json!(500))).error().status(), 422);
}

#[test]
fn an_inner_answer_counts_by_its_own_status_and_evidence() {
    let inner =
        |status: u16, body: Value| answer(200, json!({"body": body, "status": status, "headers": {}}));
    let rows = [
        (inner(404, json!({"code": "rest_no_route", "message": "m"})), 404, NotApplied),
        (inner(404, json!({"code": "brand_new", "message": "m"})), 404, NotApplied),
        (inner(404, json!({"message": "m"})), 404, Unknown),
        (inner(422, json!({"message": TAKEN})), 422, NotApplied),
        (inner(422, json!({"email": {"required": "x"}})), 422, NotApplied),
        (inner(422, json!({"message": "Your card was declined."})), 422, Unknown),
        (inner(404, json!("Not Found")), 404, Unknown),
        (inner(421, json!("x")), 421, Unknown),
        (inner(501, json!({"message": "m"})), 501, Unknown),
    ];
    for (given, status, effect) in rows {
        let error = given.error();
        assert_eq!((error.status(), error.effect()), (status, effect), "{given}");
    }
    assert!(inner(200, json!({"message": "m"})).checked().is_none());
    assert_eq!(inner(200, json!({"success": false})).effect(), Unknown);
}

/// Without this, a mutant that reads the outer header first survives.
#[test]
fn the_inner_retry_after_goes_before_the_outer_one() {
    let wrapped = |headers: Value| {
        let body = json!({"code": "too_many_requests", "message": "m"});
        answer(200, json!({"body": body, "status": 429, "headers": headers})).header("retry-after", "5")
    };
    let delay = |headers: Value| wrapped(headers).error().retry_after().map(|delay| delay.as_secs());
    assert_eq!(delay(json!({"Retry-After": "600"})), Some(600));
    assert_eq!(delay(json!({"Retry-After": 600})), Some(600));
    assert_eq!(delay(json!([])), Some(5), "without one of its own");
    assert_eq!(delay(json!({"Retry-After": "soon"})), Some(5), "without one that can be read");
}
