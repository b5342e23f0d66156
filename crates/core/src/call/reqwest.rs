//! Responses of [reqwest](https://docs.rs/reqwest): your value, or the provider's error.
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["reqwest", "wix"] }
//! reqwest = { version = "0.13", features = ["rustls"] }
//! serde = { version = "1", features = ["derive"] }
//! serde_json = "1"
//! tokio = { version = "1", features = ["time"] }
//! ```
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use booking_errors::reqwest::{ResponseExt as _, client_builder, sent_once};
//! use booking_errors::{Attempts, CallError, Effect, ProviderError as _, wix};
//! use serde::Deserialize;
//! use serde_json::Value;
//!
//! #[derive(Deserialize)]
//! struct Found {
//!     bookings: Vec<Value>,
//! }
//!
//! async fn book() -> Result<(), Box<dyn std::error::Error>> {
//!     // sends each call once; and no endless waiting
//!     let client = client_builder().timeout(Duration::from_secs(30)).build()?;
//!
//!     let create = async || -> Result<Value, CallError<wix::Error>> {
//!         let sent = client.post("https://api.example/bookings").body("{}").send().await;
//!         sent.map_err(sent_once)?.json_or_error().await
//!     };
//!     // by what only this booking has, such as a reference of your own; `None` only if the answer says so
//!     let look_up = async || -> Result<Option<Value>, CallError<wix::Error>> {
//!         let sent = client.get("https://api.example/bookings?reference=17").send().await;
//!         let found: Found = sent.map_err(sent_once)?.json_or_error().await?;
//!         Ok(found.bookings.into_iter().next())
//!     };
//!     match Attempts::of_write().run(create, look_up, tokio::time::sleep).await {
//!         Ok(booking) => println!("booked: {booking}"),
//!         Err(error) => match error.effect() {
//!             Effect::NotApplied => println!("nothing was booked: {}", error.remedy()),
//!             Effect::Applied | Effect::Partial => println!("booked, but {error}"),
//!             Effect::Unknown => println!("it may have been booked: {error}"),
//!         },
//!     }
//!     Ok(())
//! }
//! ```
//!
//! With a provider that you choose at run time, use [`json_or_error_from`](ResponseExt::json_or_error_from) and
//! [`sent_once_to`].
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

use std::error::Error;
use std::iter::successors;
use std::time::SystemTime;

use ::reqwest::redirect::Policy;
use ::reqwest::{Client, ClientBuilder, Method, Request, RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;

use crate::call::received::{Decoder, ERROR_LIMIT, SUCCESS_LIMIT, Typed, of_status};
use crate::response::{clock, is_read};
use crate::{CallError, FromResponse, Provider, RawResponse, Received, TransportError, Unreadable};

/// Returns a builder of clients that send each call once: they follow no redirects and never send a call again. A booking
/// that gets a redirect did not arrive where it should.
///
/// Change everything else as you like, and set a timeout: reqwest has none. With such a client use
/// [`sent_once`].
///
/// ```
/// use std::time::Duration;
///
/// let client = booking_errors::reqwest::client_builder().timeout(Duration::from_secs(30)).build()?;
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
    /// The method counts too: nothing was carried out by a `GET`, `HEAD` or `OPTIONS`.
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
pub(super) struct Called {
    method: Method,
    address: Option<Url>,
}

impl Called {
    pub(super) fn by(request: &Request) -> Self {
        Self { method: request.method().clone(), address: address(request.url()) }
    }

    /// Returns whether a call that was more than a read is known to have been redirected.
    pub(super) fn is_redirected(response: &Response) -> bool {
        let called = response.extensions().get::<Self>();
        called.is_some_and(|called| {
            !is_read(called.method.as_str()) && called.address != address(response.url())
        })
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

    /// Returns the body of a success as `T`, for a provider that you choose at run time.
    ///
    /// # Errors
    /// Returns the errors of [`json_or_error`](Self::json_or_error).
    fn json_or_error_from<T: DeserializeOwned>(
        self,
        provider: &'static Provider,
    ) -> impl Future<Output = Result<T, CallError>> + Send;
}

impl ResponseExt for Response {
    async fn error_for_provider<E: FromResponse>(self) -> Result<Self, E> {
        if Called::is_redirected(&self) {
            return Err(E::from_response(&RawResponse::new(302, b"")));
        }
        if self.status().is_success() {
            return Ok(self);
        }
        Err(E::from_response(&Arrived::read(self, ERROR_LIMIT).await.raw()))
    }

    async fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> Result<T, CallError<E>> {
        json_or_error(self, limit, Typed::NEW).await
    }

    async fn json_or_error_from<T: DeserializeOwned>(
        self,
        provider: &'static Provider,
    ) -> Result<T, CallError> {
        json_or_error(self, SUCCESS_LIMIT, provider).await
    }
}

async fn json_or_error<T: DeserializeOwned, D: Decoder>(
    response: Response,
    limit: usize,
    decoder: D,
) -> Result<T, CallError<D::Error>> {
    let status = response.status();
    if Called::is_redirected(&response) {
        return Err(redirected(&response, decoder.name()).into());
    }
    let limit = if status.is_success() { limit } else { ERROR_LIMIT };
    let mut arrived = Arrived::read(response, limit).await;
    let missing = arrived.missing.take();
    Received::new(arrived.raw()).with_missing(missing).read(decoder)
}

/// Returns the error of a redirect that was followed.
pub(super) fn redirected(response: &Response, provider: &'static str) -> TransportError {
    TransportError::unreadable(provider, response.status().as_u16(), Unreadable::Redirected)
}

/// The part of a response that has arrived.
pub(super) struct Arrived {
    /// The response, without the part of the body that was read.
    pub(super) response: Response,
    /// What was read, which may go beyond the limit.
    pub(super) body: Vec<u8>,
    limit: usize,
    /// Why the rest is missing, if the body was cut.
    pub(super) missing: Option<Unreadable>,
    at: Option<SystemTime>,
}

impl Arrived {
    /// Reads a body up to a limit, and keeps what arrived if it breaks off.
    pub(super) async fn read(mut response: Response, limit: usize) -> Self {
        let at = clock();
        let mut body = Vec::new();
        let missing = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    body.extend_from_slice(&chunk);
                    if body.len() > limit {
                        break Some(Unreadable::TooLong(limit));
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(Unreadable::BrokenOff(without_url(error).map(Into::into))),
            }
        };
        Self { response, body, limit, missing, at }
    }

    pub(super) fn raw(&self) -> RawResponse<'_> {
        let body = self.body.get(..self.limit).unwrap_or(&self.body);
        let response = RawResponse::new(self.response.status().as_u16(), body);
        let response = response.headers(self.response.headers()).with_received_at(self.at);
        let called = self.response.extensions().get::<Called>();
        called.into_iter().fold(response, |response, called| response.method(called.method.as_str()))
    }
}

