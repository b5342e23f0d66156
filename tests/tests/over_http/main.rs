//! Responses over real sockets, read with reqwest.

mod connections;
mod errors;
mod redirects;
mod successes;

use std::error::Error;
use std::net::TcpListener;
use std::time::Duration;

use booking_errors::decode::Failure;
use booking_errors::reqwest::{
    RequestExt as _, ResponseExt as _, client_builder, sent_once, sent_once_to, sent_to,
};
use booking_errors::{
    CallError, Effect, Envelope, FromResponse, Kind, Problem, Provider, ProviderError, RawResponse, Retry,
    Transport, TransportError, Unreadable, fluentbooking, guesty, wix,
};
use booking_errors_tests::server::{Answer, Server, refusing_url};
use booking_errors_tests::{Fixture, assert_shows_no_url, fixtures, read_plain};
use reqwest::{Client, Method};
use serde_json::Value;

use crate::redirects::redirecting;

fn client() -> Client {
    client_builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap()
}

async fn post<E: FromResponse>(answer: Answer) -> Result<Value, CallError<E>> {
    let server = Server::start(move |_| answer.clone()).await;
    client().post(server.url()).body("{}").send().await?.json_or_error().await
}

/// Why a success cannot be read.
fn unreadable<E: FromResponse>(error: &CallError<E>) -> Option<&Unreadable> {
    error
        .transport_error()
        .filter(|error| error.transport() == Transport::Unreadable)?
        .source()?
        .downcast_ref()
}

async fn same_over_http<E: FromResponse>(fixture: &Fixture) {
    let answer = fixture.answer();
    fixture.assert_value_or_error(post::<E>(answer.clone()).await);
    let server = Server::start(move |_| answer.clone()).await;
    let response = client().get(server.url()).send().await.unwrap();
    let result = response.error_for_provider::<E>().await;
    fixture.assert_status_or_error(result.map(|response| response.status().as_u16()));
}

