//! The shapes in which each provider answers a call that worked, or one that the sandbox cannot carry out.

use booking_errors::{Provider, RawResponse};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::ledger::Booking;

/// Returns the answer to a call that made or changed a booking, or asked for one.
pub(crate) fn one(provider: &Provider, status: StatusCode, booking: &Booking) -> Response<Bytes> {
    checked(provider, status, |with_body| of_one(provider, show(provider, booking, with_body)))
}

/// Returns the JSON with which a provider answers a call that booked, for fakes other than the sandbox.
///
/// ```
/// let guesty = booking_errors_sandbox::booked(&booking_errors::guesty::PROVIDER, "17");
/// assert_eq!(guesty, serde_json::json!({"_id": "17", "status": "confirmed"}));
/// ```
pub fn booked(provider: &Provider, id: &str) -> Value {
    let (id_name, confirmed, _) = words(provider);
    of_one(provider, json!({id_name: id, "status": confirmed}))
}

fn of_one(provider: &Provider, booking: Value) -> Value {
    match provider.name() {
        "guesty" => booking,
        "fluentbooking" => json!({"message": "Booking confirmed", "booking": booking}),
        _ => json!({"booking": booking}),
    }
}

/// Returns the answer to a call that asked for all bookings, or some.
pub(crate) fn list<'a>(
    provider: &Provider,
    bookings: impl Iterator<Item = &'a Booking> + Clone,
) -> Response<Bytes> {
    checked(provider, StatusCode::OK, |with_body| {
        let bookings: Vec<_> = bookings.clone().map(|booking| show(provider, booking, with_body)).collect();
        let count = bookings.len();
        match provider.name() {
            "guesty" => json!({"results": bookings, "count": count}),
            _ => json!({"bookings": bookings, "total": count}),
        }
    })
}

/// Returns the answer to a call that was refused.
pub(crate) fn refusal(provider: &Provider, status: StatusCode, message: &str) -> Response<Bytes> {
    let number = status.as_u16();
    let body = match provider.name() {
        "guesty" => json!({"statusCode": number, "message": [message], "error": status.canonical_reason()}),
        "fluentbooking" => json!({"message": message, "data": {"status": number}}),
        _ => json!({"message": message, "details": {}}),
    };
    answer(status, &body)
}

/// Returns the status of a creation.
pub(crate) fn created(provider: &Provider) -> StatusCode {
    if provider.name() == "guesty" { StatusCode::CREATED } else { StatusCode::OK }
}

/// Returns an answer that repeats what was booked, unless that would make it look like an error: a guest's request may hold any
/// members.
fn checked(provider: &Provider, status: StatusCode, body: impl Fn(bool) -> Value) -> Response<Bytes> {
    let response = answer(status, &body(true));
    match provider.check(&RawResponse::from(&response)) {
        Ok(()) => response,
        Err(_) => answer(status, &body(false)),
    }
}

fn show(provider: &Provider, booking: &Booking, with_body: bool) -> Value {
    let (id, confirmed, cancelled) = words(provider);
    let body = booking.body();
    let body = body.get("booking").filter(|inner| inner.is_object()).unwrap_or(body);
    let mut shown = match body {
        Value::Object(members) if with_body => members.clone(),
        _ => Map::new(),
    };
    let status = if booking.is_cancelled() { cancelled } else { confirmed };
    shown.insert(id.to_owned(), booking.id().into());
    shown.insert("status".to_owned(), status.into());
    shown.into()
}

/// Returns the name of the id, and the statuses of a booking that stands and of one that is cancelled.
fn words(provider: &Provider) -> (&'static str, &'static str, &'static str) {
    match provider.name() {
        "guesty" => ("_id", "confirmed", "canceled"),
        "fluentbooking" => ("id", "scheduled", "cancelled"),
        _ => ("id", "CONFIRMED", "CANCELED"),
    }
}

fn answer(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(body.to_string().into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response
}
