//! Responses of [ureq](https://docs.rs/ureq), which blocks: your value, or the provider's error.
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["ureq", "wix"] }
//! serde = { version = "1", features = ["derive"] }
//! serde_json = "1"
//! ureq = "3"
//! ```
//!
//! ```no_run
//! use std::thread::sleep;
//! use std::time::Duration;
//!
//! use booking_errors::ureq::{ResponseExt as _, config_builder, sent_once};
//! use booking_errors::{Attempts, CallError, Effect, ProviderError as _, wix};
//! use serde::Deserialize;
//! use serde_json::Value;
//!
//! #[derive(Deserialize)]
//! struct Found {
//!     bookings: Vec<Value>,
//! }
//!
//! // sends each call once and keeps each answer; and no endless waiting
//! let agent: ureq::Agent = config_builder()
//!     .timeout_connect(Some(Duration::from_secs(5)))
//!     .timeout_global(Some(Duration::from_secs(30)))
//!     .build()
//!     .into();
//!
//! let create = || -> Result<Value, CallError<wix::Error>> {
//!     let sent = agent.post("https://api.example/bookings").send("{}");
//!     sent.map_err(sent_once)?.json_or_error()
//! };
//! // by what only this booking has, such as a reference of your own; `None` only if the answer says so
//! let look_up = || -> Result<Option<Value>, CallError<wix::Error>> {
//!     let sent = agent.get("https://api.example/bookings?reference=17").call();
//!     let found: Found = sent.map_err(sent_once)?.json_or_error()?;
//!     Ok(found.bookings.into_iter().next())
//! };
//! match Attempts::of_write().run_blocking(create, look_up, sleep) {
//!     Ok(booking) => println!("booked: {booking}"),
//!     Err(error) => match error.effect() {
//!         Effect::NotApplied => println!("nothing was booked: {}", error.remedy()),
//!         Effect::Applied | Effect::Partial => println!("booked, but {error}"),
//!         Effect::Unknown => println!("it may have been booked: {error}"),
//!     },
//! }
//! ```
//!
//! With a provider that you choose at run time, use [`json_or_error_from`](ResponseExt::json_or_error_from) and
//! [`sent_once_to`].
//!
//! # Error statuses and redirects
//!
//! By default ureq turns an error status into an error of its own, without the body and the headers that say what went
//! wrong and when to call again. And it follows redirects, which turn a `POST` into a `GET`: the page that it fetches says
//! nothing about the booking, and with status 200 it looks like a success. So:
//!
//! - Build your agent with [`config_builder`]. Every status is an answer, and a redirect is an error whose effect is unknown.
//! - If the agent is not yours to build, add [`once`](RequestExt::once) to each request.
//!
//! # TLS and time
//!
//! The feature brings ureq without TLS. Add ureq to your own dependencies with TLS switched on, as it is by default:
//! `ureq = "3"`; without it every `https` call fails to connect. ureq has no timeouts unless you set them. Set
//! `timeout_connect` too: a call that runs into it is known not to have been sent, and one that runs into the timeout of the
//! whole call is not.

use std::io::{self, Read as _};

use ::http::Response;
use ::ureq::config::ConfigBuilder;
use ::ureq::typestate::AgentScope;
use ::ureq::{Agent, Body, Error, RequestBuilder, Timeout};
use serde::de::DeserializeOwned;

use crate::call::received::{Decoder, ERROR_LIMIT, SUCCESS_LIMIT, Typed, of_status};
use crate::response::clock;
use crate::{CallError, FromResponse, Provider, RawResponse, Received, TransportError, Unreadable};

/// Returns a builder of the configuration of agents that send each call once and keep each answer: they follow no
/// redirects, and an error status is an answer with its headers and its body.
///
/// Change everything else as you like, and set timeouts: ureq has none. With such an agent use [`sent_once`].
///
/// ```
/// use std::time::Duration;
///
/// let config = booking_errors::ureq::config_builder().timeout_global(Some(Duration::from_secs(30))).build();
/// assert!(!config.http_status_as_error());
/// let agent = ureq::Agent::from(config);
/// ```
pub fn config_builder() -> ConfigBuilder<AgentScope> {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false)
}

