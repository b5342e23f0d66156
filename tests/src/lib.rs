//! What the tests share: fixtures, table tests, short ways to decode, random JSON, a server and the binary.

pub mod answers;
pub mod any_json;
pub mod binary;
pub mod cases;
pub mod cut;
pub mod given;
pub mod ledger;
pub mod server;

use std::error::Error;
use std::fs;
use std::iter::successors;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use booking_errors::decode::Draft;
use booking_errors::decode::document::Document;
use booking_errors::decode::json::Arena;
use booking_errors::{CallError, FromResponse, Provider, RawResponse, Transport};
use serde_json::Value;

use crate::server::Answer;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/integrations.md")]
struct Integrations;

/// A recorded response with what it must decode to.
#[derive(Clone, Debug)]
pub struct Fixture {
    pub id: String,
    pub provider: &'static Provider,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Members of the envelope; `clean` for a success; `total` where there is no single right answer.
    pub expect: Value,
}

impl Fixture {
    pub fn response(&self) -> RawResponse<'_> {
        RawResponse::new(self.status, &self.body).headers(&self.headers)
    }

    /// The response as it is sent.
    pub fn answer(&self) -> Answer {
        let mut head = format!("HTTP/1.1 {} X\r\ncontent-length: {}\r\n", self.status, self.body.len());
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Answer::Bytes([head.as_bytes(), b"\r\n", &self.body].concat())
    }

    /// What a client made of the response, its value or its error, is what the bytes themselves say.
    pub fn assert_value_or_error<E: FromResponse>(&self, over_http: Result<Value, CallError<E>>) {
        match (E::check(&self.response()), over_http) {
            (Err(direct), Err(CallError::Provider(error))) => {
                assert_eq!(error.envelope(), direct.envelope(), "{}", self.id);
                assert_eq!(error.to_string(), direct.to_string());
            }
            (Ok(()), Ok(_)) => {}
            (Ok(()), Err(CallError::Transport(error))) => {
                assert_eq!(error.transport(), Transport::Unreadable, "{}", self.id);
            }
            (direct, over_http) => panic!("{}: {direct:?}, {over_http:?}", self.id),
        }
    }

    /// A client took the response by its status alone: this one with 2xx, and the error otherwise.
    pub fn assert_status_or_error<E: FromResponse>(&self, over_http: Result<u16, E>) {
        match over_http {
            Ok(status) => assert_eq!((status, self.status / 100), (self.status, 2)),
            Err(error) => assert_eq!(error.envelope(), E::from_response(&self.response()).envelope()),
        }
    }

    fn read(line: &str) -> Self {
        let case: Value = serde_json::from_str(line).expect("a fixture is a line of JSON");
        let text = |member: &str| case[member].as_str().map(str::to_owned);
        let body = match text("body_b64") {
            Some(encoded) => BASE64_STANDARD.decode(encoded).expect("body_b64 is base64"),
            None => text("body").unwrap_or_default().into_bytes(),
        };
        let headers = case["headers"].as_object().into_iter().flatten().flat_map(|(name, value)| {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            values.into_iter().map(move |value| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        });
        Self {
            id: text("id").expect("a fixture has an id"),
            provider: booking_errors::provider(&text("provider").unwrap_or_default())
                .expect("a known provider"),
            status: case["status"].as_u64().and_then(|status| status.try_into().ok()).expect("a status"),
            headers: headers.collect(),
            body,
            expect: case["expect"].clone(),
        }
    }
}

/// How a provider that has no shape of its own reads a response.
pub fn read_plain<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    Draft::default().read_from(&Document::<()>::read(response.body(), arena))
}

/// The folder of the fixtures.
pub fn fixture_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Every recorded response of every provider.
pub fn fixtures() -> Vec<Fixture> {
    let read = |name: &str| {
        let file = fixture_folder().join(format!("{name}.jsonl"));
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    let providers = booking_errors::providers().iter();
    let files = providers.map(|provider| read(provider.name()));
    files.flat_map(|text| text.lines().map(Fixture::read).collect::<Vec<_>>()).collect()
}

/// Decodes the recorded response with this id.
pub fn fixture<E: FromResponse>(id: &str) -> E {
    let fixtures = fixtures();
    let fixture = fixtures.iter().find(|fixture| fixture.id == id).expect("a fixture of this id");
    E::from_response(&fixture.response())
}

/// The members of an envelope that differ from the expected ones; `issues` must contain each expected issue.
pub fn differences(expect: &Value, got: &Value) -> Vec<String> {
    let none = Vec::new();
    let mut found = Vec::new();
    for (name, value) in expect.as_object().into_iter().flatten() {
        let got = &got[name.as_str()];
        if name == "issues" {
            let issues = got.as_array().unwrap_or(&none);
            let is_there = |issue: &&Value| issues.iter().any(|found| differences(issue, found).is_empty());
            let missing = value.as_array().unwrap_or(&none).iter().filter(|issue| !is_there(issue));
            found.extend(missing.map(|issue| format!("no issue {issue} among {issues:?}")));
        } else if got != value {
            found.push(format!("{name}: expected {value}, got {got}"));
        }
    }
    found
}

/// No part of an error, at any depth, shows the address of a [`server`].
pub fn assert_shows_no_url(error: &(dyn Error + 'static)) {
    for error in successors(Some(error), |error: &&'_ (dyn Error + 'static)| (*error).source()) {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("SECRET-KEY") && !shown.contains("/bookings"), "{shown}");
    }
}
