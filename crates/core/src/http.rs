//! Responses and header maps of the [http](https://docs.rs/http) crate, which most clients and servers share.
//!
//! If you read the body on its own, pass the parts:
//!
//! ```
//! use booking_errors_core::RawResponse;
//!
//! let (parts, body) = http::Response::builder().status(429).header("retry-after", "37").body("slow down").unwrap().into_parts();
//! let response = RawResponse::from_parts(&parts, body.as_bytes());
//! assert_eq!(response.retry_after().unwrap().as_secs(), 37);
//! ```
//!
//! With ureq 3, switch off redirects, which would turn a `POST` into a `GET`, and its own errors for statuses, and read a
//! limited part of the body. If the body is cut, the status and the part that arrived still count:
//!
//! ```no_run
//! use std::io::Read as _;
//!
//! use booking_errors_core::RawResponse;
//!
//! let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
//! let client: ureq::Agent = config.build().into();
//! let (parts, mut body) = client.get("https://api.example/bookings").call()?.into_parts();
//! let mut bytes = Vec::new();
//! let is_whole = body.as_reader().take(1 << 20).read_to_end(&mut bytes).is_ok();
//! let response = RawResponse::from_parts(&parts, &bytes);
//! assert!(is_whole || !response.is_success(), "a success that is cut may have gone through");
//! # Ok::<_, ureq::Error>(())
//! ```
//!
//! With hyper, collect the frames up to a limit:
//!
//! ```
//! use booking_errors_core::RawResponse;
//! use http_body_util::{BodyExt as _, Full};
//!
//! # async fn read(response: http::Response<Full<hyper::body::Bytes>>) {
//! let (parts, mut body) = response.into_parts();
//! let mut bytes = Vec::new();
//! while let Some(Ok(frame)) = body.frame().await {
//!     bytes.extend(frame.into_data().unwrap_or_default());
//!     if bytes.len() > 1 << 20 {
//!         break;
//!     }
//! }
//! let response = RawResponse::from_parts(&parts, &bytes);
//! # let _ = response;
//! # }
//! ```

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
/// use booking_errors_core::{RawResponse, Sample};
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
