use std::mem::take;

use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Draft, Issues, Sections, first, is_success};
use booking_errors_core::{Kind, RawResponse};

use crate::Code;
use crate::data::Data;
use crate::fields::{is_rule, read_bare_map, read_errors};
use crate::inner::{Batch, Wrapped};
use crate::list::List;
use crate::messages::kind_of;

type Text<'a> = Option<&'a str>;

/// Reads a response of any status.
pub(crate) fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let mut document = Document::<Body>::read(response.body(), arena);
    let is_cut = document.fault.is_some();
    let mut draft = match document.root.wrapped.response(response.is_success(), is_cut, arena) {
        Some(mut inner) => inner.draft(response, arena),
        None => draft(&mut document, response.status(), response, arena),
    };
    draft.fault = document.fault;
    draft
}

/// Returns whether the response has the members of WordPress or the rules of the plugin's validator.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let arena = Arena::default();
    let Document { root, fault, .. } = Document::<Body>::read(response.body(), &arena);
    match root.wrapped.response(response.is_success(), fault.is_some(), &arena) {
        Some(inner) => inner.document.root.is_recognized(&arena),
        None => root.is_recognized(&arena),
    }
}

/// Drafts a response with this status: that of a batch with a failed call, or what the response says itself. Delays
/// count from the date of `outer`.
pub(crate) fn draft<'a>(
    document: &mut Document<'a, Body<'a>>,
    status: u16,
    outer: &RawResponse<'_>,
    arena: &'a Arena,
) -> Draft<'a> {
    let batch = &document.root.batch;
    let batch = is_success(status).then(|| batch.draft(document.fault.is_some(), outer, arena)).flatten();
    match batch {
        Some(draft) => Draft { status: Some(status), ..draft },
        None => document.root.own_draft(status, document.message),
    }
}

/// Every member that any of the envelopes has.
#[derive(Default)]
pub(crate) struct Body<'a> {
    code: Text<'a>,
    message: Text<'a>,
    pub(crate) data: Option<Data<'a>>,
    /// The issues of `errors`, `data` and `additional_errors`.
    issues: Sections<Issues<'a>>,
    /// The items of a body that is a list.
    list: Issues<'a>,
    has_errors: bool,
    success: Option<bool>,
    error: Option<bool>,
    oauth: OAuth<'a>,
    wrapped: Wrapped<'a>,
    batch: Batch<'a>,
    /// At the root, which is read again if it turns out to be a bare map.
    again: Option<Reader<'a>>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[("responses", Sign::Container)];
    const READS_LISTS: bool = true;

    fn read(&mut self, root: Value<'_, 'a>) {
        if root.shape() == Shape::List {
            self.list = List::read(root).into_issues();
            return;
        }
        self.again = Some(root.fork());
        root.members(|name, value| match name {
            "code" => value.text_into(&mut self.code),
            "message" => value.text_into(&mut self.message),
            "data" => {
                let data = self.data.insert(Data::default());
                data.read(value);
                match data.issues.take() {
                    Some(issues) => self.issues.put("data", issues),
                    None => self.issues.remove("data"),
                }
            }
            "errors" => {
                self.has_errors = true;
                self.issues.put("errors", read_errors(value));
            }
            "additional_errors" => self.issues.put("additional_errors", List::read(value).into_issues()),
            "success" => self.success = value.boolean(),
            "error" => {
                let is_flag = value.shape() == Shape::Bool;
                self.error = is_flag.then(|| value.fork().root().boolean()).flatten();
                self.oauth.read(name, value);
            }
            "body" | "status" | "headers" => self.wrapped.read_member(name, value),
            "responses" => self.batch.responses = value.raw(),
            "failed" => self.batch.failed = value.text(),
            _ => self.oauth.read(name, value),
        });
    }
}

impl<'a> Body<'a> {
    /// Drafts what the answer says for itself; an answer inside a batch is not searched for batches.
    pub(crate) fn own_draft(&mut self, status: u16, document_message: Text<'a>) -> Draft<'a> {
        let is_error_in_success = self.is_error_in_success();
        let mut bare_map = self.bare_map(status);
        let data = self.data.get_or_insert_default();
        let mut ajax = if self.success == Some(false) { take(&mut data.ajax) } else { List::default() };

        let code = first([self.code, ajax.code, self.oauth.code()]);
        let message =
            first([self.message, data.message, ajax.message, self.oauth.message(), document_message]);
        let status = match data.status {
            Some(inner) if is_error_in_success && is_success(status) => inner,
            _ => status,
        };
        let known = code.and_then(Code::known);
        let mut draft = Draft::of_code(code, known.map(Code::info));
        draft.status = Some(status);
        draft.kind = known.and_then(|code| kind_with(code, status));
        draft.recognized = message.filter(|_| known.is_none()).and_then(kind_of);
        draft.is_error_in_success = is_error_in_success;
        draft.message = message;
        self.issues.iter_mut().for_each(|issues| draft.issues.append(issues));
        for issues in [&mut self.list, &mut bare_map, &mut ajax.others] {
            draft.issues.append(issues);
        }
        draft
    }

    /// Returns whether the body is an error even with a 2xx status: one of admin-ajax or of the plugin's front end, or
    /// a `WP_Error` with an odd status.
    fn is_error_in_success(&self) -> bool {
        let has_name = self.code.is_some_and(|code| !is_number(code));
        let is_wp_error = has_name && self.message.is_some() && self.data.is_some();
        self.success == Some(false) || self.error == Some(true) || is_wp_error
    }

    /// Reads what the validator sends alone: no envelope, only fields. They may have the names of an envelope's members.
    fn bare_map(&self, status: u16) -> Issues<'a> {
        let data_message = self.data.as_ref().and_then(|data| data.message);
        let has_text = first([self.code, self.message, data_message]).is_some();
        let is_envelope = self.has_errors || self.success == Some(false) || self.error == Some(true);
        if has_text || is_envelope || !(400..500).contains(&status) {
            return Issues::default();
        }
        self.again.clone().map_or_else(Issues::default, |mut again| read_bare_map(again.root()))
    }

    fn is_recognized(&self, arena: &'a Arena) -> bool {
        let data = self.data.as_ref();
        let is_wp_error =
            data.is_some_and(|data| data.has_status) && first([self.code, self.message]).is_some();
        is_wp_error
            || self.batch.has_responses(arena)
            || data.is_some_and(|data| data.has_wpfluent)
            || (self.success == Some(false) && data.is_some())
            || (self.has_errors && self.issues.iter().any(has_rule))
            || has_rule(&self.bare_map(422))
    }
}

fn has_rule(issues: &Issues<'_>) -> bool {
    issues.codes().any(|code| is_rule(code.as_str()))
}

/// Returns the kind of a known code, if the status says more about it than its row.
fn kind_with(code: Code, status: u16) -> Option<Kind> {
    (code == Code::RestForbidden && status == 401).then_some(Kind::Unauthenticated)
}

fn is_number(code: &str) -> bool {
    code.strip_prefix('-').unwrap_or(code).bytes().all(|byte| byte.is_ascii_digit())
}
