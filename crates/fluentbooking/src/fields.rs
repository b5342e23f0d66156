//! Maps of fields and what is wrong with them, in every nesting that PHP writes.

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Issues, Spelling};

/// The names of validation rules, to separate the rule from the field in a key such as `email.required`.
const RULES: &[&str] = &[
    "required",
    "required_if",
    "required_with",
    "email",
    "numeric",
    "integer",
    "string",
    "array",
    "boolean",
    "min",
    "max",
    "size",
    "digits",
    "in",
    "not_in",
    "url",
    "date",
    "unique",
    "same",
    "different",
    "regex",
];
/// How deep a map is read; anything deeper is skipped.
const DEEPEST: usize = 32;

pub(crate) fn is_rule(name: &str) -> bool {
    RULES.contains(&name)
}

/// Reads an `errors` member: a map of fields, or a list of messages.
pub(crate) fn read_errors<'a>(value: Value<'_, 'a>) -> Issues<'a> {
    let mut issues = Issues::default();
    match value.shape() {
        Shape::Text => issues.push(None, None, value.string()),
        Shape::Object | Shape::List => Path::default().read(value, &mut issues),
        _ => {}
    }
    issues
}

/// What the validator sends alone: a map of fields.
#[derive(Default)]
pub(crate) struct BareMap<'a> {
    pub(crate) issues: Issues<'a>,
    /// Whether there is nothing in it but rules and texts: a booking that comes with an error may have members like those
    /// of a map, too.
    pub(crate) is_pure: bool,
}

/// Reads a body that is nothing but a map: field -> rule -> text, or field -> list of texts.
pub(crate) fn read_bare_map<'a>(root: Value<'_, 'a>) -> BareMap<'a> {
    let (mut issues, mut is_pure) = (Issues::default(), true);
    let mut push = |field: &'a str, rule, text: Value<'_, 'a>| {
        let is_text = matches!(text.shape(), Shape::Text | Shape::Broken);
        if let Some(text) = text.string().filter(|_| issues.has_room(0)) {
            issues.push(Some(field.into()), rule, Some(text));
        }
        is_text
    };
    root.members(|field, value| match value.shape() {
        Shape::Object => _ = value.members(|rule, text| is_pure &= push(field, rule_of(rule), text)),
        Shape::List => _ = value.items(|text| is_pure &= push(field, None, text)),
        shape => is_pure &= shape == Shape::Broken,
    });
    BareMap { issues, is_pure }
}

/// Where we are in a map: the names so far, joined by dots.
#[derive(Default)]
struct Path {
    joined: String,
    /// The length of the part that ends with a name: an index counts only if a name follows.
    named: usize,
    has_field: bool,
    depth: usize,
}

impl Path {
    fn read<'a>(&mut self, value: Value<'_, 'a>, issues: &mut Issues<'a>) {
        match value.shape() {
            Shape::Object => _ = value.members(|key, value| self.read_member(key, value, issues)),
            Shape::List => {
                let mut index = 0_u32;
                value.items(|item| {
                    match item.shape() {
                        _ if !issues.has_room(0) || self.depth >= DEEPEST => {}
                        // no name follows, so its index does not count
                        Shape::Text | Shape::Number => self.read(item, issues),
                        // PHP writes a map with the keys 0 and 1 as a list, so at the top an index is a field
                        _ => self.read_entry(&index.to_string(), self.depth == 0, item, issues),
                    }
                    index += 1;
                });
            }
            Shape::Text | Shape::Number => {
                if let Some(message) = value.text() {
                    self.push(None, message, issues);
                }
            }
            Shape::Bool | Shape::Null | Shape::Broken => {}
        }
    }

    fn read_member<'a>(&mut self, key: &'a str, value: Value<'_, 'a>, issues: &mut Issues<'a>) {
        if !issues.has_room(0) {
            return;
        }
        let is_text = matches!(value.shape(), Shape::Text | Shape::Number);
        let is_name = !is_index(key) || self.depth == 0;
        if is_text && is_name && self.has_field {
            if let Some(message) = value.text() {
                self.push(Some(key), message, issues);
            }
            return;
        }
        match key.rsplit_once('.') {
            Some((field, rule)) if is_text && self.depth == 0 && is_rule(rule) => {
                if let Some(message) = value.text() {
                    issues.push(Some(field.into()), Some(spelling(rule)), Some(message));
                }
            }
            _ => self.read_entry(key, is_name, value, issues),
        }
    }

    /// Reads what stands under a name or an index.
    fn read_entry<'a>(&mut self, key: &str, is_name: bool, value: Value<'_, 'a>, issues: &mut Issues<'a>) {
        let Self { ref joined, named, has_field, .. } = *self;
        let length = joined.len();
        if self.depth >= DEEPEST || !issues.has_room(length + key.len()) {
            return;
        }
        if length > 0 && !key.is_empty() {
            self.joined.push('.');
        }
        self.joined.push_str(key);
        if is_name {
            self.named = self.joined.len();
            self.has_field = true;
        }
        self.depth += 1;
        self.read(value, issues);
        self.depth -= 1;
        (self.named, self.has_field) = (named, has_field);
        self.joined.truncate(length);
    }

    fn push<'a>(&self, rule: Option<&'a str>, message: &'a str, issues: &mut Issues<'a>) {
        let field = self.joined.get(..self.named).map(|field| field.to_owned().into());
        issues.push(field, rule.map(spelling), Some(message));
    }
}

/// Returns a key that is a rule's name, not an index.
fn rule_of(key: &str) -> Option<Spelling<'_>> {
    (!is_index(key)).then(|| spelling(key))
}

/// Returns a rule's name to keep: that of a known one without a copy.
fn spelling(rule: &str) -> Spelling<'_> {
    RULES.iter().find(|known| **known == rule).map_or(Spelling::Sent(rule), |known| Spelling::Known(known))
}

pub(crate) fn is_index(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}
