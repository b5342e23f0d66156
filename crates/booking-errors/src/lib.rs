//! Typed errors for booking providers: one call turns a failed HTTP response into an error that says what went wrong,
//! whether the booking may have happened anyway, whether and when to send the call again, and what to do about it.
//!
//! | you hold | you call | what the answer allows |
//! | --- | --- | --- |
//! | a response of a provider you know at compile time | [`wix::Error::check(&response)`](FromResponse::check) | `Ok(())`, or a `wix::Error`: match its codes as an enum |
//! | a response of a provider you choose at run time | [`provider("wix")`](provider), then [`.check(&response)`](Provider::check) | `Ok(())`, or a `Box<dyn ProviderError>`: one code path for all |
#![cfg_attr(
    feature = "reqwest",
    doc = "| a `reqwest::Response` | [`response.json_or_error().await`](crate::reqwest::ResponseExt::json_or_error) | your value, or a [`CallError`](crate::reqwest::CallError), for a connection that failed too |"
)]
#![cfg_attr(
    not(feature = "reqwest"),
    doc = "| a `reqwest::Response` | `response.json_or_error().await`, with the feature `reqwest` | your value, or a `CallError`, for a connection that failed too |"
)]
//! | only an error | [`error.kind()`](ProviderError::kind) | decide what to tell the guest: another slot, a wrong field, ... |
//! | | [`error.effect()`](ProviderError::effect) | learn what the failed call did at the provider |
//! | | [`error.retry()`](ProviderError::retry) | decide whether to send the same call again |
//!
//! `response` is a [`RawResponse::new(status, &body).headers(&headers)`](RawResponse). What effect and retry mean:
//!
//! - [`Effect::NotApplied`]: the answer shows that the call changed nothing. `Applied`: it went through, despite the
//!   error. `Partial`: part of it did.
//! - [`Effect::Unknown`]: the answer does not show what happened, so it may have been booked. Look for the booking
//!   before you send the call again or book another slot, even if a later attempt fails with
//!   [`Kind::SlotUnavailable`]: the slot may be taken by you.
//! - [`Retry::Safe`]: send the same call again, after `error.retry_after()` if the provider names a time.
//! - [`Retry::CheckFirst`]: the effect is unknown, so look first. `Retry::Never`: sending the same call again does not
//!   help.
//!
//! # One provider
//!
//! Each provider's module has its codes as an enum and its error type:
//!
#![cfg_attr(feature = "wix", doc = "```")]
#![cfg_attr(not(feature = "wix"), doc = "```ignore")]
//! use booking_errors::wix::{Code, Error};
//! use booking_errors::{FromResponse, RawResponse};
//!
//! let body = br#"{"message":"The specified slot isn't available.",
//!     "details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
//! let response = RawResponse::new(428, body).header("x-wix-request-id", "1755591144.07");
//!
//! if let Err(error) = Error::check(&response) {
//!     match error.known_code() {
//!         Some(Code::SlotNotAvailable | Code::SlotHoldUnavailable) => println!("offer another slot"),
//!         Some(Code::ServicePolicyViolation) => println!("service {:?} does not allow it", error.service_id()),
//!         Some(code) => println!("{}", code.info().remedy),
//!         None => println!("{error}"),
//!     }
//! #   assert_eq!(error.known_code(), Some(Code::SlotNotAvailable));
//! }
//! ```
//!
//! # All providers
//!
//! What to do next depends far more on the kind, the effect and the retry than on the provider:
//!
//! ```
//! use booking_errors::{Envelope, Kind, ProviderError, Retry};
//!
//! fn next_step(error: &dyn ProviderError) -> &'static str {
//!     match (error.retry(), error.kind()) {
//!         (Retry::Safe, _) => "wait, then send the same call again",
//!         (Retry::CheckFirst, _) => "check whether the booking exists",
//!         (Retry::Never, Kind::SlotUnavailable) => "offer another slot",
//!         (Retry::Never, Kind::InvalidRequest) => "show the wrong fields",
//!         (Retry::Never, _) => "report it",
//!     }
//! }
//!
//! assert_eq!(next_step(&Envelope::new("wix", 504)), "check whether the booking exists");
//! assert_eq!(next_step(&Envelope::new("guesty", 429)), "wait, then send the same call again");
//! ```
//!
//! An [`Envelope`], such as one that came as JSON, leads back to what is known about its code:
//!
#![cfg_attr(feature = "wix", doc = "```")]
#![cfg_attr(not(feature = "wix"), doc = "```ignore")]
//! use booking_errors::{CodeInfo, Envelope, provider};
//!
//! fn info(envelope: &Envelope) -> Option<&'static CodeInfo> {
//!     provider(&envelope.provider)?.code(envelope.code.as_deref()?)
//! }
//!
//! let envelope = Envelope::new("wix", 428).with_code("SLOT_NOT_AVAILABLE");
//! assert_eq!(info(&envelope).unwrap().statuses, [428]);
//! ```
//!
//! [`provider`] finds a provider by its name, [`providers`] lists them, and [`recognize`] detects the sender of a response.
//! [`provider_in`] and [`recognize_in`] do so in any list: with `[providers(), &[&ACME]].concat()` a provider of your own
//! joins them.
//!
//! # Features
//!
//! No feature is on by default.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `wix`, `fluentbooking`, `guesty`, `full` | the provider's module, or all three |
//! | `http` | a [`RawResponse`] from an `http::Response`, the type that hyper, ureq and others use |
//! | `reqwest` | the provider's error or your value, what a failed connection means, and a client that follows no redirects |
//! | `axum` | [`Problem`] as a handler's response: the error body you return to your own API's callers |
//! | `tracing` | one event with OpenTelemetry's names and without personal data |
//! | `samples` | a response for every error, to test your own handler; `assert_contract`, to test a provider of your own |
//! | `schemars` | JSON Schema of [`Envelope`] and [`Problem`] |
//!
//! Import names, not `*`: a glob would bring in modules such as `reqwest`, which hide the crates of the same name.
#![cfg_attr(docsrs, feature(doc_cfg))]

use std::error::Error;

pub use booking_errors_core::*;
#[cfg(feature = "fluentbooking")]
#[doc(inline)]
pub use booking_errors_fluentbooking as fluentbooking;
#[cfg(feature = "guesty")]
#[doc(inline)]
pub use booking_errors_guesty as guesty;
#[cfg(feature = "wix")]
#[doc(inline)]
pub use booking_errors_wix as wix;

static PROVIDERS: &[&Provider] = &[
    #[cfg(feature = "wix")]
    &wix::PROVIDER,
    #[cfg(feature = "fluentbooking")]
    &fluentbooking::PROVIDER,
    #[cfg(feature = "guesty")]
    &guesty::PROVIDER,
];

/// Returns the providers that are compiled in by their features.
pub fn providers() -> &'static [&'static Provider] {
    PROVIDERS
}

/// Returns the provider with this name, such as `wix`, or `None` if it is not compiled in.
pub fn provider(name: &str) -> Option<&'static Provider> {
    provider_in(providers(), name)
}

/// Returns the provider's error that this error is or was caused by: [`find_in`] asked for all providers that are compiled in.
pub fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn ProviderError> {
    find_in(providers().iter().copied(), error)
}

/// Returns the provider that sent the response, judged by headers and members that only one provider documents.
///
/// Returns `None` if no provider that is compiled in matches, or more than one: it does not guess. Each provider's module
/// says how its responses are recognized.
pub fn recognize(response: &RawResponse<'_>) -> Option<&'static Provider> {
    recognize_in(providers(), response)
}
