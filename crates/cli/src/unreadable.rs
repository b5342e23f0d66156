//! Lines and files that cannot be read.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::plural::counted;
use crate::problem::{Problem, complain};

/// What lines that cannot be read do to a command.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnUnreadable {
    /// End with 0, and say in one line how many there were: for engines that drop every answer of a command that fails
    Continue,
    /// Read on, and end with 1: a script that looks at nothing else must not miss lines, which may be bookings in doubt
    Fail,
}

/// What could not be read so far. A file that cannot be read makes the exit status 1 in any case: nobody knows how many lines
/// are missing.
pub struct Unreadable {
    policy: OnUnreadable,
    lines: u64,
    first: Option<String>,
    has_failed: bool,
}

impl Unreadable {
    pub fn new(policy: OnUnreadable) -> Self {
        Self { policy, lines: 0, first: None, has_failed: false }
    }

    /// Reports some lines, each with its place and what is wrong with it.
    pub fn add_lines(&mut self, complaints: &[String]) {
        let Some(first) = complaints.first() else { return };
        if self.policy == OnUnreadable::Continue {
            self.lines += complaints.len() as u64;
            self.first.get_or_insert_with(|| first.clone());
            return;
        }
        self.has_failed = true;
        let complaints: Vec<_> =
            complaints.iter().map(|complaint| format!("booking-errors: {complaint}")).collect();
        complain(complaints.join("\n"));
    }

    /// Reports a file.
    pub fn add_file(&mut self, problem: &Problem) {
        self.has_failed = true;
        complain(format_args!("booking-errors: {problem}"));
    }

    /// Sums up what was not reported yet, and returns the exit status.
    pub fn end(self) -> ExitCode {
        if let Some(first) = &self.first {
            let lines = counted(self.lines, "line");
            let place = if self.lines == 1 { ":" } else { ", the first is" };
            complain(format_args!("booking-errors: cannot read {lines}{place} {first}"));
        }
        if self.has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
