//! Problem Details (RFC 9457), as plugins send them that close the REST API.

use booking_errors_core::decode::first;
use booking_errors_core::decode::json::{Shape, Value};

use crate::list::read_item;

type Text<'a> = Option<&'a str>;

/// `{"title", "detail", "metadata": {"code", "message"}}`
#[derive(Clone, Copy, Default)]
pub(crate) struct ProblemDetails<'a> {
    title: Text<'a>,
    detail: Text<'a>,
    metadata: (Text<'a>, Text<'a>),
}

impl<'a> ProblemDetails<'a> {
    pub(crate) fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "title" => value.text_into(&mut self.title),
            "detail" => value.text_into(&mut self.detail),
            "metadata" if value.shape() == Shape::Object => self.metadata = read_item(value),
            "metadata" => self.metadata = (None, None),
            _ => {}
        }
    }

    /// Returns the code of `metadata`, or the title if that is one.
    pub(crate) fn code(self) -> Text<'a> {
        let has_more = self.detail.is_some() || first([self.metadata.0, self.metadata.1]).is_some();
        let title = self.title.filter(|title| has_more && is_code(title));
        first([self.metadata.0.filter(|_| self.is_problem()), title])
    }

    pub(crate) fn message(self) -> Text<'a> {
        first([self.metadata.1.filter(|_| self.is_problem()), self.detail])
    }

    /// `metadata` may be a member of anything else.
    fn is_problem(self) -> bool {
        first([self.title, self.detail]).is_some()
    }
}

/// `[a-z][a-z0-9]*(_[a-z0-9]+)+`
fn is_code(title: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    title.contains('_')
        && title.starts_with(|c: char| c.is_ascii_lowercase())
        && title.split('_').all(is_word)
}
