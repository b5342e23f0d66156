//! Reads envelopes as another version may have written them, or another program.

use std::borrow::Cow;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess};

use super::any::{Found, Member, Wanted};
use super::{Envelope, Issue};
use crate::{Effect, FailedItem, Kind, Parameters};

/// How deep items are read inside items. No provider nests them, and serde_json reads 128 levels of JSON: what was read at
/// the deepest level must still be readable after it was written.
const MOST_LEVELS: usize = 32;

/// Reads tolerantly: see [`Envelope`]. The format must say which type a value has, as JSON does.
///
/// # Errors
/// Returns an error if the provider or the status is missing, is of another type or comes twice.
impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = object::<ReadEnvelope, D>(deserializer)?;
        read.into_envelope(MOST_LEVELS).map_err(Fault::into_error)
    }
}

/// Reads tolerantly: a member of another type, or one that comes twice, is left out.
impl<'de> Deserialize<'de> for Issue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer)
    }
}

/// Reads tolerantly: only the error is required. An item of an [`Envelope`] that has no readable error is kept there as
/// an unknown failure.
impl<'de> Deserialize<'de> for FailedItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ReadItem { index, id, error } = object(deserializer)?;
        let error = match error.found {
            Found::Value(error) => error.into_envelope(MOST_LEVELS),
            Found::Nothing => Err(Fault::Missing("error")),
            Found::Other => Err(Fault::Type("error", "an object")),
        };
        Ok(Self { index: index.value(), id: id.value(), error: error.map_err(Fault::into_error)? })
    }
}

fn object<'de, T: Wanted<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Found::deserialize(deserializer)?.value().ok_or_else(|| D::Error::custom("expected an object"))
}

/// Why an envelope cannot be read.
enum Fault {
    Missing(&'static str),
    Type(&'static str, &'static str),
}

impl Fault {
    fn into_error<E: Error>(self) -> E {
        match self {
            Self::Missing(member) => E::missing_field(member),
            Self::Type(member, wanted) => {
                E::custom(format_args!("`{member}` must be {wanted}, and must come once"))
            }
        }
    }
}

#[derive(Default)]
struct ReadEnvelope {
    provider: Member<Cow<'static, str>>,
    status: Member<u64>,
    code: Member<Cow<'static, str>>,
    kind: Member<Kind>,
    message: Member<String>,
    parameters: Member<Parameters>,
    issues: Member<Vec<Found<Issue>>>,
    items: Member<Vec<Found<ReadItem>>>,
    request_id: Member<String>,
    effect: Member<Effect>,
    retry_after: Member<u64>,
    remedy: Member<Cow<'static, str>>,
}

impl ReadEnvelope {
    fn into_envelope(self, levels: usize) -> Result<Envelope, Fault> {
        let provider = match self.provider.found {
            Found::Value(provider) => provider,
            Found::Nothing => return Err(Fault::Missing("provider")),
            Found::Other => return Err(Fault::Type("provider", "a text")),
        };
        let wrong_status = Fault::Type("status", "a whole number from 0 to 65535");
        let status = match self.status.found {
            Found::Value(status) => status.try_into().map_err(|_| wrong_status)?,
            Found::Nothing => return Err(Fault::Missing("status")),
            Found::Other => return Err(wrong_status),
        };
        let items = self.items.value().unwrap_or_default();
        let items =
            items.into_iter().map(|item| ReadItem::into_item(item, &provider, status, levels)).collect();
        let issues = self.issues.value().unwrap_or_default();
        let kind = self.kind.value().unwrap_or(Kind::Unknown);
        Ok(Envelope {
            provider,
            status,
            code: self.code.value(),
            kind,
            message: self.message.value(),
            parameters: self.parameters.value().unwrap_or_default(),
            issues: issues.into_iter().filter_map(Found::value).collect(),
            items,
            request_id: self.request_id.value(),
            effect: self.effect.value().unwrap_or(Effect::Unknown),
            retry_after: self.retry_after.value().map(Duration::from_secs),
            remedy: self.remedy.value().unwrap_or(kind.remedy().into()),
        })
    }
}

impl<'de> Wanted<'de> for ReadEnvelope {
    fn of_object<A: MapAccess<'de>>(mut members: A) -> Result<Option<Self>, A::Error> {
        let mut read = Self::default();
        while let Some(name) = members.next_key()? {
            match name {
                Name::Provider => read.provider.read(&mut members)?,
                Name::Status => read.status.read(&mut members)?,
                Name::Code => read.code.read(&mut members)?,
                Name::Kind => read.kind.read(&mut members)?,
                Name::Message => read.message.read(&mut members)?,
                Name::Parameters => read.parameters.read(&mut members)?,
                Name::Issues => read.issues.read(&mut members)?,
                Name::Items => read.items.read(&mut members)?,
                Name::RequestId => read.request_id.read(&mut members)?,
                Name::Effect => read.effect.read(&mut members)?,
                Name::RetryAfter => read.retry_after.read(&mut members)?,
                Name::Remedy => read.remedy.read(&mut members)?,
                _ => _ = members.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(read))
    }
}

impl<'de> Wanted<'de> for Issue {
    fn of_object<A: MapAccess<'de>>(mut members: A) -> Result<Option<Self>, A::Error> {
        let (mut field, mut code, mut message) = Default::default();
        let mut is_number = false;
        while let Some(name) = members.next_key()? {
            is_number |= matches!(name, Name::Number);
            match name {
                Name::Field => Member::read(&mut field, &mut members)?,
                Name::Code => Member::read(&mut code, &mut members)?,
                Name::Message => Member::read(&mut message, &mut members)?,
                _ => _ = members.next_value::<IgnoredAny>()?,
            }
        }
        let issue = Self { field: field.value(), code: code.value(), message: message.value() };
        Ok((!is_number).then_some(issue))
    }
}

#[derive(Default)]
struct ReadItem {
    index: Member<u64>,
    id: Member<String>,
    error: Member<ReadEnvelope>,
}

impl ReadItem {
    /// Returns the item of an envelope. One that cannot be read failed all the same, and what it did is not known.
    fn into_item(item: Found<Self>, provider: &str, status: u16, levels: usize) -> FailedItem {
        let Self { index, id, error } = item.value().unwrap_or_default();
        let error = levels.checked_sub(1).and_then(|levels| error.value()?.into_envelope(levels).ok());
        let error = error.unwrap_or_else(|| {
            let unknown = Envelope::new(provider.to_owned(), status).with_kind(Kind::Unknown);
            unknown.with_effect(Effect::Unknown)
        });
        FailedItem { index: index.value(), id: id.value(), error }
    }
}

impl<'de> Wanted<'de> for ReadItem {
    fn of_object<A: MapAccess<'de>>(mut members: A) -> Result<Option<Self>, A::Error> {
        let mut read = Self::default();
        while let Some(name) = members.next_key()? {
            match name {
                Name::Index => read.index.read(&mut members)?,
                Name::Id => read.id.read(&mut members)?,
                Name::Error => read.error.read(&mut members)?,
                _ => _ = members.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(read))
    }
}

/// The names of all members.
#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Name {
    /// Not a name: a number, with serde_json's feature `arbitrary_precision`.
    #[serde(rename = "$serde_json::private::Number")]
    Number,
    Provider,
    Status,
    Code,
    Kind,
    Message,
    Parameters,
    Issues,
    Items,
    RequestId,
    Effect,
    RetryAfter,
    Remedy,
    Field,
    Index,
    Id,
    Error,
    #[serde(other)]
    Unknown,
}
