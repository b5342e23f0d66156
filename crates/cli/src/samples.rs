//! Prints samples: the responses that a provider sends, for people and for other tools.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use booking_errors::{Effect, Kind, Provider, Retry, Sample};
use clap::ValueEnum;
use serde::Serialize;

use crate::codes::chosen;
use crate::near::{Known, suggest};
use crate::problem::Problem;
use crate::{json, provider_parser, wiremock};

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// As `curl -i` prints it
    Curl,
    /// JSON Lines: the response, and the kind, effect and retry that it decodes to
    Json,
    /// Stub mappings for WireMock 3
    Wiremock,
}

#[derive(clap::Args)]
pub struct Arguments {
    /// Provider that sends the response; with --all, all providers when omitted
    #[arg(value_parser = provider_parser(), required_unless_present = "all")]
    provider: Option<&'static Provider>,
    /// Code, spelled as the provider spells it, or name of a situation without one, such as "gateway timeout"
    #[arg(value_name = "CODE", required_unless_present = "all", conflicts_with = "all")]
    name: Option<String>,
    /// Print every response
    #[arg(short, long)]
    all: bool,
    /// Output format
    #[arg(short, long, value_enum, default_value_t = Format::Curl)]
    format: Format,
}

/// Prints one sample, or with `--all` those of one provider or of all.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let samples: Vec<_> = match &arguments.name {
        None => chosen(arguments.provider).flat_map(all).collect(),
        Some(name) => {
            let mut samples = chosen(arguments.provider).flat_map(all);
            match samples.find(|(_, sample)| sample.name == name) {
                Some(found) => vec![found],
                None => return Ok(suggest_samples(name, arguments.provider)),
            }
        }
    };
    match arguments.format {
        Format::Curl => {
            for (provider, sample) in samples {
                if arguments.all {
                    writeln!(out, "### {} {}", provider.name(), sample.name)?;
                }
                writeln!(out, "{sample}")?;
            }
        }
        Format::Json => {
            let mut lines = Vec::new();
            for (provider, sample) in &samples {
                json::add_line(&Line::new(provider, sample), &mut lines)?;
            }
            out.write_all(&lines)?;
        }
        Format::Wiremock => json::write(&wiremock::mappings(&samples), out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the headers by name: no sample repeats one.
pub fn headers(sample: &Sample) -> BTreeMap<&'static str, &str> {
    sample.headers.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// A sample as JSON. `decode --batch` reads it too.
#[derive(Serialize)]
struct Line<'a> {
    provider: &'static str,
    name: &'static str,
    status: u16,
    headers: BTreeMap<&'static str, &'a str>,
    body: &'a str,
    kind: Kind,
    effect: Effect,
    retry: Retry,
}

impl<'a> Line<'a> {
    fn new(provider: &Provider, sample: &'a Sample) -> Self {
        let error = provider.decode(&sample.response());
        Self {
            provider: provider.name(),
            name: sample.name,
            status: sample.status,
            headers: headers(sample),
            body: &sample.body,
            kind: error.kind(),
            effect: error.effect(),
            retry: error.retry(),
        }
    }
}

fn all(provider: &'static Provider) -> impl Iterator<Item = (&'static Provider, Sample)> {
    provider.samples().into_iter().map(move |sample| (provider, sample))
}

fn suggest_samples(name: &str, only: Option<&'static Provider>) -> ExitCode {
    let known = chosen(only)
        .flat_map(all)
        .map(|(provider, sample)| Known { owner: provider.name(), name: sample.name });
    let whose = only.map_or("any provider", Provider::title);
    let list = format!("booking-errors sample --all {}", only.map_or("", Provider::name));
    suggest(name, &format!("a known code or situation of {whose}"), known, list.trim_end())
}
