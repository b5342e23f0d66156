//! Reads a line of a batch: a response as JSON.

use std::borrow::Cow;

use base64::Engine as _;
use booking_errors::decode::json::{Arena, Reader, Shape, SyntaxError, Value};
use booking_errors::{Provider, ProviderError, RawResponse, provider, recognize};

use crate::chunks::LONGEST_LINE;
use crate::input::BASE64;
use crate::plain;
use crate::problem::provider_names;

/// Why a line gets an error instead of an answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(
        "the line is longer than {} MiB: write less of the body, the first MiB shows what went wrong",
        LONGEST_LINE / (1024 * 1024)
    )]
    TooLong,
    #[error("the line is blank: remove it, or write a JSON object")]
    Blank,
    #[error(
        "the line begins like gzip or UTF-16: name the file instead of `-`, or turn it into text in UTF-8"
    )]
    Packed,
    #[error("invalid JSON: {0}")]
    Syntax(SyntaxError),
    #[error("invalid JSON: more text after the object, at byte {0}")]
    Trailing(usize),
    #[error("expected a JSON object with `provider`, `status`, `headers` and `body`")]
    NoObject,
    #[error("`status` is missing")]
    NoStatus,
    #[error("`status` must be a whole number from 0 to 65535")]
    Status,
    #[error("`provider` must be one of {}", provider_names(", "))]
    Provider,
    #[error(
        "cannot tell which provider sent this response: add `provider`, or pass --provider {}",
        provider_names("|")
    )]
    UnknownProvider,
    #[error("`method` must be a string")]
    Method,
    #[error("`headers` must be an object whose values are strings or lists of strings")]
    Headers,
    #[error("`body` must be a string or a JSON object")]
    Body,
    #[error("`body_b64` must be a base64 string")]
    Base64,
}

/// What could be read of a line.
#[derive(Default)]
pub struct Line<'a> {
    provider: Member<&'a str>,
    status: Member<u16>,
    method: Member<&'a str>,
    headers: Vec<(&'a str, &'a str)>,
    has_bad_headers: bool,
    body: Member<&'a [u8]>,
    body_b64: Member<Vec<u8>>,
    /// The JSON of the other members that were asked for, in that order: the last one if a member comes twice, and `None` if
    /// it is missing or breaks off.
    pub others: Vec<Option<&'a [u8]>>,
    fault: Option<Fault>,
}

#[derive(Default)]
enum Member<T> {
    /// Missing, or null.
    #[default]
    Absent,
    Given(T),
    /// The wrong type, or out of range.
    Bad,
}

impl<T> Member<T> {
    fn read<'r, 'a>(value: Value<'r, 'a>, read: impl FnOnce(Value<'r, 'a>) -> Option<T>) -> Self {
        match value.shape() {
            Shape::Null => Self::Absent,
            _ => read(value).map_or(Self::Bad, Self::Given),
        }
    }

    fn or(self, fault: Fault) -> Result<Option<T>, Fault> {
        match self {
            Self::Absent => Ok(None),
            Self::Given(value) => Ok(Some(value)),
            Self::Bad => Err(fault),
        }
    }
}

impl<'a> Line<'a> {
    /// Reads a line of a [`Chunk`](crate::chunks::Chunk). If something is wrong with it, the answer is an error, and what
    /// came before is read all the same.
    ///
    /// It also reads the members that `others` names, whatever their type.
    pub fn read(line: &'a [u8], arena: &'a Arena, others: &[impl AsRef<str>]) -> Self {
        let mut members = Self { others: vec![None; others.len()], ..Self::default() };
        members.fault = members.read_members(text_of(line), arena, others).err();
        if line.len() > LONGEST_LINE {
            members.fault = Some(Fault::TooLong);
        }
        members
    }

