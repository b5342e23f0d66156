//! Decodes responses, into text for people or JSON.

mod answer;
mod report;
mod status;
mod text;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::adapter::strip_str;
use booking_errors::{Provider, Retry, providers};
use clap::ValueEnum;

use self::answer::{Answer, Given, Meaning};
use self::report::{Reading, Row};
use crate::input::{self, Kind};
use crate::problem::{Problem, complain, provider_names};
use crate::{batch, json, provider_parser};

#[derive(clap::Args)]
pub struct Arguments {
    /// Provider that sent the response; detected when omitted. In a HAR file, in Postman's responses, in a log and with
    /// --batch, applies to those that show no provider
    #[arg(short, long, value_name = "NAME", value_parser = provider_parser())]
    pub provider: Option<&'static Provider>,
    /// Method of the call, if known: with GET, HEAD and OPTIONS nothing was carried out
    #[arg(short, long)]
    pub method: Option<String>,
    /// HTTP status of a body; without it, decode says what it would change. Replaces the status of a response that has one
    #[arg(short, long, value_name = "N")]
    pub status: Option<u16>,
    /// Header to add to the response; repeat the option for more
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = input::parse_header)]
    pub headers: Vec<(String, String)>,
    /// What the input is; detected when omitted
    #[arg(short, long, value_enum, value_name = "KIND", conflicts_with = "batch")]
    pub input: Option<Kind>,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// End with a status that says what to do: 0 no error, 3 retry safe, 4 retry never, 5 retry check_first; for several
    /// responses, the highest. 1 and 2 still mean that something could not be read
    #[arg(short = 'x', long, conflicts_with = "batch")]
    pub exit_status: bool,
    /// Files to read; `-` reads standard input
    #[arg(default_value = "-", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten, next_help_heading = "Many responses")]
    pub batch: batch::Options,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

impl Arguments {
    fn given(&self) -> Given<'_> {
        Given {
            provider: self.provider,
            method: self.method.as_deref(),
            status: self.status,
            headers: &self.headers,
            request_for_status: ". Pass it as --status N",
        }
    }

    /// Reads a file and decodes each response in it.
    fn read(&self, file: &Path) -> Result<Reading, Problem> {
        let name = input::name_of(file);
        let found = input::read(&input::read_all(file)?, &name, self.input, self.status.is_some())?;
        if found.kind.holds_several() {
            let options = [
                ("--status", self.status.is_some()),
                ("--method", self.method.is_some()),
                ("--header", !self.headers.is_empty()),
            ];
            if let Some((option, _)) = options.into_iter().find(|(_, is_given)| *is_given) {
                return Err(Problem::Several { file: name, kind: found.kind.in_words(), option });
            }
        }
        Ok(Reading::of(name, found, self.given()))
    }

    /// Returns what the exit status says about a response.
    fn code_of(&self, answer: &Answer) -> u8 {
        match answer.error().map(|error| error.retry()) {
            Some(Retry::Safe) if self.exit_status => 3,
            Some(Retry::Never) if self.exit_status => 4,
            Some(Retry::CheckFirst) if self.exit_status => 5,
            _ => u8::from(matches!(answer.meaning, Meaning::UnknownSender)),
        }
    }
}

/// Decodes the responses in each file. If there are several files, one that cannot be read does not keep it from the rest.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let is_single = arguments.files.len() == 1;
    let mut code = 0;
    let mut readings = Vec::new();
    for (index, file) in arguments.files.iter().enumerate() {
        let reading = match arguments.read(file) {
            Ok(reading) => reading,
            Err(problem) if is_single => return Err(problem),
            Err(problem) => {
                complain(format_args!("booking-errors: {problem}"));
                code = code.max(1);
                readings.push(Err((input::name_of(file), problem.to_string())));
                continue;
            }
        };
        if is_single && let [Answer { meaning: Meaning::UnknownSender, .. }] = &reading.answers[..] {
            return Err(Problem::UnknownProvider { file: reading.file, names: provider_names("|") });
        }
        code = reading.answers.iter().map(|answer| arguments.code_of(answer)).fold(code, u8::max);
        code = code.max(u8::from(reading.fault.is_some()));
        if arguments.format == Format::Text {
            if index > 0 {
                writeln!(out)?;
            }
            reading.write_text(!is_single, out)?;
        } else {
            reading.complain();
        }
        readings.push(Ok(reading));
    }
    if arguments.format == Format::Json {
        write_json(&readings, out)?;
    }
    Ok(ExitCode::from(code))
}

/// Writes the envelope or null of a single response, or a list of all that failed.
fn write_json(readings: &[Result<Reading, (String, String)>], out: &mut dyn Write) -> Result<(), Problem> {
    if let [Ok(reading)] = readings
        && !reading.kind.holds_several()
    {
        let error = reading.answers.iter().find_map(Answer::error);
        return json::write(&error.map(|error| error.envelope()), out);
    }
    let rows = readings.iter().flat_map(|reading| match reading {
        Ok(reading) => reading.rows(),
        Err((file, problem)) => vec![Row::unreadable(file, problem)],
    });
    json::write(&rows.collect::<Vec<_>>(), out)
}

/// Decodes what somebody pasted, into plain text. If a response does not show which provider sent it, says what it means
/// from each.
///
/// # Errors
/// Returns what to paste instead if the text holds no response.
pub fn pasted(text: &str) -> Result<String, String> {
    const ADVICE: &str = "paste the response with its status line, such as `HTTP/1.1 428`, as `curl -i` or `curl -v` print it, a \
        HAR file, lines of a log, or its body";

    let found = input::read(text.as_bytes(), "the text", None, false).map_err(|_| ADVICE)?;
    let read = |provider| {
        let given = Given { provider, request_for_status: ". Give it below", ..Given::default() };
        Reading::of("the text".to_owned(), found.clone(), given)
    };
    let mut readings = vec![read(None)];
    let is_unknown = |answer: &Answer| matches!(answer.meaning, Meaning::UnknownSender);
    if readings.iter().flat_map(|reading| &reading.answers).any(is_unknown) {
        readings = providers().iter().map(|provider| read(Some(*provider))).collect();
    }
    let mut texts = Vec::new();
    for reading in readings {
        let mut text = Vec::new();
        // a `Vec` takes all that is written
        let _ = reading.write_text(false, &mut text);
        texts.push(strip_str(&String::from_utf8_lossy(&text)).to_string());
    }
    texts.dedup();
    Ok(texts.join("\n"))
}
