//! The lists of codes and texts, which come in many places of a response and read the same in all of them.

use std::borrow::Cow;

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Issues, Spelling, first};

use crate::Code;

/// The items of a list, and what their known codes say together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items<'a> {
    pub(crate) issues: Issues<'a>,
    pub(crate) first_known: Option<Code>,
    pub(crate) first_rejecting: Option<Code>,
    pub(crate) first_coupon: Option<Code>,
    pub(crate) has_others: bool,
}

impl<'a> Items<'a> {
    /// Reads a list, or a text in place of one.
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let mut items = Self::default();
        match value.shape() {
            Shape::List => _ = value.items(|item| items.read_item(item)),
            Shape::Text => items.read_item(value),
            _ => _ = value.skip(),
        }
        items
    }

    /// Reads the messages of one field, which may be nested in lists.
    pub(crate) fn read_field(&mut self, field: &'a str, value: Value<'_, 'a>, depth: usize) {
        match value.shape() {
            _ if !self.issues.has_room(0) => {}
            Shape::List if depth > 0 => _ = value.items(|item| self.read_field(field, item, depth - 1)),
            Shape::Text => {
                if let Some(text) = value.string() {
                    self.push_text(Some(field.into()), text);
                }
            }
            _ => {}
        }
    }

    /// Returns the code that says what went wrong: the response's own if it rejects on its own, otherwise an item's.
    pub(crate) fn decisive_code(&self, top: Option<Code>, is_price: bool) -> Option<Code> {
        let are_coupons = self.first_coupon.is_some() && !self.has_others;
        first([
            top.filter(|code| code.rejects()),
            self.first_rejecting,
            top.filter(|code| code.is_coupon()),
            self.first_coupon.filter(|_| is_price || are_coupons),
            self.first_known.filter(|_| is_price),
            top.filter(|&code| code == Code::UnexpectedError),
        ])
    }

    /// Adds the items of another list after these.
    pub(crate) fn append(&mut self, others: &mut Self) {
        self.issues.append(&mut others.issues);
        self.first_known = self.first_known.or(others.first_known);
        self.first_rejecting = self.first_rejecting.or(others.first_rejecting);
        self.first_coupon = self.first_coupon.or(others.first_coupon);
        self.has_others |= others.has_others;
    }

    fn read_item(&mut self, value: Value<'_, 'a>) {
        match value.shape() {
            _ if !self.issues.has_room(0) => {}
            Shape::Text => {
                if let Some(text) = value.string() {
                    self.push_text(None, text);
                }
            }
            Shape::Object => self.read_object(value),
            _ => {}
        }
    }

    /// `{"code" or "type", "message", "path"}`
    fn read_object(&mut self, value: Value<'_, 'a>) {
        let (mut code, mut kind, mut message, mut path) = (None, None, None, None);
        value.members(|name, value| match name {
            "code" => value.text_into(&mut code),
            "type" => value.text_into(&mut kind),
            "message" => value.text_into(&mut message),
            "path" => path = read_path(value),
            _ => {}
        });
        let code = first([code, kind]);
        let known = code.and_then(Code::known);
        self.push(path, code, message, known);
    }

    /// A text is a code where it is a known one or looks like one.
    fn push_text(&mut self, field: Option<Cow<'a, str>>, text: &'a str) {
        let known = Code::known(text);
        if known.is_some() || looks_like_code(text) {
            self.push(field, Some(text), None, known);
        } else {
            self.push(field, None, Some(text), None);
        }
    }

    fn push(
        &mut self,
        field: Option<Cow<'a, str>>,
        code: Option<&'a str>,
        message: Option<&'a str>,
        known: Option<Code>,
    ) {
        if [field.as_deref(), code, message].into_iter().flatten().all(|text| text.trim().is_empty()) {
            return;
        }
        let code = code.map(|code| Spelling::of(code, known.map(Code::info)));
        self.issues.push(field, code, message);
        self.first_known = self.first_known.or(known);
        self.first_rejecting = self.first_rejecting.or(known.filter(|code| code.rejects()));
        self.first_coupon = self.first_coupon.or(known.filter(|code| code.is_coupon()));
        self.has_others |= !known.is_some_and(Code::is_coupon);
    }
}

/// `["guest", "email"]` as `guest.email`.
fn read_path<'a>(value: Value<'_, 'a>) -> Option<Cow<'a, str>> {
    if value.shape() != Shape::List {
        return value.text().map(Into::into);
    }
    let mut path = String::new();
    value.items(|item| {
        if let Some(name) = item.text() {
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(name);
        }
    });
    Some(path.into())
}

/// `[A-Z][A-Z0-9]*(_[A-Z0-9]+)+`
fn looks_like_code(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    text.contains('_') && text.starts_with(|c: char| c.is_ascii_uppercase()) && text.split('_').all(is_word)
}
