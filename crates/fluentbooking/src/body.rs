use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::mem::take;
use std::time::Duration;

use booking_errors_core::decode::document::Document;
use booking_errors_core::decode::json::{Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Bulk, Findings, Issues, KnownCode, Sections, is_success};
use booking_errors_core::text::first_of_list;
use booking_errors_core::{CodeInfo, FailedItem, Kind, RawResponse, Sample};
use serde_json::{Value as Json, json};

use crate::Code;
use crate::fields::{is_rule, read_bare_map, read_errors};

type Text<'a> = Option<Cow<'a, str>>;

/// The texts of booking errors that the plugin sends without a code, to the letter.
const MESSAGES: &[(&str, Kind)] = &[
    (
        "This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.",
        Kind::SlotUnavailable,
    ),
    ("Sorry, the host is not accepting any new bookings at the moment.", Kind::Disabled),
    ("The provided slug is not available. Please choose a different one", Kind::Conflict),
    ("The user already have a calendar. Please delete it first to create a new one", Kind::Conflict),
    ("Calendar Event not found", Kind::NotFound),
    ("Pro plugin is required for this event.", Kind::Disabled),
    ("This feature is only available in FluentBooking Pro", Kind::Disabled),
];

/// Reads a response of any status.
pub(crate) fn read(response: &RawResponse<'_>) -> Findings {
    let mut document = Document::read(response.body(), Body::read);
    let (root, fault) = (&mut document.root, document.fault);
    let mut findings = match root.wrapped.response(response.is_success(), fault.is_some()) {
        Some(mut inner) => {
            let is_cut = inner.document.fault.is_some();
            match inner.document.root.batch_findings(inner.status, is_cut, response) {
                Some(batch) => {
                    let (retry_after, request_id) = inner.said_by_headers(response);
                    Findings { retry_after: batch.retry_after.or(retry_after), request_id, ..batch }
                }
                None => inner.take_findings(response),
            }
        }
        None => {
            let batch = root.batch_findings(response.status(), fault.is_some(), response);
            batch.unwrap_or_else(|| root.take_findings(response.status(), document.message))
        }
    };
    findings.fault = fault;
    findings
}

/// Whether it has the members of WordPress or the rules of the plugin's validator.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let Document { root, fault, .. } = Document::read(response.body(), Body::read);
    match root.wrapped.response(response.is_success(), fault.is_some()) {
        Some(inner) => inner.document.root.is_recognized(),
        None => root.is_recognized(),
    }
}

/// Every member that one of the envelopes has.
#[derive(Default)]
struct Body<'a> {
    code: Text<'a>,
    message: Text<'a>,
    data: Option<Data<'a>>,
    /// `errors`, `data` and `additional_errors`.
    sections: Sections<'a>,
    /// The items of a body that is a list.
    list: Issues,
    has_errors: bool,
    success: Option<bool>,
    error: Option<bool>,
    oauth: OAuth<'a>,
    wrapped: Wrapped<'a>,
    batch: Batch<'a>,
    /// The body from its root on, for the case that it is a bare map.
    again: &'a [u8],
}

impl<'a> Body<'a> {
    fn read(&mut self, root: Value<'_, 'a>) {
        self.again = root.fork().rest();
        match root.shape() {
            Shape::List => self.list = Items::read(root).into_issues(),
            _ => root.members(|name, value| match &*name {
                "code" => value.text_into(&mut self.code),
                "message" => value.text_into(&mut self.message),
                "data" => {
                    let place = value.fork();
                    let data = Data::read(value);
                    match data.has_issues() {
                        true => self.sections.put("data", place),
                        false => self.sections.remove("data"),
                    }
                    self.data = Some(data);
                }
                "errors" => {
                    self.has_errors = true;
                    self.sections.put("errors", value.fork());
                }
                "additional_errors" => self.sections.put("additional_errors", value.fork()),
                "success" => self.success = value.boolean(),
                "error" => {
                    let is_flag = value.shape() == Shape::Bool;
                    self.error = is_flag.then(|| value.fork().root().boolean()).flatten();
                    self.oauth.read(&name, value);
                }
                "body" | "status" | "headers" => self.wrapped.read_member(&name, value),
                "responses" => self.batch.responses = value.raw(),
                "failed" => self.batch.failed = value.text(),
                _ => self.oauth.read(&name, value),
            }),
        }
    }

