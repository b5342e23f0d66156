use std::sync::LazyLock;

use booking_errors_core::decode::KnownCode;
use booking_errors_core::{CodeInfo, Kind, UnknownCode};
use strum::{Display, EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::methods::{methods, successors};

/// The codes of `details.applicationError.code`: first those of the errors page of [Create Booking][page] in its order,
/// then those that the types of the vendor's own SDK add, by kind.
///
/// A code that is not here is kept as it was sent in [`code()`](booking_errors_core::ProviderError::code).
///
/// ```
/// use booking_errors_core::Kind;
/// use booking_errors_wix::Code;
///
/// let code: Code = "SESSION_CAPACITY_EXCEEDED".parse()?;
/// assert_eq!(code.kind(), Kind::SlotUnavailable);
/// assert_eq!(code.info().statuses, [428]);
/// # Ok::<_, booking_errors_core::UnknownCode>(())
/// ```
///
/// [page]: https://dev.wix.com/api/rest/wix-bookings/bookings-v2/create-booking
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumMessage, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", parse_err_ty = UnknownCode, parse_err_fn = unknown)]
#[non_exhaustive]
pub enum Code {
    /// The session has fewer free spots than the booking asks for.
    ///
    /// Read the session's remaining capacity and book fewer participants, or offer another session.
    #[strum(message = "Not enough available spots for session `<sessionId>`.")]
    SessionCapacityExceeded,
    /// The course or schedule as a whole has too few places left for this party.
    ///
    /// Lower the participant count to what the schedule can still take, or send the customer to another course.
    #[strum(message = "Not enough available spots for schedule `<scheduleId>`.")]
    ScheduleCapacityExceeded,
    /// The requested time is taken or not open for booking.
    ///
    /// Query availability again and let the customer choose from the slots it returns.
    #[strum(message = "The specified slot isn't available.")]
    SlotNotAvailable,
    /// Wix has no booking under this ID on the site you called.
    ///
    /// Check the stored booking ID and that the token belongs to the right site; a deleted booking needs a new one.
    #[strum(message = "Booking `<bookingId>` doesn't exist.")]
    BookingNotFound,
    /// The booking stands in a status from which no cancellation is possible.
    ///
    /// Read its status first and cancel only from `CONFIRMED` or `WAITING_LIST`; use `declineBooking` on a pending one.
    #[strum(message = "You can't cancel a booking with status `<status>`.")]
    CancelationNotSupported,
    /// The request overrides a step of the normal booking flow, and the caller may not do that.
    ///
    /// Drop the `flowControlSettings` overrides, or have the app granted the MANAGE BOOKINGS scope.
    #[strum(
        message = "The requested action alters the standard Wix Bookings flow. You don't have sufficient permissions to do so."
    )]
    NotAuthorizedToAlterFlow,
    /// The caller tried to write the staff-only note and lacks the right to.
    ///
    /// Leave `internalBusinessNote` out of the body, or call with an identity that has the MANAGE BOOKINGS scope.
    #[strum(
        message = "The requested action updates `internalBusinessNote`. You don't have sufficient permissions to do so."
    )]
    NotAuthorizedToUpdateInternalBusinessNote,
    /// The caller tried to change who or how many take part and lacks the right to.
    ///
    /// Remove `participantsInfo` from the update, or ask the site owner to grant MANAGE BOOKINGS to your app.
    #[strum(
        message = "The requested action updates `participantsInfo`. You don't have sufficient permissions to do so."
    )]
    NotAuthorizedToUpdateParticipantsInfo,
    /// A rule that the business set for this service forbids the action.
    ///
    /// Read the service's policy for time limits and party size, then change the time or the number of people.
    #[strum(message = "The requested action violates the service's `<serviceId>` policy.")]
    ServicePolicyViolation,
    /// The slot is described too thinly for Wix to place the booking.
    ///
    /// Put a session ID in `slot`, or fill `scheduleId`, `resource.id`, `location.locationType`, `startDate` and `endDate`.
    #[strum(message = "The provided `slot` is missing required fields.")]
    MissingSlotDetails,
    /// The site or app has used up its quota for this feature.
    ///
    /// Slow down and send the same call after a pause; if it keeps coming back, make fewer calls.
    #[strum(message = "The requested action exceeds the limit for calling `<feature>`.")]
    FeatureLimitExceeded,
    /// The booking is past the point where it can be turned down.
    ///
    /// Decline only while the status is `CREATED` or `PENDING`; call `cancelBooking` once it is `CONFIRMED`.
    #[strum(message = "It isn't supported to decline a booking with status `<status>`.")]
    DeclineNotSupported,
    /// The booking is in a status that no longer leads to confirmation.
    ///
    /// Read the status: only `CREATED` and `PENDING` can be confirmed, and `CONFIRMED` means the work is done.
    #[strum(message = "It isn't supported to confirm a booking with status `<status>`.")]
    ConfirmationNotSupported,
    /// The party is described either not at all or in more than one way at once.
    ///
    /// Keep one of `totalParticipants`, `participantsChoices` and `numberOfParticipants`, and delete the others.
    #[strum(
        message = "The requested action is missing or includes conflicting information about the participants."
    )]
    InvalidParticipantInfo,
    /// The bulk confirm-or-decline call lists the same booking more than once.
    ///
    /// Remove the repeated IDs and make sure each booking gets a single decision before calling again.
    DuplicatedBookings,
    /// Wix refused the body because at least one value is missing or out of range.
    ///
    /// Look at the field violations in the answer and correct each named field.
    ValidationFailure,
    /// The booking came without the customer's form answers.
    ///
    /// Collect the fields of the service's booking form and send them in `formSubmission`.
    EmptyFormInfo,
    /// The chosen options could not be traced to anything this service offers.
    ///
    /// Reload the service's options and rebuild `participantsChoices` from their current IDs and values.
    FailedResolvingCustomChoices,
    /// The options picked for the participants are malformed or do not exist.
    ///
    /// Check every entry of `participantsChoices` for a wrong ID, a misspelt value or a zero count.
    InvalidChoices,
    /// The availability check was switched off, yet no staff member or room was named.
    ///
    /// Set `slot.resource.id`, or turn `skipAvailabilityValidation` off so that Wix picks the resource.
    CanNotSkipAvailabilityValidationIfResourceNotProvided,
    /// At least one booking in the call has no revision number.
    ///
    /// Read every booking of the group and pass its `revision` along with its ID.
    RevisionMissing,
    /// The call covers only a part of the multi-service booking.
    ///
    /// Fetch the full list of bookings in the group and include every one of them in the request.
    NotAllBookingsWereSent,
    /// One booking of the multi-service booking is described twice in the same call.
    ///
    /// Merge the entries so that each booking ID stands once, with the newest `revision`.
    DuplicateBookingInfo,
    /// The group's bookings belong to different staff members, and this call does not accept that.
    ///
    /// Read who is assigned to each booking and bring them under one person, or let the site owner make the change.
    MultiServiceBookingIncludesMultipleStaffMembers,
    /// The group cannot be confirmed while one of its bookings has no fixed time.
    ///
    /// Find the booking without `startDate` or `endDate`, give it a time, then confirm the group.
    NotAllBookingsHaveStartAndEndDate,
    /// The options sent do not fit the variants that the service sells.
    ///
    /// Compare the choices with the service's variants and let the customer pick again where one was dropped.
    InvalidServiceChoices,
    /// The staff or rooms selected do not suit the way this service is booked.
    ///
    /// Read which resources the service allows and correct the selection in `slot`, or leave it to Wix.
    InvalidFlowSelectedResources,
    /// A single booking was sent with data that ties it to a group of services.
    ///
    /// Strip the multi-service data from the body, or send the whole group through `createMultiServiceBooking`.
    CanNotCreateBookingWithMultiServiceBookingInfo,
    /// A date in the request could not be parsed.
    ///
    /// Write `startDate` and `endDate` in ISO 8601 with a time part, for example 2025-03-09T14:30:00.
    InvalidDateFormat,
    /// Wix does not know the time zone named in the request.
    ///
    /// Use a full IANA name such as Europe/Berlin, not an abbreviation or a UTC offset.
    InvalidTimeZone,
    /// The customer's name, mail or phone differs between two parts of the body.
    ///
    /// Fill `contactDetails` and `formSubmission` from one source so that both say the same.
    ContactDetailsConflict,
    /// The cancellation sets a new price and waives the charges in one go.
    ///
    /// Decide which of the two the business wants and send only that one.
    NewPriceWithWaiveCharges,
    /// The bulk cancellation does not carry the cancellation details it needs.
    ///
    /// Complete the cancellation details of every entry passed to `bulkCancelBooking` and send the batch again.
    MissingCancellationInfo,
    /// The bulk cancellation was sent without a time zone.
    ///
    /// Add the IANA name of the business's time zone to the `bulkCancelBooking` body.
    MissingTimeZone,
    /// The bulk cancellation names a booking twice.
    ///
    /// Turn the list of IDs into a set before calling `bulkCancelBooking`.
    DuplicateBookingIds,
    /// The token for acting without a login was rejected: wrong, expired or issued for another booking.
    ///
    /// Get a new one from `getAnonymousActionToken`, or its multi-service twin, and use it for this booking only.
    InvalidToken,
    /// The token is valid but may not perform this operation on the site.
    ///
    /// Look up the scope the method asks for, add it to the app and have the site owner approve it.
    UnauthorizedOperation,
    /// The service behind the booking is gone or was never on this site.
    ///
    /// List the site's services again, drop the stale service ID from your cache and link to a live one.
    ServiceNotFound,
    /// No group of bookings exists under this ID.
    ///
    /// Make sure you sent the multi-service ID and not that of one booking inside it.
    MultiServiceBookingNotFound,
    /// The schedule that the slot points to is unknown to Wix.
    ///
    /// Take a fresh `scheduleId` from the service and replace the one in `slot`.
    ScheduleNotFound,
    /// The staff member, room or equipment in the slot cannot be found.
    ///
    /// Read the resources again, correct `slot.resource.id` and check with the business whether the person left.
    ResourceNotFound,
    /// The class session to be booked is not on the calendar, perhaps because it was removed.
    ///
    /// List the upcoming sessions anew and have the customer choose one of those.
    SessionNotFound,
    /// An extra requested with the booking does not exist.
    ///
    /// Reload the service's add-ons and remove or replace the unknown ID.
    AddOnNotFound,
    /// The add-on was requested under a group that the service does not have.
    ///
    /// Read the service's add-on groups and move the add-on to the group that lists it now.
    AddOnGroupNotFound,
    /// The series of repeating bookings to be canceled is unknown.
    ///
    /// Read the recurring group's ID from one of its bookings, or cancel the bookings one by one by ID.
    RecurringGroupNotFound,
    /// Someone changed the booking after you last read it.
    ///
    /// Read the booking and its current `revision`, then decide whether your change is still wanted before sending it.
    BookingRevisionMismatch,
    /// All places were gone when the booking was to be confirmed, moved or marked pending.
    ///
    /// Tell the customer it is full and propose another time or the waiting list.
    NoOpenSpots,
    /// The check for free time did not pass for this slot or schedule.
    ///
    /// Ask for availability once more; when the time is missing from the result, suggest the nearest free one.
    FailedValidatingAvailability,
    /// Wix could not reserve the slot for this booking.
    ///
    /// See whether the slot is still listed as free before a second attempt, and have an alternative ready.
    SlotHoldUnavailable,
    /// The service does not let this customer move the booking, or not any more.
    ///
    /// Hide the reschedule option for this booking and refer the customer to the business.
    ReschedulingNotAllowed,
    /// The booking breaks a rule of the service, such as how early or how late one may act.
    ///
    /// Compare the time with the service's booking window and notice period, and choose one that fits.
    BookingPolicyViolation,
    /// Rescheduling may not alter the extras that were booked.
    ///
    /// Resend the reschedule with the add-ons exactly as they stand on the booking.
    AddOnChangesNotAllowed,
    /// The new time would change what the customer pays, which is not permitted.
    ///
    /// Offer a slot at the same price, or cancel this booking and make a new one at the new price.
    PriceChangeNotAllowed,
    /// The cancellation asks for money back that the service's terms do not give.
    ///
    /// Cancel without `withRefund`, and let the business decide on a refund in its dashboard.
    RefundNotAllowed,
    /// The booking's status rules out the confirm or decline you asked for.
    ///
    /// Read the booking; another actor may have settled it, so act only on what its status shows.
    InvalidBookingStatus,
    /// The customer cannot cancel this booking through an anonymous link.
    ///
    /// Check whether it is already canceled or has begun; otherwise the business must cancel it.
    BookingCannotBeCancelled,
    /// Every booking of the group was declined before this call.
    ///
    /// Record the group as declined on your side and send nothing more for it.
    AllBookingsAreAlreadyDeclined,
    /// The whole group had been canceled earlier.
    ///
    /// Treat the cancellation as done, and look at refunds separately if one is due.
    AllBookingsAreAlreadyCanceled,
    /// There was nothing left to confirm in this group.
    ///
    /// Mark the group `CONFIRMED` in your own records and do not notify the customer twice.
    AllBookingsAreAlreadyConfirmed,
    /// The booking to be added is a member of a different group.
    ///
    /// Take it out with `removeBookingsFromMultiServiceBooking` first, or leave it where it is.
    BookingAlreadyPartOfAnotherMultiServiceBooking,
    /// The group has this booking in it already.
    ///
    /// Leave it off the list given to `addBookingsToMultiServiceBooking`; an earlier attempt probably succeeded.
    MultiServiceBookingAlreadyIncludesBooking,
    /// A booking in this status cannot join a group.
    ///
    /// Read its status next to that of the group's bookings, and make a new booking if it is already closed.
    BookingToAddStatusNotValid,
    /// The booking belongs to a group and cannot be changed by itself.
    ///
    /// Use `rescheduleMultiServiceBooking` or `cancelMultiServiceBooking` with the ID of the group.
    NotAllowedToUpdateBookingInMultiServiceBooking,
    /// The booking was not waiting for approval when the confirmation came in.
    ///
    /// Fetch it again: confirm only if it shows `PENDING`, otherwise drop the task from your approval queue.
    FailedConfirmingNonPendingBooking,
    /// The booking to be declined was no longer awaiting a decision.
    ///
    /// Get its latest status; if it has been confirmed meanwhile, ask the business whether to cancel it instead.
    FailedDeclineNonPendingBooking,
    /// The booking cannot go to `PENDING` from where it stands.
    ///
    /// Read its status before calling `markBookingAsPending`, and skip the call for a booking already settled.
    BookingMarkBookingAsPending,
    /// The service does not have its bookings approved by hand, so none can be left pending.
    ///
    /// Read the booking's status again: it does not wait for an approval, and needs none.
    NotPendingApprovalService,
    /// Wix could not work out the fees that belong to this booking.
    ///
    /// The request is fine as it is; read the booking with an ordinary token if it is needed now, and try this call later.
    FailedGettingBookingFees,
    /// Wix could not load the service for the anonymous visitor.
    ///
    /// No field will help; read the service through the regular API if you can, and try this call later.
    FailedGettingService,
    /// Wix failed to issue a token for acting without a login.
    ///
    /// Nothing in the call needs changing; check that the booking still exists and ask for the token later.
    FailedGeneratingToken,
    /// Part of the multi-service booking was changed and part was not.
    ///
    /// Read all its bookings again before anything is resent, then repeat the change only for those still unchanged.
    SomeBookingsUpdatesFailed,
    /// Wix could not load the session while moving the booking.
    ///
    /// Keep the body; read the booking to see whether it moved, and repeat the reschedule after a while if not.
    FailedResolvingSession,
    /// The schedule lookup broke on Wix's side during a reschedule.
    ///
    /// Confirm from the booking that the old time stands, then try later and report it to Wix if it persists.
    FailedResolvingSchedule,
}

