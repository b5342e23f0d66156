//! JSON values that any reader accepts. Some refuse a whole line because of one value that the grammar allows.

use std::borrow::Cow;

/// The deepest nesting.
const DEEPEST: usize = 32;

/// The longest number, in bytes. Every whole number that a double can hold is shorter.
const LONGEST: usize = 320;

/// The largest exponent. Some readers refuse larger ones even after a zero.
const LARGEST_EXPONENT: i32 = 308;

/// Returns a value as it is spelled, if any reader accepts that. A number that no double can hold becomes a string of its
/// text, and so does a value that is nested too deep. U+FFFD stands for what is no character: invalid UTF-8, or half of a
/// surrogate pair. White space becomes spaces, since some readers end a line or a column at others.
pub fn portable(json: &[u8]) -> Cow<'_, str> {
    let mut text = String::from_utf8_lossy(json);
    if text.contains(|c| c < ' ') {
        text = text.replace(|c| c < ' ', " ").into();
    }
    // usual ids and times need no second look
    let is_fine = match text.as_bytes() {
        [b'"', ..] => !text.contains('\\'),
        [b'[' | b'{', ..] => false,
        _ => is_word(&text) || is_held(&text),
    };
    if is_fine { text } else { rewritten(&text).unwrap_or_else(|| string_of(&text)).into() }
}

/// Rewrites what some readers refuse; `None` if the nesting is too deep.
fn rewritten(text: &str) -> Option<String> {
    let mut json = String::with_capacity(text.len());
    let (mut rest, mut depth) = (text, 0_usize);
    while let Some(first) = rest.bytes().next() {
        let (token, after) = rest.split_at_checked(length_of_token(rest))?;
        match first {
            b'"' => add_string(token, &mut json),
            b'-' | b'0'..=b'9' if !is_held(token) => json.push_str(&string_of(token)),
            _ => json.push_str(token),
        }
        match first {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return None;
        }
        rest = after;
    }
    Some(json)
}

/// Returns the length of the string or the number at the start of a text, or else of its first character.
fn length_of_token(text: &str) -> usize {
    let is_in_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
    match text.as_bytes() {
        [b'"', rest @ ..] => {
            let mut is_escaped = false;
            let end = rest.iter().position(|&byte| {
                let is_end = byte == b'"' && !is_escaped;
                is_escaped = byte == b'\\' && !is_escaped;
                is_end
            });
            end.map_or(text.len(), |end| end + 2)
        }
        [b'-' | b'0'..=b'9', ..] => text.find(|c| !is_in_number(c)).unwrap_or(text.len()),
        _ => text.chars().next().map_or(0, char::len_utf8),
    }
}

fn is_word(text: &str) -> bool {
    matches!(text, "null" | "true" | "false")
}

/// Returns whether a double can hold a number, as far as its range goes.
fn is_held(number: &str) -> bool {
    let is_small = match number.split_once(['e', 'E']) {
        Some((_, exponent)) => exponent.parse().is_ok_and(|exponent: i32| exponent <= LARGEST_EXPONENT),
        None => true,
    };
    is_small && number.len() <= LONGEST && number.parse().is_ok_and(f64::is_finite)
}

/// Adds a string with U+FFFD in place of each half of a surrogate pair.
fn add_string(string: &str, json: &mut String) {
    let mut rest = string;
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        json.push_str(before);
        let next = escape.get(6..).unwrap_or_default();
        let length = match (unit(escape), unit(next)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                json.push_str(r"\ufffd");
                rest = next;
                continue;
            }
            (Some(_), _) => 6,
            (None, _) => 2,
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        json.push_str(escape);
        rest = after;
    }
    json.push_str(rest);
}

/// Returns the unit of UTF-16 that an escape stands for.
fn unit(escape: &str) -> Option<u16> {
    u16::from_str_radix(escape.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

/// Returns a text as a JSON string.
fn string_of(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
