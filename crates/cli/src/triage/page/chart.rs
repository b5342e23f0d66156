//! Errors over time, as stacked columns.
//!
//! Widths are in percent, so that the chart fits any screen while its texts keep their size. Each group has a pattern of its
//! own besides its colour.

use booking_errors::Triage;
use indicatif::HumanCount;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::axis::{ceiling, marks};
use super::{clock, number};
use crate::triage::report::{Group, Report};
use crate::triage::timeline::Columns;

/// How high the columns can be, in pixels.
const HEIGHT: f64 = 200.0;
/// What is above them, since no part of a column is drawn lower than [`LEAST`].
const ABOVE: f64 = 24.0;
/// What is below them, for the times.
const BELOW: f64 = 28.0;
/// How high a part of a column is at least, so that one call among thousands can be seen.
const LEAST: f64 = 2.5;
/// How wide a column is at most, in percent.
const WIDEST: f64 = 8.0;

/// Returns the patterns that fill the shapes of the groups.
pub fn fills() -> Markup {
    html! {
        svg.unseen aria-hidden="true" {
            defs {
                @for group in Triage::ALL {
                    pattern id={ "fill-" (group.as_str()) } class=(group.as_str()) width="6" height="6" patternUnits="userSpaceOnUse" {
                        rect.ground width="6" height="6" {}
                        path.mark d=(pattern(*group)) {}
                    }
                }
            }
        }
    }
}

fn pattern(group: Triage) -> &'static str {
    match group {
        Triage::LookUp => "",
        Triage::PartlyDone => "M-1 1 1 -1M0 6 6 0M5 7 7 5",
        Triage::Wait => "M2.5 3h1",
        Triage::Customer => "M-1 5 1 7M0 0 6 6M5 -1 7 1",
        Triage::Account => "M3 0v6",
        Triage::Code => "M0 3h6M3 0v6",
    }
}

fn fill(group: Triage) -> String {
    format!("url(#fill-{group})")
}

/// Returns a square with the colour and the pattern of a group.
pub fn swatch(group: Triage) -> Markup {
    html! {
        svg.swatch width="14" height="14" aria-hidden="true" {
            rect width="14" height="14" rx="3" fill=(fill(group)) {}
        }
    }
}

/// Returns a group's own errors over time, without numbers.
pub fn sparkline(group: &Group) -> Markup {
    let highest = group.counts.iter().max().copied().unwrap_or_default().max(1);
    let width = 100.0 / group.counts.len().max(1) as f64;
    html! {
        svg.sparkline width="100%" height="24" aria-hidden="true" {
            @for (index, count) in group.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                @let height = (22.0 * *count as f64 / highest as f64).max(LEAST);
                rect x=(percent(index as f64 * width)) width=(percent(0.8 * width.min(WIDEST))) y=(pixels(24.0 - height))
                    height=(pixels(height)) fill=(fill(group.group)) {}
            }
        }
    }
}

/// Returns the chart, or says why there is none.
pub fn chart(report: &Report) -> Markup {
    let groups: Vec<_> = report.groups.iter().filter(|group| group.lines > 0).collect();
    html! {
        section.card aria-labelledby="over-time" {
            h2 #over-time { "Errors over time" }
            @match &report.timeline {
                Some(columns) => {
                    p.soft { "Each column is " (length(columns)) ". Times are in UTC." (missing(report, columns)) }
                    (legend(&groups))
                    (plot(columns, &groups))
                    (numbers(columns, &groups))
                }
                None => p.soft {
                    "No error has a time that can be read, so there is no chart. Give each line a member "
                    code { "time" } " such as " code { "\"2026-11-30T05:41:06Z\"" } "."
                }
            }
        }
    }
}

/// Says which errors the chart lacks.
fn missing(report: &Report, columns: &Columns) -> Markup {
    let unread = report.unreadable_times;
    let timeless = report.without_time.saturating_sub(unread);
    let lacks = [
        (timeless, "without a time"),
        (unread, "with a time that cannot be read"),
        (columns.outside, "at times far from all others"),
    ];
    let lacks = lacks.into_iter().filter(|(count, _)| *count > 0);
    let lacks: Vec<_> = lacks.map(|(count, why)| format!("{} {why}", number(count, "error"))).collect();
    html! {
        @if !lacks.is_empty() { " Not in the chart: " (lacks.join(", ")) "." }
    }
}

fn legend(groups: &[&Group]) -> Markup {
    html! {
        ul.legend aria-label="Groups in the chart" {
            @for group in groups { li { (swatch(group.group)) (group.group.as_str()) } }
        }
    }
}

fn plot(columns: &Columns, groups: &[&Group]) -> Markup {
    let highest = (0..columns.columns).map(|index| total(groups, index)).max().unwrap_or_default();
    let top = ceiling(highest);
    let width = 100.0 / columns.columns.max(1) as f64;
    // no digit is wider than this
    let scale = 7.5 * HumanCount(top).to_string().len() as f64;
    html! {
        div.plot {
            svg.scale width=(scale) height=(ABOVE + HEIGHT + BELOW) aria-hidden="true" {
                @for value in [0, top / 2, top] {
                    text x="100%" y=(pixels(height_of(value, top) + 4.0)) text-anchor="end" { (HumanCount(value).to_string()) }
                }
            }
            svg #columns width="100%" height=(ABOVE + HEIGHT + BELOW) role="group" aria-labelledby="columns-title columns-about" {
                title #columns-title { "Errors over time, stacked by group" }
                desc #columns-about { "The table below has the same numbers. The arrow keys go from column to column." }
                @for value in [top / 2, top] {
                    @let y = pixels(height_of(value, top));
                    line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
                }
                @for index in 0..columns.columns {
                    g.column role="img" {
                        title { (spoken(columns, groups, index)) }
                        rect.whole x=(percent(index as f64 * width)) width=(percent(width)) y="0" height=(ABOVE + HEIGHT) {}
                        (stack(groups, index, width, top))
                    }
                }
                line.base x1="0" x2="100%" y1=(ABOVE + HEIGHT) y2=(ABOVE + HEIGHT) {}
                (times(columns))
            }
        }
        p #readout role="status" { (peak(columns, groups, highest)) }
    }
}

