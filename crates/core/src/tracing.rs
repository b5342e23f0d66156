//! Events of [tracing](https://docs.rs/tracing), with OpenTelemetry's names.
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["tracing"] }
//! tracing = "0.1"
//! ```
//!
//! ```
//! use booking_errors::{Envelope, tracing};
//!
//! let error = Envelope::new("acme", 504);
//! assert_eq!(tracing::level(&error), ::tracing::Level::ERROR);
//! tracing::record(&error);
//! ```

use std::error::Error;
use std::iter::successors;

use ::tracing::Level;

use crate::text::Escaped;
use crate::{Effect, Kind, ProviderError, TransportError};

/// Records an error as one event with the target `booking_errors`, by which you can filter: `booking_errors=warn`.
///
/// The fields are `error.type` (the [group](ProviderError::group), which takes few values),
/// `http.response.status_code` if a response came, `provider`, `kind`, `effect`, `retry`, and `request_id` if there is
/// one. If no answer came, or it cannot be read, `cause` says why in the words of this crate and of the client. The provider's message is left out because it may hold personal data: see [`record_with_message`].
pub fn record(error: &dyn ProviderError) {
    emit(error, None);
}

/// Records an error as [`record`] does, and adds the provider's message as `error.message`, escaped and cut to 500
/// characters.
pub fn record_with_message(error: &dyn ProviderError) {
    emit(error, error.message());
}

/// Returns the level of an error's event. Faults of the provider, refused credentials, and unknown or partial effects
/// are errors; problems that you should look into are warnings; and what any guest can cause is information.
pub fn level(error: &dyn ProviderError) -> Level {
    match (error.effect(), error.kind()) {
        (Effect::Unknown | Effect::Partial, _) => Level::ERROR,
        (_, Kind::ProviderFault | Kind::Unauthenticated | Kind::Unknown) => Level::ERROR,
        (
            _,
            Kind::PermissionDenied
            | Kind::RateLimited
            | Kind::Unavailable
            | Kind::Disabled
            | Kind::InvalidRequest,
        ) => Level::WARN,
        (
            _,
            Kind::NotFound
            | Kind::Conflict
            | Kind::SlotUnavailable
            | Kind::PolicyViolation
            | Kind::InvalidState
            | Kind::PaymentRequired
            | Kind::CouponRejected,
        ) => Level::INFO,
    }
}

/// Returns what happened to a call on its way, with all its sources.
fn cause(error: &TransportError) -> String {
    let sources = successors(error.source(), |error| (*error).source()).map(ToString::to_string);
    let texts: Vec<_> = error.message().map(str::to_owned).into_iter().chain(sources).collect();
    Escaped::message(&texts.join(": ")).to_string()
}

fn emit(error: &dyn ProviderError, message: Option<&str>) {
    // the level of an event must be a constant
    macro_rules! emit {
        ($($level:ident),*) => {
            match level(error) {
                $(Level::$level => ::tracing::event!(
                    target: "booking_errors",
                    Level::$level,
                    "error.type" = error.group(),
                    "http.response.status_code" = Some(error.status()).filter(|&status| status > 0),
                    cause = error.find_ref().map(cause),
                    "error.message" = message.map(|message| Escaped::message(message).to_string()),
                    provider = %Escaped::code(error.provider()),
                    kind = error.kind().as_str(),
                    effect = error.effect().as_str(),
                    retry = error.retry().as_str(),
                    request_id = error.request_id().map(|id| Escaped::code(id).to_string()),
                    "booking call failed"
                ),)*
            }
        };
    }
    emit!(ERROR, WARN, INFO, DEBUG, TRACE);
}
