//! The errors of `FromStr`: a text that is not one of the names that there are.

use std::fmt::{self, Debug, Formatter};

use crate::text::Escaped;

/// The error for a text that is not one of a provider's codes.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {provider} code `{}`", Escaped::code(code))]
pub struct UnknownCode {
    provider: &'static str,
    code: String,
}

impl UnknownCode {
    /// Returns the error for a code that the provider does not have.
    pub fn new(provider: &'static str, code: &str) -> Self {
        Self { provider, code: code.to_owned() }
    }

    /// Returns the text that is not a code.
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl Debug for UnknownCode {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnknownCode").field(&self.provider).field(&Escaped::code(&self.code)).finish()
    }
}

/// The error for a text that is not the name of a [`Kind`](crate::Kind), an [`Effect`](crate::Effect), a
/// [`Retry`](crate::Retry) or a [`Triage`](crate::Triage).
///
/// ```
/// use booking_errors::Effect;
///
/// let error = "Partial".parse::<Effect>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown effect `Partial`");
/// assert_eq!(error.name(), "Partial");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {of} `{}`", Escaped::code(name))]
pub struct UnknownName {
    of: &'static str,
    name: String,
}

impl UnknownName {
    /// Returns the error for a name; `of` is what has none of this name.
    pub(crate) fn new(of: &'static str, name: &str) -> Self {
        Self { of, name: name.to_owned() }
    }

    /// Returns the text that is not a name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Debug for UnknownName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnknownName").field(&self.of).field(&Escaped::code(&self.name)).finish()
    }
}
