//! Lines of a log that hold a response or its JSON: as JSON, as text in quotes with escapes, or as it was sent.

mod label;
mod object;
mod quoted;

use std::ops::Range;

use booking_errors::decode::json::{Arena, SyntaxErrorReason};
use booking_errors::{RawResponse, recognize};
use memchr::memchr_iter;

use self::label::Labels;
pub use self::object::is_about_response;
use super::head::{Head, is_header, lines, status_of};
use super::tree::Node;
use super::{Exchange, Place};

/// How many places of a line may begin a response.
const MOST_STARTS: usize = 64;

/// How far JSON or a response that a line begins may go on in the next lines, in bytes.
const FARTHEST: usize = 256 * 1024;

/// A body that a log cut is at least this long, in bytes, unless a label names it.
const SHORTEST_CUT: usize = 64;

/// How many bytes are read in vain in a line, as a multiple of its length.
const MOST_READ: usize = 16;

/// How often JSON that goes on in the next lines may prove to be none. A hostile input could begin some in each line.
const MOST_FAILURES: usize = 1000;

/// Reads the lines with a response; `None` if no line has one.
pub fn read(text: &[u8]) -> Option<Vec<Exchange>> {
    let mut found = Vec::new();
    let mut failures = 0;
    let mut read_up_to = 0;
    for ((line, here), number) in lines(text).zip(1..) {
        let start = text.len() - here.len();
        if start < read_up_to {
            continue;
        }
        let mut search = Search { line, here, failures, length: line.len() };
        if let Some(mut exchange) = search.run() {
            exchange.place = Some(Place::Line(number));
            found.push(exchange);
            read_up_to = start + search.length;
        }
        failures = search.failures;
    }
    (!found.is_empty()).then_some(found)
}

/// Returns the first response in a text that a logger kept.
fn first(text: &str) -> Option<Exchange> {
    read(text.as_bytes())?.into_iter().next().map(|exchange| Exchange { place: None, ..exchange })
}

/// Returns whether a provider is known to send such a body. With 200, a body may carry the status that counts.
fn is_recognized(body: &[u8]) -> bool {
    recognize(&RawResponse::new(200, body)).is_some()
}

/// The search for a response in a line.
struct Search<'a> {
    line: &'a [u8],
    /// The text from the line on.
    here: &'a [u8],
    failures: usize,
    /// How many bytes of the text the response takes.
    length: usize,
}

impl<'a> Search<'a> {
    fn run(&mut self) -> Option<Exchange> {
        let (exchange, place) = self.next(0)?;
        let length = self.length;
        let is_followed = self.next(place.end).is_some_and(|(other, _)| other.body != exchange.body);
        self.length = length;
        let before = self.line.get(..place.start).unwrap_or_default();
        let after = self.line.get(place.end..).unwrap_or_default();
        let mut exchange = Labels::of(before, after).complete(exchange);
        if is_followed {
            exchange.doubt = Some("the line holds another response, which was not read".to_owned());
        }
        Some(exchange)
    }

    /// Returns the first response from here on, and where it is.
    fn next(&mut self, mut at: usize) -> Option<(Exchange, Range<usize>)> {
        let mut budget = MOST_READ * self.line.len() + FARTHEST;
        for _ in 0..MOST_STARTS {
            at += self.line.get(at..)?.iter().position(|byte| matches!(byte, b'{' | b'"' | b'H'))?;
            let (before, rest) = self.line.split_at_checked(at)?;
            let (found, length) = match rest.first()? {
                b'{' => self.object(before, rest),
                b'"' => quoted_response(before, rest),
                _ => self.head(before, rest),
            };
            if length == 1 {
                budget = budget.checked_sub(rest.len())?;
            }
            if let Some(exchange) = found {
                return Some((exchange, at..at + length));
            }
            at += length;
        }
        None
    }

