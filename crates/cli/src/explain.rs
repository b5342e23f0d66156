//! Explains a word: a code, a name of the vocabulary, an HTTP status or a situation.

use std::io::{self, Write};
use std::process::ExitCode;

use booking_errors::{Kind, Provider};

use crate::codes::Row;
use crate::decode::Format;
use crate::near::suggest;
use crate::problem::Problem;
use crate::style::{self, BOLD, line, lines};
use crate::topic::{Answer, Case, CodeName, Failure, KindTopic, Term, Topic};
use crate::{json, provider_parser};

/// The most codes of a provider that a text names.
const MOST_CODES: usize = 5;

#[derive(clap::Args)]
pub struct Arguments {
    /// Provider whose codes to look through; all providers when omitted
    #[arg(value_parser = provider_parser())]
    provider: Option<&'static Provider>,
    /// Word to explain, in any case: a code, kind, effect, retry, group of triage, HTTP status or situation
    // without this, clap takes the only word for the provider
    #[arg(required = true)]
    word: String,
    /// Output format; json is a list of everything that the word stands for
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let Arguments { provider, word, format } = arguments;
    let topics = Topic::find(word, *provider);
    match format {
        Format::Json => json::write(&topics, out)?,
        Format::Text => {
            for (index, topic) in topics.iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                write_topic(topic, out)?;
            }
        }
    }
    if !topics.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let whose = provider.map_or("any provider", Provider::title);
    let what =
        format!("a known code, situation or status of {whose}, nor a kind, effect, retry or group of triage");
    // a provider alone is no word, but its codes are
    let owner =
        provider.map_or_else(|| booking_errors::provider(word).map_or("", Provider::name), Provider::name);
    let list = format!("booking-errors codes {owner}");
    Ok(suggest(word, &what, Topic::known(*provider), list.trim_end()))
}

fn write_topic(topic: &Topic, out: &mut dyn Write) -> io::Result<()> {
    match topic {
        Topic::Code(row) => write_code(row, out),
        Topic::Situation(answer) | Topic::Status(answer) => write_answer(answer, out),
        Topic::Kind(kind) => write_kind(kind, out),
        Topic::Effect(term) => write_term("effect", term, out),
        Topic::Retry(term) => write_term("retry", term, out),
        Topic::Triage(term) => write_term("triage", term, out),
    }
}

fn write_code(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let Row { provider, info } = row;
    heading(out, provider, info.code, info.meaning)?;
    line(out, "kind", format_args!("{}: {}", info.kind, info.kind.meaning()))?;
    match info.statuses {
        [] => line(out, "status", "not documented")?,
        _ => line(out, "status", row.statuses())?,
    }
    let effect = row.effect();
    if !effect.is_empty() {
        line(out, "effect", effect)?;
    }
    if let Some(template) = info.template {
        line(out, "message", template)?;
    }
    if !info.methods.is_empty() {
        line(out, "sent by", info.methods.join(", "))?;
    }
    if !info.successors.is_empty() {
        line(out, "successor", info.successors.join(", "))?;
    }
    line(out, "known from", info.source)?;
    if let Some(api) = info.api {
        line(out, "API", api)?;
    }
    line(out, "what to do", info.remedy)
}

/// Writes what a status or a situation means.
fn write_answer(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let providers = answer.providers.join(", ");
    let status = format!("status {}", answer.status);
    let Some(Failure { case, remedy }) = &answer.failure else {
        return writeln!(
            out,
            "{BOLD}{providers}: {status}: A success, unless the body reports an error.{BOLD:#}"
        );
    };
    match answer.name {
        Some(name) => {
            heading(out, &providers, name, "A response without a code.")?;
            line(out, "status", answer.status)?;
        }
        None => heading(out, &providers, &status, "What it means after a write, if the body is empty.")?,
    }
    let Case { kind, effect, retry, triage } = *case;
    let (of_effect, of_retry) = (style::of_effect(effect), style::of_retry(retry));
    line(out, "kind", format_args!("{kind}: {}", kind.meaning()))?;
    line(out, "effect", format_args!("{of_effect}{effect}{of_effect:#}: {}", effect.meaning()))?;
    line(out, "retry", format_args!("{of_retry}{retry}{of_retry:#}: {}", retry.meaning()))?;
    line(out, "triage", format_args!("{triage}: {}", triage.meaning()))?;
    write_codes(&answer.codes, out)?;
    line(out, "what to do", remedy)
}

fn write_kind(kind: &KindTopic, out: &mut dyn Write) -> io::Result<()> {
    let KindTopic { term, remedy, statuses, codes } = kind;
    heading(out, "kind", term.name, term.meaning)?;
    if !statuses.is_empty() {
        line(out, "status", ranges(statuses))?;
    }
    write_cases("kind", &term.cases, out)?;
    write_codes(codes, out)?;
    line(out, "what to do", remedy)
}

fn write_term(what: &str, term: &Term, out: &mut dyn Write) -> io::Result<()> {
    heading(out, what, term.name, term.meaning)?;
    write_cases(what, &term.cases, out)
}

/// Writes the cases, without the word that all of them share. Cases that differ only in their kind take one line.
fn write_cases(shared: &str, cases: &[Case], out: &mut dyn Write) -> io::Result<()> {
    let rest = |case: &Case| (case.effect, case.retry, case.triage);
    let mut written = Vec::new();
    for case in cases {
        if written.contains(&rest(case)) {
            continue;
        }
        let label = if written.is_empty() { "comes with" } else { "" };
        written.push(rest(case));
        let (of_effect, of_retry) = (style::of_effect(case.effect), style::of_retry(case.retry));
        let words = [
            ("retry", format!("retry {of_retry}{}{of_retry:#}", case.retry)),
            ("triage", format!("triage {}", case.triage)),
            ("effect", format!("effect {of_effect}{}{of_effect:#}", case.effect)),
        ];
        let words: Vec<_> =
            words.into_iter().filter(|(what, _)| *what != shared).map(|(_, word)| word).collect();
        let words = words.join(", ");
        let kinds: Vec<_> =
            cases.iter().filter(|other| rest(other) == rest(case)).map(|other| other.kind.as_str()).collect();
        match kinds.len() {
            _ if shared == "kind" => line(out, label, words)?,
            count if count == Kind::ALL.len() => line(out, label, format_args!("{words}, any kind"))?,
            _ => line(out, label, format_args!("{words}, kind {}", kinds.join(", ")))?,
        }
    }
    Ok(())
}

/// Writes a line for each provider, with its first codes.
fn write_codes(codes: &[CodeName], out: &mut dyn Write) -> io::Result<()> {
    let of_each = codes.chunk_by(|a, b| a.provider == b.provider).map(|codes| {
        let names: Vec<_> = codes.iter().take(MOST_CODES).map(|it| it.code).collect();
        let mut text = names.join(", ");
        if let Some(more @ 1..) = codes.len().checked_sub(MOST_CODES) {
            text += &format!(" and {more} more, see --format json");
        }
        format!("{}: {text}", codes.first().map_or("", |it| it.provider))
    });
    lines(out, "codes", of_each)
}

fn heading(out: &mut dyn Write, owner: &str, name: &str, meaning: &str) -> io::Result<()> {
    writeln!(out, "{BOLD}{owner}: {name}: {meaning}{BOLD:#}\n")
}

/// Shortens numbers that follow one another: `400, 405-407`.
fn ranges(numbers: &[u16]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).filter_map(|run| Some((run.first()?, run.last()?)));
    let runs =
        runs.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    runs.collect::<Vec<_>>().join(", ")
}
