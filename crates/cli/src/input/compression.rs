//! Decompresses what a server compressed, as far as it can.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, GzDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::file::LONGEST;

/// The most codings that are undone, one over the other.
const MOST_LAYERS: usize = 4;

/// How much the decoder of brotli reads at once, in bytes.
const BUFFER: usize = 4096;

/// What was inside compressed bytes.
pub struct Unpacked {
    pub bytes: Vec<u8>,
    /// The codings that were undone, the last one first.
    pub codings: Vec<&'static str>,
    /// Why it is not all.
    pub fault: Option<String>,
}

/// Undoes the codings of a body: those that a `Content-Encoding` names, and those that the bytes show. Returns `None` if
/// the bytes are not compressed. Tools such as `curl --compressed` undo the coding and keep the header, so the header alone
/// shows nothing.
pub fn unpack(body: &[u8], content_encoding: Option<&[u8]>) -> Option<Unpacked> {
    let named = String::from_utf8_lossy(content_encoding.unwrap_or_default()).to_ascii_lowercase();
    let mut named: Vec<_> = named.split(',').map(str::trim).collect();
    let mut unpacked = Unpacked { bytes: Vec::new(), codings: Vec::new(), fault: None };
    while unpacked.codings.len() < MOST_LAYERS && unpacked.fault.is_none() {
        let bytes = if unpacked.codings.is_empty() { body } else { &unpacked.bytes };
        let Some((coding, layer)) = layer(bytes, named.pop()) else {
            if named.is_empty() { break } else { continue }
        };
        unpacked.codings.push(coding);
        (unpacked.bytes, unpacked.fault) = layer;
    }
    (!unpacked.codings.is_empty()).then_some(unpacked)
}

type Layer = (Vec<u8>, Option<String>);

/// Undoes one coding.
fn layer(bytes: &[u8], named: Option<&str>) -> Option<(&'static str, Layer)> {
    if bytes.starts_with(b"\x1f\x8b") {
        return Some(("gzip", gunzip(bytes)));
    }
    if bytes.starts_with(b"\x28\xb5\x2f\xfd") {
        return Some(("zstd", unzstd(bytes)));
    }
    if is_zlib(bytes) {
        let layer = read(ZlibDecoder::new(bytes));
        // a text may begin with the same bytes
        return (!layer.0.is_empty()).then_some(("deflate", layer));
    }
    // neither of these can be told by its bytes
    if is_text(bytes) {
        return None;
    }
    let (coding, layer) = match named? {
        "deflate" => ("deflate", read(DeflateDecoder::new(bytes))),
        "br" => ("br", read(brotli_decompressor::Decompressor::new(bytes, BUFFER))),
        _ => return None,
    };
    let is_plausible = layer.1.is_none() || is_text(&layer.0);
    is_plausible.then_some((coding, layer))
}

/// Decompresses gzip. Other bytes after its end are no fault.
fn gunzip(bytes: &[u8]) -> Layer {
    let all = read(MultiGzDecoder::new(bytes));
    if all.1.is_none() {
        return all;
    }
    let first = read(GzDecoder::new(bytes));
    if first.1.is_none() { first } else { all }
}

fn unzstd(bytes: &[u8]) -> Layer {
    match StreamingDecoder::new(bytes) {
        Ok(decoder) => read(decoder),
        Err(error) => (Vec::new(), Some(error.to_string())),
    }
}

/// Reads to the end, to a fault, or to a bound: few bytes can hold any amount.
fn read(decoder: impl Read) -> Layer {
    let mut bytes = Vec::new();
    let result = decoder.take(LONGEST as u64 + 1).read_to_end(&mut bytes);
    let fault = match result {
        Ok(length) if length > LONGEST => Some(format!("it is longer than {} MiB", LONGEST / (1024 * 1024))),
        Ok(_) => None,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Some("it breaks off".to_owned()),
        Err(error) => Some(error.to_string()),
    };
    bytes.truncate(LONGEST);
    (bytes, fault)
}

/// Returns whether the bytes begin with a header of zlib, RFC 1950.
fn is_zlib(bytes: &[u8]) -> bool {
    let &[first, second, ..] = bytes else { return false };
    first & 0x8f == 0x08 && (u16::from(first) << 8 | u16::from(second)) % 31 == 0
}

/// Returns whether the bytes are text, as far as can be told.
pub fn is_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    str::from_utf8(bytes).is_ok() && !bytes.iter().any(is_control)
}