    /// Reads JSON. What is no response is skipped with all that it holds.
    fn object(&mut self, before: &[u8], rest: &'a [u8]) -> (Option<Exchange>, usize) {
        if label::names_request(before) {
            let arena = Arena::default();
            let (node, rest) = Node::read(rest, &arena);
            return (None, if rest.is_ok() { node.raw.len() } else { 1 });
        }
        let arena = Arena::default();
        let (node, after) = Node::read(rest, &arena);
        let fault = match after {
            Ok(_) => return (response_of(node, before), node.raw.len()),
            Err(fault) => fault,
        };
        if fault.reason() == SyntaxErrorReason::EndsTooEarly {
            if let Some(found) = self.object_over_lines(before) {
                return found;
            }
            // a log cuts long lines
            let shown = rest.get(..FARTHEST).unwrap_or(rest);
            if label::names_response(before) || (rest.len() > SHORTEST_CUT && is_recognized(shown)) {
                return (Some(Exchange { body: rest.to_vec(), ..Exchange::default() }), rest.len());
            }
        }
        (None, 1)
    }

    /// Reads JSON that goes on in the next lines.
    fn object_over_lines(&mut self, before: &[u8]) -> Option<(Option<Exchange>, usize)> {
        if self.failures > MOST_FAILURES {
            return None;
        }
        let window = self.here.get(before.len()..)?;
        let arena = Arena::default();
        let (node, after) = Node::read(window.get(..FARTHEST).unwrap_or(window), &arena);
        let found = after.ok().and_then(|_| response_of(node, before));
        if found.is_none() {
            self.failures += 1;
            return None;
        }
        self.length = before.len() + node.raw.len();
        Some((found, node.raw.len()))
    }

    /// Reads a response with its head, in this line with escapes or in this line and the next ones.
    fn head(&mut self, before: &[u8], rest: &'a [u8]) -> (Option<Exchange>, usize) {
        if status_of(rest).is_none() || label::names_request(before) {
            return (None, 1);
        }
        if let Some(text) = quoted::without_line_escapes(rest) {
            return (of_head(&text), rest.len());
        }
        let Some(window) = self.here.get(before.len()..) else { return (None, 1) };
        let window = window.get(..FARTHEST).unwrap_or(window);
        let mut next_lines = lines(window).skip(1);
        if !next_lines.next().is_some_and(|(line, _)| is_header(line)) {
            return (None, 1);
        }
        let Some((head, body)) = Head::read_last(window) else { return (None, 1) };
        let head_length = window.len() - body.len();
        let arena = Arena::default();
        let is_json = matches!(body.trim_ascii_start().first(), Some(b'{' | b'['));
        let body = match Node::read(body, &arena) {
            (node, Ok(rest)) if is_json => body.get(..body.len() - rest.len()).unwrap_or(node.raw),
            // without JSON nothing shows where the body ends
            _ => body.get(..body.len() - after_blank_line(body).len()).unwrap_or(body),
        };
        self.length = before.len() + head_length + body.len();
        let mut exchange = Exchange::of_head(head, body.to_vec());
        exchange.expect_body();
        (Some(exchange), rest.len())
    }
}

/// Returns the response in an object or the one that it is.
fn response_of(node: Node<'_>, before: &[u8]) -> Option<Exchange> {
    let whole = || Exchange { body: node.raw.to_vec(), ..Exchange::default() };
    object::response_in(node).or_else(|| label::names_response(before).then(whole))
}

/// Reads a text in quotes, with its escapes.
fn quoted_response(before: &[u8], rest: &[u8]) -> (Option<Exchange>, usize) {
    let Some((text, length)) = quoted::read(rest) else { return (None, 1) };
    if label::names_request(before) {
        return (None, length);
    }
    let found = object::response_in_text(&text, label::names_response(before));
    // what stands in the quotes may begin elsewhere in them
    let is_searched = found.is_some() || memchr_iter(b'{', text.as_bytes()).next().is_none();
    (found, if is_searched { length } else { 1 })
}

/// Reads a response that begins with its head.
fn of_head(text: &[u8]) -> Option<Exchange> {
    let (head, body) = Head::read_last(text)?;
    let arena = Arena::default();
    // the log's own text may follow
    let body = match Node::read(body, &arena) {
        (node, Ok(_)) if body.trim_ascii_start().starts_with(b"{") => node.raw,
        _ => body,
    };
    let mut exchange = Exchange::of_head(head, body.to_vec());
    exchange.expect_body();
    Some(exchange)
}

fn after_blank_line(text: &[u8]) -> &[u8] {
    lines(text).find(|(line, _)| line.is_empty()).map_or(b"", |(_, here)| here)
}
