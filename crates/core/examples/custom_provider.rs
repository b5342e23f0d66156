//! A provider of your own: its codes, its error type, how to read it from a response, what shows the effect, and a test
//! of all that.

use booking_errors_core::decode::document::{Document, Root, Sign};
use booking_errors_core::decode::json::{Arena, Value};
use booking_errors_core::decode::{Draft, Failure, ReadDraft, first};
use booking_errors_core::{
    CodeInfo, Effect, Envelope, FromResponse, Kind, Provider, ProviderError, RawResponse, Retry, Sample,
    codes, provider_in, recognize_in,
};
use serde_json::json;

codes! {
    /// The codes of Acme Stays. The kind says what a code shows: a rejection that nothing was booked, `ProviderFault`
    /// and `Unavailable` nothing.
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
            /// The room's own system did not answer.
            ///
            /// Look for the booking before you book again.
            HostDown = "host-down", Unavailable, statuses: [503];
            /// The voucher has expired.
            ///
            /// Look whether the room was booked without it.
            VoucherExpired = "voucher-expired", CouponRejected, is_soft: true;
        }
    }
}

/// Acme Stays, for code that chooses the provider at run time.
pub static ACME: Provider =
    Provider::new::<AcmeError>("acme", "Acme Stays", "https://acme.example/errors", Code::infos())
        .recognized_by(|response| response.header_value("x-acme-id").is_some())
        .with_samples(samples);

/// A failed call to Acme Stays: as small as a pointer, so that it costs nothing to return.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct AcmeError(#[from] Failure);

impl ProviderError for AcmeError {
    fn envelope(&self) -> &Envelope {
        self.0.envelope()
    }

    fn code_info(&self) -> Option<&'static CodeInfo> {
        self.0.code_info()
    }
}

impl ReadDraft for AcmeError {
    const PROVIDER: &'static Provider = &ACME;

    fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
        let document = Document::<Body>::read(response.body(), arena);
        let Body { ok, reason, text, .. } = document.root;
        // a code makes a 2xx response an error, and so does a rule of Acme's own
        let mut draft = Draft::of_code(reason, reason.and_then(Code::known).map(Code::info));
        draft.is_error_in_success |= ok == Some(false);
        draft.message = first([text, document.message]);
        draft.read_from(&document)
    }
}

/// `{"ok": false, "reason": "room-taken", "text": "...", "booking_id": "..."}`
#[derive(Default)]
struct Body<'a> {
    ok: Option<bool>,
    reason: Option<&'a str>,
    text: Option<&'a str>,
    booking_id: Option<&'a str>,
}

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[("reason", Sign::Text), ("ok", Sign::False)];

    fn read(&mut self, root: Value<'_, 'a>) {
        root.members(|name, value| match name {
            "ok" => self.ok = value.boolean(),
            "reason" => value.text_into(&mut self.reason),
            "text" => value.text_into(&mut self.text),
            "booking_id" => value.text_into(&mut self.booking_id),
            _ => {}
        });
    }

    /// Beside a booking, no code shows that nothing was booked.
    fn is_made(&self) -> bool {
        self.booking_id.is_some()
    }
}

/// A response for each code, and one without a code.
fn samples() -> Vec<Sample> {
    let of_code =
        |info: &CodeInfo| Sample::of_code(info, &json!({"reason": info.code, "text": info.meaning}));
    let refused = Sample::json("refused", 200, &json!({"ok": false, "text": "No."}));
    let all = Code::infos().iter().map(of_code).chain([refused]);
    all.map(|sample| sample.with_header("x-acme-id", "17")).collect()
}

fn main() {
    let response = RawResponse::new(409, br#"{"reason":"room-taken","text":"Somebody was faster."}"#)
        .header("x-request-id", "17");
    let error: Box<dyn ProviderError> = ACME.decode(&response);
    assert_eq!(error.to_string(), "acme: room-taken (409): Somebody was faster. [request id 17]");
    assert_eq!((error.kind(), error.retry()), (Kind::SlotUnavailable, Retry::Never));

    // what a body shows about the effect: status, body
    let effect = |status, body: &str| {
        AcmeError::check(&RawResponse::new(status, body.as_bytes())).err().map(|error| error.effect())
    };
    assert_eq!(effect(200, r#"{"ok":true,"booking_id":"3f25"}"#), None);
    assert_eq!(effect(200, r#"{"reason":"stay-too-short"}"#), Some(Effect::NotApplied));
    assert_eq!(effect(200, r#"{"ok":false}"#), Some(Effect::Unknown));
    assert_eq!(effect(409, r#"{"reason":"room-taken","booking_id":"3f25"}"#), Some(Effect::Unknown));
    assert_eq!(effect(400, r#"{"reason":"host-down"}"#), Some(Effect::Unknown));
    assert_eq!(effect(400, r#"{"reason":"voucher-expired"}"#), Some(Effect::Unknown));
    // an envelope is found after other output too
    assert_eq!(effect(500, r#"<b>Warning</b>: no cache {"reason":"room-taken"}"#), Some(Effect::NotApplied));

    // with the facade: `[booking_errors::providers(), &[&ACME]].concat()`
    let providers = [&ACME];
    assert!(provider_in(&providers, "acme").is_some());
    assert!(recognize_in(&providers, &RawResponse::new(500, b"").header("x-acme-id", "17")).is_some());
    println!("{error}\n{}", error.remedy());
}

#[test]
fn works_as_shown() {
    main();
}

#[test]
fn keeps_the_contract() {
    booking_errors_core::assert_contract(&ACME);
}
