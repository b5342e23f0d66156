//! Rules that every response must satisfy, for every provider.

use booking_errors::{
    Effect, Envelope, FailedItem, Issue, Kind, Provider, ProviderError, RawResponse, providers, recognize,
};
use serde_json::Value;

use crate::saved::Saved;
use crate::{claims, cuts, envelope, own, spelling};

const MOST_ISSUES: usize = 1_000;
const KEPT_BODY: usize = 64 << 10;
/// How long the JSON of an envelope may be: a text may appear in it as a message, in an issue and in an item,
/// with up to six bytes for one, and names of fields are copied up to a limit.
const LONGEST_JSON: usize = 16 << 20;
const MOST_TIMES: usize = 18;
/// How many issues and items are looked up in the body.
const MOST_ASKED: usize = 20;

/// Reads a response for every provider and checks all rules on the errors.
pub fn ask(input: &[u8]) {
    let saved = Saved::read(input);
    for provider in providers() {
        ask_provider(provider, input, &saved);
    }
    if let Some(provider) = recognize(&saved.response()) {
        assert!(provider.recognizes(&saved.response()), "recognized by nobody");
    }
}

fn ask_provider(provider: &Provider, input: &[u8], saved: &Saved<'_>) {
    let response = saved.response();
    let error = &*provider.decode(&response);
    let length = envelope::ask(error);
    assert!(length <= LONGEST_JSON + MOST_TIMES * input.len(), "{length} bytes were made of {}", input.len());
    assert_eq!(error.provider(), provider.name(), "another provider's name");
    ask_status(error, &response);
    ask_code(provider, error, &response);
    ask_texts(error, input);
    ask_delay(error.envelope(), &response);
    ask_items(provider, error, &response);
    ask_bounds(error);
    ask_check(provider, error, &response);
    ask_other_spellings(provider, error, saved);
    claims::ask(provider, error, saved);
    cuts::ask(provider, saved);
}

/// The status is that of the response, or of one that a success wraps.
fn ask_status(error: &dyn ProviderError, response: &RawResponse<'_>) {
    if error.status() != response.status() {
        let may_wrap = response.is_success();
        assert!(may_wrap && (100..600).contains(&error.status()), "the status was lost: {error:?}");
        let body = spelling::unescaped(&String::from_utf8_lossy(response.body()));
        assert!(body.contains(&error.status().to_string()), "the status stands nowhere: {error:?}");
    }
}

/// A documented code is found where it was sent, known or not.
fn ask_code(provider: &Provider, error: &dyn ProviderError, response: &RawResponse<'_>) {
    let known = error.code().and_then(|code| provider.code(code)).map(|info| info.code);
    let told = error.code_info().map(|info| info.code);
    assert_eq!(told, known, "the known code is not that of the code: {error:?}");
    let Some(pointer) = own::code_pointer(provider) else { return };
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let is_wrapped = response.is_success() || body["error"].is_object();
    let sent = body.pointer(pointer).and_then(Value::as_str).filter(|code| !code.trim().is_empty());
    if let Some(code) = sent.filter(|_| !is_wrapped) {
        assert_eq!(error.code(), Some(code), "the code was lost or changed");
    }
}

/// Every text from the provider appears in the response, letter by letter.
fn ask_texts(error: &dyn ProviderError, input: &[u8]) {
    let raw = String::from_utf8_lossy(input);
    let plain = spelling::unescaped(&raw);
    let ask = |what: &str, text: Option<&str>| {
        let Some(text) = text else { return };
        assert!(!text.trim().is_empty(), "{what} is blank");
        assert!(plain.contains(text) || raw.contains(text), "{what} was never sent: {text:?}");
    };
    let ask_issue = |issue: &Issue| {
        assert_ne!(issue, &Issue::new(), "an issue says nothing");
        ask("the code of an issue", issue.code.as_deref());
        ask("the message of an issue", issue.message.as_deref());
    };
    let ask_error = |envelope: &Envelope| {
        ask("the code", envelope.code.as_deref());
        ask("the message", envelope.message.as_deref());
        ask("the request id", envelope.request_id.as_deref());
        assert!(!envelope.request_id.as_deref().unwrap_or_default().contains(','), "a list of request ids");
        envelope.parameters.iter().for_each(|(_, value)| ask("a parameter", Some(value)));
        envelope.issues.iter().take(MOST_ASKED).for_each(ask_issue);
    };
    let ask_item = |item: &FailedItem| {
        ask("the id of an item", item.id.as_deref());
        ask_error(&item.error);
    };
    ask_error(error.envelope());
    error.items().iter().take(MOST_ASKED).for_each(ask_item);
}

