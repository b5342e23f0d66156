//! `spec/guesty.md`, sentence by sentence.

mod items;
mod messages;
mod payment;
mod results;
mod told;

use booking_errors::{Effect, Kind};

use self::told::Told;
use super::again::{self, first_of_list, header};
use super::answer::Answer;
use super::body;
use super::challenge;
use super::codes::{Known, known};
use super::effect::{Evidence, weigh};
use super::json::Json;
use super::kind::{is_success, kind_of};
use super::success::is_no_success;
use crate::case::Case;

const OWN: [&str; 6] = ["errorCode", "errorSummary", "statusCode", "_id", "reservation", "payment"];

pub fn decode(case: &Case) -> Answer {
    let body = body::read(&case.body, &OWN, true);
    let root = body.root();
    let told = told::read(case, &body);
    let mut answer = Answer::new(case.provider, case.status);
    answer.code.clone_from(&told.code);
    answer.message.clone_from(&told.message);
    answer.issues.clone_from(&told.issues);

    let headers = |name: &str| header(&case.headers, name);
    let date = || headers("date");
    answer.request_id = member_id(root).or_else(|| again::request_id(&headers, &[]));
    answer.retry_after = again::retry_after(headers("retry-after"), date());

    let success = is_success(case.status).then(|| Success::of(case.status, root, &told));
    let payment = success.as_ref().and_then(|success| success.payment.as_ref());
    if let Some(payment) = payment {
        answer.message = payment.message.clone().or(answer.message);
        answer.issues.extend(payment.issue.clone());
    }
    let challenge = challenge::recognize(case, &body, answer.message.as_deref());
    let inner = inner_status(case.status, root);
    answer.kind = success.as_ref().and_then(Success::own_kind).unwrap_or_else(|| {
        let by_rules = told.kind().or(challenge);
        by_rules.or(inner.map(kind_of)).unwrap_or(kind_of(case.status))
    });
    answer.effect = weigh(&Evidence {
        // "the effect of an inner 5xx, 421 or 425 is unknown, of an inner 4xx that of a 4xx"
        status: match inner {
            _ if is_success(case.status) => case.status,
            Some(421 | 425 | 500..) => 0,
            Some(inner) => inner,
            None => case.status,
        },
        own: success.as_ref().and_then(Success::own_effect),
        of_the_code: None,
        is_cut_success: is_success(case.status) && body.breaks_off(),
        is_fault: told.is_fault(),
        is_rejection: told.is_rejection(),
        is_soft: told.is_soft(),
        is_made: body.shows(is_made),
        is_challenge: challenge.is_some(),
    });

    let is_own_error = success.as_ref().is_none_or(|success| success.is_error);
    let is_fault_of_all = is_no_success(case, &body, is_made) || challenge.is_some();
    answer.is_clean = is_success(case.status) && !is_own_error && !is_fault_of_all;
    if is_success(case.status) && !is_own_error {
        let results = results::read(case, &body);
        if results.is_error() {
            return results.told_by(&answer);
        }
        // "in these cases kind is that of a known code that could be read, else unknown"; "a recognised challenge or
        // block page" gives its own
        let of_the_code = told.top.as_ref().and_then(|top| top.kind);
        answer.kind = of_the_code.or(challenge).unwrap_or(Kind::Unknown);
        if challenge.is_none() {
            answer.effect = Effect::Unknown;
        }
    }
    let may_reset = case.status == 429 || case.status == 503 || answer.kind == Kind::RateLimited;
    if answer.retry_after.is_none() && may_reset {
        answer.retry_after = again::reset(&headers, date()).flatten();
    }
    answer
}

/// Texts that are recognised.
pub fn texts() -> Vec<String> {
    messages::EXAMPLES.map(str::to_owned).into()
}

/// "Request id: `data.requestId`, else the root's `requestId`"; "Okta's `{errorCode, errorSummary, errorId}`:
/// errorId is the request id".
fn member_id(root: &Json) -> Option<String> {
    let error = root.at("error");
    let places = [error.at("data"), root.at("data"), error, root];
    let id = places.into_iter().find_map(|place| first_of_list(place.text_at("requestId")));
    let is_okta = root.text_at("errorCode").or(root.text_at("errorSummary")).is_some();
    id.or_else(|| first_of_list(root.text_at("errorId")).filter(|_| is_okta))
}

/// "A rejecting code beside `_id` with status confirmed, reserved or inquiry": at the root, and in a `reservation`. The
/// status in any case of its letters, since this only adds doubt.
fn is_made(root: &Json) -> bool {
    let places = [vec![root], root.standing("reservation")].concat();
    places.iter().any(|place| {
        let status = place.text_at("status").map(|status| status.to_ascii_lowercase());
        place.text_at("_id").is_some() && is_standing(status.as_deref())
    })
}

fn is_standing(status: Option<&str>) -> bool {
    matches!(status, Some("confirmed" | "reserved" | "inquiry"))
}

/// "An inner `status` or `statusCode` of 400 to 599, inside `error` or at the root, says more than an outer 400,
/// and an inner 5xx more than any outer 4xx"; in a 2xx body it is the error's own.
fn inner_status(outer: u16, root: &Json) -> Option<u16> {
    let mut inner = Vec::new();
    for place in [root.at("error"), root] {
        for name in ["status", "statusCode"] {
            inner.extend(number(place, name).filter(|status| (400..600).contains(status)));
        }
    }
    let says_more = |status: &&u64| match outer {
        400 | 200..300 => true,
        401..500 => **status >= 500,
        _ => false,
    };
    let worst = inner.iter().find(|status| **status >= 500).or(inner.first());
    worst.filter(says_more).map(|status| *status as u16)
}

