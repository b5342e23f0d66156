use std::borrow::Cow;
use std::time::Duration;

use serde::Serialize;

use crate::response::whole_seconds;
use crate::{Effect, Issue, Kind, ProviderError};

/// What one's own client is told: Problem Details for HTTP APIs (RFC 9457), as `application/problem+json`.
///
/// It says what went wrong in the words of this crate. It never contains the provider's name, message, request id or
/// body; of an invalid request it names the fields, where these look like names. A refused login or permission at the
/// provider is answered as a fault behind one's own service: whose credentials these are is no business of its client.
///
/// ```
/// use booking_errors_core::{Envelope, Issue, Kind, Problem};
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
    /// Names the kind of problem, as a page about it.
    #[serde(rename = "type")]
    uri: Cow<'static, str>,
    /// The kind of problem in a few words.
    title: Cow<'static, str>,
    /// The HTTP status.
    status: u16,
    /// What happened, and what can be done about it.
    detail: Cow<'static, str>,
    /// Names this occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<Cow<'static, str>>,
    /// What went wrong, in booking terms.
    kind: Kind,
    /// The fields at fault, where the request is invalid.
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

    /// What a client may know of an error.
    pub fn new(error: &dyn ProviderError) -> Self {
        let kind = error.kind();
        let (status, title, detail) = told(kind);
        let detail = match effect_told(error.effect()) {
            Some(effect) => format!("{detail} {effect}").into(),
            None => detail.into(),
        };
        let is_about_fields = kind == Kind::InvalidRequest && error.items().is_empty();
        let is_about_waiting = matches!(kind, Kind::RateLimited | Kind::Unavailable);
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
            retry_after: error.retry_after().filter(|_| is_about_waiting).map(whole_seconds),
        }
    }

    /// Sets `type`, the address that names the kind of problem; a page about the kind in this crate's docs without it.
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.uri = uri.into();
        self
    }

    /// Sets the title, which is the same for all problems of a type.
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

    /// Sets what happened.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Sets the address that names this occurrence.
    #[must_use]
    pub fn with_instance(mut self, instance: impl Into<Cow<'static, str>>) -> Self {
        self.instance = Some(instance.into());
        self
    }

    /// Sets how long the client is asked to wait, rounded up to whole seconds, or takes that back.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Option<Duration>) -> Self {
        self.retry_after = delay.map(whole_seconds);
        self
    }

    /// The HTTP status to answer with.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// What went wrong, in booking terms.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The names of the fields at fault: at most 20, each of at most 64 ASCII letters, digits, dots, brackets, `_` and `-`.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// What belongs in the `Retry-After` header, in whole seconds: the provider's wish, where waiting helps.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

/// Status, title and detail of a kind.
fn told(kind: Kind) -> (u16, &'static str, &'static str) {
    match kind {
        Kind::InvalidRequest => {
            (422, "Invalid request", "Some of the details cannot be accepted. Correct them and try again.")
        }
        Kind::PolicyViolation => (
            422,
            "Not allowed by the rules",
            "The rules for this booking do not allow it. Choose other dates or options.",
        ),
        Kind::CouponRejected => {
            (422, "Coupon not accepted", "The coupon cannot be used for this booking. Try without it.")
        }
        Kind::NotFound => (404, "Not found", "What was asked for does not exist."),
        Kind::Conflict => {
            (409, "Conflict", "It collides with something that exists or has changed. Load it again.")
        }
        Kind::SlotUnavailable => {
            (409, "No longer available", "The time is no longer available. Choose another one.")
        }
        Kind::InvalidState => (
            409,
            "Not possible any more",
            "The present state of the booking does not allow this. Load it again.",
        ),
        Kind::Disabled => (409, "Not open for booking", "Bookings are not accepted for this at the moment."),
        Kind::PaymentRequired => (402, "Payment required", "It has to be paid for first."),
        Kind::RateLimited => (503, "Too busy", "There are too many requests at the moment. Try again later."),
        Kind::Unavailable => {
            (503, "Not reachable", "Bookings cannot be made at the moment. Try again later.")
        }
        Kind::Unauthenticated | Kind::PermissionDenied | Kind::ProviderFault | Kind::Unknown => {
            (502, "Booking failed", "The booking could not be dealt with, through no fault of yours.")
        }
    }
}

/// What a client must know of the effect, before it tries again.
fn effect_told(effect: Effect) -> Option<&'static str> {
    match effect {
        Effect::NotApplied => None,
        Effect::Applied => Some("It was carried out nevertheless."),
        Effect::Partial => Some("A part of it was carried out."),
        Effect::Unknown => Some("It may have been carried out: check before you try again."),
    }
}

/// The names among the fields, each once. They are text of the provider: only what looks like a name is passed on.
fn field_names(issues: &[Issue]) -> Vec<String> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_.[]-".contains(&byte);
    let is_name =
        |name: &str| (1..=Problem::LONGEST_FIELD).contains(&name.len()) && name.bytes().all(is_part);
    let mut names: Vec<String> = Vec::new();
    for name in issues.iter().filter_map(|issue| issue.field.as_deref()).filter(|name| is_name(name)) {
        if names.len() < Problem::MOST_FIELDS && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
