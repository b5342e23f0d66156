//! [`Problem`] as the response of an [axum](https://docs.rs/axum) handler.
//!
//! ```toml
//! [dependencies]
//! booking-errors = { version = "0.1", features = ["axum"] }
//! axum-core = "0.5"
//! ```
//!
//! ```
//! use axum_core::response::IntoResponse;
//! use booking_errors::{Envelope, Problem};
//!
//! // in a handler that returns `Result<_, Problem>`
//! let response = Problem::new(&Envelope::new("acme", 429)).into_response();
//! assert_eq!(response.status(), 503);
//! assert_eq!(response.headers()["content-type"], "application/problem+json");
//! ```

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};

use crate::Problem;

/// Sends the problem as `application/problem+json`, with its status and `Retry-After`. A status outside 400 to 599
/// becomes 500, in the JSON too.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let is_error = (400..600).contains(&self.status());
        let this = if is_error { self } else { self.with_status(500) };
        let mut response = Response::new(Body::from(serde_json::to_vec(&this).unwrap_or_default()));
        *response.status_mut() =
            StatusCode::from_u16(this.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Self::CONTENT_TYPE));
        if let Some(delay) = this.retry_after() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(delay.as_secs()));
        }
        response
    }
}
