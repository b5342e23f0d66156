//! `spec/wix.md`, sentence by sentence.

use booking_errors::{Effect, Kind};

use super::answer::{Answer, Item, effect_of, header, issue, kind_of, request_id, retry_after};
use super::body::{self, Body};
use super::bulk::Bulk;
use super::codes::known;
use super::json::Json;
use super::oauth;
use crate::case::Case;

pub fn decode(case: &Case) -> Answer {
    let body = body::read(&case.body, &["results", "bulkActionMetadata"], false);
    let mut answer = Answer::new(case.provider, case.status);
    answer.request_id = request_id(case, &["x-wix-request-id", "x-request-id"]);
    answer.retry_after = retry_after(header(&case.headers, "retry-after"), header(&case.headers, "date"));
    answer.message = body.text.clone();
    let root = body.root.as_ref().unwrap_or(&Json::Null);
    let details = root.at("details");
    let application = details.at("applicationError");

    // "`message` is the envelope's message; where it is missing or empty, `applicationError.description` is"
    answer.code = application.text_at("code");
    let own = [root.text_at("message"), application.text_at("description")];
    answer.message = answer.message.or(own.into_iter().flatten().next());
    let oauth = oauth::read(root);
    answer.message = answer.message.or(oauth.message);
    answer.code = answer.code.or(oauth.code);

    let mut has_violation = false;
    for (name, value) in details.last_members() {
        if name == "validationError" {
            let violations: Vec<_> =
                value.at("fieldViolations").items().iter().filter_map(violation).collect();
            has_violation |= !violations.is_empty();
            answer.issues.extend(violations);
        }
        if name == "systemError" {
            // "`systemError.errorCode` is never the code; it is one issue `{code}`"
            answer.issues.extend(issue(None, value.text_at("errorCode"), None));
        }
    }
    tell(&mut answer, application, has_violation);

    // "with 2xx, `details.applicationError.code` or bulk results make an answer an error; else it is clean"
    if (200..300).contains(&case.status) {
        answer.is_clean = application.text_at("code").is_none();
        let bulk = bulk(case, &body);
        if bulk.is_error() {
            answer = bulk.told_by(&answer);
        }
    }
    answer
}

/// Kind, effect, parameters and remedy, from the code in an `applicationError` (or in an item's `error`).
fn tell(answer: &mut Answer, application: &Json, has_violation: bool) {
    let known = known(answer.provider, answer.code.as_deref());
    let code_kind = known.map(|known| known.kind).or(oauth::kind(answer.code.as_deref()));
    // "the code, then the body's hints (Wix violations with a 4xx are invalid_request), then the status"
    let hint = (has_violation && (400..500).contains(&answer.status)).then_some(Kind::InvalidRequest);
    answer.kind = code_kind.or(hint).unwrap_or(kind_of(answer.status));
    answer.effect = effect_of(answer.status, answer.kind, code_kind.is_some(), answer.retry_after);
    if answer.code.as_deref() == Some("SOME_BOOKINGS_UPDATES_FAILED") {
        answer.effect = Effect::Partial;
    }
    answer.remedy = known.map_or(answer.kind.remedy(), |known| known.remedy).to_owned();
    if let Some((name, value)) = parameter(answer, application) {
        answer.parameters.insert(name, value);
    }
}

/// "A violation's issue code is `ruleName` when the rule is OTHER and it is given, else `violatedRule`"; "a
/// null or scalar entry in the list is skipped"
fn violation(entry: &Json) -> Option<booking_errors::Issue> {
    let rule = entry.text_at("violatedRule");
    let name = entry.text_at("ruleName").filter(|_| rule.as_deref() == Some("OTHER"));
    issue(entry.text_at("field"), name.or(rule), entry.text_at("description"))
}

/// "Read the parameter from `data` when a member of that name is there, else from the message": or from the
/// description, which is the same text where both are sent. The backticks and the full stop may be missing.
fn parameter(answer: &Answer, application: &Json) -> Option<(String, String)> {
    let info = answer.provider.code(answer.code.as_deref()?)?;
    let (before, rest) = info.template?.split_once('<')?;
    let (name, after) = rest.split_once('>')?;
    let (before, after) = (before.trim_end_matches('`'), after.trim_start_matches('`'));
    let in_text = |text: Option<String>| {
        let text = text?;
        let value = text.trim().strip_prefix(before)?;
        let value = value.strip_suffix(after).or(value.strip_suffix(after.trim_end_matches('.')))?;
        let value = value.trim_matches('`');
        (!value.trim().is_empty()).then(|| value.to_owned())
    };
    let in_data = application.at("data").at(name).text();
    let value = in_data.or(in_text(answer.message.clone())).or(in_text(application.text_at("description")));
    Some((name.to_owned(), value?))
}

/// "Bulk methods answer 200 even when every item failed."
fn bulk(case: &Case, body: &Body) -> Bulk {
    let root = body.root.as_ref().unwrap_or(&Json::Null);
    let totals = root.at("bulkActionMetadata");
    let mut bulk = Bulk { succeeded: is_positive(totals.at("totalSuccesses")), ..Bulk::default() };
    let has_metadata = |list: &Json| list.items().iter().any(|entry| entry.get("itemMetadata").is_some());
    let is_bulk = root.members().iter().any(|(name, value)| match &**name {
        "bulkActionMetadata" => true,
        "results" => has_metadata(value),
        _ => false,
    });
    for (at, entry) in root.at("results").items().iter().enumerate() {
        let metadata = entry.at("itemMetadata");
        let success = metadata.at("success");
        // an item without a readable `success` has failed where it has an error's code
        let has_failed =
            success.is(false) || !success.is(true) && metadata.at("error").text_at("code").is_some();
        match entry {
            Json::Broken(_) => {}
            _ if success.is(true) => bulk.succeeded = true,
            _ if has_failed => bulk.failed.push(item(case, at, metadata)),
            _ => {}
        }
    }
    // "a bulk answer that breaks off, or lists fewer failed items than totalFailures, counts as undetailed"
    bulk.is_undetailed = is_positive(totals.at("undetailedFailures"))
        || count(totals.at("totalFailures")) > bulk.failed.len() as u64
        || body.is_cut && is_bulk;
    bulk
}

/// "Each failed item is an issue: field = the item's id, else `results[originalIndex]`; code and message from
/// its error."
fn item(case: &Case, at: usize, metadata: &Json) -> (String, Item) {
    let mut error = Answer::new(case.provider, case.status);
    error.code = metadata.at("error").text_at("code");
    error.message = metadata.at("error").text_at("description");
    tell(&mut error, metadata.at("error"), false);
    let index = metadata.at("originalIndex").text_or_blank().and_then(|index| index.parse().ok());
    let index = index.unwrap_or(at as u64);
    let id = metadata.text_at("id");
    let field = id.clone().unwrap_or(format!("results[{index}]"));
    (field, Item { index: Some(index), id, error })
}

fn is_positive(total: &Json) -> bool {
    count(total) > 0
}

/// A total, also one that is sent as a text. What is no integer may be any number above 0.
fn count(total: &Json) -> u64 {
    let text = match total {
        Json::Number(text) | Json::Text(text) => text,
        _ => return 0,
    };
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    match text.strip_suffix(".0").unwrap_or(text).parse::<u64>() {
        Ok(count) => count,
        Err(_) if text.starts_with('-') => 0,
        Err(_) if mantissa.contains(|c: char| c.is_ascii_digit() && c != '0') => u64::MAX,
        Err(_) => 0,
    }
}
