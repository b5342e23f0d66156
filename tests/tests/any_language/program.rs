//! The programs of the page, in a folder.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Once};
use std::time::Duration;
use std::{env, fs, io};

use assert_cmd::Command;
use booking_errors_tests::binary;
use serde_json::Value;
use tempfile::TempDir;

use crate::Case;
use crate::page::files;

pub static BINARY: LazyLock<PathBuf> = LazyLock::new(|| binary::build(env!("CARGO_TARGET_TMPDIR")));

/// With this variable in the environment a test fails if there is no Node. CI sets it.
const REQUIRED: &str = "NODE_REQUIRED";

pub const PYTHON: Language = Language {
    program: "python3",
    // a file or a process that is left open is a failure
    options: &["-W", "error"],
    test: &["-m", "unittest"],
    ask: ("ask.py", include_str!("ask.py")),
};

pub const NODE: Language =
    Language { program: "node", options: &[], test: &["--test"], ask: ("ask.mjs", include_str!("ask.mjs")) };

/// A language that the page has code for.
pub struct Language {
    program: &'static str,
    options: &'static [&'static str],
    /// The arguments that run the tests in a folder.
    test: &'static [&'static str],
    /// A program that asks the page's decoder.
    ask: (&'static str, &'static str),
}

impl Language {
    /// Returns whether it is there; without Node a test is left out.
    pub fn is_there(&self) -> bool {
        static SAY: Once = Once::new();
        let started = Command::new(self.program).arg("--version").output();
        let Err(problem) = started else { return true };
        assert!(self.program == "node" && env::var_os(REQUIRED).is_none(), "{}: {problem}", self.program);
        // not `eprintln!`: what that writes is shown only if a test fails
        SAY.call_once(|| {
            let _ = writeln!(
                io::stderr(),
                "left out: the tests of the code for Node, which need node: {problem}"
            );
        });
        false
    }
}

/// The page's files in a folder, and a decoder that they find on the `PATH`.
pub struct Program<'l> {
    language: &'l Language,
    folder: TempDir,
}

impl<'l> Program<'l> {
    /// With the real decoder.
    pub fn new(language: &'l Language) -> Self {
        Self::with_decoder(language, "exec \"$REAL\" decode --batch")
    }

    /// With a script in place of the decoder.
    pub fn with_decoder(language: &'l Language, script: &str) -> Self {
        let program = Self::without_decoder(language);
        let decoder = program.folder.path().join("bin/booking-errors");
        fs::write(&decoder, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&decoder, fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    pub fn without_decoder(language: &'l Language) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, code) in files().iter().map(|(name, code)| (&**name, &**code)).chain([language.ask]) {
            fs::write(folder.path().join(name), code).unwrap();
        }
        fs::create_dir(folder.path().join("bin")).unwrap();
        Self { language, folder }
    }

    /// Runs the tests of the page.
    pub fn test(&self) {
        // they run the sandbox too
        self.command(BINARY.parent().unwrap()).args(self.language.test).assert().success();
    }

    /// Returns the answers to questions that are asked at once, each within these seconds.
    pub fn ask(&self, cases: &[Case], at_once: usize, limit: f64) -> Vec<Value> {
        let questions: String = cases.iter().map(|case| format!("{}\n", case.question)).collect();
        fs::write(self.folder.path().join("questions.jsonl"), questions).unwrap();
        let mut command = self.command(&self.folder.path().join("bin"));
        let run =
            command.args([self.language.ask.0, &at_once.to_string(), &limit.to_string()]).assert().success();
        answers_in(&run.get_output().stdout)
    }

    /// Returns what a program prints that asks questions of its own.
    pub fn run(&self, code: &str) -> Vec<Value> {
        let run = self.command(&self.folder.path().join("bin")).args(["-c", code]).assert().success();
        answers_in(&run.get_output().stdout)
    }

    /// Returns a command that finds the decoder in a folder.
    fn command(&self, decoder: &Path) -> Command {
        let folders = env::var_os("PATH").unwrap_or_default();
        let folders = [decoder.to_owned()].into_iter().chain(env::split_paths(&folders));
        // no other decoder
        let folders = folders.filter(|folder| folder == decoder || !folder.join("booking-errors").exists());
        let mut command = Command::new(self.language.program);
        command.args(self.language.options).current_dir(&self.folder);
        command.env("PATH", env::join_paths(folders).unwrap()).env("REAL", &*BINARY);
        command.timeout(Duration::from_secs(300));
        command
    }
}

fn answers_in(output: &[u8]) -> Vec<Value> {
    str::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
