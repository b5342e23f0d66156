//! Decodes many responses, as JSON Lines.

use std::io::{self, IsTerminal as _, Write};
use std::mem;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use booking_errors::Provider;
use booking_errors::decode::json::Arena;
use serde::Serialize;

use crate::chunks::{Chunk, Chunks, Part};
use crate::line::Line;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::unreadable::{OnUnreadable, Unreadable};
use crate::{json, keep, parallel};

/// The options of `decode` that only a batch has.
#[derive(clap::Args)]
pub struct Options {
    /// Read many responses as JSON Lines, and answer each line with a line
    ///
    /// A line may have up to 64 MiB; one longer than 256 MiB ends its file. Files may be compressed with gzip, or in UTF-16.
    /// Standard input is taken as it is, in UTF-8: no line that comes first can be mistaken for such a file. If a file cannot
    /// be read, the others are. The number `line` in an answer counts all lines that this process reads, over all files,
    /// from 1.
    #[arg(long, conflicts_with_all = ["method", "status", "headers", "format"])]
    pub batch: bool,
    /// Members to copy from each line to its answer, before the answer's own; a success then gets "success": true instead of null
    ///
    /// The values are copied as they are spelled, except for what some readers of JSON refuse: a number that no double can
    /// hold becomes a string, and so does a value nested deeper than 32 levels; U+FFFD takes the place of invalid UTF-8 and
    /// of half a surrogate pair. A line that cannot be read keeps those that come before what is wrong with it.
    #[arg(short, long, value_name = "NAME,..", value_delimiter = ',', requires = "batch", value_parser = keep::parse_name)]
    keep: Vec<String>,
    /// What lines that cannot be read do to the exit status; each gets its answer either way. A file that cannot be read
    /// always makes it 1
    #[arg(long, value_enum, value_name = "POLICY", default_value_t = OnUnreadable::Fail, requires = "batch")]
    on_unreadable: OnUnreadable,
}

/// Answers each line of the files. A line that it cannot read gets an error. After a file that it cannot read it goes on
/// with the next one: nothing that is readable gets lost.
pub fn run(
    options: Options,
    files: Vec<PathBuf>,
    default: Option<&'static Provider>,
    out: &mut dyn Write,
) -> Result<ExitCode, Problem> {
    let mut progress = Progress::of(&files);
    let is_on_terminal = io::stdout().is_terminal();
    let mut unreadable = Unreadable::new(options.on_unreadable);
    let settings = Settings { default, keep: options.keep.into() };
    let mut long = LongAnswers { settings: settings.clone(), written: None };
    let parts = Chunks::of(files, progress.counter()).parts(move |chunk| long.to(chunk));
    let work = move |part: Result<Part<Answers>, Problem>| {
        // most answers are longer than their lines
        part?.finish(|chunk| Answers::to(chunk, Vec::with_capacity(2 * chunk.len()), &settings))
    };
    for answers in parallel::in_order(parts, work)? {
        let answers = match answers {
            Ok(answers) => answers,
            Err(problem) => {
                progress.aside(|| unreadable.add_file(&problem));
                continue;
            }
        };
        if is_on_terminal || !answers.complaints.is_empty() {
            progress.aside(|| answers.write(&mut unreadable, out))?;
        } else {
            answers.write(&mut unreadable, out)?;
        }
        progress.show();
    }
    // the bar would stand in the way of the last words
    drop(progress);
    Ok(unreadable.end())
}

/// How to answer lines.
#[derive(Clone)]
struct Settings {
    /// The provider of lines that name none.
    default: Option<&'static Provider>,
    /// The names of members to copy.
    keep: Arc<[String]>,
}

/// Answers long lines.
struct LongAnswers {
    settings: Settings,
    /// Gives back the memory of the last answers, once they are written.
    written: Option<Receiver<Vec<u8>>>,
}

impl LongAnswers {
    /// Answers lines once the answers before them are written: many would fill the memory if nobody reads them.
    fn to(&mut self, chunk: &Chunk) -> Result<Answers, Problem> {
        let memory = self.written.take().and_then(|written| written.recv().ok()).unwrap_or_default();
        let mut answers = Answers::to(chunk, memory, &self.settings)?;
        let (give_back, written) = mpsc::channel();
        answers.give_back = Some(give_back);
        self.written = Some(written);
        Ok(answers)
    }
}

/// The output for some lines.
#[derive(Default)]
struct Answers {
    json: Vec<u8>,
    /// What to say about the lines that cannot be read.
    complaints: Vec<String>,
    /// Where the memory goes afterwards.
    give_back: Option<Sender<Vec<u8>>>,
}

impl Answers {
    fn to(chunk: &Chunk, memory: Vec<u8>, settings: &Settings) -> Result<Self, Problem> {
        let mut answers = Self { json: memory, ..Self::default() };
        for (place, line) in chunk.lines() {
            let arena = Arena::default();
            let mut line = Line::read(line, &arena, &settings.keep);
            let kept = mem::take(&mut line.others);
            match line.answer(settings.default) {
                Ok(Some(error)) => answers.add(error.envelope(), settings, &kept)?,
                Ok(None) if settings.keep.is_empty() => json::add_line(&(), &mut answers.json)?,
                Ok(None) => answers.add(&Success { success: true }, settings, &kept)?,
                Err(fault) => {
                    let unanswered = Unanswered { error: fault.to_string(), line: place.line };
                    answers.add(&unanswered, settings, &kept)?;
                    answers.complaints.push(format!("{place}: {fault}"));
                }
            }
        }
        Ok(answers)
    }

    fn add(
        &mut self,
        answer: &impl Serialize,
        settings: &Settings,
        kept: &[Option<&[u8]>],
    ) -> Result<(), Problem> {
        if settings.keep.is_empty() {
            return json::add_line(answer, &mut self.json);
        }
        let names = settings.keep.iter().map(String::as_str);
        let members = names.zip(kept).filter_map(|(name, json)| Some((name, (*json)?)));
        json::add_object(members, answer, &mut self.json)
    }

    fn write(mut self, unreadable: &mut Unreadable, out: &mut dyn Write) -> io::Result<()> {
        unreadable.add_lines(&self.complaints);
        out.write_all(&self.json)?;
        // The reader may need these answers before the next line comes, as with `tail -f`.
        out.flush()?;
        if let Some(give_back) = self.give_back {
            self.json.clear();
            // the end of the input needs no memory
            let _ = give_back.send(self.json);
        }
        Ok(())
    }
}

/// The answer to a success, if members are kept.
#[derive(Serialize)]
struct Success {
    success: bool,
}

#[derive(Serialize)]
struct Unanswered {
    error: String,
    line: u64,
}
