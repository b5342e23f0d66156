//! A user's own booking function, tried against everything that makes clients book twice.

use std::io;
use std::time::Duration;

use booking_errors::{Effect, Kind, Provider, Sample, providers};
use futures_util::stream::{FuturesOrdered, TryStreamExt as _};
use tokio::time::timeout;

use crate::report::{Outcome, Report, Trial};
use crate::{Act, Sandbox};

/// The scenarios. Acts before the slash are for the calls that book, acts after it for the look-ups.
const SCENARIOS: &[&str] = &[
    "ok",
    TAKEN,
    "429",
    "429, 429, 429",
    "429, 429, 429, 429, 429, 429",
    "500 before booking",
    "500 after booking",
    "500 booked late",
    "502 after booking",
    "502 booked late",
    "503 before booking",
    "503 after booking",
    "503 booked late",
    "504 before booking",
    "504 after booking",
    "504 booked late",
    "504 booked late, 429, taken",
    "504 booked late / 503, 500",
    "504 before booking, 504 after booking",
    "504 after booking, 504 after booking, 504 after booking",
    "close before booking",
    "close after booking",
    "close booked late",
    "close after booking, taken",
    "reset after booking",
    "reset booked late",
    "hang after booking",
    "hang booked late",
    "cut body after booking",
    "endless body after booking",
    "slow body after booking",
    "wrong content-length after booking",
    "html page before booking",
    "html page after booking",
    "html page booked late",
    "challenge page",
    "redirect after booking",
];
/// An answer that says the slot is taken: each provider has its own.
const TAKEN: &str = "taken";
/// A slot stays taken, however often somebody asks.
const TIMES_TAKEN: usize = 20;

/// Runs a booking function through every scenario, and panics if it books twice or says what is not true.
///
/// It is [`Scenarios`] with the usual settings. `book` is called once per scenario, with the base URL of a fresh sandbox. It
/// makes one booking at `{base_url}/wix`, `{base_url}/fluentbooking` or `{base_url}/guesty`, and returns an [`Outcome`] or a
/// `Result` with an error of this library.
///
/// ```
/// use std::time::Duration;
///
/// use booking_errors::reqwest::{ResponseExt as _, client_builder, sent_once};
/// use booking_errors::{Attempts, CallError, GaveUp, wix};
/// use booking_errors_sandbox::assert_never_books_twice;
/// use reqwest::Client;
/// use serde::Deserialize;
/// use serde_json::Value;
///
/// type Error = CallError<wix::Error>;
///
/// #[derive(Deserialize)]
/// struct Found {
///     bookings: Vec<Value>,
/// }
///
/// async fn book(client: &Client, url: &str, attempts: Attempts) -> Result<Value, GaveUp<Error>> {
///     let create = async || {
///         let sent = client.post(url).body(r#"{"reference": "17"}"#).send().await;
///         sent.map_err(sent_once)?.json_or_error().await
///     };
///     let look_up = async || {
///         let sent = client.get(format!("{url}?reference=17")).send().await;
///         let found: Found = sent.map_err(sent_once)?.json_or_error().await?;
///         Ok(found.bookings.into_iter().next())
///     };
///     attempts.run(create, look_up, tokio::time::sleep).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> reqwest::Result<()> {
/// // in production these are 60 s, 500 ms and 30 s
/// let attempts = Attempts::of_write()
///     .with_settling_time(Duration::from_secs(1))
///     .with_backoff(Duration::from_millis(50), Duration::from_millis(200));
/// let client = client_builder().timeout(Duration::from_secs(3)).build()?;
/// assert_never_books_twice(async |base_url| {
///     book(&client, &format!("{base_url}/wix/bookings"), attempts.clone()).await
/// })
/// .await;
/// # Ok(())
/// # }
/// ```
///
/// # Panics
/// Panics if anything went wrong. The message shows each scenario that did, with its calls in order. Panics too if no sandbox
/// could be started, and outside a tokio runtime.
pub async fn assert_never_books_twice<B: AsyncFn(String) -> O, O: Into<Outcome>>(book: B) {
    let report = Scenarios::new().run(book).await;
    assert!(report.is_ok(), "no sandbox could be started: {report:?}");
    if let Ok(report) = report {
        report.assert_right();
    }
}

