//! The slow decoder by itself: it must answer every recorded response as expected, so that a difference from it
//! says something.

use booking_errors_tests::{Fixture, differences, fixtures};
use serde_json::{Value, json};

use crate::case::Case;
use crate::slow::{self, Answer};
use crate::{cases, with_a_deep_stack};

fn decode(case: &Case) -> Answer {
    slow::decode(case).expect("the slow decoder knows the provider")
}

/// What differs from the expected members; "`clean`: the response is a plain success; `total`: no single right
/// answer".
fn problems(fixture: &Fixture) -> Vec<String> {
    let answer = decode(&Case::of(fixture));
    if fixture.expect["total"] == json!(true) {
        return Vec::new();
    }
    if answer.is_clean || fixture.expect["clean"] == json!(true) {
        let is_right = answer.is_clean && fixture.expect["clean"] == json!(true);
        return if is_right { Vec::new() } else { vec![format!("clean: got {}", answer.is_clean)] };
    }
    let got = answer.json();
    let mut expect = fixture.expect.clone();
    if fixture.status >= 300 {
        expect["status"] = json!(fixture.status);
    }
    // "each of these is among the envelope's parameters"
    let parameters = expect.as_object_mut().and_then(|expect| expect.remove("parameters"));
    let mut found = differences(&expect, &got);
    found.extend(differences(&parameters.unwrap_or(Value::Null), &got["parameters"]));
    found
}

#[test]
fn the_slow_decoder_answers_the_corpus() {
    with_a_deep_stack(|| {
        let fixtures = fixtures();
        assert!(fixtures.len() >= 428, "the corpus is there");
        let told = fixtures.iter().map(|fixture| (&fixture.id, problems(fixture)));
        let failed: Vec<_> = told.filter(|(_, problems)| !problems.is_empty()).collect();
        assert!(failed.is_empty(), "{} of {} failed: {failed:#?}", failed.len(), fixtures.len());
    });
}

/// A response that is an error, cut at any byte but the first, is never a clean success.
#[test]
fn the_slow_decoder_takes_no_error_that_was_cut_for_a_success() {
    with_a_deep_stack(|| {
        for whole in cases::seeds() {
            if decode(&whole).is_clean || !(200..300).contains(&whole.status) || whole.body.len() > 5_000 {
                continue;
            }
            for length in 1..whole.body.len() {
                let mut cut = whole.clone();
                cut.body.truncate(length);
                assert!(!decode(&cut).is_clean, "{cut}");
            }
        }
    });
}
