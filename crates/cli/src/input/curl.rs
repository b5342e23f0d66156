//! What `curl -i` prints: one or several heads, then a body. HTTPie prints the same without `-v`.

use memchr::memmem;

use super::Exchange;
use super::head::{Head, is_header, split_line, status_of};
use super::httpie::without_meta;

/// What curl says if a response is not whole.
const BREAKS: [&str; 6] = [
    "transfer closed with",
    "timed out",
    "reset by peer",
    "Recv failure",
    "was not closed cleanly",
    "Empty reply from server",
];

/// How curl begins a message about what went wrong, and how it begins one about another attempt.
const MESSAGE: &[u8] = b"curl: (";
const RETRY: &[u8] = b"Warning: Problem: ";

/// What the lines of a progress meter hold.
const METER: [&[u8]; 3] = [b"  % Total ", b" Dload ", b" --:--:-- "];

/// Messages that are farther from the end are part of the body, in bytes.
const LONGEST_MESSAGES: usize = 1024;

/// A status line with the line after it is not longer, in bytes.
const LONGEST_START: usize = 1024;

/// Reads a response with its head. If there are several, as after redirects, `100 Continue` or another attempt, the last one
/// counts.
pub fn read(text: &[u8]) -> Option<Exchange> {
    let (text, early_message) = skip_messages(without_meta(text));
    let (mut head, mut body) = Head::read_last(text)?;
    let mut others = 0;
    while let Some(next) = next_response(body, &head) {
        let (last, rest) = Head::read_last(next)?;
        others += 1;
        (head, body) = (last.after(Some(&head)), rest);
    }
    let (body, message) = split_message(body);
    let mut exchange = Exchange::of_head(head, body.to_vec());
    if Head::read(body).is_some_and(|(head, _)| !head.headers.is_empty()) {
        exchange.doubt =
            Some("the body begins like another response, and may be that of another attempt".to_owned());
    }
    exchange.gap = message.or(early_message).as_deref().and_then(gap_in).or(exchange.gap);
    exchange.leave_out(others);
    exchange.expect_length();
    Some(exchange)
}

/// Returns why a response is not whole, if curl says so.
pub fn gap_in(message: &str) -> Option<String> {
    // 22 is that of `--fail`: the status is one of an error
    let is_error = message.starts_with("curl: (") && !message.starts_with("curl: (22)");
    let is_break = is_error || BREAKS.iter().any(|sign| message.contains(sign));
    is_break.then(|| format!("curl says that the response is not whole: {message}"))
}

/// Returns the text from the next response on. A body without a line end may stand before it. What begins like a response
/// right after the head is a body, unless the head says that there is none.
fn next_response<'a>(body: &'a [u8], head: &Head) -> Option<&'a [u8]> {
    let has_no_body =
        head.headers.iter().any(|(name, value)| name.eq_ignore_ascii_case("content-length") && value == b"0");
    memmem::find_iter(body, b"HTTP/").find_map(|at| {
        let (before, here) = body.split_at_checked(at)?;
        let is_start = match before.trim_ascii().last() {
            None => has_no_body,
            Some(_) => matches!(before.last(), Some(b'\n' | b'}' | b']' | b'>')),
        };
        // a line without an end must not be read again and again
        let (line, rest) = split_line(here.get(..LONGEST_START).unwrap_or(here));
        let (next, after) = split_line(rest);
        let is_head =
            || status_of(line).is_some() && (next.is_empty() || is_header(next) || after.is_empty());
        (is_start && is_head()).then_some(here)
    })
}

/// Skips what curl says before the response, as it does where both go into one file, and returns the last message.
fn skip_messages(mut text: &[u8]) -> (&[u8], Option<String>) {
    let mut message = None;
    loop {
        let (line, rest) = split_line(text);
        if line.starts_with(MESSAGE) {
            message = Some(String::from_utf8_lossy(line).into_owned());
        } else if !line.starts_with(RETRY) && !METER.iter().any(|sign| memmem::find(line, sign).is_some()) {
            return (text, message);
        }
        text = rest;
    }
}

/// Splits off what curl says behind a body.
fn split_message(body: &[u8]) -> (&[u8], Option<String>) {
    let from = body.len().saturating_sub(LONGEST_MESSAGES);
    let end = body.get(from..).unwrap_or_default();
    let Some(at) = [MESSAGE, RETRY].iter().filter_map(|sign| memmem::find(end, sign)).min() else {
        return (body, None);
    };
    let (body, message) = body.split_at_checked(from + at).unwrap_or((body, b""));
    let (message, _) = split_line(message);
    (body, Some(String::from_utf8_lossy(message).into_owned()))
}
