//! Reads files, and the responses in them as `curl -i` prints them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use booking_errors::text::Escaped;
use httparse::ParserConfig;

use crate::problem::Problem;

/// The most bytes of a single response. An input that never ends, such as `/dev/zero`, must not fill the memory.
pub const LONGEST: usize = 64 * 1024 * 1024;

/// The most bytes of a line that are read at all in a batch. A line that is even longer has no end.
pub const ENDLESS: usize = 256 * 1024 * 1024;

/// Names an input in messages.
pub fn name_of(file: &Path) -> String {
    if is_standard(file) {
        return "standard input".to_owned();
    }
    Escaped::message(&file.display().to_string()).to_string()
}

fn is_standard(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Opens a file, or standard input for `-`.
pub fn open(file: &Path) -> Result<Box<dyn Read + Send>, Problem> {
    if is_standard(file) {
        return Ok(Box::new(io::stdin()));
    }
    match File::open(file) {
        Ok(opened) => Ok(Box::new(opened)),
        Err(error) => Err(Problem::Unreadable { file: name_of(file), error }),
    }
}

/// Returns the length of a file in bytes, also if the file is standard input; `None` if its length is not fixed.
pub fn length_of(file: &Path) -> Option<u64> {
    // Windows has no such path
    let file = if is_standard(file) { Path::new("/dev/stdin") } else { file };
    let metadata = fs::metadata(file).ok()?;
    metadata.is_file().then_some(metadata.len())
}

/// Reads the whole input, if it has at most [`LONGEST`] bytes.
pub fn read_all(file: &Path) -> Result<Vec<u8>, Problem> {
    let mut input = Vec::new();
    open(file)?
        .take(LONGEST as u64 + 1)
        .read_to_end(&mut input)
        .map_err(|error| Problem::Unreadable { file: name_of(file), error })?;
    if input.len() > LONGEST {
        return Err(Problem::TooLong { file: name_of(file) });
    }
    Ok(input)
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

/// A response saved in a file.
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Response {
    /// Reads a response with its head, or a bare body if `status` is given. If there are several heads, as after redirects
    /// and `100 Continue`, the last one counts. A status that is given counts more than that of the head.
    pub fn parse(input: &[u8], status: Option<u16>, file: &Path) -> Result<Self, Problem> {
        if is_utf16(input) {
            return Err(Problem::Utf16 { file: name_of(file) });
        }
        let text = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
        let mut rest = text;
        let mut last: Option<Head> = None;
        while last.as_ref().is_none_or(|head| head.is_passed_over)
            && let Some((head, after)) = Head::read(rest.trim_ascii_start())
        {
            last = Some(head);
            rest = after;
        }
        match (last, status) {
            (Some(head), status) => {
                Ok(Self { status: status.unwrap_or(head.status), headers: head.headers, body: rest.to_vec() })
            }
            (None, Some(status)) => Ok(Self { status, headers: Vec::new(), body: input.to_vec() }),
            (None, None) if text.trim_ascii().is_empty() => Err(Problem::Empty { file: name_of(file) }),
            (None, None) => Err(Problem::NoStatusLine { file: name_of(file) }),
        }
    }
}

/// A status line with its headers.
struct Head {
    status: u16,
    /// Whether curl goes on to another response after this one: after 1xx, a redirect, a request for credentials, or a
    /// proxy's answer to CONNECT. A body that begins with a status line follows any other head.
    is_passed_over: bool,
    headers: Vec<(String, Vec<u8>)>,
}

impl Head {
    /// Reads a head that starts here, and returns it with the text after it. Pasting may lose the empty line at the end of a
    /// head; then the next head or the body ends it.
    fn read(input: &[u8]) -> Option<(Self, &[u8])> {
        let (line, mut rest) = split_line(input);
        let status = status_of(line)?;
        let mut lines = Vec::new();
        while !rest.is_empty() {
            let (line, after) = split_line(rest);
            if status_of(line).is_some() || matches!(line.first(), Some(b'{' | b'[' | b'<')) {
                break;
            }
            rest = after;
            if line.trim_ascii().is_empty() {
                break;
            }
            lines.push(line);
        }
        let is_passed_over = match status {
            100..=199 | 300..=399 | 401 | 407 => true,
            200 => is_connect_answer(line),
            _ => false,
        };
        Some((Self { status, is_passed_over, headers: parse_headers(status, &lines) }, rest))
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

/// Returns the first line without its end, and the text after it.
fn split_line(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.iter().position(|&byte| byte == b'\n').unwrap_or(input.len());
    let (line, rest) = input.split_at_checked(end).unwrap_or((input, b""));
    (line.trim_ascii_end(), rest.strip_prefix(b"\n").unwrap_or(rest))
}

/// Returns the status in a line such as `HTTP/2 428`.
fn status_of(line: &[u8]) -> Option<u16> {
    let mut words =
        line.strip_prefix(b"HTTP/")?.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let version = words.next()?;
    let status = words.next().filter(|word| word.len() == 3 && word.iter().all(u8::is_ascii_digit))?;
    let is_version = version.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    str::from_utf8(status).ok().filter(|_| is_version)?.parse().ok()
}

/// Returns `true` for the status line of a tunnel through a proxy, such as `HTTP/1.1 200 Connection established`.
fn is_connect_answer(line: &[u8]) -> bool {
    let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.skip(2).any(|word| word.eq_ignore_ascii_case(b"established"))
}

/// Returns `true` if the text starts with the byte order mark of UTF-16, as files written by PowerShell do.
pub fn is_utf16(input: &[u8]) -> bool {
    input.starts_with(b"\xff\xfe") || input.starts_with(b"\xfe\xff")
}
