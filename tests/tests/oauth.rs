//! The errors of token endpoints, which all providers send alike.

use booking_errors::decode::oauth;
use booking_errors::{ProviderError, guesty, providers};
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::check;
use serde_json::json;

#[test]
fn token_endpoints_of_every_provider() {
    for provider in providers() {
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

#[test]
fn words_of_mixed_case_are_no_codes() {
    assert!(
        !oauth::is_code("Bad_Request") && !oauth::is_code("bad__request") && oauth::is_code("bad_request")
    );
    let error = decode::<guesty::Error>(400, r#"{"data":{"details":["Not_A_code"]}}"#);
    assert_eq!(error.issues()[0].code, None);
}
