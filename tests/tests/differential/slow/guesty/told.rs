//! "Shapes", and what the codes, items and messages in them say together: "Codes", "Kind".

use booking_errors::{Issue, Kind};

use super::super::answer::issue;
use super::super::body::Body;
use super::super::codes::{Known, known};
use super::super::json::Json;
use super::super::kind::{is_fault, is_success, kind_of};
use super::super::oauth;
use super::{items, messages};
use crate::case::Case;

/// What an answer tells.
pub struct Told {
    pub code: Option<String>,
    pub message: Option<String>,
    pub issues: Vec<Issue>,
    /// The top code, where it is known.
    pub top: Option<Known>,
    /// The known items, in the order of the lists.
    pub known: Vec<Known>,
    /// "All items are coupon codes."
    are_all_coupons: bool,
    /// `LISTING_IS_NOT_AVAILABLE`, by its flags.
    not_available: Kind,
    /// The kind of a recognised message, or of an item that is the code of a broken connection.
    pub recognized: Option<Kind>,
    /// Whether an item is, or says, that a connection was lost.
    pub has_lost_item: bool,
    /// The kind of the status that the code is the name of.
    named: Option<Kind>,
    /// Whether an item is the name of a status of a fault.
    has_fault_name: bool,
    /// `invalid_client` and `invalid_grant`, as codes and as evidence.
    refused: Option<Kind>,
    is_refusal: bool,
}

pub fn read(case: &Case, body: &Body) -> Told {
    let root = body.root();
    // "look in `error` first where it is an object, then at the root"
    let error = Some(root.at("error")).filter(|error| error.is_object()).unwrap_or(&Json::Null);
    let oauth = if error.is_object() { oauth::Error::default() } else { oauth::read(root) };
    let codes = [
        error.text_at("code"),
        error.text_at("error_code"),
        root.text_at("error_code"),
        root.text_at("code"),
        oauth.code.clone(),
        root.text_at("errorCode"),
    ];
    let code = codes.into_iter().flatten().next();
    let texts =
        [message(error), message(root), oauth.message, root.text_at("errorSummary"), body.text.clone()];
    let text = texts.into_iter().flatten().next();

    // Issues keep the body's order within each place, and the places come in the order in which they are
    // looked at.
    let own = (items::in_data(error.at("data")), plans(error.at("data")));
    let outer = (items::in_data(root.at("data")), plans(root.at("data")));
    let (mut list, plans) = if own.0.is_empty() && own.1.is_empty() { outer } else { own };
    list.extend(items::beside_data(error, true));
    list.extend(items::of(if root.is_list() { root } else { &Json::Null })); // shape 5
    list.extend(items::beside_data(root, is_success(case.status)));
    let mut issues = list.clone();
    issues.extend(free_members(error));
    // "each flag that is true is an issue with the flag as its code"
    issues.extend(plans.iter().flatten().filter_map(|flag| issue(None, Some(flag.clone()), None)));

    let know = |code: Option<&str>| known(case.provider, code);
    let known_items: Vec<Option<Known>> = list.iter().map(|item| know(item.code.as_deref())).collect();
    let is_coupon =
        |item: &Option<Known>| item.as_ref().is_some_and(|item| item.kind == Some(Kind::CouponRejected));
    let item_texts: Vec<String> = list.iter().filter_map(|item| item.message.clone()).collect();
    let refused = oauth::kind(case.status, code.as_deref());
    let has_lost = known_items.iter().flatten().any(Known::is_lost_connection);
    let names = list.iter().filter_map(|item| name_of_status(item.code.as_deref()?));
    Told {
        top: know(code.as_deref()),
        are_all_coupons: !list.is_empty() && known_items.iter().all(is_coupon),
        known: known_items.into_iter().flatten().collect(),
        not_available: not_available(&plans),
        recognized: if has_lost {
            Some(Kind::Unavailable)
        } else {
            messages::recognize(text.as_deref(), &item_texts)
        },
        has_lost_item: has_lost || messages::recognize(None, &item_texts).is_some(),
        named: code.as_deref().and_then(name_of_status),
        has_fault_name: names.into_iter().any(is_fault),
        // "`error` at the root" is the token endpoint's own shape; `errorCode`: "kinds as for OAuth"
        refused: refused.filter(|_| [&oauth.code, &root.text_at("errorCode")].contains(&&code)),
        is_refusal: refused.is_some() && oauth.code == code,
        code,
        message: text,
        issues,
    }
}

impl Told {
    /// The first hard known item.
    pub fn hard(&self) -> Option<&Known> {
        self.known.iter().find(|item| !item.is_soft)
    }

    /// Its kind. The code of a broken connection counts as a recognised message does.
    pub fn hard_kind(&self) -> Option<Kind> {
        let mut hard = self.known.iter().filter(|item| !item.is_soft && !item.is_lost_connection());
        hard.next().and_then(|item| self.kind_of(item))
    }

    fn kind_of(&self, known: &Known) -> Option<Kind> {
        if known.code == "LISTING_IS_NOT_AVAILABLE" { Some(self.not_available) } else { known.kind }
    }

