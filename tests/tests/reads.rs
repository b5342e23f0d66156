//! Calls that only read: nothing was carried out, whatever they were answered.

use booking_errors::{Effect, Envelope, Kind, Provider, ProviderError, RawResponse, Retry, providers};
use booking_errors_tests::fixtures;
use booking_errors_tests::given::{Given, fluentbooking, guesty, wix};
use serde_json::json;

const READS: [&str; 5] = ["GET", "HEAD", "OPTIONS", "get", "Options"];
const OTHERS: [&str; 8] = ["POST", "PUT", "PATCH", "DELETE", "TRACE", "", "GET ", "GETS"];

/// Calls `ask` with the samples of every provider, also with other statuses, and with the recorded responses.
fn of_every_answer(mut ask: impl FnMut(&str, &Provider, &RawResponse<'_>)) {
    for provider in providers() {
        for mut sample in provider.samples() {
            let what = format!("{} {}", provider.name(), sample.name);
            for status in [sample.status, 200, 400, 404, 429, 500, 503] {
                sample.status = status;
                ask(&format!("{what} {status}"), provider, &sample.response());
            }
        }
    }
    for fixture in fixtures() {
        ask(&fixture.id, fixture.provider, &fixture.response());
    }
}

/// The error and its items.
fn all_of(error: &dyn ProviderError) -> impl Iterator<Item = &Envelope> {
    std::iter::once(error.envelope()).chain(error.items().iter().map(|item| &item.error))
}

#[test]
fn a_read_carries_nothing_out_whatever_the_answer_and_nothing_else_changes() {
    let mut count = 0;
    of_every_answer(|what, provider, response| {
        let plain = provider.check(response).err();
        for method in READS {
            let read = provider.check(&response.clone().method(method)).err();
            assert_eq!(read.is_some(), plain.is_some(), "{what} {method}");
            let (Some(plain), Some(read)) = (&plain, &read) else { continue };
            assert!(all_of(&**read).all(|error| error.effect == Effect::NotApplied), "{what} {method}");
            count += usize::from(plain.effect() != Effect::NotApplied);
            assert_eq!(plain.items().len(), read.items().len(), "{what}");
            for (plain, read) in all_of(&**plain).zip(all_of(&**read)) {
                // the items are asked on their own
                let mut same = read.clone();
                (same.effect, same.remedy) = (plain.effect, plain.remedy.clone());
                same.items.clone_from(&plain.items);
                assert_eq!(same, *plain, "{what} {method}");
                if plain.effect == Effect::NotApplied && plain.items.is_empty() {
                    assert_eq!(read.remedy, plain.remedy, "{what} {method}");
                }
            }
        }
    });
    assert!(count > 1_000, "{count}");
}

#[test]
fn any_other_method_changes_nothing() {
    of_every_answer(|what, provider, response| {
        for method in OTHERS {
            let (plain, sent) =
                (provider.decode(response), provider.decode(&response.clone().method(method)));
            assert_eq!(sent.envelope(), plain.envelope(), "{what} {method}");
        }
    });
}

#[test]
fn no_remedy_of_a_read_doubts_that_nothing_was_carried_out() {
    const DOUBTS: [&str; 6] = [
        "whether the call",
        "whether the booking",
        "whether the reservation",
        "whether it went",
        "went through",
        "only those",
    ];
    of_every_answer(|what, provider, response| {
        let Err(error) = provider.check(&response.clone().method("GET")) else { return };
        for error in all_of(&*error) {
            let remedy = error.remedy.to_lowercase();
            assert!(!DOUBTS.iter().any(|doubt| remedy.contains(doubt)), "{what}: {remedy}");
        }
    });
}

#[test]
fn what_a_read_shows_is_not_what_it_made() {
    let taken =
        json!({"booking": {"id": "3f25"}, "details": {"applicationError": {"code": "SLOT_NOT_AVAILABLE"}}});
    let found = json!({"results": [{"_id": "5d6e"}, {"reservation": {"errors": ["CAL_UNAVAILABLE"]}}]});
    let part = json!({"responses": [
        {"body": {"id": 1}, "status": 201, "headers": {}},
        {"body": "", "status": 500, "headers": {}},
    ]});
    let pending = json!({"payment": {"status": "PENDING_AUTH", "threeDSChallenge": {}}});
    let rows = [
        (wix(428, taken), Kind::SlotUnavailable, "Query availability"),
        (guesty(200, found), Kind::SlotUnavailable, "nights that are free"),
        (fluentbooking(207, part), Kind::ProviderFault, "The call did nothing"),
        (guesty(200, pending), Kind::PaymentRequired, "do not charge again"),
        (wix(504, ""), Kind::Unavailable, "send it again after a while"),
        (
            guesty(200, "").bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
            Kind::Unknown,
            "Switch on decompression",
        ),
    ];
    for (given, kind, remedy) in rows {
        let read = |given: &Given| given.provider.check(&given.response().method("GET")).unwrap_err();
        let error = read(&given);
        assert_eq!((error.kind(), error.effect()), (kind, Effect::NotApplied), "{given}");
        assert!(error.remedy().contains(remedy), "{given}: {}", error.remedy());
        assert_ne!(given.effect(), Effect::NotApplied, "{given}");
    }
    assert_eq!(wix(504, "").error().retry(), Retry::CheckFirst);
}