/// Returns the error of a client that sends each call once, such as one of [`client_builder`]: it follows no redirects
/// and has no retry policy. If such a client cannot connect, the call changed nothing.
///
/// With any other client, convert the error with `?` or `into`: reqwest does not say whether the connection failed
/// at the first attempt or after a redirect, and then the call may already have gone through.
pub fn sent_once<E: FromResponse>(error: ::reqwest::Error) -> CallError<E> {
    call_error(error, true, Typed::NEW)
}

/// Returns the error of a client that sends each call once, as [`sent_once`] does, for a provider that you choose at run
/// time.
pub fn sent_once_to(provider: &'static Provider, error: ::reqwest::Error) -> CallError {
    call_error(error, true, provider)
}

/// Returns the error of a client that may follow redirects, for a provider that you choose at run time. With a type, `?`
/// does the same.
pub fn sent_to(provider: &'static Provider, error: ::reqwest::Error) -> CallError {
    call_error(error, false, provider)
}

/// Assumes that the client follows redirects, so a failed connection may have come after one: the effect of every call
/// that may have been sent is unknown. See [`sent_once`].
impl<E: FromResponse> From<::reqwest::Error> for CallError<E> {
    fn from(error: ::reqwest::Error) -> Self {
        call_error(error, false, Typed::NEW)
    }
}

pub(super) fn call_error<D: Decoder>(
    error: ::reqwest::Error,
    is_sent_once: bool,
    decoder: D,
) -> CallError<D::Error> {
    match (without_source(&error, is_sent_once, decoder), without_url(error)) {
        (CallError::Transport(failure), Some(source)) => failure.with_source(source).into(),
        (failed, _) => failed,
    }
}

/// Returns what a client's error means, without this as its source.
pub(super) fn without_source<D: Decoder>(
    error: &::reqwest::Error,
    is_sent_once: bool,
    decoder: D,
) -> CallError<D::Error> {
    // of `error_for_status`
    if let Some(status) = error.status() {
        return of_status(status.as_u16(), is_sent_once, decoder);
    }
    let name = decoder.name();
    let failure = match error {
        // a redirect's address may fail to build too: only that error has an address
        error if error.is_builder() && (is_sent_once || error.url().is_none()) => {
            TransportError::not_built(name)
        }
        error if error.is_builder() || error.is_redirect() => {
            TransportError::broken_off(name).with_message("the provider's redirect was not followed")
        }
        // a connection that times out is both, so this comes first
        error if error.is_connect() && is_sent_once && !holds_another(error) => {
            TransportError::never_sent(name)
        }
        error if error.is_connect() => TransportError::broken_off(name)
            .with_message("could not connect to the provider, perhaps after a redirect"),
        error if error.is_timeout() => TransportError::timed_out(name),
        error if error.is_body() || error.is_decode() => {
            TransportError::broken_off(name).with_message("the response broke off or cannot be read")
        }
        _ => TransportError::broken_off(name),
    };
    failure.into()
}

/// Returns whether the error holds one of another call, as that of a connection from which the body is streamed.
fn holds_another(error: &::reqwest::Error) -> bool {
    successors(error.source(), |error| (*error).source()).any(|error| error.is::<::reqwest::Error>())
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
