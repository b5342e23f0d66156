//! "4xx after a stored booking: evidence", and the effect of every other answer of FluentBooking.

use booking_errors::{Effect, Kind};

use super::super::codes::{Known, known};
use super::super::effect::{is_given_up, is_never_handled};
use super::super::kind::{is_fault, is_success};
use super::Response;
use super::messages::{is_maintenance, is_of_the_database, recognize};
use super::shapes::Told;

/// What an answer proves.
pub struct Evidence<'a> {
    pub response: &'a Response<'a>,
    pub told: &'a Told,
    /// Where it is known: the code, whatever its place.
    pub code: Option<Known>,
    pub is_challenge: bool,
    pub is_limiter: bool,
}

/// "But not [..] http_request_failed, http_request_not_executed, http_failure, [..] and as root `code` the names
/// of RFC 6749 and 6750".
const OF_OTHERS: &str = "http_request_failed http_request_not_executed http_failure \
                         invalid_request invalid_client invalid_grant unauthorized_client \
                         unsupported_grant_type unsupported_response_type invalid_scope access_denied \
                         server_error temporarily_unavailable invalid_token insufficient_scope";

impl Evidence<'_> {
    /// "Payment failures: `{"success": false, "data": {"status": "failed", "message"}}` with any status, before
    /// any recognised text: payment_required, `unknown`."
    pub fn is_failed_payment(&self) -> bool {
        let root = self.response.root;
        let status = root.at("data").text_at("status");
        root.at("success").is(false) && status.as_deref() == Some("failed")
    }

    /// "`{"status": "failed", "message"}` (effect unknown, whatever the text)", in a 2xx.
    pub fn is_failed(&self) -> bool {
        self.response.root.text_at("status").as_deref() == Some("failed")
    }

    /// The first recognised text, in the order of the places that the spec names: it counts alone.
    pub fn first_recognized(&self) -> Option<&String> {
        self.told.places.iter().find(|text| recognize(text, self.is_limiter).is_some())
    }

    /// Its kind, and whether it is evidence. Elsewhere the answer's message gives the kind and is no evidence.
    pub fn recognized(&self) -> Option<(Kind, bool)> {
        let fits = |text: &String| recognize(text, self.is_limiter);
        let elsewhere = || self.told.message.as_ref().and_then(fits).map(|(kind, _)| (kind, false));
        self.first_recognized().and_then(fits).or_else(elsewhere)
    }

    /// "`{"message"}` with `(SQL:` or `SQLSTATE[`": the answer's message, and no other text.
    pub fn is_of_the_database(&self) -> bool {
        self.told.message.as_ref().is_some_and(|text| is_of_the_database(text))
    }

    /// Line 2 of DESIGN.md's list.
    fn is_fault(&self) -> bool {
        let is_recognized = self.recognized().is_some_and(|(kind, _)| is_fault(kind));
        // whatever the place of the code: of the answer, of an issue, or one that came late
        let of_the_issues = self.told.issues.iter().filter_map(|issue| issue.code.as_deref());
        let codes = of_the_issues.chain(self.told.late_codes.iter().map(String::as_str));
        let is_any_fault =
            codes.filter_map(|code| known(self.response.provider, Some(code))).any(|code| code.is_fault());
        let is_own_fault = self.code.as_ref().is_some_and(Known::is_fault);
        is_own_fault || is_any_fault || self.is_of_the_database() || is_recognized
    }

    /// A known code that rejects, at the root or in Problem Details. In a list or a serialised WP_Error "a known
    /// code gives the kind only".
    fn is_known_rejection(&self) -> bool {
        let codes = [&self.told.root_code, &self.told.problem_code];
        let known = |code: &Option<String>| known(self.response.provider, code.as_deref());
        codes.into_iter().filter_map(known).any(|code| code.is_rejection())
    }

    /// "A root `code` that is text and of no provider_fault or unavailable kind, known or not, but not [..]."
    fn is_code_evidence(&self) -> bool {
        let Some(code) = &self.told.root_code else { return self.is_known_rejection() };
        let code = code.trim();
        let known = known(self.response.provider, Some(code));
        let is_of_others = OF_OTHERS.split_whitespace().any(|other| other == code)
            || code.starts_with("db_") && code.ends_with("error"); // `db_*_error`, with any text between
        match known {
            Some(known) => known.is_rejection(), // not wp_die
            // "nor an unknown code with 429"
            None => !is_of_others && self.response.status != 429 && !self.told.is_code_cut,
        }
    }

    /// "A known code, recognised text or field errors."
    fn is_known_or_field(&self) -> bool {
        let is_recognized = self.recognized().is_some_and(|(_, is_rejection)| is_rejection);
        self.is_known_rejection() || is_recognized || self.told.has_field_errors
    }

    /// "503 with WordPress's own maintenance text (as page or as wp_die JSON) is `not_applied`": one that came by
    /// itself.
    fn is_maintenance(&self) -> bool {
        let body = self.response.body;
        let is_page = body.is_some_and(|body| body.is_page() && is_maintenance(&body.whole));
        let is_wp_die = self.told.root_code.as_deref() == Some("wp_die")
            && self.told.message.as_ref().is_some_and(|text| is_maintenance(text));
        self.response.status == 503 && body.is_some() && (is_page || is_wp_die)
    }

    /// "A body that is no JSON object": one that came by itself and has none in it, whole or cut or between
    /// noise, nor bytes that hide one.
    fn has_no_object(&self) -> bool {
        self.response.body.is_some_and(|body| !body.has_object() && !self.response.is_binary)
    }

    /// The effect of an error.
    pub fn effect(&self) -> Effect {
        let status = self.response.status;
        let is_2xx = is_success(status);
        // "where the body also shows something made, with any status: `unknown`"
        if self.is_failed_payment() || self.response.is_made {
            return Effect::Unknown;
        }
        // "`{"status": "failed", "message"}` (effect unknown, whatever the text)"; "a 2xx JSON value that breaks
        // off is always effect `unknown`"
        if is_2xx && self.is_failed() || self.response.is_cut_success {
            return Effect::Unknown;
        }
        if self.is_maintenance() {
            return Effect::NotApplied;
        }
        if self.is_fault() {
            return Effect::Unknown;
        }
        match status {
            // "with HTTP 200 the handler ran. So an error there is `not_applied` only by a known code, recognised
            // text or field errors, never by the rules for a status"; a challenge page is none of the handler's
            200..300 => not_applied(self.is_known_or_field() || self.is_challenge),
            // "408, 444, 460 and 499 stay `unknown` but for a known code, recognised text or field errors"
            _ if is_given_up(status) => not_applied(self.is_known_or_field()),
            400..500 => not_applied(self.is_not_applied_by_a_4xx()),
            _ => {
                let is_recognized = self.recognized().is_some_and(|(_, is_rejection)| is_rejection);
                not_applied(
                    self.is_known_rejection()
                        || is_recognized
                        || self.is_challenge
                        || self.is_never_handled(),
                )
            }
        }
    }

    /// "So with 4xx `not_applied` needs one of", line by line.
    fn is_not_applied_by_a_4xx(&self) -> bool {
        let status = self.response.status;
        let body = self.response.body.map_or("", |body| body.trimmed());
        self.is_code_evidence()
            || self.is_known_or_field()
            || self.is_challenge
            || [401, 404, 405, 413, 414, 415, 429, 431].contains(&status) && self.has_no_object()
            || status == 400 && body == "0"
            || status == 403 && body == "-1"
            || self.is_never_handled()
    }

    /// Line 5: "only where the body is no JSON object or its root `code` is evidence".
    fn is_never_handled(&self) -> bool {
        is_never_handled(self.response.status) && (self.has_no_object() || self.is_code_evidence())
    }
}

fn not_applied(is_proven: bool) -> Effect {
    if is_proven { Effect::NotApplied } else { Effect::Unknown }
}
