//! Responses of [reqwest](https://docs.rs/reqwest): your value, or the provider's error.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use booking_errors_core::reqwest::{CallError, ResponseExt as _, client_builder};
//! use booking_errors_core::{Effect, ProviderError, Retry};
//! # use booking_errors_core::FromResponse;
//! # #[derive(serde::Deserialize)]
//! # struct Booking;
//! # async fn book<AcmeError: FromResponse>() -> Result<(), Box<dyn std::error::Error>> {
//! // sends each call once; and no endless waiting
//! let client = client_builder().timeout(Duration::from_secs(30)).build()?;
//!
//! let sent = client.post("https://api.example/bookings").send().await.map_err(CallError::sent_once);
//! let result: Result<Booking, CallError<AcmeError>> = match sent {
//!     Ok(response) => response.json_or_error().await,
//!     Err(error) => Err(error),
//! };
//! if let Err(error) = result {
//!     match error.retry() {
//!         Retry::Safe => println!("wait {:?}, then send it again", error.retry_after()),
//!         Retry::CheckFirst => println!("it may have been booked: look first"),
//!         Retry::Never => println!("{error}"),
//!     }
//! }
//!
//! // a read can be sent twice without harm
//! let error: CallError<AcmeError> = client.get("https://api.example/slots").send().await.unwrap_err().into();
//! assert_eq!(error.retry().if_idempotent(), Retry::Safe);
//! # Ok(())
//! # }
//! ```
//!
//! # Redirects
//!
//! By default reqwest follows redirects, and most of them turn a `POST` into a `GET`: the page that it fetches says nothing
//! about the booking, and with status 200 it looks like a success. A response does not tell which address was called. So:
//!
//! - Build your client with [`client_builder`]. It follows no redirects, and a redirect is an error whose effect is unknown.
//! - If you must use a client that follows them, send with [`send_tracked`](RequestExt::send_tracked) instead of `send`. Then
//!   [`ResponseExt`] sees redirects to other addresses. It cannot see one to the same address.
//!
//! # TLS and time
//!
//! The feature brings reqwest without TLS. Add reqwest to your own dependencies with TLS switched on, such as
//! `reqwest = { version = "0.13", features = ["rustls"] }`; without it every `https` call fails to connect. If a body
//! stalls, the call waits as long as the client's timeouts allow.

use std::borrow::Cow;
use std::error::Error;
use std::time::{Duration, SystemTime};

