//! Typed errors for the [Wix Bookings V2 API](https://dev.wix.com/api/rest/wix-bookings/bookings-v2/create-booking).
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["wix"] }
//! ```
//!
//! ```
//! use booking_errors::{FromResponse, ProviderError, RawResponse, Retry};
//! use booking_errors::wix::{Code, Error};
//!
//! let body = br#"{"message":"Not enough available spots for session 3f25.",
//!     "details":{"applicationError":{"code":"SESSION_CAPACITY_EXCEEDED"}}}"#;
//! let response = RawResponse::new(428, body).header("x-wix-request-id", "1755591144.07");
//! let error = Error::from_response(&response);
//!
//! assert_eq!(error.known_code(), Some(Code::SessionCapacityExceeded));
//! assert_eq!(error.session_id(), Some("3f25"));
//! assert_eq!(error.retry(), Retry::Never);
//! ```
//!
//! # What Wix sends
//!
//! Errors are `{"message", "details"}`, where `details` holds an `applicationError` with a code, a `validationError`
//! with field violations, or a `systemError`. Any member may be missing, null or of another type. If Wix refuses the
//! credentials, it often says nothing at all: `{"message":"","details":{}}` with 401, 403 or 500. The status 428 means
//! that a precondition failed, and the code says which. One code may come with several statuses. The request id is in
//! the header `x-wix-request-id`.
//!
//! # Errors in 2xx responses
//!
//! [`check`](booking_errors_core::FromResponse::check) finds an `applicationError` with a code or a description, field
//! violations, a `systemError`, and failed items of bulk methods, which answer 200 even if every item failed. A 200 with
//! a booking whose status is `DECLINED` is a clean success, because a read shows such a booking too: look at the status
//! of the bookings that you make.
//!
//! # What an error shows about the booking
//!
//! A known code that rejects the call shows that nothing was booked, and so does a 4xx other than a timeout (408, 444,
//! 460 and 499). A code that says that Wix failed, such as [`Code::FailedResolvingSession`], shows nothing, whatever its
//! status; nor does any code beside a `booking` with an id. With [`Code::SomeBookingsUpdatesFailed`], and with a bulk
//! answer in which an item succeeded, part of the call went through.
//!
//! # Which responses are recognized
//!
//! A response is recognized as Wix's by that header, by an object `applicationError`, `validationError` or
//! `systemError` in `details`, or by bulk results.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod bulk;
mod code;
mod error;
mod samples;
mod violation;

pub use crate::code::Code;
pub use crate::error::{Error, PROVIDER};
pub use crate::violation::{RuleType, Violation};
