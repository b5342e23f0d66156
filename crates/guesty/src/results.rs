//! What a search found, with why it cannot be reserved.

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Bulk, Draft, first};
use booking_errors_core::{Envelope, FailedItem, RawResponse};

use crate::Code;
use crate::items::Items;

/// `[{"_id", "reservation": {"errors"}}]`
#[derive(Default)]
pub(crate) struct Results {
    items: Bulk,
    pub(crate) has_reservations: bool,
}

impl Results {
    pub(crate) fn read(value: Value<'_, '_>) -> Self {
        let mut results = Self::default();
        let mut index = 0;
        value.items(|result| {
            results.read_result(result, index);
            index += 1;
        });
        results
    }

    fn read_result(&mut self, result: Value<'_, '_>, index: u64) {
        let is_object = result.shape() == Shape::Object;
        let (mut id, mut other_id, mut listing_id, mut reservation) = (None, None, None, None);
        let is_whole = result.members(|name, value| match name {
            "_id" => value.text_into(&mut id),
            "id" => value.text_into(&mut other_id),
            "listingId" => value.text_into(&mut listing_id),
            "reservation" => reservation = Some(read_reservation(value)),
            _ => {}
        });
        self.has_reservations |= reservation.is_some();
        if !is_object || !is_whole {
            return;
        }
        match reservation.filter(|errors| !errors.issues.is_empty()) {
            None => self.items.succeeded(),
            Some(errors) => {
                let mut item = FailedItem::new(error_of(errors)).with_index(index);
                item.id = first([id, other_id, listing_id]).map(Into::into);
                self.items.failed("results", item);
            }
        }
    }

    /// Drafts the answer of a search; `None` if everything in it can be reserved.
    pub(crate) fn into_draft(mut self, is_cut: bool) -> Option<Draft> {
        if is_cut && self.has_reservations {
            self.items.undetailed();
        }
        self.items.into_draft()
    }
}

/// `{"errors"}`
fn read_reservation(value: Value<'_, '_>) -> Items {
    let mut errors = Items::default();
    value.members(|name, value| {
        if name == "errors" {
            errors = Items::read(value);
        }
    });
    errors
}

/// Returns the error of one result: its code is the one that decides, else the first.
fn error_of(items: Items) -> Envelope {
    let decisive = items.decisive_code(None, false).map(Code::info);
    let first_issue = items.issues.as_slice().first();
    let draft = Draft {
        code: decisive.map(|info| info.code.into()).or_else(|| first_issue?.code.clone()),
        known: decisive,
        decisive,
        is_error_in_success: true,
        message: first_issue.and_then(|issue| issue.message.clone()),
        issues: items.issues,
        ..Draft::default()
    };
    draft.into_envelope(crate::PROVIDER.name(), &RawResponse::new(200, b""))
}
