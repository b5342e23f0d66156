//! When to call again by the headers of a rate limit, and whose id a request has.

use std::time::{Duration, UNIX_EPOCH};

use booking_errors::{Kind, RawResponse, providers};
use booking_errors_tests::given::{Given, fluentbooking, guesty, wix};
use serde_json::json;

/// 21 October 2026, 07:28:00 GMT.
const NOW: u64 = 1_792_567_680;
const DATE: &str = "Wed, 21 Oct 2026 07:28:00 GMT";

type Header<'a> = (&'static str, &'a str);

/// The delay in seconds, of an answer with status 429 and these headers.
fn delay(headers: &[Header<'_>]) -> Option<u64> {
    delay_with(429, headers)
}

fn delay_with(status: u16, headers: &[Header<'_>]) -> Option<u64> {
    let with = |given: Given, (name, value): &Header<'_>| given.header(name, *value);
    let delays = Given::of_each(status, "").into_iter().map(|given| {
        let given = headers.iter().fold(given.header("date", DATE), with);
        given.error().retry_after().map(|delay| delay.as_secs())
    });
    let delays: Vec<_> = delays.collect();
    assert!(delays.windows(2).all(|pair| pair[0] == pair[1]), "all providers alike: {delays:?}");
    delays[0]
}

#[test]
fn each_header_with_a_reset_is_read() {
    let rows: &[(&str, &str, Option<u64>)] = &[
        ("ratelimit", r#""default";r=0;t=34"#, Some(34)),
        ("ratelimit", r#""default";t=34"#, Some(34)),
        ("ratelimit", r#""default";r=5;t=34"#, None),
        ("ratelimit", "limit=100, remaining=0, reset=34", Some(34)),
        ("ratelimit", "limit=100, remaining=7, reset=34", None),
        ("ratelimit", r#""day";r=9;t=600, "minute";r=0;t=34"#, Some(34)),
        ("ratelimit-reset", "34", Some(34)),
        ("x-ratelimit-reset", "34", Some(34)),
        ("x-rate-limit-reset", "34", Some(34)),
        ("x-ratelimit-reset-after", "34", Some(34)),
        ("X-RateLimit-Reset", "34", Some(34)),
        ("x-ratelimit-reset-after", "0.5", Some(1)),
        ("x-ratelimit", "34", None),
        ("ratelimit-policy", "100;w=34", None),
    ];
    for (name, value, expected) in rows {
        assert_eq!(delay(&[(name, value)]), *expected, "{name}: {value}");
    }
}

#[test]
fn a_limit_counts_if_it_is_used_up_or_silent() {
    let pairs = [
        ("ratelimit-reset", "ratelimit-remaining"),
        ("x-ratelimit-reset", "x-ratelimit-remaining"),
        ("x-rate-limit-reset", "x-rate-limit-remaining"),
        ("x-ratelimit-reset-after", "x-ratelimit-remaining"),
    ];
    for (reset, remaining) in pairs {
        assert_eq!(delay(&[(reset, "34"), (remaining, "0")]), Some(34), "used up: {reset}");
        assert_eq!(delay(&[(reset, "34")]), Some(34), "silent: {reset}");
        assert_eq!(delay(&[(reset, "34"), (remaining, "1")]), None, "left: {reset}");
        assert_eq!(delay(&[(reset, "34"), (remaining, "many")]), Some(34), "no number: {reset}");
    }
}

#[test]
fn a_number_is_seconds_a_time_in_seconds_or_one_in_milliseconds() {
    let unix = |seconds: u64| (NOW + seconds).to_string();
    let milliseconds = |seconds: u64| ((NOW + seconds) * 1_000).to_string();
    let rows: &[(&str, Option<u64>)] = &[
        ("0", Some(0)),
        ("86400", Some(86_400)),
        ("86401", None), // more than a day away
        ("999999999", None),
        ("1000000000", Some(0)), // a time in 2001
        (&unix(0), Some(0)),
        (&unix(45), Some(45)),
        (&unix(86_400), Some(86_400)),
        (&unix(86_401), None),
        ("999999999999", None),
        ("1000000000000", Some(0)), // the same time in 2001
        (&milliseconds(45), Some(45)),
        (&((NOW + 44) * 1_000 + 1).to_string(), Some(45)),
        (&milliseconds(86_401), None),
        ("999999999999999", None),
        ("1000000000000000", None),
        ("1e15", None),
        ("99999999999999999999999999", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
    ];
    for (value, expected) in rows {
        assert_eq!(delay(&[("x-ratelimit-reset", value)]), *expected, "{value}");
    }
}

#[test]
fn of_several_headers_the_first_that_counts_decides() {
    let rows: &[(&[Header<'_>], Option<u64>, &str)] = &[
        (&[("x-ratelimit-reset", "7"), ("ratelimit-reset", "34")], Some(34), "the order is that of the list"),
        (
            &[("ratelimit-reset", "34"), ("ratelimit", "\"a\";r=0;t=9")],
            Some(9),
            "the order is that of the list",
        ),
        (
            &[("x-rate-limit-reset", "7"), ("x-ratelimit-reset-after", "8")],
            Some(7),
            "the order is that of the list",
        ),
        (
            &[("ratelimit-reset", "34"), ("ratelimit-remaining", "5"), ("x-ratelimit-reset", "7")],
            Some(7),
            "one with something left is passed over",
        ),
        (&[("ratelimit", "\"a\";r=5;t=34"), ("x-rate-limit-reset", "7")], Some(7), "one with something left"),
        (&[("ratelimit-reset", "soon"), ("x-ratelimit-reset", "7")], None, "also where it gives none"),
        (&[("ratelimit-reset", "86401"), ("x-ratelimit-reset", "7")], None, "also where it gives none"),
        (&[("retry-after", "3"), ("ratelimit-reset", "34")], Some(3), "Retry-After goes first"),
        (&[("retry-after", "soon"), ("ratelimit-reset", "34")], Some(34), "one that is none does not"),
    ];
    for (headers, expected, why) in rows {
        assert_eq!(delay(headers), *expected, "{why}: {headers:?}");
    }
}

#[test]
fn the_headers_count_with_429_and_503_and_for_rate_limits() {
    let reset = [("x-ratelimit-reset", "34")];
    for status in [429, 503] {
        assert_eq!(delay_with(status, &reset), Some(34));
    }
    for status in [400, 403, 500, 502, 504] {
        assert_eq!(delay_with(status, &reset), None, "{status}");
    }
    let limited = [
        wix(400, json!({"details": {"applicationError": {"code": "FEATURE_LIMIT_EXCEEDED"}}})),
        fluentbooking(400, json!({"code": "too_many_requests", "message": "m"})),
        guesty(400, json!({"error_code": "TOO_MANY_REQUESTS"})),
    ];
    for given in limited {
        let error = given.header("x-ratelimit-reset", "34").error();
        assert_eq!((error.kind(), error.retry_after()), (Kind::RateLimited, Some(Duration::from_secs(34))));
    }
    // the inner status of a call with `?_envelope` is the one that counts
    let inner = json!({"body": {"message": "m"}, "status": 429, "headers": {"X-RateLimit-Reset": "34"}});
    assert_eq!(fluentbooking(200, &inner).error().retry_after(), Some(Duration::from_secs(34)));
    let inner = json!({"body": {"message": "m"}, "status": 404, "headers": {"X-RateLimit-Reset": "34"}});
    assert_eq!(fluentbooking(200, &inner).error().retry_after(), None);
}

#[test]
fn a_time_is_measured_from_the_date_then_from_the_moment_it_came() {
    let reset = (NOW + 45).to_string();
    for provider in providers() {
        let response = RawResponse::new(429, b"").header("x-ratelimit-reset", &reset);
        let delay = |response: RawResponse<'_>| provider.decode(&response).retry_after();
        let received = UNIX_EPOCH + Duration::from_secs(NOW + 15);
        assert_eq!(delay(response.clone().header("date", DATE)), Some(Duration::from_secs(45)));
        assert_eq!(delay(response.clone().with_received_at(received)), Some(Duration::from_secs(30)));
        assert_eq!(
            delay(response.clone().header("date", DATE).with_received_at(received)),
            Some(Duration::from_secs(45))
        );
        let odd = response.header("date", "yesterday").with_received_at(received);
        assert_eq!(delay(odd), Some(Duration::from_secs(30)));
    }
}

#[test]
fn gateways_give_request_ids_where_the_provider_gives_none() {
    let headers = ["x-request-id", "x-correlation-id", "cf-ray", "x-amz-cf-id"];
    for (place, name) in headers.into_iter().enumerate() {
        for given in Given::of_each(500, "") {
            assert_eq!(given.clone().header(name, "a, b").error().request_id(), Some("a"), "{name}");
            assert_eq!(given.clone().header(name, " ").error().request_id(), None, "{name}");
            for later in &headers[place + 1..] {
                let both = given.clone().header(later, "second").header(name, "first");
                assert_eq!(both.error().request_id(), Some("first"), "{both}");
                let blank = given.clone().header(later, "second").header(name, "");
                assert_eq!(blank.error().request_id(), Some("second"), "{blank}");
            }
        }
    }
}

#[test]
fn the_providers_own_request_id_goes_first() {
    let own = [
        wix(500, "").header("x-wix-request-id", "own"),
        guesty(500, json!({"data": {"requestId": "own"}})),
        guesty(500, json!({"requestId": "own"})),
        guesty(401, json!({"errorCode": "invalid_client", "errorSummary": "s", "errorId": "own"})),
        fluentbooking(
            200,
            json!({"body": {"message": "m"}, "status": 404, "headers": {"X-Request-Id": "own"}}),
        ),
    ];
    for given in own {
        let given = given.header("x-request-id", "gateway").header("cf-ray", "8f");
        assert_eq!(given.error().request_id(), Some("own"), "{given}");
    }
}
