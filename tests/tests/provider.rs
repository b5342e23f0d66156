//! Providers: recognizing the sender of a response, and adding a provider of your own.

use booking_errors::decode::json::Arena;
use booking_errors::decode::{Draft, Failure, ReadDraft};
use booking_errors::{
    Envelope, FromResponse, Provider, ProviderError, RawResponse, guesty, provider, provider_in, providers,
    recognize, recognize_in, wix,
};
use booking_errors_tests::read_plain;
use serde_json::{Value, json};

#[test]
fn recognizes_what_only_one_provider_documents() {
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
        let found = recognize(&RawResponse::new(422, text.as_bytes())).map(Provider::name);
        assert_eq!(found, *provider, "{text}");
    }
    let by_header = RawResponse::new(500, b"").header("x-wix-request-id", "17");
    assert_eq!(recognize(&by_header).map(Provider::name), Some("wix"));
}

#[test]
fn does_not_recognize_what_two_providers_document() {
    let response =
        RawResponse::new(400, br#"{"error_code":"X","details":{"applicationError":{"code":"Y"}}}"#);
    assert!(guesty::PROVIDER.recognizes(&response) && wix::PROVIDER.recognizes(&response));
    assert!(recognize(&response).is_none());
    assert!(recognize(&RawResponse::new(200, br#"{"success":true,"data":{}}"#)).is_none());
    let foreign = br#"{"error":{"code":400,"message":"x"}}"#;
    assert!(recognize(&RawResponse::new(400, foreign)).is_none());
}

#[test]
fn a_provider_that_overrides_nothing_recognizes_nothing_and_has_the_shared_samples() {
    assert_eq!((PLAIN.title(), PLAIN.docs_url()), ("Plain", "https://plain.example"));
    assert!(PlainError::check(&RawResponse::new(500, b"")).is_err());
    assert!(PlainError::check(&RawResponse::new(200, b"")).is_ok());
    assert!(PlainError::check(&RawResponse::new(200, b"<html>")).is_err());
    assert!(!PLAIN.recognizes(&RawResponse::new(400, b"{}")));
    let own = |provider: &Provider| provider.samples().iter().map(|sample| sample.name).collect::<Vec<_>>();
    let shared = own(&PLAIN);
    assert!(!shared.is_empty());
    for provider in providers() {
        let names = own(provider);
        assert!(shared.iter().all(|name| names.contains(name)), "{}", provider.name());
        assert!(
            names.len() > shared.len() + provider.codes().len(),
            "{} has none of its own",
            provider.name()
        );
    }
}

/// An error type that overrides nothing.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
struct PlainError(#[from] Failure);

impl ProviderError for PlainError {
    fn envelope(&self) -> &Envelope {
        self.0.envelope()
    }
}

impl ReadDraft for PlainError {
    const PROVIDER: &'static Provider = &PLAIN;

    fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        read_plain(response, arena)
    }
}

static PLAIN: Provider = Provider::new::<PlainError>("plain", "Plain", "https://plain.example", &[]);

#[test]
fn a_provider_of_ones_own_joins_the_list() {
    let all = [providers(), &[&PLAIN, &SIGNED]].concat();
    for provider in &all {
        assert!(provider_in(&all, provider.name()).is_some_and(|found| std::ptr::eq(found, *provider)));
    }
    assert!(provider_in(&all, "no such provider").is_none() && provider_in(&[], "wix").is_none());
    assert!(provider("signed").is_none(), "the facade's own list stays as it is");

    let told = |list: &[&'static Provider], response| recognize_in(list, response).map(Provider::name);
    let signed = RawResponse::new(500, b"").header("x-signed", "17");
    assert_eq!((told(&all, &signed), recognize(&signed).is_none()), (Some("signed"), true));
    let wix = RawResponse::new(500, b"").header("x-wix-request-id", "17");
    assert_eq!((told(&all, &wix), told(&[&SIGNED], &wix)), (Some("wix"), None));
    let both = wix.clone().header("x-signed", "17");
    assert_eq!(told(&all, &both), None, "it does not guess");
}

/// A provider that is told by a header.
static SIGNED: Provider = Provider::new::<PlainError>("signed", "Signed", "https://signed.example", &[])
    .recognized_by(|response| response.header_value("x-signed").is_some());

#[test]
fn debug_of_a_provider_has_its_name() {
    let shown = format!("{PLAIN:?}");
    assert!(shown.contains("\"plain\""), "{shown}");
}
