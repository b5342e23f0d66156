use booking_errors_core::Kind;
use strum::{EnumString, IntoStaticStr};

/// Why a rate plan does not fit a stay: a flag of `notApplicable`. A flag that is not in this list is kept as it was
/// sent.
///
/// ```
/// use booking_errors::Kind;
/// use booking_errors::guesty::Restriction;
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

    /// Returns what helps: which other stay would fit, or that only another listing or other nights do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::MinNights => "Offer a longer stay: this one has fewer nights than the rate plan asks for.",
            Self::MaxNights => "Offer a shorter stay: this one has more nights than the rate plan allows.",
            Self::AdvanceNotice => "Offer a later arrival: the rate plan needs more notice.",
            Self::BookingWindow => "Offer an earlier arrival: this one is too far ahead for the rate plan.",
            Self::Cta => "Offer another day of arrival: guests cannot arrive on this one.",
            Self::Ctd => "Offer another day of departure: guests cannot leave on this one.",
            Self::Closed => "Offer another rate plan or listing: this rate plan is closed on these dates.",
            Self::HardBlocked => {
                "Offer other nights or another listing: another reservation has these nights."
            }
            Self::Manual => "Offer other nights or another listing: the host has blocked these nights.",
            Self::PreparationTime => {
                "Offer nights that are not next to another stay: the host keeps these free to prepare."
            }
            Self::Allotment => "Offer other nights or another listing: no unit is left.",
            Self::Unknown(_) => "Offer other nights or another listing: no rate plan fits these.",
        }
    }
}
