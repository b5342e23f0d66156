//! Many responses, as JSON Lines.

use crate::*;

#[test]
fn answers_each_line_of_a_batch() {
    let wix = json!({"provider": "wix", "status": 428, "body": WIX});
    let not_found = |more: Value| {
        let mut line = json!({"provider": "wix", "status": 404});
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        line.to_string()
    };
    let table: &[(String, &str, Value)] = &[
        (wix.to_string(), "code", json!("SLOT_NOT_AVAILABLE")),
        (json!({"status": 422, "body": FLUENTBOOKING}).to_string(), "provider", json!("fluentbooking")),
        (json!({"provider": null, "status": 400, "body": GUESTY}).to_string(), "provider", json!("guesty")),
        (json!({"status": 502, "headers": {"X-Wix-Request-Id": "1"}}).to_string(), "provider", json!("wix")),
        (not_found(json!({})), "message", Value::Null),
        (not_found(json!({"body": null, "headers": null, "body_b64": null})), "status", json!(404)),
        (not_found(json!({"body": "", "headers": {}})), "kind", json!("not_found")),
        (not_found(json!({"body": "text", "body_b64": "ZnJvbSBiYXNlNjQ="})), "message", json!("from base64")),
        (not_found(json!({"body": "text", "body_b64": null})), "message", json!("text")),
        (not_found(json!({"body_b64": "Y2Fm6Q=="})), "message", json!("caf\u{fffd}")),
        (not_found(json!({"headers": {"X-Wix-Request-Id": ["a", "b"]}})), "request_id", json!("a")),
        (not_found(json!({"headers": {"retry-after": "7", "x": []}})), "retry_after", json!(7)),
        (not_found(json!({"id": 7, "expect": {"a": [null]}, "note": "x"})), "status", json!(404)),
        (
            format!(
                r#"{{"deep":{}{},"n":1e400,"provider":"wix","status":404}}"#,
                "[".repeat(50_000),
                "]".repeat(50_000)
            ),
            "status",
            json!(404),
        ),
        (not_found(json!({"body": "x".repeat(4_000_000)})), "status", json!(404)),
        (json!({"provider": "guesty", "status": "404"}).to_string(), "status", json!(404)),
        (json!({"provider": "guesty", "status": "0"}).to_string(), "status", json!(0)),
        (
            json!({"status": 428, "body": serde_json::from_str::<Value>(WIX).unwrap()}).to_string(),
            "code",
            json!("SLOT_NOT_AVAILABLE"),
        ),
        (
            r#"{"status":"400", "body": { "error_code" : "caf\u00e9 \ud800" } , "provider":"guesty"}"#
                .to_owned(),
            "code",
            json!("café \u{fffd}"),
        ),
        (
            not_found(json!({"body": {"message": "object"}, "body_b64": "ZnJvbSBiYXNlNjQ="})),
            "message",
            json!("from base64"),
        ),
        (not_found(json!({"body": 7, "body_b64": "ZnJvbSBiYXNlNjQ="})), "message", json!("from base64")),
        // of a member that comes twice, the last counts
        (
            r#"{"provider":"wix","status":429,"headers":{"retry-after":"7"},"headers":{"retry-after":"9"}}"#
                .to_owned(),
            "retry_after",
            json!(9),
        ),
        (
            r#"{"provider":"wix","status":429,"headers":{"retry-after":"7"},"headers":{}}"#.to_owned(),
            "retry_after",
            Value::Null,
        ),
        (
            r#"{"provider":"wix","status":429,"headers":{"a":{}},"headers":{"retry-after":"9"}}"#.to_owned(),
            "retry_after",
            json!(9),
        ),
        (
            r#"{"provider":"wix","status":"x","status":404,"body":"a","body":"b"}"#.to_owned(),
            "message",
            json!("b"),
        ),
        (json!({"provider": "guesty", "status": 0}).to_string(), "status", json!(0)),
        (json!({"provider": "guesty", "status": 65535}).to_string(), "status", json!(65535)),
        (format!("  {wix}  "), "code", json!("SLOT_NOT_AVAILABLE")),
    ];
    for (before, between, after) in [("", "\n", "\n"), ("\u{feff}", "\r\n", ""), (" ", "\t\r\n ", "\r\n")] {
        let lines: Vec<_> = table.iter().map(|(line, ..)| line.as_str()).collect();
        let answer = decode(&["--batch"], format!("{before}{}{after}", lines.join(between)));
        assert_eq!((answer.status, &*answer.stderr), (Some(0), ""));
        let answers = answer.json_lines();
        assert_eq!(answers.len(), table.len());
        for (answer, (line, member, expected)) in answers.iter().zip(table) {
            assert_eq!(&answer[member], expected, "{:.300}", line);
        }
    }
    let clean = decode(&["--batch"], r#"{"provider":"wix","status":200,"body":"{}"}"#);
    assert_eq!((clean.status, clean.stdout.trim()), (Some(0), "null"));
    let empty = decode(&["--batch"], "");
    assert_eq!((empty.status, &*empty.stdout), (Some(0), ""));
}

#[test]
fn answers_bad_lines_with_an_error_and_goes_on() {
    let bad: &[&[u8]] = &[
        b"no JSON",
        b"{",
        b"{\"provider\":\"wix\",\"status\":404",
        b"{\"provider\":\"wix\",\"status\":404} x",
        b"null",
        b"[]",
        b"\"text\"",
        b"404",
        b"\0",
        b"\xff\xfe{\0}\0",
        b"{}",
        b"{\"provider\":\"wix\"}",
        b"{\"provider\":\"wix\",\"status\":null}",
        b"{\"provider\":\"wix\",\"status\":\"\"}",
        b"{\"provider\":\"wix\",\"status\":\"+404\"}",
        b"{\"provider\":\"wix\",\"status\":\"404 \"}",
        b"{\"provider\":\"wix\",\"status\":\"65536\"}",
        b"{\"provider\":\"wix\",\"status\":404,\"status\":\"x\"}",
        b"{\"provider\":\"wix\",\"status\":65536}",
        b"{\"provider\":\"wix\",\"status\":-1}",
        b"{\"provider\":\"wix\",\"status\":40.4}",
        b"{\"provider\":\"wix\",\"status\":[404]}",
        b"{\"provider\":\"nobody\",\"status\":404}",
        b"{\"provider\":7,\"status\":404}",
        b"{\"status\":404}",
        b"{\"provider\":\"wix\",\"status\":404,\"body\":[]}",
        b"{\"provider\":\"wix\",\"status\":404,\"body\":7}",
        b"{\"provider\":\"wix\",\"status\":404,\"body\":{\"message\":}}",
        b"{\"provider\":\"wix\",\"status\":404,\"body_b64\":\"!\"}",
        b"{\"provider\":\"wix\",\"status\":404,\"body_b64\":1}",
        b"{\"provider\":\"wix\",\"status\":404,\"method\":7}",
        b"{\"provider\":\"wix\",\"status\":404,\"method\":[\"GET\"]}",
        b"{\"provider\":\"wix\",\"status\":404,\"headers\":[]}",
        b"{\"provider\":\"wix\",\"status\":404,\"headers\":{\"a\":{}}}",
        b"{\"provider\":\"wix\",\"status\":404,\"headers\":{},\"headers\":[]}",
        b"",
        b" \t\r",
        b"\xef\xbb\xbf",
    ];
    let good = b"{\"provider\":\"wix\",\"status\":404}";
    let mut input = [good, &b"\n"[..]].concat();
    for line in bad {
        input.extend([line, &b"\n"[..], good, b"\n"].concat());
    }
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "lines.jsonl", input);
    let answer = decode(&["--batch", &file], "");
    assert_eq!(answer.status, Some(1));
    let mut answers = answer.json_lines();
    assert_eq!(answers.remove(0)["status"], 404);
    assert_eq!(answers.len(), 2 * bad.len());
    for (index, line) in bad.iter().enumerate() {
        let (number, shown) = (2 * index + 2, String::from_utf8_lossy(line));
        let members: BTreeMap<String, Value> = serde_json::from_value(answers[2 * index].clone()).unwrap();
        assert_eq!(members.keys().collect::<Vec<_>>(), ["error", "line"], "{shown}");
        assert_eq!(members["line"], number, "{shown}");
        assert!(members["error"].as_str().is_some_and(|error| !error.is_empty()), "{shown}");
        assert_eq!(answers[2 * index + 1]["status"], 404, "the line after {shown}");
        let place = format!("line {number}:");
        let named = answer.stderr.lines().any(|line| line.contains(&file) && line.contains(&place));
        assert!(named, "{place} of the file is not in:\n{}", answer.stderr);
    }
}

