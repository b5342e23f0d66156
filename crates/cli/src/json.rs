//! JSON output that is harmless on a terminal: characters that would act on it, hide or reorder text stand as `\u` escapes,
//! which any JSON reader turns back.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;

use booking_errors::text::must_be_escaped;
use memchr::memchr;
use serde::Serialize;

use crate::portable::portable;
use crate::problem::Problem;

/// Writes a value over several lines.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> Result<(), Problem> {
    let json = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", escaped(&json))?;
    Ok(())
}

/// Adds a value to some lines, as a line of its own.
pub fn add_line(value: &impl Serialize, lines: &mut Vec<u8>) -> Result<(), Problem> {
    let start = lines.len();
    serde_json::to_writer(&mut *lines, value)?;
    end_line(start, lines);
    Ok(())
}

/// Adds an object to some lines, as a line of its own: members whose values are JSON from elsewhere, and then those of
/// `rest`, which is an object with at least one.
pub fn add_object<'a>(
    members: impl Iterator<Item = (&'a str, &'a [u8])>,
    rest: &impl Serialize,
    lines: &mut Vec<u8>,
) -> Result<(), Problem> {
    let start = lines.len();
    lines.push(b'{');
    for (name, json) in members {
        serde_json::to_writer(&mut *lines, name)?;
        lines.push(b':');
        lines.extend_from_slice(portable(json).as_bytes());
        lines.push(b',');
    }
    let brace = lines.len();
    serde_json::to_writer(&mut *lines, rest)?;
    lines.remove(brace);
    end_line(start, lines);
    Ok(())
}

fn end_line(start: usize, lines: &mut Vec<u8>) {
    let json = str::from_utf8(lines.get(start..).unwrap_or_default()).unwrap_or_default();
    if let Cow::Owned(json) = escaped(json) {
        lines.truncate(start);
        lines.extend_from_slice(json.as_bytes());
    }
    lines.push(b'\n');
}

/// Escapes what serde_json does not: it escapes only ASCII. Beyond that, JSON has no characters outside of strings.
fn escaped(json: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| c >= '\u{7f}' && must_be_escaped(c);
    let is_plain = json.is_ascii() && memchr(0x7f, json.as_bytes()).is_none();
    if is_plain || !json.contains(is_harmful) {
        return json.into();
    }
    let mut text = String::with_capacity(2 * json.len());
    for c in json.chars() {
        if !is_harmful(c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text.into()
}
