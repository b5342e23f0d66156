//! What only one provider has, read from the body when it is asked for.

use booking_errors::{fluentbooking, guesty, wix};
use booking_errors_tests::answers::decode;
use booking_errors_tests::fixture;
use guesty::Restriction;
use serde_json::json;
use wix::RuleType;

#[test]
fn wix_data() {
    let error: wix::Error = fixture("wix/data-ids");
    let data = error.data().unwrap();
    assert_eq!((&data["openSpots"], &data["nested"]["a"][2]), (&json!(0), &json!({"b": null})));
    let none: wix::Error = fixture("wix/det-app-and-tracing");
    assert_eq!(none.data(), None);
}

#[test]
fn wix_violations() {
    let error: wix::Error = fixture("wix/val-official-example");
    let violations = error.violations();
    let rules: Vec<_> = violations.iter().map(|violation| violation.rule.clone().unwrap()).collect();
    assert_eq!(rules, [RuleType::Other, RuleType::Max, RuleType::Format]);
    assert_eq!(violations[0].rule_name.as_deref(), Some("INVALID_NOTE"));
    assert_eq!(violations[1].threshold(), Some(20.0));
    assert_eq!(violations[2].data, Some(json!({"type": "PHONE"})));
    assert_eq!(violations.len(), booking_errors::ProviderError::issues(&error).len());

    let unknown: wix::Error = fixture("wix/val-unknown-rule-nulls");
    let [violation] = &unknown.violations()[..] else { panic!() };
    assert_eq!(violation.rule, Some(RuleType::Unknown("BRAND_NEW_RULE".to_owned())));
    assert_eq!((violation.data.as_ref(), violation.threshold()), (None, None));
}

#[test]
fn wix_rules_are_those_of_the_sdk() {
    let names = "VALIDATION OTHER MAX MIN MAX_LENGTH MIN_LENGTH MAX_SIZE MIN_SIZE FORMAT DECIMAL_LTE DECIMAL_GTE DECIMAL_LT \
        DECIMAL_GT DECIMAL_MAX_SCALE INVALID_ENUM_VALUE REQUIRED_FIELD FIELD_NOT_ALLOWED ONE_OF_ALIGNMENT EXACT_LENGTH \
        EXACT_SIZE REQUIRED_ONE_OF_FIELD";
    for name in names.split_whitespace() {
        assert!(!matches!(RuleType::of(name), RuleType::Unknown(_)), "{name}");
        assert_eq!(RuleType::of(name).as_str(), name);
    }
    assert_eq!(RuleType::of("UNKNOWN"), RuleType::Unknown("UNKNOWN".to_owned()));
}

#[test]
fn fluentbooking_data() {
    let error: fluentbooking::Error = fixture("fluentbooking/core_invalid_param");
    let data = error.data().unwrap();
    assert_eq!(data["details"]["per_page"]["code"], "rest_out_of_bounds");
    assert_eq!(data["params"].as_object().unwrap().len(), 1);
}

#[test]
fn guesty_data_and_restrictions() {
    let error: guesty::Error = fixture("guesty/nested_listing_is_not_available_min_nights");
    assert_eq!(error.restrictions(), [Restriction::MinNights]);
    assert_eq!(error.data().unwrap()["requestId"], "9b0c4e7d1f2a3388");
    assert!(error.more_details().unwrap()["notApplicableRatePlans"].is_array());
    let flat: guesty::Error = fixture("guesty/seed_create_reservation_verbatim");
    assert_eq!(flat.data().unwrap()["errors"], json!(["LISTING_CALENDAR_BLOCKED"]));
    assert_eq!((flat.more_details(), flat.restrictions()), (None, Vec::new()));
}

#[test]
fn hostile_data_is_bounded_and_cut_data_is_none() {
    let data = |data: &str| {
        let body = format!(r#"{{"details":{{"applicationError":{{"code":"A","data":{data}}}}}}}"#);
        decode::<wix::Error>(400, body).data()
    };
    assert!(data(&format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))).is_some());
    assert_eq!(data("1e400"), Some(json!("1e400")));
    assert_eq!(data(r#"{"a":"\ud800","a":2}"#), Some(json!({"a": 2})));
    assert_eq!(data(&format!(r#"{{"a":"{}"}}"#, "x".repeat(100_000))), None);
    assert_eq!(data("null"), None);
}
