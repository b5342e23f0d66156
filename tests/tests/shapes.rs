//! Every shape and quirk of the providers' bodies, one line each: a status, a body, and the members it must come to.

use booking_errors::{Provider, RawResponse, fluentbooking, guesty, wix};
use booking_errors_tests::answers::texts;
use booking_errors_tests::cases::check;
use serde_json::{Value, json};

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