/// Returns the parts of a column, the most urgent at the bottom.
fn stack(groups: &[&Group], index: usize, width: f64, top: u64) -> Markup {
    let drawn = 0.8 * width.min(WIDEST);
    let left = index as f64 * width + (width - drawn) / 2.0;
    let mut y = ABOVE + HEIGHT;
    html! {
        @for group in groups {
            @let count = count(group, index);
            @if count > 0 {
                @let height = (HEIGHT * count as f64 / top as f64).max(LEAST);
                @let () = y -= height;
                rect.part x=(percent(left)) width=(percent(drawn)) y=(pixels(y)) height=(pixels(height))
                    fill=(fill(group.group)) {}
            }
        }
    }
}

/// Returns the marks of the time. A narrow screen shows every other text.
fn times(columns: &Columns) -> Markup {
    html! {
        @for (index, mark) in marks(columns).iter().enumerate() {
            @let anchor = if mark.at < 96.0 { "middle" } else { "end" };
            g.mark.minor[index % 2 > 0] {
                line x1=(percent(mark.at)) x2=(percent(mark.at)) y1=(ABOVE + HEIGHT) y2=(ABOVE + HEIGHT + 5.0) {}
                text x=(percent(mark.at)) y=(ABOVE + HEIGHT + 20.0) text-anchor=(anchor) { (mark.label) }
            }
        }
    }
}

/// Returns the numbers behind the chart.
fn numbers(columns: &Columns, groups: &[&Group]) -> Markup {
    let used = || (0..columns.columns).filter(|index| total(groups, *index) > 0);
    html! {
        details #numbers {
            summary { "Numbers" }
            div.wide tabindex="0" role="region" aria-label="Numbers" {
                table {
                    thead {
                        tr {
                            th scope="col" { "From (UTC)" }
                            @for group in groups { th scope="col" { (group.group.as_str()) } }
                            th scope="col" { "all" }
                        }
                    }
                    tbody {
                        @for index in used() {
                            tr {
                                th scope="row" { (clock(start(columns, index)).to_string()) }
                                @for group in groups { td { (HumanCount(count(group, index)).to_string()) } }
                                td { (HumanCount(total(groups, index)).to_string()) }
                            }
                        }
                    }
                }
            }
            p.soft { "Columns without errors are left out." }
        }
    }
}

/// Says what a column shows, such as `05:20 to 05:21: 3 errors, 2 look-up, 1 wait`.
fn spoken(columns: &Columns, groups: &[&Group], index: usize) -> String {
    let (from, to) = (start(columns, index), start(columns, index.saturating_add(1)));
    let mut text =
        format!("{} to {}: {}", clock(from), brief(from, to), number(total(groups, index), "error"));
    let counts =
        groups.iter().map(|group| (group.group, count(group, index))).filter(|(_, count)| *count > 0);
    for (position, (group, count)) in counts.enumerate() {
        text.push_str(if position == 0 { ": " } else { ", " });
        text.push_str(&format!("{} {group}", HumanCount(count)));
    }
    text
}

/// Returns the end of a span, without its day if that is the one of the start.
fn brief(from: Timestamp, to: Timestamp) -> String {
    let day = |time: Timestamp| time.strftime("%F").to_string();
    if day(from) == day(to) { to.strftime("%T").to_string() } else { clock(to).to_string() }
}

/// Says where the most errors are.
fn peak(columns: &Columns, groups: &[&Group], highest: u64) -> String {
    let index = (0..columns.columns).find(|index| total(groups, *index) == highest).unwrap_or_default();
    format!("Most errors: {}", spoken(columns, groups, index))
}

fn start(columns: &Columns, index: usize) -> Timestamp {
    let seconds = i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(columns.seconds);
    columns.start.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// Returns how long a column is, such as `10 minutes`.
fn length(columns: &Columns) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let fitting = units.into_iter().find(|(unit, _)| columns.seconds % unit == 0);
    let (unit, name) = fitting.unwrap_or((1, "second"));
    number((columns.seconds / unit).unsigned_abs(), name)
}

fn count(group: &Group, index: usize) -> u64 {
    group.counts.get(index).copied().unwrap_or_default()
}

fn total(groups: &[&Group], index: usize) -> u64 {
    groups.iter().map(|group| count(group, index)).sum()
}

/// Returns how far from the top of the chart a number is, in pixels.
fn height_of(value: u64, top: u64) -> f64 {
    ABOVE + HEIGHT * (1.0 - value as f64 / top as f64)
}

fn percent(value: f64) -> String {
    format!("{value:.3}%")
}

fn pixels(value: f64) -> String {
    format!("{value:.1}")
}
