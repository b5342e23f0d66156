//! Decodes one response, into text for people or JSON.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::adapter::strip_str;
use booking_errors::text::Escaped;
use booking_errors::{Effect, FailedItem, Provider, ProviderError, RawResponse, Retry, providers, recognize};
use clap::ValueEnum;

use crate::input::{self, Response};
use crate::problem::{Problem, provider_names};
use crate::style::{self, BOLD};
use crate::{batch, json, provider_parser};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub batch: batch::Options,
    /// Provider that sent the response; detected when omitted. With --batch, applies to lines that name no provider
    #[arg(long, value_parser = provider_parser())]
    pub provider: Option<&'static Provider>,
    /// Method of the call, if known: with GET, HEAD and OPTIONS nothing was carried out
    #[arg(long)]
    pub method: Option<String>,
    /// HTTP status; required if the input is only a body. Replaces the status of a response that has one
    #[arg(long, value_name = "N")]
    pub status: Option<u16>,
    /// Header to add to the response; repeat the option for more
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = input::parse_header)]
    pub headers: Vec<(String, String)>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Files to read, one after another; `-` reads standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    for file in &arguments.files {
        decode(file, arguments, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn decode(file: &Path, arguments: &Arguments, out: &mut dyn Write) -> Result<(), Problem> {
    let input = input::read_all(file)?;
    let saved = Response::parse(&input, arguments.status, file)?;
    let mut response = RawResponse::new(saved.status, &saved.body).headers(&saved.headers);
    response = response.method(arguments.method.as_deref().unwrap_or_default());
    for (name, value) in &arguments.headers {
        response = response.header(name, value);
    }
    let provider = arguments
        .provider
        .or_else(|| recognize(&response))
        .ok_or_else(|| Problem::UnknownProvider { file: input::name_of(file), names: provider_names("|") })?;
    match (provider.check(&response), arguments.format) {
        (result, Format::Text) => write_result(result, out)?,
        (result, Format::Json) => {
            json::write(&result.err().as_ref().map(|error| error.envelope()), out)?;
        }
    }
    Ok(())
}

/// Decodes a response that somebody pasted, into plain text. If it does not show which provider sent it, says what it means
/// from each.
///
/// # Errors
/// Returns what to paste instead if the text has no status line.
pub fn pasted(text: &str) -> Result<String, String> {
    const ADVICE: &str =
        "paste the response with its status line, such as `HTTP/1.1 428`, as `curl -i` prints it";

    let saved = Response::parse(text.as_bytes(), None, Path::new("the text")).map_err(|_| ADVICE)?;
    let response = RawResponse::new(saved.status, &saved.body).headers(&saved.headers);
    let senders = recognize(&response).map_or_else(|| providers().to_vec(), |provider| vec![provider]);
    let mut meanings: Vec<_> = senders.iter().map(|provider| meaning(provider, &response)).collect();
    meanings.dedup();
    Ok(meanings.join("\n"))
}

/// Says what a response means, without colours.
fn meaning(provider: &Provider, response: &RawResponse<'_>) -> String {
    let mut text = Vec::new();
    // a `Vec` takes all that is written
    let _ = write_result(provider.check(response), &mut text);
    strip_str(&String::from_utf8_lossy(&text)).to_string()
}

fn write_result(result: Result<(), Box<dyn ProviderError>>, out: &mut dyn Write) -> io::Result<()> {
    match result {
        Ok(()) => writeln!(out, "no error in this response"),
        Err(error) => write_text(&*error, out),
    }
}

/// Writes what an engineer on call needs.
fn write_text(error: &dyn ProviderError, out: &mut dyn Write) -> io::Result<()> {
    let (kind, effect) = (error.kind(), error.effect());
    writeln!(out, "{BOLD}{error}{BOLD:#}\n")?;
    line(out, "kind", &format!("{kind}: {}", kind.meaning()))?;
    let colour = style::of_effect(effect);
    line(out, "effect", &format!("{colour}{effect}{colour:#}: {}", effect_in_words(effect)))?;
    let retry = error.retry();
    let colour = style::of_retry(retry);
    line(out, "retry", &format!("{colour}{retry}{colour:#}: {}", retry_in_words(error)))?;
    let items = error.items().iter().map(item_in_words);
    let issues = error.issues().iter().map(ToString::to_string).filter(|_| error.items().is_empty());
    for (index, text) in items.chain(issues).enumerate() {
        line(out, if index == 0 { "at fault" } else { "" }, &text)?;
    }
    for (index, (name, value)) in error.parameters().iter().enumerate() {
        let text = format!("{} = {}", Escaped::code(name), Escaped::code(value));
        line(out, if index == 0 { "parameters" } else { "" }, &text)?;
    }
    if let Some(id) = error.request_id() {
        line(out, "request id", &Escaped::code(id).to_string())?;
    }
    line(out, "what to do", &Escaped::message(error.remedy()).to_string())
}

fn line(out: &mut dyn Write, label: &str, text: &str) -> io::Result<()> {
    writeln!(out, "  {label:<12}{text}")
}

/// Says in one line where the item is, what went wrong, and whether to send it again.
fn item_in_words(item: &FailedItem) -> String {
    let index = item.index.map(|index| format!("#{index} ")).unwrap_or_default();
    let id = item.id.as_deref().map(|id| format!("{} ", Escaped::code(id))).unwrap_or_default();
    let error = &item.error;
    format!("{index}{id}{error}; {}, retry {}", error.effect, error.retry())
}

fn effect_in_words(effect: Effect) -> &'static str {
    match effect {
        Effect::NotApplied => "nothing went through",
        Effect::Applied => "it went through, although the response reports errors",
        Effect::Partial => "part of it went through, part did not",
        Effect::Unknown => "it may have gone through",
    }
}

fn retry_in_words(error: &dyn ProviderError) -> String {
    let delay = error.retry_after().map(|delay| format!("{} s", delay.as_secs()));
    match (error.retry(), delay, error.effect()) {
        (Retry::Safe, None, _) => "send the same call again after a while".to_owned(),
        (Retry::Safe, Some(delay), _) => format!("send the same call again after {delay}"),
        (Retry::CheckFirst, None, _) => "look before you send it again".to_owned(),
        (Retry::CheckFirst, Some(delay), _) => {
            format!("look before you send it again, and wait {delay}")
        }
        (Retry::Never, _, Effect::Applied) => "do not send it again".to_owned(),
        (Retry::Never, _, Effect::Partial) => "send only what is missing".to_owned(),
        (Retry::Never, _, Effect::NotApplied | Effect::Unknown) => {
            "the same call would fail again".to_owned()
        }
    }
}
