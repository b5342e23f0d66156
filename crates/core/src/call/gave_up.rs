use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};

use serde::{Serialize, Serializer};

use crate::decode::after_nothing;
use crate::{AsProviderError, Attempts, CodeInfo, Effect, Envelope, GiveUpReason, ProviderError};

/// A call that was given up: the last attempt's error, how often the call was sent, and what it did all the same.
///
/// Its envelope is that of the last error. But its effect is what all attempts and look-ups show, where the last answer
/// alone would mislead: unknown if an earlier attempt is still in doubt, and not applied if a look-up has lifted the
/// doubt, or if the call only reads.
///
/// `Display` is the last error's line with how it ended. `source()` is the last error's, or this envelope if the effect is
/// another one. The error itself is [`last_error`](Self::last_error).
///
/// ```
/// use std::time::Duration;
///
/// use booking_errors::{Attempts, Effect, Envelope, ProviderError};
///
/// let answers = [Envelope::new("acme", 504), Envelope::new("acme", 409)];
/// let mut answers = answers.into_iter();
/// let result: Result<(), _> = Attempts::of_write_with_key().with_backoff(Duration::ZERO, Duration::ZERO).run_blocking(
///     || Err(answers.next().unwrap()),
///     || Err(Envelope::new("acme", 401)), // the look-up
///     std::thread::sleep,
/// );
/// let error = result.unwrap_err();
/// assert_eq!((error.attempts(), error.is_in_doubt()), (2, true));
/// assert_eq!((error.last_error().effect(), error.effect()), (Effect::NotApplied, Effect::Unknown));
/// let line = error.to_string();
/// assert!(line.starts_with("acme: conflict (409): "));
/// let end = "[gave up after 2 attempts, and the call may have gone through: the look-up failed: acme: unauthenticated (401): ";
/// assert!(line.contains(end), "{line}");
/// ```
#[derive(Clone)]
pub struct GaveUp<E> {
    last: E,
    failed_look_up: Option<E>,
    attempts: u32,
    reason: GiveUpReason,
    is_in_doubt: bool,
    /// The envelope, if it is not that of the last error.
    envelope: Option<Box<Envelope>>,
}

impl<E: AsProviderError> GaveUp<E> {
    /// Returns the error of a call whose attempts ended with this error.
    pub fn new(attempts: &Attempts, last: E) -> Self {
        let envelope = last.as_provider_error().envelope();
        let effect = attempts.effect(envelope.effect);
        let remedy = match effect {
            Effect::Unknown => "Check whether an earlier attempt went through before you act on this error.",
            Effect::NotApplied => after_nothing(envelope.kind),
            Effect::Applied | Effect::Partial => "Do not send it again: it was carried out.",
        };
        let misleads = effect != envelope.effect;
        let envelope = misleads.then(|| envelope.clone().with_effect(effect).with_remedy(remedy).into());
        let is_in_doubt = attempts.is_in_doubt();
        let reason = attempts.reason().unwrap_or(match is_in_doubt {
            true => GiveUpReason::NotLookedUp,
            false => GiveUpReason::Final,
        });
        Self { attempts: attempts.count(), failed_look_up: None, reason, is_in_doubt, envelope, last }
    }

    /// Sets the error of the last look-up that failed after the last attempt, if one did.
    #[must_use]
    pub fn with_failed_look_up(self, error: Option<E>) -> Self {
        Self { failed_look_up: error, ..self }
    }

    /// Returns the error of the last look-up that failed after the last attempt, if one did.
    pub fn failed_look_up(&self) -> Option<&E> {
        self.failed_look_up.as_ref()
    }

    /// Returns the last attempt's error.
    pub fn last_error(&self) -> &E {
        &self.last
    }

    /// Returns the last attempt's error.
    pub fn into_last_error(self) -> E {
        self.last
    }

    /// Returns how often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns whether the call may have been carried out all the same.
    pub fn is_in_doubt(&self) -> bool {
        self.is_in_doubt
    }

    /// Returns why the call was given up.
    pub fn reason(&self) -> GiveUpReason {
        self.reason
    }

    /// Returns the `Inner` among the errors that this one holds, such as `wix::Error`, if there is one.
    pub fn find_ref<Inner: ProviderError>(&self) -> Option<&Inner> {
        (self as &dyn ProviderError).find_ref()
    }
}

impl<E: AsProviderError> ProviderError for GaveUp<E> {
    fn envelope(&self) -> &Envelope {
        self.envelope.as_deref().unwrap_or_else(|| self.last.as_provider_error().envelope())
    }

    fn code_info(&self) -> Option<&'static CodeInfo> {
        self.last.as_provider_error().code_info()
    }

    fn inner(&self) -> Option<&dyn ProviderError> {
        Some(self.last.as_provider_error())
    }
}

impl<E: AsProviderError> Serialize for GaveUp<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.envelope().serialize(serializer)
    }
}

impl<E: AsProviderError> Display for GaveUp<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let plural = if self.attempts == 1 { "" } else { "s" };
        let and = match self.effect() {
            Effect::NotApplied => "",
            Effect::Applied => ", and the call went through",
            Effect::Partial => ", and part of the call went through",
            Effect::Unknown => ", and the call may have gone through",
        };
        let Self { last, attempts, reason, .. } = self;
        write!(f, "{last} [gave up after {attempts} attempt{plural}{and}: {reason}")?;
        if let Some(error) = self.failed_look_up.as_ref().filter(|_| *reason == GiveUpReason::LookUpFailed) {
            write!(f, ": {error}")?;
        }
        f.write_str("]")
    }
}

impl<E: AsProviderError> Debug for GaveUp<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("GaveUp")
            .field("last", &self.last)
            .field("failed_look_up", &self.failed_look_up)
            .field("attempts", &self.attempts)
            .field("reason", &self.reason)
            .field("is_in_doubt", &self.is_in_doubt)
            .finish()
    }
}

impl<E: AsProviderError> Error for GaveUp<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.envelope {
            // whoever walks through the sources must not meet an error that misleads
            Some(envelope) => Some(&**envelope),
            None => self.last.as_provider_error().source(),
        }
    }
}
