//! How bodies of any quality, headers and dates are read, for every provider.

use std::collections::HashMap;
use std::time::{Duration, UNIX_EPOCH};

use booking_errors::decode::document::Document;
use booking_errors::decode::json::{Reader, Shape, Value};
use booking_errors::{
    Effect, FromResponse, Headers, Kind, Provider, ProviderError, RawResponse, Retry, fluentbooking, guesty,
    recognize, wix,
};
use booking_errors_tests::answers::{code_and_message, decode, texts};

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
fn an_integer_of_any_size_is_its_own_text_and_of_duplicates_the_last_wins() {
    let big = "123456789012345678901234567890";
    assert_eq!(code_and_message(format!(r#"{{"error_code":-{big}}}"#)).0, Some(format!("-{big}")));
    let body =
        br#"{"error_code":"A","message":"first","message":"second","error_code":null,"error_code":"B"}"#;
    assert_eq!(code_and_message(body), texts(Some("B"), Some("second")));
    let body =
        br#"{"details":{"applicationError":{"code":"A"}},"details":{"applicationError":{"code":"B"}}}"#;
    assert_eq!(decode::<wix::Error>(428, body).code(), Some("B"));
    let body = br#"{"message":"m","errors":{"a":["x"],"a":["y"]}}"#;
    let error = decode::<fluentbooking::Error>(422, body);
    assert_eq!(error.issues().len(), 2);
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
        // it starts as JSON and breaks off behind a member: what follows is not searched
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
fn a_short_plain_text_is_a_message_and_a_page_is_not() {
    let long = "x".repeat(200);
    for text in ["Too Many Requests", " error code: 1015\r\n", "a < b", "Zimmer 5", "infinity", &long] {
        assert_eq!(decode::<guesty::Error>(400, text).message(), Some(text.trim()), "{text}");
    }
    let page = "<head><title>x</title></head>";
    let longer = "x".repeat(201);
    assert_eq!(decode::<guesty::Error>(400, b"\xef\xbb\xbfslow down").message(), Some("slow down"));
    assert_eq!(decode::<guesty::Error>(400, b"\xef\xbb\xbf<html>{\"error_code\":\"A\"}").code(), None);
    for text in [
        "", " \r\n", "0", "-1", "1e5", "true", "false", "null", "{x", "[x", "\u{a0}{x", "a\nb", "a\tb", page,
        "a </p>", &longer,
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
fn retry_after_is_seconds_or_a_date() {
    let seconds = |retry_after: &str, date: &str| {
        let response = RawResponse::new(503, b"").header("Retry-After", retry_after).header("date", date);
        response.retry_after().map(|delay| delay.as_secs())
    };
    let now = "Wed, 21 Oct 2026 07:28:00 GMT";
    assert_eq!(seconds("37", now), Some(37));
    assert_eq!(seconds(" 0 ", now), Some(0));
    assert_eq!(seconds("18446744073709551615", now), Some(u64::MAX));
    assert_eq!(seconds("Wed, 21 Oct 2026 07:29:30 GMT", now), Some(90));
    assert_eq!(seconds("Wednesday, 21-Oct-26 07:29:30 GMT", now), Some(90));
    assert_eq!(seconds("Wed Oct 21 07:29:30 2026", now), Some(90));
    assert_eq!(seconds("Wed, 21 Oct 2026 07:27:00 GMT", now), Some(0));
    for none in [
        "",
        "-1",
        "+5",
        "1.5",
        "5 s",
        "soon",
        "18446744073709551616",
        "Sat, 31 Feb 2026 07:28:00 GMT",
        "30, 30",
    ] {
        assert_eq!(seconds(none, now), None, "{none}");
    }
    let received = UNIX_EPOCH + Duration::from_millis(1_792_567_680_500); // 07:28:00.5
    let response = RawResponse::new(503, b"").header("retry-after", "Wed, 21 Oct 2026 07:28:10 GMT");
    assert_eq!(response.clone().received_at(received).retry_after(), Some(Duration::from_secs(10)));
    assert_eq!(
        response.clone().header("date", "x").received_at(received).retry_after(),
        Some(Duration::from_secs(10))
    );
    assert!(response.retry_after().is_some());
}

#[test]
fn headers_are_found_in_any_case_and_the_first_counts() {
    let headers = vec![
        ("X-Wix-Request-ID".to_owned(), b"a, a".to_vec()),
        ("x-wix-request-id".to_owned(), b"b".to_vec()),
    ];
    let response = RawResponse::new(500, b"").headers(&headers);
    assert_eq!(wix::Error::from_response(&response).request_id(), Some("a"));
    let first = response.header("x-WIX-request-id", "first");
    assert_eq!(wix::Error::from_response(&first).request_id(), Some("first"));
    assert_eq!(headers.header_value("missing"), None);

    // other implementations may count on a lower case name
    struct Exact(HashMap<&'static str, &'static str>);
    impl Headers for Exact {
        fn header_value(&self, name: &str) -> Option<&[u8]> {
            self.0.get(name).map(|value| value.as_bytes())
        }
    }
    let exact = Exact([("x-acme-id", "c")].into());
    let response = RawResponse::new(500, b"").headers(&exact);
    assert_eq!(response.header_value("X-Acme-Id"), Some(&b"c"[..]));
    assert_eq!(response.request_id("X-Acme-Id").as_deref(), Some("c"));

    let slice: &[(&str, &str)] = &[("x-wix-request-id", " "), ("x-request-id", "b,c")];
    assert_eq!(
        wix::Error::from_response(&RawResponse::new(500, b"").headers(&slice)).request_id(),
        Some("b")
    );
    let bytes = RawResponse::new(500, b"").header("x-request-id", b"\xff");
    assert_eq!(wix::Error::from_response(&bytes).request_id(), Some("\u{fffd}"));
}

#[test]
fn the_effect_follows_the_rules() {
    let cases = [
        (501, None, Effect::NotApplied, Retry::Never),
        (521, None, Effect::NotApplied, Retry::Safe),
        (526, None, Effect::NotApplied, Retry::Safe),
        (530, None, Effect::NotApplied, Retry::Safe),
        (408, None, Effect::Unknown, Retry::CheckFirst),
        (499, None, Effect::Unknown, Retry::CheckFirst),
        (418, None, Effect::NotApplied, Retry::Never),
        (429, None, Effect::NotApplied, Retry::Safe),
        (503, Some("5"), Effect::NotApplied, Retry::Safe),
        (503, Some("soon"), Effect::Unknown, Retry::CheckFirst),
        (503, None, Effect::Unknown, Retry::CheckFirst),
        (502, Some("5"), Effect::Unknown, Retry::CheckFirst),
        (500, None, Effect::Unknown, Retry::CheckFirst),
        (302, None, Effect::Unknown, Retry::CheckFirst),
    ];
    for provider in booking_errors::providers() {
        for (status, retry_after, effect, retry) in cases {
            let mut response = RawResponse::new(status, b"");
            if let Some(value) = retry_after {
                response = response.header("retry-after", value);
            }
            let error = provider.decode(&response);
            assert_eq!((error.effect(), error.retry()), (effect, retry), "{status} {retry_after:?}");
        }
    }
}

#[test]
fn a_clean_success_is_unknown_whatever_it_holds() {
    let bodies: [(&Provider, &[u8]); 3] = [
        (&wix::PROVIDER, br#"{"error":"invalid_grant"}"#),
        (&fluentbooking::PROVIDER, br#"{"code":"rest_no_route","message":"Calendar Event not found"}"#),
        (&guesty::PROVIDER, br#"{"code":"CAL_UNAVAILABLE"}"#),
    ];
    for (provider, body) in bodies {
        let response = RawResponse::new(200, body);
        assert!(provider.check(&response).is_ok(), "{}", provider.name());
        let error = provider.decode(&response);
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::Unknown), "{}", provider.name());
        assert_eq!(error.remedy(), Kind::Unknown.remedy());
        assert!(error.code().is_some());
    }
}

#[test]
fn the_retry_follows_from_kind_and_effect() {
    for kind in Kind::ALL {
        let passes_by = matches!(kind, Kind::RateLimited | Kind::Unavailable);
        assert_eq!(
            Retry::of(*kind, Effect::NotApplied),
            if passes_by { Retry::Safe } else { Retry::Never },
            "{kind}"
        );
        assert_eq!(Retry::of(*kind, Effect::Unknown), Retry::CheckFirst, "{kind}");
        assert_eq!(Retry::of(*kind, Effect::Applied), Retry::Never, "{kind}");
        assert_eq!(Retry::of(*kind, Effect::Partial), Retry::Never, "{kind}");
    }
    assert_eq!(Retry::CheckFirst.if_idempotent(), Retry::Safe);
    assert_eq!(Retry::Safe.if_idempotent(), Retry::Safe);
    assert_eq!(Retry::Never.if_idempotent(), Retry::Never);
}

#[test]
fn the_status_gives_the_kind() {
    let table: &[(Kind, &[u16])] = &[
        (Kind::InvalidRequest, &[400, 405, 418, 422, 431]),
        (Kind::Unauthenticated, &[401]),
        (Kind::PermissionDenied, &[403, 451]),
        (Kind::NotFound, &[404, 410]),
        (Kind::Conflict, &[409, 412]),
        (Kind::InvalidState, &[428]),
        (Kind::PaymentRequired, &[402]),
        (Kind::RateLimited, &[429]),
        (Kind::ProviderFault, &[500, 501, 505, 528, 529, 531, 599]),
        (Kind::Unavailable, &[408, 499, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]),
        (Kind::Unknown, &[0, 100, 200, 302, 399, 600, u16::MAX]),
    ];
    for (kind, statuses) in table {
        for status in *statuses {
            assert_eq!(Kind::from_status(*status), *kind, "{status}");
        }
    }
}

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
    let kept: usize = error.issues().iter().flat_map(|issue| &issue.code).map(String::len).sum();
    assert!((100_000..=1 << 20).contains(&kept), "{kept}");

    // one long name in many issues
    let rules: Vec<_> = (0..1_000).map(|n| format!(r#""r{n}":"x""#)).collect();
    let body = format!(r#"{{"message":"m","errors":{{"{}":{{{}}}}}}}"#, "f".repeat(100_000), rules.join(","));
    let error = decode::<fluentbooking::Error>(422, body);
    let kept: usize = error.issues().iter().flat_map(|issue| &issue.field).map(String::len).sum();
    assert!((100_000..=1 << 20).contains(&kept), "{kept}");
}

#[test]
fn what_is_shown_is_escaped_and_bounded() {
    let hostile = "a\u{1b}[31m\r\n\u{202e}\u{2028}\u{feff}\u{200f}b";
    let body =
        serde_json::json!({"error_code": hostile, "message": hostile, "requestId": hostile}).to_string();
    let error = decode::<guesty::Error>(400, body);
    let shown = r"a\u{1b}[31m\r\n\u{202e}\u{2028}\u{feff}\u{200f}b";
    assert_eq!(error.to_string(), format!("guesty: {shown} (400): {shown} [request id {shown}]"));
    assert_eq!(error.message(), Some(hostile));
    assert!(!format!("{error:?}").contains(['\u{1b}', '\u{202e}', '\n']));

    let long = "é".repeat(10_000);
    let body = serde_json::json!({"error_code": long, "message": long, "requestId": long, "data": [long]})
        .to_string();
    let error = decode::<guesty::Error>(400, body);
    let cut = |limit| format!("{}…", "é".repeat(limit));
    assert_eq!(
        error.to_string(),
        format!("guesty: {} (400): {} [request id {}]", cut(128), cut(500), cut(128))
    );
    assert_eq!(error.message(), Some(&*long));
    assert!(format!("{error:?} {:?}", error.issues()).chars().count() < 3_000);
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
        "guesty: not_found (404): It does not exist, or this caller cannot see it."
    );
    let error = decode::<guesty::Error>(400, br#"{"error_code":"MIN_NIGHT_MISMATCH"}"#);
    assert_eq!(
        error.to_string(),
        "guesty: MIN_NIGHT_MISMATCH (400): The stay is shorter than the listing allows."
    );
}

/// Hostile bodies of a megabyte: a quadratic reader would not come back within the hour.
#[test]
fn hostile_bodies_are_answered() {
    let million = 1 << 20;
    let escapes = format!(r#"{{"message":"{}","error_code":"A"}}"#, r"\ud83d".repeat(million / 6));
    let map = (0..100_000).map(|n| format!(r#""{n}":{{"a":"b"}}"#)).collect::<Vec<_>>().join(",");
    let nested = format!(r#"{{"errors":{}"x"{}}}"#, r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    let batches =
        format!("{}{{}}{}", r#"{"responses":[{"status":207,"body":"#.repeat(20_000), "}]}".repeat(20_000));
    let wrapped =
        format!("{}{{}}{}", r#"{"headers":{},"status":207,"body":"#.repeat(20_000), "}".repeat(20_000));
    let bodies = [
        batches,
        wrapped,
        "{".repeat(million),
        "[".repeat(million),
        r#"{"a":"#.repeat(million / 5),
        r#"{"message":"#.repeat(million / 11),
        "\"".repeat(million),
        escapes,
        format!(r#"{{"errors":{{{map}}}}}"#),
        nested,
        "<".repeat(million),
    ];
    for body in &bodies {
        for provider in booking_errors::providers() {
            assert_eq!(provider.decode(&RawResponse::new(422, body.as_bytes())).status(), 422);
            provider.decode(&RawResponse::new(207, body.as_bytes()));
            recognize(&RawResponse::new(207, body.as_bytes()));
        }
    }
}

#[test]
fn a_document_calls_the_reader_once_for_plain_json() {
    let calls = std::cell::Cell::new(0);
    let read = |(): &mut (), root: Value<'_, '_>| {
        calls.set(calls.get() + 1);
        root.skip();
    };
    Document::read(br#" {"a":1} "#, read);
    assert_eq!(calls.get(), 1);
}

/// Collects all codes, at any depth.
fn collect(codes: &mut Vec<String>, value: Value<'_, '_>) {
    match value.shape() {
        Shape::Object => value.members(|name, value| match &*name {
            "code" => codes.extend(value.string().map(Into::into)),
            _ => collect(codes, value),
        }),
        Shape::List => value.items(|value| collect(codes, value)),
        _ => value.skip(),
    }
}

#[test]
fn only_the_outermost_object_decides_whether_a_broken_body_is_an_envelope() {
    let codes = |first: &str| {
        let body = format!(r#"{first} ! {{"code":"behind"}}"#);
        Document::read(body.as_bytes(), collect).root
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
        assert_eq!(codes(first), ["behind"], "{first}");
    }
    for first in [
        r#"{"code":"outer",x"#,
        r#"{"a":{},"code":"outer",x"#,
        r#"[{"code":"outer"},x"#,
        r#"[{"a":{}},{"code":"outer"},x"#,
        r#"[{"a":[1]},{"code":"outer"},x"#,
        r#"[[1],{"code":"outer"},x"#,
        r#"[[],{"code":"outer"},x"#,
    ] {
        assert_eq!(codes(first), ["outer"], "{first}");
    }
}

#[test]
fn a_second_reader_knows_no_fault_of_the_first() {
    let mut reader = Reader::new(br#"{"a":1 x"#);
    reader.root().skip();
    assert_eq!(reader.fault().map(|fault| fault.offset()), Some(7));
    assert_eq!(reader.root().fork().fault(), None);
}
