use std::fmt::{self, Display, Formatter};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::UnknownName;

/// What went wrong, in booking terms: the same for every provider.
///
/// In JSON, in logs and from [`as_str`](Self::as_str), the name is the variant's in snake case. JSON with a name that this
/// version does not know is read as [`Kind::Unknown`]; `FromStr` returns an [`UnknownName`] for it.
///
/// ```
/// use booking_errors::Kind;
///
/// assert_eq!(Kind::from_status(428), Kind::InvalidState);
/// assert_eq!(Kind::SlotUnavailable.as_str(), "slot_unavailable");
/// assert_eq!("slot_unavailable".parse(), Ok(Kind::SlotUnavailable));
/// ```
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
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
    schemars(description = "What went wrong, in booking terms.")
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", parse_err_ty = UnknownName, parse_err_fn = Self::unknown)]
#[non_exhaustive]
pub enum Kind {
    /// A field or parameter is wrong or missing.
    ///
    /// Correct the fields that the issues name, or the request itself, and send it as a new call.
    InvalidRequest,
    /// The credentials are missing, expired or refused.
    ///
    /// Get a new token or correct the credentials, then send the call again.
    Unauthenticated,
    /// The credentials are fine, but they do not allow this call.
    ///
    /// Ask the account's owner for the permission, or call with an identity that has it.
    PermissionDenied,
    /// What the call asks for does not exist, or this caller cannot see it.
    ///
    /// Check the id and the account it belongs to; if you keep a list, it may be out of date.
    NotFound,
    /// The call collides with something that already exists or has changed in the meantime.
    ///
    /// Read what is there now: it may come from your own earlier call. Then decide what to send.
    Conflict,
    /// No free spot, slot or night is left.
    ///
    /// Ask for availability again and offer another time; if an earlier attempt may have gone through, look for your own booking first.
    SlotUnavailable,
    /// The booking breaks a rule of the service or the listing.
    ///
    /// Change the request to fit the rule, such as the notice, the length of stay or the booking window, and tell the guest about it.
    PolicyViolation,
    /// The booking's current state does not allow the action.
    ///
    /// Read the booking and choose an action that its state allows.
    InvalidState,
    /// The booking has to be paid for first.
    ///
    /// Take the guest through the payment, then book.
    PaymentRequired,
    /// It is not open for this: its owner has switched it off, or the app, plan or set-up for it is missing.
    ///
    /// Stop offering it until its owner switches it on or sets it up.
    Disabled,
    /// The coupon does not apply; the rest of the booking may be fine.
    ///
    /// Drop the coupon, show the guest the price without it, and ask before you book.
    CouponRejected,
    /// Too many calls came in too short a time.
    ///
    /// Wait as long as the provider asks, or back off, and send the same call again.
    RateLimited,
    /// The provider failed.
    ///
    /// Check whether the call went through; give the request id to the provider's support.
    ProviderFault,
    /// The provider or a gateway in front of it cannot be reached, or gave up waiting.
    ///
    /// Check whether the call went through; only if it did not, send it again after a while.
    Unavailable,
    /// The answer does not say what went wrong.
    ///
    /// Read the message and the body, and check whether the call went through.
    #[serde(other)]
    Unknown,
}

impl Kind {
    /// Every kind, in the order of the variants.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the kind for an HTTP status, used if nothing in the body says more. Any value is accepted.
    pub fn from_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthenticated,
            402 => Self::PaymentRequired,
            403 | 451 => Self::PermissionDenied,
            404 | 410 => Self::NotFound,
            408 | 421 | 425 | 444 | 460 | 499 | 502..=504 | 520..=527 | 530 => Self::Unavailable,
            409 | 412 => Self::Conflict,
            428 => Self::InvalidState,
            429 => Self::RateLimited,
            400..=499 => Self::InvalidRequest,
            500..=599 => Self::ProviderFault,
            _ => Self::Unknown,
        }
    }

    /// Returns the name in JSON, in snake case.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns what it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.documentation().0
    }

    /// Returns what to do about it, used if the provider's code has no remedy of its own.
    pub fn remedy(self) -> &'static str {
        self.documentation().1
    }

    fn unknown(name: &str) -> UnknownName {
        UnknownName::new("kind", name)
    }

    fn documentation(self) -> (&'static str, &'static str) {
        static SPLIT: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
            Kind::ALL.iter().map(|kind| split_documentation(kind.get_documentation())).collect()
        });
        SPLIT.get(self as usize).copied().unwrap_or_default()
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Splits a doc comment into its two paragraphs, each of one line.
fn split_documentation(text: Option<&'static str>) -> (&'static str, &'static str) {
    let text = text.unwrap_or_default();
    let (meaning, remedy) = text.split_once('\n').unwrap_or((text, ""));
    (meaning.trim_ascii(), remedy.trim_ascii())
}
