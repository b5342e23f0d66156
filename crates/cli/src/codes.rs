//! Lists codes.

use std::io::Write;
use std::process::ExitCode;

use booking_errors::{CodeInfo, Kind, Provider, provider, providers};
use booking_errors_sandbox::page::page_of_kinds;
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};
use serde::Serialize;

use crate::problem::{Problem, complain};
use crate::{json, provider_parser};

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Markdown,
    Html,
}

/// A code with the provider that sends it.
#[derive(Clone, Copy, Serialize)]
pub struct Row {
    pub provider: &'static str,
    #[serde(flatten)]
    pub info: &'static CodeInfo,
}

impl Row {
    pub fn all(only: Option<&'static Provider>) -> impl Iterator<Item = Self> {
        chosen(only)
            .flat_map(|provider| provider.codes().iter().map(|info| Self { provider: provider.name(), info }))
    }

    pub fn statuses(&self) -> String {
        let statuses: Vec<_> = self.info.statuses.iter().map(u16::to_string).collect();
        statuses.join(", ")
    }

    /// What the code says about the effect of the call, if that does not follow from its kind.
    pub fn effect(&self) -> String {
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

#[derive(clap::Args)]
pub struct Arguments {
    /// Provider whose codes to list; all providers when omitted
    #[arg(value_parser = provider_parser())]
    provider: Option<&'static Provider>,
    /// Kind of the codes to list, in any case; repeat the option or separate kinds by commas for more
    #[arg(short, long = "kind", value_name = "KIND", value_delimiter = ',', ignore_case = true, value_parser = kind_parser())]
    kinds: Vec<Kind>,
    /// Output format; html is one file with search and samples, to open in a browser
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let Arguments { provider: only, format, .. } = *arguments;
    let kinds = if arguments.kinds.is_empty() { Kind::ALL } else { &arguments.kinds };
    let rows: Vec<_> = Row::all(only).filter(|row| kinds.contains(&row.info.kind)).collect();
    if rows.is_empty() {
        let whose = only.map_or("any provider", Provider::title);
        let kinds: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
        complain(format_args!(
            "booking-errors: no known code of {whose} has the kind {}",
            kinds.join(" or ")
        ));
    }
    match format {
        Format::Table if rows.is_empty() => {}
        Format::Table => {
            let mut table = Table::new();
            table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
            table.set_header(["provider", "code", "kind", "status", "meaning"]);
            if let Some(codes) = table.column_mut(1) {
                codes.set_constraint(ColumnConstraint::ContentWidth);
            }
            table.add_rows(rows.iter().map(|row| {
                [row.provider, row.info.code, row.info.kind.as_str(), &row.statuses(), row.info.meaning]
                    .map(str::to_owned)
            }));
            writeln!(out, "{table}")?;
        }
        Format::Json => json::write(&rows, out)?,
        Format::Markdown => write_page(&rows, out)?,
        Format::Html => {
            let providers: Vec<_> = chosen(only).collect();
            write!(out, "{}", page_of_kinds(&providers, kinds, false))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Accepts only the names of the kinds.
fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    let names = Kind::ALL.iter().map(|kind| kind.as_str());
    PossibleValuesParser::new(names).try_map(|name| name.to_ascii_lowercase().parse::<Kind>())
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
fn write_page(rows: &[Row], out: &mut dyn Write) -> Result<(), Problem> {
    writeln!(out, "# Error codes of booking providers")?;
    for rows in rows.chunk_by(|a, b| a.provider == b.provider) {
        if let Some(provider) = rows.first().and_then(|row| provider(row.provider)) {
            writeln!(out, "\n## {}\n\nDocumentation: {}", provider.title(), provider.docs_url())?;
        }
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
