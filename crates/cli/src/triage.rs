//! Says who has to act on the failed calls of a log.

mod counter;
mod entry;
mod list;
mod page;
mod prometheus;
mod report;
mod tally;
mod text;
mod time;
mod timeline;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use booking_errors::Provider;
use booking_errors::decode::json::Arena;
use clap::ValueEnum;

use self::entry::{Entry, Names};
use self::list::Wanted;
use self::page::page_of;
use self::report::Report;
use self::tally::Tally;
use crate::chunks::{Chunk, Chunks, Part};
use crate::problem::{Problem, complain};
use crate::progress::Progress;
use crate::unreadable::OnUnreadable;
use crate::{json, keep, parallel, provider_parser};

#[derive(clap::Args)]
pub struct Arguments {
    /// Provider that sent the responses that name none; detected when omitted
    #[arg(short, long, value_name = "NAME", value_parser = provider_parser())]
    provider: Option<&'static Provider>,
    /// List the calls of one group instead, always as JSON Lines: id, time and request_id as the line has them, provider, code,
    /// and the number of the line over all files
    #[arg(short, long, value_name = "GROUP", value_parser = Wanted::parser())]
    list: Option<Wanted>,
    /// Members of a line to list too, besides id, time and request_id; the examples of a report show them as well
    #[arg(short, long, value_name = "NAME,..", value_delimiter = ',', value_parser = keep::parse_name)]
    keep: Vec<String>,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What lines that cannot be read do to the exit status; the report counts them either way. A file that cannot be read
    /// ends in 1
    #[arg(long, value_enum, value_name = "POLICY", default_value_t = OnUnreadable::Fail)]
    on_unreadable: OnUnreadable,
    /// Files to read, one after another, which may be compressed with gzip, or in UTF-16; `-` reads standard input, in UTF-8
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One line of JSON
    Json,
    /// One file to open in a browser, with a chart and search, such as to attach to an incident
    Html,
    /// Metrics for the textfile collector of the node exporter
    Prometheus,
}

impl Arguments {
    /// Returns whether the output is text with colours.
    pub fn is_for_people(&self) -> bool {
        self.format == Format::Text && self.list.is_none()
    }
}

/// Reports on all lines of the files, or lists those of one group as they come. A file that it cannot read
/// does not keep it from the others.
pub fn run(arguments: Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let Arguments { provider, list, keep, format, on_unreadable, files } = arguments;
    let mut progress = Progress::of(&files);
    let settings = Settings { provider, list, names: Names::with(keep).into() };
    let for_workers = settings.clone();
    let parts = Chunks::of(files, progress.counter()).parts(move |chunk| Summary::of(chunk, &settings));
    let work = move |part: Result<Part<_>, Problem>| part?.finish(|chunk| Summary::of(chunk, &for_workers));
    let mut tally = Tally::default();
    let mut unread = Vec::new();
    for summary in parallel::in_order(parts, work)? {
        let summary = match summary {
            Ok(summary) => summary,
            Err(problem) => {
                progress.aside(|| complain(format_args!("booking-errors: {problem}")));
                unread.push(problem.to_string());
                continue;
            }
        };
        if !summary.listed.is_empty() {
            progress.aside(|| summary.write(out))?;
        }
        tally.merge(summary.tally);
        progress.show();
    }
    // the bar would stand in the way
    drop(progress);
    tally.complain();
    let report = Report::of(tally, unread);
    if list.is_none() {
        write_report(&report, format, out)?;
    }
    let is_failure =
        !report.unread.is_empty() || report.unreadable > 0 && on_unreadable == OnUnreadable::Fail;
    Ok(if is_failure { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn write_report(report: &Report, format: Format, out: &mut dyn Write) -> Result<(), Problem> {
    match format {
        Format::Text => text::write(report, out)?,
        Format::Json => {
            let mut line = Vec::new();
            json::add_line(report, &mut line)?;
            out.write_all(&line)?;
        }
        Format::Html => write!(out, "{}", page_of(report))?,
        Format::Prometheus => prometheus::write(report, out)?,
    }
    Ok(())
}

/// How to read lines, and which of them to list.
#[derive(Clone)]
struct Settings {
    /// The provider of responses that name none.
    provider: Option<&'static Provider>,
    list: Option<Wanted>,
    names: Arc<Names>,
}

/// What some lines say.
#[derive(Default)]
struct Summary {
    tally: Tally,
    /// Those that are listed, as JSON Lines.
    listed: Vec<u8>,
}

impl Summary {
    fn of(chunk: &Chunk, settings: &Settings) -> Result<Self, Problem> {
        let mut summary = Self::default();
        for (place, line) in chunk.lines() {
            let arena = Arena::default();
            let entry = Entry::read(line, settings.provider, &settings.names, &arena);
            summary.tally.add(&entry, &place);
            if let Some(wanted) = settings.list {
                wanted.add(&entry, place.line, &mut summary.listed)?;
            }
        }
        Ok(summary)
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.listed)?;
        // a script may act on them before the next line comes
        out.flush()
    }
}
