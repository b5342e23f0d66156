//! How a call itself asks for an act: by a header, or by a text in its body.

use booking_errors::Provider;
use hyper::header::HeaderMap;
use serde_json::Value;

use crate::act::{Act, UnknownAct};

/// Returns what the header `Prefer: code=NAME` asks for; `None` if there is none. It is Prism's convention, on RFC 7240.
pub(crate) fn by_header(headers: &HeaderMap) -> Option<Result<Act, UnknownAct>> {
    let values = headers.get_all("prefer");
    let mut values = values.iter().filter_map(|value| str::from_utf8(value.as_bytes()).ok());
    values.find_map(code).map(parse)
}

/// Returns what a text in the body asks for. A guest's "close" or room "429" asks for nothing: a fault must be named in two
/// words or more.
pub(crate) fn by_body(provider: &Provider, body: &Value) -> Option<Act> {
    match body {
        Value::String(name) => name.parse().ok().filter(|act: &Act| match act {
            Act::Ok => false,
            Act::Answer(_) => act.is_known_to(provider),
            Act::Fault(_) => name.contains(' '),
        }),
        Value::Array(items) => items.iter().find_map(|item| by_body(provider, item)),
        Value::Object(members) => members.values().find_map(|value| by_body(provider, value)),
        _ => None,
    }
}

/// Returns what stands behind `code=`.
fn code(value: &str) -> Option<&str> {
    let starts = value.match_indices("code=").map(|(at, _)| value.split_at(at));
    starts
        .filter(|(before, _)| before.is_empty() || before.ends_with([',', ';', ' ']))
        .find_map(|(_, rest)| rest.strip_prefix("code="))
}

/// A name may hold commas and semicolons, and stand in quotes or not. So all that follows is tried first.
fn parse(rest: &str) -> Result<Act, UnknownAct> {
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(name, _)| name);
    if let Some(name) = quoted {
        return name.parse();
    }
    let first = rest.split([',', ';']).next().unwrap_or_default();
    rest.parse().or_else(|_| first.parse())
}
