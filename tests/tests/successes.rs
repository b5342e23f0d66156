//! What a success is: only an answer that looks like one.

use std::error::Error as _;

use booking_errors::{Effect, Kind, providers};
use booking_errors_tests::given::{Given, Row, fluentbooking, guesty, wix};
use serde_json::json;

const UNKNOWN: (Kind, Effect) = (Kind::Unknown, Effect::Unknown);

fn is_clean(given: &Given) -> bool {
    given.checked().is_none()
}

/// Checks that every provider takes the response for an error about which nothing is known.
fn assert_no_success(given: Vec<Given>, why: &str) {
    for given in given {
        let error = given.error();
        assert_eq!((error.kind(), error.effect()), UNKNOWN, "{why}: {given}");
        assert_eq!(error.status(), given.status);
    }
}

#[test]
fn a_web_page_is_no_success() {
    let starts = [
        "<!doctype html>",
        "<!DOCTYPE html>",
        "<html>",
        "<HTML lang=en>",
        "<head>",
        "<body class=x>",
        "<script>",
        "<meta charset=utf-8>",
    ];
    for start in starts {
        for space in ["", " \r\n\t", "\u{feff}"] {
            for status in [200, 201, 202, 299] {
                let page = format!("{space}{start}<p>Log in</p>");
                assert_no_success(Given::of_each(status, &page), "a page");
                // whatever the content type says
                let as_json = Given::of_each(status, &page);
                let as_json =
                    as_json.into_iter().map(|given| given.header("content-type", "application/json"));
                assert_no_success(as_json.collect(), "a page");
            }
        }
    }
}

#[test]
fn json_that_breaks_off_is_no_success() {
    let bodies = [
        "{",
        "[",
        "{\"id\":1",
        "{\"id\":\"1",
        "{\"booking\":{\"id\":1}",
        "[1,",
        "[{\"id\":1},",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "[1] x",
        "{\"a\":NaN}",
        "\u{feff}{\"a\":",
        " \n{\"a\":",
    ];
    for body in bodies {
        assert_no_success(Given::of_each(200, body), "broken");
        for given in Given::of_each(200, body) {
            let error = given.provider.check(&given.response()).unwrap_err();
            assert!(error.source().is_some(), "its source says what broke: {given}");
        }
    }
}

#[test]
fn binary_bytes_are_no_success() {
    let bodies: &[(&[u8], bool)] = &[
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", true),
        (b"\x78\x9c\xab\x56\x4a", true),
        (b"\x28\xb5\x2f\xfd\x00", true),
        (b"\xff\xfe{\x00}\x00", false),
        (b"\xfe\xff\x00{\x00}", false),
        (b"a\0b", false),
        (b"\x01\x02\xff\x80", false),
    ];
    for (body, is_compressed) in bodies {
        let given = || Given::of_each(200, "").into_iter().map(|given| given.bytes(body));
        assert_no_success(given().collect(), "binary");
        for given in given() {
            let error = given.error();
            assert!(error.source().is_some(), "{given}");
            let names_it = error.remedy().contains("Switch on decompression in the HTTP client");
            assert_eq!(names_it, *is_compressed, "{given}: {}", error.remedy());
        }
    }
}

#[test]
fn text_is_a_success_only_if_the_content_type_names_another_format() {
    let (named, not_named): (&[&str], &[&str]) = (
        &["text/calendar", "text/csv; charset=utf-8", "application/pdf", "image/png", "IMAGE/SVG+XML"],
        &[
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON",
            "text/json",
            "application/problem+json",
            "text/html",
            "text/html; charset=utf-8",
            "application/xhtml+xml",
            "text/plain",
            "application/octet-stream",
            "",
        ],
    );
    let bodies =
        ["OK", "Booked.", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "id,status\n1,confirmed", "\"a JSON string\""];
    for body in bodies {
        assert_no_success(Given::of_each(200, body), "without a content type");
        for content_type in not_named {
            let given = Given::of_each(200, body)
                .into_iter()
                .map(|given| given.header("content-type", *content_type));
            assert_no_success(given.collect(), content_type);
        }
        for content_type in named {
            for given in Given::of_each(200, body) {
                let given = given.header("content-type", *content_type);
                assert!(is_clean(&given), "{given}");
            }
        }
    }
    for given in Given::of_each(200, "") {
        let given = given.bytes(b"%PDF-1.7\n\0\xff").header("content-type", "application/pdf");
        assert!(is_clean(&given), "{given}");
    }
}

#[test]
fn an_empty_body_is_a_success_unless_it_is_only_accepted() {
    for status in [200, 201, 203, 204, 205, 206, 299] {
        for given in Given::of_each(status, "") {
            // PHP exited: the plugin always answers something
            let is_plugin = given.provider.name() == "fluentbooking" && matches!(status, 200 | 201);
            assert_eq!(is_clean(&given), !is_plugin, "{given}");
        }
    }
    assert_no_success(Given::of_each(202, ""), "accepted is not done");
    for given in Given::of_each(202, r#"{"id":"1"}"#) {
        assert!(is_clean(&given), "with a body it is: {given}");
    }
}

#[test]
fn any_other_json_is_a_success() {
    for body in ["{}", "[]", "null", "true", "17", r#"{"id":1}"#, r#"[{"id":1}]"#, "\u{feff} {\"id\":1}\n"] {
        for given in Given::of_each(200, body) {
            assert!(is_clean(&given), "{given}");
        }
    }
}

