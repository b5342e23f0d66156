//! What to do about an error. What helps after a rejection is wrong advice for a call that may have gone through, and the
//! other way round.

use crate::decode::challenge::Blocker;
use crate::decode::json::SyntaxErrorReason;
use crate::decode::{Draft, Evidence, first};
use crate::{CodeInfo, Effect, Kind};

/// The remedies for calls of which more than nothing may have been done.
pub(crate) const DOUBT: &str =
    "Check whether the call went through before you act on the error: the answer does not show it.";
const PARTIAL: &str = "Check which items went through, and send again only those whose own retry allows it.";
const APPLIED: &str = "It was done, but without what the issues name: tell the guest.";
/// The remedies of invalid requests without issues, with and without a message.
const READ_THE_MESSAGE: &str = "Read the message, correct the request, and send it as a new call.";
const READ_THE_DOCUMENTATION: &str =
    "Compare the request with the provider's documentation, correct it, and send it as a new call.";
/// The remedies for answers that are compressed.
const DECOMPRESS: &str = "Switch on decompression in the HTTP client, then send the call again.";
const DECOMPRESS_IN_DOUBT: &str = "Switch on decompression in the HTTP client, and check whether the call went through before you send it again.";

/// Returns the remedy that fits the effect.
pub(super) fn of(draft: &Draft<'_>, kind: Kind, effect: Effect, blocker: Option<&Blocker>) -> &'static str {
    let info = draft.decisive.or(draft.known);
    let row = |fits: fn(&CodeInfo) -> bool| info.filter(|info| fits(info)).map(|info| info.remedy);
    let reason = draft.fault.map(|fault| fault.reason());
    let is_compressed = reason == Some(SyntaxErrorReason::Compressed);
    match effect {
        Effect::NotApplied => {
            let is_bare = kind == Kind::InvalidRequest && draft.issues.is_empty();
            let to_read = if draft.message.is_some() { READ_THE_MESSAGE } else { READ_THE_DOCUMENTATION };
            let remedies = [
                draft.remedy,
                row(is_about_nothing).filter(|remedy| draft.remedy_in_doubt != Some(*remedy)),
                blocker.map(|blocker| blocker.remedy),
                (is_compressed && kind == Kind::Unknown).then_some(DECOMPRESS),
                is_bare.then_some(to_read),
            ];
            first(remedies).unwrap_or_else(|| after_nothing(kind))
        }
        Effect::Unknown => {
            let remedies = [
                draft.remedy_in_doubt,
                row(is_about_doubt),
                is_compressed.then_some(DECOMPRESS_IN_DOUBT),
                (info.is_none() && speaks_of_doubt(kind)).then(|| kind.remedy()),
            ];
            first(remedies).unwrap_or(DOUBT)
        }
        Effect::Partial => row(is_about_part).unwrap_or(PARTIAL),
        Effect::Applied => APPLIED,
    }
}

/// Returns what to do about an error of this kind if nothing was done.
pub(crate) fn after_nothing(kind: Kind) -> &'static str {
    match kind {
        Kind::Unavailable => "The call did not get through: send it again after a while.",
        Kind::ProviderFault => "The call did nothing: give the request id to the provider's support.",
        Kind::Unknown => "The call did nothing: read the message and the body.",
        kind => kind.remedy(),
    }
}

/// Returns whether the remedy of a row is for calls that did nothing.
fn is_about_nothing(info: &CodeInfo) -> bool {
    !is_about_doubt(info) && matches!(info.effect, None | Some(Effect::NotApplied))
}

/// Returns whether the remedy of a row is for calls that may have gone through.
fn is_about_doubt(info: &CodeInfo) -> bool {
    info.effect.is_none() && (info.is_soft || Evidence::is_fault(info.kind))
}

fn is_about_part(info: &CodeInfo) -> bool {
    info.effect == Some(Effect::Partial)
}

/// Returns whether the remedy of a kind holds for calls that may have gone through, too.
fn speaks_of_doubt(kind: Kind) -> bool {
    Evidence::is_fault(kind) || kind == Kind::Unknown
}
