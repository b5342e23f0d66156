//! A pull reader for JSON that may be cut, broken or hostile.
//!
//! The error bodies of real servers are not always the JSON their documentation promises: gateways cut them, PHP
//! prints warnings into them, proxies break their encoding. A [`Reader`] hands out one [`Value`] at a time, each read
//! as whatever type it turns out to have, and when the text breaks off it keeps quiet: visits end, texts come out as
//! `None`, and all that was read before stays with the caller. [`Reader::fault`] then tells where and why.
//!
//! The grammar is that of RFC 8259, with these allowances: bytes in a string that are no UTF-8 and `\u` escapes of
//! lone surrogates become U+FFFD, numbers have any size, and what is skipped may be nested to any depth. Reading is one
//! pass, never recurses by itself, and allocates only for strings with escapes or broken bytes, and a bit for each level
//! of nesting beyond the 64th.
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
use std::ops::Range;

use crate::text::is_blank;

/// How deep a value may be nested that is taken over as a whole.
const DEEPEST: usize = 32;
/// How much of a text is checked to be UTF-8 as a whole, in bytes; behind it each string is, when it is read.
const CHECKED_AT_ONCE: usize = 64 << 10;

const NO_END: &str = "expected a comma or the closing bracket";

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

/// The text is no JSON any more: [`Reader::fault`] has where and why.
struct BrokenOff;

