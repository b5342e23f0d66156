//! A service that sells through three providers, and what it does when they fail: [`service`] is the part to read. The
//! providers are fakes in the same process, on loopback, and their clock moves without waiting.
//!
//! ```sh
//! cargo run -p booking-errors --example booking_service --all-features
//! ```

mod fakes;
mod service;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use booking_errors::reqwest::client_builder;
use reqwest::{Client, StatusCode};

use crate::fakes::{Before, Fakes, Fault};
use crate::service::{Service, Wish, book};

/// The running service, with the fakes behind it.
struct Running {
    client: Client,
    url: String,
    fakes: Fakes,
}

impl Running {
    async fn start() -> Result<Self, Box<dyn Error>> {
        let client = client_builder().no_proxy().timeout(Duration::from_secs(10)).build()?;
        let fakes = Fakes::default();
        let clock = fakes.clone();
        let service = Service {
            client: client.clone(),
            providers: fakes.open().await?,
            sleep: Arc::new(move |wait| clock.sleep(wait)),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let app = Router::new().route("/", post(book)).with_state(service);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { client, url, fakes })
    }

    /// Asks the service for a booking.
    async fn ask(&self, wish: &Wish) -> Result<(StatusCode, String), Box<dyn Error>> {
        let answer = self.client.post(&self.url).json(wish).send().await?;
        Ok((answer.status(), answer.text().await?))
    }
}

/// What goes wrong, and how the service deals with it.
struct Scene {
    what: &'static str,
    provider: &'static str,
    faults: Vec<Fault>,
    /// What the answer contains.
    expected: &'static str,
}

fn scenes() -> Vec<Scene> {
    let scene = |what, provider, faults, expected| Scene { what, provider, faults, expected };
    let late = Fault::GatewayTimeout(Some(Duration::from_secs(50)));
    let own_slot = vec![late, Fault::RateLimited(1), Fault::Taken];
    let booked = r#""slot":"09:00""#;
    vec![
        scene("a slot that is taken", "wix", vec![Fault::Taken], "09:00 was taken, booked 10:00"),
        scene("an expired coupon", "guesty", vec![Fault::Coupon(Before::Nothing)], "booked without it"),
        scene("a coupon that is ignored", "guesty", vec![Fault::CouponIgnored], "booked, but"),
        scene("too many calls", "fluentbooking", vec![Fault::RateLimited(37)], booked),
        scene("a wrong field", "fluentbooking", vec![Fault::WrongEmail], r#""fields":["email"]"#),
        scene("an answer lost after the booking", "guesty", vec![Fault::Closed(Before::Booked)], booked),
        scene("an answer that breaks off", "fluentbooking", vec![Fault::CutAnswer], booked),
        scene("an error page after the booking", "wix", vec![Fault::ErrorPage(Before::Booked)], booked),
        scene("an answer lost without a booking", "wix", vec![Fault::GatewayTimeout(None)], booked),
        scene("an answer lost, then our own slot", "wix", own_slot, booked),
        scene("a provider that nobody knows", "acme", vec![], r#""fields":["provider"]"#),
    ]
}

/// Returns the wish of a guest with a coupon that has expired.
fn wish(provider: &str, reference: String) -> Wish {
    Wish {
        provider: provider.to_owned(),
        slot: "09:00".to_owned(),
        email: "guest@example.com".to_owned(),
        coupon: Some("SUMMER".to_owned()),
        reference,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let running = Running::start().await?;
    for (number, Scene { what, provider, faults, expected }) in scenes().into_iter().enumerate() {
        let wish = wish(provider, format!("scene-{number}"));
        let start = running.fakes.plan(&wish.reference, faults, vec![]);
        let (status, text) = running.ask(&wish).await?;
        let waited = (running.fakes.books().now - start).as_secs();
        println!("{what} ({provider}): {status}, after {waited} s of waiting\n  {text}");
        assert!(text.contains(expected), "expected {expected}");
    }
    Ok(())
}
