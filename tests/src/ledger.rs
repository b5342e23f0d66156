//! A provider that fails as told and counts what it books.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::server::{Answer, Server};

/// What the provider does with one call.
#[derive(Clone, Debug)]
pub enum Act {
    /// Books, and answers like this: the guest has a booking, whatever the answer says.
    Book(Answer),
    /// Answers like this, and books nothing.
    Refuse(Answer),
}

/// The provider. After the calls that it was told about it books each one.
pub struct Ledger {
    bookings: Arc<AtomicUsize>,
    create: Server,
    find: Server,
}

impl Ledger {
    /// Starts a provider that does this with its first calls.
    pub async fn start(acts: &[Act]) -> Self {
        let (bookings, acts) = (Arc::new(AtomicUsize::new(0)), acts.to_vec());
        let create = Server::start({
            let bookings = bookings.clone();
            move |call| match acts.get(call).cloned().unwrap_or(Act::Book(Answer::new(
                201,
                &[],
                r#"{"id":"17"}"#,
            ))) {
                Act::Book(answer) => {
                    bookings.fetch_add(1, Ordering::SeqCst);
                    answer
                }
                Act::Refuse(answer) => answer,
            }
        });
        let find = Server::start({
            let bookings = bookings.clone();
            move |_| match bookings.load(Ordering::SeqCst) {
                0 => Answer::new(200, &[], "null"),
                _ => Answer::new(200, &[], r#"{"id":"17"}"#),
            }
        });
        Self { bookings, create: create.await, find: find.await }
    }

    /// The address that books.
    pub fn create_url(&self) -> String {
        self.create.url()
    }

    /// The address that answers with the booking, or null.
    pub fn find_url(&self) -> String {
        self.find.url()
    }

    /// How often something was booked.
    pub fn bookings(&self) -> usize {
        self.bookings.load(Ordering::SeqCst)
    }

    /// How often a booking was asked for.
    pub fn calls(&self) -> usize {
        self.create.calls()
    }

    /// How often a booking was looked for.
    pub fn looks(&self) -> usize {
        self.find.calls()
    }
}
