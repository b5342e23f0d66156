use std::borrow::Cow;

use booking_errors_core::decode::document::Document;
use booking_errors_core::decode::json::{Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Bulk, Findings, Issues, KnownCode, Sections};
use booking_errors_core::{CodeInfo, Effect, FailedItem, Kind, RawResponse, Sample};
use serde_json::json;

use crate::Code;

type Text<'a> = Option<Cow<'a, str>>;

const REQUEST_ID: &str = "x-wix-request-id";
const SAMPLE_REQUEST_ID: &str = "1755591144.079172597310943348307";
const SAMPLE_ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/// Reads a response of any status.
pub(crate) fn read(response: &RawResponse<'_>) -> Findings {
    let status = response.status();
    let document = Document::read(response.body(), |body: &mut Body<'_>, root| body.read(root, status));
    let Document { root: Body { message, details, oauth, bulk }, message: alone, fault, .. } = document;
    let bulk = bulk.filter(|_| response.is_success());
    let mut findings = match bulk.and_then(|bulk| bulk.into_findings(fault.is_some())) {
        Some(findings) => findings,
        None => details.into_findings(message, &oauth, alone, status),
    };
    findings.request_id = response.request_id(REQUEST_ID).map(Into::into);
    findings.fault = fault;
    findings
}

/// Whether it has the header or a member that Wix documents.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let has_member = || {
        let Body { details, bulk, .. } =
            Document::read(response.body(), |body: &mut Body<'_>, root| body.read(root, 0)).root;
        details.has_wix_member || bulk.is_some_and(|bulk| bulk.is_bulk)
    };
    response.request_id(REQUEST_ID).is_some() || has_member()
}

/// `{"message", "details"}`, the answer of the token endpoint, or that of a bulk method.
#[derive(Default)]
struct Body<'a> {
    message: Text<'a>,
    details: Details<'a>,
    oauth: OAuth<'a>,
    bulk: Option<BulkAnswer>,
}

impl<'a> Body<'a> {
    fn read(&mut self, root: Value<'_, 'a>, status: u16) {
        root.members(|name, value| match &*name {
            "message" => value.text_into(&mut self.message),
            "details" => {
                self.details = Details::default();
                self.details.read(value);
            }
            "results" => self.bulk.get_or_insert_default().read_results(value, status),
            "bulkActionMetadata" => self.bulk.get_or_insert_default().read_totals(value),
            _ => self.oauth.read(&name, value),
        });
    }
}

/// What went wrong; several of its members may be there at once.
#[derive(Default)]
struct Details<'a> {
    application_error: ApplicationError<'a>,
    /// The violations, and the code of a system error.
    issues: Sections<'a>,
    has_wix_member: bool,
}

impl<'a> Details<'a> {
    fn read(&mut self, value: Value<'_, 'a>) {
        value.members(|name, value| {
            let is_wix = matches!(&*name, "applicationError" | "validationError" | "systemError");
            self.has_wix_member |= is_wix && value.shape() == Shape::Object;
            match &*name {
                "applicationError" => self.application_error = ApplicationError::read(value),
                "validationError" => self.issues.put("validationError", value.fork()),
                "systemError" => self.issues.put("systemError", value.fork()),
                _ => {}
            }
        });
    }

    /// What an answer with these details says; `alone` is the body, where that is a message.
    fn into_findings(self, message: Text<'a>, oauth: &OAuth<'a>, alone: Text<'a>, status: u16) -> Findings {
        let is_error_in_success = self.application_error.code.is_some();
        let mut error = self.application_error;
        error.code = error.code.or_else(|| oauth.code());
        let message = message.or(error.description.clone()).or_else(|| oauth.message()).or(alone);
        let mut findings = error.into_findings(message);
        findings.is_error_in_success = is_error_in_success;
        for (name, mut section) in self.issues.iter() {
            if name == "systemError" {
                findings.issues.push(None, member(section.root(), "errorCode").as_deref(), None);
                continue;
            }
            let violations = violations(section.root());
            if !violations.as_slice().is_empty() && findings.kind.is_none() && (400..500).contains(&status) {
                findings.kind = Some(Kind::InvalidRequest);
            }
            findings.issues.append(violations);
        }
        findings
    }
}

