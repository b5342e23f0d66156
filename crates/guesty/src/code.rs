use std::sync::LazyLock;

use booking_errors_core::decode::KnownCode;
use booking_errors_core::{CodeInfo, Kind, UnknownCode};
use strum::{Display, EnumMessage, EnumString, IntoStaticStr, VariantArray};

/// The codes of Guesty: those of the [errors page][page] in its order and that of its sample, then those that clients meet
/// and that the vendor's OpenAPI descriptions name.
///
/// Three codes of validation differ by their spelling only; [`Code::SchemaValidationError`] is the one that is sent as
/// `ValidationError`.
///
/// A code that is not here is kept as it was sent in [`code()`](booking_errors_core::ProviderError::code).
///
/// ```
/// use booking_errors_core::Kind;
/// use booking_errors_guesty::Code;
///
/// let code: Code = "COUPON_IS_DISABLED".parse()?;
/// assert_eq!(code.kind(), Kind::CouponRejected);
/// assert!(code.is_soft());
/// # Ok::<_, booking_errors_core::UnknownCode>(())
/// ```
///
/// [page]: https://booking-api-docs.guesty.com/reference/errors
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumMessage, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", parse_err_ty = UnknownCode, parse_err_fn = unknown)]
#[non_exhaustive]
pub enum Code {
    /// The listing, quote or reservation does not exist in this account.
    ///
    /// Check the id, and that the listing is part of this booking engine.
    NotFound,
    /// The account may not use this listing, coupon or other resource.
    ///
    /// Have the resource added to the booking engine, or call with the credentials of its owner.
    Forbidden,
    /// Parameters are missing, not allowed or have impossible values.
    ///
    /// Correct the request; the issues name what is wrong, one by one.
    WrongRequestParameters,
    /// The listing is taken or blocked on at least one of the nights.
    ///
    /// Search again with these dates and offer another listing, or other dates for this one.
    ListingCalendarBlocked,
    /// The stay is shorter than the listing allows.
    ///
    /// Read the listing's minimum of nights and offer a longer stay.
    MinNightMismatch,
    /// This booking engine has no such coupon; the coupon is dropped, the price has no discount.
    ///
    /// Show the guest the price without the discount, and let the coupon be typed again.
    CouponNotFound,
    /// The coupon is switched off; it is dropped, the price has no discount.
    ///
    /// Tell the guest that the coupon is not valid now, and go on without it if the guest agrees.
    CouponIsDisabled,
    /// The stay is too short for the coupon; it is dropped, the price has no discount.
    ///
    /// Offer the coupon for a longer stay, or this stay at the full price.
    CouponMinNightMismatch,
    /// The coupon has been used as often as it may be; it is dropped, the price has no discount.
    ///
    /// Tell the guest that the coupon is used up, and show the full price.
    CouponMaximumUsesExceeded,
    /// The coupon has expired; it is dropped, the price has no discount.
    ///
    /// Tell the guest that the coupon's time is over, and show the full price.
    CouponExpirationDateExceeded,
    /// The day of arrival is outside the coupon's range; it is dropped, the price has no discount.
    ///
    /// Offer days of arrival for which the coupon holds, or the full price.
    CouponOutOfCheckinRange,
    /// The coupon could not be checked, and no discount was given.
    ///
    /// Read the reservation's price before anything is promised, and ask Guesty's support with the request id.
    CouponUnexpectedError,
    /// The reservation was refused, for the reasons that the issues list.
    ///
    /// Act on the first issue; without one, read the message and ask Guesty's support with the request id.
    CreateReservationError,
    /// No rate plan of the listing fits these dates; the issues name the restrictions, such as `minNights`.
    ///
    /// Change what the first issue names, such as the length of stay, or offer another listing.
    ListingIsNotAvailable,
    /// The coupon was refused, and the quote with it.
    ///
    /// Ask for the quote again without the coupon, and show the guest the full price.
    InvalidCoupon,
    /// The calendar has no room for the stay.
    ///
    /// Read the listing's calendar again and offer nights that are free.
    CalUnavailable,
    /// The stay is longer than the listing allows.
    ///
    /// Read the listing's maximum of nights and offer a shorter stay.
    MaxNightMismatch,
    /// The price could not be calculated in full.
    ///
    /// Ask for the price again after a while; do not promise the one that came with this error.
    UnexpectedError,
    /// The request did not pass the validation.
    ///
    /// Correct what the message and the issues name.
    ValidationError,
    /// Fields of the request did not pass the validation.
    ///
    /// Correct the fields that the issues name, each with its text.
    ValidationFailed,
    /// A field has a wrong type or value, or is missing.
    ///
    /// Correct the field at the issue's path.
    #[strum(serialize = "ValidationError")]
    SchemaValidationError,
    /// The token is missing, expired or of another account.
    ///
    /// Get a token from the token endpoint, once for many calls, since that endpoint is limited strictly.
    Unauthorized,
    /// There is no such listing, or it is not part of this booking engine.
    ///
    /// Check the listing's id, and that the listing is published to the booking engine.
    ListingNotFound,
    /// The listing has no such rate plan any more.
    ///
    /// Ask for a new quote and use one of the rate plans in it.
    RatePlanNotFound,
}