#[test]
fn takes_the_effect_of_a_read_from_its_method() {
    let methods = [
        (json!("GET"), "not_applied"),
        (json!("head"), "not_applied"),
        (json!("Options"), "not_applied"),
        (json!("POST"), "unknown"),
        (json!(""), "unknown"),
        (Value::Null, "unknown"),
    ];
    let line = |method: &Value| json!({"provider": "wix", "status": 504, "method": method}).to_string();
    let mut lines: Vec<_> = methods.iter().map(|(method, _)| line(method)).collect();
    lines.push(json!({"provider": "wix", "status": 504}).to_string());
    lines.push(json!({"provider": "wix", "status": 200, "method": "GET", "body": "{}"}).to_string());
    let answer = decode(&["--batch"], lines.join("\n"));
    assert_eq!(answer.status, Some(0));
    let answers = answer.json_lines();
    for ((method, effect), answer) in methods.iter().zip(&answers) {
        assert_eq!((&answer["effect"], &answer["kind"]), (&json!(effect), &json!("unavailable")), "{method}");
    }
    assert_eq!((&answers[6]["effect"], &answers[7]), (&json!("unknown"), &Value::Null));
}

#[test]
fn takes_the_provider_of_the_argument_for_lines_without_one() {
    let lines = [
        json!({"status": 404}),
        json!({"provider": null, "status": 404}),
        json!({"provider": "wix", "status": 404}),
        json!({"status": 428, "body": WIX}),
    ];
    let input = lines.map(|line| line.to_string()).join("\n");
    let answer = decode(&["--batch", "--provider", "guesty"], input);
    assert_eq!(answer.status, Some(0));
    let providers: Vec<_> = answer.json_lines().iter().map(|error| error["provider"].clone()).collect();
    assert_eq!(providers, ["guesty", "guesty", "wix", "guesty"]);
}

