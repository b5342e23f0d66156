use std::borrow::Cow;
use std::mem::take;

use booking_errors_core::decode::document::Document;
use booking_errors_core::decode::json::{Reader, Shape, Value};
use booking_errors_core::decode::oauth::OAuth;
use booking_errors_core::decode::{Bulk, Findings, Issues, KnownCode, Sections};
use booking_errors_core::text::first_of_list;
use booking_errors_core::{CodeInfo, Effect, FailedItem, Kind, RawResponse, Sample};
use serde_json::json;

use crate::items::Items;
use crate::{Code, Restriction};

type Text<'a> = Option<Cow<'a, str>>;

/// How deep the messages of a field may be nested in lists.
const DEEPEST: usize = 32;

/// Reads a response of any status.
pub(crate) fn read(response: &RawResponse<'_>) -> Findings {
    let document = Document::read(response.body(), Body::read);
    let is_cut = document.fault.is_some();
    let mut findings = document.root.into_findings(response.is_success(), is_cut, document.message);
    findings.fault = document.fault;
    findings
}

/// Whether it has a member that Guesty documents, or a known code in `error`.
pub(crate) fn recognizes(response: &RawResponse<'_>) -> bool {
    let Body { root, error, results, .. } = Document::read(response.body(), Body::read).root;
    let has_own_code =
        |error: &Envelope<'_>| error.code.as_deref().and_then(Code::known).is_some_and(Code::is_own);
    let has_data = |error: &Envelope<'_>| error.data.as_ref().is_some_and(|data| data.request_id.is_some());
    root.error_code.is_some()
        || has_data(&root)
        || error.is_some_and(|error| has_own_code(&error) || has_data(&error))
        || results.is_some_and(|results| results.has_reservations)
}

/// A response: the envelope at the root or in `error`, the answer of the token endpoint, or what was made although
/// some of it failed.
#[derive(Default)]
struct Body<'a> {
    root: Envelope<'a>,
    /// `error`, where it is an object.
    error: Option<Envelope<'a>>,
    oauth: OAuth<'a>,
    /// `errorCode` and `errorSummary`, as the token endpoint's own provider sends them.
    token_code: Text<'a>,
    token_summary: Text<'a>,
    /// The `status` of a reservation.
    status: Text<'a>,
    has_money: bool,
    /// What failed of the `results` of a search.
    results: Option<Results>,
    /// The items of a body that is a list.
    list: Items,
}

impl<'a> Body<'a> {
    fn read(&mut self, root: Value<'_, 'a>) {
        match root.shape() {
            Shape::List => self.list = Items::read(root),
            _ => root.members(|name, value| match &*name {
                "error" if value.shape() == Shape::Object => {
                    self.oauth.forget_error();
                    self.error = Some(Envelope::read_error(value));
                }
                "error" => {
                    self.error = None;
                    self.oauth.read(&name, value);
                }
                "error_description" => self.oauth.read(&name, value),
                "errorCode" => value.text_into(&mut self.token_code),
                "errorSummary" => value.text_into(&mut self.token_summary),
                "status" => value.text_into(&mut self.status),
                "money" => self.has_money = value.shape() == Shape::Object,
                "results" => self.results = Some(Results::read(value)),
                _ => self.root.read_member(&name, value),
            }),
        }
    }

    fn into_findings(mut self, is_success: bool, is_cut: bool, document_message: Text<'a>) -> Findings {
        let (error, root) = (self.error.get_or_insert_default(), &mut self.root);
        let has_error_code = has_code(error) || root.error_code.is_some();
        let is_bulk = is_success && !has_error_code && root.code.is_none();
        let data = [&mut error.data, &mut root.data].map(Option::get_or_insert_default);
        let request_ids = [&data[0].request_id, &data[1].request_id, &error.request_id, &root.request_id];
        let request_id =
            request_ids.into_iter().flatten().find_map(|id| first_of_list(id)).map(str::to_owned);
        let bulk = self.results.filter(|_| is_bulk).and_then(|results| results.into_findings(is_cut));
        if let Some(findings) = bulk {
            return Findings { request_id, ..findings };
        }
        let is_price = is_success && self.has_money && has_errors(&error.items);
        let is_reservation = is_success && has_errors(&root.items);
        let effect = match self.status.as_deref() {
            _ if is_price => Some(Effect::Applied),
            _ if !is_reservation => None,
            Some("declined") => Some(Effect::NotApplied),
            // it broke off before it said what became of the reservation
            None if is_cut => Some(Effect::Unknown),
            _ => Some(Effect::Applied),
        };

        let mut own_codes =
            [&mut error.code, &mut error.error_code, &mut root.error_code, &mut root.code].into_iter();
        let code = own_codes.find_map(Option::take).or_else(|| self.oauth.code()).or(self.token_code);
        let own_message = error.message.take().or(root.message.take()).or_else(|| self.oauth.message());
        let message = own_message.or(self.token_summary).or(document_message);

        if !is_success {
            root.items.remove("errors");
        }
        let (mut items, reasons) = data.into_iter().find_map(Data::take_items).unwrap_or_default();
        items.append_lists(&error.items);
        items.append_lists(&root.items);
        items.append(self.list);
        items.append(take(&mut error.fields));

        let top = code.as_deref().and_then(Code::known);
        let decisive = decisive_code(top, &items, is_price && !is_reservation);
        let kind = decisive.map(|code| match code {
            Code::ListingIsNotAvailable => kind_of_reason(&reasons),
            _ => code.kind(),
        });
        let mut issues = items.issues;
        issues.append(reasons);
        Findings {
            kind,
            remedy: decisive.or(top).map(|code| code.info().remedy),
            is_rejected: top.is_some_and(Code::rejects) || items.first_rejecting.is_some(),
            effect,
            is_error_in_success: has_error_code || is_price || is_reservation,
            code: code.map(Into::into),
            message: message.map(Into::into),
            request_id,
            issues,
            ..Findings::default()
        }
    }
}

