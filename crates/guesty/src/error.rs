use booking_errors_core::decode::document::json_at;
use booking_errors_core::decode::json::Arena;
use booking_errors_core::decode::{Draft, Failure, ReadDraft};
use booking_errors_core::{CodeInfo, Envelope, Provider, ProviderError, RawResponse};
use serde::Serialize;

use crate::body::Body;
use crate::{Code, Restriction, body, samples};

/// Guesty's Booking Engine, for code that chooses the provider at run time.
pub static PROVIDER: Provider = Provider::new::<Error>(
    "guesty",
    "Guesty Booking Engine",
    "https://booking-api-docs.guesty.com/reference/errors",
    Code::infos(),
)
.recognized_by(body::recognizes)
.with_samples(samples::all);

/// A failed call to Guesty's Booking Engine: everything in [`ProviderError`], and the codes as an enum.
///
/// Most of its methods come from traits: `use booking_errors::{FromResponse, ProviderError};`. It is as small as a pointer
/// and cheap to clone. `Serialize` writes its envelope. `source()` returns the syntax error if the body broke off.
#[derive(Clone, Debug, Serialize, thiserror::Error)]
#[error(transparent)]
#[serde(transparent)]
pub struct Error(#[from] Failure);

impl Error {
    /// Returns the code of the response, if this version knows it. The codes of its items are in
    /// [`issues()`](ProviderError::issues).
    pub fn known_code(&self) -> Option<Code> {
        self.0.code_info().and_then(|info| Code::known(info.code))
    }

    /// Returns the first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// Returns `data` as JSON, from `error` or the root. Reads the kept part of the body on each call.
    pub fn data(&self) -> Option<serde_json::Value> {
        json_at::<Body>(self.body(), &[&["error", "data"], &["data"]])
    }

    /// Returns why no rate plan fits the stay, `data.moreDetails`, as JSON.
    pub fn more_details(&self) -> Option<serde_json::Value> {
        json_at::<Body>(self.body(), &[&["error", "data", "moreDetails"], &["data", "moreDetails"]])
    }

    /// Returns the restrictions that the stay breaks, with [`Code::ListingIsNotAvailable`]. The first one decides the
    /// kind.
    ///
    /// ```
    /// use booking_errors::{FromResponse, RawResponse};
    /// use booking_errors::guesty::{Error, Restriction};
    ///
    /// let body = br#"{"error":{"code":"LISTING_IS_NOT_AVAILABLE","data":{"moreDetails":
    ///     {"notApplicableRatePlans":[{"notApplicable":{"minNights":true,"closed":false}}]}}}}"#;
    /// let error = Error::from_response(&RawResponse::new(400, body));
    /// assert_eq!(error.restrictions(), [Restriction::MinNights]);
    /// ```
    pub fn restrictions(&self) -> Vec<Restriction> {
        body::restrictions(self.body())
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
