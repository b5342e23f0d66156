use std::borrow::Cow;
use std::time::Duration;

use crate::decode::{Draft, Issues};
use crate::{Effect, FailedItem, Issue, Kind};

/// The items of a bulk or batch answer, and the error that they make together.
///
/// Each failed item is an issue and an item with an error of its own; the first 1,000 are kept. Code and kind are those
/// of the items if all of them agree. The effect is partial if anything succeeded, not applied if everything failed and
/// no item was carried out, and else unknown.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    items: Vec<FailedItem>,
    issues: Issues,
    /// How many items were seen, and how many bytes the issues of the kept ones have.
    seen: u64,
    issue_bytes: usize,
    failures: u64,
    has_successes: bool,
    is_undetailed: bool,
    /// Whether no failed item was carried out.
    is_rejected: bool,
    was_not_run: bool,
    code: Agreed<Option<Cow<'static, str>>>,
    kind: Agreed<Kind>,
    remedy: Agreed<Cow<'static, str>>,
    retry_after: Option<Duration>,
}

impl Bulk {
    const MOST_ITEMS: usize = 1_000;
    const MOST_ISSUE_BYTES: usize = 1 << 20;
    const PARTIAL: &str =
        "Read what was carried out, and send again only those items whose own retry allows it.";

    /// Notes that an item succeeded.
    pub fn succeeded(&mut self) {
        self.has_successes = true;
        self.seen += 1;
    }

    /// Notes that the provider ran none of the items, because it refused one of them.
    pub fn not_run(&mut self) {
        self.was_not_run = true;
    }

    /// Notes that there are failures of which the answer says nothing.
    pub fn undetailed(&mut self) {
        self.is_undetailed = true;
    }

    /// Returns how many failed items there were.
    pub fn failures(&self) -> u64 {
        self.failures
    }

    /// Notes that an item failed; `list` is the name of the member that lists it.
    pub fn failed(&mut self, list: &str, mut item: FailedItem) {
        let error = &mut item.error;
        if self.issues.has_room(0) {
            let place = || format!("{list}[{}]", item.index.unwrap_or(self.seen));
            let field = item.id.as_deref().map_or_else(|| place().into(), Cow::Borrowed);
            self.issues.push(Some(&field), error.code.clone(), error.message.as_deref());
        }
        self.is_rejected = (self.failures == 0 || self.is_rejected) && error.effect == Effect::NotApplied;
        self.has_successes |= matches!(error.effect, Effect::Applied | Effect::Partial);
        self.code.add(&error.code);
        self.kind.add(&error.kind);
        self.remedy.add(&error.remedy);
        self.retry_after = self.retry_after.max(error.retry_after());
        self.failures += 1;
        self.seen += 1;
        if self.items.len() < Self::MOST_ITEMS {
            self.issue_bytes += error.issues.iter().map(bytes_of).sum::<usize>();
            if !self.keeps_issues() {
                error.issues = Vec::new();
            }
            self.items.push(item);
        }
    }

    /// Returns whether the issues of another item would be kept, if they are few.
    pub fn keeps_issues(&self) -> bool {
        self.items.len() < Self::MOST_ITEMS && self.issue_bytes <= Self::MOST_ISSUE_BYTES
    }

    /// Summarises the failed items; `None` if all succeeded.
    pub fn into_draft(mut self) -> Option<Draft> {
        if self.failures == 0 && !self.is_undetailed {
            return None;
        }
        let was_not_run = self.was_not_run && !self.has_successes;
        if was_not_run {
            self.items.iter_mut().for_each(|item| item.error.effect = Effect::NotApplied);
        }
        let is_detailed = !self.is_undetailed;
        let effect = match self.has_successes {
            true => Effect::Partial,
            false if was_not_run || (is_detailed && self.is_rejected) => Effect::NotApplied,
            false => Effect::Unknown,
        };
        let remedy = match self.remedy.value() {
            _ if effect == Effect::Partial => Some(Self::PARTIAL),
            Some(Cow::Borrowed(remedy)) if is_detailed => Some(remedy),
            _ => None,
        };
        Some(Draft {
            is_error_in_success: true,
            code: self.code.value().flatten().filter(|_| is_detailed),
            kind: Some(self.kind.value().filter(|_| is_detailed).unwrap_or(Kind::Unknown)),
            effect: Some(effect),
            remedy,
            retry_after: self.retry_after,
            issues: self.issues,
            items: self.items,
            ..Draft::default()
        })
    }
}

/// Returns how much memory an issue takes, in bytes.
fn bytes_of(issue: &Issue) -> usize {
    let texts = [issue.field.as_deref(), issue.code.as_deref(), issue.message.as_deref()];
    size_of::<Issue>() + texts.into_iter().flatten().map(str::len).sum::<usize>()
}

/// A value that all items have in common.
#[derive(Clone, Debug, Default)]
enum Agreed<T> {
    #[default]
    None,
    On(T),
    Not,
}

impl<T: Clone + PartialEq> Agreed<T> {
    fn add(&mut self, value: &T) {
        *self = match self {
            Self::None => Self::On(value.clone()),
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
