//! Responses in the JSON of a log line.

use base64::Engine as _;
use booking_errors::decode::json::{Arena, Shape};
use booking_errors::provider;

use super::super::head::status_of;
use super::super::tree::{Members, Node};
use super::super::{BASE64, Exchange, is_read, sender};
use super::{first, is_recognized, label, of_head};

/// How deep a response may be nested.
const DEEPEST: usize = 8;

/// Members that hold a body, and nothing else.
const BODIES: [&str; 8] = [
    "body",
    "response_body",
    "responseBody",
    "response.body",
    "http.response.body",
    "http.response.body.content",
    "raw_body",
    "rawBody",
];

/// Members that may hold a body, if that is JSON.
const MAYBE_BODIES: [&str; 5] = ["response", "data", "payload", "content", "error"];

const STATUSES: [&str; 9] = [
    "status",
    "status_code",
    "statusCode",
    "http_status",
    "httpStatus",
    "http.status_code",
    "http.response.status_code",
    "response.status",
    "response_status",
];

const METHODS: [&str; 6] =
    ["method", "http_method", "httpMethod", "http.method", "http.request.method", "request.method"];

/// Members that name the place of a call that the service itself serves.
const PATHS: [&str; 4] = ["path", "route", "http.route", "url.path"];

/// Members in which collectors of logs keep a line of a program.
const LINES: [&str; 7] = ["message", "msg", "log", "line", "MESSAGE", "@message", "textPayload"];

/// Members that only the record of a log has.
const RECORDS: [&str; 11] = [
    "time",
    "timestamp",
    "@timestamp",
    "ts",
    "level",
    "levelname",
    "severity",
    "stream",
    "service",
    "PRIORITY",
    "__REALTIME_TIMESTAMP",
];

/// Objects beside a response that describe its call, as axios has them.
const REQUESTS: [&str; 2] = ["request", "config"];

/// Returns whether an object is not a body itself but holds a response. FluentBooking sends objects with a status and a body
/// too, but never with the body as text.
pub fn is_about_response(node: Node<'_>) -> bool {
    if !is_recognized(node.raw) {
        return response_in(node).is_some();
    }
    let members = node.members();
    let body = members.get_any(&["body_b64", "body"]);
    let has_text = body.is_some_and(|(_, body)| body.shape() == Shape::Text);
    is_logged(&members) && (has_text || members.get("provider").is_some())
}

/// Returns the response that an object is or holds.
pub fn response_in(node: Node<'_>) -> Option<Exchange> {
    within(node, DEEPEST)
}

/// Returns the response that a text is: JSON, or a head with a body. Any other text is a body only if its label says so.
pub fn response_in_text(text: &str, is_body: bool) -> Option<Exchange> {
    let start = text.trim_start();
    if status_of(start.as_bytes().split(|&byte| byte == b'\n').next()?).is_some() {
        return of_head(start.as_bytes());
    }
    let of_body = || Exchange { body: text.as_bytes().to_vec(), ..Exchange::default() };
    if start.starts_with(['{', '[']) {
        let arena = Arena::default();
        let (node, _) = Node::read(start.as_bytes(), &arena);
        return response_in(node).or_else(|| (is_body || is_recognized(start.as_bytes())).then(of_body));
    }
    is_body.then(of_body)
}

fn within(node: Node<'_>, levels: usize) -> Option<Exchange> {
    if node.shape() != Shape::Object || levels == 0 {
        return None;
    }
    let members = node.members();
    if let Some(exchange) = labelled(&members, levels) {
        return Some(exchange);
    }
    if is_recognized(node.raw) {
        return Some(Exchange { body: node.raw.to_vec(), ..Exchange::default() });
    }
    logged(&members, levels)
}

/// Returns the response with status and body that an object is, or that one of its objects is.
fn labelled(members: &Members<'_>, levels: usize) -> Option<Exchange> {
    if is_logged(members) {
        return logged(members, levels);
    }
    let mut objects = members
        .iter()
        .filter(|(name, value)| levels > 1 && value.shape() == Shape::Object && !names_request(name));
    let mut exchange = objects.find_map(|(_, value)| labelled(&value.members(), levels - 1))?;
    complete(&mut exchange, members);
    Some(exchange)
}

/// Returns whether an object has the members of a batch's line, or of a response of axios.
fn is_logged(members: &Members<'_>) -> bool {
    let has = |name| members.get(name).is_some();
    (has("body") || has("body_b64") || (has("headers") && has("data"))) && status_in(members).is_some()
}

