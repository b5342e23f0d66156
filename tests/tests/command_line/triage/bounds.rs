//! Hostile and endless input: bounded memory, and no call that is lost.

use super::*;

/// A response of Wix with a code.
fn line_with(code: &str) -> String {
    let body = json!({"message": "x", "details": {"applicationError": {"code": code}}}).to_string();
    format!("{}\n", json!({"provider": "wix", "status": 504, "body": body}))
}

/// Many codes that nobody knows, known ones among them, and an unknown one that comes often.
fn many_codes() -> String {
    let codes = (0..20_000).map(|number| match number % 10 {
        _ if number % 4_000 == 7 => {
            json!({"provider": "wix", "status": 500, "code": "SLOT_NOT_AVAILABLE", "effect": "unknown"})
                .to_string()
                + "\n"
        }
        0 => line_with("UNKNOWN_ERROR_OF_TODAY"),
        1 => json!({"provider": format!("p{number}"), "status": 504, "effect": "unknown"}).to_string() + "\n",
        2 => json!({"provider": "wix", "status": 504, "body": ""}).to_string() + "\n",
        _ => line_with(&format!("{number}{}", "X".repeat(128))),
    });
    codes.collect()
}

#[test]
fn counts_stay_exact_among_too_many_codes() {
    let report = report(&[], many_codes());
    let group = group(&report, "look-up");
    assert_eq!(group["lines"], 20_000);
    for (list, others) in [("codes", "other_codes"), ("providers", "other_providers")] {
        let sum = total(&group[list], "lines") + group[others]["lines"].as_u64().unwrap();
        assert_eq!(sum, 20_000, "{list}");
        assert!(group[list].as_array().unwrap().len() < 3_000, "{list}");
    }
    assert!(group["other_codes"]["codes_at_least"].as_u64().unwrap() >= 1_000);
    let count = |wanted: Value| {
        let codes = group["codes"].as_array().unwrap();
        let found = codes.iter().find(|it| it["provider"] == "wix" && it["code"] == wanted);
        found.unwrap_or_else(|| panic!("{wanted} is not listed"))["lines"].as_u64().unwrap()
    };
    assert_eq!(count(Value::Null), 2_000);
    assert_eq!(count(json!("SLOT_NOT_AVAILABLE")), 5, "a known one is exact, also if it is rare");
    assert!(count(json!("UNKNOWN_ERROR_OF_TODAY")) >= 1_900, "a frequent one is almost exact");
    assert_eq!(group["providers"][0], json!({"provider": "wix", "lines": 18_000}));
}

#[test]
fn says_where_it_cut() {
    let input = many_codes();
    let text = triage(&[], &input).stdout;
    for part in ["at least", "more", "may be higher"] {
        assert!(text.contains(part), "{text}");
    }
    let metrics = triage(&["-f", "prometheus"], &input).stdout;
    let others = "booking_errors_errors_of_other_codes{group=\"look-up\"} ";
    let count = metrics.lines().find_map(|line| line.strip_prefix(others)).unwrap();
    assert!(count.parse::<u64>().unwrap() > 10_000, "{count}");
    assert!(metrics.lines().count() < 200);

    let few: String = (0..1_000).map(|number| line_with(&format!("X{number}"))).collect();
    let report = report(&[], few);
    let group = group(&report, "look-up");
    assert_eq!((group["codes"].as_array().unwrap().len(), group.get("other_codes")), (1_000, None));
}

#[test]
fn times_far_from_all_others_do_not_hide_the_others() {
    let line = |time: i64| json!({"provider": "wix", "status": 504, "time": time}).to_string() + "\n";
    let start = 1_796_017_266;
    // backwards, and each second twice
    let mut input: String =
        (0..3_600).rev().map(|second| line(start + second) + &line(start + second)).collect();
    input += &line(0);
    input += &line(250_000_000_000);
    let report = report(&[], input);
    let group = group(&report, "look-up");
    assert_eq!(group["lines"], 7_202);
    assert_eq!((text(group, "first"), &report["timeline"]["outside"]), ("1970-01-01T00:00:00Z", &json!(2)));
    let counts: Vec<u64> = serde_json::from_value(group["counts"].clone()).unwrap();
    assert_eq!(counts.iter().sum::<u64>(), 7_200);
    assert!(counts.iter().filter(|count| **count > 0).count() >= 12, "{counts:?}");
}

#[test]
fn any_spread_of_times_has_a_timeline() {
    let line = |time: i64| json!({"provider": "wix", "status": 504, "time": time}).to_string() + "\n";
    for step in [1, 59, 3_601, 86_400, 1_000_003, 10_000_000] {
        let input: String = (0..9_000).map(|number| line(number * step - 1_000_000_000)).collect();
        let report = report(&[], input);
        let counts: Vec<u64> = serde_json::from_value(group(&report, "look-up")["counts"].clone()).unwrap();
        assert_eq!(counts.iter().sum::<u64>(), 9_000, "every {step} seconds");
        assert!((12..=60).contains(&counts.len()), "every {step} seconds: {counts:?}");
    }
}

#[test]
fn ends_quietly_when_nobody_reads_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "lines.jsonl", line_with("X").repeat(50_000));
    for arguments in [&["-f", "text"][..], &["-f", "json"], &["-f", "prometheus"], &["-l", "look-up"]] {
        let mut process = Process::new(&*BINARY);
        process.arg("triage").args(arguments).arg(&file).stdout(closed_pipe()).stderr(Stdio::piped());
        let output = process.output().unwrap();
        assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
mod on_linux {
    use std::io::{BufRead as _, BufReader, Write as _};

    use super::*;

    #[test]
    fn says_that_the_report_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = write(&folder, "lines.jsonl", line_with("X"));
        for arguments in [&["-f", "text"][..], &["-f", "json"], &["-f", "prometheus"], &["-l", "look-up"]] {
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let output = Process::new(&*BINARY)
                .arg("triage")
                .args(arguments)
                .arg(&file)
                .stdout(full)
                .output()
                .unwrap();
            let complaint = String::from_utf8(output.stderr).unwrap();
            assert!(
                complaint.starts_with("booking-errors: cannot write the output: "),
                "{arguments:?}: {complaint}"
            );
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        }
    }

    /// The list comes while the input is still open, and hostile input takes little memory.
    #[test]
    fn lists_calls_as_they_come_in_bounded_memory() {
        let child = Process::new(&*BINARY)
            .args(["triage", "--list", "look-up"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut number = 0_u64;
        for _ in 0..10 {
            let lines: String = (0..1_000).map(|_| {
                number += 1;
                let texts = [number.to_string(), "\u{1f4a5}".repeat(128)].concat();
                let time = number * 86_400 * 7;
                json!({"provider": texts, "status": 504, "code": texts, "effect": "unknown", "id": texts, "time": time})
                    .to_string() + "\n"
            }).collect();
            let reader = std::thread::spawn(move || {
                let last = output.by_ref().take(1_000).last().unwrap().unwrap();
                (output, last)
            });
            input.write_all(lines.as_bytes()).unwrap();
            let (rest, last) = reader.join().unwrap();
            output = rest;
            assert_eq!(serde_json::from_str::<Value>(&last).unwrap()["line"], number);
        }
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")).unwrap();
        assert!(peak.trim().parse::<u64>().unwrap() < 64 * 1024, "{peak} KiB");
        drop(input);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
