//! A provider with its own clock, faults in any order, and what must hold whatever happens: never two bookings, never a
//! call too early, and no certainty that is not true.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use booking_errors::{Attempts, Effect, Envelope, GaveUp, Kind, ProviderError as _};
use proptest::prelude::*;

use crate::error;

/// What becomes of one call that books.
#[derive(Clone, Debug)]
enum Fate {
    Booked,
    /// It is booked, and the answer reports an error all the same.
    BookedWithError,
    /// The answer is lost, and it is booked after so many per cent of the settling time.
    Lost(Kind, Option<Duration>, u32),
    /// The answer is lost, and it is never booked.
    LostForGood(Kind, Option<Duration>),
    /// Nothing is booked, and the answer says so.
    Refused(Kind, Option<Duration>),
}

/// What becomes of one look-up.
#[derive(Clone, Debug)]
enum Look {
    Works,
    Fails(Kind, Option<Duration>),
}

/// A run: the settings and what happens. What comes after the last fate is booked, and after the last look works.
#[derive(Clone, Debug)]
struct Plan {
    has_key: bool,
    is_async: bool,
    most: u32,
    backoff: (Duration, Duration),
    longest_wait: Duration,
    settling_time: Duration,
    fates: VecDeque<Fate>,
    looks: VecDeque<Look>,
    /// How long each call takes.
    takes: Duration,
}

fn up_to(milliseconds: u64) -> impl Strategy<Value = Duration> {
    (0..=milliseconds).prop_map(Duration::from_millis)
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        2 => Just(Kind::Unavailable),
        1 => Just(Kind::RateLimited),
        2 => prop::sample::select(Kind::ALL),
    ]
}

/// Mostly no `Retry-After`, sometimes one that is longer than allowed.
fn retry_after() -> impl Strategy<Value = Option<Duration>> {
    prop::option::of((0..=70_u64).prop_map(Duration::from_secs))
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        1 => Just(Fate::Booked),
        1 => Just(Fate::BookedWithError),
        4 => (kind(), retry_after(), 0..=100_u32).prop_map(|(kind, asked, late)| Fate::Lost(kind, asked, late)),
        2 => (kind(), retry_after()).prop_map(|(kind, asked)| Fate::LostForGood(kind, asked)),
        3 => (kind(), retry_after()).prop_map(|(kind, asked)| Fate::Refused(kind, asked)),
        3 => retry_after().prop_map(|asked| Fate::Refused(Kind::RateLimited, asked)),
    ]
}

