//! Responses that Postman saved as examples: in an exported collection of format 2, or one alone.
//!
//! The format: <https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html>

use booking_errors::decode::json::{Arena, Shape};

use super::head::parse_header;
use super::tree::Node;
use super::{Exchange, Place, sender};

/// Folders that are nested deeper are not looked into.
const DEEPEST: usize = 32;

/// Reads every example.
pub fn read(text: &[u8]) -> Option<Vec<Exchange>> {
    let arena = Arena::default();
    if text.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    let (root, _) = Node::read(text, &arena);
    let mut examples = Examples::default();
    if is_example(root) {
        examples.add(root, "");
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
    Some(examples.0)
}

#[derive(Default)]
struct Examples(Vec<Exchange>);

impl Examples {
    /// Reads the requests in a folder, and those in its folders.
    fn read(&mut self, folder: Node<'_>, path: &str, levels: usize) {
        for item in folder.get("item").map(Node::items).unwrap_or_default() {
            let path = join(path, item);
            for example in item.get("response").map(Node::items).unwrap_or_default() {
                self.add(example, &path);
            }
            if levels > 0 {
                self.read(item, &path, levels - 1);
            }
        }
    }

    fn add(&mut self, example: Node<'_>, path: &str) {
        let text = |path: &[&str]| example.at(path).and_then(Node::string).map(str::to_owned);
        let url = text(&["originalRequest", "url"]).or_else(|| text(&["originalRequest", "url", "raw"]));
        let mut exchange = Exchange {
            place: Some(Place::Entry(self.0.len() as u64 + 1)),
            title: Some(join(path, example)),
            provider: url.as_deref().and_then(|url| sender::of(url, b"")),
            method: text(&["originalRequest", "method"]),
            url,
            status: example.get("code").and_then(Node::status),
            headers: example.get("header").map(headers).unwrap_or_default(),
            body: text(&["body"]).unwrap_or_default().into_bytes(),
            ..Exchange::default()
        };
        exchange.expect_body();
        self.0.push(exchange);
    }
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