#[test]
fn keeps_the_order_of_lines_of_uneven_cost() {
    let mut input = String::new();
    for id in 0..20_000 {
        let size = match id {
            7_000 => 3_000_000,
            _ if id % 997 == 0 => 100_000,
            _ => id % 50,
        };
        let body = json!({"message": "x".repeat(size), "details": {}}).to_string();
        let headers = json!({"x-wix-request-id": id.to_string()});
        let line = json!({"provider": "wix", "status": 400, "headers": headers, "body": body});
        input.push_str(&format!("{line}\n"));
    }
    let answer = decode(&["--batch"], input);
    assert_eq!((answer.status, &*answer.stderr), (Some(0), ""));
    let ids =
        answer.json_lines().iter().map(|error| text(error, "request_id").to_owned()).collect::<Vec<_>>();
    assert_eq!(ids, (0..20_000).map(|id| id.to_string()).collect::<Vec<_>>());
}

#[test]
fn numbers_bad_lines_in_order_among_many_good_ones() {
    let is_bad = |number: u64| number % 701 == 1 || number % 5_000 < 3;
    let lines = (1..=30_000).map(|number| match number {
        _ if is_bad(number) && number % 2 == 0 => "",
        _ if is_bad(number) => "bad",
        _ => r#"{"provider":"wix","status":404}"#,
    });
    let answer = decode(&["--batch"], lines.map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!(answer.status, Some(1));
    let bad: Vec<_> = (1..=30_000).filter(|&number| is_bad(number)).collect();
    let answers = answer.json_lines();
    assert_eq!(answers.iter().filter_map(|answer| answer["line"].as_u64()).collect::<Vec<_>>(), bad);
    assert_eq!(answers.len(), 30_000);
    assert_eq!(answer.stderr.lines().count(), bad.len());
    for (complaint, number) in answer.stderr.lines().zip(bad) {
        assert!(complaint.contains(&format!("line {number}:")), "{complaint} instead of line {number}");
    }
}

#[test]
fn answers_lines_that_are_too_long_with_an_error_and_goes_on() {
    const LONGEST: usize = 64 * 1024 * 1024;
    let line_of = |length: usize| {
        let start = r#"{"provider":"wix","status":404,"body":""#;
        format!("{start}{}\"}}", "x".repeat(length - start.len() - 2))
    };
    for (end, last_end) in [("\n", ""), ("\r\n", "\r\n")] {
        let lines =
            [line_of(LONGEST), line_of(LONGEST + 1), line_of(100), String::new(), line_of(LONGEST + 3)];
        let answer = decode(&["--batch"], lines.join(end) + last_end);
        assert_eq!(answer.status, Some(1));
        let seen: Vec<_> = answer.json_lines().iter().map(|answer| answer["line"].as_u64()).collect();
        assert_eq!(seen, [None, Some(2), None, Some(4), Some(5)], "{end:?} {last_end:?}");
        let complaints: Vec<_> = answer.stderr.lines().collect();
        let [second, fourth, fifth] = &*complaints else { panic!("{complaints:?}") };
        assert!(fourth.contains("line 4: the line is blank"), "{fourth}");
        for (complaint, number) in [(second, 2), (fifth, 5)] {
            for part in [&*format!("line {number}:"), "64 MiB"] {
                assert!(complaint.contains(part), "{complaint}");
            }
        }
    }
    // what is left of a line that is too long does not count as a line
    let answer = decode(&["--batch"], " ".repeat(LONGEST + 1) + &line_of(100));
    assert_eq!(answer.json_lines()[0]["line"], 1);
    assert!(answer.stderr.contains("64 MiB"), "{}", answer.stderr);
}
