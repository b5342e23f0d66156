use std::fmt::{self, Debug, Formatter};
use std::ops::Range;

use super::scan::{Cursor, Nesting};
use super::{Arena, SyntaxError, SyntaxErrorReason as Reason, Value};

/// How much of a text is checked to be UTF-8 at first, in bytes. Where strings after that are read, twice as much is checked.
const CHECKED_AT_FIRST: usize = 64 << 10;

/// How much more a text with escapes is expected to take at most, in bytes.
const MOST_GUESSED: usize = 64;

/// The text stopped being JSON: [`Reader::fault`] says where and why.
pub(super) struct BrokenOff;

pub(super) type Result<T> = std::result::Result<T, BrokenOff>;

/// Reads one JSON value from a slice of bytes, from left to right.
#[derive(Clone)]
pub struct Reader<'a> {
    pub(super) cursor: Cursor<'a>,
    /// The start of the bytes, as far as it is known to be UTF-8: strings in it need no further check.
    text: &'a str,
    /// How many bytes were checked for that.
    checked: usize,
    arena: &'a Arena,
    pub(super) fault: Option<SyntaxError>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Returns a reader at the start of `bytes`. The arena keeps texts that need mending.
    pub fn new(bytes: &'a [u8], arena: &'a Arena) -> Self {
        let cursor = Cursor { bytes, at: 0 };
        let text = valid_start(bytes, CHECKED_AT_FIRST);
        Self { cursor, text, checked: CHECKED_AT_FIRST, arena, fault: None, depth: 0 }
    }

    /// Returns a new reader of the same bytes, at another place.
    pub(crate) fn starting_at(&self, at: usize) -> Self {
        let cursor = Cursor { at, ..self.cursor };
        Self { cursor, fault: None, depth: 0, ..*self }
    }

    /// Returns the value that starts here, after white space, whatever follows it.
    pub fn root(&mut self) -> Value<'_, 'a> {
        self.cursor.skip_white_space();
        Value { reader: self }
    }

    /// Shows the value that starts here to a visitor, and skips it if the visitor has not read it.
    pub(crate) fn visit_root(&mut self, visit: impl FnOnce(Value<'_, 'a>)) {
        self.cursor.skip_white_space();
        let _ = self.visit(visit);
    }

    /// Returns whether only white space is left and nothing broke off.
    pub(crate) fn is_done(&self) -> bool {
        self.fault.is_none() && self.rest().trim_ascii().is_empty()
    }

    /// Returns where and why the text stopped being JSON, if it did.
    pub fn fault(&self) -> Option<SyntaxError> {
        self.fault
    }

    /// Returns the bytes that have not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.cursor.rest()
    }

    /// Returns the position of the next byte: after the value that was read, or where it broke off.
    pub(crate) fn position(&self) -> usize {
        self.fault.map_or(self.cursor.at, |fault| fault.offset)
    }

    /// Returns the string, if the bytes hold exactly one and nothing else.
    pub(crate) fn whole_string(mut self) -> Option<&'a str> {
        let text = self.root().string();
        text.filter(|_| self.fault.is_none() && self.cursor.is_at_end())
    }

    #[cold]
    fn error<T>(&mut self, reason: Reason) -> Result<T> {
        let reason = if self.cursor.is_at_end() { Reason::EndsTooEarly } else { reason };
        self.fault = Some(SyntaxError { reason, offset: self.cursor.at });
        Err(BrokenOff)
    }

    #[inline]
    fn expect(&mut self, byte: u8, otherwise: Reason) -> Result<()> {
        if self.cursor.eat(byte) { Ok(()) } else { self.error(otherwise) }
    }

    /// Skips a comma and returns `true`, or skips the closing bracket and returns `false`.
    #[inline]
    fn another(&mut self, closing: u8) -> Result<bool> {
        self.cursor.skip_white_space();
        if self.cursor.eat(b',') {
            self.cursor.skip_white_space();
            return Ok(true);
        }
        self.expect(closing, Reason::NoCommaOrEnd)?;
        Ok(false)
    }

    /// Returns a range of the bytes, if it is UTF-8 like all before it. Checks more of the bytes, if it ends after those
    /// that were checked.
    #[cold]
    fn check(&mut self, range: Range<usize>) -> Option<&'a str> {
        // at the end of what was checked, a character may have been cut
        while range.end > self.text.len() && self.checked < self.text.len() + 4 {
            self.checked = self.checked.checked_mul(2).filter(|_| self.checked < self.cursor.bytes.len())?;
            self.text = valid_start(self.cursor.bytes, self.checked);
        }
        self.text.get(range)
    }

    #[inline]
    fn name(&mut self) -> Result<&'a str> {
        let mut ahead = self.cursor;
        match ahead.plain_name().and_then(|plain| self.text.get(plain)) {
            Some(name) => {
                self.cursor = ahead;
                Ok(name)
            }
            None => self.mended_name(),
        }
    }

    #[cold]
    fn mended_name(&mut self) -> Result<&'a str> {
        self.expect(b'"', Reason::NoName)?;
        let name = self.mended_string()?;
        self.colon()?;
        Ok(name)
    }

    fn colon(&mut self) -> Result<()> {
        self.cursor.skip_white_space();
        self.expect(b':', Reason::NoColon)?;
        self.cursor.skip_white_space();
        Ok(())
    }

    pub(super) fn members(&mut self, visit: &mut dyn FnMut(&'a str, Value<'_, 'a>)) -> Result<()> {
        self.depth += 1;
        let mut more = self.cursor.enter(b'}');
        while more {
            let name = self.name()?;
            self.visit(|value| visit(name, value))?;
            more = self.another(b'}')?;
        }
        self.depth -= 1;
        Ok(())
    }

    pub(super) fn items(&mut self, visit: &mut dyn FnMut(Value<'_, 'a>)) -> Result<()> {
        self.depth += 1;
        let mut more = self.cursor.enter(b']');
        while more {
            self.visit(&mut *visit)?;
            more = self.another(b']')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Shows the value here to a visitor, and skips it if the visitor has not read it.
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

    /// Skips a value of any type and depth, with a copy of the cursor that can stay in registers.
    pub(super) fn skip(&mut self) -> Result<()> {
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
                        return self.at(&mut cursor, |reader| reader.error(Reason::NoCommaOrEnd));
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

    /// Reads at another place, and moves the cursor to where that ends.
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
        self.expect(b'"', Reason::NoName)?;
        self.skip_string()?;
        self.colon()
    }

    pub(super) fn literal(&mut self) -> Result<Option<bool>> {
        let (word, meaning) = match self.cursor.peek() {
            Some(b't') => ("true", Some(true)),
            Some(b'f') => ("false", Some(false)),
            Some(b'n') => ("null", None),
            _ => return self.error(Reason::NoValue),
        };
        if self.cursor.rest().starts_with(word.as_bytes()) {
            self.cursor.at += word.len();
            return Ok(meaning);
        }
        if word.as_bytes().starts_with(self.cursor.rest()) {
            self.cursor.at = self.cursor.bytes.len();
        }
        self.error(Reason::NoValue)
    }

    /// Skips a number, and returns its text if it is an integer.
    pub(super) fn integer(&mut self) -> Result<Option<&'a str>> {
        let start = self.cursor.at;
        let is_integer = self.number()?;
        let digits = self.cursor.bytes.get(start..self.cursor.at).filter(|_| is_integer);
        Ok(digits.and_then(|digits| str::from_utf8(digits).ok()))
    }

    /// Skips a number, and returns whether it is an integer.
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
            return self.error(Reason::UnendedNumber);
        }
        Ok(!is_fraction && !is_power)
    }

    fn digits(&mut self) -> Result<()> {
        let start = self.cursor.at;
        while self.cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.cursor.at += 1;
        }
        if self.cursor.at == start { self.error(Reason::NoDigit) } else { Ok(()) }
    }

    /// Skips to the next quote, backslash or control character of a string, and returns the bytes before it.
    #[inline]
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
    pub(super) fn string(&mut self) -> Result<&'a str> {
        let mut ahead = self.cursor;
        match ahead.plain_string().and_then(|plain| self.text.get(plain)) {
            Some(text) => {
                self.cursor = ahead;
                Ok(text)
            }
            None => {
                self.cursor.at += 1;
                self.mended_string()
            }
        }
    }

    /// Reads the string after an opening quote, and replaces its escapes and broken bytes.
    #[cold]
    fn mended_string(&mut self) -> Result<&'a str> {
        let start = self.cursor.at;
        let plain = self.plain_part();
        if self.cursor.peek() == Some(b'"')
            && let Some(text) = self.check(start..self.cursor.at).or_else(|| str::from_utf8(plain).ok())
        {
            self.cursor.at += 1;
            return Ok(text);
        }
        // the arena gives back what is too much
        let mut text = String::with_capacity(plain.len() + self.cursor.rest().len().min(MOST_GUESSED));
        push_lossy(&mut text, plain);
        while !self.cursor.eat(b'"') {
            match self.cursor.rest() {
                // most escapes in JSON that is a text of JSON
                [b'\\', byte @ (b'"' | b'\\' | b'/'), ..] => {
                    self.cursor.at += 2;
                    text.push(char::from(*byte));
                }
                _ => {
                    let unit = self.escape()?;
                    let pair = self.low_surrogate_after(unit)?;
                    text.push(pair.or(char::from_u32(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
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
        Ok(self.arena.keep(text))
    }

    /// Skips an escape, and returns its UTF-16 code unit.
    fn escape(&mut self) -> Result<u32> {
        self.expect(b'\\', Reason::ControlCharacter)?;
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
            _ => return self.error(Reason::UnknownEscape),
        };
        self.cursor.at += 1;
        Ok(unit)
    }

    fn hex_digits(&mut self) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            match self.cursor.peek().and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => unit = unit * 16 + digit,
                None => return self.error(Reason::NoHexDigits),
            }
            self.cursor.at += 1;
        }
        Ok(unit)
    }

    /// Returns the character of the surrogate pair whose high half is `unit`, if its low half follows; otherwise reads
    /// nothing.
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

/// Shows the position, not the text.
impl Debug for Reader<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("at", &self.cursor.at)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// Returns the start of the bytes that is UTF-8, of at most `length` bytes.
fn valid_start(bytes: &[u8], length: usize) -> &str {
    let start = bytes.get(..length).unwrap_or(bytes);
    str::from_utf8(start).unwrap_or_else(|_| start.utf8_chunks().next().map_or("", |chunk| chunk.valid()))
}

/// Adds bytes to a text, with U+FFFD in place of those that are not UTF-8.
fn push_lossy(text: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
}
