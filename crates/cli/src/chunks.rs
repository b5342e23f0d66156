//! Reads lines as soon as they arrive.

use std::fmt::{self, Display, Formatter};
use std::io::{BufRead as _, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{iter, mem, vec};

use memchr::{memchr, memchr_iter};

use crate::problem::Problem;
use crate::progress::Counter;
use crate::{input, plain};

/// The most bytes to read at once: what a pipe holds on Linux.
const MOST_BYTES: usize = 64 * 1024;

/// The most lines in a chunk. The answers to short lines are many times longer than the lines, and stay in memory until all
/// are ready.
const MOST_LINES: usize = 1024;

/// The most bytes of a line, without its end. The rest of a longer line is dropped.
pub const LONGEST_LINE: usize = 64 * 1024 * 1024;

/// A chunk with more bytes is long: one of its lines took several reads.
const LONG: usize = 256 * 1024;

/// Some whole lines of a file. The last line of a file may lack its end.
pub struct Chunk {
    text: Vec<u8>,
    file: Arc<str>,
    /// The number of the first line in the file.
    first_of_file: u64,
    /// The number of the first line in all files.
    first: u64,
}

/// What a worker gets: lines, or what already came of long ones. Each thread keeps the memory it once took, and long lines take
/// much. So only the thread that reads them works on them.
pub enum Part<R> {
    Lines(Chunk),
    Done(R),
}

impl<R> Part<R> {
    /// Returns what comes of the lines.
    pub fn finish(self, work: impl FnOnce(&Chunk) -> Result<R, Problem>) -> Result<R, Problem> {
        match self {
            Self::Lines(chunk) => work(&chunk),
            Self::Done(result) => Ok(result),
        }
    }
}

/// Where a line is.
pub struct Place<'a> {
    file: &'a str,
    /// The number of the line in its file, counted from 1.
    line_of_file: u64,
    /// The number of the line in all that this process reads, counted from 1.
    pub line: u64,
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { file, line_of_file, line } = self;
        write!(f, "{file}, line {line_of_file}")?;
        if line == line_of_file {
            return Ok(());
        }
        write!(f, " ({line} of all files)")
    }
}

impl Chunk {
    /// Returns each line without its end, and its place. A line longer than `LONGEST_LINE` may be cut.
    pub fn lines(&self) -> impl Iterator<Item = (Place<'_>, &[u8])> {
        let mut rest = &*self.text;
        (0..).map_while(move |index| {
            let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, after) = rest.split_at_checked(end)?;
            rest = after;
            (!line.is_empty()).then(|| (self.place(index), without_end(line)))
        })
    }

    fn place(&self, index: u64) -> Place<'_> {
        Place { file: &self.file, line_of_file: self.first_of_file + index, line: self.first + index }
    }

    /// Returns how many bytes the lines have.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    fn is_long(&self) -> bool {
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
    }
}

/// Files in chunks, one after another. A chunk holds the lines of one read, so that no line waits for lines that are not
/// there yet. After a file that cannot be read, it goes on with the next one.
pub struct Chunks {
    files: vec::IntoIter<PathBuf>,
    source: Option<Source>,
    counter: Counter,
    /// The number of the next line.
    next: u64,
    /// Memory of a long chunk, for the next one.
    spare: Vec<u8>,
}

impl Chunks {
    /// Reads files, which may be compressed with gzip or in UTF-16. `-` is standard input, which is plain: an engine may send
    /// any line first, and waits for its answer.
    pub fn of(files: Vec<PathBuf>, counter: Counter) -> Self {
        Self { files: files.into_iter(), source: None, counter, next: 1, spare: Vec::new() }
    }

    /// Returns what the workers get, with `work` done on long chunks. The memory of one is that of the next.
    pub fn parts<R>(
        mut self,
        mut work: impl FnMut(&Chunk) -> Result<R, Problem>,
    ) -> impl Iterator<Item = Result<Part<R>, Problem>> {
        iter::from_fn(move || {
            let chunk = match self.next()? {
                Ok(chunk) if chunk.is_long() => chunk,
                chunk => return Some(chunk.map(Part::Lines)),
            };
            let result = work(&chunk);
            self.spare = chunk.text;
            self.spare.clear();
            Some(result.map(Part::Done))
        })
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let source = match &mut self.source {
                Some(source) => source,
                None => match Source::open(&self.files.next()?, &self.counter) {
                    Ok(source) => self.source.insert(source),
                    Err(problem) => return Some(Err(problem)),
                },
            };
            if let Some(chunk) = source.chunk(&mut self.next, &mut self.spare) {
                return Some(chunk);
            }
            self.source = None;
        }
    }
}

/// A file that is being read.
struct Source {
    input: BufReader<Box<dyn Read + Send>>,
    name: Arc<str>,
    /// The number of the next line in this file.
    next: u64,
    is_at_end: bool,
    /// Why the rest cannot be read, which is said after what was read before.
    failure: Option<Problem>,
}

impl Source {
    fn open(file: &Path, counter: &Counter) -> Result<Self, Problem> {
        let name = input::name_of(file);
        let bytes = counter.count(input::open(file)?);
        let text = if input::is_standard(file) { Ok(bytes) } else { plain::text(bytes) };
        let input = match text {
            Ok(text) => BufReader::with_capacity(MOST_BYTES, text),
            Err(error) => return Err(Problem::Unreadable { file: name, error }),
        };
        Ok(Self { input, name: name.into(), next: 1, is_at_end: false, failure: None })
    }

    /// Reads the next lines and counts them; `None` at the end.
    fn chunk(&mut self, next: &mut u64, spare: &mut Vec<u8>) -> Option<Result<Chunk, Problem>> {
        let file = self.name.clone();
        let mut chunk = Chunk { text: Vec::new(), file, first_of_file: self.next, first: *next };
        let mut length = 0;
        while !self.is_at_end {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.fail(|file| Problem::Unreadable { file, error });
                    break;
                }
            };
            let ends = memchr_iter(b'\n', bytes).zip(1_u64..).take(MOST_LINES);
            let (end, count) = ends.last().map_or((bytes.len(), 0), |(end, count)| (end + 1, count));
            if chunk.is_long() && chunk.text.capacity() < spare.capacity() {
                let begun = mem::replace(&mut chunk.text, mem::take(spare));
                chunk.text.extend_from_slice(&begun);
            }
            chunk.push(bytes.get(..end).unwrap_or(bytes));
            self.input.consume(end);
            length += end;
            if count > 0 {
                self.next += count;
                *next += count;
                return Some(Ok(chunk));
            }
            if length > input::ENDLESS {
                let line = self.next;
                self.fail(|file| Problem::EndlessLine { file, line });
            }
            self.is_at_end |= end == 0;
        }
        if chunk.text.is_empty() {
            return self.failure.take().map(Err);
        }
        // the last line has no end
        *next += 1;
        Some(Ok(chunk))
    }

    fn fail(&mut self, problem: impl FnOnce(String) -> Problem) {
        self.failure = Some(problem(self.name.to_string()));
        self.is_at_end = true;
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
