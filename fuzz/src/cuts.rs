//! What a response becomes when it is cut.

use booking_errors::{Effect, Provider, RawResponse};
use serde::de::IgnoredAny;
use serde_json::Deserializer;

use crate::saved::Saved;

/// How many cuts of a body are tried.
const MOST_CUTS: usize = 3;

/// An error that is cut at any byte but the first is never a clean success, and a 2xx answer that breaks off claims
/// nothing about the whole call.
pub fn ask(provider: &Provider, saved: &Saved<'_>) {
    let is_error = provider.check(&saved.response()).is_err();
    for length in lengths(saved.body) {
        let body = &saved.body[..length];
        let cut = saved.with_body(body);
        let error = provider.check(&cut).err();
        let breaks_off = breaks_off(body);
        if error.is_none() && (is_error || breaks_off) {
            let text = text(body);
            let is_other = is_text(text) && (is_value(text) || names_another_format(&cut));
            assert!(
                is_other || holds_success(provider, saved, text),
                "cut after {length} bytes, it is a success"
            );
        }
        if let Some(error) = error.filter(|_| breaks_off && cut.is_success()) {
            let is_claim = matches!(error.effect(), Effect::NotApplied | Effect::Applied);
            assert!(!is_claim, "cut after {length} bytes, it claims too much: {error:?}");
        }
    }
}

/// Where a body is cut, which depends on nothing but the body.
fn lengths(body: &[u8]) -> impl Iterator<Item = usize> {
    let most = body.len().saturating_sub(1);
    let sum = body.iter().fold(body.len(), |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let any = (1..MOST_CUTS).map(move |n| 1 + sum.rotate_right(8 * n as u32) % most.max(1));
    any.chain([most]).filter(move |length| (1..=most).contains(length))
}

/// A body without the byte order mark and white space around it.
fn text(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii()
}

fn is_text(text: &[u8]) -> bool {
    !text.starts_with(b"{") && !text.starts_with(b"[")
}

fn is_value(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// Whether a body is JSON that was cut.
fn breaks_off(body: &[u8]) -> bool {
    let text = text(body);
    !is_text(text) && serde_json::from_slice::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

/// Whether the first JSON object or list of a text is a success by itself, and nothing follows that breaks off.
fn holds_success(provider: &Provider, saved: &Saved<'_>, text: &[u8]) -> bool {
    let starts = (0..text.len()).filter(|at| matches!(text[*at], b'{' | b'['));
    for at in starts {
        let rest = &text[at..];
        let mut values = Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => {
                let (value, after) = rest.split_at(values.byte_offset());
                return provider.check(&saved.with_body(value)).is_ok() && !holds_document(after);
            }
            // it was cut in a document
            Some(Err(error)) if error.is_eof() => return false,
            _ => {}
        }
    }
    false
}

/// Whether an object begins in a text that is not just noise: a whole one, or one that was cut.
fn holds_document(text: &[u8]) -> bool {
    let mut starts = (0..text.len()).filter(|at| text[*at] == b'{');
    starts.any(|at| {
        let value = Deserializer::from_slice(&text[at..]).into_iter::<IgnoredAny>().next();
        value.is_some_and(|value| value.err().is_none_or(|error| error.is_eof()))
    })
}

fn names_another_format(response: &RawResponse<'_>) -> bool {
    let named = response.header_value("content-type").map(String::from_utf8_lossy).unwrap_or_default();
    let name = named.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let says_nothing = ["", "text/plain", "application/octet-stream"];
    name.contains('/') && !(name.contains("json") || name.contains("html") || says_nothing.contains(&&*name))
}
