//! The meaning of an answer, and the rules of kind, effect and retry that hold for every provider.

use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use booking_errors::{Effect, Issue, Kind, Provider};
use serde_json::{Map, Value, json};

use crate::case::{Case, RECEIVED};

/// What the slow decoder makes of a response.
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
    pub remedy: String,
}

/// An item of a bulk answer that failed.
#[derive(Clone, Debug)]
pub struct Item {
    pub index: Option<u64>,
    pub id: Option<String>,
    pub error: Answer,
}

impl Answer {
    /// What a status says by itself.
    pub fn new(provider: &'static Provider, status: u16) -> Self {
        let kind = kind_of(status);
        Self {
            is_clean: (200..300).contains(&status),
            provider,
            status,
            code: None,
            kind,
            message: None,
            parameters: BTreeMap::new(),
            issues: Vec::new(),
            items: Vec::new(),
            request_id: None,
            effect: effect_of(status, kind, false, None),
            retry_after: None,
            remedy: kind.remedy().to_owned(),
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
        json.insert("remedy".into(), self.remedy.clone().into());
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

/// The column "by status" of the table of kinds.
pub fn kind_of(status: u16) -> Kind {
    match status {
        401 => Kind::Unauthenticated,
        403 | 451 => Kind::PermissionDenied,
        404 | 410 => Kind::NotFound,
        409 | 412 => Kind::Conflict,
        428 => Kind::InvalidState,
        402 => Kind::PaymentRequired,
        429 => Kind::RateLimited,
        408 | 499 | 502 | 503 | 504 | 530 => Kind::Unavailable,
        _ if (520..=527).contains(&status) => Kind::Unavailable,
        _ if (400..=499).contains(&status) => Kind::InvalidRequest, // "400, 422, other 4xx"
        _ if (500..=599).contains(&status) => Kind::ProviderFault,  // "500, other 5xx"
        _ => Kind::Unknown,
    }
}

/// "The first line that fits", from the second on; `is_rejected`: a known code, item or message rejects.
pub fn effect_of(status: u16, kind: Kind, is_rejected: bool, retry_after: Option<u64>) -> Effect {
    if is_rejected && kind != Kind::ProviderFault && kind != Kind::Unavailable {
        return Effect::NotApplied;
    }
    if [501, 521, 523, 525, 526, 530].contains(&status) {
        return Effect::NotApplied; // "never reached the handler"
    }
    if status == 408 || status == 499 {
        return Effect::Unknown;
    }
    if (400..=499).contains(&status) || status == 503 && retry_after.is_some() {
        return Effect::NotApplied;
    }
    Effect::Unknown // "anything else: it may have been carried out"
}

/// "`safe`: not_applied, and rate_limited or unavailable; `check_first`: effect unknown; `never`: all else"
fn retry_of(kind: Kind, effect: Effect) -> &'static str {
    match effect {
        Effect::NotApplied if kind == Kind::RateLimited || kind == Kind::Unavailable => "safe",
        Effect::Unknown => "check_first",
        _ => "never",
    }
}

/// "of a repeated header the first", "header names in any case"
pub fn header(headers: &[(String, Vec<u8>)], name: &str) -> Option<String> {
    let (_, value) = headers.iter().find(|(key, _)| key.to_ascii_lowercase() == name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// "before the first comma; blank is none"
pub fn first_of_list(list: Option<String>) -> Option<String> {
    let first = list?.split(',').next()?.trim().to_owned();
    (!first.is_empty()).then_some(first)
}

/// "the provider's header or member, else `x-request-id`"
pub fn request_id(case: &Case, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| first_of_list(header(&case.headers, name)))
}

/// "seconds or HTTP-date, measured from the response's `Date`, else from `received_at` (a past date is 0);
/// anything else is none", "an impossible date or a number beyond u64 is no Retry-After"
pub fn retry_after(value: Option<String>, date: Option<String>) -> Option<u64> {
    let value = value?.trim().to_owned();
    if !value.is_empty() && value.chars().all(|digit| digit.is_ascii_digit()) {
        return value.parse().ok();
    }
    let until = httpdate::parse_http_date(&value).ok()?;
    let date = date.and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    let now = date.unwrap_or(UNIX_EPOCH + RECEIVED);
    Some(until.duration_since(now).map_or(0, |delay| delay.as_secs() + u64::from(delay.subsec_nanos() > 0)))
}
