//! How responses are read from files, as people save them.

use crate::*;

#[test]
fn reads_what_curl_prints() {
    let whole = [
        ("HTTP/1.1, CRLF", "HTTP/1.1 428 Precondition Required\r\nX-Wix-Request-Id: 17\r\n\r\n"),
        ("HTTP/1.1, LF", "HTTP/1.1 428 Precondition Required\nX-Wix-Request-Id: 17\n\n"),
        ("HTTP/1.0", "HTTP/1.0 428 Precondition Required\r\nx-wix-request-id: 17\r\n\r\n"),
        ("no reason", "HTTP/1.1 428\r\nx-wix-request-id: 17\r\n\r\n"),
        ("HTTP/2 as curl prints it", "HTTP/2 428 \r\nx-wix-request-id: 17\r\n\r\n"),
        ("HTTP/2, trimmed, LF", "HTTP/2 428\nx-wix-request-id: 17\n\n"),
        ("HTTP/3", "HTTP/3 428 \r\nx-wix-request-id: 17\r\n\r\n"),
        ("line ends mixed", "HTTP/2 428 \r\nx-wix-request-id: 17\n\r\n"),
        ("BOM and empty lines before it", "\u{feff}\r\n\nHTTP/2 428 \r\nx-wix-request-id: 17\r\n\r\n"),
        ("empty lines before the body", "HTTP/2 428 \r\nx-wix-request-id: 17\r\n\r\n\r\n\r\n"),
        ("spaces after the lines", "HTTP/1.1 428 Required  \nx-wix-request-id: 17  \n\n"),
        ("no empty line", "HTTP/1.1 428 Required\nx-wix-request-id: 17\n"),
        ("spaces in the empty line", "HTTP/1.1 428 Required\nx-wix-request-id: 17\n  \n"),
        ("a line that is no header", "HTTP/2 428\nno header\n: nothing\nx-wix-request-id: 17\n\n"),
        ("a line that goes on in the next", "HTTP/2 428\na: b\n\tc\nx-wix-request-id:\n 17\n\n"),
        ("a first line that goes on from nothing", "HTTP/2 428\n a: b\nx-wix-request-id: 17\n\n"),
        ("control characters in a header", "HTTP/2 428\na: \u{1b}[1m\u{1}\0\nx-wix-request-id: 17\n\n"),
        (
            "100 Continue",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 428 Required\r\nx-wix-request-id: 17\r\n\r\n",
        ),
        (
            "a redirect and 103",
            "HTTP/1.1 302 Found\r\nLocation: /x\r\nx-wix-request-id: 1\r\n\r\nHTTP/2 103 \r\nlink: </a>\r\n\r\nHTTP/2 428 \r\nx-wix-request-id: 17\r\n\r\n",
        ),
        ("a proxy, LF", "HTTP/1.1 200 Connection established\n\nHTTP/2 428\nx-wix-request-id: 17\n\n"),
        (
            "two empty lines between the heads",
            "HTTP/1.1 100 Continue\r\n\r\n\r\nHTTP/2 428\r\nx-wix-request-id: 17\r\n\r\n",
        ),
    ];
    for (what, head) in whole {
        // after a redirect there is doubt, which it says
        let answer = decode(&["--format", "json"], format!("{head}{WIX}"));
        let error: Value = serde_json::from_str(&answer.stdout).unwrap();
        let seen = [&error["provider"], &error["status"], &error["code"], &error["request_id"]];
        assert_eq!(seen, [&json!("wix"), &json!(428), &json!("SLOT_NOT_AVAILABLE"), &json!("17")], "{what}");
    }
    let heads = [
        "HTTP/1.1 503 x\r\nRetry-After: 30\r\n\r\n",
        "HTTP/2 503\nretry-after: 30\n",
        "HTTP/2 503\nretry-after: 30",
    ];
    for head in heads {
        let error = decode(&["--provider", "wix", "--format", "json"], head).json();
        assert_eq!((&error["status"], &error["retry_after"]), (&json!(503), &json!(30)), "{head:?}");
    }
    let error = decode(&["--provider", "wix", "--format", "json"], "HTTP/2 099\nretry-after: 30").json();
    assert_eq!((&error["status"], &error["retry_after"]), (&json!(99), &json!(30)));
    let error = decode(&["--provider", "wix", "--format", "json"], "HTTP/2 404").json();
    assert_eq!((&error["status"], &error["kind"]), (&json!(404), &json!("not_found")));
}

