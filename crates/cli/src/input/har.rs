//! HAR: what a browser or a proxy recorded, <http://www.softwareishard.com/blog/har-12-spec/>.

use base64::Engine as _;
use booking_errors::decode::json::{Arena, Shape};

use super::tree::{Members, Node};
use super::{BASE64, Exchange, Place, break_off, sender};

/// The members in which browsers say why no response arrived.
const FAILURES: [&str; 2] = ["_error", "_failureText"];

/// Reads every entry, and says if the file breaks off.
pub fn read(text: &[u8]) -> Option<(Vec<Exchange>, Option<String>)> {
    let arena = Arena::default();
    if text.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    let (root, rest) = Node::read(text, &arena);
    let entries = root.at(&["log", "entries"])?;
    if entries.shape() != Shape::List {
        return None;
    }
    let mut exchanges: Vec<_> =
        entries.items().into_iter().zip(1..).map(|(entry, number)| exchange(entry, number)).collect();
    let fault = rest
        .err()
        .map(|fault| format!("the HAR file is broken: {fault}. The entries after that are missing"));
    break_off(&mut exchanges, fault.is_some());
    Some((exchanges, fault))
}

fn exchange(entry: Node<'_>, number: u64) -> Exchange {
    let entry = entry.members();
    let part = |name| entry.get(name).map(Node::members).unwrap_or_default();
    let (request, response) = (part("request"), part("response"));
    let text = |name| request.get(name).and_then(Node::string).map(str::to_owned);
    let mut exchange = Exchange {
        place: Some(Place::Entry(number)),
        method: text("method"),
        url: text("url"),
        status: response.get("status").and_then(Node::status),
        ..Exchange::default()
    };
    let form = || request.get("postData").map(form).unwrap_or_default();
    exchange.provider = exchange.url.as_deref().and_then(|url| sender::of(url, &form()));
    exchange.is_unanswered = exchange.status.is_none();
    let reasons =
        [&response, &entry].into_iter().filter_map(|members| members.get_any(&FAILURES)?.1.string());
    let reason = reasons
        .filter(|reason| !reason.is_empty())
        .map(|reason| format!("the browser says: {reason}"))
        .next();
    if exchange.is_unanswered {
        exchange.notes.extend(reason);
        return exchange;
    }
    for header in response.get("headers").map(Node::items).unwrap_or_default() {
        let header = header.members();
        let part = |name| header.get(name).and_then(Node::string);
        if let (Some(name), Some(value)) = (part("name"), part("value")) {
            exchange.headers.push((name.to_owned(), value.as_bytes().to_vec()));
        }
    }
    exchange.read_content(&response.get("content").map(Node::members).unwrap_or_default());
    exchange.gap = reason.or(exchange.gap);
    exchange
}

impl Exchange {
    fn read_content(&mut self, content: &Members<'_>) {
        let text = content.get("text").and_then(Node::string).filter(|text| !text.is_empty());
        let is_base64 = content.get("encoding").and_then(Node::string) == Some("base64");
        match (text, is_base64) {
            (Some(text), false) => self.body = text.as_bytes().to_vec(),
            (Some(text), true) => match BASE64.decode(text) {
                Ok(bytes) => self.body = bytes,
                Err(error) => self.gap = Some(format!("the body is not base64, as the entry says: {error}")),
            },
            (None, _) => {
                // without a size, or with -1, nothing says that there was none
                let is_empty = content.get("size").and_then(Node::text) == Some("0");
                let is_left_out = !is_empty && !self.is_bodiless();
                self.gap =
                    is_left_out.then(|| "the HAR file does not hold the body of this response".to_owned());
                self.expect_body();
            }
        }
    }
}

/// Returns the form that a request sent.
fn form(data: Node<'_>) -> Vec<u8> {
    let data = data.members();
    let mut form = form_urlencoded::Serializer::new(String::new());
    for parameter in data.get("params").map(Node::items).unwrap_or_default() {
        let parameter = parameter.members();
        let part = |name| parameter.get(name).and_then(Node::string).unwrap_or_default();
        form.append_pair(part("name"), part("value"));
    }
    let text = data.get("text").and_then(Node::string).unwrap_or_default();
    let form = form.finish();
    if form.is_empty() { text.as_bytes().to_vec() } else { form.into_bytes() }
}
