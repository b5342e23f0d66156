//! What a response becomes when it is cut.

use booking_errors::{Effect, Provider};

use crate::cut::{breaks_off, is_another_answer};
use crate::saved::Saved;

/// How many cuts of a body are tried.
const MOST_CUTS: usize = 3;

/// An error that is cut at any byte but the first is never a clean success, and a 2xx answer that breaks off claims
/// nothing about the whole call.
pub fn ask(provider: &Provider, saved: &Saved<'_>) {
    let is_error = provider.check(&saved.response()).is_err();
    for length in lengths(saved.body) {
        let body = &saved.body[..length];
        let cut = saved.with_body(body);
        let error = provider.check(&cut).err();
        let breaks_off = breaks_off(body);
        if error.is_none() && (is_error || breaks_off) {
            let is_clean = |body: &[u8]| provider.check(&saved.with_body(body)).is_ok();
            assert!(is_another_answer(&cut, is_clean), "cut after {length} bytes, it is a success");
        }
        if let Some(error) = error.filter(|_| breaks_off && cut.is_success()) {
            let is_claim = matches!(error.effect(), Effect::NotApplied | Effect::Applied);
            assert!(!is_claim, "cut after {length} bytes, it claims too much: {error:?}");
        }
    }
}

/// Where a body is cut, which depends on nothing but the body.
fn lengths(body: &[u8]) -> impl Iterator<Item = usize> {
    let most = body.len().saturating_sub(1);
    let sum = body.iter().fold(body.len(), |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let any = (1..MOST_CUTS).map(move |n| 1 + sum.rotate_right(8 * n as u32) % most.max(1));
    any.chain([most]).filter(move |length| (1..=most).contains(length))
}
