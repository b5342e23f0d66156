//! A service that sells through three providers, and what it does when they fail. The providers are fakes in the same
//! process, on loopback.
//!
//! ```sh
//! cargo run -p booking-errors --example booking_service --all-features
//! ```

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use booking_errors::reqwest::{CallError, ResponseExt as _, client_builder};
use booking_errors::{Effect, FromResponse, Kind, Problem, Retry, fluentbooking, guesty, wix};
use reqwest::Client;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const MOST_TRIES: usize = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(5);
const SLOTS: [&str; 3] = ["09:00", "10:00", "11:00"];

/// What a guest asks for, and what the service sends on to a provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wish {
    provider: String,
    slot: String,
    email: String,
    coupon: Option<String>,
    /// Our own name for the booking, to find it again.
    reference: String,
}

/// What the guest gets, and what happened on the way.
#[derive(Debug, Serialize)]
struct Booked {
    slot: String,
    notes: Vec<String>,
}

/// A booking as the provider returns it.
#[derive(Debug, Deserialize)]
struct Booking {
    slot: String,
}

#[derive(Clone)]
struct Service {
    client: Client,
    /// Where the providers are.
    providers: String,
}

async fn book(State(service): State<Service>, Json(wish): Json<Wish>) -> Result<Json<Booked>, Problem> {
    match wish.provider.as_str() {
        "wix" => service.book::<wix::Error>(wish).await,
        "fluentbooking" => service.book::<fluentbooking::Error>(wish).await,
        _ => service.book::<guesty::Error>(wish).await,
    }
}

impl Service {
    async fn book<E: FromResponse>(&self, mut wish: Wish) -> Result<Json<Booked>, Problem> {
        let mut notes = Vec::new();
        let mut is_in_doubt = false;
        let mut tries = 0;
        loop {
            let error = match self.create::<E>(&wish).await {
                Ok(booking) => return Ok(Json(Booked { slot: booking.slot, notes })),
                Err(error) => error,
            };
            tries += 1;
            // doubt sticks: after a lost answer, whatever a later attempt answers may be the trace of our own booking
            is_in_doubt |= error.retry() == Retry::CheckFirst;
            if is_in_doubt {
                match self.find::<E>(&wish).await {
                    Ok(Some(booking)) => {
                        notes.push("the answer was lost, the booking was there".to_owned());
                        return Ok(Json(Booked { slot: booking.slot, notes }));
                    }
                    Ok(None) => notes.push("looked it up: nothing was booked".to_owned()),
                    Err(_) => return Err(error.problem()),
                }
            }
            if tries == MOST_TRIES {
                return Err(error.problem());
            }
            match (error.retry(), error.kind()) {
                (Retry::Never, Kind::CouponRejected) if error.effect() == Effect::Applied => {
                    notes.push("the coupon was not accepted".to_owned());
                    return Ok(Json(Booked { slot: wish.slot, notes }));
                }
                // nothing was booked, or the look-up would have found it
                (Retry::Never | Retry::CheckFirst, Kind::CouponRejected) if wish.coupon.take().is_some() => {
                    notes.push("the coupon was not accepted: booked without it".to_owned());
                }
                (Retry::CheckFirst, _) => {} // nothing was booked: send it again
                (Retry::Safe, _) => {
                    let delay = error.retry_after().unwrap_or(Duration::from_millis(200)).min(LONGEST_WAIT);
                    notes.push(format!("waited {delay:?}"));
                    tokio::time::sleep(delay).await;
                }
                (Retry::Never, Kind::SlotUnavailable) => {
                    let Some(slot) = SLOTS.into_iter().find(|slot| *slot > wish.slot.as_str()) else {
                        return Err(error.problem());
                    };
                    notes.push(format!("{} was taken, booked {slot}", wish.slot));
                    wish.slot = slot.to_owned();
                }
                (Retry::Never, _) => return Err(error.problem()),
            }
        }
    }

    async fn create<E: FromResponse>(&self, wish: &Wish) -> Result<Booking, CallError<E>> {
        let url = format!("{}/{}", self.providers, wish.provider);
        let sent = self.client.post(url).json(wish).send().await;
        // the client sends each call once: one that did not connect changed nothing
        sent.map_err(CallError::sent_once)?.json_or_error().await
    }

    /// Returns the booking with this reference. A read can be sent again in cases where a create cannot.
    async fn find<E: FromResponse>(&self, wish: &Wish) -> Result<Option<Booking>, CallError<E>> {
        let url = format!("{}/bookings", self.providers);
        let mut tries = 1;
        loop {
            let sent = self.client.get(&url).query(&[("reference", &wish.reference)]).send().await;
            let result = match sent {
                Ok(response) => response.json_or_error().await,
                Err(error) => Err(error.into()),
            };
            match result {
                Err(error) if error.retry().if_idempotent() == Retry::Safe && tries < MOST_TRIES => {
                    tries += 1
                }
                result => return result,
            }
        }
    }
}

/// What the fakes remember: bookings and calls by reference.
#[derive(Default)]
struct Fakes {
    bookings: HashMap<String, String>,
    calls: HashMap<String, usize>,
    /// When the first call came too soon.
    limited_since: Option<Instant>,
}

impl Fakes {
    fn is_first_call(&mut self, wish: &Wish) -> bool {
        let calls = self.calls.entry(wish.reference.clone()).or_default();
        *calls += 1;
        *calls == 1
    }

