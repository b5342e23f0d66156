use std::sync::LazyLock;

use booking_errors_core::decode::KnownCode;
use booking_errors_core::{CodeInfo, Kind, UnknownCode};
use strum::{Display, EnumMessage, EnumString, IntoStaticStr, VariantArray};

/// The codes of the `code` member: those of the [error handling page][page] in its order, then those of WordPress and of
/// the plugin that real sites send.
///
/// A code that is not here is kept as it was sent in [`code()`](booking_errors_core::ProviderError::code).
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
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumMessage, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case", parse_err_ty = UnknownCode, parse_err_fn = unknown)]
#[non_exhaustive]
pub enum Code {
    /// At least one field of the request did not pass the plugin's validation.
    ///
    /// Correct the fields that the issues name; each issue carries the text for one of them.
    ValidationFailed,
    /// The user's role does not open this route, or nobody is logged in (401).
    ///
    /// Have the user made an admin of FluentBooking; where the call relies on cookies, send the nonce with them.
    RestForbidden,
    /// Somebody else took the slot after it was shown.
    ///
    /// Load the free slots again and let the guest pick another one.
    SlotNoLongerAvailable,
    /// The event is not free of charge and no payment was made.
    ///
    /// Take the guest through the event's payment, then book.
    EventPaymentRequired,
    /// The host has switched the event off.
    ///
    /// Take the event out of what you offer until the host enables it again.
    EventDisabled,
    /// The chosen time lies outside the hours in which the event can be booked.
    ///
    /// Offer only times from the event's own availability, in the time zone that was sent.
    OutsideAvailability,
    /// The route is for logged-in users and the call carried no login.
    ///
    /// Send an application password, or the login cookie with its nonce.
    RestNotLoggedIn,
    /// The nonce sent with the login cookie is wrong or has expired.
    ///
    /// Fetch a fresh nonce from the site and send it in `X-WP-Nonce`.
    RestCookieInvalidNonce,
    /// The user exists, but the password is not theirs.
    ///
    /// Check the stored application password, or create a new one in the user's profile.
    IncorrectPassword,
    /// No user has this name.
    ///
    /// Check the user name of the credentials; the site may want the login, not the display name.
    InvalidUsername,
    /// No user has this email address.
    ///
    /// Log in with an address that the site knows, or with the user name.
    InvalidEmail,
    /// The site does not accept application passwords at all, often because it is served without HTTPS.
    ///
    /// Ask the site's owner to enable application passwords, or use another way to log in.
    ApplicationPasswordsDisabled,
    /// This one user may not use application passwords.
    ///
    /// Ask the site's owner to allow them for the user, or call as a user who may.
    ApplicationPasswordsDisabledForUser,
    /// The site has no such route, or not with this method; the plugin may be off or older than the route.
    ///
    /// Compare path and method with the plugin's version, and check that the plugin is active.
    RestNoRoute,
    /// The body that was sent is not valid JSON.
    ///
    /// Send JSON, with `Content-Type: application/json`.
    RestInvalidJson,
    /// A parameter has a wrong type or an impossible value.
    ///
    /// Correct the parameters that the issues name.
    RestInvalidParam,
    /// A required parameter is missing.
    ///
    /// Add the parameters that the issues name.
    RestMissingCallbackParam,
    /// PHP died while it handled the call; part of the work may have been done.
    ///
    /// Read the bookings back before anything is sent again, and ask the site's owner for the PHP error log.
    InternalServerError,
    /// The plugin gave up with an exception; part of the work may have been done.
    ///
    /// Look whether the booking exists before you send it again, and report the message to the site's owner.
    PluginException,
}

impl Code {
    /// Every code, in the order of the variants.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code as it is sent.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What went wrong, in the words that all providers share; with the status 401, [`Code::RestForbidden`] is
    /// [`Kind::Unauthenticated`].
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
            Self::ValidationFailed
            | Self::RestForbidden
            | Self::SlotNoLongerAvailable
            | Self::EventPaymentRequired
            | Self::EventDisabled
            | Self::OutsideAvailability => "error handling page",
            Self::RestNotLoggedIn
            | Self::RestCookieInvalidNonce
            | Self::IncorrectPassword
            | Self::InvalidUsername
            | Self::InvalidEmail
            | Self::ApplicationPasswordsDisabled
            | Self::ApplicationPasswordsDisabledForUser
            | Self::RestNoRoute
            | Self::RestInvalidJson
            | Self::RestInvalidParam
            | Self::RestMissingCallbackParam
            | Self::InternalServerError => "WordPress",
            Self::PluginException => "plugin 2.1",
        }
    }

    /// Kind and statuses: the page's, and for WordPress those of recorded responses. The page gives no status for its
    /// four booking codes.
    fn facts(self) -> (Kind, &'static [u16]) {
        match self {
            Self::ValidationFailed => (Kind::InvalidRequest, &[422]),
            Self::RestForbidden => (Kind::PermissionDenied, &[401, 403]),
            Self::SlotNoLongerAvailable => (Kind::SlotUnavailable, &[]),
            Self::EventPaymentRequired => (Kind::PaymentRequired, &[]),
            Self::EventDisabled => (Kind::Disabled, &[]),
            Self::OutsideAvailability => (Kind::PolicyViolation, &[]),
            Self::RestNotLoggedIn | Self::InvalidUsername | Self::ApplicationPasswordsDisabledForUser => {
                (Kind::Unauthenticated, &[401])
            }
            Self::RestCookieInvalidNonce
            | Self::IncorrectPassword
            | Self::InvalidEmail
            | Self::ApplicationPasswordsDisabled => (Kind::Unauthenticated, &[]),
            Self::RestNoRoute => (Kind::NotFound, &[404]),
            Self::RestInvalidJson | Self::RestInvalidParam | Self::RestMissingCallbackParam => {
                (Kind::InvalidRequest, &[400])
            }
            Self::InternalServerError => (Kind::ProviderFault, &[500]),
            Self::PluginException => (Kind::ProviderFault, &[]),
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
