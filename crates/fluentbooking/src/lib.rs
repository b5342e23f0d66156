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
//! The [documentation][page] has one envelope, `{"code", "message", "data": {"status", "errors"}}`, which WordPress sends
//! too. The running plugin sends several more: maps of fields and rules without a code or a message, `errors` maps in
//! many nestings, `success: false` of admin-ajax and `error: true` with the status 200, lists of messages, and pages of
//! HTML. Its own booking errors carry no code: their English text tells the kind, and on a site in another language
//! only the status does.
//!
//! With 2xx, [`check`](booking_errors_core::FromResponse::check) finds `success: false`, `error: true`, a code with a
//! message and `data`, and a failed response inside (`?_envelope`).
//!
//! Responses are told to be FluentBooking's by the `responses` of `batch/v1`, by `data.status` beside a code or a message,
//! by `data.wpfluent`, by `success: false` with `data`, or by maps of validation rules.
//!
//! # Statuses
//!
//! | status | when the plugin sends it | kind without a code |
//! | --- | --- | --- |
//! | 200 | the call worked; or an error inside the body, see above | unknown |
//! | 201 | something was created; do not rely on it, 200 is sent as well | unknown |
//! | 400 | the body cannot be read, or lacks something that is not checked field by field | invalid_request |
//! | 401 | no credentials, or wrong ones | unauthenticated |
//! | 403 | the user may not use this route | permission_denied |
//! | 404 | no such calendar, event or booking, or not for this user | not_found |
//! | 409 | a slug or another unique name is taken | conflict |
//! | 422 | fields did not pass the validation, or the booking was refused | invalid_request |
//! | 429 | too many booking attempts or calls | rate_limited |
//! | 500 | PHP failed; the site's error log tells why | provider_fault |
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
