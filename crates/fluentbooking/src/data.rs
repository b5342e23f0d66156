//! The `data` of an envelope, which may have any type.

use booking_errors_core::decode::json::{Reader, Shape, Value};
use booking_errors_core::decode::{Issues, Sections, Spelling, first};

use crate::evidence::names_any_field;
use crate::fields::{BareMap, read_bare_map, read_errors};
use crate::list::{List, read_item};
use crate::made::Booking;

type Text<'a> = Option<&'a str>;

/// `{"message", "status", "errors", "params", "details"}`, a list, or a text.
#[derive(Default)]
pub(crate) struct Data<'a> {
    pub(crate) message: Text<'a>,
    pub(crate) status: Option<u16>,
    pub(crate) has_status: bool,
    pub(crate) has_wpfluent: bool,
    /// What `errors`, `params` and `details` say, if any of them is there.
    pub(crate) issues: Option<Issues<'a>>,
    /// Whether `errors` names a field.
    pub(crate) names_fields: bool,
    /// Itself, if it is a text.
    pub(crate) text: Text<'a>,
    /// What counts with `success: false`: the code that it has, the text that it is, or its items.
    pub(crate) ajax: List<'a>,
    /// Whether `status` says that a payment failed.
    pub(crate) is_failed: bool,
    /// Whether it shows a booking.
    pub(crate) is_made: bool,
    /// Itself or its `intent`, if it is a `WP_Error`.
    pub(crate) errors: [Option<Reader<'a>>; 2],
    has_sections: bool,
    /// Whether it has a booking or the intent of a payment, so that it is no map of fields.
    has_others: bool,
    /// Itself, if it is an object.
    again: Option<Reader<'a>>,
}

impl<'a> Data<'a> {
    pub(crate) fn read(&mut self, value: Value<'_, 'a>) {
        match value.shape() {
            Shape::Text => {
                self.text = value.string();
                self.ajax.message = self.text;
            }
            Shape::List => self.ajax = List::read(value),
            _ => self.read_members(value),
        }
    }

    /// Returns the fields that it names, if it is the validator's map itself.
    pub(crate) fn bare_map(&self) -> BareMap<'a> {
        let is_envelope = self.has_sections
            || self.has_wpfluent
            || self.has_others
            || first([self.message, self.ajax.code]).is_some();
        let map = self.again.clone().filter(|_| !is_envelope);
        map.map_or_else(BareMap::default, |mut map| read_bare_map(map.root()))
    }

    fn read_members(&mut self, value: Value<'_, 'a>) {
        let (mut sections, mut details, mut has_error_data) = (Sections::default(), None, false);
        self.again = (value.shape() == Shape::Object).then(|| value.fork());
        value.members(|name, value| match name {
            "message" => value.text_into(&mut self.message),
            "code" => value.text_into(&mut self.ajax.code),
            "status" => {
                self.has_status = true;
                let status = value.text();
                self.is_failed = status == Some("failed");
                self.status = status.and_then(http_status);
            }
            "errors" => {
                let issues = read_errors(value);
                self.names_fields = names_any_field(&issues);
                sections.put("errors", issues);
            }
            "error_data" => has_error_data = true,
            "intent" => {
                self.has_others = true;
                self.errors[1] = Booking::read(value).error;
            }
            "booking" => {
                self.has_others = true;
                self.is_made |= Booking::read(value).is_made;
            }
            "booking_hash" => self.is_made |= value.shows_text(),
            "params" => sections.put("params", read_parameters(value)),
            "details" => details = Some(Detail::read_all(value)),
            _ => self.has_wpfluent |= name == "wpfluent",
        });
        self.has_sections = !sections.is_empty() || details.is_some();
        if has_error_data {
            // the names in `errors` are codes
            sections.remove("errors");
            self.names_fields = false;
            self.errors[0] = self.again.clone();
        }
        if !self.has_sections {
            return;
        }
        let mut issues = Issues::default();
        sections.iter_mut().for_each(|section| issues.append(section));
        add_details(&mut issues, &details.unwrap_or_default());
        self.issues = Some(issues);
    }
}

/// `params`: a map of fields and texts, or a list of fields.
fn read_parameters<'a>(value: Value<'_, 'a>) -> Issues<'a> {
    let mut issues = Issues::default();
    match value.shape() {
        Shape::List => value.items(|name| issues.push(name.text().map(Into::into), None, None)),
        _ => value.members(|field, value| {
            if let Some(message) = value.text() {
                issues.push(Some(field.into()), None, Some(message));
            }
        }),
    };
    issues
}

/// A member of `details`, `{"code", "message"}` of a field.
struct Detail<'a> {
    field: &'a str,
    code: Text<'a>,
    message: Text<'a>,
}

impl<'a> Detail<'a> {
    fn read_all(value: Value<'_, 'a>) -> Vec<Self> {
        let mut details = Vec::new();
        value.members(|field, value| {
            let (code, message) = read_item(value);
            if code.is_some() || message.is_some() {
                details.push(Self { field, code, message });
            }
        });
        details
    }
}

/// Gives the issues the codes that `details` has for their fields. Those of other fields are issues themselves.
fn add_details<'a>(issues: &mut Issues<'a>, details: &[Detail<'a>]) {
    let mut fields: Vec<_> = issues.fields().collect();
    fields.sort_unstable();
    let is_named = |detail: &&Detail<'_>| fields.binary_search(&detail.field).is_ok();
    let (mut named, others): (Vec<_>, Vec<_>) = details.iter().partition(is_named);
    named.sort_by_key(|detail| detail.field);
    for Detail { field, code, message } in others {
        issues.push(Some((*field).into()), code.map(Spelling::Sent), *message);
    }
    issues.complete_codes(|field| {
        // the last one, if a field comes twice
        let end = named.partition_point(|detail| detail.field <= field);
        let last = named.get(end.checked_sub(1)?)?;
        last.code.filter(|_| last.field == field)
    });
}

/// Returns the number in a text, if it is an HTTP status.
pub(crate) fn http_status(text: &str) -> Option<u16> {
    text.parse().ok().filter(|status| (100..600).contains(status))
}
