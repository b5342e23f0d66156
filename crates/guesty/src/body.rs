use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Shape, Value};
use booking_errors_core::decode::oauth::{self, OAuth};
use booking_errors_core::decode::{Draft, Evidence, first, is_success};
use booking_errors_core::text::first_of_list;
use booking_errors_core::{Kind, RawResponse};

use crate::envelope::{Envelope, items_of_data};
use crate::hints::{LOOK_FOR_RESERVATION, is_fulfilled, is_lost, is_lost_connection, kind_of_code};
use crate::items::Items;
use crate::payment::{Payment, Reservation, stands};
use crate::results::Results;
use crate::success::{Wrong, note_wrong};
use crate::{Code, Restriction};

type Text<'a> = Option<&'a str>;

/// Reads a response of any status.
pub(crate) fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let mut document = Document::<Body>::read(response.body(), arena);
    document.root.draft(response.status(), document.is_root_cut, document.message).read_from(&document)
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
    reasons.flags.codes().map(|flag| Restriction::of(flag.as_str())).collect()
}

/// A response: the envelope at the root or in `error`, the response of the token endpoint, or something that was made
/// although part of it failed.
#[derive(Default)]
pub(crate) struct Body<'a> {
    pub(crate) root: Envelope<'a>,
    /// `error`, if it is an object.
    error: Option<Envelope<'a>>,
    pub(crate) oauth: OAuth<'a>,
    /// `errorCode` and `errorSummary`, as the identity provider of the token endpoint sends them.
    pub(crate) token_code: Text<'a>,
    pub(crate) token_summary: Text<'a>,
    token_id: Text<'a>,
    /// The `_id` of a reservation.
    pub(crate) id: Text<'a>,
    /// The `status` of a reservation or an error.
    pub(crate) status: Text<'a>,
    /// Whether `error` is a text.
    pub(crate) has_error_text: bool,
    pub(crate) has_money: bool,
    reservation: Option<Reservation<'a>>,
    /// Whether `reservation` stands. One that breaks off does not undo the one before it.
    is_reserved: bool,
    payment: Option<Payment<'a>>,
    /// What only a payment at the root has.
    own_payment: Payment<'a>,
    /// What failed of the `results` of a search.
    results: Option<Box<Results<'a>>>,
    /// The items of a body that is a list.
    list: Items<'a>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[
        ("errorCode", Sign::Any),
        ("errorSummary", Sign::Any),
        ("statusCode", Sign::Any),
        ("_id", Sign::Any),
        ("reservation", Sign::Any),
        ("payment", Sign::Any),
    ];
    const READS_LISTS: bool = true;

    fn read(&mut self, root: Value<'_, 'a>) {
        if root.shape() == Shape::List {
            self.list = Items::read(root);
            return;
        }
        root.members(|name, value| match name {
            "error" if value.shape() == Shape::Object => {
                self.oauth.forget_error();
                self.has_error_text = false;
                self.error = Some(Envelope::read_error(value));
            }
            "error" => {
                self.error = None;
                self.has_error_text = value.shape() == Shape::Text;
                self.oauth.read(name, value);
            }
            "error_description" => self.oauth.read(name, value),
            "errorCode" => value.text_into(&mut self.token_code),
            "errorSummary" => value.text_into(&mut self.token_summary),
            "errorId" => value.text_into(&mut self.token_id),
            "_id" => value.text_into(&mut self.id),
            "status" => value.text_into(&mut self.status),
            "money" => self.has_money = value.shape() == Shape::Object,
            "reservation" => {
                let is_object = value.shape() == Shape::Object;
                value.shows_into(&mut self.is_reserved, |value| {
                    let reservation = Reservation::read(value);
                    self.reservation = is_object.then_some(reservation);
                    reservation.stands()
                });
            }
            "payment" => {
                let is_object = value.shape() == Shape::Object;
                self.payment = is_object.then(|| Payment::read(value));
            }
            "results" => self.results = Some(Results::read(value).into()),
            "amount" | "processorError" | "threeDSChallenge" => {
                self.own_payment.read_member(name, value);
            }
            _ => self.root.read_member(name, value),
        });
    }

    fn is_made(&self) -> bool {
        stands(self.id, self.status) || self.is_reserved
    }
}

