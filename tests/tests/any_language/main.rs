//! The page for other languages: its code runs as its reader would run it.
#![cfg(target_os = "linux")]

mod decoders;
mod page;
mod program;

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use booking_errors::{Envelope, Provider, RawResponse, Retry, Sample, providers};
use booking_errors_tests::fixtures;
use serde_json::{Value, json};

use crate::program::{Language, NODE, PYTHON, Program};

/// A response, and what the library makes of it.
#[derive(Clone)]
struct Case {
    question: Value,
    answer: Value,
}

impl Case {
    fn new(
        provider: &Provider,
        status: u16,
        headers: &[(impl AsRef<str>, impl AsRef<str>)],
        body: &[u8],
    ) -> Self {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        let response = RawResponse::new(status, body).headers(&headers).method("POST");
        let question = json!({
            "provider": provider.name(),
            "method": "POST",
            "status": status,
            "headers": headers,
            "body_b64": BASE64_STANDARD.encode(body),
        });
        let error = provider.check(&response).err();
        Self { question, answer: json!(error.as_ref().map(|error| error.envelope())) }
    }

    fn is_answered_by(&self, answer: &Value) -> bool {
        *answer == self.answer
    }

    /// Returns whether the answer says of this response that nobody knows what the call did.
    fn is_in_doubt(&self, answer: &Value) -> bool {
        let same = |name| answer[name] == self.question[name];
        let envelope: Option<Envelope> = serde_json::from_value(answer.clone()).ok();
        let is_unknown = envelope.is_some_and(|envelope| envelope.retry() == Retry::CheckFirst);
        is_unknown && same("provider") && same("status") && answer["retry"] == "check_first"
    }
}

/// Every sample and every recorded response, with a long one among them: no pipe holds it.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let samples = providers().iter().flat_map(|provider| {
        let of =
            |sample: &Sample| Case::new(provider, sample.status, &sample.headers, sample.body.as_bytes());
        provider.samples().iter().map(of).collect::<Vec<_>>()
    });
    let mut cases: Vec<_> = samples.collect();
    cases.push(Case::new(providers()[0], 400, &[("a", "b")], &b"x".repeat(1 << 20)));
    cases.extend(fixtures().iter().map(|it| Case::new(it.provider, it.status, &it.headers, &it.body)));
    cases
});

fn check_all(cases: &[Case], answers: &[Value], is_right: impl Fn(&Case, &Value) -> bool) {
    assert_eq!(answers.len(), cases.len());
    for (case, answer) in cases.iter().zip(answers) {
        assert!(is_right(case, answer), "{}\n{answer}\ninstead of {}", case.question, case.answer);
    }
}
