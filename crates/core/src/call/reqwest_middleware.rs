//! A middleware of [reqwest-middleware](https://docs.rs/reqwest-middleware) that sends a call again, if that is safe.
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["reqwest-middleware", "wix"] }
//! reqwest = { version = "0.13", features = ["rustls"] }
//! reqwest-middleware = "0.5"
//! serde_json = "1"
//! tokio = { version = "1", features = ["time"] }
//! ```
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use booking_errors::reqwest::{ResponseExt as _, client_builder};
//! use booking_errors::reqwest_middleware::{Resend, sent_once};
//! use booking_errors::{CallError, wix};
//! use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
//! use serde_json::Value;
//!
//! fn client() -> reqwest::Result<ClientWithMiddleware> {
//!     let client = client_builder().timeout(Duration::from_secs(30)).build()?;
//!     let resend = Resend::new(&wix::PROVIDER, tokio::time::sleep).with_calls_sent_once();
//!     Ok(ClientBuilder::new(client).with(resend).build())
//! }
//!
//! async fn book(client: &ClientWithMiddleware) -> Result<Value, CallError<wix::Error>> {
//!     let sent = client.post("https://api.example/bookings").body("{}").send().await;
//!     sent.map_err(sent_once)?.json_or_error().await
//! }
//! ```
//!
//! It cannot check whether a call was carried out. If that must be known first, it stops, and the error's effect is
//! [unknown](crate::Effect::Unknown). To have it looked up, use [`Attempts::run`] in place of the middleware.

use std::fmt::{self, Debug, Formatter};
use std::iter::successors;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ::http::Extensions;
use ::reqwest::{Body, Request, Response, ResponseBuilderExt as _};
use ::reqwest_middleware::{Error, Middleware, Next as Chain, Result};
use async_trait::async_trait;
use http_body::Frame;

use crate::call::received::{Decoder, ERROR_LIMIT, SUCCESS_LIMIT, Typed};
use crate::call::reqwest::{self, Arrived, Called};
use crate::response::is_read;
use crate::{
    Attempts, CallError, Effect, FromResponse, GaveUp, Next, Provider, ProviderError as _, Received,
    TransportError, Unreadable,
};

/// A middleware that sends a call again as [`Attempts`] decides.
///
/// It reads each response: 1 MiB of an error's body, and a success of up to 64 MiB, which it keeps in memory. A longer
/// success passes unread. The response that it hands on has the same status, headers, address and body as the client's.
///
/// Reads (`GET`, `HEAD` and `OPTIONS`) are [`Attempts::of_read`], all else is [`Attempts::of_write`]; change it with
/// [`with_attempts`](Self::with_attempts). A request whose body is a stream is sent once.
///
/// Add it before middlewares that sign or trace, so that they run for every attempt. They must not change the address, nor
/// send a call again on their own.
///
/// # Errors
///
/// When it stops, it returns the last response, or the client's error, unchanged. In two cases that would mislead, so
/// it returns an error that holds a [`GaveUp<CallError>`](GaveUp) whose effect is unknown, which
/// [`find_in`](crate::find_in) finds:
///
/// - An earlier attempt is in doubt, which only happens to a write with an idempotency key, and the last one alone may say that
///   nothing was done.
/// - The client followed a redirect of a write, unless it leads to the same address: reqwest does not report that one.
pub struct Resend<S> {
    provider: &'static Provider,
    sleep: S,
    attempts: Box<dyn Fn(&Request) -> Attempts + Send + Sync>,
    is_sent_once: bool,
}

impl<S> Resend<S> {
    /// Returns a middleware for calls to this provider, which waits with `sleep`, such as `tokio::time::sleep`.
    pub fn new(provider: &'static Provider, sleep: S) -> Self {
        Self { provider, sleep, attempts: Box::new(attempts), is_sent_once: false }
    }

    /// Sets how the attempts of a request are made. With a provider that honours idempotency keys:
    ///
    /// ```
    /// use booking_errors::Attempts;
    /// # use booking_errors::{Provider, reqwest_middleware::Resend};
    ///
    /// # async fn sleep(_: std::time::Duration) {}
    /// # fn with_key(provider: &'static Provider) {
    /// let resend = Resend::new(provider, sleep).with_attempts(|request| match request.method().is_safe() {
    ///     true => Attempts::of_read(),
    ///     false if request.headers().contains_key("idempotency-key") => Attempts::of_write_with_key(),
    ///     false => Attempts::of_write(),
    /// });
    /// # }
    /// ```
    #[must_use]
    pub fn with_attempts(self, attempts: impl Fn(&Request) -> Attempts + Send + Sync + 'static) -> Self {
        Self { attempts: Box::new(attempts), ..self }
    }

