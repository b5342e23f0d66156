use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::decode::Ground;
use crate::{Kind, UnknownName};

/// What the failed call did at the provider.
///
/// A failed booking call is not a failed read: if you send it twice, it can book twice. The enum is exhaustive on
/// purpose, so that every `match` has to deal with [`Effect::Unknown`]. `FromStr` reads the names that
/// [`as_str`](Self::as_str) returns.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumMessage,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "What the failed call did at the provider.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", parse_err_ty = UnknownName, parse_err_fn = Self::unknown)]
pub enum Effect {
    /// The call changed nothing.
    NotApplied,
    /// The call went through, although the response reports errors.
    Applied,
    /// Part of the call went through and part did not.
    Partial,
    /// The call may have gone through.
    ///
    /// Whatever a later attempt answers, this one stays in doubt until you have looked: a rejection of the later one says
    /// nothing about it.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Effect {
    /// Every effect, in the order of the variants.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns what an HTTP status alone shows about a failed call: the effect of [`Ground::of_status`].
    /// [`Evidence`](crate::decode::Evidence) weighs it against what else the response shows.
    ///
    /// The request was not processed with 421 and 425 ([RFC 9110], [RFC 8470]), and never reached the handler with 501,
    /// 521, 523, 525, 526 and 530: not applied, like every other 4xx. With 408, 444, 460 and 499 somebody gave up
    /// waiting, so the handler may still have done its work: unknown, like everything else.
    ///
    /// ```
    /// use booking_errors::Effect;
    ///
    /// assert_eq!(Effect::from_status(422), Effect::NotApplied);
    /// assert_eq!(Effect::from_status(504), Effect::Unknown);
    /// ```
    ///
    /// [RFC 9110]: https://www.rfc-editor.org/rfc/rfc9110#status.421
    /// [RFC 8470]: https://www.rfc-editor.org/rfc/rfc8470#section-5.2
    pub fn from_status(status: u16) -> Self {
        Ground::of_status(status).effect()
    }

    /// Returns the name in JSON, in snake case.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns what it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.get_documentation().and_then(|text| text.lines().next()).unwrap_or_default()
    }

    fn unknown(name: &str) -> UnknownName {
        UnknownName::new("effect", name)
    }
}

impl Display for Effect {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether you may send the same call again.
///
/// The enum is exhaustive on purpose: a `_ => resend` books twice. `FromStr` reads the names that
/// [`as_str`](Self::as_str) returns.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumMessage,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "Whether you may send the same call again.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", parse_err_ty = UnknownName, parse_err_fn = Self::unknown)]
pub enum Retry {
    /// Sending the same call again does not help: it fails again, or it went through in whole or in part.
    Never,
    /// You may send the same call again, after `retry_after` if the provider gives one.
    Safe,
    /// Check whether the call went through before you send it again, or send it with an idempotency key.
    CheckFirst,
}

impl Retry {
    /// Every answer, in the order of the variants.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns what a kind and an effect allow.
    ///
    /// It is about this one attempt. Once an attempt ended with an unknown effect, the call stays in doubt whatever later
    /// attempts answer, until you have looked: a later [`Kind::SlotUnavailable`], [`Kind::Conflict`],
    /// [`Kind::InvalidState`] or [`Kind::RateLimited`] may be the trace of your own booking. Look for it before you book
    /// another slot or send the call again.
    ///
    /// ```
    /// use booking_errors::{Effect, Kind, Retry};
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

    /// Returns what it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.get_documentation().unwrap_or_default()
    }

    fn unknown(name: &str) -> UnknownName {
        UnknownName::new("retry", name)
    }
}

impl Display for Retry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
