//! A `WP_Error` that was meant to be handled and was written into the answer instead.

use booking_errors_core::decode::json::{Reader, Shape, Value};
use booking_errors_core::decode::{Issues, Spelling};

type Text<'a> = Option<&'a str>;

/// `{"errors": {code: [texts]}, "error_data"}`
pub(crate) struct Serialized<'a> {
    /// The first code and its first text; PHP makes an empty one of an exception with the number 0.
    pub(crate) code: Text<'a>,
    pub(crate) text: Text<'a>,
    /// The codes and texts after the first.
    pub(crate) others: Issues<'a>,
}

impl<'a> Serialized<'a> {
    /// Reads an object that has `error_data`.
    pub(crate) fn read(mut object: Reader<'a>) -> Option<Self> {
        let mut error: Option<Self> = None;
        object.root().members(|name, value| {
            if name != "errors" {
                return;
            }
            error = is_map(value.fork()).then(|| Self { code: None, text: None, others: Issues::default() });
            let Some(error) = &mut error else { return };
            value.members(|code, texts| match texts.shape() {
                Shape::List => _ = texts.items(|text| error.add(code, text.text())),
                _ => error.add(code, texts.text()),
            });
        });
        error
    }

    fn add(&mut self, code: &'a str, text: Text<'a>) {
        if self.code.is_none() {
            (self.code, self.text) = (Some(code), text);
        } else {
            self.others.push(None, Some(Spelling::Sent(code)), text);
        }
    }
}

/// Returns whether a value is a map, which PHP writes as `[]` if it is empty.
pub(crate) fn is_map(mut value: Reader<'_>) -> bool {
    let mut has_items = false;
    let shape = value.root().shape();
    value.root().items(|_| has_items = true);
    shape == Shape::Object || (shape == Shape::List && !has_items)
}

/// Returns a text, or the first text of a list.
pub(crate) fn first_text<'a>(value: Value<'_, 'a>) -> Text<'a> {
    let mut text = None;
    match value.shape() {
        Shape::List => {
            let mut is_first = true;
            value.items(|item| {
                if is_first {
                    text = item.string();
                }
                is_first = false;
            });
        }
        _ => text = value.string(),
    }
    text
}
