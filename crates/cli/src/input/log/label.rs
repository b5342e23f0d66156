//! What the text of a log line around a response says about it: only what has a label counts.

use booking_errors::{Provider, provider, providers};

use super::super::{Exchange, sender};

/// Words that name a response or its body.
const RESPONSES: [&str; 6] = ["body", "response", "resp", "error", "answer", "data"];

/// Words that name what was sent.
const REQUESTS: [&str; 5] = ["request", "req", "requestbody", "request_body", "sent"];

/// Words that end the name of a status.
const STATUSES: [&str; 2] = ["status", "statuscode"];

/// What may stand before such a word, if it is that of a response.
const OWNERS: [&str; 10] =
    ["http", "response", "resp", "res", "upstream", "provider", "api", "remote", "error", "err"];

/// Words before the status in `HTTP 428`.
const PROTOCOLS: [&str; 4] = ["http", "http/1.1", "http/2", "http/3"];

/// The methods of calls.
pub const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// Returns whether the text ends in a label such as `body=`.
pub fn names_response(before: &[u8]) -> bool {
    let label = label_at_end(before);
    let is_named = RESPONSES.iter().any(|word| label.ends_with(word)) || ends_in_status(before, &label);
    is_named && !names_request(before)
}

/// Returns whether a text ends in a status with its label, such as `HTTP 504: `, of which this is the last word.
fn ends_in_status(text: &[u8], status: &str) -> bool {
    if self::status(status).is_none() {
        return false;
    }
    let end = memchr::memmem::rfind(text, status.as_bytes());
    let before = end.and_then(|end| text.get(..end)).unwrap_or_default();
    names_status(&label_at_end(before)) == Some(true)
}

/// Returns whether the text ends in a label such as `request=`.
pub fn names_request(before: &[u8]) -> bool {
    REQUESTS.contains(&&*label_at_end(before))
}

