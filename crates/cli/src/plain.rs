//! Turns what holds JSON Lines into plain text in UTF-8: files of log rotation are compressed, and those of PowerShell are
//! UTF-16.

use std::io::{self, Read};

use encoding_rs_io::DecodeReaderBytes;
use flate2::read::MultiGzDecoder;

const GZIP: [u8; 2] = [0x1f, 0x8b];
const UTF_16: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// Reads text that may be compressed with gzip, in UTF-16 with a byte order mark, or both. Its first bytes say so; no JSON
/// begins like this.
pub fn text(input: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let (start, input) = peek(input)?;
    if start != GZIP {
        return Ok(utf_8(start, input));
    }
    let (start, input) = peek(Box::new(MultiGzDecoder::new(input)))?;
    Ok(utf_8(start, input))
}

fn utf_8(start: [u8; 2], input: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    if UTF_16.contains(&start) { Box::new(DecodeReaderBytes::new(input)) } else { input }
}

/// Returns the first two bytes, and a reader that has them still. A single byte that begins no such mark is enough, for it
/// may be a whole line that somebody waits to be answered.
fn peek(mut input: Box<dyn Read + Send>) -> io::Result<([u8; 2], Box<dyn Read + Send>)> {
    let mut start = Vec::new();
    input.by_ref().take(1).read_to_end(&mut start)?;
    if matches!(*start, [0x1f | 0xfe | 0xff]) {
        input.by_ref().take(1).read_to_end(&mut start)?;
    }
    let mark = start.first_chunk().copied().unwrap_or_default();
    Ok((mark, Box::new(io::Cursor::new(start).chain(input))))
}
