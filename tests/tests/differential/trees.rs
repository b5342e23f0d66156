//! Changes to the JSON of a body: members renamed, doubled, dropped, and values put where another type is
//! expected.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::cases::vocabulary;
use crate::slow::Json;

/// A change to one place of a tree; which place is picked among those that it can be made at.
#[derive(Clone, Debug)]
pub enum Change {
    Replace(Index, Json),
    Rename(Index, String),
    /// With another value, or with the same.
    Double(Index, Index, Option<Json>),
    Insert(Index, Index, String, Json),
    Drop(Index),
    Move(Index, Index),
    /// Into this many lists, or objects with a member of this name.
    Wrap(Index, Option<String>, usize),
    /// Puts an item of a list there this many times.
    Repeat(Index, usize),
    /// Takes the place of the whole.
    Unwrap(Index),
    /// Copies a value from one place to another.
    Copy(Index, Index),
}

const NUMBERS: &[&str] = &["0", "1", "2", "-1", "200", "404", "422", "500"];

/// Texts that are no values of `Json`, written as they stand.
const RAW: &[&str] = &[
    "1e400",
    "1.5",
    "-0",
    "0.0",
    "404.0",
    "1E2",
    "123456789012345678901234567890",
    "-99999999999999999999",
    "18446744073709551616",
    r#""\ud83d""#,
    r#""a\udc00\ud83d\ude00b""#,
    r#""\u0000\u001f\u2028""#,
    r#""NOT\u005fFOUND""#,
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{a0}",
    "\u{feff}",
    "x",
    " padded ",
    "a\nb",
    "12",
    "-100",
    "404",
    "422",
    "200",
    "1.5",
    "+5",
    "A_B",
    "A__B",
    "a_b",
    "Zoë 🏖",
    "<b>bold</b> &amp;",
    "a, b",
    "0",
    "1",
    "x.required",
    ".min",
    "a.b",
    "true",
    "validation",
    "declined",
];

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<Index>;
    let wrapping = prop_oneof![4 => 1..3_usize, 1 => 25..45_usize, 1 => Just(200)];
    let repeating = prop_oneof![20 => 1..4_usize, 1 => Just(1_001)];
    let change = prop_oneof![
        6 => (at(), value()).prop_map(|(at, value)| Change::Replace(at, value)),
        3 => (at(), name()).prop_map(|(at, name)| Change::Rename(at, name)),
        3 => (at(), at(), option::of(value())).prop_map(|(at, to, value)| Change::Double(at, to, value)),
        3 => (at(), at(), name(), value()).prop_map(|(at, to, name, new)| Change::Insert(at, to, name, new)),
        2 => at().prop_map(Change::Drop),
        1 => (at(), at()).prop_map(|(at, to)| Change::Move(at, to)),
        2 => (at(), option::of(name()), wrapping).prop_map(|(at, name, times)| Change::Wrap(at, name, times)),
        1 => (at(), repeating).prop_map(|(at, times)| Change::Repeat(at, times)),
        1 => at().prop_map(Change::Unwrap),
        2 => (at(), at()).prop_map(|(from, to)| Change::Copy(from, to)),
    ];
    vec(change, 0..5)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![8 => select(vocabulary().names.clone()), 1 => select(TEXTS).prop_map(str::to_owned)]
}

/// Any value, with the providers' own names, texts and parts among them.
fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        1 => Just(Json::Null),
        1 => any::<bool>().prop_map(Json::Bool),
        1 => select(NUMBERS).prop_map(|number| Json::Number(number.to_owned())),
        2 => select(RAW).prop_map(|raw| Json::Number(raw.to_owned())),
        2 => select(TEXTS).prop_map(|text| Json::Text(text.to_owned())),
        4 => select(vocabulary().texts.clone()).prop_map(Json::Text),
        4 => select(vocabulary().parts.clone()),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Json::List),
            vec((name(), inner), 0..3).prop_map(Json::Object),
        ]
    })
}

