//! What is left of a response that is cut. The fuzz targets read this file, too.

use booking_errors::RawResponse;
use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// Whether a body is JSON that was cut.
pub fn breaks_off(body: &[u8]) -> bool {
    let text = text(body);
    !is_text(text) && serde_json::from_slice::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

/// Whether what is left of a response is a success for a reason of its own. `is_clean` says of a body if the same response
/// with that body is a success.
pub fn is_another_answer(cut: &RawResponse<'_>, is_clean: impl Fn(&[u8]) -> bool) -> bool {
    let text = text(cut.body());
    let is_other =
        is_text(text) && (serde_json::from_slice::<IgnoredAny>(text).is_ok() || names_another_format(cut));
    is_other || holds_success(text, is_clean)
}

/// A body without the byte order mark and white space around it.
fn text(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii()
}

fn is_text(text: &[u8]) -> bool {
    !text.starts_with(b"{") && !text.starts_with(b"[")
}

/// Whether the first JSON object or list of a text is a success by itself, and nothing follows that breaks off.
fn holds_success(text: &[u8], is_clean: impl Fn(&[u8]) -> bool) -> bool {
    let starts = (0..text.len()).filter(|at| matches!(text[*at], b'{' | b'['));
    for at in starts {
        let rest = &text[at..];
        let mut values = Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => {
                let (value, after) = rest.split_at(values.byte_offset());
                return is_clean(value) && !holds_document(after);
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
