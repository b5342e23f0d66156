//! Random JSON for the property tests.

use proptest::prelude::*;
use serde_json::Value;

/// Generates any JSON, often with names and texts that the providers use.
pub fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "code",
        "error_code",
        "message",
        "details",
        "data",
        "errors",
        "error",
        "success",
        "status",
        "body",
        "headers",
        "applicationError",
        "validationError",
        "fieldViolations",
        "systemError",
        "errorCode",
        "params",
        "requestId",
        "additional_errors",
        "moreDetails",
        "money",
        "required",
        "email",
        "invalid_grant",
        "NOT_FOUND",
        "404",
        "",
    ]);
    let text = prop_oneof![3 => words.prop_map(str::to_owned), 1 => any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}
