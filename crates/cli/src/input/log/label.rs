//! What the text of a log line around a response says about it: only what has a label counts.

use booking_errors::{Provider, provider, providers};

use super::super::{Exchange, sender};

/// Words that name a response or its body.
const RESPONSES: [&str; 6] = ["body", "response", "resp", "error", "answer", "data"];

/// Words that name what was sent.
const REQUESTS: [&str; 5] = ["request", "req", "requestbody", "request_body", "sent"];

/// Words that name a status, or end in its name.
const STATUSES: [&str; 4] = ["status", "status_code", "statuscode", "httpstatus"];

/// Words before the status in `HTTP 428`.
const PROTOCOLS: [&str; 4] = ["http", "http/1.1", "http/2", "http/3"];

/// The methods of calls.
pub const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/// Returns whether the text ends in a label such as `body=`.
pub fn names_response(before: &[u8]) -> bool {
    let label = label_at_end(before);
    RESPONSES.iter().any(|word| label.ends_with(word)) && !names_request(before)
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
pub struct Labels {
    statuses: Vec<u16>,
    methods: Vec<String>,
    /// Whether a method has a label of its own, rather than that it stands before a path.
    is_method_labelled: bool,
    url: Option<String>,
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
        let mut labels = Self {
            statuses: Vec::new(),
            methods: Vec::new(),
            is_method_labelled: false,
            url: None,
            provider: None,
        };
        for (index, word) in words.iter().enumerate() {
            let next = |distance: usize| words.get(index + distance).copied().unwrap_or_default();
            labels.read(word, next(1), next(2));
        }
        labels.statuses.sort_unstable();
        labels.statuses.dedup();
        labels.methods.dedup();
        labels
    }

    fn read(&mut self, word: &str, next: &str, after_next: &str) {
        let lower = word.to_ascii_lowercase();
        let label = lower.rsplit('.').next().unwrap_or_default();
        if STATUSES.iter().any(|name| lower.ends_with(name)) || PROTOCOLS.contains(&&*lower) {
            // `status code 428`, `HTTP status 428`
            let value = if next.eq_ignore_ascii_case("code") { after_next } else { next };
            self.statuses.extend(status(value));
        } else if matches!(label, "method" | "http_method" | "httpmethod")
            && METHODS.contains(&&*next.to_ascii_uppercase())
        {
            self.methods.push(next.to_ascii_uppercase());
            self.is_method_labelled = true;
        } else if METHODS.contains(&word) && (next.starts_with('/') || next.starts_with("http")) {
            self.methods.push(word.to_owned());
            self.url.get_or_insert_with(|| next.to_owned());
        } else if word.starts_with("http://") || word.starts_with("https://") {
            if self.url.as_ref().is_none_or(|url| url.starts_with('/')) {
                self.url = Some(word.to_owned());
            }
        } else if label == "provider" {
            self.provider = provider(next).map(|found| (found, "its label"));
        } else if let Some(named) = providers().iter().find(|provider| lower == provider.name()) {
            self.provider.get_or_insert((named, "its name in the line"));
        }
    }

    /// Adds what the line says, where the response does not say so itself.
    pub fn complete(self, mut exchange: Exchange) -> Exchange {
        match self.statuses[..] {
            _ if exchange.status.is_some() => {}
            [status] => {
                exchange.status = Some(status);
                exchange.told.push(format!("status {status} from its label"));
            }
            [] => {}
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
            let is_sure = by_url.is_some() || (self.is_method_labelled && exchange.provider.is_some());
            exchange.take_method(method, "the line", is_sure);
        }
        exchange
    }
}

/// Reads a status of HTTP.
fn status(text: &str) -> Option<u16> {
    let status = text.get(..3)?.parse().ok().filter(|status| (100..=599).contains(status))?;
    let goes_on = text.get(3..)?.starts_with(|c: char| c.is_alphanumeric() || c == '.');
    (!goes_on).then_some(status)
}
