use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Bulk, Draft, Issues, Place, Sections, Spelling, first};
use booking_errors_core::{CodeInfo, Kind, RawResponse};

use crate::violation::RuleType;
use crate::{Code, PROVIDER};

type Text<'a> = Option<&'a str>;

pub(crate) const REQUEST_ID: &str = "x-wix-request-id";

/// Reads a response of any status.
pub(crate) fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let status = response.status();
    let mut document = Document::<Body>::read(response.body(), arena);
    let bulk = document.root.bulk.take().filter(|_| response.is_success());
    let mut draft = match bulk.and_then(|bulk| bulk.into_draft(status, document.fault.is_some())) {
        Some(draft) => draft,
        None => document.root.draft(document.message, status),
    };
    draft.request_id = response.request_id(REQUEST_ID);
    draft.fault = document.fault;
    draft
}

/// Returns whether the response has the header or a member that Wix documents.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let has_member = || {
        let arena = Arena::default();
        let Body { details, bulk, .. } = Document::<Body>::read(response.body(), &arena).root;
        details.has_wix_member || bulk.is_some_and(|bulk| bulk.is_bulk)
    };
    response.request_id(REQUEST_ID).is_some() || has_member()
}

/// `{"message", "details"}`, or the response of the token endpoint or of a bulk method.
#[derive(Default)]
pub(crate) struct Body<'a> {
    message: Text<'a>,
    details: Details<'a>,
    oauth: OAuth<'a>,
    bulk: Option<Box<BulkAnswer<'a>>>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] =
        &[("results", Sign::Container), ("bulkActionMetadata", Sign::Container)];

    fn read(&mut self, root: Value<'_, 'a>) {
        root.members(|name, value| match name {
            "message" => value.text_into(&mut self.message),
            "details" => {
                self.details = Details::default();
                self.details.read(value);
            }
            "results" => self.bulk.get_or_insert_default().read_results(value),
            "bulkActionMetadata" => self.bulk.get_or_insert_default().read_totals(value),
            _ => self.oauth.read(name, value),
        });
    }
}

impl<'a> Body<'a> {
    /// Drafts an answer that is not of a bulk method; `alone` is the body, if that is a message.
    fn draft(&mut self, alone: Text<'a>, status: u16) -> Draft<'a> {
        let Self { message, details, oauth, .. } = self;
        let error = &mut details.application_error;
        let is_error_in_success = error.code.is_some();
        error.code = first([error.code, oauth.code()]);
        let mut draft = error.draft(first([*message, error.description, oauth.message(), alone]));
        draft.is_error_in_success = is_error_in_success;
        let has_violations = details.issues.get("validationError").is_some_and(|issues| !issues.is_empty());
        if draft.known.is_none() && has_violations && (400..500).contains(&status) {
            draft.kind = Some(Kind::InvalidRequest);
        }
        details.issues.iter_mut().for_each(|issues| draft.issues.append(issues));
        draft
    }
}

/// What went wrong; it may have several of its members at once.
#[derive(Default)]
struct Details<'a> {
    application_error: ApplicationError<'a>,
    /// Of `validationError` the violations, and of `systemError` its code.
    issues: Sections<Issues<'a>>,
    has_wix_member: bool,
}

impl<'a> Details<'a> {
    fn read(&mut self, value: Value<'_, 'a>) {
        value.members(|name, value| {
            let is_wix = matches!(name, "applicationError" | "validationError" | "systemError");
            self.has_wix_member |= is_wix && value.shape() == Shape::Object;
            match name {
                "applicationError" => self.application_error = ApplicationError::read(value),
                "validationError" => self.issues.put("validationError", read_violations(value)),
                "systemError" => self.issues.put("systemError", read_system_error(value)),
                _ => {}
            }
        });
    }
}

/// `{"code", "description", "data"}`: the error has a name.
#[derive(Default)]
struct ApplicationError<'a> {
    code: Text<'a>,
    description: Text<'a>,
    /// At the member `data`, which each code defines for itself.
    data: Option<Reader<'a>>,
}

impl<'a> ApplicationError<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut error = Self::default();
        value.members(|name, value| match name {
            "code" => value.text_into(&mut error.code),
            "description" => value.text_into(&mut error.description),
            "data" => error.data = Some(value.fork()),
            _ => {}
        });
        error
    }

    /// Drafts what the code says, with the envelope's message if there is one.
    fn draft(&mut self, message: Text<'a>) -> Draft<'a> {
        let known = self.code.and_then(Code::known).map(Code::info);
        let mut draft = Draft::of_code(self.code, known);
        if let Some(placeholder) = known.and_then(CodeInfo::placeholder) {
            let value = self.data.as_mut().and_then(|data| member(data.root(), placeholder.name()));
            let texts = [message, self.description];
            let value = value.or_else(|| texts.iter().find_map(|text| placeholder.value_in((*text)?)));
            if let Some(value) = value {
                draft.parameters.insert(placeholder.name(), value);
            }
        }
        draft.message = first([message, self.description]);
        draft
    }
}