/// Returns the response that the members of an object hold.
fn logged(members: &Members<'_>, levels: usize) -> Option<Exchange> {
    let has_status = status_in(members).is_some();
    let is_logged = is_logged(members);
    let coded = || {
        let body = BASE64.decode(members.get("body_b64")?.string()?).ok()?;
        Some(Exchange { body, ..Exchange::default() })
    };
    let own = || {
        let data = || members.get_any(&["data"]).filter(|_| is_logged);
        let (_, value) = members.get_any(&BODIES).or_else(data).filter(|_| has_status)?;
        Some(of_value(value))
    };
    let held = || {
        let mut held = members.iter().filter(|(name, _)| !names_request(name));
        held.find_map(|(name, value)| {
            let is_body = BODIES.contains(&name) || (MAYBE_BODIES.contains(&name) && has_status);
            match value.shape() {
                Shape::Object => within(value, levels - 1).or_else(|| is_body.then(|| of_value(value))),
                Shape::Text => {
                    let text = value.string()?;
                    let in_line = || first(text).filter(|_| LINES.contains(&name) && is_record(members));
                    response_in_text(text, false).or_else(in_line)
                }
                Shape::List => {
                    value.items().into_iter().take(DEEPEST).find_map(|item| within(item, levels - 1))
                }
                _ => None,
            }
        })
    };
    let mut exchange = match is_logged {
        true => coded().or_else(own)?,
        false => held().or_else(own)?,
    };
    complete(&mut exchange, members);
    Some(exchange)
}

/// Returns whether an object is the record of a log.
fn is_record(members: &Members<'_>) -> bool {
    RECORDS.iter().any(|name| members.get(name).is_some())
}

/// Returns whether a member describes what was sent.
fn names_request(name: &str) -> bool {
    name.starts_with("req") || name == "config"
}

/// Adds what stands beside the body. What stands further out may be about a call to the service that wrote the log.
fn complete(exchange: &mut Exchange, members: &Members<'_>) {
    let is_beside = is_logged(members) || members.iter().any(|(_, value)| is_value(value, &exchange.body));
    let request =
        REQUESTS.iter().find_map(|name| members.get(name).filter(|value| value.shape() == Shape::Object));
    let request = request.map(Node::members).unwrap_or_default();
    let url = request.get("url").or_else(|| members.get("url").filter(|_| is_beside));
    if let Some(url) = url.and_then(Node::string).filter(|_| exchange.url.is_none()) {
        // axios logs them apart
        let base = request.get("baseURL").and_then(Node::string).filter(|_| !url.contains("://"));
        let url = base.unwrap_or_default().to_owned() + url;
        exchange.provider = exchange.provider.or_else(|| sender::of(&url, b""));
        exchange.url = Some(url);
    }
    if exchange.provider.is_none() {
        exchange.provider = members.get("provider").and_then(Node::string).and_then(provider);
    }
    // the service itself serves such a call
    let is_elsewhere = members.get_any(&PATHS).is_some()
        || exchange.url.as_deref().is_some_and(|url| sender::of(url, b"").is_none());
    let own = || members.get_any(&METHODS).filter(|_| is_beside);
    if let Some((name, method)) = request.get_any(&["method"]).or_else(own) {
        let is_sure = exchange.provider.is_some() && !is_elsewhere;
        exchange.take_method(method.string().unwrap_or_default(), &format!("`{name}`"), is_sure);
    }
    let is_status = is_beside && exchange.status.is_none() && (is_logged(members) || !is_elsewhere);
    if let Some((name, status)) = status_in(members).filter(|_| is_status) {
        exchange.status = Some(status);
        exchange.told.push(format!("status {status} from `{name}`"));
    }
    if exchange.headers.is_empty() && is_beside {
        exchange.headers = members.get("headers").map(headers).unwrap_or_default();
    }
}

/// Returns whether a member holds a body, as JSON or as text.
fn is_value(value: Node<'_>, body: &[u8]) -> bool {
    value.raw == body || value.string().is_some_and(|text| text.as_bytes() == body)
}

impl Exchange {
    /// Takes a method that stands near a response. That of a read would say that the call changed nothing, so it counts only if
    /// it surely is that of the call to the provider: many services log the method of the call that they serve.
    pub(super) fn take_method(&mut self, method: &str, source: &str, is_sure: bool) {
        let method = method.to_ascii_uppercase();
        if self.method.is_some() || !label::METHODS.contains(&&*method) {
            return;
        }
        if is_read(&method) && !is_sure {
            self.notes.push(format!(
                "{source} names {method}, but nothing shows that this is the call to the provider"
            ));
            return;
        }
        self.told.push(format!("method {method} from {source}"));
        self.method = Some(method);
    }
}

/// Returns the status that an object names, if its members agree.
fn status_in(members: &Members<'_>) -> Option<(&'static str, u16)> {
    let mut all = STATUSES.iter().filter_map(|name| Some((*name, members.get(name)?.status()?)));
    let first = all.next()?;
    all.all(|(_, status)| status == first.1).then_some(first)
}

/// Takes a member for the body, or for the whole response if it is one.
fn of_value(value: Node<'_>) -> Exchange {
    match value.string() {
        Some(text) => response_in_text(text, true).unwrap_or_default(),
        None if value.shape() == Shape::Null => Exchange::default(),
        None => Exchange { body: value.raw.to_vec(), ..Exchange::default() },
    }
}

fn headers(headers: Node<'_>) -> Vec<(String, Vec<u8>)> {
    let mut pairs = Vec::new();
    for (name, value) in headers.members().iter() {
        let values = if value.shape() == Shape::List { value.items() } else { vec![value] };
        let texts = values.into_iter().filter_map(Node::text);
        pairs.extend(texts.map(|text| (name.to_owned(), text.as_bytes().to_vec())));
    }
    pairs
}
