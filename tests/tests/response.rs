//! What a response says outside its body: the status, headers, delays and request ids.

use std::collections::HashMap;
use std::time::{Duration, UNIX_EPOCH};

use booking_errors::{FromResponse, Headers, ProviderError, RawResponse, guesty, wix};

#[test]
fn a_valid_status_converts_to_the_http_crate() {
    assert_eq!(RawResponse::new(429, b"").status_code(), Some(http::StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(RawResponse::new(42, b"").status_code(), None);
}

#[test]
fn headers_are_found_in_any_case_and_the_first_counts() {
    let headers = vec![
        ("X-Wix-Request-ID".to_owned(), b"a, a".to_vec()),
        ("x-wix-request-id".to_owned(), b"b".to_vec()),
    ];
    let response = RawResponse::new(500, b"").headers(&headers);
    assert_eq!(wix::Error::from_response(&response).request_id(), Some("a"));
    let first = response.header("x-WIX-request-id", "first");
    assert_eq!(wix::Error::from_response(&first).request_id(), Some("first"));
    assert_eq!(headers.header_value("missing"), None);

    // other implementations may count on a lower case name
    struct Exact(HashMap<&'static str, &'static str>);
    impl Headers for Exact {
        fn header_value(&self, name: &str) -> Option<&[u8]> {
            self.0.get(name).map(|value| value.as_bytes())
        }
    }
    let exact = Exact([("x-acme-id", "c")].into());
    let response = RawResponse::new(500, b"").headers(&exact);
    assert_eq!(response.header_value("X-Acme-Id"), Some(&b"c"[..]));
    assert_eq!(response.request_id("X-Acme-Id").as_deref(), Some("c"));

    let slice: &[(&str, &str)] = &[("x-wix-request-id", " "), ("x-request-id", "b,c")];
    assert_eq!(
        wix::Error::from_response(&RawResponse::new(500, b"").headers(&slice)).request_id(),
        Some("b")
    );
    let bytes = RawResponse::new(500, b"").header("x-request-id", b"\xff");
    assert_eq!(wix::Error::from_response(&bytes).request_id(), Some("\u{fffd}"));
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
fn retry_after_is_seconds_or_a_date() {
    let seconds = |retry_after: &str, date: &str| {
        let response = RawResponse::new(503, b"").header("Retry-After", retry_after).header("date", date);
        response.retry_after().map(|delay| delay.as_secs())
    };
    let now = "Wed, 21 Oct 2026 07:28:00 GMT";
    assert_eq!(seconds("37", now), Some(37));
    assert_eq!(seconds(" 0 ", now), Some(0));
    assert_eq!(seconds("18446744073709551615", now), Some(u64::MAX));
    assert_eq!(seconds("Wed, 21 Oct 2026 07:29:30 GMT", now), Some(90));
    assert_eq!(seconds("Wednesday, 21-Oct-26 07:29:30 GMT", now), Some(90));
    assert_eq!(seconds("Wed Oct 21 07:29:30 2026", now), Some(90));
    assert_eq!(seconds("Wed, 21 Oct 2026 07:27:00 GMT", now), Some(0));
    for none in [
        "",
        "-1",
        "+5",
        "1.5",
        "5 s",
        "soon",
        "18446744073709551616",
        "Sat, 31 Feb 2026 07:28:00 GMT",
        "30, 30",
    ] {
        assert_eq!(seconds(none, now), None, "{none}");
    }
    let received = UNIX_EPOCH + Duration::from_millis(1_792_567_680_500); // 07:28:00.5
    let response = RawResponse::new(503, b"").header("retry-after", "Wed, 21 Oct 2026 07:28:10 GMT");
    assert_eq!(response.clone().with_received_at(received).retry_after(), Some(Duration::from_secs(10)));
    assert_eq!(
        response.clone().header("date", "x").with_received_at(received).retry_after(),
        Some(Duration::from_secs(10))
    );
    assert!(response.retry_after().is_some());
    assert_eq!(response.received_at(), None);
    assert_eq!(response.with_received_at(received).received_at(), Some(received));
}

#[tokio::test]
async fn a_future_that_keeps_a_response_can_be_sent_to_another_thread() {
    async fn decode(headers: http::HeaderMap) -> Option<Duration> {
        let pairs = [("x-a", "1")];
        let response = RawResponse::new(429, b"").headers(&headers);
        let other = RawResponse::new(429, b"").headers(&pairs).header("retry-after", "7");
        tokio::task::yield_now().await;
        assert_eq!(wix::Error::from_response(&other).retry_after(), Some(Duration::from_secs(7)));
        wix::Error::check(&response).unwrap_err().retry_after()
    }
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let headers = [(http::header::RETRY_AFTER, "37".parse().unwrap())].into_iter().collect();
    assert_eq!(sendable(decode(headers)).await, Some(Duration::from_secs(37)));
}