    fn read_members(
        &mut self,
        text: &'a [u8],
        arena: &'a Arena,
        others: &[impl AsRef<str>],
    ) -> Result<(), Fault> {
        if text.is_empty() {
            return Err(Fault::Blank);
        }
        if plain::is_packed(text) {
            return Err(Fault::Packed);
        }
        let mut reader = Reader::new(text, arena);
        let root = reader.root();
        if root.shape() != Shape::Object {
            root.skip();
            reader.fault().map_or(Ok(()), |fault| Err(Fault::Syntax(fault)))?;
            return Err(Fault::NoObject);
        }
        root.members(|name, value| {
            let Some(other) = others.iter().position(|other| other.as_ref() == name) else {
                return self.read_member(name, value);
            };
            let mut again = value.fork();
            if let (Some(slot), Some(json)) = (self.others.get_mut(other), value.whole()) {
                *slot = Some(json);
                self.read_member(name, again.root());
            }
        });
        reader.fault().map_or(Ok(()), |fault| Err(Fault::Syntax(fault)))?;
        match reader.rest() {
            [] => Ok(()),
            rest => Err(Fault::Trailing(text.len() - rest.len())),
        }
    }

    fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "provider" => self.provider = Member::read(value, Value::string),
            "status" => self.status = Member::read(value, status),
            "method" => self.method = Member::read(value, Value::string),
            "headers" => self.read_headers(value),
            "body" => self.body = Member::read(value, body),
            "body_b64" => {
                self.body_b64 = Member::read(value, |value| BASE64.decode(value.string()?).ok());
            }
            _ => {}
        }
    }

    fn read_headers(&mut self, value: Value<'_, 'a>) {
        self.headers.clear();
        self.has_bad_headers = !matches!(value.shape(), Shape::Object | Shape::Null);
        value.members(|name, value| match value.shape() {
            Shape::List => _ = value.items(|item| self.read_header(name, item)),
            _ => self.read_header(name, value),
        });
    }

    fn read_header(&mut self, name: &'a str, value: Value<'_, 'a>) {
        let is_null = value.shape() == Shape::Null;
        match value.text() {
            Some(text) => self.headers.push((name, text)),
            None => self.has_bad_headers |= !is_null,
        }
    }

    /// Returns whether the line has a status, and says more of a response than that.
    pub fn is_response(&self) -> bool {
        let has_status = !matches!(self.status, Member::Absent);
        let has_body = !matches!((&self.body, &self.body_b64), (Member::Absent, Member::Absent));
        has_status && (has_body || !self.headers.is_empty())
    }

    /// Returns the error in the response, or `None` for a success.
    pub fn answer(self, default: Option<&'static Provider>) -> Result<Option<Box<dyn ProviderError>>, Fault> {
        self.fault.map_or(Ok(()), Err)?;
        let status = self.status.or(Fault::Status)?.ok_or(Fault::NoStatus)?;
        let named = match self.provider.or(Fault::Provider)? {
            Some(name) => Some(provider(name).ok_or(Fault::Provider)?),
            None => default,
        };
        let method = self.method.or(Fault::Method)?.unwrap_or_default();
        if self.has_bad_headers {
            return Err(Fault::Headers);
        }
        let body = match (self.body_b64.or(Fault::Base64)?, self.body) {
            (Some(bytes), _) => Cow::Owned(bytes),
            (None, body) => body.or(Fault::Body)?.map_or_else(Cow::default, Into::into),
        };
        let response = RawResponse::new(status, &body).headers(&self.headers).method(method);
        let provider = named.or_else(|| recognize(&response)).ok_or(Fault::UnknownProvider)?;
        Ok(provider.check(&response).err())
    }
}

/// Returns a line without a byte order mark and the white space around it.
pub fn text_of(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii()
}

/// Reads a number, or its digits as a text.
fn status(value: Value<'_, '_>) -> Option<u16> {
    let digits = value.text()?;
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a text, or an object as it is spelled.
fn body<'a>(value: Value<'_, 'a>) -> Option<&'a [u8]> {
    match value.shape() {
        Shape::Object => value.whole(),
        _ => value.string().map(str::as_bytes),
    }
}