use ::reqwest::redirect::Policy;
use ::reqwest::{Client, ClientBuilder, Request, RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;

use crate::{Effect, Envelope, FromResponse, Kind, Problem, ProviderError, RawResponse, Retry};

/// How much of an error's body is read, in bytes.
const ERROR_LIMIT: usize = 1 << 20;
/// How much of a success's body is read by default, in bytes.
const SUCCESS_LIMIT: usize = 64 << 20;

/// Returns a builder of clients that send each call once: they follow no redirects and never send a call again. A booking
/// that gets a redirect did not arrive where it should.
///
/// Change everything else as you like, and set a timeout: reqwest has none. With such a client use
/// [`CallError::sent_once`].
///
/// ```
/// use std::time::Duration;
///
/// let client = booking_errors_core::reqwest::client_builder().timeout(Duration::from_secs(30)).build()?;
/// # Ok::<_, reqwest::Error>(())
/// ```
pub fn client_builder() -> ClientBuilder {
    Client::builder().redirect(Policy::none()).retry(::reqwest::retry::never())
}

/// Adds a way to send a request with a client that follows redirects.
pub trait RequestExt: Sized {
    /// Sends the request as [`send`](RequestBuilder::send) does, and notes in the response which address was called. If
    /// the answer comes from another one and the call was more than a read, the methods of [`ResponseExt`] return an error
    /// whose effect is unknown: they never take such an answer for a success, nor for a refusal.
    ///
    /// A redirect to the address that was called goes unnoticed, because reqwest does not report it. Only a client of
    /// [`client_builder`] rules out every redirect.
    ///
    /// # Errors
    /// Returns the errors of [`send`](RequestBuilder::send).
    fn send_tracked(self) -> impl Future<Output = Result<Response, ::reqwest::Error>> + Send;
}

impl RequestExt for RequestBuilder {
    async fn send_tracked(self) -> Result<Response, ::reqwest::Error> {
        let (client, request) = self.build_split();
        let request = request?;
        let called = Called::by(&request);
        let mut response = client.execute(request).await?;
        response.extensions_mut().insert(called);
        Ok(response)
    }
}

/// What was called, as an extension of the response.
#[derive(Clone)]
struct Called {
    is_read: bool,
    address: Option<Url>,
}

impl Called {
    fn by(request: &Request) -> Self {
        Self { is_read: request.method().is_safe(), address: address(request.url()) }
    }

    /// Returns whether a call that was more than a read is known to have been redirected.
    fn is_redirected(response: &Response) -> bool {
        let called = response.extensions().get::<Self>();
        called.is_some_and(|called| !called.is_read && called.address != address(response.url()))
    }
}

/// Returns the address in the form that reqwest reports for a response: without the fragment, and read anew from an
/// [`http::Uri`](::http::Uri), which may spell it differently.
fn address(url: &Url) -> Option<Url> {
    let uri: ::http::Uri = url.as_str().parse().ok()?;
    uri.to_string().parse().ok()
}

/// Adds methods to a response that return the provider's error. They read at most 1 MiB of an error's body. Once a
/// status has arrived it counts, even if the body is cut.
///
/// A redirect that the client followed is seen only after [`send_tracked`](RequestExt::send_tracked): use a client of
/// [`client_builder`], which follows none.
pub trait ResponseExt: Sized {
    /// Returns the response untouched if its status is 2xx, without looking for an error inside the body.
    ///
    /// # Errors
    /// Returns the provider's error for any other status. A redirect that was followed counts as status 302, whatever
    /// came after it.
    fn error_for_provider<E: FromResponse>(self) -> impl Future<Output = Result<Self, E>> + Send;

    /// Returns the body of a success as `T`. An empty body reads as `null`. The body may have up to 64 MiB.
    ///
    /// # Errors
    /// Returns the provider's error, including one inside a 2xx body, or an error if the success cannot be read or comes
    /// from a redirect.
    fn json_or_error<T: DeserializeOwned, E: FromResponse>(
        self,
    ) -> impl Future<Output = Result<T, CallError<E>>> + Send {
        self.json_or_error_within(SUCCESS_LIMIT)
    }

    /// Returns the body of a success as `T`, if it has at most `limit` bytes.
    ///
    /// # Errors
    /// Returns the errors of [`json_or_error`](Self::json_or_error), or one if the body is longer.
    fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> impl Future<Output = Result<T, CallError<E>>> + Send;
}

impl ResponseExt for Response {
    async fn error_for_provider<E: FromResponse>(self) -> Result<Self, E> {
        if Called::is_redirected(&self) {
            return Err(E::from_response(&RawResponse::new(302, b"")));
        }
        if self.status().is_success() {
            return Ok(self);
        }
        Err(Received::read(self, ERROR_LIMIT).await.error())
    }

    async fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> Result<T, CallError<E>> {
        if Called::is_redirected(&self) {
            let (status, reason) = (self.status().as_u16(), UnreadableReason::Redirected);
            return Err(CallError::Unreadable(Unreadable { status, retry_after: None, reason }));
        }
        if !self.status().is_success() {
            return Err(CallError::Provider(Received::read(self, ERROR_LIMIT).await.error()));
        }
        Received::read(self, limit).await.into_success()
    }
}

/// The part of a response that has arrived.
struct Received {
    response: Response,
    body: Vec<u8>,
    /// Why the rest is missing, if the body was cut.
    cut: Option<UnreadableReason>,
    at: SystemTime,
}

impl Received {
    /// Reads a body up to a limit, and keeps what arrived if it breaks off.
    async fn read(mut response: Response, limit: usize) -> Self {
        let at = SystemTime::now();
        let mut body = Vec::new();
        let cut = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = limit - body.len();
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        break Some(UnreadableReason::TooLong(limit));
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(UnreadableReason::BrokenOff(without_url(error))),
            }
        };
        Self { response, body, cut, at }
    }

    fn raw(&self) -> RawResponse<'_> {
        let status = self.response.status().as_u16();
        RawResponse::new(status, &self.body).headers(self.response.headers()).received_at(self.at)
    }

    fn error<E: FromResponse>(&self) -> E {
        E::from_response(&self.raw())
    }

    fn into_success<T: DeserializeOwned, E: FromResponse>(self) -> Result<T, CallError<E>> {
        match E::check(&self.raw()) {
            // what is missing was lost on the way: that says more than an error that finds the body too short
            Err(error) if self.cut.is_none() || says_anything(error.envelope()) => {
                return Err(CallError::Provider(error));
            }
            _ => {}
        }
        let retry_after = self.raw().retry_after();
        let unreadable = |reason| {
            let status = self.response.status().as_u16();
            CallError::Unreadable(Unreadable { status, retry_after, reason })
        };
        if let Some(reason) = self.cut {
            return Err(unreadable(reason));
        }
        let json = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        let json = if json.trim_ascii().is_empty() { b"null" } else { json };
        serde_json::from_slice(json).map_err(|error| {
            unreadable(UnreadableReason::Json { line: error.line(), column: error.column() })
        })
    }
}

