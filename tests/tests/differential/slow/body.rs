//! What of a body is JSON, and what is a text: "Reading bodies, for every provider".

use super::json::{Json, Parsed, parse};
use super::success::is_binary;

/// What a body holds.
#[derive(Debug, Default)]
pub struct Body {
    /// All of it as text, without the byte order mark.
    pub whole: String,
    pub has_bytes: bool,
    /// Whether it is one JSON value and nothing else.
    pub is_json: bool,
    /// The JSON that counts, as far as it was read.
    pub root: Option<Json>,
    /// Whether that JSON breaks off.
    pub is_cut: bool,
    /// Every document that was found: objects, whole or cut, and a whole list where one stands first.
    pub documents: Vec<Parsed>,
    /// Whether there may be more of them, behind \"at most 64 starts\".
    pub has_more: bool,
    /// A plain text or a JSON string: the message.
    pub text: Option<String>,
}

/// Reads a body. `own` are the members that "a provider's own shapes add"; `is_list_read` says whether the
/// provider has a shape that is a list.
pub fn read(bytes: &[u8], own: &[&str], is_list_read: bool) -> Body {
    // "BOM, invalid UTF-8: read on, U+FFFD in their place"
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let body = Body { whole: text.to_owned(), has_bytes: !bytes.is_empty(), ..Body::default() };
    let text = text.trim_ascii_start();
    let chars: Vec<char> = text.chars().collect();
    let whole = parse(&chars, 0);
    if whole.is_complete && chars[whole.end..].iter().all(char::is_ascii_whitespace) {
        return Body { is_json: true, ..body }.with_all_of(std::slice::from_ref(&whole)).with_root(whole);
    }
    // "not in a page that starts with <!doctype or <html"
    let start = text.to_ascii_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") {
        return body;
    }
    let has_member = |object: &Json| has_member(object, own);
    let has_envelope =
        |value: &Json| has_member(value) || (is_list_read && value.items().iter().any(has_member));
    let is_envelope = whole.value.as_ref().is_some_and(has_envelope);
    // what the body starts with was the first start: "after a failure from where it failed", and else after it
    let is_container = text.starts_with(['{', '[']);
    let (from, starts) = if is_container { (whole.end, 63) } else { (0, 64) };
    let (found, has_more) = search(&chars, from, starts);
    let body = Body { has_more, ..body };
    let body = if is_container { body.with_all_of(std::slice::from_ref(&whole)) } else { body };
    let body = body.with_all_of(&found);
    // "one that starts as JSON and breaks off after an envelope's member is not searched further" for what counts;
    // whatever follows may still show that something was made
    if !whole.is_complete && is_envelope {
        return body.with_root(whole);
    }
    let mut counts = choose(found, has_member);
    if is_envelope && !counts.as_ref().is_some_and(|counts| counts.is_complete) {
        counts = Some(whole.clone()); // a complete one, so that it goes before a cut one
    }
    match counts {
        Some(counts) => body.with_root(counts),
        // "a body that stops being JSON part-way keeps the members read before that point"
        None if is_container => body.with_root(whole),
        // bytes that are no text are no message
        None => Body { text: plain_text(text).filter(|_| !is_binary(bytes, &body)), ..body },
    }
}

impl Body {
    fn with_root(self, parsed: Parsed) -> Self {
        let text = match &parsed.value {
            Some(Json::Text(_)) => parsed.value.as_ref().and_then(Json::text), // "a JSON string is a message"
            _ => None,
        };
        Self { root: parsed.value, is_cut: !parsed.is_complete, text, ..self }
    }

    /// Keeps those that are documents: an object with at least a name and a colon, or one that the body's end cuts, or a
    /// whole one, or a whole list.
    fn with_all_of(mut self, found: &[Parsed]) -> Self {
        let is_document = |parsed: &&Parsed| {
            let is_begun =
                |value: &Json| parsed.is_complete || parsed.is_at_end || !value.members().is_empty();
            let is_container = |value: &Json| value.is_object() || value.is_list();
            parsed.value.as_ref().is_some_and(|value| is_container(value) && is_begun(value))
        };
        self.documents.extend(found.iter().filter(is_document).cloned());
        self
    }