/// `{"code", "description", "data"}`: the error has a name.
#[derive(Default)]
struct ApplicationError<'a> {
    code: Text<'a>,
    description: Text<'a>,
    /// At the member of that name, which holds what the code defines.
    data: Option<Reader<'a>>,
}

impl<'a> ApplicationError<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut error = Self::default();
        value.members(|name, value| match &*name {
            "code" => value.text_into(&mut error.code),
            "description" => value.text_into(&mut error.description),
            "data" => error.data = Some(value.fork()),
            _ => {}
        });
        error
    }

    /// What the code says, with the envelope's message where there is one.
    fn into_findings(self, message: Text<'a>) -> Findings {
        let known = self.code.as_deref().and_then(Code::known);
        let mut findings = Findings {
            kind: known.map(Code::kind),
            remedy: known.map(|code| code.info().remedy),
            is_rejected: known.is_some(),
            effect: (known == Some(Code::SomeBookingsUpdatesFailed)).then_some(Effect::Partial),
            ..Findings::default()
        };
        if let Some((code, name)) = known.and_then(|code| Some((code, code.parameter()?))) {
            let texts = [message.as_deref(), self.description.as_deref()];
            let value = self.data.and_then(|mut data| member(data.root(), name)).or_else(|| {
                texts.into_iter().flatten().find_map(|text| code.parameter_in(text)).map(Cow::Borrowed)
            });
            findings.parameters.extend(value.map(|value| (name.into(), value.into_owned())));
        }
        findings.code = self.code.map(Into::into);
        findings.message = message.or(self.description).map(Into::into);
        findings
    }
}

/// `{"results": [{"itemMetadata"}], "bulkActionMetadata"}`: bulk methods answer 200 even when every item failed.
#[derive(Default)]
struct BulkAnswer {
    items: Bulk,
    is_bulk: bool,
    successes: u64,
    failures: u64,
    undetailed_failures: u64,
}

impl BulkAnswer {
    fn read_results(&mut self, value: Value<'_, '_>, status: u16) {
        self.items = Bulk::default();
        let mut position = 0;
        value.items(|result| {
            let mut result_again = result.fork();
            let is_whole = result.whole().is_some();
            if let Some(item) = result_again.root().raw_at(&["itemMetadata"]) {
                self.is_bulk = true;
                if is_whole {
                    self.read_item(item, position, status);
                }
            }
            position += 1;
        });
    }

    /// `{"id", "originalIndex", "success", "error": {"code", "description", "data"}}`
    fn read_item(&mut self, raw: &[u8], position: u64, status: u16) {
        let (mut id, mut index, mut success, mut error) = (None, None, None, ApplicationError::default());
        Reader::new(raw).root().members(|name, value| match &*name {
            "id" => value.text_into(&mut id),
            "originalIndex" => index = value.text().and_then(|text| text.parse().ok()),
            "success" => success = value.boolean(),
            "error" => error = ApplicationError::read(value),
            _ => {}
        });
        match success {
            Some(true) => self.items.succeeded(),
            None if error.code.is_none() => {}
            _ => {
                let response = RawResponse::new(status, b"");
                let error = error.into_findings(None).into_envelope(crate::PROVIDER.name(), &response);
                let mut item = FailedItem::new(error);
                (item.index, item.id) = (index.or(Some(position)), id.map(Into::into));
                self.items.failed("results", item);
            }
        }
    }

