//! Lists of errors: `["text", ..]` or `[{"code", "message"}, ..]`.

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Issues, Spelling};

type Text<'a> = Option<&'a str>;

/// A list whose first item may be the error itself.
#[derive(Default)]
pub(crate) struct List<'a> {
    pub(crate) code: Text<'a>,
    pub(crate) message: Text<'a>,
    /// The items after the first.
    pub(crate) others: Issues<'a>,
}

impl<'a> List<'a> {
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let mut list = Self::default();
        let mut is_first = true;
        value.items(|item| {
            if is_first {
                (list.code, list.message) = read_item(item);
            } else if list.others.has_room(0) {
                let (code, message) = read_item(item);
                push(&mut list.others, code, message);
            }
            is_first = false;
        });
        list
    }

    /// Returns all items as issues.
    pub(crate) fn into_issues(mut self) -> Issues<'a> {
        let mut issues = Issues::default();
        push(&mut issues, self.code, self.message);
        issues.append(&mut self.others);
        issues
    }
}

fn push<'a>(issues: &mut Issues<'a>, code: Text<'a>, message: Text<'a>) {
    issues.push(None, code.map(Spelling::Sent), message);
}

/// Reads a text, or the code and message of an object.
pub(crate) fn read_item<'a>(item: Value<'_, 'a>) -> (Text<'a>, Text<'a>) {
    let (mut code, mut message) = (None, None);
    match item.shape() {
        Shape::Object => {
            item.members(|name, value| match name {
                "code" => value.text_into(&mut code),
                "message" => value.text_into(&mut message),
                _ => {}
            });
        }
        _ => item.text_into(&mut message),
    }
    (code, message)
}
