//! A pull reader for JSON that may be cut, broken or hostile.
//!
//! The error bodies of real servers are not always the JSON their documentation promises: gateways cut them, PHP
//! prints warnings into them, proxies break their encoding. A [`Reader`] hands out one [`Value`] at a time, each read
//! as whatever type it turns out to have, and when the text breaks off it keeps quiet: visits end, texts come out as
//! `None`, and all that was read before stays with the caller. [`Reader::fault`] then tells where and why.
//!
//! The grammar is that of RFC 8259, with these allowances: bytes in a string that are no UTF-8 and `\u` escapes of
//! lone surrogates become U+FFFD, numbers have any size, and what is skipped may be nested to any depth. Reading is one
//! pass, never recurses by itself, and allocates only for strings with escapes or broken bytes.
//!
//! ```
//! use booking_errors_core::decode::json::Reader;
//!
//! let mut reader = Reader::new(br#"{"code":"SLOT_TAKEN","extra":[1e400],"message":"Taken by anoth"#);
//! let (mut code, mut message) = (None, None);
//! reader.root().members(|name, value| match &*name {
//!     "code" => value.text_into(&mut code),
//!     "message" => value.text_into(&mut message),
//!     _ => {} // what is not read is skipped
//! });
//! assert_eq!(code.as_deref(), Some("SLOT_TAKEN"));
//! assert_eq!(message, None);
//! assert_eq!(reader.fault().unwrap().to_string(), "the JSON ends too early at byte 62");
//! ```

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};

use crate::text::is_blank;

/// How deep a value may be nested that is taken over as a whole.
const DEEPEST: usize = 32;

/// Where and why a text stopped being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} at byte {offset}")]
pub struct SyntaxError {
    reason: &'static str,
    offset: usize,
}

impl SyntaxError {
    /// The number of bytes before the first one that does not fit, counted from the start of what the reader was given.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

type Result<T> = std::result::Result<T, SyntaxError>;

/// The type of a value, as its first byte tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `{`
    Object,
    /// `[`
    List,
    /// `"`
    Text,
    /// a digit or `-`
    Number,
    /// `true` or `false`, when it is spelled out
    Bool,
    /// `null`, when it is spelled out
    Null,
    /// no value can start here
    Broken,
}

