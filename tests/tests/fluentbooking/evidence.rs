//! FluentBooking: what shows that nothing was done, where payments and integrations fail after the booking was stored.

use booking_errors::Effect::{NotApplied, Unknown};
use booking_errors::{Kind, Retry};
use booking_errors_tests::given::{check_effects, check_kinds_and_effects, fluentbooking as answer};
use serde_json::json;

const NOT_FOUND: &str = "Calendar Event not found";
const MAINTENANCE: &str = "Briefly unavailable for scheduled maintenance.";

/// The statuses of 4xx that an exception may have.
const STATUSES: [u16; 8] = [400, 401, 403, 404, 409, 410, 422, 428];

#[test]
fn a_text_alone_shows_nothing() {
    for status in STATUSES {
        let error = answer(status, json!({"message": "Your card was declined."})).error();
        assert_eq!((error.effect(), error.retry()), (Unknown, Retry::CheckFirst), "{status}");
        assert_eq!(answer(status, json!({"message": "m", "data": {"status": status}})).effect(), Unknown);
    }
}

#[test]
fn a_root_code_that_is_text_was_returned_before_anything_was_done() {
    for status in STATUSES {
        for code in [
            "slot_no_longer_available",
            "rest_no_route",
            "brand_new",
            "Permission Callback Error",
            "500 error",
        ] {
            check_effects(&[
                (answer(status, json!({"code": code, "message": "m"})), NotApplied, "known or not"),
                (
                    answer(status, json!({"code": code, "message": "m", "data": null})),
                    NotApplied,
                    "whatever data is",
                ),
            ]);
        }
    }
}

#[test]
fn some_root_codes_show_nothing() {
    let codes = [
        // of a fault
        "plugin_exception",
        "internal_server_error",
        // of what runs after the booking was stored
        "wp_die",
        "http_request_failed",
        "http_request_not_executed",
        "http_failure",
        "db_error",
        "db_insert_error",
        "db_update_error",
        "db_query_error",
        "db_connect_error",
        // of a calendar's token endpoint
        "invalid_request",
        "unauthorized_client",
        "access_denied",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "invalid_client",
        "invalid_grant",
        "unsupported_grant_type",
        "invalid_token",
        "insufficient_scope",
        // numbers, which are an exception's own
        "422",
        "0",
        "-1",
        "404",
        "",
    ];
    for code in codes {
        for status in STATUSES {
            let given = answer(status, json!({"code": code, "message": "m"}));
            assert_eq!(given.effect(), Unknown, "{given}");
        }
    }
    for code in [json!(422), json!(0), json!(-1), json!(null), json!(["rest_no_route"]), json!({"a": 1})] {
        let given = answer(422, json!({"code": code, "message": "m"}));
        assert_eq!(given.effect(), Unknown, "{given}");
    }
    // these only look like them
    for code in ["db_error_log", "wp_die_handler", "http_404", "dberror", "invalid_request_method"] {
        let given = answer(422, json!({"code": code, "message": "m"}));
        assert_eq!(given.effect(), NotApplied, "{given}");
    }
}

#[test]
fn an_unknown_code_with_429_shows_nothing() {
    check_kinds_and_effects(&[
        (
            answer(429, json!({"code": "quota", "message": "m"})),
            (Kind::RateLimited, Unknown),
            "it may be a calendar's",
        ),
        (
            answer(429, json!({"code": "too_many_requests", "message": "m"})),
            (Kind::RateLimited, NotApplied),
            "known",
        ),
    ]);
}

#[test]
fn a_code_elsewhere_than_at_the_root_gives_the_kind_and_no_evidence() {
    let code = "slot_no_longer_available";
    let wp_error = json!({"errors": {code: ["m"]}, "error_data": []});
    for status in [400, 422] {
        check_kinds_and_effects(&[
            (
                answer(status, json!({"success": false, "data": [{"code": code, "message": "m"}]})),
                (Kind::SlotUnavailable, Unknown),
                "in a list",
            ),
            (
                answer(status, json!({"success": false, "data": {"code": code, "message": "m"}})),
                (Kind::SlotUnavailable, Unknown),
                "in data",
            ),
            (
                answer(status, json!({"data": wp_error})),
                (Kind::SlotUnavailable, Unknown),
                "in a serialised WP_Error",
            ),
            (
                answer(status, json!({"error": "rest_no_route", "message": "m"})),
                (Kind::NotFound, Unknown),
                "in `error`",
            ),
        ]);
    }
}