#[test]
fn joins_a_header_that_goes_on_in_the_next_line() {
    let head = "HTTP/1.1 503 x\r\nDate: Wed, 21 Oct 2015\r\n 07:28:00 GMT\r\n\
                Retry-After: Wed, 21 Oct 2015\r\n\t07:28:20 GMT\r\nX-Request-Id: 7a\r\n 63\r\n\r\n";
    let error = decode(&["--provider", "guesty", "--format", "json"], head).json();
    assert_eq!((&error["retry_after"], &error["request_id"]), (&json!(20), &json!("7a 63")));
}

#[test]
fn takes_a_body_that_begins_like_a_status_line_for_a_body() {
    let input = "HTTP/1.1 502 Bad Gateway\r\n\r\nHTTP/2 stream was not closed cleanly";
    let error = decode(&["--provider", "wix", "--format", "json"], input).json();
    assert_eq!(error["status"], 502);
    assert_eq!(error["message"], "HTTP/2 stream was not closed cleanly");

    let arguments = ["--provider", "wix", "--status", "500", "--format", "json"];
    let error = decode(&arguments, "HTTP/2 stream was not closed cleanly").json();
    assert_eq!((&error["status"], &error["kind"]), (&json!(500), &json!("provider_fault")));
}

#[test]
fn takes_a_body_that_begins_with_a_whole_head_for_a_body() {
    let inner = "HTTP/1.1 404 Not Found\r\nx-wix-request-id: inner\r\n\r\n{\"message\":\"inner\"}";
    let decoded = |head: &str| {
        let input = format!("{head}\r\nx-wix-request-id: outer\r\n\r\n{inner}");
        let answer = decode(&["--provider", "wix", "--format", "json"], input);
        serde_json::from_str::<Value>(&answer.stdout).unwrap()
    };
    let replaced = [
        "HTTP/1.1 100 Continue",
        "HTTP/2 103",
        "HTTP/1.1 301 Moved Permanently",
        "HTTP/2 307",
        "HTTP/1.1 401 Unauthorized",
        "HTTP/1.1 407 Proxy Authentication Required",
        "HTTP/1.1 200 Connection established",
        "HTTP/1.0 200 Connection Established",
        "HTTP/1.1 200 Tunnel established",
    ];
    for head in replaced {
        let error = decoded(head);
        let seen = (&error["status"], &error["request_id"], &error["message"]);
        assert_eq!(seen, (&json!(404), &json!("inner"), &json!("inner")), "{head}");
    }
    for status in [400, 402, 403, 404, 408, 409, 429, 500, 502, 503, 599, 600, 99] {
        let error = decoded(&format!("HTTP/1.1 {status:03} x"));
        assert_eq!((&error["status"], &error["request_id"]), (&json!(status), &json!("outer")), "{status}");
    }
    // whatever a success with such a body is, it is not the inner response
    for head in ["HTTP/1.1 200 OK", "HTTP/2 200", "HTTP/1.1 201 Connection established", "HTTP/1.1 204 x"] {
        let error = decoded(head);
        assert!(error["request_id"] != "inner" && error["status"] != 404, "{head}: {error}");
    }
}

#[test]
fn takes_the_status_of_the_argument_rather_than_that_of_the_head() {
    let input = "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 500\r\nx-wix-request-id: 17\r\n\r\n{\"message\":\"m\"}";
    let error = decode(&["--status", "404", "--format", "json"], input).json();
    let seen = [&error["status"], &error["kind"], &error["request_id"], &error["message"]];
    assert_eq!(seen, [&json!(404), &json!("not_found"), &json!("17"), &json!("m")]);
}

