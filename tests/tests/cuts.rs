//! A response that is an error, cut at any byte but the first, is never a clean success. One with a status of 2xx that
//! is cut inside its document claims nothing about the whole call.
//!
//! Some cuts leave another answer whole, which nobody can tell from that answer: `{"id":1}{"code":"x"}` may lose all
//! of its error, and the number in front of `404 page not found` is JSON. So the question is not asked of a cut that
//! leaves a document which is a success by itself, or a text whose content type names a format of its own.

use std::fmt::Write as _;

use booking_errors::{Effect, Provider, RawResponse, providers};
use booking_errors_tests::any_json::any_json;
use booking_errors_tests::cut::{breaks_off, is_another_answer};
use booking_errors_tests::fixtures;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

/// A body up to this length is cut at each byte.
const SHORT: usize = 400;

/// A response whose body is cut.
#[derive(Clone, Debug)]
struct Whole {
    provider: &'static Provider,
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Whole {
    /// The effect of the response with another body; `None` if it is a clean success.
    fn effect(&self, body: &[u8]) -> Option<Effect> {
        self.provider.check(&self.with_body(body)).err().map(|error| error.effect())
    }

    fn with_body<'a>(&'a self, body: &'a [u8]) -> RawResponse<'a> {
        RawResponse::new(self.status, body).headers(&self.headers)
    }

    /// Those lengths at which a cut makes a success of the error, or a claim.
    fn wrong(&self, lengths: impl IntoIterator<Item = usize>) -> Vec<usize> {
        if self.body.is_empty() || self.effect(&self.body).is_none() {
            return Vec::new();
        }
        let is_wrong = |length: &usize| {
            let cut = &self.body[..*length];
            match self.effect(cut) {
                None => !is_another_answer(&self.with_body(cut), |body| self.effect(body).is_none()),
                Some(Effect::NotApplied | Effect::Applied) => {
                    (200..300).contains(&self.status) && breaks_off(cut)
                }
                Some(Effect::Partial | Effect::Unknown) => false,
            }
        };
        lengths.into_iter().filter(|length| (1..self.body.len()).contains(length)).filter(is_wrong).collect()
    }
}

/// Every recorded response and every sample.
fn recorded() -> Vec<Whole> {
    let fixtures = fixtures().into_iter().map(|fixture| Whole {
        provider: fixture.provider,
        status: fixture.status,
        headers: fixture.headers,
        body: fixture.body,
    });
    let samples = providers().iter().flat_map(|provider| {
        provider.samples().into_iter().map(|sample| Whole {
            provider,
            status: sample.status,
            headers: sample.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            body: sample.body.into_bytes(),
        })
    });
    fixtures.chain(samples).collect()
}

/// What lies in front of an error, or is one, and gets shorter.
const EDGES: &[&[u8]] = &[
    b"-1",
    b"0",
    b"00",
    b"10 errors",
    b"404 page not found",
    b"nullified",
    b"true or false",
    b"\"a text\"",
    b"\n\t{\"code\":\"rest_no_route\",\"message\":\"m\",\"data\":{\"status\":404}}",
    b"\xef\xbb\xbf{\"message\":\"\xf0\x9f\x98\x80 \xc3\xa9\",\"error_code\":\"X_Y\",\"code\":\"x\",\"data\":null}",
    b"\xef\xbb\xbf\n{\"success\":false,\"data\":\"\\ud83d\\ude00\"}",
    b"<br />\n<b>Warning</b>: {closure} in /a.php\n{\"success\":false,\"data\":{\"message\":\"m\"}}",
    b"[21-Nov-2026] PHP Notice: x\n{\"error\":{\"message\":\"m\"}}<!-- cached -->",
    b"{\"id\":1} <!-- cached -->",
    b"{\"price\":NaN,\"errors\":[\"X_Y\"]}",
    b"[\"m\",{\"code\":\"x\"}]",
    b"<!doctype html><title>Just a moment...</title>",
    b"<script>{\"code\":\"x\"}</script>",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    b"\xff\xfe{\x00\"\x00a\x00\"\x00:\x001\x00}\x00",
    b"\x00{\x00}",
    b"{\"body\":{\"code\":\"x\",\"message\":\"m\"},\"status\":404,\"headers\":{}}",
    b"{\"responses\":[{\"body\":{\"code\":\"x\"},\"status\":404,\"headers\":{}}]}",
    b"{\"booking\":{\"id\":1},\"success\":false}{\"booking\":{\"id\":1},\"code\":\"x\"}",
    b"Notice {\"booking\":{\"id\":1}} and {\"code\":\"slot_no_longer_available\",\"message\":\"m\"}",
    b"{\"booking\":{\"id\":1}}{\"code\":\"slot_no_longer_available\",\"message\":\"m\"}",
    b"{\"_id\":\"5d6e\",\"status\":\"confirmed\"}{\"error_code\":\"NOT_FOUND\"}",
    b"{\"booking\":{\"id\":1}} {  \"code\" : \"slot_no_longer_available\"}",
];

const CONTENT_TYPES: &[&str] =
    &["", "application/json", "application/problem+json", "text/html", "text/plain", "text/csv", "odd"];

fn told(whole: &Whole, lengths: &[usize]) -> String {
    let cuts = lengths.iter().map(|length| String::from_utf8_lossy(&whole.body[..*length]));
    let mut text = format!("{} {} {:?}", whole.provider.name(), whole.status, whole.headers);
    write!(text, "\n{}", String::from_utf8_lossy(&whole.body)).expect("a text");
    cuts.take(3).for_each(|cut| write!(text, "\n  cut: {cut:?}").expect("a text"));
    text
}

fn assert_no_cut_is_another_answer(wholes: impl Iterator<Item = Whole>) {
    let mut found = Vec::new();
    for whole in wholes {
        let every = if whole.body.len() <= SHORT { 1 } else { whole.body.len() / SHORT + 1 };
        let lengths = whole.wrong((1..whole.body.len()).step_by(every));
        if !lengths.is_empty() {
            found.push(told(&whole, &lengths));
        }
    }
    assert!(
        found.is_empty(),
        "{} errors become another answer when they are cut:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn no_recorded_error_is_another_answer_when_it_is_cut() {
    let statuses = |whole: Whole| [whole.status, 200, 201].map(|status| Whole { status, ..whole.clone() });
    assert_no_cut_is_another_answer(recorded().into_iter().flat_map(statuses));
}

#[test]
fn no_error_at_the_edge_of_the_rules_is_another_answer_when_it_is_cut() {
    let wholes = EDGES.iter().flat_map(|body| {
        providers().iter().flat_map(move |provider| {
            CONTENT_TYPES.iter().flat_map(move |kind| {
                let headers: Vec<_> = Some(("Content-Type".to_owned(), (*kind).to_owned()))
                    .filter(|_| !kind.is_empty())
                    .into_iter()
                    .collect();
                [200, 201, 404].map(|status| Whole {
                    provider,
                    status,
                    headers: headers.clone(),
                    body: body.to_vec(),
                })
            })
        })
    });
    assert_no_cut_is_another_answer(wholes);
}

/// Another content type, or none.
fn content_type() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.3, select(CONTENT_TYPES))
}

