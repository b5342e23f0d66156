//! Three providers in this process, on loopback. They have a clock of their own, keep their books, and fail as they are told.

use std::collections::{HashMap, VecDeque};
use std::future::ready;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::service::{Sleep, Wish};

const EXPIRED: &str = "COUPON_EXPIRATION_DATE_EXCEEDED";

/// What goes wrong with one call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// A gateway gives up waiting, and so much later the booking is made, or never.
    GatewayTimeout(Option<Duration>),
    /// The connection closes without an answer.
    Closed(Before),
    /// The server fails, and shows a page.
    ErrorPage(Before),
    /// The booking is made, and its answer breaks off.
    CutAnswer,
    /// Too many calls: nothing is done, and these seconds must pass first.
    RateLimited(u64),
    /// Somebody else has the slot.
    Taken,
    /// FluentBooking does not accept the email address.
    WrongEmail,
    /// The coupon has expired, and the answer does not say whether the booking was made all the same.
    Coupon(Before),
    /// The booking is made without the coupon, and the answer says so.
    CouponIgnored,
}

/// What was done before it went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    Nothing,
    Booked,
}

/// A booking, and when it is made on the fakes' clock.
#[derive(Clone, Debug)]
pub struct Entry {
    pub slot: String,
    pub at: Duration,
}

/// What the fakes know of one reference.
#[derive(Debug, Default)]
pub struct Record {
    pub bookings: Vec<Entry>,
    /// What goes wrong with calls that book, in this order.
    pub creating: VecDeque<Fault>,
    /// What goes wrong with look-ups.
    pub looking: VecDeque<Fault>,
}

#[derive(Debug, Default)]
pub struct Books {
    pub now: Duration,
    pub records: HashMap<String, Record>,
}

/// The providers. Their clock moves only when somebody sleeps by it.
#[derive(Clone, Default)]
pub struct Fakes(Arc<Mutex<Books>>);

impl Fakes {
    /// Opens the providers, and returns their address.
    pub async fn open(&self) -> io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let fakes = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(fakes.clone().serve(stream));
            }
        });
        Ok(format!("http://{address}"))
    }

    /// Plans what goes wrong with the booking of this reference, and returns the time.
    pub fn plan(&self, reference: &str, creating: Vec<Fault>, looking: Vec<Fault>) -> Duration {
        let mut books = self.books();
        let record = Record { creating: creating.into(), looking: looking.into(), ..Record::default() };
        books.records.insert(reference.to_owned(), record);
        books.now
    }

    /// Moves the clock instead of waiting.
    pub fn sleep(&self, wait: Duration) -> Sleep {
        self.books().now += wait;
        Box::pin(ready(()))
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers one call, or closes the connection.
    async fn serve(self, mut stream: TcpStream) -> io::Result<()> {
        let (head, body) = read(&mut stream).await?;
        let path = head.split(' ').nth(1).unwrap_or_default();
        let answer = match serde_json::from_slice(&body) {
            Ok(wish) => self.books().create(&wish),
            Err(_) => {
                let (provider, reference) = path.split_once("?reference=").unwrap_or_default();
                self.books().look_up(provider.trim_start_matches('/'), reference)
            }
        };
        stream.write_all(answer.unwrap_or_default().as_bytes()).await?;
        stream.shutdown().await
    }
}

impl Books {
    fn create(&mut self, wish: &Wish) -> Option<String> {
        let now = self.now;
        let record = self.records.entry(wish.reference.clone()).or_default();
        if record.bookings.iter().any(|booking| booking.slot == wish.slot && booking.at <= now) {
            return taken(&wish.provider); // by the guest's own booking
        }
        let has_coupon = wish.provider == "guesty" && wish.coupon.is_some();
        let fault = match record.creating.pop_front() {
            // there is no coupon that could be refused
            Some(Fault::Coupon(_) | Fault::CouponIgnored) if !has_coupon => None,
            fault => fault,
        };
        let books_at = match fault {
            None | Some(Fault::CutAnswer | Fault::CouponIgnored) => Some(now),
            Some(Fault::Closed(before) | Fault::ErrorPage(before) | Fault::Coupon(before)) => {
                (before == Before::Booked).then_some(now)
            }
            Some(Fault::GatewayTimeout(late)) => late.map(|late| now + late),
            Some(Fault::RateLimited(_) | Fault::Taken | Fault::WrongEmail) => None,
        };
        record.bookings.extend(books_at.map(|at| Entry { slot: wish.slot.clone(), at }));
        let booking = json!({"slot": wish.slot});
        let answer = if wish.provider == "guesty" { booking } else { json!({"booking": booking}) };
        fail(fault, &wish.provider).unwrap_or_else(|| json_answer(201, answer))
    }

    fn look_up(&mut self, provider: &str, reference: &str) -> Option<String> {
        let now = self.now;
        let record = self.records.entry(reference.to_owned()).or_default();
        let found = record.bookings.iter().filter(|booking| booking.at <= now);
        let bookings: Vec<_> = found.map(|booking| json!({"slot": booking.slot})).collect();
        let list = if provider == "guesty" { "results" } else { "bookings" };
        fail(record.looking.pop_front(), provider)
            .unwrap_or_else(|| json_answer(200, json!({list: bookings})))
    }
}

/// Returns the answer to a call that fails, which may be none; `None` if nothing goes wrong.
fn fail(fault: Option<Fault>, provider: &str) -> Option<Option<String>> {
    Some(match fault? {
        Fault::GatewayTimeout(_) => answer(504, "", "<html><h1>504 Gateway Time-out</h1></html>", 0),
        Fault::Closed(_) => None,
        Fault::ErrorPage(_) => answer(500, "", "<html><h1>There has been a critical error</h1></html>", 0),
        Fault::CutAnswer => answer(201, "", "{", 40),
        Fault::RateLimited(seconds) => answer(429, &format!("retry-after: {seconds}\r\n"), "", 0),
        Fault::Taken => taken(provider),
        Fault::WrongEmail => {
            let errors = json!({"email": {"email": "Please provide a valid email address"}});
            json_answer(422, json!({"message": "Please fill up the required data", "errors": errors}))
        }
        Fault::Coupon(_) => {
            let data = json!({"errors": [EXPIRED]});
            json_answer(
                400,
                json!({"error_code": "CREATE_RESERVATION_ERROR", "message": "Failed", "data": data}),
            )
        }
        Fault::CouponIgnored => {
            json_answer(201, json!({"_id": "5d6e7a7e", "status": "confirmed", "errors": [EXPIRED]}))
        }
    })
}

fn taken(provider: &str) -> Option<String> {
    match provider {
        "wix" => json_answer(428, json!({"details": {"applicationError": {"code": "SLOT_NOT_AVAILABLE"}}})),
        "fluentbooking" => json_answer(422, json!({"code": "slot_no_longer_available"})),
        _ => json_answer(400, json!({"error_code": "LISTING_CALENDAR_BLOCKED"})),
    }
}

fn json_answer(status: u16, body: Value) -> Option<String> {
    answer(status, "content-type: application/json\r\n", &body.to_string(), 0)
}

/// Returns a response of whose body so many bytes are missing.
fn answer(status: u16, headers: &str, body: &str, missing: usize) -> Option<String> {
    let length = body.len() + missing;
    Some(format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    ))
}

/// Reads a request: its head, and its body if it has one.
async fn read(stream: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    Ok((head, body))
}
