//! Changes to the JSON of a body that the rules of evidence are about: what shows that something was made, inner
//! statuses, names of statuses as codes, texts that are nearly the recognised ones, and `?_envelope`.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::slow::{Json, read_json};
use crate::trees::{container, pick};

#[derive(Clone, Debug)]
pub enum Change {
    /// Puts the members of an object into the root, or into another object.
    Beside(Option<Index>, &'static str),
    /// Says one of the texts otherwise.
    Retell(Index, Retelling),
    /// Puts another text in the place of one.
    Say(Index, &'static str),
    /// Wraps the whole as `?_envelope` does.
    Envelope(u16, &'static str),
}

#[derive(Clone, Copy, Debug)]
pub enum Retelling {
    Before(&'static str),
    After(&'static str),
    WithoutItsLast,
    InCapitals,
    InSmallLetters,
}

const MEMBERS: &[&str] = &[
    r#"{"booking":{"id":5,"hash":"ab12"}}"#,
    r#"{"booking":{"hash":"ab12"}}"#,
    r#"{"booking":{"status":"x"}}"#,
    r#"{"booking":{"id":"3f25"}}"#,
    r#"{"booking":{"id":null}}"#,
    r#"{"booking":[]}"#,
    r#"{"booking_hash":"ab12"}"#,
    r#"{"booking_hash":""}"#,
    r#"{"data":{"booking":{"id":5}}}"#,
    r#"{"data":{"booking_hash":"ab12"}}"#,
    r#"{"multiServiceBooking":{"id":"3f25"}}"#,
    r#"{"item":{"id":"3f25"}}"#,
    r#"{"booking":{"errors":{"fcal_error":["Could not book"]},"error_data":[]}}"#,
    r#"{"data":{"intent":{"errors":{"a":["b"],"c":["d","e"]},"error_data":{}}}}"#,
    r#"{"errors":{"rest_forbidden":["Sorry, you are not allowed to do that."]},"error_data":[]}"#,
    r#"{"errors":{"email":{"required":"x"}}}"#,
    r#"{"errors":{"3":["x"]}}"#,
    r#"{"errors":["Calendar not found"]}"#,
    r#"{"email":{"required":"x"}}"#,
    r#"{"email":["x"]}"#,
    r#"{"success":true}"#,
    r#"{"success":false}"#,
    r#"{"success":false,"data":{"status":"failed","message":"Your card was declined."}}"#,
    r#"{"success":false,"data":{"email":{"required":"x"}}}"#,
    r#"{"success":false,"data":"Invalid coupon code"}"#,
    r#"{"error":true}"#,
    r#"{"error":"Forbidden","error_description":"d"}"#,
    r#"{"error":"invalid_client"}"#,
    r#"{"error":"invalid_grant","error_description":"d"}"#,
    r#"{"error":"oauth_2_error"}"#,
    r#"{"errorCode":"invalid_client","errorSummary":"s","errorId":"e-1"}"#,
    r#"{"data":{"status":429}}"#,
    r#"{"data":{"status":600}}"#,
    r#"{"status":"failed"}"#,
    r#"{"status":403}"#,
    r#"{"status":500}"#,
    r#"{"status":421}"#,
    r#"{"statusCode":404}"#,
    r#"{"statusCode":503}"#,
    r#"{"statusCode":600}"#,
    r#"{"error":{"status":404}}"#,
    r#"{"error":{"message":"m","status":502}}"#,
    r#"{"_id":"5d6e","status":"confirmed"}"#,
    r#"{"_id":"5d6e","status":"reserved"}"#,
    r#"{"_id":"5d6e","status":"declined"}"#,
    r#"{"_id":"5d6e","status":"canceled"}"#,
    r#"{"payment":{"status":"FAILED","error":"e","processorError":{"code":"c","message":"p"}}}"#,
    r#"{"payment":{"status":"succeeded"}}"#,
    r#"{"payment":{"status":"PENDING_AUTH"}}"#,
    r#"{"payment":{"status":"ODD"}}"#,
    r#"{"amount":850,"status":"FAILED"}"#,
    r#"{"amount":850,"status":"Declined"}"#,
    r#"{"reservation":{"_id":"1","status":"closed"}}"#,
    r#"{"reservation":{"_id":"1","status":"confirmed"}}"#,
    r#"{"threeDSChallenge":{"opaque":"x"}}"#,
    r#"{"money":{"currency":"USD"}}"#,
    r#"{"type":"about:blank","title":"rest_login_required","detail":"d"}"#,
    r#"{"metadata":{"code":"rest_forbidden","message":"m"}}"#,
    r#"{"details":{"systemError":{"errorCode":"UNKNOWN"}}}"#,
    r#"{"details":{"applicationError":{"description":"d"}}}"#,
    r#"{"details":{"validationError":{"fieldViolations":[{"field":"f","description":"d"}]}}}"#,
    r#"{"results":[{"itemMetadata":{"success":true}}]}"#,
    r#"{"results":[{"itemMetadata":{"error":{"code":"INVALID_REVISION"}}}]}"#,
    r#"{"results":[{"itemMetadata":{"success":false,"error":{"code":"INTERNAL"}},"item":{"id":"1"}}]}"#,
    r#"{"bulkActionMetadata":{"totalSuccesses":1,"totalFailures":1}}"#,
];

const SAID: &[&str] = &[
    "BAD_REQUEST",
    "PAYMENT_REQUIRED",
    "CONFLICT",
    "GONE",
    "UNPROCESSABLE_ENTITY",
    "TOO_MANY_REQUESTS",
    "INTERNAL_SERVER_ERROR",
    "NOT_IMPLEMENTED",
    "BAD_GATEWAY",
    "SERVICE_UNAVAILABLE",
    "GATEWAY_TIMEOUT",
    "ETIMEDOUT",
    "ECONNRESET",
    "UNEXPECTED_ERROR",
    "COUPON_NOT_FOUND",
    "CREATE_RESERVATION_ERROR",
    "CATALOG_V3_SITE_PROVISIONING",
    "SOME_BOOKINGS_UPDATES_FAILED",
    "FAILED_RESOLVING_SESSION",
    "UNIMPLEMENTED",
    "INVALID_REVISION",
    "wp_die",
    "http_request_failed",
    "db_insert_error",
    "invalid_client",
    "access_denied",
    "plugin_exception",
    "too_many_requests",
    "rest_cannot_create",
    "jwt_auth_bad_config",
    "Inquiry is already fulfilled by a reservation",
    "Request failed with status code 502",
    "Request failed with status code 404",
    "Error: socket hang up",
    "Endpoint request timed out",
    "timeout of 10000ms exceeded",
    "This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.",
    "Pro plugin is required for this event.",
    "Working Hours already exists",
    "User not found",
    "Can't delete: 3 events depend on this schedule",
    "No query results for model [X] 9",
    "Sorry, you are not allowed to do that.",
    "You do not have permission to export data",
    "You do not have permission to export",
    "Too many requests. Please try again in a minute.",
    "Too many requests.",
    "Briefly unavailable for scheduled maintenance. Check back in a minute.",
    "Access denied by Imunify360 bot-protection.",
    "Table 'x' doesn't exist (SQL: select 1)",
    "SQLSTATE[42S02]: not found",
    "Not enough available spots on session `3f25`",
    "Booking 3f25 doesn't exist",
    "Booking doesn't exist",
    "with status CONFIRMED.",
    "with status confirmed.",
    "the service's \"8ee8\" policy",
];

const RETELLINGS: &[Retelling] = &[
    Retelling::Before("Error: "),
    Retelling::Before(" "),
    Retelling::After("!"),
    Retelling::After("."),
    Retelling::After(" \n"),
    Retelling::After(" again"),
    Retelling::WithoutItsLast,
    Retelling::InCapitals,
    Retelling::InSmallLetters,
];

const INNER_HEADERS: &[&str] = &[
    "[]",
    "{}",
    r#"{"Retry-After":"9","X-Request-Id":"inner, b"}"#,
    r#"{"retry-after":7}"#,
    r#"{"X-RateLimit-Reset":"12","X-RateLimit-Remaining":"0"}"#,
    r#"{"X-RateLimit-Limit":"60","Retry-After":"1"}"#,
];

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<Index>;
    let place = prop::option::weighted(0.2, at());
    let status =
        select(vec![200_u16, 201, 204, 400, 401, 404, 408, 409, 421, 422, 429, 500, 501, 503, 0, 600]);
    let change = prop_oneof![
        5 => (place, select(MEMBERS)).prop_map(|(at, members)| Change::Beside(at, members)),
        2 => (at(), select(RETELLINGS)).prop_map(|(at, how)| Change::Retell(at, how)),
        4 => (at(), select(SAID)).prop_map(|(at, text)| Change::Say(at, text)),
        1 => (status, select(INNER_HEADERS)).prop_map(|(status, headers)| Change::Envelope(status, headers)),
    ];
    vec(change, 1..4)
}

impl Change {
    pub fn apply(&self, root: &mut Json) {
        match self {
            Self::Beside(at, members) => {
                let place = match at {
                    Some(at) => container(root, at),
                    None => Some(root),
                };
                if let Some(Json::Object(there)) = place {
                    there.extend(json(members).members().iter().cloned());
                }
            }
            Self::Retell(at, how) => {
                if let Some(Json::Text(text)) = pick(root, at, is_text) {
                    *text = how.of(text);
                }
            }
            Self::Say(at, said) => {
                if let Some(place) = pick(root, at, is_text) {
                    *place = Json::Text((*said).to_owned());
                }
            }
            Self::Envelope(status, headers) => {
                let body = std::mem::replace(root, Json::Null);
                let status = Json::Number(status.to_string());
                let members = [("body", body), ("status", status), ("headers", json(headers))];
                let members = members.map(|(name, value)| (name.to_owned(), value));
                *root = Json::Object(members.into());
            }
        }
    }
}

impl Retelling {
    fn of(self, text: &str) -> String {
        match self {
            Self::Before(words) => format!("{words}{text}"),
            Self::After(words) => format!("{text}{words}"),
            Self::WithoutItsLast => text.chars().take(text.chars().count().saturating_sub(1)).collect(),
            Self::InCapitals => text.to_uppercase(),
            Self::InSmallLetters => text.to_lowercase(),
        }
    }
}

fn is_text(value: &Json) -> bool {
    matches!(value, Json::Text(_))
}

fn json(text: &str) -> Json {
    read_json(text.as_bytes()).expect("the part is JSON")
}
