//! The document in a body: JSON with noise around it, JSON that breaks off, plain text and pages.

use std::sync::atomic::{AtomicUsize, Ordering};

use booking_errors::decode::document::{Document, Root, Sign};
use booking_errors::decode::json::{Arena, Shape, Value};
use booking_errors::{Effect, FromResponse, Kind, ProviderError, RawResponse, fluentbooking, guesty};
use booking_errors_tests::answers::{code_and_message, decode, texts};

#[test]
fn noise_around_the_json_is_passed_over() {
    let a = r#"{"error_code":"A","message":"a"}"#;
    let b = r#"{"error_code":"B","message":"b"}"#;
    let cases = [
        (format!("<br />\n<b>Warning</b>: {{closure}} in x.php\n{a}"), "A"),
        (format!("{a}\n<!-- cached -->"), "A"),
        (format!("{a}{b}"), "B"),
        (format!("{a}{{\"debug\":1}}"), "A"),
        (format!("{a}{{\"error_code\":\"C\","), "A"),
        (format!("x {{\"error_code\":\"C\", {b} y"), "B"),
        (r#"x {"error_code":"C", x {"error_code":"D", y"#.to_owned(), "C"),
        (r#"x {"error_code":"C","data":{"#.to_owned(), "C"),
        (format!("[21-Nov-2026] PHP Notice: x\n{a}"), "A"),
        (format!("{{\"debug\":1,, {a}"), "A"),
        // it starts as JSON and breaks off after a member: what follows is not searched
        (format!("{{\"error_code\":\"C\",, {a}"), "C"),
        (format!("{}{a}", "{".repeat(63)), "A"),
    ];
    for (body, code) in cases {
        assert_eq!(decode::<guesty::Error>(400, &body).code(), Some(code), "{body}");
    }
    let without = [format!("<!DOCTYPE html>{a}"), format!(" \n<HTML>{a}"), format!("{}{a}", "{".repeat(64))];
    for body in without {
        assert_eq!(code_and_message(&body), texts(None, None), "{body}");
    }
}

#[test]
fn a_document_that_ends_with_the_body_may_have_said_anything() {
    let check = |after: &str| {
        let body = format!("{{\"booking\":{{\"id\":1}}}} {after}");
        fluentbooking::Error::check(&RawResponse::new(200, body.as_bytes()))
    };
    for cut in ["{", "{ ", "{\"co", "{\"code\"", "{\"code\": ", "{\"code\":\"slot_no_longer_available\""] {
        let error = check(cut).expect_err(cut);
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::Unknown), "{cut}");
    }
    for noise in ["<!-- cached -->", "{closure} failed", "<!-- { -->", "{'a': 1}"] {
        assert!(check(noise).is_ok(), "{noise}");
    }
}

