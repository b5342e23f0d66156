use booking_errors_core::Kind;
use strum::{EnumString, IntoStaticStr};

/// Why a rate plan does not fit a stay: the flags of `notApplicable`. One that is not here is kept as it was sent.
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
    /// The arrival is too near.
    AdvanceNotice,
    /// The calendar is blocked by another reservation.
    HardBlocked,
    /// The calendar was blocked by hand.
    Manual,
    /// No arrivals on that day.
    Cta,
    /// No departures on that day.
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
    /// The restriction of this flag.
    pub fn of(flag: &str) -> Self {
        flag.parse().unwrap_or_else(|_| Self::Unknown(flag.to_owned()))
    }

    /// The flag as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(flag) => flag,
            known => known.into(),
        }
    }

    /// Whether another stay would fit ([`Kind::PolicyViolation`]), or the nights are not to be had
    /// ([`Kind::SlotUnavailable`]).
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
