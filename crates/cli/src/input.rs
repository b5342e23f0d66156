//! Reads what people have of a response: what tools print, files that browsers export, lines of logs.

mod body;
mod compression;
mod curl;
mod encoding;
mod file;
mod har;
mod head;
mod httpie;
mod log;
mod postman;
mod powershell;
mod sender;
mod tree;
mod verbose;

use anstream::adapter::strip_bytes;
use booking_errors::text::Escaped;
use booking_errors::{Provider, RawResponse};
use clap::ValueEnum;

pub use self::compression::{is_text, unpack};
pub use self::encoding::BASE64;
pub use self::file::{ENDLESS, LONGEST, is_standard, length_of, name_of, open, read_all};
use self::head::Head;
pub use self::head::parse_header;
pub use self::sender::shown as shown_url;
use crate::problem::Problem;

/// The character that starts the escape sequences of terminals. Recordings of terminals hold it.
const ESCAPE: u8 = 0x1b;

/// How much of the first line of an input is shown, in characters.
const FIRST_LINE: usize = 80;

/// Headers with a part of their value that only a response with a body has.
const ANNOUNCE: [(&str, &str); 5] = [
    ("transfer-encoding", "chunked"),
    ("content-type", "json"),
    ("content-encoding", "gzip"),
    ("content-encoding", "deflate"),
    ("content-encoding", "br"),
];

/// What an input is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The output of `curl -i`
    Curl,
    /// The output of `curl -v`
    CurlVerbose,
    /// The output of HTTPie or xh
    Httpie,
    /// The output of Invoke-WebRequest, or an error of it or of Invoke-RestMethod
    Powershell,
    /// A HAR file, as browsers export it
    Har,
    /// Saved responses of Postman, in an exported collection or alone
    Postman,
    /// A body alone
    Body,
    /// Lines of a log that hold a response or its JSON
    Log,
}

impl Kind {
    /// The kinds that a text is tried as, in this order. The signs of one do not fit another.
    const TOLD: [Self; 8] = [
        Self::Curl,
        Self::Har,
        Self::Postman,
        Self::CurlVerbose,
        Self::Httpie,
        Self::Powershell,
        Self::Body,
        Self::Log,
    ];

    /// Returns the name that `--input` takes.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Returns what it is, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Curl => "the output of curl -i",
            Self::CurlVerbose => "the output of curl -v",
            Self::Httpie => "the output of HTTPie",
            Self::Powershell => "the output of PowerShell",
            Self::Har => "a HAR file",
            Self::Postman => "saved responses of Postman",
            Self::Body => "a body",
            Self::Log => "lines of a log",
        }
    }

    /// Returns whether an input of this kind may hold several responses.
    pub fn holds_several(self) -> bool {
        matches!(self, Self::Har | Self::Postman | Self::Log)
    }

    /// Reads a text as this kind; `None` if it is not.
    fn read(self, text: &[u8]) -> Option<Found> {
        let one = |exchange: Option<Exchange>| exchange.map(|exchange| (vec![exchange], None));
        let (exchanges, fault) = match self {
            Self::Curl => one(curl::read(text)),
            Self::CurlVerbose => one(verbose::read(text)),
            Self::Httpie => one(httpie::read(text)),
            Self::Powershell => one(powershell::read(text)),
            Self::Har => har::read(text),
            Self::Postman => postman::read(text),
            Self::Body => one(body::read(text)),
            Self::Log => log::read(text).map(|exchanges| (exchanges, None)),
        }?;
        Some(Found { kind: self, encoding: None, exchanges, fault })
    }
}

/// What an input holds.
#[derive(Clone)]
pub struct Found {
    pub kind: Kind,
    /// Its encoding, unless that is UTF-8.
    pub encoding: Option<&'static str>,
    pub exchanges: Vec<Exchange>,
    /// Why the input is not whole.
    pub fault: Option<String>,
}

/// A response, with what the input says about its call.
#[derive(Clone, Default)]
pub struct Exchange {
    pub place: Option<Place>,
    /// The name that somebody gave it.
    pub title: Option<String>,
    pub method: Option<String>,
    pub url: Option<String>,
    /// The provider that the input names.
    pub provider: Option<&'static Provider>,
    pub status: Option<u16>,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
    /// Where the status, the method and the provider are taken from, if that is not plain.
    pub told: Vec<String>,
    pub notes: Vec<String>,
    /// Why the body is not whole: it must not pass for that of a success.
    pub gap: Option<String>,
    /// Why the call may have gone through, although the response itself does not say so.
    pub doubt: Option<String>,
    /// Whether the call got no response.
    pub is_unanswered: bool,
}

impl Exchange {
    fn of_head(head: Head, body: Vec<u8>) -> Self {
        if head.is_interim() {
            return Self { is_unanswered: true, ..Self::default() };
        }
        let mut exchange = Self { status: Some(head.status), headers: head.headers, body, ..Self::default() };
        exchange.doubt = head.earlier.map(|status| {
            format!("a response with {status} came before this one, so the call may have gone through")
        });
        // pasting may lose the empty line; an error without a body says what its status says
        if head.is_cut && (200..300).contains(&head.status) && !exchange.is_bodiless() {
            exchange.gap = Some("the head breaks off: nothing shows whether a body followed".to_owned());
        }
        exchange
    }

    /// Says how many responses of other calls or attempts came before this one.
    fn leave_out(&mut self, others: usize) {
        if others > 0 {
            self.notes.push(format!("the last response counts; earlier ones left out: {others}"));
        }
    }

