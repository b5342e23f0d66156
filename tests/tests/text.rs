//! How errors are shown: in one line, escaped and bounded, without anything that could be secret.

use booking_errors::decode::json::{Arena, Reader};
use booking_errors::decode::{Issues, Spelling};
use booking_errors::text::Escaped;
use booking_errors::{Envelope, FailedItem, ProviderError, RawResponse, guesty, wix};
use booking_errors_tests::answers::decode;
use serde_json::json;

#[test]
fn an_unknown_code_keeps_its_text_and_shows_it() {
    let error = "NEW\n1".parse::<wix::Code>().unwrap_err();
    assert_eq!(error.code(), "NEW\n1");
    let shown = format!("{error:?}");
    assert!(shown.starts_with("UnknownCode(\"wix\"") && shown.contains("NEW"), "{shown}");
    assert!(!shown.contains('\n'), "{shown}");
}

#[test]
fn debug_names_what_is_shown_and_nothing_more() {
    let response = RawResponse::new(429, b"secret").header("authorization", "secret");
    let shown = format!("{response:?}");
    assert!(shown.contains("429") && shown.contains("body_bytes: 6") && !shown.contains("secret"), "{shown}");

    let item = format!("{:?}", FailedItem::new(Envelope::new("plain", 409)).with_index(3).with_id("i-7"));
    assert!(item.contains("index: Some(3)") && item.contains("i-7") && item.contains("409"), "{item}");

    let body = br#"{"error_code":"A","message":"m","secret":1}"#;
    let failure = format!("{:?}", decode::<guesty::Error>(400, body));
    assert!(failure.contains("known_code") && !failure.contains("secret"), "{failure}");

    let arena = Arena::default();
    let mut reader = Reader::new(b" [secret]", &arena);
    assert_eq!(format!("{:?}", reader.root()), "Value(List)");
    let shown = format!("{reader:?}");
    assert!(shown.contains("at: 1") && !shown.contains("secret"), "{shown}");
}

#[test]
fn debug_of_an_issue_has_its_texts() {
    let mut issues = Issues::default();
    issues.push(Some("the field".into()), Some(Spelling::Known("A")), Some("too\nlate"));
    let shown = format!("{:?}", issues.into_vec());
    assert!(shown.contains("the field") && shown.contains("too") && !shown.contains('\n'), "{shown}");
}

#[test]
fn what_is_shown_is_escaped_and_bounded() {
    let hostile = "a\u{1b}[31m\r\n\u{202e}\u{2028}\u{feff}\u{200f}b";
    let body = json!({"error_code": hostile, "message": hostile, "requestId": hostile}).to_string();
    let error = decode::<guesty::Error>(400, body);
    let shown = r"a\u{1b}[31m\r\n\u{202e}\u{2028}\u{feff}\u{200f}b";
    assert_eq!(error.to_string(), format!("guesty: {shown} (400): {shown} [request id {shown}]"));
    assert_eq!(error.message(), Some(hostile));
    assert!(!format!("{error:?}").contains(['\u{1b}', '\u{202e}', '\n']));

    let long = "é".repeat(10_000);
    let body = json!({"error_code": long, "message": long, "requestId": long, "data": [long]}).to_string();
    let error = decode::<guesty::Error>(400, body);
    let cut = |limit| format!("{}…", "é".repeat(limit));
    assert_eq!(
        error.to_string(),
        format!("guesty: {} (400): {} [request id {}]", cut(128), cut(500), cut(128))
    );
    assert_eq!(error.message(), Some(&*long));
    assert!(format!("{error:?} {:?}", error.issues()).chars().count() < 3_000);
}

/// Everything that hides, reorders or breaks text, written out once more.
#[test]
fn no_character_that_hides_or_reorders_is_shown_as_it_came() {
    let ranges = [
        0..=0x1f,
        0x7f..=0x9f,
        0x61c..=0x61c,
        0x200b..=0x200f,
        0x2028..=0x202e,
        0x2066..=0x2069,
        0xfeff..=0xfeff,
        0xfff9..=0xfffb,
        0xe0000..=0xe007f_u32,
    ];
    for c in (0..=0x10ffff).filter_map(char::from_u32) {
        let is_hidden = ranges.iter().any(|range| range.contains(&c.into()));
        let text = format!("a{c}b");
        let expect = if is_hidden { format!("a{}b", c.escape_default()) } else { text.clone() };
        assert_eq!(Escaped::message(&text).to_string(), expect);
        assert!(!is_hidden || !format!("{:?}", Escaped::message(&text)).contains(c), "{expect}");
    }
}

#[test]
fn nothing_else_of_a_response_is_shown() {
    let secret = "s3cr3t";
    for provider in booking_errors::providers() {
        for body in [
            r#"{"code":"c","message":"m","token":"s3cr3t","data":{"status":400,"params":{"token":"s3cr3t"}}}"#,
            r#"{"message":"m","details":{"applicationError":{"code":"C","data":{"token":"s3cr3t"}}}}"#,
            r#"{"error_code":"C","message":"m","data":{"errors":["A_B"],"token":"s3cr3t"}}"#,
            r#"{"message":"m","errors":{"s3cr3t":["s3cr3t"]}}"#,
            "<html>s3cr3t</html>",
            r#"{"message":"m" s3cr3t"#,
        ] {
            let response = RawResponse::new(400, body.as_bytes())
                .header("authorization", secret)
                .header("set-cookie", "id=s3cr3t")
                .header("retry-after", secret);
            let error = provider.decode(&response);
            let source = error.source().map(ToString::to_string);
            for shown in [error.to_string(), format!("{error:?}"), format!("{:?}", error.envelope())] {
                assert!(!shown.contains(secret), "{}: {shown}", provider.name());
            }
            assert!(!source.is_some_and(|source| source.contains(secret)), "{body}");
        }
    }
}

#[test]
fn without_code_or_message_the_line_says_the_kind_or_the_meaning() {
    assert_eq!(
        decode::<guesty::Error>(404, b"").to_string(),
        "guesty: not_found (404): What the call asks for does not exist, or this caller cannot see it."
    );
    let error = decode::<guesty::Error>(400, br#"{"error_code":"MIN_NIGHT_MISMATCH"}"#);
    assert_eq!(
        error.to_string(),
        "guesty: MIN_NIGHT_MISMATCH (400): The stay is shorter than the listing allows."
    );
}
