mod any;
mod read;

use std::borrow::Cow;
use std::fmt::{self, Debug, Display, Formatter};
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::response::whole_seconds;
use crate::text::Escaped;
use crate::{Effect, FailedItem, Kind, Parameters, ProviderError, Retry};

/// Everything that is known about a failed call, in the same words for every provider.
///
/// An envelope is plain data, and it is a [`ProviderError`] itself. It can be sent as JSON and reads back equal. Reading is
/// tolerant, for the JSON of other versions and programs: only `provider` and `status` are required, null reads as absent,
/// unknown members are ignored, and an unknown kind or effect reads as unknown. A member of another type or one that comes
/// twice is left out, as are parameters and issues, and nothing else is lost. An item that cannot be read stays as a
/// failure of unknown kind and effect.
///
/// `Display` writes one line that makes sense on its own in a log and cannot break out of it. It contains the
/// provider's message, which may hold personal data. `Debug` is bounded too and gives only the number of issues.
///
/// ```
/// use booking_errors::{Effect, Envelope, Kind, ProviderError, Retry};
///
/// let envelope = Envelope::new("acme", 409).with_code("ROOM_TAKEN").with_kind(Kind::SlotUnavailable);
/// assert_eq!(envelope.to_string(), "acme: ROOM_TAKEN (409): No free spot, slot or night is left.");
/// assert_eq!((envelope.effect, envelope.retry()), (Effect::NotApplied, Retry::Never));
///
/// let json = serde_json::to_string(&envelope)?;
/// assert_eq!(serde_json::from_str::<Envelope>(&json)?, envelope);
///
/// let json = r#"{"provider":"acme","status":503,"retry_after":"soon","items":[7]}"#;
/// let other: Envelope = serde_json::from_str(json)?;
/// assert_eq!((other.retry_after(), other.items.len(), other.effect), (None, 1, Effect::Unknown));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// The provider's short name, such as `wix`.
    pub provider: Cow<'static, str>,
    /// The HTTP status; if a response wraps another one, the status of the inner one.
    pub status: u16,
    /// The provider's error code as it was sent. [`Provider::code`](crate::Provider::code) returns what is known about
    /// it.
    pub code: Option<Cow<'static, str>>,
    /// What went wrong.
    pub kind: Kind,
    /// The provider's message as it was sent. It may hold personal data.
    pub message: Option<String>,
    /// The values that the message carries, by the provider's own names.
    pub parameters: Parameters,
    /// Each thing that the provider found wrong, in the order of the body.
    pub issues: Vec<Issue>,
    /// The failed items of a bulk or batch call, each with its own error.
    pub items: Vec<FailedItem>,
    /// The id of this call, which the provider's support asks for.
    pub request_id: Option<String>,
    /// What the failed call did at the provider.
    pub effect: Effect,
    /// How long to wait, in whole seconds.
    pub(crate) retry_after: Option<Duration>,
    /// What you as the developer can do: the code's own remedy, or that of the kind.
    pub remedy: Cow<'static, str>,
}

impl Envelope {
    /// Returns an error that knows only its status, from which its kind, effect and remedy follow.
    pub fn new(provider: impl Into<Cow<'static, str>>, status: u16) -> Self {
        let kind = Kind::from_status(status);
        Self {
            provider: provider.into(),
            status,
            code: None,
            kind,
            message: None,
            parameters: Parameters::default(),
            issues: Vec::new(),
            items: Vec::new(),
            request_id: None,
            effect: Effect::from_status(status),
            retry_after: None,
            remedy: kind.remedy().into(),
        }
    }

    /// Sets the provider's code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets what went wrong, and replaces the remedy with the kind's. Does not change the effect: see
    /// [`with_effect`](Self::with_effect) and [`Effect::from_status`].
    #[must_use]
    pub fn with_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self.remedy = kind.remedy().into();
        self
    }

    /// Sets the provider's message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Adds a value that the message carries.
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.parameters.insert(name, value);
        self
    }

    /// Adds something that the provider found wrong.
    #[must_use]
    pub fn with_issue(mut self, issue: Issue) -> Self {
        self.issues.push(issue);
        self
    }

    /// Adds an item that failed.
    #[must_use]
    pub fn with_item(mut self, item: FailedItem) -> Self {
        self.items.push(item);
        self
    }

    /// Sets the id that the provider's support asks for.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Sets what the call did at the provider.
    #[must_use]
    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Sets how long to wait before sending the call again, rounded up to whole seconds. Does not change the effect,
    /// even with 503.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        self.retry_after = Some(whole_seconds(delay));
        self
    }

    /// Sets what to do, in place of the kind's remedy.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<Cow<'static, str>>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// Returns how long to wait before sending the call again, in whole seconds.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns whether you may send the same call again, which follows from the kind and the effect.
    pub fn retry(&self) -> Retry {
        Retry::of(self.kind, self.effect)
    }

    /// Writes the line of `Display`, with `meaning` in place of a missing message.
    pub(crate) fn write_line(&self, f: &mut Formatter<'_>, meaning: &str) -> fmt::Result {
        // text by text, which takes half the time of one format string
        Display::fmt(&Escaped::code(&self.provider), f)?;
        f.write_str(": ")?;
        Display::fmt(&Escaped::code(self.code.as_deref().unwrap_or(self.kind.as_str())), f)?;
        f.write_str(" (")?;
        match self.status {
            0 => f.write_str("no response")?,
            status => Display::fmt(&status, f)?,
        }
        f.write_str("): ")?;
        Display::fmt(&Escaped::message(self.message.as_deref().unwrap_or(meaning)), f)?;
        let Some(id) = &self.request_id else { return Ok(()) };
        f.write_str(" [request id ")?;
        Display::fmt(&Escaped::code(id), f)?;
        f.write_str("]")
    }
}

