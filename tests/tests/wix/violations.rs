//! Wix: the violations of a validation error, field by field.

use booking_errors::wix;
use booking_errors_tests::answers::decode;
use booking_errors_tests::cases::{check, check_issues};
use booking_errors_tests::fixture;
use serde_json::{Value, json};
use wix::RuleType;

#[test]
fn each_violation_is_an_issue() {
    let violations =
        |list: Value| json!({"message": "m", "details": {"validationError": {"fieldViolations": list}}});
    check_issues(
        &wix::PROVIDER,
        &[
            (
                400,
                violations(json!([
                    {"field": "a", "description": "d", "violatedRule": "OTHER", "ruleName": "NAMED"},
                    null,
                    7,
                    {"field": "b", "violatedRule": "MAX", "ruleName": "IGNORED"},
                    {"violatedRule": "OTHER", "ruleName": null},
                    {},
                    {"description": "alone"},
                ])),
                json!([
                    {"field": "a", "code": "NAMED", "message": "d"},
                    {"field": "b", "code": "MAX"},
                    {"code": "OTHER"},
                    {"message": "alone"},
                ]),
            ),
            (
                500,
                json!({"details": {"systemError": {"errorCode": "UNKNOWN"}}}),
                json!([{"code": "UNKNOWN"}]),
            ),
        ],
    );
    let one = violations(json!([{"field": "a"}]));
    check(
        &wix::PROVIDER,
        &[
            (428, one.clone(), json!({"kind": "invalid_request"})),
            (503, one, json!({"kind": "unavailable", "effect": "unknown"})),
            (428, violations(json!([])), json!({"kind": "invalid_state"})),
            (
                404,
                json!({"details": {
                    "validationError": {"fieldViolations": [{"field": "a"}]},
                    "applicationError": {"code": "BOOKING_NOT_FOUND"},
                }}),
                json!({"code": "BOOKING_NOT_FOUND", "kind": "not_found", "issues": [{"field": "a"}]}),
            ),
        ],
    );
}

#[test]
fn violations_keep_their_rule_and_data() {
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
fn a_violation_needs_a_field_a_description_or_a_rule() {
    let body = br#"{"details":{"validationError":{"fieldViolations":
        [{"field":"f"},{"description":"d"},{"violatedRule":"MAX"},{"ruleName":"n"}]}}}"#;
    let error = decode::<wix::Error>(400, body);
    let violations = error.violations();
    let told: Vec<_> = violations
        .iter()
        .map(|found| (found.field.as_deref(), found.description.as_deref(), found.rule.is_some()))
        .collect();
    assert_eq!(told, [(Some("f"), None, false), (None, Some("d"), false), (None, None, true)]);
}

#[test]
fn the_rules_are_those_of_the_sdk() {
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
fn errors_of_a_form_are_issues_after_their_violation() {
    let violation = |data: Value| {
        json!({"message": "m", "details": {"validationError": {"fieldViolations": [
            {"field": "formSubmission", "violatedRule": "OTHER", "ruleName": "INVALID_FORM", "description": "d", "data": data},
            {"field": "last"},
        ]}}})
    };
    let form = json!({"field": "formSubmission", "code": "INVALID_FORM", "message": "d"});
    let last = json!({"field": "last"});
    let errors = json!([
        {"errorPath": "contact/email", "errorType": "FORMAT", "errorMessage": "no address"},
        {"errorPath": "contact/phone"},
        {"errorType": "REQUIRED"},
        null,
        {},
        {"errorMessage": "alone", "other": 1},
    ]);
    let found = [
        json!({"field": "contact/email", "code": "FORMAT", "message": "no address"}),
        json!({"field": "contact/phone"}),
        json!({"code": "REQUIRED"}),
        json!({"message": "alone"}),
    ];
    let all: Vec<_> = [form.clone()].into_iter().chain(found).chain([last.clone()]).collect();
    check_issues(
        &wix::PROVIDER,
        &[
            (400, violation(json!({"errors": errors})), json!(all)),
            (400, violation(json!({"errors": "x"})), json!([form, last])),
            (400, violation(json!(null)), json!([form, last])),
        ],
    );
}
