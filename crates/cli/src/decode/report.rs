//! What is shown of the responses in a file.

use std::io::{self, Write};

use booking_errors::Envelope;
use booking_errors::text::Escaped;
use serde::Serialize;

use super::answer::{Answer, Given, Meaning, read_as};
use super::text;
use crate::input::{Exchange, Found, Kind, Place, shown_url};
use crate::plural::counted;
use crate::problem::{complain, provider_names};

/// A file with the answers to its responses.
pub struct Reading {
    pub file: String,
    pub kind: Kind,
    pub answers: Vec<Answer>,
    /// Why the file is not whole.
    pub fault: Option<String>,
    read_as: Option<String>,
}

impl Reading {
    pub fn of(file: String, found: Found, given: Given<'_>) -> Self {
        let read_as = read_as(&found, given.status.is_some());
        let Found { kind, exchanges, fault, .. } = found;
        let answers = exchanges.into_iter().map(|exchange| Answer::to(exchange, kind, given)).collect();
        Self { file, kind, answers, fault, read_as }
    }

    /// Writes each answer. Of an input that may hold several responses, those that failed.
    pub fn write_text(&self, has_heading: bool, out: &mut dyn Write) -> io::Result<()> {
        if self.kind.holds_several() {
            return self.write_several(out);
        }
        if has_heading {
            writeln!(out, "== {} ==", self.file)?;
        }
        for answer in &self.answers {
            let told = answer.exchange.told.iter().map(String::as_str);
            let parts: Vec<_> = self.read_as.iter().map(String::as_str).chain(told).collect();
            if !parts.is_empty() {
                writeln!(out, "{}", Escaped::message(&parts.join("; ")))?;
            }
            write_notes(&answer.exchange.notes, out)?;
            if !parts.is_empty() || !answer.exchange.notes.is_empty() {
                writeln!(out)?;
            }
            write_answer(answer, out)?;
        }
        Ok(())
    }

    fn write_several(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}: {}: {}", self.file, self.read_as.as_deref().unwrap_or_default(), self.summary())?;
        write_notes(&self.notes(), out)?;
        for answer in self.listed() {
            let exchange = &answer.exchange;
            writeln!(out, "\n== {}{} ==", self.file, self.place(exchange))?;
            if !exchange.told.is_empty() {
                writeln!(out, "{}", Escaped::message(&exchange.told.join("; ")))?;
            }
            write_notes(&exchange.notes, out)?;
            write_answer(answer, out)?;
        }
        Ok(())
    }

    /// Writes what a reader of the JSON must know to standard error.
    pub fn complain(&self) {
        let of_file = self.notes().into_iter().map(|note| (String::new(), note));
        let of_answers = self.listed().filter(|_| !self.kind.holds_several()).flat_map(|answer| {
            answer.exchange.notes.iter().map(|note| (self.place(&answer.exchange), note.clone()))
        });
        let of_unknown =
            self.unknown_senders().map(|answer| (self.place(&answer.exchange), unknown_sender()));
        for (place, note) in of_file.chain(of_answers).chain(of_unknown) {
            complain(format_args!("booking-errors: {}{place}: {}", self.file, shown(&note)));
        }
    }

    pub fn rows(&self) -> Vec<Row<'_>> {
        self.listed().map(|answer| Row::of(self, answer)).collect()
    }

    /// Returns the answers to show: those to failed calls, and to a response that is alone.
    fn listed(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| match answer.meaning {
            Meaning::Failed(_) | Meaning::UnknownSender => true,
            Meaning::Success => !self.kind.holds_several(),
            Meaning::OtherFailed | Meaning::OtherDone => false,
        })
    }

    fn summary(&self) -> String {
        let failed = self.answers.iter().filter(|answer| answer.error().is_some()).count();
        let unknown = self.unknown_senders().count();
        let all = counted(self.answers.len() as u64, self.word());
        match (failed, unknown) {
            (0, 0) => format!("no failed call to a provider in {all}"),
            (_, 0) => format!("{all}, {failed} failed"),
            _ => format!("{all}, {failed} failed, {unknown} of an unknown provider"),
        }
    }

    fn unknown_senders(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| matches!(answer.meaning, Meaning::UnknownSender))
    }

    fn word(&self) -> &'static str {
        if self.kind == Kind::Har { "entry" } else { "response" }
    }

    /// Returns what holds for the file as a whole.
    fn notes(&self) -> Vec<String> {
        let others =
            self.answers.iter().filter(|answer| matches!(answer.meaning, Meaning::OtherFailed)).count();
        let others = (others > 0).then(|| {
            format!(
                "{} failed, from an unknown provider: pass --provider {} to decode them",
                counted(others as u64, &format!("other {}", self.word())),
                provider_names("|")
            )
        });
        self.fault.iter().cloned().chain(others).collect()
    }

    /// Returns where in the file a response is, and which call it answers.
    fn place(&self, exchange: &Exchange) -> String {
        let place = match exchange.place {
            Some(Place::Entry(number)) => format!(", {} {number}", self.word()),
            Some(Place::Line(number)) => format!(", line {number}"),
            None => return String::new(),
        };
        let title = exchange.title.as_ref().map(|title| format!(" \"{}\"", Escaped::code(title)));
        let url = exchange.url.as_deref().map(shown_url);
        let call =
            [exchange.method.as_deref(), url.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let call = if call.is_empty() { call } else { format!(": {}", shown(&call)) };
        format!("{place}{}{call}", title.unwrap_or_default())
    }
}