    fn book(&mut self, wish: &Wish) -> Response {
        self.bookings.insert(wish.reference.clone(), wish.slot.clone());
        answer(StatusCode::CREATED, json!({"slot": wish.slot}))
    }
}

type SharedFakes = Arc<Mutex<Fakes>>;

fn answer(status: StatusCode, body: Value) -> Response {
    (status, Json(body)).into_response()
}

/// Nine o'clock is taken. The first answer for eleven is lost at a gateway, before or after the booking was made. The
/// booking of `lost-late` arrives only after the look-up, and then the slot is taken.
async fn fake_wix(State(fakes): State<SharedFakes>, Json(wish): Json<Wish>) -> Response {
    let Ok(mut fakes) = fakes.lock() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match wish.slot.as_str() {
        "09:00" => slot_not_available(),
        "11:00" if fakes.is_first_call(&wish) => {
            if wish.reference == "lost-after" {
                fakes.book(&wish);
            }
            (StatusCode::GATEWAY_TIMEOUT, "<html><h1>504 Gateway Time-out</h1></html>").into_response()
        }
        "11:00" if wish.reference == "lost-late" => {
            fakes.book(&wish);
            slot_not_available()
        }
        _ => fakes.book(&wish),
    }
}

fn slot_not_available() -> Response {
    let error = json!({"applicationError": {"code": "SLOT_NOT_AVAILABLE"}});
    let body = json!({"message": "The specified slot isn't available.", "details": error});
    answer(StatusCode::PRECONDITION_REQUIRED, body)
}

/// Calls within a second of the first come too soon, and an email address needs an @.
async fn fake_fluentbooking(State(fakes): State<SharedFakes>, Json(wish): Json<Wish>) -> Response {
    let Ok(mut fakes) = fakes.lock() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if !wish.email.contains('@') {
        let errors = json!({"email": {"email": "Please provide a valid email address"}});
        let body = json!({"message": "Please fill up the required data", "errors": errors});
        return answer(StatusCode::UNPROCESSABLE_ENTITY, body);
    }
    let is_too_soon = fakes.limited_since.get_or_insert_with(Instant::now).elapsed() < Duration::from_secs(1);
    if is_too_soon {
        let too_many = answer(StatusCode::TOO_MANY_REQUESTS, json!({"message": "Too many requests."}));
        return ([("retry-after", "1"), ("x-ratelimit-limit", "1")], too_many).into_response();
    }
    fakes.book(&wish)
}

/// No coupon is valid any more.
async fn fake_guesty(State(fakes): State<SharedFakes>, Json(wish): Json<Wish>) -> Response {
    let Ok(mut fakes) = fakes.lock() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if wish.coupon.is_none() {
        return fakes.book(&wish);
    }
    let data = json!({"errors": ["COUPON_EXPIRATION_DATE_EXCEEDED"], "requestId": "7a63a0ef7470520b"});
    let body = json!({"error_code": "CREATE_RESERVATION_ERROR", "message": "Failed", "data": data});
    answer(StatusCode::BAD_REQUEST, body)
}

async fn fake_lookup(
    State(fakes): State<SharedFakes>,
    Query(query): Query<HashMap<String, String>>,
) -> Json<Option<Value>> {
    let slot = fakes.lock().ok().and_then(|fakes| fakes.bookings.get(query.get("reference")?).cloned());
    Json(slot.map(|slot| json!({"slot": slot})))
}

/// Serves an application on a free port of loopback.
async fn serve(app: Router) -> std::io::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(format!("http://{address}"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let fakes = Router::new()
        .route("/wix", post(fake_wix))
        .route("/fluentbooking", post(fake_fluentbooking))
        .route("/guesty", post(fake_guesty))
        .route("/bookings", get(fake_lookup))
        .with_state(SharedFakes::default());
    let client = client_builder().no_proxy().timeout(Duration::from_secs(10)).build()?;
    let service = Service { client: client.clone(), providers: serve(fakes).await? };
    let url = serve(Router::new().route("/", post(book)).with_state(service)).await?;

    let guest = "guest@example.com";
    let wishes = [
        ("a slot that is taken", "wix", "09:00", guest, None, "taken", "09:00 was taken, booked 10:00"),
        ("an expired coupon", "guesty", "10:00", guest, Some("SUMMER"), "coupon", "booked without it"),
        ("too many calls", "fluentbooking", "10:00", guest, None, "busy", "waited 1s"),
        ("a wrong field", "fluentbooking", "10:00", "nobody", None, "field", r#""fields":["email"]"#),
        (
            "an answer lost after the booking",
            "wix",
            "11:00",
            guest,
            None,
            "lost-after",
            "the booking was there",
        ),
        (
            "an answer lost before the booking",
            "wix",
            "11:00",
            guest,
            None,
            "lost-before",
            "nothing was booked",
        ),
        ("an answer lost, then our own slot", "wix", "11:00", guest, None, "lost-late", r#""slot":"11:00""#),
    ];
    for (what, provider, slot, email, coupon, reference, expected) in wishes {
        let wish = Wish {
            provider: provider.to_owned(),
            slot: slot.to_owned(),
            email: email.to_owned(),
            coupon: coupon.map(str::to_owned),
            reference: reference.to_owned(),
        };
        let answer = client.post(&url).json(&wish).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        println!("{what} ({provider}): {status}\n  {text}");
        assert!(text.contains(expected), "expected {expected}");
    }
    Ok(())
}

#[test]
fn does_what_it_says() -> Result<(), Box<dyn Error>> {
    main()
}