type Result<T> = std::result::Result<T, BrokenOff>;

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
    cursor: Cursor<'a>,
    /// The start of the bytes, as far as it is known to be UTF-8: strings in there need no check of their own.
    text: &'a str,
    fault: Option<SyntaxError>,
    depth: usize,
    root_is_list: bool,
    has_envelope: bool,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        let start = bytes.get(..CHECKED_AT_ONCE).unwrap_or(bytes);
        let valid_part = |_| start.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let text = str::from_utf8(start).unwrap_or_else(valid_part);
        let cursor = Cursor { bytes, at: 0 };
        Self { cursor, text, fault: None, depth: 0, root_is_list: false, has_envelope: false }
    }

    /// A new reader of the same bytes, at another place.
    pub(crate) fn starting_at(&self, at: usize) -> Self {
        let cursor = Cursor { at, ..self.cursor };
        Self { cursor, fault: None, depth: 0, root_is_list: false, has_envelope: false, ..*self }
    }

    /// The value that starts here, after white space. What follows it is not looked at.
    pub fn root(&mut self) -> Value<'_, 'a> {
        self.cursor.skip_white_space();
        Value { reader: self }
    }

    /// Where the text stopped being JSON, if it did so far.
    pub fn fault(&self) -> Option<SyntaxError> {
        self.fault
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.cursor.rest()
    }

    /// The position of the next byte to read: behind the value that was read, or where it broke off.
    pub(crate) fn position(&self) -> usize {
        self.fault.map_or(self.cursor.at, |fault| fault.offset)
    }

    /// Whether the root, or an object directly in a root list, has shown a member that error envelopes have.
    pub(crate) fn has_envelope(&self) -> bool {
        self.has_envelope
    }

    /// The string that is all there is to read.
    pub(crate) fn whole_string(mut self) -> Option<Cow<'a, str>> {
        let text = self.root().string();
        text.filter(|_| self.fault.is_none() && self.cursor.is_at_end())
    }

    #[cold]
    fn error<T>(&mut self, reason: &'static str) -> Result<T> {
        let reason = if self.cursor.is_at_end() { "the JSON ends too early" } else { reason };
        self.fault = Some(SyntaxError { reason, offset: self.cursor.at });
        Err(BrokenOff)
    }

    #[inline]
    fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<()> {
        if self.cursor.eat(byte) { Ok(()) } else { self.error(otherwise) }
    }

    /// Goes past a comma, with `true`, or past the closing bracket, with `false`.
    #[inline]
    fn another(&mut self, closing: u8) -> Result<bool> {
        self.cursor.skip_white_space();
        if self.cursor.eat(b',') {
            self.cursor.skip_white_space();
            return Ok(true);
        }
        self.expect(closing, NO_END)?;
        Ok(false)
    }

    #[inline]
    fn name(&mut self) -> Result<Cow<'a, str>> {
        let mut ahead = self.cursor;
        match ahead.plain_name().and_then(|plain| self.text.get(plain)) {
            Some(name) => {
                self.cursor = ahead;
                Ok(Cow::Borrowed(name))
            }
            None => self.mended_name(),
        }
    }

    #[cold]
    fn mended_name(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'"', "expected a member's name")?;
        let name = self.mended_string()?;
        self.colon()?;
        Ok(name)
    }

    fn colon(&mut self) -> Result<()> {
        self.cursor.skip_white_space();
        self.expect(b':', "expected a colon")?;
        self.cursor.skip_white_space();
        Ok(())
    }

    fn members(&mut self, visit: &mut dyn FnMut(Cow<'a, str>, Value<'_, 'a>)) -> Result<()> {
        let is_top = self.depth == 0 || (self.depth == 1 && self.root_is_list);
        self.depth += 1;
        self.cursor.at += 1;
        self.cursor.skip_white_space();
        let mut more = !self.cursor.eat(b'}');
        while more {
            let name = self.name()?;
            let sign = match is_top && !self.has_envelope {
                true => envelope_sign(&name, self.cursor.peek()),
                false => Sign::Absent,
            };
            self.has_envelope |= sign == Sign::Begun;
            self.visit(|value| visit(name, value))?;
            self.has_envelope |= sign == Sign::Complete;
            more = self.another(b'}')?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn items(&mut self, visit: &mut dyn FnMut(Value<'_, 'a>)) -> Result<()> {
        self.root_is_list |= self.depth == 0;
        self.depth += 1;
        self.cursor.at += 1;
        self.cursor.skip_white_space();
        let mut more = !self.cursor.eat(b']');
        while more {
            self.visit(&mut *visit)?;
            more = self.another(b']')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Has the value here visited, and goes past it where the visitor did not.
    #[inline]
    fn visit(&mut self, visit: impl FnOnce(Value<'_, 'a>)) -> Result<()> {
        let start = self.cursor.at;
        visit(Value { reader: self });
        match self.fault {
            Some(_) => Err(BrokenOff),
            None if self.cursor.at == start => self.skip(),
            None => Ok(()),
        }
    }

    /// Goes past a value of any type and depth, in a copy of the cursor that can stay in registers.
    fn skip(&mut self) -> Result<()> {
        let mut open = Nesting::default();
        let mut cursor = self.cursor;
        loop {
            let opened = match cursor.peek() {
                Some(b'{') => cursor.enter(b'}').then_some(true),
                Some(b'[') => cursor.enter(b']').then_some(false),
                _ => {
                    if cursor.plain_string().is_none() {
                        self.at(&mut cursor, Self::skip_scalar)?;
                    }
                    None
                }
            };
            if let Some(is_object) = opened {
                open.push(is_object);
            } else {
                while let Some(is_object) = open.is_in_object() {
                    cursor.skip_white_space();
                    if cursor.eat(b',') {
                        cursor.skip_white_space();
                        break;
                    }
                    if !cursor.eat(if is_object { b'}' } else { b']' }) {
                        return self.at(&mut cursor, |reader| reader.error(NO_END));
                    }
                    open.pop();
                }
            }
            match open.is_in_object() {
                None => {
                    self.cursor = cursor;
                    return Ok(());
                }
                Some(true) if cursor.plain_name().is_none() => self.at(&mut cursor, Self::skip_name)?,
                Some(_) => {}
            }
        }
    }

    /// Reads at another place, and sets the cursor to where that leads.
    fn at<T>(&mut self, cursor: &mut Cursor<'a>, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.cursor = *cursor;
        let result = read(self);
        *cursor = self.cursor;
        result
    }

    fn skip_scalar(&mut self) -> Result<()> {
        match self.cursor.peek() {
            Some(b'"') => {
                self.cursor.at += 1;
                self.skip_string()
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ => self.literal().map(drop),
        }
    }

    fn skip_name(&mut self) -> Result<()> {
        self.expect(b'"', "expected a member's name")?;
        self.skip_string()?;
        self.colon()
    }

    fn literal(&mut self) -> Result<Option<bool>> {
        let (word, meaning) = match self.cursor.peek() {
            Some(b't') => ("true", Some(true)),
            Some(b'f') => ("false", Some(false)),
            Some(b'n') => ("null", None),
            _ => return self.error("expected a value"),
        };
        if self.cursor.rest().starts_with(word.as_bytes()) {
            self.cursor.at += word.len();
            return Ok(meaning);
        }
        if word.as_bytes().starts_with(self.cursor.rest()) {
            self.cursor.at = self.cursor.bytes.len();
        }
        self.error("expected a value")
    }

    /// The number here, where it is an integer; it is gone past in any case.
    fn integer(&mut self) -> Result<Option<&'a str>> {
        let start = self.cursor.at;
        let is_integer = self.number()?;
        let digits = self.cursor.bytes.get(start..self.cursor.at).filter(|_| is_integer);
        Ok(digits.and_then(|digits| str::from_utf8(digits).ok()))
    }

    /// Goes past a number; whether it is an integer.
    fn number(&mut self) -> Result<bool> {
        self.cursor.eat(b'-');
        if !self.cursor.eat(b'0') {
            self.digits()?;
        }
        let is_fraction = self.cursor.eat(b'.');
        if is_fraction {
            self.digits()?;
        }
        let is_power = self.cursor.eat(b'e') || self.cursor.eat(b'E');
        if is_power {
            let _sign = self.cursor.eat(b'+') || self.cursor.eat(b'-');
            self.digits()?;
        }
        let is_ended = matches!(self.cursor.peek(), Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r'));
        if self.depth > 0 && !is_ended {
            return self.error("expected the rest of a number");
        }
        Ok(!is_fraction && !is_power)
    }

    fn digits(&mut self) -> Result<()> {
        let start = self.cursor.at;
        while self.cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.cursor.at += 1;
        }
        if self.cursor.at == start { self.error("expected a digit") } else { Ok(()) }
    }

    /// Goes to the next quote, backslash or control character of a string; the bytes before it.
    fn plain_part(&mut self) -> &'a [u8] {
        let start = self.cursor.at;
        self.cursor.skip_plain_part();
        self.cursor.bytes.get(start..self.cursor.at).unwrap_or_default()
    }

    fn skip_string(&mut self) -> Result<()> {
        loop {
            self.cursor.skip_plain_part();
            if self.cursor.eat(b'"') {
                return Ok(());
            }
            self.escape()?;
        }
    }

    #[inline]
    fn string(&mut self) -> Result<Cow<'a, str>> {
        let mut ahead = self.cursor;
        match ahead.plain_string().and_then(|plain| self.text.get(plain)) {
            Some(text) => {
                self.cursor = ahead;
                Ok(Cow::Borrowed(text))
            }
            None => {
                self.cursor.at += 1;
                self.mended_string()
            }
        }
    }

    /// The string behind an opening quote, with its escapes and broken bytes replaced.
    #[cold]
    fn mended_string(&mut self) -> Result<Cow<'a, str>> {
        let plain = self.plain_part();
        if self.cursor.peek() == Some(b'"')
            && let Ok(text) = str::from_utf8(plain)
        {
            self.cursor.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut text = String::with_capacity(plain.len() + 64);
        push_lossy(&mut text, plain);
        while !self.cursor.eat(b'"') {
            let unit = self.escape()?;
            match self.low_surrogate_after(unit)? {
                Some(pair) => text.push(pair),
                None => text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
            }
            if self.cursor.peek() == Some(b'\\') {
                continue;
            }
            let start = self.cursor.at;
            let plain = self.plain_part();
            match self.text.get(start..self.cursor.at) {
                Some(plain) => text.push_str(plain),
                None => push_lossy(&mut text, plain),
            }
        }
        Ok(text.into())
    }

    /// Goes past an escape; its UTF-16 code unit.
    fn escape(&mut self) -> Result<u32> {
        self.expect(b'\\', "control character in a string")?;
        let unit = match self.cursor.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => u32::from(byte),
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(b'n') => 0x0a,
            Some(b'r') => 0x0d,
            Some(b't') => 0x09,
            Some(b'u') => {
                self.cursor.at += 1;
                return self.hex_digits();
            }
            _ => return self.error("unknown escape in a string"),
        };
        self.cursor.at += 1;
        Ok(unit)
    }

    fn hex_digits(&mut self) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            match self.cursor.peek().and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => unit = unit * 16 + digit,
                None => return self.error("expected four hexadecimal digits"),
            }
            self.cursor.at += 1;
        }
        Ok(unit)
    }

    /// The character of a surrogate pair whose high half is `unit`, where its low half follows; else nothing is read.
    fn low_surrogate_after(&mut self, unit: u32) -> Result<Option<char>> {
        let (0xd800..=0xdbff, true) = (unit, self.cursor.rest().starts_with(b"\\u")) else {
            return Ok(None);
        };
        let before = self.cursor.at;
        let low = self.escape()?;
        if !matches!(low, 0xdc00..=0xdfff) {
            self.cursor.at = before;
            return Ok(None);
        }
        Ok(char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)))
    }
}

