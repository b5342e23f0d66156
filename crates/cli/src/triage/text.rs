//! The report for people at a terminal, in 80 columns.

use std::io::{self, Write};

use booking_errors::text::Escaped;
use jiff::Timestamp;

use super::entry::Call;
use super::report::{CodeCount, Group, OtherCodes, OtherProviders, ProviderCount, Report};
use super::timeline::Columns;
use crate::plural::counted;
use crate::style::{self, ALARM, BOLD, WARNING, line, lines};

const WIDTH: usize = 80;

/// How many providers or codes of a group are shown.
const MOST_SHOWN: usize = 10;

/// How much of a code or an id is shown, in characters.
const LONGEST: usize = 50;

pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let style = if report.is_quiet() { BOLD } else { ALARM };
    for line in wrapped(&report.verdict(counted), WIDTH) {
        writeln!(out, "{style}{line}{style:#}")?;
    }
    let [lines, errors] =
        [(report.lines, "line"), (report.errors, "error")].map(|(count, noun)| counted(count, noun));
    let Report { successes, unreadable, .. } = report;
    writeln!(out, "{lines}: {errors}, {successes} without error, {unreadable} that cannot be read")?;
    if let Some(Columns { start, seconds, columns, outside, .. }) = &report.timeline {
        let length = i64::try_from(*columns).unwrap_or_default() * seconds;
        let end = Timestamp::from_second(start.as_second() + length).unwrap_or(Timestamp::MAX);
        writeln!(
            out,
            "timelines: {} to {} UTC, {} a column",
            moment(*start),
            moment(end),
            duration(*seconds)
        )?;
        if *outside > 0 {
            writeln!(out, "           not in them: {} at times far from these", counted(*outside, "error"))?;
        }
    }
    let (empty, others): (Vec<_>, Vec<_>) = report.groups.iter().partition(|group| group.lines == 0);
    for group in others {
        write_group(group, report, out)?;
    }
    let empty: Vec<_> = empty.iter().map(|group| group.group.as_str()).collect();
    if !empty.is_empty() {
        let limits = if report.is_complete() { "" } else { " in what can be read" };
        writeln!(out, "\nnone{limits}: {}", empty.join(", "))?;
    }
    write_doubts(report, out)
}

fn write_group(group: &Group, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let style = style::of_triage(group.group);
    let (errors, percent) = (counted(report.errors, "error"), group.percent());
    writeln!(out, "\n{style}{}: {} of {errors}, {percent}{style:#}", group.group, group.lines)?;
    for line in wrapped(group.meaning, WIDTH - 2) {
        writeln!(out, "  {line}")?;
    }
    if let (Some(first), Some(last)) = (group.first, group.last) {
        let seen = match (moment(first), moment(last)) {
            (first, last) if first == last => format!("{first} UTC"),
            (first, last) => format!("{first} to {last} UTC"),
        };
        line(out, "seen", seen)?;
    }
    if let (Some(columns), Some(&most @ 1..)) = (&report.timeline, group.counts.iter().max()) {
        let peak = format!("at most {most} in {}", duration(columns.seconds));
        lines(out, "timeline", [sparkline(&group.counts, most), peak])?;
    }
    lines(out, "providers", providers(group))?;
    lines(out, "codes", codes(group))?;
    lines(out, "examples", group.examples.iter().map(example))?;
    let is_cut = group.lines > group.examples.len() as u64;
    lines(out, "all", is_cut.then(|| format!("booking-errors triage --list {} FILE", group.group)))
}

/// Writes what the numbers leave open.
fn write_doubts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Report { unreadable, without_time, .. } = report;
    if *without_time > 0 && report.timeline.is_some() {
        writeln!(
            out,
            "\nwithout a time that can be read, so in no timeline: {}",
            counted(*without_time, "error")
        )?;
    }
    if *unreadable > 0 {
        writeln!(
            out,
            "\n{WARNING}cannot read {}{WARNING:#}: {} may be a call that went through",
            counted(*unreadable, "line"),
            if *unreadable == 1 { "it" } else { "each" }
        )?;
        line(out, "all", "booking-errors triage --list unreadable FILE")?;
    }
    for problem in &report.unread {
        writeln!(out, "\n{WARNING}{problem}{WARNING:#}")?;
        writeln!(out, "  what this hides is in no number above")?;
    }
    Ok(())
}

fn providers(group: &Group) -> Vec<String> {
    let shown = group.providers.iter().take(MOST_SHOWN);
    let mut rows: Vec<_> = shown
        .map(|ProviderCount { provider, lines }| count(*lines, &Escaped::new(provider, LONGEST).to_string()))
        .collect();
    let hidden = group.providers.len().saturating_sub(MOST_SHOWN);
    match &group.other_providers {
        Some(OtherProviders { providers_at_least, .. }) => {
            rows.push(format!("and at least {} more", hidden + providers_at_least));
        }
        None if hidden > 0 => rows.push(format!("and {hidden} more")),
        None => {}
    }
    rows
}

fn codes(group: &Group) -> Vec<String> {
    let shown = group.codes.iter().take(MOST_SHOWN);
    let mut rows: Vec<_> = shown.map(|code| count(code.lines, &code_in_words(code))).collect();
    let hidden = group.codes.len().saturating_sub(MOST_SHOWN);
    match &group.other_codes {
        Some(OtherCodes { codes_at_least, lines }) => {
            rows.push(format!("and at least {} more", hidden + codes_at_least));
            rows.push(format!("too many to count each: {} in no number here,", counted(*lines, "error")));
            rows.push("so the number of a code that is not documented may be higher".to_owned());
        }
        None if hidden > 0 => rows.push(format!("and {hidden} more: --format json has all")),
        None => {}
    }
    rows
}

fn code_in_words(code: &CodeCount) -> String {
    let provider = Escaped::new(&code.provider, LONGEST);
    match &code.code {
        Some(name) => format!("{provider} {}", Escaped::new(name, LONGEST)),
        None => format!("{provider}, no code: {}", code.kind),
    }
}

fn count(count: u64, what: &str) -> String {
    format!("{count:>7}  {what}")
}

fn example(call: &Call) -> String {
    let named = [("id", &call.id), ("request id", &call.request_id)];
    let named = named.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let mut parts: Vec<_> = named.map(|(name, value)| format!("{name} {}", plain(value.get()))).collect();
    parts.push(format!("line {}", call.line));
    parts.join(", ")
}

/// Returns a JSON value as people write it: a text without its quotes.
fn plain(json: &str) -> String {
    let text = serde_json::from_str(json).unwrap_or_else(|_| json.to_owned());
    Escaped::new(&text, LONGEST).to_string()
}

/// Draws a bar for each count. A count of 0 gets a dot.
fn sparkline(counts: &[u64], most: u64) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |&count: &u64| {
        let height = usize::try_from((count * 8).div_ceil(most)).ok()?;
        BARS.get(height.checked_sub(1)?).copied()
    };
    counts.iter().map(|count| bar(count).unwrap_or('·')).collect()
}

fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn duration(seconds: i64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let unit = units.into_iter().find(|(length, _)| seconds % length == 0);
    unit.map_or_else(String::new, |(length, unit)| format!("{} {unit}", seconds / length))
}

/// Breaks a text into lines.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
