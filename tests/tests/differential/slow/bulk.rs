//! "Bulk methods answer 200 even when every item failed": what the items of such an answer come to together.

use booking_errors::{Effect, Kind};

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
    /// Whether none of them ran, because one was refused.
    pub was_not_run: bool,
}

impl Bulk {
    pub fn is_error(&self) -> bool {
        !self.failed.is_empty() || self.is_undetailed
    }

    /// The answer as its items give it; of `whole` only what came with the response counts.
    pub fn told_by(self, whole: &Answer) -> Answer {
        let mut answer = Answer::new(whole.provider, whole.status);
        answer.is_clean = false;
        answer.request_id.clone_from(&whole.request_id);
        let errors: Vec<&Answer> = self.failed.iter().map(|(_, item)| &item.error).collect();
        // "code and kind are the items' where all agree and none is undetailed, else none and unknown": each
        // for itself
        let first = errors.first().filter(|_| !self.is_undetailed);
        let first_code = first.and_then(|first| first.code.clone());
        answer.code = first_code.filter(|code| errors.iter().all(|error| error.code.as_ref() == Some(code)));
        let first_kind = first.map(|first| first.kind);
        let kind = first_kind.filter(|kind| errors.iter().all(|error| error.kind == *kind));
        answer.kind = kind.unwrap_or(Kind::Unknown);
        // "partial where anything succeeded; not_applied where everything failed with a known rejecting code;
        // else unknown"
        let all_rejected = errors.iter().all(|error| error.effect == Effect::NotApplied);
        let is_partial = self.succeeded || errors.iter().any(|error| error.effect == Effect::Partial);
        answer.effect = match () {
            () if is_partial => Effect::Partial,
            () if self.was_not_run => Effect::NotApplied,
            () if self.is_undetailed || !all_rejected => Effect::Unknown,
            () => Effect::NotApplied,
        };
        let first_remedy = first.map(|first| first.remedy.clone());
        let remedy = first_remedy.filter(|remedy| errors.iter().all(|error| error.remedy == *remedy));
        answer.remedy = match remedy {
            _ if is_partial => PARTIAL.to_owned(),
            Some(remedy) => remedy,
            None => answer.kind.remedy().to_owned(),
        };
        // the time after which all of them may be sent again
        answer.retry_after = errors.iter().filter_map(|error| error.retry_after).max().or(whole.retry_after);
        for (field, mut item) in self.failed {
            if self.was_not_run {
                item.error.effect = Effect::NotApplied;
            }
            let (code, message) = (item.error.code.clone(), item.error.message.clone());
            answer.issues.extend(issue(Some(field), code, message));
            answer.items.push(item);
        }
        answer
    }
}

/// The words of the crates, which are not the question here.
const PARTIAL: &str = "Check which items went through, and send again only those whose own retry allows it.";