    /// What the calls of a batch come to, where it is one in which any failed.
    fn batch_findings(&self, status: u16, is_cut: bool, outer: &RawResponse<'_>) -> Option<Findings> {
        if !is_success(status) {
            return None;
        }
        let findings = self.batch.read(is_cut, outer)?;
        Some(Findings { status: Some(status), ..findings })
    }

    /// What it says for itself; an answer inside a batch is not searched for batches.
    fn take_findings(&mut self, status: u16, document_message: Text<'a>) -> Findings {
        let is_error_in_success = self.is_error_in_success();
        let mut issues = self.issues();
        issues.append(take(&mut self.list));
        issues.append(self.bare_map(status));
        let data = self.data.get_or_insert_default();
        let mut ajax = Items::default();
        if self.success == Some(false) {
            ajax = data.take_ajax();
            issues.append(take(&mut ajax.others));
        }

        let code = self.code.take().or(ajax.code).or_else(|| self.oauth.code());
        let message = self.message.take().or(data.message.take()).or(ajax.message);
        let message = message.or_else(|| self.oauth.message()).or(document_message);
        let status = match data.status {
            Some(inner) if is_error_in_success && is_success(status) => inner,
            _ => status,
        };
        let known = code.as_deref().and_then(Code::known);
        let recognized =
            MESSAGES.iter().find(|(text, _)| Some(*text) == message.as_deref()).map(|&(_, kind)| kind);
        Findings {
            status: Some(status),
            kind: known.map(|code| kind(code, status)).or(recognized),
            remedy: known.map(|code| code.info().remedy),
            is_rejected: known.is_some() || recognized.is_some(),
            is_error_in_success,
            code: code.map(Into::into),
            message: message.map(Into::into),
            issues,
            ..Findings::default()
        }
    }

    /// What its sections say.
    fn issues(&self) -> Issues {
        let mut issues = Issues::default();
        for (name, mut section) in self.sections.iter() {
            issues.append(match (name, &self.data) {
                ("errors", _) => read_errors(section.root()),
                ("data", Some(data)) => data.issues(),
                _ => Items::read(section.root()).into_issues(),
            });
        }
        issues
    }

    /// Whether the body is an error even when the status is 2xx: as those of admin-ajax, of the plugin's front end, or
    /// as a `WP_Error` with an odd status.
    fn is_error_in_success(&self) -> bool {
        let has_name = self.code.as_deref().is_some_and(|code| !is_number(code));
        let is_wp_error = has_name && self.message.is_some() && self.data.is_some();
        self.success == Some(false) || self.error == Some(true) || is_wp_error
    }

    /// What the validator sends alone: no envelope, only fields. They may have the names of an envelope's members.
    fn bare_map(&self, status: u16) -> Issues {
        let has_text = self.code.is_some() || self.message.is_some() || self.data_message().is_some();
        let is_envelope = self.has_errors || self.success == Some(false) || self.error == Some(true);
        if has_text || is_envelope || !(400..500).contains(&status) {
            return Issues::default();
        }
        read_bare_map(Reader::new(self.again).root())
    }

    fn data_message(&self) -> Option<&str> {
        self.data.as_ref()?.message.as_deref()
    }

