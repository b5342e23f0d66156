//! Short ways to decode a body.

use booking_errors::{Effect, FromResponse, Provider, ProviderError, RawResponse, guesty};
use serde_json::{Value, json};

/// Decodes a response without headers into the typed error.
pub fn decode<E: FromResponse>(status: u16, body: impl AsRef<[u8]>) -> E {
    E::from_response(&RawResponse::new(status, body.as_ref()))
}

/// Returns the error of a response without headers; `None` if the response is a clean success.
pub fn checked(provider: &Provider, status: u16, body: &Value) -> Option<Box<dyn ProviderError>> {
    provider.check(&RawResponse::new(status, body.to_string().as_bytes())).err()
}

/// Returns the error of a response without headers; panics if the response is a clean success.
pub fn failure(provider: &Provider, status: u16, body: &Value) -> Box<dyn ProviderError> {
    checked(provider, status, body).unwrap_or_else(|| panic!("a success: {body}"))
}

/// The effect and the number of failed items; `None` for a clean success.
pub type Outcome = Option<(Effect, usize)>;

/// Decodes a body given as text, which need not be JSON.
pub fn outcome(provider: &Provider, status: u16, body: &str) -> Outcome {
    let error = provider.check(&RawResponse::new(status, body.as_bytes())).err()?;
    Some((error.effect(), error.items().len()))
}

/// An item of a Wix bulk answer. It failed if it has a code; otherwise it succeeded.
pub fn wix_item(index: u64, code: Option<&str>) -> Value {
    let error = code.map(|code| json!({"code": code, "description": "d", "data": {}}));
    json!({"itemMetadata": {"originalIndex": index, "success": code.is_none(), "error": error}})
}

/// A code and a message.
pub type Texts = (Option<String>, Option<String>);

/// Decodes a body with Guesty's flat envelope and returns its code and message.
pub fn code_and_message(body: impl AsRef<[u8]>) -> Texts {
    let error: guesty::Error = decode(400, body);
    texts(error.code(), error.message())
}

/// What [`code_and_message`] must return.
pub fn texts(code: Option<&str>, message: Option<&str>) -> Texts {
    (code.map(str::to_owned), message.map(str::to_owned))
}
