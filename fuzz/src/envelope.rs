//! Rules that every error must satisfy, wherever it comes from.

use std::fmt::Debug;

use booking_errors::{Effect, Envelope, Kind, Problem, ProviderError, Retry};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest `Debug`, in characters: a message and three codes, all of them escaped, and what is around.
const LONGEST_DEBUG: usize = 10_000;
/// How many issues and items are checked.
const MOST_ASKED: usize = 50;

/// Checks all rules on an error, and returns the length of its JSON.
pub fn ask(error: &dyn ProviderError) -> usize {
    let envelope = error.envelope();
    ask_text(error);
    ask_retry(envelope);
    ask_problem(error);
    for item in envelope.items.iter().take(MOST_ASKED) {
        ask_debug(item);
        ask_text(&item.error);
        ask_retry(&item.error);
    }
    ask_json(envelope)
}

/// `Display` is one line and shows what it should, `Debug` is one line too, and the sources come to an end.
fn ask_text(error: &dyn ProviderError) {
    let envelope = error.envelope();
    let meaning = error.code_info().map_or(envelope.kind.meaning(), |info| info.meaning);
    let code = shown(envelope.code.as_deref().unwrap_or(envelope.kind.as_str()), 128);
    let message = shown(envelope.message.as_deref().unwrap_or(meaning), 500);
    let id = envelope.request_id.as_deref().map(|id| format!(" [request id {}]", shown(id, 128)));
    let provider = shown(&envelope.provider, 128);
    let status = match envelope.status {
        0 => "no response".to_owned(),
        status => status.to_string(),
    };
    let line = format!("{provider}: {code} ({status}): {message}{}", id.unwrap_or_default());
    assert_eq!(error.to_string(), line, "Display is not the line that it should be");
    ask_debug(error);
    for issue in envelope.issues.iter().take(MOST_ASKED) {
        let line = issue.to_string();
        assert!(!line.contains(breaks_the_line), "an issue is not one line: {line:?}");
        assert!(line.chars().count() <= LONGEST_DEBUG, "an issue is too long: {} bytes", line.len());
        ask_debug(issue);
    }

    let mut source = error.source();
    for _ in 0..8 {
        source = source.and_then(|error| {
            let line = error.to_string();
            assert!(!line.contains(breaks_the_line) && line.len() < 200, "a source is too long: {line:?}");
            error.source()
        });
    }
    assert!(source.is_none(), "the sources have no end");
}

fn ask_debug(value: &(impl Debug + ?Sized)) {
    let text = format!("{value:?}");
    assert!(!text.contains(breaks_the_line), "Debug is not one line: {text}");
    assert!(text.chars().count() <= LONGEST_DEBUG, "Debug is too long: {} bytes", text.len());
}

/// The first characters of a text, as people see them.
fn shown(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for c in text.chars().take(limit) {
        match c {
            c if breaks_the_line(c) => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    if text.chars().count() > limit {
        line.push('…');
    }
    line
}

fn breaks_the_line(c: char) -> bool {
    const OTHERS: &str = "\u{2028}\u{2029}\u{feff}\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\
                          \u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\
                          \u{fff9}\u{fffa}\u{fffb}";
    c.is_control() || OTHERS.contains(c) || (0xe0000..=0xe007f).contains(&u32::from(c))
}

fn ask_retry(envelope: &Envelope) {
    let expected = match (envelope.effect, envelope.kind) {
        (Effect::Unknown, _) => Retry::CheckFirst,
        (Effect::NotApplied, Kind::RateLimited | Kind::Unavailable) => Retry::Safe,
        _ => Retry::Never,
    };
    assert_eq!(envelope.retry(), expected, "retry does not follow from kind and effect: {envelope:?}");
}

/// A problem says what follows from kind and effect, and nothing from the provider except names of fields.
fn ask_problem(error: &dyn ProviderError) {
    let bare = Envelope::new("", 0).with_kind(error.kind()).with_effect(error.effect());
    let (mut told, expected) = (json(&Problem::new(error)), json(&Problem::new(&bare)));
    let fields = told.as_object_mut().and_then(|members| members.remove("fields")).unwrap_or_default();
    assert_eq!(told, expected, "a problem tells what it should not");
    assert!(matches!(told["status"].as_u64(), Some(400..600)), "a problem has no status of an error: {told}");

    let fields: Vec<&str> = fields.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(fields.is_empty() || error.kind() == Kind::InvalidRequest, "a problem names fields");
    let is_name = |field: &&str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_.[]-".contains(c);
        (1..=64).contains(&field.len()) && field.chars().all(is_part)
    };
    assert!(fields.len() <= 20 && fields.iter().all(is_name), "a problem names what is no field: {fields:?}");
}

/// What was written reads back equal, in every form of the same JSON.
fn ask_json(envelope: &Envelope) -> usize {
    let text = serde_json::to_string(envelope).expect("an envelope is written");
    let value = json(envelope);
    let pretty = serde_json::to_string_pretty(envelope).expect("an envelope is written");
    for (form, read) in [
        ("a text", serde_json::from_str(&text)),
        ("bytes", serde_json::from_slice(text.as_bytes())),
        ("a stream", serde_json::from_reader(text.as_bytes())),
        ("a pretty text", serde_json::from_str(&pretty)),
        ("a value", Envelope::deserialize(&value)),
        ("an owned value", serde_json::from_value(value.clone())),
    ] {
        let read = read.unwrap_or_else(|error| panic!("{form} is not read back: {error}: {text}"));
        assert_eq!(&read, envelope, "{form} reads back as another envelope");
        assert_eq!(
            serde_json::to_string(&read).ok().as_deref(),
            Some(&*text),
            "{form} is not written the same again"
        );
    }
    text.len()
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("it is written as JSON")
}