/// Returns the word before a value.
fn label_at_end(before: &[u8]) -> String {
    let is_mark = |c: char| matches!(c, '=' | ':' | ' ' | '"' | '\'' | '`' | '(' | '[' | '\\');
    let text = String::from_utf8_lossy(before.get(before.len().saturating_sub(64)..).unwrap_or_default());
    let text = text.trim_end_matches(is_mark).to_ascii_lowercase();
    text.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The labelled facts of a line.
#[derive(Default)]
pub struct Labels {
    statuses: Vec<u16>,
    /// Whether a label says that a status is that of a response.
    is_status_sure: bool,
    methods: Vec<String>,
    /// Whether a method has a label of its own, rather than that it stands before a path.
    is_method_labelled: bool,
    /// Whether a method stands at the URL.
    is_method_at_url: bool,
    url: Option<String>,
    /// Whether the line names a path alone, as of a call that the service itself serves.
    has_path: bool,
    provider: Option<(&'static Provider, &'static str)>,
}

impl Labels {
    /// Reads the text before and after a response.
    pub fn of(before: &[u8], after: &[u8]) -> Self {
        let text = format!("{} {}", String::from_utf8_lossy(before), String::from_utf8_lossy(after));
        let is_mark = |c: char| {
            matches!(
                c,
                '=' | ' ' | '"' | '\'' | '`' | ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '\t' | '>'
            )
        };
        let words: Vec<_> = text
            .split(is_mark)
            .map(|word| word.trim_end_matches(':'))
            .filter(|word| !word.is_empty())
            .collect();
        // `status:428`
        let words: Vec<_> = words
            .into_iter()
            .flat_map(|word| match word.split_once(':') {
                Some((label, value)) if !value.starts_with("//") => vec![label, value],
                _ => vec![word],
            })
            .collect();
        let mut labels = Self::default();
        for index in 0..words.len() {
            let (before, rest) = words.split_at_checked(index).unwrap_or_default();
            labels.read(before, rest);
        }
        labels.statuses.sort_unstable();
        labels.statuses.dedup();
        labels.methods.dedup();
        labels
    }

    /// Reads the first word of the rest.
    fn read(&mut self, before: &[&str], rest: &[&str]) {
        let word_at = |index| rest.get(index).copied().unwrap_or_default();
        let (word, next) = (word_at(0), word_at(1));
        let lower = word.to_ascii_lowercase();
        let label = lower.rsplit('.').next().unwrap_or_default();
        if let Some(is_of_response) = names_status(&lower) {
            // `status code 428`, `HTTP status 428`
            let status = status(if next.eq_ignore_ascii_case("code") { word_at(2) } else { next });
            self.statuses.extend(status);
            self.is_status_sure |= is_of_response && status.is_some();
        } else if matches!(label, "method" | "http_method" | "httpmethod")
            && METHODS.contains(&&*next.to_ascii_uppercase())
        {
            self.methods.push(next.to_ascii_uppercase());
            self.is_method_labelled = true;
        } else if METHODS.contains(&word) && (next.starts_with('/') || next.starts_with("http")) {
            self.methods.push(word.to_owned());
        } else if word.starts_with('/') || word.starts_with("http://") || word.starts_with("https://") {
            self.read_url(before, word);
        } else if label == "provider" {
            self.provider = provider(next).map(|found| (found, "its label"));
        } else if let Some(named) = providers().iter().find(|provider| lower == provider.name()) {
            self.provider.get_or_insert((named, "its name in the line"));
        }
    }

    /// Reads a URL or a path. A URL counts more.
    fn read_url(&mut self, before: &[&str], url: &str) {
        let is_path = url.starts_with('/');
        self.has_path |= is_path && sender::of(url, b"").is_none();
        if self.url.as_ref().is_some_and(|known| is_path || !known.starts_with('/')) {
            return;
        }
        self.url = Some(url.to_owned());
        // `GET https://..`, `method=GET url=https://..`
        let mut near = before.iter().rev().take(2);
        self.is_method_at_url = near.any(|word| METHODS.contains(&&*word.to_ascii_uppercase()));
    }

    /// Adds what the line says, where the response does not say so itself.
    pub fn complete(self, mut exchange: Exchange) -> Exchange {
        match self.statuses[..] {
            _ if exchange.status.is_some() => {}
            [status] if self.is_status_sure => {
                exchange.status = Some(status);
                exchange.told.push(format!("status {status} from its label"));
            }
            [] => {}
            [status] => exchange.notes.push(format!(
                "the line names the status {status}, but nothing shows that it is that of the response"
            )),
            [..] => {
                let all: Vec<_> = self.statuses.iter().map(u16::to_string).collect();
                exchange
                    .notes
                    .push(format!("the line names several statuses ({}), so none counts", all.join(", ")));
            }
        }
        if exchange.url.is_none() {
            exchange.url = self.url;
        }
        let by_url = exchange.url.as_deref().and_then(|url| sender::of(url, b""));
        exchange.provider = exchange.provider.or(by_url);
        if let Some((provider, how)) = self.provider.filter(|_| exchange.provider.is_none()) {
            exchange.provider = Some(provider);
            exchange.told.push(format!("provider {} from {how}", provider.name()));
        }
        if let [method] = &self.methods[..] {
            let is_of_url = by_url.is_some() && self.is_method_at_url;
            let is_of_provider = self.is_method_labelled && exchange.provider.is_some() && !self.has_path;
            exchange.take_method(method, "the line", is_of_url || is_of_provider);
        }
        exchange
    }
}

/// Returns whether a label names a status, and if so whether that is one of a response: `job_status` may be anything.
fn names_status(label: &str) -> Option<bool> {
    if PROTOCOLS.contains(&label) {
        return Some(true);
    }
    let label: String = label.chars().filter(char::is_ascii_alphabetic).collect();
    let owner = STATUSES.iter().find_map(|name| label.strip_suffix(name))?;
    let is_provider = providers().iter().any(|provider| owner.ends_with(provider.name()));
    Some(owner.is_empty() || is_provider || OWNERS.iter().any(|known| owner.ends_with(known)))
}

/// Reads a status of HTTP.
fn status(text: &str) -> Option<u16> {
    let status = text.get(..3)?.parse().ok().filter(|status| (100..=599).contains(status))?;
    let goes_on = text.get(3..)?.starts_with(|c: char| c.is_alphanumeric() || c == '.');
    (!goes_on).then_some(status)
}
