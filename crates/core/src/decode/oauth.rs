//! Errors of a token endpoint, `{"error": "invalid_grant", "error_description": ...}` (RFC 6749, section 5.2), which
//! every provider may answer.

use std::borrow::Cow;

use crate::Kind;
use crate::decode::json::Value;

/// The members of such an answer, to be read among others.
#[derive(Clone, Debug, Default)]
pub struct OAuth<'a> {
    error: Option<Cow<'a, str>>,
    description: Option<Cow<'a, str>>,
}

impl<'a> OAuth<'a> {
    /// Reads a member of the root, if it is one of these.
    pub fn read(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "error" => value.text_into(&mut self.error),
            "error_description" => value.text_into(&mut self.description),
            _ => {}
        }
    }

    /// Forgets the text of `error`, for a provider that has read an object of that name behind it.
    pub fn forget_error(&mut self) {
        self.error = None;
    }

    /// The text of `error`, where it is a code.
    pub fn code(&self) -> Option<Cow<'a, str>> {
        self.error.clone().filter(|error| is_code(error))
    }

    /// The description of a code, else the text of `error`.
    pub fn message(&self) -> Option<Cow<'a, str>> {
        match &self.error {
            Some(error) if is_code(error) => self.description.clone(),
            error => error.clone(),
        }
    }
}

/// Whether the text of an `error` member is a code, `[a-z]+(_[a-z]+)+`, rather than a message.
///
/// ```
/// use booking_errors_core::decode::oauth;
///
/// assert!(oauth::is_code("invalid_grant"));
/// assert!(!oauth::is_code("Bad Request"));
/// ```
pub fn is_code(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    text.contains('_') && text.split('_').all(is_word)
}

/// The kind of a code that speaks of the credentials; other codes go by the status.
pub fn kind(code: &str) -> Option<Kind> {
    matches!(code, "invalid_client" | "invalid_grant").then_some(Kind::Unauthenticated)
}
