//! What shells complete, asked of the shells themselves.
#![cfg(unix)]

use crate::*;

/// What is typed, something that completes it, and something that does not.
const TYPED: [(&str, &str, &str); 10] = [
    ("booking-errors exp", "explain", "decode"),
    ("booking-errors explain SLOT_N", "SLOT_NOT_AVAILABLE", "GATEWAY_TIMEOUT"),
    ("booking-errors explain wix SLOT_N", "SLOT_NOT_AVAILABLE", "GATEWAY_TIMEOUT"),
    ("booking-errors explain look", "look-up", "wait"),
    ("booking-errors explain fluent", "fluentbooking", "wix"),
    ("booking-errors sample guesty LISTING_C", "LISTING_CALENDAR_BLOCKED", "NOT_FOUND"),
    ("booking-errors codes --kind slot", "slot_unavailable", "conflict"),
    ("booking-errors codes --format m", "markdown", "json"),
    ("booking-errors decode --prov", "--provider", "--status"),
    ("booking-errors man --col", "--color", "--help"),
];

/// The completions that a script prints, one a line.
fn ask(shell: &str, script: &str, completions: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "completions", completions);
    let output = Process::new(shell).args(["-c", script]).current_dir(&folder).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{script}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn assert_completes(shell: &str, asks: impl Fn(&str) -> String) {
    let completions = booking_errors(&["completions", shell], "");
    assert_eq!((completions.status, &*completions.stderr), (Some(0), ""));
    for (typed, expected, other) in TYPED {
        let found = ask(shell, &asks(typed), &completions.stdout);
        assert!(found.iter().any(|it| it == expected), "{typed}: {found:?}");
        assert!(found.iter().all(|it| it != other), "{typed}: {found:?}");
    }
}

#[test]
fn bash_completes_commands_options_and_words() {
    assert_completes("bash", |typed| {
        format!(
            "source ./completions
            COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
            complete=$(complete -p booking-errors); complete=${{complete#*-F }}
            ${{complete%% *}} booking-errors \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"
            printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
    });
}

#[test]
fn fish_completes_commands_options_and_words_if_it_is_installed() {
    if Process::new("fish").arg("--version").output().is_err() {
        return;
    }
    assert_completes("fish", |typed| {
        format!("source ./completions; complete -C '{typed}' | string replace -r '\\t.*' ''")
    });
}

#[test]
fn knows_the_words_of_explain_in_zsh_and_the_options_in_every_shell() {
    let zsh = booking_errors(&["completions", "zsh"], "").stdout;
    assert!(zsh.contains("SLOT_NOT_AVAILABLE") && zsh.contains("look-up") && zsh.contains("check_first"));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = booking_errors(&["completions", shell], "").stdout;
        for word in ["completions", "provider", "batch", "serve"] {
            assert!(script.contains(word), "{word} in {shell}");
        }
    }
}
