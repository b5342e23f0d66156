//! What a booking function did in the scenarios, and what was wrong with it.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use booking_errors::{AsProviderError, Effect};

use crate::{Call, Ledger};

/// What a booking function tells its caller. The enum is exhaustive on purpose.
///
/// A `Result` with an error of this library becomes one: the error's effect says what became of the booking.
///
/// ```
/// use booking_errors::{Effect, Envelope};
/// use booking_errors_sandbox::Outcome;
///
/// assert_eq!(Outcome::from(Ok::<_, Envelope>("booking 17")), Outcome::Booked);
/// let lost = Envelope::new("acme", 504);
/// assert_eq!(Outcome::from(Err::<(), _>(lost.clone())), Outcome::InDoubt);
/// assert_eq!(Outcome::from(Err::<(), _>(lost.with_effect(Effect::NotApplied))), Outcome::NotBooked);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The booking stands.
    Booked,
    /// There is no booking, and none will come.
    NotBooked,
    /// Nobody knows.
    InDoubt,
}

/// What a booking function did in all scenarios.
///
/// `Display` shows the scenarios that went wrong, with their calls in order.
#[derive(Clone, Debug)]
#[must_use]
pub struct Report {
    pub(crate) trials: Vec<Trial>,
}

/// What a booking function did in one scenario.
#[derive(Clone, Debug)]
pub struct Trial {
    pub(crate) scenario: &'static str,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) ledger: Ledger,
}

/// What a booking function did wrong in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mistake {
    /// It booked more than once.
    BookedTwice,
    /// It said that it booked, and no booking stands.
    SaidBooked,
    /// It said that it did not book, and a booking stands.
    SaidNotBooked,
    /// It sent a call before the `Retry-After` of an earlier answer had passed.
    TooEarly {
        /// The number of the call.
        call: u64,
        /// The number of the call that was answered with it.
        answered: u64,
        /// The `Retry-After`.
        retry_after: Duration,
    },
    /// It booked nothing, or did not say so, although nothing went wrong. Perhaps it did not call the sandbox.
    NotBookedIfOk,
    /// It did not end within the time limit. Perhaps its client has no timeout.
    Endless,
}

impl Report {
    /// Returns what the function did in each scenario.
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Returns whether nothing went wrong.
    pub fn is_right(&self) -> bool {
        self.trials.iter().all(|trial| trial.mistakes().is_empty())
    }

    /// Checks that nothing went wrong.
    ///
    /// # Panics
    /// Panics if something did. The message is this report.
    #[track_caller]
    pub fn assert_right(&self) {
        assert!(self.is_right(), "{self}");
    }
}

impl Trial {
    /// Returns the scenario, such as `504 booked late, 429, taken`.
    pub fn scenario(&self) -> &'static str {
        self.scenario
    }

    /// Returns what the function said; `None` if it did not end in time.
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Returns the ledger at the end. A booking that had yet to land is in it too.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns how often the function booked. Cancelled bookings do not count.
    pub fn bookings(&self) -> usize {
        self.ledger.bookings().iter().filter(|booking| !booking.is_cancelled()).count()
    }

    /// Returns what the function did wrong; nothing if all is well.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let (outcome, bookings) = (self.outcome, self.bookings());
        let is_booked = outcome == Some(Outcome::Booked);
        [
            (bookings > 1).then_some(Mistake::BookedTwice),
            (is_booked && bookings == 0).then_some(Mistake::SaidBooked),
            (outcome == Some(Outcome::NotBooked) && bookings > 0).then_some(Mistake::SaidNotBooked),
            (self.scenario == "ok" && !(is_booked && bookings > 0)).then_some(Mistake::NotBookedIfOk),
            outcome.is_none().then_some(Mistake::Endless),
            too_early(self.ledger.calls()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl<T, E: AsProviderError> From<Result<T, E>> for Outcome {
    fn from(result: Result<T, E>) -> Self {
        match result.map_err(|error| error.as_provider_error().effect()) {
            Ok(_) | Err(Effect::Applied | Effect::Partial) => Self::Booked,
            Err(Effect::NotApplied) => Self::NotBooked,
            Err(Effect::Unknown) => Self::InDoubt,
        }
    }
}

impl Display for Outcome {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Booked => "it is booked",
            Self::NotBooked => "it is not booked",
            Self::InDoubt => "it may be booked",
        })
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let wrong = self.trials.iter().filter(|trial| !trial.mistakes().is_empty());
        writeln!(f, "{} of {} scenarios went wrong", wrong.clone().count(), self.trials.len())?;
        wrong.into_iter().try_for_each(|trial| write!(f, "\n{trial}"))
    }
}

impl Display for Trial {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:", self.scenario)?;
        for mistake in self.mistakes() {
            match mistake {
                Mistake::BookedTwice => writeln!(f, "  booked {} times", self.bookings())?,
                Mistake::SaidBooked => writeln!(f, "  said that it is booked, but it is not")?,
                Mistake::SaidNotBooked => writeln!(f, "  said that it is not booked, but it is")?,
                Mistake::TooEarly { call, answered, retry_after } => {
                    writeln!(
                        f,
                        "  sent call {call} within {retry_after:?}, the Retry-After of call {answered}"
                    )?;
                }
                Mistake::NotBookedIfOk => writeln!(f, "  did not book, although nothing went wrong")?,
                Mistake::Endless => writeln!(f, "  did not end in time")?,
            }
        }
        write!(f, "{}", self.ledger)?;
        match self.outcome {
            Some(outcome) => writeln!(f, "  said: {outcome}"),
            None => Ok(()),
        }
    }
}

/// Returns the first call that came too early.
fn too_early(calls: &[Call]) -> Option<Mistake> {
    calls.iter().find_map(|call| {
        let earlier = calls.iter().filter(|it| it.number < call.number && it.provider == call.provider);
        let mut asked = earlier.filter_map(|it| Some((it.number, it.at, it.retry_after?)));
        let (answered, _, retry_after) = asked.find(|(_, at, wait)| call.at < at.saturating_add(*wait))?;
        Some(Mistake::TooEarly { call: call.number, answered, retry_after })
    })
}
