//! FluentBooking: what payments, integrations and other plugins send after the booking was stored, or in its place.

use booking_errors::Effect::{NotApplied, Unknown};
use booking_errors::Kind;
use booking_errors_tests::given::{check_kinds_and_effects, fluentbooking as answer};
use serde_json::{Value, json};

const NOT_FOUND: &str = "Calendar Event not found";

#[test]
fn a_failed_payment_is_unknown_since_the_pending_booking_holds_the_slot() {
    use Kind::{InvalidRequest, PaymentRequired};
    let failed = |message: Value| json!({"success": false, "data": {"status": "failed", "message": message}});
    for status in [200, 400, 402, 404, 422, 500] {
        check_kinds_and_effects(&[
            (
                answer(status, failed(json!("Your card was declined."))),
                (PaymentRequired, Unknown),
                "any text",
            ),
            (
                answer(status, failed(json!(NOT_FOUND))),
                (PaymentRequired, Unknown),
                "before any recognised text",
            ),
            (answer(status, failed(json!(null))), (PaymentRequired, Unknown), "also without a text"),
        ]);
    }
    check_kinds_and_effects(&[
        (
            answer(422, json!({"success": false, "data": "Your card was declined."})),
            (InvalidRequest, Unknown),
            "a text",
        ),
        (
            answer(422, json!({"success": false, "data": NOT_FOUND})),
            (Kind::NotFound, NotApplied),
            "a recognised one",
        ),
        (
            answer(422, json!({"data": {"status": "failed", "message": "m"}})),
            (InvalidRequest, Unknown),
            "without success: false",
        ),
    ]);
}

#[test]
fn a_failed_query_is_a_fault_whatever_the_status() {
    for status in [200, 400, 404, 422, 429, 500] {
        for text in [
            "Column not found (SQL: insert into wp_fcal_bookings)",
            "SQLSTATE[42S22]: Column not found",
            "Calendar Event not found SQLSTATE[HY000]",
        ] {
            for body in [json!({"message": text}), json!({"message": text, "code": "brand_new"})] {
                let given = answer(status, body);
                assert_eq!((given.kind(), given.effect()), (Kind::ProviderFault, Unknown), "{given}");
            }
        }
    }
}

#[test]
fn a_serialised_wp_error_is_no_evidence_wherever_it_stands() {
    let error = json!({"errors": {"http_request_failed": ["timed out", "again"], "second": ["s"]}, "error_data": {"a": 1}});
    let known = json!({"errors": {"slot_no_longer_available": ["taken"]}, "error_data": []});
    for status in [200, 400, 404, 422, 500] {
        for (error, kind, code, text) in [
            (&error, None, "http_request_failed", "timed out"),
            (&known, Some(Kind::SlotUnavailable), "slot_no_longer_available", "taken"),
        ] {
            let places = [
                json!({"booking": error}),
                json!({"data": error}),
                json!({"data": {"intent": error}}),
                error.clone(),
            ];
            for body in places {
                let given = answer(status, &body);
                let told = given.error();
                let by_status = if status == 200 { Kind::Unknown } else { Kind::from_status(status) };
                assert_eq!((told.kind(), told.effect()), (kind.unwrap_or(by_status), Unknown), "{given}");
                assert_eq!((told.code(), told.message()), (Some(code), Some(text)), "{given}");
                assert!(told.issues().iter().all(|issue| issue.field.is_none()), "no field errors: {given}");
            }
        }
    }
    // both members make it one
    let only_errors = json!({"data": {"errors": {"email": ["x"]}}});
    assert_eq!(answer(422, only_errors).effect(), NotApplied);
    let others: Vec<_> =
        answer(422, json!({"data": error})).error().issues().iter().map(ToString::to_string).collect();
    assert_eq!(others.len(), 2, "{others:?}");
}

#[test]
fn a_fault_beside_the_roots_code_makes_the_effect_unknown_wherever_it_stands() {
    let fault = "internal_server_error";
    let faults = [
        json!({"error": fault}),
        json!({"success": false, "data": {"code": fault, "message": "m"}}),
        json!({"success": false, "data": [{"code": fault, "message": "m"}]}),
        json!({"booking": {"errors": {fault: ["m"]}, "error_data": []}}),
        json!({"title": fault, "detail": "m"}),
        json!({"additional_errors": [{"code": fault, "message": "m"}]}),
    ];
    for status in [200, 400, 422, 500] {
        for fault in &faults {
            let mut body = json!({"code": "slot_no_longer_available", "message": "m"});
            body.as_object_mut().unwrap().extend(fault.as_object().unwrap().clone());
            let given = answer(status, &body);
            assert_eq!((given.kind(), given.effect()), (Kind::SlotUnavailable, Unknown), "{given}");
            let others = body.to_string().replace("internal_server_error", "rest_no_route");
            assert_eq!(answer(status, others).effect(), NotApplied, "{given}");
        }
    }
}

#[test]
fn problem_details_have_code_and_message_in_their_metadata_or_their_own() {
    let rows: &[(Value, Option<&str>, Option<&str>)] = &[
        (
            json!({"type": "about:blank", "title": "Unauthorized", "detail": "d", "status": 401, "metadata": {"code": "rest_cannot_access", "message": "m"}}),
            Some("rest_cannot_access"),
            Some("m"),
        ),
        (
            json!({"title": "rest_login_required", "detail": "Log in."}),
            Some("rest_login_required"),
            Some("Log in."),
        ),
        (json!({"title": "Not allowed here", "detail": "Log in."}), None, Some("Log in.")),
        (json!({"title": "Rest_Login", "detail": "Log in."}), None, Some("Log in.")),
        (json!({"title": "login", "detail": "Log in."}), None, Some("Log in.")),
        (json!({"title": "rest_login_required"}), None, None),
        (json!({"metadata": {"code": "rest_login_required", "message": "m"}}), None, None),
    ];
    for (body, code, message) in rows {
        let error = answer(401, body).error();
        assert_eq!((error.code(), error.message()), (*code, *message), "{body}");
    }
    let known = answer(403, &rows[0].0);
    assert_eq!((known.kind(), known.effect()), (Kind::PermissionDenied, NotApplied));
    let unknown = answer(403, json!({"title": "brand_new", "detail": "d"}));
    assert_eq!(unknown.effect(), Unknown);
}

#[test]
fn the_description_of_any_error_text_is_the_message() {
    let rows = [
        (json!({"error": "invalid_grant", "error_description": "d"}), Some("invalid_grant"), "d"),
        (json!({"error": "Invalid-Grant", "error_description": "d"}), None, "d"),
        (json!({"error": "unauthorized", "error_description": "d"}), None, "d"),
        (json!({"error": "unauthorized"}), None, "unauthorized"),
    ];
    for (body, code, message) in rows {
        let error = answer(400, &body).error();
        assert_eq!((error.code(), error.message(), error.effect()), (code, Some(message), Unknown), "{body}");
    }
}
