use std::error::Error;
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::text::Escaped;
use crate::{CodeInfo, Effect, Envelope, FailedItem, Issue, Kind, Parameters, Retry, Triage};

/// A failed call to a provider.
///
/// Every provider's error type implements it, and so does [`Envelope`]. For a provider of your own, implement
/// [one method](Self::envelope). Code that serves all providers takes `&dyn ProviderError`, or returns
/// `Box<dyn ProviderError>`; `?` converts any of them:
///
/// ```
/// use booking_errors::{Envelope, Kind, ProviderError};
///
/// fn book() -> Result<(), Box<dyn ProviderError>> {
///     Err(Envelope::new("acme", 429))?
/// }
///
/// let error = book().unwrap_err();
/// assert_eq!(error.kind(), Kind::RateLimited);
/// assert!(error.downcast::<Envelope>().is_ok());
/// ```
pub trait ProviderError: Error + Send + Sync + 'static {
    /// Returns everything that is known about the failed call.
    fn envelope(&self) -> &Envelope;

    /// Returns the provider's short name, such as `wix`.
    fn provider(&self) -> &str {
        &self.envelope().provider
    }

    /// Returns the HTTP status; if a response wraps another one, the status of the inner one.
    fn status(&self) -> u16 {
        self.envelope().status
    }

    /// Returns the provider's error code as it was sent, known or not.
    fn code(&self) -> Option<&str> {
        self.envelope().code.as_deref()
    }

    /// Returns what went wrong, in the words that all providers share.
    fn kind(&self) -> Kind {
        self.envelope().kind
    }

    /// Returns the provider's message as it was sent. It may hold personal data and control characters.
    fn message(&self) -> Option<&str> {
        self.envelope().message.as_deref()
    }

    /// Returns the values that the message carries, by the provider's own names.
    fn parameters(&self) -> &Parameters {
        &self.envelope().parameters
    }

    /// Returns each thing that the provider found wrong: the first 1,000, in the order of the body.
    fn issues(&self) -> &[Issue] {
        &self.envelope().issues
    }

    /// Returns the failed items of a bulk or batch call, each with its own error: the first 1,000.
    fn items(&self) -> &[FailedItem] {
        &self.envelope().items
    }

    /// Returns the id of this call, which the provider's support asks for.
    fn request_id(&self) -> Option<&str> {
        self.envelope().request_id.as_deref()
    }

    /// Returns what the failed call did at the provider.
    fn effect(&self) -> Effect {
        self.envelope().effect
    }

    /// Returns whether you may send the same call again.
    fn retry(&self) -> Retry {
        self.envelope().retry()
    }

    /// Returns how long to wait before that, in whole seconds, as the provider asks. There is no upper limit: set your
    /// own.
    fn retry_after(&self) -> Option<Duration> {
        self.envelope().retry_after()
    }

    /// Returns what you as the developer can do about it.
    fn remedy(&self) -> &str {
        &self.envelope().remedy
    }

    /// Returns what is known about the code; `None` for an unknown code, and for an [`Envelope`], which holds the code
    /// as text only: give that to [`Provider::code`](crate::Provider::code).
    fn code_info(&self) -> Option<&'static CodeInfo> {
        None
    }

    /// Returns the error inside, if this one only wraps it, as [`CallError`](crate::CallError) does; otherwise `None`,
    /// never itself.
    fn inner(&self) -> Option<&dyn ProviderError> {
        None
    }

    /// Returns a name for errors of the same sort: the provider and the known code, `wix.SLOT_NOT_AVAILABLE`, or else
    /// the kind, `wix.rate_limited`.
    ///
    /// It takes few values and stays the same from call to call: use it as Sentry's fingerprint, as the label of a
    /// metric, or as `error.type` of OpenTelemetry. An [`Envelope`] holds its code as text only, so it gives the kind. The
    /// provider's name is escaped as in `Display`.
    ///
    /// ```
    /// use booking_errors::{Envelope, ProviderError};
    ///
    /// let error = Envelope::new("acme", 429).with_message("slow down, guest 17");
    /// assert_eq!(error.group(), "acme.rate_limited");
    /// ```
    fn group(&self) -> String {
        let name = self.code_info().map_or(self.kind().as_str(), |info| info.code);
        format!("{}.{name}", Escaped::code(self.provider()))
    }

    /// Returns who has to act on it: a label for alerts. It is about this one attempt; a call that is in doubt
    /// [stays so](Retry::of), whatever later attempts answer.
    fn triage(&self) -> Triage {
        Triage::of(self.kind(), self.effect(), self.retry())
    }

    /// Returns whether the error speaks against the provider's health, for a circuit breaker: the provider failed or
    /// could not be reached, or something else came in place of an answer, such as a page with status 200.
    ///
    /// Rate limits do not count, since they ask you to wait; nor does what any guest can cause.
    ///
    /// ```
    /// use booking_errors::{Envelope, ProviderError};
    ///
    /// assert!(Envelope::new("acme", 503).counts_against_provider());
    /// assert!(!Envelope::new("acme", 429).counts_against_provider());
    /// ```
    fn counts_against_provider(&self) -> bool {
        match self.kind() {
            Kind::ProviderFault | Kind::Unavailable => true,
            // without a status, the request was not built
            Kind::Unknown => self.status() > 0,
            Kind::InvalidRequest
            | Kind::Unauthenticated
            | Kind::PermissionDenied
            | Kind::NotFound
            | Kind::Conflict
            | Kind::SlotUnavailable
            | Kind::PolicyViolation
            | Kind::InvalidState
            | Kind::PaymentRequired
            | Kind::Disabled
            | Kind::CouponRejected
            | Kind::RateLimited => false,
        }
    }
}

