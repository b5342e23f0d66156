//! Every shape and quirk of the providers' bodies, one line each: a status, a body, and the members it must come to.

use booking_errors::{Provider, RawResponse, fluentbooking, guesty, wix};
use booking_errors_tests::answers::{decode, texts};
use booking_errors_tests::cases::{check, check_issues};
use serde_json::{Value, json};

#[test]
fn wix_application_errors() {
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
            (200, error(json!({"code": null, "description": "d"})), Value::Null),
            (200, json!({"message": "m", "details": {"systemError": {"errorCode": "X"}}}), Value::Null),
        ],
    );
}

#[test]
fn wix_violations() {
    let violations =
        |list: Value| json!({"message": "m", "details": {"validationError": {"fieldViolations": list}}});
    check_issues(
        &wix::PROVIDER,
        &[
            (
                400,
                violations(json!([
                    {"field": "a", "description": "d", "violatedRule": "OTHER", "ruleName": "NAMED"},
                    null,
                    7,
                    {"field": "b", "violatedRule": "MAX", "ruleName": "IGNORED"},
                    {"violatedRule": "OTHER", "ruleName": null},
                    {},
                    {"description": "alone"},
                ])),
                json!([
                    {"field": "a", "code": "NAMED", "message": "d"},
                    {"field": "b", "code": "MAX"},
                    {"code": "OTHER"},
                    {"message": "alone"},
                ]),
            ),
            (
                500,
                json!({"details": {"systemError": {"errorCode": "UNKNOWN"}}}),
                json!([{"code": "UNKNOWN"}]),
            ),
        ],
    );
    let one = violations(json!([{"field": "a"}]));
    check(
        &wix::PROVIDER,
        &[
            (428, one.clone(), json!({"kind": "invalid_request"})),
            (503, one, json!({"kind": "unavailable", "effect": "unknown"})),
            (428, violations(json!([])), json!({"kind": "invalid_state"})),
            (
                404,
                json!({"details": {
                    "validationError": {"fieldViolations": [{"field": "a"}]},
                    "applicationError": {"code": "BOOKING_NOT_FOUND"},
                }}),
                json!({"code": "BOOKING_NOT_FOUND", "kind": "not_found", "issues": [{"field": "a"}]}),
            ),
        ],
    );
}

