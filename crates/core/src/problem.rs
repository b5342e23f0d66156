use std::borrow::Cow;
use std::time::Duration;

use serde::Serialize;

use crate::response::whole_seconds;
use crate::{Effect, Issue, Kind, ProviderError, Retry};

/// The error body that you return to your own API's callers: Problem Details (RFC 9457), `application/problem+json`.
///
/// It says what went wrong in this crate's words. It never contains the provider's name, message, request id or body.
/// For an invalid request it lists the fields that are wrong, if they look like names and not like numbers or keys. If
/// the provider refuses your credentials, your callers get a 502, because those credentials are yours and not theirs.
///
/// If the booking may have been made, your callers get a 502 that says so, whatever else went wrong: a text such as
/// "please choose another time" would make the guest book twice.
///
/// ```
/// use booking_errors::{Envelope, Issue, Kind, Problem};
///
/// let error = Envelope::new("acme", 422)
///     .with_message("SQL error near `email`")
///     .with_issue(Issue::new().with_field("email"));
/// let problem = Problem::new(&error).with_instance("/bookings/17");
///
/// assert_eq!(problem.status(), 422);
/// let json = serde_json::to_value(&problem)?;
/// assert_eq!(json["kind"], "invalid_request");
/// assert_eq!(json["fields"], serde_json::json!(["email"]));
/// assert!(!json.to_string().contains("SQL"));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "Problem Details for HTTP APIs (RFC 9457) about a failed booking call.")
)]
pub struct Problem {
    /// The address of a page about this kind of problem.
    #[serde(rename = "type")]
    uri: Cow<'static, str>,
    /// The kind of problem in a few words.
    title: Cow<'static, str>,
    /// The HTTP status.
    status: u16,
    /// What happened, and what the caller can do about it.
    detail: Cow<'static, str>,
    /// The address of this one occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<Cow<'static, str>>,
    /// What went wrong, in booking terms.
    kind: Kind,
    /// The fields that are wrong, if the request is invalid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<String>,
    #[serde(skip)]
    retry_after: Option<Duration>,
}

impl Problem {
    /// The content type of a problem.
    pub const CONTENT_TYPE: &'static str = "application/problem+json";
    const MOST_FIELDS: usize = 20;
    const LONGEST_FIELD: usize = 64;

    /// Returns what your callers may know about an error.
    pub fn new(error: &dyn ProviderError) -> Self {
        let kind = error.kind();
        let Told { status, title, detail } = Told::of(kind, error.effect());
        // the issues of a bulk call are about its items, whose ids would pass for names
        let is_about_fields = kind == Kind::InvalidRequest && error.items().is_empty();
        let is_safe = error.retry() == Retry::Safe;
        Self {
            uri: format!(
                "https://docs.rs/booking-errors/latest/booking_errors/enum.Kind.html#variant.{kind:?}"
            )
            .into(),
            title: title.into(),
            status,
            detail,
            instance: None,
            kind,
            fields: if is_about_fields { field_names(error.issues()) } else { Vec::new() },
            retry_after: error.retry_after().filter(|_| is_safe).map(whole_seconds),
        }
    }

    /// Sets `type`, the address of a page about this kind of problem. The default is the kind's entry in this crate's
    /// docs.
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.uri = uri.into();
        self
    }

    /// Sets the title, which should be the same for all problems of a type.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets the HTTP status, 400 to 599.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Sets the text that says what happened.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Sets the address of this one occurrence.
    #[must_use]
    pub fn with_instance(mut self, instance: impl Into<Cow<'static, str>>) -> Self {
        self.instance = Some(instance.into());
        self
    }

    /// Sets how long the caller should wait, rounded up to whole seconds, or clears it.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Option<Duration>) -> Self {
        self.retry_after = delay.map(whole_seconds);
        self
    }

    /// Returns the HTTP status to answer with.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns what went wrong, in booking terms.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the fields that are wrong: at most 20 names, each of at most 64 ASCII letters, digits, dots, brackets,
    /// `_` and `-`. Names that could be a card number, a key or an id are left out.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Returns the value for your `Retry-After` header, in whole seconds: the delay that the provider asks for, if the
    /// same call may be sent again.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

/// What a guest is told.
struct Told {
    status: u16,
    title: &'static str,
    detail: Cow<'static, str>,
}

