//! `spec/guesty.md`, sentence by sentence.

use booking_errors::{Effect, Issue, Kind, Provider};

use super::answer::{
    Answer, Item, effect_of, first_of_list, header, issue, kind_of, request_id, retry_after,
};
use super::body::{self, Body};
use super::bulk::Bulk;
use super::codes::{Known, known};
use super::json::Json;
use super::oauth;
use crate::case::Case;

/// The column "hard or soft".
const SOFT: [&str; 8] = [
    "COUPON_NOT_FOUND",
    "COUPON_IS_DISABLED",
    "COUPON_MIN_NIGHT_MISMATCH",
    "COUPON_MAXIMUM_USES_EXCEEDED",
    "COUPON_EXPIRATION_DATE_EXCEEDED",
    "COUPON_OUT_OF_CHECKIN_RANGE",
    "COUPON_UNEXPECTED_ERROR",
    "UNEXPECTED_ERROR",
];

pub fn decode(case: &Case) -> Answer {
    let body = body::read(&case.body, &["results"], true);
    let is_success = (200..300).contains(&case.status);
    let mut answer = Answer::new(case.provider, case.status);
    answer.retry_after = retry_after(header(&case.headers, "retry-after"), header(&case.headers, "date"));
    let root = body.root.as_ref().unwrap_or(&Json::Null);
    // "look in `error` first where it is an object, then at the root"
    let error = Some(root.at("error")).filter(|error| error.is_object()).unwrap_or(&Json::Null);
    let oauth = if error.is_object() { oauth::Error::default() } else { oauth::read(root) };

    let own_codes = [error.text_at("code"), error.text_at("error_code"), root.text_at("error_code")];
    let is_coded = own_codes.iter().any(Option::is_some);
    // "`{"errorCode", "errorSummary", "errorId"}`: code and message"
    let codes = own_codes.into_iter().chain([root.text_at("code"), oauth.code, root.text_at("errorCode")]);
    answer.code = codes.flatten().next();
    let messages =
        [message(error), message(root), oauth.message, root.text_at("errorSummary"), body.text.clone()];
    answer.message = messages.into_iter().flatten().next();

    // "request id: `data.requestId`, else the root's `requestId`, else header `x-request-id`"
    let places = [error.at("data"), root.at("data"), error, root];
    let id = places.into_iter().find_map(|place| first_of_list(place.text_at("requestId")));
    answer.request_id = id.or_else(|| request_id(case, &["x-request-id"]));

    // Issues keep the body's order within each place, and the places come in the order in which they are
    // looked at.
    let provider = case.provider;
    let [own, outer] =
        [error, root].map(|place| (in_data(provider, place.at("data")), flags(place.at("data"))));
    let (in_data, flags) = if own.0.is_empty() && own.1.is_empty() { outer } else { own };
    answer.issues.extend(in_data);
    answer.issues.extend(lists(provider, error, |_| true));
    answer.issues.extend(items(provider, if root.is_list() { root } else { &Json::Null }));
    // "`errors` at the root counts with 2xx only"
    answer.issues.extend(lists(provider, root, |name| name != "errors" || is_success));
    for (name, value) in error.members() {
        // "other members of such an `error` (field -> messages) are issues"
        let is_own = ["code", "error_code", "message", "data", "status", "details", "errors", "requestId"];
        if !is_own.contains(&&**name) {
            answer.issues.extend(messages_of(provider, name, value, 0));
        }
    }

    // "price: `{"money": {...}, "error": {"errors": [codes]}}`", "reservation: `errors`"
    let has_items = |place: &Json| !items(provider, place.at("errors")).is_empty();
    let is_price = is_success && root.at("money").is_object() && has_items(error);
    let is_reservation = is_success && has_items(root);
    tell(&mut answer, &flags, is_price && !is_reservation);
    answer.issues.extend(flags.into_iter().filter_map(|flag| issue(None, Some(flag), None)));
    if is_price {
        answer.effect = Effect::Applied; // "the price was calculated, without the discount"
    } else if is_reservation {
        // "effect applied, but not_applied where `status` is declined"; unknown where it breaks off before
        // that
        answer.effect = match root.text_at("status") {
            Some(status) if status == "declined" => Effect::NotApplied,
            None if body.is_cut => Effect::Unknown,
            _ => Effect::Applied,
        };
    }
    // "a flat `error_code` in a 2xx body is an error too", and so is a code inside `error`
    answer.is_clean = is_success && !(is_price || is_reservation || is_coded);
    let results = results(case, &body);
    if is_success && !is_coded && root.text_at("code").is_none() && results.is_error() {
        return results.told_by(&answer);
    }
    answer
}

