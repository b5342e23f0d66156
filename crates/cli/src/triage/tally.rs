//! Counts what the lines say, in bounded memory.

use std::borrow::Cow;
use std::collections::BTreeMap;

use booking_errors::text::{CODE_LIMIT, Escaped};
use booking_errors::{Envelope, ProviderError, Triage, provider};
use jiff::Timestamp;

use super::counter::{Counter, Key};
use super::entry::{Call, Entry, Outcome};
use super::timeline::Timeline;
use crate::chunks::Place;
use crate::plural::counted;
use crate::problem::complain;

/// How many lines that cannot be read are named on standard error.
const COMPLAINTS: usize = 5;

/// How many unknown codes of a group are kept, when there are more than twice as many.
const CODES: usize = 1_000;

/// How many unknown providers of a group are kept, when there are more than twice as many.
const PROVIDERS: usize = 100;

/// How many examples of a group are kept.
const EXAMPLES: usize = 5;

/// The longest id in an example, in bytes.
const LONGEST_ID: usize = 256;

/// What some lines say, or all.
#[derive(Default)]
pub struct Tally {
    pub successes: u64,
    pub unreadable: u64,
    /// Errors without a time that can be read.
    pub without_time: u64,
    pub unreadable_times: u64,
    /// Names the first lines that cannot be read.
    pub complaints: Vec<String>,
    /// The first time that cannot be read, and where it is.
    pub unreadable_time: Option<String>,
    pub timeline: Timeline,
    pub groups: BTreeMap<Triage, GroupTally>,
}

/// The errors of a group.
#[derive(Default)]
pub struct GroupTally {
    pub lines: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub providers: Counter<ProviderName, PROVIDERS>,
    pub codes: Counter<Code, CODES>,
    pub examples: Vec<Call>,
}

impl Tally {
    pub fn add(&mut self, entry: &Entry<'_>, place: &Place<'_>) {
        match &entry.outcome {
            Outcome::Success => self.successes += 1,
            Outcome::Unreadable(reason) => {
                self.unreadable += 1;
                if self.complaints.len() < COMPLAINTS {
                    self.complaints.push(format!("{place}: {reason}"));
                }
            }
            Outcome::Error(error) => self.add_error(&**error, entry, place),
        }
    }

    fn add_error(&mut self, error: &dyn ProviderError, entry: &Entry<'_>, place: &Place<'_>) {
        let group = error.triage();
        let time = match entry.time() {
            Some(Ok(time)) => {
                self.timeline.add(time, group);
                Some(time)
            }
            Some(Err(text)) => {
                self.without_time += 1;
                self.unreadable_times += 1;
                self.unreadable_time.get_or_insert_with(|| format!("{place}: {}", Escaped::code(&text)));
                None
            }
            None => {
                self.without_time += 1;
                None
            }
        };
        let group = self.groups.entry(group).or_default();
        group.lines += 1;
        group.spread(time, time);
        let code = Code::of(error.envelope());
        group.providers.add(ProviderName(code.provider.clone()), 1);
        group.codes.add(code, 1);
        if group.wants_example(entry.is_named()) {
            group.add_example(entry.call(place.line));
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.successes += other.successes;
        self.unreadable += other.unreadable;
        self.without_time += other.without_time;
        self.unreadable_times += other.unreadable_times;
        let room = COMPLAINTS.saturating_sub(self.complaints.len());
        self.complaints.extend(other.complaints.into_iter().take(room));
        self.unreadable_time = self.unreadable_time.take().or(other.unreadable_time);
        self.timeline.merge(other.timeline);
        for (group, tally) in other.groups {
            self.groups.entry(group).or_default().merge(tally);
        }
    }

    /// Says what cannot be read, in a few lines.
    pub fn complain(&self) {
        let mut lines: Vec<_> =
            self.complaints.iter().map(|complaint| format!("booking-errors: {complaint}")).collect();
        let more = self.unreadable.saturating_sub(lines.len() as u64);
        if more > 0 {
            let more = counted(more, "more line");
            lines.push(format!(
                "booking-errors: cannot read {more}: `booking-errors triage --list unreadable` lists them"
            ));
        }
        if let Some(first) = &self.unreadable_time {
            let errors = counted(self.unreadable_times, "error");
            lines.push(format!(
                "booking-errors: cannot read the time of {errors}, the first is {first}: write it as `2026-11-30T05:41:06Z` or \
                 in Unix seconds"
            ));
        }
        if !lines.is_empty() {
            complain(lines.join("\n"));
        }
    }
}

impl GroupTally {
    fn merge(&mut self, other: Self) {
        self.lines += other.lines;
        self.spread(other.first, other.last);
        self.providers.merge(other.providers);
        self.codes.merge(other.codes);
        for example in other.examples {
            if self.wants_example(example.is_named()) {
                self.add_example(example);
            }
        }
    }

    fn spread(&mut self, first: Option<Timestamp>, last: Option<Timestamp>) {
        self.first = self.first.into_iter().chain(first).min();
        self.last = self.last.max(last);
    }

    /// Examples are the first calls that have an id, or else the first ones.
    fn wants_example(&self, is_named: bool) -> bool {
        self.examples.len() < EXAMPLES || is_named && !self.examples.iter().all(Call::is_named)
    }

    fn add_example(&mut self, mut example: Call) {
        example.drop_longer_than(LONGEST_ID);
        if self.examples.len() == EXAMPLES
            && let Some(nameless) = self.examples.iter().position(|example| !example.is_named())
        {
            self.examples.remove(nameless);
        }
        self.examples.push(example);
    }
}

/// The name of a provider.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProviderName(pub Cow<'static, str>);

impl Key for ProviderName {
    fn is_known(&self) -> bool {
        provider(&self.0).is_some()
    }
}

/// A code of a provider, or the kind of its errors without one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    pub provider: Cow<'static, str>,
    pub code: Option<Cow<'static, str>>,
    pub kind: &'static str,
}

impl Code {
    fn of(error: &Envelope) -> Self {
        Self {
            provider: shortened(&error.provider),
            code: error.code.as_ref().map(shortened),
            kind: error.kind.as_str(),
        }
    }
}

impl Key for Code {
    fn is_known(&self) -> bool {
        let Some(provider) = provider(&self.provider) else { return false };
        self.code.as_deref().is_none_or(|code| provider.code(code).is_some())
    }
}

/// Returns a text as it is, or the start of one that is too long.
fn shortened<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    match text.char_indices().nth(CODE_LIMIT).and_then(|(end, _)| text.get(..end)) {
        Some(start) => Cow::Owned(format!("{start}…")),
        None => text.clone(),
    }
}
