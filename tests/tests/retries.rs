//! Sending calls again: alone, with backon, with tower and with the middleware. None of them books twice.

use std::pin::Pin;
use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable as _};
use booking_errors::reqwest::{ResponseExt as _, client_builder, sent_once};
use booking_errors::reqwest_middleware::Resend;
use booking_errors::{Attempts, CallError, Effect, Envelope, GaveUp, Kind, Next, ProviderError, Retry, wix};
use booking_errors_tests::ledger::{Act, Ledger};
use booking_errors_tests::server::Answer;
use reqwest::Client;
use reqwest_middleware::ClientBuilder;
use serde_json::Value;
use tower::{Service as _, ServiceBuilder, ServiceExt as _};

type Error = Box<dyn ProviderError>;

const TAKEN: &str = r#"{"message":"x","details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;

fn client() -> Client {
    let builder = client_builder().no_proxy().timeout(Duration::from_secs(5));
    // the server closes each connection
    builder.pool_max_idle_per_host(0).build().unwrap()
}

/// As in production, but quick.
fn quick(attempts: Attempts) -> Attempts {
    attempts
        .with_backoff(Duration::from_millis(10), Duration::from_millis(20))
        .with_settling_time(Duration::from_millis(50))
}

async fn create(client: &Client, url: &str) -> Result<Value, CallError<wix::Error>> {
    let sent = client.post(url).body("{}").send().await;
    sent.map_err(sent_once)?.json_or_error().await
}

async fn find(client: &Client, url: &str) -> Result<Option<Value>, CallError<wix::Error>> {
    let sent = client.get(url).send().await;
    sent.map_err(sent_once)?.json_or_error().await
}

async fn alone(attempts: Attempts, ledger: &Ledger) -> Result<Value, Error> {
    let (client, url, find_url) = (client(), ledger.create_url(), ledger.find_url());
    Ok(attempts.run(|| create(&client, &url), || find(&client, &find_url), tokio::time::sleep).await?)
}

async fn with_backon(mut attempts: Attempts, ledger: &Ledger) -> Result<Value, Error> {
    let (client, url) = (client(), ledger.create_url());
    // `adjust` has the last word, so backon's own waits and limits do not count
    let result = (|| create(&client, &url))
        .retry(ExponentialBuilder::default().with_max_times(0))
        .adjust(|error, _| match attempts.after(error) {
            Next::SendAgain(wait) => Some(wait),
            Next::LookUp(_) | Next::GiveUp => None,
        })
        .await;
    Ok(result.map_err(|error| GaveUp::new(&attempts, error))?)
}

#[derive(Clone)]
struct Policy(Attempts);

impl<Request: Clone, Response> tower::retry::Policy<Request, Response, Error> for Policy {
    type Future = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn retry(&mut self, _: &mut Request, result: &mut Result<Response, Error>) -> Option<Self::Future> {
        let error = result.as_mut().err()?;
        if let Next::SendAgain(wait) = self.0.after(&**error) {
            return Some(Box::pin(tokio::time::sleep(wait)));
        }
        let last = std::mem::replace(error, Envelope::new("", 0).into());
        *error = GaveUp::new(&self.0, last).into();
        None
    }

    fn clone_request(&mut self, request: &Request) -> Option<Request> {
        Some(request.clone())
    }
}

async fn with_tower(attempts: Attempts, ledger: &Ledger) -> Result<Value, Error> {
    let client = client();
    let mut service = ServiceBuilder::new().retry(Policy(attempts)).service_fn(move |url: String| {
        let client = client.clone();
        async move { Ok(create(&client, &url).await?) }
    });
    service.ready().await?.call(ledger.create_url()).await
}

async fn with_middleware(attempts: Attempts, ledger: &Ledger) -> Result<Value, Error> {
    let resend = Resend::new(&wix::PROVIDER, tokio::time::sleep)
        .with_attempts(move |_| attempts.clone())
        .with_calls_sent_once();
    let client = ClientBuilder::new(client()).with(resend).build();
    let sent = client.post(ledger.create_url()).body("{}").send().await;
    let response = sent.map_err(CallError::<wix::Error>::from)?;
    Ok(response.json_or_error::<_, wix::Error>().await?)
}

/// Books in each way, each at a provider of its own; returns their results and providers, the one that looks up first.
async fn outcomes(attempts: Attempts, acts: &[Act]) -> [(Result<Value, Error>, Ledger); 4] {
    let start = || Ledger::start(acts);
    let ledgers = [start().await, start().await, start().await, start().await];
    let [first, second, third, fourth] = &ledgers;
    let results = tokio::join!(
        alone(attempts.clone(), first),
        with_backon(attempts.clone(), second),
        with_tower(attempts.clone(), third),
        with_middleware(attempts, fourth),
    );
    let [first, second, third, fourth] = ledgers;
    [(results.0, first), (results.1, second), (results.2, third), (results.3, fourth)]
}