    fn read_totals(&mut self, value: Value<'_, '_>) {
        self.is_bulk = true;
        (self.successes, self.failures, self.undetailed_failures) = (0, 0, 0);
        value.members(|name, value| match &*name {
            "totalSuccesses" => self.successes = read_count(value),
            "totalFailures" => self.failures = read_count(value),
            "undetailedFailures" => self.undetailed_failures = read_count(value),
            _ => {}
        });
    }

    fn into_findings(mut self, is_cut: bool) -> Option<Findings> {
        let is_short = self.undetailed_failures > 0 || self.failures > self.items.failures();
        if is_short || (is_cut && self.is_bulk) {
            self.items.undetailed();
        }
        if self.successes > 0 {
            self.items.succeeded();
        }
        self.items.into_findings()
    }
}

/// A number of items. What is no integer is more than any, unless it is negative or has no digit above 0.
fn read_count(value: Value<'_, '_>) -> u64 {
    let text = match value.shape() {
        Shape::Text => value.string(),
        Shape::Number => value.whole().map(String::from_utf8_lossy),
        _ => None,
    };
    let text = text.unwrap_or_default();
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let is_positive = !mantissa.starts_with('-') && mantissa.contains(|c| matches!(c, '1'..='9'));
    let count = text.strip_suffix(".0").unwrap_or(&text).parse();
    count.unwrap_or(if is_positive { u64::MAX } else { 0 })
}

/// `{"fieldViolations": [..]}`
fn violations(value: Value<'_, '_>) -> Issues {
    let mut issues = Issues::default();
    value.members(|name, value| {
        if name == "fieldViolations" {
            issues = Issues::default();
            value.items(|item| push_violation(&mut issues, item));
        }
    });
    issues
}

/// `{"field", "description", "violatedRule", "ruleName"}`
fn push_violation(issues: &mut Issues, value: Value<'_, '_>) {
    if !issues.has_room(0) {
        return;
    }
    let (mut field, mut description, mut rule, mut rule_name) = (None, None, None, None);
    value.members(|name, value| match &*name {
        "field" => value.text_into(&mut field),
        "description" => value.text_into(&mut description),
        "violatedRule" => value.text_into(&mut rule),
        "ruleName" => value.text_into(&mut rule_name),
        _ => {}
    });
    let code = match rule.as_deref() {
        Some("OTHER") => rule_name.or(rule),
        _ => rule,
    };
    issues.push(field.as_deref(), code.as_deref(), description.as_deref());
}

/// The text of one member of an object.
fn member<'a>(value: Value<'_, 'a>, wanted: &str) -> Text<'a> {
    let mut text = None;
    value.members(|name, value| {
        if name == wanted {
            value.text_into(&mut text);
        }
    });
    text
}

/// `details.applicationError` with a code, and the message of the errors page where there is one.
pub(crate) fn sample(info: &CodeInfo) -> Sample {
    let message = info.template.unwrap_or(info.meaning);
    let message = ["sessionId", "scheduleId", "bookingId", "serviceId"]
        .iter()
        .fold(message.to_owned(), |text, name| text.replace(&format!("<{name}>"), SAMPLE_ID))
        .replace("<status>", "DECLINED")
        .replace("<feature>", "createBooking");
    let error = json!({"code": info.code, "description": message});
    Sample::of_code(info, &json!({"message": message, "details": {"applicationError": error}}))
        .with_header(REQUEST_ID, SAMPLE_REQUEST_ID)
}

/// Field violations, and the empty answer to missing permissions.
pub(crate) fn situations() -> Vec<Sample> {
    let violation = json!({"field": "email", "description": "is required", "violatedRule": "REQUIRED_FIELD"});
    let body = json!({"message": "", "details": {"validationError": {"fieldViolations": [violation]}}});
    let samples = [
        Sample::json("field violations", 400, &body),
        Sample::json("no permission", 403, &json!({"message": "", "details": {}})),
    ];
    samples.into_iter().map(|sample| sample.with_header(REQUEST_ID, SAMPLE_REQUEST_ID)).collect()
}
