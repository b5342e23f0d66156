//! The meaning of an answer, and "Envelope as JSON".

use std::collections::BTreeMap;

use booking_errors::{Effect, Issue, Kind, Provider};
use serde_json::{Map, Value, json};

/// What the slow decoder makes of a response. It has no remedy: those are the crates' own words.
#[derive(Clone, Debug)]
pub struct Answer {
    pub is_clean: bool,
    pub provider: &'static Provider,
    pub status: u16,
    pub code: Option<String>,
    pub kind: Kind,
    pub message: Option<String>,
    pub parameters: BTreeMap<String, String>,
    pub issues: Vec<Issue>,
    pub items: Vec<Item>,
    pub request_id: Option<String>,
    pub effect: Effect,
    pub retry_after: Option<u64>,
}

/// An item of a bulk answer that failed.
#[derive(Clone, Debug)]
pub struct Item {
    pub index: Option<u64>,
    pub id: Option<String>,
    pub error: Answer,
}

impl Answer {
    /// An error of which nothing is known yet.
    pub fn new(provider: &'static Provider, status: u16) -> Self {
        Self {
            is_clean: false,
            provider,
            status,
            code: None,
            kind: Kind::Unknown,
            message: None,
            parameters: BTreeMap::new(),
            issues: Vec::new(),
            items: Vec::new(),
            request_id: None,
            effect: Effect::Unknown,
            retry_after: None,
        }
    }

    /// "Members without a value are left out (`parameters` and `issues` too when empty)."
    pub fn json(&self) -> Value {
        let mut json = Map::new();
        json.insert("provider".into(), self.provider.name().into());
        json.insert("status".into(), self.status.into());
        json.insert("kind".into(), self.kind.as_str().into());
        json.insert("effect".into(), self.effect.as_str().into());
        json.insert("retry".into(), retry_of(self.kind, self.effect).into());
        let texts = [("code", &self.code), ("message", &self.message), ("request_id", &self.request_id)];
        for (name, text) in texts {
            json.extend(text.iter().map(|text| (name.to_owned(), text.clone().into())));
        }
        json.extend(self.retry_after.map(|delay| ("retry_after".to_owned(), delay.into())));
        // "the first 1,000 issues are kept"
        let issues = self.issues.iter().take(1_000).map(|issue| json!(issue)).collect();
        let items = self.items.iter().take(1_000).map(Item::json).collect();
        for (name, list) in [("issues", Value::Array(issues)), ("items", Value::Array(items))] {
            if list != json!([]) {
                json.insert(name.into(), list);
            }
        }
        if !self.parameters.is_empty() {
            json.insert("parameters".into(), json!(self.parameters));
        }
        json.into()
    }
}

impl Item {
    fn json(&self) -> Value {
        let mut json = Map::new();
        json.extend(self.index.map(|index| ("index".to_owned(), index.into())));
        json.extend(self.id.iter().map(|id| ("id".to_owned(), id.clone().into())));
        json.insert("error".into(), self.error.json());
        json.into()
    }
}

/// "An entry without field, code and message is no issue"; "blank code or message is none", "a blank field is
/// none".
pub fn issue(field: Option<String>, code: Option<String>, message: Option<String>) -> Option<Issue> {
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let mut issue = Issue::new();
    issue.field = filled(field);
    issue.code = filled(code).map(Into::into);
    issue.message = filled(message);
    (issue != Issue::new()).then_some(issue)
}

/// "Retry": "`safe`: not_applied, and rate_limited or unavailable; `check_first`: effect unknown; `never`: all
/// else".
fn retry_of(kind: Kind, effect: Effect) -> &'static str {
    match effect {
        Effect::NotApplied if kind == Kind::RateLimited || kind == Kind::Unavailable => "safe",
        Effect::Unknown => "check_first",
        _ => "never",
    }
}
