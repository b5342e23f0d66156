//! The messages that the spec recognises.

use booking_errors::Kind;

/// One text for each that is recognised.
pub const EXAMPLES: [&str; 5] = [
    "Inquiry is already fulfilled by a reservation",
    "Request failed with status code 503",
    "Endpoint request timed out",
    "socket hang up",
    "timeout of 3000ms exceeded",
];

/// The kind that the message or an item's message gives.
pub fn recognize(message: Option<&str>, items: &[String]) -> Option<Kind> {
    let message = message.unwrap_or_default();
    if is_fault(message) || items.iter().any(|item| is_fault(item)) {
        return Some(Kind::Unavailable);
    }
    (message.trim() == "Inquiry is already fulfilled by a reservation").then_some(Kind::Conflict)
}

/// "`Request failed with status code 5..`, `Endpoint request timed out`, `socket hang up`, `timeout of ..
/// exceeded` (anywhere in the message or an item's message, in any case)"
fn is_fault(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let after = |words: &str| text.split(words).skip(1).map(str::to_owned).collect::<Vec<_>>();
    text.contains("endpoint request timed out")
        || text.contains("socket hang up")
        || text.contains("request failed with status code 5") // whatever follows
        || after("timeout of ").iter().any(|rest| rest.contains(" exceeded"))
}
