//! A provider of one's own: the error type, how it is read from a response, and the provider itself.

use booking_errors_core::document::Document;
use booking_errors_core::{
    Effect, Envelope, FromResponse, Kind, Provider, ProviderError, RawResponse, Retry,
};

/// `{"reason": "room-taken", "text": "..."}`, as Acme Stays answers.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct AcmeError(Envelope);

/// Acme Stays, for code that does not know its provider at compile time.
pub static ACME: Provider =
    Provider::new::<AcmeError>("acme", "Acme Stays", "https://acme.example/errors", || &[]);

impl ProviderError for AcmeError {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for AcmeError {
    const PROVIDER: &'static Provider = &ACME;

    fn from_response(response: &RawResponse<'_>) -> Self {
        let (reason, text) = Document::read(response.body(), |root| {
            let (mut reason, mut text) = (None, None);
            root.members(|name, value| match &*name {
                "reason" => value.text_into(&mut reason),
                "text" => value.text_into(&mut text),
                _ => {}
            });
            (reason, text)
        })
        .root;
        let kind = match reason.as_deref() {
            Some("room-taken") => Kind::SlotUnavailable,
            Some("stay-too-short") => Kind::PolicyViolation,
            _ => Kind::from_status(response.status()),
        };
        let is_rejected = matches!(kind, Kind::SlotUnavailable | Kind::PolicyViolation);
        let effect = Effect::of(response.status(), kind, is_rejected, response.retry_after());
        let mut envelope = Envelope::new("acme", response.status()).with_kind(kind).with_effect(effect);
        envelope.code = reason.map(Into::into);
        envelope.message = text.map(Into::into);
        Self(envelope)
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        if (200..300).contains(&response.status()) { Ok(()) } else { Err(Self::from_response(response)) }
    }
}

fn main() {
    let response = RawResponse::new(409, br#"{"reason":"room-taken","text":"Somebody was faster."}"#);
    let error: Box<dyn ProviderError> = ACME.decode(&response);
    assert_eq!(error.to_string(), "acme: room-taken (409): Somebody was faster.");
    assert_eq!((error.kind(), error.retry()), (Kind::SlotUnavailable, Retry::Never));
    println!("{error}\n{}", error.remedy());
}

#[test]
fn works_as_shown() {
    main();
}