/// Returns whether an error says more than that a body is no success.
fn says_anything(error: &Envelope) -> bool {
    let is_known = error.kind != Kind::Unknown || error.effect != Effect::Unknown || error.code.is_some();
    is_known || !error.issues.is_empty() || !error.items.is_empty()
}

/// Why a call did not return a value. The enum is exhaustive on purpose.
///
/// Neither `Display`, `Debug` nor a source shows the URL, which may contain keys.
#[derive(Debug, thiserror::Error)]
pub enum CallError<E: FromResponse> {
    /// The call did not get through, or no response came back.
    #[error(transparent)]
    Transport(Transport),
    /// The provider returned an error.
    #[error(transparent)]
    Provider(E),
    /// The response does not say what the call did: it is a success that cannot be read, or comes from a redirect.
    #[error(transparent)]
    Unreadable(Unreadable),
}

impl<E: FromResponse> CallError<E> {
    /// Returns the error of a client that sends each call once, such as one of [`client_builder`]: it follows no redirects
    /// and has no retry policy. If such a client cannot connect, the call changed nothing.
    ///
    /// With any other client, convert the error with `?` or `into`: reqwest does not say whether the connection failed
    /// at the first attempt or after a redirect, and then the call may already have gone through.
    pub fn sent_once(error: ::reqwest::Error) -> Self {
        Self::of(error, true)
    }

    fn of(error: ::reqwest::Error, is_sent_once: bool) -> Self {
        match error.status() {
            // of `error_for_status`: a status has come, and decides
            Some(status) => Self::Provider(E::from_response(&RawResponse::new(status.as_u16(), b""))),
            None => Self::Transport(Transport::new(error, is_sent_once)),
        }
    }

    /// Returns what went wrong, in the words that all providers share.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Transport(transport) => transport.kind(),
            Self::Provider(error) => error.kind(),
            Self::Unreadable(_) => Kind::Unknown,
        }
    }

    /// Returns what the call did at the provider.
    pub fn effect(&self) -> Effect {
        match self {
            Self::Transport(transport) => transport.effect,
            Self::Provider(error) => error.effect(),
            Self::Unreadable(_) => Effect::Unknown,
        }
    }

    /// Returns whether you may send the same call again; for reads, use [`Retry::if_idempotent`] as well.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Provider(error) => error.retry(),
            Self::Transport(_) | Self::Unreadable(_) => Retry::of(self.kind(), self.effect()),
        }
    }

    /// Returns how long to wait before that, as the provider asks. There is no upper limit: set your own.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Transport(_) => None,
            Self::Provider(error) => error.retry_after(),
            Self::Unreadable(unreadable) => unreadable.retry_after,
        }
    }

    /// Returns the provider's error, if this is one.
    pub fn provider_error(&self) -> Option<&E> {
        match self {
            Self::Provider(error) => Some(error),
            Self::Transport(_) | Self::Unreadable(_) => None,
        }
    }

    /// Returns everything that is known, in all three cases, for your logs and responses. A call without a response
    /// has the status 0.
    pub fn envelope(&self) -> Cow<'_, Envelope> {
        let own = |status| {
            let envelope = Envelope::new(E::PROVIDER.name(), status).with_kind(self.kind());
            envelope.with_effect(self.effect()).with_message(self.to_string())
        };
        match self {
            Self::Provider(error) => Cow::Borrowed(error.envelope()),
            Self::Transport(_) => Cow::Owned(own(0)),
            Self::Unreadable(unreadable) => Cow::Owned(own(unreadable.status)),
        }
    }

    /// Returns the error body for your own API's callers.
    pub fn problem(&self) -> Problem {
        Problem::new(&*self.envelope())
    }

    /// Returns the provider's error in a box, for code that handles all providers.
    ///
    /// # Errors
    /// Returns this error unchanged if it does not come from a provider.
    pub fn into_provider_error(self) -> Result<Box<dyn ProviderError>, Self> {
        match self {
            Self::Provider(error) => Ok(error.into()),
            other => Err(other),
        }
    }
}

