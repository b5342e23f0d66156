use crate::decode::{Findings, Issues};
use crate::{Effect, FailedItem, Kind};

/// The items of a bulk or batch answer, and what they come to together.
///
/// Each failed item is an issue and an item with an error of its own, of which the first 1,000 are kept. Code and kind are
/// those of the items where all of them agree. The effect is partial where anything succeeded, not applied where
/// everything failed and no item was carried out, and else unknown.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    items: Vec<FailedItem>,
    issues: Issues,
    failures: u64,
    has_successes: bool,
    is_undetailed: bool,
    /// Whether no failed item was carried out.
    is_rejected: bool,
    code: Agreed<Option<String>>,
    kind: Agreed<Kind>,
}

impl Bulk {
    const MOST_ITEMS: usize = 1_000;

    /// Notes that an item succeeded.
    pub fn succeeded(&mut self) {
        self.has_successes = true;
    }

    /// Notes that there are failures of which the answer says nothing.
    pub fn undetailed(&mut self) {
        self.is_undetailed = true;
    }

    /// How many failed items there were.
    pub fn failures(&self) -> u64 {
        self.failures
    }

    /// Notes that an item failed; `list` is the name of the member that lists it.
    pub fn failed(&mut self, list: &str, item: FailedItem) {
        let place = item.index.map(|index| format!("{list}[{index}]"));
        let error = &item.error;
        self.issues.push(
            item.id.as_deref().or(place.as_deref()),
            error.code.as_deref(),
            error.message.as_deref(),
        );
        self.is_rejected = (self.failures == 0 || self.is_rejected) && error.effect == Effect::NotApplied;
        self.code.add(&error.code);
        self.kind.add(&error.kind);
        self.failures += 1;
        if self.items.len() < Self::MOST_ITEMS {
            self.items.push(item);
        }
    }

    /// What the items come to, if any of them failed.
    pub fn into_findings(self) -> Option<Findings> {
        if self.failures == 0 && !self.is_undetailed {
            return None;
        }
        let is_detailed = !self.is_undetailed;
        Some(Findings {
            is_error_in_success: true,
            code: self.code.value().flatten().filter(|_| is_detailed),
            kind: Some(self.kind.value().filter(|_| is_detailed).unwrap_or(Kind::Unknown)),
            effect: Some(match self.has_successes {
                true => Effect::Partial,
                false if is_detailed && self.is_rejected => Effect::NotApplied,
                false => Effect::Unknown,
            }),
            issues: self.issues,
            items: self.items,
            ..Findings::default()
        })
    }
}

/// A value that all of several have.
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
