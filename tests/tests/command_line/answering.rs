//! The output for a single response.

use crate::*;

#[test]
fn tells_an_engineer_what_to_do() {
    let invalid = r#"{"message":"m","details":{"validationError":{"fieldViolations":[
        {"field":"contact.email","description":"must be an address","violatedRule":"FORMAT"},{"field":"contact.phone"}]}}}"#;
    let capacity = r#"{"message":"Not enough","details":{"applicationError":{"code":"SESSION_CAPACITY_EXCEEDED","data":{"sessionId":"s-1"}}}}"#;
    let table: &[(&str, &str, &[&str])] = &[
        (
            "428",
            WIX,
            &[
                "SLOT_NOT_AVAILABLE",
                "The specified slot isn't available.",
                "slot_unavailable",
                "not_applied",
                "never",
            ],
        ),
        (
            "400",
            invalid,
            &["invalid_request", "contact.email", "FORMAT", "must be an address", "contact.phone"],
        ),
        ("428", capacity, &["sessionId", "s-1"]),
        ("504", "", &["unavailable", "may have gone through", "look before you send it again"]),
        ("429", "", &["rate_limited", "not_applied", "safe", "30 s"]),
    ];
    for (status, body, expected) in table {
        let input = format!("HTTP/2 {status}\nx-wix-request-id: 17-4\nretry-after: 30\n\n{body}");
        let error = decode(&["--format", "json"], &input).json();
        let Answer { stdout, stderr, status } = decode(&["--format", "text"], &input);
        assert_eq!((status, &*stderr), (Some(0), ""));
        assert_eq!(decode(&[], &input).stdout, stdout, "text is what is printed by default");
        let first = stdout.lines().next().unwrap();
        assert!(first.starts_with("wix: ") && first.contains("[request id 17-4]"), "{stdout}");
        for text in expected.iter().chain(&[error["remedy"].as_str().unwrap(), "17-4"]) {
            assert!(stdout.contains(text), "{text} is not in:\n{stdout}");
        }
    }
}

#[test]
fn takes_the_effect_of_a_read_from_its_method() {
    let effect = |arguments: &[&str]| {
        let options = ["--provider", "wix", "--status", "504", "--format", "json"];
        decode(&[&options[..], arguments].concat(), "").json()["effect"].clone()
    };
    assert_eq!(effect(&["--method", "get"]), "not_applied");
    assert_eq!(effect(&["--method", "POST"]), "unknown");
    assert_eq!(effect(&[]), "unknown");
}

#[test]
fn says_that_there_is_no_error() {
    let clean = [
        ("HTTP/2 200\nx-wix-request-id: 17\n\n{}", &[][..]),
        ("HTTP/1.1 204 No Content\r\n\r\n", &["--provider", "guesty"]),
        ("{\"booking\":{}}", &["--provider", "fluentbooking", "--status", "201"]),
        ("", &["--provider", "wix", "--status", "200"]),
    ];
    for (input, arguments) in clean {
        let text = decode(arguments, input);
        assert_eq!((text.status, text.stdout.trim()), (Some(0), "no error in this response"), "{input:?}");
        assert_eq!(decode(&[arguments, &["--format", "json"]].concat(), input).json(), Value::Null);
    }
    let failed = "HTTP/1.1 200 OK\n\n{\"success\":false,\"data\":{\"message\":\"no\"}}";
    assert_eq!(decode(&["--format", "json"], failed).json()["message"], "no");
}

#[test]
fn answers_any_status_with_any_body() {
    let bodies: &[&[u8]] =
        &[b"", b"{", b"null", b"\0\xff\xfe", b"[[[[", b"\xff", b"{\"message\":\"\\ud800\"}", b"HTTP/"];
    for provider in providers() {
        for status in [0, 1, 99, 100, 199, 204, 208, 299, 302, 404, 599, 600, 999, u16::MAX] {
            let body = bodies[usize::from(status) % bodies.len()];
            let arguments = ["--provider", provider, "--format", "json", "--status", &status.to_string()];
            let error: Value = serde_json::from_str(&decode(&arguments, body).stdout).unwrap();
            // with a status of success, only what looks like one is clean
            let is_clean = (200..300).contains(&status) && body.is_empty();
            assert_eq!(error.is_null(), is_clean, "{provider} {status} {body:?}: {error}");
            assert!(error.is_null() || error["status"] == status);
        }
    }
    for body in bodies {
        let input = [b"HTTP/1.1 500 x\r\n\r\n", *body].concat();
        let arguments = ["--provider", "wix", "--format", "json"];
        let with_status = [&arguments[..], &["--status", "500"]].concat();
        for answer in [decode(&arguments, input), decode(&with_status, *body)] {
            let error: Value = serde_json::from_str(&answer.stdout).unwrap();
            assert_eq!(error["status"], 500, "{body:?}");
        }
    }
}

