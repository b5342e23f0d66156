use std::error::Error;
use std::time::Duration;

use crate::{CodeInfo, Effect, Envelope, FailedItem, Issue, Kind, Parameters, Retry};

/// A failed call to a provider.
///
/// Implemented by every provider's error type and by [`Envelope`]; other crates implement it for providers of their own,
/// which takes [one method](Self::envelope). Code that serves all providers takes `&dyn ProviderError`, or returns
/// `Box<dyn ProviderError>`, which `?` makes from any of them:
///
/// ```
/// use booking_errors_core::{Envelope, Kind, ProviderError};
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
    /// All there is to know about the failed call.
    fn envelope(&self) -> &Envelope;

    /// The provider's short name, such as `wix`.
    fn provider(&self) -> &str {
        &self.envelope().provider
    }

    /// The HTTP status; where an answer wraps another one, that of the inner.
    fn status(&self) -> u16 {
        self.envelope().status
    }

    /// The provider's error code as it was sent, known or not.
    fn code(&self) -> Option<&str> {
        self.envelope().code.as_deref()
    }

    /// What went wrong, in the words that all providers share.
    fn kind(&self) -> Kind {
        self.envelope().kind
    }

    /// The provider's message as it was sent. It may hold personal data, and control characters.
    fn message(&self) -> Option<&str> {
        self.envelope().message.as_deref()
    }

    /// The values that the message carries, by the provider's own names.
    fn parameters(&self) -> &Parameters {
        &self.envelope().parameters
    }

    /// What the provider found wrong, one by one: the first 1,000 findings, in the order of the body.
    fn issues(&self) -> &[Issue] {
        &self.envelope().issues
    }

    /// The items of a bulk or batch call that failed, each with an error of its own: the first 1,000.
    fn items(&self) -> &[FailedItem] {
        &self.envelope().items
    }

    /// The id of this call that the provider's support asks for.
    fn request_id(&self) -> Option<&str> {
        self.envelope().request_id.as_deref()
    }

    /// What the failed call did at the provider.
    fn effect(&self) -> Effect {
        self.envelope().effect
    }

    /// Whether the same call may be sent again.
    fn retry(&self) -> Retry {
        self.envelope().retry()
    }

    /// How long to wait before that, in whole seconds, as the provider asked for it. It is unbounded: cap it.
    fn retry_after(&self) -> Option<Duration> {
        self.envelope().retry_after()
    }

    /// What to do about it, for the developer.
    fn remedy(&self) -> &str {
        &self.envelope().remedy
    }

    /// What is known about the code, where the error type knows it. `None` for an unknown code, and for an envelope,
    /// which carries the code as text.
    fn code_info(&self) -> Option<&'static CodeInfo> {
        None
    }
}

impl dyn ProviderError {
    /// Whether this is an `E`.
    pub fn is<E: ProviderError>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// This as an `E`, if it is one.
    pub fn downcast_ref<E: ProviderError>(&self) -> Option<&E> {
        (self as &(dyn Error + 'static)).downcast_ref()
    }

    /// This as an `E`.
    ///
    /// # Errors
    /// The box as it was, if it holds another type.
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

/// Forwards to the error inside, so that the box works where an [`Error`] is asked for. Behind a `?` into
/// `Box<dyn Error>`, ask for the box: `downcast_ref::<Box<dyn ProviderError>>()`.
impl Error for Box<dyn ProviderError> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        (**self).source()
    }
}

impl<E: ProviderError> From<E> for Box<dyn ProviderError> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}