#[test]
fn reads_bytes_that_are_no_utf8() {
    let body = b"{\"message\":\"caf\xe9\",\"details\":{\"applicationError\":{\"code\":\"A\xff\"}}}";
    let head = b"HTTP/1.1 400 caf\xe9\r\nX-Wix-Request-Id: \xe9\r\n\r\n";
    let whole = decode(&["--format", "json"], [&head[..], body].concat()).json();
    let bare = decode(&["--format", "json", "--status", "400"], body).json();
    for error in [&whole, &bare] {
        assert_eq!((&error["message"], &error["code"]), (&json!("caf\u{fffd}"), &json!("A\u{fffd}")));
    }
    assert!(decode(&[], [&head[..], body].concat()).stdout.contains("caf\u{fffd}"));
}

#[test]
fn reads_a_bare_body_with_a_status() {
    let shapes = [("wix", 428, WIX), ("fluentbooking", 422, FLUENTBOOKING), ("guesty", 400, GUESTY)];
    for (provider, status, body) in shapes {
        let status = status.to_string();
        for arguments in [&["--status", &status][..], &["--status", &status, "--provider", provider]] {
            let error = decode(&[arguments, &["--format", "json"]].concat(), body).json();
            assert_eq!(error["provider"], provider);
            assert_eq!(error["status"].to_string(), status);
        }
    }
}

#[test]
fn reads_a_file_and_the_standard_input_alike() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "a response.txt", format!("HTTP/2 428\n\n{WIX}"));
    let from_file = decode(&["--format", "json", &file], "");
    let from_dash = decode(&["--format", "json", "-"], fs::read(&file).unwrap());
    let from_input = decode(&["--format", "json"], fs::read(&file).unwrap());
    assert_eq!(from_file.json()["code"], "SLOT_NOT_AVAILABLE");
    assert_eq!((&from_file.stdout, &from_file.stdout), (&from_dash.stdout, &from_input.stdout));
}

#[test]
fn adds_headers_from_arguments() {
    let date = ["Date: Wed, 21 Oct 2015 07:28:00 GMT", "Retry-After: Wed, 21 Oct 2015 07:28:20 GMT"];
    let table: &[(&[&str], &str, Value)] = &[
        (&["Retry-After: 30"], "retry_after", json!(30)),
        (&["RETRY-AFTER:30"], "retry_after", json!(30)),
        (&["retry-after: 30", "retry-after: 40"], "retry_after", json!(30)),
        (&date, "retry_after", json!(20)),
        (&["x-wix-request-id: a:b"], "request_id", json!("a:b")),
        (&["x-wix-request-id: "], "request_id", Value::Null),
    ];
    for (headers, member, expected) in table {
        let mut arguments = vec!["--provider", "wix", "--format", "json"];
        arguments.extend(headers.iter().flat_map(|header| ["--header", *header]));
        let bare = decode(&[&arguments[..], &["--status", "429"]].concat(), "").json();
        let whole = decode(&arguments, "HTTP/2 429\nserver: x\n\n").json();
        assert_eq!((&bare[member], &whole[member]), (expected, expected), "{headers:?}");
    }
    let told =
        decode(&["--status", "500", "--header", "X-Wix-Request-Id: 17", "--format", "json"], "").json();
    assert_eq!(told["provider"], "wix");
}

#[test]
fn asks_for_the_provider_that_it_cannot_tell() {
    let untold =
        ["{\"message\":\"no\"}", "", "<html><title>502</title></html>", "not found", "{\"error\":\"x\"}"];
    for body in untold {
        let answer = decode(&["--status", "502"], body);
        assert_eq!((answer.status, &*answer.stdout), (Some(2), ""), "{body}");
        for word in providers().chain(["--provider"]) {
            assert!(answer.stderr.contains(word), "{}", answer.stderr);
        }
    }
    let other = decode(&["--status", "400", "--provider", "wix", "--format", "json"], GUESTY).json();
    assert_eq!(other["provider"], "wix", "the argument counts more than the shape");
}

