use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Draft, Issues, Sections, Spelling, first, is_success};
use booking_errors_core::{CodeInfo, Effect, Kind, Parameters, RawResponse};

use crate::Code;
use crate::bulk::{self, BulkAnswer};
use crate::violation::RuleType;

type Text<'a> = Option<&'a str>;

pub(crate) const REQUEST_ID: &str = "x-wix-request-id";

/// The remedy for what comes with 428 and no known code: it is the platform's answer to anything that is not in place.
const PRECONDITION: &str =
    "A precondition is not met: the message says which. Meet it, then send the call again.";

/// Reads a response of any status.
pub(crate) fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let mut document = Document::<Body>::read(response.body(), arena);
    let alone = document.message;
    let mut bulk = document.root.bulk.take().unwrap_or_default();
    let items = bulk.draft(response.status(), document.is_root_cut);
    let has_code = document.root.details.application_error.code.is_some();
    let own = document.root.draft(alone, response.status());
    let mut draft = match items {
        Some(items) => bulk::beside(own, items, has_code, document.root.are_items_first),
        None => own,
    };
    if draft.evidence.rule.is_none() && bulk.has_successes() {
        draft.evidence.rule = Some(Effect::Partial);
    }
    draft.evidence.is_made |= bulk.has_made();
    draft.request_id = response.request_id(REQUEST_ID);
    draft.read_from(&document)
}

/// Returns whether the response has the header or a member that Wix documents.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let has_member = || {
        let arena = Arena::default();
        let Body { details, bulk, .. } = Document::<Body>::read(response.body(), &arena).root;
        details.has_wix_member || bulk.is_some_and(|mut bulk| bulk.has_items_or_totals())
    };
    response.request_id(REQUEST_ID).is_some() || has_member()
}

/// `{"message", "details"}`, or the response of the token endpoint or of a bulk method.
#[derive(Default)]
pub(crate) struct Body<'a> {
    message: Text<'a>,
    details: Details<'a>,
    oauth: OAuth<'a>,
    bulk: Option<BulkAnswer<'a>>,
    /// Whether the bulk answer's members come before `details`.
    are_items_first: bool,
    /// Whether a `booking` or `multiServiceBooking` has an id. If one comes twice, both count.
    is_made: bool,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[
        ("results", Sign::Any),
        ("bulkActionMetadata", Sign::Any),
        ("booking", Sign::Any),
        ("multiServiceBooking", Sign::Any),
    ];

    fn read(&mut self, root: Value<'_, 'a>) {
        root.members(|name, value| match name {
            "message" => value.text_into(&mut self.message),
            "details" => {
                self.are_items_first = self.bulk.is_some();
                self.details = Details::default();
                self.details.read(value);
            }
            "results" => self.bulk.get_or_insert_default().results = Some(value.fork()),
            "bulkActionMetadata" => self.bulk.get_or_insert_default().read_totals(value),
            "booking" | "multiServiceBooking" => self.is_made |= has_id(value),
            _ => self.oauth.read(name, value),
        });
    }

    fn is_made(&self) -> bool {
        self.is_made
    }
}

