//! The help, its examples and the manual.
#![cfg(unix)]

use crate::*;

/// What a run prints that succeeds.
fn print(arguments: &[&str]) -> String {
    let Answer { status, stdout, stderr } = booking_errors(arguments, "");
    assert_eq!((status, &*stderr), (Some(0), ""), "{arguments:?}");
    stdout
}

/// The help of a command, or of the whole program.
fn help(command: &[&str]) -> String {
    print(&[command, &["--help"]].concat())
}

fn commands() -> Vec<String> {
    let help = help(&[]);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect()
}

fn examples(help: &str) -> impl Iterator<Item = &str> {
    let (_, rest) = help.split_once("Examples:\n").expect("each help has examples");
    rest.lines().take_while(|line| !line.is_empty()).map(str::trim)
}

#[test]
fn every_example_runs() {
    let scratch = tempfile::tempdir().unwrap();
    for folder in [".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"] {
        fs::create_dir_all(scratch.path().join(folder)).unwrap();
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for (fixture, name) in [
        ("inputs/curl-verbose.txt", "curl-verbose.txt"),
        ("inputs/chromium.har", "network.har"),
        ("on-call/today.jsonl", "today.jsonl"),
    ] {
        fs::copy(fixtures.join(fixture), scratch.path().join(name)).unwrap();
    }
    let path =
        std::env::join_paths([BINARY.parent().unwrap(), Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    for command in [String::new()].into_iter().chain(commands()) {
        let help = help(&command.split_whitespace().collect::<Vec<_>>());
        let mut count = 0;
        for example in examples(&help) {
            assert!(example.contains(&command), "{example} is not about {command}");
            count += 1;
            // would wait for ever; the tests of the sandbox run it
            if command == "serve" {
                continue;
            }
            let output = Process::new("bash")
                .args(["-c", &format!("set -o pipefail; {example}")])
                .current_dir(&scratch)
                .env("PATH", &path)
                .env("HOME", scratch.path())
                .stdin(Stdio::null())
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{example}");
            assert!(output.status.success(), "{example}");
        }
        assert!(count > 1, "{command}");
    }
}

#[test]
fn shows_each_argument_of_explain_for_itself() {
    let help = help(&["explain"]);
    assert!(help.contains("Usage: booking-errors explain [OPTIONS] [PROVIDER] <WORD>\n"), "{help}");
    let (_, arguments) = help.split_once("Arguments:\n").unwrap();
    let (arguments, _) = arguments.split_once("Options:\n").unwrap();
    let names: Vec<_> =
        arguments.lines().map(str::trim).filter(|line| line.starts_with(['<', '['])).collect();
    assert_eq!(names, ["[PROVIDER]", "[possible values: wix, fluentbooking, guesty]", "<WORD>"]);
}

#[test]
fn has_the_same_short_options_everywhere() {
    let shorts = [("provider", 'p'), ("format", 'f'), ("kind", 'k'), ("all", 'a'), ("help", 'h')];
    for command in commands() {
        let help = help(&[&command]);
        for line in help.lines().map(str::trim).filter(|line| line.starts_with('-')) {
            let Some((short, long)) = line.split_once("--") else { continue };
            let name = long.split([' ', ',']).next().unwrap();
            if let Some((_, expected)) = shorts.iter().find(|(known, _)| *known == name) {
                assert_eq!(short, format!("-{expected}, "), "{command}: {line}");
            }
        }
    }
}

#[test]
fn writes_a_page_of_the_manual_for_each_command() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("share/man1");
    let folder = folder.to_str().unwrap();
    let written = print(&["man", folder]);
    let pages: BTreeSet<_> = written.lines().map(PathBuf::from).collect();
    let names = commands();
    let expected = names.iter().map(|name| format!("{folder}/booking-errors-{name}.1"));
    let expected = expected.chain([format!("{folder}/booking-errors.1")]).map(PathBuf::from);
    assert_eq!(pages, expected.collect());
    assert_eq!(written, print(&["man", folder]), "pages are written anew");
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES"] {
            assert!(text.contains(&format!(".SH {section}\n")), "{section} in {}", page.display());
        }
    }
    let main = fs::read_to_string(format!("{folder}/booking-errors.1")).unwrap();
    assert_eq!(print(&["man"]), main);
    let explain = fs::read_to_string(format!("{folder}/booking-errors-explain.1")).unwrap();
    assert!(explain.contains("[\\fIPROVIDER\\fR] <\\fIWORD\\fR>"), "{explain}");
}

#[test]
fn says_where_a_page_cannot_be_written() {
    let scratch = tempfile::tempdir().unwrap();
    let file = write(&scratch, "file", "");
    let answer = booking_errors(&["man", &file], "");
    assert_eq!((answer.status, &*answer.stdout), (Some(1), ""));
    assert!(answer.stderr.contains(&file), "{}", answer.stderr);
    #[cfg(target_os = "linux")]
    {
        std::os::unix::fs::symlink("/dev/full", scratch.path().join("booking-errors.1")).unwrap();
        let answer = booking_errors(&["man", scratch.path().to_str().unwrap()], "");
        assert_eq!((answer.status, &*answer.stdout), (Some(1), ""));
        assert!(answer.stderr.contains("booking-errors.1"), "{}", answer.stderr);
    }
}