#[test]
fn a_known_code_in_a_body_that_breaks_off_gives_the_kind_and_no_effect() {
    let rows: &[Row<(Kind, &str)>] = &[
        (
            wix(200, r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE","data":{"#),
            (Kind::SlotUnavailable, "SLOT_NOT_AVAILABLE"),
            "cut",
        ),
        (
            fluentbooking(200, r#"{"code":"slot_no_longer_available","message":"m","#),
            (Kind::SlotUnavailable, "slot_no_longer_available"),
            "cut",
        ),
        (
            guesty(201, r#"{"error_code":"MIN_NIGHT_MISMATCH","data":"#),
            (Kind::PolicyViolation, "MIN_NIGHT_MISMATCH"),
            "cut",
        ),
        (guesty(200, r#"{"code":"BRAND_NEW","message":"m","#), (Kind::Unknown, "BRAND_NEW"), "cut"),
    ];
    for (given, (kind, code), why) in rows {
        let error = given.error();
        assert_eq!(
            (error.kind(), error.code(), error.effect()),
            (*kind, Some(*code), Effect::Unknown),
            "{why}: {given}"
        );
        assert!(error.source().is_some(), "{given}");
    }
}

/// Without this, a mutant that checks only whole bodies survives.
#[test]
fn every_cut_of_a_rejection_is_an_error_with_an_unknown_effect() {
    let whole = [
        wix(200, json!({"message": "m", "details": {"applicationError": {"code": "SLOT_NOT_AVAILABLE"}}})),
        fluentbooking(
            200,
            json!({"code": "slot_no_longer_available", "message": "m", "data": {"status": 422}}),
        ),
        guesty(
            200,
            json!({"error_code": "CAL_UNAVAILABLE", "message": "m", "data": {"errors": ["NOT_FOUND"]}}),
        ),
    ];
    for given in whole {
        assert_eq!(given.effect(), Effect::NotApplied, "{given}");
        let body = given.response().body();
        for length in 1..body.len() {
            let cut = given.clone().bytes(&body[..length]);
            assert_eq!(cut.effect(), Effect::Unknown, "{cut}");
        }
    }
}

#[test]
fn a_cut_answer_of_which_an_item_succeeded_stays_partial() {
    let body = r#"{"results":[{"itemMetadata":{"success":true}},{"itemMetadata":{"success":false}},"#;
    assert_eq!(wix(200, body).effect(), Effect::Partial);
}

#[test]
fn an_error_by_the_providers_own_rules_is_told_in_spite_of_noise() {
    let rows: &[Row<(Kind, Effect)>] = &[
        (
            guesty(200, r#"<b>Warning</b> {"error_code":"CAL_UNAVAILABLE"}"#),
            (Kind::SlotUnavailable, Effect::NotApplied),
            "before",
        ),
        (
            fluentbooking(200, r#"{"code":"slot_no_longer_available","message":"m"}<!-- cached -->"#),
            (Kind::SlotUnavailable, Effect::NotApplied),
            "after",
        ),
        (
            wix(200, r#"x {"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#),
            (Kind::SlotUnavailable, Effect::NotApplied),
            "before",
        ),
    ];
    for (given, expected, why) in rows {
        assert_eq!((given.kind(), given.effect()), *expected, "{why}: {given}");
    }
}

#[test]
fn noise_around_the_one_document_that_shows_something_made_is_no_fault() {
    let made = [
        wix(200, r#"{"booking":{"id":"3f25"}}"#),
        wix(200, r#"{"multiServiceBooking":{"id":"3f25"}}"#),
        fluentbooking(200, r#"{"booking":{"id":1}}"#),
        fluentbooking(200, r#"{"message":"m","booking_hash":"a1"}"#),
        fluentbooking(200, r#"{"success":true,"data":{"booking":{"hash":"a1"}}}"#),
        guesty(201, r#"{"_id":"5d6e","status":"confirmed"}"#),
    ];
    for given in made {
        let body = String::from_utf8(given.response().body().to_vec()).unwrap();
        let around = |text: String| Given::new(given.provider, given.status, text);
        for clean in [
            format!("<br />\n<b>Warning</b>: x in y.php\n{body}"),
            format!("{body}\n<!-- cached -->"),
            format!("Notice: x {body} y"),
        ] {
            assert!(is_clean(&around(clean.clone())), "{clean}");
        }
        let faults = [
            format!("{body}{body}"),
            format!("{body}{{\"x\":1}}"),
            format!("x {body}{{\"x\":"),
            format!("<html>{body}</html>"),
            format!("<!doctype html>{body}"),
            format!("<body>{body}</body>"),
            format!("x {}", &body[..body.len() - 1]),
        ];
        for fault in faults {
            let given = around(fault);
            assert_eq!((given.kind(), given.effect()), UNKNOWN, "{given}");
        }
    }
    // which shows nothing made
    assert_no_success(Given::of_each(200, r#"Warning: x {"message":"Done."}"#), "nothing made");
    assert_no_success(Given::of_each(200, r#"Warning: x {"id":"3f25"}"#), "nothing made");
}

#[test]
fn an_error_read_from_a_clean_success_is_unknown() {
    for provider in providers() {
        let given = Given::new(provider, 200, r#"{"id":1}"#);
        assert!(is_clean(&given));
        let error = provider.decode(&given.response());
        assert_eq!((error.kind(), error.effect()), UNKNOWN);
    }
}