    /// Says that the client sends each call once, as one of [`client_builder`](crate::reqwest::client_builder) does. Without
    /// it, writes that have no idempotency key are sent once: a refusal, and a connection that failed, may come from where a
    /// redirect led.
    #[must_use]
    pub fn with_calls_sent_once(self) -> Self {
        Self { is_sent_once: true, ..self }
    }

    /// Returns a success, or why the attempt failed and what may be returned to the caller.
    async fn read(&self, called: Called, sent: Result<Response>) -> std::result::Result<Response, Failed> {
        let mut response = match sent {
            Ok(response) => response,
            Err(error) => {
                return Err(Failed {
                    error: without_source(&error, self.is_sent_once, self.provider),
                    as_it_is: Some(Err(error)),
                });
            }
        };
        response.extensions_mut().insert(called);
        if Called::is_redirected(&response) {
            let error = reqwest::redirected(&response, self.provider.name());
            return Err(Failed { error: error.into(), as_it_is: None });
        }
        let is_success = response.status().is_success();
        let arrived = Arrived::read(response, if is_success { SUCCESS_LIMIT } else { ERROR_LIMIT }).await;
        let missing = match arrived.missing {
            Some(Unreadable::TooLong(_)) if is_success => return Ok(rebuilt(arrived)),
            Some(_) => Some(Unreadable::BrokenOff(None)),
            None => None,
        };
        match Received::new(arrived.raw()).with_missing(missing).check(self.provider) {
            Ok(_) => Ok(rebuilt(arrived)),
            Err(error) => Err(Failed { error, as_it_is: Some(Ok(rebuilt(arrived))) }),
        }
    }
}

impl<S> Debug for Resend<S> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { provider, is_sent_once, .. } = self;
        f.debug_struct("Resend")
            .field("provider", provider)
            .field("is_sent_once", is_sent_once)
            .finish_non_exhaustive()
    }
}

/// An attempt that failed.
struct Failed {
    error: CallError,
    /// What the client returned, if that does not look like something else.
    as_it_is: Option<Result<Response>>,
}

#[async_trait]
impl<S, Slept> Middleware for Resend<S>
where
    S: Fn(Duration) -> Slept + Send + Sync + 'static,
    Slept: Future<Output = ()> + Send,
{
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Chain<'_>,
    ) -> Result<Response> {
        let mut attempts = (self.attempts)(&request);
        // a refusal may come from where a redirect led, after the write was carried out
        let may_send_again = self.is_sent_once || !attempts.is_of_write_without_key();
        loop {
            let again = if may_send_again { request.try_clone() } else { None };
            let called = Called::by(&request);
            let sent = next.clone().run(request, extensions).await;
            let Failed { error, as_it_is } = match self.read(called, sent).await {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            if let (Next::SendAgain(wait), Some(again)) = (attempts.after(&error), again) {
                (self.sleep)(wait).await;
                request = again;
                continue;
            }
            let gave_up = GaveUp::new(&attempts, error);
            let is_earlier_in_doubt = gave_up.is_in_doubt() && gave_up.attempts() > 1;
            return match as_it_is {
                // `sent_once` would take it for a call that was never sent
                Some(Err(_)) if is_earlier_in_doubt => Err(Error::middleware(gave_up)),
                Some(it) if !gave_up.is_in_doubt() || gave_up.last_error().effect() == Effect::Unknown => it,
                _ => Err(Error::middleware(gave_up)),
            };
        }
    }
}

fn attempts(request: &Request) -> Attempts {
    if is_read(request.method().as_str()) { Attempts::of_read() } else { Attempts::of_write() }
}

