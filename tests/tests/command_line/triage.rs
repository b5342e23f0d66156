//! Who has to act on the calls of a log, and that none that is in doubt gets lost.

mod bounds;
mod formats;

use booking_errors::{RawResponse, Triage};

use crate::samples::all_samples;
use crate::*;

fn triage(arguments: &[&str], input: impl AsRef<[u8]>) -> Answer {
    booking_errors(&[&["triage"], arguments].concat(), input)
}

fn report(arguments: &[&str], input: impl AsRef<[u8]>) -> Value {
    let answer = triage(&[&["--format", "json"], arguments].concat(), input);
    serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error} in {answer:?}"))
}

/// The number of errors of each group.
fn counts(report: &Value) -> BTreeMap<&str, u64> {
    let groups = report["groups"].as_array().unwrap();
    groups.iter().map(|group| (text(group, "group"), group["lines"].as_u64().unwrap())).collect()
}

fn group<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["groups"].as_array().unwrap().iter().find(|group| group["group"] == name).unwrap()
}

fn total(list: &Value, member: &str) -> u64 {
    list.as_array().unwrap().iter().map(|item| item[member].as_u64().unwrap()).sum()
}

/// A line for each sample, with the group that the library gives it.
fn sample_lines() -> Vec<(Triage, Value)> {
    let lines = all_samples().flat_map(|(provider, sample)| {
        ["POST", "GET"].map(|method| {
            let response = RawResponse::new(sample.status, sample.body.as_bytes())
                .headers(&sample.headers)
                .method(method);
            let headers: BTreeMap<_, _> = sample.headers.iter().cloned().collect();
            let line = json!({
                "provider": provider.name(), "status": sample.status, "headers": headers, "body": sample.body,
                "method": method,
            });
            (provider.check(&response).unwrap_err().triage(), line)
        })
    });
    lines.collect()
}

/// A log of some thousand calls: every sample as a write and as a read, successes and broken lines among them. Each line has
/// its number as its id, and a time.
struct Log {
    text: String,
    /// The group of each line, if it is an error.
    groups: Vec<Option<Triage>>,
    broken: usize,
}

impl Log {
    fn new() -> Self {
        let samples = sample_lines();
        let mut log = Self { text: String::new(), groups: Vec::new(), broken: 0 };
        for number in 0..5_000 {
            let time =
                format!("2026-11-30T{:02}:{:02}:{:02}Z", number / 3_600, number / 60 % 60, number % 60);
            let (group, mut line) = samples[number * 7 % samples.len()].clone();
            let mut group = Some(group);
            if number % 11 == 0 {
                group = None;
                line = json!({"provider": "wix", "status": 200, "body": "{}"});
            }
            line["id"] = json!(number);
            line["time"] = json!(time);
            let line = line.to_string();
            let is_broken = number % 997 == 3;
            if is_broken {
                group = None;
                log.broken += 1;
            }
            log.text += if is_broken { &line[..line.len() / 2] } else { &line };
            log.text += "\n";
            log.groups.push(group);
        }
        log
    }

    fn ids_of(&self, wanted: Triage) -> Vec<Value> {
        let ids = self.groups.iter().enumerate().filter(|(_, group)| **group == Some(wanted));
        ids.map(|(id, _)| json!(id)).collect()
    }
}

#[test]
fn groups_every_sample_as_the_library_does() {
    let samples = sample_lines();
    let input: Vec<_> = samples.iter().map(|(_, line)| line.to_string()).collect();
    let report = report(&[], input.join("\n"));
    for &wanted in Triage::ALL {
        let expected = samples.iter().filter(|(group, _)| *group == wanted).count() as u64;
        let group = group(&report, wanted.as_str());
        assert_eq!(group["lines"], expected, "{wanted}");
        assert_eq!(total(&group["codes"], "lines"), expected, "{wanted}");
        assert_eq!(total(&group["providers"], "lines"), expected, "{wanted}");
        assert_eq!(group["meaning"], wanted.meaning());
    }
    let names: Vec<_> = report["groups"].as_array().unwrap().iter().map(|it| text(it, "group")).collect();
    assert_eq!(
        names,
        Triage::ALL.iter().map(|group| group.as_str()).collect::<Vec<_>>(),
        "most urgent first"
    );
}