/// Adds a way to send a request once and keep its answer, with any agent.
pub trait RequestExt: Sized {
    /// Sets for this request what [`config_builder`] sets for all requests of an agent. Then send it as usual, and use
    /// [`sent_once`].
    ///
    /// ```no_run
    /// use booking_errors::ureq::{RequestExt as _, ResponseExt as _, sent_once_to};
    /// use booking_errors::{CallError, Provider};
    ///
    /// fn cancel(agent: &ureq::Agent, provider: &'static Provider) -> Result<(), CallError> {
    ///     let sent = agent.delete("https://api.example/bookings/17").once().call();
    ///     sent.map_err(|error| sent_once_to(provider, error))?.json_or_error_from(provider)
    /// }
    /// ```
    #[must_use]
    fn once(self) -> Self;
}

impl<Any> RequestExt for RequestBuilder<Any> {
    fn once(self) -> Self {
        let config = self.config().http_status_as_error(false);
        config.max_redirects(0).max_redirects_will_error(false).build()
    }
}

/// Adds methods to a response that return the provider's error. They read at most 1 MiB of an error's body. Once a
/// status has arrived it counts, even if the body is cut.
///
/// A response does not tell whether a redirect was followed: use an agent of [`config_builder`], or
/// [`once`](RequestExt::once).
pub trait ResponseExt: Sized {
    /// Returns the response untouched if its status is 2xx, without looking for an error inside the body.
    ///
    /// # Errors
    /// Returns the provider's error for any other status.
    fn error_for_provider<E: FromResponse>(self) -> Result<Self, E>;

    /// Returns the body of a success as `T`. An empty body reads as `null`. The body may have up to 64 MiB.
    ///
    /// # Errors
    /// Returns the provider's error, including one inside a 2xx body, or an error if the success cannot be read.
    fn json_or_error<T: DeserializeOwned, E: FromResponse>(self) -> Result<T, CallError<E>> {
        self.json_or_error_within(SUCCESS_LIMIT)
    }

    /// Returns the body of a success as `T`, if it has at most `limit` bytes.
    ///
    /// # Errors
    /// Returns the errors of [`json_or_error`](Self::json_or_error), or one if the body is longer.
    fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> Result<T, CallError<E>>;

    /// Returns the body of a success as `T`, for a provider that you choose at run time.
    ///
    /// # Errors
    /// Returns the errors of [`json_or_error`](Self::json_or_error).
    fn json_or_error_from<T: DeserializeOwned>(self, provider: &'static Provider) -> Result<T, CallError>;
}

impl ResponseExt for Response<Body> {
    fn error_for_provider<E: FromResponse>(self) -> Result<Self, E> {
        if self.status().is_success() {
            return Ok(self);
        }
        Err(arrived(self, ERROR_LIMIT, |response, _| E::from_response(&response)))
    }

    fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> Result<T, CallError<E>> {
        json_or_error(self, limit, Typed::NEW)
    }

