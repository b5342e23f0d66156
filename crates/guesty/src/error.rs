use booking_errors_core::decode::Failure;
use booking_errors_core::decode::document::json_at;
use booking_errors_core::{CodeInfo, Envelope, FromResponse, Provider, ProviderError, RawResponse};

use crate::body::Body;
use crate::{Code, Restriction, body, samples};

/// Guesty's Booking Engine, for code that does not know its provider at compile time.
pub static PROVIDER: Provider = Provider::new::<Error>(
    "guesty",
    "Guesty Booking Engine",
    "https://booking-api-docs.guesty.com/reference/errors",
    Code::infos(),
)
.recognized_by(body::recognizes)
.with_samples(samples::all);

/// A failed call to Guesty's Booking Engine: all that [`ProviderError`] tells, and the known codes.
///
/// Its methods are those of the traits: `use booking_errors_core::{FromResponse, ProviderError};`, or the facade's.
/// It is as small as a pointer and cheap to clone. Its `source()` is the syntax error of a body that broke off.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Failure);

impl Error {
    /// The code of the answer, if this version knows it. The codes of its items are in
    /// [`issues()`](ProviderError::issues).
    pub fn known_code(&self) -> Option<Code> {
        self.0.code_info().and_then(|info| Code::known(info.code))
    }

    /// The first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The `data` of the answer as JSON, at the root or in `error`. The body is read for it when it is asked for, in the
    /// part that is kept.
    pub fn data(&self) -> Option<serde_json::Value> {
        json_at::<Body>(self.body(), &["error", "data"]).or_else(|| json_at::<Body>(self.body(), &["data"]))
    }

    /// Why no rate plan fits the stay, `data.moreDetails`, as JSON.
    pub fn more_details(&self) -> Option<serde_json::Value> {
        let nested = json_at::<Body>(self.body(), &["error", "data", "moreDetails"]);
        nested.or_else(|| json_at::<Body>(self.body(), &["data", "moreDetails"]))
    }

    /// What the stay does not fit, with [`Code::ListingIsNotAvailable`]: the first is the one that the kind is of.
    ///
    /// ```
    /// use booking_errors_core::{FromResponse, RawResponse};
    /// use booking_errors_guesty::{Error, Restriction};
    ///
    /// let body = br#"{"error":{"code":"LISTING_IS_NOT_AVAILABLE","data":{"moreDetails":
    ///     {"notApplicableRatePlans":[{"notApplicable":{"minNights":true,"closed":false}}]}}}}"#;
    /// let error = Error::from_response(&RawResponse::new(400, body));
    /// assert_eq!(error.restrictions(), [Restriction::MinNights]);
    /// ```
    pub fn restrictions(&self) -> Vec<Restriction> {
        body::restrictions(self.body())
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

    fn code_info(&self) -> Option<&'static CodeInfo> {
        self.0.code_info()
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
}
