//! What a sandbox keeps while it runs: bookings, calls and scripts, all bounded.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use booking_errors::Provider;
use form_urlencoded::parse;
use hyper::body::Bytes;
use hyper::{Method, Response, StatusCode, Uri};
use serde_json::Value;
use tokio::time::Instant;

use crate::act::Act;
use crate::ledger::{Booking, Call, Ledger};
use crate::shapes;

/// How many bookings are kept.
const BOOKINGS: usize = 10_000;
/// How many bytes of memory the bodies that are kept may take, roughly.
const BYTES: usize = 16 * 1024 * 1024;
/// How many calls are kept.
const CALLS: usize = 10_000;

/// The books. There is one for all providers, so that ids and calls are counted through.
pub(crate) struct Books {
    started: Instant,
    bookings: Vec<Booking>,
    bytes: usize,
    calls: VecDeque<Call>,
    count: u64,
    scripts: HashMap<(&'static str, Kind), VecDeque<Act>>,
}

/// Which calls a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Calls that only ask: GET, HEAD and OPTIONS.
    Read,
    /// All others.
    Write,
}

/// A call, and when it takes effect.
pub(crate) struct Request<'r> {
    pub(crate) provider: &'static Provider,
    pub(crate) method: &'r Method,
    pub(crate) uri: &'r Uri,
    /// The body, and its length in bytes; `None` if it is no JSON and no form.
    pub(crate) body: Option<(Value, usize)>,
    /// How long after now; `None` if never.
    pub(crate) takes_effect: Option<Duration>,
}

/// What a call came to.
pub(crate) struct Done {
    /// The provider's answer to the call, if nothing goes wrong on the way.
    pub(crate) response: Response<Bytes>,
    /// The id of the booking that it made, or will make.
    pub(crate) booking: Option<String>,
}