impl Change {
    pub fn apply(&self, root: &mut Json) {
        match self {
            Self::Replace(at, value) => *place(root, at) = value.clone(),
            Self::Rename(at, name) => {
                if let Some((Json::Object(members), at)) = entry(root, at) {
                    members[at].0.clone_from(name);
                }
            }
            Self::Double(at, to, other) => match entry(root, at) {
                Some((Json::Object(members), at)) => {
                    let (name, value) = members[at].clone();
                    members.insert(to.index(members.len() + 1), (name, other.clone().unwrap_or(value)));
                }
                Some((Json::List(items), at)) => items.insert(to.index(items.len() + 1), items[at].clone()),
                _ => {}
            },
            Self::Insert(at, to, name, value) => match container(root, at) {
                Some(Json::Object(members)) => {
                    members.insert(to.index(members.len() + 1), (name.clone(), value.clone()));
                }
                Some(Json::List(items)) => items.insert(to.index(items.len() + 1), value.clone()),
                _ => {}
            },
            Self::Drop(at) => match entry(root, at) {
                Some((Json::Object(members), at)) => drop(members.remove(at)),
                Some((Json::List(items), at)) => drop(items.remove(at)),
                _ => {}
            },
            Self::Move(at, to) => match entry(root, at) {
                Some((Json::Object(members), at)) => {
                    let member = members.remove(at);
                    members.insert(to.index(members.len() + 1), member);
                }
                Some((Json::List(items), at)) => {
                    let item = items.remove(at);
                    items.insert(to.index(items.len() + 1), item);
                }
                _ => {}
            },
            Self::Wrap(at, name, times) => {
                let place = place(root, at);
                for _ in 0..*times {
                    let inner = std::mem::replace(place, Json::Null);
                    *place = match name {
                        Some(name) => Json::Object(vec![(name.clone(), inner)]),
                        None => Json::List(vec![inner]),
                    };
                }
            }
            Self::Repeat(at, times) => {
                if let Some((Json::List(items), at)) = entry(root, at) {
                    let item = items[at].clone();
                    items.splice(at..at, vec![item; *times]);
                }
            }
            Self::Unwrap(at) => *root = place(root, at).clone(),
            Self::Copy(from, to) => {
                let value = place(root, from).clone();
                *place(root, to) = value;
            }
        }
    }
}

fn children(value: &mut Json) -> Vec<&mut Json> {
    match value {
        Json::List(items) => items.iter_mut().collect(),
        Json::Object(members) => members.iter_mut().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    }
}

/// Every value of a tree that fits, the outer before the inner.
fn all<'a>(root: &'a Json, fits: &impl Fn(&Json) -> bool) -> Vec<&'a Json> {
    let mut found: Vec<&Json> = fits(root).then_some(root).into_iter().collect();
    let inner = root.items().iter().chain(root.members().iter().map(|(_, value)| value));
    found.extend(inner.flat_map(|value| all(value, fits)));
    found
}

/// The value with this number among those that fit.
fn nth<'a>(value: &'a mut Json, fits: &impl Fn(&Json) -> bool, left: &mut usize) -> Option<&'a mut Json> {
    if fits(value) {
        if *left == 0 {
            return Some(value);
        }
        *left -= 1;
    }
    children(value).into_iter().find_map(|child| nth(child, fits, left))
}

pub fn pick<'a>(root: &'a mut Json, at: &Index, fits: impl Fn(&Json) -> bool) -> Option<&'a mut Json> {
    let count = all(root, &fits).len();
    if count == 0 { None } else { nth(root, &fits, &mut at.index(count)) }
}

fn place<'a>(root: &'a mut Json, at: &Index) -> &'a mut Json {
    pick(root, at, |_| true).expect("the root is a place")
}

pub fn container<'a>(root: &'a mut Json, at: &Index) -> Option<&'a mut Json> {
    pick(root, at, |value| value.is_list() || value.is_object())
}

/// A list or object that is not empty, and a place in it.
fn entry<'a>(root: &'a mut Json, at: &Index) -> Option<(&'a mut Json, usize)> {
    let size = |value: &Json| value.items().len() + value.members().len();
    let found = pick(root, at, |value| size(value) > 0)?;
    let size = size(found);
    Some((found, at.index(size)))
}

/// How a tree is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The text between tokens.
    pub blank: &'static str,
    /// Whether every character of a text is an escape.
    pub is_escaped: bool,
}

pub fn styles() -> impl Strategy<Value = Style> {
    let blanks = prop_oneof![4 => Just(""), 1 => Just(" "), 1 => Just("\r\n\t")];
    (blanks, prop::bool::weighted(0.1)).prop_map(|(blank, is_escaped)| Style { blank, is_escaped })
}

impl Style {
    pub fn write(self, value: &Json) -> String {
        let list = |parts: Vec<String>| parts.join(&format!("{},", self.blank));
        match value {
            Json::Null | Json::Begun | Json::Broken(_) => "null".to_owned(),
            Json::Bool(value) => value.to_string(),
            Json::Number(raw) => raw.clone(),
            Json::Text(text) => self.text(text),
            Json::List(items) => format!("[{}]", list(items.iter().map(|item| self.write(item)).collect())),
            Json::Object(members) => {
                let member = |(name, value): &(String, Json)| {
                    format!("{}{}:{}{}", self.blank, self.text(name), self.blank, self.write(value))
                };
                format!("{{{}}}", list(members.iter().map(member).collect()))
            }
        }
    }

    fn text(self, text: &str) -> String {
        if self.is_escaped {
            return format!(
                "\"{}\"",
                text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
            );
        }
        serde_json::to_string(text).expect("a text is JSON")
    }
}
