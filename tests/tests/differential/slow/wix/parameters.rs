//! "Parameters: a template's fixed words must not all be there."

use std::collections::BTreeMap;

use super::super::answer::Answer;
use super::super::json::Json;

/// What a value looks like where it stands without quotes.
#[derive(Clone, Copy)]
enum Value {
    /// "An id holds a digit."
    Id,
    /// "A status is in capitals."
    Status,
    /// Any word.
    Word,
}

/// Each code with the parameters that its template carries: the name, the noun before the value, the value.
const TEMPLATES: [(&str, &str, &[&str], Value); 10] = [
    ("SESSION_CAPACITY_EXCEEDED", "sessionId", &["session"], Value::Id),
    ("SCHEDULE_CAPACITY_EXCEEDED", "scheduleId", &["schedule"], Value::Id),
    ("BOOKING_NOT_FOUND", "bookingId", &["Booking"], Value::Id),
    ("CANCELATION_NOT_SUPPORTED", "status", &["status"], Value::Status),
    ("SERVICE_POLICY_VIOLATION", "serviceId", SERVICE, Value::Id),
    ("FEATURE_LIMIT_EXCEEDED", "feature", &["calling"], Value::Word),
    ("DECLINE_NOT_SUPPORTED", "status", &["status"], Value::Status),
    ("CONFIRMATION_NOT_SUPPORTED", "status", &["status"], Value::Status),
    ("UNKNOWN_STAFF_IDS", "staffIds", &["members"], Value::Id),
    ("UNKNOWN_STAFF_IDS", "serviceId", SERVICE, Value::Id),
];

/// `service's? <value>`
const SERVICE: &[&str] = &["service", "service's", "service’s"];

/// "Read the parameter from `data` when a member of that name is there, else from the message", or the
/// description.
pub fn read(answer: &Answer, application: &Json) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Some(code) = answer.code.as_deref() else { return found };
    let data = application.at("data");
    let texts = [answer.message.clone(), application.text_at("description")];
    for (_, name, nouns, value) in TEMPLATES.iter().filter(|(owner, ..)| *owner == code) {
        let in_texts = || {
            texts.iter().flatten().find_map(|text| nouns.iter().find_map(|noun| after(text, noun, *value)))
        };
        if let Some(text) = data.text_at(name).or_else(in_texts) {
            found.insert((*name).to_owned(), text);
        }
    }
    // "`data.revisionViolation.entityId` is the parameter entityId"
    if code == "INVALID_REVISION" {
        let own = data.at("revisionViolation").text_at("entityId");
        found.extend(own.map(|id| ("entityId".to_owned(), id)));
    }
    found
}

/// The first value that stands after the noun in any case of its letters, "anywhere in the text, with or
/// without backticks or quotes".
fn after(text: &str, noun: &str, kind: Value) -> Option<String> {
    let (lower, noun) = (text.to_ascii_lowercase(), noun.to_ascii_lowercase());
    for (at, _) in lower.match_indices(&noun) {
        let is_word = !text[..at].ends_with(char::is_alphanumeric);
        let rest = &text[at + noun.len()..];
        if !is_word || !rest.starts_with(char::is_whitespace) {
            continue;
        }
        if let Some(value) = value(rest.trim_start(), kind) {
            return Some(value);
        }
    }
    None
}

fn value(text: &str, kind: Value) -> Option<String> {
    let quotes = [('`', '`'), ('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];
    if let Some((_, close)) = quotes.into_iter().find(|(open, _)| text.starts_with(*open)) {
        let (quoted, _) = text[text.chars().next()?.len_utf8()..].split_once(close)?;
        return (!quoted.trim().is_empty()).then(|| quoted.to_owned());
    }
    let word = text.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let fits = match kind {
        Value::Id => word.contains(|c: char| c.is_ascii_digit()),
        Value::Status => word.chars().all(|c| c.is_ascii_uppercase() || c == '_'),
        Value::Word => true,
    };
    (fits && !word.is_empty()).then(|| word.to_owned())
}
