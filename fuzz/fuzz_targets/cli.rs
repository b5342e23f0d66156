//! The reader of saved responses, which is the command line's own.
#![no_main]

use std::path::Path;

use crate::input::Response;
use crate::problem::Problem;

#[expect(dead_code, reason = "the target needs a part of it")]
#[path = "../../crates/cli/src/input.rs"]
mod input;
#[expect(dead_code, reason = "the target needs a part of it")]
#[path = "../../crates/cli/src/problem.rs"]
mod problem;

booking_errors_fuzz::target!(ask);

fn ask(input: &[u8]) {
    let with_head = parse(input, None);
    let with_status = parse(input, Some(u16::MAX));
    match (&with_head, &with_status) {
        (Ok(saved), Ok(other)) => {
            assert_eq!(other.status, u16::MAX, "the given status does not count");
            assert_eq!(
                (&other.headers, &other.body),
                (&saved.headers, &saved.body),
                "the status changes the rest"
            );
        }
        (Err(Problem::NoStatusLine { .. } | Problem::Empty { .. }), Ok(body)) => {
            assert_eq!((body.status, &*body.body), (u16::MAX, input), "the input is not the body");
            assert!(body.headers.is_empty(), "headers without a head");
        }
        (Err(Problem::Utf16 { .. }), Err(Problem::Utf16 { .. })) => {}
        (Ok(_), Err(problem)) | (Err(problem), _) => panic!("another problem: {problem}"),
    }
    if let Ok(saved) = with_head {
        ask_response(input, &saved);
    }
    ask_last_header(input);
}

fn ask_response(input: &[u8], saved: &Response) {
    assert!(saved.status < 1_000, "no status of three digits: {}", saved.status);
    assert!(input.ends_with(&saved.body), "the body is not the end of the input");
    for (name, value) in &saved.headers {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        assert!(!name.is_empty() && name.bytes().all(is_token), "no name of a header: {name:?}");
        assert_eq!(value, value.trim_ascii(), "the value of {name} is not trimmed");
    }

    // a body may start like a head, as after `100 Continue`
    if parse(&saved.body, None).is_ok() {
        return;
    }
    let mut written = format!("HTTP/1.1 {:03}\r\n", saved.status).into_bytes();
    for (name, value) in &saved.headers {
        written.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    written.extend([b"\r\n", &*saved.body].concat());
    let again = parse(&written, None).unwrap_or_else(|problem| panic!("written, it is not read: {problem}"));
    assert_eq!(
        (again.status, &again.headers, &again.body),
        (saved.status, &saved.headers, &saved.body),
        "written, it is another response"
    );
}

/// Whatever lines a head has, the reader still reads a header after them.
fn ask_last_header(input: &[u8]) {
    let is_in_head = |line: &&[u8]| {
        !line.trim_ascii().is_empty() && !matches!(line[0], b'{' | b'[' | b'<') && !line.starts_with(b"HTTP/")
    };
    let mut head = b"HTTP/1.1 428\n".to_vec();
    for line in input.split(|&byte| byte == b'\n').filter(is_in_head) {
        head.extend([line, b"\n"].concat());
    }
    head.extend(b"x-last: 1\n\n{}");
    let saved = parse(&head, None).unwrap_or_else(|problem| panic!("a head is not read: {problem}"));
    assert_eq!((saved.status, &*saved.body), (428, &b"{}"[..]), "a line of the head ends it");
    let last = saved.headers.last().map(|(name, value)| (&**name, &**value));
    assert_eq!(last, Some(("x-last", &b"1"[..])), "lines before a header hide it");
}

fn parse(input: &[u8], status: Option<u16>) -> Result<Response, Problem> {
    Response::parse(input, status, Path::new("-"))
}
