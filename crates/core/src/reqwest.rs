//! Responses of [reqwest](https://docs.rs/reqwest): the provider's error, or what the call was made for.
//!
//! ```no_run
//! use booking_errors_core::reqwest::{CallError, ResponseExt as _};
//! use booking_errors_core::{Effect, ProviderError, Retry};
//! # use booking_errors_core::FromResponse;
//! # #[derive(serde::Deserialize)]
//! # struct Booking;
//! # async fn book<AcmeError: FromResponse>() -> Result<(), Box<dyn std::error::Error>> {
//! // no redirects: a booking that is answered with one has not arrived where it should
//! let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
//!
//! let sent = client.post("https://api.example/bookings").send().await.map_err(CallError::without_redirects);
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
//! // a read does no harm twice
//! let error: CallError<AcmeError> = client.get("https://api.example/slots").send().await.unwrap_err().into();
//! assert_eq!(error.retry().if_idempotent(), Retry::Safe);
//! # Ok(())
//! # }
//! ```

use std::time::{Duration, SystemTime};

use ::reqwest::Response;
use serde::de::DeserializeOwned;

use crate::{Effect, Envelope, FromResponse, Kind, Problem, ProviderError, RawResponse, Retry};

/// How much of an error's body is read, in bytes.
const ERROR_LIMIT: usize = 1 << 20;
/// How much of a success's body is read where no other limit is set, in bytes.
const SUCCESS_LIMIT: usize = 64 << 20;

/// Two ways to go on with a response. Both read no more of an error's body than 1 MiB, and go by the status once it has
/// come, even where the body is cut.
pub trait ResponseExt: Sized {
    /// The response untouched, if its status is 2xx. Errors inside such bodies are not looked for.
    ///
    /// # Errors
    /// The provider's error, with any other status.
    fn error_for_provider<E: FromResponse>(self) -> impl Future<Output = Result<Self, E>> + Send;

    /// The body of a success as `T`; an empty one is read as `null`. Bodies of up to 64 MiB are read.
    ///
    /// # Errors
    /// The provider's error, also one inside a body with a status of 2xx; or that the success cannot be read.
    fn json_or_error<T: DeserializeOwned, E: FromResponse>(
        self,
    ) -> impl Future<Output = Result<T, CallError<E>>> + Send {
        self.json_or_error_within(SUCCESS_LIMIT)
    }

    /// The body of a success as `T`, if it has at most `limit` bytes.
    ///
    /// # Errors
    /// As [`json_or_error`](Self::json_or_error), and that the body is longer.
    fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> impl Future<Output = Result<T, CallError<E>>> + Send;
}

impl ResponseExt for Response {
    async fn error_for_provider<E: FromResponse>(self) -> Result<Self, E> {
        if self.status().is_success() {
            return Ok(self);
        }
        Err(Received::read(self, ERROR_LIMIT).await.error())
    }

    async fn json_or_error_within<T: DeserializeOwned, E: FromResponse>(
        self,
        limit: usize,
    ) -> Result<T, CallError<E>> {
        if !self.status().is_success() {
            return Err(CallError::Provider(Received::read(self, ERROR_LIMIT).await.error()));
        }
        Received::read(self, limit).await.into_success()
    }
}

/// What has come of a response.
struct Received {
    response: Response,
    body: Vec<u8>,
    /// Why there is no more of it, if it was cut.
    cut: Option<UnreadableReason>,
    at: SystemTime,
}

impl Received {
    /// Reads a body up to a limit, and keeps what has come where it breaks off.
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
                Err(error) => break Some(UnreadableReason::Transport(error.without_url())),
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
        E::check(&self.raw()).map_err(CallError::Provider)?;
        let retry_after = self.raw().retry_after();
        let unreadable = |reason| {
            let status = self.response.status().as_u16();
            CallError::Unreadable(Unreadable { status, retry_after, reason })
        };
        if let Some(reason) = self.cut {
            return Err(unreadable(reason));
        }
        let json = if self.body.trim_ascii().is_empty() { b"null" } else { &*self.body };
        serde_json::from_slice(json).map_err(|error| unreadable(UnreadableReason::Json(error)))
    }
}

/// Why a call did not give what it was made for. Exhaustive on purpose.
///
/// Neither `Display` nor `Debug` nor a source shows the URL, which may carry keys.
#[derive(Debug, thiserror::Error)]
pub enum CallError<E: FromResponse> {
    /// The call did not get through, or its answer did not come.
    #[error(transparent)]
    Transport(Transport),
    /// The provider answered with an error.
    #[error(transparent)]
    Provider(E),
    /// The provider answered with a success that cannot be read.
    #[error(transparent)]
    Unreadable(Unreadable),
}

