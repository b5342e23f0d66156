//! Members of a line that its answer keeps.

use crate::*;

/// The lines of the answers as they are written.
fn keep(names: &str, line: impl AsRef<[u8]>) -> String {
    let answer = decode(&["--batch", "--keep", names], line);
    assert_eq!(answer.stdout.lines().count(), 1, "{}", answer.stdout);
    answer.stdout.trim_end_matches('\n').to_owned()
}

#[test]
fn keeps_members_first_and_in_the_order_of_the_argument() {
    let table = [
        (
            r#"{"time":"2026-11-30T06:00:00Z","provider":"wix","status":404,"id": 7}"#,
            r#"{"id":7,"time":"2026-11-30T06:00:00Z","provider":"wix","status":404,"#,
        ),
        (r#"{"provider":"wix","status":404,"time":null}"#, r#"{"time":null,"provider":"wix","#),
        (r#"{"provider":"wix","status":404}"#, r#"{"provider":"wix","status":404,"#),
        (
            r#"{"id":[1, {"a":"\u00e9\/"}],"provider":"wix","status":404}"#,
            r#"{"id":[1, {"a":"\u00e9\/"}],"provider":"#,
        ),
        (r#"{"id":1,"provider":"wix","status":404,"id":2}"#, r#"{"id":2,"provider":"#),
        (r#"{"\u0069d":1,"provider":"wix","status":404}"#, r#"{"id":1,"provider":"#),
    ];
    for (line, start) in table {
        let answer = keep("id,time", line);
        assert!(answer.starts_with(start), "{answer}");
        let alone = decode(&["--batch"], line).stdout;
        let (_, rest) = answer.split_once(r#""provider""#).unwrap();
        assert_eq!(format!("{{\"provider\"{rest}"), alone.trim_end());
    }
}

#[test]
fn keeps_members_of_successes_and_of_lines_that_cannot_be_read() {
    let table: &[(&[u8], &str)] = &[
        (br#"{"id":"a","provider":"wix","status":200,"body":"{}"}"#, r#"{"id":"a","success":true}"#),
        (br#"{"provider":"wix","status":200,"body":"{}"}"#, r#"{"success":true}"#),
        (br#"{"id":"a","time":1,"status":404}"#, r#"{"id":"a","time":1,"error":"#),
        (br#"{"id":"a","provider":"wix","status":"x"}"#, r#"{"id":"a","error":"#),
        (br#"{"status":"x","id":"a"}"#, r#"{"id":"a","error":"#),
        (br#"{"id":"a","provider":"wix","status":40"#, r#"{"id":"a","error":"#),
        (br#"{"id":"a","time":12"#, r#"{"id":"a","error":"#),
        (br#"{"id":"a","time":"12"#, r#"{"id":"a","error":"#),
        (br#"{"id":"a","time":{"a":[1,2}"#, r#"{"id":"a","error":"#),
        (br#"{"id":"a","id":"b"#, r#"{"id":"a","error":"#),
        (br#"{"id":"a"} {"id":"b"}"#, r#"{"id":"a","error":"#),
        (br#"{"time":1,"id":"a",no"#, r#"{"id":"a","time":1,"error":"#),
        (b"", r#"{"error":"#),
        (b"\"id\"", r#"{"error":"#),
        (b"[{\"id\":1}]", r#"{"error":"#),
        (b"\0", r#"{"error":"#),
    ];
    for (line, start) in table {
        let answer = keep("id,time", [line, &b"\n"[..]].concat());
        assert!(answer.starts_with(start), "{answer}");
        let is_error = start.ends_with(':');
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["line"] == 1, is_error, "{answer}");
    }
    let too_long = format!(r#"{{"id":"a","body":"{}"}}"#, "x".repeat(70 << 20));
    let answer = keep("id", too_long);
    assert!(answer.starts_with(r#"{"id":"a","error":"#), "{answer:.200}");
}

#[test]
fn keeps_values_harmless_and_on_their_line() {
    let text = HOSTILE.to_owned() + "\"";
    let escaped = serde_json::to_string(&text).unwrap();
    let answer = keep("id", format!(r#"{{"id":{escaped},"provider":"wix","status":404}}"#));
    assert_is_harmless(&answer);
    assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["id"], text);

    let answer = keep("id", "{\"id\":[1,\r\t 2],\"provider\":\"wix\",\"status\":404}");
    assert!(answer.starts_with(r#"{"id":[1,   2],"provider":"#), "{answer}");

    let answer = keep("id", b"{\"id\":\"caf\xe9\",\"provider\":\"wix\",\"status\":404}");
    assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["id"], "caf\u{fffd}");
}

/// Some readers refuse a whole answer because of one value, and then the call is lost.
#[test]
fn keeps_values_as_any_reader_accepts_them() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let digits = |count: usize| "9".repeat(count);
    let same = [
        "0",
        "-1",
        "1.10",
        "-0.0e-7",
        "1E+3",
        "5e-324",
        "1.7976931348623157e308",
        "123456789012345678901234567890",
        &digits(308),
        "true",
        "false",
        "null",
        r#""""#,
        r#""a\"\\\/\b\u0041\u00e9\n""#,
        r#""\ud83d\ude00 \uD83D\uDE00""#,
        r#""\\ud800""#,
        r#""1e400""#,
        r#""[[[ 1e400""#,
        r#"{"a": [1, {"b": "]}\"{["}], "c" :{}}"#,
        &nested(32),
        &format!("[{}]", vec!["[{}]"; 100].join(",")),
    ];
    let in_strings = [
        "1e400",
        "-1e309",
        "0e999",
        "1e99999999999",
        &digits(310),
        &digits(5_000),
        &nested(33),
        &nested(50_000),
    ];
    let string = |text: &str| json!(text).to_string();
    let mut table: Vec<(String, String)> = same.map(|json| (json.to_owned(), json.to_owned())).to_vec();
    table.extend(in_strings.map(|json| (json.to_owned(), string(json))));
    table.push((format!("0.{}", digits(1_000)), string(&format!("0.{}", digits(1_000)))));
    let rewritten = [
        (r#""\ud800""#, r#""\ufffd""#),
        (r#""\uD83D\ud83d\ude00\udc00\ud83d\n\ud800""#, r#""\ufffd\ud83d\ude00\ufffd\ufffd\n\ufffd""#),
        (r#""\\\ud800\u0041""#, r#""\\\ufffd\u0041""#),
        (
            r#"{"\udfff":["\udbffx", 1e400, 7,-2E309],"1e400":1}"#,
            r#"{"\ufffd":["\ufffdx", "1e400", 7,"-2E309"],"1e400":1}"#,
        ),
        (r#"{"a":{"a":[[[[1e400]]]]}}"#, r#"{"a":{"a":[[[["1e400"]]]]}}"#),
    ];
    table.extend(rewritten.map(|(json, expected)| (json.to_owned(), expected.to_owned())));
    for (json, expected) in table {
        let line = format!(r#"{{"id":{json},"provider":"wix","status":504}}"#);
        let answer = keep("id", &line);
        let start = format!(r#"{{"id":{expected},"provider":"#);
        assert!(answer.starts_with(&start), "{json:.300} gives {answer:.300}");
        serde_json::from_str::<Value>(&answer).unwrap();
        let listed = booking_errors(&["triage", "--list", "look-up"], line).stdout;
        if json != "null" {
            assert!(listed.starts_with(&start), "{json:.300} is listed as {listed:.300}");
        }
        let again = booking_errors(&["triage", "--list", "look-up"], answer).stdout;
        assert_eq!(again, listed, "from the answer");
    }
}

#[test]
fn keeps_members_of_the_response_and_of_any_name() {
    let line = json!({"provider": "wix", "status": 504, "method": "GET", "headers": {"a": "b"}, "body_b64": "e30=", "a \"b": 1});
    let answer =
        decode(&["--batch", "-k", "method,headers", "-k", " body_b64 ", "--keep", "a \"b"], line.to_string());
    let kept = answer.json();
    for name in ["method", "headers", "body_b64", "a \"b"] {
        assert_eq!(kept[name], line[name], "{}", answer.stdout);
    }
    assert_eq!((&kept["effect"], &kept["status"]), (&json!("not_applied"), &json!(504)));
    let twice = keep("id,id", r#"{"id":1,"provider":"wix","status":200}"#);
    assert_eq!(twice, r#"{"id":1,"success":true}"#);
}

#[test]
fn refuses_names_that_answers_have_already() {
    let schema: Value = serde_json::from_str(include_str!("../../../schema/envelope.schema.json")).unwrap();
    let of_envelopes = schema["properties"].as_object().unwrap().keys().map(String::as_str);
    let taken: Vec<_> = of_envelopes.chain(["error", "line", "success"]).collect();
    for name in &taken {
        let answer = decode(&["--batch", "--keep", &format!("id,{name}")], "");
        assert_eq!((answer.status, &*answer.stdout), (Some(2), ""), "{name}");
        for name in &taken {
            assert!(answer.stderr.contains(name), "{name} is not in {}", answer.stderr);
        }
    }
    for arguments in [&["--batch", "--keep", ""][..], &["--batch", "--keep", "id,,time"], &["--keep", "id"]] {
        let answer = decode(arguments, "");
        assert_eq!((answer.status, &*answer.stdout), (Some(2), ""), "{arguments:?}");
    }
}
