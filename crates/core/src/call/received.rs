use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::{
    AsProviderError, CallError, Effect, Envelope, FromResponse, Kind, Provider, ProviderError, RawResponse,
    TransportError, Unreadable,
};

/// How much of an error's body is read, in bytes.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(super) const ERROR_LIMIT: usize = 1 << 20;
/// How much of a success's body is read by default, in bytes.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(super) const SUCCESS_LIMIT: usize = 64 << 20;

/// What has arrived of a response, with any client: becomes your value, or the call's error.
///
/// The modules of the clients use it. For a client without one, read the body up to a limit of your own, and say if it is
/// not whole:
///
/// ```
/// use booking_errors::{Effect, Envelope, ProviderError, RawResponse, Received, Unreadable};
/// # use booking_errors::{CallError, Provider};
/// # fn read(provider: &'static Provider) {
///
/// let response = RawResponse::new(201, br#"{"id":17}"#);
/// let id: serde_json::Value = Received::new(response).json_or_error_from(provider).unwrap();
/// assert_eq!(id["id"], 17);
///
/// let reset = std::io::Error::other("reset");
/// let cut = Received::new(RawResponse::new(201, br#"{"id":17"#));
/// let cut = cut.with_missing(Some(Unreadable::BrokenOff(Some(reset.into()))));
/// let error = cut.json_or_error_from::<serde_json::Value>(provider).unwrap_err();
/// assert_eq!(error.effect(), Effect::Unknown);
/// # }
/// ```
#[derive(Debug)]
pub struct Received<'a> {
    response: RawResponse<'a>,
    /// Why the rest of the body is missing.
    missing: Option<Unreadable>,
}

impl<'a> Received<'a> {
    /// Returns what has arrived: all of the response.
    pub fn new(response: RawResponse<'a>) -> Self {
        Self { response, missing: None }
    }

    /// Says why the rest of the body is missing, if it is.
    #[must_use]
    pub fn with_missing(self, missing: Option<Unreadable>) -> Self {
        Self { missing, ..self }
    }

    /// Returns the body of a success as `T`. An empty body reads as `null`.
    ///
    /// # Errors
    /// Returns the provider's error, including one inside a 2xx body, or an [unreadable](TransportError::unreadable) success: the
    /// body is not whole, or not the JSON of a `T`.
    pub fn json_or_error<T: DeserializeOwned, E: FromResponse>(self) -> Result<T, CallError<E>> {
        self.read(Typed::NEW)
    }

    /// Returns the body of a success as `T`, for a provider that is chosen at run time.
    ///
    /// # Errors
    /// Returns the errors of [`json_or_error`](Self::json_or_error).
    pub fn json_or_error_from<T: DeserializeOwned>(
        self,
        provider: &'static Provider,
    ) -> Result<T, CallError> {
        self.read(provider)
    }

    pub(super) fn read<T: DeserializeOwned, D: Decoder>(self, decoder: D) -> Result<T, CallError<D::Error>> {
        let response = self.check(decoder)?;
        let json = response.body().strip_prefix(b"\xef\xbb\xbf").unwrap_or(response.body());
        let json = if json.trim_ascii().is_empty() { b"null" } else { json };
        serde_json::from_slice(json).map_err(|error| {
            let reason = Unreadable::Json { line: error.line(), column: error.column() };
            unreadable(&response, reason, decoder)
        })
    }

    /// Returns the response if it is a success and whole.
    pub(super) fn check<D: Decoder>(self, decoder: D) -> Result<RawResponse<'a>, CallError<D::Error>> {
        let Self { response, missing } = self;
        let error = match response.is_success() {
            true => decoder.check(&response).err(),
            false => Some(decoder.decode(&response)),
        };
        // what is missing was lost on the way: that says more than an error that finds the body too short
        let counts = |error: &D::Error| {
            missing.is_none() || says_anything(error.as_provider_error(), response.is_read())
        };
        if let Some(error) = error.filter(|error| !response.is_success() || counts(error)) {
            return Err(CallError::Provider(error));
        }
        match missing {
            Some(reason) => Err(unreadable(&response, reason, decoder)),
            None => Ok(response),
        }
    }
}

fn unreadable<D: Decoder>(response: &RawResponse<'_>, reason: Unreadable, decoder: D) -> CallError<D::Error> {
    let error = TransportError::unreadable(decoder.name(), response.status(), reason);
    let error = error.with_retry_after(response.retry_after());
    CallError::Transport(if response.is_read() { error.of_read() } else { error })
}

/// Returns the error of a client that tells only a status. It decides, unless the client may have followed a redirect.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(super) fn of_status<D: Decoder>(status: u16, is_sent_once: bool, decoder: D) -> CallError<D::Error> {
    let error = decoder.decode(&RawResponse::new(status, b""));
    if is_sent_once || error.as_provider_error().effect() == Effect::Unknown {
        return CallError::Provider(error);
    }
    TransportError::of_status(decoder.name(), status).into()
}

/// Whose errors are read: those of a type, or of a provider that is chosen at run time.
pub(super) trait Decoder: Copy + Send + Sync {
    type Error: AsProviderError;

    fn name(self) -> &'static str;

    fn decode(self, response: &RawResponse<'_>) -> Self::Error;

    fn check(self, response: &RawResponse<'_>) -> Result<(), Self::Error>;
}

impl Decoder for &Provider {
    type Error = Box<dyn ProviderError>;

    fn name(self) -> &'static str {
        Provider::name(self)
    }

    fn decode(self, response: &RawResponse<'_>) -> Self::Error {
        Provider::decode(self, response)
    }

    fn check(self, response: &RawResponse<'_>) -> Result<(), Self::Error> {
        Provider::check(self, response)
    }
}

/// The provider of an error type.
pub(super) struct Typed<E>(PhantomData<fn() -> E>);

impl<E> Copy for Typed<E> {}

impl<E> Clone for Typed<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Typed<E> {
    pub(super) const NEW: Self = Self(PhantomData);
}

impl<E: FromResponse> Decoder for Typed<E> {
    type Error = E;

    fn name(self) -> &'static str {
        E::PROVIDER.name()
    }

    fn decode(self, response: &RawResponse<'_>) -> E {
        E::from_response(response)
    }

    fn check(self, response: &RawResponse<'_>) -> Result<(), E> {
        E::check(response)
    }
}

/// Returns whether an error says more than that a body is no success.
fn says_anything(error: &dyn ProviderError, is_read: bool) -> bool {
    let Envelope { kind, effect, code, issues, items, .. } = error.envelope();
    let is_known = *kind != Kind::Unknown || (*effect != Effect::Unknown && !is_read) || code.is_some();
    is_known || !issues.is_empty() || !items.is_empty()
}
