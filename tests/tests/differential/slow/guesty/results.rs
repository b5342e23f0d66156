//! Search results, each with why it cannot be reserved: `{"results": [{"_id", "reservation": {"errors"}}]}`. The
//! spec does not name them; this is what the crates promise of them in their own tests.

use super::super::answer::{Answer, Item};
use super::super::body::Body;
use super::super::bulk::Bulk;
use super::super::codes::{Known, known};
use super::super::effect::{Evidence, weigh};
use super::super::json::Json;
use super::items;
use booking_errors::Kind;

use crate::case::Case;

pub fn read(case: &Case, body: &Body) -> Bulk {
    let mut bulk = Bulk::default();
    let mut has_reservation = false;
    for (at, entry) in body.root().at("results").items().iter().enumerate() {
        has_reservation |= entry.get("reservation").is_some();
        if !matches!(entry, Json::Object(_)) {
            bulk.is_unclear = true;
            continue;
        }
        let issues = items::of_one_or_many(entry.at("reservation").at("errors"));
        if issues.is_empty() {
            bulk.succeeded = true;
            continue;
        }
        let error = error_of(case, issues);
        let id = ["_id", "id", "listingId"].into_iter().find_map(|name| entry.text_at(name));
        let field = id.clone().unwrap_or(format!("results[{at}]"));
        bulk.failed.push((field, Item { index: Some(at as u64), id, error }));
    }
    bulk.is_undetailed = body.is_cut && has_reservation;
    bulk
}

/// The code is the one that decides, else the first.
fn error_of(case: &Case, issues: Vec<booking_errors::Issue>) -> Answer {
    let known: Vec<Known> =
        issues.iter().filter_map(|issue| known(case.provider, issue.code.as_deref())).collect();
    // the code of a broken connection only where nothing else is hard
    let is_lost = |known: &&Known| known.is_lost_connection();
    let hard = known.iter().find(|known| !known.is_soft && !is_lost(known)).or(known.iter().find(is_lost));
    let is_coupon = |known: &&Known| known.kind == Some(Kind::CouponRejected);
    let coupon =
        known.iter().find(is_coupon).filter(|_| known.iter().filter(is_coupon).count() == issues.len());
    let decides = hard.or(coupon);
    let mut error = Answer::new(case.provider, 200);
    let first = issues.first().and_then(|issue| issue.code.clone()).map(|code| code.to_string());
    error.code = decides.map(|known| known.code.clone()).or(first);
    error.message = issues.first().and_then(|issue| issue.message.clone());
    error.kind = decides.and_then(|known| known.kind).unwrap_or(Kind::Unknown);
    error.effect = weigh(&Evidence {
        status: 200,
        is_fault: known.iter().any(Known::is_fault),
        is_rejection: known.iter().any(Known::is_rejection),
        is_soft: known.iter().any(|known| known.is_soft),
        ..Evidence::default()
    });
    error.issues = issues;
    error
}