/// Reads one JSON value from a slice of bytes, from left to right.
#[derive(Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    fault: Option<SyntaxError>,
    /// The closing brackets that a skip still waits for; kept here so that its memory is used again.
    closing: Vec<u8>,
    depth: usize,
    root_is_list: bool,
    has_envelope: bool,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::starting_at(bytes, 0)
    }

    pub(crate) fn starting_at(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            fault: None,
            closing: Vec::new(),
            depth: 0,
            root_is_list: false,
            has_envelope: false,
        }
    }

    /// The value that starts here, after white space. What follows it is not looked at.
    pub fn root(&mut self) -> Value<'_, 'a> {
        self.skip_white_space();
        Value { reader: self }
    }

    /// Where the text stopped being JSON, if it did so far.
    pub fn fault(&self) -> Option<SyntaxError> {
        self.fault
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The position of the next byte to read: behind the value that was read, or where it broke off.
    pub(crate) fn position(&self) -> usize {
        self.fault.map_or(self.at, |fault| fault.offset)
    }

    /// Whether the root, or an object directly in a root list, has shown a member that error envelopes have.
    pub(crate) fn has_envelope(&self) -> bool {
        self.has_envelope
    }

    /// The string that is all there is to read.
    pub(crate) fn whole_string(mut self) -> Option<Cow<'a, str>> {
        let text = self.root().string();
        text.filter(|_| self.fault.is_none() && self.at == self.bytes.len())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn error<T>(&self, reason: &'static str) -> Result<T> {
        let reason = if self.at < self.bytes.len() { reason } else { "the JSON ends too early" };
        Err(SyntaxError { reason, offset: self.at })
    }

    /// Goes past `byte` if it is the next one.
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<()> {
        if self.eat(byte) { Ok(()) } else { self.error(otherwise) }
    }

    /// Goes past a comma, with `true`, or past the closing bracket, with `false`.
    #[inline]
    fn another(&mut self, closing: u8) -> Result<bool> {
        self.skip_white_space();
        if self.eat(b',') {
            self.skip_white_space();
            return Ok(true);
        }
        self.expect(closing, "expected a comma or the closing bracket")?;
        Ok(false)
    }

    #[inline]
    fn name(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'"', "expected a member's name")?;
        let name = self.string()?;
        self.colon()?;
        Ok(name)
    }

    fn colon(&mut self) -> Result<()> {
        self.skip_white_space();
        self.expect(b':', "expected a colon")?;
        self.skip_white_space();
        Ok(())
    }

    fn members(&mut self, mut visit: impl FnMut(Cow<'a, str>, Value<'_, 'a>)) -> Result<()> {
        let is_top = self.depth == 0 || (self.depth == 1 && self.root_is_list);
        self.depth += 1;
        self.at += 1;
        self.skip_white_space();
        let mut more = !self.eat(b'}');
        while more {
            let name = self.name()?;
            let sign = if is_top { envelope_sign(&name, self.peek()) } else { Sign::Absent };
            self.has_envelope |= sign == Sign::Begun;
            self.visit(|value| visit(name, value))?;
            self.has_envelope |= sign == Sign::Complete;
            more = self.another(b'}')?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn items(&mut self, mut visit: impl FnMut(Value<'_, 'a>)) -> Result<()> {
        self.root_is_list |= self.depth == 0;
        self.depth += 1;
        self.at += 1;
        self.skip_white_space();
        let mut more = !self.eat(b']');
        while more {
            self.visit(&mut visit)?;
            more = self.another(b']')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Has the value here visited, and goes past it where the visitor did not.
    fn visit(&mut self, visit: impl FnOnce(Value<'_, 'a>)) -> Result<()> {
        let start = self.at;
        visit(Value { reader: self });
        match self.fault {
            Some(fault) => Err(fault),
            None if self.at == start => self.skip(),
            None => Ok(()),
        }
    }

    /// Goes past a value of any type and depth.
    fn skip(&mut self) -> Result<()> {
        self.closing.clear();
        loop {
            let opened = match self.peek() {
                Some(b'{') => self.open(b'}'),
                Some(b'[') => self.open(b']'),
                Some(b'"') => {
                    self.at += 1;
                    self.skip_string()?;
                    false
                }
                Some(b'-' | b'0'..=b'9') => self.number().map(|_| false)?,
                _ => self.literal().map(|_| false)?,
            };
            if !opened {
                loop {
                    let Some(&closing) = self.closing.last() else {
                        return Ok(());
                    };
                    if self.another(closing)? {
                        break;
                    }
                    self.closing.pop();
                }
            }
            if self.closing.last() == Some(&b'}') {
                self.expect(b'"', "expected a member's name")?;
                self.skip_string()?;
                self.colon()?;
            }
        }
    }

    /// Goes into a container, with `true`, or past an empty one.
    fn open(&mut self, closing: u8) -> bool {
        self.at += 1;
        self.skip_white_space();
        if self.eat(closing) {
            return false;
        }
        self.closing.push(closing);
        true
    }

    fn literal(&mut self) -> Result<Option<bool>> {
        let (word, meaning) = match self.peek() {
            Some(b't') => ("true", Some(true)),
            Some(b'f') => ("false", Some(false)),
            Some(b'n') => ("null", None),
            _ => return self.error("expected a value"),
        };
        if self.rest().starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(meaning);
        }
        if word.as_bytes().starts_with(self.rest()) {
            self.at = self.bytes.len();
        }
        self.error("expected a value")
    }

    /// The number here, where it is an integer; it is gone past in any case.
    fn integer(&mut self) -> Result<Option<&'a str>> {
        let rest = self.rest();
        let start = self.at;
        let is_integer = self.number()?;
        let digits = rest.get(..self.at - start).filter(|_| is_integer);
        Ok(digits.and_then(|digits| str::from_utf8(digits).ok()))
    }

    /// Goes past a number; whether it is an integer.
    fn number(&mut self) -> Result<bool> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        let is_fraction = self.eat(b'.');
        if is_fraction {
            self.digits()?;
        }
        let is_power = self.eat(b'e') || self.eat(b'E');
        if is_power {
            let _sign = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        if self.depth > 0 && self.at == self.bytes.len() {
            return self.error("expected the rest of a number");
        }
        Ok(!is_fraction && !is_power)
    }

    fn digits(&mut self) -> Result<()> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { self.error("expected a digit") } else { Ok(()) }
    }

    /// The bytes up to the next quote, backslash or control character of a string.
    fn plain_part(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = plain_length(rest);
        self.at += end;
        rest.get(..end).unwrap_or(rest)
    }

    fn skip_string(&mut self) -> Result<()> {
        loop {
            self.plain_part();
            if self.eat(b'"') {
                return Ok(());
            }
            self.escape()?;
        }
    }

    /// The string behind an opening quote.
    #[inline]
    fn string(&mut self) -> Result<Cow<'a, str>> {
        let plain = self.plain_part();
        if self.peek() == Some(b'"')
            && let Ok(text) = str::from_utf8(plain)
        {
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        self.mended_string(plain)
    }

    /// The string that starts with `plain`, with its escapes and broken bytes replaced.
    #[cold]
    fn mended_string(&mut self, plain: &'a [u8]) -> Result<Cow<'a, str>> {
        let mut text = String::from_utf8_lossy(plain).into_owned();
        if self.eat(b'"') {
            return Ok(text.into());
        }
        loop {
            let unit = self.escape()?;
            match self.low_surrogate_after(unit)? {
                Some(pair) => text.push(pair),
                None => text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
            }
            text.push_str(&String::from_utf8_lossy(self.plain_part()));
            if self.eat(b'"') {
                return Ok(text.into());
            }
        }
    }

    /// Goes past an escape; its UTF-16 code unit.
    fn escape(&mut self) -> Result<u32> {
        self.expect(b'\\', "control character in a string")?;
        let unit = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => u32::from(byte),
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(b'n') => 0x0a,
            Some(b'r') => 0x0d,
            Some(b't') => 0x09,
            Some(b'u') => {
                self.at += 1;
                return self.hex_digits();
            }
            _ => return self.error("unknown escape in a string"),
        };
        self.at += 1;
        Ok(unit)
    }

    fn hex_digits(&mut self) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            match self.peek().and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => unit = unit * 16 + digit,
                None => return self.error("expected four hexadecimal digits"),
            }
            self.at += 1;
        }
        Ok(unit)
    }

    /// The character of a surrogate pair whose high half is `unit`, where its low half follows; else nothing is read.
    fn low_surrogate_after(&mut self, unit: u32) -> Result<Option<char>> {
        let (0xd800..=0xdbff, true) = (unit, self.rest().starts_with(b"\\u")) else {
            return Ok(None);
        };
        let before = self.at;
        let low = self.escape()?;
        if !matches!(low, 0xdc00..=0xdfff) {
            self.at = before;
            return Ok(None);
        }
        Ok(char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)))
    }
}