impl Code {
    /// Every code, in the order of the variants.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code as it is sent.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What went wrong, in the words that all providers share. An error with [`Code::CreateReservationError`] has the
    /// kind of its issues, and one with [`Code::ListingIsNotAvailable`] that of the first restriction.
    pub fn kind(self) -> Kind {
        self.facts().0
    }

    /// All that is known about the code.
    pub fn info(self) -> CodeInfo {
        // the table is in the order of the variants
        codes().get(self as usize).copied().unwrap_or_else(|| self.describe())
    }

    fn describe(self) -> CodeInfo {
        let (kind, statuses) = self.facts();
        CodeInfo::documented(self.as_str(), kind, self.get_documentation())
            .with_statuses(statuses)
            .with_source(self.source())
    }

    fn source(self) -> &'static str {
        match self {
            Self::NotFound
            | Self::Forbidden
            | Self::WrongRequestParameters
            | Self::ListingCalendarBlocked
            | Self::MinNightMismatch
            | Self::CouponNotFound
            | Self::CouponIsDisabled
            | Self::CouponMinNightMismatch
            | Self::CouponMaximumUsesExceeded
            | Self::CouponExpirationDateExceeded
            | Self::CouponOutOfCheckinRange
            | Self::CouponUnexpectedError
            | Self::CreateReservationError => "errors page",
            Self::ListingIsNotAvailable | Self::InvalidCoupon => "client code in public",
            Self::CalUnavailable
            | Self::MaxNightMismatch
            | Self::UnexpectedError
            | Self::ValidationError
            | Self::ValidationFailed
            | Self::SchemaValidationError
            | Self::Unauthorized
            | Self::ListingNotFound
            | Self::RatePlanNotFound => "OpenAPI descriptions",
        }
    }

    /// Whether the code alone rejects nothing: the reservation or the price may stand, without the discount.
    pub fn is_soft(self) -> bool {
        self == Self::UnexpectedError || (self.is_coupon() && self != Self::InvalidCoupon)
    }

    /// Whether no other API is likely to have a code of this name.
    pub(crate) fn is_own(self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Forbidden
                | Self::Unauthorized
                | Self::UnexpectedError
                | Self::ValidationError
                | Self::ValidationFailed
                | Self::SchemaValidationError
        )
    }

    /// Whether it speaks of a coupon.
    pub(crate) fn is_coupon(self) -> bool {
        self.kind() == Kind::CouponRejected
    }

    /// Whether it rejects by itself, rather than by the items beside it.
    pub(crate) fn rejects(self) -> bool {
        !self.is_soft() && self != Self::CreateReservationError
    }

    /// Kind and statuses; the page says 400 for all of its codes.
    fn facts(self) -> (Kind, &'static [u16]) {
        match self {
            Self::NotFound => (Kind::NotFound, &[400]),
            Self::Forbidden => (Kind::PermissionDenied, &[400]),
            Self::WrongRequestParameters | Self::CreateReservationError => (Kind::InvalidRequest, &[400]),
            Self::ListingCalendarBlocked => (Kind::SlotUnavailable, &[400]),
            Self::MinNightMismatch => (Kind::PolicyViolation, &[400]),
            Self::CouponNotFound
            | Self::CouponIsDisabled
            | Self::CouponMinNightMismatch
            | Self::CouponMaximumUsesExceeded
            | Self::CouponExpirationDateExceeded
            | Self::CouponOutOfCheckinRange
            | Self::CouponUnexpectedError => (Kind::CouponRejected, &[400]),
            Self::ListingIsNotAvailable | Self::CalUnavailable => (Kind::SlotUnavailable, &[]),
            Self::InvalidCoupon => (Kind::CouponRejected, &[]),
            Self::MaxNightMismatch => (Kind::PolicyViolation, &[]),
            Self::UnexpectedError => (Kind::ProviderFault, &[]),
            Self::ValidationError | Self::ValidationFailed | Self::SchemaValidationError => {
                (Kind::InvalidRequest, &[])
            }
            Self::Unauthorized => (Kind::Unauthenticated, &[]),
            Self::ListingNotFound | Self::RatePlanNotFound => (Kind::NotFound, &[]),
        }
    }
}

impl KnownCode for Code {
    fn info(self) -> CodeInfo {
        self.info()
    }
}

pub(crate) fn codes() -> &'static [CodeInfo] {
    static CODES: LazyLock<Vec<CodeInfo>> =
        LazyLock::new(|| Code::ALL.iter().map(|code| code.describe()).collect());
    &CODES
}

fn unknown(code: &str) -> UnknownCode {
    UnknownCode::new(crate::PROVIDER.name(), code)
}
