//! Typed errors for the APIs of booking providers.
//!
//! One call turns a provider's failed HTTP response into a Rust error that says what went wrong, whether the booking may
//! have happened, whether and when the call may be sent again, which field is at fault, and what to do about it: typed
//! per provider, and the same for all of them behind [`ProviderError`].
//!
//! # One provider
//!
//! With the feature of a provider, its module has the codes as an enum and the error type:
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
//! What to do depends on the kind, the effect and the retry far more than on the provider:
//!
//! ```
//! use booking_errors::{Envelope, Kind, ProviderError, Retry};
//!
//! fn next_step(error: &dyn ProviderError) -> &'static str {
//!     match (error.retry(), error.kind()) {
//!         (Retry::Safe, _) => "wait, then send the same call again",
//!         (Retry::CheckFirst, _) => "look whether the booking exists",
//!         (Retry::Never, Kind::SlotUnavailable) => "offer another slot",
//!         (Retry::Never, Kind::InvalidRequest) => "show the fields at fault",
//!         (Retry::Never, _) => "report it",
//!     }
//! }
//!
//! assert_eq!(next_step(&Envelope::new("wix", 504)), "look whether the booking exists");
//! assert_eq!(next_step(&Envelope::new("guesty", 429)), "wait, then send the same call again");
//! ```
//!
//! [`providers`] and [`provider`] choose the provider at run time.
//!
//! # Features
//!
//! None is on by default. The feature of a provider has the provider's name and adds its module; `full` adds all of them.
//! Integrations, each of which adds implementations or a module: `http` (responses and header maps), `reqwest`
//! (responses, transport failures), `axum` (answers with a [`Problem`]), `tracing` (events), `schemars` (JSON Schema) and
//! `samples` (a response for every error, for one's own tests).
//! Import names, not `*`: modules such as `reqwest` would hide the crates of these names.
#![cfg_attr(docsrs, feature(doc_cfg))]

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

/// The providers that are compiled in, by their features.
pub fn providers() -> &'static [&'static Provider] {
    PROVIDERS
}

/// The provider of this name, such as `wix`, if it is compiled in.
pub fn provider(name: &str) -> Option<&'static Provider> {
    providers().iter().copied().find(|provider| provider.name() == name)
}

/// The provider whose response this is, by headers and members that only one of those compiled in documents for its own.
/// `None` means that none does, or more than one: then it cannot be told, and nothing is guessed. The module of each
/// provider says what its responses are told by.
pub fn recognize(response: &RawResponse<'_>) -> Option<&'static Provider> {
    let mut candidates = providers().iter().copied().filter(|provider| provider.recognizes(response));
    candidates.next().filter(|_| candidates.next().is_none())
}
