//! `spec/fluentbooking.md`, sentence by sentence.

use booking_errors::{Issue, Kind, Provider};

use super::answer::{Answer, Item, effect_of, first_of_list, header, issue, kind_of, retry_after};
use super::body;
use super::bulk::Bulk;
use super::codes::known;
use super::json::Json;
use super::{fields, oauth};
use crate::case::Case;

/// "The real plugin reports its booking errors by English text alone. An exact match gives the kind."
const MESSAGES: [(&str, Kind); 7] = [
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

/// One response: the one that came, the one inside `?_envelope`, or one of a batch.
struct Response<'a> {
    provider: &'static Provider,
    status: u16,
    /// The headers inside a body, else those of the response that came.
    inner: &'a Json,
    outer: &'a [(String, Vec<u8>)],
    /// The response's `Date`.
    date: Option<String>,
    root: &'a Json,
    is_cut: bool,
    text: Option<String>,
}

pub fn decode(case: &Case) -> Answer {
    let body = body::read(&case.body, &["responses"], true);
    let root = body.root.as_ref().unwrap_or(&Json::Null);
    let inner = &Json::Null;
    let outer = Response {
        provider: case.provider,
        status: case.status,
        inner,
        outer: &case.headers,
        date: header(&case.headers, "date"),
        root,
        is_cut: body.is_cut,
        text: body.text,
    };
    let response = inside(&outer).unwrap_or(outer);
    let answer = one(&response);
    let bulk = batch(&response);
    if (200..300).contains(&response.status) && bulk.is_error() {
        // the answer is that of the calls, whatever else it says
        return bulk.told_by(&Answer { status: response.status, ..answer });
    }
    answer
}

/// "`?_envelope`: HTTP 200 `{"body": {...}, "status": 404, "headers": [] | {}}`: the inner response counts."
/// Where it breaks off, the headers may have come after that.
fn inside<'a>(outer: &Response<'a>) -> Option<Response<'a>> {
    let root = outer.root.get("body")?;
    let is_cut = outer.root.last("body")?.is_broken();
    let is_whole = outer.root.get("headers").is_some() || outer.is_cut;
    let status = http_status(outer.root.at("status"))?;
    let is_wrapped = is_whole && (200..300).contains(&outer.status);
    is_wrapped.then(|| Response {
        is_cut,
        status,
        inner: outer.root.at("headers"),
        date: outer.date.clone(),
        root,
        text: alone(root),
        ..*outer
    })
}

/// The message of a body that is a JSON string.
fn alone(root: &Json) -> Option<String> {
    if let Json::Text(_) = root { root.text() } else { None }
}

/// A header inside a body, which is a map: of duplicates the last counts.
fn inner_header(headers: &Json, wanted: &str) -> Option<String> {
    let mut named = headers.members().iter().rev();
    named.find(|(name, value)| name.to_ascii_lowercase() == wanted && !value.is_broken())?.1.text()
}

fn one(response: &Response<'_>) -> Answer {
    let root = response.root;
    let data = root.at("data");
    let mut status = response.status;
    // "the HTTP status counts; `data.status` only where HTTP says 2xx", and only of an error
    let is_success = (200..300).contains(&status);
    let is_error = is_error_in_success(root);
    if is_success && is_error {
        status = http_status(data.at("status")).unwrap_or(status);
    }
    let mut answer = Answer::new(response.provider, status);
    answer.is_clean = is_success && !is_error && (200..300).contains(&status);
    let delay = |value| retry_after(value, response.date.clone());
    answer.retry_after = delay(inner_header(response.inner, "retry-after"))
        .or_else(|| delay(header(response.outer, "retry-after")));
    answer.request_id = first_of_list(inner_header(response.inner, "x-request-id"))
        .or_else(|| first_of_list(header(response.outer, "x-request-id")));

    envelope(root, &mut answer);
    if root.is_list() {
        // shape 7: "a bare list `["message", ...]`"; and what `data` of shape 5 has, a list of coded messages
        answer.issues = root.items().iter().filter_map(coded_message).collect();
    }
    if is_bare_map(root, &answer) && (400..500).contains(&response.status) {
        answer.issues.extend(fields::bare_map(root));
    }
    let oauth = oauth::read(root);
    answer.message = answer.message.or(oauth.message).or(response.text.clone());
    answer.code = answer.code.or(oauth.code);
    tell(&mut answer);
    answer
}

/// "With HTTP 2xx an answer is an error only as shape 5, 6 or 9, or as shape 1 with a code that is no number,
/// a text message and a `data` member." A number that is sent as a text is a number, too, and one that stands
/// for a message is a message.
fn is_error_in_success(root: &Json) -> bool {
    let code = root.text_at("code").unwrap_or_default();
    let digits = code.strip_prefix('-').unwrap_or(&code);
    let is_number = digits.chars().all(|digit| digit.is_ascii_digit());
    let is_first_shape = !is_number && root.text_at("message").is_some() && root.get("data").is_some();
    root.at("success").is(false) || root.at("error").is(true) || is_first_shape
}

/// "A field may be named `message`, `code` or `data`: shape 1 needs a string (or number) `code` or a string
/// `message`. `errors`, `success: false` or `error: true` make a body another shape than the bare map." What
/// can be read as a code or message makes it shape 1, and so does `data.message`, but no other member of
/// `data`.
fn is_bare_map(root: &Json, read: &Answer) -> bool {
    let is_other = root.get("errors").is_some() || root.at("success").is(false) || root.at("error").is(true);
    read.code.is_none() && read.message.is_none() && !is_other
}

