use std::borrow::Cow;
use std::mem::take;
use std::time::Duration;

use crate::decode::challenge::Blocker;
use crate::decode::document::{Document, Form};
use crate::decode::json::SyntaxError;
use crate::decode::{Evidence, Ground, Issues, Spelling, bulk, first, remedy};
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
    /// The known code that says what went wrong, of the response or of an item in it. It gives kind and remedy, and is
    /// part of the evidence.
    pub decisive: Option<&'static CodeInfo>,
    /// The kind, if one of the provider's rules overrides that of the code.
    pub kind: Option<Kind>,
    /// The kind that the body hints at, by a known message or the fields that it names: it counts after the code.
    pub hint: Option<Kind>,
    /// A status in the body that says more about what went wrong than that of the response.
    pub inner_status: Option<u16>,
    /// What else than the decisive code and the status shows what the call did.
    pub evidence: Evidence,
    /// What to do if nothing was done, if it is not what the code or the kind says.
    pub remedy: Option<&'static str>,
    /// What to do if the effect is unknown, if it is not what the code or the kind says.
    pub remedy_in_doubt: Option<&'static str>,
    /// The message; a blank one is dropped.
    pub message: Option<&'a str>,
    /// The values named by the known code's template.
    pub parameters: Parameters,
    /// The issues.
    pub issues: Issues<'a>,
    /// The items that failed, of a bulk or batch call.
    pub items: Vec<FailedItem>,
    /// The request id from the provider's header or body, by [`first_of_list`](crate::text::first_of_list). Without
    /// one, the headers of [gateways](RawResponse::gateway_request_id) are read.
    pub request_id: Option<Cow<'a, str>>,
    /// How long to wait, if the body says so.
    pub retry_after: Option<Duration>,
    /// When a rate limit is lifted, if other headers than those of the response say so.
    pub limit_reset: Option<Duration>,
    /// How long to wait if no header says so.
    pub usual_wait: Option<Duration>,
    /// Whether a rule of the provider makes the answer an error even with a status of 2xx.
    /// [`of_code`](Self::of_code) sets it if there is a code; clear it where the provider sends a code with successes.
    pub is_error_in_success: bool,
    /// Whether the answer stands inside another one, so that the headers of the response say nothing about who sent it.
    pub is_inner: bool,
    /// What the body is as a whole: see [`read_from`](Self::read_from).
    pub form: Form,
    /// Why the body is not JSON from start to end.
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
    /// Returns a draft for a response with this code of an error. If the code is known, its row decides. With a code, a
    /// 2xx response is an error too, unless you [say otherwise](Self::is_error_in_success).
    ///
    /// ```
    /// use booking_errors::RawResponse;
    /// use booking_errors::decode::Draft;
    ///
    /// let response = RawResponse::new(200, br#"{"reason":"room-taken"}"#);
    /// assert!(!Draft::of_code(Some("room-taken"), None).is_success(&response));
    /// // nor is a body a success that nobody has read
    /// assert!(!Draft::of_code(None, None).is_success(&response));
    /// ```
    pub fn of_code(code: Option<&'a str>, known: Option<&'static CodeInfo>) -> Self {
        let is_error_in_success = code.is_some_and(|code| !is_blank(code));
        Self { code, known, decisive: known, is_error_in_success, ..Self::default() }
    }

    /// Notes what the document is that the draft was read from: whether it is whole, and whether it shows something
    /// made. Call it for each document, the outermost last.
    #[must_use]
    pub fn read_from<R>(mut self, document: &Document<'a, R>) -> Self {
        if document.form != Form::Json || self.form == Form::Unread {
            self.form = document.form;
        }
        self.fault = document.fault.or(self.fault);
        self.evidence.is_cut |= document.is_cut;
        self.evidence.is_made |= document.is_made;
        self
    }

    /// Returns whether the response is a success after all: its status is 2xx, no rule of the provider makes it an error,
    /// and its body looks like an answer of the application.
    pub fn is_success(&self, response: &RawResponse<'_>) -> bool {
        !self.is_own_error(response) && self.looks_like_success(response) && self.blocker(response).is_none()
    }

    fn is_own_error(&self, response: &RawResponse<'_>) -> bool {
        !is_success(self.status_of(response)) || self.is_error_in_success
    }

    fn looks_like_success(&self, response: &RawResponse<'_>) -> bool {
        match self.form {
            Form::Json => true,
            // accepted is not done
            Form::Empty => self.status_of(response) != 202,
            Form::Noisy { shows_success: true } => true,
            // the content type is that of the whole response, not of what stands inside it
            Form::Noisy { .. } | Form::Text | Form::Binary if self.is_inner => false,
            Form::Noisy { .. } => self.fault.is_none() && names_another_format(response),
            Form::Text | Form::Binary => names_another_format(response),
            Form::Page | Form::Broken | Form::Unread => false,
        }
    }

    fn blocker(&self, response: &RawResponse<'_>) -> Option<&'static Blocker> {
        Blocker::of(response, self.form, self.message)
    }

    /// Returns the status that counts.
    fn status_of(&self, response: &RawResponse<'_>) -> u16 {
        self.status.unwrap_or(response.status())
    }

    /// Returns the syntax error that the error has as its source: that of JSON that breaks off, or of whatever else was
    /// sent with a status of 2xx.
    pub(super) fn source(&self, response: &RawResponse<'_>) -> Option<SyntaxError> {
        self.fault.filter(|fault| fault.is_break() || response.is_success())
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
        let status = self.status_of(response);
        let blocker = self.blocker(response);
        let row_kind = |info: &CodeInfo| info.kind;
        // the headers of the response say nothing about who wrote an answer inside it
        let blocker = blocker.filter(|_| !self.is_inner);
        let blocked_kind = blocker.map(|_| Blocker::kind(response.status()));
        let is_own = self.is_own_error(response);
        let kind = match is_own {
            true => first([self.kind, self.decisive.map(row_kind), self.hint, blocked_kind]),
            // the body is no answer of the application, so only what was readable counts
            false if !self.looks_like_success(response) => first([self.known.map(row_kind), blocked_kind]),
            // only the caller says that the call failed, not the body
            false => blocked_kind,
        };
        let inner_status = self.inner_status.filter(|_| is_own);
        let kind = kind.unwrap_or(Kind::from_status(inner_status.unwrap_or(status)));
        let effect = self.ground(response, is_own, blocker.is_some()).effect();
        Verdict {
            status,
            kind,
            effect,
            remedy: remedy::of(self, kind, effect, blocker),
            retry_after: self.wait(response, kind).map(whole_seconds),
        }
    }

    /// Weighs the evidence.
    ///
    /// An answer that is an error only because it does not look like a success was not sent to report one. So a rule, the
    /// row of a code and what rejects do not count there; what raises doubt does, and that a system in front of the
    /// application sent it.
    fn ground(&self, response: &RawResponse<'_>, is_own: bool, is_blocked: bool) -> Ground {
        let mut evidence = self.evidence;
        if let Some(info) = self.decisive {
            evidence.row = evidence.row.or(info.effect);
            evidence.note(info.kind, info.is_soft);
        }
        if !is_own {
            evidence = Evidence { rule: None, row: None, rejects: false, ..evidence };
        }
        evidence.is_cut &= response.is_success();
        evidence.is_blocked = is_blocked;
        evidence.is_read |= response.is_read();
        evidence.weigh(self.status_of(response))
    }

    fn wait(&self, response: &RawResponse<'_>, kind: Kind) -> Option<Duration> {
        let is_limit = kind == Kind::RateLimited || matches!(self.status_of(response), 429 | 503);
        let reset = || self.limit_reset.or_else(|| response.rate_limit_reset()).filter(|_| is_limit);
        self.retry_after.or_else(|| response.retry_after()).or_else(reset).or(self.usual_wait)
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
        if response.is_read() {
            bulk::not_run(&mut self.items);
        }
        let code = self.spelling().map(Spelling::into_owned);
        let request_id = self.request_id.take().or_else(|| response.gateway_request_id());
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

/// Returns whether the content type names a format that an answer need not share with the API's errors: neither JSON,
/// nor HTML, nor one that says as little as none.
fn names_another_format(response: &RawResponse<'_>) -> bool {
    let Some(value) = response.header_text("content-type") else { return false };
    let name = value.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((_, subtype)) = name.split_once('/') else { return false };
    // with a prefix or suffix too, such as `problem+json`, `x-json` and `xhtml+xml`
    let is_usual = subtype.contains("json") || subtype.contains("html");
    let says_nothing = matches!(&*name, "text/plain" | "application/octet-stream");
    !(is_usual || says_nothing || subtype.is_empty())
}