impl Told {
    fn of(kind: Kind, effect: Effect) -> Self {
        let (status, title, problem, advice) = told(kind);
        // the advice helps only if nothing was booked
        let (problem, then) = match effect {
            Effect::NotApplied => (problem, advice),
            Effect::Applied if status >= 500 => ("There was a problem on our side.", APPLIED),
            Effect::Applied => (problem, APPLIED),
            Effect::Partial => (problem, PARTIAL),
            Effect::Unknown => {
                return Self { status: 502, title: "Booking not confirmed", detail: UNKNOWN.into() };
            }
        };
        let detail = if then.is_empty() { problem.into() } else { format!("{problem} {then}").into() };
        Self { status, title, detail }
    }
}

const APPLIED: &str = "Your booking went through anyway. Please do not book again.";
const PARTIAL: &str = "Part of your booking went through. Please check before you try again.";
const UNKNOWN: &str = "We could not confirm your booking because of a problem on our side. \
                       Your booking may have gone through. Please check before you try again.";

/// Returns the status and the title of a kind, what the problem is, and what the guest can do if nothing was booked.
fn told(kind: Kind) -> (u16, &'static str, &'static str, &'static str) {
    match kind {
        Kind::InvalidRequest => (
            422,
            "Invalid request",
            "Some of the details are not valid.",
            "Please correct them and try again.",
        ),
        Kind::PolicyViolation => (
            422,
            "Not allowed by the rules",
            "This is against the rules for this booking.",
            "Please choose other dates or options.",
        ),
        Kind::CouponRejected => (
            422,
            "Coupon not accepted",
            "This coupon cannot be used for this booking.",
            "You can book without it.",
        ),
        Kind::NotFound => (404, "Not found", "We could not find what you asked for.", ""),
        Kind::Conflict => {
            (409, "Conflict", "This already exists, or it has just changed.", "Please reload and check.")
        }
        Kind::SlotUnavailable => {
            (409, "No longer available", "This time is no longer available.", "Please choose another one.")
        }
        Kind::InvalidState => (
            409,
            "Not possible now",
            "This is not possible in your booking's current state.",
            "Please reload it.",
        ),
        Kind::Disabled => (409, "Not open for booking", "This cannot be booked at the moment.", ""),
        Kind::PaymentRequired => (
            402,
            "Payment required",
            "The payment for this booking is missing.",
            "Please pay first. Then we can complete your booking.",
        ),
        Kind::RateLimited => {
            (503, "Too busy", "We have too many requests at the moment.", "Please try again later.")
        }
        Kind::Unavailable => (
            503,
            "Temporarily unavailable",
            "We cannot take bookings at the moment.",
            "Please try again later.",
        ),
        Kind::Unauthenticated | Kind::PermissionDenied | Kind::ProviderFault | Kind::Unknown => (
            502,
            "Booking failed",
            "We could not complete your booking because of a problem on our side.",
            "",
        ),
    }
}

/// Returns the names among the fields, each once. They are the provider's text: only what looks like a name is passed
/// on.
fn field_names(issues: &[Issue]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in issues.iter().filter_map(|issue| issue.field.as_deref()).filter(|name| is_name(name)) {
        if names.len() < Problem::MOST_FIELDS && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Returns whether a text looks like the name of a field, such as `slots.0.start`, and not like a number, an id or a key
/// that somebody sent as a name.
fn is_name(text: &str) -> bool {
    // enough for the indices of nested lists
    const MOST_DIGITS: usize = 8;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_.[]-".contains(&byte);
    (1..=Problem::LONGEST_FIELD).contains(&text.len())
        && text.bytes().all(is_part)
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && text.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
        && !text.split(|c: char| !c.is_ascii_alphanumeric()).any(looks_random)
}

/// Returns whether a word of letters and digits looks like a number, an id or a key: hexadecimal, base64, or digits that
/// are strewn among the letters. A name has a few digits in one place, such as `addressLine2` or `iso8601`.
fn looks_random(word: &str) -> bool {
    const MOST_DIGITS: usize = 4;
    let length = word.len();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return is_shuffled(word);
    }
    let groups = word.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let is_numbered = groups == 1 && digits <= 2 && word.ends_with(|c: char| c.is_ascii_digit());
    digits > MOST_DIGITS
        || (length >= 8 && groups >= 3)
        || (length >= 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
        || (length >= 12 && groups >= 2)
        || (length >= 16 && !is_numbered)
}

/// Returns whether a long word of letters is none that people write: words joined by capitals have several small letters
/// in a row, and words without capitals end earlier.
fn is_shuffled(word: &str) -> bool {
    let pairs = word.bytes().zip(word.bytes().skip(1));
    let capitals = pairs.filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    match word.len() {
        ..16 => false,
        length if capitals > 0 => capitals > length / 5,
        length => length > 24,
    }
}
