//! Samples: found by name, and as responses of the `http` crate.

use booking_errors::{RawResponse, Sample, providers, wix};

#[test]
fn every_sample_is_found_by_its_name() {
    for provider in providers() {
        for sample in provider.samples() {
            assert_eq!(provider.sample(sample.name).as_ref(), Some(&sample), "{}", provider.name());
        }
        assert_eq!(provider.sample("no such sample"), None);
    }
    assert!(wix::PROVIDER.sample("SLOT_NOT_AVAILABLE").is_some_and(|sample| sample.is_code));
    assert!(wix::PROVIDER.sample("rate limit").is_some_and(|sample| !sample.is_code));
}

#[test]
fn a_sample_as_an_http_response_decodes_to_the_same_error() {
    for provider in providers() {
        for sample in provider.samples() {
            let response = http::Response::from(&sample);
            let decoded = provider.decode(&RawResponse::from(&response));
            assert_eq!(decoded.envelope(), provider.decode(&sample.response()).envelope(), "{}", sample.name);
        }
    }
}

#[test]
fn an_http_response_leaves_out_what_http_refuses() {
    let sample = Sample::new("odd", 17, "body")
        .with_header("not a name", "x")
        .with_header("x-broken", "two\r\nlines")
        .with_header("Set-Cookie", "a=1")
        .with_header("set-cookie", "b=2");
    let response = http::Response::from(&sample);
    assert_eq!((response.status().as_u16(), response.body().as_slice()), (500, b"body".as_slice()));
    assert!(response.headers().keys().eq(["set-cookie"]));
    assert!(response.headers().get_all("set-cookie").iter().eq(["a=1", "b=2"]));

    let full = (0..40_000).fold(Sample::new("full", 400, ""), |sample, _| sample.with_header("x-a", "1"));
    assert_eq!(http::Response::from(&full).status(), 400);
}