/// `{"results": [{"itemMetadata"}], "bulkActionMetadata"}`: bulk methods answer 200 even when every item failed.
#[derive(Default)]
struct BulkAnswer<'a> {
    items: Bulk<'a>,
    is_bulk: bool,
    successes: u64,
    failures: u64,
    undetailed_failures: u64,
}

impl<'a> BulkAnswer<'a> {
    fn read_results(&mut self, value: Value<'_, 'a>) {
        self.items = Bulk::default();
        let mut position = 0;
        value.items(|result| {
            let mut item = None;
            let is_whole = result.members(|name, value| {
                if name == "itemMetadata" {
                    item = Some(Item::read(value));
                }
            });
            self.is_bulk |= item.is_some();
            if let Some(item) = item.filter(|_| is_whole) {
                item.add_to(&mut self.items, position);
            }
            position += 1;
        });
    }

    fn read_totals(&mut self, value: Value<'_, '_>) {
        self.is_bulk = true;
        (self.successes, self.failures, self.undetailed_failures) = (0, 0, 0);
        value.members(|name, value| match name {
            "totalSuccesses" => self.successes = read_count(value),
            "totalFailures" => self.failures = read_count(value),
            "undetailedFailures" => self.undetailed_failures = read_count(value),
            _ => {}
        });
    }

    /// Drafts the answer with this status, in which all items came; `None` if none of them failed.
    fn into_draft(mut self, status: u16, is_cut: bool) -> Option<Draft<'a>> {
        let is_short = self.undetailed_failures > 0 || self.failures > self.items.failures();
        if is_short || (is_cut && self.is_bulk) {
            self.items.undetailed();
        }
        if self.successes > 0 {
            self.items.succeeded();
        }
        let mut draft = self.items.into_draft()?;
        draft.items.iter_mut().for_each(|item| item.error.status = status);
        Some(draft)
    }
}

/// `{"id", "originalIndex", "success", "error": {"code", "description", "data"}}`
#[derive(Default)]
struct Item<'a> {
    id: Text<'a>,
    index: Option<u64>,
    success: Option<bool>,
    error: ApplicationError<'a>,
}

impl<'a> Item<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut item = Self::default();
        value.members(|name, value| match name {
            "id" => value.text_into(&mut item.id),
            "originalIndex" => item.index = value.text().and_then(|text| text.parse().ok()),
            "success" => item.success = value.boolean(),
            "error" => item.error = ApplicationError::read(value),
            _ => {}
        });
        item
    }

    fn add_to(mut self, bulk: &mut Bulk<'a>, position: u64) {
        match self.success {
            Some(true) => bulk.succeeded(),
            None if self.error.code.is_none() => {}
            _ => {
                let index = Some(self.index.unwrap_or(position));
                let place = Place { list: "results", index, id: self.id };
                bulk.failed(place, &PROVIDER, 200, self.error.draft(None));
            }
        }
    }
}

/// Reads a number of items. A value that is not an integer counts as more than any, unless it is negative or has no
/// digit above 0.
fn read_count(value: Value<'_, '_>) -> u64 {
    let text = match value.shape() {
        Shape::Text => value.string(),
        Shape::Number => value.whole().and_then(|digits| str::from_utf8(digits).ok()),
        _ => None,
    };
    let text = text.unwrap_or_default();
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let is_positive = !mantissa.starts_with('-') && mantissa.contains(|c| matches!(c, '1'..='9'));
    let count = text.strip_suffix(".0").unwrap_or(text).parse();
    count.unwrap_or(if is_positive { u64::MAX } else { 0 })
}

/// `{"errorCode"}`
fn read_system_error<'a>(value: Value<'_, 'a>) -> Issues<'a> {
    let mut issues = Issues::default();
    issues.push(None, member(value, "errorCode").map(Spelling::Sent), None);
    issues
}

/// `{"fieldViolations": [..]}`
fn read_violations<'a>(value: Value<'_, 'a>) -> Issues<'a> {
    let mut issues = Issues::default();
    value.members(|name, value| {
        if name == "fieldViolations" {
            issues = Issues::default();
            value.items(|item| read_violation(item, &mut issues));
        }
    });
    issues
}

/// `{"field", "description", "violatedRule", "ruleName"}`
fn read_violation<'a>(value: Value<'_, 'a>, issues: &mut Issues<'a>) {
    if !issues.has_room(0) {
        return;
    }
    let (mut field, mut description, mut rule, mut rule_name) = (None, None, None, None);
    value.members(|name, value| match name {
        "field" => value.text_into(&mut field),
        "description" => value.text_into(&mut description),
        "violatedRule" => value.text_into(&mut rule),
        "ruleName" => value.text_into(&mut rule_name),
        _ => {}
    });
    let code = match rule {
        Some("OTHER") => first([rule_name, rule]),
        _ => rule,
    };
    issues.push(field.map(Into::into), code.map(RuleType::spelling), description);
}

/// Returns the text of one member of an object.
fn member<'a>(value: Value<'_, 'a>, wanted: &str) -> Text<'a> {
    let mut text = None;
    value.members(|name, value| {
        if name == wanted {
            value.text_into(&mut text);
        }
    });
    text
}
