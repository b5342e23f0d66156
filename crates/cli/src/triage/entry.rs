//! Reads a line: a response, or the answer that `decode --batch` gave to one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;

use booking_errors::decode::json::{Arena, Reader, Shape};
use booking_errors::text::Escaped;
use booking_errors::{Effect, Envelope, Provider, ProviderError};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::time;
use crate::line::{Line, text_of};
use crate::portable::portable;
use crate::{input, keep};

/// What a line says about a call.
pub struct Entry<'a> {
    pub outcome: Outcome,
    id: Option<&'a [u8]>,
    time: Option<&'a [u8]>,
    request_id: Option<&'a [u8]>,
    /// The other members that are asked for.
    kept: Vec<Option<&'a [u8]>>,
    names: &'a Names,
}

/// The members of a line that show which call it is about.
pub struct Names {
    /// All of them: `id`, `time`, `request_id`, and those that the user names.
    all: Vec<String>,
}

impl Names {
    const OWN: [&str; 3] = ["id", "time", "request_id"];

    pub fn with(kept: Vec<String>) -> Self {
        let kept = kept.into_iter().filter(|name| !Self::OWN.contains(&&**name));
        Self { all: Self::OWN.map(str::to_owned).into_iter().chain(kept).collect() }
    }

    fn kept(&self) -> impl Iterator<Item = &String> {
        self.all.iter().skip(Self::OWN.len())
    }
}

/// What became of a call.
pub enum Outcome {
    Error(Box<dyn ProviderError>),
    Success,
    /// The line cannot be read, for this reason. The call may have gone through all the same.
    Unreadable(String),
}

impl<'a> Entry<'a> {
    /// Reads a line, with the members that show which call it is about.
    pub fn read(
        line: &'a [u8],
        default: Option<&'static Provider>,
        names: &'a Names,
        arena: &'a Arena,
    ) -> Self {
        let mut response = Line::read(line, arena, &names.all);
        let mut others =
            mem::take(&mut response.others).into_iter().map(|json| json.filter(|json| json != b"null"));
        let mut other = || others.next().flatten();
        let (id, time, request_id) = (other(), other(), other());
        let kept = others.collect();
        let text = text_of(line);
        // most lines are plainly responses, and need no second look
        let sort = if response.is_response() { Sort::Response } else { Sort::of(text, arena) };
        let outcome = match sort {
            Sort::Response => match response.answer(default) {
                Ok(Some(error)) => Outcome::Error(error),
                Ok(None) => Outcome::Success,
                Err(fault) => Outcome::Unreadable(fault.to_string()),
            },
            Sort::Envelope { is_read } => match serde_json::from_slice::<Envelope>(text) {
                Ok(envelope) if is_read => Outcome::Error(Box::new(envelope.with_effect(Effect::NotApplied))),
                Ok(envelope) => Outcome::Error(Box::new(envelope)),
                Err(error) => Outcome::Unreadable(format!("cannot read the envelope: {error}")),
            },
            Sort::Fault(reason) => Outcome::Unreadable(Escaped::message(reason).to_string()),
            Sort::Success => Outcome::Success,
        };
        Self { outcome, id, time, request_id, kept, names }
    }

    /// Returns when the call was made, or the text that says so in a way that cannot be read.
    pub fn time(&self) -> Option<Result<jiff::Timestamp, Cow<'a, str>>> {
        let raw = self.time?;
        Some(time::read(raw).ok_or_else(|| String::from_utf8_lossy(raw)))
    }

    /// Returns whether there is an id to look for.
    pub fn is_named(&self) -> bool {
        self.id.is_some() || self.request_id.is_some() || self.error_request_id().is_some()
    }

    /// Returns what helps to find the call.
    pub fn call(&self, line: u64) -> Call {
        let kept = self.names.kept().zip(&self.kept);
        let kept = kept.filter_map(|(name, json)| Some((name.clone(), shown((*json)?)?))).collect();
        let request_id = self.request_id.and_then(shown);
        let (provider, code) = match &self.outcome {
            Outcome::Error(error) => (Some(error.provider().to_owned()), error.code().map(str::to_owned)),
            Outcome::Success | Outcome::Unreadable(_) => (None, None),
        };
        Call {
            id: self.id.and_then(shown),
            time: self.time.and_then(shown),
            request_id: request_id.or_else(|| to_raw_value(self.error_request_id()?).ok()),
            kept,
            provider,
            code,
            line,
        }
    }

    fn error_request_id(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Error(error) => error.request_id(),
            Outcome::Success | Outcome::Unreadable(_) => None,
        }
    }
}

/// Which call it was, in the words of its line. Members without a value are left out.
#[derive(Serialize)]
pub struct Call {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Box<RawValue>>,
    /// The other members that were asked for.
    #[serde(flatten)]
    pub kept: BTreeMap<String, Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The number of the line in the input.
    pub line: u64,
}

impl Call {
    /// Returns whether there is an id to look for.
    pub fn is_named(&self) -> bool {
        self.id.is_some() || self.request_id.is_some()
    }

    /// Leaves out members that are longer, in bytes.
    pub fn drop_longer_than(&mut self, most: usize) {
        for member in [&mut self.id, &mut self.time, &mut self.request_id] {
            _ = member.take_if(|member| member.get().len() > most);
        }
        self.kept.retain(|_, member| member.get().len() <= most);
        for member in [&mut self.provider, &mut self.code] {
            _ = member.take_if(|member| member.len() > most);
        }
    }
}

/// Returns a value for people and scripts: in its own words, as far as all readers of JSON accept them.
fn shown(json: &[u8]) -> Option<Box<RawValue>> {
    RawValue::from_string(portable(json).into_owned()).ok()
}

/// What a line can be.
enum Sort<'a> {
    Response,
    Envelope {
        /// Whether the method of the call is known, and changes nothing.
        is_read: bool,
    },
    /// The answer to a line that could not be read.
    Fault(&'a str),
    /// The answer to a success.
    Success,
}

impl<'a> Sort<'a> {
    /// Tells what a line is from the names of its members.
    fn of(text: &'a [u8], arena: &'a Arena) -> Self {
        let mut reader = Reader::new(text, arena);
        let root = reader.root();
        match root.shape() {
            Shape::Null if text == b"null" => return Self::Success,
            Shape::Object => {}
            _ => return Self::Response,
        }
        let (mut has_body, mut has_verdict, mut has_line, mut is_read) = (false, false, false, false);
        let (mut is_success, mut has_details, mut error) = (false, false, None);
        root.members(|name, value| {
            has_details |= !matches!(name, "success" | "request_id") && keep::is_taken(name);
            match name {
                "body" | "body_b64" | "headers" => has_body = true,
                "kind" | "effect" => has_verdict = true,
                "method" => is_read = input::is_read(value.string().unwrap_or_default()),
                "error" => error = value.string(),
                "line" => has_line = true,
                "success" => is_success = value.boolean() == Some(true),
                _ => {}
            }
        });
        let is_broken = reader.fault().is_some() || !reader.rest().trim_ascii().is_empty();
        match error {
            // who reads it as a response says what is wrong
            _ if is_broken => Self::Response,
            // beside a status or the like it is a word of the log, and the response decides
            _ if is_success && !has_details => Self::Success,
            _ if has_body => Self::Response,
            _ if has_verdict => Self::Envelope { is_read },
            Some(error) if has_line => Self::Fault(error),
            _ => Self::Response,
        }
    }
}
