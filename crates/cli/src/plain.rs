//! Turns files that hold JSON Lines into plain text in UTF-8: those of log rotation are compressed, and those of PowerShell are
//! UTF-16.

use std::io::{self, Read};
use std::iter;

use encoding_rs_io::DecodeReaderBytes;
use flate2::read::MultiGzDecoder;

/// The first bytes of a format, each with the bits that count. A broken line must not pass for one: all lines after it would
/// stay without an answer.
type Sign = &'static [(u8, u8)];

/// The header: deflate, without reserved flags, and with one of the usual levels. A header with a checksum of its own is
/// left out: nothing usual writes it, and its flags could be a line feed.
const GZIP: Sign = &[
    (0xff, 0x1f),
    (0xff, 0x8b),
    (0xff, 0x08),
    (0xe2, 0x00),
    (0x00, 0x00),
    (0x00, 0x00),
    (0x00, 0x00),
    (0x00, 0x00),
    (0xf9, 0x00),
];

/// The byte order mark, and a character of ASCII.
const UTF_16: [Sign; 2] = [
    &[(0xff, 0xff), (0xff, 0xfe), (0x80, 0x00), (0xff, 0x00)],
    &[(0xff, 0xfe), (0xff, 0xff), (0xff, 0x00), (0x80, 0x00)],
];

/// Reads a file that may be compressed with gzip, in UTF-16 with a byte order mark, or both.
pub fn text(file: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let (start, file) = peek(file)?;
    if !is(GZIP, &start) {
        return Ok(utf_8(&start, file));
    }
    let (start, file) = peek(Box::new(MultiGzDecoder::new(file)))?;
    Ok(utf_8(&start, file))
}

/// Returns whether a text has the signs of gzip or UTF-16.
pub fn is_packed(text: &[u8]) -> bool {
    signs().any(|sign| is(sign, text))
}

fn signs() -> impl Iterator<Item = Sign> {
    iter::once(GZIP).chain(UTF_16)
}

fn utf_8(start: &[u8], file: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    if UTF_16.iter().any(|sign| is(sign, start)) { Box::new(DecodeReaderBytes::new(file)) } else { file }
}

/// Returns the first bytes, and a reader that has them still. It reads no more than it takes to tell: a pipe may have a name
/// too, and its next line may come only after the answer to this one.
fn peek(mut file: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut start = Vec::new();
    while signs().any(|sign| start.len() < sign.len() && fits(sign, &start)) {
        if file.by_ref().take(1).read_to_end(&mut start)? == 0 {
            break;
        }
    }
    Ok((start.clone(), Box::new(io::Cursor::new(start).chain(file))))
}

fn is(sign: Sign, start: &[u8]) -> bool {
    start.len() >= sign.len() && fits(sign, start)
}

/// Returns whether no byte speaks against a sign.
fn fits(sign: Sign, start: &[u8]) -> bool {
    start.iter().zip(sign).all(|(byte, (bits, expected))| byte & bits == *expected)
}
