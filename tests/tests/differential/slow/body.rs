//! What of a body is JSON, and what is a text: "Reading bodies, for every provider".

use super::json::{Json, Parsed, parse};

/// What a body holds.
#[derive(Debug, Default)]
pub struct Body {
    /// The JSON that counts, as far as it was read.
    pub root: Option<Json>,
    /// Whether that JSON breaks off.
    pub is_cut: bool,
    /// A plain text or a JSON string: the message.
    pub text: Option<String>,
}

/// Reads a body. `own` are the members of bulk answers that the provider has, each a list or an object; `is_list_read`
/// says whether the provider has a shape that is a list.
pub fn read(bytes: &[u8], own: &[&str], is_list_read: bool) -> Body {
    // "BOM, invalid UTF-8: read on, U+FFFD in their place"
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_ascii_start();
    let chars: Vec<char> = text.chars().collect();
    let whole = parse(&chars, 0);
    let is_container = text.starts_with(['{', '[']);
    if whole.is_complete && chars[whole.end..].iter().all(char::is_ascii_whitespace) {
        return Body::of(whole);
    }
    // "not in a page that starts with <!doctype or <html"
    let start = text.to_ascii_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") {
        return Body::default();
    }
    let has_member = |object: &Json| has_member(object, own);
    let has_envelope =
        |value: &Json| has_member(value) || (is_list_read && value.items().iter().any(has_member));
    let is_envelope = whole.value.as_ref().is_some_and(has_envelope);
    // "one that starts as JSON and breaks off after an envelope's member is not searched further"
    if !whole.is_complete && is_envelope {
        return Body::of(whole);
    }
    // what the body starts with was the first start: "after a failure from where it failed", and else after it
    let (from, starts) = if is_container { (whole.end, 63) } else { (0, 64) };
    let mut found = search(&chars, from, starts, has_member);
    if is_envelope && !found.as_ref().is_some_and(|found| found.is_complete) {
        found = Some(whole.clone()); // a complete one, so that it goes before a cut one
    }
    match found {
        Some(found) => Body::of(found),
        // "a body that stops being JSON part-way keeps the members read before that point"
        None if is_container => Body::of(whole),
        None => Body { text: plain_text(text), ..Body::default() },
    }
}

impl Body {
    fn of(parsed: Parsed) -> Self {
        let text = match &parsed.value {
            Some(Json::Text(_)) => parsed.value.as_ref().and_then(Json::text), // "a JSON string is a message"
            _ => None,
        };
        Self { root: parsed.value, is_cut: !parsed.is_complete, text }
    }
}

/// "objects are tried from left to right, after a failure from where it failed, and the last that has an
/// envelope's members counts; where no complete one has them, the first cut one that has. At most 64 starts."
fn search(text: &[char], from: usize, starts: usize, has_member: impl Fn(&Json) -> bool) -> Option<Parsed> {
    let (mut complete, mut cut, mut at) = (None, None, from);
    for _ in 0..starts {
        let Some(start) = (at..text.len()).find(|at| text[*at] == '{') else { break };
        let parsed = parse(text, start);
        at = parsed.end;
        if !parsed.value.as_ref().is_some_and(&has_member) {
            continue;
        }
        if parsed.is_complete {
            complete = Some(parsed);
        } else if cut.is_none() {
            cut = Some(parsed);
        }
    }
    complete.or(cut)
}

/// "a text or number `code`, `error_code` or `message`; `details`, `errors`, `error`; `success: false`"; and
/// the members of bulk answers, which must not come out clean. A member that comes again with another type
/// was there all the same, and one of which nothing could be read was not.
fn has_member(object: &Json, own: &[&str]) -> bool {
    object.members().iter().any(|(name, value)| match (&**name, value) {
        ("code" | "error_code" | "message", Json::Text(_) | Json::Number(_)) => true,
        ("success", Json::Bool(false)) => true,
        ("details" | "errors" | "error", value) => !value.is_missing(),
        (name, value) => own.contains(&name) && (value.is_list() || value.is_object()),
    })
}

/// "one line of up to 200 characters, trimmed, no tag, no control characters, not starting with `{` or `[`,
/// and not a bare number, true, false or null"
fn plain_text(text: &str) -> Option<String> {
    let text = text.trim();
    let has_tag = text.split('<').skip(1).any(|tag| {
        tag.starts_with(|first: char| first.is_ascii_alphabetic() || ['/', '!', '?'].contains(&first))
    });
    let is_message = !text.is_empty()
        && text.chars().count() <= 200
        && !text.contains(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}')
        && !text.starts_with(['{', '['])
        && !["true", "false", "null"].contains(&text)
        && !has_tag
        && !is_number(text);
    is_message.then(|| text.to_owned())
}

/// Whether a text is nothing but a decimal number.
fn is_number(text: &str) -> bool {
    text.starts_with(['+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && text.contains(|digit: char| digit.is_ascii_digit())
        && text.parse::<f64>().is_ok()
}
