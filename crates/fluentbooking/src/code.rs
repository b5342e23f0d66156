use booking_errors_core::codes;

codes! {
    /// The codes of the `code` member: those of the [error handling page][page] in its order, then those that real sites
    /// send from WordPress, from the plugin and from other plugins in front of it.
    ///
    /// With the status 401, the codes of the kind `permission_denied` have the kind `unauthenticated`. The kind of
    /// [`Code::WpDie`] is that of its text or its status.
    ///
    /// [`code()`](booking_errors_core::ProviderError::code) returns a code that is not in this list as it was sent.
    ///
    /// ```
    /// use booking_errors::Kind;
    /// use booking_errors::fluentbooking::Code;
    ///
    /// let code: Code = "slot_no_longer_available".parse()?;
    /// assert_eq!(code.kind(), Kind::SlotUnavailable);
    /// # Ok::<_, booking_errors::UnknownCode>(())
    /// ```
    ///
    /// [page]: https://developers.fluentbooking.com/rest-api/error-handling
    pub enum Code of "fluentbooking" {
        "error handling page" {
            /// At least one field of the request failed the plugin's validation.
            ///
            /// Correct the fields that the message or the issues name; each issue says what is wrong with one of them.
            ValidationFailed = "validation_failed", InvalidRequest, statuses: [422];
            /// The user lacks the capability that this route asks for, or nobody is logged in (401).
            ///
            /// Have the user given the capability; with 401 send a login, and with cookies the nonce.
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
            /// Too many calls or booking attempts came in too short a time.
            ///
            /// Wait as long as `Retry-After` says, or a minute, and send the same call again.
            TooManyRequests = "too_many_requests", RateLimited, statuses: [429];
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
            /// Correct the parameters that the message and the issues name.
            RestInvalidParam = "rest_invalid_param", InvalidRequest, statuses: [400];
            /// A required parameter is missing.
            ///
            /// Add the parameters that the message and the issues name.
            RestMissingCallbackParam = "rest_missing_callback_param", InvalidRequest, statuses: [400];
            /// PHP crashed while handling the call; part of the work may have been done.
            ///
            /// Read the bookings back before you send anything again, and ask the site's owner for the PHP error log.
            InternalServerError = "internal_server_error", ProviderFault, statuses: [500];
            /// The user may not see this.
            ///
            /// Call as a user who may see it; with 401 send a login.
            RestCannotView = "rest_cannot_view", PermissionDenied, statuses: [401, 403];
            /// The user may not create this.
            ///
            /// Call as a user who may create it; with 401 send a login.
            RestCannotCreate = "rest_cannot_create", PermissionDenied, statuses: [401, 403];
            /// The user may not change this.
            ///
            /// Call as its owner or as an admin; with 401 send a login.
            RestCannotEdit = "rest_cannot_edit", PermissionDenied, statuses: [401, 403];
            /// The user may not delete this.
            ///
            /// Have its owner or an admin delete it; with 401 send a login.
            RestCannotDelete = "rest_cannot_delete", PermissionDenied, statuses: [401, 403];
            /// The user may not read this in the context that the call asks for, such as `edit`.
            ///
            /// Ask with `context=view`, or as a user who may edit it; with 401 send a login.
            RestForbiddenContext = "rest_forbidden_context", PermissionDenied, statuses: [401, 403];
            /// WordPress stopped with a message; the code alone does not say that anything was refused.
            ///
            /// Read the message for the reason; if it gives none, check whether the booking exists before the next attempt.
            WpDie = "wp_die", Unknown, is_soft: true;
        }
        "plugin 2.1" {
            /// The plugin gave up with an exception, with any status from 400 on; the booking may be stored.
            ///
            /// Check whether the booking exists before you send it again, and report the message to the site's owner.
            PluginException = "plugin_exception", ProviderFault;
        }
        "JWT plugins" {
            /// The call has no `Authorization` header, or the web server drops it.
            ///
            /// Send the token in that header; if you do, ask the site's owner to have it passed on to PHP.
            JwtAuthNoAuthHeader = "jwt_auth_no_auth_header", Unauthenticated, statuses: [403];
            /// The `Authorization` header does not have the form that the plugin reads.
            ///
            /// Send the word Bearer, one space and the token, and nothing else.
            JwtAuthBadAuthHeader = "jwt_auth_bad_auth_header", Unauthenticated, statuses: [403];
            /// The token has expired, is damaged or was signed with another key.
            ///
            /// Log in again, and send the call with the new token.
            JwtAuthInvalidToken = "jwt_auth_invalid_token", Unauthenticated, statuses: [403];
            /// The token does not say which user it is for.
            ///
            /// Get a new token from the site's own token route.
            JwtAuthBadRequest = "jwt_auth_bad_request", Unauthenticated, statuses: [403];
            /// The user of the token is not on this site, or not any more.
            ///
            /// Log in as a user of the site.
            JwtAuthUserNotFound = "jwt_auth_user_not_found", Unauthenticated, statuses: [403];
            /// The token was good once, but a newer login or a change of the account has replaced it.
            ///
            /// Throw the token away and log in with the current password.
            JwtAuthObsoleteToken = "jwt_auth_obsolete_token", Unauthenticated, statuses: [403];
            /// The call has no cookie with the refresh token.
            ///
            /// Keep the cookie that the login sets and send it back, or log in again.
            JwtAuthNoAuthCookie = "jwt_auth_no_auth_cookie", Unauthenticated, statuses: [403];
            /// The site's own set-up of the plugin is incomplete, such as the secret key.
            ///
            /// Ask the site's owner to finish the set-up; other credentials do not help.
            JwtAuthBadConfig = "jwt_auth_bad_config", Unauthenticated;
            /// A plugin on the site does not accept the bearer token.
            ///
            /// Get a token from that plugin, or log in with an application password.
            RestAuthenticationInvalidBearerToken = "rest_authentication_invalid_bearer_token",
                Unauthenticated, statuses: [403];
        }
        "plugins that close the REST API" {
            /// A plugin on the site keeps the REST API for users who are logged in.
            ///
            /// Log in, or ask the site's owner to leave the routes of FluentBooking open.
            RestLoginRequired = "rest_login_required", PermissionDenied, statuses: [401, 403];
            /// A plugin on the site does not let this caller use the REST API.
            ///
            /// Ask the site's owner which users or addresses the plugin lets in; with 401 send a login.
            RestNotAuthorized = "rest_not_authorized", PermissionDenied, statuses: [401, 403];
            /// A plugin has switched the REST API off for callers like this one.
            ///
            /// With 401 send a login; otherwise have the site's owner exempt FluentBooking from the plugin's rule.
            RestCannotAccess = "rest_cannot_access", PermissionDenied, statuses: [401, 403];
        }
    }
}
