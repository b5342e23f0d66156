//! What shows that a booking was stored.

use booking_errors_core::decode::json::{Reader, Value};

/// `{"id", "hash"}`, or an error in its place.
#[derive(Default)]
pub(crate) struct Booking<'a> {
    /// Whether it has an id or a hash.
    pub(crate) is_made: bool,
    /// Itself, if it is an error.
    pub(crate) error: Option<Reader<'a>>,
}

impl<'a> Booking<'a> {
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let (mut is_made, mut has_error_data) = (false, false);
        let again = value.fork();
        value.members(|name, value| match name {
            "id" | "hash" => is_made |= value.shows_text(),
            _ => has_error_data |= name == "error_data",
        });
        Self { is_made, error: has_error_data.then_some(again) }
    }
}
