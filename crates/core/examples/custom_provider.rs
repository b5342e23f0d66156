//! A provider of one's own: the error type, how it is read from a response, and the provider itself.

use std::sync::Arc;

use booking_errors_core::decode::Findings;
use booking_errors_core::decode::document::Document;
use booking_errors_core::{
    CodeInfo, Envelope, FromResponse, Kind, Provider, ProviderError, RawResponse, Retry,
};

/// A failed call to Acme Stays; behind an `Arc`, so that it is small wherever it is returned.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct AcmeError(Arc<Envelope>);

/// Acme Stays, for code that does not know its provider at compile time.
pub static ACME: Provider =
    Provider::new::<AcmeError>("acme", "Acme Stays", "https://acme.example/errors", || CODES);

const CODES: &[CodeInfo] = &[
    CodeInfo::new("room-taken", Kind::SlotUnavailable, "The room is taken.", "Offer another room."),
    CodeInfo::new("stay-too-short", Kind::PolicyViolation, "The stay is too short.", "Offer more nights."),
];

impl ProviderError for AcmeError {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for AcmeError {
    const PROVIDER: &'static Provider = &ACME;

    /// Reads `{"reason": "room-taken", "text": "..."}`.
    fn from_response(response: &RawResponse<'_>) -> Self {
        let document =
            Document::read(response.body(), |(reason, text): &mut (Option<_>, Option<_>), root| {
                root.members(|name, value| match &*name {
                    "reason" => value.text_into(reason),
                    "text" => value.text_into(text),
                    _ => {}
                });
            });
        let Document { root: (reason, text), message, fault, .. } = document;
        let known = reason.as_deref().and_then(|code| ACME.code(code));
        let findings = Findings {
            kind: known.map(|info| info.kind),
            remedy: known.map(|info| info.remedy),
            is_rejected: known.is_some(),
            code: reason.map(Into::into),
            message: text.or(message).map(Into::into),
            fault,
            ..Findings::default()
        };
        Self(findings.into_envelope("acme", response).into())
    }
}

fn main() {
    let response = RawResponse::new(409, br#"{"reason":"room-taken","text":"Somebody was faster."}"#)
        .header("x-request-id", "17");
    let error: Box<dyn ProviderError> = ACME.decode(&response);
    assert_eq!(error.to_string(), "acme: room-taken (409): Somebody was faster. [request id 17]");
    assert_eq!((error.kind(), error.retry()), (Kind::SlotUnavailable, Retry::Never));

    let busy = AcmeError::from_response(&RawResponse::new(503, b"").header("retry-after", "30"));
    assert_eq!((busy.retry(), busy.retry_after().map(|delay| delay.as_secs())), (Retry::Safe, Some(30)));
    println!("{error}\n{}", error.remedy());
}

#[test]
fn works_as_shown() {
    main();
}
