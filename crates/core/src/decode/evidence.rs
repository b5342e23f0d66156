//! Weighs what a failed call did at the provider: only what the response shows counts.

use crate::decode::first;
use crate::{Effect, Kind};

/// What a response shows about the effect of the call that it answers.
///
/// A provider notes what it found; [`weigh`](Self::weigh) is the one place that draws the conclusion. To learn why an
/// effect is `not_applied`, find the first line there that fits.
///
/// ```
/// use booking_errors::Effect;
/// use booking_errors::decode::{Evidence, Ground};
///
/// let refused = Evidence { rejects: true, ..Evidence::default() };
/// assert_eq!(refused.weigh(500), Ground::Rejected);
/// let stored_all_the_same = Evidence { is_made: true, ..refused };
/// assert_eq!(stored_all_the_same.weigh(500), Ground::Made);
/// assert_eq!(Ground::Made.effect(), Effect::Unknown);
/// assert_eq!(Evidence::default().weigh(425), Ground::NotProcessed);
/// assert_eq!(Evidence::default().weigh(504).effect(), Effect::Unknown);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them may come together"
)]
pub struct Evidence {
    /// Whether the call was one that changes nothing, by its [method](crate::RawResponse::method). A draft takes it from
    /// the response.
    pub is_read: bool,
    /// The effect by a rule of the provider's own, such as that for the answers of its bulk methods.
    pub rule: Option<Effect>,
    /// The effect that the row of the [decisive](super::Draft::decisive) code gives.
    pub row: Option<Effect>,
    /// Whether a 2xx answer is JSON that breaks off, so that the rest may say anything.
    pub is_cut: bool,
    /// Whether a known code, item or message says that the provider failed or could not be reached.
    pub has_fault: bool,
    /// Whether a known code, item or message rejects the call.
    pub rejects: bool,
    /// Whether there is a code that does not reject on its own, such as that of a coupon that was dropped.
    pub is_soft: bool,
    /// Whether the body shows something that was made, such as a booking with an id.
    pub is_made: bool,
    /// Whether a system in front of the application answered in its place.
    pub is_blocked: bool,
    /// Whether the status proves nothing: it may come from work that ran after the booking was stored, or from a
    /// handler that had run; or it is that of a whole bulk answer, for one of its items; or the body holds another status,
    /// of a call behind the provider that may have done part of the work.
    pub doubts_status: bool,
}

/// Why the effect of a failed call is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The call was one that changes nothing.
    Read,
    /// The 2xx answer breaks off.
    Cut,
    /// A rule of the provider says so.
    Rule(Effect),
    /// The row of the code says so.
    Row(Effect),
    /// A known code, item or message says that the provider failed: it may have done part of the work before.
    Fault,
    /// Something was made, whatever else the answer says.
    Made,
    /// A known code, item or message rejects the call.
    Rejected,
    /// Only codes that reject nothing are there.
    Soft,
    /// The call was blocked before it reached the application.
    Blocked,
    /// The status says that the call was not processed.
    NotProcessed,
    /// The status says that somebody gave up waiting for the answer.
    GaveUp,
    /// The status says that the call was refused.
    Refused,
    /// There is no evidence.
    Nothing,
}

impl Evidence {
    /// Returns the first ground that fits, for the status that counts.
    pub fn weigh(self, status: u16) -> Ground {
        let Self { rule, row, is_made, .. } = self;
        let holds = |effect: &Effect| !is_made || *effect != Effect::NotApplied;
        let grounds = [
            // a call that carries out nothing has no effect, whatever the answer says
            self.is_read.then_some(Ground::Read),
            // the lost rest may show anything; but an item that succeeded stays one, so such an answer is partial
            (self.is_cut && rule != Some(Effect::Partial)).then_some(Ground::Cut),
            // the provider documents what this answer means
            rule.filter(holds).map(Ground::Rule),
            // it documents what this code means, with any status
            row.filter(holds).map(Ground::Row),
            // what fails may have done part of its work, so this goes before a rejection
            self.has_fault.then_some(Ground::Fault),
            // what was made stays, whatever was refused after that
            is_made.then_some(Ground::Made),
            // an application that gives its reason for a refusal has read the call and stopped there
            self.rejects.then_some(Ground::Rejected),
            // a dropped coupon, for one, stops no booking, and may be all that a 4xx is about
            self.is_soft.then_some(Ground::Soft),
            // who answers in front of the application has not passed the call on
            self.is_blocked.then_some(Ground::Blocked),
            // the status is not about the call itself
            self.doubts_status.then_some(Ground::Nothing),
        ];
        first(grounds).unwrap_or(Ground::of_status(status))
    }

    /// Notes what a known code, item or message of this kind says; `is_soft` is whether it rejects nothing on its own.
    pub fn note(&mut self, kind: Kind, is_soft: bool) {
        let is_fault = Self::is_fault(kind);
        self.has_fault |= is_fault;
        self.is_soft |= is_soft;
        self.rejects |= !is_soft && !is_fault;
    }

    /// Returns whether a known code, item or message of this kind says that the provider failed or could not be reached.
    pub fn is_fault(kind: Kind) -> bool {
        matches!(kind, Kind::ProviderFault | Kind::Unavailable)
    }
}

impl Ground {
    /// Returns what an HTTP status alone shows; [`Effect::from_status`] is the effect of that.
    pub fn of_status(status: u16) -> Self {
        match status {
            // RFC 9110 (421, 501) and RFC 8470 (425): the server does not process such a request. The others are
            // Cloudflare's: it did not get a connection to the server
            421 | 425 | 501 | 521 | 523 | 525 | 526 | 530 => Self::NotProcessed,
            // RFC 9110 (408), nginx (444, 499) and AWS (460): the request or its answer took too long, but a handler that
            // has begun goes on
            408 | 444 | 460 | 499 => Self::GaveUp,
            // RFC 9110: the request is at fault, so there was nothing to carry out
            400..=499 => Self::Refused,
            // RFC 9110: a 5xx says that the server failed, not when; a 2xx or 3xx says nothing about a failure
            _ => Self::Nothing,
        }
    }

    /// Returns the effect that follows from it.
    pub fn effect(self) -> Effect {
        match self {
            Self::Rule(effect) | Self::Row(effect) => effect,
            Self::Read | Self::Rejected | Self::Blocked | Self::NotProcessed | Self::Refused => {
                Effect::NotApplied
            }
            Self::Cut | Self::Fault | Self::Made | Self::Soft | Self::GaveUp | Self::Nothing => {
                Effect::Unknown
            }
        }
    }
}
