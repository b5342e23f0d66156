//! Wix: its codes, the methods that send them, and what took their place.

use booking_errors::wix;
use serde_json::json;

/// The list of the codes of today's API, with the methods that send them.
#[test]
fn the_codes_of_wix_are_those_of_todays_api() {
    let list =
        std::fs::read_to_string(booking_errors_tests::fixture_folder().join("wix-codes.json")).unwrap();
    let list: Vec<serde_json::Value> = serde_json::from_str(&list).unwrap();
    assert_eq!(list.len(), wix::Code::ALL.len());
    for expected in &list {
        let info = wix::PROVIDER.code(expected["code"].as_str().unwrap()).unwrap();
        let mut statuses: Vec<u16> = serde_json::from_value(expected["statuses"].clone()).unwrap();
        statuses.sort_unstable();
        assert_eq!(
            (info.kind.as_str(), info.statuses),
            (expected["kind"].as_str().unwrap(), &*statuses),
            "{}",
            info.code
        );
        assert_eq!(json!(info.methods), expected["methods"], "{}", info.code);
        assert_eq!(
            info.source == "SDK types",
            !expected["documented_in_seed"].as_bool().unwrap(),
            "{}",
            info.code
        );
    }
}

#[test]
fn the_successors_of_wix_are_those_of_the_same_situation() {
    let successors = |code: wix::Code| code.info().successors;
    assert_eq!(successors(wix::Code::CancelationNotSupported), ["BOOKING_CANNOT_BE_CANCELLED"]);
    assert_eq!(successors(wix::Code::ServicePolicyViolation), ["BOOKING_POLICY_VIOLATION"]);
    assert_eq!(successors(wix::Code::NotAuthorizedToAlterFlow), ["UNAUTHORIZED_OPERATION"]);
    assert_eq!(successors(wix::Code::NotAuthorizedToUpdateInternalBusinessNote), ["UNAUTHORIZED_OPERATION"]);
    assert_eq!(successors(wix::Code::NotAuthorizedToUpdateParticipantsInfo), ["UNAUTHORIZED_OPERATION"]);
    assert_eq!(successors(wix::Code::MissingSlotDetails), ["VALIDATION_FAILURE"]);
    assert_eq!(successors(wix::Code::InvalidParticipantInfo), ["VALIDATION_FAILURE"]);
    let declined = ["INVALID_BOOKING_STATUS", "FAILED_DECLINE_NON_PENDING_BOOKING"];
    assert_eq!(successors(wix::Code::DeclineNotSupported), declined);
    let confirmed = ["INVALID_BOOKING_STATUS", "FAILED_CONFIRMING_NON_PENDING_BOOKING"];
    assert_eq!(successors(wix::Code::ConfirmationNotSupported), confirmed);
}
