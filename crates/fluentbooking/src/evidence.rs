//! What a 4xx of the plugin shows. It stores a booking first; what payments and integrations throw after that comes
//! with 4xx, too. So only some answers show that nothing was done.

use booking_errors_core::decode::{Evidence, Issues};

use crate::Code;
use crate::fields::{BareMap, is_index, is_rule};

/// The codes at the root that prove nothing: they come from what runs after the booking was stored.
const LATE_CODES: &[&str] = &["wp_die", "http_request_failed", "http_request_not_executed", "http_failure"];

/// The errors of RFC 6749 and RFC 6750. The plugin has no token endpoint, so they are those of a calendar.
const OAUTH_CODES: &[&str] = &[
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "invalid_client",
    "invalid_grant",
    "unsupported_grant_type",
    "invalid_token",
    "insufficient_scope",
];

/// The statuses that the site or its web server gives before the plugin runs, if there is no JSON object.
const EARLY_STATUSES: &[u16] = &[401, 404, 405, 413, 414, 415, 429, 431];

/// What is left of an answer besides its texts.
#[derive(Clone, Copy)]
pub(crate) struct Outline<'a> {
    pub(crate) status: u16,
    /// The `code` at the root, if it is a text.
    pub(crate) root_code: Option<&'a str>,
    /// Whether there is, or may be, a JSON object in the body, or the answer itself stands in one.
    pub(crate) may_be_object: bool,
    /// Whether the answer stands inside another one, which a handler must have made.
    pub(crate) is_inner: bool,
    /// The body, without white space around it.
    pub(crate) bytes: &'a [u8],
}

impl Outline<'_> {
    /// Returns whether the status proves nothing by itself.
    pub(crate) fn doubts_status(self) -> bool {
        let has_code = self.root_code.is_some_and(|code| is_evidence(code, self.status));
        let is_early = !self.may_be_object && EARLY_STATUSES.contains(&self.status);
        let is_sure = match self.status {
            // the handler ran, whatever it answers
            200..=299 => false,
            400 if self.is_unknown_action() => true,
            403 if self.is_expired_nonce() && !self.is_inner => true,
            // an exception's own number can be one of these, too
            421 | 425 | 500..=599 => has_code || !self.may_be_object,
            _ => has_code || is_early,
        };
        !is_sure
    }

    /// Returns whether admin-ajax has no such action.
    pub(crate) fn is_unknown_action(self) -> bool {
        self.status == 400 && self.bytes == b"0" && !self.is_inner
    }

    /// Returns whether admin-ajax refused the nonce.
    pub(crate) fn is_expired_nonce(self) -> bool {
        self.status == 403 && self.bytes == b"-1"
    }

    /// Returns whether the body is what admin-ajax answers if nothing handled the call.
    pub(crate) fn is_unhandled(self) -> bool {
        matches!(self.bytes, b"0" | b"-1")
    }
}

/// Returns whether a `code` at the root shows that a `WP_Error` was returned before anything was done.
fn is_evidence(code: &str, status: u16) -> bool {
    let code = code.trim();
    let is_of_database = code.starts_with("db_") && code.ends_with("error");
    let is_late =
        is_fault(code) || is_of_database || LATE_CODES.contains(&code) || OAUTH_CODES.contains(&code);
    !is_late && !is_number(code) && (Code::known(code).is_some() || status != 429)
}

/// Returns whether a code is a known one that says that the provider failed.
pub(crate) fn is_fault(code: &str) -> bool {
    Code::known(code).is_some_and(|code| Evidence::is_fault(code.kind()))
}

/// Returns whether a code is a number, which the plugin makes of an exception's.
pub(crate) fn is_number(code: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let code = code.trim();
    code.bytes().all(is_part) && code.contains(|c: char| c.is_ascii_digit())
}

/// Returns whether any issue of an `errors` member is about a field of the request.
pub(crate) fn names_any_field(issues: &Issues<'_>) -> bool {
    issues.iter().any(|(field, _)| is_field(field))
}

/// Returns whether the validator's map names a field and a rule that it breaks.
pub(crate) fn is_of_validator(map: &BareMap<'_>) -> bool {
    map.is_pure && names_any_rule(&map.issues)
}

/// Returns whether any issue names a field and a rule that it breaks.
pub(crate) fn names_any_rule(issues: &Issues<'_>) -> bool {
    issues.iter().any(|(field, code)| is_field(field) && code.is_some_and(|code| is_rule(code.as_str())))
}

fn is_field(name: Option<&str>) -> bool {
    name.is_some_and(|name| !is_index(name))
}
