use std::fmt::{self, Debug, Formatter};

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

use crate::Envelope;
use crate::text::Escaped;

/// An item of a bulk or batch call that failed, with an error of its own: its kind, effect and retry tell whether this
/// item may be sent again.
///
/// ```
/// use booking_errors_core::{Envelope, ProviderError, Retry};
///
/// /// The positions, in the request, of what may be sent again.
/// fn to_resend(error: &dyn ProviderError) -> Vec<u64> {
///     let safe = error.items().iter().filter(|item| item.error.retry() == Retry::Safe);
///     safe.filter_map(|item| item.index).collect()
/// }
/// # assert!(to_resend(&Envelope::new("acme", 200)).is_empty());
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "An item that failed.")
)]
#[non_exhaustive]
pub struct FailedItem {
    /// Its position, counted from 0, in the request where the answer gives that, else in the answer.
    #[serde(default, deserialize_with = "readable", skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The id of what it is about, where the answer gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What went wrong with it.
    pub error: Envelope,
}

impl FailedItem {
    /// An item of which only the error is known.
    pub fn new(error: Envelope) -> Self {
        Self { index: None, id: None, error }
    }

    /// Sets its position in the request.
    #[must_use]
    pub fn with_index(mut self, index: u64) -> Self {
        self.index = Some(index);
        self
    }

    /// Sets the id of what it is about.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl Debug for FailedItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailedItem")
            .field("index", &self.index)
            .field("id", &self.id.as_deref().map(Escaped::code))
            .field("error", &self.error)
            .finish()
    }
}

/// A value, or anything else in its place.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Lenient<T> {
    Known(T),
    Other(IgnoredAny),
}

impl<T> Lenient<T> {
    pub(crate) fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other(_) => None,
        }
    }
}

fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Lenient::deserialize(deserializer)?.known())
}
