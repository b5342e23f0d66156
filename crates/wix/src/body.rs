use std::borrow::Cow;

use booking_errors_core::decode::document::Document;
use booking_errors_core::decode::json::{Reader, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Findings, Issues, KnownCode, Sections};
use booking_errors_core::{Effect, Kind, RawResponse};

use crate::Code;

type Text<'a> = Option<Cow<'a, str>>;

const REQUEST_ID: &str = "x-wix-request-id";

/// Reads a response of any status.
pub(crate) fn read(response: &RawResponse<'_>) -> Findings {
    let Document { root, message, fault, .. } = Document::read(response.body(), Body::read);
    let application = root.details.application_error;
    let code = application.code.clone().or_else(|| root.oauth.code());
    let known = code.as_deref().and_then(Code::known);
    let has_violations = root.details.has_violations;
    let mut issues = Issues::default();
    root.details.issues.into_iter().for_each(|others| issues.append(others));
    let message =
        root.message.or(application.description.clone()).or_else(|| root.oauth.message()).or(message);

    let mut findings = Findings {
        is_error_in_success: application.code.is_some(),
        is_rejected: known.is_some(),
        kind: known.map(Code::kind),
        remedy: known.map(|code| code.info().remedy),
        effect: (known == Some(Code::SomeBookingsUpdatesFailed)).then_some(Effect::Partial),
        request_id: response.request_id(REQUEST_ID).map(Into::into),
        issues,
        fault,
        ..Findings::default()
    };
    if has_violations && findings.kind.is_none() && (400..500).contains(&response.status()) {
        findings.kind = Some(Kind::InvalidRequest);
    }
    if let Some((code, name)) = known.and_then(|code| Some((code, code.parameter()?))) {
        let texts = [message.as_deref(), application.description.as_deref()];
        let value = member(Reader::new(application.data).root(), name).or_else(|| {
            texts.into_iter().flatten().find_map(|text| code.parameter_in(text)).map(Cow::Borrowed)
        });
        findings.parameters.extend(value.map(|value| (name.to_owned(), value.into_owned())));
    }
    findings.code = code.map(Into::into);
    findings.message = message.map(Into::into);
    findings
}

/// Whether it has the header or a member that Wix documents.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    response.request_id(REQUEST_ID).is_some()
        || Document::read(response.body(), Body::read).root.details.has_wix_member
}

/// `{"message", "details"}`, or the answer of the token endpoint.
#[derive(Default)]
struct Body<'a> {
    message: Text<'a>,
    details: Details<'a>,
    oauth: OAuth<'a>,
}

impl<'a> Body<'a> {
    fn read(root: Value<'_, 'a>) -> Self {
        let mut body = Self::default();
        root.members(|name, value| match &*name {
            "message" => value.text_into(&mut body.message),
            "details" => body.details = Details::read(value),
            _ => body.oauth.read(&name, value),
        });
        body
    }
}

/// What went wrong; several of its members may be there at once.
#[derive(Default)]
struct Details<'a> {
    application_error: ApplicationError<'a>,
    /// The violations, and the code of a system error.
    issues: Sections<Issues>,
    has_violations: bool,
    has_wix_member: bool,
}

impl<'a> Details<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut details = Self::default();
        value.members(|name, value| {
            details.has_wix_member |=
                matches!(&*name, "applicationError" | "validationError" | "systemError");
            match &*name {
                "applicationError" => details.application_error = ApplicationError::read(value),
                "validationError" => {
                    let violations = violations(value);
                    details.has_violations = !violations.as_slice().is_empty();
                    details.issues.put("validationError", violations);
                }
                "systemError" => {
                    let mut issues = Issues::default();
                    issues.push(None, member(value, "errorCode").as_deref(), None);
                    details.issues.put("systemError", issues);
                }
                _ => {}
            }
        });
        details
    }
}

/// `{"code", "description", "data"}`: the error has a name.
#[derive(Default)]
struct ApplicationError<'a> {
    code: Text<'a>,
    description: Text<'a>,
    /// The JSON of the member of that name, which holds what the code defines.
    data: &'a [u8],
}

impl<'a> ApplicationError<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut error = Self::default();
        value.members(|name, value| match &*name {
            "code" => value.text_into(&mut error.code),
            "description" => value.text_into(&mut error.description),
            "data" => error.data = value.raw(),
            _ => {}
        });
        error
    }
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
