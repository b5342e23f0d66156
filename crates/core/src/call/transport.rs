use std::borrow::Cow;
use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::sync::Arc;
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::decode::{DOUBT, after_nothing};
use crate::{Effect, Envelope, Kind, ProviderError};

/// A call that got no answer, or a success that cannot be read: what no provider sends, in the words of all providers.
///
/// HTTP clients differ in how they report it, so each client's module makes it from the client's own error. For a client without
/// a module, choose the constructor that fits, and add the client's error with [`with_source`](Self::with_source).
///
/// The envelope has the status 0, unless a status arrived, and a message that says what happened. Neither contains
/// the URL, which may hold keys.
///
/// ```
/// use booking_errors::{Effect, ProviderError, Retry, TransportError};
///
/// let error = TransportError::timed_out("wix").with_source(std::io::Error::other("no answer in 30 s"));
/// assert_eq!((error.status(), error.effect(), error.retry()), (0, Effect::Unknown, Retry::CheckFirst));
/// assert_eq!(error.to_string(), "wix: unavailable (no response): the provider did not answer in time");
///
/// // a connection that was never made is another matter
/// assert_eq!(TransportError::never_sent("wix").retry(), Retry::Safe);
/// ```
#[derive(Clone)]
pub struct TransportError(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    transport: Transport,
    envelope: Envelope,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// What became of a call that has no answer that can be read. The enum is exhaustive on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// No byte of the request was sent.
    NeverSent,
    /// The connection broke off, or what came is no response.
    BrokenOff,
    /// No answer came in time.
    TimedOut,
    /// A response came, but what it says about the call cannot be read.
    Unreadable,
}

impl TransportError {
    /// Returns the error of a call of which no byte was sent, such as one that could not connect: not applied, and safe to
    /// send again.
    ///
    /// Use it only if you are sure: if the client follows redirects or sends calls again on its own, an earlier request may
    /// have arrived. Then it is [`broken_off`](Self::broken_off).
    pub fn never_sent(provider: impl Into<Cow<'static, str>>) -> Self {
        let envelope =
            Envelope::new(provider, 0).with_kind(Kind::Unavailable).with_effect(Effect::NotApplied);
        let envelope = envelope.with_remedy(after_nothing(Kind::Unavailable));
        Self::new(Transport::NeverSent, envelope, "could not connect to the provider")
    }

    /// Returns the error of a request that could not be built, so that none was sent: not applied, and the same call
    /// fails again.
    pub fn not_built(provider: impl Into<Cow<'static, str>>) -> Self {
        let envelope = Envelope::new(provider, 0).with_kind(Kind::Unknown).with_effect(Effect::NotApplied);
        let envelope = envelope
            .with_remedy("Correct the address, the headers or the body: the request could not be built.");
        Self::new(Transport::NeverSent, envelope, "the request could not be built")
    }

    /// Returns the error of a call that was sent, at least in part, and got no answer: the effect is unknown.
    pub fn broken_off(provider: impl Into<Cow<'static, str>>) -> Self {
        let envelope = Envelope::new(provider, 0).with_kind(Kind::Unavailable);
        Self::new(Transport::BrokenOff, envelope, "the call broke off before a response came")
    }

    /// Returns the error of a call that was sent and got no answer in time: the effect is unknown. For a connection that
    /// was not made in time, use [`never_sent`](Self::never_sent).
    pub fn timed_out(provider: impl Into<Cow<'static, str>>) -> Self {
        let envelope = Envelope::new(provider, 0).with_kind(Kind::Unavailable);
        Self::new(Transport::TimedOut, envelope, "the provider did not answer in time")
    }

    /// Returns the error of a response that reports success with this status, but cannot be read, or that comes from where a
    /// redirect led, with any status. The effect is unknown; mostly it went through.
    pub fn unreadable(provider: impl Into<Cow<'static, str>>, status: u16, reason: Unreadable) -> Self {
        let message = match reason {
            Unreadable::Redirected => {
                format!(
                    "a redirect was followed, and the response with status {status} does not say what the call did"
                )
            }
            _ => format!("the response reports success with status {status}, but cannot be read"),
        };
        let envelope = Envelope::new(provider, status).with_kind(Kind::Unknown).with_effect(Effect::Unknown);
        Self::new(Transport::Unreadable, envelope, message).with_source(reason)
    }

    /// Returns the error of a client that tells only the status of a response, which may be that of a page that a redirect
    /// led to: the effect is unknown. If the client follows no redirects, let the provider's error type read the status.
    pub fn of_status(provider: impl Into<Cow<'static, str>>, status: u16) -> Self {
        let message = format!("status {status}, perhaps after a redirect");
        let envelope = Envelope::new(provider, status).with_effect(Effect::Unknown).with_remedy(DOUBT);
        Self::new(Transport::Unreadable, envelope, message)
    }

    fn new(transport: Transport, envelope: Envelope, message: impl Into<String>) -> Self {
        Self(Arc::new(Parts { transport, envelope: envelope.with_message(message), source: None }))
    }

    /// Says that the call only read, so that it carried out nothing.
    pub(super) fn of_read(mut self) -> Self {
        let envelope = &mut Arc::make_mut(&mut self.0).envelope;
        envelope.effect = Effect::NotApplied;
        envelope.remedy = after_nothing(envelope.kind).into();
        self
    }

    /// Sets the client's error, which `source()` returns. Its text, and that of its own sources, must not contain the URL if
    /// that holds keys.
    #[must_use]
    pub fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.0).source = Some(Arc::new(source));
        self
    }

    /// Sets what happened, in words, in place of the usual ones. It must not contain the URL if that holds keys.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).envelope.message = Some(message.into());
        self
    }

    /// Sets how long to wait before the call is sent again, if a header of the response said so.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Option<Duration>) -> Self {
        if let Some(delay) = delay {
            let parts = Arc::make_mut(&mut self.0);
            parts.envelope = parts.envelope.clone().with_retry_after(delay);
        }
        self
    }

    /// Returns whether the request could not be built.
    pub(super) fn is_not_built(&self) -> bool {
        self.0.transport == Transport::NeverSent && self.0.envelope.kind == Kind::Unknown
    }

    /// Returns what became of the call on its way.
    pub fn transport(&self) -> Transport {
        self.0.transport
    }
}

impl ProviderError for TransportError {
    fn envelope(&self) -> &Envelope {
        &self.0.envelope
    }
}

impl Serialize for TransportError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.envelope.serialize(serializer)
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0.envelope, f)
    }
}

impl Debug for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("transport", &self.0.transport)
            .field("envelope", &self.0.envelope)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Why a response that reports success cannot be read: the source of an [unreadable](TransportError::unreadable) one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The body is not JSON, or not of the expected type. Its text is not kept, because it may be long and hold
    /// personal data.
    #[error("the body is not JSON of the expected type, at line {line} column {column}")]
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column in the line, in bytes.
        column: usize,
    },
    /// The body is longer than this limit, in bytes.
    #[error("the body is longer than {0} bytes")]
    TooLong(usize),
    /// The body broke off before its end. The client's error, if there is one, is the source.
    #[error("the body broke off before its end")]
    BrokenOff(#[source] Option<Box<dyn Error + Send + Sync>>),
    /// The client followed a redirect, which may have changed the method.
    #[error("the response does not come from the address that was called")]
    Redirected,
}
