//! Typed errors for sites that run [FluentBooking](https://fluentbooking.com), a booking plugin of WordPress.
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["fluentbooking"] }
//! ```
//!
//! ```
//! use booking_errors::{FromResponse, Kind, ProviderError, RawResponse};
//! use booking_errors::fluentbooking::Error;
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
//! # Errors in 2xx responses
//!
//! [`check`](booking_errors_core::FromResponse::check) finds `success: false`, `error: true`, `status: "failed"`, a
//! known code, any code with a message and `data`, one of the plugin's texts or of the database's as the message,
//! filled `errors`, a serialised `WP_Error`, a failed response inside (`?_envelope`), failed calls of a batch, a body
//! that is `0` or `-1`, and an empty body with 200 or 201.
//!
//! A message alone is a clean success: the plugin confirms with it, in the site's language. So a creation is confirmed
//! by a `booking` or a `booking_hash` in the answer, not by a message.
//!
//! # What an error shows about the booking
//!
//! The plugin stores a booking first. Payments and integrations run after that, and what they throw comes with 4xx,
//! too. So even a 4xx shows that nothing was booked only if the answer has one of these, and no booking:
//!
//! - a `code` at the root that WordPress or the plugin returns before anything is done, known or not;
//! - one of the plugin's own texts, or errors of fields;
//! - a body that is no JSON object, with 401, 404, 405, 413, 414, 415, 429 or 431, or a block page.
//!
//! With 503 only WordPress's own maintenance text and block pages show it. All else is
//! [unknown](booking_errors_core::Effect::Unknown): look for the booking. A declined card is no reason to think that
//! nothing was stored, because the pending booking holds the slot.
//!
//! One risk is left: a host that replaces the body of a 404 or 429 with a page of its own, so that the exception of a
//! calendar or payment service looks like a missing route. Configure such a host to leave the API's answers alone.
//!
//! # Which responses are recognized
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
//! | 422 | fields failed validation, the plugin refused the booking, or something failed after it was stored | invalid_request |
//! | 429 | too many booking attempts or calls | rate_limited |
//! | 500 | PHP failed; the site's error log says why | provider_fault |
//!
//! [page]: https://developers.fluentbooking.com/rest-api/error-handling
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod body;
mod code;
mod data;
mod error;
mod evidence;
mod fields;
mod inner;
mod list;
mod made;
mod messages;
mod problem_details;
mod samples;
mod serialized;

pub use crate::code::Code;
pub use crate::error::{Error, PROVIDER};
