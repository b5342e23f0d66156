//! "OAuth errors come from every provider's token endpoint."

use booking_errors::Kind;

use super::json::Json;

/// What the member `error` says as a text.
#[derive(Debug, Default)]
pub struct Error {
    pub code: Option<String>,
    pub message: Option<String>,
}

/// "`{"error": "invalid_grant", "error_description"?}`, where `error` is `[a-z]+(_[a-z]+)+`: code and
/// message. Any other text in `error` is a message."
pub fn read(root: &Json) -> Error {
    match root.text_at("error") {
        Some(error) if is_code(&error) => {
            Error { code: Some(error), message: root.text_at("error_description") }
        }
        error => Error { code: None, message: error },
    }
}

/// `[a-z]+(_[a-z]+)+`
fn is_code(text: &str) -> bool {
    let words: Vec<&str> = text.split('_').collect();
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase());
    words.len() > 1 && words.iter().all(is_word)
}

/// "invalid_client and invalid_grant with 400 or 401 are unauthenticated, others by status."
pub fn kind(status: u16, code: Option<&str>) -> Option<Kind> {
    let is_refused = matches!(code, Some("invalid_client" | "invalid_grant"));
    (is_refused && (status == 400 || status == 401)).then_some(Kind::Unauthenticated)
}