    /// "Kind: the top code's where it is known, hard and not CREATE_RESERVATION_ERROR; else the first hard known
    /// item's; else coupon_rejected where the top code or all items are coupon codes; else provider_fault where
    /// the top code is UNEXPECTED_ERROR; else the status's." A code that is the name of a status stands before the
    /// recognised messages, and those before what rejects nothing.
    pub fn kind(&self) -> Option<Kind> {
        let top = self.top.as_ref();
        let is_coupon = top.is_some_and(|top| top.kind == Some(Kind::CouponRejected)) || self.are_all_coupons;
        let coupon = is_coupon.then_some(Kind::CouponRejected);
        let unexpected = top.filter(|top| top.code == "UNEXPECTED_ERROR").and_then(|top| top.kind);
        let list = [
            self.refused,
            top.filter(|top| !top.is_soft).and_then(|top| self.kind_of(top)),
            self.hard_kind(),
            self.recognized.filter(|_| coupon.is_some() || unexpected.is_some()),
            coupon,
            unexpected,
            self.named,
            self.recognized,
        ];
        list.into_iter().flatten().next()
    }

    fn all(&self) -> impl Iterator<Item = &Known> {
        self.top.iter().chain(&self.known)
    }

    /// Line 2 of DESIGN.md's list.
    pub fn is_fault(&self) -> bool {
        let is_named = self.named.is_some_and(is_fault) || self.has_fault_name;
        let is_recognized = self.recognized.is_some_and(is_fault);
        self.all().any(Known::is_fault) || is_named || is_recognized
    }

    /// Line 3.
    pub fn is_rejection(&self) -> bool {
        let is_recognized = self.recognized.is_some_and(|kind| !is_fault(kind));
        self.all().any(Known::is_rejection) || is_recognized || self.is_refusal
    }

    /// "Codes marked soft, and CREATE_RESERVATION_ERROR without a hard item."
    pub fn is_soft(&self) -> bool {
        self.all().any(|known| known.is_soft)
    }
}

/// A message is a text; "a list becomes the issues".
fn message(place: &Json) -> Option<String> {
    if place.at("message").is_list() { None } else { place.text_at("message") }
}

/// The members of `error` that no shape names, and those of Stripe's card errors: "`param` is the field of an
/// issue; `decline_code` the code of an issue; type and doc_url are none".
fn free_members(error: &Json) -> Vec<Issue> {
    let own =
        ["code", "error_code", "message", "data", "status", "statusCode", "details", "errors", "requestId"];
    let mut found = Vec::new();
    for (name, value) in error.members() {
        match &**name {
            name if own.contains(&name) => {}
            "param" if matches!(value, Json::Text(_)) => found.extend(issue(value.text(), None, None)),
            "decline_code" if matches!(value, Json::Text(_)) => {
                found.extend(issue(None, value.text(), None));
            }
            "type" | "doc_url" if matches!(value, Json::Text(_)) => {}
            name => found.extend(items::of_the_field(name, value, 0)),
        }
    }
    found
}

/// `data.moreDetails.notApplicableRatePlans[].notApplicable`: of each rate plan the flags that are true, "each flag",
/// also one that comes twice.
fn plans(data: &Json) -> Vec<Vec<String>> {
    let plans = data.at("moreDetails").at("notApplicableRatePlans").items().iter();
    let plans = plans.map(|plan| {
        let flags = plan.at("notApplicable").members().iter();
        let flags = flags.filter(|(name, value)| value.is(true) && !name.trim().is_empty());
        flags.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    });
    plans.filter(|flags| !flags.is_empty()).collect()
}

/// "policy_violation where some rate plan has only flags that another choice of dates or length cures, else
/// slot_unavailable"
fn not_available(plans: &[Vec<String>]) -> Kind {
    let cured = ["minNights", "maxNights", "advanceNotice", "bookingWindow", "cta", "ctd"];
    if plans.iter().any(|flags| flags.iter().all(|flag| cured.contains(&&**flag))) {
        Kind::PolicyViolation
    } else {
        Kind::SlotUnavailable
    }
}

/// "A code that is the name of an HTTP status has that status's kind."
fn name_of_status(code: &str) -> Option<Kind> {
    let names = [
        ("BAD_REQUEST", 400),
        ("UNAUTHORIZED", 401),
        ("PAYMENT_REQUIRED", 402),
        ("FORBIDDEN", 403),
        ("NOT_FOUND", 404),
        ("METHOD_NOT_ALLOWED", 405),
        ("CONFLICT", 409),
        ("GONE", 410),
        ("UNPROCESSABLE_ENTITY", 422),
        ("TOO_MANY_REQUESTS", 429),
        ("INTERNAL_SERVER_ERROR", 500),
        ("NOT_IMPLEMENTED", 501),
        ("BAD_GATEWAY", 502),
        ("SERVICE_UNAVAILABLE", 503),
        ("GATEWAY_TIMEOUT", 504),
    ];
    names.iter().find(|(name, _)| *name == code).map(|(_, status)| kind_of(*status))
}