/// An answer in a JSON list.
#[derive(Serialize)]
pub struct Row<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
    #[serde(flatten)]
    outcome: Outcome<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome<'a> {
    /// Null for a success.
    Error(Option<&'a Envelope>),
    /// Why there is no answer.
    Problem(String),
}

impl<'a> Row<'a> {
    pub fn unreadable(file: &'a str, problem: &str) -> Self {
        Self {
            file,
            entry: None,
            line: None,
            name: None,
            method: None,
            url: None,
            read_as: None,
            notes: Vec::new(),
            outcome: Outcome::Problem(problem.to_owned()),
        }
    }

    fn of(reading: &'a Reading, answer: &'a Answer) -> Self {
        let exchange = &answer.exchange;
        let (entry, line) = match exchange.place {
            Some(Place::Entry(number)) => (Some(number), None),
            Some(Place::Line(number)) => (None, Some(number)),
            None => (None, None),
        };
        Self {
            file: &reading.file,
            entry,
            line,
            name: exchange.title.as_deref(),
            method: exchange.method.as_deref(),
            url: exchange.url.as_deref().map(shown_url),
            read_as: Some(reading.kind.name()),
            notes: exchange.told.iter().chain(&exchange.notes).map(String::as_str).collect(),
            outcome: match &answer.meaning {
                Meaning::UnknownSender => Outcome::Problem(unknown_sender()),
                _ => Outcome::Error(answer.error().map(|error| error.envelope())),
            },
        }
    }
}

fn write_answer(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    match &answer.meaning {
        Meaning::Failed(error) => {
            let has_status = answer.exchange.status.is_some() || answer.exchange.is_unanswered;
            text::write(&**error, has_status, out)
        }
        Meaning::UnknownSender => writeln!(out, "{}", unknown_sender()),
        Meaning::Success | Meaning::OtherFailed | Meaning::OtherDone => {
            writeln!(out, "no error in this response")
        }
    }
}

fn write_notes(notes: &[String], out: &mut dyn Write) -> io::Result<()> {
    notes.iter().try_for_each(|note| writeln!(out, "note: {}", shown(note)))
}

/// Returns a text that may quote the input.
fn shown(text: &str) -> Escaped<'_> {
    Escaped::new(text, 2 * booking_errors::text::MESSAGE_LIMIT)
}

fn unknown_sender() -> String {
    format!("cannot tell which provider sent this response: pass --provider {}", provider_names("|"))
}
