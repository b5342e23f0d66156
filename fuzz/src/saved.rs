use std::time::{Duration, UNIX_EPOCH};

use booking_errors::RawResponse;

/// The status of an input without a status line, so that a body on its own is an input too.
const STATUS: u16 = 400;

/// A response as `curl -i` prints it. Unlike the command line's, this reader takes any status and any header,
/// as programs may hand them over.
pub struct Saved<'a> {
    pub status: u16,
    pub headers: Vec<(String, &'a [u8])>,
    pub body: &'a [u8],
}

impl<'a> Saved<'a> {
    pub fn read(input: &'a [u8]) -> Self {
        let mut saved = Self { status: STATUS, headers: Vec::new(), body: input };
        if !input.starts_with(b"HTTP/") {
            return saved;
        }
        let first = saved.next_line();
        let status = String::from_utf8_lossy(first).split_whitespace().nth(1).map(str::parse);
        saved.status = status.and_then(Result::ok).unwrap_or(STATUS);
        while let [_, ..] = saved.body {
            let line = saved.next_line();
            if line.is_empty() {
                break;
            }
            let colon = line.iter().position(|&byte| byte == b':').unwrap_or(line.len());
            let (name, value) = line.split_at(colon);
            let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
            saved.headers.push((String::from_utf8_lossy(name).into_owned(), value));
        }
        saved
    }

    /// The same response with another body. It came at a certain time, so that a date has one meaning.
    pub fn with_body<'b>(&'b self, body: &'b [u8]) -> RawResponse<'b> {
        let received_at = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        RawResponse::new(self.status, body).headers(&self.headers).with_received_at(received_at)
    }

    pub fn response(&self) -> RawResponse<'_> {
        self.with_body(self.body)
    }

    fn next_line(&mut self) -> &'a [u8] {
        let end = self.body.iter().position(|&byte| byte == b'\n').unwrap_or(self.body.len());
        let (line, rest) = self.body.split_at(end);
        self.body = rest.strip_prefix(b"\n").unwrap_or(rest);
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}
