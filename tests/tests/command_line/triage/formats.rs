//! What the formats show, and what scripts read of them.

use super::*;

/// Errors of all groups, with hostile texts wherever a line has a text.
fn hostile_lines() -> String {
    let code = format!("A\"B\\C{HOSTILE}");
    let of = |kind: &str, effect: &str| {
        json!({
            "provider": code, "status": 500, "code": code, "kind": kind, "effect": effect, "request_id": code, "id": code,
            "time": code,
        })
    };
    let lines = [
        of("unavailable", "unknown"),
        of("unknown", "partial"),
        of("rate_limited", "not_applied"),
        of("conflict", "not_applied"),
        of("disabled", "not_applied"),
        of("invalid_request", "not_applied"),
        json!({"error": code, "line": 1, "id": code}),
    ];
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn shows_nothing_that_acts_on_a_terminal() {
    for arguments in
        [&[][..], &["-f", "json"], &["-f", "prometheus"], &["-l", "look-up"], &["-l", "unreadable"]]
    {
        let answer = triage(arguments, hostile_lines());
        assert_eq!(answer.status, Some(1));
        assert_is_harmless(&answer.stdout);
        assert_is_harmless(&answer.stderr);
    }
}

#[test]
fn gives_back_the_members_of_a_line_as_they_are_spelled() {
    let ids = [
        "17",
        "\"17\"",
        "1.10",
        "1e300",
        "[1, 2]",
        "{\"a\":\"b\"}",
        "true",
        "123456789012345678901234567890",
    ];
    let lines = ids.map(|id| {
        format!("{{\"id\":{id},\"time\":{id},\"request_id\":{id},\"provider\":\"wix\",\"status\":504}}\n")
    });
    let listed = triage(&["--list", "look-up"], lines.concat());
    for (number, (line, id)) in (1..).zip(listed.stdout.lines().zip(ids)) {
        let expected = format!(
            "{{\"id\":{id},\"time\":{id},\"request_id\":{id},\"provider\":\"wix\",\"line\":{number}}}"
        );
        assert_eq!(line, expected);
    }
    assert_eq!(listed.stdout.lines().count(), ids.len());

    let line = json!({"provider": "wix", "status": 500, "body": WIX, "headers": {"x-wix-request-id": "r"}, "note": [1]});
    let listed = triage(&["-l", "customer", "-k", "note"], line.to_string()).json_lines();
    let code = "SLOT_NOT_AVAILABLE";
    assert_eq!(listed, [json!({"request_id": "r", "note": [1], "provider": "wix", "code": code, "line": 1})]);
}

/// As `docs/on-call.md` shows it.
#[cfg(target_os = "linux")]
#[test]
fn a_script_reads_the_list_line_by_line() {
    let log = Log::new();
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "today.jsonl", &log.text);
    let script = r#""$0" triage --list look-up "$1" | while read -r call; do echo "look for $call"; done"#;
    let output = Process::new("sh").arg("-c").arg(script).arg(&*BINARY).arg(file).output().unwrap();
    let calls: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line.strip_prefix("look for ").unwrap()).unwrap())
        .collect();
    assert_eq!(calls.iter().map(|call| call["id"].clone()).collect::<Vec<_>>(), log.ids_of(Triage::LookUp));
}

#[test]
fn fits_into_80_columns_without_colours() {
    let log = Log::new();
    let shown = triage(&[], &log.text).stdout + &triage(&[], hostile_lines()).stdout;
    assert!(!shown.contains('\u{1b}'));
    for line in shown.lines() {
        assert!(line.chars().count() <= 80 || line.contains(r"\u{"), "{line}");
    }
    let order: Vec<_> =
        Triage::ALL.iter().map(|group| shown.find(&format!("\n{group}: ")).unwrap()).collect();
    assert!(order.is_sorted(), "the most urgent group comes first");
    assert!(shown.contains(&format!("cannot read {} lines", log.broken)), "{shown}");

    let quiet = triage(&[], "null\n").stdout;
    assert!(Triage::ALL.iter().all(|group| quiet.contains(group.as_str())), "{quiet}");
}

#[test]
fn the_first_line_says_whether_anybody_has_to_look_anything_up() {
    const READ: &str = r#"{"provider": "wix", "status": 504, "method": "GET"}"#;
    const WRITE: &str = r#"{"provider": "wix", "status": 504, "method": "POST"}"#;
    const PART: &str = r#"{"provider": "wix", "status": 500, "kind": "unknown", "effect": "partial"}"#;
    let table: &[(&[&str], &str)] = &[
        (&[], "to look up: unknown, because the input is empty"),
        (&["null"], "to look up: nothing"),
        (&[READ, "null"], "to look up: nothing"),
        (&[WRITE], "to look up: 1 call that may have gone through"),
        (&[WRITE, READ, WRITE], "to look up: 2 calls that may have gone through"),
        (&[PART], "to look up: 1 call partly done"),
        (&[READ, "{"], "to look up: 1 line that cannot be read"),
        (&[WRITE, "", "{"], "to look up: 1 call that may have gone through, 2 lines that cannot be read"),
    ];
    for (lines, expected) in table {
        let input = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let shown = triage(&[], &input).stdout;
        assert_eq!(shown.lines().next(), Some(*expected), "{lines:?}");
        let page = triage(&["--format", "html"], &input).stdout;
        assert!(page.contains(&format!("<strong>{expected}</strong>")), "{lines:?}");
    }
    let missing = triage(&["no such file"], "").stdout;
    assert_eq!(missing.lines().next(), Some("to look up: 1 file that cannot be read"));
}

