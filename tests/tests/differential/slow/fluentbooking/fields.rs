//! Maps of fields, as `spec/fluentbooking.md` describes them under "Shapes".

use booking_errors::Issue;

use super::super::answer::issue;
use super::super::json::Json;

/// "Only where it is a rule's name"
const RULES: &str = "required required_if required_with email numeric integer string array boolean min max \
                     size digits in not_in url date unique same different regex";

/// "Free-form maps need their own depth limit (32)": that many lists and maps inside each other are read.
const DEEPEST: usize = 32;

/// A step from the root of a map to a message.
#[derive(Clone, Debug)]
enum Step {
    Name(String),
    Index(String),
}

/// Every message of an `errors`, each with the path to it.
pub fn errors(value: &Json) -> Vec<Issue> {
    let mut found = Vec::new();
    if let Json::Text(text) = value {
        found.extend(issue(None, None, Some(text.clone())));
    }
    for (at, value) in value.items().iter().enumerate() {
        // "PHP writes a map with keys 0, 1 as a list": what is no text stands at such a key
        let is_text = value.text_or_blank().is_some();
        let path = if is_text { vec![] } else { vec![Step::Name(at.to_string())] };
        read(value, &path, &mut found);
    }
    for (name, value) in value.members() {
        match value.text_or_blank() {
            // "`{"field.rule": message}`": the part after the last dot
            Some(message) => match name.rsplit_once('.') {
                Some((field, rule)) if is_rule(rule) => {
                    found.extend(issue(Some(field.into()), Some(rule.into()), Some(message)));
                }
                _ => found.extend(issue(Some(name.clone()), None, Some(message))),
            },
            // "at the top of `errors` [a key of digits] is the field"
            None => read(value, &[Step::Name(name.clone())], &mut found),
        }
    }
    found
}

/// "A value may be a string, a list of strings, a map rule -> string, or nested lists and maps of them."
fn read(value: &Json, path: &[Step], found: &mut Vec<Issue>) {
    if path.len() > DEEPEST {
        return;
    }
    if let Some(message) = value.text_or_blank() {
        found.extend(issue(field(path), None, Some(message)));
    }
    let below = |step: Step| [path, &[step]].concat();
    for (at, value) in value.items().iter().enumerate() {
        read(value, &below(Step::Index(at.to_string())), found);
    }
    for (name, value) in value.members() {
        if is_index(name) {
            // "under a field a key of digits is an index, not a rule: no code"
            read(value, &below(Step::Index(name.clone())), found);
        } else if let (Some(message), Some(field)) = (value.text_or_blank(), field(path)) {
            // "a key is a rule only where its value is a text", and only under a field
            found.extend(issue(Some(field), Some(name.clone()), Some(message)));
        } else {
            read(value, &below(Step::Name(name.clone())), found);
        }
    }
}

/// "The path of names, joined by dots. An index counts in the field only where a name follows it."
fn field(path: &[Step]) -> Option<String> {
    let length = path.iter().rposition(|step| matches!(step, Step::Name(_)))? + 1;
    let steps = path[..length].iter().map(|step| match step {
        Step::Name(text) | Step::Index(text) => &**text,
    });
    Some(steps.filter(|step| !step.is_empty()).collect::<Vec<_>>().join("."))
}

/// "field -> rule -> message, no code, no message": "the values are maps (rule -> text) or lists of texts". A
/// number is no text here: it would make issues of any small object, such as `{"data": {"status": 404}}`.
pub fn bare_map(map: &Json) -> Vec<Issue> {
    let mut found = Vec::new();
    for (field, value) in map.members() {
        let texts = value.items().iter().map(|text| (None, text));
        let rules = value.members().iter().map(|(rule, text)| (Some(rule.clone()), text));
        for (rule, text) in texts.chain(rules) {
            if let Json::Text(text) = text {
                let code = rule.filter(|rule| !is_index(rule));
                found.extend(issue(Some(field.clone()), code, Some(text.clone())));
            }
        }
    }
    found
}

/// Whether "the values are maps (rule -> text) or lists of texts", all of them; what breaks off may be that.
pub fn is_pure(map: &Json) -> bool {
    let is_text = |value: &Json| matches!(value, Json::Text(_)) || value.is_broken();
    map.members().iter().all(|(_, value)| {
        let mut texts = value.items().iter().chain(value.members().iter().map(|(_, text)| text));
        let is_container = value.is_object() || value.is_list();
        if is_container { texts.all(is_text) } else { value.is_broken() }
    })
}

pub fn is_rule(name: &str) -> bool {
    RULES.split_whitespace().any(|rule| rule == name)
}

pub fn is_index(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|digit| digit.is_ascii_digit())
}
