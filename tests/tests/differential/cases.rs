//! The responses that are decoded twice: the recorded ones, the samples, and variations of them.

use std::sync::LazyLock;

use booking_errors::providers;
use booking_errors_tests::fixtures;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::case::Case;
use crate::shapes::{SHAPES, limits};
use crate::slow::{Json, read_json};
use crate::trees::Style;
use crate::{bytes, trees};

/// Every recorded response, every sample and the shapes that these lack, as they are, and what lies at the
/// limits.
pub fn unchanged() -> Vec<Case> {
    let limits = limits().into_iter().flat_map(|(status, body)| {
        let case = |provider| Case { provider, status, headers: Vec::new(), body: body.clone().into_bytes() };
        providers().iter().map(|provider| case(provider)).collect::<Vec<_>>()
    });
    SEEDS.iter().map(|seed| seed.case.clone()).chain(limits).collect()
}

/// A response to begin with, and its body as a tree where it is JSON.
struct Seed {
    case: Case,
    tree: Option<Json>,
}

static SEEDS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let owned = |(name, value): (&str, String)| (name.to_owned(), value.into_bytes());
    let recorded = fixtures().into_iter().map(|fixture| Case {
        provider: fixture.provider,
        status: fixture.status,
        headers: fixture.headers.iter().map(|(name, value)| owned((name, value.clone()))).collect(),
        body: fixture.body,
    });
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
        200, 201, 204, 207, 299, 301, 304, 400, 401, 402, 403, 404, 408, 409, 410, 412, 418, 422, 428, 429,
        451, 499, 500, 501, 502, 503, 504, 505, 520, 521, 523, 525, 526, 527, 528, 530, 599, 100, 199, 300,
        399, 600, 0,
    ];
    prop_oneof![5 => Just(200), 20 => select(told), 1 => any::<u16>()]
}

const HEADERS: &[&str] = &[
    "retry-after",
    "Retry-After",
    "date",
    "Date",
    "x-request-id",
    "X-Request-ID",
    "x-wix-request-id",
    "X-Wix-Request-Id",
];

const HEADER_VALUES: &[&[u8]] = &[
    b"",
    b" ",
    b"0",
    b"37",
    b" 30 ",
    b"007",
    b"-1",
    b"+5",
    b"1.5",
    b"soon",
    b"30, 30",
    b"18446744073709551615",
    b"18446744073709551616",
    b"Wed, 21 Oct 2026 07:28:00 GMT",
    b"Wed, 21 Oct 2026 07:29:00 GMT",
    b"Wed, 21 Oct 2026 07:28:10 GMT",
    b"Wednesday, 21-Oct-26 07:29:00 GMT",
    b"Wed Oct 21 07:30:00 2026",
    b"Sun, 06 Nov 1994 08:49:37 GMT",
    b"Mon, 21 Oct 2026 07:28:00 GMT",
    b"Sat, 31 Feb 2026 07:28:00 GMT",
    b"Wed, 21 Oct 2026 07:28:00 CET",
    b"req-1",
    b"a, a",
    b"a,b",
    b", x",
    b" padded ",
    b"\xff",
    b"\xc3\xa9",
    b"\xc2\xa0x",
];

/// A header that is put before or after the others.
fn headers() -> impl Strategy<Value = Vec<(bool, (String, Vec<u8>))>> {
    let header =
        (select(HEADERS), select(HEADER_VALUES)).prop_map(|(name, value)| (name.to_owned(), value.to_vec()));
    prop_oneof![2 => Just(Vec::new()), 1 => vec((any::<bool>(), header), 1..4)]
}

/// What is made of recorded responses and samples.
pub fn changed() -> impl Strategy<Value = Case> {
    let documents =
        SEEDS.iter().map(|seed| seed.case.body.clone()).filter(|body| body.len() < 2_000).collect();
    let seldom = |strategy| prop::option::weighted(0.1, strategy);
    (
        any::<Index>(),
        seldom(any::<Index>()),
        prop::option::of(statuses()),
        headers(),
        prop_oneof![3 => trees::changes(), 1 => Just(Vec::new())],
        trees::styles(),
        prop_oneof![1 => bytes::changes(documents), 1 => Just(Vec::new())],
    )
        .prop_map(|(seed, provider, status, headers, tree_changes, style, byte_changes)| {
            let seed = seed.get(&SEEDS);
            let mut case = seed.case.clone();
            if let Some(provider) = provider {
                case.provider = *provider.get(providers());
            }
            case.status = status.unwrap_or(case.status);
            for (is_first, header) in headers {
                case.headers.insert(if is_first { 0 } else { case.headers.len() }, header);
            }
            if let Some(mut tree) = seed.tree.clone().filter(|_| !tree_changes.is_empty()) {
                tree_changes.iter().for_each(|change| change.apply(&mut tree));
                case.body = style.write(&tree).into_bytes();
            }
            byte_changes.iter().for_each(|change| change.apply(&mut case.body));
            case
        })
}
