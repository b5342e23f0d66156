//! What an answer says, whether it is the response itself or stands inside one.

use booking_errors_core::decode::document::{Document, Form};
use booking_errors_core::decode::json::Arena;
use booking_errors_core::decode::{Draft, Evidence, first, is_success};
use booking_errors_core::{Effect, Kind, RawResponse};

use crate::Code;
use crate::body::Body;
use crate::evidence::{Outline, is_fault, is_of_validator};
use crate::messages::{MAINTENANCE, Message, is_of_database};

/// What an answer is besides its document.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) bytes: &'a [u8],
    /// Whether it has the headers of the plugin's limiter.
    pub(crate) has_limit: bool,
    /// Whether it stands inside the response.
    pub(crate) is_inner: bool,
}

/// The headers that the plugin's limiter sends together.
pub(crate) const LIMIT_HEADERS: [&str; 2] = ["retry-after", "x-ratelimit-limit"];

/// The remedy for calls that admin-ajax has no handler for.
const UNKNOWN_ACTION: &str = "Check the name of the action, and that the plugin is active: the site has no such action for this caller.";

impl<'a> Answer<'a> {
    /// Returns the response itself as an answer.
    pub(crate) fn of(response: &'a RawResponse<'_>) -> Self {
        let has_limit = LIMIT_HEADERS.iter().all(|header| response.header_value(header).is_some());
        Self { status: response.status(), bytes: response.body(), has_limit, is_inner: false }
    }

    /// Drafts the answer: that of a batch with a failed call, or what it says itself. Delays count from the date of
    /// `outer`.
    pub(crate) fn draft(
        self,
        document: &mut Document<'a, Body<'a>>,
        outer: &RawResponse<'_>,
        arena: &'a Arena,
    ) -> Draft<'a> {
        let is_cut = document.is_root_cut;
        let batch = is_success(self.status).then(|| document.root.batch.draft(is_cut, outer, arena));
        match batch.flatten() {
            Some(draft) => Draft { status: Some(self.status), ..draft },
            None => self.own_draft(document),
        }
    }

    /// Drafts what the answer says for itself; an answer inside a batch is not searched for batches.
    pub(crate) fn own_draft(self, document: &mut Document<'a, Body<'a>>) -> Draft<'a> {
        let outline = self.outline(document);
        let is_maintenance = self.is_maintenance(document);
        let is_empty = document.form == Form::Empty && matches!(self.status, 200 | 201);
        let is_cut = document.is_root_cut;
        let body = &mut document.root;
        let is_limiter = self.status == 429 && self.has_limit;
        let is_error_in_success = is_success(self.status)
            && (is_empty || outline.is_unhandled() || body.is_error_in_success(is_limiter));

        let own_code = body.own_code();
        let message = first([body.message(), document.message]);
        let known = first([own_code, body.late_code()]).and_then(Code::known);
        let mut draft = Draft::of_code(first([own_code, body.late_code()]), known.map(Code::info));
        draft.message = message;
        draft.is_inner = self.is_inner;
        draft.is_error_in_success = is_error_in_success;
        let data_status = body.data.status.filter(|_| is_error_in_success);
        let status = data_status.unwrap_or(self.status);
        draft.status = Some(status);

        let is_late = own_code.is_none();
        if is_late || known == Some(Code::WpDie) {
            // it says what went wrong, but not when
            draft.decisive = None;
        }
        let is_failed_payment = body.is_failed_payment();
        let known_kind = known.map(|code| kind_with(code, status));
        draft.kind = match is_failed_payment {
            true => Some(Kind::PaymentRequired),
            false => known_kind.filter(|_| draft.decisive.is_some()),
        };

        let bare_map = body.bare_map(self.status);
        // the plugin validates before it stores anything, and says so with these statuses
        let names_fields = matches!(self.status, 200..=299 | 400..=499)
            && (body.names_fields(is_cut) || is_of_validator(&bare_map));
        let row = |text| Message::of(text, is_limiter);
        let recognized = body.texts(message).into_iter().flatten().find_map(row);
        // elsewhere the plugin's texts give the kind, and no more
        let said = recognized.or_else(|| message.and_then(row));
        let is_of_database = message.is_some_and(is_of_database);
        let is_refused = is_late && body.oauth.is_refused(self.status);
        draft.hint = first([
            known_kind.filter(|_| is_late && known != Some(Code::WpDie)),
            is_refused.then_some(Kind::Unauthenticated),
            is_of_database.then_some(Kind::ProviderFault),
            said.map(|row| row.kind),
            outline.is_expired_nonce().then_some(Kind::Unauthenticated),
            (names_fields && is_success(self.status)).then_some(Kind::InvalidRequest),
        ]);
        draft.remedy = outline.is_unknown_action().then_some(UNKNOWN_ACTION);
        draft.usual_wait = recognized.and_then(Message::usual_wait);

        if let Some(row) = recognized.filter(|row| row.is_evidence) {
            draft.evidence.note(row.kind, false);
        }
        let says_fault = said.is_some_and(|row| Evidence::is_fault(row.kind));
        draft.evidence.has_fault |= is_of_database || says_fault || body.has_fault_code();
        draft.evidence.rejects |= names_fields;
        draft.evidence.doubts_status = outline.doubts_status();
        let is_failed = is_failed_payment || (body.is_failed && is_success(self.status));
        draft.evidence.rule =
            first([is_failed.then_some(Effect::Unknown), is_maintenance.then_some(Effect::NotApplied)]);
        draft.issues = body.take_issues(bare_map.issues);
        draft.evidence.has_fault |= draft.issues.codes().any(|code| is_fault(code.as_str()));
        draft
    }

    fn outline(self, document: &Document<'a, Body<'a>>) -> Outline<'a> {
        let bytes = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.bytes).trim_ascii();
        let is_binary = document.form == Form::Binary || bytes.contains(&0);
        // an object behind a page
        let ends_as_object = document.form == Form::Page && bytes.ends_with(b"}");
        Outline {
            status: self.status,
            root_code: document.root.text_code(),
            may_be_object: document.has_object || is_binary || ends_as_object || self.is_inner,
            is_inner: self.is_inner,
            bytes,
        }
    }

    /// Returns whether WordPress says that it is updating itself, so that nothing else ran.
    fn is_maintenance(self, document: &Document<'a, Body<'a>>) -> bool {
        let body = &document.root;
        let is_said = || match document.form {
            Form::Page => self.bytes.windows(MAINTENANCE.len()).any(|found| found == MAINTENANCE.as_bytes()),
            _ => {
                body.text_code() == Some(Code::WpDie.as_str())
                    && body.message().is_some_and(|message| message.contains(MAINTENANCE))
            }
        };
        self.status == 503 && !self.is_inner && is_said()
    }
}

/// Returns the kind of a known code with this status: without a login, nobody is allowed anything.
fn kind_with(code: Code, status: u16) -> Kind {
    match code.kind() {
        Kind::PermissionDenied if status == 401 => Kind::Unauthenticated,
        kind => kind,
    }
}
