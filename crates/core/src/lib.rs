//! The core of [`booking-errors`](https://docs.rs/booking-errors): one trait and one envelope for the failed calls of
//! every booking provider.
//!
//! Services depend on the facade `booking-errors`. This crate is for those who add a provider: implement
//! [`ProviderError`] for an error type, [`FromResponse`] to read it from responses, and declare a [`Provider`]. The
//! `custom_provider` example does all of it in about 40 lines.
//!
//! - [`Envelope`] is what an error says; [`Kind`], [`Effect`] and [`Retry`] are its vocabulary.
//! - [`RawResponse`] is what an error is read from.
//! - [`document`] and [`json`] read bodies of any quality; [`Findings`] and [`Failure`] do the rest that providers share.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod effect;
mod envelope;
mod error;
mod failure;
mod findings;
mod kind;
mod problem;
mod provider;
mod response;

#[cfg(feature = "axum")]
pub mod axum;
pub mod document;
#[cfg(feature = "http")]
pub mod http;
pub mod json;
pub mod oauth;
#[cfg(feature = "reqwest")]
pub mod reqwest;
pub mod text;
#[cfg(feature = "tracing")]
pub mod tracing;

pub use crate::effect::{Effect, Retry};
pub use crate::envelope::{Envelope, Issue};
pub use crate::error::ProviderError;
pub use crate::failure::Failure;
pub use crate::findings::{Findings, Issues, Sections};
pub use crate::kind::Kind;
pub use crate::problem::Problem;
pub use crate::provider::{CodeInfo, FromResponse, KnownCode, Provider, UnknownCode};
pub use crate::response::{Headers, RawResponse};
