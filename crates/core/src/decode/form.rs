//! What a body is as a whole, judged by its bytes.

use crate::decode::json::{Arena, Reader, SyntaxErrorReason};

/// What the bytes of a body are as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Nobody has read it.
    #[default]
    Unread,
    /// One JSON value other than a string.
    Json,
    /// No bytes at all.
    Empty,
    /// JSON that breaks off.
    Broken,
    /// Text around JSON.
    Noisy {
        /// Whether there is just one document in the text, whole, and it [shows something made](super::document::Root::is_made).
        shows_success: bool,
    },
    /// A web page.
    Page,
    /// Other text, or a JSON string.
    Text,
    /// Compressed bytes, UTF-16, or another format that is not text in UTF-8.
    Binary,
}

impl Form {
    /// Text around JSON, of which nobody has said yet that it shows a success.
    pub(super) const NOISY: Self = Self::Noisy { shows_success: false };

    /// Returns what a body is that starts with neither an object nor a list.
    pub(super) fn of_text(text: &[u8]) -> Self {
        match text.first() {
            Some(b'<') if starts_with_tag(text, PAGE_STARTS) => Self::Page,
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') if is_bare_value(text) => Self::Json,
            _ if is_binary(text) => Self::Binary,
            _ => Self::Text,
        }
    }
}

/// Returns where a body starts, after a byte order mark and white space.
pub(super) fn start_of(body: &[u8]) -> usize {
    body.len() - text_of(body).len()
}

/// Returns a body from there on.
pub(super) fn text_of(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start()
}

/// How web pages start.
const PAGE_STARTS: &[&[u8]] = &[b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<meta"];
/// How web pages start that are not searched for JSON.
const WHOLE_PAGE_STARTS: &[&[u8]] = &[b"<!doctype", b"<html"];

/// Returns whether a page starts anywhere in a body.
pub(super) fn has_page(body: &[u8]) -> bool {
    let starts = (0..body.len()).filter(|&at| body.get(at) == Some(&b'<'));
    starts.filter_map(|at| body.get(at..)).any(|text| starts_with_tag(text, WHOLE_PAGE_STARTS))
}

pub(super) fn is_whole_page(body: &[u8]) -> bool {
    body.get(start_of(body)..).is_some_and(|text| starts_with_tag(text, WHOLE_PAGE_STARTS))
}

fn starts_with_tag(text: &[u8], starts: &[&[u8]]) -> bool {
    starts.iter().any(|start| text.get(..start.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(start)))
}

/// Returns whether a text is a JSON number, true, false or null, and nothing else.
fn is_bare_value(text: &[u8]) -> bool {
    let arena = Arena::default();
    let mut reader = Reader::new(text, &arena);
    reader.root().skip() && reader.is_done()
}

/// Returns whether bytes are no text: NUL bytes, or no UTF-8 and control characters in it.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| matches!(byte, 1..=8 | 14..=26 | 28..=31);
    let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    is_utf16
        || is_compressed(bytes)
        || bytes.contains(&0)
        || (str::from_utf8(bytes).is_err() && bytes.iter().any(is_control))
}

/// Returns whether bytes start like gzip, zlib or zstd.
fn is_compressed(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 5] = [b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda", b"\x28\xb5\x2f\xfd"];
    starts.iter().any(|start| bytes.starts_with(start))
}

pub(super) fn binary(bytes: &[u8]) -> SyntaxErrorReason {
    if is_compressed(bytes) { SyntaxErrorReason::Compressed } else { SyntaxErrorReason::Binary }
}
