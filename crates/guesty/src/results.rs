//! The results of a search, each with the reasons why it cannot be reserved.

use booking_errors_core::Kind;
use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Bulk, Draft, Place, Spelling, first};

use crate::items::Items;
use crate::{Code, PROVIDER};

/// `[{"_id", "reservation": {"errors"}}]`
#[derive(Default)]
pub(crate) struct Results<'a> {
    items: Bulk<'a>,
    pub(crate) has_reservations: bool,
}

impl<'a> Results<'a> {
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let mut results = Self::default();
        let mut index = 0;
        value.items(|result| {
            results.read_result(result, index);
            index += 1;
        });
        results
    }

    fn read_result(&mut self, result: Value<'_, 'a>, index: u64) {
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
                let id = first([id, other_id, listing_id]);
                let place = Place { list: "results", index: Some(index), id };
                self.items.failed(place, &PROVIDER, 200, draft_of(errors));
            }
        }
    }

    /// Drafts the answer of a search; `None` if everything in it can be reserved.
    pub(crate) fn into_draft(mut self, is_cut: bool) -> Option<Draft<'a>> {
        if is_cut && self.has_reservations {
            self.items.undetailed();
        }
        self.items.into_draft()
    }
}

/// `{"errors"}`
fn read_reservation<'a>(value: Value<'_, 'a>) -> Items<'a> {
    let mut errors = Items::default();
    value.members(|name, value| {
        if name == "errors" {
            errors = Items::read(value);
        }
    });
    errors
}

/// Drafts the error of one result: its code is the one that decides, else the first.
fn draft_of(items: Items<'_>) -> Draft<'_> {
    let decisive = items.decisive_code(None, false).map(Code::info);
    let (first_code, message) = items.issues.first();
    let code = first([decisive.map(|info| info.code), first_code.map(Spelling::as_str)]);
    Draft {
        code,
        known: code.and_then(Code::known).map(Code::info),
        decisive,
        evidence: items.evidence,
        remedy: decisive.is_none().then(|| Kind::Unknown.remedy()),
        message,
        issues: items.issues,
        ..Draft::default()
    }
}