    /// Takes over what the request of a call says.
    fn of_call(&mut self, method: String, host: &str, target: &str, source: &str) {
        let url = if target.contains("://") { target.to_owned() } else { format!("https://{host}{target}") };
        self.told.push(format!("method {method} from {source}"));
        self.method = Some(method);
        self.provider = sender::of(&url, b"");
        self.told.extend(self.provider.map(|provider| format!("provider {} from its URL", provider.name())));
        self.url = Some(url);
    }

    /// Returns whether the response has no body, as far as its head shows.
    fn is_bodiless(&self) -> bool {
        self.method.as_deref() == Some("HEAD")
            || matches!(self.status, Some(100..=199 | 204 | 304))
            || self.length() == Some(0)
    }

    /// Returns the length of the body that the head announces, in bytes.
    fn length(&self) -> Option<u64> {
        self.header("content-length")?.trim().parse().ok()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        str::from_utf8(value).ok()
    }

    /// Returns whether the head announces more of a body than there is.
    pub fn is_shorter_than_announced(&self) -> bool {
        self.length().is_some_and(|length| (self.body.len() as u64) < length)
    }

    /// Notes a gap if the head gives the length of a body and there is none.
    fn expect_length(&mut self) {
        if self.gap.is_none() && self.lacks_body() {
            let gap = |length| format!("the body of {length} bytes that the headers announce is not here");
            self.gap = self.length().map(gap);
        }
    }

    /// Notes a gap if the head announces a body in any way and there is none: the input may show heads only.
    fn expect_body(&mut self) {
        self.expect_length();
        // a status of an error says enough alone
        let is_success = self.status.is_some_and(|status| status < 400);
        if self.gap.is_none() && is_success && self.lacks_body() && self.length().is_none() {
            let is_there =
                |(name, sign): &(&str, &str)| self.header(name).is_some_and(|value| value.contains(sign));
            let gap = |(name, _)| format!("the body that the header {name} announces is not here");
            self.gap = ANNOUNCE.into_iter().find(is_there).map(gap);
        }
    }

    fn lacks_body(&self) -> bool {
        !self.is_bodiless() && self.body.trim_ascii().is_empty()
    }
}

/// Notes that the last response in a file is not whole, if the file is not.
fn break_off(exchanges: &mut [Exchange], is_broken: bool) {
    if let Some(last) = exchanges.last_mut().filter(|_| is_broken) {
        last.gap.get_or_insert_with(|| "the file breaks off in or after this response".to_owned());
    }
}

/// Where in an input a response is, counted from 1.
#[derive(Clone, Copy)]
pub enum Place {
    Entry(u64),
    Line(u64),
}

/// Reads an input, as the kind that somebody says or else that its content shows. With a status from elsewhere, what shows
/// no kind is a body, whatever it holds.
pub fn read(input: &[u8], name: &str, kind: Option<Kind>, has_status: bool) -> Result<Found, Problem> {
    let unpacked = unpack(input, None);
    let (text, encoding) = encoding::to_utf8(unpacked.as_ref().map_or(input, |unpacked| &unpacked.bytes));
    if text.trim_ascii().is_empty() && !has_status && unpacked.is_none() {
        return Err(Problem::Empty { file: name.to_owned() });
    }
    let understood = understand(&text, kind, has_status);
    let coloured = || text.contains(&ESCAPE).then(|| strip_bytes(&text).into_vec());
    let found = understood.or_else(|| understand(&coloured()?, kind, has_status)).ok_or_else(|| match kind {
        Some(kind) => Problem::Misfit {
            file: name.to_owned(),
            expected: kind.in_words(),
            first_line: first_line(&text),
        },
        None => Problem::NoResponse { file: name.to_owned(), first_line: first_line(&text) },
    });
    let mut found = found?;
    found.encoding = encoding;
    if let Some(unpacked) = unpacked {
        let codings = unpacked.codings.join(", ");
        let fault = unpacked.fault.map(|fault| {
            format!("{name} is compressed with {codings}, and {fault}: only what came before was read")
        });
        for exchange in &mut found.exchanges {
            if found.kind == Kind::Body {
                exchange.notes.push(format!(
                    "the input is compressed with {codings} and was decompressed: if your client received it like this, it cannot read it"
                ));
            }
            exchange.gap = exchange.gap.take().or_else(|| fault.clone());
        }
        found.fault = found.fault.or(fault);
    }
    Ok(found)
}

/// Reads a text in UTF-8.
fn understand(text: &[u8], kind: Option<Kind>, has_status: bool) -> Option<Found> {
    let whole = || Found { kind: Kind::Body, encoding: None, exchanges: vec![body::of(text)], fault: None };
    let mut told = Kind::TOLD.iter().filter(|kind| !has_status || !matches!(kind, Kind::Body | Kind::Log));
    match kind {
        Some(Kind::Body) => Some(whole()),
        Some(kind) => kind.read(text),
        None => told.find_map(|kind| kind.read(text)).or_else(|| has_status.then(whole)),
    }
}

/// Returns whether a call with this method changes nothing.
pub fn is_read(method: &str) -> bool {
    RawResponse::new(0, b"").method(method).is_read()
}

/// Returns the method of calls that follow each other, as after a redirect. A write stays one, although the redirect made a
/// read of it.
fn method_of_all(methods: &[String]) -> Option<String> {
    methods.iter().find(|method| !is_read(method)).or(methods.last()).cloned()
}

/// Returns the first line that is not blank, for messages.
fn first_line(text: &[u8]) -> String {
    let line = head::lines(text).map(|(line, _)| line).find(|line| !line.is_empty()).unwrap_or_default();
    let line = line.get(..4 * FIRST_LINE).unwrap_or(line);
    Escaped::new(&String::from_utf8_lossy(line), FIRST_LINE).to_string()
}
