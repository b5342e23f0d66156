use std::time::Duration;

use crate::call::backoff::Backoff;
use crate::{Effect, Kind, ProviderError, Retry, TransportError};

/// How many look-ups wait no longer than the backoff says.
const QUICK_LOOKS: u32 = 3;
/// What each later look-up waits at least, so that even the shortest settling time passes.
const SHORTEST_STEP: Duration = Duration::from_micros(1);

/// Decides over all attempts of one call, from the first to the end, so that a booking is never made twice.
///
/// Make one for each call, tell it the error of each attempt, and do what it says. It sends nothing, never sleeps and
/// reads no clock. [`run`](Self::run) and [`run_blocking`](Self::run_blocking) do all this for you.
///
/// ```
/// use booking_errors::{Attempts, Envelope, Next};
///
/// let mut attempts = Attempts::of_write();
/// // a gateway gave up waiting: the booking may have been made
/// let Next::LookUp(_) = attempts.after(&Envelope::new("acme", 504)) else { panic!() };
/// assert!(attempts.is_in_doubt());
///
/// // wait, then check whether it was made
/// attempts.found();
/// assert!(!attempts.is_in_doubt());
/// ```
///
/// # Doubt
///
/// After an attempt whose effect is [unknown](Effect::Unknown), the call may have been carried out, and it may still be:
/// a gateway that gave up does not stop the application behind it. A redirect and a 202 without a body leave it open, too.
/// The doubt stays, whatever later attempts answer, until somebody has looked. A look-up that finds nothing lifts it only
/// once the call has had time to settle; before that the answer is to look again. The time is counted by the waits that you
/// were told to keep, from the end of the last attempt whose effect is unknown.
///
/// # What follows what
///
/// A kind can pass if it is rate_limited, unavailable, provider_fault or unknown, unless the request could not be built or a
/// write went through in whole or in part.
///
/// | the call | the error of an attempt | next, without doubt | next, in doubt |
/// | --- | --- | --- | --- |
/// | read | a kind that can pass | `SendAgain` | |
/// | | any other kind | `GiveUp` | |
/// | write | effect unknown | `LookUp`, in doubt from now on | `LookUp`, and the settling time starts again |
/// | | retry safe | `SendAgain` | `LookUp` |
/// | | anything else | `GiveUp` | `LookUp` |
/// | write with key | effect unknown, a kind that can pass | `SendAgain`, in doubt from now on | `SendAgain` |
/// | | effect unknown, any other kind | `LookUp`, in doubt from now on | `LookUp` |
/// | | retry safe | `SendAgain` | `SendAgain` |
/// | | effect applied | `GiveUp` | `GiveUp`, and no more doubt: it is the same booking |
/// | | anything else | `GiveUp` | `LookUp` |
/// | each | `SendAgain`, but no attempt is left | `GiveUp` | `LookUp` |
/// | | a wait that is longer than allowed | `GiveUp` | `GiveUp`, still in doubt |
///
/// | in doubt, the look-up | next |
/// | --- | --- |
/// | finds it | the end: [`found`](Self::found) |
/// | finds nothing, too early to tell | `LookUp` |
/// | finds nothing, the last error's kind can pass | `SendAgain`, or `GiveUp` if no attempt is left; no more doubt |
/// | finds nothing, any other kind | `GiveUp`, no more doubt |
/// | fails with a kind that can pass | `LookUp`, up to the number of attempts |
/// | fails otherwise | `GiveUp`, still in doubt |
///
/// After `GiveUp` every answer is `GiveUp`.
///
/// # How long to wait
///
/// Before each attempt and each look-up: what the provider asks for, or its own backoff, whichever is longer. If the
/// provider asks for more than the [longest wait](Self::with_longest_wait), the call is given up. The backoff is
/// exponential with full jitter: a random time from zero to a ceiling that doubles each time. From the fourth look-up on
/// the wait is at least a sixteenth of the settling time, so that the look-ups end, whatever the backoff.
#[must_use]
#[derive(Clone, Debug)]
pub struct Attempts {
    call: Call,
    most: u32,
    backoff: Backoff,
    longest_wait: Duration,
    settling_time: Duration,
    count: u32,
    /// Whether the same call may succeed after the last attempt's error.
    can_pass: bool,
    doubt: Option<Doubt>,
    /// What a look-up has shown since the last attempt.
    shown: Option<Effect>,
    /// The wait that was told last and is not counted yet.
    pending: Duration,
    /// The wait that the provider's last answer asked for.
    asked: Duration,
    reason: Option<GiveUpReason>,
}

/// What to do next with a call. The enum is exhaustive on purpose.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Wait this long, then send the same call again.
    SendAgain(Duration),
    /// Wait this long, then check whether the call was carried out, and say [`found`](Attempts::found),
    /// [`not_found`](Attempts::not_found) or [`look_up_failed`](Attempts::look_up_failed).
    LookUp(Duration),
    /// Report the error. [`Attempts::is_in_doubt`] says whether the call may have been carried out all the same, and
    /// [`Attempts::reason`] why it is given up.
    GiveUp,
}

