//! What a single member decides, where larger answers would hide that it is read.

use booking_errors::decode::json::Reader;
use booking_errors::decode::{Bulk, Issues, oauth};
use booking_errors::{Effect, Envelope, FailedItem, ProviderError, Retry, fluentbooking, guesty};
use booking_errors_tests::answers::decode;

#[test]
fn an_item_without_id_and_index_has_the_place_where_it_was_seen() {
    let failed = || {
        let mut error = Envelope::new("plain", 409);
        error.code = Some("A".to_owned());
        FailedItem::new(error)
    };
    let mut bulk = Bulk::default();
    bulk.succeeded();
    bulk.failed("list", failed());
    bulk.failed("list", failed());
    let findings = bulk.into_findings().unwrap();
    let fields: Vec<_> = findings.issues.as_slice().iter().map(|issue| issue.field.as_deref()).collect();
    assert_eq!(fields, [Some("list[1]"), Some("list[2]")]);
}

#[test]
fn the_room_for_issues_is_a_mebibyte_in_all() {
    assert!(Issues::default().has_room(1 << 20));
    assert!(!Issues::default().has_room((1 << 20) + 1));
    let mut issues = Issues::default();
    for field in ["a", "b", "c", "d"] {
        issues.push(Some(field), None, Some("m"));
    }
    let code = "c".repeat(300_000);
    issues.complete_codes(|_| Some(&code));
    assert_eq!(issues.as_slice().iter().filter(|issue| issue.code.is_some()).count(), 3);
}

#[test]
fn effect_and_retry_print_their_names() {
    assert_eq!(Effect::NotApplied.to_string(), Effect::NotApplied.as_str());
    assert_eq!(Retry::Never.to_string(), Retry::Never.as_str());
}

#[test]
fn a_value_is_kept_as_json_to_its_32nd_level_and_with_every_number() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    let json = |text: &str| Reader::new(text.as_bytes()).root().into_json().to_string();
    assert_eq!(json(&nested(32)), nested(32));
    assert_eq!(json(&nested(33)), nested(32).replace('1', "null"));
    assert_eq!(json(&nested(40)), nested(32).replace('1', "null"));
    let object = |levels: usize| format!("{}1{}", r#"{"a":"#.repeat(levels), "}".repeat(levels));
    assert_eq!(json(&object(32)), object(32));
    assert_eq!(json(&object(33)), object(32).replace('1', "null"));
    let numbers = "[-5,0,18446744073709551615,-9223372036854775808]";
    assert_eq!(json(numbers), numbers);
    assert_eq!(json("[18446744073709551616,1e400]"), r#"["18446744073709551616","1e400"]"#);
}

#[test]
fn words_of_mixed_case_are_no_codes() {
    assert!(
        !oauth::is_code("Bad_Request") && !oauth::is_code("bad__request") && oauth::is_code("bad_request")
    );
    let error = decode::<guesty::Error>(400, r#"{"data":{"details":["Not_A_code"]}}"#);
    assert_eq!(error.issues()[0].code, None);
}

#[test]
fn an_envelope_in_a_list_is_told_apart_from_noise_behind_it() {
    let noise = r#" ! {"code":"late","message":"n"}"#;
    for list in [
        r#"[{"a":1},{"code":"early","message":"m"},x"#,
        r#"[{"a":{"b":{}}},{"code":"early","message":"m"},x"#,
        r#"[[1],{"code":"early","message":"m"},x"#,
        r#"[{"a":[1]},{"code":"early","message":"m"},x"#,
        r#"[{"code":"early","message":"m"},x"#,
        r#"{"code":"early","message":"m",x"#,
    ] {
        let error = decode::<fluentbooking::Error>(400, format!("{list}{noise}"));
        let first = error.issues().first().and_then(|issue| issue.code.as_deref());
        assert_eq!(ProviderError::code(&error).or(first), Some("early"), "{list}");
    }
}

#[test]
fn a_plain_text_of_200_characters_is_a_message_whatever_their_bytes() {
    let text = "😀".repeat(200);
    assert_eq!(decode::<guesty::Error>(500, &text).message(), Some(&*text));
    assert_eq!(decode::<guesty::Error>(500, &"😀".repeat(201)).message(), None);
}
