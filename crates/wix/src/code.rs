use booking_errors_core::{Placeholder, codes};

codes! {
    /// The codes of `details.applicationError.code`: first those of the errors page of [Create Booking][page] in its
    /// order, then those that the types of the vendor's own SDK add, API by API, then those seen on live systems, then
    /// those that every API of the platform may send.
    ///
    /// [`code()`](booking_errors_core::ProviderError::code) returns a code that is not in this list as it was sent.
    ///
    /// ```
    /// use booking_errors::Kind;
    /// use booking_errors::wix::Code;
    ///
    /// let code: Code = "SESSION_CAPACITY_EXCEEDED".parse()?;
    /// assert_eq!(code.kind(), Kind::SlotUnavailable);
    /// assert_eq!(code.info().statuses, [428]);
    /// # Ok::<_, booking_errors::UnknownCode>(())
    /// ```
    ///
    /// [page]: https://dev.wix.com/api/rest/wix-bookings/bookings-v2/create-booking
    pub enum Code of "wix" {
        "errors page of Create Booking" of "Bookings" {
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
                methods: [
                    "createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking",
                ];
            /// Wix has no booking with this ID on the site you called.
            ///
            /// Check the ID and the site of the token; if you have only just created the booking, read it again and do not create another.
            BookingNotFound = "BOOKING_NOT_FOUND", NotFound, statuses: [404],
                template: "Booking `<bookingId>` doesn't exist.",
                methods: [
                    "confirmOrDeclineBooking", "bookingsCancelBookingAnonymously",
                    "bookingsRescheduleBookingAnonymously", "bookingsGetBookingAnonymously",
                    "getServiceAnonymously", "getAnonymousActionToken", "rescheduleMultiServiceBooking",
                    "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking", "addBookingsToMultiServiceBooking",
                    "removeBookingsFromMultiServiceBooking", "rescheduleBooking", "confirmBooking",
                    "setBookingSubmissionId", "updateExtendedFields", "declineBooking", "cancelBooking",
                    "bulkCancelBooking", "updateNumberOfParticipants", "markBookingAsPending",
                    "bookingsConfirmBooking", "bookingsDeclineBooking", "bookingsCancelBooking",
                    "bookingsUpdateNumberOfParticipants",
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
                methods: ["cancelBooking", "bulkCancelBooking", "bookingsCancelBooking"];
            /// The booking is past the point where it can be declined.
            ///
            /// Decline only from `CREATED`, `PENDING` or `WAITING_LIST`; use `cancelBooking` once it is `CONFIRMED`.
            DeclineNotSupported = "DECLINE_NOT_SUPPORTED", InvalidState, statuses: [428],
                template: "It isn't supported to decline a booking with status `<status>`.",
                successors: ["INVALID_BOOKING_STATUS", "FAILED_DECLINE_NON_PENDING_BOOKING"];
            /// The booking is in a status in which it cannot be confirmed.
            ///
            /// Read it: only `CREATED`, `PENDING` and `WAITING_LIST` can be confirmed, and `CONFIRMED` means the work is done.
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
        "SDK types" of "Bookings" {
            /// The bulk confirm-or-decline call lists the same booking more than once.
            ///
            /// Remove the repeated IDs and make sure each booking gets a single decision before calling again.
            DuplicatedBookings = "DUPLICATED_BOOKINGS", InvalidRequest, statuses: [428],
                methods: ["bulkConfirmOrDeclineBooking"];
            /// The data did not pass; this is an application error, which lists no field violations.
            ///
            /// Read the message: it names the fields to fill in or correct.
            ValidationFailure = "VALIDATION_FAILURE", InvalidRequest, statuses: [400, 428],
                methods: [
                    "createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking",
                    "cancelBooking", "bulkCancelBooking", "bookingsCancelBooking",
                ],
                is_generic: true;
            /// The request came without the customer's form answers.
            ///
            /// Send the answers in `formSubmission`; a reschedule has no such field, so there look at the booking's own form.
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
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking",
                ];
            /// The call covers only a part of the multi-service booking.
            ///
            /// Fetch the full list of bookings in the group and include every one of them in the request.
            NotAllBookingsWereSent = "NOT_ALL_BOOKINGS_WERE_SENT", InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking",
                ];
            /// One booking of the multi-service booking is described twice in the same call.
            ///
            /// Merge the entries so that each booking ID appears once, with the newest `revision`.
            DuplicateBookingInfo = "DUPLICATE_BOOKING_INFO", InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking",
                ];
            /// The group's bookings belong to different staff members, and this call does not accept that.
            ///
            /// Read who is assigned to each booking and assign them all to one, or let the site owner make the change.
            MultiServiceBookingIncludesMultipleStaffMembers = "MULTI_SERVICE_BOOKING_INCLUDES_MULTIPLE_STAFF_MEMBERS",
                InvalidRequest,
                methods: [
                    "rescheduleMultiServiceBooking", "cancelMultiServiceBooking",
                    "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking",
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
            /// Send `formSubmission`, and nothing but a `contactId` in `contactDetails`.
            ContactDetailsConflict = "CONTACT_DETAILS_CONFLICT", InvalidRequest, statuses: [400],
                methods: ["createBooking"];
            /// The cancellation sets a new price and waives the charges at the same time.
            ///
            /// Decide which of the two the business wants and send only that one.
            NewPriceWithWaiveCharges = "NEW_PRICE_WITH_WAIVE_CHARGES", InvalidRequest,
                methods: ["cancelBooking", "bulkCancelBooking", "bookingsCancelBooking"];
            /// The bulk cancellation does not say what to cancel.
            ///
            /// Send one of `bookings` and `recurringCancellation`.
            MissingCancellationInfo = "MISSING_CANCELLATION_INFO", InvalidRequest,
                methods: ["bulkCancelBooking"];
            /// The recurring cancellation has a `cancellationStartDate` but no time zone.
            ///
            /// Send the IANA name of the time zone with the date, or leave the date out.
            MissingTimeZone = "MISSING_TIME_ZONE", InvalidRequest,
                methods: ["bulkCancelBooking"];
            /// The bulk cancellation names a booking twice.
            ///
            /// Turn the list of IDs into a set before calling `bulkCancelBooking`.
            DuplicateBookingIds = "DUPLICATE_BOOKING_IDS", InvalidRequest,
                methods: ["bulkCancelBooking"];
            /// The token for acting without a login was rejected: wrong, expired or issued for another booking.
            ///
            /// Get a new one from `getAnonymousActionToken`, or its multi-service counterpart, for this booking only.
            InvalidToken = "INVALID_TOKEN", Unauthenticated,
                methods: [
                    "bookingsCancelBookingAnonymously", "bookingsRescheduleBookingAnonymously",
                    "bookingsGetBookingAnonymously", "getServiceAnonymously",
                    "getMultiServiceBookingAnonymously", "cancelMultiServiceBookingAnonymously",
                ],
                is_generic: true;
            /// The token is valid but may not perform this operation on the site.
            ///
            /// Look up the scope the method asks for, add it to the app and have the site owner approve it.
            UnauthorizedOperation = "UNAUTHORIZED_OPERATION", PermissionDenied, statuses: [403],
                methods: [
                    "createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking",
                    "listAvailabilityTimeSlots", "listAvailabilityTimeSlotEndOptions",
                    "getAvailabilityTimeSlot", "listMultiServiceAvailabilityTimeSlots",
                    "getMultiServiceAvailabilityTimeSlot",
                ];
            /// The service is gone or was never on this site.
            ///
            /// List the site's services again, drop the stale service ID from your cache and link to a live one.
            ServiceNotFound = "SERVICE_NOT_FOUND", NotFound, statuses: [404],
                methods: [
                    "getServiceAnonymously", "listAvailabilityTimeSlots",
                    "listAvailabilityTimeSlotEndOptions",
                ];
            /// No group of bookings exists under this ID.
            ///
            /// Make sure you sent the multi-service ID and not that of one booking inside it.
            MultiServiceBookingNotFound = "MULTI_SERVICE_BOOKING_NOT_FOUND", NotFound, statuses: [404],
                methods: [
                    "getAnonymousActionTokenForMultiServiceBooking", "getMultiServiceBookingAnonymously",
                    "cancelMultiServiceBookingAnonymously", "rescheduleMultiServiceBooking",
                    "getMultiServiceBookingAvailability", "cancelMultiServiceBooking",
                    "markMultiServiceBookingAsPending", "confirmMultiServiceBooking",
                    "declineMultiServiceBooking", "addBookingsToMultiServiceBooking",
                    "removeBookingsFromMultiServiceBooking",
                ];
            /// Wix does not know the schedule that the slot points to.
            ///
            /// Take a fresh `scheduleId` from the service and replace the one in `slot`.
            ScheduleNotFound = "SCHEDULE_NOT_FOUND", NotFound, statuses: [428],
                methods: [
                    "createMultiServiceBooking", "createBooking", "bulkCreateBooking", "rescheduleBooking",
                ];
            /// The staff member, room or equipment in the slot cannot be found.
            ///
            /// Read the resources again, correct `slot.resource.id` and check with the business whether the person left.
            ResourceNotFound = "RESOURCE_NOT_FOUND", NotFound,
                methods: ["createMultiServiceBooking", "bulkCreateBooking", "rescheduleBooking"],
                is_generic: true;
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
                methods: ["rescheduleBooking", "setAddOnsForGroup"];
            /// No bookings are left in the recurring group, or there is no such group.
            ///
            /// If you repeat a cancellation (100 bookings a call), this is its normal end; else check the group's ID.
            RecurringGroupNotFound = "RECURRING_GROUP_NOT_FOUND", NotFound,
                methods: ["bulkCancelBooking"];
            /// Someone changed the booking after you last read it.
            ///
            /// Read the booking and its current `revision`, then decide whether your change is still wanted before sending it.
            BookingRevisionMismatch = "BOOKING_REVISION_MISMATCH", Conflict,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking",
                    "addBookingsToMultiServiceBooking", "removeBookingsFromMultiServiceBooking",
                ];
            /// All places were gone when the booking was to be confirmed, moved or marked pending.
            ///
            /// Tell the customer it is full and propose another time or the waiting list.
            NoOpenSpots = "NO_OPEN_SPOTS", SlotUnavailable,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "confirmBooking", "markBookingAsPending",
                    "bookingsConfirmBooking",
                ];
            /// The availability check did not pass for this slot or schedule.
            ///
            /// If one slot fails, offer the next; if all do, check the service's set-up first: a wrong resource type fails every slot.
            FailedValidatingAvailability = "FAILED_VALIDATING_AVAILABILITY", SlotUnavailable, statuses: [428],
                methods: ["createBooking", "rescheduleBooking", "getScheduleAvailability"];
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
            /// Choose a time that fits, or set `flowControlSettings.ignoreBookingWindow` if you have the permission.
            BookingPolicyViolation = "BOOKING_POLICY_VIOLATION", PolicyViolation, statuses: [403],
                methods: [
                    "createBooking", "rescheduleBooking", "cancelBooking", "bulkCancelBooking",
                    "bookingsCancelBooking",
                ];
            /// The reschedule changes the booked add-ons, which this caller may not do.
            ///
            /// Send them unchanged, or set `allowAddOnChanges` with the permission BOOKINGS.MANAGE_ADDONS.
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
                methods: ["cancelBooking", "bulkCancelBooking", "bookingsCancelBooking"];
            /// The booking's status rules out the confirm or decline you asked for.
            ///
            /// Read the booking; someone else may have settled it, so act only on the status it shows.
            InvalidBookingStatus = "INVALID_BOOKING_STATUS", InvalidState, statuses: [428],
                methods: [
                    "confirmOrDeclineBooking", "confirmMultiServiceBooking", "declineMultiServiceBooking",
                    "confirmBooking", "declineBooking", "bookingsConfirmBooking", "bookingsDeclineBooking",
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
            /// All bookings of the group are confirmed already.
            ///
            /// Take the confirmation as done, and do not notify the customer twice.
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
                methods: ["rescheduleBooking", "cancelBooking", "bulkCancelBooking", "bookingsCancelBooking"];
            /// The booking was in no status in which it can be confirmed.
            ///
            /// Read it again: confirm only from `CREATED`, `PENDING` or `WAITING_LIST`, otherwise drop the task.
            FailedConfirmingNonPendingBooking = "FAILED_CONFIRMING_NON_PENDING_BOOKING", InvalidState,
                methods: ["confirmBooking", "bookingsConfirmBooking"];
            /// The booking to be declined was no longer awaiting a decision.
            ///
            /// Get its latest status; if it has been confirmed meanwhile, ask the business whether to cancel it instead.
            FailedDeclineNonPendingBooking = "FAILED_DECLINE_NON_PENDING_BOOKING",
                InvalidState, statuses: [428],
                methods: ["declineBooking", "bookingsDeclineBooking"];
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
            /// Read the booking with an ordinary token if you need it now, or try this call later; it changes nothing.
            FailedGettingBookingFees = "FAILED_GETTING_BOOKING_FEES", ProviderFault,
                methods: ["bookingsGetBookingAnonymously"];
            /// Wix could not load the service for the anonymous visitor.
            ///
            /// Read the service through the regular API if you can, or try this call later; it changes nothing.
            FailedGettingService = "FAILED_GETTING_SERVICE", ProviderFault,
                methods: ["getServiceAnonymously"];
            /// Wix failed to issue a token for acting without a login.
            ///
            /// Check that the booking still exists, and ask for the token later; this does not touch the booking.
            FailedGeneratingToken = "FAILED_GENERATING_TOKEN", ProviderFault,
                methods: ["getAnonymousActionToken", "getAnonymousActionTokenForMultiServiceBooking"];
            /// Part of the multi-service booking was changed and part was not.
            ///
            /// Read all its bookings again before you resend anything, then repeat the change only for those still unchanged.
            SomeBookingsUpdatesFailed = "SOME_BOOKINGS_UPDATES_FAILED", ProviderFault,
                methods: [
                    "rescheduleMultiServiceBooking", "markMultiServiceBookingAsPending",
                    "confirmMultiServiceBooking", "declineMultiServiceBooking",
                ],
                effect: Partial;
            /// Wix could not load the session while moving the booking.
            ///
            /// Keep the body; read the booking to see whether it moved, and repeat the reschedule after a while if not.
            FailedResolvingSession = "FAILED_RESOLVING_SESSION", ProviderFault,
                methods: ["rescheduleBooking"];
            /// Wix could not load the schedule for a reschedule or a look at availability.
            ///
            /// After a reschedule, check whether the booking moved before you repeat it; a read can simply be repeated.
            FailedResolvingSchedule = "FAILED_RESOLVING_SCHEDULE", ProviderFault,
                methods: ["rescheduleBooking", "getScheduleAvailability"];
        }
        "SDK types" of "Attendance" {
            /// There is no attendance record with this ID.
            ///
            /// Look the record up by its booking or session; it may have been deleted.
            AttendanceNotFound = "ATTENDANCE_NOT_FOUND", NotFound,
                methods: ["getAttendance", "deleteAttendance"];
            /// The attendance does not say which session it is for.
            ///
            /// Set `sessionId` to the session that was booked.
            SessionIdNotProvided = "SESSION_ID_NOT_PROVIDED", InvalidRequest,
                methods: ["setAttendance"];
            /// The bulk call lists no attendance at all.
            ///
            /// Put at least one entry into the list, or skip the call.
            AttendancesMissingInRequest = "ATTENDANCES_MISSING_IN_REQUEST", InvalidRequest,
                methods: ["bulkSetAttendance"];
        }
        "SDK types" of "Attribute Definitions" {
            /// The attribute's number range ends below its start.
            ///
            /// Swap the maximum and the minimum, or correct the wrong one.
            NumberConfigMaxLessThanMin = "NUMBER_CONFIG_MAX_LESS_THAN_MIN", InvalidRequest,
                methods: ["createAttributeDefinition", "updateAttributeDefinition"];
            /// The attribute's default value is of another type than the attribute.
            ///
            /// Send a default of the attribute's own type, or none.
            DefaultValueTypeMismatch = "DEFAULT_VALUE_TYPE_MISMATCH", InvalidRequest,
                methods: ["createAttributeDefinition"];
            /// The default is not one of the values that the attribute allows.
            ///
            /// Add the default to the allowed values, or choose it from them.
            DefaultValueNotInAllowedValues = "DEFAULT_VALUE_NOT_IN_ALLOWED_VALUES", InvalidRequest,
                methods: ["createAttributeDefinition"];
            /// The default lies outside the attribute's own number range.
            ///
            /// Widen the range, or choose a default inside it.
            DefaultValueOutOfRange = "DEFAULT_VALUE_OUT_OF_RANGE", InvalidRequest,
                methods: ["createAttributeDefinition"];
            /// Another attribute has this name.
            ///
            /// Choose a different name, or use the attribute that is there.
            DuplicateAttributeName = "DUPLICATE_ATTRIBUTE_NAME", Conflict,
                methods: ["createAttributeDefinition", "updateAttributeDefinition"];
            /// The type of an attribute cannot change once the attribute exists.
            ///
            /// Leave the type as it is, or create another attribute with the new type.
            ValueTypeImmutable = "VALUE_TYPE_IMMUTABLE", Conflict,
                methods: ["updateAttributeDefinition"];
            /// The change would leave the attribute with a default that it no longer allows.
            ///
            /// Change or remove the default in the same update.
            DefaultValueNoLongerValid = "DEFAULT_VALUE_NO_LONGER_VALID", Conflict,
                methods: ["updateAttributeDefinition"];
            /// The bulk tag update neither adds nor removes a tag.
            ///
            /// Name at least one tag to assign or to unassign.
            EmptyAssignAndUnassignLists = "EMPTY_ASSIGN_AND_UNASSIGN_LISTS", InvalidRequest,
                methods: [
                    "bulkUpdateAttributeDefinitionTags", "bulkUpdateAttributeDefinitionTagsByFilter",
                    "bulkUpdateStaffMemberTags", "bulkUpdateStaffMemberTagsByFilter",
                ];
        }
        "SDK types" of "Attribute Values" {
            /// The attribute needs a value and none was sent.
            ///
            /// Send a value; this attribute cannot be left empty.
            ValueRequired = "VALUE_REQUIRED", InvalidRequest,
                methods: ["bulkUpsertAttributeValues"],
                is_generic: true;
            /// The value is of another type than the attribute.
            ///
            /// Read the attribute's definition and send a value of its type.
            ValueTypeMismatch = "VALUE_TYPE_MISMATCH", InvalidRequest,
                methods: ["bulkUpsertAttributeValues"],
                is_generic: true;
            /// The attribute does not allow this value.
            ///
            /// Choose from the allowed values in the attribute's definition.
            ValueNotInAllowedValues = "VALUE_NOT_IN_ALLOWED_VALUES", InvalidRequest,
                methods: ["bulkUpsertAttributeValues"];
            /// The number is too small or too large for the attribute.
            ///
            /// Stay between the minimum and the maximum of the attribute's definition.
            ValueOutOfRange = "VALUE_OUT_OF_RANGE", InvalidRequest,
                methods: ["bulkUpsertAttributeValues"],
                is_generic: true;
            /// No attribute is defined under this ID.
            ///
            /// List the attribute definitions again; this one may have been deleted.
            AttributeDefinitionNotFound = "ATTRIBUTE_DEFINITION_NOT_FOUND", NotFound,
                methods: ["bulkUpsertAttributeValues"];
        }
        "SDK types" of "Availability Time Slots" {
            /// No app on this site provides time slots for the service.
            ///
            /// Check that Wix Bookings, or the app that the service belongs to, is installed on the site.
            NoImplementersFound = "NO_IMPLEMENTERS_FOUND", Disabled, statuses: [404],
                methods: [
                    "listAvailabilityTimeSlots", "listAvailabilityTimeSlotEndOptions",
                    "getAvailabilityTimeSlot", "listMultiServiceAvailabilityTimeSlots",
                    "getMultiServiceAvailabilityTimeSlot",
                ];
            /// More than one app on this site claims to provide the time slots.
            ///
            /// Ask the site owner to keep one of these apps and remove the others.
            MultipleImplementersFound = "MULTIPLE_IMPLEMENTERS_FOUND", Disabled, statuses: [404],
                methods: [
                    "listAvailabilityTimeSlots", "listAvailabilityTimeSlotEndOptions",
                    "getAvailabilityTimeSlot", "listMultiServiceAvailabilityTimeSlots",
                    "getMultiServiceAvailabilityTimeSlot",
                ];
            /// The availability query lacks a required parameter.
            ///
            /// Send the service, `fromLocalDate`, `toLocalDate` and `timeZone`, or only the cursor of the next page.
            MissingArguments = "MISSING_ARGUMENTS", InvalidRequest, statuses: [400],
                methods: ["listAvailabilityTimeSlots", "listMultiServiceAvailabilityTimeSlots"],
                is_generic: true;
            /// The service does not let customers ask for staff of this gender.
            ///
            /// Query the slots without the gender.
            RequestedGenderNotAllowed = "REQUESTED_GENDER_NOT_ALLOWED", PolicyViolation,
                methods: [
                    "listAvailabilityTimeSlots", "getAvailabilityTimeSlot",
                    "listMultiServiceAvailabilityTimeSlots", "getMultiServiceAvailabilityTimeSlot",
                ];
            /// Customers cannot choose the end time of this service.
            ///
            /// Take the end from the time slot, and skip this call for the service.
            EndOptionsNotSupported = "END_OPTIONS_NOT_SUPPORTED", InvalidRequest,
                methods: ["listAvailabilityTimeSlotEndOptions"];
            /// The query asks for end times that are further away than Wix allows.
            ///
            /// Move the latest end in the query closer to the slot's start.
            MaxEndDateExceedsMaximum = "MAX_END_DATE_EXCEEDS_MAXIMUM", InvalidRequest,
                methods: ["listAvailabilityTimeSlotEndOptions"];
            /// The slot you ask about is not on offer: it is taken, closed or was never there.
            ///
            /// List the time slots again and let the customer pick one of them.
            SlotNotFound = "SLOT_NOT_FOUND", SlotUnavailable, statuses: [404],
                methods: ["getAvailabilityTimeSlot", "getMultiServiceAvailabilityTimeSlot"];
        }
        "SDK types" of "Booking Fees" {
            /// The query for fees names no bookings.
            ///
            /// Pass the IDs of the bookings whose fees you want.
            MissingBookingIds = "MISSING_BOOKING_IDS", InvalidRequest,
                methods: ["listBookingFeesByBookingIds"];
            /// The bookings come from more than one order.
            ///
            /// Group the bookings by order and send one call for each.
            BookingIdsBelongToDifferentOrders = "BOOKING_IDS_BELONG_TO_DIFFERENT_ORDERS", InvalidRequest,
                methods: ["applyBookingFeesToOrder"];
            /// Wix finds no order for the fee.
            ///
            /// Check the order's ID; a booking without a Wix checkout has no order.
            OrderNotFound = "ORDER_NOT_FOUND", NotFound,
                methods: ["applyBookingFeesToOrder", "collectAppliedBookingFees"],
                is_generic: true;
            /// The price you set for the fee is higher than is allowed.
            ///
            /// Lower the price, or leave it out to charge the policy's own fee.
            PriceOverrideExceedsMax = "PRICE_OVERRIDE_EXCEEDS_MAX", PolicyViolation,
                methods: ["applyBookingFeesToOrder"];
            /// The order has this fee already.
            ///
            /// Go on to collect the fee; do not apply it again.
            BookingFeeAlreadyApplied = "BOOKING_FEE_ALREADY_APPLIED", Conflict,
                methods: ["applyBookingFeesToOrder"];
            /// The booking has no such fee.
            ///
            /// List the fees by booking ID; the policy may charge none in this case.
            BookingFeeNotFound = "BOOKING_FEE_NOT_FOUND", NotFound,
                methods: ["applyBookingFeesToOrder"];
            /// Another edit of the order got in the way.
            ///
            /// Read the order, let that edit finish, then apply the fee if it is still missing.
            OrderIsAlreadyEdited = "ORDER_IS_ALREADY_EDITED", Conflict,
                methods: ["applyBookingFeesToOrder"];
            /// Money of this order was refunded, so no fee can be added to it.
            ///
            /// Charge the fee outside the order, or let the business waive it.
            PartiallyOrFullyRefundedOrderCannotBeEdited = "PARTIALLY_OR_FULLY_REFUNDED_ORDER_CANNOT_BE_EDITED",
                InvalidState,
                methods: ["applyBookingFeesToOrder"];
            /// The order has an additional fee with tax, so it cannot be edited.
            ///
            /// Ask the business to charge the booking fee by hand.
            OrderWithTaxableExistingAdditionalFeeCannotBeEdited = "ORDER_WITH_TAXABLE_EXISTING_ADDITIONAL_FEE_CANNOT_BE_EDITED",
                InvalidState,
                methods: ["applyBookingFeesToOrder"];
            /// The order is in a state in which no fee can be added.
            ///
            /// Read the order's status; if it is closed or canceled, charge the fee another way.
            OrderCannotBeEdited = "ORDER_CANNOT_BE_EDITED", InvalidState,
                methods: ["applyBookingFeesToOrder"];
            /// The fee and the order are in different currencies.
            ///
            /// Use a fee in the order's currency, or charge it apart from the order.
            BookingFeeAndOrderCurrenciesAreInconsistent = "BOOKING_FEE_AND_ORDER_CURRENCIES_ARE_INCONSISTENT",
                InvalidRequest,
                methods: ["applyBookingFeesToOrder"];
            /// The caller may apply fees but not set their price.
            ///
            /// Leave the price out, or call as an identity that may set it.
            PriceOverrideInsufficientPermissions = "PRICE_OVERRIDE_INSUFFICIENT_PERMISSIONS",
                PermissionDenied,
                methods: ["applyBookingFeesToOrder"];
            /// Wix could not work out the fee to be applied.
            ///
            /// Look whether the order has the fee before you send this again.
            FailedCalculatingBookingFee = "FAILED_CALCULATING_BOOKING_FEE", ProviderFault,
                methods: ["applyBookingFeesToOrder"];
            /// Wix failed while it added the fee to the order.
            ///
            /// Read the order first, and apply the fee again only if it is not there.
            FailedApplyingBookingFeeToOrder = "FAILED_APPLYING_BOOKING_FEE_TO_ORDER", ProviderFault,
                methods: ["applyBookingFeesToOrder"];
            /// The item in the order has a discount, so it cannot be changed.
            ///
            /// Take the discount off first, or charge the fee without the order.
            UpdatingItemWithRelatedDiscountIsForbidden = "UPDATING_ITEM_WITH_RELATED_DISCOUNT_IS_FORBIDDEN",
                InvalidState,
                methods: ["applyBookingFeesToOrder"];
            /// The item in the order has an additional fee already, so it cannot be changed.
            ///
            /// Remove the fee that is there before you add another.
            UpdatingItemWithRelatedAdditionalFeeIsForbidden = "UPDATING_ITEM_WITH_RELATED_ADDITIONAL_FEE_IS_FORBIDDEN",
                InvalidState,
                methods: ["applyBookingFeesToOrder"];
            /// The order has no additional fee with this ID.
            ///
            /// Apply the booking fee to the order first, and collect it by the ID that returns.
            AdditionalFeeNotFound = "ADDITIONAL_FEE_NOT_FOUND", NotFound,
                methods: ["collectAppliedBookingFees"];
            /// The order's fee does not come from a booking.
            ///
            /// Collect only fees that were applied as booking fees.
            FeeIsNotBookingFee = "FEE_IS_NOT_BOOKING_FEE", InvalidRequest,
                methods: ["collectAppliedBookingFees"];
            /// Nothing is left to pay on the order.
            ///
            /// Read the order's payments; there is no fee left to collect.
            OrderBalanceNonPositive = "ORDER_BALANCE_NON_POSITIVE", InvalidState,
                methods: ["collectAppliedBookingFees"];
        }
        "SDK types" of "Booking Policies" {
            /// The default booking policy cannot be deleted.
            ///
            /// Make another policy the default first, or keep this one.
            DefaultPolicyCannotBeDeleted = "DEFAULT_POLICY_CANNOT_BE_DELETED", PolicyViolation,
                methods: ["deleteBookingPolicy"];
        }
        "SDK types" of "Booking Policy Snapshots" {
            /// No policy was stored with these bookings.
            ///
            /// Check the booking IDs, or read the service's policy as it is now.
            BookingPolicySnapshotNotFound = "BOOKING_POLICY_SNAPSHOT_NOT_FOUND", NotFound,
                methods: ["listPolicySnapshotsByBookingIds"];
        }
        "SDK types" of "Bookings Settings" {
            /// The site has no settings for Wix Bookings.
            ///
            /// Check that you call the right site and that Wix Bookings is installed there.
            BookingsSettingsNotFound = "BOOKINGS_SETTINGS_NOT_FOUND", NotFound,
                methods: ["getBookingsSettings"];
        }
        "SDK types" of "Categories" {
            /// Wix cannot find what the call names.
            ///
            /// Check the ID and the site; if you have only just created it, read it again before you act.
            NotFound = "NOT_FOUND", NotFound, statuses: [404],
                methods: ["updateCategory", "update"],
                is_generic: true;
        }
        "SDK types" of "Categories V2" {
            /// The site has as many service categories as it may have.
            ///
            /// Use an existing category, or delete one that no service needs.
            CategoryLimitReached = "CATEGORY_LIMIT_REACHED", PolicyViolation,
                methods: ["createCategory"];
        }
        "SDK types" of "Display Settings" {
            /// The extended fields do not match the schema of the app.
            ///
            /// Compare the namespace, names and types with the schema in the app's dashboard.
            InvalidExtendedFields = "INVALID_EXTENDED_FIELDS", InvalidRequest,
                methods: ["upsertBookingsDisplaySettings"];
        }
        "SDK types" of "External Calendars" {
            /// The provider of the external calendar does not offer this.
            ///
            /// Read which features the provider supports, and leave this one out.
            NotSupportedByProvider = "NOT_SUPPORTED_BY_PROVIDER", Disabled,
                methods: ["connectByOAuth", "connectByCredentials", "listCalendars", "updateSyncConfig"];
            /// The external calendar refused the user name or password.
            ///
            /// Ask the staff member for the right ones; many calendars want an app password.
            BadCredentials = "BAD_CREDENTIALS", Unauthenticated,
                methods: ["connectByCredentials"],
                is_generic: true;
            /// The site's plan does not include external calendars.
            ///
            /// Ask the site owner to upgrade the plan; more permissions do not help.
            PremiumFeatureNotEnabled = "PREMIUM_FEATURE_NOT_ENABLED", Disabled, statuses: [403],
                methods: ["connectByCredentials", "listCalendars"];
            /// The connection to the external calendar is not active.
            ///
            /// Have the staff member connect the calendar again.
            ConnectionNotConnected = "CONNECTION_NOT_CONNECTED", InvalidState,
                methods: ["listCalendars"];
            /// The external calendar is already disconnected.
            ///
            /// Treat the call as done and drop the connection from your records.
            ConnectionAlreadyDisconnected = "CONNECTION_ALREADY_DISCONNECTED", InvalidState,
                methods: ["disconnect"];
        }
        "SDK types" of "Multi-Service Availability Time Slots" {
            /// The query names too few or too many services.
            ///
            /// Send as many services as the method takes; for a single one use `listAvailabilityTimeSlots`.
            InvalidServicesSize = "INVALID_SERVICES_SIZE", InvalidRequest,
                methods: ["listMultiServiceAvailabilityTimeSlots"];
        }
        "SDK types" of "Pricing" {
            /// The price was asked for a service that does not exist.
            ///
            /// Take the ID from the list of services; that of a schedule or session does not work.
            InvalidServiceId = "INVALID_SERVICE_ID", NotFound,
                methods: ["previewPrice"];
            /// The price call does not say how many people take part.
            ///
            /// Add the number of participants, or their choices.
            NumberOfParticipantsNotFound = "NUMBER_OF_PARTICIPANTS_NOT_FOUND", InvalidRequest,
                methods: ["previewPrice", "calculatePrice"];
            /// Wix could not load the service to work out its price.
            ///
            /// Ask for the price again after a while; this only reads.
            FailedResolvingService = "FAILED_RESOLVING_SERVICE", ProviderFault,
                methods: ["previewPrice", "calculatePrice"];
            /// The service is not offered with this duration.
            ///
            /// Read the service's options and choose one of its durations.
            InvalidDurationChoice = "INVALID_DURATION_CHOICE", InvalidRequest,
                methods: ["previewPrice", "calculatePrice"];
            /// Wix cannot work out a price from the booking that you sent.
            ///
            /// Read the message, and send the booking as `createBooking` takes it.
            InvalidBooking = "INVALID_BOOKING", InvalidRequest,
                methods: ["calculatePrice"];
            /// The app that sets the prices of this service did not answer.
            ///
            /// Ask for the price again later, since nothing is booked by it; tell the site owner if it goes on.
            ErrorContactingPricingProvider = "ERROR_CONTACTING_PRICING_PROVIDER", ProviderFault,
                methods: ["calculatePrice"];
            /// More than one app on this site sets the prices.
            ///
            /// Ask the site owner to keep one pricing app and remove the others.
            MultiplePricingProvidersFound = "MULTIPLE_PRICING_PROVIDERS_FOUND", Disabled,
                methods: ["calculatePrice"];
        }
        "SDK types" of "Related Products" {
            /// Wix Stores did not return the related products.
            ///
            /// Ask again after a while; this only reads products, and bookings work without it.
            StoresUnavailable = "STORES_UNAVAILABLE", Unavailable,
                methods: ["listRelatedProductsByServiceIds"];
        }
        "SDK types" of "Resource Types" {
            /// The site has a resource type with this name.
            ///
            /// Use the one that is there, or give the new one another name.
            ResourceTypeAlreadyExistsForName = "RESOURCE_TYPE_ALREADY_EXISTS_FOR_NAME",
                Conflict, statuses: [409],
                methods: ["createResourceType", "updateResourceType"];
            /// The site has as many resource types as it may have.
            ///
            /// Put the resource under an existing type, or delete a type that no service uses.
            MaxNumberOfResourceTypesReached = "MAX_NUMBER_OF_RESOURCE_TYPES_REACHED", PolicyViolation,
                methods: ["createResourceType"];
        }
        "SDK types" of "Service Options and Variants" {
            /// A variant names an option that is not in the list of options.
            ///
            /// Compare each `optionId` of the variants with the IDs of the options you send.
            UnknownOptionIds = "UNKNOWN_OPTION_IDS", NotFound, statuses: [400],
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// The variants have prices in more than one currency.
            ///
            /// Give all prices in one currency.
            MultipleCurrencies = "MULTIPLE_CURRENCIES", InvalidRequest, statuses: [400],
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// An option has a type that Wix does not take here.
            ///
            /// Use an option of type `CUSTOM`, `STAFF_MEMBER` or `DURATION`.
            UnsupportedOptionType = "UNSUPPORTED_OPTION_TYPE", InvalidRequest, statuses: [400],
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// The variants name staff members who are not connected to the service.
            ///
            /// Add the staff members to the service, or leave their variants out.
            UnknownStaffIds = "UNKNOWN_STAFF_IDS", InvalidRequest, statuses: [400],
                template: "Staff members `<staffIds>` aren't connected to service `<serviceId>`.",
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// Some of the service's staff members have no variant.
            ///
            /// Add a variant for each staff member of the service.
            MissingStaffVariants = "MISSING_STAFF_VARIANTS", InvalidRequest, statuses: [400],
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// Two variants have the same choices.
            ///
            /// Merge them, or change one, so that each combination comes once.
            IdenticalChoices = "IDENTICAL_CHOICES", InvalidRequest, statuses: [400],
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// The variants leave out choices of a custom option.
            ///
            /// Add a variant for each choice that the option lists.
            MissingCustomChoices = "MISSING_CUSTOM_CHOICES", InvalidRequest,
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
            /// An option carries data that does not belong to its type.
            ///
            /// Send only the data that goes with the option's type.
            UnsupportedOptionData = "UNSUPPORTED_OPTION_DATA", InvalidRequest,
                methods: ["createServiceOptionsAndVariants", "updateServiceOptionsAndVariants"];
        }
        "SDK types" of "Services" {
            /// The site has no default booking form.
            ///
            /// Leave the default form out of the query, and check that Wix Bookings is set up on the site.
            DefaultBookingFormNotFound = "DEFAULT_BOOKING_FORM_NOT_FOUND", NotFound,
                methods: ["queryBookingForms"];
            /// A pricing plan in the call does not exist or does not fit the service.
            ///
            /// List the site's pricing plans and send only IDs from that list.
            InvalidPricingPlan = "INVALID_PRICING_PLAN", InvalidRequest,
                methods: ["enablePricingPlansForService", "disablePricingPlansForService"];
            /// Customers cannot pay for this service with a pricing plan.
            ///
            /// Change the service's payment options first, or use another service.
            ServiceDoesNotSupportPricingPlans = "SERVICE_DOES_NOT_SUPPORT_PRICING_PLANS", Disabled,
                methods: ["enablePricingPlansForService"];
            /// Another service has this slug in its address.
            ///
            /// Choose a slug that no other service uses.
            SlugAlreadyExists = "SLUG_ALREADY_EXISTS", Conflict,
                methods: ["setCustomSlug"],
                is_generic: true;
            /// A service that is sold by subscription cannot have add-on groups.
            ///
            /// Leave the add-ons out for this service.
            SubscriptionServiceNotSupported = "SUBSCRIPTION_SERVICE_NOT_SUPPORTED", Disabled,
                methods: ["createAddOnGroup"];
            /// The service has no add-on group with this ID.
            ///
            /// Read the service and take the group's ID from there.
            GroupNotOnService = "GROUP_NOT_ON_SERVICE", NotFound,
                methods: ["deleteAddOnGroup", "updateAddOnGroup"];
        }
        "SDK types" of "Staff Members" {
            /// The staff member cannot be invited without a role.
            ///
            /// Say which role the new user is to have on the site.
            StaffInviteRequiresRole = "STAFF_INVITE_REQUIRES_ROLE", InvalidRequest,
                methods: ["connectStaffMemberToUser"];
        }
        "live systems" {
            /// The revision is out of date; Wix raises it a moment after a creation.
            ///
            /// Read the booking: `CONFIRMED` or `PENDING` means done, else confirm with the new revision; do not create it again.
            InvalidRevision = "INVALID_REVISION", Conflict, statuses: [409], is_generic: true;
            /// At least one service in the query is unknown on this site.
            ///
            /// List the services again and drop the IDs that are gone.
            InvalidServiceIdsProvided = "INVALID_SERVICE_IDS_PROVIDED", NotFound, statuses: [400];
            /// The query asks for more diagnostic detail than Wix offers yet.
            ///
            /// Lower the diagnostic depth, or leave it out.
            DiagnosticDepthNotSupported = "DIAGNOSTIC_DEPTH_NOT_SUPPORTED", InvalidRequest, statuses: [412];
            /// The appointment service has no staff members or other resources.
            ///
            /// Name at least one staff member or resource for the service.
            MissingAppointmentResources = "MISSING_APPOINTMENT_RESOURCES", InvalidRequest, statuses: [400];
            /// The site lacks a Wix app that the call needs, such as Wix Bookings.
            ///
            /// Ask the site owner to install the app that the message names.
            RequiredAppNotInstalled = "REQUIRED_APP_NOT_INSTALLED", Disabled, statuses: [428];
            /// Less is left than the call asks for.
            ///
            /// Read how much is left, and lower the quantity or offer something else.
            InsufficientInventory = "INSUFFICIENT_INVENTORY", SlotUnavailable, is_generic: true;
            /// The free plan of the site does not include this.
            ///
            /// Ask the site owner for a premium plan, and do not offer this until then.
            PremiumOnly = "PREMIUM_ONLY", Disabled, statuses: [428];
            /// The site's plan does not allow another tier.
            ///
            /// Use the tiers that are there, or ask the site owner to upgrade the plan.
            BasicTiersLimitReached = "BASIC_TIERS_LIMIT_REACHED", Disabled, statuses: [428];
            /// The site has lost its connection to an outside account, such as Google.
            ///
            /// Ask the site owner to reconnect the account; a new access token of yours does not help.
            MissingToken = "MISSING_TOKEN", Unauthenticated, statuses: [428], is_generic: true;
            /// The balance is too low for the amount.
            ///
            /// Lower the amount, or let the customer pay another way.
            NotEnoughBalance = "NOT_ENOUGH_BALANCE", PaymentRequired, statuses: [428], is_generic: true;
            /// Wix is still setting up the site, and did nothing yet.
            ///
            /// Send the same call again every few seconds until it goes through.
            CatalogV3SiteProvisioning = "CATALOG_V3_SITE_PROVISIONING",
                Unavailable, statuses: [428], effect: NotApplied;
        }
        "platform's generic codes" {
            /// Wix got no credentials, or does not accept them.
            ///
            /// Get a new access token and check the `Authorization` header.
            Unauthenticated = "UNAUTHENTICATED", Unauthenticated, statuses: [401], is_generic: true;
            /// The credentials are fine, but they do not allow this call.
            ///
            /// Compare the app's scopes and the identity behind the token with the method's page.
            PermissionDenied = "PERMISSION_DENIED", PermissionDenied, statuses: [403], is_generic: true;
            /// What the call would create exists already, perhaps from an earlier call of yours.
            ///
            /// Read what is there; if it is yours, go on with it and create nothing.
            AlreadyExists = "ALREADY_EXISTS", Conflict, statuses: [409], is_generic: true;
            /// Another change at the same time got in the way, and this one was dropped.
            ///
            /// Read what is there now, then decide whether your change is still needed.
            Aborted = "ABORTED", Conflict, statuses: [409], is_generic: true;
            /// You have sent too many calls in a short time, or used up a quota.
            ///
            /// Wait as long as `Retry-After` says, else back off, then send the same call.
            ResourceExhausted = "RESOURCE_EXHAUSTED", RateLimited, statuses: [429], is_generic: true;
            /// A value in the request is wrong or missing.
            ///
            /// Read the message and the field violations, if there are any, and correct what they name.
            InvalidArgument = "INVALID_ARGUMENT", InvalidRequest, statuses: [400], is_generic: true;
            /// Something that the call depends on is not in place.
            ///
            /// Read the message: it says which condition is not met.
            FailedPrecondition = "FAILED_PRECONDITION", InvalidState, statuses: [428], is_generic: true;
            /// A value or a page of the request lies beyond the end.
            ///
            /// Compare the numbers, dates and paging in the request with their limits.
            OutOfRange = "OUT_OF_RANGE", InvalidRequest, statuses: [400], is_generic: true;
            /// Wix does not offer this method, or not for this site.
            ///
            /// Check the method's path and version; sending it again does not help.
            Unimplemented = "UNIMPLEMENTED", InvalidRequest, statuses: [501], is_generic: true;
            /// Wix failed in a way that it does not explain.
            ///
            /// Look whether the call was carried out before you repeat it; report the request ID if it goes on.
            Internal = "INTERNAL", ProviderFault, statuses: [500], is_generic: true;
            /// Wix was not reachable or gave up; it may have done its work before.
            ///
            /// Look for the result of the call, and repeat it after a while only if there is none.
            Unavailable = "UNAVAILABLE", Unavailable, statuses: [503], is_generic: true;
            /// Wix ran out of time before the call was done.
            ///
            /// Read what the call should have changed; the work may have finished after the time was up.
            DeadlineExceeded = "DEADLINE_EXCEEDED", Unavailable, statuses: [504], is_generic: true;
            /// The call was broken off before its end, often by the caller's own timeout.
            ///
            /// Look whether it was carried out all the same, and allow more time.
            Cancelled = "CANCELLED", Unavailable, statuses: [499], is_generic: true;
            /// Wix lost or damaged data while it handled the call.
            ///
            /// Read what is stored before you send anything, and report the request ID to Wix.
            DataLoss = "DATA_LOSS", ProviderFault, statuses: [500], is_generic: true;
            /// Wix gives no reason for the failure.
            ///
            /// Find out whether the call was carried out before the next attempt; report the request ID to Wix.
            Unknown = "UNKNOWN", ProviderFault, statuses: [500], is_generic: true;
        }
    }
}

impl Code {
    /// Returns the names of the values that the message carries, such as `sessionId`.
    pub fn parameters(self) -> impl Iterator<Item = &'static str> {
        self.info().placeholders().map(Placeholder::name)
    }
}
