//! "Bulk methods answer 200 even when every item failed": what the items of such an answer come to together.

use booking_errors::{Effect, Issue, Kind};

use super::answer::{Answer, Item, issue};

/// What the list of a bulk answer says.
#[derive(Debug, Default)]
pub struct Bulk {
    /// The items that failed, each with the field of its issue.
    pub failed: Vec<(String, Item)>,
    /// Whether anything succeeded.
    pub succeeded: bool,
    /// Whether something failed, or may have failed, that the answer does not describe.
    pub is_undetailed: bool,
    /// Whether an item is listed that says neither that it failed nor that it succeeded.
    pub is_unclear: bool,
    /// Whether none of them ran, because one was refused.
    pub was_not_run: bool,
}

impl Bulk {
    pub fn is_error(&self) -> bool {
        !self.failed.is_empty() || self.is_undetailed
    }

    fn errors(&self) -> Vec<&Answer> {
        self.failed.iter().map(|(_, item)| &item.error).collect()
    }

    /// "Code and kind are the items' where all agree and none is undetailed, else none and unknown": each for
    /// itself.
    pub fn code(&self) -> Option<String> {
        let errors = self.errors();
        let first = errors.first().filter(|_| !self.is_undetailed)?.code.clone();
        first.filter(|code| errors.iter().all(|error| error.code.as_ref() == Some(code)))
    }

    /// The same for the kind.
    pub fn kind(&self) -> Kind {
        let errors = self.errors();
        let first = errors.first().filter(|_| !self.is_undetailed).map(|first| first.kind);
        first.filter(|kind| errors.iter().all(|error| error.kind == *kind)).unwrap_or(Kind::Unknown)
    }

    pub fn is_partial(&self) -> bool {
        self.succeeded || self.errors().iter().any(|error| error.effect == Effect::Partial)
    }

    /// "Every listed item failed with a known rejecting code."
    pub fn is_all_rejected(&self) -> bool {
        let is_whole = !self.is_undetailed && !self.is_unclear && !self.failed.is_empty();
        is_whole && self.errors().iter().all(|error| error.effect == Effect::NotApplied)
    }

    /// "Partial where anything succeeded; not_applied where every listed item failed with a known rejecting
    /// code; else unknown."
    pub fn effect(&self) -> Effect {
        match () {
            () if self.is_partial() => Effect::Partial,
            () if self.was_not_run || self.is_all_rejected() => Effect::NotApplied,
            () => Effect::Unknown,
        }
    }

    /// "Each failed item is an issue: field = the item's id, else `results[originalIndex]`; code and message
    /// from its error."
    pub fn issues(&self) -> Vec<Issue> {
        let issue = |(field, item): &(String, Item)| {
            issue(Some(field.clone()), item.error.code.clone(), item.error.message.clone())
        };
        self.failed.iter().filter_map(issue).collect()
    }

    pub fn items(&self) -> Vec<Item> {
        self.failed.iter().map(|(_, item)| item.clone()).collect()
    }

    /// The answer as its items give it; of `whole` only what came with the response counts.
    pub fn told_by(mut self, whole: &Answer) -> Answer {
        if self.was_not_run {
            self.failed.iter_mut().for_each(|(_, item)| item.error.effect = Effect::NotApplied);
        }
        Answer {
            code: self.code(),
            kind: self.kind(),
            effect: self.effect(),
            issues: self.issues(),
            items: self.items(),
            request_id: whole.request_id.clone(),
            // the time after which all of them may be sent again
            retry_after: self
                .errors()
                .iter()
                .filter_map(|error| error.retry_after)
                .max()
                .or(whole.retry_after),
            ..Answer::new(whole.provider, whole.status)
        }
    }
}
