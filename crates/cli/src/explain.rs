//! Explains a code.

use std::io::Write;
use std::process::ExitCode;

use booking_errors::{Provider, provider};

use crate::codes::Row;
use crate::near::{Known, suggest};
use crate::problem::{Problem, provider_names};

#[derive(clap::Args)]
pub struct Arguments {
    /// Code to explain, optionally after a provider name
    #[arg(num_args = 1..=2, required = true, value_names = ["PROVIDER", "CODE"])]
    words: Vec<String>,
}

pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let (only, code) = match &*arguments.words {
        [name, code] => match provider(name) {
            Some(provider) => (Some(provider), code.as_str()),
            None => {
                return Err(Problem::NoSuchProvider { name: name.clone(), names: provider_names(", ") });
            }
        },
        [code] => (None, code.as_str()),
        _ => (None, ""),
    };
    let found: Vec<_> = Row::all(only).filter(|row| row.info.code == code).collect();
    for (index, row) in found.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write_explanation(row, out)?;
    }
    if !found.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let known = Row::all(only).map(|row| Known { provider: row.provider, name: row.info.code });
    let whose = only.map_or("any provider", Provider::title);
    Ok(suggest(code, &format!("a known code of {whose}"), known, "booking-errors codes"))
}

fn write_explanation(row: &Row, out: &mut dyn Write) -> Result<(), Problem> {
    let Row { provider, info } = row;
    writeln!(out, "{provider}: {}: {}\n", info.code, info.meaning)?;
    writeln!(out, "  {:<12}{}: {}", "kind", info.kind, info.kind.meaning())?;
    match info.statuses {
        [] => writeln!(out, "  {:<12}not documented", "status")?,
        _ => writeln!(out, "  {:<12}{}", "status", row.statuses())?,
    }
    let effect = row.effect();
    if !effect.is_empty() {
        writeln!(out, "  {:<12}{effect}", "effect")?;
    }
    if let Some(template) = info.template {
        writeln!(out, "  {:<12}{template}", "message")?;
    }
    if !info.methods.is_empty() {
        writeln!(out, "  {:<12}{}", "sent by", info.methods.join(", "))?;
    }
    if !info.successors.is_empty() {
        writeln!(out, "  {:<12}{}", "successor", info.successors.join(", "))?;
    }
    writeln!(out, "  {:<12}{}", "known from", info.source)?;
    if let Some(api) = info.api {
        writeln!(out, "  {:<12}{api}", "API")?;
    }
    writeln!(out, "  {:<12}{}", "what to do", info.remedy)?;
    Ok(())
}
