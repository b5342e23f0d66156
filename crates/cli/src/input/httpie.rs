//! What HTTPie and xh print with `-v`: the request, then the response, each with its head.

use super::head::{Head, lines, request_of, status_of};
use super::{Exchange, method_of_all};

/// What HTTPie prints in place of a body that is no text.
const BINARY: &[u8] = b"NOTE: binary data not shown in terminal";

/// What HTTPie prints after the response with `--meta` or `-vv`.
const META: &[u8] = b"\nElapsed time: ";

/// More text after that is not HTTPie's, in bytes.
const LONGEST_META: usize = 64;

/// What HTTPie and xh print if no response arrives.
const FAILURES: [&[u8]; 5] =
    [b"http: error:", b"https: error:", b"xh: error:", b"xhs: error:", b"http: LogLevel"];

/// Reads the last response, with the method of its request. Without a request the output is that of `curl -i`.
pub fn read(text: &[u8]) -> Option<Exchange> {
    let first = lines(text).map(|(line, _)| line).find(|line| !line.is_empty())?;
    if status_of(first).is_some() {
        return super::curl::read(without_meta(text)).map(Exchange::with_shown_body);
    }
    request_of(first)?;
    let mut seen = Seen::default();
    let mut is_after_blank = true;
    for (line, here) in lines(text) {
        if is_after_blank {
            seen.read(line, here);
        }
        is_after_blank = line.is_empty();
        seen.is_failed |= FAILURES.iter().any(|sign| line.starts_with(sign));
        if let Some(host) = line.strip_prefix(b"Host: ").or(line.strip_prefix(b"host: ")) {
            seen.host = host;
        }
    }
    seen.into_exchange()
}

#[derive(Default)]
struct Seen<'a> {
    methods: Vec<String>,
    target: &'a str,
    host: &'a [u8],
    /// The text from the last response on.
    response: Option<&'a [u8]>,
    /// The response before that.
    earlier: Option<Head>,
    others: usize,
    is_waiting: bool,
    is_failed: bool,
}

impl<'a> Seen<'a> {
    /// Reads a line that a request or a response may begin with. A body may hold such a line too, so only a request is
    /// followed by a response.
    fn read(&mut self, line: &'a [u8], here: &'a [u8]) {
        if let Some((method, target)) = request_of(line) {
            self.methods.push(method.to_owned());
            self.target = target;
            self.is_waiting = true;
        } else if self.is_waiting && status_of(line).is_some() {
            if let Some(head) = self.head() {
                self.others += usize::from(!head.is_passed_over);
                self.earlier = Some(head);
            }
            self.response = Some(here);
            self.is_waiting = false;
        }
    }

    /// Reads the head of the last response.
    fn head(&self) -> Option<Head> {
        let (head, _) = Head::read(self.response?)?;
        Some(head.after(self.earlier.as_ref()))
    }

    fn into_exchange(self) -> Option<Exchange> {
        let head = self.head().filter(|_| !self.is_waiting);
        let mut exchange = match head.zip(self.response) {
            Some((head, text)) => {
                let (_, body) = Head::read(without_meta(text))?;
                Exchange::of_head(head, body.to_vec()).with_shown_body()
            }
            None if self.is_failed => Exchange { is_unanswered: true, ..Exchange::default() },
            None => return None,
        };
        let method = method_of_all(&self.methods)?;
        exchange.leave_out(self.others);
        exchange.of_call(method, &String::from_utf8_lossy(self.host), self.target, "its request");
        Some(exchange)
    }
}

impl Exchange {
    /// Notes that a body is not shown.
    fn with_shown_body(mut self) -> Self {
        if memchr::memmem::find(&self.body, BINARY).is_some() {
            self.body.clear();
            self.gap = Some("HTTPie does not show the body: it is no text".to_owned());
        }
        self.expect_body();
        self
    }
}

/// Returns the output without what HTTPie prints about it in the end.
pub fn without_meta(text: &[u8]) -> &[u8] {
    let end = memchr::memmem::rfind(text, META).filter(|end| text.len() - end < LONGEST_META);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
