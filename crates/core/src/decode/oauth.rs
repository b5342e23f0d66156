//! Errors of token endpoints, `{"error": "invalid_grant", "error_description": ...}` (RFC 6749, section 5.2), which
//! every provider may send.

use crate::decode::json::Value;

/// The members of such a response, read along with the provider's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct OAuth<'a> {
    error: Option<&'a str>,
    description: Option<&'a str>,
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

    /// Forgets the text of `error`, for a provider that then reads an object of the same name.
    pub fn forget_error(&mut self) {
        self.error = None;
    }

    /// Returns the text of `error`, if it is a code.
    pub fn code(&self) -> Option<&'a str> {
        self.error.filter(|error| is_code(error))
    }

    /// Returns the description of a code; if `error` is not a code, the text of `error`.
    pub fn message(&self) -> Option<&'a str> {
        match self.error {
            Some(error) if is_code(error) => self.description,
            error => error,
        }
    }

    /// Returns whether the credentials were refused, in an answer with this status.
    pub fn is_refused(&self, status: u16) -> bool {
        self.code().is_some_and(|code| is_refused(code, status))
    }

    /// Returns the text of `error_description`, if `error` is a text, whatever it says.
    pub fn description(&self) -> Option<&'a str> {
        self.description.filter(|_| self.error.is_some())
    }
}

/// Returns whether the text of an `error` member is a code, `[a-z]+(_[a-z]+)+`, rather than a message.
///
/// ```
/// use booking_errors::decode::oauth;
///
/// assert!(oauth::is_code("invalid_grant"));
/// assert!(!oauth::is_code("Bad Request"));
/// ```
pub fn is_code(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    text.contains('_') && text.split('_').all(is_word)
}

/// Returns whether a code of a token endpoint, with this status, says that the credentials were refused.
pub fn is_refused(code: &str, status: u16) -> bool {
    matches!(code, "invalid_client" | "invalid_grant") && matches!(status, 400 | 401)
}