impl Code {
    /// Every code, in the order of the variants.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code as it is sent.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What went wrong, in the words that all providers share.
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
            .with_template(self.get_message())
            .with_methods(methods(self))
            .with_successors(successors(self))
            .with_source(if self.get_message().is_some() {
                "errors page of Create Booking"
            } else {
                "SDK types"
            })
    }

    /// The name of the value that the message carries, such as `sessionId`.
    pub fn parameter(self) -> Option<&'static str> {
        self.template_parts().map(|(_, name, _)| name)
    }

    /// The value that a message made from the template carries, with or without backticks around it.
    pub(crate) fn parameter_in(self, message: &str) -> Option<&str> {
        let (before, _, after) = self.template_parts()?;
        let rest = message.trim().strip_prefix(before)?;
        let value =
            rest.strip_suffix(after).or(rest.strip_suffix(after.trim_end_matches('.')))?.trim_matches('`');
        (!value.trim().is_empty()).then_some(value)
    }

    /// What stands before the parameter, its name, and what stands behind it.
    fn template_parts(self) -> Option<Parts> {
        static PARTS: LazyLock<Vec<Option<Parts>>> =
            LazyLock::new(|| Code::ALL.iter().map(|code| split_template(code.get_message()?)).collect());
        // the table is in the order of the variants
        PARTS.get(self as usize).copied().flatten()
    }

    fn facts(self) -> (Kind, &'static [u16]) {
        match self {
            Self::SessionCapacityExceeded
            | Self::ScheduleCapacityExceeded
            | Self::SlotNotAvailable
            | Self::FailedValidatingAvailability => (Kind::SlotUnavailable, &[428]),
            Self::NoOpenSpots | Self::SlotHoldUnavailable => (Kind::SlotUnavailable, &[]),
            Self::BookingNotFound | Self::MultiServiceBookingNotFound => (Kind::NotFound, &[404]),
            Self::ScheduleNotFound | Self::SessionNotFound => (Kind::NotFound, &[428]),
            Self::ServiceNotFound
            | Self::ResourceNotFound
            | Self::AddOnNotFound
            | Self::AddOnGroupNotFound
            | Self::RecurringGroupNotFound => (Kind::NotFound, &[]),
            Self::CancelationNotSupported
            | Self::DeclineNotSupported
            | Self::ConfirmationNotSupported
            | Self::InvalidBookingStatus
            | Self::FailedDeclineNonPendingBooking => (Kind::InvalidState, &[428]),
            Self::BookingCannotBeCancelled
            | Self::AllBookingsAreAlreadyDeclined
            | Self::AllBookingsAreAlreadyCanceled
            | Self::AllBookingsAreAlreadyConfirmed
            | Self::BookingAlreadyPartOfAnotherMultiServiceBooking
            | Self::MultiServiceBookingAlreadyIncludesBooking
            | Self::BookingToAddStatusNotValid
            | Self::NotAllowedToUpdateBookingInMultiServiceBooking
            | Self::FailedConfirmingNonPendingBooking
            | Self::BookingMarkBookingAsPending
            | Self::NotPendingApprovalService => (Kind::InvalidState, &[]),
            Self::NotAuthorizedToAlterFlow
            | Self::NotAuthorizedToUpdateInternalBusinessNote
            | Self::NotAuthorizedToUpdateParticipantsInfo
            | Self::UnauthorizedOperation => (Kind::PermissionDenied, &[403]),
            Self::ServicePolicyViolation | Self::BookingPolicyViolation => (Kind::PolicyViolation, &[403]),
            Self::ReschedulingNotAllowed
            | Self::AddOnChangesNotAllowed
            | Self::PriceChangeNotAllowed
            | Self::RefundNotAllowed => (Kind::PolicyViolation, &[]),
            Self::ValidationFailure => (Kind::InvalidRequest, &[400, 428]),
            Self::MissingSlotDetails
            | Self::InvalidParticipantInfo
            | Self::InvalidChoices
            | Self::InvalidDateFormat
            | Self::InvalidTimeZone
            | Self::ContactDetailsConflict => (Kind::InvalidRequest, &[400]),
            Self::DuplicatedBookings
            | Self::FailedResolvingCustomChoices
            | Self::CanNotSkipAvailabilityValidationIfResourceNotProvided
            | Self::InvalidServiceChoices
            | Self::InvalidFlowSelectedResources
            | Self::CanNotCreateBookingWithMultiServiceBookingInfo => (Kind::InvalidRequest, &[428]),
            Self::EmptyFormInfo
            | Self::RevisionMissing
            | Self::NotAllBookingsWereSent
            | Self::DuplicateBookingInfo
            | Self::MultiServiceBookingIncludesMultipleStaffMembers
            | Self::NotAllBookingsHaveStartAndEndDate
            | Self::NewPriceWithWaiveCharges
            | Self::MissingCancellationInfo
            | Self::MissingTimeZone
            | Self::DuplicateBookingIds => (Kind::InvalidRequest, &[]),
            Self::FeatureLimitExceeded => (Kind::RateLimited, &[429]),
            Self::InvalidToken => (Kind::Unauthenticated, &[]),
            Self::BookingRevisionMismatch => (Kind::Conflict, &[]),
            Self::FailedGettingBookingFees
            | Self::FailedGettingService
            | Self::FailedGeneratingToken
            | Self::SomeBookingsUpdatesFailed
            | Self::FailedResolvingSession
            | Self::FailedResolvingSchedule => (Kind::ProviderFault, &[]),
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

/// What stands before the parameter of a message, its name, and what stands behind it.
type Parts = (&'static str, &'static str, &'static str);

fn split_template(template: &'static str) -> Option<Parts> {
    let (before, rest) = template.split_once('<')?;
    let (name, after) = rest.split_once('>')?;
    Some((before.strip_suffix('`')?, name, after.strip_prefix('`')?))
}

fn unknown(code: &str) -> UnknownCode {
    UnknownCode::new(crate::PROVIDER.name(), code)
}
