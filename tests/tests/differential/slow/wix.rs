//! `spec/wix.md`, sentence by sentence.

mod bulk;
mod parameters;

use booking_errors::{Effect, Issue, Kind};

use super::again::{self, header};
use super::answer::{Answer, issue};
use super::body;
use super::challenge;
use super::codes::known;
use super::effect::{Evidence, weigh};
use super::json::Json;
use super::kind::{is_success, kind_of};
use super::oauth;
use super::success::is_no_success;
use crate::case::Case;

const OWN: [&str; 4] = ["results", "bulkActionMetadata", "booking", "multiServiceBooking"];

pub fn decode(case: &Case) -> Answer {
    let body = body::read(&case.body, &OWN, false);
    let root = body.root();
    let details = root.at("details");
    let application = details.at("applicationError");
    let mut answer = Answer::new(case.provider, case.status);

    // "`message` is the envelope's message; where it is missing or empty, `applicationError.description` is"
    let oauth = oauth::read(root);
    let own = application.text_at("code");
    answer.code = own.clone().or(oauth.code.clone());
    let description = application.text_at("description");
    let messages = [root.text_at("message"), description.clone(), oauth.message, body.text.clone()];
    answer.message = messages.into_iter().flatten().next();

    let bulk = bulk::read(case, &body);
    let mut has_violation = false;
    for (name, value) in root.last_members() {
        if name == "details" {
            let found = issues(value);
            has_violation = !violations(value).is_empty();
            answer.issues.extend(found);
        }
        if name == "results" {
            answer.issues.extend(bulk.issues());
        }
    }
    answer.items = bulk.items();

    // Kind: "the code, then the body's hints (Wix violations with a 4xx are invalid_request), then the status";
    // challenge pages "stand before the status"
    let code = known(case.provider, answer.code.as_deref());
    let of_the_code = code.as_ref().and_then(|code| code.kind);
    let refused = if own.is_none() { oauth::kind(case.status, oauth.code.as_deref()) } else { None };
    let hint = (has_violation && (400..500).contains(&case.status)).then_some(Kind::InvalidRequest);
    let challenge = challenge::recognize(case, &body, answer.message.as_deref());
    let kinds = [of_the_code, refused, hint, challenge];
    answer.kind = kinds.into_iter().flatten().next().unwrap_or(kind_of(case.status));
    // "beside `applicationError.code` code and kind are that one's"
    if own.is_none() && bulk.is_error() {
        answer.code = bulk.code();
        answer.kind = bulk.kind();
    }

    // "with 2xx, `details.applicationError.code` or bulk results make an answer an error"; "in 2xx these are
    // errors with effect unknown: field violations, a `systemError`, an `applicationError` with a description
    // but no code"
    let is_other_error =
        own.is_none() && (has_violation || *details.at("systemError") != Json::Null || description.is_some());
    let is_own_error = own.is_some() || bulk.is_error() || is_other_error;
    let is_fault_of_all = is_no_success(case, &body, is_made) || challenge.is_some();
    answer.is_clean = is_success(case.status) && !is_own_error && !is_fault_of_all;

    let is_made = body.shows(is_made) || bulk::shows_made(root);
    let is_told = own.is_some() || bulk.is_error() || !is_success(case.status);
    let own_effect = match () {
        // "the effect partial where an item succeeded", beside `applicationError.code` also where none failed
        () if bulk.is_partial() && is_told => Some(Effect::Partial),
        () if own.is_none() && bulk.is_error() => {
            let is_doubtful = is_made || bulk.effect() != Effect::NotApplied;
            Some(if is_doubtful { Effect::Unknown } else { Effect::NotApplied })
        }
        () if is_success(case.status) && is_other_error => Some(Effect::Unknown),
        () => None,
    };
    answer.effect = weigh(&Evidence {
        status: case.status,
        own: own_effect,
        of_the_code: code.as_ref().and_then(|code| code.effect),
        is_cut_success: is_success(case.status) && body.breaks_off(),
        // "else by DESIGN.md with the items' codes as known items"
        is_fault: code.as_ref().is_some_and(|code| code.is_fault()) || bulk::has_fault(&bulk),
        is_rejection: code.as_ref().is_some_and(|code| code.is_rejection())
            || bulk.is_all_rejected()
            || refused.is_some(),
        is_soft: false,
        is_made,
        // a page that is no success is no challenge by that alone
        is_challenge: challenge.is_some(),
    });

    let headers = |name: &str| header(&case.headers, name);
    let date = || headers("date");
    answer.request_id = again::request_id(&headers, &["x-wix-request-id"]);
    answer.retry_after = again::retry_after(headers("retry-after"), date());
    let may_reset = case.status == 429 || case.status == 503 || answer.kind == Kind::RateLimited;
    if answer.retry_after.is_none() && may_reset {
        answer.retry_after = again::reset(&headers, date()).flatten();
    }
    if bulk.is_error() && own.is_none() {
        return answer;
    }
    answer.parameters = parameters::read(&answer, application);
    answer
}

/// "`booking` or `multiServiceBooking` an object with an `id`", also one whose text or number breaks off; one that
/// comes again does not undo the one before it.
fn is_made(root: &Json) -> bool {
    let names = ["booking", "multiServiceBooking"];
    names.iter().any(|name| root.all(name).into_iter().any(has_id))
}

/// An object with an `id`, of which the last counts.
pub fn has_id(place: &Json) -> bool {
    place.standing("id").into_iter().any(Json::shows_text)
}

/// What `details` says of fields, and "`systemError.errorCode` is never the code; it is one issue `{code}`".
fn issues(details: &Json) -> Vec<Issue> {
    let mut found = Vec::new();
    for (name, value) in details.last_members() {
        match name {
            "validationError" => found.extend(violations(details)),
            "systemError" => found.extend(issue(None, value.text_at("errorCode"), None)),
            _ => {}
        }
    }
    found
}

/// "A null or scalar entry in the list is skipped, the others are kept."
fn violations(details: &Json) -> Vec<Issue> {
    let mut found = Vec::new();
    for entry in details.at("validationError").at("fieldViolations").items() {
        // "a violation's issue code is `ruleName` when the rule is OTHER and it is given, else `violatedRule`"
        let rule = entry.text_at("violatedRule");
        let name = entry.text_at("ruleName").filter(|_| rule.as_deref() == Some("OTHER"));
        found.extend(issue(entry.text_at("field"), name.or(rule), entry.text_at("description")));
        // "a violation's `data.errors: [{errorPath, errorType, errorMessage}]` are issues of their own after it
        // (field, code, message)"
        for error in entry.at("data").at("errors").items() {
            let text = |name: &str| error.text_at(name);
            found.extend(issue(text("errorPath"), text("errorType"), text("errorMessage")));
        }
    }
    found
}
