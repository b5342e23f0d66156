//! The `data` of an envelope, which may have any type.

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Issues, Sections, Spelling};

use crate::fields::read_errors;
use crate::list::{List, read_item};

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
    /// What counts with `success: false`: the code that it has, the text that it is, or its items.
    pub(crate) ajax: List<'a>,
}

impl<'a> Data<'a> {
    pub(crate) fn read(&mut self, value: Value<'_, 'a>) {
        match value.shape() {
            Shape::Text => self.ajax.message = value.string(),
            Shape::List => self.ajax = List::read(value),
            _ => self.read_members(value),
        }
    }

    fn read_members(&mut self, value: Value<'_, 'a>) {
        let (mut sections, mut details) = (Sections::default(), None);
        value.members(|name, value| match name {
            "message" => value.text_into(&mut self.message),
            "code" => value.text_into(&mut self.ajax.code),
            "status" => {
                self.has_status = true;
                self.status = value.text().and_then(http_status);
            }
            "errors" => sections.put("errors", read_errors(value)),
            "params" => sections.put("params", read_parameters(value)),
            "details" => details = Some(Detail::read_all(value)),
            _ => self.has_wpfluent |= name == "wpfluent",
        });
        if sections.is_empty() && details.is_none() {
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
