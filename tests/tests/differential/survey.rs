//! How often the two decoders differ, and in what: an overview for whoever changes one of them.

use std::collections::BTreeMap;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner, contextualize_config};

use crate::case::Case;
use crate::{cases, differences, report, with_a_deep_stack};

/// `cargo test -p booking-errors-tests --test differential survey -- --ignored --nocapture`, with
/// `PROPTEST_CASES` and `PROPTEST_RNG_SEED` as for the other tests.
#[test]
#[ignore = "an overview that prints, not a check"]
fn survey() {
    with_a_deep_stack(|| {
        let config = Config { cases: 6_000, rng_seed: RngSeed::Fixed(17), ..Config::default() };
        let config = contextualize_config(config);
        let count = config.cases;
        let mut runner = TestRunner::new(config);
        let strategy = cases::changed();
        let changed = (0..count).map(|_| strategy.new_tree(&mut runner).expect("a case").current());
        print("unchanged", cases::unchanged().into_iter());
        print("changed", changed);
    });
}

fn print(name: &str, cases: impl Iterator<Item = Case>) {
    let mut told: BTreeMap<(&str, String), (usize, Case)> = BTreeMap::new();
    let (mut all, mut differ) = (0, 0);
    for case in cases {
        all += 1;
        let members = differences(&case).join(", ");
        if members.is_empty() {
            continue;
        }
        differ += 1;
        let (count, shortest) =
            told.entry((case.provider.name(), members)).or_insert_with(|| (0, case.clone()));
        *count += 1;
        if case.body.len() < shortest.body.len() {
            *shortest = case;
        }
    }
    println!("{name}: {differ} of {all} responses are told differently");
    let mut told: Vec<_> = told.into_iter().collect();
    told.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for ((provider, members), (count, _)) in &told {
        println!("  {count} times {provider}: {members}");
    }
    for (_, (count, case)) in told {
        println!("\n==== {count} times, such as\n{}", report(case));
    }
}
