use std::mem::take;

use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Draft, Issues, Sections, Spelling, first};
use booking_errors_core::text::first_of_list;
use booking_errors_core::{Effect, Kind, RawResponse};

use crate::items::Items;
use crate::results::Results;
use crate::{Code, Restriction};

type Text<'a> = Option<&'a str>;

/// How deep the messages of a field may be nested in lists.
const DEEPEST: usize = 32;

/// Reads a response of any status.
pub(crate) fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let mut document = Document::<Body>::read(response.body(), arena);
    let is_cut = document.fault.is_some();
    let mut draft = document.root.draft(response.is_success(), is_cut, document.message);
    draft.fault = document.fault;
    draft
}

/// Returns whether the response has a member that Guesty documents, or a known code in `error`.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let arena = Arena::default();
    let Body { root, error, results, .. } = Document::<Body>::read(response.body(), &arena).root;
    let has_own_code =
        |error: &Envelope<'_>| error.code.and_then(Code::known).is_some_and(|code| !code.info().is_generic);
    root.error_code.is_some()
        || root.data.request_id.is_some()
        || error.is_some_and(|error| has_own_code(&error) || error.data.request_id.is_some())
        || results.is_some_and(|results| results.has_reservations)
}

/// Returns the restrictions that a body names.
pub(crate) fn restrictions(body: &[u8]) -> Vec<Restriction> {
    let arena = Arena::default();
    let Body { mut root, error, .. } = Document::<Body>::read(body, &arena).root;
    let (_, reasons) = items_of_data([&mut error.unwrap_or_default().data, &mut root.data]);
    reasons.codes().map(|flag| Restriction::of(flag.as_str())).collect()
}

/// A response: the envelope at the root or in `error`, the response of the token endpoint, or something that was made
/// although part of it failed.
#[derive(Default)]
pub(crate) struct Body<'a> {
    root: Envelope<'a>,
    /// `error`, if it is an object.
    error: Option<Envelope<'a>>,
    oauth: OAuth<'a>,
    /// `errorCode` and `errorSummary`, as the identity provider of the token endpoint sends them.
    token_code: Text<'a>,
    token_summary: Text<'a>,
    /// The `status` of a reservation.
    status: Text<'a>,
    has_money: bool,
    /// What failed of the `results` of a search.
    results: Option<Box<Results<'a>>>,
    /// The items of a body that is a list.
    list: Items<'a>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[("results", Sign::Container)];
    const READS_LISTS: bool = true;

    fn read(&mut self, root: Value<'_, 'a>) {
        if root.shape() == Shape::List {
            self.list = Items::read(root);
            return;
        }
        root.members(|name, value| match name {
            "error" if value.shape() == Shape::Object => {
                self.oauth.forget_error();
                self.error = Some(Envelope::read_error(value));
            }
            "error" => {
                self.error = None;
                self.oauth.read(name, value);
            }
            "error_description" => self.oauth.read(name, value),
            "errorCode" => value.text_into(&mut self.token_code),
            "errorSummary" => value.text_into(&mut self.token_summary),
            "status" => value.text_into(&mut self.status),
            "money" => self.has_money = value.shape() == Shape::Object,
            "results" => self.results = Some(Results::read(value).into()),
            _ => self.root.read_member(name, value),
        });
    }
}

impl<'a> Body<'a> {
    fn draft(&mut self, is_success: bool, is_cut: bool, document_message: Text<'a>) -> Draft<'a> {
        let (error, root) = (self.error.get_or_insert_default(), &mut self.root);
        let has_error_code = first([error.code, error.error_code, root.error_code]).is_some();
        let request_ids = [error.data.request_id, root.data.request_id, error.request_id, root.request_id];
        let request_id = first(request_ids.map(|id| first_of_list(id?))).map(Into::into);
        let results = self.results.take().filter(|_| is_success && !has_error_code && root.code.is_none());
        if let Some(draft) = results.and_then(|results| results.into_draft(is_cut)) {
            return Draft { request_id, ..draft };
        }
        let is_price = is_success && self.has_money && error.has_errors();
        let is_reservation = is_success && root.has_errors();
        let effect = match self.status {
            _ if is_price => Some(Effect::Applied),
            _ if !is_reservation => None,
            Some("declined") => Some(Effect::NotApplied),
            // the body broke off before it said what happened to the reservation
            None if is_cut => Some(Effect::Unknown),
            _ => Some(Effect::Applied),
        };

        let code = first([
            error.code,
            error.error_code,
            root.error_code,
            root.code,
            self.oauth.code(),
            self.token_code,
        ]);
        let message =
            first([error.message, root.message, self.oauth.message(), self.token_summary, document_message]);

        if !is_success {
            root.items.remove("errors");
        }
        let (mut items, mut reasons) = items_of_data([&mut error.data, &mut root.data]);
        error.items.iter_mut().chain(root.items.iter_mut()).for_each(|list| items.append(list));
        items.append(&mut self.list);
        items.append(&mut error.fields);

        let top = code.and_then(Code::known);
        let known = top.map(Code::info);
        let decisive = items.decisive_code(top, is_price && !is_reservation);
        let kind = (decisive == Some(Code::ListingIsNotAvailable)).then(|| kind_of_reason(&reasons));
        let mut issues = items.issues;
        issues.append(&mut reasons);
        Draft {
            code,
            known,
            decisive: decisive.map(Code::info),
            kind,
            effect,
            is_error_in_success: has_error_code || is_price || is_reservation,
            message,
            request_id,
            issues,
            ..Draft::default()
        }
    }
}

/// Returns the kind of a listing that is not available, by the first restriction that the stay does not fit.
fn kind_of_reason(reasons: &Issues<'_>) -> Kind {
    let (flag, _) = reasons.first();
    flag.map_or(Code::ListingIsNotAvailable.kind(), |flag| Restriction::of(flag.as_str()).kind())
}

/// Returns the items and reasons of the first of several `data` that has any.
fn items_of_data<'a>(data: [&mut Data<'a>; 2]) -> (Items<'a>, Issues<'a>) {
    data.into_iter().find_map(Data::take_items).unwrap_or_default()
}