#[test]
fn a_body_cut_anywhere_keeps_what_came_before() {
    let body = br#"{"error_code":"NOT_FOUND","message":"m","data":{"errors":["A_B","c"],"requestId":"7a"},"x":[1,{"y":null}]}"#;
    for length in 0..body.len() {
        let error = decode::<guesty::Error>(400, &body[..length]);
        let has = |member: &[u8]| body[..length].windows(member.len()).any(|window| window == member);
        assert_eq!(error.code().is_some(), has(br#""NOT_FOUND""#), "{length}");
        assert_eq!(error.message().is_some(), has(br#""m""#), "{length}");
        assert_eq!(error.request_id().is_some(), has(br#""7a""#), "{length}");
        assert_eq!(
            error.issues().len(),
            usize::from(has(br#""A_B""#)) + usize::from(has(br#""c""#)),
            "{length}"
        );
        assert_eq!(std::error::Error::source(&error).is_some(), length > 0, "{length}");
    }
    // a number may have had more digits
    assert_eq!(code_and_message(br#"{"message":"m","error_code":40"#), texts(None, Some("m")));
    assert_eq!(code_and_message(br#"{"message":"m","error_code":40<br>"#), texts(None, Some("m")));
    assert_eq!(code_and_message(br#"{"message":"m","error_code":40 "#), texts(Some("40"), Some("m")));
}

#[test]
fn the_cause_says_where_the_json_broke_off() {
    let error = decode::<guesty::Error>(400, b"\xef\xbb\xbf{\"message\":\"m\",\"data\":{\"x\":NaN}}");
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "expected a value at byte 30");
    assert_eq!(error.to_string(), "guesty: invalid_request (400): m");
    assert!(std::error::Error::source(&decode::<guesty::Error>(400, b"<html>")).is_none());
}

#[test]
fn a_short_plain_text_is_a_message_and_a_page_is_not() {
    // 200 characters, whatever their bytes
    let (long, long_emoji) = ("x".repeat(200), "😀".repeat(200));
    for text in
        ["Too Many Requests", " error code: 1015\r\n", "a < b", "Zimmer 5", "infinity", &long, &long_emoji]
    {
        assert_eq!(decode::<guesty::Error>(400, text).message(), Some(text.trim()), "{text}");
    }
    let page = "<head><title>x</title></head>";
    let (longer, longer_emoji) = ("x".repeat(201), "😀".repeat(201));
    assert_eq!(decode::<guesty::Error>(400, b"\xef\xbb\xbfslow down").message(), Some("slow down"));
    assert_eq!(decode::<guesty::Error>(400, b"\xef\xbb\xbf<html>{\"error_code\":\"A\"}").code(), None);
    for text in [
        "",
        " \r\n",
        "0",
        "-1",
        "1e5",
        "true",
        "false",
        "null",
        "{x",
        "[x",
        "\u{a0}{x",
        "a\nb",
        "a\tb",
        page,
        "a </p>",
        &longer,
        &longer_emoji,
    ] {
        assert_eq!(decode::<guesty::Error>(400, text).message(), None, "{text}");
    }
    assert_eq!(
        decode::<guesty::Error>(500, br#" "Internal <b>Server</b> Error" "#).message(),
        Some("Internal <b>Server</b> Error")
    );
    assert_eq!(decode::<guesty::Error>(500, br#"" ""#).message(), None);
}

#[test]
fn a_bare_number_is_no_message() {
    let message = |text: &str| decode::<guesty::Error>(400, text).message().map(str::to_owned);
    for number in ["0", "007", "-1", "+5", "3.14", "5.", ".5", "2E-3", "-1.5e+10"] {
        assert_eq!(message(number), None, "{number}");
    }
    for text in ["2026-11-22", "1.2.3", "1-", "-", ".", "e5", "1e", "1e+", "1e5x", "x1", "1.x", "--1"] {
        assert_eq!(message(text).as_deref(), Some(text));
    }
}

#[test]
fn a_document_calls_the_reader_once_for_plain_json() {
    /// Counts the calls, in all values of the type.
    #[derive(Default)]
    struct Counted;

    static CALLS: AtomicUsize = AtomicUsize::new(0);

    impl Root<'_> for Counted {
        fn read(&mut self, _: Value<'_, '_>) {
            CALLS.fetch_add(1, Ordering::Relaxed);
        }
    }

    Document::<Counted>::read(br#" {"a":1} "#, &Arena::default());
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
}

#[test]
fn only_the_outermost_object_decides_whether_a_broken_body_is_an_envelope() {
    let codes = |first: &str| {
        let body = format!(r#"{first} ! {{"code":"late"}}"#);
        Document::<Codes>::read(body.as_bytes(), &Arena::default()).root.0
    };
    // none, so the search goes on
    for first in [
        r#"{"a":{"code":"inner"},x"#,
        r#"{"a":{"a":{"code":"inner"}},x"#,
        r#"{"a":[{"code":"inner"}],x"#,
        r#"{"a":[1],"b":{"code":"inner"},x"#,
        r#"[[{"code":"inner"}],x"#,
        r#"[{"a":{"code":"inner"}},x"#,
    ] {
        assert_eq!(codes(first), ["late"], "{first}");
    }
    for first in [
        r#"{"code":"outer",x"#,
        r#"{"a":{},"code":"outer",x"#,
        r#"[{"code":"outer"},x"#,
        r#"[{"a":1},{"code":"outer"},x"#,
        r#"[{"a":{}},{"code":"outer"},x"#,
        r#"[{"a":{"b":{}}},{"code":"outer"},x"#,
        r#"[{"a":[1]},{"code":"outer"},x"#,
        r#"[[1],{"code":"outer"},x"#,
        r#"[[],{"code":"outer"},x"#,
    ] {
        assert_eq!(codes(first), ["outer"], "{first}");
        // a provider too keeps to what came first
        let body = format!(r#"{first} ! {{"code":"late","message":"n"}}"#);
        let error =
            decode::<fluentbooking::Error>(400, body.replace(r#""outer""#, r#""outer","message":"m""#));
        let issue = error.issues().first().and_then(|issue| issue.code.as_deref());
        assert_eq!(ProviderError::code(&error).or(issue), Some("outer"), "{first}");
    }
}

/// All codes, at any depth.
#[derive(Default)]
struct Codes(Vec<String>);

impl Root<'_> for Codes {
    const READS_LISTS: bool = true;

    fn read(&mut self, root: Value<'_, '_>) {
        match root.shape() {
            Shape::Object => root.members(|name, value| match name {
                "code" => self.0.extend(value.string().map(Into::into)),
                _ => self.read(value),
            }),
            _ => root.items(|item| self.read(item)),
        };
    }
}

/// `{"reason"}`, which no other provider's envelope has.
#[derive(Default)]
struct Reason<'a>(Option<&'a str>);

impl<'a> Root<'a> for Reason<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[("reason", Sign::Text)];

    fn read(&mut self, root: Value<'_, 'a>) {
        root.members(|name, value| {
            if name == "reason" {
                value.text_into(&mut self.0);
            }
        });
    }
}

/// `{"message"}` with texts in several languages, where others have one text.
#[derive(Default)]
struct Translated(bool);

impl Root<'_> for Translated {
    const SIGNS: &'static [(&'static str, Sign)] = &[("message", Sign::Container)];

    fn read(&mut self, root: Value<'_, '_>) {
        self.0 = root.members(|_, _| ());
    }
}

#[test]
fn a_sign_of_every_provider_may_have_another_value_too() {
    for body in [r#"Warning {"message":{"en":"taken"}}"#, r#"Warning {"message":"taken"}"#] {
        assert!(Document::<Translated>::read(body.as_bytes(), &Arena::default()).root.0, "{body}");
    }
    assert!(!Document::<Translated>::read(br#"Warning {"message":true}"#, &Arena::default()).root.0);
}

#[test]
fn the_members_of_a_providers_own_envelope_are_found_in_noise() {
    for (body, reason) in [
        (r#"<b>Warning</b>: in {main} {"reason":"taken"} <!-- cached -->"#, Some("taken")),
        (r#"{"debug":1} {"reason":"taken"}"#, Some("taken")),
        (r#"{"reason":"taken","text":"Sorry, it w"#, Some("taken")),
        // a sign is its value too
        (r#"Warning {"reason":["taken"]}"#, None),
        (r#"Warning {"reason":"tak"#, None),
    ] {
        let arena = Arena::default();
        assert_eq!(Document::<Reason>::read(body.as_bytes(), &arena).root.0, reason, "{body}");
    }
}
