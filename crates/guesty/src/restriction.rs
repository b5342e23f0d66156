use booking_errors_core::Kind;
use strum::{EnumString, IntoStaticStr};

/// Why a rate plan does not fit a stay: a flag of `notApplicable`. A flag that is not in this list is kept as it was
/// sent.
///
/// ```
/// use booking_errors_core::Kind;
/// use booking_errors_guesty::Restriction;
///
/// assert_eq!(Restriction::of("advanceNotice").kind(), Kind::PolicyViolation);
/// assert_eq!(Restriction::of("brandNew").as_str(), "brandNew");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
#[non_exhaustive]
pub enum Restriction {
    /// The stay is too short.
    MinNights,
    /// The stay is too long.
    MaxNights,
    /// The rate plan is closed.
    Closed,
    /// The arrival is too far ahead.
    BookingWindow,
    /// The arrival is too soon.
    AdvanceNotice,
    /// The calendar is blocked by another reservation.
    HardBlocked,
    /// Somebody blocked the calendar by hand.
    Manual,
    /// Guests cannot arrive on that day.
    Cta,
    /// Guests cannot leave on that day.
    Ctd,
    /// The days before or after another stay are kept free.
    PreparationTime,
    /// No unit is left.
    Allotment,
    /// A flag that this version does not know, as it was sent.
    #[strum(disabled)]
    Unknown(String),
}

impl Restriction {
    /// Returns the restriction for this flag.
    pub fn of(flag: &str) -> Self {
        flag.parse().unwrap_or_else(|_| Self::Unknown(flag.to_owned()))
    }

    /// Returns the flag as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(flag) => flag,
            known => known.into(),
        }
    }

    /// Returns [`Kind::PolicyViolation`] if a different stay would fit, or [`Kind::SlotUnavailable`] if the nights are
    /// not free.
    pub fn kind(&self) -> Kind {
        match self {
            Self::MinNights
            | Self::MaxNights
            | Self::AdvanceNotice
            | Self::BookingWindow
            | Self::Cta
            | Self::Ctd => Kind::PolicyViolation,
            Self::Closed
            | Self::HardBlocked
            | Self::Manual
            | Self::PreparationTime
            | Self::Allotment
            | Self::Unknown(_) => Kind::SlotUnavailable,
        }
    }
}
