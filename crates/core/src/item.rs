use serde::{Deserialize, Serialize};

use crate::Envelope;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(description = "An item that failed.")
)]
#[non_exhaustive]
pub struct FailedItem {
    /// Its position in the request, counted from 0, where the answer gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
