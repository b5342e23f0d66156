use booking_errors_core::decode::Failure;
use booking_errors_core::decode::document::json_at;
use booking_errors_core::{CodeInfo, Envelope, FromResponse, Provider, ProviderError, RawResponse, Sample};

use crate::{Code, body, code};

/// FluentBooking, for code that does not know its provider at compile time.
pub static PROVIDER: Provider = Provider::new::<Error>(
    "fluentbooking",
    "FluentBooking",
    "https://developers.fluentbooking.com/rest-api/error-handling",
    code::codes,
);

/// A failed call to a FluentBooking site: all that [`ProviderError`] tells, and the known codes.
///
/// Its methods are those of the traits: `use booking_errors_core::{FromResponse, ProviderError};`, or the facade's.
/// It is as small as a pointer and cheap to clone. Its `source()` is the syntax error of a body that broke off.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Failure<Code>);

impl Error {
    /// The code, if this version knows it. The plugin reports most of its booking errors without one: see
    /// [`kind()`](ProviderError::kind).
    pub fn known_code(&self) -> Option<Code> {
        self.0.known_code()
    }

    /// The first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The `data` of the answer as JSON, in which WordPress has `params` and `details`; with `?_envelope` that of the inner answer. The body is read for it when it is
    /// asked for, in the part that is kept.
    ///
    /// ```
    /// use booking_errors_core::{FromResponse, RawResponse};
    /// use booking_errors_fluentbooking::Error;
    ///
    /// let body = br#"{"code":"rest_invalid_param","message":"m","data":{"params":{"per_page":"too large"}}}"#;
    /// let data = Error::from_response(&RawResponse::new(400, body)).data().unwrap();
    /// assert_eq!(data["params"]["per_page"], "too large");
    /// ```
    pub fn data(&self) -> Option<serde_json::Value> {
        json_at(self.body(), &["data"]).or_else(|| json_at(self.body(), &["body", "data"]))
    }

    /// The envelope alone, which can be sent on as JSON.
    pub fn into_envelope(self) -> Envelope {
        self.0.into_envelope()
    }
}

impl ProviderError for Error {
    fn envelope(&self) -> &Envelope {
        self.0.envelope()
    }

    fn code_info(&self) -> Option<CodeInfo> {
        self.known_code().map(Code::info)
    }
}

impl FromResponse for Error {
    const PROVIDER: &'static Provider = &PROVIDER;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Self(Failure::decode(&PROVIDER, response, body::read))
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        Failure::check(&PROVIDER, response, body::read).map_err(Self)
    }

    fn recognizes(response: &RawResponse<'_>) -> bool {
        body::recognizes(response)
    }

    fn sample(info: &CodeInfo) -> Option<Sample> {
        Some(body::sample(info))
    }

    fn situations() -> Vec<Sample> {
        body::situations()
    }
}
