use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::act::Act;

/// What a sandbox was asked to do, and what it booked: a snapshot.
///
/// `Display` shows the calls in order, one a line.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub(crate) bookings: Vec<Booking>,
    pub(crate) calls: Vec<Call>,
}

/// A booking that a sandbox made, or will make.
#[derive(Clone, Debug)]
pub struct Booking {
    pub(crate) id: Arc<str>,
    pub(crate) provider: &'static str,
    pub(crate) call: u64,
    pub(crate) body: Arc<Value>,
    pub(crate) lands: Instant,
    pub(crate) cancelled: Option<Instant>,
    /// When its state is asked for.
    pub(crate) now: Instant,
}

/// A call to a provider of a sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Call {
    /// Its number, counted from the start of the sandbox; the first is 1.
    pub number: u64,
    /// When it came, counted from the start of the sandbox.
    pub at: Duration,
    /// The provider's name.
    pub provider: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The path and the query, cut after 500 characters.
    pub path: String,
    /// What the sandbox did.
    pub act: Act,
    /// The status that the client was sent; `None` if it got no answer.
    pub status: Option<u16>,
    /// The `Retry-After` that the client was sent.
    pub retry_after: Option<Duration>,
    /// The id of the booking that the call made, or will make.
    pub booking: Option<String>,
}

impl Ledger {
    /// Returns the bookings in the order of their calls, pending and cancelled ones included.
    pub fn bookings(&self) -> &[Booking] {
        &self.bookings
    }

    /// Returns the calls in order. The last 10,000 are kept.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// Returns what was booked more than once: the bookings of one provider with the same body that are not cancelled.
    pub fn twice(&self) -> Vec<Vec<&Booking>> {
        self.groups(|booking| Some(canonical(&booking.body)))
    }

    /// Returns what was booked more than once, judged by one member of the body, such as a reference of yours. It is looked for
    /// at any depth.
    pub fn twice_by(&self, member: &str) -> Vec<Vec<&Booking>> {
        self.groups(|booking| find(&booking.body, member).map(canonical))
    }

    /// Checks that there is one booking, no more and no less. Pending ones count; cancelled ones do not.
    ///
    /// # Panics
    /// Panics if there are none or several. The message shows the calls in order.
    #[track_caller]
    pub fn assert_booked_once(&self) {
        let count = self.bookings.iter().filter(|booking| !booking.is_cancelled()).count();
        assert!(count == 1, "booked {count} times instead of once:\n{self}");
    }

    /// Returns the ledger as the sandbox prints it, with what was booked twice, judged by this member or the whole body.
    pub(crate) fn to_json(&self, member: Option<&str>) -> Value {
        let twice = member.map_or_else(|| self.twice(), |member| self.twice_by(member));
        json!({
            "bookings": self.bookings.iter().map(Booking::to_json).collect::<Vec<_>>(),
            "twice": twice.iter().map(|group| group.iter().map(|booking| booking.id()).collect()).collect::<Vec<Vec<_>>>(),
            "calls": self.calls.iter().map(Call::to_json).collect::<Vec<_>>(),
        })
    }

    /// Returns the bookings that have the same key, where there are several.
    fn groups(&self, key: impl Fn(&Booking) -> Option<String>) -> Vec<Vec<&Booking>> {
        let mut groups = BTreeMap::<_, Vec<_>>::new();
        for booking in self.bookings.iter().filter(|booking| !booking.is_cancelled()) {
            if let Some(key) = key(booking) {
                groups.entry((booking.provider, key)).or_default().push(booking);
            }
        }
        let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
        groups.sort_by_key(|group| group.first().map(|booking| booking.call));
        groups
    }
}

impl Display for Ledger {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.calls.is_empty() {
            return f.write_str("  no call came\n");
        }
        self.calls.iter().try_for_each(|call| writeln!(f, "  {call}"))
    }
}

impl Booking {
    /// Returns the id that the provider's answer gives it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the provider's name.
    pub fn provider(&self) -> &'static str {
        self.provider
    }

    /// Returns the number of the call that made it.
    pub fn call(&self) -> u64 {
        self.call
    }

    /// Returns the body of that call. A form is an object of texts.
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// Returns whether it has yet to land: no look-up finds it so far.
    pub fn is_pending(&self) -> bool {
        self.lands > self.now && !self.is_cancelled()
    }

    /// Returns whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.is_some_and(|cancelled| cancelled <= self.now)
    }

    fn to_json(&self) -> Value {
        let state = match () {
            () if self.is_cancelled() => "cancelled",
            () if self.is_pending() => "pending",
            () => "booked",
        };
        json!({"id": self.id(), "provider": self.provider, "call": self.call, "state": state, "body": *self.body})
    }

    /// Returns whether its body has a member of this name and value, at any depth, or it has this `id`.
    pub(crate) fn is_match(&self, name: &str, value: &str) -> bool {
        (name == "id" && *self.id == *value) || has(&self.body, name, value)
    }
}

impl Call {
    fn to_json(&self) -> Value {
        json!({
            "call": self.number,
            "at": self.at.as_secs_f64(),
            "provider": self.provider,
            "method": self.method,
            "path": self.path,
            "act": self.act.to_string(),
            "status": self.status,
            "retry_after": self.retry_after.map(|wait| wait.as_secs()),
            "booking": self.booking,
        })
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { number, at, method, path, act, .. } = self;
        write!(f, "{number}. at {:.3} s: {method} {}: {act}: ", at.as_secs_f64(), path)?;
        match self.status {
            Some(status) => write!(f, "answered {status}")?,
            None => f.write_str("no answer")?,
        }
        match &self.booking {
            Some(id) => write!(f, ", booked as {id}"),
            None => Ok(()),
        }
    }
}

/// Returns the first member of this name, at any depth.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => {
            members.get(name).or_else(|| members.values().find_map(|value| find(value, name)))
        }
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}

/// Returns whether a member of this name has this value, at any depth.
fn has(value: &Value, name: &str, wanted: &str) -> bool {
    let is_wanted = |value: &Value| match value {
        Value::String(text) => text == wanted,
        Value::Number(number) => number.to_string() == wanted,
        Value::Bool(is_true) => is_true.to_string() == wanted,
        _ => false,
    };
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(member, value)| (member == name && is_wanted(value)) || has(value, name, wanted)),
        Value::Array(items) => items.iter().any(|item| has(item, name, wanted)),
        _ => false,
    }
}

/// Returns the same text for equal values: another part of the program may have made `serde_json` keep the order of members.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> =
                members.iter().map(|(name, value)| (json!(name).to_string(), canonical(value))).collect();
            let members: Vec<_> = sorted.iter().map(|(name, value)| format!("{name}:{value}")).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        _ => value.to_string(),
    }
}
