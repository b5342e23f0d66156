//! Four ways to send a booking again, each as its users write it.

use std::time::Duration;

use booking_errors::reqwest::{ResponseExt as _, client_builder, sent_once_to};
use booking_errors::reqwest_middleware::{Resend, sent_once_to as failed};
use booking_errors::{Attempts, CallError, GaveUp, Provider};
use booking_errors_sandbox::Outcome;
use reqwest::{Client, Response};
use reqwest_middleware::ClientBuilder;
use reqwest_retry::RetryTransientMiddleware;
use reqwest_retry::policies::ExponentialBackoff;
use serde::Deserialize;
use serde_json::Value;

/// A slow body takes longer: a byte each 50 ms, and the booking comes back in it.
const TIMEOUT: Duration = Duration::from_secs(4);
const BODY: &str = r#"{"reference": "17", "slot": "2026-11-30T09:00:00Z", "guest": {"name": "Ada", "email": "ada@example.com"}}"#;

/// Tries four times, unless the answer is a refusal.
pub async fn naive_loop(url: &str) -> Outcome {
    let client = Client::builder().no_proxy().timeout(TIMEOUT).build().unwrap();
    for _ in 0..4 {
        let sent = client.post(url).body(BODY).send().await;
        let status = sent.as_ref().map_or(0, |response| response.status().as_u16());
        if (400..500).contains(&status) && status != 429 {
            break;
        }
        if is_booked(sent).await {
            return Outcome::Booked;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Outcome::NotBooked
}

/// A middleware that many use, with its own choice of what to send again, and with shorter waits.
pub async fn reqwest_retry(url: &str) -> Outcome {
    let policy = ExponentialBackoff::builder()
        .retry_bounds(Duration::from_millis(10), Duration::from_millis(20))
        .build_with_max_retries(3);
    let client = Client::builder().no_proxy().timeout(TIMEOUT).build().unwrap();
    let client = ClientBuilder::new(client).with(RetryTransientMiddleware::new_with_policy(policy)).build();
    match is_booked(client.post(url).body(BODY).send().await).await {
        true => Outcome::Booked,
        false => Outcome::NotBooked,
    }
}

/// Ours, with a look-up.
pub async fn ours(
    provider: &'static Provider,
    url: &str,
    attempts: Attempts,
) -> Result<Value, GaveUp<CallError>> {
    #[derive(Deserialize)]
    struct Found {
        #[serde(alias = "results")]
        bookings: Vec<Value>,
    }
    let client = client_builder().no_proxy().timeout(TIMEOUT).build().unwrap();
    let create = async || {
        let sent = client.post(url).body(BODY).send().await;
        sent.map_err(|error| sent_once_to(provider, error))?.json_or_error_from(provider).await
    };
    let look_up = async || {
        let sent = client.get(format!("{url}?reference=17")).send().await;
        let response = sent.map_err(|error| sent_once_to(provider, error))?;
        let found: Found = response.json_or_error_from(provider).await?;
        Ok(found.bookings.into_iter().next())
    };
    attempts.run(create, look_up, tokio::time::sleep).await
}

/// Our middleware, which cannot look anything up.
pub async fn our_middleware(provider: &'static Provider, url: &str) -> Result<Value, CallError> {
    let client = client_builder().no_proxy().timeout(TIMEOUT).build().unwrap();
    let resend = Resend::new(provider, tokio::time::sleep).with_attempts(|_| quick()).with_calls_sent_once();
    let client = ClientBuilder::new(client).with(resend).build();
    let sent = client.post(url).body(BODY).send().await;
    sent.map_err(|error| failed(provider, error))?.json_or_error_from(provider).await
}

/// As in production, but quick.
pub fn quick() -> Attempts {
    Attempts::of_write()
        .with_settling_time(Duration::from_secs(1))
        .with_backoff(Duration::from_millis(50), Duration::from_millis(200))
}

/// Returns whether the status is a success and the body is JSON. It gives up after 1 MiB: bodies may have no end.
async fn is_booked<E>(sent: Result<Response, E>) -> bool {
    let Ok(mut response) = sent else { return false };
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend(chunk);
        if body.len() > 1 << 20 {
            return false;
        }
    }
    response.status().is_success() && serde_json::from_slice::<Value>(&body).is_ok()
}
