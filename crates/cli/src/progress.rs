//! Shows how much of the input is done, to people who wait at a terminal.

use std::io::{self, IsTerminal as _, Read};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input;

/// Work that takes less time shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

const TEMPLATE: &str = "{percent:>3}% [{wide_bar}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";

/// Shows a bar on standard error while this lives, if standard error is a terminal.
pub struct Progress {
    bar: ProgressBar,
    is_awaited: bool,
}

impl Progress {
    /// Expects the bytes of some files. If the length of one is not known, there is no bar.
    pub fn of(files: &[PathBuf]) -> Self {
        let length = files.iter().map(|file| input::length_of(file)).sum::<Option<u64>>();
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        bar.set_style(style.progress_chars("=> "));
        Self { bar, is_awaited: length.is_some() && io::stderr().is_terminal() }
    }

    /// Returns what counts the bytes of the input as they are read.
    pub fn counter(&self) -> Counter {
        Counter(self.bar.clone())
    }

    /// Shows the bar, if the work takes long.
    pub fn show(&mut self) {
        if self.is_awaited && self.bar.elapsed() > PATIENCE {
            self.is_awaited = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Hides the bar while `write` writes to the terminal.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Counts bytes for a [`Progress`].
pub struct Counter(ProgressBar);

impl Counter {
    pub fn count(&self, input: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        Box::new(self.0.wrap_read(input))
    }
}
