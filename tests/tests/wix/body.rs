//! Wix: application errors, the values in their messages, and their data.

use booking_errors::{RawResponse, wix};
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::check;
use booking_errors_tests::fixture;
use serde_json::{Value, json};

#[test]
fn reads_application_errors_with_any_status() {
    let error = |application: Value| json!({"message": "m", "details": {"applicationError": application}});
    let unavailable = json!({"kind": "slot_unavailable", "effect": "not_applied"});
    check(
        &wix::PROVIDER,
        &[
            (428, error(json!({"code": "SLOT_NOT_AVAILABLE"})), unavailable.clone()),
            // the status is not tied to the code
            (500, error(json!({"code": "SLOT_NOT_AVAILABLE"})), unavailable),
            (428, error(json!({"code": "NEW_ONE"})), json!({"code": "NEW_ONE", "kind": "invalid_state"})),
            (404, error(json!({"code": 404})), json!({"code": "404", "kind": "not_found"})),
            (400, error(json!({"code": -100})), json!({"code": "-100"})),
            (400, error(json!({"code": "-19976"})), json!({"code": "-19976"})),
            (428, error(json!({"code": " "})), json!({"code": null, "kind": "invalid_state"})),
            (428, error(json!({"code": ["A"], "description": {}})), json!({"code": null, "message": "m"})),
            (428, error(json!(null)), json!({"code": null, "message": "m"})),
            (400, json!({"errorCode": -100}), json!({"code": null, "kind": "invalid_request"})),
            (400, json!({"message": "m", "details": "text"}), json!({"code": null, "message": "m"})),
            (400, json!({"message": "m", "details": [1]}), json!({"code": null, "message": "m"})),
            (500, json!({"message": "", "details": {}}), json!({"message": null, "kind": "provider_fault"})),
            (
                401,
                json!({"message": "", "details": {}}),
                json!({"kind": "unauthenticated", "effect": "not_applied"}),
            ),
            (
                428,
                json!({"message": "", "details": {"applicationError": {"code": "A", "description": "d"}}}),
                json!({"message": "d"}),
            ),
            (
                409,
                error(json!({"code": "SOME_BOOKINGS_UPDATES_FAILED"})),
                json!({"kind": "provider_fault", "effect": "partial", "retry": "never"}),
            ),
            (
                200,
                error(json!({"code": "SLOT_NOT_AVAILABLE"})),
                json!({"status": 200, "effect": "not_applied"}),
            ),
            (200, error(json!({"code": "NEW_ONE"})), json!({"kind": "unknown", "retry": "check_first"})),
            (
                200,
                error(json!({"code": null, "description": "d"})),
                json!({"code": null, "kind": "unknown", "effect": "unknown"}),
            ),
            (200, error(json!({"code": null, "description": null})), Value::Null),
            (
                200,
                json!({"message": "m", "details": {"systemError": {"errorCode": "X"}}}),
                json!({"kind": "unknown", "effect": "unknown", "issues": [{"code": "X"}]}),
            ),
        ],
    );
}

#[test]
fn takes_parameters_from_the_data_or_the_message() {
    type Getter = fn(&wix::Error) -> Option<&str>;
    let cases: [(&str, &str, &str, &str, Getter); 7] = [
        (
            "SESSION_CAPACITY_EXCEEDED",
            "Not enough available spots for session `3f25`.",
            "sessionId",
            "3f25",
            wix::Error::session_id,
        ),
        (
            "SCHEDULE_CAPACITY_EXCEEDED",
            "Not enough available spots for schedule 79f5.",
            "scheduleId",
            "79f5",
            wix::Error::schedule_id,
        ),
        ("BOOKING_NOT_FOUND", "Booking c3b1 doesn't exist.", "bookingId", "c3b1", wix::Error::booking_id),
        (
            "CANCELATION_NOT_SUPPORTED",
            "You can't cancel a booking with status DECLINED.",
            "status",
            "DECLINED",
            wix::Error::booking_status,
        ),
        (
            "DECLINE_NOT_SUPPORTED",
            "It isn't supported to decline a booking with status CONFIRMED.",
            "status",
            "CONFIRMED",
            wix::Error::booking_status,
        ),
        (
            "SERVICE_POLICY_VIOLATION",
            "The requested action violates the service's `8ee8` policy.",
            "serviceId",
            "8ee8",
            wix::Error::service_id,
        ),
        (
            "FEATURE_LIMIT_EXCEEDED",
            "The requested action exceeds the limit for calling `create`.",
            "feature",
            "create",
            wix::Error::feature,
        ),
    ];
    for (code, message, name, value, getter) in cases {
        let in_message = json!({"message": message, "details": {"applicationError": {"code": code}}});
        let in_data =
            json!({"message": "m", "details": {"applicationError": {"data": {name: value}, "code": code}}});
        let expect = json!({"parameters": {name: value}});
        for body in [&in_message, &in_data] {
            assert_eq!(getter(&decode(428, body.to_string())), Some(value), "{body}");
        }
        check(&wix::PROVIDER, &[(428, in_message, expect.clone()), (428, in_data, expect)]);
    }
    let in_description = json!({"message": "m", "details": {"applicationError": {
        "code": "BOOKING_NOT_FOUND", "description": "Booking c3b1 doesn't exist.\n"}}});
    let without_stop = json!({"message": "Booking c3b1 doesn't exist", "details": {"applicationError": {
        "code": "BOOKING_NOT_FOUND"}}});
    let expect = json!({"parameters": {"bookingId": "c3b1"}});
    check(&wix::PROVIDER, &[(404, in_description, expect.clone()), (404, without_stop, expect)]);
    let body = br#"{"message":"Booking `c3b1` doesn't exist.","details":{"applicationError":{"code":"BOOKING_NOT_FOUND",
        "data":{"bookingId":null}}}}"#;
    let error = decode::<wix::Error>(404, body);
    assert_eq!((error.booking_id(), error.session_id(), error.booking_status()), (Some("c3b1"), None, None));
}

#[test]
fn keeps_data_as_it_was_sent() {
    let error: wix::Error = fixture("wix/data-ids");
    let data = error.data().unwrap();
    assert_eq!((&data["openSpots"], &data["nested"]["a"][2]), (&json!(0), &json!({"b": null})));
    let none: wix::Error = fixture("wix/det-app-and-tracing");
    assert_eq!(none.data(), None);
}

#[test]
fn the_request_id_of_its_own_header_comes_first() {
    let response = RawResponse::new(400, b"").header("x-request-id", "b").header("x-wix-request-id", "a");
    assert_eq!(wix::PROVIDER.decode(&response).request_id(), Some("a"));
}