fn refuse(status: u16, headers: &[(&str, &str)], body: &str) -> Act {
    Act::Refuse(Answer::new(status, headers, body))
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let start = Instant::now();
    let busy = refuse(429, &[("retry-after", "1")], "");
    for (result, ledger) in outcomes(quick(Attempts::of_write()), &[busy]).await {
        assert_eq!(result.unwrap()["id"], "17");
        assert_eq!((ledger.calls(), ledger.bookings(), ledger.looks()), (2, 1, 0));
    }
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_provider_that_asks_for_no_wait_is_not_called_at_once() {
    let busy = vec![refuse(429, &[("retry-after", "0")], ""); 4];
    // the waits are random: that three of them are this short together has a chance of one in a million
    let attempts = Attempts::of_write().with_backoff(Duration::from_millis(600), Duration::from_millis(600));
    let start = Instant::now();
    for (result, ledger) in outcomes(attempts, &busy).await {
        assert_eq!((result.unwrap_err().kind(), ledger.calls()), (Kind::RateLimited, 4));
    }
    assert!(start.elapsed() >= Duration::from_millis(10));
}

#[tokio::test]
async fn a_wait_that_is_longer_than_allowed_ends_the_call() {
    for wait in ["61", "18446744073709551615"] {
        let acts = [refuse(429, &[("retry-after", wait)], "")];
        for (result, ledger) in outcomes(quick(Attempts::of_write()), &acts).await {
            let error = result.unwrap_err();
            assert_eq!((error.effect(), error.retry()), (Effect::NotApplied, Retry::Safe));
            assert_eq!((ledger.calls(), ledger.bookings()), (1, 0));
        }
    }
}

#[tokio::test]
async fn a_booking_whose_answer_was_lost_is_found_or_stays_in_doubt() {
    let answers = [
        Answer::new(504, &[], "<html>"),
        // caches add the header to any failed fetch
        Answer::new(503, &[("retry-after", "0")], ""),
        Answer::new(202, &[], ""),
        Answer::new(500, &[("retry-after", "0")], r#"{"message":"Internal Server Error"}"#),
        Answer::new(200, &[], "cut off ["),
        Answer::text("HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n{\"id\":\"17\""),
        Answer::Reset(Vec::new()),
    ];
    for answer in answers {
        let acts = [Act::Book(answer), refuse(429, &[], ""), refuse(428, &[], TAKEN)];
        let [(found, ledger), others @ ..] = outcomes(quick(Attempts::of_write()), &acts).await;
        assert_eq!(found.unwrap()["id"], "17", "{acts:?}");
        assert_eq!((ledger.calls(), ledger.bookings(), ledger.looks()), (1, 1, 1));
        for (result, ledger) in others {
            let error = result.unwrap_err();
            assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst), "{acts:?}");
            assert_eq!((ledger.calls(), ledger.bookings()), (1, 1));
        }
    }
}

#[tokio::test]
async fn with_a_key_the_own_booking_that_takes_the_slot_is_not_taken_for_somebody_elses() {
    let acts = [Act::Book(Answer::new(504, &[], "")), refuse(429, &[], ""), refuse(428, &[], TAKEN)];
    let [(found, ledger), others @ ..] = outcomes(quick(Attempts::of_write_with_key()), &acts).await;
    assert_eq!(found.unwrap()["id"], "17");
    assert_eq!((ledger.calls(), ledger.bookings(), ledger.looks()), (3, 1, 1));
    for (result, ledger) in others {
        let error = result.unwrap_err();
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst), "{error}");
        assert_eq!((ledger.calls(), ledger.bookings()), (3, 1));
    }
}

#[tokio::test]
async fn what_was_looked_for_in_vain_is_sent_again() {
    let ledger = Ledger::start(&[refuse(504, &[], "")]).await;
    let start = Instant::now();
    assert_eq!(alone(quick(Attempts::of_write()), &ledger).await.unwrap()["id"], "17");
    assert_eq!((ledger.calls(), ledger.bookings()), (2, 1));
    assert!(start.elapsed() >= Duration::from_millis(50), "it had to settle");
}

#[tokio::test]
async fn what_fails_again_is_not_sent_again() {
    for (result, ledger) in outcomes(quick(Attempts::of_write()), &[refuse(428, &[], TAKEN)]).await {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (Kind::SlotUnavailable, Effect::NotApplied));
        assert_eq!((ledger.calls(), ledger.bookings()), (1, 0));
    }
}

#[tokio::test]
async fn each_call_has_attempts_of_its_own() {
    let ledger = Ledger::start(&vec![refuse(429, &[], ""); 8]).await;
    let attempts = quick(Attempts::of_write());
    let client = client();
    let policy = Policy(attempts.clone());
    let mut service = ServiceBuilder::new().retry(policy).service_fn(|url: String| {
        let client = client.clone();
        async move { Ok(create(&client, &url).await?) }
    });
    let resend = Resend::new(&wix::PROVIDER, tokio::time::sleep)
        .with_attempts(move |_| attempts.clone())
        .with_calls_sent_once();
    let middleware = ClientBuilder::new(client.clone()).with(resend).build();

    let result: Result<Value, Error> = service.ready().await.unwrap().call(ledger.create_url()).await;
    assert_eq!((result.is_err(), ledger.calls()), (true, 4));
    let result: Result<Value, Error> = service.ready().await.unwrap().call(ledger.create_url()).await;
    assert_eq!((result.is_err(), ledger.calls()), (true, 8));

    let ledger = Ledger::start(&vec![refuse(429, &[], ""); 8]).await;
    for calls in [4, 8] {
        assert_eq!(middleware.post(ledger.create_url()).send().await.unwrap().status(), 429);
        assert_eq!(ledger.calls(), calls);
    }
}