#[test]
fn a_recognised_text_shows_that_nothing_was_done() {
    for status in STATUSES {
        for body in [
            json!({"message": NOT_FOUND}),
            json!({"data": {"message": NOT_FOUND}}),
            json!({"success": false, "data": NOT_FOUND}),
            json!({"errors": NOT_FOUND}),
            json!({"errors": [NOT_FOUND, "x"]}),
        ] {
            let given = answer(status, body);
            assert_eq!((given.kind(), given.effect()), (Kind::NotFound, NotApplied), "{given}");
        }
        for body in [
            json!({"errors": ["x", NOT_FOUND]}),
            json!({"note": NOT_FOUND}),
            json!({"message": "m", "errors": {"": NOT_FOUND}}),
        ] {
            let given = answer(status, body);
            assert_eq!(given.effect(), Unknown, "{given}");
        }
    }
}

#[test]
fn field_errors_show_that_the_validator_refused_the_call() {
    for status in STATUSES {
        let required = json!({"required": "x"});
        check_effects(&[
            (
                answer(status, json!({"message": "m", "errors": {"email": required}})),
                NotApplied,
                "a field and a rule",
            ),
            (
                answer(status, json!({"message": "m", "errors": {"email": ["x"]}})),
                NotApplied,
                "a field, in an errors member",
            ),
            (
                answer(status, json!({"message": "m", "errors": {"email.required": "x"}})),
                NotApplied,
                "a field and a rule",
            ),
            (answer(status, json!({"data": {"errors": {"email": ["x"]}}})), NotApplied, "in data"),
            (answer(status, json!({"email": required})), NotApplied, "a bare map with a rule"),
            (
                answer(status, json!({"success": false, "data": {"email": required}})),
                NotApplied,
                "the validator's map",
            ),
            (answer(status, json!({"message": "m", "errors": ["x"]})), Unknown, "a list names no field"),
            (
                answer(status, json!({"message": "m", "errors": {"0": ["x"]}})),
                Unknown,
                "an index is no field",
            ),
            (
                answer(status, json!({"message": "m", "errors": {"3": required}})),
                Unknown,
                "an index is no field",
            ),
            (answer(status, json!({"email": ["x"]})), Unknown, "a bare list of texts has no rule"),
            (answer(status, json!({"email": {"brand_new": "x"}})), Unknown, "no rule's name"),
            (answer(status, json!({"0": required})), Unknown, "an index is no field"),
            (answer(status, json!({"success": false, "data": {"email": ["x"]}})), Unknown, "no rule"),
            (
                answer(status, json!({"email": required, "error": "x"})),
                Unknown,
                "`error` makes it another shape",
            ),
            (
                answer(status, json!({"email": required, "booking": {}})),
                Unknown,
                "`booking` makes it another shape",
            ),
            (answer(status, json!({"email": required, "message": "m"})), Unknown, "so does a message"),
        ]);
    }
    check_effects(&[
        (answer(500, json!({"message": "m", "errors": {"email": {"required": "x"}}})), Unknown, "5xx"),
        (
            answer(408, json!({"message": "m", "errors": {"email": {"required": "x"}}})),
            NotApplied,
            "408 with field errors",
        ),
    ]);
}