impl dyn ProviderError {
    /// Returns whether this is an `E`.
    pub fn is<E: ProviderError>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// Returns this as an `E`, or the `E` [inside](ProviderError::inner) it, however deep.
    ///
    /// ```
    /// use booking_errors::{CallError, ProviderError, Transport, TransportError};
    ///
    /// let error: CallError = TransportError::broken_off("acme").into();
    /// let error: Box<dyn ProviderError> = error.into();
    /// assert!(error.downcast_ref::<TransportError>().is_none(), "it is a CallError");
    /// assert_eq!(error.find_ref::<TransportError>().unwrap().transport(), Transport::BrokenOff);
    /// ```
    pub fn find_ref<E: ProviderError>(&self) -> Option<&E> {
        self.downcast_ref().or_else(|| self.inner()?.find_ref())
    }

    /// Returns this as an `E`, if it is one itself. For one inside a [`CallError`](crate::CallError) or a
    /// [`GaveUp`](crate::GaveUp), use `find_ref`.
    pub fn downcast_ref<E: ProviderError>(&self) -> Option<&E> {
        (self as &(dyn Error + 'static)).downcast_ref()
    }

    /// Returns this as an `E`.
    ///
    /// # Errors
    /// Returns the box unchanged if it holds another type.
    pub fn downcast<E: ProviderError>(self: Box<Self>) -> Result<Box<E>, Box<Self>> {
        if !self.is::<E>() {
            return Err(self);
        }
        match (self as Box<dyn Error>).downcast() {
            Ok(error) => Ok(error),
            Err(_) => unreachable!("the type was compared just now"),
        }
    }
}

/// Forwards to the error inside, so that the box works wherever an [`Error`] is expected. After a `?` into
/// `Box<dyn Error>`, downcast to the box: `downcast_ref::<Box<dyn ProviderError>>()`.
impl Error for Box<dyn ProviderError> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        (**self).source()
    }
}

/// Writes the [envelope](ProviderError::envelope), so that a struct with a box of it can be sent as JSON:
///
/// ```
/// use booking_errors::{Envelope, ProviderError};
///
/// #[derive(serde::Serialize)]
/// struct Attempt {
///     number: u32,
///     error: Box<dyn ProviderError>,
/// }
///
/// let json = serde_json::to_value(Attempt { number: 2, error: Envelope::new("acme", 429).into() })?;
/// assert_eq!(json["error"]["kind"], "rate_limited");
/// # Ok::<_, serde_json::Error>(())
/// ```
impl Serialize for dyn ProviderError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.envelope().serialize(serializer)
    }
}

impl<E: ProviderError> From<E> for Box<dyn ProviderError> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}