#[test]
fn wix_parameters() {
    let cases = [
        ("SESSION_CAPACITY_EXCEEDED", "Not enough available spots for session `3f25`.", "sessionId", "3f25"),
        ("SCHEDULE_CAPACITY_EXCEEDED", "Not enough available spots for schedule 79f5.", "scheduleId", "79f5"),
        ("BOOKING_NOT_FOUND", "Booking c3b1 doesn't exist.", "bookingId", "c3b1"),
        (
            "CANCELATION_NOT_SUPPORTED",
            "You can't cancel a booking with status DECLINED.",
            "status",
            "DECLINED",
        ),
        (
            "SERVICE_POLICY_VIOLATION",
            "The requested action violates the service's `8ee8` policy.",
            "serviceId",
            "8ee8",
        ),
        (
            "FEATURE_LIMIT_EXCEEDED",
            "The requested action exceeds the limit for calling `create`.",
            "feature",
            "create",
        ),
    ];
    for (code, message, name, value) in cases {
        let in_message = json!({"message": message, "details": {"applicationError": {"code": code}}});
        let in_data =
            json!({"message": "m", "details": {"applicationError": {"data": {name: value}, "code": code}}});
        let expect = json!({"parameters": {name: value}});
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
fn fluentbooking_envelopes() {
    check(
        &fluentbooking::PROVIDER,
        &[
            (401, json!({"code": "rest_forbidden", "message": "m"}), json!({"kind": "unauthenticated"})),
            (403, json!({"code": "rest_forbidden", "message": "m"}), json!({"kind": "permission_denied"})),
            (400, json!({"code": "event_disabled", "data": null}), json!({"kind": "disabled"})),
            (500, json!({"code": "outside_availability", "data": "x"}), json!({"effect": "not_applied"})),
            (500, json!({"code": "plugin_exception", "message": "m"}), json!({"effect": "unknown"})),
            (422, json!({"code": 422, "message": {"a": "b"}}), json!({"code": "422", "message": null})),
            (
                403,
                json!({"code": "Permission Callback Error", "message": "m"}),
                json!({"code": "Permission Callback Error"}),
            ),
            (422, json!({"code": "x", "message": "m", "data": {"status": 500}}), json!({"status": 422})),
            (400, json!({"data": {"message": "inner"}}), json!({"message": "inner"})),
            (404, json!({"message": "Calendar Event not found"}), json!({"code": null, "kind": "not_found"})),
            (
                500,
                json!({"message": "Calendar Event not found"}),
                json!({"kind": "not_found", "effect": "not_applied"}),
            ),
            (500, json!({"message": "calendar event not found"}), json!({"kind": "provider_fault"})),
            (422, json!({"message": "Pro plugin is required for this event."}), json!({"kind": "disabled"})),
            (
                422,
                json!({"code": "a", "message": "m", "additional_errors": [{"code": "b", "message": "n", "data": 1}]}),
                json!({"code": "a", "issues": [{"code": "b", "message": "n"}]}),
            ),
        ],
    );
}

#[test]
fn fluentbooking_fields() {
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
fn fluentbooking_errors_with_a_status_of_success() {
    check(
        &fluentbooking::PROVIDER,
        &[
            (
                200,
                json!({"success": false}),
                json!({"status": 200, "kind": "unknown", "retry": "check_first"}),
            ),
            (200, json!({"success": false, "data": "Sorry."}), json!({"message": "Sorry."})),
            (
                200,
                json!({"success": false, "data": {"message": "m", "errors": {"a": ["x"]}}}),
                json!({"message": "m", "issues": [{"field": "a", "message": "x"}]}),
            ),
            (
                400,
                json!({"success": false, "data": [{"code": "a", "message": "m"}, {"code": "b"}]}),
                json!({"code": "a", "message": "m", "issues": [{"code": "b"}]}),
            ),
            (200, json!({"success": true, "data": {"message": "Done."}}), Value::Null),
            (
                200,
                json!({"error": true, "message": "Pro plugin is required for this event."}),
                json!({"kind": "disabled", "effect": "not_applied", "retry": "never"}),
            ),
            (200, json!({"error": false, "message": "m"}), Value::Null),
            (200, json!({"message": "m"}), Value::Null),
            (200, json!({"code": "x", "message": "m"}), Value::Null),
            (200, json!({"code": 200, "message": "OK", "data": {}}), Value::Null),
            (
                200,
                json!({"code": "x", "message": "m", "data": {"status": 404}}),
                json!({"status": 404, "kind": "not_found", "effect": "not_applied"}),
            ),
            (200, json!({"code": "x", "message": "m", "data": {"status": "422"}}), json!({"status": 422})),
            (200, json!({"code": "x", "message": "m", "data": {"status": -1}}), json!({"status": 200})),
            (
                200,
                json!({"code": "x", "message": "m", "data": {"status": 99999999999_u64}}),
                json!({"status": 200}),
            ),
            (200, json!({"code": "x", "message": "m", "data": {"status": "error"}}), json!({"status": 200})),
            (
                200,
                json!({"code": "x", "message": "m", "data": null}),
                json!({"code": "x", "kind": "unknown"}),
            ),
            (
                200,
                json!({"body": {"code": "rest_no_route", "message": "m", "data": {}}, "status": 404, "headers": []}),
                json!({"status": 404, "code": "rest_no_route", "kind": "not_found", "effect": "not_applied"}),
            ),
            (
                200,
                json!({"body": {"title": {"required": "x"}}, "status": 422, "headers": {}}),
                json!({"status": 422, "issues": [{"field": "title", "code": "required"}]}),
            ),
            (
                200,
                json!({"body": {"message": "m"}, "status": 503, "headers": {"Retry-After": "600"}}),
                json!({"status": 503, "retry_after": 600, "retry": "safe"}),
            ),
            (200, json!({"body": {"id": 1}, "status": 201, "headers": {}}), Value::Null),
            (200, json!({"body": {"code": "x", "message": "m"}, "status": 404}), Value::Null),
            (200, json!({"id": 1, "data": {"status": 404}}), Value::Null),
            (
                404,
                json!({"body": {"code": "x", "message": "m"}, "status": 403, "headers": {}}),
                json!({"status": 404, "code": null}),
            ),
        ],
    );
}

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
fn of_members_that_come_twice_the_last_counts() {
    let cases: [(&Provider, &str, Value); 3] = [
        (
            &fluentbooking::PROVIDER,
            r#"{"errors":{"a":["x"]},"message":"m","errors":{"b":["y"]}}"#,
            json!([{"field": "b", "message": "y"}]),
        ),
        (
            &guesty::PROVIDER,
            r#"{"error_code":"X","data":{"errors":["a"],"errors":["b"]}}"#,
            json!([{"message": "b"}]),
        ),
        (
            &wix::PROVIDER,
            r#"{"details":{"systemError":{"errorCode":"S"},"validationError":{"fieldViolations":[{"field":"a"}],
            "fieldViolations":[{"field":"b"}]}}}"#,
            json!([{"code": "S"}, {"field": "b"}]),
        ),
    ];
    for (provider, body, issues) in cases {
        let error = provider.decode(&RawResponse::new(422, body.as_bytes()));
        assert_eq!(serde_json::to_value(error.issues()).unwrap(), issues, "{body}");
    }
    let code_and_message = |provider: &Provider, body: &str| {
        let error = provider.decode(&RawResponse::new(400, body.as_bytes()));
        texts(error.code(), error.message())
    };
    let token_error = texts(Some("invalid_grant"), None);
    for provider in booking_errors::providers() {
        for other in ["true", "7.5", "{}", "[]"] {
            let last = format!(r#"{{"error":"invalid_grant","error":{other}}}"#);
            assert_eq!(code_and_message(provider, &last), (None, None), "{} {last}", provider.name());
            let first = format!(r#"{{"error":{other},"error":"invalid_grant"}}"#);
            assert_eq!(code_and_message(provider, &first), token_error, "{} {first}", provider.name());
        }
        let cut = r#"{"error":"invalid_grant","error":{},"error":"#;
        assert_eq!(code_and_message(provider, cut), (None, None), "{}", provider.name());
    }
    let flagged = RawResponse::new(200, br#"{"error":true,"message":"m","error":"Done."}"#);
    assert!(fluentbooking::PROVIDER.check(&flagged).is_ok());
}

#[test]
fn maps_are_read_32_levels_deep() {
    let nested = |levels: usize, inner: Value, level: fn(Value) -> Value| {
        (0..levels).fold(inner, |inner, _| level(inner))
    };
    let map =
        |levels| json!({"message": "m", "errors": nested(levels, json!(["x"]), |inner| json!({"a": inner}))});
    let list =
        |levels| json!({"code": "X", "error": {"a": nested(levels, json!("x"), |inner| json!([inner]))}});
    let count = |provider: &Provider, body: Value| {
        provider.decode(&RawResponse::new(422, body.to_string().as_bytes())).issues().len()
    };
    assert_eq!((count(&fluentbooking::PROVIDER, map(30)), count(&fluentbooking::PROVIDER, map(40))), (1, 0));
    assert_eq!((count(&guesty::PROVIDER, list(30)), count(&guesty::PROVIDER, list(40))), (1, 0));
}

#[test]
fn request_ids_of_the_body_and_of_the_providers_own_header_come_first() {
    let body = r#"{"error":{"code":"X","requestId":"second","data":{"requestId":" "}},"data":{"requestId":"first, x"},"requestId":"third"}"#;
    let response = RawResponse::new(400, body.as_bytes()).header("x-request-id", "fourth");
    assert_eq!(guesty::PROVIDER.decode(&response).request_id(), Some("first"));
    let response = RawResponse::new(400, b"").header("x-request-id", "b").header("x-wix-request-id", "a");
    assert_eq!(wix::PROVIDER.decode(&response).request_id(), Some("a"));
    let body = r#"{"body":"Not allowed","status":403,"headers":{"X-Request-Id":"inner"}}"#;
    let response = RawResponse::new(200, body.as_bytes()).header("x-request-id", "outer");
    let error = fluentbooking::PROVIDER.decode(&response);
    assert_eq!(
        (error.request_id(), error.message(), error.status()),
        (Some("inner"), Some("Not allowed"), 403)
    );
    let cut = br#"{"status":403,"headers":{},"body":"Not allo"#;
    let error = fluentbooking::PROVIDER.decode(&RawResponse::new(200, cut));
    assert_eq!((error.message(), error.status()), (None, 403));
}

#[test]
fn the_remedy_is_that_of_the_code_that_decides() {
    let body = r#"{"error_code":"CREATE_RESERVATION_ERROR","data":{"errors":["COUPON_NOT_FOUND","MIN_NIGHT_MISMATCH"]}}"#;
    let error = guesty::PROVIDER.decode(&RawResponse::new(400, body.as_bytes()));
    assert_eq!(error.remedy(), guesty::Code::MinNightMismatch.info().remedy);
    let unknown =
        wix::PROVIDER.decode(&RawResponse::new(404, br#"{"details":{"applicationError":{"code":"X"}}}"#));
    assert_eq!(unknown.remedy(), booking_errors::Kind::NotFound.remedy());
}

#[test]
fn a_response_that_two_providers_document_is_not_told() {
    let response =
        RawResponse::new(400, br#"{"error_code":"X","details":{"applicationError":{"code":"Y"}}}"#);
    assert!(guesty::PROVIDER.recognizes(&response) && wix::PROVIDER.recognizes(&response));
    assert!(booking_errors::recognize(&response).is_none());
    assert!(booking_errors::recognize(&RawResponse::new(200, br#"{"success":true,"data":{}}"#)).is_none());
    let foreign = br#"{"error":{"code":400,"message":"x"}}"#;
    assert!(booking_errors::recognize(&RawResponse::new(400, foreign)).is_none());
}

#[test]
fn a_guesty_reservation_that_breaks_off_may_have_been_made() {
    let effect = |body: &str| guesty::PROVIDER.decode(&RawResponse::new(200, body.as_bytes())).effect();
    let cut = r#"{"_id":"5d6e","errors":["COUPON_NOT_FOUND"],"status":"decl"#;
    assert_eq!(effect(cut), booking_errors::Effect::Unknown);
    assert_eq!(effect(&format!("{cut}ined\"}}")), booking_errors::Effect::NotApplied);
    assert_eq!(effect(r#"{"_id":"5d6e","errors":["COUPON_NOT_FOUND"]}"#), booking_errors::Effect::Applied);
}

#[test]
fn whose_a_response_is_is_told_by_what_only_one_provider_documents() {
    let told: &[(Value, Option<&str>)] = &[
        (json!({"details": {"applicationError": {"code": "X"}}}), Some("wix")),
        (json!({"details": {"validationError": {}}}), Some("wix")),
        (json!({"details": {"systemError": {}}}), Some("wix")),
        (json!({"bulkActionMetadata": {"totalFailures": 1}}), Some("wix")),
        (json!({"details": {"applicationError": "text"}}), None),
        (json!({"error_code": "X"}), Some("guesty")),
        (json!({"data": {"requestId": "7a63"}}), Some("guesty")),
        (json!({"error": {"data": {"requestId": "7a63"}}}), Some("guesty")),
        (json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE"}}), Some("guesty")),
        (json!({"results": [{"reservation": {"errors": ["X"]}}]}), Some("guesty")),
        (json!({"error": {"code": "NOT_FOUND"}}), None),
        (json!({"error": {"code": -32600, "data": {}}}), None),
        (json!({"code": "x", "data": {"status": 404}}), Some("fluentbooking")),
        (json!({"data": {"wpfluent": {}}}), Some("fluentbooking")),
        (json!({"success": false, "data": "x"}), Some("fluentbooking")),
        (json!({"title": {"required": "x"}}), Some("fluentbooking")),
        (json!({"message": "m", "errors": {"title": {"required": "x"}}}), Some("fluentbooking")),
        (json!({"responses": [{"body": {}, "status": 404, "headers": []}]}), Some("fluentbooking")),
        (json!({"success": false}), None),
        (json!({"message": "m"}), None),
        (json!([]), None),
    ];
    for (body, provider) in told {
        let text = body.to_string();
        let found = booking_errors::recognize(&RawResponse::new(422, text.as_bytes())).map(Provider::name);
        assert_eq!(found, *provider, "{text}");
    }
    let by_header = RawResponse::new(500, b"").header("x-wix-request-id", "17");
    assert_eq!(booking_errors::recognize(&by_header).map(Provider::name), Some("wix"));
}

#[test]
fn guesty_restrictions() {
    for flag in [
        "minNights",
        "maxNights",
        "advanceNotice",
        "bookingWindow",
        "cta",
        "ctd",
        "closed",
        "hardBlocked",
        "new",
    ] {
        let plans = json!([{"notApplicable": {"other": false}}, {"notApplicable": {flag: true}}]);
        let body = json!({"error_code": "LISTING_IS_NOT_AVAILABLE", "data": {"moreDetails": {"notApplicableRatePlans": plans}}});
        let is_rule = !["closed", "hardBlocked", "new"].contains(&flag);
        let kind = if is_rule { "policy_violation" } else { "slot_unavailable" };
        check(&guesty::PROVIDER, &[(400, body, json!({"kind": kind, "issues": [{"code": flag}]}))]);
    }
}

#[test]
fn guesty_envelopes() {
    let made = |data: Value| json!({"error_code": "CREATE_RESERVATION_ERROR", "message": "m", "data": data});
    check(
        &guesty::PROVIDER,
        &[
            (
                400,
                made(json!({"errors": ["LISTING_CALENDAR_BLOCKED"], "requestId": "7a"})),
                json!({"code": "CREATE_RESERVATION_ERROR", "kind": "slot_unavailable", "request_id": "7a"}),
            ),
            (400, made(json!({"errors": "MIN_NIGHT_MISMATCH"})), json!({"kind": "policy_violation"})),
            (
                400,
                made(json!({"errors": ["COUPON_NOT_FOUND", "CAL_UNAVAILABLE"]})),
                json!({"kind": "slot_unavailable"}),
            ),
            (400, made(json!({"errors": ["COUPON_NOT_FOUND"]})), json!({"kind": "coupon_rejected"})),
            (400, made(json!({"errors": ["COUPON_NOT_FOUND", "other"]})), json!({"kind": "invalid_request"})),
            (
                500,
                made(json!({"errors": ["COUPON_NOT_FOUND"]})),
                json!({"kind": "coupon_rejected", "effect": "unknown"}),
            ),
            (
                500,
                made(json!({"errors": ["CAL_UNAVAILABLE"]})),
                json!({"effect": "not_applied", "retry": "never"}),
            ),
            (500, made(json!({})), json!({"kind": "provider_fault", "effect": "unknown"})),
            (
                500,
                json!({"error_code": "COUPON_IS_DISABLED"}),
                json!({"kind": "coupon_rejected", "effect": "unknown"}),
            ),
            (
                500,
                json!({"error_code": "INVALID_COUPON"}),
                json!({"kind": "coupon_rejected", "effect": "not_applied"}),
            ),
            (
                400,
                json!({"error_code": "UNEXPECTED_ERROR"}),
                json!({"kind": "provider_fault", "effect": "not_applied"}),
            ),
            (
                400,
                json!({"error_code": "X", "data": {"errors": ["NOT_FOUND"]}}),
                json!({"kind": "not_found"}),
            ),
            (
                404,
                json!({"error": {"code": "LISTING_NOT_FOUND", "message": "m", "data": {"requestId": "7a"}}}),
                json!({"code": "LISTING_NOT_FOUND", "message": "m", "request_id": "7a"}),
            ),
            (
                400,
                json!({"error": {"message": "m"}, "code": "VALIDATION_FAILED", "requestId": "r"}),
                json!({"code": "VALIDATION_FAILED", "message": "m", "request_id": "r"}),
            ),
            (
                400,
                json!({"statusCode": 400, "message": ["a", "b"], "error": "Bad Request"}),
                json!({"code": null, "message": "Bad Request", "issues": [{"message": "a"}, {"message": "b"}]}),
            ),
            (404, json!({"statusCode": 404, "message": "m", "error": "Not Found"}), json!({"message": "m"})),
            (
                401,
                json!({"errorCode": "invalid_client", "errorSummary": "s"}),
                json!({"code": "invalid_client", "message": "s", "kind": "unauthenticated"}),
            ),
            (
                400,
                json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE"}}),
                json!({"kind": "slot_unavailable"}),
            ),
            (
                400,
                json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE", "data": {"moreDetails": {"notApplicableRatePlans": [
                {"notApplicable": {"closed": false, "ctd": true, "hardBlocked": true}}]}}}}),
                json!({"kind": "policy_violation", "issues": [{"code": "ctd"}, {"code": "hardBlocked"}]}),
            ),
        ],
    );
}

#[test]
fn guesty_items() {
    let errors =
        |errors: Value| json!({"error_code": "WRONG_REQUEST_PARAMETERS", "data": {"errors": errors}});
    check_issues(
        &guesty::PROVIDER,
        &[
            (
                400,
                errors(json!(["\"a\" is required", null, 7, ["x"], "BRAND_NEW", "ValidationError", "CAPS"])),
                json!([
                {"message": "\"a\" is required"}, {"code": "BRAND_NEW"}, {"code": "ValidationError"}, {"message": "CAPS"}]),
            ),
            (
                400,
                errors(json!([{"type": "any.required", "message": "m", "path": ["guest", 0, "email"]}])),
                json!([{"field": "guest.0.email", "code": "any.required", "message": "m"}]),
            ),
            (
                400,
                errors(json!([{"type": "t", "code": "C", "path": "guest"}])),
                json!([{"field": "guest", "code": "C"}]),
            ),
            (400, json!({"code": "VALIDATION_FAILED", "data": ["m"]}), json!([{"message": "m"}])),
            (400, json!({"code": "VALIDATION_FAILED", "data": "m"}), json!([{"message": "m"}])),
            (
                422,
                json!({"code": "ValidationError", "details": [{"message": "m", "path": ["endDate"], "type": "t"}]}),
                json!([{"field": "endDate", "code": "t", "message": "m"}]),
            ),
            (
                400,
                json!([{"code": "C", "message": "m", "path": ["a"]}]),
                json!([{"field": "a", "code": "C", "message": "m"}]),
            ),
            (
                400,
                json!({"code": "VALIDATION_FAILED", "error": {"age": [["m"]], "name": [null, ["n"]]}}),
                json!([{"field": "age", "message": "m"}, {"field": "name", "message": "n"}]),
            ),
            (400, json!({"message": "m", "errors": ["NOT_FOUND"]}), json!([])),
            (
                400,
                json!({"error": {"code": "C", "status": "failed", "other": "m"}}),
                json!([{"field": "other", "message": "m"}]),
            ),
            // what `error` has no items of is looked for at the root
            (
                400,
                json!({"error": {"code": "C", "data": null}, "data": {"errors": ["m"]}}),
                json!([{"message": "m"}]),
            ),
            (
                400,
                json!({"error": {"code": "C", "data": {"errors": []}}, "data": ["m"]}),
                json!([{"message": "m"}]),
            ),
        ],
    );
    let twice = br#"{"data":{"moreDetails":{"notApplicableRatePlans":[{"notApplicable":{"cta":true}}],"notApplicableRatePlans":
        [{"notApplicable":{"ctd":true},"notApplicable":{"closed":true}}]}}}"#;
    let error = guesty::PROVIDER.decode(&RawResponse::new(400, twice));
    assert_eq!(serde_json::to_value(error.issues()).unwrap(), json!([{"code": "closed"}]));
}

#[test]
fn guesty_errors_with_a_status_of_success() {
    let reservation =
        |status: &str, errors: Value| json!({"_id": "5d6e", "status": status, "errors": errors});
    let price = |errors: Value| json!({"money": {"currency": "USD"}, "error": {"errors": errors}});
    check(
        &guesty::PROVIDER,
        &[
            (200, reservation("confirmed", json!([])), Value::Null),
            (200, reservation("confirmed", json!([null, 7])), Value::Null),
            (200, json!({"_id": "5d6e", "status": "declined"}), Value::Null),
            (
                201,
                reservation("confirmed", json!(["COUPON_NOT_FOUND"])),
                json!({"status": 201, "code": null, "kind": "coupon_rejected", "effect": "applied", "retry": "never"}),
            ),
            (
                200,
                reservation("declined", json!(["LISTING_CALENDAR_BLOCKED"])),
                json!({"kind": "slot_unavailable", "effect": "not_applied", "retry": "never"}),
            ),
            (
                200,
                reservation("inquiry", json!(["something"])),
                json!({"kind": "unknown", "effect": "applied"}),
            ),
            (
                200,
                price(json!(["UNEXPECTED_ERROR", "COUPON_IS_DISABLED"])),
                json!({"kind": "coupon_rejected", "effect": "applied"}),
            ),
            (
                200,
                price(json!(["COUPON_IS_DISABLED", "CAL_UNAVAILABLE"])),
                json!({"kind": "slot_unavailable"}),
            ),
            (200, price(json!(["UNEXPECTED_ERROR"])), json!({"kind": "provider_fault", "effect": "applied"})),
            (200, price(json!([])), Value::Null),
            (
                200,
                json!({"error_code": "CAL_UNAVAILABLE"}),
                json!({"effect": "not_applied", "retry": "never"}),
            ),
            (200, json!({"error_code": "BRAND_NEW"}), json!({"code": "BRAND_NEW", "retry": "check_first"})),
        ],
    );
}

#[test]
fn token_endpoints_of_every_provider() {
    for provider in booking_errors::providers() {
        check(
            provider,
            &[
                (
                    400,
                    json!({"error": "invalid_grant", "error_description": "d"}),
                    json!({"code": "invalid_grant", "message": "d", "kind": "unauthenticated", "effect": "not_applied"}),
                ),
                (
                    500,
                    json!({"error": "invalid_client"}),
                    json!({"code": "invalid_client", "message": null, "kind": "unauthenticated", "effect": "not_applied"}),
                ),
                (
                    400,
                    json!({"error": "unsupported_grant_type"}),
                    json!({"code": "unsupported_grant_type", "kind": "invalid_request"}),
                ),
                (400, json!({"error": "unauthorized"}), json!({"code": null, "message": "unauthorized"})),
                (400, json!({"error": "Something else"}), json!({"code": null, "message": "Something else"})),
            ],
        );
    }
}
