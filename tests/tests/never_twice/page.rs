//! The page that compares the clients.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use booking_errors::provider;
use booking_errors_sandbox::{Outcome, Report, Scenarios, Trial};

use crate::clients::{naive_loop, ours, quick, reqwest_retry};

const HEAD: &str = "\
# Never twice

How many bookings three clients make when they are asked for one, and something goes wrong. `scripts/never-twice` writes this page.
It runs each client through the scenarios of `booking-errors-sandbox`, and counts the bookings in the ledger at the end. Bold is
wrong: one booking too many, or an answer to the guest that is not true.

| what the calls meet | naive loop | reqwest-retry | ours |
| --- | --- | --- | --- |
";

const FOOT: &str = "
Each line is what the calls that book meet, one after another; then calls succeed. After a slash comes what the look-ups meet. A
booking that is `booked late` lands after the client saw the error. `taken` is the provider's error for a slot that is gone,
perhaps to the guest's own booking.

- **naive loop** sends the call up to four times, until it gets a success or a refusal (4xx other than 429).
- **reqwest-retry** is the middleware `RetryTransientMiddleware` with three retries and its own choice of what to send again. Only its
  waits are shortened, which changes no number.
- **ours** is `Attempts::of_write().run(create, look_up, sleep)`, with a client of `booking_errors::reqwest::client_builder()`.

[`clients.rs`](../tests/tests/never_twice/clients.rs) has all three. The table leaves out one mistake, because it depends on time: calls
that are sent before the `Retry-After` of an earlier answer has passed. The sandbox reports it too.

## Test your own function

```toml
[dev-dependencies]
booking-errors-sandbox = \"0.1\"
tokio = { version = \"1\", features = [\"macros\", \"rt\"] }
```

```rust,ignore
#[tokio::test]
async fn never_books_twice() {
    booking_errors_sandbox::assert_never_books_twice(async |base_url| {
        // returns a `Result` with an error of this library, or an `Outcome`
        book(&format!(\"{base_url}/wix\"), settings_for_tests()).await
    })
    .await;
}
```

With these settings it takes seconds:

- `Attempts` with a settling time of 1 s, and a backoff of 50 to 200 ms. Bookings land up to 300 ms late, and `Retry-After` says 1 s.
- A client with a timeout of 3 s.

`Scenarios` changes how late bookings land and what `Retry-After` says, and returns a report instead of panicking.
";

#[tokio::test]
async fn the_page_is_up_to_date() {
    let wix = provider("wix").unwrap();
    let reports = tokio::join!(
        Scenarios::new().run(async |url| naive_loop(&format!("{url}/wix/bookings")).await),
        Scenarios::new().run(async |url| reqwest_retry(&format!("{url}/wix/bookings")).await),
        Scenarios::new().run(async |url| ours(wix, &format!("{url}/wix/bookings"), quick()).await),
    );
    let page =
        format!("{HEAD}{}{FOOT}", table(&[reports.0.unwrap(), reports.1.unwrap(), reports.2.unwrap()]));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/never-twice.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == page,
        "docs/never-twice.md is out of date: run scripts/never-twice. It should be:\n{page}"
    );
}

fn table(reports: &[Report; 3]) -> String {
    let mut table = String::new();
    for (index, trial) in reports[0].trials().iter().enumerate() {
        let cells = reports.each_ref().map(|report| cell(&report.trials()[index]));
        writeln!(table, "| {} | {} |", trial.scenario(), cells.join(" | ")).unwrap();
    }
    let wrong = reports.each_ref().map(|report| {
        let cells = report.trials().iter().map(cell);
        format!("{} of {}", cells.filter(|cell| cell.contains("**")).count(), report.trials().len())
    });
    writeln!(table, "| **wrong** | {} |", wrong.join(" | ")).unwrap();
    table
}

/// Returns what of a trial does not depend on time: calls that come too early are left out.
fn cell(trial: &Trial) -> String {
    let bookings = trial.bookings();
    let made = if bookings > 1 { format!("**{bookings}**") } else { bookings.to_string() };
    match trial.outcome() {
        Some(Outcome::Booked) if bookings == 0 => format!("{made}, **says booked**"),
        Some(Outcome::NotBooked) if bookings > 0 => format!("{made}, **says not booked**"),
        Some(Outcome::InDoubt) => format!("{made}, says perhaps"),
        Some(Outcome::Booked | Outcome::NotBooked) => made,
        None => format!("{made}, **has no end**"),
    }
}
