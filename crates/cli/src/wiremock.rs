//! Stub mappings for [WireMock 3](https://wiremock.org/docs/stubbing/).

use booking_errors::{Provider, Sample};
use booking_errors_sandbox::booked;
use serde_json::{Value, json};

use crate::samples::headers;

/// WireMock tries stubs with a low number first.
const SAMPLE: u8 = 1;
const SUCCESS: u8 = 10;
/// A header `Prefer` with a code, alone or among other preferences (RFC 7240).
const ANY_CODE: &str = "(.*[,; ])?code=.*";

/// Returns a stub for each sample, and for each of their providers one that answers with success.
///
/// A call to `/wix`, or to any path below it, gets the sample that its header `Prefer: code=NAME` names; the name may have
/// quotes. A call that names no code gets the success. A call that names an unknown code gets neither: then WireMock answers 404
/// and shows the stub that is closest, where a success would hide the mistake.
pub fn mappings(samples: &[(&'static Provider, Sample)]) -> Value {
    let mut providers: Vec<_> = samples.iter().map(|(provider, _)| *provider).collect();
    providers.dedup_by_key(|provider| provider.name());
    let samples = samples.iter().map(|(provider, sample)| of_sample(provider.name(), sample));
    let mappings: Vec<_> = samples.chain(providers.into_iter().map(of_success)).collect();
    json!({"mappings": mappings})
}

fn of_sample(provider: &str, sample: &Sample) -> Value {
    json!({
        "name": format!("{provider}: {}", sample.name),
        "priority": SAMPLE,
        "request": request(provider, &json!({"matches": format!("code=\"?{}\"?", literal(sample.name))})),
        "response": {"status": sample.status, "headers": headers(sample), "body": sample.body},
    })
}

/// Returns a stub that answers as if it had booked.
fn of_success(provider: &Provider) -> Value {
    let (name, body) = (provider.name(), booked(provider, "17"));
    let headers = json!({"content-type": "application/json; charset=utf-8"});
    json!({
        "name": format!("{name}: success"),
        "priority": SUCCESS,
        "request": request(name, &json!({"or": [{"absent": true}, {"doesNotMatch": ANY_CODE}]})),
        "response": {"status": 200, "headers": headers, "body": body.to_string()},
    })
}

fn request(provider: &str, prefer: &Value) -> Value {
    json!({
        "method": "ANY",
        "urlPathPattern": format!("/{}(/.*)?", literal(provider)),
        "headers": {"Prefer": prefer},
    })
}

/// Returns the regular expression that matches this text only.
fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && c != '_' {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
