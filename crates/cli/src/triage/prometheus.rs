//! The report as metrics, for the textfile collector of Prometheus' node exporter.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write};

use booking_errors::Triage;
use booking_errors::text::Escaped;
use jiff::Timestamp;

use super::report::{CodeCount, Group, Report};

/// How many codes of a group get a metric. Each is a series that Prometheus keeps.
const MOST_CODES: usize = 50;

/// Writes gauges, because each report starts from zero. Every group is there, also with 0 errors, so that alerts have a
/// value to compare.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let totals: [(&str, &str, u64); 5] = [
        ("lines", "Lines in the input.", report.lines),
        ("successes", "Calls that succeeded.", report.successes),
        (
            "unreadable_lines",
            "Lines that cannot be read. Each may be a call that went through.",
            report.unreadable,
        ),
        ("unread_files", "Files that cannot be read to their end.", report.unread.len() as u64),
        ("errors_without_time", "Failed calls without a time that can be read.", report.without_time),
    ];
    for (name, help, value) in totals {
        head(out, name, help)?;
        sample(out, name, &[], value)?;
    }

    head(out, "errors", "Failed calls, by who has to act on them.")?;
    for group in &report.groups {
        sample(out, "errors", &[("group", &group.group)], group.lines)?;
    }

    head(out, "errors_by_code", "Failed calls by provider and code, the most frequent of each group.")?;
    for (labels, lines) in report.groups.iter().flat_map(by_code) {
        writeln!(out, "booking_errors_errors_by_code{labels} {lines}")?;
    }

    head(out, "errors_of_other_codes", "Failed calls that errors_by_code does not count.")?;
    for group in &report.groups {
        let counted: u64 = group.codes.iter().take(MOST_CODES).map(|code| code.lines).sum();
        sample(
            out,
            "errors_of_other_codes",
            &[("group", &group.group)],
            group.lines.saturating_sub(counted),
        )?;
    }

    let first = report.groups.iter().map(|group| (group.group, group.first));
    times(out, "first_seen_timestamp_seconds", "Time of the first failed call.", first)?;
    let last = report.groups.iter().map(|group| (group.group, group.last));
    times(out, "last_seen_timestamp_seconds", "Time of the last failed call.", last)
}

/// Counts the errors of a group by the labels of their codes. Two codes may be shown alike, and a series that comes twice
/// would spoil the whole file.
fn by_code(group: &Group) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for CodeCount { provider, code, kind, lines } in group.codes.iter().take(MOST_CODES) {
        let (provider, code) = (Escaped::code(provider), Escaped::code(code.as_deref().unwrap_or_default()));
        let labels =
            labels(&[("group", &group.group), ("provider", &provider), ("code", &code), ("kind", kind)]);
        *counts.entry(labels).or_default() += lines;
    }
    counts
}

fn times(
    out: &mut dyn Write,
    name: &str,
    help: &str,
    times: impl Iterator<Item = (Triage, Option<Timestamp>)>,
) -> io::Result<()> {
    head(out, name, help)?;
    for (group, time) in times {
        if let Some(time) = time {
            sample(out, name, &[("group", &group)], time.as_second())?;
        }
    }
    Ok(())
}

fn head(out: &mut dyn Write, name: &str, help: &str) -> io::Result<()> {
    writeln!(out, "# HELP booking_errors_{name} {help}\n# TYPE booking_errors_{name} gauge")
}

fn sample(
    out: &mut dyn Write,
    name: &str,
    labels: &[(&str, &dyn Display)],
    value: impl Display,
) -> io::Result<()> {
    writeln!(out, "booking_errors_{name}{} {value}", self::labels(labels))
}

fn labels(labels: &[(&str, &dyn Display)]) -> String {
    let labels: Vec<_> =
        labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) }
}

/// Escapes a label's value, which has no line breaks any more.
fn escaped(value: &dyn Display) -> String {
    value.to_string().replace('\\', r"\\").replace('"', "\\\"")
}
