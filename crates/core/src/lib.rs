//! The core of [`booking-errors`](https://docs.rs/booking-errors): one trait and one envelope for the failed calls of
//! every booking provider.
//!
//! Services depend on the facade `booking-errors`. This crate is for those who add a provider: implement
//! [`ProviderError`] for an error type, [`FromResponse`] to read it from responses, and declare a [`Provider`]. The
//! `custom_provider` example does all of it in about 40 lines.
//!
//! - [`Envelope`] is what an error says; [`Kind`], [`Effect`] and [`Retry`] are its vocabulary.
//! - [`RawResponse`] is what an error is read from.
//! - [`decode`] does what providers share: it reads bodies of any quality, and makes envelopes of what was found.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod code;
pub mod decode;
mod effect;
mod envelope;
mod error;
mod item;
mod kind;
mod parameters;
mod problem;
mod provider;
mod response;
mod sample;

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "reqwest")]
pub mod reqwest;
pub mod text;
#[cfg(feature = "tracing")]
pub mod tracing;

pub use crate::code::{CodeInfo, Placeholder, UnknownCode};
pub use crate::effect::{Effect, Retry};
pub use crate::envelope::{Envelope, Issue};
pub use crate::error::ProviderError;
pub use crate::item::FailedItem;
pub use crate::kind::Kind;
pub use crate::parameters::Parameters;
pub use crate::problem::Problem;
pub use crate::provider::{FromResponse, Provider};
pub use crate::response::{Headers, RawResponse};
pub use crate::sample::Sample;

/// What [`codes!`] needs in other crates; not part of the API.
#[doc(hidden)]
pub mod __private {
    pub use strum::{Display, EnumString, IntoStaticStr};

    pub use crate::code::Index;
}
