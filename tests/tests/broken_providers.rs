//! A provider that breaks one promise of the contract is caught, and told which.

use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::marker::PhantomData;
use std::panic::catch_unwind;

use booking_errors::decode::document::{Document, Root, Sign};
use booking_errors::decode::json::{Arena, Value};
use booking_errors::decode::{Draft, Failure};
use booking_errors::{
    CodeInfo, Effect, Envelope, FailedItem, FromResponse, Kind, Provider, ProviderError, RawResponse, Retry,
    Sample, assert_contract, codes,
};
use serde_json::json;

codes! {
    /// The codes of a provider.
    enum Code of "acme" {
        "errors page" {
            /// The room is taken.
            ///
            /// Offer another room.
            RoomTaken = "room-taken", SlotUnavailable, statuses: [409];
            /// Something broke.
            ///
            /// Look for the booking.
            OutOfOrder = "out-of-order", ProviderFault;
            /// The voucher has expired.
            ///
            /// Book without it.
            VoucherExpired = "voucher-expired", CouponRejected, is_soft: true;
            /// Some of the nights are booked.
            ///
            /// Book the other nights.
            HalfDone = "half-done", PolicyViolation, effect: Partial;
        }
    }
}

/// `{"reason": "room-taken"}`
#[derive(Default)]
struct Body<'a>(Option<&'a str>);

impl<'a> Root<'a> for Body<'a> {
    const SIGNS: &'static [(&'static str, Sign)] = &[("reason", Sign::Text)];

    fn read(&mut self, root: Value<'_, 'a>) {
        root.members(|name, value| {
            if name == "reason" {
                value.text_into(&mut self.0);
            }
        });
    }
}

fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
    let document = Document::<Body>::read(response.body(), arena);
    let code = document.root.0;
    Draft::of_code(code, code.and_then(Code::known).map(Code::info)).read_from(&document)
}

/// What is wrong with a provider: whatever is not overridden is right.
trait Flaw: Send + Sync + 'static {
    const CODES: &'static [CodeInfo] = Code::infos();

    fn is_success(response: &RawResponse<'_>) -> bool {
        read(response, &Arena::default()).is_success(response)
    }

    fn change(_: &mut Envelope, _: &RawResponse<'_>) {}

    fn change_checked(_: &mut Envelope) {}

    fn line(failure: &Failure) -> String {
        failure.to_string()
    }

    fn code_info(failure: &Failure) -> Option<&'static CodeInfo> {
        failure.code_info()
    }

    fn retry(envelope: &Envelope) -> Retry {
        envelope.retry()
    }

    fn recognizes(response: &RawResponse<'_>) -> bool {
        contains(response, "reason")
    }

    fn samples() -> Vec<Sample> {
        Code::infos().iter().map(|info| Sample::of_code(info, &json!({"reason": info.code}))).collect()
    }
}

fn contains(response: &RawResponse<'_>, text: &str) -> bool {
    String::from_utf8_lossy(response.body()).contains(text)
}

struct Flawed<F> {
    failure: Failure,
    envelope: Envelope,
    flaw: PhantomData<F>,
}

impl<F: Flaw> FromResponse for Flawed<F> {
    const PROVIDER: &'static Provider =
        &Provider::new::<Self>("acme", "Acme Stays", "https://acme.example/errors", F::CODES)
            .recognized_by(F::recognizes)
            .with_samples(F::samples);

    fn from_response(response: &RawResponse<'_>) -> Self {
        let failure = Failure::decode(Self::PROVIDER, response, read);
        let mut envelope = failure.envelope().clone();
        F::change(&mut envelope, response);
        Self { failure, envelope, flaw: PhantomData }
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        if F::is_success(response) {
            return Ok(());
        }
        let mut error = Self::from_response(response);
        F::change_checked(&mut error.envelope);
        Err(error)
    }
}

impl<F: Flaw> ProviderError for Flawed<F> {
    fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    fn code_info(&self) -> Option<&'static CodeInfo> {
        F::code_info(&self.failure)
    }

    fn retry(&self) -> Retry {
        F::retry(&self.envelope)
    }
}

impl<F: Flaw> Error for Flawed<F> {}

impl<F: Flaw> Display for Flawed<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&F::line(&self.failure))
    }
}

impl<F> Debug for Flawed<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.failure, f)
    }
}

#[test]
fn a_provider_without_a_flaw_passes() {
    struct Sound;
    impl Flaw for Sound {}
    assert_contract(Flawed::<Sound>::PROVIDER);
}

