//! What a body comes to, in one call.

use booking_errors::{Effect, FromResponse, Provider, ProviderError, RawResponse, guesty};
use serde_json::{Value, json};

/// The typed error of a response without headers.
pub fn decode<E: FromResponse>(status: u16, body: impl AsRef<[u8]>) -> E {
    E::from_response(&RawResponse::new(status, body.as_ref()))
}

/// The error of a response without headers; `None` if it is a clean success.
pub fn checked(provider: &Provider, status: u16, body: &Value) -> Option<Box<dyn ProviderError>> {
    provider.check(&RawResponse::new(status, body.to_string().as_bytes())).err()
}

/// The error of a response that is not a clean success.
pub fn failure(provider: &Provider, status: u16, body: &Value) -> Box<dyn ProviderError> {
    checked(provider, status, body).unwrap_or_else(|| panic!("a success: {body}"))
}

/// The effect and the number of items; `None` for a clean success.
pub type Outcome = Option<(Effect, usize)>;

/// What a text comes to, as it stands.
pub fn outcome(provider: &Provider, status: u16, body: &str) -> Outcome {
    let error = provider.check(&RawResponse::new(status, body.as_bytes())).err()?;
    Some((error.effect(), error.items().len()))
}

/// An item of a bulk answer of Wix: with a code it failed, without it succeeded.
pub fn wix_item(index: u64, code: Option<&str>) -> Value {
    let error = code.map(|code| json!({"code": code, "description": "d", "data": {}}));
    json!({"itemMetadata": {"originalIndex": index, "success": code.is_none(), "error": error}})
}

/// A code and a message, as they were sent.
pub type Texts = (Option<String>, Option<String>);

/// The code and message of a body with the flat envelope of Guesty.
pub fn code_and_message(body: impl AsRef<[u8]>) -> Texts {
    let error: guesty::Error = decode(400, body);
    texts(error.code(), error.message())
}

pub fn texts(code: Option<&str>, message: Option<&str>) -> Texts {
    (code.map(str::to_owned), message.map(str::to_owned))
}
