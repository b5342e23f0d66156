use std::error::Error;
use std::fmt::{self, Display, Formatter};

use serde::{Serialize, Serializer};

use crate::{CodeInfo, Envelope, FromResponse, Problem, ProviderError, TransportError};

/// Why a call did not return a value: the provider's error, or none came. The enum is exhaustive on purpose.
///
/// With a provider that you know at compile time it is `CallError<wix::Error>`. Without a type, `CallError` is the error of
/// a provider that you choose at run time. Both are [`ProviderError`]s, for transport failures too, so code that decides
/// needs no `match`:
///
/// ```
/// use booking_errors::{Attempts, CallError, Kind, Next, Problem, ProviderError, TransportError};
///
/// let error: CallError = TransportError::timed_out("wix").into();
/// assert_eq!((error.kind(), error.status()), (Kind::Unavailable, 0));
/// assert!(matches!(Attempts::of_write().after(&error), Next::LookUp(_)));
/// assert_eq!(Problem::from(error).status(), 502);
/// ```
///
/// `Display` and `source()` are those of the error inside. To reach it in a `dyn ProviderError`, where `downcast_ref` would
/// only find the `CallError` itself, use [`find_ref`](Self::find_ref).
#[derive(Clone, Debug)]
pub enum CallError<E = Box<dyn ProviderError>> {
    /// The provider returned an error.
    Provider(E),
    /// No answer came, or it cannot be read.
    Transport(TransportError),
}

impl<E: AsProviderError> CallError<E> {
    /// Returns the provider's error, if this is one.
    pub fn provider_error(&self) -> Option<&E> {
        match self {
            Self::Provider(error) => Some(error),
            Self::Transport(_) => None,
        }
    }

    /// Returns the transport failure, if this is one.
    pub fn transport_error(&self) -> Option<&TransportError> {
        match self {
            Self::Provider(_) => None,
            Self::Transport(error) => Some(error),
        }
    }

    /// Returns the `Inner` among the errors that this one holds, such as `wix::Error`, if there is one.
    pub fn find_ref<Inner: ProviderError>(&self) -> Option<&Inner> {
        (self as &dyn ProviderError).find_ref()
    }

    fn get(&self) -> &dyn ProviderError {
        match self {
            Self::Provider(error) => error.as_provider_error(),
            Self::Transport(error) => error,
        }
    }
}

impl<E: AsProviderError> ProviderError for CallError<E> {
    fn envelope(&self) -> &Envelope {
        self.get().envelope()
    }

    fn code_info(&self) -> Option<&'static CodeInfo> {
        self.get().code_info()
    }

    fn inner(&self) -> Option<&dyn ProviderError> {
        Some(self.get())
    }
}

impl<E: AsProviderError> Serialize for CallError<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.envelope().serialize(serializer)
    }
}

impl<E: AsProviderError> Display for CallError<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self.get(), f)
    }
}

impl<E: AsProviderError> Error for CallError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.get().source()
    }
}

impl<E> From<TransportError> for CallError<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<E: FromResponse> From<E> for CallError<E> {
    fn from(error: E) -> Self {
        Self::Provider(error)
    }
}

impl<E: FromResponse> From<E> for CallError {
    fn from(error: E) -> Self {
        Self::Provider(error.into())
    }
}

impl From<Box<dyn ProviderError>> for CallError {
    fn from(error: Box<dyn ProviderError>) -> Self {
        Self::Provider(error)
    }
}

/// A [`ProviderError`], or a box of one: what generic code asks for so that it takes both.
///
/// `Box<dyn ProviderError>` cannot implement `ProviderError`: that would rule out the conversion that `?` uses.
pub trait AsProviderError: fmt::Debug + Display + Send + Sync + 'static {
    /// Returns the error itself.
    fn as_provider_error(&self) -> &dyn ProviderError;
}

impl<E: ProviderError> AsProviderError for E {
    fn as_provider_error(&self) -> &dyn ProviderError {
        self
    }
}

impl AsProviderError for Box<dyn ProviderError> {
    fn as_provider_error(&self) -> &dyn ProviderError {
        &**self
    }
}

/// So that a handler that returns `Result<_, Problem>` can use `?` on any of them.
impl<E: AsProviderError> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::new(error.as_provider_error())
    }
}
