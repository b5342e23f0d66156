//! The measured responses.

use booking_errors::{Provider, ProviderError, RawResponse, fluentbooking, guesty, wix};

/// A response as a client holds it.
pub struct Response {
    pub provider: &'static Provider,
    pub status: u16,
    pub headers: Vec<(&'static str, &'static str)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn new(provider: &'static Provider, status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![
            ("content-type", "application/json; charset=utf-8"),
            ("date", "Sat, 21 Nov 2026 10:00:00 GMT"),
            ("server", "nginx"),
            ("x-wix-request-id", "1755591144.079172597310943348307"),
        ];
        Self { provider, status, headers, body: body.into() }
    }

    pub fn decode(&self) -> Box<dyn ProviderError> {
        self.provider.decode(&self.raw())
    }

    pub fn raw(&self) -> RawResponse<'_> {
        RawResponse::new(self.status, &self.body).headers(&self.headers)
    }
}

/// A named error of the errors page, with the value that its message carries.
pub fn wix_sample() -> Response {
    let text = "Not enough available spots for session `3f2504e0-4f89-41d3-9a0c-0305e82c3301`.";
    let body = format!(
        r#"{{"message":"{text}","details":{{"applicationError":{{"code":"SESSION_CAPACITY_EXCEEDED","description":"{text}","data":{{"sessionId":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}}}}}}}}"#
    );
    Response::new(&wix::PROVIDER, 428, body)
}

/// The envelope of the error handling page.
pub fn fluentbooking_sample() -> Response {
    let body = r#"{"code":"slot_no_longer_available","message":"The selected time slot is no longer available","data":{"status":409}}"#;
    Response::new(&fluentbooking::PROVIDER, 409, body)
}

/// The envelope of the errors page.
pub fn guesty_sample() -> Response {
    let body = r#"{"error_code":"LISTING_CALENDAR_BLOCKED","message":"Listing calendar blocked","data":{"errors":["LISTING_CALENDAR_BLOCKED"],"requestId":"7a63a0ef7470520b"}}"#;
    Response::new(&guesty::PROVIDER, 400, body)
}

/// What the validator says about a form in which every field is wrong.
pub fn twenty_fields() -> Response {
    let fields: Vec<_> = (0..20)
        .map(|n| format!(r#""fields.{n}.value":{{"required":"The fields.{n}.value field is required."}}"#))
        .collect();
    let body = format!(r#"{{"message":"Validation failed","errors":{{{}}}}}"#, fields.join(","));
    Response::new(&fluentbooking::PROVIDER, 422, body)
}

/// The page of a gateway.
pub fn html_page() -> Response {
    let body = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    Response::new(&guesty::PROVIDER, 502, body)
}

/// A named error that carries a map of short members: ordinary JSON, as dense as it gets.
pub fn short_members(bytes: usize) -> Response {
    wix_with_data(&format!("{{{}}}", members(bytes)))
}

/// An error with many short members that no provider has.
pub fn ordinary(provider: &str, bytes: usize) -> Response {
    let provider = booking_errors::provider(provider).unwrap_or(&wix::PROVIDER);
    Response::new(provider, 422, format!(r#"{{"message":"m",{}}}"#, members(bytes)))
}

fn members(bytes: usize) -> String {
    repeated(bytes, ",", |n| format!(r#""k{n}":"v{n}""#))
}

/// A named error with one long text.
pub fn long_text(bytes: usize) -> Response {
    wix_with_data(&format!("\"{}\"", "all work and no play ".repeat(bytes / 21)))
}

fn wix_with_data(data: &str) -> Response {
    let body = format!(
        r#"{{"message":"The specified slot isn't available.","details":{{"applicationError":{{"code":"SLOT_NOT_AVAILABLE","data":{data}}}}}}}"#
    );
    Response::new(&wix::PROVIDER, 428, body)
}

/// Returns numbered parts of about this many bytes in total.
pub fn repeated(bytes: usize, separator: &str, part: impl Fn(usize) -> String) -> String {
    let mut text = part(0);
    for n in 1.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(separator);
        text.push_str(&part(n));
    }
    text
}
