//! How much of a body is kept, and how deep it is read.

use booking_errors::decode::Issues;
use booking_errors::{Effect, Provider, ProviderError, RawResponse, fluentbooking, guesty, wix};
use booking_errors_tests::answers::{decode, failure, wix_item};
use serde_json::{Value, json};

#[test]
fn what_is_kept_of_a_large_body_is_bounded() {
    let fields: Vec<_> = (0..1_500).map(|n| format!(r#""field{n}":["x"]"#)).collect();
    let body =
        format!(r#"{{"message":"m","errors":{{{}}},"x":"{}"}}"#, fields.join(","), "y".repeat(100_000));
    let error = decode::<fluentbooking::Error>(422, &body);
    assert_eq!(error.issues().len(), 1_000);
    assert_eq!(error.issues()[999].field.as_deref(), Some("field999"));
    assert_eq!(error.body(), &body.as_bytes()[..64 << 10]);

    // one long code in many issues
    let texts = vec![r#""x""#; 1_000].join(",");
    let details = format!(r#""details":{{"a":{{"code":"{}"}}}}"#, "c".repeat(100_000));
    let body = format!(r#"{{"code":"rest_invalid_param","data":{{"errors":{{"a":[{texts}]}},{details}}}}}"#);
    let error = decode::<fluentbooking::Error>(422, body);
    let kept: usize = error.issues().iter().flat_map(|issue| &issue.code).map(|code| code.len()).sum();
    assert!((100_000..=1 << 20).contains(&kept), "{kept}");

    // one long name in many issues
    let rules: Vec<_> = (0..1_000).map(|n| format!(r#""r{n}":"x""#)).collect();
    let body = format!(r#"{{"message":"m","errors":{{"{}":{{{}}}}}}}"#, "f".repeat(100_000), rules.join(","));
    let error = decode::<fluentbooking::Error>(422, body);
    let kept: usize = error.issues().iter().flat_map(|issue| &issue.field).map(String::len).sum();
    assert!((100_000..=1 << 20).contains(&kept), "{kept}");
}

#[test]
fn the_room_for_issues_is_a_mebibyte_in_all() {
    assert!(Issues::default().has_room(1 << 20));
    assert!(!Issues::default().has_room((1 << 20) + 1));
    let mut issues = Issues::default();
    for field in ["a", "b", "c", "d"] {
        issues.push(Some(field.into()), None, Some("m"));
    }
    let code = "c".repeat(300_000);
    issues.complete_codes(|_| Some(&code));
    assert_eq!(issues.codes().count(), 3);
}

#[test]
fn what_is_kept_of_all_items_together_is_bounded() {
    let texts_of = |count: usize| vec![json!("a"); count];
    let errors = json!({"f".repeat(1_000): texts_of(1_000)});
    let entry = json!({"body": {"message": "m", "errors": errors}, "status": 422, "headers": []});
    let body = json!({"responses": vec![entry; 200]});
    let error = failure(&fluentbooking::PROVIDER, 207, &body);
    assert_eq!(error.items().len(), 200);
    assert!(serde_json::to_string(error.envelope()).unwrap().len() < 8 << 20);

    let short = json!({"body": {"errors": texts_of(1_000)}, "status": 422, "headers": []});
    let error = failure(&fluentbooking::PROVIDER, 207, &json!({"responses": vec![short; 500]}));
    let kept: Vec<_> = error.items().iter().map(|item| item.error.issues.len()).collect();
    assert_eq!((kept.len(), kept[0], kept[499]), (500, 1_000, 0));
    assert!(kept.iter().sum::<usize>() < 20_000, "{kept:?}");
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

#[test]
fn maps_are_read_32_levels_deep() {
    let nested = |levels: usize, inner: Value, level: fn(Value) -> Value| {
        (0..levels).fold(inner, |inner, _| level(inner))
    };
    let map =
        |levels| json!({"message": "m", "errors": nested(levels, json!(["x"]), |inner| json!({"a": inner}))});
    let list =
        |levels| json!({"code": "X", "error": {"a": nested(levels, json!("x"), |inner| json!([inner]))}});
    let count = |provider: &Provider, body: Value| {
        provider.decode(&RawResponse::new(422, body.to_string().as_bytes())).issues().len()
    };
    assert_eq!((count(&fluentbooking::PROVIDER, map(30)), count(&fluentbooking::PROVIDER, map(40))), (1, 0));
    assert_eq!((count(&guesty::PROVIDER, list(30)), count(&guesty::PROVIDER, list(40))), (1, 0));
}

#[test]
fn the_first_1000_items_are_kept() {
    let results: Vec<_> = (0..1_500).map(|index| wix_item(index, Some("BOOKING_NOT_FOUND"))).collect();
    let error = failure(&wix::PROVIDER, 200, &json!({"results": results}));
    assert_eq!((error.items().len(), error.issues().len()), (1_000, 1_000));
    assert_eq!((error.code(), error.effect()), (Some("BOOKING_NOT_FOUND"), Effect::NotApplied));
}
