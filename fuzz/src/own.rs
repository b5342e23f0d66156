//! Checks for single providers. A provider that is not here gets only the general checks.

use booking_errors::{Envelope, Provider, ProviderError, fluentbooking, guesty, wix};

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
