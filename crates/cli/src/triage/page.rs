//! The report of a triage as one HTML file that needs nothing else, to attach to an incident.
//!
//! All of it is there without scripts: the script only filters the rows and reads out the columns of the chart. The file
//! does not say when it was made, so that the same input gives the same file.

mod axis;
mod chart;
mod section;

use std::fmt::Display;

use booking_errors::text::Escaped;
use booking_errors_sandbox::page::Shell;
use indicatif::HumanCount;
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::plural::plural;
use crate::triage::report::{Group, Report};

/// Returns the page of a report. It shows every text of the input as text.
pub fn page_of(report: &Report) -> String {
    let title = format!("Triage of booking errors{}", title_of(report));
    let style = include_str!("page/page.css");
    let script = include_str!("page/page.js");
    Shell { title: &title, style, script, directives: "" }.page(&body(report).into_string())
}

/// Returns when the report begins, so that the windows of two reports differ.
fn title_of(report: &Report) -> String {
    report.first.map(|first| format!(" · {}", clock(first))).unwrap_or_default()
}

fn body(report: &Report) -> Markup {
    html! {
        a.skip href="#groups" { "Skip to the groups" }
        (chart::fills())
        header {
            div {
                h1 { "Triage of booking errors" }
                p.verdict { strong { (report.verdict(number)) } }
                p { (summary(report)) }
            }
            button #theme type="button" role="switch" aria-checked="false" { "Dark" }
        }
        main {
            (notes(report))
            (tiles(report))
            @if report.errors > 0 {
                (chart::chart(report))
                (search(report))
            } @else {
                p.card { "None of the lines that could be read is an error." }
            }
            div #groups tabindex="-1" {
                @for group in report.groups.iter().filter(|group| group.lines > 0) { (section::section(group)) }
            }
            p #none hidden { "No code and no example matches. Try fewer words, or all providers." }
        }
        footer {
            p {
                "Made by booking-errors " (env!("CARGO_PKG_VERSION")) ". Ids and request ids are shown as they stand in the input: \
                 share this file only with those who may see them."
            }
        }
    }
}

/// Says what was counted, and from when to when.
fn summary(report: &Report) -> Markup {
    let mut counts = vec![number(report.errors, "error")];
    let others = [(report.successes, "success"), (report.unreadable, "unreadable line")];
    counts
        .extend(others.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| number(count, what)));
    html! {
        (counts.join(", ")) " in " (number(report.lines, "line"))
        @if let (Some(first), Some(last)) = (report.first, report.last) {
            ", from " (time(first)) " to " (time(last)) " UTC"
        }
    }
}

/// Says what the numbers do not show.
fn notes(report: &Report) -> Markup {
    let cut: Vec<_> = report.groups.iter().filter(|group| group.other_codes.is_some()).collect();
    html! {
        @for problem in &report.unread {
            p.note.urgent role="note" {
                strong { (maud::display(Escaped::message(problem))) "." }
                " What this hides is in none of the numbers."
            }
        }
        @if report.unreadable > 0 {
            p.note.urgent role="note" {
                strong { (number(report.unreadable, "line")) " could not be read." }
                @if report.unreadable == 1 { " It may be a write that went through, so look for its booking too." }
                @else { " Each may be a write that went through, so look for their bookings too." }
                " This lists them: "
                code { "booking-errors triage --list unreadable FILE" }
            }
        }
        @if !cut.is_empty() {
            p.note role="note" {
                "Too many different codes to list each one in: "
                @for (index, group) in cut.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href={ "#" (group.group.as_str()) } { (group.group.as_str()) }
                }
                ". The numbers of the groups are exact."
            }
        }
    }
}

/// The groups at a glance, in the order of urgency.
fn tiles(report: &Report) -> Markup {
    html! {
        ol.tiles aria-label="Groups, the most urgent first" {
            @for group in &report.groups {
                li {
                    @if group.lines > 0 {
                        a.tile href={ "#" (group.group.as_str()) } { (tile(group)) }
                    } @else {
                        div.tile.empty { (tile(group)) }
                    }
                }
            }
        }
    }
}

fn tile(group: &Group) -> Markup {
    html! {
        span.name { (chart::swatch(group.group)) (group.group.as_str()) }
        span.lines { (HumanCount(group.lines).to_string()) }
        @if group.lines > 0 {
            span.share { (group.percent()) }
            (chart::sparkline(group))
        } @else {
            span.share { "none" }
        }
    }
}

fn search(report: &Report) -> Markup {
    let mut providers: Vec<_> =
        report.groups.iter().flat_map(|group| &group.providers).map(|of| of.provider.as_str()).collect();
    providers.sort_unstable();
    providers.dedup();
    html! {
        search.find aria-label="Codes and examples" {
            div {
                label for="search" { "Search" }
                div.box {
                    input #search type="search" placeholder="Code, text, id or request id" autocomplete="off"
                        autocapitalize="off" spellcheck="false" aria-describedby="keys";
                    kbd aria-hidden="true" { "/" }
                }
                span #keys.unseen { "Slash: search. Escape: clear." }
            }
            @if providers.len() > 1 {
                div {
                    label for="provider" { "Provider" }
                    select #provider {
                        option value="" { "All providers" }
                        @for provider in providers { option value=(shown(provider)) { (shown(provider)) } }
                    }
                }
            }
            p #count role="status" {}
        }
    }
}

/// Returns a number and what it counts.
fn number(count: u64, what: &str) -> String {
    format!("{} {}", HumanCount(count), plural(count, what))
}

fn clock(time: Timestamp) -> impl Display {
    time.strftime("%Y-%m-%d %H:%M:%S")
}

fn time(at: Timestamp) -> Markup {
    html! { time datetime=(at.to_string()) { (clock(at).to_string()) } }
}

/// Returns a text from the input, harmless in its line.
fn shown(text: &str) -> impl Render + '_ {
    maud::display(Escaped::code(text))
}
