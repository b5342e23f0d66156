//! Envelopes that somebody else wrote, and any texts in an envelope.
#![no_main]

use std::time::Duration;

use booking_errors::{Effect, Envelope, FailedItem, Issue, Kind};
use serde::Deserialize;
use serde_json::{Map, Value};

/// How many issues and items are made: more would only cost time.
const MOST_ISSUES: usize = 8;

booking_errors_fuzz::target!(ask);

fn ask(input: &[u8]) {
    if let Ok(envelope) = serde_json::from_slice::<Envelope>(input) {
        booking_errors_fuzz::envelope::ask(&envelope);
    }
    if let Ok(json) = serde_json::from_slice::<Map<String, Value>>(input) {
        ask_tolerance(json);
    }
    booking_errors_fuzz::envelope::ask(&built(&String::from_utf8_lossy(input)));
}

/// Null reads as absent, unknown members are ignored, and `retry` is too.
fn ask_tolerance(mut members: Map<String, Value>) {
    let Ok(envelope) = Envelope::deserialize(&members) else { return };
    members.retain(|_, value| !value.is_null());
    members.insert("retry".to_owned(), "brand_new".into());
    members.insert("brand_new".to_owned(), vec![Value::Null].into());
    let read: Envelope = serde_json::from_value(members.into()).expect("what changes nothing is read");
    assert_eq!(read, envelope, "what changes nothing changes the envelope");
}

/// An envelope of which each member comes from a line of the text.
fn built(text: &str) -> Envelope {
    let mut lines = text.split('\n');
    let mut line = || lines.next().unwrap_or_default().to_owned();
    let number =
        |text: String| text.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let kind = |text: String| Kind::ALL[number(text) as usize % Kind::ALL.len()];
    let effects = [Effect::NotApplied, Effect::Applied, Effect::Partial, Effect::Unknown];

    let mut envelope = Envelope::new(line(), number(line()) as u16)
        .with_code(line())
        .with_message(line())
        .with_request_id(line())
        .with_kind(kind(line()))
        .with_effect(effects[number(line()) as usize % effects.len()])
        .with_retry_after(Duration::new(number(line()), 1))
        .with_parameter(line(), line());
    for _ in 0..MOST_ISSUES {
        let Some(field) = lines.next() else { break };
        let issue = Issue::new().with_field(field).with_code(lines.next().unwrap_or_default().to_owned());
        let item = FailedItem::new(Envelope::new(field.to_owned(), field.len() as u16)).with_id(field);
        envelope = envelope.with_issue(issue.with_message(field)).with_item(item);
    }
    envelope
}
