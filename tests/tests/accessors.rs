//! What the getters answer, what is there without being overridden, and what `Debug` shows to people.

use std::collections::BTreeSet;
use std::net::TcpListener;

use booking_errors::decode::json::Reader;
use booking_errors::reqwest::CallError;
use booking_errors::{
    Envelope, FailedItem, FromResponse, Kind, Provider, ProviderError, RawResponse, fluentbooking, guesty,
    providers, wix,
};
use booking_errors_tests::answers::decode;

/// An error type that overrides nothing.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
struct PlainError(Envelope);

impl ProviderError for PlainError {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for PlainError {
    const PROVIDER: &'static Provider = &PLAIN;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Self(Envelope::new("plain", response.status()))
    }
}

static PLAIN: Provider = Provider::new::<PlainError>("plain", "Plain", "https://plain.example", || &[]);

#[test]
fn a_provider_that_overrides_nothing_recognizes_nothing_and_has_the_shared_samples() {
    assert_eq!((PLAIN.title(), PLAIN.docs_url()), ("Plain", "https://plain.example"));
    assert!(PlainError::check(&RawResponse::new(500, b"")).is_err());
    assert!(PlainError::check(&RawResponse::new(200, b"")).is_ok());
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

#[test]
fn every_provider_gives_the_table_row_of_a_code() {
    for provider in providers() {
        for sample in provider.samples().into_iter().filter(|sample| sample.is_code) {
            let error = provider.decode(&sample.response());
            assert_eq!(error.code_info().map(|info| info.code), Some(sample.name));
        }
    }
    assert!(decode::<fluentbooking::Error>(400, b"").code_info().is_none());
    assert!(decode::<guesty::Error>(400, b"").code_info().is_none());
}

#[test]
fn an_unknown_code_keeps_its_text_and_shows_it() {
    let error = "NEW\n1".parse::<wix::Code>().unwrap_err();
    assert_eq!(error.code(), "NEW\n1");
    let shown = format!("{error:?}");
    assert!(shown.starts_with("UnknownCode(\"wix\"") && shown.contains("NEW"), "{shown}");
    assert!(!shown.contains('\n'), "{shown}");
}

#[test]
fn a_fault_says_its_offset() {
    let mut reader = Reader::new(b"{\"a\":x}");
    reader.root().members(|_, value| value.skip());
    assert_eq!(reader.fault().map(|fault| fault.offset()), Some(5));
}

#[test]
fn an_array_of_pairs_is_headers_too() {
    let headers = [("X-A", "1"), ("Retry-After", "30")];
    let error = guesty::Error::from_response(&RawResponse::new(429, b"").headers(&headers));
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(30));
    let error = guesty::Error::from_response(&RawResponse::new(429, b"").headers(&&headers[..1]));
    assert_eq!(error.retry_after(), None);
}

#[test]
fn the_status_of_a_response_is_one_of_the_http_crate_where_there_is_one() {
    assert_eq!(RawResponse::new(429, b"").status_code(), Some(http::StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(RawResponse::new(42, b"").status_code(), None);
}

#[test]
fn debug_names_what_is_shown_and_nothing_more() {
    let response = RawResponse::new(429, b"secret").header("authorization", "secret");
    let shown = format!("{response:?}");
    assert!(shown.contains("429") && shown.contains("body_bytes: 6") && !shown.contains("secret"), "{shown}");

    let item = format!("{:?}", FailedItem::new(Envelope::new("plain", 409)).with_index(3).with_id("i-7"));
    assert!(item.contains("index: Some(3)") && item.contains("i-7") && item.contains("409"), "{item}");

    let provider = format!("{PLAIN:?}");
    assert!(provider.contains("\"plain\""), "{provider}");

    let body = br#"{"error_code":"A","message":"m","secret":1}"#;
    let failure = format!("{:?}", decode::<guesty::Error>(400, body));
    assert!(failure.contains("known_code") && !failure.contains("secret"), "{failure}");

    let mut reader = Reader::new(b" [secret]");
    assert_eq!(format!("{:?}", reader.root()), "Value(List)");
    let shown = format!("{reader:?}");
    assert!(shown.contains("at: 1") && !shown.contains("secret"), "{shown}");
}

#[tokio::test]
async fn an_error_of_the_transport_gives_that_of_reqwest() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = client.get(format!("http://{free}/")).send().await.unwrap_err();
    let CallError::Transport(transport) = CallError::<wix::Error>::from(error) else {
        panic!("no transport")
    };
    let inner = transport.reqwest_error().expect("a refused connection has no address to hide");
    assert!(inner.is_connect() && inner.url().is_none());
}

#[test]
fn every_kind_has_a_remedy_of_its_own() {
    let remedies: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.remedy()).collect();
    assert_eq!(remedies.len(), Kind::ALL.len());
    assert!(remedies.iter().all(|remedy| remedy.ends_with('.')), "{remedies:?}");
}

#[test]
fn debug_of_an_issue_has_its_texts() {
    let mut issues = booking_errors::decode::Issues::default();
    issues.push(Some("the field"), Some("A"), Some("too\nlate"));
    let shown = format!("{:?}", issues.as_slice());
    assert!(shown.contains("the field") && shown.contains("too") && !shown.contains('\n'), "{shown}");
}
