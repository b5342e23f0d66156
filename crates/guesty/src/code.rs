use booking_errors_core::{Kind, codes};

codes! {
    /// The codes of Guesty: those of the [errors page][page] in its order and the one in its sample, then those that public
    /// client code handles and that the vendor's OpenAPI descriptions name.
    ///
    /// Three validation codes differ only in their spelling; [`Code::SchemaValidationError`] is the one sent as
    /// `ValidationError`. An error with [`Code::CreateReservationError`] has the kind of its issues, and one with
    /// [`Code::ListingIsNotAvailable`] that of the first restriction.
    ///
    /// [`code()`](booking_errors_core::ProviderError::code) returns a code that is not in this list as it was sent.
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
    pub enum Code of "guesty" {
        "errors page" {
            /// The listing, quote or reservation does not exist in this account.
            ///
            /// Check the ID, and that the listing is part of this booking engine.
            NotFound = "NOT_FOUND", NotFound, statuses: [400], is_generic: true;
            /// The account may not use this listing, coupon or other resource.
            ///
            /// Have the resource added to the booking engine, or call with the credentials of its owner.
            Forbidden = "FORBIDDEN", PermissionDenied, statuses: [400], is_generic: true;
            /// Parameters are missing, not allowed or have impossible values.
            ///
            /// Correct the request; the issues name what is wrong, one by one.
            WrongRequestParameters = "WRONG_REQUEST_PARAMETERS", InvalidRequest, statuses: [400];
            /// The listing is taken or blocked on at least one of the nights.
            ///
            /// Search again with these dates and offer another listing, or other dates for this one.
            ListingCalendarBlocked = "LISTING_CALENDAR_BLOCKED", SlotUnavailable, statuses: [400];
            /// The stay is shorter than the listing allows.
            ///
            /// Read the listing's minimum number of nights and offer a longer stay.
            MinNightMismatch = "MIN_NIGHT_MISMATCH", PolicyViolation, statuses: [400];
            /// This booking engine has no such coupon; the coupon is dropped and the price has no discount.
            ///
            /// Show the guest the price without the discount, and let them type the coupon again.
            CouponNotFound = "COUPON_NOT_FOUND", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon is switched off; it is dropped and the price has no discount.
            ///
            /// Tell the guest that the coupon is not valid now, and continue without it if the guest agrees.
            CouponIsDisabled = "COUPON_IS_DISABLED", CouponRejected, statuses: [400], is_soft: true;
            /// The stay is too short for the coupon; the coupon is dropped and the price has no discount.
            ///
            /// Offer the coupon for a longer stay, or this stay at the full price.
            CouponMinNightMismatch = "COUPON_MIN_NIGHT_MISMATCH", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon has reached its limit of uses; it is dropped and the price has no discount.
            ///
            /// Tell the guest that the coupon is used up, and show the full price.
            CouponMaximumUsesExceeded = "COUPON_MAXIMUM_USES_EXCEEDED", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon has expired; it is dropped and the price has no discount.
            ///
            /// Tell the guest that the coupon is no longer valid, and show the full price.
            CouponExpirationDateExceeded = "COUPON_EXPIRATION_DATE_EXCEEDED", CouponRejected, statuses: [400], is_soft: true;
            /// The arrival date is outside the coupon's range; the coupon is dropped and the price has no discount.
            ///
            /// Offer arrival dates on which the coupon is valid, or the full price.
            CouponOutOfCheckinRange = "COUPON_OUT_OF_CHECKIN_RANGE", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon could not be checked, and no discount was given.
            ///
            /// Read the reservation's price before you promise anything, and ask Guesty's support with the request id.
            CouponUnexpectedError = "COUPON_UNEXPECTED_ERROR", CouponRejected, statuses: [400], is_soft: true;
            /// The reservation was refused, for the reasons that the issues list.
            ///
            /// Act on the first issue; if there is none, read the message and ask Guesty's support with the request id.
            CreateReservationError = "CREATE_RESERVATION_ERROR", InvalidRequest, statuses: [400];
        }
        "client code in public" {
            /// No rate plan of the listing fits these dates; the issues name the restrictions, such as `minNights`.
            ///
            /// Change what the first issue names, such as the length of stay, or offer another listing.
            ListingIsNotAvailable = "LISTING_IS_NOT_AVAILABLE", SlotUnavailable;
            /// The coupon was refused, and the quote with it.
            ///
            /// Ask for the quote again without the coupon, and show the guest the full price.
            InvalidCoupon = "INVALID_COUPON", CouponRejected;
        }
        "OpenAPI descriptions" {
            /// The calendar is not free for the whole stay.
            ///
            /// Read the listing's calendar again and offer nights that are free.
            CalUnavailable = "CAL_UNAVAILABLE", SlotUnavailable;
            /// The stay is longer than the listing allows.
            ///
            /// Read the listing's maximum number of nights and offer a shorter stay.
            MaxNightMismatch = "MAX_NIGHT_MISMATCH", PolicyViolation;
            /// The price could not be calculated in full.
            ///
            /// Ask for the price again after a while; do not promise the one in this response.
            UnexpectedError = "UNEXPECTED_ERROR", ProviderFault, is_soft: true, is_generic: true;
            /// The request failed validation.
            ///
            /// Correct what the message and the issues name.
            ValidationError = "VALIDATION_ERROR", InvalidRequest, is_generic: true;
            /// Some fields of the request failed validation.
            ///
            /// Correct the fields that the issues name; each issue says what is wrong.
            ValidationFailed = "VALIDATION_FAILED", InvalidRequest, is_generic: true;
            /// A field has a wrong type or value, or is missing.
            ///
            /// Correct the field at the path given in the issue.
            SchemaValidationError = "ValidationError", InvalidRequest, is_generic: true;
            /// The token is missing, expired or belongs to another account.
            ///
            /// Get a token from the token endpoint and reuse it for many calls, since that endpoint has a strict limit.
            Unauthorized = "UNAUTHORIZED", Unauthenticated, is_generic: true;
            /// There is no such listing, or it is not part of this booking engine.
            ///
            /// Check the listing's ID, and that the listing is published to the booking engine.
            ListingNotFound = "LISTING_NOT_FOUND", NotFound;
            /// The listing no longer has this rate plan.
            ///
            /// Ask for a new quote and use one of the rate plans in it.
            RatePlanNotFound = "RATE_PLAN_NOT_FOUND", NotFound;
        }
    }
}

impl Code {
    /// Returns whether the code alone rejects nothing: the reservation or the price may still stand, without the discount.
    pub fn is_soft(self) -> bool {
        self.info().is_soft
    }

    /// Returns whether the code is about a coupon.
    pub(crate) fn is_coupon(self) -> bool {
        self.kind() == Kind::CouponRejected
    }

    /// Returns whether the code rejects on its own, rather than through the items next to it.
    pub(crate) fn rejects(self) -> bool {
        !self.is_soft() && self != Self::CreateReservationError
    }
}
