use booking_errors_core::{Placeholder, codes};

codes! {
    /// The codes of `details.applicationError.code`: first those of the errors page of [Create Booking][page] in its
    /// order, then those that the types of the vendor's own SDK add, by kind.
    ///
    /// [`code()`](booking_errors_core::ProviderError::code) returns a code that is not in this list as it was sent.
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
    pub enum Code of "wix" {
        "errors page of Create Booking" {
            /// The session has fewer free spots than the booking asks for.
            ///
            /// Read the session's remaining capacity and book fewer participants, or offer another session.
            SessionCapacityExceeded = "SESSION_CAPACITY_EXCEEDED", SlotUnavailable, statuses: [428],
                template: "Not enough available spots for session `<sessionId>`.",
                methods: ["createBooking", "rescheduleBooking"];
            /// The course or schedule as a whole has too few places left for this party.
            ///
            /// Lower the participant count to what the schedule can still take, or offer the customer another course.
            ScheduleCapacityExceeded = "SCHEDULE_CAPACITY_EXCEEDED", SlotUnavailable, statuses: [428],
                template: "Not enough available spots for schedule `<scheduleId>`.",
                methods: ["createBooking", "rescheduleBooking"];
            /// The requested time is taken or not open for booking.
            ///
            /// Query availability again and let the customer choose from the slots it returns.
            SlotNotAvailable = "SLOT_NOT_AVAILABLE", SlotUnavailable, statuses: [428],
                template: "The specified slot isn't available.",
                methods: ["createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking"];
            /// Wix has no booking with this ID on the site you called.
            ///
            /// Check the stored booking ID and that the token belongs to the right site; a deleted booking needs a new one.
            BookingNotFound = "BOOKING_NOT_FOUND", NotFound, statuses: [404],
                template: "Booking `<bookingId>` doesn't exist.",
                methods: [
                    "confirmOrDeclineBooking", "bookingsCancelBookingAnonymously",
                    "bookingsRescheduleBookingAnonymously", "bookingsGetBookingAnonymously", "getServiceAnonymously",
                    "getAnonymousActionToken", "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking", "addBookingsToMultiServiceBooking",
                    "removeBookingsFromMultiServiceBooking", "rescheduleBooking", "confirmBooking",
                    "setBookingSubmissionId", "updateExtendedFields", "declineBooking", "cancelBooking",
                    "bulkCancelBooking", "updateNumberOfParticipants", "markBookingAsPending",
                ];
            /// The booking's present status does not allow it to be canceled.
            ///
            /// Read its status first and cancel only from `CONFIRMED` or `WAITING_LIST`; use `declineBooking` on a pending one.
            CancelationNotSupported = "CANCELATION_NOT_SUPPORTED", InvalidState, statuses: [428],
                template: "You can't cancel a booking with status `<status>`.",
                successors: ["BOOKING_CANNOT_BE_CANCELLED"];
            /// The request overrides a step of the normal booking flow, which the caller is not allowed to do.
            ///
            /// Drop the `flowControlSettings` overrides, or get the MANAGE BOOKINGS scope for your app.
            NotAuthorizedToAlterFlow = "NOT_AUTHORIZED_TO_ALTER_FLOW", PermissionDenied, statuses: [403],
                template: "The requested action alters the standard Wix Bookings flow. You don't have sufficient permissions to do so.",
                successors: ["UNAUTHORIZED_OPERATION"];
            /// The caller tried to change the staff-only note without permission.
            ///
            /// Leave `internalBusinessNote` out of the body, or call with an identity that has the MANAGE BOOKINGS scope.
            NotAuthorizedToUpdateInternalBusinessNote = "NOT_AUTHORIZED_TO_UPDATE_INTERNAL_BUSINESS_NOTE",
                PermissionDenied, statuses: [403],
                template: "The requested action updates `internalBusinessNote`. You don't have sufficient permissions to do so.",
                successors: ["UNAUTHORIZED_OPERATION"];
            /// The caller tried to change who takes part, or how many, without permission.
            ///
            /// Remove `participantsInfo` from the update, or ask the site owner to grant MANAGE BOOKINGS to your app.
            NotAuthorizedToUpdateParticipantsInfo = "NOT_AUTHORIZED_TO_UPDATE_PARTICIPANTS_INFO",
                PermissionDenied, statuses: [403],
                template: "The requested action updates `participantsInfo`. You don't have sufficient permissions to do so.",
                successors: ["UNAUTHORIZED_OPERATION"];
            /// A rule that the business set for this service forbids the action.
            ///
            /// Read the service's policy for time limits and party size, then change the time or the number of people.
            ServicePolicyViolation = "SERVICE_POLICY_VIOLATION", PolicyViolation, statuses: [403],
                template: "The requested action violates the service's `<serviceId>` policy.",
                successors: ["BOOKING_POLICY_VIOLATION"];
            /// The slot lacks details that Wix needs to place the booking.
            ///
            /// Put a session ID in `slot`, or fill `scheduleId`, `resource.id`, `location.locationType`, `startDate` and `endDate`.
            MissingSlotDetails = "MISSING_SLOT_DETAILS", InvalidRequest, statuses: [400],
                template: "The provided `slot` is missing required fields.",
                successors: ["VALIDATION_FAILURE"];
            /// The site or app has used up its quota for this feature.
            ///
            /// Slow down and send the same call after a pause; if the error keeps coming back, make fewer calls.
            FeatureLimitExceeded = "FEATURE_LIMIT_EXCEEDED", RateLimited, statuses: [429],
                template: "The requested action exceeds the limit for calling `<feature>`.",
                methods: ["cancelBooking", "bulkCancelBooking"];
            /// The booking is past the point where it can be declined.
            ///
            /// Decline only while the status is `CREATED` or `PENDING`; call `cancelBooking` once it is `CONFIRMED`.
            DeclineNotSupported = "DECLINE_NOT_SUPPORTED", InvalidState, statuses: [428],
                template: "It isn't supported to decline a booking with status `<status>`.",
                successors: ["INVALID_BOOKING_STATUS", "FAILED_DECLINE_NON_PENDING_BOOKING"];
            /// The booking is in a status in which it cannot be confirmed.
            ///
            /// Read the status: only `CREATED` and `PENDING` can be confirmed, and `CONFIRMED` means the work is done.
            ConfirmationNotSupported = "CONFIRMATION_NOT_SUPPORTED", InvalidState, statuses: [428],
                template: "It isn't supported to confirm a booking with status `<status>`.",
                successors: ["INVALID_BOOKING_STATUS", "FAILED_CONFIRMING_NON_PENDING_BOOKING"];
            /// The request does not describe the participants, or describes them in more than one way.
            ///
            /// Keep one of `totalParticipants`, `participantsChoices` and `numberOfParticipants`, and delete the others.
            InvalidParticipantInfo = "INVALID_PARTICIPANT_INFO", InvalidRequest, statuses: [400],
                template: "The requested action is missing or includes conflicting information about the participants.",
                successors: ["VALIDATION_FAILURE"];
        }
        "SDK types" {
            /// The bulk confirm-or-decline call lists the same booking more than once.
            ///
            /// Remove the repeated IDs and make sure each booking gets a single decision before calling again.
            DuplicatedBookings = "DUPLICATED_BOOKINGS", InvalidRequest, statuses: [428],
                methods: ["bulkConfirmOrDeclineBooking"];
            /// Wix refused the body because at least one value is missing or out of range.
            ///
            /// Look at the field violations in the response and correct each named field.
            ValidationFailure = "VALIDATION_FAILURE", InvalidRequest, statuses: [400, 428],
                methods: [
                    "createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking",
                    "cancelBooking", "bulkCancelBooking",
                ];
            /// The request came without the customer's form answers.
            ///
            /// Collect the fields of the service's booking form and send them in `formSubmission`.
            EmptyFormInfo = "EMPTY_FORM_INFO", InvalidRequest,
                methods: ["createMultiServiceBooking", "bulkCreateBooking", "rescheduleBooking"];
            /// The chosen options do not match anything this service offers.
            ///
            /// Reload the service's options and rebuild `participantsChoices` from their current IDs and values.
            FailedResolvingCustomChoices = "FAILED_RESOLVING_CUSTOM_CHOICES", InvalidRequest, statuses: [428],
                methods: ["createMultiServiceBooking", "createBooking", "bulkCreateBooking"];
            /// The options picked for the participants are malformed or do not exist.
            ///
            /// Check every entry of `participantsChoices` for a wrong ID, a misspelt value or a zero count.
            InvalidChoices = "INVALID_CHOICES", InvalidRequest, statuses: [400],
                methods: ["createMultiServiceBooking", "createBooking", "bulkCreateBooking"];
            /// The availability check was switched off, yet no staff member or room was named.
            ///
            /// Set `slot.resource.id`, or turn `skipAvailabilityValidation` off so that Wix picks the resource.
            CanNotSkipAvailabilityValidationIfResourceNotProvided = "CAN_NOT_SKIP_AVAILABILITY_VALIDATION_IF_RESOURCE_NOT_PROVIDED",
                InvalidRequest, statuses: [428],
                methods: ["createMultiServiceBooking", "createBooking", "bulkCreateBooking"];
            /// At least one booking in the call has no revision number.
            ///
            /// Read every booking of the group and pass its `revision` along with its ID.
            RevisionMissing = "REVISION_MISSING", InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking",
                ];
            /// The call covers only a part of the multi-service booking.
            ///
            /// Fetch the full list of bookings in the group and include every one of them in the request.
            NotAllBookingsWereSent = "NOT_ALL_BOOKINGS_WERE_SENT", InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking",
                ];
            /// One booking of the multi-service booking is described twice in the same call.
            ///
            /// Merge the entries so that each booking ID appears once, with the newest `revision`.
            DuplicateBookingInfo = "DUPLICATE_BOOKING_INFO", InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking",
                ];
            /// The group's bookings belong to different staff members, and this call does not accept that.
            ///
            /// Read who is assigned to each booking and assign them all to one person, or let the site owner make the change.
            MultiServiceBookingIncludesMultipleStaffMembers = "MULTI_SERVICE_BOOKING_INCLUDES_MULTIPLE_STAFF_MEMBERS",
                InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "cancelMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking",
                ];
            /// The group cannot be confirmed while one of its bookings has no fixed time.
            ///
            /// Find the booking without `startDate` or `endDate`, give it a time, then confirm the group.
            NotAllBookingsHaveStartAndEndDate = "NOT_ALL_BOOKINGS_HAVE_START_AND_END_DATE", InvalidRequest,
                methods: ["confirmMultiServiceBooking"];
            /// The options sent do not fit the variants that the service sells.
            ///
            /// Compare the choices with the service's variants and let the customer pick again where one was dropped.
            InvalidServiceChoices = "INVALID_SERVICE_CHOICES", InvalidRequest, statuses: [428],
                methods: ["createBooking", "rescheduleBooking"];
            /// The staff or rooms selected do not suit the way this service is booked.
            ///
            /// Read which resources the service allows and correct the selection in `slot`, or leave it to Wix.
            InvalidFlowSelectedResources = "INVALID_FLOW_SELECTED_RESOURCES", InvalidRequest, statuses: [428],
                methods: ["createBooking"];
            /// A single booking was sent with data that ties it to a group of services.
            ///
            /// Strip the multi-service data from the body, or send the whole group through `createMultiServiceBooking`.
            CanNotCreateBookingWithMultiServiceBookingInfo = "CAN_NOT_CREATE_BOOKING_WITH_MULTI_SERVICE_BOOKING_INFO",
                InvalidRequest, statuses: [428],
                methods: ["createBooking"];
            /// A date in the request could not be parsed.
            ///
            /// Write `startDate` and `endDate` in ISO 8601 with a time part, for example 2025-03-09T14:30:00.
            InvalidDateFormat = "INVALID_DATE_FORMAT", InvalidRequest, statuses: [400],
                methods: ["createBooking"];
            /// Wix does not know the time zone named in the request.
            ///
            /// Use a full IANA name such as Europe/Berlin, not an abbreviation or a UTC offset.
            InvalidTimeZone = "INVALID_TIME_ZONE", InvalidRequest, statuses: [400],
                methods: ["createBooking", "bulkCancelBooking"];
            /// The customer's name, email or phone differs between two parts of the body.
            ///
            /// Fill `contactDetails` and `formSubmission` from one source so that they agree.
            ContactDetailsConflict = "CONTACT_DETAILS_CONFLICT", InvalidRequest, statuses: [400],
                methods: ["createBooking"];
            /// The cancellation sets a new price and waives the charges at the same time.
            ///
            /// Decide which of the two the business wants and send only that one.
            NewPriceWithWaiveCharges = "NEW_PRICE_WITH_WAIVE_CHARGES", InvalidRequest,
                methods: ["cancelBooking", "bulkCancelBooking"];
            /// The bulk cancellation lacks the cancellation details it needs.
            ///
            /// Complete the cancellation details of every entry passed to `bulkCancelBooking` and send the batch again.
            MissingCancellationInfo = "MISSING_CANCELLATION_INFO", InvalidRequest,
                methods: ["bulkCancelBooking"];
            /// The bulk cancellation was sent without a time zone.
            ///
            /// Add the IANA name of the business's time zone to the `bulkCancelBooking` body.
            MissingTimeZone = "MISSING_TIME_ZONE", InvalidRequest,
                methods: ["bulkCancelBooking"];
            /// The bulk cancellation names a booking twice.
            ///
            /// Turn the list of IDs into a set before calling `bulkCancelBooking`.
            DuplicateBookingIds = "DUPLICATE_BOOKING_IDS", InvalidRequest,
                methods: ["bulkCancelBooking"];
            /// The token for acting without a login was rejected: wrong, expired or issued for another booking.
            ///
            /// Get a new one from `getAnonymousActionToken`, or its multi-service counterpart, and use it for this booking only.
            InvalidToken = "INVALID_TOKEN", Unauthenticated,
                methods: [
                    "bookingsCancelBookingAnonymously", "bookingsRescheduleBookingAnonymously",
                    "bookingsGetBookingAnonymously", "getServiceAnonymously", "getMultiServiceBookingAnonymously",
                    "cancelMultiServiceBookingAnonymously",
                ];
            /// The token is valid but may not perform this operation on the site.
            ///
            /// Look up the scope the method asks for, add it to the app and have the site owner approve it.
            UnauthorizedOperation = "UNAUTHORIZED_OPERATION", PermissionDenied, statuses: [403],
                methods: ["createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking"];
            /// The service behind the booking is gone or was never on this site.
            ///
            /// List the site's services again, drop the stale service ID from your cache and link to a live one.
            ServiceNotFound = "SERVICE_NOT_FOUND", NotFound,
                methods: ["getServiceAnonymously"];
            /// No group of bookings exists under this ID.
            ///
            /// Make sure you sent the multi-service ID and not that of one booking inside it.
            MultiServiceBookingNotFound = "MULTI_SERVICE_BOOKING_NOT_FOUND", NotFound, statuses: [404],
                methods: [
                    "getAnonymousActionTokenForMultiServiceBooking", "getMultiServiceBookingAnonymously",
                    "cancelMultiServiceBookingAnonymously", "rescheduleMultiServiceBooking",
                    "getMultiServiceBookingAvailability", "cancelMultiServiceBooking",
                    "markMultiServiceBookingAsPending", "confirmMultiServiceBooking", "declineMultiServiceBooking",
                    "addBookingsToMultiServiceBooking", "removeBookingsFromMultiServiceBooking",
                ];
            /// Wix does not know the schedule that the slot points to.
            ///
            /// Take a fresh `scheduleId` from the service and replace the one in `slot`.
            ScheduleNotFound = "SCHEDULE_NOT_FOUND", NotFound, statuses: [428],
                methods: ["createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking"];
            /// The staff member, room or equipment in the slot cannot be found.
            ///
            /// Read the resources again, correct `slot.resource.id` and check with the business whether the person left.
            ResourceNotFound = "RESOURCE_NOT_FOUND", NotFound,
                methods: ["createMultiServiceBooking", "bulkCreateBooking", "rescheduleBooking"];
            /// The class session you want to book is not on the calendar, perhaps because it was removed.
            ///
            /// List the upcoming sessions again and have the customer choose one of those.
            SessionNotFound = "SESSION_NOT_FOUND", NotFound, statuses: [428],
                methods: ["createBooking", "bulkCreateBooking", "rescheduleBooking"];
            /// An extra requested with the booking does not exist.
            ///
            /// Reload the service's add-ons and remove or replace the unknown ID.
            AddOnNotFound = "ADD_ON_NOT_FOUND", NotFound,
                methods: ["rescheduleBooking"];
            /// The add-on was requested under a group that the service does not have.
            ///
            /// Read the service's add-on groups and move the add-on to the group that lists it now.
            AddOnGroupNotFound = "ADD_ON_GROUP_NOT_FOUND", NotFound,
                methods: ["rescheduleBooking"];
            /// Wix does not know the series of recurring bookings you want to cancel.
            ///
            /// Read the recurring group's ID from one of its bookings, or cancel the bookings one by one by ID.
            RecurringGroupNotFound = "RECURRING_GROUP_NOT_FOUND", NotFound,
                methods: ["bulkCancelBooking"];
            /// Someone changed the booking after you last read it.
            ///
            /// Read the booking and its current `revision`, then decide whether your change is still wanted before sending it.
            BookingRevisionMismatch = "BOOKING_REVISION_MISMATCH", Conflict,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking", "addBookingsToMultiServiceBooking",
                    "removeBookingsFromMultiServiceBooking",
                ];
            /// All places were gone when the booking was to be confirmed, moved or marked pending.
            ///
            /// Tell the customer it is full and propose another time or the waiting list.
            NoOpenSpots = "NO_OPEN_SPOTS", SlotUnavailable,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "confirmBooking", "markBookingAsPending",
                ];
            /// The availability check did not pass for this slot or schedule.
            ///
            /// Query availability once more; if the time is missing from the result, suggest the nearest free one.
            FailedValidatingAvailability = "FAILED_VALIDATING_AVAILABILITY", SlotUnavailable, statuses: [428],
                methods: ["createBooking", "rescheduleBooking"];
            /// Wix could not reserve the slot for this booking.
            ///
            /// See whether the slot is still listed as free before a second attempt, and have an alternative ready.
            SlotHoldUnavailable = "SLOT_HOLD_UNAVAILABLE", SlotUnavailable,
                methods: ["createBooking", "bulkCreateBooking"];
            /// The service does not let this customer move the booking, or no longer does.
            ///
            /// Hide the reschedule option for this booking and refer the customer to the business.
            ReschedulingNotAllowed = "RESCHEDULING_NOT_ALLOWED", PolicyViolation,
                methods: ["bookingsRescheduleBookingAnonymously"];
            /// The booking breaks a rule of the service, such as how early or late one may book or change.
            ///
            /// Compare the time with the service's booking window and notice period, and choose one that fits.
            BookingPolicyViolation = "BOOKING_POLICY_VIOLATION", PolicyViolation, statuses: [403],
                methods: ["createBooking", "rescheduleBooking", "cancelBooking", "bulkCancelBooking"];
            /// Rescheduling may not alter the extras that were booked.
            ///
            /// Resend the reschedule with the add-ons exactly as they are on the booking.
            AddOnChangesNotAllowed = "ADD_ON_CHANGES_NOT_ALLOWED", PolicyViolation,
                methods: ["rescheduleBooking"];
            /// The new time would change what the customer pays, which is not permitted.
            ///
            /// Offer a slot at the same price, or cancel this booking and make a new one at the new price.
            PriceChangeNotAllowed = "PRICE_CHANGE_NOT_ALLOWED", PolicyViolation,
                methods: ["rescheduleBooking"];
            /// The cancellation asks for a refund that the service's terms do not allow.
            ///
            /// Cancel without `withRefund`, and let the business decide on a refund in its dashboard.
            RefundNotAllowed = "REFUND_NOT_ALLOWED", PolicyViolation,
                methods: ["cancelBooking", "bulkCancelBooking"];
            /// The booking's status rules out the confirm or decline you asked for.
            ///
            /// Read the booking; someone else may have settled it, so act only on the status it shows.
            InvalidBookingStatus = "INVALID_BOOKING_STATUS", InvalidState, statuses: [428],
                methods: [
                    "confirmOrDeclineBooking", "confirmMultiServiceBooking", "declineMultiServiceBooking",
                    "confirmBooking", "declineBooking",
                ];
            /// The customer cannot cancel this booking through an anonymous link.
            ///
            /// Check whether it is already canceled or has begun; otherwise the business must cancel it.
            BookingCannotBeCancelled = "BOOKING_CANNOT_BE_CANCELLED", InvalidState,
                methods: ["bookingsCancelBookingAnonymously", "cancelMultiServiceBookingAnonymously"];
            /// Every booking of the group was declined before this call.
            ///
            /// Record the group as declined on your side and send nothing more for it.
            AllBookingsAreAlreadyDeclined = "ALL_BOOKINGS_ARE_ALREADY_DECLINED", InvalidState,
                methods: ["cancelMultiServiceBooking", "declineMultiServiceBooking"];
            /// The whole group was canceled earlier.
            ///
            /// Treat the cancellation as done, and look at refunds separately if one is due.
            AllBookingsAreAlreadyCanceled = "ALL_BOOKINGS_ARE_ALREADY_CANCELED", InvalidState,
                methods: ["cancelMultiServiceBooking"];
            /// There was nothing left to confirm in this group.
            ///
            /// Mark the group `CONFIRMED` in your own records and do not notify the customer twice.
            AllBookingsAreAlreadyConfirmed = "ALL_BOOKINGS_ARE_ALREADY_CONFIRMED", InvalidState,
                methods: ["confirmMultiServiceBooking"];
            /// The booking to be added is a member of a different group.
            ///
            /// Take it out with `removeBookingsFromMultiServiceBooking` first, or leave it where it is.
            BookingAlreadyPartOfAnotherMultiServiceBooking = "BOOKING_ALREADY_PART_OF_ANOTHER_MULTI_SERVICE_BOOKING",
                InvalidState,
                methods: ["addBookingsToMultiServiceBooking"];
            /// This booking is already in the group.
            ///
            /// Leave it off the list given to `addBookingsToMultiServiceBooking`; an earlier attempt probably succeeded.
            MultiServiceBookingAlreadyIncludesBooking = "MULTI_SERVICE_BOOKING_ALREADY_INCLUDES_BOOKING",
                InvalidState,
                methods: ["addBookingsToMultiServiceBooking"];
            /// A booking in this status cannot join a group.
            ///
            /// Compare its status with that of the group's bookings, and make a new booking if it is already closed.
            BookingToAddStatusNotValid = "BOOKING_TO_ADD_STATUS_NOT_VALID", InvalidState,
                methods: ["addBookingsToMultiServiceBooking"];
            /// The booking belongs to a group and cannot be changed on its own.
            ///
            /// Use `rescheduleMultiServiceBooking` or `cancelMultiServiceBooking` with the ID of the group.
            NotAllowedToUpdateBookingInMultiServiceBooking = "NOT_ALLOWED_TO_UPDATE_BOOKING_IN_MULTI_SERVICE_BOOKING",
                InvalidState,
                methods: ["rescheduleBooking", "cancelBooking", "bulkCancelBooking"];
            /// The booking was not waiting for approval when the confirmation came in.
            ///
            /// Fetch it again: confirm only if it shows `PENDING`, otherwise drop the task from your approval queue.
            FailedConfirmingNonPendingBooking = "FAILED_CONFIRMING_NON_PENDING_BOOKING", InvalidState,
                methods: ["confirmBooking"];
            /// The booking to be declined was no longer awaiting a decision.
            ///
            /// Get its latest status; if it has been confirmed meanwhile, ask the business whether to cancel it instead.
            FailedDeclineNonPendingBooking = "FAILED_DECLINE_NON_PENDING_BOOKING", InvalidState, statuses: [428],
                methods: ["declineBooking"];
            /// The booking cannot go to `PENDING` from its present status.
            ///
            /// Read its status before calling `markBookingAsPending`, and skip the call for a booking already settled.
            BookingMarkBookingAsPending = "BOOKING_MARK_BOOKING_AS_PENDING", InvalidState,
                methods: ["markBookingAsPending"];
            /// Bookings of this service need no manual approval, so none can be marked as pending.
            ///
            /// Read the booking's status again: it is not waiting for approval and needs none.
            NotPendingApprovalService = "NOT_PENDING_APPROVAL_SERVICE", InvalidState,
                methods: ["markBookingAsPending"];
            /// Wix could not work out the fees that belong to this booking.
            ///
            /// The request is fine as it is; read the booking with an ordinary token if it is needed now, and try this call later.
            FailedGettingBookingFees = "FAILED_GETTING_BOOKING_FEES", ProviderFault,
                methods: ["bookingsGetBookingAnonymously"];
            /// Wix could not load the service for the anonymous visitor.
            ///
            /// No field will help; read the service through the regular API if you can, and try this call later.
            FailedGettingService = "FAILED_GETTING_SERVICE", ProviderFault,
                methods: ["getServiceAnonymously"];
            /// Wix failed to issue a token for acting without a login.
            ///
            /// Nothing in the call needs changing; check that the booking still exists and ask for the token later.
            FailedGeneratingToken = "FAILED_GENERATING_TOKEN", ProviderFault,
                methods: ["getAnonymousActionToken", "getAnonymousActionTokenForMultiServiceBooking"];
            /// Part of the multi-service booking was changed and part was not.
            ///
            /// Read all its bookings again before you resend anything, then repeat the change only for those still unchanged.
            SomeBookingsUpdatesFailed = "SOME_BOOKINGS_UPDATES_FAILED", ProviderFault,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking",
                ],
                effect: Partial;
            /// Wix could not load the session while moving the booking.
            ///
            /// Keep the body; read the booking to see whether it moved, and repeat the reschedule after a while if not.
            FailedResolvingSession = "FAILED_RESOLVING_SESSION", ProviderFault,
                methods: ["rescheduleBooking"];
            /// The schedule lookup broke on Wix's side during a reschedule.
            ///
            /// Check on the booking that the old time still stands, then try later and report it to Wix if it persists.
            FailedResolvingSchedule = "FAILED_RESOLVING_SCHEDULE", ProviderFault,
                methods: ["rescheduleBooking"];
        }
    }
}

impl Code {
    /// Returns the name of the value that the message carries, such as `sessionId`.
    pub fn parameter(self) -> Option<&'static str> {
        self.info().placeholder().map(Placeholder::name)
    }
}
