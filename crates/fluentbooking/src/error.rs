use booking_errors_core::decode::document::json_at;
use booking_errors_core::decode::json::Arena;
use booking_errors_core::decode::{Draft, Failure, ReadDraft};
use booking_errors_core::{CodeInfo, Envelope, Provider, ProviderError, RawResponse};
use serde::Serialize;

use crate::body::Body;
use crate::{Code, body, samples};

/// FluentBooking, for code that chooses the provider at run time.
pub static PROVIDER: Provider = Provider::new::<Error>(
    "fluentbooking",
    "FluentBooking",
    "https://developers.fluentbooking.com/rest-api/error-handling",
    Code::infos(),
)
.recognized_by(body::recognizes)
.with_samples(samples::all);

/// A failed call to a FluentBooking site: everything in [`ProviderError`], and the codes as an enum.
///
/// Most of its methods come from traits: `use booking_errors::{FromResponse, ProviderError};`. It is as small as a pointer
/// and cheap to clone. `Serialize` writes its envelope. `source()` returns the syntax error if the body broke off.
#[derive(Clone, Debug, Serialize, thiserror::Error)]
#[error(transparent)]
#[serde(transparent)]
pub struct Error(#[from] Failure);

impl Error {
    /// Returns the code, if this version knows it. The plugin reports most of its booking errors without one: use
    /// [`kind()`](ProviderError::kind) for those.
    pub fn known_code(&self) -> Option<Code> {
        self.0.code_info().and_then(|info| Code::known(info.code))
    }

    /// Returns the first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// Returns `data` as JSON, where WordPress puts `params` and `details`; with `?_envelope`, that of the inner
    /// response. Reads the kept part of the body on each call.
    ///
    /// ```
    /// use booking_errors::{FromResponse, RawResponse};
    /// use booking_errors::fluentbooking::Error;
    ///
    /// let body = br#"{"code":"rest_invalid_param","message":"m","data":{"params":{"per_page":"too large"}}}"#;
    /// let data = Error::from_response(&RawResponse::new(400, body)).data().unwrap();
    /// assert_eq!(data["params"]["per_page"], "too large");
    /// ```
    pub fn data(&self) -> Option<serde_json::Value> {
        json_at::<Body>(self.body(), &[&["data"], &["body", "data"]])
    }

    /// Returns the envelope alone, which can be sent on as JSON.
    pub fn into_envelope(self) -> Envelope {
        self.0.into_envelope()
    }
}

impl ProviderError for Error {
    fn envelope(&self) -> &Envelope {
        self.0.envelope()
    }

    fn code_info(&self) -> Option<&'static CodeInfo> {
        self.0.code_info()
    }
}

impl ReadDraft for Error {
    const PROVIDER: &'static Provider = &PROVIDER;

    fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        body::read(response, arena)
    }
}
