//! `spec/fluentbooking.md`, sentence by sentence.

mod batch;
mod evidence;
mod fields;
mod messages;
mod shapes;

use booking_errors::{Effect, Kind, Provider};

use self::evidence::Evidence;
use self::shapes::{Told, alone, is_number};
use super::again::{self, Headers, header};
use super::answer::Answer;
use super::body::{self, Body};
use super::challenge;
use super::codes::{kind_with, known};
use super::json::Json;
use super::kind::{is_success, kind_of};
use super::oauth;
use super::success::{is_binary, is_no_success};
use crate::case::Case;

const OWN: [&str; 3] = ["booking", "booking_hash", "detail"];

/// One response: the one that came, the one inside `?_envelope`, or one of a batch.
pub struct Response<'a> {
    provider: &'static Provider,
    status: u16,
    /// The headers inside a body, which go before those of the response that came.
    inner: &'a Json,
    outer: &'a [(String, Vec<u8>)],
    /// The response's `Date`.
    date: Option<String>,
    root: &'a Json,
    is_cut: bool,
    /// "A 2xx JSON value that breaks off", this one or another; also around an inner status.
    is_cut_success: bool,
    text: Option<String>,
    /// The body of a response that came by itself, and what is said of it.
    body: Option<&'a Body>,
    is_binary: bool,
    is_made: bool,
    challenge: Option<Kind>,
    is_no_success: bool,
}

pub fn decode(case: &Case) -> Answer {
    let body = body::read(&case.body, &OWN, true);
    let root = body.root();
    let inner = &Json::Null;
    let outer = Response {
        provider: case.provider,
        status: case.status,
        inner,
        outer: &case.headers,
        date: header(&case.headers, "date"),
        root,
        is_cut: body.is_cut,
        is_cut_success: is_success(case.status) && body.breaks_off(),
        text: body.text.clone(),
        body: Some(&body),
        is_binary: is_binary(&case.body, &body),
        // "or a second JSON document, whole or cut, with one"
        is_made: body.shows(is_made),
        challenge: challenge::recognize(
            case,
            &body,
            shapes::read(root, false, body.is_cut, body.text.clone()).message.as_deref(),
        ),
        is_no_success: is_no_success(case, &body, is_made),
    };
    let response = inside(&outer, case).unwrap_or(outer);
    let answer = one(&response);
    let batch = batch::read(&response);
    if is_success(response.status) && batch.is_error() {
        // the answer is that of the calls, whatever else it says
        let told = batch.told_by(&Answer { status: response.status, ..answer });
        // what was made anywhere in the body, or a document that breaks off, leaves open what the calls did
        let is_doubtful = response.is_made || response.is_cut_success;
        let is_proven = told.effect != Effect::NotApplied || !is_doubtful;
        return if is_proven { told } else { Answer { effect: Effect::Unknown, ..told } };
    }
    answer
}

/// Every recognised text.
pub fn texts() -> Vec<String> {
    messages::all()
}

/// "`booking` an object with an `id` or `hash`, also below `data`, or `booking_hash` at the root or in `data`": any
/// of them, where they come twice, and also where its text or number breaks off.
fn is_made(root: &Json) -> bool {
    let shows = |place: &Json, name: &str| place.all(name).into_iter().any(Json::shows_text);
    let is_booking = |booking: &Json| shows(booking, "id") || shows(booking, "hash");
    let places = [vec![root], root.all("data")].concat();
    places
        .iter()
        .any(|place| place.all("booking").into_iter().any(is_booking) || shows(place, "booking_hash"))
}

/// "`?_envelope`: HTTP 200 `{"body": {...}, "status": 404, "headers": [] | {}}`: the inner response counts."
/// Where it breaks off, the headers may have come after that. "Ignore what is no HTTP status": then the inner response
/// has that of the outer one.
fn inside<'a>(outer: &Response<'a>, case: &Case) -> Option<Response<'a>> {
    let root = outer.root.get("body")?;
    let is_whole = outer.root.get("headers").is_some() || outer.is_cut;
    let status = http_status(outer.root.get("status")?).unwrap_or(outer.status);
    // "Imunify360's also in a message", which may be the inner one
    let message = shapes::read(root, false, false, alone(root)).message;
    let is_blocked =
        outer.body.is_some_and(|body| challenge::recognize(case, body, message.as_deref()).is_some());
    let is_wrapped = is_whole && is_success(outer.status);
    is_wrapped.then(|| Response {
        status,
        inner: outer.root.at("headers"),
        date: outer.date.clone(),
        root,
        text: alone(root),
        body: None,
        is_made: outer.is_made || is_made(root),
        // what is inside was not answered in front of the application; still it is no plain success
        challenge: None,
        is_no_success: outer.is_no_success || outer.challenge.is_some() || is_blocked,
        ..*outer
    })
}

/// A header inside a body, which is a map: of duplicates the last counts.
fn inner_header(headers: &Json, wanted: &str) -> Option<String> {
    let mut named = headers.members().iter().rev();
    named.find(|(name, value)| name.to_ascii_lowercase() == wanted && !value.is_broken())?.1.text()
}

