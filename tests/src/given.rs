//! Responses as the rows of a table.

use std::fmt::{self, Display, Formatter};

use booking_errors::{
    Effect, Kind, Provider, ProviderError, RawResponse, fluentbooking, guesty, providers, wix,
};

/// A response of a provider.
#[derive(Clone)]
pub struct Given {
    pub provider: &'static Provider,
    pub status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Given {
    /// A response without headers. A body is text, or JSON.
    pub fn new(provider: &'static Provider, status: u16, body: impl Display) -> Self {
        Self { provider, status, headers: Vec::new(), body: body.to_string().into_bytes() }
    }

    /// The same response of every provider.
    pub fn of_each(status: u16, body: impl Display) -> Vec<Self> {
        providers().iter().map(|provider| Self::new(provider, status, &body)).collect()
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Replaces the body by bytes that are no text.
    #[must_use]
    pub fn bytes(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub fn response(&self) -> RawResponse<'_> {
        RawResponse::new(self.status, &self.body).headers(&self.headers)
    }

    /// The error; `None` if the response is a clean success.
    pub fn checked(&self) -> Option<Box<dyn ProviderError>> {
        self.provider.check(&self.response()).err()
    }

    /// The error; panics if the response is a clean success.
    pub fn error(&self) -> Box<dyn ProviderError> {
        self.checked().unwrap_or_else(|| panic!("a success: {self}"))
    }

    pub fn effect(&self) -> Effect {
        self.error().effect()
    }

    pub fn kind(&self) -> Kind {
        self.error().kind()
    }
}

impl Display for Given {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { provider, status, headers, body } = self;
        write!(f, "{} {status} {headers:?} {}", provider.name(), String::from_utf8_lossy(body))
    }
}

/// A response of Wix.
pub fn wix(status: u16, body: impl Display) -> Given {
    Given::new(&wix::PROVIDER, status, body)
}

/// A response of FluentBooking.
pub fn fluentbooking(status: u16, body: impl Display) -> Given {
    Given::new(&fluentbooking::PROVIDER, status, body)
}

/// A response of Guesty.
pub fn guesty(status: u16, body: impl Display) -> Given {
    Given::new(&guesty::PROVIDER, status, body)
}

/// A response, what it must be told as, and the reason in the specification.
pub type Row<Expected> = (Given, Expected, &'static str);

/// Checks the effect of each row.
pub fn check_effects(rows: &[Row<Effect>]) {
    for (given, effect, why) in rows {
        assert_eq!(given.effect(), *effect, "{why}: {given}");
    }
}

/// Checks the kind and the effect of each row.
pub fn check_kinds_and_effects(rows: &[Row<(Kind, Effect)>]) {
    for (given, expected, why) in rows {
        assert_eq!((given.kind(), given.effect()), *expected, "{why}: {given}");
    }
}
