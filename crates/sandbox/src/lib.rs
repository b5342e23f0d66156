//! A provider in a box: a server on loopback that keeps books, answers any error on demand, and fails as told.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod act;
mod books;
mod fault;
mod faults;
mod ledger;
mod prefer;
mod routes;
mod samples;
mod sandbox;
mod server;
mod shapes;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use crate::act::{Act, UnknownAct};
pub use crate::fault::{Breakage, Fault, Moment};
pub use crate::ledger::{Booking, Call, Ledger};
pub use crate::sandbox::{Builder, Sandbox};

/// Locks, even if a test panicked while it held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
