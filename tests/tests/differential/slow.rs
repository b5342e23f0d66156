//! A second decoder, slow and obvious, written from the specifications and not from the code that it checks. They
//! are `DESIGN.md` and the `spec` folder that the project shares with its other implementations, not a part of
//! this repository.
//!
//! The quotes beside the lines are the specification's own words. Where they can be read in two ways, this
//! decoder takes the reading that never books twice, and the comment says so.

mod again;
mod answer;
mod body;
mod bulk;
mod challenge;
mod codes;
mod effect;
mod fluentbooking;
mod guesty;
mod json;
mod kind;
mod oauth;
mod success;
mod wix;

use booking_errors::{Effect, Kind};

pub use self::answer::Answer;
pub use self::json::Json;
use crate::case::Case;

/// What a response means, if the specification of its provider is known here.
pub fn decode(case: &Case) -> Option<Answer> {
    let answer = match case.provider.name() {
        "wix" => wix::decode(case),
        "fluentbooking" => fluentbooking::decode(case),
        "guesty" => guesty::decode(case),
        _ => return None,
    };
    // "a clean 2xx gives kind unknown", and then what it did is not known either
    if answer.is_clean {
        return Some(Answer { kind: Kind::Unknown, effect: Effect::Unknown, ..answer });
    }
    Some(answer)
}

/// Every code that the specifications list.
pub fn codes() -> Vec<String> {
    codes::all()
}

/// Every text that the specifications recognise.
pub fn texts() -> Vec<String> {
    [fluentbooking::texts(), guesty::texts()].concat()
}

/// The body as a tree, where the whole is JSON.
pub fn read_json(body: &[u8]) -> Option<Json> {
    let text: Vec<char> = std::str::from_utf8(body).ok()?.chars().collect();
    let parsed = json::parse(&text, 0);
    parsed.value.filter(|_| parsed.is_complete)
}
