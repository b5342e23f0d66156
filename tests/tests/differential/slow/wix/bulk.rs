//! "Bulk methods answer 200 even when every item failed", as Wix lists the items.

use booking_errors::Effect;

use super::super::answer::{Answer, Item};
use super::super::body::Body;
use super::super::bulk::Bulk;
use super::super::codes::known;
use super::super::json::Json;
use super::super::kind::{is_fault, kind_of};
use super::{has_id, parameters};
use crate::case::Case;

/// "Bulk results are read with any status."
pub fn read(case: &Case, body: &Body) -> Bulk {
    let root = body.root();
    let totals = root.at("bulkActionMetadata");
    let mut bulk = Bulk { succeeded: count(totals.at("totalSuccesses")) > 0, ..Bulk::default() };
    for (at, entry) in root.at("results").items().iter().enumerate() {
        let metadata = entry.at("itemMetadata");
        let success = metadata.at("success");
        // "a bulk item with an `error` object and no `success` is failed (proto3 leaves false out)"
        let has_failed =
            success.is(false) || !matches!(success, Json::Bool(_)) && metadata.at("error").is_object();
        match entry {
            Json::Broken(_) => {}
            _ if success.is(true) => bulk.succeeded = true,
            _ if has_failed => bulk.failed.push(item(case, at, entry)),
            _ => bulk.is_unclear = true,
        }
    }
    // "a bulk answer that breaks off, or lists fewer failed items than totalFailures, counts as undetailed"
    let has_metadata = |list: &Json| list.items().iter().any(|entry| entry.get("itemMetadata").is_some());
    let is_bulk = root.get("bulkActionMetadata").is_some() || has_metadata(root.at("results"));
    bulk.is_undetailed = count(totals.at("undetailedFailures")) > 0
        || count(totals.at("totalFailures")) > bulk.failed.len() as u64
        || body.is_cut && is_bulk;
    bulk
}

/// A failed item, with "field = the item's id, else `results[originalIndex]`".
fn item(case: &Case, at: usize, entry: &Json) -> (String, Item) {
    let metadata = entry.at("itemMetadata");
    let application = metadata.at("error");
    let mut error = Answer::new(case.provider, case.status);
    error.code = application.text_at("code");
    error.message = application.text_at("description");
    let code = known(case.provider, error.code.as_deref());
    error.kind = code.as_ref().and_then(|code| code.kind).unwrap_or(kind_of(case.status));
    // "not_applied where [..] failed with a known rejecting code", and "a failed bulk item beside `item.id`:
    // unknown": no item is told by a status, which is that of all of them
    let is_made = has_id(entry.at("item"));
    error.effect = match code.as_ref().and_then(|code| code.effect) {
        Some(Effect::NotApplied) if is_made => Effect::Unknown,
        Some(effect) => effect,
        None if code.is_some_and(|code| code.is_rejection()) && !is_made => Effect::NotApplied,
        None => Effect::Unknown,
    };
    error.parameters = parameters::read(&error, application);
    let index = metadata.at("originalIndex").text_or_blank().and_then(|index| index.parse().ok());
    let index = index.unwrap_or(at as u64);
    let id = metadata.text_at("id");
    let field = id.clone().unwrap_or(format!("results[{index}]"));
    (field, Item { index: Some(index), id, error })
}

/// "A failed bulk item beside `item.id`": one that is not said to have succeeded.
pub fn shows_made(root: &Json) -> bool {
    let is_made = |entry: &Json| {
        let has_succeeded = entry.at("itemMetadata").at("success").is(true);
        !has_succeeded && entry.standing("item").into_iter().any(has_id)
    };
    root.at("results").items().iter().any(is_made)
}

/// Whether an item's code is "of kind provider_fault or unavailable", also where its row has an effect of its own:
/// that is the item's, not that of the whole.
pub fn has_fault(bulk: &Bulk) -> bool {
    let mut codes =
        bulk.failed.iter().map(|(_, item)| known(item.error.provider, item.error.code.as_deref()));
    codes.any(|code| code.and_then(|code| code.kind).is_some_and(is_fault))
}

/// A total, also one that is sent as a text. What is no integer may be any number above 0.
fn count(total: &Json) -> u64 {
    let text = match total {
        Json::Number(text) | Json::Text(text) => text,
        _ => return 0,
    };
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    match text.strip_suffix(".0").unwrap_or(text).parse::<u64>() {
        Ok(count) => count,
        Err(_) if text.starts_with('-') => 0,
        Err(_) if mantissa.contains(|c: char| c.is_ascii_digit() && c != '0') => u64::MAX,
        Err(_) => 0,
    }
}