    fn is_recognized(&self) -> bool {
        let data = self.data.as_ref();
        let is_wp_error =
            data.is_some_and(|data| data.has_status) && (self.code.is_some() || self.message.is_some());
        let has_rule = |issues: &Issues| {
            issues.as_slice().iter().any(|issue| issue.code.as_deref().is_some_and(is_rule))
        };
        is_wp_error
            || self.batch.has_responses()
            || data.is_some_and(|data| data.has_wpfluent)
            || (self.success == Some(false) && data.is_some())
            || (self.has_errors && has_rule(&self.issues()))
            || has_rule(&self.bare_map(422))
    }
}

/// `{"body", "status", "headers"}`: the answer to a call with `?_envelope`, in which the inner response counts.
#[derive(Default)]
struct Wrapped<'a> {
    body: Option<&'a [u8]>,
    status: Option<u16>,
    headers: Option<&'a [u8]>,
}

impl<'a> Wrapped<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut wrapped = Self::default();
        value.members(|name, value| wrapped.read_member(&name, value));
        wrapped
    }

    fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "body" if matches!(value.shape(), Shape::Object | Shape::List) => self.body = Some(value.raw()),
            // a text that breaks off is none
            "body" => self.body = Some(value.whole().unwrap_or_default()),
            "status" => self.status = value.text().and_then(|text| http_status(&text)),
            "headers" => self.headers = Some(value.raw()),
            _ => {}
        }
    }

    /// The inner response, where the outer one is a success that has all three members, or is cut.
    fn response(&self, is_success: bool, is_cut: bool) -> Option<Inner<'a>> {
        let is_whole = self.body.is_some() && (self.headers.is_some() || is_cut);
        let status = self.status.filter(|_| is_whole && is_success)?;
        Some(self.inner(status))
    }

    /// The answer to a call of a batch, with the status of its body where it has none itself.
    fn inner_with_status(&self) -> Option<Inner<'a>> {
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let inner = self.inner(self.status.unwrap_or_default());
        let status = self.status.or(inner.document.root.data.as_ref().and_then(|data| data.status))?;
        Some(Inner { status, ..inner })
    }

    fn inner(&self, status: u16) -> Inner<'a> {
        let document = Document::read(self.body.unwrap_or_default(), Body::read);
        Inner { document, status, headers: self.headers.unwrap_or_default() }
    }
}

/// A response inside another one.
struct Inner<'a> {
    document: Document<'a, Body<'a>>,
    status: u16,
    headers: &'a [u8],
}

impl<'a> Inner<'a> {
    /// What it holds; `outer` has the date from which its `Retry-After` counts.
    fn take_findings(&mut self, outer: &RawResponse<'_>) -> Findings {
        let (retry_after, request_id) = self.said_by_headers(outer);
        let findings = self.document.root.take_findings(self.status, self.document.message.take());
        Findings { retry_after, request_id, ..findings }
    }

    /// What its headers say: how long to wait, and the request id.
    fn said_by_headers(&self, outer: &RawResponse<'_>) -> (Option<Duration>, Option<String>) {
        let retry_after = self.header("retry-after");
        let retry_after = retry_after.and_then(|value| outer.parse_retry_after(value.trim()));
        (retry_after, self.header("x-request-id").as_deref().and_then(first_of_list).map(Into::into))
    }

    /// Notes what became of a call of a batch.
    fn add_to(mut self, bulk: &mut Bulk, index: u64, outer: &RawResponse<'_>) {
        if !bulk.keeps_issues() {
            self.document.root.sections = Sections::default();
        }
        let response = RawResponse::new(self.status, b"");
        let findings = self.take_findings(outer);
        if findings.is_success(&response) {
            bulk.succeeded();
        } else {
            let error = findings.into_envelope(crate::PROVIDER.name(), &response);
            bulk.failed("responses", FailedItem::new(error).with_index(index));
        }
    }

    fn header(&self, wanted: &str) -> Text<'a> {
        let mut text = None;
        Reader::new(self.headers).root().members(|name, value| {
            if name.eq_ignore_ascii_case(wanted) {
                value.text_into(&mut text);
            }
        });
        text
    }
}

