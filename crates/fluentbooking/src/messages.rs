use booking_errors_core::Kind;

/// The exact texts of booking errors that the plugin sends without a code.
pub(crate) const MESSAGES: &[(&str, Kind)] = &[
    (
        "This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.",
        Kind::SlotUnavailable,
    ),
    ("Sorry, the host is not accepting any new bookings at the moment.", Kind::Disabled),
    ("The provided slug is not available. Please choose a different one", Kind::Conflict),
    ("The user already have a calendar. Please delete it first to create a new one", Kind::Conflict),
    ("Calendar Event not found", Kind::NotFound),
    ("Pro plugin is required for this event.", Kind::Disabled),
    ("This feature is only available in FluentBooking Pro", Kind::Disabled),
];

/// Returns the kind of a message, if it is one of these.
pub(crate) fn kind_of(message: &str) -> Option<Kind> {
    MESSAGES.iter().find_map(|(text, kind)| (*text == message).then_some(*kind))
}
