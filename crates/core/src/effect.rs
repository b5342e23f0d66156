use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::Kind;

/// What the failed call did at the provider.
///
/// A failed booking call is not a failed read: sent twice, it can book twice. The enum is exhaustive on purpose, so
/// that a `match` has to face [`Effect::Unknown`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "What the failed call did at the provider.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Effect {
    /// Nothing was carried out.
    NotApplied,
    /// All of it was carried out, although the answer reports errors.
    Applied,
    /// A part was carried out and a part was not.
    Partial,
    /// It may have been carried out.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Effect {
    /// The effect of a failed call, by the rules that hold for every provider.
    ///
    /// `is_rejected` says that a known code, item or message shows that the provider turned the call down; it counts
    /// unless `kind` is [`Kind::ProviderFault`] or [`Kind::Unavailable`]. Then the status decides: those that never
    /// reach the handler and most of 4xx mean not applied, 503 does with a `retry_after`, and all else is unknown.
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

    /// The name in JSON, in snake case.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Display for Effect {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether the same call may be sent again.
///
/// Exhaustive on purpose: a `_ => resend` books twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "Whether the same call may be sent again.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Retry {
    /// The same call fails again, or it was carried out in whole or in part.
    Never,
    /// It may be sent again unchanged, after `retry_after` where that is given.
    Safe,
    /// Look whether it was carried out before it is sent again, or send it with an idempotency key.
    CheckFirst,
}

impl Retry {
    /// What follows from a kind and an effect.
    ///
    /// After an attempt with unknown effect, a [`Kind::SlotUnavailable`] or [`Kind::Conflict`] of the next attempt may
    /// be one's own booking: look before another slot is booked.
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

    /// For calls that do no harm when they are carried out twice, such as reads: [`Retry::CheckFirst`] becomes
    /// [`Retry::Safe`].
    #[must_use]
    pub fn if_idempotent(self) -> Self {
        match self {
            Self::CheckFirst => Self::Safe,
            Self::Never | Self::Safe => self,
        }
    }

    /// The name in JSON, in snake case.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Display for Retry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
