//! The responses that are decoded twice: the recorded ones, the samples, and variations of them.

use std::sync::LazyLock;

use booking_errors::providers;
use booking_errors_tests::fixtures;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::case::Case;
use crate::shapes::{SHAPES, limits};
use crate::slow::{Json, read_json};
use crate::trees::Style;
use crate::{bytes, headers, rules, trees, wires};

/// Every recorded response, every sample and the shapes that these lack, as they are, what lies at the limits,
/// and what systems in front of every provider answer.
pub fn unchanged() -> Vec<Case> {
    let limits = limits().into_iter().map(|(status, body)| (status, Vec::new(), body.into_bytes()));
    let mut cases = seeds();
    for (status, headers, body) in limits.chain(wires::answers()) {
        cases.extend(providers().iter().map(|provider| Case {
            provider,
            status,
            headers: headers.clone(),
            body: body.clone(),
        }));
    }
    cases
}

/// Every recorded response, every sample and the shapes that these lack.
pub fn seeds() -> Vec<Case> {
    SEEDS.iter().map(|seed| seed.case.clone()).collect()
}

/// A response to begin with, and its body as a tree where it is JSON.
struct Seed {
    case: Case,
    tree: Option<Json>,
}

static SEEDS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let owned = |(name, value): (&str, String)| (name.to_owned(), value.into_bytes());
    let recorded = fixtures().into_iter().map(|fixture| Case::of(&fixture));
    let samples = providers().iter().flat_map(|provider| {
        provider.samples().into_iter().map(|sample| Case {
            provider,
            status: sample.status,
            headers: sample.headers.into_iter().map(owned).collect(),
            body: sample.body.into_bytes(),
        })
    });
    let shapes = SHAPES.iter().map(|(provider, status, body)| Case {
        provider: booking_errors::provider(provider).expect("a known provider"),
        status: *status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    });
    let cases = recorded.chain(samples).chain(shapes);
    cases.map(|case| Seed { tree: read_json(&case.body), case }).collect()
});

/// What the bodies are made of.
pub struct Vocabulary {
    pub names: Vec<String>,
    pub texts: Vec<String>,
    pub parts: Vec<Json>,
}

/// The names, texts and smaller parts of all bodies, so that what one provider sends is tried with the
/// others.
pub fn vocabulary() -> &'static Vocabulary {
    static ALL: LazyLock<Vocabulary> = LazyLock::new(|| {
        let mut all = Vocabulary { names: Vec::new(), texts: Vec::new(), parts: Vec::new() };
        SEEDS.iter().filter_map(|seed| seed.tree.as_ref()).for_each(|tree| all.collect(tree));
        all.names.sort();
        all.names.dedup();
        all.texts.sort();
        all.texts.dedup();
        all
    });
    &ALL
}

impl Vocabulary {
    fn collect(&mut self, value: &Json) {
        if let Json::Text(text) = value
            && text.len() < 500
        {
            self.texts.push(text.clone());
        }
        let size = Style { blank: "", is_escaped: false }.write(value).len();
        if size < 300 && !value.members().is_empty() && !self.parts.contains(value) {
            self.parts.push(value.clone());
        }
        self.names.extend(value.members().iter().map(|(name, _)| name.clone()));
        value.items().iter().for_each(|item| self.collect(item));
        value.members().iter().for_each(|(_, value)| self.collect(value));
    }
}

/// Another status, in which every line of the rules has its turn.
fn statuses() -> impl Strategy<Value = u16> {
    let told = vec![
        200, 201, 202, 204, 207, 299, 301, 302, 304, 307, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410,
        412, 413, 414, 415, 418, 421, 422, 425, 428, 429, 431, 444, 451, 460, 499, 500, 501, 502, 503, 504,
        505, 520, 521, 523, 525, 526, 527, 528, 530, 599, 100, 199, 300, 399, 600, 0,
    ];
    let common = vec![200, 201, 202, 400, 401, 403, 404, 409, 422, 429, 500, 503];
    prop_oneof![10 => select(common), 20 => select(told), 1 => any::<u16>()]
}

/// What is made of recorded responses and samples.
pub fn changed() -> impl Strategy<Value = Case> {
    let documents =
        SEEDS.iter().map(|seed| seed.case.body.clone()).filter(|body| body.len() < 2_000).collect();
    (
        any::<Index>(),
        prop::option::weighted(0.1, any::<Index>()),
        prop::option::of(statuses()),
        headers::added(),
        prop_oneof![3 => trees::changes(), 2 => Just(Vec::new())],
        prop_oneof![1 => rules::changes(), 1 => Just(Vec::new())],
        trees::styles(),
        prop_oneof![1 => bytes::changes(documents), 2 => Just(Vec::new())],
        prop::option::weighted(0.08, wires::bodies()),
    )
        .prop_map(
            |(seed, provider, status, headers, tree_changes, rule_changes, style, byte_changes, wire)| {
                let seed = seed.get(&SEEDS);
                let mut case = seed.case.clone();
                if let Some(provider) = provider {
                    case.provider = *provider.get(providers());
                }
                case.status = status.unwrap_or(case.status);
                for (is_first, header) in headers {
                    case.headers.insert(if is_first { 0 } else { case.headers.len() }, header);
                }
                let is_changed = !tree_changes.is_empty() || !rule_changes.is_empty();
                if let Some(mut tree) = seed.tree.clone().filter(|_| is_changed) {
                    tree_changes.iter().for_each(|change| change.apply(&mut tree));
                    rule_changes.iter().for_each(|change| change.apply(&mut tree));
                    case.body = style.write(&tree).into_bytes();
                }
                case.body = wire.unwrap_or(case.body);
                byte_changes.iter().for_each(|change| change.apply(&mut case.body));
                case
            },
        )
}
