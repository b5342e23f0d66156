//! Any response gives an error value, whatever its status, its headers and the bytes of its body.

use booking_errors::{
    Effect, Envelope, FromResponse, Provider, ProviderError, RawResponse, Retry, fluentbooking, guesty,
    providers, recognize, wix,
};
use booking_errors_tests::any_json::any_json;
use booking_errors_tests::fixtures;
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::json;

/// Rules that every provider must follow, whatever it receives.
fn ask_every_provider(status: u16, headers: &[(String, String)], body: &[u8]) {
    let headers = headers.to_vec();
    let response = RawResponse::new(status, body).headers(&headers);
    let _ = recognize(&response);
    for provider in providers() {
        let error = provider.decode(&response);
        assert_eq!(error.provider(), provider.name());
        if !(200..300).contains(&status) {
            assert_eq!(error.status(), status);
            assert_eq!(provider.check(&response).unwrap_err().envelope(), error.envelope());
        }
        let line = error.to_string();
        assert!(!line.contains(|c: char| c.is_control()) && line.chars().count() < 10_000, "{line:?}");
        assert!(format!("{error:?}").len() < 20_000);
        assert!(
            error
                .issues()
                .iter()
                .all(|issue| issue.field.is_some() || issue.code.is_some() || issue.message.is_some())
        );
        assert!(error.code().is_none_or(|code| !code.trim().is_empty()));
        let json = serde_json::to_string(error.envelope()).unwrap();
        assert_eq!(&serde_json::from_str::<Envelope>(&json).unwrap(), error.envelope());
        ask_claim(provider, &*error, &response);
        ask_retry_after(provider, &*error, status, &headers, body);
        ask_made(provider, status, &headers, body);
    }
}

/// A call that failed went through only by a rule of the provider, and retry follows from kind and effect.
fn ask_claim(provider: &Provider, error: &dyn ProviderError, response: &RawResponse<'_>) {
    let is_bulk = provider.name() == "wix";
    match error.effect() {
        Effect::Applied => assert!(response.is_success(), "{error:?}"),
        Effect::Partial => assert!(response.is_success() || is_bulk, "{error:?}"),
        Effect::NotApplied | Effect::Unknown => {}
    }
    assert_eq!(error.retry(), Retry::of(error.kind(), error.effect()));
    assert_eq!(error.effect() == Effect::Unknown, error.retry() == Retry::CheckFirst);
}

/// `Retry-After` says when, never whether.
fn ask_retry_after(
    provider: &Provider,
    error: &dyn ProviderError,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) {
    let is = |name: &str| headers.iter().any(|(header, _)| header.eq_ignore_ascii_case(name));
    if is("x-ratelimit-limit") {
        return; // with it FluentBooking's limiter is told by the header
    }
    let others = headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("retry-after")).cloned();
    let without: Vec<_> = others.collect();
    let with: Vec<_> = without.iter().cloned().chain([("Retry-After".to_owned(), "7".to_owned())]).collect();
    for headers in [with, without] {
        let other = provider.decode(&RawResponse::new(status, body).headers(&headers));
        assert_eq!((other.kind(), other.effect()), (error.kind(), error.effect()));
    }
}

/// Beside something made, nothing shows that the call was not carried out.
fn ask_made(provider: &Provider, status: u16, headers: &[(String, String)], body: &[u8]) {
    let is_object = body.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(body).is_ok();
    let Some(open) = body.trim_ascii_end().strip_suffix(b"}").filter(|_| is_object) else { return };
    let made = match provider.name() {
        "guesty" => r#""_id":"5d6e","status":"confirmed"}"#,
        _ => r#""booking":{"id":1}}"#,
    };
    let comma = if open.trim_ascii_end() == b"{" { "" } else { "," };
    let body = [open, comma.as_bytes(), made.as_bytes()].concat();
    let headers = headers.to_vec();
    let error = provider.decode(&RawResponse::new(status, &body).headers(&headers));
    assert_ne!(error.effect(), Effect::NotApplied, "{error:?}: {}", String::from_utf8_lossy(&body));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(
        status: u16,
        headers in prop::collection::vec(("(?i)retry-after|date|x-request-id|x-wix-request-id", ".*"), 0..3),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        ask_every_provider(status, &headers, &body);
    }

    #[test]
    fn any_json_is_answered(status in 100_u16..600, json in any_json()) {
        ask_every_provider(status, &[], json.to_string().as_bytes());
    }

    #[test]
    fn any_change_to_a_recorded_response_is_answered(
        pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..8,
        with in prop_oneof![
            prop::sample::select(vec!["", "{", "}", "[", "\"", "\\", ",", "null", "\u{feff}", "\\ud800", "<!--", "{}"])
                .prop_map(|text| text.as_bytes().to_vec()),
            prop::collection::vec(any::<u8>(), 0..8),
        ],
    ) {
        let fixtures = fixtures();
        let fixture = pick.get(&fixtures);
        let mut body = fixture.body.clone();
        let start = at.index(body.len() + 1);
        body.splice(start..(start + length).min(body.len()), with);
        ask_every_provider(fixture.status, &fixture.headers, &body);
    }

    #[test]
    fn an_unknown_code_comes_out_as_it_went_in(code in "[^\u{0}-\u{20}].{0,40}[^\u{0}-\u{20}]", status in 400_u16..600) {
        prop_assume!(!code.trim().is_empty());
        let wix = json!({"details": {"applicationError": {"code": code}}}).to_string();
        let error = wix::Error::from_response(&RawResponse::new(status, wix.as_bytes()));
        prop_assert_eq!((error.code(), error.known_code()), (Some(&*code), code.parse().ok()));
        let fluentbooking = json!({"code": code}).to_string();
        let error = fluentbooking::Error::from_response(&RawResponse::new(status, fluentbooking.as_bytes()));
        prop_assert_eq!((error.code(), error.known_code()), (Some(&*code), code.parse().ok()));
        let guesty = json!({"error_code": code}).to_string();
        let error = guesty::Error::from_response(&RawResponse::new(status, guesty.as_bytes()));
        prop_assert_eq!((error.code(), error.known_code()), (Some(&*code), code.parse().ok()));
    }
}

/// Hostile bodies of a megabyte: a quadratic reader would not come back within the hour.
#[test]
fn hostile_bodies_are_answered() {
    let million = 1 << 20;
    let escapes = format!(r#"{{"message":"{}","error_code":"A"}}"#, r"\ud83d".repeat(million / 6));
    let map = (0..100_000).map(|n| format!(r#""{n}":{{"a":"b"}}"#)).collect::<Vec<_>>().join(",");
    let nested = format!(r#"{{"errors":{}"x"{}}}"#, r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    let batches =
        format!("{}{{}}{}", r#"{"responses":[{"status":207,"body":"#.repeat(20_000), "}]}".repeat(20_000));
    let wrapped =
        format!("{}{{}}{}", r#"{"headers":{},"status":207,"body":"#.repeat(20_000), "}".repeat(20_000));
    let bodies = [
        batches,
        wrapped,
        "{".repeat(million),
        "[".repeat(million),
        r#"{"a":"#.repeat(million / 5),
        r#"{"message":"#.repeat(million / 11),
        "\"".repeat(million),
        escapes,
        format!(r#"{{"errors":{{{map}}}}}"#),
        nested,
        "<".repeat(million),
    ];
    for body in &bodies {
        for provider in providers() {
            assert_eq!(provider.decode(&RawResponse::new(422, body.as_bytes())).status(), 422);
            provider.decode(&RawResponse::new(207, body.as_bytes()));
            recognize(&RawResponse::new(207, body.as_bytes()));
        }
    }
}
