//! Wix: its codes, the methods that send them, and what took their place.

use std::collections::BTreeSet;

use booking_errors::{Kind, RawResponse, wix};
use booking_errors_tests::cases::check_kinds;
use serde_json::json;

/// The kinds of the specification, where a code does not name its own.
#[test]
fn the_kinds_are_those_of_the_specification() {
    use Kind::*;
    check_kinds(
        &wix::PROVIDER,
        &[
            (
                SlotUnavailable,
                &["SESSION_CAPACITY_EXCEEDED", "SCHEDULE_CAPACITY_EXCEEDED", "SLOT_NOT_AVAILABLE"],
            ),
            (NotFound, &["BOOKING_NOT_FOUND", "SESSION_NOT_FOUND", "SCHEDULE_NOT_FOUND"]),
            (
                InvalidState,
                &["CANCELATION_NOT_SUPPORTED", "DECLINE_NOT_SUPPORTED", "CONFIRMATION_NOT_SUPPORTED"],
            ),
            (
                PermissionDenied,
                &[
                    "NOT_AUTHORIZED_TO_ALTER_FLOW",
                    "NOT_AUTHORIZED_TO_UPDATE_PARTICIPANTS_INFO",
                    "NOT_AUTHORIZED_TO_UPDATE_INTERNAL_BUSINESS_NOTE",
                    "UNAUTHORIZED_OPERATION",
                ],
            ),
            (PolicyViolation, &["SERVICE_POLICY_VIOLATION", "BOOKING_POLICY_VIOLATION"]),
            (InvalidRequest, &["MISSING_SLOT_DETAILS", "INVALID_PARTICIPANT_INFO", "VALIDATION_FAILURE"]),
            (RateLimited, &["FEATURE_LIMIT_EXCEEDED"]),
            (Conflict, &["BOOKING_REVISION_MISMATCH"]),
        ],
    );
}

#[test]
fn the_documented_codes_are_all_there_in_the_order_of_their_page() {
    let documented: Vec<_> =
        wix::PROVIDER.codes().iter().take(14).map(|info| (info.code, info.statuses)).collect();
    assert_eq!(
        documented,
        [
            ("SESSION_CAPACITY_EXCEEDED", &[428][..]),
            ("SCHEDULE_CAPACITY_EXCEEDED", &[428]),
            ("SLOT_NOT_AVAILABLE", &[428]),
            ("BOOKING_NOT_FOUND", &[404]),
            ("CANCELATION_NOT_SUPPORTED", &[428]),
            ("NOT_AUTHORIZED_TO_ALTER_FLOW", &[403]),
            ("NOT_AUTHORIZED_TO_UPDATE_INTERNAL_BUSINESS_NOTE", &[403]),
            ("NOT_AUTHORIZED_TO_UPDATE_PARTICIPANTS_INFO", &[403]),
            ("SERVICE_POLICY_VIOLATION", &[403]),
            ("MISSING_SLOT_DETAILS", &[400]),
            ("FEATURE_LIMIT_EXCEEDED", &[429]),
            ("DECLINE_NOT_SUPPORTED", &[428]),
            ("CONFIRMATION_NOT_SUPPORTED", &[428]),
            ("INVALID_PARTICIPANT_INFO", &[400]),
        ]
    );
}

/// The list of the codes of all APIs of Wix Bookings and of the platform, with the methods that send them.
#[test]
fn the_codes_are_those_of_todays_apis() {
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
        assert_eq!(json!(info.effect), expected["effect"], "{}", info.code);
        assert_eq!(info.source, expected["source"], "{}", info.code);
        let api = match expected["api"].as_str().unwrap() {
            "live" | "platform" => None,
            api => Some(api.to_owned()),
        };
        assert_eq!(info.api.map(spelled_as_in_the_list), api, "{}", info.code);
    }
}

/// The list has the names of the SDK's packages: `categories-v-2` is `Categories V2`.
fn spelled_as_in_the_list(api: &str) -> String {
    let name = api.to_lowercase().replace(' ', "-").replace("v2", "v-2");
    match name.strip_prefix("attribute-") {
        Some(_) => name.trim_end_matches('s').to_owned(),
        None => name,
    }
}