/// A response that may be an error: a recorded one, also with noise around it or another beside it, or random JSON
/// in the shapes of the providers.
fn any_whole() -> impl Strategy<Value = Whole> {
    let recorded = recorded();
    let bodies: Vec<Vec<u8>> = recorded
        .iter()
        .map(|whole| whole.body.clone())
        .chain(EDGES.iter().map(|body| body.to_vec()))
        .collect();
    let beside = prop_oneof![
        3 => Just(Vec::new()),
        1 => select(vec!["\n ", "\u{feff}", "<b>Warning</b> {closure}: ", "<!-- cached -->", "{", "null", "{\"ok\":true}", "1 "])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => select(bodies.clone()),
    ];
    let shaped = (any_json(), any_json()).prop_map(|(first, second)| {
        let shapes = [
            json!({"message": first, "details": second}),
            json!({"details": {"applicationError": {"code": first, "description": second}}}),
            json!({"code": first, "message": second, "data": null}),
            json!({"success": false, "data": first}),
            json!({"error": first, "errors": second}),
            json!({"error_code": first, "data": {"errors": second}}),
            json!([first, second]),
        ];
        shapes.map(|shape| shape.to_string().into_bytes())
    });
    let body = prop_oneof![
        3 => select(bodies),
        1 => (shaped, any::<Index>()).prop_map(|(shapes, at)| at.get(&shapes).clone()),
    ];
    (
        any::<Index>(),
        any::<Index>(),
        prop_oneof![8 => select(vec![200_u16, 201, 202, 204, 207]), 1 => 100_u16..600],
        prop::option::weighted(0.5, content_type()),
        (beside.clone(), body, beside),
    )
        .prop_map(move |(seed, provider, status, kind, (before, body, after))| {
            let seed = seed.get(&recorded);
            let mut headers = seed.headers.clone();
            if let Some(kind) = kind {
                headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
                headers.extend(kind.map(|kind| ("content-type".to_owned(), kind.to_owned())));
            }
            let provider = *provider.get(providers());
            Whole { provider, status, headers, body: [before, body, after].concat() }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_error_is_another_answer_when_it_is_cut(
        whole in any_whole(),
        at in prop::collection::vec(any::<Index>(), 16),
    ) {
        let length = whole.body.len();
        let lengths: Vec<usize> = match length {
            0..=64 => (1..length).collect(),
            _ => at.iter().map(|at| at.index(length)).chain([length - 1]).collect(),
        };
        let wrong = whole.wrong(lengths);
        prop_assert!(wrong.is_empty(), "{}", told(&whole, &wrong));
    }
}
