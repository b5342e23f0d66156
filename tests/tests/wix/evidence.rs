//! Wix: what an answer shows about the call, beside codes and statuses.

use booking_errors::{Effect::*, Kind, wix::Code};
use booking_errors_tests::given::{check_kinds_and_effects, wix};
use serde_json::{Value, json};

fn error(application: Value) -> Value {
    json!({"message": "m", "details": {"applicationError": application}})
}

#[test]
fn a_success_with_details_of_an_error_is_an_unknown_error() {
    let violation =
        json!({"message": "m", "details": {"validationError": {"fieldViolations": [{"field": "email"}]}}});
    let empty = json!({"message": "m", "details": {"validationError": {"fieldViolations": []}}});
    check_kinds_and_effects(&[
        (wix(200, violation), (Kind::Unknown, Unknown), "field violations"),
        (
            wix(200, json!({"details": {"systemError": {"errorCode": "X"}}})),
            (Kind::Unknown, Unknown),
            "a system error",
        ),
        (wix(200, json!({"details": {"systemError": {}}})), (Kind::Unknown, Unknown), "also without a code"),
        (wix(200, json!({"details": {"systemError": "X"}})), (Kind::Unknown, Unknown), "of any type"),
        (
            wix(200, error(json!({"description": "d"}))),
            (Kind::Unknown, Unknown),
            "a description without a code",
        ),
        (wix(200, error(json!({"code": "BRAND_NEW"}))), (Kind::Unknown, Unknown), "an unknown code"),
        (
            wix(200, error(json!({"code": "SLOT_NOT_AVAILABLE"}))),
            (Kind::SlotUnavailable, NotApplied),
            "a known code",
        ),
    ]);
    for clean in [empty, error(json!({})), error(json!({"data": {}})), json!({"details": {}})] {
        assert!(wix(200, &clean).checked().is_none(), "{clean}");
    }
    let declined = json!({"booking": {"id": "3f25", "status": "DECLINED"}});
    assert!(wix(200, declined).checked().is_none(), "a read shows it, too");
}

#[test]
fn a_precondition_that_is_not_met_is_not_the_bookings_state() {
    let unknown = wix(428, error(json!({"code": "BRAND_NEW"}))).error();
    assert_eq!(unknown.kind(), Kind::InvalidState);
    assert!(
        unknown.remedy().contains("precondition") && unknown.remedy().contains("message"),
        "{}",
        unknown.remedy()
    );
    assert!(!unknown.remedy().contains("Read the booking"), "{}", unknown.remedy());
    let known = wix(428, error(json!({"code": "BOOKING_CANNOT_BE_CANCELLED"}))).error();
    assert_eq!(known.remedy(), Code::BookingCannotBeCancelled.info().remedy);
}

#[test]
fn the_code_of_a_system_error_is_an_issue() {
    let failed =
        wix(500, json!({"message": "", "details": {"systemError": {"errorCode": "INTERNAL"}}})).error();
    assert_eq!((failed.code(), failed.kind()), (None, Kind::ProviderFault));
    assert_eq!(failed.issues()[0].code.as_deref(), Some("INTERNAL"));
}
