//! What `decode` reads: what tools print, files that they export, lines of logs.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use crate::*;

fn fixture(name: &str) -> String {
    format!("{}/fixtures/inputs/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The rows of an input that may hold several responses.
fn rows(arguments: &[&str], input: impl AsRef<[u8]>) -> Vec<Value> {
    let answer = decode(&[arguments, &["--format", "json"]].concat(), input);
    assert_eq!(answer.status, Some(0), "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).unwrap()
}

/// The code or kind, effect and request id of each error.
fn seen(rows: &[Value], place: &str) -> Vec<String> {
    let show = |row: &Value| {
        let error = &row["error"];
        let what = error["code"].as_str().or(error["kind"].as_str()).unwrap_or("-");
        format!("{} {what} {}", row[place], error["effect"].as_str().unwrap_or("-"))
    };
    rows.iter().map(show).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn reads_what_tools_print_and_says_as_what() {
    for (file, kind, word) in [
        ("curl-verbose.txt", "curl-verbose", "curl -v"),
        ("httpie.txt", "httpie", "HTTPie"),
        ("powershell-7.txt", "powershell", "PowerShell"),
    ] {
        let file = fixture(file);
        let error = decode(&["--format", "json", &file], "").json();
        assert_eq!((&error["status"], &error["code"]), (&json!(428), &json!("SLOT_NOT_AVAILABLE")), "{file}");
        assert!(error["request_id"].is_string(), "{file}: {error}");
        let text = decode(&[&file], "").stdout;
        assert!(text.starts_with("read as ") && text.lines().next().unwrap().contains(word), "{text}");
        assert_eq!(decode(&["--input", kind, &file], "").stdout, text);
    }
    let measured = "HTTP/2 200\nx-wix-request-id: 17\n\n{}\n\nElapsed time: 0.004834683s\n";
    assert_eq!(decode(&[], measured).stdout.trim(), "no error in this response");
    let plain = decode(&[], format!("HTTP/2 428\n\n{WIX}")).stdout;
    assert!(plain.starts_with("wix: "), "{plain}");
}

#[test]
fn reads_the_output_of_curl_in_any_order() {
    let head = "< HTTP/1.1 504 Gateway Time-out\r\n< x-wix-request-id: 17\r\n< \r\n";
    let body = "{\"message\":\"too slow\"}";
    let meter = "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";
    let transcripts = [
        format!("> POST /bookings HTTP/1.1\r\n> \r\n{head}{body}"),
        format!(
            "* Trying\n> POST /bookings HTTP/2\n> Host: a\n>\n{head}{{ [22 bytes data]\n{body}* Connection #0 to host a left intact"
        ),
        format!(
            "% Total\n Dload\n\r{meter}\r{meter}* Trying\n> POST /a HTTP/1.1\n>\n{head}\r{meter}{body}\n* Closing connection 0\n"
        ),
        format!("{body}\n* Trying\n> POST /a HTTP/1.1\n>\n{head}* Connection #0 to host a left intact\n"),
        format!("> POST /a HTTP/1.1\n>\n< HTTP/1.1 100 Continue\n< \n{head}\n{body}"),
        format!("> POST /a HTTP/1.1\n>\n< HTTP/1.1 303 See Other\n< \n> GET /b HTTP/1.1\n>\n{head}{body}"),
        format!("> POST /a HTTP/1.1\n>\n{head}HTTP/1.1 504 Gateway Time-out\nx-wix-request-id: 17\n\n{body}"),
    ];
    for transcript in transcripts {
        let error = decode(&["--format", "json"], &transcript).json();
        let seen = [&error["status"], &error["message"], &error["request_id"], &error["effect"]];
        assert_eq!(seen, [&json!(504), &json!("too slow"), &json!("17"), &json!("unknown")], "{transcript}");
    }
    let to_guesty =
        "> POST /api/reservations HTTP/1.1\n> Host: booking.guesty.com\n>\n< HTTP/1.1 504 x\n< \n<html>";
    assert_eq!(decode(&["--format", "json"], to_guesty).json()["provider"], "guesty", "by the URL");
    let read = format!("> GET /bookings HTTP/1.1\n>\n{head}{body}");
    let answer = decode(&[], read).stdout;
    assert!(answer.contains("GET") && answer.contains("not_applied"), "{answer}");
}

#[test]
fn never_takes_a_body_that_is_not_there_for_that_of_a_success() {
    let request = "> POST /bookings HTTP/1.1\n>\n";
    let cut = "StatusCode        : 200\nContent           : {\"booking\":{\"id\":\"17\"}}...\n";
    let hidden = format!(
        "POST / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n\n+-+\n| {} |\n+-+\n",
        "NOTE: binary data not shown in terminal"
    );
    let inputs = [
        "HTTP/1.1 200 OK\nContent-Length: 27\n\n".to_owned(),
        "HTTP/1.1 404 Not Found\nContent-Length: 27\n\n".to_owned(),
        format!("{request}< HTTP/1.1 200 OK\n< Content-Length: 27\n< \n"),
        format!("{request}< HTTP/2 200\n< \n{{ [27 bytes data]\n"),
        format!(
            "{request}< HTTP/2 200\n< \n{{\"booking\":{{}}}}\n* transfer closed with 9 bytes remaining to read\n"
        ),
        format!(
            "{request}* Operation timed out after 30001 milliseconds with 0 bytes received\ncurl: (28) Operation timed out"
        ),
        format!("{request}< HTTP/1.1 200 OK\n< \n{{}}\n> POST /b HTTP/1.1\n>\n* Recv failure\n"),
        "POST / HTTP/1.1\n\n\nhttp: error: Request timed out (30.0s).\n".to_owned(),
        hidden,
        cut.to_owned(),
    ];
    for input in inputs {
        let answer = decode(&["--provider", "wix", "--format", "json"], &input);
        let error: Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(
            (&error["effect"], &error["retry"]),
            (&json!("unknown"), &json!("check_first")),
            "{input}"
        );
    }
    let asked = decode(&["--provider", "wix"], "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    assert_eq!(asked.stdout.trim(), "no error in this response");
}

#[test]
fn reads_the_errors_of_powershell() {
    let (start, end) = WIX.split_at(40);
    let id = "    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand";
    let errors = [
        format!(
            "Invoke-RestMethod : {start}\n{end}\nAt line:1 char:1\n+ Invoke-RestMethod -Method Post\n{id}\n"
        ),
        format!("irm : {WIX}\r\nAt C:\\book.ps1:3 char:5\r\n+ irm\r\n{id}\r\n"),
        format!("Invoke-RestMethod: {WIX}"),
        format!("Invoke-RestMethod: \nLine |\n   1 |  Invoke-RestMethod a\n     |  ~~~~\n     | {WIX}\n"),
    ];
    for error in errors {
        let text = decode(&[], &error).stdout;
        assert!(
            text.contains("SLOT_NOT_AVAILABLE") && text.contains("the status is missing"),
            "{error}: {text}"
        );
    }
    let refused = format!(
        "iwr : The remote server returned an error: (504) Gateway Timeout.\nAt line:1 char:1\n+ iwr\n{id}\n"
    );
    let answer = decode(&["--provider", "wix"], refused).stdout;
    assert!(answer.contains("(504)") && answer.contains("does not show the body"), "{answer}");
}

#[test]
fn reads_each_failed_entry_of_a_har_file() {
    let file = fixture("chromium.har");
    let failed = [
        "3 SLOT_NOT_AVAILABLE not_applied",
        "4 unavailable unknown",
        "5 rate_limited not_applied",
        "6 unavailable not_applied",
        "7 unavailable unknown",
    ];
    let answer = decode(&["--format", "json", &file], "");
    let rows: Vec<Value> = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(seen(&rows, "entry"), failed);
    assert_eq!(rows[0]["url"], "https://www.wixapis.com/bookings/v2/bookings", "without what may be secret");
    assert!(answer.stderr.contains("1 other entry failed"), "{}", answer.stderr);
    let text = decode(&[&file], "").stdout;
    assert!(text.contains("entry 4: POST https://www.wixapis.com") && !text.contains("secret"), "{text}");
    let all = decode(&["--provider", "guesty", "--format", "json", &file], "").json();
    assert_eq!(
        (all[0]["error"]["provider"].as_str(), all[5]["error"]["provider"].as_str()),
        (Some("wix"), Some("guesty"))
    );
}

#[test]
fn tells_the_provider_of_an_entry_by_its_url() {
    let table = [
        ("https://www.wixapis.com/bookings/v2/bookings?a", "", "wix"),
        ("https://WWW.WIXAPIS.COM:443/x", "", "wix"),
        ("https://booking.guesty.com/api/reservations", "", "guesty"),
        ("https://booking-api.guesty.com/api/reservations#a", "", "guesty"),
        ("https://shop.example/wp-json/fluent-booking/v2/schedules", "", "fluentbooking"),
        ("https://shop.example/?rest_route=%2Ffluent-booking%2Fv2%2Fschedules", "", "fluentbooking"),
        (
            "https://shop.example/wp-admin/admin-ajax.php",
            "a=b&action=fluent_cal_schedule_meeting",
            "fluentbooking",
        ),
        ("https://shop.example/wp-admin/admin-ajax.php?action=fcal_cancel_meeting", "", "fluentbooking"),
        (
            "https://shop.example/wp-admin/admin-ajax.php",
            "--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nfluent_cal_x\r\n--x--",
            "fluentbooking",
        ),
        ("https://shop.example/wp-admin/admin-ajax.php", "action=heartbeat", ""),
        ("https://shop.example/?u=https://www.wixapis.com/", "", ""),
        ("https://www.wixapis.com.evil.example/", "", ""),
        ("https://www.wixapis.com@evil.example/", "", ""),
    ];
    for (url, form, provider) in table {
        let entry = json!({"request": {"method": "POST", "url": url, "postData": {"text": form}},
            "response": {"status": 502, "headers": [], "content": {"size": 0}}});
        let har = json!({"log": {"entries": [entry]}}).to_string();
        let answer = decode(&["--format", "json"], &har);
        let rows: Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(rows[0]["error"]["provider"].as_str().unwrap_or_default(), provider, "{url}");
        assert_eq!(answer.stderr.contains("--provider"), provider.is_empty(), "{}", answer.stderr);
    }
}

#[test]
fn sees_errors_in_answers_of_a_har_file_that_report_success() {
    let entry = |status: i32, content: Value| {
        json!({"request": {"method": "POST", "url": "https://shop.example/wp-json/fluent-booking/v2/schedules"},
            "response": {"status": status, "headers": [], "content": content}})
    };
    let base64 = "eyJzdWNjZXNzIjpmYWxzZSwiZGF0YSI6eyJtZXNzYWdlIjoibm8ifX0=";
    let entries = [
        entry(200, json!({"text": "{\"booking\":{\"id\":1}}"})),
        entry(200, json!({"text": "{\"success\":false,\"data\":{\"message\":\"no\"}}"})),
        entry(200, json!({"text": base64, "encoding": "base64"})),
        entry(200, json!({"size": 300})),
        entry(0, json!({})),
    ];
    let har = json!({"log": {"entries": entries}}).to_string();
    let rows = rows(&[], &har);
    let places: Vec<_> = rows.iter().map(|row| row["entry"].as_u64().unwrap()).collect();
    assert_eq!(places, [2, 3, 4, 5]);
    assert_eq!(
        (&rows[1]["error"]["message"], &rows[2]["error"]["effect"]),
        (&json!("no"), &json!("unknown"))
    );
    assert_eq!((&rows[3]["error"]["status"], &rows[3]["error"]["effect"]), (&json!(0), &json!("unknown")));

    let cut = decode(&["--format", "json"], &har[..har.len() - 40]);
    assert!(cut.status == Some(1) && cut.stderr.contains("broken"), "{}", cut.stderr);
    let none = json!({"log": {"entries": [entries[0]]}}).to_string();
    assert!(decode(&[], &none).stdout.contains("no failed call"));
    assert_eq!(decode(&["--format", "json"], none).json(), json!([]));
}

#[test]
fn reads_the_saved_responses_of_postman() {
    let file = fixture("postman.json");
    let answer = decode(&["--format", "json", &file], "");
    let rows: Vec<Value> = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(seen(&rows, "entry"), ["1 SLOT_NOT_AVAILABLE not_applied", "3 unavailable not_applied"]);
    assert_eq!(rows[0]["name"], "Bookings / Create / Slot taken");
    let collection: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let alone = collection["item"][0]["item"][0]["response"][0].to_string();
    assert_eq!(decode(&["--format", "json"], alone).json()[0]["error"], rows[0]["error"]);
}

#[test]
fn reads_the_lines_of_a_log_that_hold_a_response() {
    let rows = rows(&[&fixture("service.log")], "");
    let expected = [
        "2 SLOT_NOT_AVAILABLE not_applied",
        "3 unavailable unknown",
        "4 SLOT_NOT_AVAILABLE not_applied",
        "6 SLOT_NOT_AVAILABLE not_applied",
        "7 unavailable not_applied",
        "8 SLOT_NOT_AVAILABLE not_applied",
        "16 SLOT_NOT_AVAILABLE not_applied",
    ];
    assert_eq!(seen(&rows, "line"), expected);
    assert_eq!(rows[0]["error"]["status"], 428);
    let notes = rows[0]["notes"].to_string();
    assert!(notes.contains("428") && notes.contains("POST"), "where the facts come from: {notes}");
}

#[test]
fn reads_the_lines_that_a_collector_of_logs_wrapped() {
    let line = "ERROR wix POST /b status=504 body={\"message\":\"no\"}\n";
    let records = [
        json!({"log": line, "stream": "stderr", "time": "2026-11-30T07:00:00Z"}),
        json!({"MESSAGE": line, "_PID": "404", "PRIORITY": "3"}),
        json!({"textPayload": line, "severity": "ERROR"}),
        json!({"timestamp": 1, "message": "wix HTTP 504: {\"message\":\"no\"}"}),
        json!({"log": json!({"level": 50, "provider": "wix", "status": 504, "body": "{\"message\":\"no\"}"}).to_string(), "stream": "stderr"}),
    ];
    let lines = records.iter().map(|record| format!("{record}\n")).collect::<String>();
    let rows = rows(&[], &lines);
    assert_eq!(rows.len(), records.len());
    for row in rows {
        let error = &row["error"];
        assert_eq!((&error["status"], &error["effect"]), (&json!(504), &json!("unknown")), "{row}");
    }
    let body = json!({"message": "wix HTTP 504: {\"message\":\"no\"}"}).to_string();
    assert!(decode(&["--provider", "guesty"], body).stdout.starts_with("read as a body"));
}

#[test]
fn takes_from_a_log_only_what_is_said_without_doubt() {
    let body = "{\"message\":\"no\"}";
    let table = [
        (format!("wix POST /a status=504 body={body}"), 504, "unknown"),
        (format!("HTTP status code: 404 provider=wix response: {body}"), 404, "not_applied"),
        (format!("provider=wix method=GET status=504 body={body}"), 504, "not_applied"),
        // two statuses, so none
        (format!("wix POST /a status=502 upstream_status=404 body={body}"), 0, "unknown"),
        // the call to the service that wrote the log
        (format!("wix GET /checkout status=504 body={body}"), 504, "unknown"),
        (json!({"method": "GET", "status": 404, "upstream": {"provider": "wix", "status": 504, "body": body}}).to_string(), 504, "unknown"),
        (json!({"status": 404, "provider": "wix", "error": {"cause": {"response_body": body, "status": 503}}}).to_string(), 503, "unknown"),
        (json!({"provider": "wix", "request": {"body": {"message": "sent"}}, "response": {"status": 504, "body": body}}).to_string(), 504, "unknown"),
        (format!("wix request={{\"message\":\"sent\"}} status=504 response={body}"), 504, "unknown"),
    ];
    for (line, status, effect) in table {
        let rows = rows(&[], &line);
        let error = &rows[0]["error"];
        let seen = (&error["status"], &error["effect"], &error["message"]);
        assert_eq!(seen, (&json!(status), &json!(effect), &json!("no")), "{line}");
    }
}

#[test]
fn asks_for_the_provider_of_responses_that_show_none() {
    let lines = "status=504 body={\"message\":\"no\"}\nstatus=404 body={\"message\":\"no\"}\n";
    let text = decode(&[], lines);
    assert_eq!(text.status, Some(1));
    assert!(text.stdout.contains("--provider") && !text.stdout.contains("no failed call"), "{}", text.stdout);
    let answer = decode(&["--format", "json"], lines);
    let unknown: Vec<Value> = serde_json::from_str(&answer.stdout).unwrap();
    assert!(answer.status == Some(1) && answer.stderr.contains("line 2"), "{}", answer.stderr);
    assert!(
        unknown.iter().all(|row| row["problem"].is_string() && row.get("error").is_none()),
        "{unknown:?}"
    );
    let alone = decode(&[], lines.lines().next().unwrap());
    assert_eq!((alone.status, &*alone.stdout), (Some(2), ""));
    let known = rows(&["--provider", "guesty"], lines);
    assert_eq!(seen(&known, "line"), ["1 unavailable unknown", "2 not_found not_applied"]);
}

#[test]
fn decodes_a_body_without_a_status_on_the_careful_side() {
    let known = decode(&["--format", "json"], WIX);
    let error: Value = serde_json::from_str(&known.stdout).unwrap();
    assert_eq!((&error["code"], &error["effect"]), (&json!("SLOT_NOT_AVAILABLE"), &json!("not_applied")));
    assert!(
        known.stderr.contains("status is missing") && known.stderr.contains("--status N"),
        "{}",
        known.stderr
    );

    // with one status these say that nothing happened, with another that it did
    for body in
        ["{\"booking\":{\"id\":\"17\"}}", "{\"message\":\"no\"}", "<html>502</html>", "[]", "{}", "{\"mess"]
    {
        for provider in providers() {
            let arguments = ["--provider", provider, "--format", "json"];
            let answer = decode(&arguments, body);
            let error: Value = serde_json::from_str(&answer.stdout).unwrap();
            assert_eq!(
                (&error["effect"], &error["retry"]),
                (&json!("unknown"), &json!("check_first")),
                "{provider} {body}"
            );
            assert!(answer.stderr.contains("200") && answer.stderr.contains("504"), "{}", answer.stderr);
        }
    }
    let own = json!({"body": {"code": "validation_failed", "message": "m", "data": {"status": 422}}, "status": 422, "headers": []});
    let answer = decode(&["--format", "json"], own.to_string());
    let error: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(error["status"], 422, "the body says so itself: {}", answer.stdout);
}

#[test]
fn never_says_that_nothing_happened_where_a_status_would_say_otherwise() {
    for provider in booking_errors::providers() {
        for sample in provider.samples() {
            let response = sample.response();
            let answer = decode(
                &["--provider", provider.name(), "--input", "body", "--format", "json"],
                response.body(),
            );
            let Ok(bare) = serde_json::from_str::<Value>(&answer.stdout) else {
                assert!(response.body().trim_ascii().is_empty(), "{}", sample.name);
                continue;
            };
            let error = provider.decode(&response);
            let is_claim = bare["effect"] != "unknown";
            assert!(
                !is_claim || bare["effect"] == error.effect().as_str(),
                "{} {}: {bare}",
                provider.name(),
                sample.name
            );
        }
    }
}

#[test]
fn decompresses_a_body_and_says_that_the_client_must() {
    let body = WIX.as_bytes();
    let br = "G0sAACwO7FgOONLBoBpD9FAoRZz2aqot+6iYikWnnr484KKfEGXMC3cccriAL1iUR1thvEtxSwQdxZU86EjcAA==";
    let zstd = "KLUv/SBMYQIAeyJtZXNzYWdlIjoibSIsImRldGFpbHMiOnsiYXBwbGljYXRpb25FcnJvciI6eyJjb2RlIjoiU0xPVF9OT1RfQVZBSUxBQkxFIn19fQ==";
    let har = |text: &str| {
        let content = json!({"text": text, "encoding": "base64"});
        let headers = |coding: &str| json!([{"name": "content-encoding", "value": coding}]);
        let entry = |coding: &str| json!({"request": {"method": "POST", "url": "https://www.wixapis.com/"}, "response": {"status": 428, "headers": headers(coding), "content": content}});
        json!({"log": {"entries": [entry(if text == br { "br" } else { "zstd" })]}}).to_string()
    };
    for text in [br, zstd] {
        assert_eq!(seen(&rows(&[], har(text)), "entry"), ["1 SLOT_NOT_AVAILABLE not_applied"]);
    }
    let table = [
        ("gzip", gzip(body)),
        ("deflate", zlib(body)),
        ("deflate", deflate(body)),
        ("deflate, gzip", gzip(&deflate(body))),
        ("identity", gzip(body)),
    ];
    for (coding, bytes) in table {
        let head = format!("HTTP/1.1 428 x\r\ncontent-encoding: {coding}\r\n\r\n");
        let answer = decode(&[], [head.as_bytes(), &bytes].concat()).stdout;
        assert!(answer.contains("SLOT_NOT_AVAILABLE") && answer.contains("decompress"), "{coding}: {answer}");
    }
    let undone = format!("HTTP/1.1 428 x\r\ncontent-encoding: gzip\r\n\r\n{WIX}");
    assert!(decode(&[], undone).stdout.starts_with("wix: SLOT"), "the tool has decompressed it");
    assert!(decode(&[], gzip(body)).stdout.contains("SLOT_NOT_AVAILABLE"), "by its bytes");
    let file = fs::read(fixture("chromium.har")).unwrap();
    assert_eq!(rows(&[], gzip(&file)).len(), 5, "a file that is compressed as a whole");
}

#[test]
fn takes_no_damaged_compressed_body_for_a_success() {
    let body = gzip(b"{\"booking\":{\"id\":\"17\",\"status\":\"CONFIRMED\"}}");
    for end in 2..body.len() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n";
        let answer = decode(&["--provider", "wix"], [&head[..], &body[..end]].concat()).stdout;
        assert!(answer.contains("effect      unknown"), "{end} bytes: {answer}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn keeps_the_memory_bounded_whatever_unfolds() {
    let bomb = gzip(&vec![b'x'; 256 << 20]);
    let head = b"HTTP/1.1 500 x\r\ncontent-encoding: gzip\r\n\r\n";
    let answer = decode(&["--provider", "wix"], [head.as_slice(), &bomb].concat());
    assert!(answer.stdout.contains("longer than 64 MiB"), "{}", answer.stdout);
}

#[test]
fn reads_utf_16_as_powershell_writes_it() {
    let text = format!(
        "HTTP/1.1 428 x\r\nx-wix-request-id: 17\r\n\r\n{}",
        WIX.replace("slot", "sl\u{f6}t \u{1f600}")
    );
    let marked = format!("\u{feff}{text}");
    let inputs = [
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        format!("\u{feff}{text}").into_bytes(),
    ];
    for input in inputs {
        let error = decode(&["--format", "json"], input).json();
        assert_eq!((&error["code"], &error["request_id"]), (&json!("SLOT_NOT_AVAILABLE"), &json!("17")));
        assert!(
            text.contains('\u{f6}') && error["message"].as_str().unwrap().contains("sl\u{f6}t \u{1f600}")
        );
    }
    let ascii = format!("HTTP/1.1 428 x\r\n\r\n{WIX}");
    let text = decode(&[], utf16(&ascii, u16::to_le_bytes)).stdout;
    assert!(text.contains("UTF-16") && text.contains("SLOT_NOT_AVAILABLE"), "{text}");
    let cut = decode(&["--provider", "wix", &fixture("windows-powershell.txt")], "").stdout;
    assert!(cut.contains("UTF-16") && cut.contains("cut the body"), "{cut}");
}

#[test]
fn says_what_was_expected_of_an_input_that_does_not_fit() {
    let kinds = ["curl", "curl-verbose", "httpie", "powershell", "har", "postman", "log"];
    for kind in kinds {
        let answer = decode(&["--input", kind], "\n  Bad \u{1b}[31mGateway\nmore");
        assert_eq!((answer.status, &*answer.stdout), (Some(2), ""), "{kind}");
        assert!(answer.stderr.contains("Bad ") && answer.stderr.contains("--input"), "{}", answer.stderr);
        assert_is_harmless(&answer.stderr);
    }
    let answer = decode(&[], format!("Bad Gateway {}", "x".repeat(10_000)));
    assert_eq!(answer.status, Some(2));
    for part in ["Bad Gateway", "curl -i", "HAR", "Postman", "PowerShell", "log", "--status N", "--input"] {
        assert!(answer.stderr.contains(part), "{part}: {}", answer.stderr);
    }
    assert!(answer.stderr.len() < 1000);
    let forced = decode(&["--input", "body", "--provider", "wix"], "Bad Gateway");
    assert_eq!(forced.status, Some(0), "{}", forced.stderr);
    for option in [&["--status", "500"][..], &["--method", "GET"], &["--header", "a: b"]] {
        let file = fixture("chromium.har");
        let answer = decode(&[option, &[&*file]].concat(), "");
        assert_eq!((answer.status, answer.stderr.contains(option[0])), (Some(2), true), "{}", answer.stderr);
    }
}

#[test]
fn reads_several_files_and_goes_on_after_one_that_it_cannot_read() {
    let folder = tempfile::tempdir().unwrap();
    let first = write(&folder, "first.txt", format!("HTTP/2 428\n\n{WIX}"));
    let broken = write(&folder, "broken.txt", "Bad Gateway");
    let last = write(&folder, "last.txt", "HTTP/2 200\nx-wix-request-id: 17\n\n{}");
    let har = fixture("chromium.har");
    let files = [&*first, &broken, &har, &last];
    let text = decode(&files, "");
    assert_eq!(text.status, Some(1));
    assert!(text.stderr.contains("broken.txt"), "{}", text.stderr);
    for part in ["first.txt ==", "entry 7: POST", "last.txt ==\nno error in this response"] {
        assert!(text.stdout.contains(part), "{part}: {}", text.stdout);
    }
    let answer = decode(&[&["--format", "json"], &files[..]].concat(), "");
    let rows: Vec<Value> = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(rows.len(), 8);
    assert_eq!(rows[0]["error"]["code"], "SLOT_NOT_AVAILABLE");
    assert!(rows[1]["problem"].is_string() && rows[1].get("error").is_none(), "{}", rows[1]);
    assert_eq!((&rows[7]["read_as"], &rows[7]["error"]), (&json!("curl"), &Value::Null));
}

#[test]
fn shows_nothing_of_an_input_as_it_came() {
    let evil = format!("a{HOSTILE}b");
    let line = evil.replace(['\r', '\n'], " ");
    let entry = json!({"name": evil, "originalRequest": {"method": evil, "url": format!("https://www.wixapis.com/{evil}")}, "code": 428, "header": [], "body": WIX});
    let har_entry = json!({"request": {"method": evil, "url": format!("https://www.wixapis.com/{evil}")}, "response": {"status": 0, "_error": evil}});
    let inputs = [
        line.clone(),
        json!({"log": {"entries": [har_entry]}}).to_string(),
        entry.to_string(),
        format!("> POST /{line} HTTP/1.1\n> Host: {line}\n>\n* Recv failure: {line}\n"),
        format!("wix {line} POST /{line} status=428 body={WIX} {line}"),
        json!({"provider": "wix", "status": 428, "body": WIX, "method": evil, "url": evil}).to_string(),
    ];
    for input in inputs {
        for format in ["text", "json"] {
            let answer = decode(&["--provider", "wix", "--format", format], &input);
            assert_is_harmless(&answer.stdout);
            assert_is_harmless(&answer.stderr);
        }
    }
}
