//! "When to call again", and the request ids.

use std::time::UNIX_EPOCH;

use crate::case::RECEIVED;

/// The headers of an answer: those inside a body before those of the response, of each the first.
pub type Headers<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// "Of a repeated header the first", "header names in any case".
pub fn header(headers: &[(String, Vec<u8>)], name: &str) -> Option<String> {
    let (_, value) = headers.iter().find(|(key, _)| key.to_ascii_lowercase() == name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// "Seconds or HTTP-date, measured from the response's `Date`, else from `received_at` (a past date is 0);
/// anything else is none", "an impossible date or a number beyond u64 is no Retry-After".
pub fn retry_after(value: Option<String>, date: Option<String>) -> Option<u64> {
    let value = value?.trim().to_owned();
    if !value.is_empty() && value.chars().all(|digit| digit.is_ascii_digit()) {
        return value.parse().ok();
    }
    let until = httpdate::parse_http_date(&value).ok()?;
    let until = until.duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
    Some(seconds_until(until, date))
}

/// "Whole seconds, rounded up."
fn seconds_until(unix_seconds: f64, date: Option<String>) -> u64 {
    let date = date.and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    let now = date.and_then(|date| date.duration_since(UNIX_EPOCH).ok()).unwrap_or(RECEIVED);
    (unix_seconds - now.as_secs_f64()).max(0.0).ceil() as u64
}

/// The headers that carry a reset, each with the one that says how much is left.
const RESETS: [(&str, &str); 5] = [
    ("ratelimit", ""),
    ("ratelimit-reset", "ratelimit-remaining"),
    ("x-ratelimit-reset", "x-ratelimit-remaining"),
    ("x-rate-limit-reset", "x-rate-limit-remaining"),
    ("x-ratelimit-reset-after", "x-ratelimit-remaining"),
];

/// "The reset of a rate limit header, if the limit is used up or does not say how much is left; of several
/// headers the first that is used up or silent counts, also where it gives none." The outer none: no header
/// counts.
pub fn reset(headers: &Headers<'_>, date: Option<String>) -> Option<Option<u64>> {
    for (name, left) in RESETS {
        let Some(value) = headers(name) else { continue };
        let limits = if name == "ratelimit" {
            policies(&value)
        } else {
            vec![Limit { left: headers(left), reset: Some(value) }]
        };
        for limit in limits {
            if limit.is_used_up_or_silent() {
                return Some(limit.reset.and_then(|reset| delay(&reset, date)));
            }
        }
    }
    None
}

#[derive(Default)]
struct Limit {
    left: Option<String>,
    reset: Option<String>,
}

impl Limit {
    fn is_used_up_or_silent(&self) -> bool {
        // what is no number, such as `+5`, says nothing
        let is_number = |left: &&str| left.starts_with(|first: char| first.is_ascii_digit() || first == '-');
        let left = self.left.as_deref().map(str::trim).filter(is_number);
        let left = left.and_then(|left| left.parse::<f64>().ok());
        left.is_none_or(|left| left.is_nan() || left <= 0.0)
    }
}

/// `"default";r=0;t=34`, a list of such, or `limit=10, remaining=0, reset=34`.
fn policies(value: &str) -> Vec<Limit> {
    let mut found: Vec<Limit> = Vec::new();
    for item in value.split(',') {
        for (at, parameter) in item.split(';').enumerate() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_owned());
            // a policy begins with its name; what is no name belongs to the policy before it
            let is_name = at == 0 && !parameter.contains('=');
            if found.is_empty() || is_name {
                found.push(Limit::default());
            }
            let Some(limit) = found.last_mut() else { continue };
            match &*name {
                "r" | "remaining" => limit.left = Some(value),
                "t" | "reset" => limit.reset = Some(value),
                _ => {}
            }
        }
    }
    found
}

/// "A number below 1e9 is seconds from now, from 1e9 on Unix seconds, from 1e12 on Unix milliseconds, from 1e15
/// on or more than a day away none." One that is past is 0, as with `Retry-After`.
fn delay(reset: &str, date: Option<String>) -> Option<u64> {
    let reset = reset.trim();
    let is_number = reset.starts_with(|first: char| first.is_ascii_digit())
        && reset.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
    let number: f64 = reset.parse().ok().filter(|_| is_number)?;
    let delay = match number {
        seconds if seconds < 1e9 => seconds.ceil() as u64,
        unix if unix < 1e12 => seconds_until(unix, date),
        milliseconds if milliseconds < 1e15 => seconds_until(milliseconds / 1_000.0, date),
        _ => return None,
    };
    (delay <= 86_400).then_some(delay)
}

/// "Before the first comma; blank is none."
pub fn first_of_list(list: Option<String>) -> Option<String> {
    let first = list?.split(',').next()?.trim().to_owned();
    (!first.is_empty()).then_some(first)
}

/// "The provider's header or member, else `x-request-id`, `x-correlation-id`, `cf-ray`, `x-amz-cf-id`."
pub fn request_id(headers: &Headers<'_>, own: &[&str]) -> Option<String> {
    let names = own.iter().chain(&["x-request-id", "x-correlation-id", "cf-ray", "x-amz-cf-id"]);
    names.into_iter().find_map(|name| first_of_list(headers(name)))
}