/// A message is a text; "a list becomes the issues".
fn message(place: &Json) -> Option<String> {
    if place.at("message").is_list() { None } else { place.text_at("message") }
}

/// The items of the lists that an envelope has beside `data`.
fn lists(provider: &Provider, place: &Json, counts: impl Fn(&str) -> bool) -> Vec<Issue> {
    let mut found = Vec::new();
    for (name, value) in place.last_members() {
        match name {
            "message" if value.is_list() => found.extend(items(provider, value)),
            "details" | "errors" if counts(name) => found.extend(items(provider, value)),
            _ => {}
        }
    }
    found
}

/// "Items are read alike in every list. One string instead of a list counts as one item."
fn items(provider: &Provider, list: &Json) -> Vec<Issue> {
    let one = std::slice::from_ref(list);
    let entries = if let Json::Text(_) = list { one } else { list.items() };
    entries.iter().filter_map(|entry| item(provider, entry, None)).collect()
}

/// "A string that is a known code or looks like one is an issue's code; other text is an issue's message; an
/// object gives both (code: `code`, else `type`), its `path` joined by dots is the field; null, numbers and
/// lists are skipped."
fn item(provider: &Provider, entry: &Json, field: Option<&str>) -> Option<Issue> {
    let field = field.map(str::to_owned);
    match entry {
        Json::Text(text) if known(provider, Some(text)).is_some() || looks_like_a_code(text) => {
            issue(field, Some(text.clone()), None)
        }
        Json::Text(text) => issue(field, None, Some(text.clone())),
        _ if entry.is_object() => {
            let path = entry.at("path");
            let steps = path.items().iter().filter_map(Json::text_or_blank);
            let steps: Vec<String> = steps.skip_while(String::is_empty).collect();
            let path = if path.is_list() { Some(steps.join(".")) } else { path.text() };
            issue(path, entry.text_at("code").or(entry.text_at("type")), entry.text_at("message"))
        }
        _ => None,
    }
}

/// `[A-Z][A-Z0-9]*(_[A-Z0-9]+)+`
fn looks_like_a_code(text: &str) -> bool {
    let words: Vec<&str> = text.split('_').collect();
    let is_word = |word: &&str| {
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
    };
    words.len() > 1 && words.iter().all(is_word) && text.starts_with(|first: char| first.is_ascii_uppercase())
}

/// The issues of a `data`, which "may be a list of messages or a string (one message); `data.details` may be
/// a list".
fn in_data(provider: &Provider, data: &Json) -> Vec<Issue> {
    let mut found = items(provider, data);
    for (name, value) in data.last_members() {
        if name == "errors" || name == "details" {
            found.extend(items(provider, value));
        }
    }
    found
}

/// "`LISTING_IS_NOT_AVAILABLE` says why under `data.moreDetails.notApplicableRatePlans[].notApplicable`: each
/// flag that is true": with another code as well.
fn flags(data: &Json) -> Vec<String> {
    let plans = data.at("moreDetails").at("notApplicableRatePlans").items();
    let flags = plans.iter().flat_map(|plan| plan.at("notApplicable").members());
    let flags = flags.filter(|(name, value)| value.is(true) && !name.trim().is_empty());
    flags.map(|(name, _)| name.clone()).collect()
}

/// The texts under a field, in lists in lists as well: "free-form maps need their own depth limit (32)".
fn messages_of(provider: &Provider, field: &str, value: &Json, depth: usize) -> Vec<Issue> {
    match value {
        Json::Text(_) => item(provider, value, Some(field)).into_iter().collect(),
        _ if depth < 32 => {
            let items = value.items().iter();
            items.flat_map(|value| messages_of(provider, field, value, depth + 1)).collect()
        }
        _ => Vec::new(),
    }
}