impl Books {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            bookings: Vec::new(),
            bytes: 0,
            calls: VecDeque::new(),
            count: 0,
            scripts: HashMap::new(),
        }
    }

    /// Carries a call out.
    pub(crate) fn carry_out(&mut self, request: Request<'_>) -> Done {
        let id = id_in(request.uri);
        match *request.method {
            Method::POST if id.is_none() => self.book(request),
            Method::DELETE => self.cancel(&request),
            Method::GET | Method::HEAD | Method::OPTIONS if id.is_none() => self.list(&request),
            _ => self.show(&request),
        }
    }

    /// Notes a call; its number and time are set here.
    pub(crate) fn note(&mut self, call: Call) {
        if self.calls.len() == CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back(Call { number: self.count + 1, at: self.started.elapsed(), ..call });
        self.count += 1;
    }

    /// Sets what the next calls to a provider meet.
    pub(crate) fn set_script(&mut self, provider: &'static str, kind: Kind, acts: VecDeque<Act>) {
        self.scripts.insert((provider, kind), acts);
    }

    /// Returns what the script has for this call.
    pub(crate) fn next_act(&mut self, provider: &'static str, kind: Kind) -> Act {
        let act = self.scripts.get_mut(&(provider, kind)).and_then(VecDeque::pop_front);
        act.unwrap_or_default()
    }

    pub(crate) fn clear_scripts(&mut self) {
        self.scripts.clear();
    }

    /// Forgets bookings and calls. Ids go on, so that nobody takes a new booking for an old one.
    pub(crate) fn clear(&mut self) {
        self.bookings.clear();
        self.calls.clear();
        self.bytes = 0;
    }

    pub(crate) fn ledger(&self) -> Ledger {
        let now = Instant::now();
        let bookings = self.bookings.iter().map(|booking| Booking { now, ..booking.clone() });
        Ledger { bookings: bookings.collect(), calls: self.calls.iter().cloned().collect() }
    }

    fn book(&mut self, request: Request<'_>) -> Done {
        let provider = request.provider;
        let Some((body, length)) = request.body else {
            return Done::refused(provider, StatusCode::BAD_REQUEST, "the body is not JSON");
        };
        let now = Instant::now();
        let call = self.count + 1;
        let booking = Booking {
            id: format!("booking-{call}").into(),
            provider: provider.name(),
            call,
            body: Arc::new(body),
            lands: now + request.takes_effect.unwrap_or_default(),
            cancelled: None,
            now,
        };
        let response = shapes::one(provider, shapes::created(provider), &booking);
        if request.takes_effect.is_none() {
            return Done::of(response);
        }
        let length = length + weight(booking.body());
        if self.bookings.len() >= BOOKINGS || self.bytes + length > BYTES {
            let message = "the sandbox's ledger is full: empty it with DELETE /_ledger";
            return Done::refused(provider, StatusCode::INSUFFICIENT_STORAGE, message);
        }
        let id = booking.id().to_owned();
        self.bytes += length;
        self.bookings.push(booking);
        Done { response, booking: Some(id) }
    }

    /// Cancels the bookings that the path or the query names.
    fn cancel(&mut self, request: &Request<'_>) -> Done {
        let now = Instant::now();
        let is_named = id_in(request.uri).is_some() || request.uri.query().is_some();
        let found = if is_named { self.found(request) } else { Vec::new() };
        let mut last = None;
        for index in found {
            let Some(booking) = self.bookings.get_mut(index) else { continue };
            if let Some(after) = request.takes_effect {
                booking.cancelled.get_or_insert(now + after);
            }
            last = Some(Booking { cancelled: Some(now), now, ..booking.clone() });
        }
        match last {
            Some(booking) => Done::of(shapes::one(request.provider, StatusCode::OK, &booking)),
            None => Done::refused(request.provider, StatusCode::NOT_FOUND, "no such booking"),
        }
    }

    fn list(&self, request: &Request<'_>) -> Done {
        let found = self.found(request);
        let bookings = found.iter().filter_map(|index| self.bookings.get(*index));
        Done::of(shapes::list(request.provider, bookings))
    }

    /// Shows the booking that the path names.
    fn show(&self, request: &Request<'_>) -> Done {
        let found = id_in(request.uri).and_then(|_| self.found(request).into_iter().next());
        match found.and_then(|index| self.bookings.get(index)) {
            Some(booking) => Done::of(shapes::one(request.provider, StatusCode::OK, booking)),
            None => Done::refused(request.provider, StatusCode::NOT_FOUND, "no such booking"),
        }
    }

    /// Returns the bookings that the path names, or else those that have all that the query names, as indices.
    fn found(&self, request: &Request<'_>) -> Vec<usize> {
        let id = id_in(request.uri);
        let query: Vec<_> = parse(request.uri.query().unwrap_or_default().as_bytes()).collect();
        let is_wanted = |booking: &Booking| match id {
            Some(id) => booking.id() == id,
            None => query.iter().all(|(name, value)| booking.is_match(name, value)),
        };
        let found = self.landed(request).filter(|(_, booking)| is_wanted(booking));
        found.map(|(index, _)| index).collect()
    }

    /// Returns the provider's bookings that have landed and are not cancelled, with their indices.
    fn landed(&self, request: &Request<'_>) -> impl Iterator<Item = (usize, &Booking)> {
        let (name, now) = (request.provider.name(), Instant::now());
        let is_there = move |booking: &Booking| {
            booking.provider == name
                && booking.lands <= now
                && booking.cancelled.is_none_or(|cancelled| cancelled > now)
        };
        self.bookings.iter().enumerate().filter(move |(_, booking)| is_there(booking))
    }
}

impl Done {
    fn of(response: Response<Bytes>) -> Self {
        Self { response, booking: None }
    }

    fn refused(provider: &Provider, status: StatusCode, message: &str) -> Self {
        Self::of(shapes::refusal(provider, status, message))
    }
}

impl Kind {
    pub(crate) fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD | Method::OPTIONS => Self::Read,
            _ => Self::Write,
        }
    }
}

/// Returns the part of the path that is a booking's id.
fn id_in(uri: &Uri) -> Option<&str> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    uri.path().split('/').find(|part| part.strip_prefix("booking-").is_some_and(is_number))
}

/// Returns how many bytes the values of a body take in memory beyond their texts, roughly.
fn weight(value: &Value) -> usize {
    const VALUE: usize = 64;
    const OBJECT: usize = 640;
    match value {
        Value::Array(items) => VALUE + items.iter().map(weight).sum::<usize>(),
        Value::Object(members) => OBJECT + members.values().map(weight).sum::<usize>(),
        _ => VALUE,
    }
}
