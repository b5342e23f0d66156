//! "Recognised messages": the table, and how a text is told by it.

use booking_errors::Kind;

/// A row: the texts, where `..` "stands for any text", the kind, and whether the text "rejects".
type Row = (&'static [&'static str], Kind, bool);

const ROWS: [Row; 15] = [
    (
        &["This selected time slot is not available. Maybe someone booked the spot just a few seconds ago."],
        Kind::SlotUnavailable,
        true,
    ),
    (
        &[
            "Sorry, the host is not accepting any new bookings at the moment.",
            "Pro plugin is required for this event.",
            "This feature is only available in FluentBooking Pro",
        ],
        Kind::Disabled,
        true,
    ),
    (
        &[
            "The provided slug is not available. Please choose a different one",
            "The user already have a calendar. Please delete it first to create a new one",
            "The user already has a calendar. Please delete it first to create a new one",
            "Can't delete: .. events depend on this schedule",
            "Zoom credentials already exist for this user",
            "This event has already been booked. You can not change the availability now",
        ],
        Kind::Conflict,
        true,
    ),
    // "the exact ending; gives the kind, never evidence"
    (&[".. already exists"], Kind::Conflict, false),
    (
        &[
            "Calendar Event not found",
            "Calendar not found",
            "Calendar could not be found. Please try again",
            "Sorry! meeting could not be found",
            "Invalid rescheduling request",
            "Integration not found for this event.",
            "No query results for model [..",
        ],
        Kind::NotFound,
        true,
    ),
    // "gives the kind, never evidence: Zoom says so too"
    (&["User not found"], Kind::NotFound, false),
    (&["Sorry! you can not cancel this", "Sorry! you can not reschedule this"], Kind::PolicyViolation, true),
    (&["This booking is not cancellable.", "Default Schedule cannot be deleted"], Kind::InvalidState, true),
    (
        &["Please login to view your bookings", "Security check failed. Please refresh and try again."],
        Kind::Unauthenticated,
        true,
    ),
    (
        &[
            "You do not have permission to export data",
            "You do not have permission to write to the destination calendar.",
            "You do not have permission to clone from the selected event.",
            "You do not have permission to install plugins",
            "You do not have permission to create products",
            "You do not have permission to access this user's Zoom credentials",
            "Sorry, you are not allowed to ..",
            "This is an admin user. You can not change permissions",
        ],
        Kind::PermissionDenied,
        true,
    ),
    (
        &[
            "Invalid coupon code",
            "Sorry, the provided coupon is expired",
            "Sorry, the coupon has reached the limit",
        ],
        Kind::CouponRejected,
        true,
    ),
    (
        &[
            "Invalid date range",
            "Booking start and end times are invalid.",
            "Guest names and emails are invalid.",
            "Email, Start Time and timezone are required to create a booking",
            "Sorry! you can not reschedule to the same time.",
        ],
        Kind::InvalidRequest,
        true,
    ),
    (&[IN_A_MINUTE], Kind::RateLimited, true),
    // "429 with both `Retry-After` and `X-RateLimit-Limit`: the plugin's limiter"
    (&["Too many requests."], Kind::RateLimited, true),
    // "each but [..] the last, rejects"
    (&["Briefly unavailable for scheduled maintenance. Check back in a minute."], Kind::Unavailable, false),
];

const IN_A_MINUTE: &str = "Too many requests. Please try again in a minute.";

/// Every text of the table, with some text for "any".
pub fn all() -> Vec<String> {
    ROWS.iter().flat_map(|(texts, ..)| texts.iter().map(|text| text.replace("..", "some"))).collect()
}

/// The kind of a recognised text, and whether it rejects. `is_limiter` says whether the answer has what the
/// plugin's limiter sends.
pub fn recognize(text: &str, is_limiter: bool) -> Option<(Kind, bool)> {
    let rows = ROWS.iter().filter(|(texts, ..)| is_limiter || texts[0] != "Too many requests.");
    for (texts, kind, is_rejection) in rows {
        if texts.iter().any(|row| fits(row, text)) {
            return Some((*kind, *is_rejection));
        }
    }
    None
}

/// "A fixed window: `retry_after` 60 where no header says more."
pub fn is_in_a_minute(text: &str) -> bool {
    fits(IN_A_MINUTE, text)
}

/// "`{"message"}` with `(SQL:` or `SQLSTATE[` is provider_fault, whatever the status, effect `unknown`."
pub fn is_of_the_database(text: &str) -> bool {
    text.contains("(SQL:") || text.contains("SQLSTATE[")
}

/// WordPress's own maintenance text.
pub fn is_maintenance(text: &str) -> bool {
    text.contains("Briefly unavailable for scheduled maintenance.")
}

fn fits(row: &str, text: &str) -> bool {
    let (row, text) = (without_its_end(row, row.ends_with("..")), without_its_end(text, false));
    let Some((before, after)) = row.split_once("..") else { return row == text };
    let middle = text.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    middle.is_some_and(|middle| !middle.trim().is_empty())
}

/// "Trailing white space and a final full stop or exclamation mark do not matter."
fn without_its_end(text: &str, is_open: bool) -> String {
    let text = text.trim_end();
    if is_open { text.to_owned() } else { text.strip_suffix(['.', '!']).unwrap_or(text).to_owned() }
}
