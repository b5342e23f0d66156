//! The smallest owned structs that hold what the measured bodies say.

#![expect(dead_code, reason = "they are read into, and not used")]

use std::collections::HashMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub struct WixBody {
    pub message: String,
    pub details: WixDetails,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WixDetails {
    pub application_error: WixError,
}

#[derive(Deserialize)]
pub struct WixError {
    pub code: String,
    pub description: Option<String>,
}

#[derive(Deserialize)]
pub struct WordPressBody {
    pub code: String,
    pub message: String,
    pub data: WordPressData,
}

#[derive(Deserialize)]
pub struct WordPressData {
    pub status: u16,
}

#[derive(Deserialize)]
pub struct ValidatorBody {
    pub message: String,
    pub errors: HashMap<String, HashMap<String, String>>,
}

#[derive(Deserialize)]
pub struct GuestyBody {
    pub error_code: String,
    pub message: String,
    pub data: GuestyData,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GuestyData {
    pub errors: Vec<String>,
    pub request_id: String,
}
