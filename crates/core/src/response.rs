use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::time::{Duration, SystemTime};

use crate::rate_limit::{Limit, RESETS};
use crate::text::first_of_list;

/// The headers of gateways and proxies with a request id, in the order in which they count.
const REQUEST_IDS: [&str; 4] = ["x-request-id", "x-correlation-id", "cf-ray", "x-amz-cf-id"];

/// The methods of calls that change nothing.
const READS: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// The headers of a response, looked up by name.
///
/// Implemented for slices, arrays and vectors of pairs.
pub trait Headers {
    /// Returns the value of the first header with this name. Callers pass the name in lower case; it matches any case.
    fn header_value(&self, name: &str) -> Option<&[u8]>;
}

impl<H: Headers + ?Sized> Headers for &H {
    fn header_value(&self, name: &str) -> Option<&[u8]> {
        H::header_value(self, name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for [(N, V)] {
    fn header_value(&self, name: &str) -> Option<&[u8]> {
        let pair = self.iter().find(|(key, _)| key.as_ref().eq_ignore_ascii_case(name));
        pair.map(|(_, value)| value.as_ref())
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, const LENGTH: usize> Headers for [(N, V); LENGTH] {
    fn header_value(&self, name: &str) -> Option<&[u8]> {
        self.as_slice().header_value(name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for Vec<(N, V)> {
    fn header_value(&self, name: &str) -> Option<&[u8]> {
        self.as_slice().header_value(name)
    }
}

/// A response as it was received: status, headers and body, all of them borrowed. A future that keeps one across an
/// `.await` is `Send`.
///
/// ```
/// use booking_errors::RawResponse;
///
/// let response = RawResponse::new(429, b"Too Many Requests").header("Retry-After", "37");
/// assert_eq!(response.retry_after().unwrap().as_secs(), 37);
///
/// // or all headers at once: a slice by another `&`
/// let headers = [("content-type", "text/plain"), ("retry-after", "37")];
/// let response = RawResponse::new(429, b"Too Many Requests").headers(&headers);
/// assert_eq!(response.retry_after().unwrap().as_secs(), 37);
/// ```
#[derive(Clone)]
pub struct RawResponse<'a> {
    status: u16,
    body: &'a [u8],
    pairs: Vec<(&'a str, &'a [u8])>,
    headers: Option<&'a (dyn Headers + Sync)>,
    received_at: Option<SystemTime>,
    is_read: bool,
}

impl<'a> RawResponse<'a> {
    /// Returns a response without headers. Any status and any bytes are accepted.
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, body, pairs: Vec::new(), headers: None, received_at: None, is_read: false }
    }

    /// Adds one header.
    #[must_use]
    pub fn header<V: AsRef<[u8]> + ?Sized>(mut self, name: &'a str, value: &'a V) -> Self {
        self.pairs.push((name, value.as_ref()));
        self
    }

    /// Sets where headers are looked up, after those that were added one by one.
    #[must_use]
    pub fn headers(mut self, headers: &'a (dyn Headers + Sync)) -> Self {
        self.headers = Some(headers);
        self
    }

    /// Sets when the response was received, if that is known. A date in `Retry-After` or a rate limit header counts from the response's
    /// `Date`; without one from this time; and without either from the moment you ask for the delay.
    #[must_use]
    pub fn with_received_at(mut self, time: impl Into<Option<SystemTime>>) -> Self {
        self.received_at = time.into();
        self
    }

    /// Sets the method of the call that was answered, in any case of its letters. With `GET`, `HEAD` and `OPTIONS`
    /// nothing was carried out ([RFC 9110]), so the effect of the error is [`NotApplied`](crate::Effect::NotApplied),
    /// whatever else the answer says. Any other method changes nothing, and the kind stays the same.
    ///
    /// Pass the method that you sent: a redirect may have turned a `POST` into a `GET`.
    ///
    /// ```
    /// use booking_errors::RawResponse;
    ///
    /// assert!(RawResponse::new(504, b"").method("get").is_read());
    /// assert!(!RawResponse::new(504, b"").method("POST").is_read());
    /// ```
    ///
    /// [RFC 9110]: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.is_read = is_read(method);
        self
    }

    /// Returns whether the call is known to be one that changes nothing, by its [method](Self::method).
    pub fn is_read(&self) -> bool {
        self.is_read
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns when the response was received, if that is [known](Self::with_received_at).
    pub fn received_at(&self) -> Option<SystemTime> {
        self.received_at
    }

    /// Returns whether the status is 2xx. The body may still hold an error.
    pub fn is_success(&self) -> bool {
        is_success(self.status)
    }

    /// Returns the body.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Returns the value of the first header with this name, in any case.
    pub fn header_value(&self, name: &str) -> Option<&[u8]> {
        self.lower_case_header(&lower_case(name))
    }

    fn lower_case_header(&self, name: &str) -> Option<&[u8]> {
        self.pairs.header_value(name).or_else(|| self.headers?.header_value(name))
    }

    /// Returns how long to wait, from the `Retry-After` header, in whole seconds. The header holds seconds or an HTTP
    /// date; a date in the past gives zero, anything else `None`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.parse_retry_after(self.header_text("retry-after")?.trim())
    }

    /// Reads a `Retry-After` value as if this response had sent it.
    pub fn parse_retry_after(&self, value: &str) -> Option<Duration> {
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return value.parse().ok().map(Duration::from_secs);
        }
        let until = httpdate::parse_http_date(value).ok()?;
        Some(whole_seconds(until.duration_since(self.now()?).unwrap_or_default()))
    }

    /// Returns how long to wait until a rate limit is lifted, in whole seconds: for responses about one that have no
    /// `Retry-After`.
    ///
    /// The headers are `RateLimit`, `RateLimit-Reset`, `X-RateLimit-Reset`, `X-Rate-Limit-Reset` and
    /// `X-RateLimit-Reset-After`. The first of them whose limit is used up, or that does not say how much is left,
    /// counts. Its number is seconds from now, Unix seconds or Unix milliseconds, by its size. More than a day is
    /// not believed.
    ///
    /// ```
    /// use booking_errors::RawResponse;
    ///
    /// let response = RawResponse::new(429, b"").header("RateLimit", r#""default";r=0;t=34"#);
    /// assert_eq!(response.rate_limit_reset().unwrap().as_secs(), 34);
    /// ```
    pub fn rate_limit_reset(&self) -> Option<Duration> {
        self.reset_of(|header| self.header_text(header))
    }

    /// Reads the headers of a rate limit as if this response had sent them.
    pub fn rate_limit_reset_in(&self, headers: &dyn Headers) -> Option<Duration> {
        self.reset_of(|header| headers.header_value(header).map(String::from_utf8_lossy))
    }

    fn reset_of<'h>(&self, text: impl Fn(&str) -> Option<Cow<'h, str>>) -> Option<Duration> {
        RESETS.iter().find_map(|&(header, remaining)| {
            let value = text(header)?;
            let left = remaining.and_then(&text);
            let limit = match remaining {
                None => Limit::of_header(&value)?,
                Some(_) => Limit { reset: Some(&value), remaining: left.as_deref() },
            };
            limit.counts().then(|| limit.wait(|| self.now()).map(whole_seconds))
        })?
    }

    /// Returns when the response was sent: by its `Date`, by [`received_at`](Self::received_at), or now. `None` on a
    /// platform without a clock.
    fn now(&self) -> Option<SystemTime> {
        let date = || httpdate::parse_http_date(self.header_text("date")?.trim()).ok();
        date().or(self.received_at).or_else(clock)
    }

    /// Returns the request id in a header, up to the first comma; `None` if it is blank.
    ///
    /// ```
    /// use booking_errors::RawResponse;
    ///
    /// let response = RawResponse::new(500, b"").header("x-request-id", "7a63, 7a63");
    /// assert_eq!(response.request_id("x-request-id").as_deref(), Some("7a63"));
    /// ```
    #[inline]
    pub fn request_id(&self, header: &str) -> Option<Cow<'_, str>> {
        match self.header_text(&lower_case(header))? {
            Cow::Borrowed(text) => first_of_list(text).map(Cow::Borrowed),
            Cow::Owned(text) => first_of_list(&text).map(str::to_owned).map(Cow::Owned),
        }
    }

    /// Returns the request id that a gateway or proxy gave the response: `x-request-id`, `x-correlation-id`, `cf-ray` or
    /// `x-amz-cf-id`, the first that is not blank.
    pub fn gateway_request_id(&self) -> Option<Cow<'_, str>> {
        REQUEST_IDS.iter().find_map(|header| self.request_id(header))
    }

    pub(crate) fn header_text(&self, name: &str) -> Option<Cow<'_, str>> {
        let value = self.lower_case_header(name)?;
        Some(str::from_utf8(value).map_or_else(|_| String::from_utf8_lossy(value), Cow::Borrowed))
    }
}

/// Shows the status, the length of the body and the time it was received, but neither headers nor body.
impl Debug for RawResponse<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}

/// Returns a header's name the way `Headers` implementations expect it.
#[inline]
fn lower_case(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    }
}

/// Returns the time now; `None` where there is no clock, and `SystemTime::now` would panic.
#[expect(clippy::disallowed_methods, reason = "the one way to the clock")]
pub(crate) fn clock() -> Option<SystemTime> {
    let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    has_clock.then(SystemTime::now)
}

/// Returns whether a call with this method changes nothing.
pub(crate) fn is_read(method: &str) -> bool {
    READS.iter().any(|read| read.eq_ignore_ascii_case(method))
}

/// Returns whether a status is 2xx.
pub fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Returns a duration in whole seconds, rounded up.
pub(crate) fn whole_seconds(duration: Duration) -> Duration {
    let part = u64::from(duration.subsec_nanos() > 0);
    Duration::from_secs(duration.as_secs().saturating_add(part))
}