/// A text, or an object with a code and a message.
fn coded_message(item: &Json) -> Option<Issue> {
    issue(None, item.text_at("code"), item.text_at("message").or(item.text_or_blank()))
}

/// Shapes 1 and 3 to 7.
fn envelope(root: &Json, answer: &mut Answer) {
    let data = root.at("data");
    answer.code = root.text_at("code");
    // "where there is no `message`, `data.message` is it"
    answer.message = root.text_at("message").or(data.text_at("message"));
    for (name, value) in root.last_members() {
        match name {
            "errors" => answer.issues.extend(fields::errors(value)),
            "data" => answer.issues.extend(in_data(value)),
            // "one issue each, with code and message"
            "additional_errors" => answer.issues.extend(value.items().iter().filter_map(coded_message)),
            _ => {}
        }
    }
    if root.at("success").is(false) {
        // shape 5: "{message, errors?} | string | [{code, message}] | null": "of a list the first gives code
        // and message, the others are issues", which come after those that have fields
        let first = data.items().first().unwrap_or(data);
        answer.code = answer.code.take().or(first.text_at("code"));
        let text = if data.is_list() { first.text() } else { alone(data) };
        answer.message = answer.message.take().or(first.text_at("message")).or(text);
        answer.issues.extend(data.items().iter().skip(1).filter_map(coded_message));
    }
}

/// The issues of `data`: `errors`, and `params` with `details`.
fn in_data(data: &Json) -> Vec<Issue> {
    let mut found = Vec::new();
    for (name, value) in data.last_members() {
        if name == "errors" {
            found.extend(fields::errors(value));
        }
        if name == "params" {
            // "a map field -> message (rest_invalid_param) or a list of field names
            // (rest_missing_callback_param)"
            for (field, message) in value.members() {
                let message = message.text_or_blank();
                found.extend(message.and_then(|text| issue(Some(field.clone()), None, Some(text))));
            }
            found.extend(value.items().iter().filter_map(|field| issue(field.text_or_blank(), None, None)));
        }
    }
    // "`data.details[field]` is `{code, message, data}`: its code is that issue's code"; one of another field
    // is an issue
    let details = data.at("details").members().iter();
    let details: Vec<_> =
        details.filter_map(|(field, detail)| Some((field, coded_message(detail)?))).collect();
    for issue in &mut found {
        let own = details.iter().rev().find(|(field, _)| issue.field.as_ref() == Some(field));
        issue.code = issue.code.take().or(own.and_then(|(_, detail)| detail.code.clone()));
    }
    let fields: Vec<_> = found.iter().filter_map(|issue| issue.field.clone()).collect();
    let others = details.into_iter().filter(|(field, _)| !fields.contains(field));
    found.extend(
        others
            .filter_map(|(field, said)| issue(Some(field.clone()), said.code.map(Into::into), said.message)),
    );
    found
}

/// Kind, effect and remedy: "the code, then the body's hints (recognised messages), then the status".
fn tell(answer: &mut Answer) {
    let known = known(answer.provider, answer.code.as_deref());
    let code_kind = match known {
        // "rest_forbidden: permission_denied, with 401 unauthenticated"
        Some(known) if known.code == "rest_forbidden" && answer.status == 401 => Some(Kind::Unauthenticated),
        Some(known) => Some(known.kind),
        None => oauth::kind(answer.code.as_deref()),
    };
    let message_kind = MESSAGES.iter().find(|(text, _)| answer.message.as_deref() == Some(text));
    let told = code_kind.or(message_kind.map(|(_, kind)| *kind));
    answer.kind = told.unwrap_or(kind_of(answer.status));
    answer.effect = effect_of(answer.status, answer.kind, told.is_some(), answer.retry_after);
    answer.remedy = known.map_or(answer.kind.remedy(), |known| known.remedy).to_owned();
}

/// "ignore what is no HTTP status": `"422"` is one, 0, a phrase, huge or negative ones are none.
fn http_status(value: &Json) -> Option<u16> {
    let status = match value {
        Json::Number(text) | Json::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    (100..600).contains(&status).then_some(status)
}

/// The answer of WordPress's `batch/v1`: `{"failed"?, "responses": [{body, status, headers} | null]}`. Only
/// the outermost is searched.
fn batch(response: &Response<'_>) -> Bulk {
    let mut bulk = Bulk::default();
    // "failed": "validation": one call was refused, and none was carried out
    let was_refused = response.root.at("failed").text().as_deref() == Some("validation");
    for (at, entry) in response.root.at("responses").items().iter().enumerate() {
        let root = entry.at("body");
        let status = http_status(entry.at("status")).or(http_status(root.at("data").at("status")));
        match (entry, status) {
            (Json::Null, _) => bulk.is_undetailed |= !was_refused,
            (Json::Broken(_), _) | (_, None) => bulk.is_undetailed = true,
            (_, Some(status)) => {
                let (provider, date) = (response.provider, response.date.clone());
                let (inner, text) = (entry.at("headers"), alone(root));
                let error =
                    one(&Response { provider, status, inner, outer: &[], date, root, is_cut: false, text });
                if error.is_clean {
                    bulk.succeeded = true;
                } else {
                    let item = Item { index: Some(at as u64), id: None, error };
                    bulk.failed.push((format!("responses[{at}]"), item));
                }
            }
        }
    }
    let is_begun = !response.root.at("responses").items().is_empty();
    bulk.is_undetailed |= response.is_cut && is_begun && !was_refused;
    if was_refused {
        // the refused one may be cut off
        let is_batch = response.is_cut || response.root.get("responses").is_some();
        bulk.is_undetailed |= is_batch && bulk.failed.is_empty();
        bulk.was_not_run = is_batch && !bulk.succeeded;
    }
    bulk
}
