//! The lists of codes and texts, which come in many places of a response and read the same in all of them.

use std::borrow::Cow;

use booking_errors_core::Kind;
use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Evidence, Issues, Spelling, first};

use crate::Code;
use crate::hints::{is_lost, kind_of_code};

/// The items of a list, and what their known codes say together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items<'a> {
    pub(crate) issues: Issues<'a>,
    pub(crate) first_known: Option<Code>,
    pub(crate) first_rejecting: Option<Code>,
    pub(crate) first_coupon: Option<Code>,
    pub(crate) has_others: bool,
    /// What the known codes show, besides the one that decides.
    pub(crate) evidence: Evidence,
    /// The kind of the first code or message that says that a service of Guesty's failed or did not answer.
    pub(crate) lost: Option<Kind>,
}

impl<'a> Items<'a> {
    /// Reads `errors`: a list, or one item in place of a list.
    pub(crate) fn read_errors(value: Value<'_, 'a>) -> Self {
        let mut items = Self::default();
        match value.shape() {
            Shape::Object => items.read_item(value),
            _ => items = Self::read(value),
        }
        items
    }

    /// Reads a list, or one text in place of a list.
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
            Shape::List if depth > 0 => _ = value.items(|item| self.read_field(field, item, depth - 1)),
            Shape::Text => {
                if let Some(text) = value.string() {
                    // a value of any member, so a code in it says nothing
                    let is_code = is_code(text);
                    let (code, message) = (Some(text).filter(|_| is_code), Some(text).filter(|_| !is_code));
                    self.issues.push(Some(field.into()), code.map(Spelling::Sent), message);
                    self.has_others = true;
                    let is_lost = is_lost(text);
                    self.lost = self.lost.or(is_lost.then_some(Kind::Unavailable));
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
            self.first_known.filter(|&code| is_price && code != Code::CreateReservationError),
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
        self.lost = self.lost.or(others.lost);
        self.evidence.has_fault |= others.evidence.has_fault;
        self.evidence.is_soft |= others.evidence.is_soft;
        self.evidence.rejects |= others.evidence.rejects;
    }

    fn read_item(&mut self, value: Value<'_, 'a>) {
        match value.shape() {
            Shape::Text => {
                if let Some(text) = value.string() {
                    let is_code = is_code(text);
                    let known = Code::known(text);
                    self.push(None, Some(text).filter(|_| is_code), Some(text).filter(|_| !is_code), known);
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
        let lost_code = code.and_then(kind_of_code).filter(|&kind| Evidence::is_fault(kind));
        let code = code.map(|code| Spelling::of(code, known.map(Code::info)));
        self.issues.push(field, code, message);
        self.first_known = self.first_known.or(known);
        self.first_rejecting = self.first_rejecting.or(known.filter(|code| code.rejects()));
        self.first_coupon = self.first_coupon.or(known.filter(|code| code.is_coupon()));
        self.has_others |= !known.is_some_and(Code::is_coupon);
        if let Some(code) = known {
            self.evidence.note(code.kind(), !code.rejects());
        }
        let lost_message = message.is_some_and(is_lost).then_some(Kind::Unavailable);
        self.lost = first([self.lost, lost_code.filter(|&kind| kind == Kind::Unavailable), lost_message]);
        self.evidence.has_fault |= lost_code.is_some();
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

/// Returns whether a text is a code: a known one, or one that looks like those.
fn is_code(text: &str) -> bool {
    Code::known(text).is_some() || kind_of_code(text).is_some_and(Evidence::is_fault) || looks_like_code(text)
}

/// `[A-Z][A-Z0-9]*(_[A-Z0-9]+)+`
fn looks_like_code(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    text.contains('_') && text.starts_with(|c: char| c.is_ascii_uppercase()) && text.split('_').all(is_word)
}
