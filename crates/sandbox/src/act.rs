use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use booking_errors::Provider;

use crate::fault::Fault;
use crate::samples;

/// What the sandbox does with a call.
///
/// It is read from its name: `ok`, a code or a situation of a provider's samples, or a fault.
///
/// ```
/// use booking_errors_sandbox::Act;
///
/// for name in ["ok", "SLOT_NOT_AVAILABLE", "rate limit", "504 booked late", "close after booking"] {
///     let act: Act = name.parse().unwrap();
///     assert_eq!(act.to_string(), name);
/// }
/// assert_eq!("close".parse::<Act>().unwrap().to_string(), "close before booking");
/// assert!("504 before lunch".parse::<Act>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Act {
    /// Carries the call out and says so.
    #[default]
    Ok,
    /// Answers with the sample of this name, byte for byte. It books only if the sample says that the booking was made.
    Answer(&'static str),
    /// Fails on the way.
    Fault(Fault),
}

/// No provider has a sample of this name, and no fault is called so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no sample and no fault is called {name:?}")]
#[non_exhaustive]
pub struct UnknownAct {
    /// The name.
    pub name: String,
}

impl Act {
    /// Returns whether the provider can do this: it may lack the sample.
    pub(crate) fn is_known_to(self, provider: &Provider) -> bool {
        match self {
            Self::Answer(name) => samples::find(provider, name).is_some(),
            Self::Ok | Self::Fault(_) => true,
        }
    }
}

impl FromStr for Act {
    type Err = UnknownAct;

    fn from_str(name: &str) -> Result<Self, UnknownAct> {
        let name = name.trim();
        if name == "ok" {
            return Ok(Self::Ok);
        }
        let fault = Fault::named(name).map(Self::Fault);
        let act = fault.or_else(|| samples::name(name).map(Self::Answer));
        act.ok_or_else(|| UnknownAct { name: name.to_owned() })
    }
}

impl From<Fault> for Act {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Display for Act {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("ok"),
            Self::Answer(name) => f.write_str(name),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}