/// Why a call is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GiveUpReason {
    /// Sending the same call again does not help: it fails again, or it went through in whole or in part.
    #[error("sending it again does not help")]
    Final,
    /// All attempts are used up.
    #[error("all attempts are used up")]
    AttemptsUsedUp,
    /// The provider asks for this wait, which is longer than allowed.
    #[error("the provider asks to wait {} s, longer than allowed", .0.as_secs())]
    WaitTooLong(Duration),
    /// The look-up failed, so nobody knows whether the call was carried out.
    #[error("the look-up failed")]
    LookUpFailed,
    /// Nobody looked whether the call was carried out, although [`Next::LookUp`] says so.
    #[error("nobody has looked")]
    NotLookedUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Read,
    Write,
    WriteWithKey,
}

/// What is known since the last attempt whose effect is unknown.
#[derive(Clone, Copy, Debug, Default)]
struct Doubt {
    waited: Duration,
    looks: u32,
    failed_looks: u32,
}

impl Attempts {
    /// Returns the attempts of a call that only reads: it can be sent again whatever became of the attempt before.
    pub const fn of_read() -> Self {
        Self::of(Call::Read)
    }

    /// Returns the attempts of a call that books, changes or cancels.
    pub const fn of_write() -> Self {
        Self::of(Call::Write)
    }

    /// Returns the attempts of a write with an idempotency key that the provider honours: it may be sent again with the same
    /// key after an attempt whose effect is unknown. None of the three providers documents such a key.
    pub const fn of_write_with_key() -> Self {
        Self::of(Call::WriteWithKey)
    }

    const fn of(call: Call) -> Self {
        Self {
            call,
            most: 4,
            backoff: Backoff { first: Duration::from_millis(500), longest: Duration::from_secs(30) },
            longest_wait: Duration::from_secs(60),
            settling_time: Duration::from_secs(60),
            count: 0,
            can_pass: true,
            doubt: None,
            shown: None,
            pending: Duration::ZERO,
            asked: Duration::ZERO,
            reason: None,
        }
    }

    /// Sets how often the call is sent at most, the first time included. The default is 4; 0 counts as 1. Look-ups may fail
    /// as often.
    pub const fn with_most_attempts(mut self, most: u32) -> Self {
        self.most = most;
        self
    }

