//! The colours of texts for people. A terminal that shows none loses nothing: the words say the same.

use anstyle::{AnsiColor, Style};
use booking_errors::{Effect, Retry};

pub const BOLD: Style = Style::new().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default();

pub fn of_effect(effect: Effect) -> Style {
    match effect {
        Effect::NotApplied => GREEN,
        Effect::Applied | Effect::Partial | Effect::Unknown => YELLOW,
    }
}

pub fn of_retry(retry: Retry) -> Style {
    match retry {
        Retry::Safe => GREEN,
        Retry::CheckFirst => YELLOW,
        Retry::Never => RED,
    }
}
