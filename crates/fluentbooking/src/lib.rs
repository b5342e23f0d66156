//! Typed errors for sites that run [FluentBooking](https://fluentbooking.com), a booking plugin of WordPress.
//!
//! ```
//! use booking_errors_core::{FromResponse, Kind, ProviderError, RawResponse};
//! use booking_errors_fluentbooking::Error;
//!
//! let body = br#"{"message":"Please fill up the required data",
//!     "errors":{"email":{"required":"Please enter attendee's email address"}}}"#;
//! let error = Error::from_response(&RawResponse::new(422, body));
//!
//! assert_eq!(error.kind(), Kind::InvalidRequest);
//! assert_eq!(error.issues()[0].field.as_deref(), Some("email"));
//! assert_eq!(error.issues()[0].code.as_deref(), Some("required"));
//! ```
//!
//! # What FluentBooking sends
//!
//! The [documentation][page] has one envelope, `{"code", "message", "data": {"status", "errors"}}`, which WordPress
//! sends too. The running plugin sends several more: maps of fields and rules without a code or a message, `errors`
//! maps in many nestings, `success: false` from admin-ajax and `error: true` with the status 200, lists of messages,
//! and HTML pages. Its own booking errors have no code: the kind comes from their English text, and on a site in
//! another language from the status.
//!
//! With 2xx, [`check`](booking_errors_core::FromResponse::check) finds `success: false`, `error: true`, a code with a
//! message and `data`, a failed response inside (`?_envelope`), and failed calls of a batch.
//!
//! A response is recognized as FluentBooking's by the `responses` of `batch/v1`, by `data.status` next to a code or a
//! message, by `data.wpfluent`, by `success: false` with `data`, or by maps of validation rules.
//!
//! # Statuses
//!
//! | status | when the plugin sends it | kind without a code |
//! | --- | --- | --- |
//! | 200 | the call worked, or there is an error inside the body (see above) | unknown |
//! | 201 | something was created; do not rely on it, because the plugin sends 200 as well | unknown |
//! | 400 | the plugin cannot read the body, or something is missing that it does not check field by field | invalid_request |
//! | 401 | no credentials, or wrong ones | unauthenticated |
//! | 403 | the user may not use this route | permission_denied |
//! | 404 | no such calendar, event or booking, or not for this user | not_found |
//! | 409 | a slug or another unique name is taken | conflict |
//! | 422 | fields failed validation, or the plugin refused the booking | invalid_request |
//! | 429 | too many booking attempts or calls | rate_limited |
//! | 500 | PHP failed; the site's error log says why | provider_fault |
//!
//! [page]: https://developers.fluentbooking.com/rest-api/error-handling
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod code;
mod data;
mod error;
mod fields;
mod inner;
mod list;
mod messages;
mod samples;

pub use crate::code::Code;
pub use crate::error::{Error, PROVIDER};
