//! The errors of token endpoints, which all providers send alike.

use booking_errors::decode::oauth;
use booking_errors::{Effect, Provider, RawResponse, providers};
use booking_errors_tests::answers::texts;
use booking_errors_tests::cases::check;
use serde_json::json;

#[test]
fn every_provider_reads_the_errors_of_token_endpoints() {
    for provider in providers() {
        // the plugin has no token endpoint: what it passes on is a calendar's, after the booking was stored
        let refused = if provider.name() == "fluentbooking" { Effect::Unknown } else { Effect::NotApplied };
        check(
            provider,
            &[
                (
                    400,
                    json!({"error": "invalid_grant", "error_description": "d"}),
                    json!({"code": "invalid_grant", "message": "d", "kind": "unauthenticated", "effect": refused}),
                ),
                (
                    401,
                    json!({"error": "invalid_client"}),
                    json!({"kind": "unauthenticated", "effect": refused}),
                ),
                // another status is not that of a token endpoint
                (
                    500,
                    json!({"error": "invalid_client"}),
                    json!({"code": "invalid_client", "message": null, "kind": "provider_fault", "effect": "unknown"}),
                ),
                (403, json!({"error": "invalid_grant"}), json!({"kind": "permission_denied"})),
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

#[test]
fn a_code_is_lower_case_words_without_digits_joined_by_underscores() {
    for text in
        ["Bad_Request", "bad__request", "_request", "bad_", "unauthorized", "oauth2_error", "error_404", ""]
    {
        assert!(!oauth::is_code(text), "{text}");
    }
    assert!(oauth::is_code("bad_request") && oauth::is_code("unsupported_grant_type"));
}

#[test]
fn of_members_that_come_twice_the_last_counts() {
    let code_and_message = |provider: &Provider, body: &str| {
        let error = provider.decode(&RawResponse::new(400, body.as_bytes()));
        texts(error.code(), error.message())
    };
    let token_error = texts(Some("invalid_grant"), None);
    for provider in providers() {
        for other in ["true", "7.5", "{}", "[]"] {
            let last = format!(r#"{{"error":"invalid_grant","error":{other}}}"#);
            assert_eq!(code_and_message(provider, &last), (None, None), "{} {last}", provider.name());
            let first = format!(r#"{{"error":{other},"error":"invalid_grant"}}"#);
            assert_eq!(code_and_message(provider, &first), token_error, "{} {first}", provider.name());
        }
        let cut = r#"{"error":"invalid_grant","error":{},"error":"#;
        assert_eq!(code_and_message(provider, cut), (None, None), "{}", provider.name());
    }
}
