//! The answers of bulk methods, which come with 200 even when every item failed.

use std::mem::{swap, take};

use booking_errors_core::Effect;
use booking_errors_core::decode::json::{Reader, Shape, Value};
use booking_errors_core::decode::{Bulk, Draft, Place};

use crate::PROVIDER;
use crate::body::{ApplicationError, has_id};

type Text<'a> = Option<&'a str>;

/// `{"results": [{"itemMetadata"}], "bulkActionMetadata"}`: the answer of a bulk method.
#[derive(Default)]
pub(crate) struct BulkAnswer<'a> {
    /// At `results`, which are read once the status is known.
    pub(crate) results: Option<Reader<'a>>,
    items: Bulk<'a>,
    has_items: bool,
    has_totals: bool,
    has_success: bool,
    has_made: bool,
    successes: u64,
    failures: u64,
    undetailed_failures: u64,
}

impl<'a> BulkAnswer<'a> {
    pub(crate) fn read_totals(&mut self, value: Value<'_, '_>) {
        self.has_totals = true;
        (self.successes, self.failures, self.undetailed_failures) = (0, 0, 0);
        value.members(|name, value| match name {
            "totalSuccesses" => self.successes = read_count(value),
            "totalFailures" => self.failures = read_count(value),
            "undetailedFailures" => self.undetailed_failures = read_count(value),
            _ => {}
        });
    }

    /// Returns whether there are items or totals.
    pub(crate) fn has_items_or_totals(&mut self) -> bool {
        self.read_items(200);
        self.has_items || self.has_totals
    }

    /// Returns whether anything succeeded.
    pub(crate) fn has_successes(&self) -> bool {
        self.has_success || self.successes > 0
    }

    /// Returns whether the answer shows an item that was made although it counts as failed.
    pub(crate) fn has_made(&self) -> bool {
        self.has_made
    }

    /// Drafts the answer with this status; `None` if none of its items failed.
    pub(crate) fn draft(&mut self, status: u16, is_cut: bool) -> Option<Draft<'a>> {
        self.read_items(status);
        let mut items = take(&mut self.items);
        let is_short = self.undetailed_failures > 0 || self.failures > items.failures();
        if is_short || (is_cut && (self.has_items || self.has_totals)) {
            items.undetailed();
        }
        if self.successes > 0 {
            items.succeeded();
        }
        items.into_draft()
    }

    fn read_items(&mut self, status: u16) {
        let Some(mut results) = self.results.take() else { return };
        let mut position = 0;
        results.root().items(|result| {
            let (mut item, mut is_made) = (None, false);
            let is_whole = result.members(|name, value| match name {
                "itemMetadata" => item = Some(Item::read(value)),
                "item" => value.shows_into(&mut is_made, has_id),
                _ => {}
            });
            self.has_items |= item.is_some();
            let has_succeeded = item.as_ref().is_some_and(|item| item.success == Some(true));
            self.has_made |= is_made && !has_succeeded;
            if is_whole && item.is_none() {
                self.items.unclear();
            }
            if let Some(item) = item.filter(|_| is_whole) {
                self.has_success |= item.success == Some(true);
                item.add_to(
                    &mut self.items,
                    Place { list: "results", index: Some(position), id: None },
                    status,
                    is_made,
                );
            }
            position += 1;
        });
    }
}

/// `{"id", "originalIndex", "success", "error": {"code", "description", "data"}}`
#[derive(Default)]
struct Item<'a> {
    id: Text<'a>,
    index: Option<u64>,
    success: Option<bool>,
    has_error: bool,
    error: ApplicationError<'a>,
}

impl<'a> Item<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut item = Self::default();
        value.members(|name, value| match name {
            "id" => value.text_into(&mut item.id),
            "originalIndex" => item.index = value.text().and_then(|text| text.parse().ok()),
            "success" => item.success = value.boolean(),
            "error" => {
                item.has_error = value.shape() == Shape::Object;
                item.error = ApplicationError::read(value);
            }
            _ => {}
        });
        item
    }

    /// Notes what became of the item; `is_made` is whether the answer shows what it made all the same.
    fn add_to(mut self, bulk: &mut Bulk<'a>, place: Place<'a>, status: u16, is_made: bool) {
        match self.success {
            Some(true) => bulk.succeeded(),
            // where an item failed, a serializer may leave out `success`
            None if !self.has_error => bulk.unclear(),
            _ => {
                let place = Place { index: self.index.or(place.index), id: self.id, ..place };
                let mut draft = self.error.draft(None);
                draft.evidence.is_made = is_made;
                // the status of the whole answer does not show what one item did
                draft.evidence.doubts_status = true;
                bulk.failed(place, &PROVIDER, status, draft);
            }
        }
    }
}

/// Reads a number of items. A value that is not an integer counts as more than any, unless it is negative or has no
/// digit above 0.
fn read_count(value: Value<'_, '_>) -> u64 {
    let text = match value.shape() {
        Shape::Text => value.string(),
        Shape::Number => value.whole().and_then(|digits| str::from_utf8(digits).ok()),
        _ => None,
    };
    let text = text.unwrap_or_default();
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let is_positive = !mantissa.starts_with('-') && mantissa.contains(|c| matches!(c, '1'..='9'));
    let count = text.strip_suffix(".0").unwrap_or(text).parse();
    count.unwrap_or(if is_positive { u64::MAX } else { 0 })
}

/// Drafts a bulk answer of which an item failed. If it has a code of its own, that gives code and kind, and the items
/// are evidence beside it.
pub(crate) fn beside<'a>(
    own: Draft<'a>,
    items: Draft<'a>,
    has_code: bool,
    are_items_first: bool,
) -> Draft<'a> {
    let (mut issues, mut others) = (own.issues, items.issues);
    if are_items_first {
        swap(&mut issues, &mut others);
    }
    issues.append(&mut others);
    if !has_code {
        return Draft { message: own.message, issues, ..items };
    }
    let mut evidence = own.evidence;
    evidence.rule = items.evidence.rule.filter(|effect| *effect == Effect::Partial);
    evidence.rejects |= items.evidence.rule == Some(Effect::NotApplied);
    evidence.has_fault |= items.evidence.has_fault;
    Draft {
        is_error_in_success: true,
        evidence,
        issues,
        items: items.items,
        retry_after: items.retry_after,
        ..own
    }
}