/// The number in a member, as far as it is one of a status, or in its text.
fn number(place: &Json, name: &str) -> Option<u64> {
    place.text_at(name)?.parse().ok()
}

/// "2xx with errors".
struct Success {
    is_error: bool,
    payment: Option<payment::Payment>,
    kind: Option<Kind>,
    effect: Option<Effect>,
}

impl Success {
    fn of(status: u16, root: &Json, told: &Told) -> Self {
        let error = |kind, effect| Self { is_error: true, payment: None, kind, effect };
        if let Some(payment) = payment::read(root) {
            let (kind, effect) = (Some(Kind::PaymentRequired), Some(payment.effect));
            return Self { is_error: true, payment: Some(payment), kind, effect };
        }
        let own = root.at("error");
        let has_items = |place: &Json, name: &str| !items::of_one_or_many(place.at(name)).is_empty();
        let has_id_and_status = root.text_at("_id").is_some() && root.text_at("status").is_some();
        // "Reservation: `{"_id", "status", "errors": [codes]}`"
        if has_items(root, "errors") && has_id_and_status {
            return error(None, Some(reservation_effect(root, told)));
        }
        // "a top-level `errors` of any items without `_id` or `status` beside it is no reservation: effect
        // unknown"
        if has_items(root, "errors") {
            return error(None, Some(Effect::Unknown));
        }
        // "Price: `{"money": {...}, "error": {"errors": [codes]}}`: effect applied"
        if root.at("money").is_object() && has_items(own, "errors") {
            return error(price_kind(told), Some(Effect::Applied));
        }
        let is_hard = |code: &Known| !code.is_soft || code.code == "CREATE_RESERVATION_ERROR";
        let root_code = known(&booking_errors::guesty::PROVIDER, root.text_at("code").as_deref());
        let of_400_to_599 = |status: u64| (400..600).contains(&status);
        let is_error = [
            // "a flat `error_code` in a 2xx body is an error too"
            root.text_at("error_code").is_some(),
            // "`{"error": {"message" | "code" | `data.errors` with a readable item}}`", in whatever list of `data`
            own.is_object() && (own.text_at("message").is_some() || own.text_at("code").is_some()),
            !items::in_data(own.at("data")).is_empty(),
            // "`error` as text"
            root.text_at("error").is_some(),
            // "a number from 400 to 599 in a root `status`"
            number(root, "status").is_some_and(of_400_to_599),
            // "`error.errors` without `money`"
            has_items(own, "errors"),
            // "a known hard code at the root"
            root_code.as_ref().is_some_and(is_hard),
            // "`{errorCode, errorSummary}`"
            root.text_at("errorCode").or(root.text_at("errorSummary")).is_some(),
            // "or `statusCode` of 400 and more"
            number(root, "statusCode").is_some_and(|status| status >= 400),
        ]
        .contains(&true);
        if is_error {
            return error(None, None); // "effect unknown but for a rejecting code"
        }
        // "201 with `status` declined and no errors: slot_unavailable, not_applied (a 201 answers a creation);
        // with canceled, cancelled or closed: kind unknown, effect unknown. With 200 it is clean"
        match root.text_at("status").as_deref() {
            Some("declined") if status == 201 => error(Some(Kind::SlotUnavailable), Some(Effect::NotApplied)),
            Some("canceled" | "cancelled" | "closed") if status == 201 => {
                error(Some(Kind::Unknown), Some(Effect::Unknown))
            }
            _ => Self { is_error: false, payment: None, kind: None, effect: None },
        }
    }

    fn own_kind(&self) -> Option<Kind> {
        self.kind
    }

    fn own_effect(&self) -> Option<Effect> {
        self.effect
    }
}

/// "Effect applied only with confirmed, reserved or inquiry and no hard item; not_applied with declined; else
/// unknown"; "a rejecting code beside `_id` with status confirmed, reserved or inquiry: effect unknown".
fn reservation_effect(root: &Json, told: &Told) -> Effect {
    let status = root.text_at("status");
    let is_declined = status.as_deref() == Some("declined");
    let is_coded = told.top.as_ref().is_some_and(|top| top.is_fault() || !top.is_soft || top.kind.is_none());
    match () {
        // "ETIMEDOUT, .. as codes, and the messages [..]": "effect unknown", among the reservation's errors, too
        () if told.has_lost_item => Effect::Unknown,
        () if is_declined && !told.top.as_ref().is_some_and(Known::is_fault) => Effect::NotApplied,
        () if is_standing(status.as_deref()) && !is_coded && told.hard().is_none() => Effect::Applied,
        () => Effect::Unknown,
    }
}

/// "Kind: the first hard known item's, else coupon_rejected where one item is a coupon code, else the first
/// known item's." Recognised messages stand before what rejects nothing, as with any other answer.
fn price_kind(told: &Told) -> Option<Kind> {
    let is_coupon = told.known.iter().any(|known| known.kind == Some(Kind::CouponRejected));
    // (that of CREATE_RESERVATION_ERROR is "of its items": none here)
    let first = told.known.iter().find_map(|known| known.kind);
    let coupon = is_coupon.then_some(Kind::CouponRejected);
    told.hard_kind().or(told.recognized).or(coupon).or(first)
}
