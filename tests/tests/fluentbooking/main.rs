//! FluentBooking: everything about its answers.

mod body;
mod bulk;
mod codes;
mod evidence;
mod fields;
mod late;
mod messages;
mod successes;