    /// The JSON that counts, and null where there is none.
    pub fn root(&self) -> &Json {
        self.root.as_ref().unwrap_or(&Json::Null)
    }

    /// Whether "something in the body shows that something was made", in whatever document of it. Behind the last of 64
    /// nobody looks: there it may stand, too.
    pub fn shows(&self, is_made: impl Fn(&Json) -> bool) -> bool {
        let mut values = self.documents.iter().filter_map(|document| document.value.as_ref());
        values.any(is_made) || self.has_more
    }

    /// Whether there is a JSON object in it that stands for itself, whole or cut, or the beginning of one.
    pub fn has_object(&self) -> bool {
        let mut values = self.documents.iter().filter_map(|document| document.value.as_ref());
        // a web page that ends as an object may hold one behind it
        let ends_as_object = self.is_page() && self.trimmed().ends_with('}');
        values.any(Json::is_object) || self.trimmed().starts_with('{') || ends_as_object
    }

    /// Whether a JSON value in it breaks off: the one that counts, or another that may have said more.
    pub fn breaks_off(&self) -> bool {
        self.is_cut || self.has_more || self.documents.iter().any(|document| !document.is_complete)
    }

    /// Without what stands around it.
    pub fn trimmed(&self) -> &str {
        self.whole.trim_ascii()
    }

    /// "Begins as JSON."
    pub fn begins_as_json(&self) -> bool {
        self.trimmed().starts_with(['{', '['])
    }

    /// Whether a web page begins anywhere in it.
    pub fn has_page(&self) -> bool {
        let text = self.whole.to_ascii_lowercase();
        text.contains("<!doctype") || text.contains("<html")
    }

    /// "`<!doctype`, `<html`, `<head`, `<body`, `<script`, `<meta` first, after white space"
    pub fn is_page(&self) -> bool {
        let start = self.trimmed().to_ascii_lowercase();
        let starts = ["<!doctype", "<html", "<head", "<body", "<script", "<meta"];
        starts.iter().any(|tag| start.starts_with(tag))
    }
}

/// "Objects are tried from left to right, after a failure from where it failed. At most 64 starts."
/// Returns what was found, and whether there is anything behind it that was not tried.
fn search(text: &[char], from: usize, starts: usize) -> (Vec<Parsed>, bool) {
    let (mut found, mut at) = (Vec::new(), from);
    let next = |at: usize| (at..text.len()).find(|at| text[*at] == '{');
    for _ in 0..starts {
        let Some(start) = next(at) else { return (found, false) };
        let parsed = parse(text, start);
        at = parsed.end;
        found.push(parsed);
    }
    let has_more = next(at).is_some();
    (found, has_more)
}

/// "The last that has an envelope's members counts; where no complete one has them, the first cut one that has."
fn choose(found: Vec<Parsed>, has_member: impl Fn(&Json) -> bool) -> Option<Parsed> {
    let has_member = |parsed: &&Parsed| parsed.value.as_ref().is_some_and(&has_member);
    let complete = found.iter().filter(has_member).rfind(|parsed| parsed.is_complete);
    complete.or(found.iter().find(has_member)).cloned()
}

/// "A text or number `code`, `error_code` or `message`; `details`, `errors`, `error`; `success: false`"; and
/// "what a provider's own shapes add".
fn has_member(object: &Json, own: &[&str]) -> bool {
    object.members().iter().any(|(name, value)| match (&**name, value) {
        ("code" | "error_code" | "message", Json::Text(_) | Json::Number(_)) => true,
        ("success", Json::Bool(false)) => true,
        (name, value) => {
            let is_own = ["details", "errors", "error"].contains(&name) || own.contains(&name);
            is_own && !value.is_missing()
        }
    })
}

/// "One line of up to 200 characters, trimmed, no tag, no control characters, not starting with `{` or `[`,
/// and not a bare number, true, false or null."
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
pub fn is_number(text: &str) -> bool {
    text.starts_with(['+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && text.contains(|digit: char| digit.is_ascii_digit())
        && text.parse::<f64>().is_ok()
}