    fn json_or_error_from<T: DeserializeOwned>(self, provider: &'static Provider) -> Result<T, CallError> {
        json_or_error(self, SUCCESS_LIMIT, provider)
    }
}

fn json_or_error<T: DeserializeOwned, D: Decoder>(
    response: Response<Body>,
    limit: usize,
    decoder: D,
) -> Result<T, CallError<D::Error>> {
    let limit = if response.status().is_success() { limit } else { ERROR_LIMIT };
    arrived(response, limit, |response, missing| Received::new(response).with_missing(missing).read(decoder))
}

/// Reads a body up to a limit, and passes on what arrived, with the reason why the rest is missing if it is.
fn arrived<R>(
    response: Response<Body>,
    limit: usize,
    decode: impl FnOnce(RawResponse<'_>, Option<Unreadable>) -> R,
) -> R {
    let at = clock();
    let (parts, body) = response.into_parts();
    let mut bytes = Vec::new();
    // one byte more shows that the body is longer
    let most = (limit as u64).saturating_add(1);
    let missing = match body.into_reader().take(most).read_to_end(&mut bytes) {
        Err(error) => Some(Unreadable::BrokenOff(Some(error.into()))),
        Ok(_) if bytes.len() > limit => Some(Unreadable::TooLong(limit)),
        Ok(_) => None,
    };
    bytes.truncate(limit);
    let response = RawResponse::from_parts(&parts, &bytes);
    decode(response.with_received_at(at), missing)
}

/// Returns the error of a call that was sent once, with an agent of [`config_builder`] or by [`once`](RequestExt::once):
/// no redirect is followed, and no middleware sends it again. If such a call cannot connect, it changed nothing.
///
/// If you stream the body from another connection, that one must not be refused while the call is being sent: ureq's
/// error would be the same.
///
/// Convert the error of any other call with `?` or `into`: ureq does not say whether the connection failed at the first
/// attempt or after a redirect, and then the call may already have gone through.
pub fn sent_once<E: FromResponse>(error: Error) -> CallError<E> {
    call_error(error, true, Typed::NEW)
}

/// Returns the error of a call that was sent once, as [`sent_once`] does, for a provider that you choose at run time.
pub fn sent_once_to(provider: &'static Provider, error: Error) -> CallError {
    call_error(error, true, provider)
}

/// Returns the error of a call that may have followed redirects, for a provider that you choose at run time. With a
/// type, `?` does the same.
pub fn sent_to(provider: &'static Provider, error: Error) -> CallError {
    call_error(error, false, provider)
}

/// Assumes that redirects were followed, so a failed connection may have come after one: the effect of every call that
/// may have been sent is unknown. See [`sent_once`].
///
/// ureq's own error for a status has neither a body nor headers, and it may be that of a page that a redirect led to, so its
/// effect is unknown, too. An agent of [`config_builder`] never returns it.
impl<E: FromResponse> From<Error> for CallError<E> {
    fn from(error: Error) -> Self {
        call_error(error, false, Typed::NEW)
    }
}

fn call_error<D: Decoder>(error: Error, is_sent_once: bool, decoder: D) -> CallError<D::Error> {
    if let Error::StatusCode(status) = error {
        return of_status(status, is_sent_once, decoder);
    }
    let name = decoder.name();
    let failure = match &error {
        // only what builds the request returns it, never what follows a redirect
        Error::Http(_) => TransportError::not_built(name),
        Error::BadUri(_) | Error::RequireHttpsOnly(_) if is_sent_once => TransportError::not_built(name),
        error if is_before_sending(error) && is_sent_once => TransportError::never_sent(name),
        error if is_before_sending(error) => TransportError::broken_off(name)
            .with_message("could not connect to the provider, perhaps after a redirect"),
        Error::RedirectFailed | Error::TooManyRedirects => {
            TransportError::broken_off(name).with_message("the provider's redirect was not followed")
        }
        Error::Timeout(_) => TransportError::timed_out(name),
        _ => TransportError::broken_off(name),
    };
    CallError::Transport(if may_show_address(&error, is_sent_once) {
        failure
    } else {
        failure.with_source(error)
    })
}

/// Returns whether the error can only come before the first byte of a request is sent. ureq sends no request again on its
/// own: a pooled connection that turns out to be closed is an error of another kind.
fn is_before_sending(error: &Error) -> bool {
    match error {
        Error::BadUri(_)
        | Error::ConnectProxyFailed(_)
        | Error::ConnectionFailed
        | Error::HostNotFound
        | Error::InvalidProxyUrl
        | Error::RequireHttpsOnly(_)
        | Error::TlsRequired => true,
        // the timeout of the whole call does not say how far it came
        Error::Timeout(timeout) => matches!(timeout, Timeout::Resolve | Timeout::Connect),
        // a connection that stands is reset, not refused
        Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused || is_of_host_name(error),
        // TLS may fail at any time, and the rest is about what was sent or received
        _ => false,
    }
}

/// Returns whether the name of the host could not be looked up. std has no kind for it that others can match.
fn is_of_host_name(error: &io::Error) -> bool {
    let text = error.get_ref().map(ToString::to_string);
    text.is_some_and(|text| text.starts_with("failed to lookup address information"))
}

fn may_show_address(error: &Error, is_sent_once: bool) -> bool {
    match error {
        Error::BadUri(_) | Error::RequireHttpsOnly(_) | Error::Other(_) => true,
        // may be about the address of a redirect
        Error::Protocol(_) => !is_sent_once,
        _ => false,
    }
}
