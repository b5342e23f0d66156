//! What providers share when they read responses, for those who add one.
//!
//! A provider's `body.rs` finds the shapes with [`Document`](document::Document) and [`json`], and gives its [`Findings`];
//! [`Findings::into_envelope`] adds what is the same for every provider, and [`Failure`] holds it all in the size of a
//! pointer.
//!
//! ```
//! use booking_errors_core::decode::Findings;
//! use booking_errors_core::decode::document::Document;
//! use booking_errors_core::{Kind, RawResponse, Retry};
//!
//! let response = RawResponse::new(409, br#"{"reason":"room-taken"}"#).header("x-request-id", "17");
//! let document = Document::read(response.body(), |reason, root| {
//!     root.members(|name, value| match &*name {
//!         "reason" => value.text_into(reason),
//!         _ => {}
//!     });
//! });
//! let reason = document.root;
//! let is_taken = reason.as_deref() == Some("room-taken");
//! let findings = Findings {
//!     kind: is_taken.then_some(Kind::SlotUnavailable),
//!     is_rejected: is_taken,
//!     code: reason.map(Into::into),
//!     ..Findings::default()
//! };
//! let envelope = findings.into_envelope("acme", &response);
//! assert_eq!((envelope.kind, envelope.retry()), (Kind::SlotUnavailable, Retry::Never));
//! assert_eq!(envelope.request_id.as_deref(), Some("17"));
//! ```

mod bulk;
pub mod document;
mod failure;
mod findings;
pub mod json;
pub mod oauth;

pub use self::bulk::Bulk;
pub use self::failure::Failure;
pub use self::findings::{Findings, Issues, Sections};
pub use crate::provider::KnownCode;
pub use crate::response::is_success;
