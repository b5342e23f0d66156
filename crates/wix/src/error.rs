use booking_errors_core::decode::document::json_at;
use booking_errors_core::decode::json::Arena;
use booking_errors_core::decode::{Draft, Failure, ReadDraft};
use booking_errors_core::{CodeInfo, Envelope, Provider, ProviderError, RawResponse};
use serde::Serialize;

use crate::body::Body;
use crate::{Code, Violation, body, samples};

/// Wix Bookings V2, for code that chooses the provider at run time.
pub static PROVIDER: Provider = Provider::new::<Error>(
    "wix",
    "Wix Bookings V2",
    "https://dev.wix.com/api/rest/wix-bookings/bookings-v2/create-booking",
    Code::infos(),
)
.recognized_by(body::recognizes)
.with_samples(samples::all);

/// A failed call to Wix Bookings: everything in [`ProviderError`], and what only Wix sends.
///
/// Most of its methods come from traits: `use booking_errors::{FromResponse, ProviderError};`. It is as small as a pointer
/// and cheap to clone. `Serialize` writes its envelope. `source()` returns the syntax error if the body broke off.
#[derive(Clone, Debug, Serialize, thiserror::Error)]
#[error(transparent)]
#[serde(transparent)]
pub struct Error(#[from] Failure);

impl Error {
    /// Returns the code, if this version knows it.
    pub fn known_code(&self) -> Option<Code> {
        self.0.code_info().and_then(|info| Code::known(info.code))
    }

    /// Returns the first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// Returns the code's own data, `details.applicationError.data`, as JSON. Reads the kept part of the body on each
    /// call.
    pub fn data(&self) -> Option<serde_json::Value> {
        json_at::<Body>(self.body(), &[&["details", "applicationError", "data"]])
    }

    /// Returns the field violations with their rules and thresholds. Reads the kept part of the body on each call.
    ///
    /// ```
    /// use booking_errors::{FromResponse, RawResponse};
    /// use booking_errors::wix::{Error, RuleType};
    ///
    /// let body = br#"{"details":{"validationError":{"fieldViolations":[
    ///     {"field":"guests","violatedRule":"MAX","data":{"threshold":20}}]}}}"#;
    /// let violations = Error::from_response(&RawResponse::new(400, body)).violations();
    /// assert_eq!((violations[0].rule.as_ref(), violations[0].threshold()), (Some(&RuleType::Max), Some(20.0)));
    /// ```
    pub fn violations(&self) -> Vec<Violation> {
        Violation::read_all(self.body())
    }

    /// Returns the envelope alone, which can be sent on as JSON.
    pub fn into_envelope(self) -> Envelope {
        self.0.into_envelope()
    }

    /// Returns the session that has too few spots, with [`Code::SessionCapacityExceeded`].
    pub fn session_id(&self) -> Option<&str> {
        self.parameter("sessionId")
    }

    /// Returns the schedule that has too few spots, with [`Code::ScheduleCapacityExceeded`].
    pub fn schedule_id(&self) -> Option<&str> {
        self.parameter("scheduleId")
    }

    /// Returns the booking that does not exist, with [`Code::BookingNotFound`].
    pub fn booking_id(&self) -> Option<&str> {
        self.parameter("bookingId")
    }

    /// Returns the booking's status that forbids the action, such as `DECLINED`, with
    /// [`Code::CancelationNotSupported`], [`Code::DeclineNotSupported`] and [`Code::ConfirmationNotSupported`].
    pub fn booking_status(&self) -> Option<&str> {
        self.parameter("status")
    }

    /// Returns the service whose policy forbids the action, with [`Code::ServicePolicyViolation`].
    pub fn service_id(&self) -> Option<&str> {
        self.parameter("serviceId")
    }

    /// Returns the feature whose limit is reached, with [`Code::FeatureLimitExceeded`].
    pub fn feature(&self) -> Option<&str> {
        self.parameter("feature")
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().get(name)
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