/// `{"failed", "responses": [{"body", "status", "headers"} | null]}`: the answer of `batch/v1`, with the status 207.
#[derive(Default)]
struct Batch<'a> {
    failed: Text<'a>,
    /// The JSON of the list. It is read for the outermost answer only, so that batches in batches cost nothing.
    responses: &'a [u8],
}

impl<'a> Batch<'a> {
    fn has_responses(&self) -> bool {
        let mut has_responses = false;
        Reader::new(self.responses).root().items(|item| {
            let wrapped = Wrapped::read(item);
            has_responses |= wrapped.status.is_some() && wrapped.body.is_some();
        });
        has_responses
    }

    fn read(&self, is_cut: bool, outer: &RawResponse<'_>) -> Option<Findings> {
        let mut bulk = Bulk::default();
        let mut index = 0;
        let (mut has_nulls, mut has_statuses) = (false, false);
        Reader::new(self.responses).root().items(|item| {
            let is_null = item.shape() == Shape::Null;
            let Some(raw) = item.whole() else { return bulk.undetailed() };
            match Wrapped::read(Reader::new(raw).root()).inner_with_status() {
                _ if is_null => has_nulls = true,
                Some(inner) => {
                    has_statuses = true;
                    inner.add_to(&mut bulk, index, outer);
                }
                None => bulk.undetailed(),
            }
            index += 1;
        });
        match self.failed.as_deref() == Some("validation") {
            // one of the calls was refused, and so none was carried out
            true if is_cut || !self.responses.is_empty() => {
                bulk.not_run();
                if bulk.failures() == 0 {
                    bulk.undetailed();
                }
            }
            false if has_nulls || (is_cut && has_statuses) => bulk.undetailed(),
            _ => {}
        }
        bulk.into_findings()
    }
}

/// The `data` of an envelope, which may have any type.
#[derive(Default)]
struct Data<'a> {
    message: Text<'a>,
    status: Option<u16>,
    has_status: bool,
    has_wpfluent: bool,
    /// `errors` and `params`.
    sections: Sections<'a>,
    details: Option<Reader<'a>>,
    /// Its own code, which counts with `success: false`.
    ajax_code: Text<'a>,
    /// The text that it is, which counts with `success: false`.
    ajax_message: Text<'a>,
    /// The list that it is.
    items: Option<Reader<'a>>,
}

impl<'a> Data<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut data = Self::default();
        match value.shape() {
            Shape::Text => data.ajax_message = value.string(),
            Shape::List => data.items = Some(value.fork()),
            _ => data.read_members(value),
        }
        data
    }

    fn read_members(&mut self, value: Value<'_, 'a>) {
        value.members(|name, value| match &*name {
            "message" => value.text_into(&mut self.message),
            "code" => value.text_into(&mut self.ajax_code),
            "status" => {
                self.has_status = true;
                self.status = value.text().and_then(|text| http_status(&text));
            }
            "errors" => self.sections.put("errors", value.fork()),
            "params" => self.sections.put("params", value.fork()),
            "details" => self.details = Some(value.fork()),
            _ => self.has_wpfluent |= name == "wpfluent",
        });
    }

    /// What it says with `success: false`: the code and the text that it has or is, or its items.
    fn take_ajax(&mut self) -> Items<'a> {
        match &mut self.items {
            Some(items) => Items::read(items.root()),
            None => {
                Items { code: self.ajax_code.take(), message: self.ajax_message.take(), ..Items::default() }
            }
        }
    }

    fn has_issues(&self) -> bool {
        !self.sections.is_empty() || self.details.is_some()
    }

    /// What `errors`, and `params` with `details`, say.
    fn issues(&self) -> Issues {
        let mut issues = Issues::default();
        for (name, mut section) in self.sections.iter() {
            issues.append(match name {
                "errors" => read_errors(section.root()),
                _ => read_parameters(section.root()),
            });
        }
        if let Some(mut details) = self.details.clone() {
            add_details(&mut issues, details.root());
        }
        issues
    }
}

