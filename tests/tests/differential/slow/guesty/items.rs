//! "`data.errors` items", and "items are read alike in every list".

use booking_errors::Issue;

use super::super::answer::issue;
use super::super::codes::known;
use super::super::json::Json;

/// The items of a list; "one string instead of a list counts as one item".
pub fn of(list: &Json) -> Vec<Issue> {
    let one = std::slice::from_ref(list);
    let entries = if let Json::Text(_) = list { one } else { list.items() };
    entries.iter().filter_map(|entry| item(entry, None)).collect()
}

/// The same of an `errors`, which "may be one object or text instead of a list".
pub fn of_one_or_many(errors: &Json) -> Vec<Issue> {
    if errors.is_object() { item(errors, None).into_iter().collect() } else { of(errors) }
}

/// "A string that is a known code or looks like one is an issue's code; other text is an issue's message; an
/// object gives both (code: `code`, else `type`), its `path` joined by dots is the field; null, numbers and
/// lists are skipped."
fn item(entry: &Json, field: Option<&str>) -> Option<Issue> {
    let field = field.map(str::to_owned);
    match entry {
        Json::Text(text) if is_known(text) || looks_like_a_code(text) => {
            issue(field, Some(text.clone()), None)
        }
        Json::Text(text) => issue(field, None, Some(text.clone())),
        _ if entry.is_object() => {
            let path = entry.at("path");
            let steps = path.items().iter().filter_map(Json::text_or_blank);
            let steps: Vec<String> = steps.skip_while(String::is_empty).collect();
            let path = if path.is_list() { Some(steps.join(".")) } else { path.text() };
            issue(path, entry.text_at("code").or(entry.text_at("type")), entry.text_at("message"))
        }
        _ => None,
    }
}

fn is_known(text: &str) -> bool {
    known(&booking_errors::guesty::PROVIDER, Some(text)).is_some()
}

/// `[A-Z][A-Z0-9]*(_[A-Z0-9]+)+`
fn looks_like_a_code(text: &str) -> bool {
    let words: Vec<&str> = text.split('_').collect();
    let is_word = |word: &&str| {
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
    };
    words.len() > 1 && words.iter().all(is_word) && text.starts_with(|first: char| first.is_ascii_uppercase())
}

/// The items of a `data`, which "may be a list of messages or a string (one message); `data.details` may be a
/// list".
pub fn in_data(data: &Json) -> Vec<Issue> {
    let mut found = of(data);
    for (name, value) in data.last_members() {
        match name {
            "errors" => found.extend(of_one_or_many(value)),
            "details" => found.extend(of(value)),
            _ => {}
        }
    }
    found
}

/// The items of the lists that an envelope has beside `data`; "`errors` at the root counts with 2xx only".
pub fn beside_data(place: &Json, are_errors_read: bool) -> Vec<Issue> {
    let mut found = Vec::new();
    for (name, value) in place.last_members() {
        match name {
            "message" if value.is_list() => found.extend(of(value)), // "a list becomes the issues"
            "details" => found.extend(of(value)),
            "errors" if are_errors_read => found.extend(of_one_or_many(value)),
            _ => {}
        }
    }
    found
}

/// "Other members of such an `error` (field -> messages) are issues", in lists in lists as well: "free-form maps
/// need their own depth limit (32)".
pub fn of_the_field(field: &str, value: &Json, depth: usize) -> Vec<Issue> {
    match value {
        Json::Text(_) => item(value, Some(field)).into_iter().collect(),
        _ if depth < 32 => {
            let items = value.items().iter();
            items.flat_map(|value| of_the_field(field, value, depth + 1)).collect()
        }
        _ => Vec::new(),
    }
}
