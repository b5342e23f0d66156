//! Typed errors for the [Guesty Booking Engine API](https://booking-api-docs.guesty.com).
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["guesty"] }
//! ```
//!
//! ```
//! use booking_errors::{FromResponse, Kind, ProviderError, RawResponse};
//! use booking_errors::guesty::{Code, Error};
//!
//! let body = br#"{"error_code":"CREATE_RESERVATION_ERROR","message":"Failed to create reservation",
//!     "data":{"errors":["LISTING_CALENDAR_BLOCKED"],"requestId":"7a63a0ef7470520b"}}"#;
//! let error = Error::from_response(&RawResponse::new(400, body));
//!
//! assert_eq!(error.known_code(), Some(Code::CreateReservationError));
//! assert_eq!(error.kind(), Kind::SlotUnavailable); // that of its item
//! assert_eq!(error.request_id(), Some("7a63a0ef7470520b"));
//! ```
//!
//! # What Guesty sends
//!
//! The documented envelope is `{"error_code", "message", "data": {"errors", "requestId"}}`. It also comes inside an
//! `error` member, or with `code` at the root. The items of `errors` are codes or texts. Codes are hard or
//! [soft](Code::is_soft): a soft one, such as an expired coupon, rejects nothing on its own.
//!
//! A response is recognized as Guesty's by `error_code`, by `data.requestId`, by an object `error` with a request id
//! or with a code that only Guesty has, or by `results[].reservation`.
//!
//! # Errors in 2xx responses
//!
//! [`check`](booking_errors_core::FromResponse::check) finds them:
//!
//! - a reservation with `errors`: it was [made](booking_errors_core::Effect::Applied), for example without the coupon's
//!   discount, if its `status` is `confirmed`, `reserved` or `inquiry` and no hard code is among them; it was not made
//!   if it is `declined`; else nobody knows;
//! - a payment that failed or waits for the guest, such as for a 3-D Secure challenge. Unless the reservation has ended,
//!   it may still stand. A read of an old payment that failed is an error, too;
//! - a search with `results` of which some cannot be reserved;
//! - a price with `error.errors`: it was calculated, without the discount;
//! - an `error_code`, an `error` with a text, a message or a code, or a status of 400 or more inside the body.
//!
//! A 201 with a `declined` reservation without `errors` is an error, because it answers a creation. A 200 is a clean
//! success, because a read shows such a reservation too: look at the `status` of the reservations that you make.
//!
//! # What an error shows about the reservation
//!
//! A hard code shows that nothing was reserved, and so does a 4xx other than a timeout (408, 444, 460 and 499). These
//! show nothing, with any status: `CREATE_RESERVATION_ERROR` without a hard item, soft codes alone, codes and texts
//! that say that Guesty or a connection failed, and any code beside a reservation that stands. A status of 5xx inside
//! the body counts for more than a 4xx around it.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod code;
mod envelope;
mod error;
mod hints;
mod items;
mod payment;
mod reasons;
mod restriction;
mod results;
mod samples;
mod success;

pub use crate::code::Code;
pub use crate::error::{Error, PROVIDER};
pub use crate::restriction::Restriction;
