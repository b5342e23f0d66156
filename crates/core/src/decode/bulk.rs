use std::borrow::Cow;
use std::time::Duration;

use crate::decode::{Draft, Evidence, Issues, Spelling, remedy};
use crate::{CodeInfo, Effect, FailedItem, Kind, Provider, RawResponse};

/// The items of a bulk or batch response, and the error that they add up to.
///
/// Each failed item becomes an issue and an item with its own error; the first 1,000 are kept. Code and kind are those
/// of the items if all of them agree. The effect is partial if anything succeeded, not applied if no item went
/// through, and unknown otherwise.
#[derive(Clone, Debug, Default)]
pub struct Bulk<'a> {
    items: Vec<FailedItem>,
    issues: Issues<'a>,
    /// How many items were seen, and how many bytes the issues of the kept ones have.
    seen: u64,
    issue_bytes: usize,
    failures: u64,
    has_successes: bool,
    is_undetailed: bool,
    is_unclear: bool,
    /// Whether none of the failed items went through.
    is_rejected: bool,
    /// Whether any item failed without having been carried out.
    has_rejections: bool,
    /// Whether a known code of an item says that the provider failed.
    has_fault: bool,
    was_not_run: bool,
    code: Agreed<Option<Spelling<'a>>>,
    /// What is known about the code of the first failed item.
    known: Option<&'static CodeInfo>,
    kind: Agreed<Kind>,
    remedy: Agreed<&'static str>,
    retry_after: Option<Duration>,
}

/// Where an item is, as far as the answer says it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The name of the member that lists the items.
    pub list: &'static str,
    /// The position, counted from 0.
    pub index: Option<u64>,
    /// The id of what the item is about.
    pub id: Option<&'a str>,
}

impl<'a> Bulk<'a> {
    const MOST_ITEMS: usize = 1_000;
    const MOST_ISSUE_BYTES: usize = 1 << 20;

    /// Notes that an item succeeded.
    pub fn succeeded(&mut self) {
        self.has_successes = true;
        self.seen += 1;
    }

    /// Notes that the provider ran none of the items, because it refused one of them.
    pub fn not_run(&mut self) {
        self.was_not_run = true;
    }

    /// Notes that the response lists an item without saying what became of it.
    pub fn unclear(&mut self) {
        self.is_unclear = true;
        self.seen += 1;
    }

    /// Notes that there are failures that the response does not describe.
    pub fn undetailed(&mut self) {
        self.is_undetailed = true;
    }

    /// Returns how many failed items there were.
    pub fn failures(&self) -> u64 {
        self.failures
    }

    /// Notes that an item failed: where it is, the provider and the status that its error gets, and what it says.
    pub fn failed(&mut self, place: Place<'a>, provider: &Provider, status: u16, mut draft: Draft<'a>) {
        let response = RawResponse::new(status, b"");
        draft.is_error_in_success = true;
        draft.is_inner = true;
        let (code, verdict) = (draft.spelling(), draft.verdict(&response));
        if self.issues.has_room(0) {
            let position = || format!("{}[{}]", place.list, place.index.unwrap_or(self.seen)).into();
            self.issues.push(Some(place.id.map_or_else(position, Cow::Borrowed)), code, draft.message);
        }
        self.is_rejected = (self.failures == 0 || self.is_rejected) && verdict.effect == Effect::NotApplied;
        self.has_rejections |= verdict.effect == Effect::NotApplied;
        self.has_fault |= draft.decisive.is_some_and(|info| Evidence::is_fault(info.kind));
        self.has_successes |= matches!(verdict.effect, Effect::Applied | Effect::Partial);
        self.code.add(code);
        self.kind.add(verdict.kind);
        self.remedy.add(verdict.remedy);
        self.retry_after = self.retry_after.max(verdict.retry_after);
        if self.failures == 0 {
            self.known = draft.known;
        }
        self.failures += 1;
        self.seen += 1;
        if self.items.len() < Self::MOST_ITEMS {
            self.issue_bytes += draft.issues.bytes();
            if self.issue_bytes > Self::MOST_ISSUE_BYTES {
                draft.issues = Issues::default();
            }
            let mut item = FailedItem::new(draft.take_envelope(verdict, provider.name(), &response));
            (item.index, item.id) = (place.index, place.id.map(Into::into));
            self.items.push(item);
        }
    }

    /// Summarises the failed items; `None` if all succeeded.
    pub fn into_draft(mut self) -> Option<Draft<'a>> {
        if self.failures == 0 && !self.is_undetailed {
            return None;
        }
        let was_not_run = self.was_not_run && !self.has_successes;
        if was_not_run {
            not_run(&mut self.items);
        }
        let is_detailed = !self.is_undetailed;
        let effect = match self.has_successes {
            true => Effect::Partial,
            false if was_not_run || (is_detailed && !self.is_unclear && self.is_rejected) => {
                Effect::NotApplied
            }
            false => Effect::Unknown,
        };
        let remedy = self.remedy.value().filter(|_| is_detailed);
        // what helps after a rejection is wrong advice as long as anything else is open
        let remedy_in_doubt = remedy.filter(|_| !self.has_rejections);
        let code = self.code.value().flatten().filter(|_| is_detailed).map(Spelling::as_str);
        Some(Draft {
            is_error_in_success: true,
            code,
            known: self.known.filter(|_| code.is_some()),
            kind: Some(self.kind.value().filter(|_| is_detailed).unwrap_or(Kind::Unknown)),
            evidence: Evidence { rule: Some(effect), has_fault: self.has_fault, ..Evidence::default() },
            remedy: remedy.filter(|_| self.is_rejected),
            remedy_in_doubt,
            retry_after: self.retry_after,
            issues: self.issues,
            items: self.items,
            ..Draft::default()
        })
    }
}

/// Notes that none of the items was carried out.
pub(super) fn not_run(items: &mut [FailedItem]) {
    for FailedItem { error, .. } in items {
        if error.effect != Effect::NotApplied {
            error.effect = Effect::NotApplied;
            error.remedy = remedy::after_nothing(error.kind).into();
        }
    }
}

/// A value that all items have in common.
#[derive(Clone, Copy, Debug, Default)]
enum Agreed<T> {
    #[default]
    None,
    On(T),
    Not,
}

impl<T: Copy + PartialEq> Agreed<T> {
    fn add(&mut self, value: T) {
        *self = match *self {
            Self::None => Self::On(value),
            Self::On(first) if first == value => return,
            _ => Self::Not,
        };
    }

    fn value(self) -> Option<T> {
        match self {
            Self::On(value) => Some(value),
            Self::None | Self::Not => None,
        }
    }
}
