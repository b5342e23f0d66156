//! Exit statuses, pipes and colours.

use crate::*;

#[test]
fn ends_with_status_2_on_usage_errors() {
    let table: &[&[&str]] = &[
        &[],
        &["frobnicate"],
        &["--frobnicate"],
        &["decode", "--frobnicate"],
        &["decode", "--provider", "nobody"],
        &["decode", "--provider", ""],
        &["decode", "--status", "99999"],
        &["decode", "--status", "-1"],
        &["decode", "--status", "ok"],
        &["decode", "--status", ""],
        &["decode", "--header", "nocolon"],
        &["decode", "--header", ": value"],
        &["decode", "--header", ""],
        &["decode", "--format", "xml"],
        &["decode", "--batch", "--status", "404"],
        &["decode", "--batch", "--method", "GET"],
        &["decode", "--batch", "--header", "a: b"],
        &["triage", "--list", "nobody"],
        &["triage", "--format", "xml"],
        &["triage", "--keep", "kind"],
        &["explain"],
        &["explain", "nobody", "SLOT_NOT_AVAILABLE"],
        &["explain", "wix", "SLOT_NOT_AVAILABLE", "more"],
        &["sample"],
        &["sample", "wix"],
        &["sample", "nobody", "SLOT_NOT_AVAILABLE"],
        &["sample", "wix", "SLOT_NOT_AVAILABLE", "--format", "xml"],
        &["sample", "--all", "nobody"],
        &["sample", "--all", "wix", "SLOT_NOT_AVAILABLE"],
        &["serve", "--port", "65536"],
        &["serve", "--address", "nowhere"],
        &["serve", "--provider", "nobody"],
        &["codes", "nobody"],
        &["codes", "--format", "xml"],
        &["codes", "--kind", "nothing"],
        &["codes", "--kind", "conflict,"],
        &["explain", "--format", "xml", "wix"],
        &["--color", "pink", "codes"],
        &["completions"],
        &["completions", "cmd"],
        &["man", "one", "two"],
    ];
    for arguments in table {
        let answer = booking_errors(arguments, "");
        assert_eq!((answer.status, &*answer.stdout), (Some(2), ""), "{arguments:?}");
        assert!(!answer.stderr.is_empty(), "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["decode", "--help"], &["help", "explain"]] {
        let answer = booking_errors(arguments, "");
        assert_eq!((answer.status, &*answer.stderr), (Some(0), ""), "{arguments:?}");
        assert!(!answer.stdout.is_empty());
    }
}

#[test]
fn ends_quietly_when_nobody_reads_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let response = write(&folder, "response.txt", format!("HTTP/2 428\n\n{WIX}"));
    let line = json!({"status": 428, "body": WIX}).to_string();
    let lines = write(&folder, "lines.jsonl", vec![line; 10_000].join("\n"));
    let bad = write(&folder, "bad.jsonl", "bad\n".repeat(10_000));
    let table: &[&[&str]] = &[
        &["codes"],
        &["codes", "--format", "json"],
        &["codes", "--format", "markdown"],
        &["explain", "SLOT_NOT_AVAILABLE"],
        &["explain", "unknown", "--format", "json"],
        &["sample", "--all"],
        &["sample", "--all", "--format", "json"],
        &["sample", "--all", "--format", "wiremock"],
        &["decode", &response],
        &["decode", "--format", "json", &response],
        &["decode", "--batch", &lines],
        &["decode", "--batch", "--on-unreadable", "continue", &bad],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ];
    for arguments in table {
        let output = Process::new(&*BINARY)
            .args(*arguments)
            .stdout(closed_pipe())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
        assert_ne!(output.status.code(), Some(101), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn says_that_the_output_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let response = write(&folder, "response.txt", format!("HTTP/2 428\n\n{WIX}"));
    let lines = write(&folder, "lines.jsonl", json!({"status": 428, "body": WIX}).to_string());
    let bad = write(&folder, "bad.jsonl", "bad\n".repeat(10_000));
    let table: &[&[&str]] = &[
        &["codes"],
        &["codes", "--format", "json"],
        &["codes", "--format", "markdown"],
        &["explain", "SLOT_NOT_AVAILABLE"],
        &["explain", "unknown", "--format", "json"],
        &["completions", "fish"],
        &["man"],
        &["sample", "wix", "SLOT_NOT_AVAILABLE"],
        &["sample", "--all"],
        &["sample", "--all", "--format", "json"],
        &["sample", "--all", "--format", "wiremock"],
        &["decode", &response],
        &["decode", "--format", "json", &response],
        &["decode", "--batch", &lines],
        &["decode", "--batch", "--on-unreadable", "continue", &bad],
    ];
    for arguments in table {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Process::new(&*BINARY).args(*arguments).stdout(full).output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(
            complaint.starts_with("booking-errors: cannot write the output: "),
            "{arguments:?}: {complaint}"
        );
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn does_not_need_the_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let lines = write(&folder, "lines.jsonl", "bad\n{\"provider\":\"wix\",\"status\":404}\n");
    let table: &[(&[&str], i32, usize)] = &[
        (&["decode", "--batch", &lines], 1, 2),
        (&["decode", "missing.txt"], 1, 0),
        (&["explain", "SLOT_NOT_AVAILABL"], 1, 0),
        (&["frobnicate"], 2, 0),
    ];
    for (arguments, status, answers) in table {
        let output = Process::new(&*BINARY)
            .args(*arguments)
            .stdout(Stdio::piped())
            .stderr(closed_pipe())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(*status), "{arguments:?}");
        assert_eq!(output.stdout.split_inclusive(|&byte| byte == b'\n').count(), *answers, "{arguments:?}");
    }
}

#[test]
fn colours_nothing_but_a_terminal() {
    let response = format!("HTTP/2 428\nx-wix-request-id: 17\n\n{WIX}");
    let environments: &[&[(&str, &str)]] = &[
        &[],
        &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
        &[("NO_COLOR", "1")],
        &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"), ("TERM", "xterm-256color")],
    ];
    let table: &[&[&str]] = &[
        &["decode"],
        &["explain", "unknown"],
        &["explain", "504"],
        &["codes"],
        &["--help"],
        &["frobnicate"],
        &["decode", "--status", "x"],
    ];
    for environment in environments {
        for arguments in table {
            let answer = answer(command(arguments).envs(environment.iter().copied()), &response);
            assert!(
                !format!("{}{}", answer.stdout, answer.stderr).contains('\u{1b}'),
                "{environment:?} {arguments:?}"
            );
        }
    }
}

#[test]
fn colours_where_it_is_told_to() {
    let response = format!("HTTP/2 428\nx-wix-request-id: 17\n\n{WIX}");
    let answer = answer(command(&["decode"]).env("CLICOLOR_FORCE", "1"), response);
    assert!(answer.stdout.starts_with("\u{1b}[1mwix: SLOT_NOT_AVAILABLE"), "{}", answer.stdout);
}

#[test]
fn the_option_for_colours_goes_before_the_environment() {
    let response = format!("HTTP/2 428\n\n{WIX}");
    let commands: &[&[&str]] = &[
        &["decode"],
        &["decode", "--provider", "guesty"],
        &["explain", "unknown"],
        &["explain", "504"],
        &["explain", "gateway timeout"],
        &["--help"],
        &["decode", "-h"],
        &["help", "codes"],
    ];
    let environments: &[&[(&str, &str)]] =
        &[&[], &[("NO_COLOR", "1")], &[("CLICOLOR_FORCE", "1")], &[("TERM", "dumb")]];
    let choices: &[(&[&str], bool)] =
        &[(&["--color", "always"], true), (&["--color=never"], false), (&["--color", "auto"], false)];
    for environment in environments {
        for (choice, is_coloured) in choices {
            let is_forced = choice.contains(&"auto") && environment.contains(&("CLICOLOR_FORCE", "1"));
            for arguments in commands {
                let before = answer(
                    command(&[*choice, *arguments].concat()).envs(environment.iter().copied()),
                    &response,
                );
                assert_eq!(
                    before.stdout.contains('\u{1b}'),
                    *is_coloured || is_forced,
                    "{environment:?} {choice:?} {arguments:?}"
                );
                if arguments != &["help", "codes"] {
                    let after = answer(
                        command(&[*arguments, *choice].concat()).envs(environment.iter().copied()),
                        &response,
                    );
                    assert_eq!(after.stdout, before.stdout, "{arguments:?}");
                }
            }
        }
    }
    let mistake = booking_errors(&["--color", "always", "frobnicate"], "");
    assert!(mistake.stderr.contains('\u{1b}'), "{}", mistake.stderr);
}

#[test]
fn json_has_no_colours() {
    let response = format!("HTTP/2 428\n\n{WIX}");
    let table: &[&[&str]] = &[
        &["decode", "--format", "json"],
        &["explain", "unknown", "--format", "json"],
        &["codes", "--format", "json"],
        &["sample", "--all", "--format", "json"],
    ];
    for arguments in table {
        let answer = booking_errors(&[&["--color", "always"], *arguments].concat(), &response);
        assert!(answer.status == Some(0) && !answer.stdout.contains('\u{1b}'), "{arguments:?}");
    }
}
