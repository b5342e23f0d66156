use std::fmt::{self, Display, Formatter};

use serde::Serialize;
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::{Effect, Kind, Retry, UnknownName};

/// Who has to act on a failed call, and how: a label for alerts, dashboards and queues.
///
/// The variants stand in the order of urgency, so that the smallest comes first. The enum is exhaustive on purpose: an
/// alert that forgets [`Triage::LookUp`] leaves bookings that nobody knows of. In JSON, in logs and from
/// [`as_str`](Self::as_str), the name is the variant's in lower case with hyphens, such as `look-up`; `FromStr` reads these
/// names.
///
/// ```
/// use booking_errors::{Envelope, Kind, ProviderError, Triage};
///
/// // the gateway gave up: the booking may stand
/// assert_eq!(Envelope::new("acme", 504).triage(), Triage::LookUp);
/// let taken = Envelope::new("acme", 409).with_kind(Kind::SlotUnavailable);
/// assert_eq!(taken.triage(), Triage::Customer);
/// assert!(Triage::LookUp < Triage::Customer);
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
    EnumMessage,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownName, parse_err_fn = Self::unknown)]
pub enum Triage {
    /// The call may have gone through, and nobody knows: look for the booking now.
    LookUp,
    /// The call went through in whole or in part, although it failed: look up what it did, and finish or undo it.
    PartlyDone,
    /// The call changed nothing, and the provider did not serve it: wait, then send it again.
    Wait,
    /// The booking cannot be made or changed like this: tell the customer, and offer something else.
    Customer,
    /// Your account at the provider does not allow it: correct its credentials, permissions or settings.
    Account,
    /// Your code sent something that the provider does not accept, or does not understand the answer: correct it.
    Code,
}

impl Triage {
    /// Every group, the most urgent first.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the group of a failed call. [`ProviderError::triage`](crate::ProviderError::triage) calls it with what the
    /// error says.
    ///
    /// Call it yourself if you know more. A call with an idempotency key may be sent again instead of looked up:
    ///
    /// ```
    /// use booking_errors::{Envelope, ProviderError, Triage};
    ///
    /// let error = Envelope::new("acme", 504);
    /// let retry = error.retry().if_idempotent();
    /// assert_eq!(Triage::of(error.kind(), error.effect(), retry), Triage::Wait);
    /// ```
    ///
    /// What the call did comes before what went wrong: with an unknown effect the group is never that of the kind. A
    /// provider's fault that changed nothing is [`Triage::Wait`] too, although the same call may fail again: nobody but the
    /// provider can mend it.
    pub fn of(kind: Kind, effect: Effect, retry: Retry) -> Self {
        match (retry, effect) {
            (Retry::CheckFirst, _) | (Retry::Never, Effect::Unknown) => Self::LookUp,
            (_, Effect::Applied | Effect::Partial) => Self::PartlyDone,
            (Retry::Safe, _) => Self::Wait,
            (Retry::Never, Effect::NotApplied) => Self::of_kind(kind),
        }
    }

    /// Returns who has to act on a call that changed nothing and is not to be sent again as it is.
    fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::RateLimited | Kind::ProviderFault | Kind::Unavailable => Self::Wait,
            Kind::Conflict
            | Kind::SlotUnavailable
            | Kind::PolicyViolation
            | Kind::InvalidState
            | Kind::PaymentRequired
            | Kind::CouponRejected => Self::Customer,
            Kind::Unauthenticated | Kind::PermissionDenied | Kind::Disabled => Self::Account,
            Kind::InvalidRequest | Kind::NotFound | Kind::Unknown => Self::Code,
        }
    }

    /// Returns the name in JSON, such as `look-up`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns what it means and what to do, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.get_documentation().unwrap_or_default()
    }

    fn unknown(name: &str) -> UnknownName {
        UnknownName::new("group", name)
    }
}

impl Display for Triage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
