use crate::Code;

/// The methods of today's API that send a code, by the types of the vendor's SDK; none for a code that only the errors
/// page has, and for one of which none is known.
pub(crate) fn methods(code: Code) -> &'static [&'static str] {
    match code {
        Code::SessionCapacityExceeded
        | Code::ScheduleCapacityExceeded
        | Code::InvalidServiceChoices
        | Code::FailedValidatingAvailability => &["createBooking", "rescheduleBooking"],
        Code::SlotNotAvailable | Code::UnauthorizedOperation | Code::ScheduleNotFound => {
            &["createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking"]
        }
        Code::BookingNotFound => &[
            "confirmOrDeclineBooking",
            "bookingsCancelBookingAnonymously",
            "bookingsRescheduleBookingAnonymously",
            "bookingsGetBookingAnonymously",
            "getServiceAnonymously",
            "getAnonymousActionToken",
            "rescheduleMultiServiceBooking",
            "markMultiServiceBookingAsPending",
            "confirmMultiServiceBooking",
            "declineMultiServiceBooking",
            "addBookingsToMultiServiceBooking",
            "removeBookingsFromMultiServiceBooking",
            "rescheduleBooking",
            "confirmBooking",
            "setBookingSubmissionId",
            "updateExtendedFields",
            "declineBooking",
            "cancelBooking",
            "bulkCancelBooking",
            "updateNumberOfParticipants",
            "markBookingAsPending",
        ],
        Code::FeatureLimitExceeded | Code::NewPriceWithWaiveCharges | Code::RefundNotAllowed => {
            &["cancelBooking", "bulkCancelBooking"]
        }
        Code::DuplicatedBookings => &["bulkConfirmOrDeclineBooking"],
        Code::ValidationFailure => &[
            "createMultiServiceBooking",
            "createBooking",
            "bulkCreateBooking",
            "rescheduleBooking",
            "cancelBooking",
            "bulkCancelBooking",
        ],
        Code::EmptyFormInfo | Code::ResourceNotFound => {
            &["createMultiServiceBooking", "bulkCreateBooking", "rescheduleBooking"]
        }
        Code::FailedResolvingCustomChoices
        | Code::InvalidChoices
        | Code::CanNotSkipAvailabilityValidationIfResourceNotProvided => {
            &["createMultiServiceBooking", "createBooking", "bulkCreateBooking"]
        }
        Code::RevisionMissing
        | Code::NotAllBookingsWereSent
        | Code::DuplicateBookingInfo
        | Code::SomeBookingsUpdatesFailed => &[
            "rescheduleMultiServiceBooking",
            "markMultiServiceBookingAsPending",
            "confirmMultiServiceBooking",
            "declineMultiServiceBooking",
        ],
        Code::MultiServiceBookingIncludesMultipleStaffMembers => &[
            "rescheduleMultiServiceBooking",
            "cancelMultiServiceBooking",
            "markMultiServiceBookingAsPending",
            "confirmMultiServiceBooking",
            "declineMultiServiceBooking",
        ],
        Code::NotAllBookingsHaveStartAndEndDate | Code::AllBookingsAreAlreadyConfirmed => {
            &["confirmMultiServiceBooking"]
        }
        Code::InvalidFlowSelectedResources
        | Code::CanNotCreateBookingWithMultiServiceBookingInfo
        | Code::InvalidDateFormat
        | Code::ContactDetailsConflict => &["createBooking"],
        Code::InvalidTimeZone => &["createBooking", "bulkCancelBooking"],
        Code::MissingCancellationInfo
        | Code::MissingTimeZone
        | Code::DuplicateBookingIds
        | Code::RecurringGroupNotFound => &["bulkCancelBooking"],
        Code::InvalidToken => &[
            "bookingsCancelBookingAnonymously",
            "bookingsRescheduleBookingAnonymously",
            "bookingsGetBookingAnonymously",
            "getServiceAnonymously",
            "getMultiServiceBookingAnonymously",
            "cancelMultiServiceBookingAnonymously",
        ],
        Code::ServiceNotFound | Code::FailedGettingService => &["getServiceAnonymously"],
        Code::MultiServiceBookingNotFound => &[
            "getAnonymousActionTokenForMultiServiceBooking",
            "getMultiServiceBookingAnonymously",
            "cancelMultiServiceBookingAnonymously",
            "rescheduleMultiServiceBooking",
            "getMultiServiceBookingAvailability",
            "cancelMultiServiceBooking",
            "markMultiServiceBookingAsPending",
            "confirmMultiServiceBooking",
            "declineMultiServiceBooking",
            "addBookingsToMultiServiceBooking",
            "removeBookingsFromMultiServiceBooking",
        ],
        Code::SessionNotFound => &["createBooking", "bulkCreateBooking", "rescheduleBooking"],
        Code::AddOnNotFound
        | Code::AddOnGroupNotFound
        | Code::AddOnChangesNotAllowed
        | Code::PriceChangeNotAllowed
        | Code::FailedResolvingSession
        | Code::FailedResolvingSchedule => &["rescheduleBooking"],
        Code::BookingRevisionMismatch => &[
            "rescheduleMultiServiceBooking",
            "markMultiServiceBookingAsPending",
            "confirmMultiServiceBooking",
            "declineMultiServiceBooking",
            "addBookingsToMultiServiceBooking",
            "removeBookingsFromMultiServiceBooking",
        ],
        Code::NoOpenSpots => &[
            "rescheduleMultiServiceBooking",
            "markMultiServiceBookingAsPending",
            "confirmMultiServiceBooking",
            "confirmBooking",
            "markBookingAsPending",
        ],
        Code::SlotHoldUnavailable => &["createBooking", "bulkCreateBooking"],
        Code::ReschedulingNotAllowed => &["bookingsRescheduleBookingAnonymously"],
        Code::BookingPolicyViolation => {
            &["createBooking", "rescheduleBooking", "cancelBooking", "bulkCancelBooking"]
        }
        Code::InvalidBookingStatus => &[
            "confirmOrDeclineBooking",
            "confirmMultiServiceBooking",
            "declineMultiServiceBooking",
            "confirmBooking",
            "declineBooking",
        ],
        Code::BookingCannotBeCancelled => {
            &["bookingsCancelBookingAnonymously", "cancelMultiServiceBookingAnonymously"]
        }
        Code::AllBookingsAreAlreadyDeclined => &["cancelMultiServiceBooking", "declineMultiServiceBooking"],
        Code::AllBookingsAreAlreadyCanceled => &["cancelMultiServiceBooking"],
        Code::BookingAlreadyPartOfAnotherMultiServiceBooking
        | Code::MultiServiceBookingAlreadyIncludesBooking
        | Code::BookingToAddStatusNotValid => &["addBookingsToMultiServiceBooking"],
        Code::NotAllowedToUpdateBookingInMultiServiceBooking => {
            &["rescheduleBooking", "cancelBooking", "bulkCancelBooking"]
        }
        Code::FailedConfirmingNonPendingBooking => &["confirmBooking"],
        Code::FailedDeclineNonPendingBooking => &["declineBooking"],
        Code::BookingMarkBookingAsPending | Code::NotPendingApprovalService => &["markBookingAsPending"],
        Code::FailedGettingBookingFees => &["bookingsGetBookingAnonymously"],
        Code::FailedGeneratingToken => {
            &["getAnonymousActionToken", "getAnonymousActionTokenForMultiServiceBooking"]
        }
        _ => &[],
    }
}

/// The codes that today's API sends in the same situation, for those that only the errors page has. They are of the
/// same kind.
pub(crate) fn successors(code: Code) -> &'static [&'static str] {
    match code {
        Code::CancelationNotSupported => &["BOOKING_CANNOT_BE_CANCELLED"],
        Code::NotAuthorizedToAlterFlow
        | Code::NotAuthorizedToUpdateInternalBusinessNote
        | Code::NotAuthorizedToUpdateParticipantsInfo => &["UNAUTHORIZED_OPERATION"],
        Code::ServicePolicyViolation => &["BOOKING_POLICY_VIOLATION"],
        Code::MissingSlotDetails | Code::InvalidParticipantInfo => &["VALIDATION_FAILURE"],
        Code::DeclineNotSupported => &["INVALID_BOOKING_STATUS", "FAILED_DECLINE_NON_PENDING_BOOKING"],
        Code::ConfirmationNotSupported => {
            &["INVALID_BOOKING_STATUS", "FAILED_CONFIRMING_NON_PENDING_BOOKING"]
        }
        _ => &[],
    }
}
