//! A provider in a box: a server on loopback that keeps books, answers any error on demand, and fails as told.
//!
//! Nobody can make a provider answer 504 after it booked. So nobody tests that path, and it is the one that books twice. A
//! [`Sandbox`] takes it on demand, and its [`Ledger`] says what was booked:
//!
//! ```toml
//! [dev-dependencies]
//! booking-errors-sandbox = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```
//! use booking_errors_sandbox::Sandbox;
//!
//! # async fn book(_url: &str) {}
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let sandbox = Sandbox::start().await?;
//! sandbox.script("wix", ["504 after booking".parse().unwrap(), "rate limit".parse().unwrap()]);
//! book(&sandbox.url_of("wix")).await; // your own code, with its retries
//! let ledger = sandbox.ledger();
//! println!("{ledger}"); // the calls in order
//! # let failed = std::panic::catch_unwind(|| {
//! ledger.assert_booked_once();
//! # });
//! # assert!(failed.is_err());
//! # Ok(())
//! # }
//! ```
//!
//! [`assert_never_books_twice`] runs your own booking function through everything that makes clients book twice.
//!
//! # Calls to a provider
//!
//! Under `/wix`, `/fluentbooking` and `/guesty` every path is answered in that provider's shapes. The sandbox behaves like the
//! provider where errors are concerned, and no further: there are no slots, prices or rules.
//!
//! | call | what the sandbox does |
//! | --- | --- |
//! | `POST` | books the body, any JSON or a form, and answers with the booking and its id, such as `booking-17` |
//! | `GET` | lists what was booked; `?reference=17` only what has a member `reference` with this value, at any depth |
//! | `DELETE` | cancels the booking whose id is in the path, or those that the query names |
//! | any other, or a `GET` or `POST` with an id in the path | answers with that booking and changes nothing |
//!
//! A query may name several members, or `id`. A member that a body lacks matches nothing.
//!
//! # What goes wrong
//!
//! An [`Act`] says what happens to a call. Its name comes from the first of these that has one:
//!
//! 1. the header `Prefer: code=SLOT_NOT_AVAILABLE`;
//! 2. a text anywhere in the body, which is a code or a situation of the provider, or a fault named in two words or more: like
//!    the test cards of payment providers, this works from a form in a browser;
//! 3. the script: [`Sandbox::script`] for calls that may change something, [`Sandbox::script_reads`] for look-ups, or over HTTP
//!    `POST /_script` with `{"provider": "wix", "acts": ["rate limit", "ok"]}`. `"reads": true` makes it one for look-ups, and
//!    a bare list is a script of its own for each provider.
//!
//! Codes and situations answer with the provider's [`Sample`](booking_errors::Sample), byte for byte. A sample books only if it
//! says so, such as a reservation that was made without its coupon. Faults are those of [`Breakage`], each with a [`Moment`]:
//! `504 before booking`, `504 after booking`, `504 booked late`. `GET /_acts` lists all names.
//!
//! # The ledger
//!
//! `GET /_ledger` prints it as JSON: bookings, calls, and under `twice` the ids of what was booked more than once.
//! `?twice_by=reference` compares this member instead of the whole body. `DELETE /_ledger` empties it, and `DELETE /_script`
//! ends all scripts.
//!
//! # Limits
//!
//! It listens on 127.0.0.1 unless you choose another address. It keeps 10,000 bookings, whose bodies take about 16 MiB of memory, then it
//! refuses to book (507). It keeps the last 10,000 calls, reads bodies of up to 256 KiB and heads of about 64 KiB, waits 30
//! seconds for each, and serves 16,384 connections at once. Each open connection costs one of the process's file descriptors.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod act;
mod asked;
mod books;
mod fault;
mod faults;
mod ledger;
pub mod page;
mod report;
mod routes;
mod samples;
mod sandbox;
mod scenarios;
mod script;
mod server;
mod shapes;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use crate::act::{Act, UnknownAct};
pub use crate::fault::{Breakage, Fault, Moment};
pub use crate::ledger::{Booking, Call, Ledger};
pub use crate::report::{Mistake, Outcome, Report, Trial};
pub use crate::sandbox::{Builder, Sandbox};
pub use crate::scenarios::{Scenarios, assert_never_books_twice};
pub use crate::shapes::booked;

/// Locks, even if a thread panicked while it held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