impl<E: FromResponse> CallError<E> {
    /// An error of a client that follows no redirects ([`Policy::none`](::reqwest::redirect::Policy::none)): where no
    /// connection came about, nothing was carried out.
    ///
    /// From any other client take the error with `?` or `into`: reqwest does not tell whether a connection failed
    /// behind a redirect, when the first server may have carried the call out.
    pub fn without_redirects(error: ::reqwest::Error) -> Self {
        Self::Transport(Transport::new(error, true))
    }

    /// What went wrong, in the words that all providers share.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Transport(transport) if transport.source.is_builder() => Kind::InvalidRequest,
            Self::Transport(_) => Kind::Unavailable,
            Self::Provider(error) => error.kind(),
            Self::Unreadable(_) => Kind::Unknown,
        }
    }

    /// What the call did at the provider.
    pub fn effect(&self) -> Effect {
        match self {
            Self::Transport(transport) => transport.effect,
            Self::Provider(error) => error.effect(),
            Self::Unreadable(_) => Effect::Unknown,
        }
    }

    /// Whether the same call may be sent again; for reads, ask [`Retry::if_idempotent`] too.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Provider(error) => error.retry(),
            Self::Transport(_) | Self::Unreadable(_) => Retry::of(self.kind(), self.effect()),
        }
    }

    /// How long to wait before that, as the provider asked for it. It is unbounded: cap it.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Transport(_) => None,
            Self::Provider(error) => error.retry_after(),
            Self::Unreadable(unreadable) => unreadable.retry_after,
        }
    }

    /// The provider's error, if it is one.
    pub fn provider_error(&self) -> Option<&E> {
        match self {
            Self::Provider(error) => Some(error),
            Self::Transport(_) | Self::Unreadable(_) => None,
        }
    }

    /// What one's own client may know of it, whichever it is.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Provider(error) => Problem::new(error),
            Self::Transport(_) | Self::Unreadable(_) => {
                let provider = E::PROVIDER.name();
                Problem::new(&Envelope::new(provider, 0).with_kind(self.kind()).with_effect(self.effect()))
            }
        }
    }

    /// The provider's error in a box, as code for all providers takes it.
    ///
    /// # Errors
    /// This error as it was, if it is none of a provider.
    pub fn into_provider_error(self) -> Result<Box<dyn ProviderError>, Self> {
        match self {
            Self::Provider(error) => Ok(error.into()),
            other => Err(other),
        }
    }
}

/// With caution: a connection may have failed behind a redirect, and so the effect of anything that was sent is
/// unknown. See [`CallError::without_redirects`].
impl<E: FromResponse> From<::reqwest::Error> for CallError<E> {
    fn from(error: ::reqwest::Error) -> Self {
        Self::Transport(Transport::new(error, false))
    }
}

/// A call that did not get through, or whose answer did not come.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.summary())]
pub struct Transport {
    source: ::reqwest::Error,
    effect: Effect,
}

impl Transport {
    fn new(error: ::reqwest::Error, follows_no_redirects: bool) -> Self {
        // a connection that times out is both: it is asked for first
        let was_never_sent = error.is_builder() || (error.is_connect() && follows_no_redirects);
        let effect = if was_never_sent { Effect::NotApplied } else { Effect::Unknown };
        Self { source: error.without_url(), effect }
    }

    fn summary(&self) -> &'static str {
        match &self.source {
            error if error.is_builder() => "the call could not be built",
            error if error.is_connect() => "no connection to the provider",
            error if error.is_timeout() => "the provider did not answer in time",
            error if error.is_redirect() => "the provider redirected the call too often",
            _ => "the call broke off before an answer came",
        }
    }

    /// What reqwest says, without the URL.
    pub fn reqwest_error(&self) -> &::reqwest::Error {
        &self.source
    }
}

/// A success that cannot be read: it was probably carried out.
#[derive(Debug, thiserror::Error)]
#[error("the answer, a success with status {status}, cannot be read")]
pub struct Unreadable {
    status: u16,
    retry_after: Option<Duration>,
    #[source]
    reason: UnreadableReason,
}

impl Unreadable {
    /// The HTTP status of the answer, 2xx.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Why it cannot be read.
    pub fn reason(&self) -> &UnreadableReason {
        &self.reason
    }
}

/// Why a success cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// It is no JSON, or not the type that was asked for.
    #[error("it is not what was asked for")]
    Json(#[source] serde_json::Error),
    /// It is longer than the limit, in bytes.
    #[error("it is longer than {0} bytes")]
    TooLong(usize),
    /// It broke off on its way.
    #[error("it broke off on its way")]
    Transport(#[source] ::reqwest::Error),
}
