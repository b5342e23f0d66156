use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::Kind;

/// What the failed call did at the provider.
///
/// A failed booking call is not a failed read: if you send it twice, it can book twice. The enum is exhaustive on
/// purpose, so that every `match` has to deal with [`Effect::Unknown`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "What the failed call did at the provider.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Effect {
    /// The call changed nothing.
    NotApplied,
    /// The call went through, although the response reports errors.
    Applied,
    /// Part of the call went through and part did not.
    Partial,
    /// The call may have gone through.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Effect {
    /// Returns the effect of a failed call, by the rules that hold for every provider.
    ///
    /// Pass `is_rejected` if a known code, item or message shows that the provider turned the call down. Then the
    /// effect is not applied, unless `kind` is [`Kind::ProviderFault`] or [`Kind::Unavailable`]. Otherwise the status
    /// decides: 4xx means not applied except for 408 and 499, as do 503 with a `retry_after` and statuses of calls
    /// that never reached the handler (501, 521, 523, 525, 526, 530). Everything else is unknown.
    ///
    /// ```
    /// use booking_errors_core::{Effect, Kind};
    ///
    /// assert_eq!(Effect::of(504, Kind::Unavailable, false, None), Effect::Unknown);
    /// assert_eq!(Effect::of(422, Kind::InvalidRequest, false, None), Effect::NotApplied);
    /// ```
    pub fn of(status: u16, kind: Kind, is_rejected: bool, retry_after: Option<Duration>) -> Self {
        if is_rejected && !matches!(kind, Kind::ProviderFault | Kind::Unavailable) {
            return Self::NotApplied;
        }
        match status {
            501 | 521 | 523 | 525 | 526 | 530 => Self::NotApplied,
            408 | 499 => Self::Unknown,
            400..=499 => Self::NotApplied,
            503 if retry_after.is_some() => Self::NotApplied,
            _ => Self::Unknown,
        }
    }

    /// Returns the name in JSON, in snake case.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Display for Effect {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether you may send the same call again.
///
/// The enum is exhaustive on purpose: a `_ => resend` books twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "Whether you may send the same call again.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Retry {
    /// Sending the same call again does not help: it fails again, or it went through in whole or in part.
    Never,
    /// You may send the same call again, after `retry_after` if the provider gives one.
    Safe,
    /// Check whether the call went through before you send it again, or send it with an idempotency key.
    CheckFirst,
}

impl Retry {
    /// Returns what a kind and an effect allow.
    ///
    /// After an attempt with an unknown effect, a [`Kind::SlotUnavailable`] or [`Kind::Conflict`] on the next attempt
    /// may come from your own booking: look for it before you book another slot.
    ///
    /// ```
    /// use booking_errors_core::{Effect, Kind, Retry};
    ///
    /// assert_eq!(Retry::of(Kind::RateLimited, Effect::NotApplied), Retry::Safe);
    /// assert_eq!(Retry::of(Kind::Unavailable, Effect::Unknown), Retry::CheckFirst);
    /// assert_eq!(Retry::of(Kind::SlotUnavailable, Effect::NotApplied), Retry::Never);
    /// ```
    pub fn of(kind: Kind, effect: Effect) -> Self {
        match (effect, kind) {
            (Effect::Unknown, _) => Self::CheckFirst,
            (Effect::NotApplied, Kind::RateLimited | Kind::Unavailable) => Self::Safe,
            (Effect::NotApplied | Effect::Applied | Effect::Partial, _) => Self::Never,
        }
    }

    /// Returns [`Retry::Safe`] in place of [`Retry::CheckFirst`], for calls that do no harm when they run twice, such
    /// as reads.
    #[must_use]
    pub fn if_idempotent(self) -> Self {
        match self {
            Self::CheckFirst => Self::Safe,
            Self::Never | Self::Safe => self,
        }
    }

    /// Returns the name in JSON, in snake case.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Display for Retry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
