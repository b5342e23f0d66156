use std::fmt::{self, Debug, Formatter};

use serde::Serialize;

use crate::Envelope;
use crate::text::Escaped;

/// A failed item of a bulk or batch call, with its own error: kind, effect and retry say whether you may send this item
/// again.
///
/// ```
/// use booking_errors::{Envelope, ProviderError, Retry};
///
/// /// Returns the positions, in the request, of the items that may be sent again.
/// fn to_resend(error: &dyn ProviderError) -> Vec<u64> {
///     let safe = error.items().iter().filter(|item| item.error.retry() == Retry::Safe);
///     safe.filter_map(|item| item.index).collect()
/// }
/// # assert!(to_resend(&Envelope::new("acme", 200)).is_empty());
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "An item that failed.")
)]
#[non_exhaustive]
pub struct FailedItem {
    /// Its position in the request, counted from 0; in the response if the response does not give that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The id of the booking or other thing it is about, if the response gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What went wrong with it.
    pub error: Envelope,
}

impl FailedItem {
    /// Returns an item of which only the error is known.
    pub fn new(error: Envelope) -> Self {
        Self { index: None, id: None, error }
    }

    /// Sets its position in the request.
    #[must_use]
    pub fn with_index(mut self, index: u64) -> Self {
        self.index = Some(index);
        self
    }

    /// Sets the id of the booking or other thing it is about.
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
