//! A response to be decoded twice.

use std::fmt::{self, Display, Formatter};
use std::time::{Duration, UNIX_EPOCH};

use booking_errors::{Provider, RawResponse};
use booking_errors_tests::Fixture;

/// When every response was received: half a second after 2026-10-21 07:28, so that rounding up shows.
pub const RECEIVED: Duration = Duration::from_millis(1_792_567_680_500);

#[derive(Clone, Debug)]
pub struct Case {
    pub provider: &'static Provider,
    pub status: u16,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Case {
    pub fn of(fixture: &Fixture) -> Self {
        let owned = |(name, value): &(String, String)| (name.clone(), value.clone().into_bytes());
        Self {
            provider: fixture.provider,
            status: fixture.status,
            headers: fixture.headers.iter().map(owned).collect(),
            body: fixture.body.clone(),
        }
    }

    pub fn response(&self) -> RawResponse<'_> {
        let response = RawResponse::new(self.status, &self.body).headers(&self.headers);
        response.with_received_at(UNIX_EPOCH + RECEIVED)
    }
}

/// As `curl -i` prints it; bytes that are no text as escapes.
impl Display for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "HTTP/1.1 {}", self.status)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {}", shown(value))?;
        }
        write!(f, "\n{}", shown(&self.body))
    }
}

fn shown(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(|c: char| c.is_control() && c != '\n') => text.to_owned(),
        _ => format!("b\"{}\"", bytes.escape_ascii()),
    }
}
