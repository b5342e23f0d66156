use booking_errors_core::codes;

codes! {
    /// The codes of the `code` member: those of the [error handling page][page] in its order, then those that real sites
    /// send from WordPress and the plugin.
    ///
    /// With the status 401, [`Code::RestForbidden`] has the kind `unauthenticated`.
    ///
    /// [`code()`](booking_errors_core::ProviderError::code) returns a code that is not in this list as it was sent.
    ///
    /// ```
    /// use booking_errors_core::Kind;
    /// use booking_errors_fluentbooking::Code;
    ///
    /// let code: Code = "slot_no_longer_available".parse()?;
    /// assert_eq!(code.kind(), Kind::SlotUnavailable);
    /// # Ok::<_, booking_errors_core::UnknownCode>(())
    /// ```
    ///
    /// [page]: https://developers.fluentbooking.com/rest-api/error-handling
    pub enum Code of "fluentbooking" {
        "error handling page" {
            /// At least one field of the request failed the plugin's validation.
            ///
            /// Correct the fields that the issues name; each issue says what is wrong with one of them.
            ValidationFailed = "validation_failed", InvalidRequest, statuses: [422];
            /// The user's role does not give access to this route, or nobody is logged in (401).
            ///
            /// Ask for the user to be made a FluentBooking admin; if the call relies on cookies, send the nonce with them.
            RestForbidden = "rest_forbidden", PermissionDenied, statuses: [401, 403];
            /// Somebody else took the slot after it was shown.
            ///
            /// Load the free slots again and let the guest pick another one.
            SlotNoLongerAvailable = "slot_no_longer_available", SlotUnavailable;
            /// The event is not free and no payment was made.
            ///
            /// Take the guest through the event's payment, then book.
            EventPaymentRequired = "event_payment_required", PaymentRequired;
            /// The host has switched the event off.
            ///
            /// Stop offering the event until the host enables it again.
            EventDisabled = "event_disabled", Disabled;
            /// The chosen time lies outside the hours in which the event can be booked.
            ///
            /// Offer only times from the event's own availability, in the time zone that was sent.
            OutsideAvailability = "outside_availability", PolicyViolation;
        }
        "WordPress" {
            /// The route is for logged-in users and the call carried no login.
            ///
            /// Send an application password, or the login cookie with its nonce.
            RestNotLoggedIn = "rest_not_logged_in", Unauthenticated, statuses: [401];
            /// The nonce sent with the login cookie is wrong or has expired.
            ///
            /// Fetch a fresh nonce from the site and send it in `X-WP-Nonce`.
            RestCookieInvalidNonce = "rest_cookie_invalid_nonce", Unauthenticated;
            /// The user exists, but the password is wrong.
            ///
            /// Check the stored application password, or create a new one in the user's profile.
            IncorrectPassword = "incorrect_password", Unauthenticated;
            /// No user has this name.
            ///
            /// Check the user name in the credentials; the site may want the login, not the display name.
            InvalidUsername = "invalid_username", Unauthenticated, statuses: [401];
            /// No user has this email address.
            ///
            /// Log in with an address that the site knows, or with the user name.
            InvalidEmail = "invalid_email", Unauthenticated;
            /// The site does not accept application passwords at all, often because it does not use HTTPS.
            ///
            /// Ask the site's owner to enable application passwords, or use another way to log in.
            ApplicationPasswordsDisabled = "application_passwords_disabled", Unauthenticated;
            /// This one user may not use application passwords.
            ///
            /// Ask the site's owner to allow them for the user, or call as a user who may.
            ApplicationPasswordsDisabledForUser = "application_passwords_disabled_for_user",
                Unauthenticated, statuses: [401];
            /// The site has no such route, or not for this method; the plugin may be off or older than the route.
            ///
            /// Compare path and method with the plugin's version, and check that the plugin is active.
            RestNoRoute = "rest_no_route", NotFound, statuses: [404];
            /// The request body is not valid JSON.
            ///
            /// Send JSON, with `Content-Type: application/json`.
            RestInvalidJson = "rest_invalid_json", InvalidRequest, statuses: [400];
            /// A parameter has a wrong type or an impossible value.
            ///
            /// Correct the parameters that the issues name.
            RestInvalidParam = "rest_invalid_param", InvalidRequest, statuses: [400];
            /// A required parameter is missing.
            ///
            /// Add the parameters that the issues name.
            RestMissingCallbackParam = "rest_missing_callback_param", InvalidRequest, statuses: [400];
            /// PHP crashed while handling the call; part of the work may have been done.
            ///
            /// Read the bookings back before you send anything again, and ask the site's owner for the PHP error log.
            InternalServerError = "internal_server_error", ProviderFault, statuses: [500];
        }
        "plugin 2.1" {
            /// The plugin gave up with an exception; part of the work may have been done.
            ///
            /// Check whether the booking exists before you send it again, and report the message to the site's owner.
            PluginException = "plugin_exception", ProviderFault;
        }
    }
}
