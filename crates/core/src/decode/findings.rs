use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::decode::json::{Reader, SyntaxError};
use crate::decode::oauth;
use crate::response::{is_success, whole_seconds};
use crate::text::is_blank;
use crate::{Effect, Envelope, FailedItem, Issue, Kind, RawResponse};

/// What a provider's reading function found in a response. [`Findings::into_envelope`] does what is the same for every
/// provider: the status's kind where no other is known, the effect, `Retry-After`, the request id and the remedy.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The status that counts, where it is not that of the response.
    pub status: Option<u16>,
    /// The code; a blank one is none.
    pub code: Option<String>,
    /// The message; a blank one is none.
    pub message: Option<String>,
    /// The values named by a known code's template.
    pub parameters: BTreeMap<Cow<'static, str>, String>,
    /// The findings, bounded.
    pub issues: Issues,
    /// The items that failed, of a bulk or batch call.
    pub items: Vec<FailedItem>,
    /// The request id of the provider's header or body, by [`first_of_list`](crate::text::first_of_list); where there is
    /// none, `x-request-id` is read.
    pub request_id: Option<String>,
    /// The kind, where the code or the body tells it.
    pub kind: Option<Kind>,
    /// The remedy, where the code tells it.
    pub remedy: Option<&'static str>,
    /// Whether a known code, item or message shows that the provider turned the call down.
    pub is_rejected: bool,
    /// The effect, where the provider's own rules give it.
    pub effect: Option<Effect>,
    /// How long to wait, where the body says it.
    pub retry_after: Option<Duration>,
    /// Whether the body is an error even with a status of 2xx.
    pub is_error_in_success: bool,
    /// Why the body's JSON could not be read to its end.
    pub fault: Option<SyntaxError>,
}

impl Findings {
    /// Whether the response is a success after all.
    pub fn is_success(&self, response: &RawResponse<'_>) -> bool {
        is_success(self.status.unwrap_or(response.status())) && !self.is_error_in_success
    }

    /// The whole envelope.
    pub fn into_envelope(self, provider: &'static str, response: &RawResponse<'_>) -> Envelope {
        let status = self.status.unwrap_or(response.status());
        let code = self.code.filter(|code| !is_blank(code));
        let oauth_kind = code.as_deref().and_then(oauth::kind);
        let kind = oauth_kind.or(self.kind).unwrap_or(Kind::from_status(status));
        let retry_after = self.retry_after.or_else(|| response.retry_after());
        let is_rejected = self.is_rejected || oauth_kind.is_some();
        let effect = self.effect.unwrap_or_else(|| Effect::of(status, kind, is_rejected, retry_after));

        Envelope {
            provider: provider.into(),
            status,
            code,
            kind,
            message: self.message.filter(|message| !is_blank(message)),
            parameters: self.parameters,
            issues: self.issues.list,
            items: self.items,
            request_id: self.request_id.or_else(|| response.request_id("x-request-id").map(Into::into)),
            effect,
            retry_after: retry_after.map(whole_seconds),
            remedy: self.remedy.unwrap_or_else(|| kind.remedy()).into(),
        }
    }
}

/// The findings of a body in their order: the first 1,000, with no more than 1 MiB of fields' names and added codes,
/// since one text of the body may stand in many of them.
#[derive(Clone, Debug, Default)]
pub struct Issues {
    list: Vec<Issue>,
    copied_bytes: usize,
}

impl Issues {
    const MOST: usize = 1_000;
    const MOST_COPIED_BYTES: usize = 1 << 20;

    /// Whether another issue with a field's name of this length, in bytes, would be kept.
    pub fn has_room(&self, field_length: usize) -> bool {
        self.list.len() < Self::MOST && self.copied_bytes + field_length <= Self::MOST_COPIED_BYTES
    }

    /// Keeps an issue, if there is room and it says anything; blank members are none.
    pub fn push(&mut self, field: Option<&str>, code: Option<&str>, message: Option<&str>) {
        let said = |text: Option<&str>| text.filter(|text| !is_blank(text)).map(str::to_owned);
        if !self.has_room(field.map_or(0, str::len)) {
            return;
        }
        let issue = Issue { field: said(field), code: said(code), message: said(message) };
        if issue != Issue::new() {
            self.copied_bytes += field.map_or(0, str::len);
            self.list.push(issue);
        }
    }

    /// Keeps the issues of another list behind these.
    pub fn append(&mut self, others: Self) {
        if others.list.is_empty() {
            return;
        }
        if self.list.is_empty() {
            *self = others;
            return;
        }
        for issue in others.list {
            let length = issue.field.as_deref().map_or(0, str::len);
            if self.has_room(length) {
                self.copied_bytes += length;
                self.list.push(issue);
            }
        }
    }

    /// The issues.
    pub fn as_slice(&self) -> &[Issue] {
        &self.list
    }

    /// Gives issues without a code the one that is found for their field, while there is room.
    pub fn complete_codes<'a>(&mut self, code_of: impl Fn(&str) -> Option<&'a str>) {
        for issue in self.list.iter_mut().filter(|issue| issue.code.is_none()) {
            let Some(code) = issue.field.as_deref().and_then(&code_of) else { continue };
            if self.copied_bytes + code.len() <= Self::MOST_COPIED_BYTES {
                self.copied_bytes += code.len();
                issue.code = Some(code.to_owned());
            }
        }
    }
}

/// Where the members stand that each give a list, in the order of the body. They are read in the end, since where a member
/// comes twice the last counts: so it costs nothing to send many.
///
/// ```
/// use booking_errors_core::decode::Sections;
/// use booking_errors_core::decode::json::Reader;
///
/// let mut sections = Sections::default();
/// Reader::new(br#"{"errors":["a"],"errors":["b"]}"#).root().members(|_, value| sections.put("errors", value.fork()));
/// let mut texts = Vec::new();
/// for (_, mut section) in sections.iter() {
///     section.root().items(|item| texts.extend(item.string()));
/// }
/// assert_eq!(texts, ["b"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sections<'a> {
    list: Vec<(&'static str, Reader<'a>)>,
}

impl<'a> Sections<'a> {
    /// Notes where a member stands, and forgets where it stood before.
    pub fn put(&mut self, member: &'static str, section: Reader<'a>) {
        self.remove(member);
        self.list.push((member, section));
    }

    /// Each member with a reader of it.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Reader<'a>)> {
        self.list.iter().cloned()
    }

    /// A reader of one member.
    pub fn get(&self, member: &str) -> Option<Reader<'a>> {
        self.iter().find_map(|(name, section)| (name == member).then_some(section))
    }

    /// Whether no member was there.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Forgets a member.
    pub fn remove(&mut self, member: &str) {
        self.list.retain(|(name, _)| *name != member);
    }
}
