//! The core of [`booking-errors`](https://docs.rs/booking-errors): one trait and one envelope for the failed calls of
//! every booking provider.
//!
//! Services depend on the facade `booking-errors`, which re-exports this crate, and the examples here use its paths. A crate
//! that only adds a provider can depend on the core alone, and writes `booking_errors_core` instead:
//!
//! 1. List its codes with [`codes!`], one row per code.
//! 2. Say how its JSON is read: a type that implements [`Root`](decode::document::Root), with the members by which its
//!    envelopes are found.
//! 3. Wrap a [`Failure`](decode::Failure) in an error type that implements [`ProviderError`].
//! 4. Implement [`ReadDraft`](decode::ReadDraft) for it: the function that reads a response into a
//!    [`Draft`](decode::Draft). [`FromResponse`] follows from it.
//! 5. Declare a `static` [`Provider`], with [`recognized_by`](Provider::recognized_by) and
//!    [`with_samples`](Provider::with_samples) if they apply.
//! 6. Test it with `assert_contract`, of the feature `samples`. It checks what users rely on with every provider.
//!
//! The example [`custom_provider`] shows all six steps in one file. [`provider_in`] and [`recognize_in`] find your
//! provider in a list, beside those of the facade.
//!
//! [`custom_provider`]: https://github.com/booking-errors/booking-errors/blob/main/crates/core/examples/custom_provider.rs
//!
//! [`Envelope`] holds what an error says, and [`Kind`], [`Effect`] and [`Retry`] are its vocabulary. [`RawResponse`] is
//! the response that an error is read from. [`decode`] has the parts that all providers share.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(all(feature = "reqwest", target_family = "wasm", target_os = "unknown"))]
compile_error!(
    "feature `reqwest` does not work on wasm32-unknown-unknown: reqwest's client there can neither switch redirects off \
     nor set a retry policy, so it could book twice; use feature `http`"
);
#[cfg(all(feature = "ureq", target_family = "wasm", target_os = "unknown"))]
compile_error!(
    "feature `ureq` does not work on wasm32-unknown-unknown: it needs sockets and threads; use feature `http`"
);

mod call;
mod code;
#[cfg(feature = "samples")]
mod contract;
pub mod decode;
mod effect;
mod envelope;
mod error;
mod item;
mod kind;
mod parameters;
mod problem;
mod provider;
mod rate_limit;
mod response;
mod sample;

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "http")]
pub mod http;
pub mod text;
#[cfg(feature = "tracing")]
pub mod tracing;
mod triage;
mod unknown;

#[cfg(feature = "reqwest")]
pub use crate::call::reqwest;
#[cfg(feature = "reqwest-middleware")]
pub use crate::call::reqwest_middleware;
#[cfg(feature = "ureq")]
pub use crate::call::ureq;
pub use crate::call::{
    AsProviderError, Attempts, CallError, GaveUp, GiveUpReason, Next, Received, Transport, TransportError,
    Unreadable, find_in,
};
pub use crate::code::{CodeInfo, Placeholder};
#[cfg(feature = "samples")]
pub use crate::contract::assert_contract;
pub use crate::effect::{Effect, Retry};
pub use crate::envelope::{Envelope, Issue};
pub use crate::error::ProviderError;
pub use crate::item::FailedItem;
pub use crate::kind::Kind;
pub use crate::parameters::Parameters;
pub use crate::problem::Problem;
pub use crate::provider::{FromResponse, Provider, provider_in, recognize_in};
pub use crate::response::{Headers, RawResponse};
pub use crate::sample::Sample;
pub use crate::triage::Triage;
pub use crate::unknown::{UnknownCode, UnknownName};

/// Names that [`codes!`] needs in other crates; not part of the API.
#[doc(hidden)]
pub mod __private {
    pub use strum::{Display, EnumString, IntoStaticStr};

    pub use crate::code::Index;
}
