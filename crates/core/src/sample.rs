use std::fmt::{self, Display, Formatter};

use serde_json::Value;

use crate::{CodeInfo, Kind, RawResponse};

/// A failed response as a provider sends it, for your own tests. With the feature `samples`,
/// `Provider::samples` returns a provider's.
///
/// `Display` writes the text that `curl -i` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sample {
    /// What the sample shows: a code, or a situation in a few words.
    pub name: &'static str,
    /// Whether the name is a code.
    pub is_code: bool,
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

impl Sample {
    /// Returns a response with a code. Its status is one that the code is known to come with, if possible one that fits
    /// the kind.
    pub fn of_code(info: &CodeInfo, body: &Value) -> Self {
        let fits = |status: &&u16| Kind::from_status(**status) == info.kind;
        let status = info.statuses.iter().find(fits).or(info.statuses.first());
        Self { is_code: true, ..Self::json(info.code, status.copied().unwrap_or(status_of(info.kind)), body) }
    }

    /// Returns the response of a situation without a code.
    pub fn new(name: &'static str, status: u16, body: impl Into<String>) -> Self {
        Self { name, is_code: false, status, headers: Vec::new(), body: body.into() }
    }

    /// Returns the response of a situation without a code, with a JSON body.
    pub fn json(name: &'static str, status: u16, body: &Value) -> Self {
        Self::new(name, status, body.to_string()).with_header("content-type", JSON)
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Returns the response, ready to decode.
    pub fn response(&self) -> RawResponse<'_> {
        let response = RawResponse::new(self.status, self.body.as_bytes());
        self.headers.iter().fold(response, |response, (name, value)| response.header(name, value))
    }
}

impl Display for Sample {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP/1.1 {}\r\n", self.status)?;
        for (name, value) in &self.headers {
            write!(f, "{name}: {value}\r\n")?;
        }
        write!(f, "\r\n{}", self.body)
    }
}

const JSON: &str = "application/json; charset=utf-8";

/// Returns what every provider, or a gateway in front of it, sends without a code.
#[cfg(feature = "samples")]
pub(crate) fn situations() -> Vec<Sample> {
    let html = |text: &str| {
        format!("<html>\r\n<head><title>{text}</title></head>\r\n<body>{text}</body>\r\n</html>\r\n")
    };
    let page =
        |name, status, text| Sample::new(name, status, html(text)).with_header("content-type", "text/html");
    vec![
        Sample::new("nothing but 401", 401, ""),
        Sample::new("nothing but 403", 403, ""),
        Sample::new("rate limit", 429, "Too Many Requests").with_header("retry-after", "37"),
        page("bad gateway", 502, "502 Bad Gateway"),
        page("service unavailable", 503, "503 Service Unavailable").with_header("retry-after", "600"),
        page("gateway timeout", 504, "504 Gateway Time-out"),
    ]
}

/// Returns a status that a kind may come with.
fn status_of(kind: Kind) -> u16 {
    match kind {
        Kind::Unauthenticated => 401,
        Kind::PaymentRequired => 402,
        Kind::PermissionDenied => 403,
        Kind::NotFound => 404,
        Kind::Conflict => 409,
        Kind::InvalidState => 428,
        Kind::RateLimited => 429,
        Kind::ProviderFault | Kind::Unknown => 500,
        Kind::Unavailable => 503,
        Kind::InvalidRequest
        | Kind::SlotUnavailable
        | Kind::PolicyViolation
        | Kind::Disabled
        | Kind::CouponRejected => 400,
    }
}
