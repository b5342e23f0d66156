//! Decodes many responses, as JSON Lines.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write};
use std::iter;
use std::path::Path;
use std::process::ExitCode;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use booking_errors::decode::json::{Arena, Reader, Shape, SyntaxError, Value};
use booking_errors::{Provider, ProviderError, RawResponse, provider, recognize};
use serde::Serialize;

use crate::chunks::{Chunk, Chunks, LONGEST_LINE};
use crate::problem::{Problem, complain, provider_names};
use crate::progress::Progress;
use crate::{input, json, parallel};

/// Standard base64, with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

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

/// Why a line gets an error instead of an answer.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(
        "the line is longer than {} MiB: decode this response on its own with `decode FILE`",
        LONGEST_LINE / (1024 * 1024)
    )]
    TooLong,
    #[error("the line is blank: remove it, or write a JSON object")]
    Blank,
    #[error("invalid JSON: {0}")]
    Syntax(SyntaxError),
    #[error("invalid JSON: more text after the object, at byte {0}")]
    Trailing(usize),
    #[error("expected a JSON object with `provider`, `status`, `headers` and `body`")]
    NoObject,
    #[error("`status` is missing")]
    NoStatus,
    #[error("`status` must be a whole number from 0 to 65535")]
    Status,
    #[error("`provider` must be one of {}", provider_names(", "))]
    Provider,
    #[error(
        "cannot tell which provider sent this response: add `provider`, or pass --provider {}",
        provider_names("|")
    )]
    UnknownProvider,
    #[error("`method` must be a string")]
    Method,
    #[error("`headers` must be an object whose values are strings or lists of strings")]
    Headers,
    #[error("`body` must be a string or a JSON object")]
    Body,
    #[error("`body_b64` must be a base64 string")]
    Base64,
}

/// The members of a line.
#[derive(Default)]
struct Line<'a> {
    provider: Member<&'a str>,
    status: Member<u16>,
    method: Member<&'a str>,
    headers: Vec<(&'a str, &'a str)>,
    has_bad_headers: bool,
    body: Member<&'a [u8]>,
    body_b64: Member<Vec<u8>>,
}

#[derive(Default)]
enum Member<T> {
    /// Missing, or null.
    #[default]
    Absent,
    Given(T),
    /// The wrong type, or out of range.
    Bad,
}

impl<T> Member<T> {
    fn read<'r, 'a>(value: Value<'r, 'a>, read: impl FnOnce(Value<'r, 'a>) -> Option<T>) -> Self {
        match value.shape() {
            Shape::Null => Self::Absent,
            _ => read(value).map_or(Self::Bad, Self::Given),
        }
    }

    fn or(self, fault: Fault) -> Result<Option<T>, Fault> {
        match self {
            Self::Absent => Ok(None),
            Self::Given(value) => Ok(Some(value)),
            Self::Bad => Err(fault),
        }
    }
}

impl<'a> Line<'a> {
    fn read(text: &'a [u8], arena: &'a Arena) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::Blank);
        }
        let mut reader = Reader::new(text, arena);
        let mut line = Self::default();
        let root = reader.root();
        if root.shape() != Shape::Object {
            root.skip();
            reader.fault().map_or(Ok(()), |fault| Err(Fault::Syntax(fault)))?;
            return Err(Fault::NoObject);
        }
        root.members(|name, value| match name {
            "provider" => line.provider = Member::read(value, Value::string),
            "status" => line.status = Member::read(value, status),
            "method" => line.method = Member::read(value, Value::string),
            "headers" => line.read_headers(value),
            "body" => line.body = Member::read(value, body),
            "body_b64" => {
                line.body_b64 = Member::read(value, |value| BASE64.decode(value.string()?).ok());
            }
            _ => {}
        });
        reader.fault().map_or(Ok(()), |fault| Err(Fault::Syntax(fault)))?;
        match reader.rest() {
            [] => Ok(line),
            rest => Err(Fault::Trailing(text.len() - rest.len())),
        }
    }

    fn read_headers(&mut self, value: Value<'_, 'a>) {
        self.headers.clear();
        self.has_bad_headers = !matches!(value.shape(), Shape::Object | Shape::Null);
        value.members(|name, value| match value.shape() {
            Shape::List => _ = value.items(|item| self.read_header(name, item)),
            _ => self.read_header(name, value),
        });
    }

    fn read_header(&mut self, name: &'a str, value: Value<'_, 'a>) {
        let is_null = value.shape() == Shape::Null;
        match value.text() {
            Some(text) => self.headers.push((name, text)),
            None => self.has_bad_headers |= !is_null,
        }
    }

    /// Returns the error in the response, or `None` for a success.
    fn answer(self, default: Option<&'static Provider>) -> Result<Option<Box<dyn ProviderError>>, Fault> {
        let status = self.status.or(Fault::Status)?.ok_or(Fault::NoStatus)?;
        let named = match self.provider.or(Fault::Provider)? {
            Some(name) => Some(provider(name).ok_or(Fault::Provider)?),
            None => default,
        };
        let method = self.method.or(Fault::Method)?.unwrap_or_default();
        if self.has_bad_headers {
            return Err(Fault::Headers);
        }
        let body = match (self.body_b64.or(Fault::Base64)?, self.body) {
            (Some(bytes), _) => Cow::Owned(bytes),
            (None, body) => body.or(Fault::Body)?.map_or_else(Cow::default, Into::into),
        };
        let response = RawResponse::new(status, &body).headers(&self.headers).method(method);
        let provider = named.or_else(|| recognize(&response)).ok_or(Fault::UnknownProvider)?;
        Ok(provider.check(&response).err())
    }
}

/// Reads a number, or its digits as a text.
fn status(value: Value<'_, '_>) -> Option<u16> {
    let digits = value.text()?;
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a text, or an object as it is spelled.
fn body<'a>(value: Value<'_, 'a>) -> Option<&'a [u8]> {
    match value.shape() {
        Shape::Object => value.whole(),
        _ => value.string().map(str::as_bytes),
    }
}