#[test]
fn says_with_its_exit_status_if_other_arguments_would_help() {
    let table: [(&str, &[&str], i32); 6] = [
        ("504 Gateway Time-out", &[], 2),
        ("HTTP/1.1 abc\n\n", &[], 2),
        ("HTTP/1.1 500 x\n\n", &[], 2),
        ("", &[], 1),
        ("\u{feff} \n", &[], 1),
        ("", &["missing.txt"], 1),
    ];
    for (input, arguments, status) in table {
        let answer = decode(arguments, input);
        assert_eq!((answer.status, &*answer.stdout), (Some(status), ""), "{input:?}: {}", answer.stderr);
    }
}

#[test]
fn reads_a_response_up_to_a_bound() {
    const LONGEST: usize = 64 * 1024 * 1024;
    let head = "HTTP/2 404\n\n";
    let input = |length: usize| format!("{head}{}", " ".repeat(length - head.len()));
    let arguments = ["--provider", "wix", "--format", "json"];
    assert_eq!(decode(&arguments, input(LONGEST)).json()["status"], 404);
    assert_is_too_long(&decode(&arguments, input(LONGEST + 1)), "standard input");
}

#[cfg(target_os = "linux")]
#[test]
fn ends_if_the_input_does_not() {
    for arguments in [&["/dev/zero"][..], &["--status", "500", "--provider", "wix", "/dev/zero"]] {
        assert_is_too_long(&decode(arguments, ""), "/dev/zero");
    }
    let zeros = fs::File::open("/dev/zero").unwrap();
    let output = Process::new(&*BINARY).arg("decode").stdin(zeros).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_is_too_long(
        &Answer { status: output.status.code(), stdout: String::new(), stderr },
        "standard input",
    );
}

fn assert_is_too_long(answer: &Answer, file: &str) {
    assert_eq!((answer.status, &*answer.stdout), (Some(1), ""));
    for part in [file, "64 MiB", "--batch"] {
        assert!(answer.stderr.contains(part), "{}", answer.stderr);
    }
    assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
}

#[test]
fn names_the_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = [
        write(&folder, "empty.txt", ""),
        write(&folder, "blank.txt", " \r\n\n"),
        write(&folder, "text.txt", "504 Gateway Time-out"),
        write(&folder, "garbage.txt", "HTTP/ garbage"),
        write(&folder, "no-status.txt", "HTTP/1.1 abc\n\n"),
        write(&folder, "zero.txt", "\0\0\0"),
        folder.path().join("missing.txt").to_str().unwrap().to_owned(),
        folder.path().to_str().unwrap().to_owned(),
    ];
    for file in &inputs {
        let answer = decode(&[file], "");
        assert!(matches!(answer.status, Some(1 | 2)), "{file}: {:?}", answer.status);
        assert!(answer.stderr.contains(file) && answer.stdout.is_empty(), "{file}: {}", answer.stderr);
    }
    for file in &inputs[6..] {
        let answer = decode(&["--batch", file], "");
        assert_eq!(answer.status, Some(1));
        assert!(answer.stderr.contains(file), "{}", answer.stderr);
    }
    assert!(matches!(decode(&[], "").status, Some(1 | 2)), "an empty standard input");
}

#[test]
fn reads_huge_heads() {
    let input = format!(
        "{}HTTP/2 428\nx-wix-request-id: 17\n\n{WIX}",
        "HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000)
    );
    assert_eq!(decode(&["--format", "json"], input).json()["request_id"], "17");
    let input = format!("HTTP/2 428\n{}x-wix-request-id: 17\n\n{WIX}", "x-header: value\n".repeat(100_000));
    assert_eq!(decode(&["--format", "json"], input).json()["request_id"], "17");
}