/// Whether `errors` has items, as that of a reservation or a price.
fn has_errors(items: &Sections<'_>) -> bool {
    let errors = items.get("errors").map(|mut errors| Items::read(errors.root()));
    errors.is_some_and(|errors| !errors.issues.as_slice().is_empty())
}

fn has_code(envelope: &Envelope<'_>) -> bool {
    envelope.code.is_some() || envelope.error_code.is_some()
}

/// `[{"_id", "reservation": {"errors"}}]`: what a search found, with why it cannot be reserved.
#[derive(Default)]
struct Results {
    items: Bulk,
    has_reservations: bool,
}

impl Results {
    fn read(value: Value<'_, '_>) -> Self {
        let mut results = Self::default();
        let mut index = 0;
        value.items(|result| {
            let is_object = result.shape() == Shape::Object;
            let mut result_again = result.fork();
            match result.whole() {
                Some(raw) if is_object => results.read_result(raw, index),
                Some(_) => {}
                // it breaks off
                None => results.has_reservations |= result_again.root().raw_at(&["reservation"]).is_some(),
            }
            index += 1;
        });
        results
    }

    fn read_result(&mut self, raw: &[u8], index: u64) {
        let (mut id, mut other_id, mut listing_id, mut errors) = (None, None, None, Items::default());
        Reader::new(raw).root().members(|name, value| match &*name {
            "_id" => value.text_into(&mut id),
            "id" => value.text_into(&mut other_id),
            "listingId" => value.text_into(&mut listing_id),
            "reservation" => {
                self.has_reservations = true;
                errors = Items::default();
                value.members(|name, value| {
                    if name == "errors" {
                        errors = Items::read(value);
                    }
                });
            }
            _ => {}
        });
        if errors.issues.as_slice().is_empty() {
            self.items.succeeded();
            return;
        }
        let mut item = FailedItem::new(item_error(errors)).with_index(index);
        item.id = id.or(other_id).or(listing_id).map(Into::into);
        self.items.failed("results", item);
    }

    fn into_findings(mut self, is_cut: bool) -> Option<Findings> {
        if is_cut && self.has_reservations {
            self.items.undetailed();
        }
        self.items.into_findings()
    }
}

/// The error of one result: its code is the one that decides, else the first.
fn item_error(items: Items) -> booking_errors_core::Envelope {
    let decisive = decisive_code(None, &items, false);
    let first = items.issues.as_slice().first();
    let code = decisive.map(Code::as_str).or(first.and_then(|issue| issue.code.as_deref()));
    let findings = Findings {
        kind: decisive.map(Code::kind),
        remedy: decisive.map(|code| code.info().remedy),
        is_rejected: items.first_rejecting.is_some(),
        code: code.map(str::to_owned),
        message: first.and_then(|issue| issue.message.clone()),
        issues: items.issues,
        ..Findings::default()
    };
    findings.into_envelope(crate::PROVIDER.name(), &RawResponse::new(200, b""))
}

/// The code that says what went wrong: the answer's own, if it rejects by itself, else that of an item.
fn decisive_code(top: Option<Code>, items: &Items, is_price: bool) -> Option<Code> {
    let coupon = match top {
        Some(code) if code.is_coupon() => top,
        _ if is_price || items.are_coupons() => items.first_coupon,
        _ => None,
    };
    let price = items.first_known.filter(|_| is_price);
    let fault = top.filter(|&code| code == Code::UnexpectedError);
    top.filter(|code| code.rejects()).or(items.first_rejecting).or(coupon).or(price).or(fault)
}

/// The kind of a listing that is not available, by the first restriction that the stay does not fit.
fn kind_of_reason(reasons: &Issues) -> Kind {
    let first = reasons.as_slice().first().and_then(|reason| reason.code.as_deref());
    first.map_or(Code::ListingIsNotAvailable.kind(), |flag| Restriction::of(flag).kind())
}