/// Gives the position, not the text.
impl Debug for Reader<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("at", &self.cursor.at)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// A value that is about to be read, as any type. A member or item that its visitor drops unread is skipped.
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
    #[inline]
    pub fn shape(&self) -> Shape {
        match self.reader.cursor.peek() {
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
    pub fn members(self, mut visit: impl FnMut(Cow<'a, str>, Value<'_, 'a>)) {
        match self.shape() {
            Shape::Object => self.attempt(|reader| reader.members(&mut visit)),
            _ => self.another_type(),
        };
    }

    /// Visits the items of a list.
    pub fn items(self, mut visit: impl FnMut(Value<'_, 'a>)) {
        match self.shape() {
            Shape::List => self.attempt(|reader| reader.items(&mut visit)),
            _ => self.another_type(),
        };
    }

    /// A string, or the digits of an integer of any size as they stand.
    #[inline]
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.shape() {
            Shape::Number => self.attempt(Reader::integer).flatten().map(Cow::Borrowed),
            _ => self.string(),
        }
    }

    /// Puts the [`text`](Self::text) into `slot`, or `None` for a blank one and for a value of another type. A value
    /// that breaks off leaves there what an earlier member of the same name put.
    #[inline]
    pub fn text_into(self, slot: &mut Option<Cow<'a, str>>) {
        let Self { reader } = self;
        let text = Value { reader }.text();
        if reader.fault.is_none() {
            *slot = text.filter(|text| !is_blank(text));
        }
    }

    /// A string; an integer is none.
    #[inline]
    pub fn string(self) -> Option<Cow<'a, str>> {
        match self.shape() {
            Shape::Text => self.attempt(Reader::string),
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
        let (bytes, start) = (reader.cursor.bytes, reader.cursor.at);
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
                // asked here, since it depends on the features of serde_json what it can hold
                let is_held = match is_fraction {
                    true => text.parse().is_ok_and(f64::is_finite),
                    false => text.parse::<u64>().is_ok() || text.parse::<i64>().is_ok(),
                };
                let number = serde_json::from_str(&text).ok().filter(|_| is_held);
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
        self.reader.starting_at(self.reader.cursor.at)
    }

    /// Goes past the value.
    pub fn skip(self) {
        self.attempt(Reader::skip);
    }

    fn another_type<T>(self) -> Option<T> {
        self.skip();
        None
    }

    #[inline]
    fn attempt<T>(self, read: impl FnOnce(&mut Reader<'a>) -> Result<T>) -> Option<T> {
        if self.reader.fault.is_some() {
            return None;
        }
        read(self.reader).ok()
    }
}

/// Adds bytes to a text, with U+FFFD in the place of those that are no UTF-8.
fn push_lossy(text: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
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

/// A place in the text.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes past `byte` if it is the next one.
    #[inline]
    fn eat(&mut self, byte: u8) -> bool {
        if self.peek() != Some(byte) {
            return false;
        }
        self.at += 1;
        true
    }

    #[inline]
    fn skip_white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes into a container, with `true`, or past an empty one.
    #[inline]
    fn enter(&mut self, closing: u8) -> bool {
        self.at += 1;
        self.skip_white_space();
        !self.eat(closing)
    }

    /// Goes to the next quote, backslash or control character of a string.
    #[inline]
    fn skip_plain_part(&mut self) {
        match self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
            Some(word) => match ends_of_plain(u64::from_le_bytes(*word)) {
                0 => {
                    self.at +=
                        word.len() + plain_length(self.bytes.get(self.at + word.len()..).unwrap_or_default())
                }
                ends => self.at += ends.trailing_zeros() as usize / 8,
            },
            None => self.at += self.rest().iter().position(ends_plain).unwrap_or(self.rest().len()),
        }
    }

    /// Goes past a string without escapes, or nowhere; where its text stands.
    #[inline]
    fn plain_string(&mut self) -> Option<Range<usize>> {
        let mut ahead = *self;
        if !ahead.eat(b'"') {
            return None;
        }
        let start = ahead.at;
        ahead.skip_plain_part();
        let end = ahead.at;
        if !ahead.eat(b'"') {
            return None;
        }
        *self = ahead;
        Some(start..end)
    }

    /// Goes past a name without escapes and its colon, or nowhere; where its text stands.
    #[inline]
    fn plain_name(&mut self) -> Option<Range<usize>> {
        let mut ahead = *self;
        let name = ahead.plain_string()?;
        ahead.skip_white_space();
        if !ahead.eat(b':') {
            return None;
        }
        ahead.skip_white_space();
        *self = ahead;
        Some(name)
    }
}

/// The containers that a skip is inside of, one bit for each: whether it is an object. The innermost 64 stand in a
/// word, so that only what is nested deeper takes memory.
#[derive(Default)]
struct Nesting {
    depth: usize,
    innermost: u64,
    outer: Vec<u64>,
}

impl Nesting {
    fn push(&mut self, is_object: bool) {
        if self.is_word_full() {
            self.outer.push(self.innermost);
        }
        self.innermost = self.innermost << 1 | u64::from(is_object);
        self.depth += 1;
    }

    fn pop(&mut self) {
        self.depth -= 1;
        self.innermost >>= 1;
        if self.is_word_full() {
            self.innermost = self.outer.pop().unwrap_or_default();
        }
    }

    /// Whether the innermost container is an object; `None` outside of all.
    fn is_in_object(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.innermost & 1 == 1)
    }

    fn is_word_full(&self) -> bool {
        self.depth > 0 && self.depth.is_multiple_of(64)
    }
}

fn ends_plain(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

/// How many bytes come before the first quote, backslash or control character.
fn plain_length(text: &[u8]) -> usize {
    let (words, tail) = text.as_chunks();
    let mut length = 0;
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
