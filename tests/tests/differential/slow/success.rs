//! "What a success is", as far as it holds for every provider.

use super::again::header;
use super::body::Body;
use super::json::Json;
use super::kind::is_success;
use crate::case::Case;

/// Whether a 2xx answer is an error whatever its provider's own rules say of it. `is_made` tells a document
/// "that shows something made".
pub fn is_no_success(case: &Case, body: &Body, is_made: impl Fn(&Json) -> bool) -> bool {
    if !is_success(case.status) {
        return false;
    }
    // "it is 202 with an empty body (accepted is not done)"; other "empty bodies are successes"
    if !body.has_bytes {
        return case.status == 202;
    }
    // "its body is a web page"
    if body.is_page() {
        return true;
    }
    if body.is_json {
        // "a JSON string counts as text"
        return matches!(body.root, Some(Json::Text(_))) && !names_another_format(case);
    }
    // "noise around the one whole JSON document that shows something made is no fault: it is a success, but not in
    // a web page": whatever the noise is
    if is_noise_around_the_one(body, is_made) {
        return false;
    }
    // "its body begins as JSON and breaks off or is no JSON further on", whatever the content type names; so does a
    // text in which the object that counts breaks off
    if body.begins_as_json() || body.is_cut {
        return true;
    }
    // "or is binary"; "other text than JSON while the content type says JSON, HTML or nothing. Bodies whose
    // content type names another format are successes". White space is a text: an error that was cut
    !names_another_format(case)
}

fn is_noise_around_the_one(body: &Body, is_made: impl Fn(&Json) -> bool) -> bool {
    match &*body.documents {
        // the page may stand before the document, or behind it
        _ if body.has_page() => false,
        [one] => one.is_complete && one.value.as_ref().is_some_and(is_made),
        _ => false,
    }
}

/// "Gzip or other compressed bytes, UTF-16, NUL bytes"; other bytes that are no UTF-8 and hold control characters
/// are no text either. (White space and escape stand in texts of old encodings.)
pub fn is_binary(bytes: &[u8], body: &Body) -> bool {
    let starts: [&[u8]; 8] = [
        b"\x1f\x8b",         // gzip
        b"\x78\x01",         // zlib
        b"\x78\x9c",         // zlib
        b"\x78\xda",         // zlib
        b"\x28\xb5\x2f\xfd", // zstd
        b"BZh",              // bzip2
        b"\xff\xfe",         // UTF-16
        b"\xfe\xff",         // UTF-16
    ];
    let is_text = body.is_page() || body.begins_as_json() || std::str::from_utf8(bytes).is_ok();
    let is_control = |byte: &u8| *byte < 0x20 && !(0x09..=0x0d).contains(byte) && *byte != 0x1b;
    starts.iter().any(|start| bytes.starts_with(start))
        || bytes.contains(&0)
        || !is_text && bytes.iter().any(is_control)
}

/// "`text/calendar`, `text/csv`, `application/pdf`, `image/*`", and what else is neither JSON nor HTML;
/// "text/plain and application/octet-stream name no format".
fn names_another_format(case: &Case) -> bool {
    let named = header(&case.headers, "content-type").unwrap_or_default();
    let named = named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_named = named.split_once('/').is_some_and(|(kind, format)| !kind.is_empty() && !format.is_empty());
    let is_known = named.contains("json") || named.contains("html");
    is_named && !is_known && named != "text/plain" && named != "application/octet-stream"
}
