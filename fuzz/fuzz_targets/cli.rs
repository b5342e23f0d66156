//! The reader of what people have of a response, which is the command line's own.
#![no_main]

use clap::ValueEnum as _;

use crate::cli::{input, problem};
use crate::input::{Exchange, Kind};
use crate::problem::Problem;

#[expect(dead_code, unused_imports, reason = "the target needs a part of it")]
#[path = "../../crates/cli/src"]
mod cli {
    pub mod input;
    pub mod problem;
}

booking_errors_fuzz::target!(ask);

fn ask(input: &[u8]) {
    ask_told(input);
    for kind in Kind::value_variants() {
        ask_forced(input, *kind);
    }
    // what is read as it stands: not as UTF-16, not without its colours
    if input.starts_with(b"HTTP/") && !input.contains(&0x1b) {
        ask_head(input);
    }
    ask_last_header(input);
}

/// Whatever the content shows, somebody who says so gets the same.
fn ask_told(input: &[u8]) {
    let found = match input::read(input, "-", None, false) {
        Ok(found) => found,
        Err(Problem::Empty { .. } | Problem::NoResponse { .. }) => return,
        Err(problem) => panic!("another problem: {problem}"),
    };
    assert!(found.kind.holds_several() || found.exchanges.len() == 1, "no response");
    let again =
        input::read(input, "-", Some(found.kind), false).unwrap_or_else(|problem| panic!("{problem}"));
    let is_same = again.exchanges.iter().map(parts).eq(found.exchanges.iter().map(parts));
    assert!(is_same, "the name of the kind changes what is read");
}

fn ask_forced(input: &[u8], kind: Kind) {
    match input::read(input, "-", Some(kind), true) {
        Ok(found) => assert!(found.kind == kind, "read as another kind"),
        Err(Problem::Misfit { .. }) if kind != Kind::Body => {}
        Err(problem) => panic!("another problem: {problem}"),
    }
}

/// What `curl -i` prints is read as it stands, and once more when it is written anew.
fn ask_head(input: &[u8]) {
    let Some(saved) = with_head(input) else { return };
    // only the answer of a proxy, or `100 Continue`, came
    let Some(status) = saved.status else { return };
    assert!(status < 1_000, "no status of three digits: {status}");
    for (name, value) in &saved.headers {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        assert!(!name.is_empty() && name.bytes().all(is_token), "no name of a header: {name:?}");
        assert_eq!(value, value.trim_ascii(), "the value of {name} is not trimmed");
    }

    // HTTPie's own words may follow the body, and a body may start like a head, as after `100 Continue`
    if !input.ends_with(&saved.body) || with_head(&saved.body).is_some() {
        return;
    }
    let mut written = format!("HTTP/1.1 {status:03}\r\n").into_bytes();
    for (name, value) in &saved.headers {
        written.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    written.extend([b"\r\n", &*saved.body].concat());
    let again = with_head(&written).expect("written, it is not read");
    assert!(parts(&again) == parts(&saved), "written, it is another response");
}

/// Whatever lines a head has, the reader still reads a header after them.
fn ask_last_header(input: &[u8]) {
    let is_in_head = |line: &&[u8]| {
        // HTTPie's own words end what came from the server
        let is_end = [&b"HTTP/"[..], b"Elapsed time: "].iter().any(|start| line.starts_with(start));
        !line.trim_ascii().is_empty() && !matches!(line[0], b'{' | b'[' | b'<') && !is_end
    };
    let mut head = b"HTTP/1.1 428\n".to_vec();
    for line in input.split(|&byte| byte == b'\n').filter(is_in_head) {
        head.extend([line, b"\n"].concat());
    }
    head.extend(b"x-last: 1\n\n{}");
    let saved = with_head(&head).expect("a head is not read");
    assert_eq!((saved.status, &*saved.body), (Some(428), &b"{}"[..]), "a line of the head ends it");
    let last = saved.headers.last().map(|(name, value)| (&**name, &**value));
    assert_eq!(last, Some(("x-last", &b"1"[..])), "lines before a header hide it");
}

/// Reads what `curl -i` prints.
fn with_head(input: &[u8]) -> Option<Exchange> {
    input::read(input, "-", Some(Kind::Curl), false).ok()?.exchanges.pop()
}

/// What the input holds of a response.
fn parts(exchange: &Exchange) -> impl PartialEq {
    (exchange.status, &exchange.headers, &exchange.body)
}