    /// Sets the backoff: the first ceiling of the random wait, which doubles each time, and the longest. The defaults are
    /// 500 ms and 30 s.
    pub const fn with_backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = Backoff { first, longest };
        self
    }

    /// Sets the longest wait. If the provider asks for more, the call is given up. It also caps the backoff, except the
    /// sixteenth of the settling time between later look-ups. The default is 60 s.
    pub const fn with_longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest;
        self
    }

    /// Sets how long after a lost answer the call may still be carried out: only then does a look-up that finds nothing lift
    /// the doubt.
    ///
    /// The default is 60 s. A lost answer means that somebody gave up waiting, usually after 30 to 100 s, while the
    /// application kept working. Its own limit, such as PHP's 30 s of CPU time, usually ends what takes longer. Set more if
    /// your provider queues bookings. Set less only if you know how long your provider works on a call at most: otherwise the
    /// call is sent again while the first one is still running.
    pub const fn with_settling_time(mut self, time: Duration) -> Self {
        self.settling_time = time;
        self
    }

    /// Returns what to do after an attempt that failed with this error.
    pub fn after(&mut self, error: &dyn ProviderError) -> Next {
        self.count = self.count.saturating_add(1);
        self.pass();
        let is_done = matches!(error.effect(), Effect::Applied | Effect::Partial);
        self.can_pass = can_pass(error) && (self.call == Call::Read || !is_done);
        self.shown = None;
        self.asked = error.retry_after().unwrap_or_default();
        match (self.call, error.effect()) {
            (Call::Read, _) => {}
            (Call::Write | Call::WriteWithKey, Effect::Unknown) => self.doubt = Some(Doubt::default()),
            // the same key, so it is the same booking
            (Call::WriteWithKey, Effect::Applied) => return self.give_up_without_doubt(),
            _ => {}
        }
        let may_send = match self.call {
            Call::Read => self.can_pass,
            Call::Write => error.retry() == Retry::Safe && self.doubt.is_none(),
            Call::WriteWithKey => match error.retry() {
                Retry::Safe => true,
                Retry::CheckFirst => self.can_pass,
                Retry::Never => false,
            },
        };
        if may_send { self.send_again() } else { self.resolve(GiveUpReason::Final) }
    }

    /// Notes that the call was carried out, which a look-up or anything else has shown. It is over, and nothing is in doubt.
    pub fn found(&mut self) {
        self.shown = Some(Effect::Applied);
        let _ = self.give_up_without_doubt();
    }

    /// Returns what to do after a look-up that found nothing. Call it only after the wait that you were told: that is how the
    /// settling time is counted.
    pub fn not_found(&mut self) -> Next {
        self.pass();
        self.asked = Duration::ZERO;
        if let Some(doubt) = &mut self.doubt {
            doubt.looks = doubt.looks.saturating_add(1);
            if doubt.waited < self.settling_time || self.reason.is_some() {
                return self.look_up();
            }
            self.shown = Some(Effect::NotApplied);
        }
        self.doubt = None;
        if self.can_pass { self.send_again() } else { self.resolve(GiveUpReason::Final) }
    }

    /// Returns what to do after a look-up that failed itself, so that nobody knows more than before. If the provider
    /// answers 404 for a booking that does not exist, that is [`not_found`](Self::not_found) instead.
    pub fn look_up_failed(&mut self, error: &dyn ProviderError) -> Next {
        self.pass();
        self.asked = error.retry_after().unwrap_or_default();
        let Some(doubt) = &mut self.doubt else { return self.resolve(GiveUpReason::LookUpFailed) };
        doubt.looks = doubt.looks.saturating_add(1);
        doubt.failed_looks = doubt.failed_looks.saturating_add(1);
        if doubt.failed_looks >= self.most || !can_pass(error) {
            return self.give_up(GiveUpReason::LookUpFailed);
        }
        self.look_up()
    }

    /// Returns whether the call may have been carried out, although no attempt succeeded.
    pub fn is_in_doubt(&self) -> bool {
        self.doubt.is_some()
    }

    /// Returns how often the call was sent.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Returns why the call is given up; `None` before that.
    pub fn reason(&self) -> Option<GiveUpReason> {
        self.reason
    }

    /// Returns whether sending the call twice may do it twice.
    #[cfg(feature = "reqwest-middleware")]
    pub(super) fn is_of_write_without_key(&self) -> bool {
        self.call == Call::Write
    }

    /// Returns what the call did, as all attempts and look-ups together show, if this is the effect of the last attempt.
    pub(super) fn effect(&self, last: Effect) -> Effect {
        match (last, self.shown) {
            _ if self.is_in_doubt() => Effect::Unknown,
            (Effect::Unknown, _) if self.call == Call::Read => Effect::NotApplied,
            (Effect::Unknown | Effect::NotApplied, Some(shown)) => shown,
            _ => last,
        }
    }

    /// Counts the wait that was told last.
    fn pass(&mut self) {
        let waited = std::mem::take(&mut self.pending);
        if let Some(doubt) = &mut self.doubt {
            doubt.waited = doubt.waited.saturating_add(waited);
        }
    }

    fn send_again(&mut self) -> Next {
        if self.count >= self.most {
            return self.resolve(GiveUpReason::AttemptsUsedUp);
        }
        let own = self.own_wait(self.count.saturating_sub(1));
        self.wait(own).map_or(Next::GiveUp, Next::SendAgain)
    }

    /// Looks up if there is doubt, else gives up.
    fn resolve(&mut self, reason: GiveUpReason) -> Next {
        if self.doubt.is_some() { self.look_up() } else { self.give_up(reason) }
    }

    fn look_up(&mut self) -> Next {
        let Doubt { waited, looks, .. } = self.doubt.unwrap_or_default();
        let mut own = self.own_wait(looks);
        if looks >= QUICK_LOOKS {
            own = own.max(self.settling_time / 16).max(SHORTEST_STEP);
        }
        let left = self.settling_time.saturating_sub(waited);
        // the last look is at the end of the settling time, not long after it
        let own = if left.is_zero() { own } else { own.min(left) };
        self.wait(own).map_or(Next::GiveUp, Next::LookUp)
    }

    fn own_wait(&self, times: u32) -> Duration {
        self.backoff.wait(times).min(self.longest_wait)
    }

    /// Returns how long to wait; `None` if the call is given up.
    fn wait(&mut self, own: Duration) -> Option<Duration> {
        if self.asked > self.longest_wait {
            let _ = self.give_up(GiveUpReason::WaitTooLong(self.asked));
        }
        if self.reason.is_some() {
            return None;
        }
        self.pending = own.max(self.asked);
        Some(self.pending)
    }

    fn give_up_without_doubt(&mut self) -> Next {
        self.doubt = None;
        self.give_up(GiveUpReason::Final)
    }

    fn give_up(&mut self, reason: GiveUpReason) -> Next {
        self.reason.get_or_insert(reason);
        Next::GiveUp
    }
}

/// Returns whether the same call may succeed later.
fn can_pass(error: &dyn ProviderError) -> bool {
    match error.kind() {
        Kind::RateLimited | Kind::Unavailable | Kind::ProviderFault => true,
        Kind::Unknown => !error.find_ref().is_some_and(TransportError::is_not_built),
        _ => false,
    }
}