impl<'a> Body<'a> {
    /// Drafts what the answer says as a whole; `alone` is the body, if that is a message.
    fn draft(&mut self, alone: Text<'a>, status: u16) -> Draft<'a> {
        let Self { message, details, oauth, .. } = self;
        let error = &mut details.application_error;
        let has_own_code = error.code.is_some();
        let says_more = error.description.is_some() || details.issues.iter().any(|issues| !issues.is_empty());
        error.code = first([error.code, oauth.code()]);
        let mut draft = error.draft(first([*message, error.description, oauth.message(), alone]));
        draft.is_error_in_success = has_own_code || says_more || details.has_system_error;
        if is_success(status) && !has_own_code {
            draft.evidence.rule = Some(Effect::Unknown);
        }
        let is_client_error = (400..500).contains(&status);
        let has_violations = details.issues.get("validationError").is_some_and(|issues| !issues.is_empty());
        draft.hint = (has_violations && is_client_error).then_some(Kind::InvalidRequest);
        if !has_own_code && oauth.is_refused(status) {
            draft.kind = Some(Kind::Unauthenticated);
            draft.evidence.rejects = true;
        }
        let is_precondition = status == 428 && draft.known.is_none() && !has_violations;
        draft.remedy = is_precondition.then_some(PRECONDITION);
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
    has_system_error: bool,
}

impl<'a> Details<'a> {
    fn read(&mut self, value: Value<'_, 'a>) {
        value.members(|name, value| {
            let is_wix = matches!(name, "applicationError" | "validationError" | "systemError");
            self.has_wix_member |= is_wix && value.shape() == Shape::Object;
            match name {
                "applicationError" => self.application_error = ApplicationError::read(value),
                "validationError" => self.issues.put("validationError", read_violations(value)),
                "systemError" => {
                    self.has_system_error = value.shape() != Shape::Null;
                    self.issues.put("systemError", read_system_error(value));
                }
                _ => {}
            }
        });
    }
}

/// `{"code", "description", "data"}`: the error has a name.
#[derive(Default)]
pub(crate) struct ApplicationError<'a> {
    pub(crate) code: Text<'a>,
    description: Text<'a>,
    /// At the member `data`, which each code defines for itself.
    data: Option<Reader<'a>>,
}

impl<'a> ApplicationError<'a> {
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
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
    pub(crate) fn draft(&mut self, message: Text<'a>) -> Draft<'a> {
        let known = self.code.and_then(Code::known).map(Code::info);
        let mut draft = Draft::of_code(self.code, known);
        draft.parameters = self.parameters(known, message);
        draft.message = first([message, self.description]);
        draft
    }

    /// Returns the values that the code's documented message carries, from `data` or the texts.
    fn parameters(&mut self, known: Option<&'static CodeInfo>, message: Text<'a>) -> Parameters {
        let mut parameters = Parameters::default();
        for placeholder in known.into_iter().flat_map(CodeInfo::placeholders) {
            let value = self.data.as_mut().and_then(|data| member(data.root(), placeholder.name()));
            let texts = [message, self.description];
            let value = value.or_else(|| texts.iter().find_map(|text| placeholder.value_in((*text)?)));
            if let Some(value) = value {
                parameters.insert(placeholder.name(), value);
            }
        }
        if known.is_some_and(|info| info.code == Code::InvalidRevision.as_str())
            && let Some(id) = self.data.as_mut().and_then(|data| revised_entity(data.root()))
        {
            parameters.insert("entityId", id);
        }
        parameters
    }
}

/// `{"revisionViolation": {"entityId"}}`
fn revised_entity<'a>(data: Value<'_, 'a>) -> Text<'a> {
    let mut id = None;
    data.members(|name, value| {
        if name == "revisionViolation" {
            id = member(value, "entityId");
        }
    });
    id
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
    let (mut field, mut description, mut rule, mut rule_name, mut data) = (None, None, None, None, None);
    value.members(|name, value| match name {
        "field" => value.text_into(&mut field),
        "description" => value.text_into(&mut description),
        "violatedRule" => value.text_into(&mut rule),
        "ruleName" => value.text_into(&mut rule_name),
        "data" => data = Some(value.fork()),
        _ => {}
    });
    let code = match rule {
        Some("OTHER") => first([rule_name, rule]),
        _ => rule,
    };
    issues.push(field.map(Into::into), code.map(RuleType::spelling), description);
    if let Some(mut data) = data {
        read_form_errors(data.root(), issues);
    }
}

/// `{"errors": [{"errorPath", "errorType", "errorMessage"}]}`: what a form found wrong.
fn read_form_errors<'a>(data: Value<'_, 'a>, issues: &mut Issues<'a>) {
    let mut errors = None;
    data.members(|name, value| {
        if name == "errors" {
            errors = Some(value.fork());
        }
    });
    let Some(mut errors) = errors else { return };
    errors.root().items(|error| {
        let (mut path, mut kind, mut message) = (None, None, None);
        error.members(|name, value| match name {
            "errorPath" => value.text_into(&mut path),
            "errorType" => value.text_into(&mut kind),
            "errorMessage" => value.text_into(&mut message),
            _ => {}
        });
        issues.push(path.map(Into::into), kind.map(Spelling::Sent), message);
    });
}

/// Returns whether a value is an object with an id.
pub(crate) fn has_id(value: Value<'_, '_>) -> bool {
    let mut has_id = false;
    value.members(|name, value| {
        if name == "id" {
            value.shows_into(&mut has_id, |id| id.shows_text());
        }
    });
    has_id
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
