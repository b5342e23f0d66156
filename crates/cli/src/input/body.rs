//! A body alone: JSON or a web page. Other text is not taken for one unless somebody says that it is.

use booking_errors::decode::json::{Arena, Shape, SyntaxErrorReason};

use super::tree::Node;
use super::{Exchange, log};

/// Reads a body, if the text is one and not something that holds one.
pub fn read(text: &[u8]) -> Option<Exchange> {
    let start = text.trim_ascii_start();
    let is_body = match start {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        [b'{' | b'[' | b'"', ..] => is_json(start),
        _ => false,
    };
    is_body.then(|| of(text))
}

/// Takes any text for a body.
pub fn of(text: &[u8]) -> Exchange {
    Exchange { body: text.to_vec(), ..Exchange::default() }
}

fn is_json(text: &[u8]) -> bool {
    let arena = Arena::default();
    let (node, rest) = Node::read(text, &arena);
    match rest {
        Ok(rest) if rest.trim_ascii().is_empty() => match node.shape() {
            Shape::Object => !log::is_about_response(node),
            // a text that was copied from a log, with its escapes
            Shape::Text => !node.string().is_some_and(|text| text.trim_start().starts_with(['{', '['])),
            _ => true,
        },
        // lines of JSON, or a text in brackets
        Ok(_) => log::read(text).is_none() && node.shape() == Shape::Object,
        // a body that was cut; lines of a log may begin with a bracket or a cut object too
        Err(fault) => {
            fault.reason() == SyntaxErrorReason::EndsTooEarly
                || (text.starts_with(b"{") && log::read(text).is_none())
        }
    }
}
