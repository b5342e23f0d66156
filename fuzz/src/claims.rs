//! What an error claims about the call, and what must not change the claim.

use booking_errors::{CodeInfo, Effect, Envelope, Kind, Provider, ProviderError, RawResponse};
use serde_json::Value;

use crate::own;
use crate::saved::Saved;

/// The statuses with which systems in front of the application answer in its place.
const OF_BLOCKERS: [u16; 5] = [403, 405, 406, 429, 503];

pub fn ask(provider: &Provider, error: &dyn ProviderError, saved: &Saved<'_>) {
    let response = saved.response();
    ask_evidence(provider, error, &response);
    ask_retry_after(provider, error, saved);
    if is_object(saved.body) {
        ask_made(provider, saved);
        ask_noise(provider, error, saved);
    }
}

/// A claim has a reason that can be seen from outside.
fn ask_evidence(provider: &Provider, error: &dyn ProviderError, response: &RawResponse<'_>) {
    let envelope = error.envelope();
    let is_success = response.is_success();
    let by_status = Effect::from_status(response.status());
    match envelope.effect {
        Effect::Unknown => {}
        Effect::Applied => assert!(is_success, "it went through, and yet it failed: {envelope:?}"),
        Effect::Partial => {
            let is_told = own::is_carried_out_in_part(envelope);
            let may_be_bulk = is_success || own::has_bulk_answers_of_any_status(provider);
            assert!(is_told || may_be_bulk, "part of it went through, and yet it failed: {envelope:?}");
        }
        Effect::NotApplied => {
            let is_blocked = is_success || OF_BLOCKERS.contains(&response.status());
            let is_told = by_status == Effect::NotApplied || is_blocked || rejects(provider, error);
            assert!(is_told, "nothing shows that it was not carried out: {envelope:?}");
        }
    }
    let is_fault = |kind| matches!(kind, Kind::ProviderFault | Kind::Unavailable);
    if let Some(info) = error.code_info().filter(|info| is_fault(info.kind) && info.effect.is_none()) {
        let is_by_rule = own::has_rules(provider, response) || !envelope.items.is_empty();
        let is_claim = envelope.effect == Effect::NotApplied && !is_by_rule;
        assert!(!is_claim, "{} does not show that nothing was done: {envelope:?}", info.code);
    }
    // a body that holds no JSON and is no message says nothing: only the status and who blocked it are left
    if says_nothing(envelope) && !is_success && !response.body().contains(&b'{') {
        let told = [Kind::from_status(response.status()), Kind::PermissionDenied, Kind::Unauthenticated];
        let is_blocked = OF_BLOCKERS.contains(&response.status());
        assert!(
            if is_blocked { told.contains(&envelope.kind) } else { envelope.kind == told[0] },
            "the kind is not that of the status: {envelope:?}"
        );
    }
}

/// Whether a known code, a text or an item may have rejected the call.
fn rejects(provider: &Provider, error: &dyn ProviderError) -> bool {
    let envelope = error.envelope();
    let can_reject = |info: &CodeInfo| {
        let is_fault = matches!(info.kind, Kind::ProviderFault | Kind::Unavailable);
        (!is_fault && !info.is_soft) || info.effect == Some(Effect::NotApplied)
    };
    let is_known = |code: &str| provider.code(code).is_some_and(can_reject);
    let issues = || envelope.issues.iter();
    let has_code = envelope.code.as_deref().is_some_and(is_known)
        || issues().filter_map(|issue| issue.code.as_deref()).any(is_known);
    let has_text = envelope.message.is_some() || issues().any(|issue| issue.message.is_some());
    has_code || !envelope.items.is_empty() || (own::recognizes_texts(provider) && has_text)
}

fn says_nothing(envelope: &Envelope) -> bool {
    envelope.code.is_none()
        && envelope.message.is_none()
        && envelope.issues.is_empty()
        && envelope.items.is_empty()
}

/// `Retry-After` says when, never whether.
fn ask_retry_after(provider: &Provider, error: &dyn ProviderError, saved: &Saved<'_>) {
    let response = saved.response();
    if own::is_limiter(provider, &response) {
        return;
    }
    let is_delay = |name: &str| name.eq_ignore_ascii_case("retry-after");
    let mut headers = saved.headers.clone();
    headers.retain(|(name, _)| !is_delay(name));
    if headers.len() == saved.headers.len() {
        headers.push(("Retry-After".to_owned(), b"7"));
    }
    let other = Saved { headers, ..*saved };
    let claimed = provider.decode(&other.response());
    let claims = [&*claimed, error].map(|error| (error.kind(), error.effect()));
    assert_eq!(claims[0], claims[1], "Retry-After changes the claim");
    let are_successes = [&other.response(), &response].map(|response| provider.check(response).is_ok());
    assert_eq!(are_successes[0], are_successes[1], "Retry-After changes what is a success");
}

/// Beside something made, nothing shows that the call was not carried out.
fn ask_made(provider: &Provider, saved: &Saved<'_>) {
    let Some(made) = own::made(provider) else { return };
    let body = saved.body.trim_ascii();
    let open = body.strip_suffix(b"}").unwrap_or(body);
    let comma: &[u8] = if open.trim_ascii_end().ends_with(b"{") { b"" } else { b"," };
    let body = [open, comma, made.as_bytes(), b"}"].concat();
    let error = provider.decode(&saved.with_body(&body));
    assert_ne!(error.effect(), Effect::NotApplied, "something was made: {error:?}");
}

/// Noise around the one document of a body does not change what it says.
fn ask_noise(provider: &Provider, error: &dyn ProviderError, saved: &Saved<'_>) {
    if !has_sign(saved.body) {
        return;
    }
    let body = [b"<b>Warning</b>: {closure} ", saved.body, b"<!-- cached -->"].concat();
    let noisy = saved.with_body(&body);
    let other = provider.decode(&noisy);
    if !saved.response().is_success() {
        assert_eq!(other.envelope(), error.envelope(), "noise changes the error");
    } else if provider.check(&saved.response()).is_err() {
        assert!(provider.check(&noisy).is_err(), "noise makes a success of {error:?}");
        let is_kept = [error.effect(), Effect::Unknown].contains(&other.effect());
        assert!(is_kept, "noise changes the claim of {error:?} to {other:?}");
    }
}

fn is_object(body: &[u8]) -> bool {
    body.starts_with(b"{") && serde_json::from_slice::<Value>(body).is_ok()
}

/// Whether a body has a member by which every provider's envelopes are found among other text.
fn has_sign(body: &[u8]) -> bool {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let is_text = |name| body[name].is_string() || body[name].is_number();
    let is_there = |name: &str| body.get(name).is_some();
    ["code", "error_code", "message"].into_iter().any(is_text)
        || ["details", "errors", "error"].into_iter().any(is_there)
}
