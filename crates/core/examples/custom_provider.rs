//! A provider of your own: its codes, its error type, how to read it from a response, and the provider itself.

use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Value};
use booking_errors_core::decode::{Draft, Failure, first};
use booking_errors_core::{
    Effect, Envelope, FromResponse, Kind, Provider, ProviderError, RawResponse, Retry, codes,
};

codes! {
    /// The codes of Acme Stays.
    pub enum Code of "acme" {
        "errors page" {
            /// The room is taken.
            ///
            /// Offer another room.
            RoomTaken = "room-taken", SlotUnavailable, statuses: [409];
            /// The stay is too short.
            ///
            /// Offer more nights.
            StayTooShort = "stay-too-short", PolicyViolation;
        }
    }
}

/// Acme Stays, for code that chooses the provider at run time.
pub static ACME: Provider =
    Provider::new::<AcmeError>("acme", "Acme Stays", "https://acme.example/errors", Code::infos());

/// A failed call to Acme Stays: as small as a pointer, so that it costs nothing to return.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct AcmeError(Failure);

impl ProviderError for AcmeError {
    fn envelope(&self) -> &Envelope {
        self.0.envelope()
    }
}

impl FromResponse for AcmeError {
    const PROVIDER: &'static Provider = &ACME;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Self(Failure::decode(&ACME, response, read))
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        Failure::check(&ACME, response, read).map_err(Self)
    }
}

/// `{"reason": "room-taken", "text": "..."}`
#[derive(Default)]
struct Body<'a> {
    reason: Option<&'a str>,
    text: Option<&'a str>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[("reason", Sign::Text)];

    fn read(&mut self, root: Value<'_, 'a>) {
        root.members(|name, value| match name {
            "reason" => value.text_into(&mut self.reason),
            "text" => value.text_into(&mut self.text),
            _ => {}
        });
    }
}

/// Reads a response of any status.
fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let document = Document::<Body>::read(response.body(), arena);
    let Body { reason, text } = document.root;
    let known = reason.and_then(Code::known).map(Code::info);
    let mut draft = Draft::of_code(reason, known).read_from(&document);
    draft.message = first([text, document.message]);
    draft
}

fn main() {
    let response = RawResponse::new(409, br#"{"reason":"room-taken","text":"Somebody was faster."}"#)
        .header("x-request-id", "17");
    let error: Box<dyn ProviderError> = ACME.decode(&response);
    assert_eq!(error.to_string(), "acme: room-taken (409): Somebody was faster. [request id 17]");
    assert_eq!((error.kind(), error.retry()), (Kind::SlotUnavailable, Retry::Never));

    // finds the envelope after other output too
    let noisy = RawResponse::new(500, br#"<b>Warning</b>: no cache in {main} {"reason":"room-taken"}"#);
    assert_eq!(ACME.decode(&noisy).effect(), Effect::NotApplied);

    // `Retry-After` says when, never whether: a proxy adds it to calls that it passed on, too
    let down = AcmeError::from_response(&RawResponse::new(503, b"").header("retry-after", "30"));
    assert_eq!(
        (down.retry(), down.retry_after().map(|delay| delay.as_secs())),
        (Retry::CheckFirst, Some(30))
    );
    let busy = AcmeError::from_response(&RawResponse::new(429, b"").header("retry-after", "30"));
    assert_eq!(busy.retry(), Retry::Safe);
    println!("{error}\n{}", error.remedy());
}

#[test]
fn works_as_shown() {
    main();
}
