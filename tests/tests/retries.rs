//! Sending calls again, with backon and with tower: only if it is safe, and never if the call may have gone through.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable as _};
use booking_errors::reqwest::{CallError, ResponseExt as _, client_builder};
use booking_errors::{Kind, Retry, guesty};
use booking_errors_tests::server::{Answer, Server};
use reqwest::Client;
use serde_json::Value;
use tower::{Service as _, ServiceBuilder, ServiceExt as _};

type Error = CallError<guesty::Error>;

/// The longest wait, whatever the provider asks for: `Instant::now() + Duration::MAX` panics.
const LONGEST: Duration = Duration::from_millis(200);
const MOST_TIMES: usize = 3;

fn client() -> Client {
    client_builder().no_proxy().timeout(Duration::from_secs(5)).build().unwrap()
}

async fn create(client: &Client, url: &str) -> Result<Value, Error> {
    let sent = client.post(url).body("{}").send().await;
    sent.map_err(CallError::sent_once)?.json_or_error().await
}

/// With backon: `when` decides whether to send again, `adjust` sets how long to wait. If backon has no next delay, the
/// tries are used up.
async fn create_with_backon(url: &str) -> Result<Value, Error> {
    let client = client();
    let backoff =
        ExponentialBuilder::default().with_min_delay(Duration::from_millis(10)).with_max_times(MOST_TIMES);
    (|| create(&client, url))
        .retry(backoff)
        .when(|error| error.retry() == Retry::Safe)
        .adjust(|error, next| next.map(|own| error.retry_after().unwrap_or(own).min(LONGEST)))
        .await
}

/// With tower: a policy that counts the tries.
#[derive(Clone)]
struct OnlySafe {
    left: usize,
}

impl<Request: Clone, Response> tower::retry::Policy<Request, Response, Error> for OnlySafe {
    type Future = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn retry(&mut self, _: &mut Request, result: &mut Result<Response, Error>) -> Option<Self::Future> {
        let error = result.as_ref().err().filter(|error| error.retry() == Retry::Safe)?;
        self.left = self.left.checked_sub(1)?;
        let delay = error.retry_after().unwrap_or(Duration::from_millis(10)).min(LONGEST);
        Some(Box::pin(tokio::time::sleep(delay)))
    }

    fn clone_request(&mut self, request: &Request) -> Option<Request> {
        Some(request.clone())
    }
}

async fn create_with_tower(url: &str) -> Result<Value, Error> {
    let client = client();
    let mut service =
        ServiceBuilder::new().retry(OnlySafe { left: MOST_TIMES }).service_fn(move |url: String| {
            let client = client.clone();
            async move { create(&client, &url).await }
        });
    service.ready().await?.call(url.to_owned()).await
}

/// Runs both ways against a server that answers like this; returns their results and how often they call it.
async fn outcomes(answer: fn(usize) -> Answer) -> [(Result<Value, Error>, usize); 2] {
    let (backon, tower) = (Server::start(answer).await, Server::start(answer).await);
    let results = (create_with_backon(&backon.url()).await, create_with_tower(&tower.url()).await);
    [(results.0, backon.calls()), (results.1, tower.calls())]
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    for (result, calls) in outcomes(|call| match call {
        0 => Answer::new(429, &[("retry-after", "0")], "Too Many Requests"),
        _ => Answer::new(201, &[], r#"{"_id":"5d6e"}"#),
    })
    .await
    {
        assert_eq!((result.unwrap()["_id"].as_str(), calls), (Some("5d6e"), 2));
    }
}

#[tokio::test]
async fn the_time_that_the_provider_asks_for_is_waited() {
    let outcomes = outcomes(|call| match call {
        0 => Answer::new(429, &[("retry-after", "1")], ""),
        _ => Answer::new(201, &[], "{}"),
    });
    let start = Instant::now();
    assert!(outcomes.await.iter().all(|(result, calls)| result.is_ok() && *calls == 2));
    // this test is about waiting, not speed: both ways wait for the bound, one after the other
    assert!(start.elapsed() >= 2 * LONGEST);
}

#[tokio::test]
async fn a_hostile_delay_is_cut_short() {
    for (result, calls) in outcomes(|call| match call {
        0 => Answer::new(429, &[("retry-after", "18446744073709551615")], ""),
        _ => Answer::new(201, &[], "{}"),
    })
    .await
    {
        assert!(result.is_ok());
        assert_eq!(calls, 2);
    }
}

#[tokio::test]
async fn a_create_that_may_have_been_carried_out_is_not_sent_again() {
    let answers: [fn(usize) -> Answer; 6] = [
        |_| Answer::new(504, &[], "<html>"),
        // caches add the header to any failed fetch
        |_| Answer::new(503, &[("retry-after", "0")], ""),
        |_| Answer::new(202, &[], ""),
        |_| Answer::new(500, &[("retry-after", "0")], r#"{"message":"Internal Server Error"}"#),
        |_| Answer::new(200, &[], "cut off ["),
        |_| Answer::Reset(Vec::new()),
    ];
    for answer in answers {
        for (result, calls) in outcomes(answer).await {
            assert_eq!((result.unwrap_err().retry(), calls), (Retry::CheckFirst, 1));
        }
    }
}

#[tokio::test]
async fn what_fails_again_is_not_sent_again() {
    for (result, calls) in outcomes(|_| Answer::new(400, &[], r#"{"error_code":"CAL_UNAVAILABLE"}"#)).await {
        assert_eq!((result.unwrap_err().kind(), calls), (Kind::SlotUnavailable, 1));
    }
}

#[tokio::test]
async fn the_tries_end() {
    for (result, calls) in outcomes(|_| Answer::new(429, &[("retry-after", "0")], "")).await {
        assert_eq!((result.unwrap_err().kind(), calls), (Kind::RateLimited, 1 + MOST_TIMES));
    }
}
