//! The texts by which the plugin reports nearly all of its booking errors, since it sends them without a code.

use std::time::Duration;

use booking_errors_core::Kind;
use booking_errors_core::Kind::*;

/// A text that the plugin is known to send.
pub(crate) struct Message {
    /// The text as it is sent; `..` stands for any text.
    pub(crate) text: &'static str,
    /// The text up to `..`, or without what does not matter at its end.
    start: &'static str,
    /// The text after `..`.
    end: Option<&'static str>,
    pub(crate) kind: Kind,
    /// Whether the text rejects the call. One that others send too, after the booking was stored, shows only the kind.
    pub(crate) is_evidence: bool,
}

/// Makes a row. Where a text was seen is for people who compare the table with a version of the plugin.
const fn row(text: &'static str, kind: Kind, _seen_in: &str) -> Message {
    let (start, end) = split(text);
    Message { text, start, end, kind, is_evidence: true }
}

const fn kind_only(text: &'static str, kind: Kind, seen_in: &str) -> Message {
    Message { is_evidence: false, ..row(text, kind, seen_in) }
}

/// The plugin's limiter says this with `Retry-After` and `X-RateLimit-Limit`; without both, anybody may.
const LIMITER: &str = "Too many requests.";
/// The plugin's limiter for its front end counts in windows of a minute.
const LIMITER_BY_MINUTE: &str = "Too many requests. Please try again in a minute.";
/// WordPress's own text while it updates itself; nothing else runs then.
pub(crate) const MAINTENANCE: &str = "Briefly unavailable for scheduled maintenance.";

#[rustfmt::skip] // a row on a line
pub(crate) const MESSAGES: &[Message] = &[
    row("This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.", SlotUnavailable, "2.0, 2.1"),
    row("Sorry, the host is not accepting any new bookings at the moment.", Disabled, "2.0, 2.1"),
    row("Pro plugin is required for this event.", Disabled, "2.0, 2.1"),
    row("This feature is only available in FluentBooking Pro", Disabled, "2.0, 2.1"),
    row("The provided slug is not available. Please choose a different one", Conflict, "2.0, 2.1"),
    row("The user already have a calendar. Please delete it first to create a new one", Conflict, "2.0"),
    row("The user already has a calendar. Please delete it first to create a new one", Conflict, "2.1"),
    kind_only(".. already exists", Conflict, "2.1"),
    row("Can't delete: .. events depend on this schedule", Conflict, "2.1"),
    row("Zoom credentials already exist for this user", Conflict, "Pro"),
    row("This event has already been booked. You can not change the availability now", Conflict, "2.1"),
    row("Calendar Event not found", NotFound, "2.0, 2.1"),
    row("Calendar not found", NotFound, "2.0, 2.1"),
    row("Calendar could not be found. Please try again", NotFound, "2.0, 2.1"),
    kind_only("User not found", NotFound, "2.0, 2.1, Zoom"),
    row("Sorry! meeting could not be found", NotFound, "2.0, 2.1"),
    row("Invalid rescheduling request", NotFound, "2.0, 2.1"),
    row("Integration not found for this event.", NotFound, "2.0, 2.1"),
    row("No query results for model [..", NotFound, "2.0, 2.1"),
    row("Sorry! you can not cancel this", PolicyViolation, "2.1"),
    row("Sorry! you can not reschedule this", PolicyViolation, "2.1"),
    row("This booking is not cancellable.", InvalidState, "2.1"),
    row("Default Schedule cannot be deleted", InvalidState, "2.1"),
    row("Please login to view your bookings", Unauthenticated, "2.1"),
    row("Security check failed. Please refresh and try again.", Unauthenticated, "2.1"),
    row("You do not have permission to export data", PermissionDenied, "2.1"),
    row("You do not have permission to write to the destination calendar.", PermissionDenied, "2.1"),
    row("You do not have permission to clone from the selected event.", PermissionDenied, "2.1"),
    row("You do not have permission to install plugins", PermissionDenied, "2.1"),
    row("You do not have permission to create products", PermissionDenied, "Pro"),
    row("You do not have permission to access this user's Zoom credentials", PermissionDenied, "Pro"),
    row("Sorry, you are not allowed to ..", PermissionDenied, "WordPress"),
    row("This is an admin user. You can not change permissions", PermissionDenied, "2.1"),
    row("Invalid coupon code", CouponRejected, "Pro"),
    row("Sorry, the provided coupon is expired", CouponRejected, "Pro"),
    row("Sorry, the coupon has reached the limit", CouponRejected, "Pro"),
    row("Invalid date range", InvalidRequest, "2.1"),
    row("Booking start and end times are invalid.", InvalidRequest, "2.1"),
    row("Guest names and emails are invalid.", InvalidRequest, "2.1"),
    row("Email, Start Time and timezone are required to create a booking", InvalidRequest, "2.1"),
    row("Sorry! you can not reschedule to the same time.", InvalidRequest, "2.1"),
    row(LIMITER_BY_MINUTE, RateLimited, "2.1"),
    row(LIMITER, RateLimited, "2.1"),
    row("Briefly unavailable for scheduled maintenance. Check back in a minute.", Unavailable, "WordPress"),
];

impl Message {
    /// Returns the row of a text. `is_limiter` is whether the answer has the status and the headers of the plugin's
    /// limiter.
    pub(crate) fn of(text: &str, is_limiter: bool) -> Option<&'static Self> {
        let text = without_end(text);
        MESSAGES.iter().find(|row| row.is(text) && (row.text != LIMITER || is_limiter))
    }

    /// Returns how long to wait if no header says so.
    pub(crate) fn usual_wait(&self) -> Option<Duration> {
        (self.text == LIMITER_BY_MINUTE).then_some(Duration::from_secs(60))
    }

    /// Returns whether a text, without what does not matter at its end, is this one.
    fn is(&self, text: &str) -> bool {
        match self.end {
            None => text == self.start,
            Some(end) => {
                let any = text.strip_prefix(self.start).and_then(|rest| rest.strip_suffix(end));
                any.is_some_and(|any| !any.is_empty())
            }
        }
    }
}

/// Returns a text without what does not matter at its end: white space, then a full stop or an exclamation mark.
fn without_end(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix(['.', '!']).unwrap_or(text)
}

/// Splits the text of a row at `..`, if it has that.
const fn split(text: &'static str) -> (&'static str, Option<&'static str>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if let (_, [b'.', b'.', ..]) = bytes.split_at(at) {
            let (start, end) = text.split_at(at);
            return (start, Some(end.split_at(2).1));
        }
        at += 1;
    }
    match bytes {
        [.., b'.' | b'!'] => (text.split_at(bytes.len() - 1).0, None),
        _ => (text, None),
    }
}

/// Returns whether a message quotes a failed database query.
pub(crate) fn is_of_database(message: &str) -> bool {
    let might_be = message.bytes().any(|byte| matches!(byte, b'(' | b'['));
    might_be && (message.contains("(SQL:") || message.contains("SQLSTATE["))
}
