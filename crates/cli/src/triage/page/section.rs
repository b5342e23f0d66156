//! A group of errors: what to do, its codes with what they mean, and examples.

use std::collections::BTreeSet;

use booking_errors::text::Escaped;
use booking_errors::{CodeInfo, Kind, Triage, provider};
use indicatif::HumanCount;
use maud::{Markup, html};
use serde_json::value::RawValue;

use super::{chart, number, shown, time};
use crate::triage::entry::Call;
use crate::triage::report::{CodeCount, Group};

/// How many codes stand in the section. The others are behind a click.
const SHOWN: usize = 15;

/// How many providers stand in the section.
const PROVIDERS: usize = 10;

/// Returns the section of a group.
pub fn section(group: &Group) -> Markup {
    let name = group.group.as_str();
    html! {
        section class={ "card group " (name) } id=(name) aria-labelledby={ (name) "-title" } tabindex="-1" {
            h2 id={ (name) "-title" } {
                (chart::swatch(group.group)) (name) " "
                span.soft { (number(group.lines, "error")) ", " (group.percent()) }
            }
            p.meaning { (group.meaning) }
            (facts(group))
            (codes(group))
            (examples(group))
        }
    }
}

fn facts(group: &Group) -> Markup {
    html! {
        dl.facts {
            @if let (Some(first), Some(last)) = (group.first, group.last) {
                div { dt { "First" } dd { (time(first)) } }
                div { dt { "Last" } dd { (time(last)) } }
            }
            div {
                dt { "Providers" }
                dd {
                    @for (index, of) in group.providers.iter().take(PROVIDERS).enumerate() {
                        @if index > 0 { ", " }
                        bdi { (shown(&of.provider)) } " " (HumanCount(of.lines).to_string())
                    }
                    (more_providers(group))
                }
            }
            div {
                dt { "All of them" }
                dd { code { "booking-errors triage --list " (group.group.as_str()) " FILE" } }
            }
        }
    }
}

fn more_providers(group: &Group) -> Markup {
    let hidden = group.providers.len().saturating_sub(PROVIDERS);
    html! {
        @if let Some(others) = &group.other_providers {
            " and at least " (number((hidden + others.providers_at_least) as u64, "other"))
        } @else if hidden > 0 {
            " and " (number(hidden as u64, "other"))
        }
    }
}

fn codes(group: &Group) -> Markup {
    let (first, rest) = group.codes.split_at_checked(SHOWN).unwrap_or((&group.codes, &[]));
    html! {
        div.list {
            h3 { "Codes" }
            (code_table(group, first))
            @if !rest.is_empty() {
                details.rest {
                    summary { (number(rest.len() as u64, "more code")) }
                    (code_table(group, rest))
                }
            }
            @if let Some(others) = &group.other_codes {
                p.soft {
                    "Not listed: " (number(others.lines, "error")) " with at least "
                    (number(others.codes_at_least as u64, "other code")) ". So the numbers of codes that no provider documents \
                     may be too low."
                }
            }
        }
    }
}

fn code_table(group: &Group, codes: &[CodeCount]) -> Markup {
    html! {
        table.codes {
            thead {
                tr { th scope="col" { "Code" } th scope="col" { "What it means" } th.number scope="col" { "Errors" } }
            }
            tbody { @for code in codes { (code_row(group, code)) } }
        }
    }
}

fn code_row(group: &Group, code: &CodeCount) -> Markup {
    let part = 100.0 * code.lines as f64 / group.lines.max(1) as f64;
    html! {
        tr.row data-provider=(shown(&code.provider)) {
            th scope="row" {
                @match &code.code {
                    Some(code) => code { (shown(code)) },
                    None => span.words { "no code" },
                }
                " "
                span.soft { bdi { (shown(&code.provider)) } " · " (code.kind) }
            }
            td { (explanation(group.group, code)) }
            td.number {
                (HumanCount(code.lines).to_string())
                svg.bar width="100%" height="4" aria-hidden="true" {
                    rect width=(format!("{part:.1}%")) height="4" rx="2" fill={ "url(#fill-" (group.group.as_str()) ")" } {}
                }
            }
        }
    }
}

/// Explains a code as the provider's table does, or else its kind.
fn explanation(group: Triage, code: &CodeCount) -> Markup {
    let info = code.code.as_deref().and_then(|name| provider(&code.provider)?.code(name));
    let kind: Option<Kind> = code.kind.parse().ok();
    let meaning = info.map(|info| info.meaning).or(kind.map(Kind::meaning)).unwrap_or_default();
    html! {
        p { (prose(meaning)) }
        @if let Some(remedy) = remedy(group, info, kind) { p.soft { (prose(remedy)) } }
    }
}

/// Returns what to do about a code, if that helps where nothing was done. Where it is not known what was done, the group's
/// own advice comes first, and what the tables say of a rejection would be wrong.
fn remedy(group: Triage, info: Option<&CodeInfo>, kind: Option<Kind>) -> Option<&'static str> {
    match group {
        Triage::LookUp | Triage::PartlyDone | Triage::Wait => None,
        Triage::Customer | Triage::Account | Triage::Code => {
            info.map(|info| info.remedy).or(kind.map(Kind::remedy))
        }
    }
}

/// Returns a text of ours, with what stands between two backticks as code.
fn prose(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}

fn examples(group: &Group) -> Markup {
    let kept: BTreeSet<_> = group.examples.iter().flat_map(|example| example.kept.keys()).collect();
    html! {
        @if !group.examples.is_empty() {
            div.list {
                h3 { "Examples" }
                div.wide tabindex="0" role="region" aria-label={ "Examples of " (group.group.as_str()) } {
                    table.examples {
                        thead {
                            tr {
                                @for name in ["Line", "Id", "Request id", "Time", "Code"] { th scope="col" { (name) } }
                                @for name in &kept { th scope="col" { (shown(name)) } }
                            }
                        }
                        tbody { @for example in &group.examples { (example_row(example, &kept)) } }
                    }
                }
            }
        }
    }
}

fn example_row(example: &Call, kept: &BTreeSet<&String>) -> Markup {
    let provider = example.provider.as_deref().unwrap_or_default();
    html! {
        tr.row data-provider=(shown(provider)) {
            td { (example.line) }
            td { (value(example.id.as_deref())) }
            td { (value(example.request_id.as_deref())) }
            td { (value(example.time.as_deref())) }
            td {
                @if let Some(code) = &example.code { code { (shown(code)) } " " }
                span.soft { bdi { (shown(provider)) } }
            }
            @for name in kept { td { (value(example.kept.get(*name).map(|member| &**member))) } }
        }
    }
}

/// Shows a value of the input: a string without its quotes, and others as JSON.
fn value(value: Option<&RawValue>) -> Markup {
    let Some(value) = value else { return html! { span.soft { "–" } } };
    let text = serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned());
    html! { code { bdi { (maud::display(Escaped::message(&text))) } } }
}