/// Declares a test: its name, the promise that is broken and by what, and the flaw.
macro_rules! is_caught {
    ($($name:ident: $promise:literal, { $($flaw:item)* })*) => {$(
        #[test]
        fn $name() {
            struct Broken;
            impl Flaw for Broken { $($flaw)* }
            let panic = catch_unwind(|| assert_contract(Flawed::<Broken>::PROVIDER)).unwrap_err();
            let message = panic.downcast_ref::<String>().unwrap();
            assert_eq!(message, &format!("acme does not keep a promise: {}", $promise));
        }
    )*};
}

is_caught! {
    a_check_that_looks_at_the_status_alone:
    r#"check takes no error for a success (sample "room-taken", status 200)"#, {
        fn is_success(response: &RawResponse<'_>) -> bool {
            response.is_success()
        }
    }

    a_check_that_takes_a_broken_object_for_a_success:
    r#"JSON that breaks off is an error and claims nothing (sample "room-taken", status 200)"#, {
        fn is_success(response: &RawResponse<'_>) -> bool {
            response.is_success() && !contains(response, "}")
        }
    }

    a_check_that_takes_a_page_for_a_success:
    r#"check takes no error for a success (sample "web page", status 200)"#, {
        fn is_success(response: &RawResponse<'_>) -> bool {
            let is_page = response.is_success() && contains(response, "<");
            is_page || read(response, &Arena::default()).is_success(response)
        }
    }

    a_check_that_takes_a_redirect_for_a_success:
    r#"only a status of 2xx is a success (sample "redirect", status 302)"#, {
        fn is_success(response: &RawResponse<'_>) -> bool {
            response.status() == 302 || read(response, &Arena::default()).is_success(response)
        }
    }

    a_check_that_knows_no_success:
    r#"check returns Ok for a success (204 without a body, {}, [] and {"id":1})"#, {
        fn is_success(_: &RawResponse<'_>) -> bool {
            false
        }
    }

    a_check_that_returns_another_error_than_decode:
    r#"check returns the error that decode returns (sample "room-taken", status 409)"#, {
        fn change_checked(envelope: &mut Envelope) {
            envelope.message = Some("checked".to_owned());
        }
    }

    a_cut_answer_that_claims_something:
    r#"JSON that breaks off is an error and claims nothing (sample "room-taken", status 200)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            if response.is_success() {
                envelope.effect = Effect::NotApplied;
            }
        }
    }

    a_success_that_is_decoded_as_applied:
    r#"a success that is decoded has an unknown kind and effect (sample "success", status 204)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            if response.status() == 204 {
                envelope.effect = Effect::Applied;
            }
        }
    }

    a_gateway_timeout_that_claims_something:
    r#"without evidence the effect is unknown (sample "gateway timeout", status 504)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            if response.status() == 504 {
                envelope.effect = Effect::NotApplied;
            }
        }
    }

    a_server_error_that_claims_something:
    r#"without evidence the effect is unknown (sample "server error", status 500)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            if response.body().is_empty() && response.status() == 500 {
                envelope.effect = Effect::NotApplied;
            }
        }
    }

    a_code_of_a_fault_that_claims_something:
    r#"a code that rejects nothing claims nothing (sample "out-of-order", status 400)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            if response.status() == 400 {
                envelope.effect = Effect::NotApplied;
            }
        }
    }

    a_soft_code_that_claims_something:
    r#"a code that rejects nothing claims nothing (sample "voucher-expired", status 400)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            if envelope.code.as_deref() == Some("voucher-expired") {
                envelope.effect = Effect::NotApplied;
            }
        }
    }

    a_code_with_another_effect_than_its_row:
    r#"a code has the effect of its row (sample "half-done", status 400)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            if envelope.code.as_deref() == Some("half-done") {
                envelope.effect = Effect::Unknown;
            }
        }
    }

    a_code_with_another_kind_than_its_row:
    r#"a code has its kind (sample "room-taken", status 409)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            envelope.kind = Kind::from_status(response.status());
        }
    }

    a_code_that_is_changed:
    r#"a code is returned as it was sent (sample "room-taken", status 409)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            envelope.code = envelope.code.as_deref().map(|code| code.to_uppercase().into());
        }
    }

    a_code_that_is_made_up:
    r#"a code comes from the response (sample "redirect", status 302)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            envelope.code.get_or_insert_with(|| "none".into());
        }
    }

    a_code_info_that_is_missing:
    r#"code_info returns the row of a known code (sample "room-taken", status 409)"#, {
        fn code_info(_: &Failure) -> Option<&'static CodeInfo> {
            None
        }
    }

    a_status_that_is_lost:
    r#"the status stays as it was sent (sample "any bytes", status 0)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            envelope.status = envelope.status.max(100);
        }
    }

    a_retry_after_that_is_lost:
    r#"Retry-After is passed on (sample "room-taken", status 409)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            let Envelope { code, kind, effect, .. } = envelope.clone();
            *envelope = Envelope::new("acme", envelope.status).with_kind(kind);
            (envelope.code, envelope.effect) = (code, effect);
        }
    }

    a_retry_after_that_is_evidence:
    r#"Retry-After says when, never whether (sample "out-of-order", status 500)"#, {
        fn change(envelope: &mut Envelope, response: &RawResponse<'_>) {
            if response.retry_after().is_some() {
                envelope.effect = Effect::NotApplied;
            }
        }
    }

    a_name_of_somebody_else:
    r#"an error carries the name of its provider (sample "room-taken", status 409)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            envelope.provider = "other".into();
        }
    }

    an_error_that_says_what_its_envelope_does_not:
    r#"an error says what its envelope says (sample "room-taken", status 409)"#, {
        fn retry(_: &Envelope) -> Retry {
            Retry::Safe
        }
    }

    a_line_without_the_name:
    r#"Display is one line that starts with the provider's name (sample "room-taken", status 409)"#, {
        fn line(failure: &Failure) -> String {
            failure.to_string().replace("acme", "Acme")
        }
    }

    a_line_that_is_two:
    r#"Display is one line that starts with the provider's name (sample "room-taken", status 409)"#, {
        fn line(failure: &Failure) -> String {
            failure.to_string() + "\nbody"
        }
    }

    an_envelope_that_json_changes:
    r#"an envelope reads back from JSON as it was (sample "room-taken", status 409)"#, {
        fn change(envelope: &mut Envelope, _: &RawResponse<'_>) {
            for _ in 0..40 {
                envelope.items = vec![FailedItem::new(envelope.clone())];
            }
        }
    }

    a_panic:
    r#"no response causes a panic (sample "nothing but 401", status 401)"#, {
        fn change(_: &mut Envelope, response: &RawResponse<'_>) {
            assert!(!response.body().is_empty());
        }
    }

    a_provider_that_recognizes_everything:
    "a provider does not recognize what anyone may send (nothing but 401)", {
        fn recognizes(_: &RawResponse<'_>) -> bool {
            true
        }
    }

    a_provider_that_recognizes_some_of_its_codes:
    "a provider that recognizes a code recognizes all of its codes (room-taken)", {
        fn recognizes(response: &RawResponse<'_>) -> bool {
            contains(response, "half-done")
        }
    }

    a_code_without_a_sample:
    "each code has a sample (half-done)", {
        fn samples() -> Vec<Sample> {
            let first = Code::infos().iter().take(3);
            first.map(|info| Sample::of_code(info, &json!({"reason": info.code}))).collect()
        }
    }

    a_sample_of_an_unknown_code:
    r#"a sample of a code is named after a known code (sample "brand-new", status 400)"#, {
        const CODES: &'static [CodeInfo] = &[];

        fn samples() -> Vec<Sample> {
            let mut sample = Sample::json("brand-new", 400, &json!({"reason": "brand-new"}));
            sample.is_code = true;
            vec![sample]
        }
    }

    a_sample_that_is_a_success:
    r#"check takes no error for a success (sample "declined", status 200)"#, {
        const CODES: &'static [CodeInfo] = &[];

        fn samples() -> Vec<Sample> {
            vec![Sample::json("declined", 200, &json!({"status": "declined"}))]
        }
    }

    two_samples_of_one_name:
    "each sample has a name of its own (rate limit)", {
        fn samples() -> Vec<Sample> {
            vec![Sample::new("rate limit", 429, "")]
        }
    }

    a_code_that_is_listed_twice:
    "a code is listed once (x)", {
        const CODES: &'static [CodeInfo] = &[
            CodeInfo::new("x", Kind::Conflict, "One meaning.", "A remedy."),
            CodeInfo::new("x", Kind::Conflict, "Another one.", "A remedy."),
        ];

        fn samples() -> Vec<Sample> {
            vec![Sample::of_code(&Self::CODES[0], &json!({"reason": "x"}))]
        }
    }

    a_code_without_a_remedy:
    "a code has a meaning and a remedy (x)", {
        const CODES: &'static [CodeInfo] = &[CodeInfo::new("x", Kind::Conflict, "A meaning.", " ")];
    }
}
