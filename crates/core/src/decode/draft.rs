use std::borrow::Cow;
use std::mem::take;
use std::time::Duration;

use crate::decode::json::SyntaxError;
use crate::decode::{Issues, Spelling, first, oauth};
use crate::response::{is_success, whole_seconds};
use crate::text::is_blank;
use crate::{CodeInfo, Effect, Envelope, FailedItem, Kind, Parameters, RawResponse};

/// What a provider reads in a response and decides about it, with texts that are borrowed from the response.
///
/// [`into_envelope`](Self::into_envelope) does what is the same for every provider: it takes kind, remedy and effect from
/// the code that decides or from the status, and adds `Retry-After` and the request id.
#[derive(Clone, Debug, Default)]
pub struct Draft<'a> {
    /// The status that counts, if it is not that of the response.
    pub status: Option<u16>,
    /// The code as it was sent; a blank one is dropped.
    pub code: Option<&'a str>,
    /// What is known about that code.
    pub known: Option<&'static CodeInfo>,
    /// The known code that says what went wrong, of the response or of an item in it. It gives kind and remedy, and
    /// shows that the provider rejected the call unless it is [soft](CodeInfo::is_soft).
    pub decisive: Option<&'static CodeInfo>,
    /// The kind that a message stands for, if that message is known to reject the call.
    pub recognized: Option<Kind>,
    /// The kind, if one of the provider's rules overrides that of the code.
    pub kind: Option<Kind>,
    /// The effect, if one of the provider's rules gives it.
    pub effect: Option<Effect>,
    /// The remedy, if it is not that of the code or the kind.
    pub remedy: Option<&'static str>,
    /// The message; a blank one is dropped.
    pub message: Option<&'a str>,
    /// The values named by the known code's template.
    pub parameters: Parameters,
    /// The issues.
    pub issues: Issues<'a>,
    /// The items that failed, of a bulk or batch call.
    pub items: Vec<FailedItem>,
    /// The request id from the provider's header or body, by [`first_of_list`](crate::text::first_of_list). Without
    /// one, `x-request-id` is read.
    pub request_id: Option<Cow<'a, str>>,
    /// How long to wait, if the body says so.
    pub retry_after: Option<Duration>,
    /// Whether the body is an error even with a status of 2xx.
    pub is_error_in_success: bool,
    /// Why the body's JSON could not be read to its end.
    pub fault: Option<SyntaxError>,
}

/// What the rules for every provider make of a draft.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    status: u16,
    pub(super) kind: Kind,
    pub(super) effect: Effect,
    pub(super) remedy: &'static str,
    pub(super) retry_after: Option<Duration>,
}

impl<'a> Draft<'a> {
    /// Returns a draft for a response with this code; if the code is known, its row decides.
    pub fn of_code(code: Option<&'a str>, known: Option<&'static CodeInfo>) -> Self {
        Self { code, known, decisive: known, ..Self::default() }
    }

    /// Returns whether the response is a success after all.
    pub fn is_success(&self, response: &RawResponse<'_>) -> bool {
        is_success(self.status.unwrap_or(response.status())) && !self.is_error_in_success
    }

    /// Returns the whole envelope.
    pub fn into_envelope(mut self, provider: &'static str, response: &RawResponse<'_>) -> Envelope {
        self.take_envelope(self.verdict(response), provider, response)
    }

    /// Returns the code to keep.
    pub(super) fn spelling(&self) -> Option<Spelling<'a>> {
        let code = self.code.filter(|code| !is_blank(code))?;
        Some(Spelling::of(code, self.known))
    }

    #[inline]
    pub(super) fn verdict(&self, response: &RawResponse<'_>) -> Verdict {
        let status = self.status.unwrap_or(response.status());
        let retry_after = self.retry_after.or_else(|| response.retry_after()).map(whole_seconds);
        if self.is_success(response) {
            // only the caller says that the call failed; the body does not say how
            let (kind, effect) = (Kind::Unknown, Effect::Unknown);
            return Verdict { status, kind, effect, remedy: kind.remedy(), retry_after };
        }
        let oauth_kind = self.code.and_then(oauth::kind);
        let decisive_kind = self.decisive.map(|info| info.kind);
        let kind = first([oauth_kind, self.kind, decisive_kind, self.recognized]);
        let kind = kind.unwrap_or(Kind::from_status(status));
        let is_hard = self.decisive.is_some_and(|info| !info.is_soft);
        let is_rejected = is_hard || self.recognized.is_some() || oauth_kind.is_some();
        let effect = first([self.effect, self.decisive.and_then(|info| info.effect)]);
        let effect = effect.unwrap_or_else(|| Effect::of(status, kind, is_rejected, retry_after));
        let remedy = first([self.remedy, self.decisive.or(self.known).map(|info| info.remedy)]);
        Verdict { status, kind, effect, remedy: remedy.unwrap_or_else(|| kind.remedy()), retry_after }
    }

    /// Takes out of the draft what an envelope holds. Moving the whole draft would take longer.
    #[inline]
    pub(super) fn take_envelope(
        &mut self,
        verdict: Verdict,
        provider: &'static str,
        response: &RawResponse<'_>,
    ) -> Envelope {
        let Verdict { status, kind, effect, remedy, retry_after } = verdict;
        let code = self.spelling().map(Spelling::into_owned);
        let request_id = self.request_id.take().or_else(|| response.request_id("x-request-id"));
        Envelope {
            provider: provider.into(),
            status,
            code,
            kind,
            message: self.message.filter(|message| !is_blank(message)).map(str::to_owned),
            parameters: take(&mut self.parameters),
            issues: take(&mut self.issues).into_vec(),
            items: take(&mut self.items),
            request_id: request_id.map(Cow::into_owned),
            effect,
            retry_after,
            remedy: remedy.into(),
        }
    }
}
