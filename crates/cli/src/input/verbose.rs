//! What `curl -v` prints: lines that begin with `*`, `>`, `<`, `{` or `}`, a progress meter, and the body wherever the
//! terminal or the shell put it.

use super::curl::gap_in;
use super::head::{Head, lines, request_of, status_of};
use super::{Exchange, method_of_all};

/// The width of a line of the progress meter. It ends without a line feed, so other output may follow it.
const METER: usize = 79;

/// What curl prints behind a body that has no line end.
const AFTER_BODY: [&[u8]; 2] = [b"* Connection #", b"* Closing connection"];

/// Reads the last response. A request that no response follows got none.
pub fn read(text: &[u8]) -> Option<Exchange> {
    let mut seen = Transcript::default();
    for (line, _) in lines(text) {
        for part in line.split(|&byte| byte == b'\r') {
            seen.read(without_meter(part));
        }
    }
    seen.into_exchange()
}

#[derive(Default)]
struct Transcript<'a> {
    methods: Vec<String>,
    target: String,
    host: String,
    /// The status line of the last response, and its headers.
    head: Vec<&'a [u8]>,
    is_in_head: bool,
    /// Whether a request is without a response.
    is_waiting: bool,
    /// How many responses came before that are not followed up by curl itself.
    others: usize,
    /// The response before the last one.
    earlier: Option<Head>,
    body: Vec<u8>,
    /// What stands before the first response, and may be its body.
    before: Vec<u8>,
    gap: Option<String>,
}

impl<'a> Transcript<'a> {
    fn read(&mut self, line: &'a [u8]) {
        match line {
            [b'<', b' ', rest @ ..] if status_of(rest).is_some() => self.begin(rest),
            [b'<'] | [b'<', b' ', ..] if self.is_in_head => match line.get(2..).unwrap_or_default() {
                [] => self.is_in_head = false,
                header => self.head.push(header),
            },
            // trailers
            [b'<'] | [b'<', b' ', ..] => {}
            [b'>'] => {}
            [b'>', b' ', rest @ ..] => self.read_request(rest),
            [b'*', b' ', rest @ ..] => self.read_remark(rest),
            _ if line.starts_with(b"curl: (") => self.read_remark(line),
            _ if is_noise(line) => {}
            _ if self.head.is_empty() => add(&mut self.before, line),
            _ => self.read_body(line),
        }
    }

    fn begin(&mut self, status_line: &'a [u8]) {
        if let Some(head) = self.head() {
            self.others += usize::from(!head.is_passed_over);
            self.earlier = Some(head);
        }
        self.head = vec![status_line];
        self.is_in_head = true;
        self.is_waiting = status_of(status_line).is_some_and(|status| status < 200);
        self.body.clear();
        self.gap = None;
    }

    fn read_request(&mut self, line: &[u8]) {
        if let Some((method, target)) = request_of(line) {
            if method != "CONNECT" {
                self.methods.push(method.to_owned());
            }
            target.clone_into(&mut self.target);
            self.is_waiting = true;
        } else if let Some(host) = line.get(..6).filter(|name| name.eq_ignore_ascii_case(b"host: ")) {
            self.host = String::from_utf8_lossy(line.get(host.len()..).unwrap_or_default()).into_owned();
        }
    }

    fn read_remark(&mut self, remark: &[u8]) {
        if let Some(gap) = gap_in(&String::from_utf8_lossy(remark)) {
            self.gap = Some(gap);
        }
    }

    fn read_body(&mut self, line: &[u8]) {
        let end = AFTER_BODY.iter().find_map(|sign| memchr::memmem::rfind(line, sign));
        add(&mut self.body, end.and_then(|end| line.get(..end)).unwrap_or(line));
    }

    fn head(&self) -> Option<Head> {
        let (status_line, headers) = self.head.split_first()?;
        let head = Head::of_lines(status_line, status_of(status_line)?, headers);
        Some(head.after(self.earlier.as_ref()))
    }

    fn into_exchange(self) -> Option<Exchange> {
        let head = self.head();
        let mut exchange = match head {
            Some(head) if !self.is_waiting && !head.is_interim() => {
                let body =
                    if self.body.trim_ascii().is_empty() { before_as_body(self.before) } else { self.body };
                let status = head.status;
                let mut exchange = Exchange::of_head(head, body);
                // `curl -v -i` prints the head once more
                if let Some((again, body)) =
                    Head::read_last(&exchange.body).filter(|(again, _)| again.status == status)
                {
                    let body = body.to_vec();
                    exchange = Exchange { doubt: exchange.doubt, ..Exchange::of_head(again, body) };
                }
                exchange.gap = self.gap.or(exchange.gap);
                exchange.expect_body();
                let is_empty = exchange.body.trim_ascii().is_empty();
                if exchange.gap.is_none() && is_empty && !exchange.is_bodiless() {
                    exchange.gap = Some(
                        "the output of curl shows no body: curl may have written it elsewhere".to_owned(),
                    );
                }
                exchange
            }
            None if !self.is_waiting => return None,
            _ => Exchange { is_unanswered: true, ..Exchange::default() },
        };
        exchange.leave_out(self.others);
        if let Some(method) = method_of_all(&self.methods) {
            exchange.of_call(method, &self.host, &self.target, "its `>` line");
        }
        Some(exchange)
    }
}

/// With its output in one file, curl may write the body first. Other text there, such as the command, is none.
fn before_as_body(before: Vec<u8>) -> Vec<u8> {
    if matches!(before.trim_ascii_start().first(), Some(b'{' | b'[' | b'<')) { before } else { Vec::new() }
}

fn add(text: &mut Vec<u8>, line: &[u8]) {
    if !text.is_empty() {
        text.push(b'\n');
    }
    text.extend_from_slice(line);
}

/// Returns whether curl prints a line such as `{ [162 bytes data]` or the head of its progress meter.
fn is_noise(line: &[u8]) -> bool {
    let is_data = (line.starts_with(b"{ [") || line.starts_with(b"} [")) && line.ends_with(b"bytes data]");
    let line = line.trim_ascii_start();
    is_data || line.starts_with(b"% Total") || line.starts_with(b"Dload") || line.starts_with(b"Note: ")
}

/// Returns a line without the progress meter before it.
fn without_meter(line: &[u8]) -> &[u8] {
    let is_meter = |meter: &[u8]| {
        memchr::memmem::find(meter, b":").is_some()
            && meter.iter().all(|byte| {
                matches!(byte, b' ' | b'0'..=b'9' | b':' | b'-' | b'.' | b'k' | b'M' | b'G' | b'd' | b'h')
            })
            && meter.iter().filter(|byte| **byte == b' ').count() > 10
    };
    // the last column is shorter if curl knows no speed
    match line.split_at_checked(METER) {
        Some((meter, rest)) if is_meter(meter) => rest,
        _ if is_meter(line) => b"",
        _ => line,
    }
}
