//! A second decoder, slow and obvious, written from the specifications and not from the code that it checks. They
//! are the `spec` folder that the project shares with its other implementations, not a part of this repository.
//!
//! The quotes beside the lines are the specification's own words. If they can be read in two ways, or say
//! nothing, this decoder does what the crates do if that is cautious, and the comment says so.

mod answer;
mod body;
mod bulk;
mod codes;
mod fields;
mod fluentbooking;
mod guesty;
mod json;
mod oauth;
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
        let remedy = Kind::Unknown.remedy().to_owned();
        return Some(Answer { kind: Kind::Unknown, effect: Effect::Unknown, remedy, ..answer });
    }
    Some(answer)
}

/// The body as a tree, where the whole is JSON.
pub fn read_json(body: &[u8]) -> Option<Json> {
    let text: Vec<char> = std::str::from_utf8(body).ok()?.chars().collect();
    let parsed = json::parse(&text, 0);
    parsed.value.filter(|_| parsed.is_complete)
}