/// The restrictions that a body names.
pub(crate) fn restrictions(body: &[u8]) -> Vec<Restriction> {
    let Body { root, error, .. } = Document::read(body, Body::read).root;
    let mut data = [error.and_then(|error| error.data), root.data].into_iter().flatten();
    let (_, reasons) = data.find_map(|mut data| data.take_items()).unwrap_or_default();
    reasons.as_slice().iter().filter_map(|reason| reason.code.as_deref()).map(Restriction::of).collect()
}

/// `{"error_code" or "code", "message", "data", "details", "requestId"}`, at the root or in `error`.
#[derive(Default)]
struct Envelope<'a> {
    error_code: Text<'a>,
    code: Text<'a>,
    message: Text<'a>,
    data: Option<Data<'a>>,
    request_id: Text<'a>,
    /// The items of `message`, `details` and `errors`.
    items: Sections<'a>,
    /// All other members of `error`: fields and their messages.
    fields: Items,
}

impl<'a> Envelope<'a> {
    fn read_error(value: Value<'_, 'a>) -> Self {
        let mut error = Self::default();
        value.members(|name, value| match &*name {
            "error_code" | "code" | "message" | "data" | "requestId" | "details" | "errors" => {
                error.read_member(&name, value);
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
                self.items.put("message", value.fork());
            }
            "message" => {
                self.items.remove("message");
                value.text_into(&mut self.message);
            }
            "data" => self.data = Some(Data::read(value)),
            "requestId" => value.text_into(&mut self.request_id),
            "details" => self.items.put("details", value.fork()),
            "errors" => self.items.put("errors", value.fork()),
            _ => {}
        }
    }
}

/// `{"errors", "requestId", "details", "moreDetails"}`, a list of messages, or one message.
#[derive(Default)]
struct Data<'a> {
    items: Sections<'a>,
    request_id: Text<'a>,
    /// Why a listing is not available.
    reasons: Issues,
}

impl<'a> Data<'a> {
    fn read(value: Value<'_, 'a>) -> Self {
        let mut data = Self::default();
        match value.shape() {
            Shape::Object => value.members(|name, value| match &*name {
                "errors" => data.items.put("errors", value.fork()),
                "details" => data.items.put("details", value.fork()),
                "requestId" => value.text_into(&mut data.request_id),
                "moreDetails" => data.reasons = read_reasons(value),
                _ => {}
            }),
            _ => data.items.put("", value.fork()),
        }
        data
    }

    /// The items of its lists and its reasons, if there are any.
    fn take_items(&mut self) -> Option<(Items, Issues)> {
        let (mut items, reasons) = (Items::default(), take(&mut self.reasons));
        items.append_lists(&self.items);
        let is_empty = items.issues.as_slice().is_empty() && reasons.as_slice().is_empty();
        (!is_empty).then_some((items, reasons))
    }
}

/// `notApplicableRatePlans[].notApplicable`: the flags that are true.
fn read_reasons(value: Value<'_, '_>) -> Issues {
    let mut reasons = Issues::default();
    value.members(|name, value| {
        if name == "notApplicableRatePlans" {
            reasons = Issues::default();
            value.items(|plan| reasons.append(read_flags(plan)));
        }
    });
    reasons
}

/// The flags of one rate plan.
fn read_flags(plan: Value<'_, '_>) -> Issues {
    let mut flags = Issues::default();
    plan.members(|name, value| {
        if name == "notApplicable" {
            flags = Issues::default();
            value.members(|flag, value| {
                if value.boolean() == Some(true) {
                    flags.push(None, Some(&flag), None);
                }
            });
        }
    });
    flags
}

/// The documented envelope.
pub(crate) fn sample(info: &CodeInfo) -> Sample {
    let data = json!({"requestId": "7a63a0ef7470520b"});
    Sample::of_code(info, &json!({"error_code": info.code, "message": info.meaning, "data": data}))
}

/// A request that did not pass the validation, a stay that fits no rate plan, and a coupon that was dropped.
pub(crate) fn situations() -> Vec<Sample> {
    let error =
        json!({"statusCode": 400, "message": ["listingId must be a mongodb id"], "error": "Bad Request"});
    let plans = json!([{"ratePlanId": "default", "notApplicable": {"minNights": true}}]);
    let data = json!({"requestId": "7a63a0ef7470520b", "moreDetails": {"notApplicableRatePlans": plans}});
    let unavailable = json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE", "message": "m", "data": data}});
    let reservation =
        json!({"_id": "5d6e7a7ebf8e3800207735ae", "status": "confirmed", "errors": ["COUPON_NOT_FOUND"]});
    vec![
        Sample::json("list of messages", 400, &error),
        Sample::json("no rate plan", 400, &unavailable),
        Sample::json("reservation without the coupon", 201, &reservation),
    ]
}