/// Gives the position, not the text.
impl Debug for Reader<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("at", &self.at).field("fault", &self.fault).finish_non_exhaustive()
    }
}

/// A value that is about to be read, as any type; dropped unread, it is skipped.
///
/// A value of another type than the one asked for is skipped too: it costs only itself.
pub struct Value<'r, 'a> {
    reader: &'r mut Reader<'a>,
}

impl Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(&self.shape()).finish()
    }
}

impl<'a> Value<'_, 'a> {
    /// What the first byte makes of it.
    pub fn shape(&self) -> Shape {
        match self.reader.peek() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::List,
            Some(b'"') => Shape::Text,
            Some(b'-' | b'0'..=b'9') => Shape::Number,
            Some(b't' | b'f') => Shape::Bool,
            Some(b'n') => Shape::Null,
            _ => Shape::Broken,
        }
    }

    /// Visits the members of an object in their order, each as often as it is there.
    pub fn members(self, visit: impl FnMut(Cow<'a, str>, Value<'_, 'a>)) {
        match self.shape() {
            Shape::Object => self.attempt(|reader| reader.members(visit)),
            _ => self.another_type(),
        };
    }

    /// Visits the items of a list.
    pub fn items(self, visit: impl FnMut(Value<'_, 'a>)) {
        match self.shape() {
            Shape::List => self.attempt(|reader| reader.items(visit)),
            _ => self.another_type(),
        };
    }

    /// A string, or the digits of an integer of any size as they stand.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.shape() {
            Shape::Number => self.attempt(Reader::integer).flatten().map(Cow::Borrowed),
            _ => self.string(),
        }
    }

    /// Puts the [`text`](Self::text) into `slot`, or `None` for a blank one and for a value of another type. A value
    /// that breaks off leaves there what an earlier member of the same name put.
    pub fn text_into(self, slot: &mut Option<Cow<'a, str>>) {
        let Self { reader } = self;
        let text = Value { reader }.text();
        if reader.fault.is_none() {
            *slot = text.filter(|text| !is_blank(text));
        }
    }

    /// A string; an integer is none.
    pub fn string(self) -> Option<Cow<'a, str>> {
        match self.shape() {
            Shape::Text => self.attempt(|reader| {
                reader.at += 1;
                reader.string()
            }),
            _ => self.another_type(),
        }
    }

    /// `true` or `false`.
    pub fn boolean(self) -> Option<bool> {
        match self.shape() {
            Shape::Bool => self.attempt(Reader::literal).flatten(),
            _ => self.another_type(),
        }
    }

    /// The bytes of the value as they stand, up to where it breaks off if it does.
    pub fn raw(self) -> &'a [u8] {
        let Self { reader } = self;
        let (bytes, start) = (reader.bytes, reader.at);
        Value { reader }.skip();
        bytes.get(start..reader.position()).unwrap_or_default()
    }

    /// The bytes of the value, if it does not break off.
    pub fn whole(self) -> Option<&'a [u8]> {
        let Self { reader } = self;
        let raw = Value { reader }.raw();
        reader.fault.is_none().then_some(raw)
    }

    /// The bytes of the member at the end of a path of names; of duplicates the last.
    pub fn raw_at(self, path: &[&str]) -> Option<&'a [u8]> {
        let Some((wanted, rest)) = path.split_first() else { return Some(self.raw()) };
        let mut found = None;
        self.members(|name, value| {
            if name == *wanted {
                found = value.raw_at(rest);
            }
        });
        found
    }

    /// The value as `serde_json` has it: what is nested deeper than 32 levels is null, and a number that it cannot hold
    /// is its text.
    pub fn into_json(self) -> serde_json::Value {
        self.into_json_within(DEEPEST)
    }

    fn into_json_within(self, levels: usize) -> serde_json::Value {
        match self.shape() {
            Shape::Object if levels > 0 => {
                let mut object = serde_json::Map::new();
                self.members(|name, value| {
                    object.insert(name.into_owned(), value.into_json_within(levels - 1));
                });
                object.into()
            }
            Shape::List if levels > 0 => {
                let mut list = Vec::new();
                self.items(|item| list.push(item.into_json_within(levels - 1)));
                list.into()
            }
            Shape::Text => self.string().map(Cow::into_owned).into(),
            Shape::Bool => self.boolean().into(),
            Shape::Number => {
                let text = String::from_utf8_lossy(self.raw());
                let is_fraction = text.contains(['.', 'e', 'E']);
                let is_exact = is_fraction || text.parse::<u64>().is_ok() || text.parse::<i64>().is_ok();
                let number = serde_json::from_str(&text).ok().filter(|_| is_exact);
                number.unwrap_or_else(|| text.into_owned().into())
            }
            Shape::Object | Shape::List | Shape::Null | Shape::Broken => {
                self.skip();
                serde_json::Value::Null
            }
        }
    }

    /// A second reader at the same place, for a value that must be read twice.
    pub fn fork(&self) -> Reader<'a> {
        Reader::starting_at(self.reader.bytes, self.reader.at)
    }

    /// Goes past the value.
    pub fn skip(self) {
        self.attempt(Reader::skip);
    }

    fn another_type<T>(self) -> Option<T> {
        self.skip();
        None
    }

    fn attempt<T>(self, read: impl FnOnce(&mut Reader<'a>) -> Result<T>) -> Option<T> {
        if self.reader.fault.is_some() {
            return None;
        }
        read(self.reader).map_err(|fault| self.reader.fault = Some(fault)).ok()
    }
}

