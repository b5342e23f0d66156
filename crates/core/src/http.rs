//! Responses and header maps of the [http](https://docs.rs/http) crate, which most clients and servers share.
//!
//! If you read the body on its own, pass the parts:
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["http"] }
//! http = "1"
//! ```
//!
//! ```
//! use booking_errors::RawResponse;
//!
//! let (parts, body) = http::Response::builder().status(429).header("retry-after", "37").body("slow down").unwrap().into_parts();
//! let response = RawResponse::from_parts(&parts, body.as_bytes());
//! assert_eq!(response.retry_after().unwrap().as_secs(), 37);
//! ```
//!
//! # Clients without a module of their own
//!
//! Any client will do. Read the parts of its response and a limited part of the body, and pass them to
//! [`Received`](crate::Received), with the reason why the rest of the body is missing, if it is. With hyper 1:
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["http"] }
//! http-body-util = "0.1"
//! hyper = { version = "1", features = ["client", "http1"] }
//! serde = "1"
//! ```
//!
//! ```
//! use booking_errors::{CallError, FromResponse, RawResponse, Received, Unreadable};
//! use http_body_util::BodyExt as _;
//! use hyper::Response;
//! use hyper::body::Incoming;
//! use serde::de::DeserializeOwned;
//!
//! async fn json_or_error<T: DeserializeOwned, E: FromResponse>(
//!     response: Response<Incoming>,
//! ) -> Result<T, CallError<E>> {
//!     let (parts, mut body) = response.into_parts();
//!     let limit = if parts.status.is_success() { 64 << 20 } else { 1 << 20 };
//!     let mut bytes = Vec::new();
//!     let missing = loop {
//!         match body.frame().await {
//!             None => break None,
//!             Some(Ok(frame)) => bytes.extend(frame.into_data().unwrap_or_default()),
//!             Some(Err(error)) => break Some(Unreadable::BrokenOff(Some(error.into()))),
//!         }
//!         if bytes.len() > limit {
//!             break Some(Unreadable::TooLong(limit));
//!         }
//!     };
//!     Received::new(RawResponse::from_parts(&parts, &bytes)).with_missing(missing).json_or_error()
//! }
//! ```
//!
//! If no response comes, choose the [`TransportError`](crate::TransportError) that fits; `?` makes it a
//! [`CallError`](crate::CallError). Claim [`never_sent`](crate::TransportError::never_sent) only where no byte can have
//! left, such as a connection that was not made:
//!
//! ```
//! use booking_errors::TransportError;
//! use http_body_util::Full;
//! use hyper::Request;
//! use hyper::body::{Bytes, Incoming};
//! use hyper::client::conn::http1::SendRequest;
//!
//! fn not_connected(error: std::io::Error) -> TransportError {
//!     TransportError::never_sent("acme").with_source(error)
//! }
//!
//! async fn send(
//!     sender: &mut SendRequest<Full<Bytes>>,
//!     request: Request<Full<Bytes>>,
//! ) -> Result<hyper::Response<Incoming>, TransportError> {
//!     let sent = sender.send_request(request).await;
//!     // if a timer of yours ends it first, that is `TransportError::timed_out`
//!     sent.map_err(|error| TransportError::broken_off("acme").with_source(error))
//! }
//! ```
//!
//! The client must not follow redirects and must not send calls again on its own; else such claims do not hold, and a page
//! that it was sent to looks like a success. No error that you add with `with_source` may show the URL, if that holds keys.

use ::http::response::Parts;
use ::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use crate::{Envelope, Headers, RawResponse, Sample};

impl Headers for HeaderMap {
    fn header_value(&self, name: &str) -> Option<&[u8]> {
        self.get(name).map(|value| value.as_bytes())
    }
}

impl<'a> RawResponse<'a> {
    /// Returns a response from the parts of an `http` response and its body, read separately. Copies nothing.
    pub fn from_parts(parts: &'a Parts, body: &'a [u8]) -> Self {
        Self::new(parts.status.as_u16(), body).headers(&parts.headers)
    }

    /// Returns the status; `None` if it is not an HTTP status, below 100 or above 999.
    pub fn status_code(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.status()).ok()
    }
}

impl<'a, B: AsRef<[u8]>> From<&'a Response<B>> for RawResponse<'a> {
    fn from(response: &'a Response<B>) -> Self {
        Self::new(response.status().as_u16(), response.body().as_ref()).headers(response.headers())
    }
}

/// Makes a response for a fake of your HTTP client. A status that is not an HTTP status becomes 500, and headers that
/// `http` does not accept are left out.
///
/// ```
/// use booking_errors::{RawResponse, Sample};
///
/// let sample = Sample::new("rate limit", 429, "Too Many Requests").with_header("retry-after", "37");
/// let response = http::Response::from(&sample);
/// assert_eq!(RawResponse::from(&response).retry_after(), sample.response().retry_after());
/// ```
impl From<&Sample> for Response<Vec<u8>> {
    fn from(sample: &Sample) -> Self {
        let mut response = Self::new(sample.body.clone().into_bytes());
        *response.status_mut() =
            StatusCode::from_u16(sample.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in &sample.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(value)) {
                // an error means that the map is full
                let _ = response.headers_mut().try_append(name, value);
            }
        }
        response
    }
}

impl Envelope {
    /// Returns the status; `None` if it is not an HTTP status, below 100 or above 999.
    pub fn status_code(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.status).ok()
    }
}
