use std::borrow::Cow;
use std::mem::{swap, take};

use crate::text::is_blank;
use crate::{CodeInfo, Issue};

/// The issues of a body in their order: the first 1,000, with at most 1 MiB of field names and added codes, because one
/// text of the body may appear in many of them.
///
/// They borrow their texts until the error is made, so it costs little to read a list that does not count in the end.
#[derive(Clone, Debug, Default)]
pub struct Issues<'a> {
    list: Vec<Found<'a>>,
    copied_bytes: usize,
}

/// One issue. It is as large as an [`Issue`], so that the list of those reuses this list's memory.
#[derive(Clone, Debug)]
struct Found<'a> {
    field: Option<Cow<'a, str>>,
    code: Option<Spelling<'a>>,
    message: Option<Cow<'a, str>>,
}

/// A code or a rule as it was sent. A known one is kept without a copy.
#[derive(Clone, Copy, Debug)]
pub enum Spelling<'a> {
    /// One that the provider's crate knows.
    Known(&'static str),
    /// Any other.
    Sent(&'a str),
}

impl<'a> Issues<'a> {
    const MOST: usize = 1_000;
    const MOST_COPIED_BYTES: usize = 1 << 20;

    /// Returns whether another issue would be kept, given the length of its field's name in bytes.
    pub fn has_room(&self, field_length: usize) -> bool {
        self.list.len() < Self::MOST && self.copied_bytes + field_length <= Self::MOST_COPIED_BYTES
    }

    /// Keeps an issue if there is room and it says anything. Blank texts are dropped.
    pub fn push(
        &mut self,
        field: Option<Cow<'a, str>>,
        code: Option<Spelling<'a>>,
        message: Option<&'a str>,
    ) {
        let field_length = field.as_deref().map_or(0, str::len);
        let field = field.filter(|field| !is_blank(field));
        let code = code.filter(|code| !is_blank(code.as_str()));
        let message = message.filter(|message| !is_blank(message)).map(Cow::Borrowed);
        if field.is_some() || code.is_some() || message.is_some() {
            self.keep(Found { field, code, message }, field_length);
        }
    }

    fn keep(&mut self, issue: Found<'a>, field_length: usize) {
        if self.has_room(field_length) {
            self.copied_bytes += field_length;
            self.list.push(issue);
        }
    }

    /// Moves the issues of another list to the end of this one.
    #[inline]
    pub fn append(&mut self, others: &mut Self) {
        if self.list.is_empty() {
            swap(self, others);
        } else if !others.list.is_empty() {
            for issue in take(others).list {
                let field_length = issue.field.as_deref().map_or(0, str::len);
                self.keep(issue, field_length);
            }
        }
    }

    /// Gives issues without a code the one that is found for their field, while there is room.
    pub fn complete_codes(&mut self, code_of: impl Fn(&str) -> Option<&'a str>) {
        for issue in self.list.iter_mut().filter(|issue| issue.code.is_none()) {
            let Some(code) = issue.field.as_deref().and_then(&code_of) else { continue };
            if self.copied_bytes + code.len() <= Self::MOST_COPIED_BYTES {
                self.copied_bytes += code.len();
                issue.code = Some(Spelling::Sent(code));
            }
        }
    }

    /// Returns whether there are no issues.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the field of each issue that has one.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.list.iter().filter_map(|issue| issue.field.as_deref())
    }

    /// Returns the code of each issue that has one.
    pub fn codes(&self) -> impl Iterator<Item = Spelling<'a>> {
        self.list.iter().filter_map(|issue| issue.code)
    }

    /// Returns the field and the code of each issue.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, Option<Spelling<'a>>)> {
        self.list.iter().map(|issue| (issue.field.as_deref(), issue.code))
    }

    /// Returns the code and the message of the first issue.
    pub fn first(&self) -> (Option<Spelling<'a>>, Option<&'a str>) {
        let Some(issue) = self.list.first() else { return (None, None) };
        let message = match issue.message {
            Some(Cow::Borrowed(message)) => Some(message),
            _ => None,
        };
        (issue.code, message)
    }

    /// Returns how much memory the issues of an error take, in bytes.
    pub fn bytes(&self) -> usize {
        let length = |issue: &Found<'_>| {
            let code = issue.code.map_or(0, |code| code.as_str().len());
            issue.field.as_deref().map_or(0, str::len) + code + issue.message.as_deref().map_or(0, str::len)
        };
        self.list.len() * size_of::<Issue>() + self.list.iter().map(length).sum::<usize>()
    }

    /// Returns the issues of an error.
    pub fn into_vec(self) -> Vec<Issue> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let owned = |Found { field, code, message }| Issue {
            field: Option::map(field, Cow::into_owned),
            code: Option::map(code, Spelling::into_owned),
            message: Option::map(message, Cow::into_owned),
        };
        self.list.into_iter().map(owned).collect()
    }
}

impl<'a> Spelling<'a> {
    /// Returns the spelling of a code, of which `known` is the row if it is a known one.
    pub fn of(code: &'a str, known: Option<&'static CodeInfo>) -> Self {
        known.map_or(Self::Sent(code), |info| Self::Known(info.code))
    }

    /// Returns the text.
    pub fn as_str(self) -> &'a str {
        match self {
            Self::Known(text) => text,
            Self::Sent(text) => text,
        }
    }

    /// Returns the text to keep.
    pub fn into_owned(self) -> Cow<'static, str> {
        match self {
            Self::Known(text) => Cow::Borrowed(text),
            Self::Sent(text) => Cow::Owned(text.to_owned()),
        }
    }
}

impl PartialEq for Spelling<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