#[test]
fn some_statuses_come_before_the_plugin_if_there_is_no_object() {
    let bodies = ["", "<html>x</html>", "Not Found", "[]", "null", "\"text\""];
    for body in bodies {
        for status in [401, 404, 405, 413, 414, 415, 429, 431] {
            let given = answer(status, body);
            assert_eq!((given.kind(), given.effect()), (Kind::from_status(status), NotApplied), "{given}");
        }
        for status in [400, 402, 403, 406, 409, 410, 411, 412, 416, 418, 422, 423, 424, 426, 428, 451] {
            let given = answer(status, body);
            assert_eq!(given.effect(), Unknown, "{given}");
        }
    }
    for status in [401, 404, 405, 413, 414, 415, 429, 431] {
        for body in
            ["{}", r#"{"message":"m"}"#, r#"{"message":"m"#, r#"<b>x</b>{"a":1}"#, r#"x {"message":"m"#]
        {
            let given = answer(status, body);
            assert_eq!(given.effect(), Unknown, "an exception's: {given}");
        }
        // compressed bytes may hold an object
        let given = answer(status, "").bytes(b"\x1f\x8b\x08\x00");
        assert_eq!(given.effect(), Unknown, "{given}");
    }
}

#[test]
fn admin_ajax_answers_zero_and_minus_one() {
    use Kind::{InvalidRequest, PermissionDenied, Unauthenticated};
    check_kinds_and_effects(&[
        (answer(400, "0"), (InvalidRequest, NotApplied), "no such action"),
        (answer(403, "-1"), (Unauthenticated, NotApplied), "an expired nonce"),
        (answer(403, "-1\n"), (Unauthenticated, NotApplied), "white space around it"),
        (answer(400, "-1"), (InvalidRequest, Unknown), "the other way round"),
        (answer(403, "0"), (PermissionDenied, Unknown), "the other way round"),
        (answer(400, "00"), (InvalidRequest, Unknown), "something else"),
        (answer(200, "0"), (Kind::Unknown, Unknown), "an error in a success"),
        (answer(200, "-1"), (Kind::Unknown, Unknown), "an error in a success"),
    ]);
    assert!(answer(200, "1").checked().is_none());
}

#[test]
fn a_block_page_shows_that_the_site_was_not_reached() {
    let page = "<html><title>Just a moment...</title></html>";
    assert_eq!(answer(403, page).effect(), NotApplied);
    assert_eq!(answer(403, "<html><title>Forbidden</title></html>").effect(), Unknown);
}

#[test]
fn somebody_who_gave_up_waiting_shows_nothing() {
    for status in [408, 444, 460, 499] {
        check_effects(&[
            (
                answer(status, json!({"code": "brand_new", "message": "m"})),
                Unknown,
                "an unknown code does not help",
            ),
            (answer(status, json!({"code": "event_disabled", "message": "m"})), NotApplied, "a known code"),
            (answer(status, json!({"message": NOT_FOUND})), NotApplied, "a recognised text"),
            (answer(status, json!({"message": "m", "errors": {"email": ["x"]}})), NotApplied, "field errors"),
            (answer(status, ""), Unknown, "nothing"),
        ]);
    }
}

#[test]
fn while_wordpress_updates_itself_nothing_else_runs() {
    use Kind::{ProviderFault, Unavailable};
    let page =
        format!("<!DOCTYPE html><html><body><h1>{MAINTENANCE} Check back in a minute.</h1></body></html>");
    let wp_die = json!({"code": "wp_die", "message": format!("{MAINTENANCE} Check back in a minute."), "data": {"status": 503}});
    let message = format!("{MAINTENANCE} Check back in a minute.");
    check_kinds_and_effects(&[
        (answer(503, &page), (Unavailable, NotApplied), "the page"),
        (answer(503, &wp_die), (Unavailable, NotApplied), "JSON of wp_die"),
        (
            answer(503, json!({"code": "wp_die", "message": MAINTENANCE})),
            (Unavailable, NotApplied),
            "JSON of wp_die",
        ),
        (answer(503, json!({"message": message})), (Unavailable, Unknown), "other JSON"),
        (answer(503, json!({"code": "x", "message": message})), (Unavailable, Unknown), "other JSON"),
        (answer(503, &message), (Unavailable, Unknown), "a text"),
        (answer(503, "<html>Briefly unavailable</html>"), (Unavailable, Unknown), "another page"),
        (answer(503, ""), (Unavailable, Unknown), "nothing"),
        (answer(500, &page), (ProviderFault, Unknown), "another status"),
        (answer(502, &page), (Unavailable, Unknown), "another status"),
    ]);
    let error = answer(503, &page).header("retry-after", "600").error();
    assert_eq!((error.retry(), error.retry_after().unwrap().as_secs()), (Retry::Safe, 600));
}
