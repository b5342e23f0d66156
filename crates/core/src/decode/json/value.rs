use std::fmt::{self, Debug, Formatter};

use super::Reader;
use super::reader::Result;
use crate::text::is_blank;

/// How deep a value may be nested if it is kept as a whole.
const DEEPEST: usize = 32;

/// The type of a value, judged by its first byte.
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
    /// `true` or `false`, if it is spelled out
    Bool,
    /// `null`, if it is spelled out
    Null,
    /// no value can start here
    Broken,
}

/// A value that is about to be read, of any type. If a visitor does not read a member or item, it is skipped.
///
/// A value of a different type than the one you ask for is skipped too, and nothing else is lost.
pub struct Value<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
}

impl Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(&self.shape()).finish()
    }
}

impl<'a> Value<'_, 'a> {
    /// Returns the type, judged by the first byte.
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

    /// Visits the members of an object in their order, duplicates too.
    ///
    /// Returns whether the value was read to its end; one of another type is skipped.
    pub fn members(self, mut visit: impl FnMut(&'a str, Value<'_, 'a>)) -> bool {
        match self.shape() {
            Shape::Object => self.attempt(|reader| reader.members(&mut visit)).is_some(),
            _ => self.skip(),
        }
    }

    /// Visits the items of a list.
    ///
    /// Returns whether the value was read to its end; one of another type is skipped.
    pub fn items(self, mut visit: impl FnMut(Value<'_, 'a>)) -> bool {
        match self.shape() {
            Shape::List => self.attempt(|reader| reader.items(&mut visit)).is_some(),
            _ => self.skip(),
        }
    }

    /// Returns a string, or the digits of an integer of any size, as sent.
    #[inline]
    pub fn text(self) -> Option<&'a str> {
        match self.shape() {
            Shape::Number => self.attempt(Reader::integer).flatten(),
            _ => self.string(),
        }
    }

    /// Puts the [`text`](Self::text) into `slot`, or `None` for a blank text or a value of another type. A value that
    /// breaks off leaves the slot as it was.
    #[inline]
    pub fn text_into(self, slot: &mut Option<&'a str>) {
        let Self { reader } = self;
        let text = Value { reader }.text();
        if reader.fault.is_none() {
            *slot = text.filter(|text| !is_blank(text));
        }
    }

    /// Returns a string; `None` for an integer.
    #[inline]
    pub fn string(self) -> Option<&'a str> {
        match self.shape() {
            Shape::Text => self.attempt(Reader::string),
            _ => self.another_type(),
        }
    }

    /// Returns whether the value is a text or an integer that says anything, or one that breaks off, which may.
    pub fn shows_text(self) -> bool {
        let Self { reader } = self;
        let is_text = matches!(Value { reader }.shape(), Shape::Text | Shape::Number);
        let text = Value { reader }.text();
        is_text && (reader.fault.is_some() || text.is_some_and(|text| !is_blank(text)))
    }

    /// Puts into `slot` whether the value shows something, which `shows` returns once it has read the value. A value that
    /// breaks off takes nothing back: `true` stays.
    ///
    /// ```
    /// use booking_errors::decode::json::{Arena, Reader};
    ///
    /// let has_id = |json: &[u8]| {
    ///     let (arena, mut has_id) = (Arena::default(), false);
    ///     Reader::new(json, &arena).root().members(|_, id| id.shows_into(&mut has_id, |id| id.shows_text()));
    ///     has_id
    /// };
    /// assert!(has_id(br#"{"id":"3f25","id":nu"#));
    /// assert!(!has_id(br#"{"id":"3f25","id":null}"#));
    /// ```
    pub fn shows_into(self, slot: &mut bool, shows: impl FnOnce(Value<'_, 'a>) -> bool) {
        let Self { reader } = self;
        let is_shown = shows(Value { reader });
        *slot = is_shown || (*slot && reader.fault.is_some());
    }

    /// Returns `true` or `false`.
    pub fn boolean(self) -> Option<bool> {
        match self.shape() {
            Shape::Bool => self.attempt(Reader::literal).flatten(),
            _ => self.another_type(),
        }
    }

    /// Returns the bytes of the value as sent; if it breaks off, the bytes up to there.
    pub fn raw(self) -> &'a [u8] {
        let Self { reader } = self;
        let (bytes, start) = (reader.cursor.bytes, reader.cursor.at);
        Value { reader }.skip();
        bytes.get(start..reader.position()).unwrap_or_default()
    }

    /// Returns the bytes of the value, if it does not break off.
    pub fn whole(self) -> Option<&'a [u8]> {
        let Self { reader } = self;
        let raw = Value { reader }.raw();
        reader.fault.is_none().then_some(raw)
    }

    /// Returns the bytes of the member at a path of names; the last one if there are duplicates.
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

    /// Returns the value as a `serde_json::Value`. Anything nested deeper than 32 levels becomes null, and a number
    /// that it cannot hold becomes a string.
    pub fn into_json(self) -> serde_json::Value {
        self.into_json_within(DEEPEST)
    }

    fn into_json_within(self, levels: usize) -> serde_json::Value {
        match self.shape() {
            Shape::Object if levels > 0 => {
                let mut object = serde_json::Map::new();
                self.members(|name, value| {
                    object.insert(name.to_owned(), value.into_json_within(levels - 1));
                });
                object.into()
            }
            Shape::List if levels > 0 => {
                let mut list = Vec::new();
                self.items(|item| list.push(item.into_json_within(levels - 1)));
                list.into()
            }
            Shape::Text => self.string().into(),
            Shape::Bool => self.boolean().into(),
            Shape::Number => {
                let text = String::from_utf8_lossy(self.raw());
                let is_fraction = text.contains(['.', 'e', 'E']);
                // checked here, because what serde_json can hold depends on its features
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

    /// Returns a second reader at the same place, for a value that must be read twice.
    pub fn fork(&self) -> Reader<'a> {
        self.reader.starting_at(self.reader.cursor.at)
    }

    /// Skips the value, and returns whether it was read to its end.
    pub fn skip(self) -> bool {
        self.attempt(Reader::skip).is_some()
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
