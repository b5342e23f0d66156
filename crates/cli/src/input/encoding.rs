//! Turns texts of other encodings into UTF-8, and base64 into bytes.

use std::borrow::Cow;

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Standard base64, with or without padding.
pub const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How many bytes without a byte order mark are looked at.
const LOOKED_AT: usize = 512;

/// The fewest bytes that show UTF-16 without a byte order mark.
const FEWEST: usize = 8;

/// Returns a text as UTF-8, and the name of the encoding if that was another one. Windows PowerShell writes UTF-16.
pub fn to_utf8(input: &[u8]) -> (Cow<'_, [u8]>, Option<&'static str>) {
    if let Some(text) = input.strip_prefix(b"\xef\xbb\xbf") {
        return (text.into(), None);
    }
    let Some(encoding) = utf16_of(input) else { return (input.into(), None) };
    // removes the byte order mark
    let (text, _) = encoding.decode_with_bom_removal(input);
    (text.into_owned().into_bytes().into(), Some(encoding.name()))
}

/// Returns `true` if the text starts with the byte order mark of UTF-16, as files written by PowerShell do.
fn is_utf16(input: &[u8]) -> bool {
    input.starts_with(b"\xff\xfe") || input.starts_with(b"\xfe\xff")
}

/// Returns which kind of UTF-16 a text is in: by its byte order mark, or because each of its first characters is printable
/// ASCII beside a zero.
fn utf16_of(input: &[u8]) -> Option<&'static Encoding> {
    if is_utf16(input) {
        return Encoding::for_bom(input).map(|(encoding, _)| encoding);
    }
    let start = input.get(..LOOKED_AT).unwrap_or(input);
    let is_text = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let has = |fits: fn(&[u8; 2]) -> Option<u8>| {
        let mut pairs = start.chunks_exact(2).map(|pair| pair.try_into().ok().as_ref().and_then(fits));
        pairs.all(|byte| byte.is_some_and(is_text))
    };
    if input.len() < FEWEST || !input.len().is_multiple_of(2) {
        None
    } else if has(|&[low, high]| (high == 0).then_some(low)) {
        Some(UTF_16LE)
    } else if has(|&[high, low]| (high == 0).then_some(low)) {
        Some(UTF_16BE)
    } else {
        None
    }
}
