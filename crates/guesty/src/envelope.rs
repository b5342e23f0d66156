//! The envelope of an error, and its `data`.

use std::mem::take;

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Sections, Spelling};

use crate::items::Items;
use crate::reasons::Reasons;

type Text<'a> = Option<&'a str>;

/// How deep the messages of a field may be nested in lists.
const DEEPEST: usize = 32;

/// `{"error_code" or "code", "message", "data", "details", "requestId"}`, at the root or in `error`.
#[derive(Default)]
pub(crate) struct Envelope<'a> {
    pub(crate) error_code: Text<'a>,
    pub(crate) code: Text<'a>,
    pub(crate) message: Text<'a>,
    pub(crate) data: Data<'a>,
    pub(crate) request_id: Text<'a>,
    /// The status that the error had where it came from.
    pub(crate) status: Text<'a>,
    pub(crate) status_code: Text<'a>,
    /// The items of `message`, `details` and `errors`.
    pub(crate) items: Sections<Items<'a>>,
    /// All other members of `error`: fields and their messages.
    pub(crate) fields: Items<'a>,
}

impl<'a> Envelope<'a> {
    pub(crate) fn read_error(value: Value<'_, 'a>) -> Self {
        let mut error = Self::default();
        value.members(|name, value| match name {
            "error_code" | "code" | "message" | "data" | "requestId" | "details" | "errors" => {
                error.read_member(name, value);
            }
            "status" | "statusCode" => error.read_member(name, value),
            "param" | "decline_code" | "type" | "doc_url" if value.shape() == Shape::Text => {
                error.read_card_member(name, value);
            }
            field => error.fields.read_field(field, value, DEEPEST),
        });
        error
    }

    pub(crate) fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "error_code" => value.text_into(&mut self.error_code),
            "code" => value.text_into(&mut self.code),
            "message" if value.shape() == Shape::List => {
                self.message = None;
                self.items.put("message", Items::read(value));
            }
            "message" => {
                self.items.remove("message");
                value.text_into(&mut self.message);
            }
            "data" => {
                self.data = Data::default();
                self.data.read(value);
            }
            "requestId" => value.text_into(&mut self.request_id),
            "status" => value.text_into(&mut self.status),
            "statusCode" => value.text_into(&mut self.status_code),
            "details" => self.items.put("details", Items::read(value)),
            "errors" => self.items.put("errors", Items::read_errors(value)),
            _ => {}
        }
    }

    /// Reads what the errors of a card processor have besides code and message: the parameter, and why the card was
    /// declined.
    fn read_card_member(&mut self, name: &str, value: Value<'_, 'a>) {
        let issues = &mut self.fields.issues;
        match name {
            "param" => issues.push(value.string().map(Into::into), None, None),
            "decline_code" => issues.push(None, value.string().map(Spelling::Sent), None),
            _ => {}
        }
    }

    /// Returns whether `errors` has items, as in a reservation or a price.
    pub(crate) fn has_errors(&self) -> bool {
        self.items.get("errors").is_some_and(|items| !items.issues.is_empty())
    }
}

/// `{"errors", "requestId", "details", "moreDetails"}`, a list of messages, or one message.
#[derive(Default)]
pub(crate) struct Data<'a> {
    pub(crate) items: Sections<Items<'a>>,
    pub(crate) request_id: Text<'a>,
    reasons: Reasons<'a>,
}

impl<'a> Data<'a> {
    fn read(&mut self, value: Value<'_, 'a>) {
        match value.shape() {
            Shape::Object => {
                value.members(|name, value| match name {
                    "errors" => self.items.put("errors", Items::read_errors(value)),
                    "details" => self.items.put("details", Items::read(value)),
                    "requestId" => value.text_into(&mut self.request_id),
                    "moreDetails" => self.reasons = Reasons::read(value),
                    _ => {}
                });
            }
            _ => self.items.put("", Items::read(value)),
        }
    }

    pub(crate) fn has_items(&self) -> bool {
        self.items.iter().any(|items| !items.issues.is_empty())
    }

    /// Takes the items of its lists and its reasons, if there are any.
    fn take_items(&mut self) -> Option<(Items<'a>, Reasons<'a>)> {
        let (mut items, reasons) = (Items::default(), take(&mut self.reasons));
        self.items.iter_mut().for_each(|list| items.append(list));
        (!items.issues.is_empty() || !reasons.flags.is_empty()).then_some((items, reasons))
    }
}

/// Returns the items and reasons of the first of several `data` that has any.
pub(crate) fn items_of_data<'a>(data: [&mut Data<'a>; 2]) -> (Items<'a>, Reasons<'a>) {
    data.into_iter().find_map(Data::take_items).unwrap_or_default()
}
