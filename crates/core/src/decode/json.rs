//! A pull reader for JSON that may be cut, broken or hostile.
//!
//! Error bodies of real servers are not always the JSON that their documentation promises: gateways cut them, PHP
//! prints warnings into them, proxies break their encoding. A [`Reader`] hands out one [`Value`] at a time and reads
//! it as whatever type it turns out to have. If the text breaks off, visits end, texts are `None`, and the caller
//! keeps all that was read before. [`Reader::fault`] then says where and why.
//!
//! The grammar is that of RFC 8259, but more tolerant: in strings, bytes that are not UTF-8 and `\u` escapes of lone
//! surrogates become U+FFFD; numbers may have any size; and skipped values may be nested to any depth. Reading takes
//! one pass and never recurses by itself. It allocates only for strings with escapes or broken bytes, which an
//! [`Arena`] keeps, and one bit per level of nesting beyond the 64th.
//!
//! ```toml
//! [dependencies]
//! booking-errors = "0.1"
//! ```
//!
//! ```
//! use booking_errors::decode::json::{Arena, Reader};
//!
//! let arena = Arena::default();
//! let mut reader = Reader::new(br#"{"code":"SLOT_TAKEN","extra":[1e400],"message":"Taken by anoth"#, &arena);
//! let (mut code, mut message) = (None, None);
//! reader.root().members(|name, value| match name {
//!     "code" => value.text_into(&mut code),
//!     "message" => value.text_into(&mut message),
//!     _ => {} // what is not read is skipped
//! });
//! assert_eq!(code, Some("SLOT_TAKEN"));
//! assert_eq!(message, None);
//! assert_eq!(reader.fault().unwrap().to_string(), "the JSON ends too early at byte 62");
//! ```

mod arena;
mod reader;
mod scan;
mod value;

pub use self::arena::Arena;
pub use self::reader::Reader;
pub use self::value::{Shape, Value};

/// Where and why a text stopped being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} at byte {offset}")]
pub struct SyntaxError {
    reason: SyntaxErrorReason,
    offset: usize,
}

impl SyntaxError {
    pub(crate) fn new(reason: SyntaxErrorReason, offset: usize) -> Self {
        Self { reason, offset }
    }

    /// Returns whether a value breaks off, rather than that the body is not JSON or goes on after it.
    pub(crate) fn is_break(self) -> bool {
        !matches!(
            self.reason,
            SyntaxErrorReason::MoreAfterJson | SyntaxErrorReason::Compressed | SyntaxErrorReason::Binary
        )
    }

    /// Returns why the text stopped being JSON.
    pub fn reason(&self) -> SyntaxErrorReason {
        self.reason
    }

    /// Returns the position of the first byte that does not fit, counted from 0 at the start of the reader's bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

/// Why a text stopped being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyntaxErrorReason {
    /// The text ends inside a value.
    #[error("the JSON ends too early")]
    EndsTooEarly,
    /// An object or a list continues with neither a comma nor its closing bracket.
    #[error("expected a comma or the closing bracket")]
    NoCommaOrEnd,
    /// An object continues with something other than a name in quotes.
    #[error("expected a member's name")]
    NoName,
    /// No colon follows the name of a member.
    #[error("expected a colon")]
    NoColon,
    /// No value can start like this.
    #[error("expected a value")]
    NoValue,
    /// A number has no digit where it needs one.
    #[error("expected a digit")]
    NoDigit,
    /// A number is followed directly by something that is not part of it.
    #[error("expected the rest of a number")]
    UnendedNumber,
    /// A string contains a line break or another control character.
    #[error("control character in a string")]
    ControlCharacter,
    /// A backslash in a string is followed by a character that JSON has no escape for.
    #[error("unknown escape in a string")]
    UnknownEscape,
    /// `\u` is followed by fewer than four hexadecimal digits.
    #[error("expected four hexadecimal digits")]
    NoHexDigits,
    /// The JSON is complete, but the text continues after it.
    #[error("expected the end of the text")]
    MoreAfterJson,
    /// The bytes are compressed, as with gzip.
    #[error("compressed bytes instead of JSON")]
    Compressed,
    /// The bytes are not text in UTF-8: UTF-16, or another format.
    #[error("binary data instead of JSON")]
    Binary,
}
