//! What only one provider has, read from the body when it is asked for.

use booking_errors::wix;
use booking_errors_tests::answers::decode;
use serde_json::json;

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
