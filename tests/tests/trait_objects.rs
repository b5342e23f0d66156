//! `dyn ProviderError`: one type for the errors of all providers.

use std::error::Error;

use booking_errors::{
    Attempts, CallError, Envelope, FromResponse, GaveUp, Kind, ProviderError, RawResponse, Retry,
    TransportError, fluentbooking, guesty, providers, wix,
};
use serde::Serialize;
use serde_json::{json, to_string, to_value};

const CUT: RawResponseParts = (500, br#"{"message":"m","#);
type RawResponseParts = (u16, &'static [u8]);

fn of<E: FromResponse>((status, body): RawResponseParts) -> Result<(), E> {
    E::check(&RawResponse::new(status, body))
}

#[test]
fn a_question_mark_boxes_the_error_of_any_provider() {
    fn book(provider: &str) -> Result<(), Box<dyn ProviderError>> {
        match provider {
            "wix" => of::<wix::Error>(CUT)?,
            "fluentbooking" => of::<fluentbooking::Error>(CUT)?,
            "guesty" => of::<guesty::Error>(CUT)?,
            _ => Err(Envelope::new("acme", 500))?,
        }
        Ok(())
    }
    for provider in ["wix", "fluentbooking", "guesty", "acme"] {
        assert_eq!(book(provider).unwrap_err().provider(), provider);
    }
}

#[test]
fn the_box_is_an_error_that_keeps_its_source() {
    fn outer() -> Result<(), Box<dyn Error + Send + Sync>> {
        let error: Box<dyn ProviderError> = of::<guesty::Error>(CUT).unwrap_err().into();
        Err(error)?
    }
    #[derive(Debug, thiserror::Error)]
    #[error("cannot book")]
    struct Wrapped(#[from] Box<dyn ProviderError>);

    let error = outer().unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "the JSON ends too early at byte 15");
    assert!(error.to_string().starts_with("guesty: provider_fault (500): m"));

    let boxed: Box<dyn ProviderError> = of::<guesty::Error>(CUT).unwrap_err().into();
    let wrapped = Wrapped::from(boxed);
    let cause = wrapped.source().unwrap();
    assert!(cause.to_string().starts_with("guesty: "));
    assert_eq!(cause.source().unwrap().to_string(), "the JSON ends too early at byte 15");
}

#[test]
fn it_downcasts_by_reference_and_by_value() {
    let error: Box<dyn ProviderError> = of::<wix::Error>(CUT).unwrap_err().into();
    assert!(error.is::<wix::Error>() && !error.is::<guesty::Error>());
    assert!(error.downcast_ref::<guesty::Error>().is_none());
    assert_eq!(error.downcast_ref::<wix::Error>().unwrap().body(), CUT.1);

    let error = error.downcast::<guesty::Error>().unwrap_err();
    assert_eq!(error.provider(), "wix");
    let typed: wix::Error = *error.downcast::<wix::Error>().unwrap();
    assert_eq!(typed.into_envelope().status, 500);
}

#[test]
fn one_function_handles_every_provider() {
    fn step(error: &dyn ProviderError) -> &'static str {
        match (error.retry(), error.kind()) {
            (Retry::Safe, _) => "wait and resend",
            (Retry::CheckFirst, _) => "look first",
            (Retry::Never, Kind::SlotUnavailable) => "offer another slot",
            (Retry::Never, _) => "give up",
        }
    }
    let taken = [
        (&wix::PROVIDER, &br#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#[..]),
        (&fluentbooking::PROVIDER, br#"{"code":"slot_no_longer_available"}"#),
        (&guesty::PROVIDER, br#"{"error_code":"LISTING_CALENDAR_BLOCKED"}"#),
    ];
    for (provider, body) in taken {
        assert_eq!(step(&*provider.decode(&RawResponse::new(428, body))), "offer another slot");
        assert_eq!(step(&*provider.decode(&RawResponse::new(504, b""))), "look first");
        assert_eq!(step(&*provider.decode(&RawResponse::new(429, b""))), "wait and resend");
        assert_eq!(step(&*provider.decode(&RawResponse::new(404, b""))), "give up");
    }
}

#[test]
fn the_same_error_decodes_alike_typed_and_untyped() {
    let response = RawResponse::new(CUT.0, CUT.1);
    let typed = wix::Error::from_response(&response);
    let untyped = booking_errors::provider("wix").unwrap().decode(&response);
    assert_eq!((typed.envelope(), typed.to_string()), (untyped.envelope(), untyped.to_string()));
    assert!(booking_errors::provider("Wix").is_none());
}

#[test]
fn every_error_is_written_as_its_envelope() {
    fn ask<E: FromResponse + Serialize>() {
        let error = of::<E>(CUT).unwrap_err();
        let envelope = to_string(error.envelope()).unwrap();
        assert_eq!(to_string(&error).unwrap(), envelope);
        let error: Box<dyn ProviderError> = error.into();
        assert_eq!(to_string(&*error).unwrap(), envelope);
        assert_eq!(serde_json::from_str::<Envelope>(&to_string(&error).unwrap()).unwrap(), *error.envelope());
    }
    ask::<wix::Error>();
    ask::<fluentbooking::Error>();
    ask::<guesty::Error>();
}

#[test]
fn errors_are_members_of_what_is_written() {
    #[derive(Serialize)]
    struct Logged {
        typed: wix::Error,
        erased: Box<dyn ProviderError>,
        none: Option<Box<dyn ProviderError>>,
    }
    let typed = of::<wix::Error>((428, b"")).unwrap_err();
    let json = to_value(Logged { typed: typed.clone(), erased: typed.into(), none: None }).unwrap();
    assert_eq!((&json["typed"]["provider"], &json["typed"]["status"]), (&json!("wix"), &json!(428)));
    assert_eq!((&json["erased"], &json["none"]), (&json["typed"], &json!(null)));

    #[derive(Serialize)]
    struct Call {
        call: CallError<wix::Error>,
        erased: CallError,
        transport: TransportError,
        gave_up: GaveUp<CallError>,
    }
    let transport = TransportError::timed_out("wix");
    let gave_up = GaveUp::new(&Attempts::of_read(), CallError::from(transport.clone()));
    let call = Call { call: transport.clone().into(), erased: transport.clone().into(), transport, gave_up };
    let json = to_value(call).unwrap();
    assert_eq!((&json["transport"]["status"], &json["transport"]["effect"]), (&json!(0), &json!("unknown")));
    assert_eq!((&json["call"], &json["erased"]), (&json["transport"], &json["transport"]));
    assert_eq!(json["gave_up"]["effect"], "not_applied");
}

#[test]
fn a_question_mark_makes_any_of_them_the_error_of_a_call() {
    fn typed() -> Result<(), CallError<wix::Error>> {
        Ok(of::<wix::Error>(CUT)?)
    }
    fn erased() -> Result<(), CallError> {
        Ok(wix::PROVIDER.check(&RawResponse::new(CUT.0, CUT.1))?)
    }
    fn typed_to_erased() -> Result<(), CallError> {
        Ok(of::<wix::Error>(CUT)?)
    }
    fn lost() -> Result<(), CallError<wix::Error>> {
        Err(TransportError::broken_off("wix"))?
    }
    assert_eq!(typed().unwrap_err().provider_error().map(ProviderError::status), Some(500));
    for erased in [erased(), typed_to_erased()] {
        assert_eq!(erased.unwrap_err().find_ref::<wix::Error>().map(ProviderError::status), Some(500));
    }
    assert!(lost().unwrap_err().transport_error().is_some());
}

#[test]
fn the_group_is_the_known_code_or_else_the_kind() {
    for provider in providers() {
        let name = provider.name();
        for sample in provider.samples() {
            let error = provider.decode(&sample.response());
            let last = error.code_info().map_or(error.kind().as_str(), |info| info.code);
            assert_eq!(error.group(), format!("{name}.{last}"), "{}", sample.name);
            assert_eq!(error.envelope().group(), format!("{name}.{}", error.kind()), "{}", sample.name);
        }
        let unknown = provider.decode(&RawResponse::new(404, br#"{"code":"brand-new 17","message":"m"}"#));
        assert_eq!(unknown.group(), format!("{name}.not_found"));
    }
    let taken = br#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
    assert_eq!(wix::PROVIDER.decode(&RawResponse::new(428, taken)).group(), "wix.SLOT_NOT_AVAILABLE");
}

#[test]
fn the_group_of_any_envelope_is_one_short_line() {
    let json =
        json!({"provider": format!("a\n{}", "x".repeat(1_000)), "status": 429, "kind": "rate_limited"});
    let group = serde_json::from_value::<Envelope>(json).unwrap().group();
    assert_eq!(group, format!(r"a\n{}….rate_limited", "x".repeat(126)));
}