#[tokio::test]
async fn every_recorded_response_is_the_same_over_http() {
    for fixture in fixtures() {
        match fixture.provider.name() {
            "wix" => same_over_http::<wix::Error>(&fixture).await,
            "fluentbooking" => same_over_http::<fluentbooking::Error>(&fixture).await,
            "guesty" => same_over_http::<guesty::Error>(&fixture).await,
            // the type of the error makes no difference to the reading
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_provider_that_is_chosen_at_run_time_is_read_in_the_same_way() {
    async fn create(url: &str, name: &str) -> Result<Value, CallError> {
        let provider = booking_errors::provider(name).expect("a known provider");
        let sent = client().post(url).body("{}").send().await;
        sent.map_err(|error| sent_once_to(provider, error))?.json_or_error_from(provider).await
    }
    let coupon = r#"{"_id":"5d6e","status":"confirmed","errors":["COUPON_NOT_FOUND"]}"#;
    let server = Server::start(move |call| match call {
        0 => Answer::new(201, &[], coupon),
        1 => Answer::new(200, &[], r#"{"id":"17"}"#),
        2 => Answer::new(429, &[("retry-after", "7")], ""),
        _ => Answer::text("HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n{"),
    })
    .await;
    let error = create(&server.url(), "guesty").await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (Kind::CouponRejected, Effect::Applied));
    let typed = error.find_ref::<guesty::Error>().expect("the error of Guesty");
    assert_eq!(typed.envelope(), error.envelope());
    assert_eq!(create(&server.url(), "wix").await.unwrap()["id"], "17");
    let error = create(&server.url(), "fluentbooking").await.unwrap_err();
    assert_eq!((error.provider(), error.retry()), ("fluentbooking", Retry::Safe));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let error = create(&server.url(), "wix").await.unwrap_err();
    assert!(matches!(error.find_ref::<TransportError>().unwrap().transport(), Transport::Unreadable));
    assert_eq!((error.provider(), error.status(), error.retry()), ("wix", 200, Retry::CheckFirst));

    let error = create(&refusing_url(), "wix").await.unwrap_err();
    assert_eq!((error.provider(), error.status(), error.retry()), ("wix", 0, Retry::Safe));
    assert_shows_no_url(&error);
    let refused = client().post(refusing_url()).send().await.unwrap_err();
    assert_eq!(sent_to(&wix::PROVIDER, refused).retry(), Retry::CheckFirst);
}

#[tokio::test]
async fn the_error_of_a_call_goes_wherever_an_error_goes() {
    async fn boxed(url: &str) -> Result<Value, Box<dyn ProviderError>> {
        let sent = client().post(url).send().await.map_err(sent_once::<wix::Error>)?;
        Ok(sent.json_or_error::<Value, wix::Error>().await?)
    }
    async fn told(url: &str) -> Result<Value, Problem> {
        let sent = client().post(url).send().await.map_err(sent_once::<wix::Error>)?;
        Ok(sent.json_or_error::<Value, wix::Error>().await?)
    }
    async fn any(url: &str) -> Result<Value, Box<dyn Error + Send + Sync>> {
        Ok(boxed(url).await?)
    }
    let server = Server::start(|_| {
        Answer::new(428, &[], r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#)
    })
    .await;
    let error = boxed(&server.url()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code_info().unwrap().code),
        (Kind::SlotUnavailable, "SLOT_NOT_AVAILABLE")
    );
    assert!(error.downcast_ref::<wix::Error>().is_none(), "it is a CallError");
    let code = error.find_ref::<wix::Error>().unwrap().known_code();
    assert_eq!(code, Some(wix::Code::SlotNotAvailable));
    assert_eq!(told(&server.url()).await.unwrap_err().status(), 409);
    assert_eq!(told(&refusing_url()).await.unwrap_err().status(), 503);
    assert_eq!(Problem::from(error), told(&server.url()).await.unwrap_err());
    let error = any(&refusing_url()).await.unwrap_err();
    let found = booking_errors::find(&*error).unwrap();
    assert_eq!((found.status(), found.effect()), (0, Effect::NotApplied));
}

/// An error type whose status is the length of what was read, in units of 64 KiB.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
struct Measured(Envelope);

static MEASURED: Provider = Provider::new::<Measured>("measured", "Measured", "", &[]);

impl ProviderError for Measured {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for Measured {
    const PROVIDER: &'static Provider = &MEASURED;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Self(Envelope::new("measured", u16::try_from(response.body().len() / (64 << 10)).unwrap()))
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        Failure::check(&MEASURED, response, read_plain).map_err(|_| Self::from_response(response))
    }
}

#[tokio::test]
async fn a_failed_call_becomes_a_problem_for_your_own_callers() {
    let told = |error: &CallError<wix::Error>| serde_json::to_value(Problem::new(error)).unwrap();
    let refused = client().post(refusing_url()).send().await.unwrap_err();
    let refused = sent_once::<wix::Error>(refused);
    assert_eq!(told(&refused)["status"], 503);
    assert!(!told(&refused)["detail"].as_str().unwrap().contains("may have gone through"));
    assert_eq!((refused.envelope().status, refused.envelope().kind), (0, Kind::Unavailable));

    let unreadable = post::<wix::Error>(Answer::new(200, &[], "no JSON")).await.unwrap_err();
    assert_eq!(told(&unreadable)["status"], 502);
    assert!(told(&unreadable)["detail"].as_str().unwrap().ends_with("check before you try again."));
    assert_eq!((unreadable.envelope().status, unreadable.envelope().effect), (200, Effect::Unknown));

    let answered = post::<wix::Error>(Answer::new(404, &[], "")).await.unwrap_err();
    assert_eq!(told(&answered)["status"], 404);
    assert_eq!(answered.provider_error().map(ProviderError::status), Some(404));
    assert!(refused.provider_error().is_none());
}

#[tokio::test]
async fn the_status_in_reqwests_own_errors_decides_if_no_redirect_was_followed() {
    let server = Server::start(|_| Answer::new(404, &[], "x")).await;
    let failed = async || client().get(server.url()).send().await.unwrap().error_for_status().unwrap_err();
    let error = sent_once::<wix::Error>(failed().await);
    assert_eq!((error.kind(), error.effect()), (Kind::NotFound, Effect::NotApplied));
    assert_shows_no_url(&error);
    let error = CallError::<wix::Error>::from(failed().await);
    assert_eq!((error.kind(), error.effect(), error.status()), (Kind::NotFound, Effect::Unknown, 404));
    assert_eq!(error.message(), Some("status 404, perhaps after a redirect"));
    assert_shows_no_url(&error);

    // the redirect comes after the booking, and the page that it leads to is busy
    let (server, target) = redirecting(303, Answer::new(429, &[], "")).await;
    let following = Client::builder().no_proxy().build().unwrap();
    let failed = following.post(server.url()).send().await.unwrap().error_for_status().unwrap_err();
    let error = CallError::<wix::Error>::from(failed);
    assert_eq!((error.kind(), error.retry()), (Kind::RateLimited, Retry::CheckFirst));
    assert_eq!((server.calls(), target.calls()), (1, 1));

    let server = Server::start(|_| Answer::text("HTTP/1.1 200 X\r\ncontent-length: 10\r\n\r\nx")).await;
    let failed = client().get(server.url()).send().await.unwrap().bytes().await.unwrap_err();
    let error = sent_once::<wix::Error>(failed);
    assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
    assert_eq!(error.to_string(), "wix: unavailable (no response): the response broke off or cannot be read");
}

#[tokio::test]
async fn responses_of_the_http_crate_are_read_without_copies() {
    let body = r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
    let response = http::Response::builder().status(428).header("X-Wix-Request-Id", "17").body(body).unwrap();
    let error = wix::Error::from_response(&(&response).into());
    assert_eq!((error.request_id(), error.known_code()), (Some("17"), Some(wix::Code::SlotNotAvailable)));
    assert_eq!(error.envelope().status_code(), Some(http::StatusCode::PRECONDITION_REQUIRED));
    let raw = booking_errors::RawResponse::from(&response);
    assert!(std::ptr::eq(raw.body(), body.as_bytes()));
    let value = raw.header_value("x-wix-request-id").unwrap();
    assert!(std::ptr::eq(value, response.headers()["x-wix-request-id"].as_bytes()));
}

#[tokio::test]
async fn an_error_of_the_transport_gives_that_of_reqwest() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = client.get(format!("http://{free}/")).send().await.unwrap_err();
    let CallError::Transport(transport) = CallError::<wix::Error>::from(error) else {
        panic!("no transport")
    };
    let inner = transport
        .source()
        .and_then(|source| source.downcast_ref::<reqwest::Error>())
        .expect("a refused connection has no address to hide");
    assert!(inner.is_connect() && inner.url().is_none());
}
