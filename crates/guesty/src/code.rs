use booking_errors_core::{Kind, codes};

codes! {
    /// The codes of Guesty: those of the [errors page][page] in its order and the one in its sample, then those that public
    /// client code handles and that the vendor's OpenAPI descriptions name.
    ///
    /// Three validation codes differ only in their spelling; [`Code::SchemaValidationError`] is the one sent as
    /// `ValidationError`. An error with [`Code::CreateReservationError`] has the kind of its issues. One with
    /// [`Code::ListingIsNotAvailable`] is a `policy_violation` if other dates or another length of stay fit a rate plan.
    ///
    /// [`code()`](booking_errors_core::ProviderError::code) returns a code that is not in this list as it was sent.
    ///
    /// ```
    /// use booking_errors::Kind;
    /// use booking_errors::guesty::Code;
    ///
    /// let code: Code = "COUPON_IS_DISABLED".parse()?;
    /// assert_eq!(code.kind(), Kind::CouponRejected);
    /// assert!(code.is_soft());
    /// # Ok::<_, booking_errors::UnknownCode>(())
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
            /// Correct the request; the message and the issues say what is wrong.
            WrongRequestParameters = "WRONG_REQUEST_PARAMETERS", InvalidRequest, statuses: [400];
            /// The listing is taken or blocked on at least one of the nights.
            ///
            /// Search again with these dates and offer another listing, or other dates for this one.
            ListingCalendarBlocked = "LISTING_CALENDAR_BLOCKED", SlotUnavailable, statuses: [400];
            /// The stay is shorter than the listing allows.
            ///
            /// Read the listing's minimum number of nights and offer a longer stay.
            MinNightMismatch = "MIN_NIGHT_MISMATCH", PolicyViolation, statuses: [400];
            /// This booking engine has no such coupon, so there is no discount.
            ///
            /// Look for a reservation before the next attempt: it may stand without the discount. Then show the guest the full price.
            CouponNotFound = "COUPON_NOT_FOUND", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon is switched off, so there is no discount.
            ///
            /// Look for a reservation before the next attempt: it may stand without the discount. Go on without the coupon if the guest agrees.
            CouponIsDisabled = "COUPON_IS_DISABLED", CouponRejected, statuses: [400], is_soft: true;
            /// The stay is too short for the coupon, so there is no discount.
            ///
            /// Look for a reservation before the next attempt: it may stand without the discount. A longer stay would get the discount.
            CouponMinNightMismatch = "COUPON_MIN_NIGHT_MISMATCH", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon has reached its limit of uses, so there is no discount.
            ///
            /// Look for a reservation before the next attempt: it may stand without the discount. Tell the guest that it is used up.
            CouponMaximumUsesExceeded = "COUPON_MAXIMUM_USES_EXCEEDED", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon has expired, so there is no discount.
            ///
            /// Look for a reservation before the next attempt: it may stand without the discount. Tell the guest that it is too late.
            CouponExpirationDateExceeded = "COUPON_EXPIRATION_DATE_EXCEEDED", CouponRejected, statuses: [400], is_soft: true;
            /// The arrival date is outside the coupon's range, so there is no discount.
            ///
            /// Look for a reservation before the next attempt: it may stand without the discount. Another arrival date may get it.
            CouponOutOfCheckinRange = "COUPON_OUT_OF_CHECKIN_RANGE", CouponRejected, statuses: [400], is_soft: true;
            /// The coupon could not be checked, and no discount was given.
            ///
            /// Look for a reservation and its price before you promise anything, and ask Guesty's support with the request ID.
            CouponUnexpectedError = "COUPON_UNEXPECTED_ERROR", CouponRejected, statuses: [400], is_soft: true;
            /// The call for a reservation ended in an error; the issues, if there are any, say why.
            ///
            /// Act on the first issue that rejects; without one, check whether the reservation exists before the next attempt.
            CreateReservationError = "CREATE_RESERVATION_ERROR", InvalidRequest, statuses: [400];
        }
        "client code in public" {
            /// No rate plan fits the stay; the issues, if there are any, are the flags that say why.
            ///
            /// Offer other dates or nights if a flag is about those, such as `minNights`; otherwise offer another listing.
            ListingIsNotAvailable = "LISTING_IS_NOT_AVAILABLE", SlotUnavailable;
            /// The coupon was refused, and the quote with it.
            ///
            /// Ask for the quote again without the coupon, and show the guest the full price.
            InvalidCoupon = "INVALID_COUPON", CouponRejected;
            /// The listing is not set up for payments: it takes inquiries, but no instant bookings.
            ///
            /// Send an inquiry, or ask the host to set up payments for the listing.
            WrongPaymentConfig = "WRONG_PAYMENT_CONFIG", Disabled;
            /// The quote is too old to be booked.
            ///
            /// Ask for a new quote, show the guest its price, and book that one.
            QuoteExpired = "QUOTE_EXPIRED", InvalidState;
            /// You have sent too many calls in a short time.
            ///
            /// Wait as long as `Retry-After` says, or back off, and send the same call again.
            TooManyRequests = "TOO_MANY_REQUESTS", RateLimited, is_generic: true;
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
            /// Correct the fields that the message or the issues name; each issue says what is wrong.
            ValidationFailed = "VALIDATION_FAILED", InvalidRequest, is_generic: true;
            /// A field has a wrong type or value, or is missing.
            ///
            /// Correct the field that the message or the issue names.
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
            /// Guesty is too busy or down.
            ///
            /// Give it some time, and look for the reservation before you send the call again.
            ServiceUnavailable = "SERVICE_UNAVAILABLE", Unavailable, is_generic: true;
            /// Guesty's gateway got no answer in time; the work may go on behind it.
            ///
            /// Wait a little, then check whether the reservation was made before the next attempt.
            GatewayTimeout = "GATEWAY_TIMEOUT", Unavailable, is_generic: true;
            /// Guesty's gateway got a broken answer, or none, from what is behind it.
            ///
            /// Look whether the call was carried out, and send it again only if it was not.
            BadGateway = "BAD_GATEWAY", Unavailable, is_generic: true;
            /// Guesty failed while it handled the call.
            ///
            /// Look whether the reservation exists, and give Guesty's support the request ID if this goes on.
            InternalServerError = "INTERNAL_SERVER_ERROR", ProviderFault, is_generic: true;
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
