//! The colours of texts for people. A terminal that shows none loses nothing: the words say the same.

use anstyle::{AnsiColor, Style};
use booking_errors::{Effect, Retry, Triage};

pub const BOLD: Style = Style::new().bold();
pub const ALARM: Style = RED.bold();
pub const WARNING: Style = YELLOW.bold();
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

/// Returns the style of a group's heading.
pub fn of_triage(group: Triage) -> Style {
    match group {
        Triage::LookUp => ALARM,
        Triage::PartlyDone => WARNING,
        Triage::Wait | Triage::Customer | Triage::Account | Triage::Code => BOLD,
    }
}
