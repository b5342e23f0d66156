//! Explains and lists codes.

use std::io::Write;
use std::process::ExitCode;

use booking_errors::{CodeInfo, Provider, provider, providers};
use booking_errors_sandbox::page::page_of;
use clap::ValueEnum;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};
use serde::Serialize;

use crate::json;
use crate::near::{Known, suggest};
use crate::problem::{Problem, provider_names};

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Markdown,
    Html,
}

/// A code with the provider that sends it.
#[derive(Clone, Copy, Serialize)]
struct Row {
    provider: &'static str,
    #[serde(flatten)]
    info: &'static CodeInfo,
}

impl Row {
    fn all(only: Option<&'static Provider>) -> impl Iterator<Item = Self> {
        chosen(only)
            .flat_map(|provider| provider.codes().iter().map(|info| Self { provider: provider.name(), info }))
    }

    fn statuses(&self) -> String {
        let statuses: Vec<_> = self.info.statuses.iter().map(u16::to_string).collect();
        statuses.join(", ")
    }

    /// What the code says about the effect of the call, if that does not follow from its kind.
    fn effect(&self) -> String {
        match self.info.effect {
            Some(effect) => effect.to_string(),
            None if self.info.is_soft => "the code alone rejects nothing".to_owned(),
            None => String::new(),
        }
    }

    /// The documented message as Markdown.
    fn message(&self) -> String {
        self.info.template.unwrap_or_default().replace('`', "").replace('<', "&lt;").replace('|', "\\|")
    }

    /// Where the code belongs: its API and its source, or the source alone.
    fn heading(&self) -> String {
        let source = self.info.source;
        match (self.info.api, source.split_at_checked(1)) {
            (Some(api), _) => format!("{api} ({source})"),
            (None, Some((first, rest))) => format!("{}{rest}", first.to_uppercase()),
            (None, None) => source.to_owned(),
        }
    }
}

/// Returns one provider, or all.
pub fn chosen(only: Option<&'static Provider>) -> impl Iterator<Item = &'static Provider> {
    providers().iter().copied().filter(move |provider| only.is_none_or(|only| only.name() == provider.name()))
}

pub fn explain(words: &[String], out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let (only, code) = match words {
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

pub fn list(
    only: Option<&'static Provider>,
    format: Format,
    out: &mut dyn Write,
) -> Result<ExitCode, Problem> {
    match format {
        Format::Table => {
            let mut table = Table::new();
            table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
            table.set_header(["provider", "code", "kind", "status", "meaning"]);
            if let Some(codes) = table.column_mut(1) {
                codes.set_constraint(ColumnConstraint::ContentWidth);
            }
            table.add_rows(Row::all(only).map(|row| {
                [row.provider, row.info.code, row.info.kind.as_str(), &row.statuses(), row.info.meaning]
                    .map(str::to_owned)
            }));
            writeln!(out, "{table}")?;
        }
        Format::Json => {
            json::write(&Row::all(only).collect::<Vec<_>>(), out)?;
        }
        Format::Markdown => write_page(only, out)?,
        Format::Html => write!(out, "{}", page_of(&chosen(only).collect::<Vec<_>>(), false))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A column of the page.
struct Column {
    name: &'static str,
    cell: fn(&Row) -> String,
    /// Whether every table has it, and not only those in which its cells differ.
    is_fixed: bool,
}

const COLUMNS: [Column; 9] = [
    Column { name: "code", cell: |row| format!("`{}`", row.info.code), is_fixed: true },
    Column { name: "kind", cell: |row| row.info.kind.to_string(), is_fixed: true },
    Column { name: "status", cell: Row::statuses, is_fixed: false },
    Column { name: "effect", cell: Row::effect, is_fixed: false },
    Column { name: "meaning", cell: |row| row.info.meaning.to_owned(), is_fixed: true },
    Column { name: "what to do", cell: |row| row.info.remedy.to_owned(), is_fixed: true },
    Column { name: "message", cell: Row::message, is_fixed: false },
    Column { name: "successor", cell: |row| row.info.successors.join(", "), is_fixed: false },
    Column { name: "sent by", cell: |row| row.info.methods.join(", "), is_fixed: false },
];

/// Writes a page with a section for each API and source of each provider.
fn write_page(only: Option<&'static Provider>, out: &mut dyn Write) -> Result<(), Problem> {
    writeln!(out, "# Error codes of booking providers")?;
    for provider in chosen(only) {
        writeln!(out, "\n## {}\n\nDocumentation: {}", provider.title(), provider.docs_url())?;
        let rows: Vec<_> = Row::all(Some(provider)).collect();
        for section in rows.chunk_by(|a, b| a.heading() == b.heading()) {
            write_section(section, out)?;
        }
    }
    Ok(())
}

/// Writes a table of codes that have their API and source in common. What else all of them share is said once, before the
/// table.
fn write_section(rows: &[Row], out: &mut dyn Write) -> Result<(), Problem> {
    let Some((first, others)) = rows.split_first() else { return Ok(()) };
    writeln!(out, "\n### {}\n", first.heading())?;
    let is_shared = |column: &&Column| {
        let cell = (column.cell)(first);
        !column.is_fixed && others.iter().all(|row| (column.cell)(row) == cell)
    };
    let (shared, columns): (Vec<_>, Vec<_>) = COLUMNS.iter().partition(is_shared);
    let shared: Vec<_> = shared.iter().map(|column| (column.name, (column.cell)(first))).collect();
    for (name, cell) in shared.iter().filter(|(_, cell)| !cell.is_empty()) {
        writeln!(out, "- {name}: {cell}")?;
    }
    if shared.iter().any(|(_, cell)| !cell.is_empty()) {
        writeln!(out)?;
    }
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(columns.iter().map(|column| column.name.to_owned()).collect()))?;
    writeln!(out, "{}", line(columns.iter().map(|_| "---".to_owned()).collect()))?;
    for row in rows {
        writeln!(out, "{}", line(columns.iter().map(|column| (column.cell)(row)).collect()))?;
    }
    Ok(())
}