/// Items come only with bulk answers, and the whole claims no more than all of them support.
fn ask_items(provider: &Provider, error: &dyn ProviderError, response: &RawResponse<'_>) {
    let envelope = error.envelope();
    if envelope.items.is_empty() {
        return;
    }
    let all = |is_so: fn(&Envelope, &Envelope) -> bool| {
        envelope.items.iter().all(|item| is_so(&item.error, envelope))
    };
    let may_be_bulk = response.is_success() || own::has_bulk_answers_of_any_status(provider);
    assert!(may_be_bulk && provider.check(response).is_err(), "items in no bulk answer: {error:?}");
    assert!(all(|item, whole| item.provider == whole.provider), "an item of another provider: {error:?}");
    assert!(all(|item, _| item.items.is_empty()), "items in an item: {error:?}");
    assert!(envelope.effect != Effect::Applied, "an item failed, and yet all of it went through: {error:?}");
    if envelope.effect == Effect::NotApplied {
        assert!(all(|item, _| item.effect == Effect::NotApplied), "an item may have gone through: {error:?}");
    }
    if own::has_code_beside_items(provider, response.body()) {
        return;
    }
    if envelope.kind != Kind::Unknown {
        assert!(all(|item, whole| item.kind == whole.kind), "the items differ in kind: {error:?}");
    }
    if envelope.code.is_some() {
        assert!(all(|item, whole| item.code == whole.code), "the items differ in code: {error:?}");
    }
}

/// Seconds are kept as they were sent.
fn ask_delay(envelope: &Envelope, response: &RawResponse<'_>) {
    let sent = response.header_value("retry-after").map(String::from_utf8_lossy).unwrap_or_default();
    let sent = sent.trim();
    let is_seconds = !sent.is_empty() && sent.bytes().all(|byte| byte.is_ascii_digit());
    if !response.is_success() && is_seconds {
        let delay = envelope.retry_after().map(|delay| delay.as_secs());
        assert_eq!(delay, sent.parse().ok(), "the delay is not that of the header: {envelope:?}");
    }
}

/// What is kept is bounded.
fn ask_bounds(error: &dyn ProviderError) {
    let envelopes = error.items().iter().map(|item| &item.error).chain([error.envelope()]);
    for envelope in envelopes {
        assert!(envelope.issues.len() <= MOST_ISSUES, "{} issues were kept", envelope.issues.len());
        assert!(envelope.items.len() <= MOST_ISSUES, "{} items were kept", envelope.items.len());
    }
}

/// `check` finds a success only where the status that counts is one, else the same error as `decode`.
fn ask_check(provider: &Provider, error: &dyn ProviderError, response: &RawResponse<'_>) {
    let again = provider.decode(response);
    assert_eq!(again.envelope(), error.envelope(), "read twice, it is not the same");
    match provider.check(response) {
        Ok(()) => {
            let statuses = [response.status(), error.status()];
            assert!(statuses.iter().all(|status| (200..300).contains(status)), "no success: {error:?}");
            assert_eq!(error.kind(), Kind::Unknown, "a success of a kind: {error:?}");
        }
        Err(checked) => assert_eq!(checked.envelope(), error.envelope(), "checked, it is not the same"),
    }
}

/// What does not change the meaning of a response does not change the error.
fn ask_other_spellings(provider: &Provider, error: &dyn ProviderError, saved: &Saved<'_>) {
    let is_success = |response: &RawResponse<'_>| provider.check(response).is_ok();
    let own_data = own::data(error);
    let ask = |what: &str, body: &[u8]| {
        let response = saved.with_body(body);
        let other = provider.decode(&response);
        assert_eq!(other.envelope(), error.envelope(), "{what} changes the error");
        assert_eq!(is_success(&response), is_success(&saved.response()), "{what} changes what is a success");
        if body.len().max(saved.body.len()) <= KEPT_BODY {
            assert_eq!(own::data(&*other), own_data, "{what} changes the provider's own data");
        }
    };
    // white space alone is no empty body
    let has_text = !saved.body.trim_ascii().is_empty();
    if has_text && !spelling::ends_with_digit(saved.body) {
        ask("white space after the body", &[saved.body, b"\r\n\t "].concat());
    }
    if has_text && !saved.body.starts_with(b"\xef\xbb\xbf") {
        ask("white space before the body", &[b"\r\n\t ", saved.body].concat());
        ask("a byte order mark", &[b"\xef\xbb\xbf", saved.body].concat());
    }
    if let Some(body) = spelling::respelled(saved.body) {
        ask("another spelling of the JSON", &body);
    }
    let headers: Vec<_> =
        saved.headers.iter().map(|(name, value)| (name.to_ascii_uppercase(), *value)).collect();
    let shouted = provider.decode(&Saved { headers, ..*saved }.response());
    assert_eq!(shouted.envelope(), error.envelope(), "the case of the headers changes the error");

    // with items, what was cut off may be another one, so that they no longer agree on a code
    let is_single = error.items().is_empty();
    if let Some(body) = spelling::cut(saved.body).filter(|_| is_single && !saved.response().is_success()) {
        let cut = provider.decode(&saved.with_body(body));
        let texts =
            |error: &dyn ProviderError| (error.code().map(str::to_owned), error.message().map(str::to_owned));
        assert_eq!(texts(&*cut), texts(error), "the last bracket takes code and message along");
    }
}
