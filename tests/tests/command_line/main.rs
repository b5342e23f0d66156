//! The command line, used as people and scripts use it: what they rely on, not the wording.

mod answering;
mod batch;
mod codes;
mod completions;
mod doubt;
mod exit_status;
mod explaining;
mod help;
mod inputs;
mod keeping;
mod lines;
mod process;
mod reading;
mod samples;
mod seeds;
mod serving;
mod streaming;
mod triage;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use assert_cmd::Command;
use booking_errors_tests::binary;
use serde_json::{Value, json};

const WIX: &str = r#"{"message":"The specified slot isn't available.","details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
const FLUENTBOOKING: &str = r#"{"code":"validation_failed","message":"The given data was invalid.","data":{"status":422,"errors":{"email":["The email field is required."]}}}"#;
const GUESTY: &str =
    r#"{"error_code":"NOT_FOUND","message":"Requested resource not found.","data":{"requestId":"7a63a0ef"}}"#;

/// What could move the cursor, colour or reorder a terminal's text, or break its lines.
const HOSTILE: &str = "\0\u{7}\u{8}\t\r\n\u{b}\u{1b}[31m\u{1b}]0;x\u{7}\u{7f}\u{85}\u{9b}31m\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\
     \u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}\u{fff9}\u{fffa}\u{fffb}\
     \u{e0000}\u{e0041}\u{e007f}";

/// The result of a run.
#[derive(Debug)]
struct Answer {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Answer {
    /// The output of a run that succeeded.
    fn json(&self) -> Value {
        assert_eq!((self.status, &*self.stderr), (Some(0), ""));
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {}", self.stdout))
    }

    fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The names of all providers.
fn providers() -> impl Iterator<Item = &'static str> {
    booking_errors::providers().iter().map(|provider| provider.name())
}

fn decode(arguments: &[&str], input: impl AsRef<[u8]>) -> Answer {
    booking_errors(&[&["decode"], arguments].concat(), input)
}

fn codes(arguments: &[&str]) -> Vec<Value> {
    let list = booking_errors(&[&["codes", "--format", "json"], arguments].concat(), "").json();
    serde_json::from_value(list).unwrap()
}

fn booking_errors(arguments: &[&str], input: impl AsRef<[u8]>) -> Answer {
    answer(&mut command(arguments), input)
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(&*BINARY);
    command.args(arguments).timeout(Duration::from_secs(60));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn answer(command: &mut Command, input: impl AsRef<[u8]>) -> Answer {
    let output = command.write_stdin(input.as_ref()).output().unwrap();
    Answer {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

static BINARY: LazyLock<PathBuf> = LazyLock::new(|| binary::build(env!("CARGO_TARGET_TMPDIR")));

/// The writing end of a pipe that nobody reads.
fn closed_pipe() -> io::PipeWriter {
    let (_, writer) = io::pipe().unwrap();
    writer
}

fn write(folder: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn text<'a>(info: &'a Value, member: &str) -> &'a str {
    info[member].as_str().unwrap()
}

/// Has line feeds, and nothing else of what a terminal would act on.
fn assert_is_harmless(shown: &str) {
    let harmful: Vec<_> = shown
        .chars()
        .filter(|&c| c != '\n' && (c.is_control() || !c.is_ascii() && HOSTILE.contains(c)))
        .collect();
    assert!(harmful.is_empty(), "{harmful:?} in {shown:?}");
}
