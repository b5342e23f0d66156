//! How texts for people look. A terminal that shows no colours loses nothing: the words say the same.

use std::fmt::Display;
use std::io::{self, Write};

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

/// Writes a line of a list, with its label.
pub fn line(out: &mut dyn Write, label: &str, text: impl Display) -> io::Result<()> {
    writeln!(out, "  {label:<12}{text}")
}

/// Writes lines of a list that have one label.
pub fn lines(
    out: &mut dyn Write,
    label: &str,
    texts: impl IntoIterator<Item = impl Display>,
) -> io::Result<()> {
    for (index, text) in texts.into_iter().enumerate() {
        line(out, if index == 0 { label } else { "" }, text)?;
    }
    Ok(())
}
