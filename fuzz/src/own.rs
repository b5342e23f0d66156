//! What can be asked of some providers alone. One that is not here is asked for everything else.

use booking_errors::{Envelope, Provider, ProviderError, fluentbooking, guesty, wix};

/// Where the documented code of a failed call stands, as a JSON pointer.
pub fn code_pointer(provider: &Provider) -> Option<&'static str> {
    match provider.name() {
        "wix" => Some("/details/applicationError/code"),
        "fluentbooking" => Some("/code"),
        "guesty" => Some("/error_code"),
        _ => None,
    }
}

/// Whether the code says that a failed call was carried out in part, whatever the status.
pub fn is_carried_out_in_part(envelope: &Envelope) -> bool {
    envelope.code.as_deref() == Some(wix::Code::SomeBookingsUpdatesFailed.as_str())
}

/// What an error type reads from the kept part of the body when it is asked for.
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
