//! Reads lines as soon as they arrive.

use std::io::{BufRead as _, BufReader, ErrorKind, Read};
use std::mem;
use std::path::Path;

use memchr::{memchr, memchr_iter};

use crate::input;
use crate::problem::Problem;

/// The most bytes to read at once: what a pipe holds on Linux.
const MOST_BYTES: usize = 64 * 1024;

/// The most lines in a chunk. The answers to short lines are many times longer than the lines, and stay in memory until all
/// are ready.
const MOST_LINES: usize = 1024;

/// The most bytes of a line, without its end. The rest of a longer line is dropped.
pub const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// A chunk with more bytes is long: one of its lines took several reads.
const LONG: usize = 256 * 1024;

/// Some whole lines. The last line of an input may lack its end.
pub struct Chunk {
    text: Vec<u8>,
    /// How many bytes of input these lines take.
    pub length: u64,
    /// The number of the first line.
    first: u64,
}

impl Chunk {
    /// Returns each line without its end, and its number in the input. A line longer than `LONGEST_LINE` may be cut.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = &*self.text;
        (self.first..).map_while(move |number| {
            let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, after) = rest.split_at_checked(end)?;
            rest = after;
            (!line.is_empty()).then(|| (number, without_end(line)))
        })
    }

    /// Returns how many bytes the lines have.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_long(&self) -> bool {
        self.text.len() > LONG
    }

    /// Adds bytes to the line that has begun. A line that gets too long keeps two bytes over the limit, which is enough to
    /// show that it is too long even if one of them is a carriage return.
    fn push(&mut self, bytes: &[u8]) {
        let room = (LONGEST_LINE + 2).saturating_sub(self.text.len());
        let end = memchr(b'\n', bytes).unwrap_or(bytes.len());
        let (line, after) = bytes.split_at_checked(end).unwrap_or((bytes, b""));
        self.text.extend_from_slice(line.get(..room).unwrap_or(line));
        self.text.extend_from_slice(after);
        self.length += bytes.len() as u64;
    }
}

/// An input in chunks. A chunk holds the lines of one read, so that no line waits for lines that are not there yet.
pub struct Chunks {
    input: BufReader<Box<dyn Read + Send>>,
    name: String,
    /// The number of the next line.
    next: u64,
    /// Memory of a long chunk, for the next one.
    spare: Vec<u8>,
    /// Whether the last line is longer than what is read of a line.
    is_endless: bool,
}

impl Chunks {
    /// Opens a file, or standard input for `-`.
    pub fn open(file: &Path) -> Result<Self, Problem> {
        let input = BufReader::with_capacity(MOST_BYTES, input::open(file)?);
        Ok(Self { input, name: input::name_of(file), next: 1, spare: Vec::new(), is_endless: false })
    }

    /// Takes back a long chunk and reuses its memory for the next one.
    pub fn reuse(&mut self, chunk: Chunk) {
        self.spare = chunk.text;
        self.spare.clear();
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_endless {
            return Some(Err(Problem::EndlessLine { file: self.name.clone(), line: self.next }));
        }
        let mut chunk = Chunk { text: Vec::new(), length: 0, first: self.next };
        loop {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Some(Err(Problem::Unreadable { file: self.name.clone(), error })),
            };
            let ends = memchr_iter(b'\n', bytes).zip(1_u64..).take(MOST_LINES);
            let (end, count) = ends.last().map_or((bytes.len(), 0), |(end, count)| (end + 1, count));
            if chunk.is_long() && chunk.text.capacity() < self.spare.capacity() {
                let begun = mem::replace(&mut chunk.text, mem::take(&mut self.spare));
                chunk.text.extend_from_slice(&begun);
            }
            chunk.push(bytes.get(..end).unwrap_or(bytes));
            self.input.consume(end);
            self.next += count;
            self.is_endless = count == 0 && chunk.length > input::ENDLESS as u64;
            if count > 0 || end == 0 || self.is_endless {
                break;
            }
        }
        if chunk.first == 1 && input::is_utf16(&chunk.text) {
            return Some(Err(Problem::Utf16 { file: self.name.clone() }));
        }
        (!chunk.text.is_empty()).then_some(Ok(chunk))
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
