//! What there is to say about all lines: the JSON, and what the other formats show.

use booking_errors::Triage;
use jiff::Timestamp;
use serde::Serialize;

use super::counter::Others;
use super::entry::Call;
use super::tally::{GroupTally, Tally};
use super::timeline::Columns;

/// The whole report. Members without a value are left out of the JSON.
#[derive(Serialize)]
pub struct Report {
    pub lines: u64,
    pub successes: u64,
    pub errors: u64,
    /// Lines that cannot be read. Each may be a call that went through.
    pub unreadable: u64,
    /// Why files, or the rest of them, cannot be read. What is in there is in none of the numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
    /// Errors without a time that can be read. They are in no timeline.
    pub without_time: u64,
    /// How many of them have a time that cannot be read.
    pub unreadable_times: u64,
    /// When the first error happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Timestamp>,
    /// When the last error happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    /// The columns of each group's `counts`, if any error has a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Columns>,
    /// Every group, also without errors, the most urgent first.
    pub groups: Vec<Group>,
}

/// The errors that the same people have to act on.
#[derive(Serialize)]
pub struct Group {
    pub group: Triage,
    pub meaning: &'static str,
    pub lines: u64,
    /// The part of all errors, from 0 to 1.
    pub share: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    /// How many errors there were in each column of the timeline.
    pub counts: Vec<u64>,
    /// The providers, the one with the most errors first.
    pub providers: Vec<ProviderCount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_providers: Option<OtherProviders>,
    /// The codes, the most frequent first.
    pub codes: Vec<CodeCount>,
    /// The codes that are not listed. If there are any, the counts of codes that no provider documents may be too low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_codes: Option<OtherCodes>,
    pub examples: Vec<Call>,
}

#[derive(Serialize)]
pub struct ProviderCount {
    pub provider: String,
    pub lines: u64,
}

#[derive(Serialize)]
pub struct CodeCount {
    pub provider: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub kind: &'static str,
    pub lines: u64,
}

#[derive(Serialize)]
pub struct OtherProviders {
    pub providers_at_least: usize,
    pub lines: u64,
}

#[derive(Serialize)]
pub struct OtherCodes {
    pub codes_at_least: usize,
    pub lines: u64,
}

impl Report {
    pub fn of(mut tally: Tally, unread: Vec<String>) -> Self {
        let mut timeline = tally.timeline.columns();
        let errors: u64 = tally.groups.values().map(|group| group.lines).sum();
        let first = tally.groups.values().filter_map(|group| group.first).min();
        let last = tally.groups.values().filter_map(|group| group.last).max();
        let groups = Triage::ALL.iter().map(|&name| {
            let counts = timeline.as_mut().and_then(|columns| columns.counts.remove(&name));
            Group::of(
                name,
                tally.groups.remove(&name).unwrap_or_default(),
                counts.unwrap_or_default(),
                errors,
            )
        });
        let groups = groups.collect();
        Self {
            lines: tally.successes + tally.unreadable + errors,
            successes: tally.successes,
            errors,
            unreadable: tally.unreadable,
            unread,
            without_time: tally.without_time,
            unreadable_times: tally.unreadable_times,
            first,
            last,
            timeline,
            groups,
        }
    }

    /// Says whether anybody has to look anything up, and what. `counted` writes a number and what it counts.
    pub fn verdict(&self, counted: fn(u64, &str) -> String) -> String {
        let doubts: Vec<_> =
            self.doubts().map(|(count, noun, what)| format!("{} {what}", counted(count, noun))).collect();
        if !doubts.is_empty() {
            return format!("to look up: {}", doubts.join(", "));
        }
        match self.lines {
            0 => "to look up: unknown, because the input is empty".to_owned(),
            _ => "to look up: nothing".to_owned(),
        }
    }

    /// Returns whether nobody has to look anything up.
    pub fn is_quiet(&self) -> bool {
        self.doubts().next().is_none()
    }

    /// Returns what may hide calls that went through, and how many.
    fn doubts(&self) -> impl Iterator<Item = (u64, &'static str, &'static str)> {
        let calls_of =
            |name| self.groups.iter().filter(move |group| group.group == name).map(|group| group.lines);
        let doubts = [
            (calls_of(Triage::LookUp).sum(), "call", "that may have gone through"),
            (calls_of(Triage::PartlyDone).sum(), "call", "partly done"),
            (self.unreadable, "line", "that cannot be read"),
            (self.unread.len() as u64, "file", "that cannot be read"),
        ];
        doubts.into_iter().filter(|&(count, ..)| count > 0)
    }

    /// Returns whether all lines were read.
    pub fn is_complete(&self) -> bool {
        self.unreadable == 0 && self.unread.is_empty()
    }
}

impl Group {
    fn of(group: Triage, tally: GroupTally, counts: Vec<u64>, errors: u64) -> Self {
        let GroupTally { lines, first, last, providers, codes, examples } = tally;
        let (providers, other_providers) = providers.into_sorted();
        let (codes, other_codes) = codes.into_sorted();
        let provider =
            |(name, lines): (super::tally::ProviderName, _)| ProviderCount { provider: name.0.into(), lines };
        let code = |(code, lines): (super::tally::Code, _)| CodeCount {
            provider: code.provider.into(),
            code: code.code.map(Into::into),
            kind: code.kind,
            lines,
        };
        Self {
            group,
            meaning: group.meaning(),
            lines,
            share: lines as f64 / errors.max(1) as f64,
            first,
            last,
            counts,
            providers: providers.into_iter().map(provider).collect(),
            other_providers: other_providers.map(|Others { keys_at_least, count }| OtherProviders {
                providers_at_least: keys_at_least,
                lines: count,
            }),
            codes: codes.into_iter().map(code).collect(),
            other_codes: other_codes.map(|Others { keys_at_least, count }| OtherCodes {
                codes_at_least: keys_at_least,
                lines: count,
            }),
            examples,
        }
    }

    /// Returns how much of all errors it is, in percent. It never rounds to nothing or to all.
    pub fn percent(&self) -> String {
        match 100.0 * self.share {
            percent if percent < 0.1 => "< 0.1%".to_owned(),
            percent if percent < 100.0 && percent > 99.9 => "> 99.9%".to_owned(),
            percent => format!("{}%", (percent * 10.0).round() / 10.0),
        }
    }
}
