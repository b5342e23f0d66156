//! Responses that Postman saved as examples: in an exported collection of format 2, or one alone. And those in a report of
//! newman, which runs collections.
//!
//! - The format of collections: <https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html>
//! - The reports: <https://github.com/postmanlabs/newman>

use booking_errors::decode::json::{Arena, Shape};

use super::head::parse_header;
use super::tree::Node;
use super::{Exchange, Place, break_off, sender};

/// Folders that are nested deeper are not looked into.
const DEEPEST: usize = 32;

/// Reads every response, and says if the file breaks off.
pub fn read(text: &[u8]) -> Option<(Vec<Exchange>, Option<String>)> {
    let arena = Arena::default();
    if text.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    let (root, rest) = Node::read(text, &arena);
    let mut examples = Examples::default();
    if is_example(root) {
        examples.add(root, root, "");
    } else if let Some(executions) = root.at(&["run", "executions"]) {
        examples.read_report(executions);
    } else {
        // exports by the API wrap the collection
        let collection = root.get("collection").unwrap_or(root);
        let info = collection.get("info")?;
        let schema = info.get("schema").and_then(Node::string).unwrap_or_default();
        if info.get("_postman_id").is_none() && !schema.contains("postman.com") {
            return None;
        }
        examples.read(collection, "", DEEPEST);
    }
    let fault =
        rest.err().map(|fault| format!("the file of Postman is broken: {fault}. What follows is missing"));
    break_off(&mut examples.0, fault.is_some());
    Some((examples.0, fault))
}

#[derive(Default)]
struct Examples(Vec<Exchange>);

impl Examples {
    /// Reads the requests in a folder, and those in its folders.
    fn read(&mut self, folder: Node<'_>, path: &str, levels: usize) {
        for item in folder.get("item").map(Node::items).unwrap_or_default() {
            let path = join(path, item);
            for example in item.get("response").map(Node::items).unwrap_or_default() {
                self.add(example, example, &path);
            }
            if levels > 0 {
                self.read(item, &path, levels - 1);
            }
        }
    }

    /// Reads the calls of a report.
    fn read_report(&mut self, executions: Node<'_>) {
        for execution in executions.items() {
            let path = execution.get("item").map(|item| join("", item)).unwrap_or_default();
            let response = execution.get("response").filter(|response| response.shape() == Shape::Object);
            self.add(response.unwrap_or(execution), execution, &path);
        }
    }

    /// Adds a response and the call beside it.
    fn add(&mut self, response: Node<'_>, call: Node<'_>, path: &str) {
        let request = call
            .get("originalRequest")
            .or_else(|| call.get("request"))
            .map(Node::members)
            .unwrap_or_default();
        let url = request.get("url").and_then(url);
        let status = response.get("code").and_then(Node::status);
        let body = response.get("body").and_then(Node::string).map(|body| body.as_bytes().to_vec());
        let body = body.or_else(|| response.at(&["stream", "data"]).map(bytes));
        let mut exchange = Exchange {
            place: Some(Place::Entry(self.0.len() as u64 + 1)),
            title: Some(if response.get("name").is_some() { join(path, response) } else { path.to_owned() }),
            provider: url.as_deref().and_then(|url| sender::of(url, b"")),
            method: request.get("method").and_then(Node::string).map(str::to_owned),
            url,
            status,
            is_unanswered: status.is_none() && body.is_none(),
            headers: response.get("header").map(headers).unwrap_or_default(),
            ..Exchange::default()
        };
        if body.is_none() && !exchange.is_unanswered && !exchange.is_bodiless() {
            exchange.gap = Some("the file does not hold the body of this response".to_owned());
        }
        exchange.body = body.unwrap_or_default();
        exchange.expect_body();
        self.0.push(exchange);
    }
}

/// Reads a URL, as text or in parts.
fn url(url: Node<'_>) -> Option<String> {
    let whole = url.string().or_else(|| url.get("raw")?.string());
    let join = |name: &str, separator: &str| {
        let parts = url.get(name).map(Node::items).unwrap_or_default();
        parts.into_iter().filter_map(Node::string).collect::<Vec<_>>().join(separator)
    };
    let in_parts = || {
        let protocol = url.get("protocol")?.string()?;
        Some(format!("{protocol}://{}/{}", join("host", "."), join("path", "/")))
    };
    whole.map(str::to_owned).or_else(in_parts)
}

/// Reads a list of bytes.
fn bytes(list: Node<'_>) -> Vec<u8> {
    list.items().into_iter().filter_map(|byte| byte.text()?.parse().ok()).collect()
}

fn is_example(node: Node<'_>) -> bool {
    node.get("originalRequest").is_some_and(|request| request.shape() == Shape::Object)
        && ["code", "body", "header"].iter().any(|name| node.get(name).is_some())
}

fn join(path: &str, named: Node<'_>) -> String {
    let name = named.get("name").and_then(Node::string).unwrap_or("without a name");
    if path.is_empty() { name.to_owned() } else { format!("{path} / {name}") }
}

/// Reads headers, from a list of keys and values or from lines.
fn headers(header: Node<'_>) -> Vec<(String, Vec<u8>)> {
    if let Some(text) = header.string() {
        let pairs = text.lines().filter_map(|line| parse_header(line).ok());
        return pairs.map(|(name, value)| (name, value.into_bytes())).collect();
    }
    let pair = |header: Node<'_>| {
        let part = |name| header.get(name).and_then(Node::string);
        Some((part("key")?.to_owned(), part("value")?.as_bytes().to_vec()))
    };
    header.items().into_iter().filter_map(pair).collect()
}
