//! Typed errors for the [Guesty Booking Engine API](https://booking-api-docs.guesty.com).
//!
//! ```
//! use booking_errors_core::{FromResponse, Kind, ProviderError, RawResponse};
//! use booking_errors_guesty::{Code, Error};
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
//!   discount, unless its `status` is `declined`;
//! - a search with `results` of which some cannot be reserved;
//! - a price with `error.errors`: it was calculated, without the discount;
//! - an `error_code`, which is an error whatever the status.
//!
//! A reservation that is `declined` without `errors` counts as a clean success: the call itself worked. Check the
//! `status` of the reservations that you make.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod code;
mod error;
mod items;
mod restriction;
mod results;
mod samples;

pub use crate::code::Code;
pub use crate::error::{Error, PROVIDER};
pub use crate::restriction::Restriction;
