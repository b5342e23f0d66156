//! JSON: how texts, numbers and members are read, whatever surrounds them.

use booking_errors::decode::json::{Arena, Reader, Shape, SyntaxErrorReason, Value};
use booking_errors::{Provider, ProviderError, RawResponse, fluentbooking, guesty, wix};
use booking_errors_tests::answers::{code_and_message, decode, texts};
use booking_errors_tests::any_json::any_json;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

#[test]
fn broken_text_is_read_on() {
    let cases: &[(&[u8], _)] = &[
        (b"\xef\xbb\xbf {\"error_code\":\"A\"}", texts(Some("A"), None)),
        (b"{\"error_code\":\"A\",\"message\":\"Pr\xe9nom\"}", texts(Some("A"), Some("Pr\u{fffd}nom"))),
        (br#"{"message":"\ud83d!","error_code":"A"}"#, texts(Some("A"), Some("\u{fffd}!"))),
        (br#"{"message":"\udc00\ud83d\ude00","error_code":"A"}"#, texts(Some("A"), Some("\u{fffd}😀"))),
        (br#"{"message":"\ud83d\ud83d\ude00"}"#, texts(None, Some("\u{fffd}😀"))),
        (br#"{"message":"a\"\\\/\b\f\n\r\tb\u00e9"}"#, texts(None, Some("a\"\\/\u{8}\u{c}\n\r\tbé"))),
    ];
    for (body, expect) in cases {
        assert_eq!(&code_and_message(body), expect, "{}", body.escape_ascii());
    }
}

#[test]
fn a_member_of_another_type_costs_only_itself() {
    for value in ["null", "true", "{}", "[[1]]", "1.5", "1e400", "-0.1E-7", "{\"a\":{\"b\":[1e999]}}"] {
        let body = format!(r#"{{"error_code":"A","message":{value},"data":{value}}}"#);
        assert_eq!(code_and_message(&body), texts(Some("A"), None), "{body}");
    }
    let deep = format!(r#"{{"message":{}1{},"error_code":"A"}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(code_and_message(deep), texts(Some("A"), None));
}

#[test]
fn an_integer_of_any_size_is_its_own_text() {
    let big = "123456789012345678901234567890";
    assert_eq!(code_and_message(format!(r#"{{"error_code":-{big}}}"#)).0, Some(format!("-{big}")));
}

#[test]
fn of_members_that_come_twice_the_last_counts() {
    let cases: [(&Provider, &str, Json); 3] = [
        (
            &fluentbooking::PROVIDER,
            r#"{"errors":{"a":["x"]},"message":"m","errors":{"b":["y"]}}"#,
            json!([{"field": "b", "message": "y"}]),
        ),
        (
            &guesty::PROVIDER,
            r#"{"error_code":"X","data":{"errors":["a"],"errors":["b"]}}"#,
            json!([{"message": "b"}]),
        ),
        (
            &wix::PROVIDER,
            r#"{"details":{"systemError":{"errorCode":"S"},"validationError":{"fieldViolations":[{"field":"a"}],
            "fieldViolations":[{"field":"b"}]}}}"#,
            json!([{"code": "S"}, {"field": "b"}]),
        ),
    ];
    for (provider, body, issues) in cases {
        let error = provider.decode(&RawResponse::new(422, body.as_bytes()));
        assert_eq!(serde_json::to_value(error.issues()).unwrap(), issues, "{body}");
    }
    let body =
        br#"{"error_code":"A","message":"first","message":"second","error_code":null,"error_code":"B"}"#;
    assert_eq!(code_and_message(body), texts(Some("B"), Some("second")));
    let body =
        br#"{"details":{"applicationError":{"code":"A"}},"details":{"applicationError":{"code":"B"}}}"#;
    assert_eq!(decode::<wix::Error>(428, body).code(), Some("B"));
}

#[test]
fn a_value_is_kept_as_json_to_its_32nd_level_and_with_every_number() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    let json = |text: &str| {
        let arena = Arena::default();
        Reader::new(text.as_bytes(), &arena).root().into_json().to_string()
    };
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
fn a_fault_says_where_and_why() {
    let arena = Arena::default();
    let mut reader = Reader::new(b"{\"a\":x}", &arena);
    reader.root().skip();
    let fault = reader.fault().unwrap();
    assert_eq!((fault.offset(), fault.reason()), (5, SyntaxErrorReason::NoValue));
    assert_eq!(fault.to_string(), "expected a value at byte 5");
}

#[test]
fn a_second_reader_knows_no_fault_of_the_first() {
    let arena = Arena::default();
    let mut reader = Reader::new(br#"{"a":1 x"#, &arena);
    reader.root().skip();
    assert_eq!(reader.fault().map(|fault| fault.offset()), Some(7));
    assert_eq!(reader.root().fork().fault(), None);
}

/// Reads a value with the pull reader into the type that serde_json has.
fn read(value: Value<'_, '_>) -> Json {
    match value.shape() {
        Shape::Object => {
            let mut members = serde_json::Map::new();
            value.members(|name, value| {
                members.insert(name.to_owned(), read(value));
            });
            members.into()
        }
        Shape::List => {
            let mut items = Vec::new();
            value.items(|item| items.push(read(item)));
            items.into()
        }
        Shape::Text => value.string().unwrap_or_default().into(),
        Shape::Bool => value.boolean().into(),
        Shape::Number => serde_json::from_slice(value.raw()).unwrap(),
        Shape::Null | Shape::Broken => {
            value.skip();
            Json::Null
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_agrees_with_serde_json_on_all_json(json in any_json(), is_pretty: bool) {
        let text = if is_pretty { serde_json::to_string_pretty(&json).unwrap() } else { json.to_string() };
        let arena = Arena::default();
        let mut reader = Reader::new(text.as_bytes(), &arena);
        prop_assert_eq!(read(reader.root()), serde_json::from_str::<Json>(&text).unwrap());
        prop_assert_eq!((reader.fault(), reader.rest()), (None, &b""[..]));
        let mut skipping = Reader::new(text.as_bytes(), &arena);
        skipping.root().skip();
        prop_assert_eq!((skipping.fault(), skipping.rest()), (None, &b""[..]));
    }

    #[test]
    fn the_reader_refuses_what_serde_json_refuses(
        json in any_json(),
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(vec![b'{', b'}', b'[', b']', b'"', b'\\', b',', b':', b'0', b'-', b'.', b'e', b't', b' ', 1]),
    ) {
        let mut text = json.to_string().into_bytes();
        let index = at.index(text.len());
        text[index] = with;
        let accepted = serde_json::from_slice::<serde::de::IgnoredAny>(&text).is_ok();
        let arena = Arena::default();
        let mut reader = Reader::new(&text, &arena);
        reader.root().skip();
        prop_assert_eq!(reader.fault().is_none() && reader.rest().trim_ascii().is_empty(), accepted, "{}", text.escape_ascii());
    }
}