#[test]
fn the_codes_of_an_api_stand_together() {
    let apis: Vec<_> = wix::PROVIDER.codes().iter().map(|info| (info.api, info.source)).collect();
    let groups: Vec<_> = apis.chunk_by(PartialEq::eq).filter_map(<[_]>::first).collect();
    assert_eq!(groups.len(), groups.iter().collect::<BTreeSet<_>>().len());
    assert_eq!(groups[0], &(Some("Bookings"), "errors page of Create Booking"));
    assert_eq!(groups[1], &(Some("Bookings"), "SDK types"));
    let last = [&(None, "live systems"), &(None, "platform's generic codes")];
    assert!(groups.ends_with(&last), "{groups:?}");
}

#[test]
fn the_codes_of_the_platform_do_not_tell_whose_they_are() {
    let generic = [
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "ABORTED",
        "RESOURCE_EXHAUSTED",
        "INVALID_ARGUMENT",
        "FAILED_PRECONDITION",
        "INVALID_REVISION",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DEADLINE_EXCEEDED",
        "CANCELLED",
        "DATA_LOSS",
        "UNKNOWN",
    ];
    for code in generic {
        assert!(wix::PROVIDER.code(code).unwrap().is_generic, "{code}");
    }
    for code in ["SLOT_NOT_AVAILABLE", "BOOKING_NOT_FOUND", "CATALOG_V3_SITE_PROVISIONING"] {
        assert!(!wix::PROVIDER.code(code).unwrap().is_generic, "{code}");
    }
}

/// What the specification says about codes whose name alone would mislead.
#[test]
fn the_remedies_name_what_lies_behind_a_code() {
    let table: &[(&str, &[&str])] = &[
        ("VALIDATION_FAILURE", &["application error", "Read the message"]),
        ("RECURRING_GROUP_NOT_FOUND", &["100 bookings a call", "normal end"]),
        ("MISSING_CANCELLATION_INFO", &["`bookings`", "`recurringCancellation`"]),
        ("MISSING_TIME_ZONE", &["recurring", "`cancellationStartDate`"]),
        ("ADD_ON_CHANGES_NOT_ALLOWED", &["`allowAddOnChanges`", "BOOKINGS.MANAGE_ADDONS"]),
        ("CONFIRMATION_NOT_SUPPORTED", &["`CREATED`", "`PENDING`", "`WAITING_LIST`"]),
        ("DECLINE_NOT_SUPPORTED", &["`CREATED`", "`PENDING`", "`WAITING_LIST`"]),
        ("FAILED_CONFIRMING_NON_PENDING_BOOKING", &["`CREATED`", "`PENDING`", "`WAITING_LIST`"]),
        ("FAILED_RESOLVING_SCHEDULE", &["reschedule", "read"]),
        ("EMPTY_FORM_INFO", &["`formSubmission`", "reschedule"]),
        ("FAILED_VALIDATING_AVAILABILITY", &["resource type", "set-up"]),
        ("BOOKING_POLICY_VIOLATION", &["ignoreBookingWindow"]),
        ("CONTACT_DETAILS_CONFLICT", &["`formSubmission`", "`contactId`"]),
        ("ALREADY_EXISTS", &["earlier call of yours"]),
        ("ALL_BOOKINGS_ARE_ALREADY_CONFIRMED", &["as done"]),
        ("BOOKING_NOT_FOUND", &["read it again", "do not create another"]),
        ("INVALID_REVISION", &["`CONFIRMED`", "`PENDING`", "new revision", "do not create it again"]),
        ("CATALOG_V3_SITE_PROVISIONING", &["did nothing", "same call again"]),
    ];
    for (code, words) in table {
        let info = wix::PROVIDER.code(code).unwrap();
        let text = format!("{} {}", info.meaning, info.remedy);
        for word in *words {
            assert!(text.contains(word), "{code}: {word} is not in: {text}");
        }
    }
}

#[test]
fn the_successors_are_those_of_the_same_situation() {
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

#[test]
fn the_remedy_of_an_unknown_code_is_that_of_its_kind() {
    let unknown =
        wix::PROVIDER.decode(&RawResponse::new(404, br#"{"details":{"applicationError":{"code":"X"}}}"#));
    assert_eq!(unknown.remedy(), Kind::NotFound.remedy());
}
