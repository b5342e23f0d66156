//! The service: books each wish once, whatever the provider answers.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use booking_errors::reqwest::{ResponseExt as _, sent_once_to};
use booking_errors::{
    Attempts, CallError, Effect, Envelope, GaveUp, Issue, Kind, Problem, Provider, ProviderError as _,
    provider,
};
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub const SLOTS: [&str; 3] = ["09:00", "10:00", "11:00"];

/// What a guest asks for, and what the service sends on to a provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wish {
    pub provider: String,
    pub slot: String,
    pub email: String,
    pub coupon: Option<String>,
    /// Our own name for the booking, to find it again.
    pub reference: String,
}

/// What the guest gets, and what was changed on the way.
#[derive(Debug, Serialize)]
pub struct Booked {
    pub slot: String,
    pub notes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Booking {
    slot: String,
}

/// A new booking, as the providers return it: Guesty by itself, the others as a member.
#[derive(Deserialize)]
#[serde(untagged)]
enum Created {
    Member { booking: Booking },
    Itself(Booking),
}

/// The bookings that a look-up finds. An answer without a list is an error: it does not say that there are none.
#[derive(Deserialize)]
struct Found {
    #[serde(alias = "results")]
    bookings: Vec<Booking>,
}

#[derive(Clone)]
pub struct Service {
    /// Sends each call once.
    pub client: Client,
    /// Where the providers are.
    pub providers: String,
    /// Waits, such as `|wait| Box::pin(tokio::time::sleep(wait))`.
    pub sleep: Arc<dyn Fn(Duration) -> Sleep + Send + Sync>,
}

pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Handles a wish. If an answer is lost, this can take some minutes, so it runs in a task of its own: axum drops the handler of
/// a guest who leaves, and then nobody would know what became of the call.
pub async fn book(State(service): State<Service>, Json(wish): Json<Wish>) -> Result<Json<Booked>, Problem> {
    let Some(provider) = provider(&wish.provider) else {
        return Err(Envelope::new("booking_service", 422).with_issue(Issue::new().with_field("provider")))?;
    };
    let booking = tokio::spawn(async move { service.book(provider, wish).await });
    match booking.await {
        Ok(booked) => Ok(Json(booked?)),
        // it panicked, at a moment that nobody knows
        Err(_) => Err(Envelope::new("booking_service", 500))?,
    }
}

impl Service {
    /// Books the slot, or the next one if it is taken. If the coupon is refused, books without it.
    async fn book(&self, provider: &'static Provider, mut wish: Wish) -> Result<Booked, GaveUp<CallError>> {
        let mut notes = Vec::new();
        loop {
            let create = || self.create(provider, &wish);
            let look_up = || self.look_up(provider, &wish);
            let error = match Attempts::of_write().run(create, look_up, |wait| (self.sleep)(wait)).await {
                Ok(Booking { slot }) => return Ok(Booked { slot, notes }),
                Err(error) => error,
            };
            // another booking may take the place of this one only if this one does not exist
            match (error.effect(), error.kind()) {
                (Effect::Applied, Kind::CouponRejected) => {
                    notes.push("booked, but the coupon was not accepted".to_owned());
                    return Ok(Booked { slot: wish.slot, notes });
                }
                (Effect::NotApplied, Kind::CouponRejected) if wish.coupon.take().is_some() => {
                    notes.push("the coupon was not accepted: booked without it".to_owned());
                }
                (Effect::NotApplied, Kind::SlotUnavailable) => {
                    let Some(next) = SLOTS.into_iter().find(|slot| *slot > wish.slot.as_str()) else {
                        return Err(error);
                    };
                    notes.push(format!("{} was taken, booked {next}", wish.slot));
                    wish.slot = next.to_owned();
                }
                _ => return Err(error),
            }
        }
    }

    async fn create(&self, provider: &'static Provider, wish: &Wish) -> Result<Booking, CallError> {
        let url = format!("{}/{}", self.providers, provider.name());
        match send(provider, self.client.post(url).json(wish)).await? {
            Created::Member { booking } | Created::Itself(booking) => Ok(booking),
        }
    }

    /// Returns the booking with this reference, whatever its slot.
    async fn look_up(&self, provider: &'static Provider, wish: &Wish) -> Result<Option<Booking>, CallError> {
        let url = format!("{}/{}", self.providers, provider.name());
        let request = self.client.get(url).query(&[("reference", &wish.reference)]);
        let Found { bookings } = send(provider, request).await?;
        Ok(bookings.into_iter().next())
    }
}

async fn send<T: DeserializeOwned>(
    provider: &'static Provider,
    request: RequestBuilder,
) -> Result<T, CallError> {
    let sent = request.send().await;
    sent.map_err(|error| sent_once_to(provider, error))?.json_or_error_from(provider).await
}