/// "Kind: the top code's where it is known, hard and not CREATE_RESERVATION_ERROR; else the first hard known
/// item's; else coupon_rejected where the top code or all items are coupon codes; else provider_fault where
/// the top code is UNEXPECTED_ERROR; else the status's."
fn tell(answer: &mut Answer, flags: &[String], is_price: bool) -> Option<&'static str> {
    let provider = answer.provider;
    let hard = |code: Option<Known>| {
        code.filter(|known| !SOFT.contains(&known.code) && known.code != "CREATE_RESERVATION_ERROR")
    };
    let coupon = |code: Option<Known>| code.filter(|known| known.kind == Kind::CouponRejected);
    let top = known(provider, answer.code.as_deref());
    let codes = answer.issues.iter().map(|issue| known(provider, issue.code.as_deref()));
    let codes: Vec<Option<Known>> = codes.collect();
    let first_hard = codes.iter().find_map(|code| hard(*code));
    let first_coupon = codes.iter().find_map(|code| coupon(*code));
    let are_coupons = codes.iter().all(|code| coupon(*code).is_some());
    // of a price: "the first hard known item's, else coupon_rejected where one item is a coupon code, else
    // the first known item's"
    let decides = hard(top)
        .or(first_hard)
        .or(coupon(top))
        .or(first_coupon.filter(|_| are_coupons || is_price))
        .or(codes.iter().find_map(|code| *code).filter(|_| is_price))
        .or(top.filter(|top| top.code == "UNEXPECTED_ERROR"));
    let oauth = oauth::kind(answer.code.as_deref());
    answer.kind = match decides {
        _ if oauth.is_some() => Kind::Unauthenticated,
        // "policy_violation where the first is minNights, maxNights, advanceNotice, bookingWindow, cta or
        // ctd, else slot_unavailable"
        Some(known) if known.code == "LISTING_IS_NOT_AVAILABLE" => match flags.first().map(String::as_str) {
            Some("minNights" | "maxNights" | "advanceNotice" | "bookingWindow" | "cta" | "ctd") => {
                Kind::PolicyViolation
            }
            _ => Kind::SlotUnavailable,
        },
        Some(known) => known.kind,
        None => kind_of(answer.status),
    };
    let is_rejected = oauth.is_some() || hard(top).is_some() || first_hard.is_some();
    answer.effect = effect_of(answer.status, answer.kind, is_rejected, answer.retry_after);
    answer.remedy = decides.or(top).map_or(answer.kind.remedy(), |known| known.remedy).to_owned();
    decides.map(|known| known.code)
}

/// `{"results": [{"_id", "reservation": {"errors": [codes]}}]}`: what a search found, with why it cannot be
/// reserved.
fn results(case: &Case, body: &Body) -> Bulk {
    let mut bulk = Bulk::default();
    let root = body.root.as_ref().unwrap_or(&Json::Null);
    let mut has_reservation = false;
    for (at, entry) in root.at("results").items().iter().enumerate() {
        has_reservation |= entry.get("reservation").is_some();
        if !matches!(entry, Json::Object(_)) {
            continue;
        }
        let mut error = Answer::new(case.provider, 200);
        error.issues = items(case.provider, entry.at("reservation").at("errors"));
        let Some(first) = error.issues.first().cloned() else {
            bulk.succeeded = true;
            continue;
        };
        error.message = first.message;
        // the code is the one that decides, else the first
        error.code = tell(&mut error, &[], false).map(str::to_owned).or(first.code.map(Into::into));
        let id = ["_id", "id", "listingId"].into_iter().find_map(|name| entry.text_at(name));
        let field = id.clone().unwrap_or(format!("results[{at}]"));
        bulk.failed.push((field, Item { index: Some(at as u64), id, error }));
    }
    bulk.is_undetailed = body.is_cut && has_reservation;
    bulk
}
