//! Decodes many responses, as JSON Lines.

use std::io::{self, IsTerminal as _, Write};
use std::iter;
use std::path::Path;
use std::process::ExitCode;

use booking_errors::Provider;
use booking_errors::decode::json::Arena;
use serde::Serialize;

use crate::chunks::{Chunk, Chunks, LONGEST_LINE};
use crate::line::{Fault, Line};
use crate::problem::{Problem, complain};
use crate::progress::Progress;
use crate::{input, json, parallel};

/// Answers each line. A line that it cannot read gets an error, and makes the exit status 1.
pub fn run(
    file: &Path,
    default: Option<&'static Provider>,
    out: &mut dyn Write,
) -> Result<ExitCode, Problem> {
    let name = input::name_of(file);
    let mut progress = Progress::new(input::length_of(file));
    let is_on_terminal = io::stdout().is_terminal();
    let mut code = ExitCode::SUCCESS;
    let mut chunks = Chunks::open(file)?;
    let parts = iter::from_fn(move || chunks.next().map(|chunk| Part::of(chunk?, &mut chunks, default)));
    let work = move |part: Result<Part, Problem>| part?.answers(default);
    for answers in parallel::in_order(parts, work)? {
        let answers = answers?;
        let has_faults = !answers.faults.is_empty();
        if has_faults {
            code = ExitCode::FAILURE;
        }
        if has_faults || is_on_terminal {
            progress.aside(|| answers.write(&name, out))?;
        } else {
            answers.write(&name, out)?;
        }
        progress.advance(answers.read);
    }
    Ok(code)
}

/// What a worker gets. Each thread keeps the memory it once took, and long lines take much. So only the thread that reads
/// answers them.
enum Part {
    Lines(Chunk),
    Answers(Answers),
}

impl Part {
    fn of(chunk: Chunk, chunks: &mut Chunks, default: Option<&'static Provider>) -> Result<Self, Problem> {
        if !chunk.is_long() {
            return Ok(Self::Lines(chunk));
        }
        let answers = Answers::to(&chunk, default)?;
        chunks.reuse(chunk);
        Ok(Self::Answers(answers))
    }

    fn answers(self, default: Option<&'static Provider>) -> Result<Answers, Problem> {
        match self {
            Self::Lines(chunk) => Answers::to(&chunk, default),
            Self::Answers(answers) => Ok(answers),
        }
    }
}

/// The output for some lines.
#[derive(Default)]
struct Answers {
    json: Vec<u8>,
    faults: Vec<Unanswered>,
    /// How many bytes of input these answers cover.
    read: u64,
}

impl Answers {
    fn to(chunk: &Chunk, default: Option<&'static Provider>) -> Result<Self, Problem> {
        // most answers are longer than their lines
        let json = Vec::with_capacity(2 * chunk.len());
        let mut answers = Self { json, faults: Vec::new(), read: chunk.length };
        for (number, line) in chunk.lines() {
            let is_too_long = line.len() > LONGEST_LINE;
            let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
            let arena = Arena::default();
            let line = if is_too_long { Err(Fault::TooLong) } else { Line::read(text, &arena) };
            match line.and_then(|line| line.answer(default)) {
                Ok(error) => {
                    let envelope = error.as_ref().map(|error| error.envelope());
                    json::add_line(&envelope, &mut answers.json)?;
                }
                Err(fault) => {
                    let unanswered = Unanswered { error: fault.to_string(), line: number };
                    json::add_line(&unanswered, &mut answers.json)?;
                    answers.faults.push(unanswered);
                }
            }
        }
        Ok(answers)
    }

    fn write(&self, file: &str, out: &mut dyn Write) -> io::Result<()> {
        let complaint =
            |Unanswered { error, line }: &_| format!("booking-errors: {file}, line {line}: {error}");
        let complaints: Vec<_> = self.faults.iter().map(complaint).collect();
        if !complaints.is_empty() {
            complain(complaints.join("\n"));
        }
        out.write_all(&self.json)?;
        // The reader may need these answers before the next line comes, as with `tail -f`.
        out.flush()
    }
}

#[derive(Serialize)]
struct Unanswered {
    error: String,
    line: u64,
}