/// Everything that makes clients book twice, lose a booking or call too early, and how fast it happens.
///
/// A scenario is what the calls that book meet, one after another, such as `504 booked late, 429, taken`. After a slash comes what
/// the look-ups meet. Then calls succeed, but a slot that is `taken` stays taken. All scenarios run at the same time, each in a
/// sandbox of its own.
///
/// # How to run them fast
///
/// Give your function settings for tests. What they need in production they need here:
///
/// - A settling time that is longer than [`with_late`](Self::with_late), such as 1 s. The default of `Attempts` is 60 s.
/// - A longest wait that is no shorter than [`with_retry_after`](Self::with_retry_after). The default is long enough.
/// - One client for all scenarios, built outside the closure, with a timeout such as 3 s: some calls hang.
///
/// A short backoff, such as 50 to 200 ms, saves time and changes nothing else. Run a client that blocks in
/// `tokio::task::spawn_blocking`: otherwise the sandboxes cannot answer it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Scenarios {
    late: Duration,
    retry_after: Duration,
    time_limit: Duration,
}

impl Default for Scenarios {
    fn default() -> Self {
        Self::new()
    }
}

impl Scenarios {
    /// Returns all scenarios, with the usual settings.
    pub const fn new() -> Self {
        Self {
            late: Duration::from_millis(300),
            retry_after: Duration::from_secs(1),
            time_limit: Duration::from_secs(60),
        }
    }

    /// Sets how long after its call a booking lands that comes late. The default is 300 ms.
    pub const fn with_late(mut self, late: Duration) -> Self {
        self.late = late;
        self
    }

    /// Sets the `Retry-After` of 429 and 503, rounded up to whole seconds. The default is 1 s.
    pub const fn with_retry_after(mut self, retry_after: Duration) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// Sets how long the function may take in one scenario. The default is 60 s.
    pub const fn with_time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Runs a booking function through every scenario, and reports what it did. See [`assert_never_books_twice`] for
    /// what the function is given and returns.
    ///
    /// # Errors
    /// Returns an error if no sandbox could be started, for example because no port is free.
    ///
    /// # Panics
    /// Panics outside a tokio runtime, and if the function panics.
    pub async fn run<B: AsyncFn(String) -> O, O: Into<Outcome>>(self, book: B) -> io::Result<Report> {
        // in one task: the function need not be `Send`
        let trials: FuturesOrdered<_> = SCENARIOS.iter().map(|name| self.play(name, &book)).collect();
        Ok(Report { trials: trials.try_collect().await? })
    }

    async fn play<B: AsyncFn(String) -> O, O: Into<Outcome>>(
        &self,
        scenario: &'static str,
        book: &B,
    ) -> io::Result<Trial> {
        let settings = Sandbox::builder().with_late(self.late).with_retry_after(self.retry_after);
        let sandbox = settings.start().await?;
        let (writes, reads) = scenario.split_once(" / ").unwrap_or((scenario, ""));
        for provider in providers() {
            sandbox.script(provider.name(), acts(provider, writes)?);
            sandbox.script_reads(provider.name(), acts(provider, reads)?);
        }
        let outcome = timeout(self.time_limit, book(sandbox.url())).await;
        Ok(Trial { scenario, outcome: outcome.ok().map(O::into), ledger: sandbox.ledger() })
    }
}

fn acts(provider: &Provider, names: &str) -> io::Result<Vec<Act>> {
    let mut acts = Vec::new();
    for name in names.split(", ").filter(|name| !name.is_empty()) {
        if name == TAKEN {
            acts.extend([taken(provider); TIMES_TAKEN]);
        } else {
            acts.push(name.parse().map_err(io::Error::other)?);
        }
    }
    Ok(acts)
}

/// Returns the answer that says the slot is taken, and shows that nothing was booked.
fn taken(provider: &Provider) -> Act {
    let is_taken = |sample: &Sample| {
        let error = provider.decode(&sample.response());
        error.kind() == Kind::SlotUnavailable && error.effect() == Effect::NotApplied
    };
    provider
        .samples()
        .iter()
        .find(|sample| is_taken(sample))
        .map(|sample| Act::Answer(sample.name))
        .unwrap_or_default()
}
