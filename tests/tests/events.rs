//! Events of tracing: the names and values of their fields, and their levels.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use booking_errors::tracing::{record, record_with_message};
use booking_errors::{
    CallError, Effect, Envelope, FromResponse, Kind, RawResponse, TransportError, Unreadable, wix,
};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// The level of an event, and its fields, with the target among them.
type Seen = (Level, BTreeMap<String, String>);

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Seen>>>);

impl<S: Subscriber> Layer<S> for Recorder {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        fields.0.insert("target".to_owned(), event.metadata().target().to_owned());
        self.0.lock().unwrap().push((*event.metadata().level(), fields.0));
    }
}

struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), format!("number {value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

/// The one event that is recorded.
fn recorded(record: impl FnOnce()) -> Seen {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(recorder.clone()), record);
    let mut seen = recorder.0.lock().unwrap();
    assert_eq!(seen.len(), 1);
    seen.remove(0)
}

fn taken() -> wix::Error {
    let body = br#"{"message":"guest@example.com\n took it","details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
    wix::Error::from_response(&RawResponse::new(428, body).header("x-wix-request-id", "17\u{1b}"))
}

#[test]
fn an_event_has_the_fields_of_opentelemetry_and_ours() {
    let (level, fields) = recorded(|| record(&taken()));
    let expect = [
        ("effect", "not_applied"),
        ("error.type", "wix.SLOT_NOT_AVAILABLE"),
        ("http.response.status_code", "number 428"),
        ("kind", "slot_unavailable"),
        ("message", "booking call failed"),
        ("provider", "wix"),
        ("request_id", r"17\u{1b}"),
        ("retry", "never"),
        ("target", "booking_errors"),
    ];
    assert_eq!(level, Level::INFO);
    assert_eq!(fields.iter().map(|(name, value)| (&**name, &**value)).collect::<Vec<_>>(), expect);
}

#[test]
fn the_message_is_recorded_on_request_only() {
    let (_, fields) = recorded(|| record_with_message(&taken()));
    assert_eq!(fields["error.message"], r"guest@example.com\n took it");
    assert!(!recorded(|| record(&taken())).1.values().any(|value| value.contains("guest@")));
}

#[test]
fn a_call_without_an_answer_says_why() {
    let refused = std::io::Error::other("connection refused\nby peer");
    let error: CallError<wix::Error> = TransportError::never_sent("wix").with_source(refused).into();
    let (level, fields) = recorded(|| record(&error));
    assert_eq!(level, Level::WARN);
    assert_eq!(fields["cause"], r"could not connect to the provider: connection refused\nby peer");
    assert_eq!((&*fields["error.type"], &*fields["effect"]), ("wix.unavailable", "not_applied"));
    assert!(!fields.contains_key("http.response.status_code"));

    let error = TransportError::unreadable("wix", 200, Unreadable::TooLong(7));
    let (level, fields) = recorded(|| record(&error));
    assert_eq!((level, &*fields["http.response.status_code"]), (Level::ERROR, "number 200"));
    assert!(
        fields["cause"].ends_with("cannot be read: the body is longer than 7 bytes"),
        "{}",
        fields["cause"]
    );
    assert!(!recorded(|| record(&taken())).1.contains_key("cause"));
}

#[test]
fn the_type_is_the_group() {
    let body = br#"{"details":{"applicationError":{"code":"ANYTHING_AT_ALL"}}}"#;
    let error = wix::Error::from_response(&RawResponse::new(404, body));
    assert_eq!(recorded(|| record(&error)).1["error.type"], "wix.not_found");
    assert_eq!(recorded(|| record(&Envelope::new("acme", 404))).1["error.type"], "acme.not_found");
}

#[test]
fn a_call_without_an_answer_has_no_status() {
    let (_, fields) = recorded(|| record(&Envelope::new("acme", 0).with_kind(Kind::Unavailable)));
    assert!(!fields.contains_key("http.response.status_code"));
}

#[test]
fn the_level_follows_kind_and_effect() {
    let level = |kind, effect| {
        let error = Envelope::new("acme", 418).with_kind(kind).with_effect(effect);
        recorded(|| record(&error)).0
    };
    for kind in Kind::ALL {
        assert_eq!(level(*kind, Effect::Unknown), Level::ERROR, "{kind}");
        assert_eq!(level(*kind, Effect::Partial), Level::ERROR, "{kind}");
        assert_eq!(level(*kind, Effect::Applied), level(*kind, Effect::NotApplied), "{kind}");
        let expect = match kind {
            Kind::ProviderFault | Kind::Unauthenticated | Kind::Unknown => Level::ERROR,
            Kind::PermissionDenied
            | Kind::RateLimited
            | Kind::Unavailable
            | Kind::Disabled
            | Kind::InvalidRequest => Level::WARN,
            _ => Level::INFO,
        };
        assert_eq!(level(*kind, Effect::NotApplied), expect, "{kind}");
    }
}