fn look() -> impl Strategy<Value = Look> {
    prop_oneof![
        3 => Just(Look::Works),
        1 => (kind(), retry_after()).prop_map(|(kind, asked)| Look::Fails(kind, asked)),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let settings = (any::<bool>(), any::<bool>(), 0..=6_u32, (up_to(3000), up_to(30_000)));
    let times = (up_to(60_000), prop_oneof![Just(Duration::ZERO), up_to(120_000)], up_to(10_000));
    let script = (prop::collection::vec(fate(), 0..8), prop::collection::vec(look(), 0..12));
    (settings, times, script).prop_map(|((has_key, is_async, most, backoff), times, (fates, looks))| {
        let (longest_wait, settling_time, takes) = times;
        let (fates, looks) = (fates.into(), looks.into());
        Plan { has_key, is_async, most, backoff, longest_wait, settling_time, fates, looks, takes }
    })
}

/// The provider, and what an observer who sees everything knows.
struct World {
    plan: Plan,
    now: Duration,
    /// When each booking lands, in the past or later.
    bookings: Vec<Duration>,
    sent: u32,
    looked: u32,
    /// When the last answer was lost.
    lost_at: Option<Duration>,
    /// When a look-up last showed that nothing was booked.
    seen_empty_at: Option<Duration>,
    /// How long the caller has slept since the last answer was lost; `None` if a look-up in time has shown the truth.
    slept: Option<Duration>,
    /// No call may come before.
    not_before: Duration,
}

impl World {
    fn new(plan: Plan) -> Self {
        let now = Duration::ZERO;
        let (sent, looked, bookings) = (0, 0, Vec::new());
        let (lost_at, seen_empty_at, slept) = (None, None, None);
        Self { plan, now, bookings, sent, looked, lost_at, seen_empty_at, slept, not_before: now }
    }

    fn stands(&self) -> bool {
        self.bookings.iter().any(|lands| *lands <= self.now)
    }

    /// Whether an attempt may have booked or may still book, as far as anybody can know from outside.
    fn may_stand(&self) -> bool {
        let settled = self.lost_at.map(|at| at + self.plan.settling_time);
        settled.is_some_and(|settled| self.seen_empty_at.is_none_or(|seen| seen < settled))
    }

    /// Books now or later; the provider knows a key again.
    fn book(&mut self, lands: Duration) {
        match self.bookings.first_mut() {
            Some(first) if self.plan.has_key => *first = lands.min(*first),
            _ => self.bookings.push(lands),
        }
    }

    fn call(&mut self) -> Result<(), Envelope> {
        assert!(self.now >= self.not_before, "sent before the time that was asked for");
        assert!(self.plan.has_key || !self.may_stand(), "sent while an earlier attempt may stand");
        self.sent += 1;
        assert!(self.sent <= self.plan.most.max(1), "sent too often");
        assert!(
            self.plan.has_key || self.bookings.is_empty(),
            "sent while an earlier attempt stands or lands"
        );
        let fate = self.plan.fates.pop_front().unwrap_or(Fate::Booked);
        self.now += self.plan.takes;
        let (kind, effect, asked) = match fate {
            Fate::Booked => {
                self.book(self.now);
                return Ok(());
            }
            Fate::BookedWithError => {
                self.book(self.now);
                (Kind::CouponRejected, Effect::Applied, None)
            }
            Fate::Lost(kind, asked, late) => {
                self.book(self.now + self.plan.settling_time * late / 100);
                (kind, Effect::Unknown, asked)
            }
            Fate::LostForGood(kind, asked) => (kind, Effect::Unknown, asked),
            Fate::Refused(kind, asked) => (kind, Effect::NotApplied, asked),
        };
        if effect == Effect::Unknown {
            self.lost_at = Some(self.now);
            self.slept = Some(Duration::ZERO);
        }
        self.not_before = self.now + asked.unwrap_or_default();
        Err(asking(error(kind, effect), asked))
    }

    fn look_up(&mut self) -> Result<Option<()>, Envelope> {
        assert!(self.now >= self.not_before, "looked up before the time that was asked for");
        self.looked += 1;
        assert!(self.looked < 200, "it does not end");
        if let Some(Look::Fails(kind, asked)) = self.plan.looks.pop_front() {
            self.now += self.plan.takes;
            self.not_before = self.not_before.max(self.now + asked.unwrap_or_default());
            return Err(asking(error(kind, Effect::NotApplied), asked));
        }
        let found = self.stands().then_some(());
        if found.is_none() {
            self.seen_empty_at = Some(self.now);
            self.slept = self.slept.filter(|slept| *slept < self.plan.settling_time);
        }
        self.now += self.plan.takes;
        Ok(found)
    }

    fn sleep(&mut self, wait: Duration) {
        self.now += wait;
        self.slept = self.slept.map(|slept| slept + wait);
    }

    /// Checks the end against the truth.
    fn check(&self, result: &Result<(), GaveUp<Envelope>>) {
        assert!(self.bookings.len() <= 1, "booked twice");
        let Err(error) = result else {
            assert!(self.stands(), "said to be booked, and is not");
            return;
        };
        assert_eq!(error.attempts(), self.sent);
        assert_eq!(error.effect() == Effect::Unknown, error.is_in_doubt());
        if error.is_in_doubt() {
            assert!(self.slept.is_some(), "in doubt, though the caller knows");
            return;
        }
        let is_applied = error.last_error().effect == Effect::Applied;
        assert!(is_applied || !self.may_stand(), "not in doubt, though nobody has looked in time");
        // late bookings count: certain is only what stays so
        assert_eq!(!self.bookings.is_empty(), is_applied, "certain, and wrong");
    }
}

fn asking(error: Envelope, asked: Option<Duration>) -> Envelope {
    match asked {
        Some(asked) => error.with_retry_after(asked),
        None => error,
    }
}

fn run(plan: Plan) -> (World, Result<(), GaveUp<Envelope>>) {
    let attempts = if plan.has_key { Attempts::of_write_with_key() } else { Attempts::of_write() };
    let attempts = attempts
        .with_most_attempts(plan.most)
        .with_backoff(plan.backoff.0, plan.backoff.1)
        .with_longest_wait(plan.longest_wait)
        .with_settling_time(plan.settling_time);
    let is_async = plan.is_async;
    let world = RefCell::new(World::new(plan));
    let call = || world.borrow_mut().call();
    let look_up = || world.borrow_mut().look_up();
    let sleep = |wait| world.borrow_mut().sleep(wait);
    let result = if is_async {
        now(attempts.run(|| ready(call()), || ready(look_up()), async |wait| sleep(wait)))
    } else {
        attempts.run_blocking(call, look_up, sleep)
    };
    (world.into_inner(), result)
}

/// Returns the output of a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn nothing_is_booked_twice_and_no_certainty_is_wrong(plan in plan()) {
        let (world, result) = run(plan);
        world.check(&result);
    }
}

#[test]
fn the_model_reaches_every_end() {
    let lost = |late| Fate::Lost(Kind::Unavailable, None, late);
    let plan = |has_key, fates: Vec<Fate>, looks: Vec<Look>| Plan {
        has_key,
        is_async: true,
        most: 2,
        backoff: (Duration::from_millis(500), Duration::from_secs(30)),
        longest_wait: Duration::from_secs(60),
        settling_time: Duration::from_secs(60),
        fates: fates.into(),
        looks: looks.into(),
        takes: Duration::from_secs(1),
    };
    let denied = || Look::Fails(Kind::PermissionDenied, None);
    let for_good = || Fate::LostForGood(Kind::Unavailable, None);
    // whether it is booked, how often it was sent, and whether it is in doubt at the end
    for (plan, expected) in [
        (plan(false, vec![], vec![]), (true, 1, None)),
        (plan(false, vec![lost(100)], vec![]), (true, 1, None)),
        (plan(false, vec![lost(100)], vec![denied()]), (true, 1, Some(true))),
        (plan(false, vec![for_good()], vec![]), (true, 2, None)),
        (plan(false, vec![for_good(), for_good()], vec![]), (false, 2, Some(false))),
        (plan(true, vec![lost(100)], vec![]), (true, 2, None)),
        (plan(true, vec![for_good(), for_good()], vec![denied()]), (false, 2, Some(true))),
        (plan(false, vec![Fate::BookedWithError], vec![]), (true, 1, Some(false))),
    ] {
        let told = format!("{plan:?}");
        let (world, result) = run(plan);
        world.check(&result);
        let doubt = result.err().map(|error| error.is_in_doubt());
        assert_eq!((!world.bookings.is_empty(), world.sent, doubt), expected, "{told}");
    }
}
