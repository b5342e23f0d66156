//! Reads the heads of responses and requests: a first line, then headers.

use httparse::ParserConfig;

/// A status line with its headers.
pub struct Head {
    pub status: u16,
    /// Whether curl goes on to another response after this one: after 1xx, a redirect, a request for credentials, or a
    /// proxy's answer to CONNECT. A body that begins with a status line follows any other head.
    pub is_passed_over: bool,
    /// The status of a response before this one, after which the call may have gone through.
    pub earlier: Option<u16>,
    /// Whether the text ends before the empty line at the end of the head.
    pub is_cut: bool,
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Head {
    /// Reads a head that starts here, and returns it with the text after it. Pasting may lose the empty line at the end of a
    /// head; then the next head or the body ends it.
    pub fn read(input: &[u8]) -> Option<(Self, &[u8])> {
        let (line, mut rest) = split_line(input);
        let status = status_of(line)?;
        let mut lines = Vec::new();
        let mut is_cut = true;
        while !rest.is_empty() {
            let (line, after) = split_line(rest);
            if status_of(line).is_some() || matches!(line.first(), Some(b'{' | b'[' | b'<')) {
                is_cut = false;
                break;
            }
            rest = after;
            if line.trim_ascii().is_empty() {
                is_cut = false;
                break;
            }
            lines.push(line);
        }
        Some((Self { is_cut, ..Self::of_lines(line, status, &lines) }, rest))
    }

    /// Reads the head and those that curl goes on from: the last one counts.
    pub fn read_last(input: &[u8]) -> Option<(Self, &[u8])> {
        let (mut head, mut rest) = Self::read(input.trim_ascii_start())?;
        while head.is_passed_over
            && let Some((next, after)) = Self::read(rest.trim_ascii_start())
        {
            (head, rest) = (next.after(Some(&head)), after);
        }
        Some((head, rest))
    }

    /// Takes this for the response that follows another one, if there was one.
    pub fn after(mut self, other: Option<&Self>) -> Self {
        self.earlier =
            other.and_then(|other| other.earlier.or((!other.leaves_undone()).then_some(other.status)));
        self
    }

    /// Returns whether this is only the answer of a proxy that opened a tunnel, or an interim one.
    pub fn is_interim(&self) -> bool {
        self.is_passed_over && self.status < 300
    }

    /// Returns whether the server did not carry out the call: it asks to send the same call again. After other redirects
    /// a client sends another call, often to show what came of the first one.
    fn leaves_undone(&self) -> bool {
        self.is_interim() || matches!(self.status, 307 | 308 | 401 | 407 | 429)
    }

    /// Puts a head together from its status line and the lines of its headers.
    pub fn of_lines(status_line: &[u8], status: u16, lines: &[&[u8]]) -> Self {
        let is_passed_over = match status {
            100..=199 | 300..=399 | 401 | 407 => true,
            200 => is_connect_answer(status_line),
            _ => false,
        };
        Self { status, is_passed_over, earlier: None, is_cut: false, headers: parse_headers(status, lines) }
    }
}

/// Reads the headers in these lines and skips lines that are not headers. The parser knows only the status lines of HTTP/1
/// and rejects control characters, so this writes its own status line and replaces control characters with spaces. A line
/// that starts with a space or tab continues the line before it.
fn parse_headers(status: u16, lines: &[&[u8]]) -> Vec<(String, Vec<u8>)> {
    let mut text = format!("HTTP/1.1 {status:03}").into_bytes();
    for line in lines {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            text.extend_from_slice(b"\r\n");
        }
        text.extend(line.iter().map(|byte| if byte.is_ascii_control() { b' ' } else { *byte }));
    }
    text.extend_from_slice(b"\r\n\r\n");

    let mut room = vec![httparse::EMPTY_HEADER; lines.len()];
    let mut response = httparse::Response::new(&mut room);
    let parsed = ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, &text);
    let headers = if parsed.is_ok() { &*response.headers } else { &[] };
    headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec())).collect()
}

/// Parses the argument `Name: value`.
pub fn parse_header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected `Name: value`".to_owned()),
    }
}

/// Returns the first line without its end, and the text after it.
pub fn split_line(input: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b'\n', input).unwrap_or(input.len());
    let (line, rest) = input.split_at_checked(end).unwrap_or((input, b""));
    (line.trim_ascii_end(), rest.strip_prefix(b"\n").unwrap_or(rest))
}

/// Returns each line with the text that begins with it; the line has no end.
pub fn lines(mut rest: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let here = rest;
        let (line, after) = split_line(here);
        rest = after;
        (!here.is_empty()).then_some((line, here))
    })
}

/// Returns the status in a line such as `HTTP/2 428`.
pub fn status_of(line: &[u8]) -> Option<u16> {
    let mut words =
        line.strip_prefix(b"HTTP/")?.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let version = words.next()?;
    let status = words.next().filter(|word| word.len() == 3 && word.iter().all(u8::is_ascii_digit))?;
    let is_version = version.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    str::from_utf8(status).ok().filter(|_| is_version)?.parse().ok()
}

/// Returns whether a line is a header, such as `name: value`.
pub fn is_header(line: &[u8]) -> bool {
    let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
    name.len() < line.len()
        && !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Returns method and target of a line such as `POST /bookings HTTP/1.1`.
pub fn request_of(line: &[u8]) -> Option<(&str, &str)> {
    let mut words = str::from_utf8(line).ok()?.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_method && !target.is_empty() && version.starts_with("HTTP/") && words.next().is_none())
        .then_some((method, target))
}

/// Returns `true` for the status line of a tunnel through a proxy, such as `HTTP/1.1 200 Connection established`.
fn is_connect_answer(line: &[u8]) -> bool {
    let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.skip(2).any(|word| word.eq_ignore_ascii_case(b"established"))
}