/// A list of texts or of `{"code", "message"}`.
#[derive(Default)]
struct Items<'a> {
    code: Text<'a>,
    message: Text<'a>,
    /// The items behind the first.
    others: Issues,
}

impl<'a> Items<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut items = Self::default();
        let mut is_first = true;
        value.items(|item| {
            if is_first {
                (items.code, items.message) = read_item(item);
            } else if items.others.has_room(0) {
                let (code, message) = read_item(item);
                items.others.push(None, code.as_deref(), message.as_deref());
            }
            is_first = false;
        });
        items
    }

    /// All of them.
    fn into_issues(self) -> Issues {
        let mut issues = Issues::default();
        issues.push(None, self.code.as_deref(), self.message.as_deref());
        issues.append(self.others);
        issues
    }
}

fn read_item<'a>(item: Value<'_, 'a>) -> (Text<'a>, Text<'a>) {
    let (mut code, mut message) = (None, None);
    match item.shape() {
        Shape::Object => item.members(|name, value| match &*name {
            "code" => value.text_into(&mut code),
            "message" => value.text_into(&mut message),
            _ => {}
        }),
        _ => item.text_into(&mut message),
    }
    (code, message)
}

/// `params`: a map of fields and texts, or a list of fields.
fn read_parameters(value: Value<'_, '_>) -> Issues {
    let mut issues = Issues::default();
    match value.shape() {
        Shape::List => value.items(|name| issues.push(name.text().as_deref(), None, None)),
        _ => value.members(|field, value| {
            if let Some(message) = value.text() {
                issues.push(Some(&field), None, Some(&message));
            }
        }),
    }
    issues
}

/// `details`, a map of fields and `{"code", "message"}`: gives the issues the codes that it has for their fields; those of
/// other fields are issues themselves.
fn add_details(issues: &mut Issues, details: Value<'_, '_>) {
    let fields = issues.as_slice().iter().filter_map(|issue| issue.field.clone());
    let named: HashSet<String> = fields.collect();
    let mut codes = HashMap::new();
    details.members(|field, value| {
        let is_named = named.contains(&*field);
        if !is_named && !issues.has_room(field.len()) {
            return;
        }
        let (code, message) = read_item(value);
        if code.is_none() && message.is_none() {
            return;
        }
        if is_named {
            codes.insert(field, code);
        } else {
            issues.push(Some(&field), code.as_deref(), message.as_deref());
        }
    });
    issues.complete_codes(|field| codes.get(field)?.as_deref());
}

/// The kind of a known code, which depends on the status for one of them.
fn kind(code: Code, status: u16) -> Kind {
    match (code, status) {
        (Code::RestForbidden, 401) => Kind::Unauthenticated,
        _ => code.kind(),
    }
}

fn http_status(text: &str) -> Option<u16> {
    text.parse().ok().filter(|status| (100..600).contains(status))
}

fn is_number(code: &str) -> bool {
    code.strip_prefix('-').unwrap_or(code).bytes().all(|byte| byte.is_ascii_digit())
}

/// The documented envelope.
pub(crate) fn sample(info: &CodeInfo) -> Sample {
    let mut sample = Sample::of_code(info, &Json::Null);
    let data = json!({"status": sample.status});
    sample.body = json!({"code": info.code, "message": info.meaning, "data": data}).to_string();
    sample
}

/// The validator's bare map, and what the plugin says without a code.
pub(crate) fn situations() -> Vec<Sample> {
    let map = json!({"title": {"required": "The title field is required."}});
    let mut samples = vec![Sample::json("bare validation map", 422, &map)];
    samples.extend(MESSAGES.iter().map(|(text, _)| Sample::json(text, 422, &json!({"message": text}))));
    samples
}
