//! Finds the error envelope in a response's body, which may hold other things too.

use std::borrow::Cow;

use crate::decode::json::{Reader, SyntaxError, Value};
use crate::text::is_blank;

/// How many objects are tried in a body that is no JSON as a whole.
const MOST_STARTS: usize = 64;
/// The longest plain text that is taken for a message, in characters.
const LONGEST_MESSAGE: usize = 200;

/// What a body holds, as one reading function of a provider sees it.
///
/// [`Document::read`] looks at the bytes alone, never at a content type:
///
/// - JSON as a whole, with or without a byte order mark: its root is read.
/// - JSON that breaks off after a member of an error envelope (a text or number `code`, `error_code` or `message`;
///   `details`, `errors`, `error`; `success: false`; of bulk answers `results`, `bulkActionMetadata`, `responses`): what
///   was read before stays.
/// - Noise around JSON, such as warnings before it, comments behind it, or two documents: up to 64 objects are tried
///   from left to right, and the last complete one with such a member counts, else the first broken one that has one.
///   A page that starts with `<!doctype` or `<html` is not searched.
/// - A JSON string, or a plain text of one line and at most 200 characters without markup: it is the `message`.
/// - Anything else: what was read of JSON at the start before it broke off, if anything.
///
/// The time is linear in the length of the body.
///
/// ```
/// use booking_errors_core::decode::document::Document;
///
/// let body = b"<b>Warning</b>: {closure} failed\n{\"code\":\"rest_forbidden\"}<!-- cached -->";
/// let document = Document::read(body, |code, root| {
///     root.members(|name, value| match &*name {
///         "code" => value.text_into(code),
///         _ => {}
///     });
/// });
/// assert_eq!(document.root.as_deref(), Some("rest_forbidden"));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Document<'a, T> {
    /// What the reading function made of the JSON, or the default where there is none.
    pub root: T,
    /// The body itself, where it is a message.
    pub message: Option<Cow<'a, str>>,
    /// Why the JSON could not be read to its end, with the offset in the body.
    pub fault: Option<SyntaxError>,
}

impl<'a, T: Default> Document<'a, T> {
    /// Reads a body. The function is called once for each root that is tried, in most bodies once, with a default to
    /// write into.
    #[inline]
    pub fn read(body: &'a [u8], read: impl Fn(&mut T, Value<'_, 'a>)) -> Self {
        let mut document = Self::default();
        document.fill(body, read);
        document
    }

    fn fill(&mut self, body: &'a [u8], read: impl Fn(&mut T, Value<'_, 'a>)) {
        let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
        let mut search = Search { reader: Reader::new(body), read, at: body.len() - text.len(), tried: 0 };
        let text = text.trim_ascii_end();
        let mut has_envelope = false;
        match text.first() {
            Some(b'{' | b'[') => {
                has_envelope = search.attempt(self);
                let is_broken = self.fault.is_some();
                if (is_broken && has_envelope) || (!is_broken && search.is_at_end()) {
                    return;
                }
            }
            Some(b'"') => {
                if let Some(message) = Reader::new(text).whole_string() {
                    self.message = message_of(message);
                    return;
                }
            }
            _ if is_page(text) => return,
            _ => {}
        }
        if !search.find_envelope(self, has_envelope) {
            self.message = plain_text(text);
        }
    }
}

/// The JSON at the end of a path of names in a body, found as [`Document::read`] finds things; `None` where it is missing,
/// null or cut.
///
/// ```
/// use booking_errors_core::decode::document::json_at;
///
/// let body = br#"{"data":{"params":{"page":"too large"}}} <!-- cached -->"#;
/// assert_eq!(json_at(body, &["data", "params", "page"]).unwrap(), "too large");
/// assert_eq!(json_at(body, &["data", "details"]), None);
/// ```
pub fn json_at(body: &[u8], path: &[&str]) -> Option<serde_json::Value> {
    let raw = Document::read(body, |found, root| *found = root.raw_at(path)).root?;
    let mut reader = Reader::new(raw);
    let value = reader.root().into_json();
    (reader.fault().is_none() && !value.is_null()).then_some(value)
}

/// A search for objects in a body, from left to right.
struct Search<'a, F> {
    /// At the start of the body.
    reader: Reader<'a>,
    read: F,
    at: usize,
    tried: usize,
}

impl<'a, F> Search<'a, F> {
    /// Reads the value that starts here, and goes on behind it or where it broke off; whether it is an envelope.
    fn attempt<T>(&mut self, document: &mut Document<'a, T>) -> bool
    where
        F: Fn(&mut T, Value<'_, 'a>),
    {
        let mut reader = self.reader.starting_at(self.at);
        let start = reader.position();
        (self.read)(&mut document.root, reader.root());
        if reader.position() == start {
            reader.root().skip();
        }
        self.at = reader.position().max(start + 1);
        self.tried += 1;
        document.fault = reader.fault();
        reader.has_envelope()
    }

    fn is_at_end(&self) -> bool {
        self.rest().trim_ascii().is_empty()
    }

    fn rest(&self) -> &'a [u8] {
        self.reader.rest().get(self.at..).unwrap_or_default()
    }

    /// Puts the one that counts in the place of what stands at the start of the body: the last complete object that is
    /// an envelope, else the first broken one that is; whether there is any.
    #[cold]
    fn find_envelope<T: Default>(mut self, found: &mut Document<'a, T>, is_envelope: bool) -> bool
    where
        F: Fn(&mut T, Value<'_, 'a>),
    {
        let (mut has_complete, mut has_broken) = (is_envelope, false);
        while self.tried < MOST_STARTS {
            let Some(brace) = self.rest().iter().position(|&byte| byte == b'{') else {
                break;
            };
            self.at += brace;
            let mut document = Document::default();
            if !self.attempt(&mut document) {
                continue;
            }
            if document.fault.is_none() {
                has_complete = true;
                *found = document;
            } else if !has_complete && !has_broken {
                has_broken = true;
                *found = document;
            }
        }
        has_complete || has_broken
    }
}

fn is_page(text: &[u8]) -> bool {
    [&b"<!doctype"[..], b"<html"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(start)))
}

fn message_of(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!is_blank(&text)).then_some(text)
}

/// A body that is a message by itself: one short line that is neither markup nor cut JSON nor a bare value.
fn plain_text(text: &[u8]) -> Option<Cow<'_, str>> {
    if text.len() > LONGEST_MESSAGE * 4 {
        return None;
    }
    let text = match String::from_utf8_lossy(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    let is_line = !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    let is_bare_value = matches!(&*text, "true" | "false" | "null") || is_number(&text);
    let is_cut_json = text.starts_with(['{', '[']);
    let is_short = text.chars().count() <= LONGEST_MESSAGE;
    let is_message = is_line && !is_cut_json && !is_bare_value && !has_tag(&text) && is_short;
    message_of(text).filter(|_| is_message)
}

/// Whether it is a decimal number. (To have it parsed as a float would add 16 KiB to a program.)
fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (mantissa, exponent) = (unsigned(mantissa), unsigned(exponent));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_complete = (whole.len() + fraction.len()).min(exponent.len()) > 0;
    is_complete && [whole, fraction, exponent].into_iter().all(is_digits)
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix(['+', '-']).unwrap_or(number)
}

fn has_tag(text: &str) -> bool {
    let mut parts = text.split('<');
    parts.next();
    parts.any(|part| part.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
}