impl<'a> Body<'a> {
    fn draft(&mut self, status: u16, is_cut: bool, document_message: Text<'a>) -> Draft<'a> {
        let is_success = is_success(status);
        let mut error = self.error.take().unwrap_or_default();
        let root = &self.root;
        let is_token_error = first([self.token_code, self.token_summary]).is_some();
        let token_id = self.token_id.filter(|_| is_token_error);
        let request_ids =
            [error.data.request_id, root.data.request_id, error.request_id, root.request_id, token_id];
        let request_id = first(request_ids.map(|id| first_of_list(id?))).map(Into::into);
        let codes = [error.code, error.error_code, root.error_code, root.code];
        let wrong = if is_success { self.wrong(&error, status == 201) } else { None };
        let code = first([first(codes), self.oauth.code(), self.token_code]);
        let message =
            first([error.message, root.message, self.oauth.message(), self.token_summary, document_message]);

        let said = first([error.message, self.oauth.message()]);
        let payment = if is_success { self.payment(said) } else { None };
        let is_wrong = !is_success || payment.is_some() || wrong.is_some();
        let results = self.results.take().filter(|_| !is_wrong && first(codes).is_none());
        if let Some(draft) = results.and_then(|results| results.into_draft(is_cut)) {
            return Draft { request_id, ..draft };
        }
        let inner_statuses = [error.status, error.status_code, self.status, root.status_code]
            .map(|text| text?.parse().ok().filter(|&inner| says_more(inner, status)));
        // what failed behind a 4xx may have done part of its work, so a 5xx goes first
        let server_errors = inner_statuses.map(|inner| inner.filter(|&inner| inner >= 500));
        let inner_status = first([first(server_errors), first(inner_statuses)]);

        if !is_success {
            self.root.items.remove("errors");
        }
        let (mut items, mut reasons) = items_of_data([&mut error.data, &mut self.root.data]);
        error.items.iter_mut().chain(self.root.items.iter_mut()).for_each(|list| items.append(list));
        items.append(&mut self.list);
        items.append(&mut error.fields);

        let top = code.and_then(Code::known);
        let mut draft = Draft::of_code(code, top.map(Code::info));
        let is_price = matches!(wrong, Some(Wrong::Price));
        let decisive = items.decisive_code(top, is_price);
        draft.decisive = decisive.map(Code::info);
        if decisive == Some(Code::ListingIsNotAvailable)
            && let Some((kind, remedy)) = reasons.decision()
        {
            (draft.kind, draft.remedy) = (Some(kind), Some(remedy));
        }
        if top == Some(Code::CreateReservationError) && decisive.is_none() {
            draft.remedy_in_doubt = Some(Code::CreateReservationError.info().remedy);
        }
        draft.evidence = items.evidence;
        if let Some(top) = top {
            draft.evidence.note(top.kind(), !top.rejects());
        }
        note_hints(&mut draft, message, items.lost, inner_status);
        let token_code = first([self.oauth.code(), self.token_code]).filter(|_| first(codes).is_none());
        if token_code.is_some_and(|code| oauth::is_refused(code, status)) {
            draft.kind = Some(Kind::Unauthenticated);
            draft.decisive = None;
            // only the token endpoint's own shape shows that it is its answer
            draft.evidence.rejects |= self.oauth.is_refused(status);
        }
        draft.is_error_in_success = wrong.is_some();
        let has_hard = items.first_rejecting.is_some() || top.is_some_and(|top| !top.is_soft());
        note_wrong(&mut draft, wrong, has_hard, items.lost.is_some());
        draft.issues = items.issues;
        draft.issues.append(&mut reasons.flags);
        draft.message = message;
        if let Some(mut payment) = payment {
            draft.issues.append(&mut payment.issues);
            draft = Draft {
                code: draft.code,
                known: draft.known,
                message: first([payment.message, message]),
                issues: draft.issues,
                ..payment
            };
        }
        draft.request_id = request_id;
        draft
    }

    /// Returns the error of a payment that did not go through; `own` is what `error` says if it is at the root.
    fn payment(&self, own: Text<'a>) -> Option<Draft<'a>> {
        let mut root = self.own_payment.clone();
        (root.status, root.error) = (self.status, own);
        root.challenge().or_else(|| match &self.payment {
            Some(payment) => payment.draft(self.reservation, false),
            None => root.draft(self.reservation, true).filter(|_| root.is_root()),
        })
    }
}

/// Notes what a code or a message hints at that is not one of Guesty's own codes.
fn note_hints(draft: &mut Draft<'_>, message: Text<'_>, lost_item: Option<Kind>, inner_status: Option<u16>) {
    let named = draft.code.and_then(kind_of_code);
    let is_lost_code = draft.code.is_some_and(is_lost_connection);
    let is_lost_call = is_lost_code || message.is_some_and(is_lost);
    let lost = first([lost_item, is_lost_call.then_some(Kind::Unavailable)]);
    let is_fulfilled = message.is_some_and(is_fulfilled);
    let said = first([lost, is_fulfilled.then_some(Kind::Conflict)]);
    draft.hint = first([named, said]);
    draft.inner_status = inner_status;
    if is_lost_code {
        draft.kind = named;
    } else if draft.decisive.is_some_and(|info| info.is_soft) {
        // what stopped the call counts for more than a coupon that was dropped
        draft.kind = draft.kind.or(said);
    }
    draft.evidence.has_fault |= lost.is_some() || named.is_some_and(Evidence::is_fault);
    draft.evidence.rejects |= is_fulfilled;
    draft.evidence.doubts_status |=
        inner_status.is_some_and(|inner| matches!(inner, 408 | 421 | 425 | 444 | 460 | 499 | 500..));
    if is_fulfilled && draft.decisive.is_none() {
        draft.remedy = Some(LOOK_FOR_RESERVATION);
    }
}

/// Returns whether a status in the body says more than that of the response.
fn says_more(inner: u16, outer: u16) -> bool {
    match outer {
        200..=299 | 400 => (400..600).contains(&inner),
        401..=499 => (500..600).contains(&inner),
        _ => false,
    }
}
