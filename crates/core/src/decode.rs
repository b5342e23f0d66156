//! The parts that providers share to read responses, for provider authors.
//!
//! A provider's `body.rs` says how to [read](document::Root) the root of its JSON, and makes a [`Draft`] of what it
//! found. [`Draft::into_envelope`] adds what is the same for every provider, and [`Failure`] holds it all in the size
//! of a pointer.
//!
//! ```toml
//! [dependencies]
//! booking-errors = "0.1"
//! ```
//!
//! ```
//! use booking_errors::decode::Draft;
//! use booking_errors::decode::document::{Document, Root};
//! use booking_errors::decode::json::{Arena, Value};
//! use booking_errors::{CodeInfo, Kind, RawResponse, Retry};
//!
//! static TAKEN: CodeInfo =
//!     CodeInfo::new("room-taken", Kind::SlotUnavailable, "The room is taken.", "Offer another room.");
//!
//! /// `{"reason": "room-taken"}`
//! #[derive(Default)]
//! struct Body<'a> {
//!     reason: Option<&'a str>,
//! }
//!
//! impl<'a> Root<'a> for Body<'a> {
//!     fn read(&mut self, root: Value<'_, 'a>) {
//!         root.members(|name, value| match name {
//!             "reason" => value.text_into(&mut self.reason),
//!             _ => {}
//!         });
//!     }
//! }
//!
//! let response = RawResponse::new(409, br#"{"reason":"room-taken"}"#).header("x-request-id", "17");
//! let arena = Arena::default();
//! let document = Document::<Body>::read(response.body(), &arena);
//! let reason = document.root.reason;
//! let known = (reason == Some(TAKEN.code)).then_some(&TAKEN);
//! let envelope = Draft::of_code(reason, known).read_from(&document).into_envelope("acme", &response);
//! assert_eq!((envelope.kind, envelope.retry()), (Kind::SlotUnavailable, Retry::Never));
//! assert_eq!(envelope.request_id.as_deref(), Some("17"));
//! ```

mod bulk;
mod challenge;
pub mod document;
mod draft;
mod evidence;
mod failure;
mod form;
mod issues;
pub mod json;
pub mod oauth;
mod remedy;
mod sections;

pub use self::bulk::{Bulk, Place};
pub use self::draft::Draft;
pub use self::evidence::{Evidence, Ground};
pub use self::failure::{Failure, Read, ReadDraft};
pub use self::issues::{Issues, Spelling};
pub(crate) use self::remedy::{DOUBT, after_nothing};
pub use self::sections::Sections;
pub use crate::response::is_success;

/// Returns the first value that is there, so that precedence reads as a list from first to last.
///
/// ```
/// assert_eq!(booking_errors::decode::first([None, Some("message"), Some("description")]), Some("message"));
/// ```
#[inline]
pub fn first<T: Copy, const LENGTH: usize>(candidates: [Option<T>; LENGTH]) -> Option<T> {
    candidates.iter().copied().flatten().next()
}
