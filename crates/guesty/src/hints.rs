//! Codes and messages that hint at what went wrong without being codes of Guesty's own: names of HTTP statuses, and
//! what Guesty's services say when they could not reach each other.

use booking_errors_core::Kind;

/// The codes that are names of HTTP statuses (OpenAPI descriptions). Those that clients handle as codes have rows of
/// their own in [`Code`](crate::Code), too.
const STATUS_NAMES: &[(&str, u16)] = &[
    ("BAD_REQUEST", 400),
    ("UNAUTHORIZED", 401),
    ("PAYMENT_REQUIRED", 402),
    ("FORBIDDEN", 403),
    ("NOT_FOUND", 404),
    ("METHOD_NOT_ALLOWED", 405),
    ("CONFLICT", 409),
    ("GONE", 410),
    ("UNPROCESSABLE_ENTITY", 422),
    ("TOO_MANY_REQUESTS", 429),
    ("INTERNAL_SERVER_ERROR", 500),
    ("NOT_IMPLEMENTED", 501),
    ("BAD_GATEWAY", 502),
    ("SERVICE_UNAVAILABLE", 503),
    ("GATEWAY_TIMEOUT", 504),
];

/// The codes of Node.js for a connection that failed.
const LOST_CONNECTIONS: &[&str] = &["ETIMEDOUT", "ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "EPIPE"];

/// The parts, in this order and in any case, of messages about a service that did not answer.
const LOST_MESSAGES: &[&[&str]] = &[
    &["request failed with status code 5"],
    &["endpoint request timed out"],
    &["socket hang up"],
    &["timeout of ", " exceeded"],
];

/// What the message says when an inquiry has become a reservation.
const FULFILLED: &str = "Inquiry is already fulfilled by a reservation";
/// What to do about it.
pub(crate) const LOOK_FOR_RESERVATION: &str =
    "Look for the reservation before you send anything else: it may come from your own earlier call.";

/// Returns the kind that a code stands for, if it is the name of a status or of a failed connection.
pub(crate) fn kind_of_code(code: &str) -> Option<Kind> {
    let status = STATUS_NAMES.iter().find_map(|(name, status)| (*name == code).then_some(*status));
    let lost = is_lost_connection(code).then_some(Kind::Unavailable);
    lost.or(status.map(Kind::from_status))
}

/// Returns whether a code says that a connection failed.
pub(crate) fn is_lost_connection(code: &str) -> bool {
    LOST_CONNECTIONS.contains(&code)
}

/// Returns whether a message says that a service did not answer.
pub(crate) fn is_lost(message: &str) -> bool {
    LOST_MESSAGES.iter().any(|parts| {
        let mut rest = Some(message.as_bytes());
        parts.iter().all(|part| {
            rest = rest.and_then(|rest| after(rest, part.as_bytes()));
            rest.is_some()
        })
    })
}

/// Returns what follows a part of a text, in any case.
fn after<'a>(text: &'a [u8], part: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(part.len()).position(|found| found.eq_ignore_ascii_case(part))?;
    text.get(at + part.len()..)
}

/// Returns whether a message says that the inquiry has become a reservation.
pub(crate) fn is_fulfilled(message: &str) -> bool {
    message.trim() == FULFILLED
}