#[test]
fn shows_no_text_from_the_wire_as_it_came() {
    let evil = format!("a{HOSTILE}b");
    let violation = json!({"field": evil, "description": evil, "violatedRule": "OTHER", "ruleName": evil});
    let wix = |code: &str| {
        json!({"message": evil, "details": {
            "applicationError": {"code": code, "data": {"sessionId": evil}},
            "validationError": {"fieldViolations": [violation]}}})
    };
    let fluentbooking =
        json!({"code": evil, "message": evil, "data": {"status": 422, "errors": {&evil: {&evil: evil}}}});
    let guesty = json!({"error_code": evil, "message": evil, "data": {"requestId": evil, "errors": [evil]}});
    let id = evil.replace(['\0', '\r', '\n'], "");
    for body in [wix(&evil), wix("SESSION_CAPACITY_EXCEEDED"), fluentbooking, guesty] {
        let input = format!("HTTP/2 422\nx-request-id: {id}\nx-wix-request-id: {id}\n\n{body}");
        for provider in providers() {
            let answer = decode(&["--provider", provider], &input);
            assert_is_harmless(&answer.stdout);
            assert_eq!((answer.status, &*answer.stderr), (Some(0), ""));
        }
    }
    let argument = evil.replace('\0', "");
    let answer = decode(
        &["--provider", "wix", "--status", "404", "--header", &format!("x-request-id: {argument}")],
        "",
    );
    assert!(answer.stdout.contains("not_found"));
    assert_is_harmless(&answer.stdout);
    let answer = booking_errors(&["explain", &argument], "");
    assert_eq!(answer.status, Some(1));
    assert_is_harmless(&answer.stderr);

    let long = json!({"message": "m".repeat(1_000_000), "details": {"applicationError": {"code": "C".repeat(1_000_000)}}});
    assert!(decode(&["--status", "400"], long.to_string()).stdout.len() < 4_000, "long texts are cut");
}

#[test]
fn keeps_every_character_in_json() {
    let message = format!("a{HOSTILE}é漢\u{1f600}\"\\</b>");
    let body = json!({"message": message, "details": {"applicationError": {"code": message}}}).to_string();
    let one = decode(&["--status", "400", "--format", "json"], &body).json();
    let line = json!({"status": 400, "body": body}).to_string();
    let many = decode(&["--batch"], line).json();
    assert_eq!((&one["message"], &one["code"]), (&json!(message), &json!(message)));
    assert_eq!(one, many);
}

#[test]
fn writes_json_that_a_terminal_does_not_act_on() {
    let message = format!("a{HOSTILE}é漢\u{1f600}b");
    let error = json!({"message": message, "details": {"applicationError": {"code": message}}});
    let item = json!({"itemMetadata": {"id": message, "success": false, "error": {"code": message}}});
    for (status, body) in [("400", error), ("200", json!({"results": [item]}))] {
        let one = decode(&["--status", status, "--format", "json"], body.to_string());
        let many = decode(&["--batch"], json!({"status": status, "body": body}).to_string());
        for answer in [one, many] {
            assert_is_harmless(&answer.stdout);
            assert!(answer.stdout.contains("\\udb40\\udc7fé漢\u{1f600}"), "{}", answer.stdout);
            assert!(answer.stdout.contains("\\u007f\\u0085\\u009b31m"), "{}", answer.stdout);
            assert!(answer.json().to_string().contains(&json!(message).to_string()), "it is lossless");
        }
    }
    let listed = booking_errors(&["codes", "--format", "json"], "");
    assert_is_harmless(&listed.stdout);
}

#[test]
fn says_in_words_what_was_carried_out() {
    let reservation =
        |status: &str| format!(r#"{{"_id":"5d","status":"{status}","errors":["COUPON_NOT_FOUND"]}}"#);
    let partly = r#"{"details":{"applicationError":{"code":"SOME_BOOKINGS_UPDATES_FAILED"}}}"#.to_owned();
    let table = [
        ("guesty", "200", reservation("confirmed"), "applied: The call went through", "do not send it again"),
        (
            "guesty",
            "200",
            reservation("declined"),
            "not_applied: The call changed nothing",
            "would fail again",
        ),
        ("wix", "409", partly, "partial: Part of the call went through", "send only what is missing"),
        (
            "wix",
            "504",
            String::new(),
            "unknown: The call may have gone through",
            "look before you send it again",
        ),
        ("wix", "429", String::new(), "not_applied: The call changed nothing", "send the same call again"),
    ];
    for (provider, status, body, effect, retry) in table {
        let shown = decode(&["--provider", provider, "--status", status], body).stdout;
        assert!(shown.contains(effect) && shown.contains(retry), "{shown}");
    }
}

#[test]
fn shows_each_failed_item_of_a_bulk_answer_once() {
    let item = r#"{"itemMetadata":{"id":"3f25","originalIndex":4,"success":false,"error":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
    let made = r#"{"itemMetadata":{"success":true}}"#;
    let shown = decode(&["--status", "200"], format!(r#"{{"results":[{made},{item}]}}"#)).stdout;
    let lines: Vec<_> = shown.lines().filter(|line| line.contains("3f25")).collect();
    let [line] = lines[..] else { panic!("{shown}") };
    for part in ["#4", "SLOT_NOT_AVAILABLE", "not_applied", "retry never"] {
        assert!(line.contains(part), "{line}");
    }
}
