//! Two decoders, one question: the crates' own and a slow one, written from the specifications alone, must
//! give the same envelope for every recorded response, every sample, and every variation of them.
//!
//! `PROPTEST_CASES=1000000 PROPTEST_RNG_SEED=7 cargo test --release -p booking-errors-tests --test
//! differential` looks further than the fixed cases that run everywhere.

mod bytes;
mod case;
mod cases;
mod corpus;
mod headers;
mod rules;
mod shapes;
mod slow;
mod survey;
mod trees;
mod wires;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner, contextualize_config};
use serde_json::{Value, json};

use crate::case::Case;

/// What the crates say about a response, and what the slow decoder says, if it knows the provider.
fn answers(case: &Case) -> Option<[Value; 2]> {
    let response = case.response();
    let error = case.provider.decode(&response);
    let checked = case.provider.check(&response);
    let is_same = checked.as_ref().err().is_none_or(|checked| checked.envelope() == error.envelope());
    assert!(is_same, "check and decode come to different errors of\n{case}");
    let slow = slow::decode(case)?;
    let mut fast = json!({"clean": checked.is_ok(), "envelope": error.envelope()});
    remove_remedies(&mut fast);
    Some([fast, json!({"clean": slow.is_clean, "envelope": slow.json()})])
}

/// They are the crates' own words, which are not the question here.
fn remove_remedies(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("remedy");
            members.values_mut().for_each(remove_remedies);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_remedies),
        _ => {}
    }
}

/// The members that the two decoders read differently.
fn differences(case: &Case) -> Vec<String> {
    let Some([fast, slow]) = answers(case) else { return Vec::new() };
    if fast["clean"] != slow["clean"] {
        return vec!["clean".to_owned()];
    }
    let is_clean = slow["clean"] == true;
    let [fast, slow] = [&fast["envelope"], &slow["envelope"]].map(|envelope| envelope.as_object().unwrap());
    let names: BTreeSet<&String> = fast.keys().chain(slow.keys()).collect();
    // of a success nothing else is promised
    let names =
        names.into_iter().filter(|name| !is_clean || ["status", "kind", "effect"].contains(&&***name));
    names.filter(|name| fast.get(*name) != slow.get(*name)).cloned().collect()
}

/// A smaller response with the same difference: headers and pieces of the body are left out as long as it
/// remains.
fn smallest(mut case: Case) -> Case {
    let told = differences(&case);
    let mut tries = 0;
    let mut try_instead = |case: &mut Case, smaller: Case| {
        tries += 1;
        let is_kept = tries < 5_000 && differences(&smaller) == told;
        if is_kept {
            *case = smaller;
        }
        is_kept
    };
    for at in (0..case.headers.len()).rev() {
        let mut smaller = case.clone();
        smaller.headers.remove(at);
        try_instead(&mut case, smaller);
    }
    let mut length = case.body.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at + length <= case.body.len() {
            let mut smaller = case.clone();
            smaller.body.drain(at..at + length);
            if !try_instead(&mut case, smaller) {
                at += length;
            }
        }
        length /= 2;
    }
    case
}

/// The smallest such response and both answers, for people.
fn report(case: Case) -> String {
    let case = smallest(case);
    let [fast, slow] = answers(&case).expect("both decoders know the provider");
    let (provider, told) = (case.provider.name(), differences(&case).join(", "));
    format!(
        "{provider}, told differently: {told}\n\n{case}\n\nthe crates: {fast:#}\n\nthe slow decoder: {slow:#}\n"
    )
}

/// Runs where deep bodies find a stack for the recursion of the slow decoder.
fn with_a_deep_stack(run: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let deep = thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, run).unwrap();
        deep.join().unwrap_or_else(|cause| resume_unwind(cause));
    });
}

#[test]
fn recorded_responses_and_samples_are_told_alike() {
    with_a_deep_stack(|| {
        for case in cases::unchanged() {
            assert!(differences(&case).is_empty(), "{}", report(case));
        }
    });
}

#[test]
fn changed_responses_are_told_alike() {
    with_a_deep_stack(|| {
        // the same cases in every run, unless the environment asks for others
        let config = contextualize_config(Config {
            cases: 6_000,
            rng_seed: RngSeed::Fixed(17),
            failure_persistence: None,
            ..Config::default()
        });
        let result = TestRunner::new(config).run(&cases::changed(), |case| {
            if differences(&case).is_empty() { Ok(()) } else { Err(TestCaseError::fail("told differently")) }
        });
        match result {
            Ok(()) => {}
            Err(TestError::Fail(_, case)) => panic!("{}", report(case)),
            Err(error) => panic!("{error}"),
        }
    });
}
