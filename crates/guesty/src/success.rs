//! Errors in answers with a status of 2xx.

use booking_errors_core::decode::{Draft, Evidence, first};
use booking_errors_core::{Effect, Kind};

use crate::Code;
use crate::body::Body;
use crate::envelope::Envelope;
use crate::hints::is_lost_connection;

type Text<'a> = Option<&'a str>;

/// What is wrong with an answer with a status of 2xx.
pub(crate) enum Wrong {
    /// A price was calculated without the discount.
    Price,
    /// A reservation has errors; this is what became of it.
    Reservation(Effect),
    /// A new reservation was declined.
    Declined,
    /// A new reservation has ended already.
    Ended,
    /// It is an error as with any other status.
    Error,
}

impl<'a> Body<'a> {
    /// Returns what is wrong with an answer with a status of 2xx; `is_new` is whether it answers a creation.
    pub(crate) fn wrong(&self, error: &Envelope<'a>, is_new: bool) -> Option<Wrong> {
        let is_reservation = self.id.is_some() && self.status.is_some();
        let has_text = self.has_error_text && first([self.oauth.code(), self.oauth.message()]).is_some();
        let number = |text: Text<'_>| text.and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
        let has_code = first([error.code, error.error_code, self.root.error_code]).is_some();
        let is_hard = |text| match Code::known(text) {
            Some(code) => !code.is_soft(),
            None => is_lost_connection(text),
        };
        let has_hard_code = self.root.code.is_some_and(is_hard);
        let is_token_error = first([self.token_code, self.token_summary]).is_some();
        let is_error = has_code
            || has_hard_code
            || has_text
            || is_token_error
            || error.message.is_some()
            || error.has_errors()
            || error.data.has_items()
            || (400..600).contains(&number(self.status))
            || number(self.root.status_code) >= 400;
        match self.status {
            Some(status) if is_reservation && self.root.has_errors() => {
                Some(Wrong::Reservation(match status {
                    "declined" => Effect::NotApplied,
                    "confirmed" | "inquiry" | "reserved" => Effect::Applied,
                    _ => Effect::Unknown,
                }))
            }
            _ if self.root.has_errors() => Some(Wrong::Reservation(Effect::Unknown)),
            _ if self.has_money && error.has_errors() => Some(Wrong::Price),
            _ if is_error => Some(Wrong::Error),
            Some("declined") if is_new => Some(Wrong::Declined),
            Some("canceled" | "cancelled" | "closed") if is_new => Some(Wrong::Ended),
            _ => None,
        }
    }
}

/// Notes what follows from what is wrong with an answer with a status of 2xx.
pub(crate) fn note_wrong(draft: &mut Draft<'_>, wrong: Option<Wrong>, has_hard: bool, is_lost: bool) {
    let has_fault = draft.known.is_some_and(|info| Evidence::is_fault(info.kind) && !info.is_soft);
    let (kind, effect) = match wrong {
        None | Some(Wrong::Error) => return,
        Some(Wrong::Price) => (None, Effect::Applied),
        Some(Wrong::Reservation(Effect::Applied)) if has_hard => (None, Effect::Unknown),
        Some(Wrong::Reservation(_)) if has_fault || is_lost => (None, Effect::Unknown),
        Some(Wrong::Reservation(effect)) => (None, effect),
        Some(Wrong::Declined) => (Some(Kind::SlotUnavailable), Effect::NotApplied),
        Some(Wrong::Ended) => (Some(Kind::Unknown), Effect::Unknown),
    };
    draft.kind = kind.or(draft.kind);
    draft.evidence.rule = Some(effect);
}