/// `{"error_code" or "code", "message", "data", "details", "requestId"}`, at the root or in `error`.
#[derive(Default)]
struct Envelope<'a> {
    error_code: Text<'a>,
    code: Text<'a>,
    message: Text<'a>,
    data: Data<'a>,
    request_id: Text<'a>,
    /// The items of `message`, `details` and `errors`.
    items: Sections<Items<'a>>,
    /// All other members of `error`: fields and their messages.
    fields: Items<'a>,
}

impl<'a> Envelope<'a> {
    fn read_error(value: Value<'_, 'a>) -> Self {
        let mut error = Self::default();
        value.members(|name, value| match name {
            "error_code" | "code" | "message" | "data" | "requestId" | "details" | "errors" => {
                error.read_member(name, value);
            }
            "status" => {}
            field => error.fields.read_field(field, value, DEEPEST),
        });
        error
    }

    fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
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
            "details" => self.items.put("details", Items::read(value)),
            "errors" => self.items.put("errors", Items::read(value)),
            _ => {}
        }
    }

    /// Returns whether `errors` has items, as in a reservation or a price.
    fn has_errors(&self) -> bool {
        self.items.get("errors").is_some_and(|items| !items.issues.is_empty())
    }
}

/// `{"errors", "requestId", "details", "moreDetails"}`, a list of messages, or one message.
#[derive(Default)]
struct Data<'a> {
    items: Sections<Items<'a>>,
    request_id: Text<'a>,
    /// Why a listing is not available.
    reasons: Issues<'a>,
}

impl<'a> Data<'a> {
    fn read(&mut self, value: Value<'_, 'a>) {
        match value.shape() {
            Shape::Object => {
                value.members(|name, value| match name {
                    "errors" => self.items.put("errors", Items::read(value)),
                    "details" => self.items.put("details", Items::read(value)),
                    "requestId" => value.text_into(&mut self.request_id),
                    "moreDetails" => self.reasons = read_reasons(value),
                    _ => {}
                });
            }
            _ => self.items.put("", Items::read(value)),
        }
    }

    /// Takes the items of its lists and its reasons, if there are any.
    fn take_items(&mut self) -> Option<(Items<'a>, Issues<'a>)> {
        let (mut items, reasons) = (Items::default(), take(&mut self.reasons));
        self.items.iter_mut().for_each(|list| items.append(list));
        (!items.issues.is_empty() || !reasons.is_empty()).then_some((items, reasons))
    }
}

/// `notApplicableRatePlans[].notApplicable`: the flags that are true.
fn read_reasons<'a>(value: Value<'_, 'a>) -> Issues<'a> {
    let mut reasons = Issues::default();
    value.members(|name, value| {
        if name == "notApplicableRatePlans" {
            reasons = Issues::default();
            value.items(|plan| reasons.append(&mut read_flags(plan)));
        }
    });
    reasons
}

/// The flags of one rate plan.
fn read_flags<'a>(plan: Value<'_, 'a>) -> Issues<'a> {
    let mut flags = Issues::default();
    plan.members(|name, value| {
        if name == "notApplicable" {
            flags = Issues::default();
            value.members(|flag, value| {
                if value.boolean() == Some(true) {
                    flags.push(None, Some(Spelling::Sent(flag)), None);
                }
            });
        }
    });
    flags
}