/// Assumes that the client follows redirects, so a failed connection may have come after one: the effect of every call
/// that may have been sent is unknown. See [`CallError::sent_once`].
impl<E: FromResponse> From<::reqwest::Error> for CallError<E> {
    fn from(error: ::reqwest::Error) -> Self {
        Self::of(error, false)
    }
}

/// A call that did not get through, or that got no response.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.cause.as_str())]
pub struct Transport {
    cause: Cause,
    effect: Effect,
    source: Option<::reqwest::Error>,
}

#[derive(Clone, Copy, Debug)]
enum Cause {
    NotBuilt,
    NotConnected,
    TimedOut,
    Redirected,
    CannotBeRead,
    BrokenOff,
}

impl Cause {
    fn as_str(self) -> &'static str {
        match self {
            Self::NotBuilt => "the request could not be built",
            Self::NotConnected => "could not connect to the provider",
            Self::TimedOut => "the provider did not answer in time",
            Self::Redirected => "the provider's redirect was not followed",
            Self::CannotBeRead => "the response broke off or cannot be read",
            Self::BrokenOff => "the call broke off before a response came",
        }
    }
}

impl Transport {
    fn new(error: ::reqwest::Error, is_sent_once: bool) -> Self {
        let cause = match &error {
            // a redirect's address may fail to build too: only that error has an address
            error if error.is_builder() && (is_sent_once || error.url().is_none()) => Cause::NotBuilt,
            error if error.is_builder() || error.is_redirect() => Cause::Redirected,
            // a connection that times out is both, so this comes first
            error if error.is_connect() => Cause::NotConnected,
            error if error.is_timeout() => Cause::TimedOut,
            error if error.is_body() || error.is_decode() => Cause::CannotBeRead,
            _ => Cause::BrokenOff,
        };
        let was_never_sent = match cause {
            Cause::NotBuilt => true,
            Cause::NotConnected => is_sent_once,
            Cause::TimedOut | Cause::Redirected | Cause::CannotBeRead | Cause::BrokenOff => false,
        };
        let effect = if was_never_sent { Effect::NotApplied } else { Effect::Unknown };
        Self { cause, effect, source: without_url(error) }
    }

    fn kind(&self) -> Kind {
        match self.cause {
            Cause::NotBuilt | Cause::CannotBeRead => Kind::Unknown,
            Cause::NotConnected | Cause::TimedOut | Cause::Redirected | Cause::BrokenOff => Kind::Unavailable,
        }
    }

    /// Returns reqwest's error without the URL; `None` if its text may contain an address, as a redirect's does.
    pub fn reqwest_error(&self) -> Option<&::reqwest::Error> {
        self.source.as_ref()
    }
}

/// Returns the error without its URL; `None` if an error inside it has one too.
fn without_url(error: ::reqwest::Error) -> Option<::reqwest::Error> {
    let error = error.without_url();
    let mut next: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(inner) = next {
        let has_url = |error: &::reqwest::Error| error.url().is_some() || error.is_redirect();
        if inner.downcast_ref().is_some_and(has_url) {
            return None;
        }
        next = inner.source();
    }
    Some(error)
}

/// A response that does not say what the call did. It probably went through.
#[derive(Debug, thiserror::Error)]
#[error("{}", match reason {
    UnreadableReason::Redirected => format!("a redirect was followed, and the response with status {status} does not say what the call did"),
    _ => format!("the response reports success with status {status}, but cannot be read"),
})]
pub struct Unreadable {
    status: u16,
    retry_after: Option<Duration>,
    #[source]
    reason: UnreadableReason,
}

impl Unreadable {
    /// Returns the HTTP status of the response: 2xx, or any status after a redirect.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns why it cannot be read.
    pub fn reason(&self) -> &UnreadableReason {
        &self.reason
    }
}

/// Why a response does not say what the call did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadableReason {
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
    /// The body broke off before its end.
    #[error("the body broke off before its end")]
    BrokenOff(#[source] Option<::reqwest::Error>),
    /// The client followed a redirect, which may have changed the method.
    #[error("the response does not come from the address that was called")]
    Redirected,
}
