//! The whole call: the decision over its attempts, its one error, and what each HTTP client adds.

mod attempts;
mod backoff;
mod error;
mod find;
mod gave_up;
mod received;
mod run;
mod transport;

#[cfg(feature = "reqwest")]
pub mod reqwest;
#[cfg(feature = "reqwest-middleware")]
pub mod reqwest_middleware;
#[cfg(feature = "ureq")]
pub mod ureq;

pub use self::attempts::{Attempts, GiveUpReason, Next};
pub use self::error::{AsProviderError, CallError};
pub use self::find::find_in;
pub(crate) use self::find::of_type;
pub use self::gave_up::GaveUp;
pub use self::received::Received;
pub use self::transport::{Transport, TransportError, Unreadable};