/// Returns the response as the client returned it, with a body from memory.
fn rebuilt(arrived: Arrived) -> Response {
    let Arrived { response, body, missing, .. } = arrived;
    let mut with_url = ::http::Response::builder().url(response.url().clone());
    let (mut parts, rest) = ::http::Response::<Body>::from(response).into_parts();
    parts.extensions.extend(with_url.extensions_mut().map(mem::take).unwrap_or_default());
    let body = match missing {
        None => body.into(),
        Some(reason) => Body::wrap(Rest {
            read: Some(body.into()),
            end: match reason {
                Unreadable::BrokenOff(_) => Err(Some(reason)),
                _ => Ok(rest),
            },
        }),
    };
    ::http::Response::from_parts(parts, body).into()
}

/// A body that was read in part: what was read, then the rest, or why it is missing.
struct Rest {
    read: Option<Chunk>,
    end: std::result::Result<Body, Option<Unreadable>>,
}

type Chunk = <Body as http_body::Body>::Data;

impl http_body::Body for Rest {
    type Data = Chunk;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Chunk>, Self::Error>>> {
        if let Some(read) = self.read.take() {
            return Poll::Ready(Some(Ok(Frame::data(read))));
        }
        match &mut self.end {
            Ok(rest) => Pin::new(rest).poll_frame(context).map_err(Into::into),
            Err(reason) => Poll::Ready(reason.take().map(|reason| Err(reason.into()))),
        }
    }
}

/// Returns the error of a client that sends each call once: as [`reqwest::sent_once`](crate::reqwest::sent_once) does.
pub fn sent_once<E: FromResponse>(error: Error) -> CallError<E> {
    call_error(error, true, Typed::NEW)
}

/// Returns the error of a client that sends each call once, for a provider that you choose at run time.
pub fn sent_once_to(provider: &'static Provider, error: Error) -> CallError {
    call_error(error, true, provider)
}

/// Returns the error of a client that may follow redirects, for a provider that you choose at run time. With a type, `?`
/// does the same.
pub fn sent_to(provider: &'static Provider, error: Error) -> CallError {
    call_error(error, false, provider)
}

/// Assumes that the client follows redirects, as the conversion of reqwest's own error does. See [`sent_once`].
///
/// The error of a call that [`Resend`] gave up in doubt becomes a [`TransportError`], usually with the `GaveUp` as its
/// source. The error of another middleware becomes one too; its effect is unknown, because the call may have been sent.
impl<E: FromResponse> From<Error> for CallError<E> {
    fn from(error: Error) -> Self {
        call_error(error, false, Typed::NEW)
    }
}

fn call_error<D: Decoder>(error: Error, is_sent_once: bool, decoder: D) -> CallError<D::Error> {
    let error = match error {
        Error::Reqwest(error) => return reqwest::call_error(error, is_sent_once, decoder),
        Error::Middleware(error) => error,
    };
    CallError::Transport(match error.downcast::<GaveUp<CallError>>() {
        Ok(gave_up) => given_up(decoder.name(), gave_up),
        Err(error) if shows_url(&*error) => middleware_failed(decoder.name()),
        Err(error) => middleware_failed(decoder.name()).with_source(Error::Middleware(error)),
    })
}

/// Returns what the error of a client with middlewares means, without this as its source.
fn without_source(error: &Error, is_sent_once: bool, provider: &'static Provider) -> CallError {
    match error {
        Error::Reqwest(error) => reqwest::without_source(error, is_sent_once, provider),
        Error::Middleware(_) => middleware_failed(provider.name()).into(),
    }
}

fn given_up(provider: &'static str, gave_up: GaveUp<CallError>) -> TransportError {
    match gave_up.last_error() {
        CallError::Transport(error) if error.effect() == gave_up.effect() => error.clone(),
        _ => TransportError::broken_off(provider)
            .with_message("an earlier attempt may have gone through")
            .with_retry_after(gave_up.retry_after())
            .with_source(gave_up),
    }
}

fn middleware_failed(provider: &'static str) -> TransportError {
    TransportError::broken_off(provider).with_message("a middleware failed, perhaps after the call was sent")
}

/// Returns whether a text of the error may have an address, or a part of one, which may hold keys.
fn shows_url(error: &(dyn std::error::Error + 'static)) -> bool {
    successors(Some(error), |error| error.source())
        .any(|error| format!("{error} {error:?}").contains(['/', '?']))
}

/// Returns the error that a middleware's error holds, whose text it shows as its own.
pub(super) fn held<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> Option<&'e (dyn std::error::Error + 'static)> {
    match error.downcast_ref()? {
        Error::Middleware(held) => Some(&**held),
        Error::Reqwest(_) => None,
    }
}
