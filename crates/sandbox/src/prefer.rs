//! The header `Prefer: code=NAME`, by which a call asks for an answer. It is Prism's convention, on RFC 7240.

use hyper::header::HeaderMap;

use crate::act::{Act, UnknownAct};

/// Returns what the call asks for; `None` if it asks for nothing.
pub(crate) fn act(headers: &HeaderMap) -> Option<Result<Act, UnknownAct>> {
    let values = headers.get_all("prefer");
    let mut values = values.iter().filter_map(|value| str::from_utf8(value.as_bytes()).ok());
    values.find_map(code).map(parse)
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