impl Display for Envelope {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write_line(f, self.kind.meaning())
    }
}

impl Debug for Envelope {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("provider", &Escaped::code(&self.provider))
            .field("status", &self.status)
            .field("code", &self.code.as_deref().map(Escaped::code))
            .field("kind", &self.kind)
            .field("message", &self.message.as_deref().map(Escaped::message))
            .field("parameters", &self.parameters.len())
            .field("issues", &self.issues.len())
            .field("items", &self.items.len())
            .field("request_id", &self.request_id.as_deref().map(Escaped::code))
            .field("effect", &self.effect)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Envelope {}

impl ProviderError for Envelope {
    fn envelope(&self) -> &Envelope {
        self
    }
}

/// One thing that the provider found wrong: a field, a code, or a text.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Issue {
    /// The field that is wrong, as the provider names it; nested names are joined by dots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule that was broken, or the item's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Cow<'static, str>>,
    /// The provider's text. It may hold personal data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Issue {
    /// Returns an issue that says nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the field that is wrong.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Sets the rule that was broken, or the item's code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the provider's text.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

/// Writes one line, such as `email (required): The email field is required.`
impl Display for Issue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let message = self.message.as_deref().map(Escaped::message);
        match (self.field.as_deref().map(Escaped::code), self.code.as_deref().map(Escaped::code)) {
            (Some(field), Some(code)) => write!(f, "{field} ({code})")?,
            (Some(name), None) | (None, Some(name)) => write!(f, "{name}")?,
            (None, None) => return message.map_or(Ok(()), |message| write!(f, "{message}")),
        }
        message.map_or(Ok(()), |message| write!(f, ": {message}"))
    }
}

impl Debug for Issue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issue")
            .field("field", &self.field.as_deref().map(Escaped::code))
            .field("code", &self.code.as_deref().map(Escaped::code))
            .field("message", &self.message.as_deref().map(Escaped::message))
            .finish()
    }
}

/// The JSON of an envelope. Members without a value are left out, and `retry` is added for readers in other languages.
#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename = "Envelope")]
struct Written<'a> {
    /// The provider's short name, such as `wix`.
    provider: &'a str,
    /// The HTTP status; if a response wraps another one, the status of the inner one.
    status: u16,
    /// The provider's error code as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    /// What went wrong.
    kind: Kind,
    /// The provider's message as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    /// The values that the message carries, by the provider's own names.
    #[serde(skip_serializing_if = "Parameters::is_empty")]
    parameters: &'a Parameters,
    /// Each thing that the provider found wrong, in the order of the body.
    #[serde(skip_serializing_if = "<[Issue]>::is_empty")]
    issues: &'a [Issue],
    /// The failed items of a bulk or batch call, each with its own error.
    #[serde(skip_serializing_if = "<[FailedItem]>::is_empty")]
    items: &'a [FailedItem],
    /// The id of this call, which the provider's support asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    /// What the failed call did at the provider.
    effect: Effect,
    /// Whether you may send the same call again; it follows from kind and effect.
    retry: Retry,
    /// How long to wait before that, in whole seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
    /// What you as the developer can do about it.
    remedy: &'a str,
}

/// Leaves out members without a value, and adds `retry` for readers in other languages; reading ignores it.
impl Serialize for Envelope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written {
            provider: &self.provider,
            status: self.status,
            code: self.code.as_deref(),
            kind: self.kind,
            message: self.message.as_deref(),
            parameters: &self.parameters,
            issues: &self.issues,
            items: &self.items,
            request_id: self.request_id.as_deref(),
            effect: self.effect,
            retry: self.retry(),
            retry_after: self.retry_after.map(|delay| delay.as_secs()),
            remedy: &self.remedy,
        }
        .serialize(serializer)
    }
}

/// Gives the schema of what is written, to validate it or to generate readers.
#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Envelope {
    fn schema_name() -> Cow<'static, str> {
        Written::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Written::json_schema(generator)
    }
}