#[test]
fn finds_every_write_in_doubt_and_no_read() {
    let log = Log::new();
    let report = report(&[], &log.text);
    for &wanted in Triage::ALL {
        let listed = triage(&["--list", wanted.as_str()], &log.text).json_lines();
        let ids: Vec<_> = listed.iter().map(|call| call["id"].clone()).collect();
        assert_eq!(ids, log.ids_of(wanted), "{wanted}");
        assert_eq!(group(&report, wanted.as_str())["lines"], ids.len(), "{wanted}");
        let numbers: Vec<_> = listed.iter().map(|call| call["line"].as_u64().unwrap() - 1).collect();
        assert_eq!(json!(numbers), json!(ids), "the number of a line is its place");
    }
    let doubts = log.ids_of(Triage::LookUp);
    assert!(doubts.len() > 100);
    for call in triage(&["--list", "look_up"], &log.text).json_lines() {
        let line: Value =
            serde_json::from_str(log.text.lines().nth(call["line"].as_u64().unwrap() as usize - 1).unwrap())
                .unwrap();
        assert_eq!((&line["method"], &line["time"]), (&json!("POST"), &call["time"]), "{call}");
    }
    let broken = triage(&["--list", "unreadable"], &log.text);
    assert_eq!((broken.status, broken.json_lines().len()), (Some(1), log.broken));
    assert!(broken.json_lines().iter().all(|line| !text(line, "error").is_empty()));
    assert_eq!(report["unreadable"], log.broken);
    let parts = ["successes", "errors", "unreadable"].map(|part| report[part].as_u64().unwrap());
    assert_eq!((parts.iter().sum::<u64>(), report["lines"].as_u64()), (5_000, Some(5_000)));
}

#[test]
fn reports_the_same_from_the_answers_of_a_batch() {
    let log = Log::new();
    let mut expected = report(&[], &log.text);
    let answers = decode(&["--batch", "--keep", "id,time,method"], &log.text).stdout;
    assert_eq!(report(&[], &answers), expected);
    let names = decode(&["--batch", "--keep", "id,time,provider_name"], &log.text).stdout;
    assert_eq!(report(&[], names), expected);
    let responses = decode(&["--batch", "--keep", "id,time,method,headers,body"], &log.text).stdout;
    assert_eq!(report(&[], responses), expected);

    let folder = tempfile::tempdir().unwrap();
    let mixed = write(&folder, "mixed.jsonl", log.text.clone() + &answers);
    let both = report(&[], fs::read(mixed).unwrap());
    for (name, count) in counts(&expected) {
        assert_eq!(counts(&both)[name], 2 * count, "{name}");
    }

    // a batch that keeps nothing has no ids and no times
    let bare = report(&[], decode(&["--batch"], &log.text).stdout);
    assert_eq!(counts(&bare), counts(&expected));
    assert_eq!(bare["without_time"], bare["errors"]);
    for member in ["lines", "successes", "unreadable"] {
        assert_eq!(bare[member], expected[member].take());
    }
}

