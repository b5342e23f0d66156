use std::borrow::Cow;
use std::mem::{swap, take};

use crate::Issue;
use crate::text::is_blank;

/// The issues of a body in their order: the first 1,000, with at most 1 MiB of field names and added codes, since one
/// text of the body may stand in many of them.
#[derive(Clone, Debug, Default)]
pub struct Issues {
    list: Vec<Issue>,
    copied_bytes: usize,
}

impl Issues {
    const MOST: usize = 1_000;
    const MOST_COPIED_BYTES: usize = 1 << 20;

    /// Returns whether another issue with a field's name of this length, in bytes, would be kept.
    pub fn has_room(&self, field_length: usize) -> bool {
        self.list.len() < Self::MOST && self.copied_bytes + field_length <= Self::MOST_COPIED_BYTES
    }

    /// Keeps an issue, if there is room and it says anything. Blank texts count as none.
    pub fn push(&mut self, field: Option<&str>, code: Option<Cow<'static, str>>, message: Option<&str>) {
        let said = |text: Option<&str>| text.filter(|text| !is_blank(text)).map(str::to_owned);
        let field_length = field.map_or(0, str::len);
        if !self.has_room(field_length) {
            return;
        }
        let code = code.filter(|code| !is_blank(code));
        let issue = Issue { field: said(field), code, message: said(message) };
        if issue.field.is_some() || issue.code.is_some() || issue.message.is_some() {
            self.copied_bytes += field_length;
            self.list.push(issue);
        }
    }

    /// Takes the issues of another list, and keeps them after these.
    #[inline]
    pub fn append(&mut self, others: &mut Self) {
        if self.list.is_empty() {
            swap(self, others);
        } else if !others.list.is_empty() {
            self.append_some(others);
        }
    }

    fn append_some(&mut self, others: &mut Self) {
        for issue in take(others).list {
            let length = issue.field.as_deref().map_or(0, str::len);
            if self.has_room(length) {
                self.copied_bytes += length;
                self.list.push(issue);
            }
        }
    }

    /// Gives issues without a code the one that is found for their field, while there is room.
    pub fn complete_codes<'a>(&mut self, code_of: impl Fn(&str) -> Option<&'a str>) {
        for issue in self.list.iter_mut().filter(|issue| issue.code.is_none()) {
            let Some(code) = issue.field.as_deref().and_then(&code_of) else { continue };
            if self.copied_bytes + code.len() <= Self::MOST_COPIED_BYTES {
                self.copied_bytes += code.len();
                issue.code = Some(code.to_owned().into());
            }
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the issues.
    pub fn as_slice(&self) -> &[Issue] {
        &self.list
    }

    /// Returns the issues as a vector.
    pub fn into_vec(self) -> Vec<Issue> {
        self.list
    }
}
