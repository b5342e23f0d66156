//! Checks for single providers. A provider that is not here gets only the general checks.

use booking_errors::{Envelope, Provider, ProviderError, RawResponse, fluentbooking, guesty, wix};

use crate::spelling;

/// Where the documented code of a failed call is, as a JSON pointer.
pub fn code_pointer(provider: &Provider) -> Option<&'static str> {
    match provider.name() {
        "wix" => Some("/details/applicationError/code"),
        "fluentbooking" => Some("/code"),
        "guesty" => Some("/error_code"),
        _ => None,
    }
}

/// Whether the code says that part of a failed call went through, whatever the status.
pub fn is_carried_out_in_part(envelope: &Envelope) -> bool {
    envelope.code.as_deref() == Some(wix::Code::SomeBookingsUpdatesFailed.as_str())
}

/// Whether failed items come with any status, not only with 2xx.
pub fn has_bulk_answers_of_any_status(provider: &Provider) -> bool {
    provider.name() == "wix"
}

/// Whether a body may have a code of its own beside that of its items.
pub fn has_code_beside_items(provider: &Provider, body: &[u8]) -> bool {
    provider.name() == "wix"
        && spelling::unescaped(&String::from_utf8_lossy(body)).contains("applicationError")
}

/// Whether a header changes how a message is read: that of the plugin's limiter says nothing without it.
pub fn is_limiter(provider: &Provider, response: &RawResponse<'_>) -> bool {
    provider.name() == "fluentbooking" && response.header_value("x-ratelimit-limit").is_some()
}

/// Whether the provider's texts alone may reject a call.
pub fn recognizes_texts(provider: &Provider) -> bool {
    provider.name() != "wix"
}

/// Whether a rule of the provider may say that a call was not carried out, whatever its code is.
pub fn has_rules(provider: &Provider, response: &RawResponse<'_>) -> bool {
    match provider.name() {
        "wix" => false,
        "guesty" => response.is_success(),
        _ => true,
    }
}

/// Members that show something made, at the root of a body.
pub fn made(provider: &Provider) -> Option<&'static str> {
    match provider.name() {
        "wix" | "fluentbooking" => Some(r#""booking":{"id":1}"#),
        "guesty" => Some(r#""_id":"5d6e","status":"confirmed""#),
        _ => None,
    }
}

/// What an error type reads on demand from the kept part of the body.
pub fn data(error: &dyn ProviderError) -> String {
    if let Some(error) = error.downcast_ref::<wix::Error>() {
        let violations = error.violations();
        let thresholds: Vec<_> = violations.iter().map(wix::Violation::threshold).collect();
        format!("{:?}", (error.data(), violations, thresholds))
    } else if let Some(error) = error.downcast_ref::<fluentbooking::Error>() {
        format!("{:?}", error.data())
    } else if let Some(error) = error.downcast_ref::<guesty::Error>() {
        format!("{:?}", (error.data(), error.more_details(), error.restrictions()))
    } else {
        String::new()
    }
}