#[test]
fn tells_what_a_line_is_by_its_members() {
    let table = [
        (json!({"provider": "wix", "status": 504}), "look-up"),
        (json!({"provider": "wix", "status": 504, "method": "GET"}), "wait"),
        (
            json!({"provider": "wix", "status": 504, "body": "", "kind": "x", "effect": "not_applied"}),
            "look-up",
        ),
        (json!({"provider": "wix", "status": 504, "headers": {}, "effect": "not_applied"}), "look-up"),
        (json!({"provider": "wix", "status": 200, "body": {"id": 7}, "kind": "unknown"}), "success"),
        (json!({"provider": "acme", "status": 0, "kind": "unavailable"}), "look-up"),
        (json!({"provider": "acme", "status": 0, "kind": "unavailable", "effect": "done?"}), "look-up"),
        (json!({"provider": "acme", "status": 0, "kind": "unavailable", "effect": "partial"}), "partly-done"),
        (json!({"provider": "acme", "status": 0, "kind": "unavailable", "effect": "not_applied"}), "wait"),
        (json!({"provider": "acme", "status": 409, "kind": "conflict", "effect": "not_applied"}), "customer"),
        (json!({"provider": "acme", "status": 0, "effect": "unknown", "method": "get"}), "code"),
        (json!({"provider": "acme", "status": 0, "effect": "not_applied"}), "code"),
        (json!({"kind": "unavailable", "effect": "not_applied"}), "unreadable"),
        (json!({"provider": "nobody", "status": 504}), "unreadable"),
        (json!({"provider": "wix", "status": null, "error": "timeout"}), "unreadable"),
        (json!({"id": 17, "time": 0, "status": null}), "unreadable"),
        (json!({"id": 17, "time": 0, "error": "timeout"}), "unreadable"),
        (json!({"id": 17, "time": 0, "line": 3}), "unreadable"),
        (json!({"error": "`status` is missing", "line": 3}), "unreadable"),
        (json!({"id": 17, "error": "`status` is missing", "line": 3, "status": 504}), "unreadable"),
        (json!({"level": "info", "time": 0, "msg": "started"}), "unreadable"),
        (json!({"id": 17, "time": 0, "request_id": "a"}), "unreadable"),
        (json!({}), "unreadable"),
        (json!({"success": true}), "success"),
        (json!({"id": 17, "time": 0, "request_id": "a", "note": [1], "success": true}), "success"),
        (json!({"method": "POST", "headers": {"a": "b"}, "body": "{}", "success": true}), "success"),
        (json!({"success": false}), "unreadable"),
        (json!({"success": "true"}), "unreadable"),
        (json!({"success": true, "provider": "wix"}), "unreadable"),
        (json!({"success": true, "status": null}), "unreadable"),
        (json!({"success": true, "error": "timeout"}), "unreadable"),
        (json!({"success": true, "error": "timeout", "line": 3}), "unreadable"),
        (json!({"success": true, "provider": "wix", "status": 504}), "look-up"),
        (json!({"success": true, "provider": "wix", "status": 504, "body": ""}), "look-up"),
        (json!({"success": true, "provider": "wix", "status": 200, "body": {"id": 7}}), "success"),
        (json!({"success": true, "provider": "acme", "status": 0, "kind": "unavailable"}), "look-up"),
        (json!({"success": true, "kind": "unavailable"}), "unreadable"),
        (json!({"success": true, "effect": "unknown"}), "unreadable"),
        (Value::Null, "success"),
        (json!([]), "unreadable"),
        (json!("text"), "unreadable"),
    ];
    for (line, expected) in table {
        let report = report(&[], line.to_string());
        let mut found = counts(&report);
        found.insert("success", report["successes"].as_u64().unwrap());
        found.insert("unreadable", report["unreadable"].as_u64().unwrap());
        found.retain(|_, count| *count > 0);
        assert_eq!(found, BTreeMap::from([(expected, 1)]), "{line}");
    }
    for line in ["", " \t", "{", "nul", "{\"provider\":\"wix\",\"status\":504} x"] {
        assert_eq!(report(&[], format!("{line}\n"))["unreadable"], 1, "{line:?}");
    }
    assert_eq!(report(&[], "")["lines"], 0);
    assert_eq!(counts(&report(&["-p", "guesty"], r#"{"status":504}"#))["look-up"], 1);
}

/// Lines that are neither a response nor an answer, in all combinations of what could pass for one.
#[test]
fn counts_raw_lines_and_their_answers_alike() {
    let members = [
        r#""id":17"#,
        r#""status":200"#,
        r#""status":504"#,
        r#""status":null"#,
        r#""provider":"wix""#,
        r#""body":"{}""#,
        r#""headers":{}"#,
        r#""error":"timeout""#,
        r#""message":"x""#,
        r#""success":false"#,
    ];
    let mut lines: Vec<String> =
        ["", " ", "{", "[]", "7", "\"null\"", "null x", "\u{0}"].map(str::to_owned).to_vec();
    for bits in 0..1 << members.len() {
        let chosen = members.iter().enumerate().filter(|(index, _)| bits >> index & 1 == 1);
        lines.push(format!("{{{}}}", chosen.map(|(_, member)| *member).collect::<Vec<_>>().join(",")));
    }
    let input = lines.join("\n");
    let raw = report(&[], &input);
    for arguments in [&["--batch"][..], &["--batch", "--keep", "id"], &["--batch", "--keep", "headers,id"]] {
        let answers = report(&[], decode(arguments, &input).stdout);
        assert_eq!(counts(&answers), counts(&raw), "{arguments:?}");
        for member in ["lines", "successes", "unreadable"] {
            assert_eq!(answers[member], raw[member], "{arguments:?}");
        }
    }
}

#[test]
fn reads_times_in_every_usual_form() {
    let table = [
        (json!("2026-11-30T05:41:06Z"), "2026-11-30T05:41:06Z"),
        (json!("2026-11-30T05:41:06.123456789Z"), "2026-11-30T05:41:06.123456789Z"),
        (json!("2026-11-30T05:41:06+01:00"), "2026-11-30T04:41:06Z"),
        (json!("2026-11-30T05:41:06+0100"), "2026-11-30T04:41:06Z"),
        (json!("2026-11-30T05:41:06"), "2026-11-30T05:41:06Z"),
        (json!(" 2026-11-30 05:41:06 "), "2026-11-30T05:41:06Z"),
        (json!("2026-11-30 05:41:06,5"), "2026-11-30T05:41:06.5Z"),
        (json!("2026-11-30 05:41:06 +0100"), "2026-11-30T04:41:06Z"),
        (json!("2026-11-30 05:41:06.5 UTC"), "2026-11-30T05:41:06.5Z"),
        (json!("30/Nov/2026:05:41:06 -0100"), "2026-11-30T06:41:06Z"),
        (json!("Mon, 30 Nov 2026 05:41:06 GMT"), "2026-11-30T05:41:06Z"),
        (json!("Mon, 30 Nov 2026 05:41:06 +0100"), "2026-11-30T04:41:06Z"),
        (json!("Monday, 30-Nov-26 05:41:06 GMT"), "2026-11-30T05:41:06Z"),
        (json!("Mon Nov 30 05:41:06 2026"), "2026-11-30T05:41:06Z"),
        (json!("Mon Nov 30 05:41:06 UTC 2026"), "2026-11-30T05:41:06Z"),
        (json!("2026-11-30 06:41:06.5 +0100 UTC"), "2026-11-30T05:41:06.5Z"),
        (json!("2026/11/30 05:41:06"), "2026-11-30T05:41:06Z"),
        (json!("2026-11-30T05:41:06+01:00[Europe/Berlin]"), "2026-11-30T04:41:06Z"),
        (json!(1_796_017_266), "2026-11-30T05:41:06Z"),
        (json!(1_796_017_266.5), "2026-11-30T05:41:06.5Z"),
        (json!("1796017266"), "2026-11-30T05:41:06Z"),
        (json!(1_796_017_266_123_u64), "2026-11-30T05:41:06.123Z"),
        (json!(1_796_017_266_123_456_u64), "2026-11-30T05:41:06.123456Z"),
        (json!(1_796_017_266_123_456_789_u64), "2026-11-30T05:41:06.123456789Z"),
        (json!(1_796_017_266_123.5), "2026-11-30T05:41:06.1235Z"),
        (json!("20261130054106"), "2026-11-30T05:41:06Z"),
        (json!(0), "1970-01-01T00:00:00Z"),
        (json!(-1), "1969-12-31T23:59:59Z"),
    ];
    for (time, expected) in table {
        let report = report(&[], json!({"provider": "wix", "status": 504, "time": time}).to_string());
        let group = group(&report, "look-up");
        let found = [&report["first"], &report["last"], &group["first"], &group["last"]];
        assert_eq!(found, [expected; 4], "{time}");
        assert_eq!((&report["without_time"], &group["counts"]), (&json!(0), &json!([1])), "{time}");
    }
}

#[test]
fn says_once_that_times_cannot_be_read() {
    let bad = [
        json!("soon"),
        json!(""),
        json!([1]),
        json!({}),
        json!(true),
        json!("2026-13-01"),
        json!(1e300),
        json!("NaN"),
        json!(12_345_678_901_234_u64),
        // a time that was never set
        json!("0001-01-01T00:00:00Z"),
        // not in UTC, and without an offset
        json!("2026-11-30T05:41:06[Europe/Berlin]"),
    ];
    let lines = bad.iter().map(|time| json!({"provider": "wix", "status": 504, "time": time}).to_string());
    let input = lines
        .chain([json!({"provider": "wix", "status": 504, "time": null}).to_string()])
        .collect::<Vec<_>>();
    let answer = triage(&["-f", "json"], input.join("\n"));
    assert_eq!(answer.status, Some(0), "every line is counted all the same");
    let report: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(
        (&report["without_time"], &report["unreadable_times"]),
        (&json!(bad.len() + 1), &json!(bad.len()))
    );
    assert_eq!(counts(&report)["look-up"], bad.len() as u64 + 1);
    assert_eq!(report.get("timeline"), None);
    assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
    for part in [&*format!("{} errors", bad.len()), "line 1:", "soon"] {
        assert!(answer.stderr.contains(part), "{}", answer.stderr);
    }
}

#[test]
fn reads_several_files_and_goes_on_after_one_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: u64| json!({"id": id, "provider": "wix", "status": 504}).to_string();
    let first = write(&folder, "first.jsonl", format!("{}\nbad", line(1)));
    let missing = folder.path().join("missing.jsonl").to_str().unwrap().to_owned();
    let last = write(&folder, "last.jsonl", line(3));
    let files = [&*first, &missing, "-", &last];
    let listed = triage(&[&["-l", "look-up"], &files[..]].concat(), line(2));
    assert_eq!(listed.status, Some(1));
    let places: Vec<_> =
        listed.json_lines().iter().map(|it| (it["id"].clone(), it["line"].clone())).collect();
    assert_eq!(places, [(json!(1), json!(1)), (json!(2), json!(3)), (json!(3), json!(4))]);

    let table: &[(&[&str], i32)] = &[
        (&[&first], 1),
        (&[&first, "--on-unreadable", "fail"], 1),
        (&[&first, "--on-unreadable", "continue"], 0),
        (&[&last], 0),
        (&[&missing, &last, "--on-unreadable", "continue"], 1),
    ];
    for (arguments, status) in table {
        assert_eq!(triage(arguments, "").status, Some(*status), "{arguments:?}");
    }
    let report = report(&files, line(2));
    assert_eq!((&report["lines"], &report["unreadable"]), (&json!(4), &json!(1)));
    assert!(report["unread"][0].as_str().unwrap().contains("missing.jsonl"), "{report}");
    assert!(triage(&files, line(2)).stdout.contains("missing.jsonl"));
}