fn one(response: &Response<'_>) -> Answer {
    let root = response.root;
    let is_2xx = is_success(response.status);
    let told =
        shapes::read(root, (400..500).contains(&response.status), response.is_cut, response.text.clone());
    let code = known(response.provider, told.code.as_deref());
    let has = |name: &str| inner_header(response.inner, name).or(header(response.outer, name)).is_some();
    let is_limiter = response.status == 429 && has("retry-after") && has("x-ratelimit-limit");
    let is_challenge = response.challenge.is_some();
    let evidence = Evidence { response, told: &told, code: code.clone(), is_challenge, is_limiter };

    let is_own_error = is_2xx && is_error_in_success(response, &told, &evidence);
    // text inside an envelope is text where JSON was asked for
    let is_inner_text = response.body.is_none() && response.text.is_some();
    let is_fault_of_all = response.is_no_success || is_challenge || is_inner_text;
    // "the HTTP status counts; `data.status` only where HTTP says 2xx", and only of an error
    let status = match http_status(root.at("data").at("status")) {
        Some(status) if is_own_error => status,
        _ => response.status,
    };
    let mut answer = Answer::new(response.provider, status);
    answer.is_clean = is_2xx && !is_own_error && !is_fault_of_all;
    answer.effect = evidence.effect();
    answer.kind = match () {
        // "with any status, before any recognised text: payment_required"
        () if evidence.is_failed_payment() => Kind::PaymentRequired,
        // "403 with the body `-1` (expired nonce: unauthenticated)"
        () if status == 403 && response.body.is_some_and(|body| body.trimmed() == "-1") => {
            Kind::Unauthenticated
        }
        () => {
            let of_the_code = code.and_then(|code| kind_with(&code, status));
            let refused = oauth::kind(status, told.refusal.as_deref());
            let database = evidence.is_of_the_database().then_some(Kind::ProviderFault);
            let recognized = evidence.recognized().map(|(kind, _)| kind);
            // "field errors in a 2xx are invalid_request", where it "is one for another reason"
            let fields = (is_2xx && told.has_field_errors).then_some(Kind::InvalidRequest);
            let kinds = [of_the_code, refused, database, recognized, fields, response.challenge];
            kinds.into_iter().flatten().next().unwrap_or(kind_of(status))
        }
    };
    // "in these cases kind is that of a known code that could be read [which is an error here], else unknown, and
    // the effect is `unknown`"; "a recognised challenge or block page" gives its own kind
    if is_2xx && !is_own_error {
        answer.kind = response.challenge.unwrap_or(Kind::Unknown);
        if !is_challenge {
            answer.effect = Effect::Unknown;
        }
    }
    let is_in_a_minute = evidence.first_recognized().is_some_and(|text| messages::is_in_a_minute(text));
    read_headers(response, is_in_a_minute, &mut answer);
    answer.code = told.code;
    answer.message = told.message;
    answer.issues = told.issues;
    answer
}

/// "When to call again", with the headers inside the body before those around it.
fn read_headers(response: &Response<'_>, is_in_a_minute: bool, answer: &mut Answer) {
    let inner = |name: &str| inner_header(response.inner, name);
    let outer = |name: &str| header(response.outer, name);
    let date = || response.date.clone();
    let may_reset = answer.status == 429 || answer.status == 503 || answer.kind == Kind::RateLimited;
    // "`Retry-After`. Where there is none [..] the reset of a rate limit header"
    let of = |headers: &Headers<'_>| {
        let delay = again::retry_after(headers("retry-after"), date());
        delay.or_else(|| again::reset(headers, date()).filter(|_| may_reset).flatten())
    };
    answer.retry_after = of(&inner).or_else(|| of(&outer));
    // "a fixed window: `retry_after` 60 where no header says more"
    if answer.retry_after.is_none() && is_in_a_minute {
        answer.retry_after = Some(60);
    }
    answer.request_id = again::request_id(&inner, &[]).or_else(|| again::request_id(&outer, &[]));
}

/// "2xx that are errors", in the order of the sentence. Shape 9 has been unwrapped.
fn is_error_in_success(response: &Response<'_>, told: &Told, evidence: &Evidence<'_>) -> bool {
    let root = response.root;
    let message = root.text_at("message");
    let has_message_text = message.is_some() || matches!(root.at("message"), Json::Text(_));
    let code = root.text_at("code").unwrap_or_default();
    let errors = root.at("errors");
    let has_errors = !errors.items().is_empty() || !errors.members().is_empty();
    let own_body = response.body.filter(|body| !body.has_bytes || ["0", "-1"].contains(&body.trimmed()));
    let own_body = own_body.filter(|body| body.has_bytes || [200, 201].contains(&response.status));
    [
        // "shape 5 with `success: false`, 6"
        root.at("success").is(false),
        root.at("error").is(true),
        // "shape 1 with a code that is no number, a text message and a `data` member, not beside `success: true`"; a
        // blank text is one, too
        !is_number(&code) && has_message_text && root.get("data").is_some() && !root.at("success").is(true),
        // "a known code with or without `data`"
        evidence.code.is_some(),
        // "`{"status": "failed", "message"}`"
        evidence.is_failed(),
        // "an empty body with 200 or 201 (PHP exited)"; "a body that is exactly `0` or `-1`"
        own_body.is_some(),
        // "a root `message` that is a recognised text, or contains `(SQL:` or `SQLSTATE[`"
        message.as_ref().is_some_and(|text| {
            messages::recognize(text, false).is_some() || messages::is_of_the_database(text)
        }),
        // "a non-empty `errors` map or list beside a text message or as the only member"
        has_errors && (message.is_some() || root.last_members().len() == 1),
        // "a serialised WP_Error in a member"
        told.has_wp_error,
        // "a body that is exactly `0` or `-1`", also inside an envelope
        response.body.is_none() && matches!(root, Json::Number(number) if ["0", "-1"].contains(&&**number)),
    ]
    .contains(&true)
}

/// "Ignore what is no HTTP status": `"422"` is one, 0, a phrase, huge or negative ones are none.
fn http_status(value: &Json) -> Option<u16> {
    let status = match value {
        Json::Number(text) | Json::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    (100..600).contains(&status).then_some(status)
}
