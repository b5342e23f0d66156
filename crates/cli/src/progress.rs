//! Shows how much of a file is done, to people who wait at a terminal.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less time shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

const TEMPLATE: &str = "{percent:>3}% [{wide_bar}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";

/// Shows a bar on standard error while this lives, if standard error is a terminal.
pub struct Progress {
    bar: ProgressBar,
    is_awaited: bool,
}

impl Progress {
    /// Starts to count the bytes of an input. An input without a known length gets no bar.
    pub fn new(length: Option<u64>) -> Self {
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        bar.set_style(style.progress_chars("=> "));
        Self { bar, is_awaited: length.is_some() && io::stderr().is_terminal() }
    }

    pub fn advance(&mut self, bytes: u64) {
        self.bar.inc(bytes);
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
