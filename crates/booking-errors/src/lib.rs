//! Typed errors for booking providers: one call turns a failed HTTP response into an error that says what went wrong,
//! whether the booking may have happened anyway, whether and when to send the call again, and what to do about it.
//!
//! | you hold | you call | what you may do next |
//! | --- | --- | --- |
//! | a call to make | [`Attempts::of_write().run(call, look_up, sleep).await`](Attempts::run) | use the booking, or report a [`GaveUp`]: its effect says whether the booking exists anyway |
//! | a response of reqwest or ureq | `response.json_or_error()`, with the [feature](#features) `reqwest` or `ureq` | use your value, or pass the [`CallError`] on |
//! | status, headers and body | [`wix::Error::check(&response)`](FromResponse::check), or [`provider("wix")`](provider), then [`.check(&response)`](Provider::check) | go on, or handle the error: by its codes, or all providers alike |
//! | the error of an attempt | [`attempts.after(&error)`](Attempts::after) | send the call again after a wait, look first whether it was carried out, or give up |
//! | | [`error.kind()`](ProviderError::kind), [`error.remedy()`](ProviderError::remedy) | tell the guest: another slot, a wrong field, ... |
//! | any `dyn Error` | [`find(&error)`](find) | handle the provider's error inside |
//!
//! `response` is a [`RawResponse::new(status, &body).headers(&headers)`](RawResponse). An error says what its attempt did, as
//! far as the answer shows:
//!
//! - [`Effect::NotApplied`]: the call changed nothing. `Applied` and `Partial`: it went through, in whole or in part,
//!   despite the error.
//! - [`Effect::Unknown`]: the answer does not show what the call did. It may have gone through or still be running: the
//!   call is in doubt.
//! - Doubt stays, whatever later attempts answer: a [`Kind::SlotUnavailable`] may come from your own booking. Only a
//!   look-up ends it; one that finds nothing counts only after the call has had time to settle. [`Attempts`] takes care of
//!   that.
//!
//! # One provider
//!
//! Each provider's module has its codes as an enum and its error type:
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["wix"] }
//! ```
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
//! What to do next depends on kind and effect, not on the provider. [`Attempts`] decides it over all attempts of a call:
//!
//! ```
//! use booking_errors::{Attempts, Kind, Next, ProviderError};
//!
//! fn next_step(attempts: &mut Attempts, error: &dyn ProviderError) -> &'static str {
//!     match (attempts.after(error), error.kind()) {
//!         (Next::SendAgain(_), _) => "wait, then send the same call again",
//!         (Next::LookUp(_), _) => "wait, then check whether the booking exists",
//!         (Next::GiveUp, Kind::SlotUnavailable) => "offer another slot",
//!         (Next::GiveUp, Kind::InvalidRequest) => "show the wrong fields",
//!         (Next::GiveUp, _) => "report it",
//!     }
//! }
//!
//! use booking_errors::{Envelope, TransportError};
//! let mut attempts = Attempts::of_write();
//! assert_eq!(next_step(&mut attempts, &Envelope::new("wix", 429)), "wait, then send the same call again");
//! let lost = TransportError::timed_out("wix");
//! assert_eq!(next_step(&mut attempts, &lost), "wait, then check whether the booking exists");
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
//! | `http` | a [`RawResponse`] from an `http::Response`, the type that hyper and others use |
//! | `reqwest` | the provider's error or your value, what a failed connection means, and a client that follows no redirects |
//! | `ureq` | the same for ureq, which blocks; error statuses keep their body and `Retry-After` |
//! | `reqwest-middleware` | a middleware that sends a call again only if that cannot book twice |
//! | `axum` | [`Problem`] as a handler's response: the error body you return to your own API's callers |
//! | `tracing` | one event with OpenTelemetry's names and without personal data |
//! | `samples` | a response for every error, to test your own handler; `assert_contract`, to test a provider of your own |
//! | `schemars` | JSON Schema of [`Envelope`] and [`Problem`] |
//!
//! The features serve http 1, reqwest 0.13, ureq 3, reqwest-middleware 0.5, axum 0.8, tracing 0.1 and schemars 1. The module
//! `http` has a recipe for other clients.
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

/// Returns the provider's error in this error or its causes: [`find_in`] for all providers that are compiled in.
pub fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn ProviderError> {
    find_in(providers(), error)
}

/// Returns the provider that sent the response, judged by headers and members that only one provider documents.
///
/// Returns `None` if no provider that is compiled in matches, or more than one: it does not guess. Each provider's module
/// says how its responses are recognized.
pub fn recognize(response: &RawResponse<'_>) -> Option<&'static Provider> {
    recognize_in(providers(), response)
}