#[test]
fn a_small_share_is_not_rounded_to_nothing() {
    let lines = "{\"provider\": \"wix\", \"status\": 429}\n".repeat(2_999);
    let shown = triage(&[], format!("{{\"provider\": \"wix\", \"status\": 504}}\n{lines}")).stdout;
    assert!(shown.contains("look-up: 1 of 3000 errors, < 0.1%"), "{shown}");
    assert!(shown.contains("wait: 2999 of 3000 errors, > 99.9%"), "{shown}");
}

#[test]
fn colours_the_groups_where_it_is_told_to() {
    let line = json!({"provider": "wix", "status": 504}).to_string();
    let coloured = answer(command(&["triage"]).env("CLICOLOR_FORCE", "1"), &line).stdout;
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    for format in ["json", "prometheus"] {
        let plain = answer(command(&["triage", "-f", format]).env("CLICOLOR_FORCE", "1"), &line).stdout;
        assert!(!plain.contains('\u{1b}'), "{plain}");
    }
}

#[test]
fn columns_of_the_timeline_add_up() {
    let log = Log::new();
    let report = report(&[], &log.text);
    let columns = report["timeline"]["columns"].as_u64().unwrap() as usize;
    assert!((12..=60).contains(&columns), "{columns}");
    for group in report["groups"].as_array().unwrap() {
        let counts: Vec<u64> = serde_json::from_value(group["counts"].clone()).unwrap();
        assert_eq!((counts.len(), counts.iter().sum::<u64>()), (columns, group["lines"].as_u64().unwrap()));
    }
}

/// The value of each series, by its name and labels.
fn series(exposition: &str) -> BTreeMap<String, f64> {
    let mut typed = BTreeSet::new();
    let mut found = BTreeMap::new();
    for line in exposition.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert!(typed.insert(rest.strip_suffix(" gauge").unwrap()), "{line}");
        } else if !line.starts_with("# HELP ") {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let name = series.split('{').next().unwrap();
            assert!(typed.contains(name), "{line}");
            assert!(found.insert(series.to_owned(), value.parse().unwrap()).is_none(), "{line} comes twice");
        }
    }
    found
}

#[test]
fn metrics_have_every_group_also_without_errors() {
    let log = Log::new();
    let full = series(&triage(&["-f", "prometheus"], &log.text).stdout);
    let empty = series(&triage(&["-f", "prometheus"], "").stdout);
    for &group in Triage::ALL {
        let name = format!("booking_errors_errors{{group=\"{group}\"}}");
        assert_eq!(full[&name], log.ids_of(group).len() as f64, "{name}");
        assert_eq!(empty[&name], 0.0, "{name}");
        let starts = [
            format!("booking_errors_errors_by_code{{group=\"{group}\""),
            format!("booking_errors_errors_of_other_codes{{group=\"{group}\""),
        ];
        let parts = full.iter().filter(|(name, _)| starts.iter().any(|start| name.starts_with(start)));
        assert_eq!(parts.map(|(_, value)| value).sum::<f64>(), full[&name], "{name}");
    }
    assert_eq!(full["booking_errors_unreadable_lines"], log.broken as f64);
    assert_eq!(full["booking_errors_lines"], 5_000.0);
    assert_eq!(empty["booking_errors_unread_files"], 0.0);
    let line = json!({"provider": "wix", "status": 504, "time": 1_796_017_266}).to_string();
    let one = series(&triage(&["-f", "prometheus"], line).stdout);
    assert_eq!(one["booking_errors_last_seen_timestamp_seconds{group=\"look-up\"}"], 1_796_017_266.0);
}

#[test]
fn labels_of_metrics_are_escaped_and_never_repeated() {
    let codes = ["x\ny", r"x\ny", &"z".repeat(200), &"z".repeat(201)];
    let line =
        |code| json!({"provider": "a\"b\\c", "status": 500, "code": code, "kind": "unknown"}).to_string();
    let found = series(&triage(&["-f", "prometheus"], codes.map(line).join("\n")).stdout);
    let series_of = |code: &str| {
        let labels = format!(r#"group="look-up",provider="a\"b\\c",code="{code}",kind="unknown""#);
        found[&format!("booking_errors_errors_by_code{{{labels}}}")]
    };
    assert_eq!(series_of(r"x\\ny"), 2.0, "{found:?}");
    assert_eq!(series_of(&format!("{}…", "z".repeat(128))), 2.0, "{found:?}");
}

#[test]
fn the_page_for_people_on_call_shows_what_it_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("docs/on-call.md")).unwrap();
    let printed = triage(&[], fs::read(root.join("tests/fixtures/on-call/today.jsonl")).unwrap());
    assert_eq!(printed.status, Some(0));
    assert!(page.contains(&format!("```text\n{}```\n", printed.stdout)), "expected:\n{}", printed.stdout);
    for group in Triage::ALL {
        let meaning = group.meaning().split(':').next().unwrap();
        assert!(page.contains(&format!("| `{group}` | {meaning}. |")), "{group}");
    }
}