/// Whether a member makes its object an error envelope.
#[derive(PartialEq)]
enum Sign {
    Absent,
    /// From its first byte on.
    Begun,
    /// Once it was read to its end.
    Complete,
}

fn envelope_sign(name: &str, first: Option<u8>) -> Sign {
    match (name, first) {
        (
            "details" | "errors" | "error",
            Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'),
        ) => Sign::Begun,
        ("results" | "bulkActionMetadata" | "responses", Some(b'{' | b'[')) => Sign::Begun,
        ("code" | "error_code" | "message", Some(b'"' | b'-' | b'0'..=b'9')) => Sign::Complete,
        ("success", Some(b'f')) => Sign::Complete,
        _ => Sign::Absent,
    }
}

/// How many bytes come before the first quote, backslash or control character: short strings are read byte by byte,
/// longer ones eight bytes at a time.
fn plain_length(text: &[u8]) -> usize {
    let ends_plain = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    let (head, rest) = text.split_at_checked(8).unwrap_or((text, &[]));
    if let Some(length) = head.iter().position(ends_plain) {
        return length;
    }
    let (words, tail) = rest.as_chunks();
    let mut length = head.len();
    for word in words {
        match ends_of_plain(u64::from_le_bytes(*word)) {
            0 => length += word.len(),
            ends => return length + ends.trailing_zeros() as usize / 8,
        }
    }
    length + tail.iter().position(ends_plain).unwrap_or(tail.len())
}

/// The high bit of each byte that is a quote, a backslash or a control character. Above the lowest one there may be
/// false ones.
fn ends_of_plain(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let quotes = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslashes = below(word ^ (ONES * u64::from(b'\\')), 1);
    (quotes | backslashes | below(word, 0x20)) & (ONES << 7)
}
