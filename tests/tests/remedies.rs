//! Remedies: none contradicts the effect that it comes with.

use booking_errors::{Effect, Kind, ProviderError, Retry, providers};
use booking_errors_tests::fixtures;
use booking_errors_tests::given::{Given, fluentbooking, guesty, wix};
use serde_json::json;

/// Every error of the samples and of the recorded responses, with what it is.
fn errors() -> Vec<(String, Box<dyn ProviderError>)> {
    let samples = providers().iter().flat_map(|provider| {
        let samples = provider.samples().into_iter();
        samples.map(|sample| {
            (format!("{} {}", provider.name(), sample.name), provider.decode(&sample.response()))
        })
    });
    // the samples with other statuses too, since no code is tied to one
    let others = providers().iter().flat_map(|provider| {
        provider.samples().into_iter().flat_map(move |sample| {
            [200, 400, 404, 429, 500, 503].into_iter().filter_map(move |status| {
                let given = Given::new(provider, status, &sample.body);
                Some((given.to_string(), given.checked()?))
            })
        })
    });
    let recorded = fixtures().into_iter().filter_map(|fixture| {
        let error = fixture.provider.check(&fixture.response()).err()?;
        Some((fixture.id, error))
    });
    samples.chain(others).chain(recorded).collect()
}

/// Words that tell to look before anything is sent.
const LOOK: [&str; 6] = ["look ", "check ", "read ", "verify", "see whether", "ask for the price again"];
/// Words that tell to send or book again.
const AGAIN: [&str; 10] = [
    "same call",
    "send it again",
    "send the call again",
    "send it as a new call",
    "repeat it",
    "repeat the call",
    "book again",
    "try again",
    "resend",
    "retry",
];

fn position(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.find(word)).min()
}

#[test]
fn no_remedy_of_an_unknown_effect_tells_to_send_again_without_looking_first() {
    let mut count = 0;
    for (what, error) in errors() {
        for error in std::iter::once(error.envelope()).chain(error.items().iter().map(|item| &item.error)) {
            if error.effect != Effect::Unknown {
                continue;
            }
            assert_eq!(error.retry(), Retry::CheckFirst);
            let remedy = error.remedy().to_lowercase();
            if let Some(again) = position(&remedy, &AGAIN) {
                let look = position(&remedy, &LOOK);
                assert!(look.is_some_and(|look| look < again), "{what}: {remedy}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn what_went_through_is_never_to_be_sent_again() {
    for (what, error) in errors() {
        if error.effect() == Effect::Applied {
            let remedy = error.remedy().to_lowercase();
            assert_eq!(position(&remedy, &AGAIN), None, "{what}: {remedy}");
        }
        if error.effect() == Effect::Partial {
            assert!(error.remedy().contains("only"), "{what}: {}", error.remedy());
        }
    }
}

#[test]
fn the_remedy_of_a_rejection_is_not_that_of_a_call_that_may_have_gone_through() {
    let rows = [
        wix(
            404,
            json!({"booking": {"id": "3f25"}, "details": {"applicationError": {"code": "SLOT_NOT_AVAILABLE"}}}),
        ),
        fluentbooking(422, json!({"message": "Your card was declined."})),
        fluentbooking(422, json!({"code": "slot_no_longer_available", "message": "m", "booking": {"id": 1}})),
        guesty(400, json!({"_id": "5d6e", "status": "confirmed", "error_code": "CAL_UNAVAILABLE"})),
        fluentbooking(403, json!({"message": "m"})),
        fluentbooking(429, json!({"message": "m"})),
    ];
    for given in rows {
        let error = given.error();
        assert_eq!(error.effect(), Effect::Unknown, "{given}");
        assert!(
            error.remedy().starts_with("Check whether the call went through"),
            "{given}: {}",
            error.remedy()
        );
    }
}

#[test]
fn an_invalid_request_without_issues_says_to_read_the_message_if_there_is_one() {
    let without = [
        wix(400, json!({"message": "m"})),
        guesty(400, json!({"message": "m"})),
        fluentbooking(422, json!({"code": "brand_new", "message": "m"})),
    ];
    for given in without {
        let error = given.error();
        assert_eq!((error.kind(), error.effect()), (Kind::InvalidRequest, Effect::NotApplied), "{given}");
        assert!(error.remedy().starts_with("Read the message"), "{}", error.remedy());
        assert!(!error.remedy().contains("issues"), "{}", error.remedy());
    }
    for given in [wix(422, ""), guesty(400, json!({})), fluentbooking(413, "")] {
        let error = given.error();
        assert_eq!((error.kind(), error.effect()), (Kind::InvalidRequest, Effect::NotApplied), "{given}");
        assert!(error.remedy().starts_with("Compare the request"), "{}", error.remedy());
    }
    let no_action = fluentbooking(400, "0").error();
    assert!(no_action.remedy().starts_with("Check the name of the action"), "{}", no_action.remedy());
    let with = [
        wix(400, json!({"details": {"validationError": {"fieldViolations": [{"field": "email"}]}}})),
        guesty(400, json!({"data": {"errors": ["\"email\" is required"]}})),
        fluentbooking(422, json!({"message": "m", "errors": {"email": {"required": "x"}}})),
    ];
    for given in with {
        assert!(
            given.error().remedy().contains("fields that the issues name"),
            "{given}: {}",
            given.error().remedy()
        );
    }
    for (what, error) in errors() {
        let names_issues = error.remedy().contains("fields that the issues name");
        assert!(!names_issues || !error.issues().is_empty() || error.code_info().is_some(), "{what}");
    }
}

#[test]
fn a_remedy_for_a_missing_permission_depends_on_the_login() {
    let forbidden = |status| fluentbooking(status, json!({"code": "rest_forbidden", "message": "m"})).error();
    assert_eq!(forbidden(401).kind(), Kind::Unauthenticated);
    assert_eq!(forbidden(403).kind(), Kind::PermissionDenied);
    assert!(forbidden(401).remedy().contains("401"), "{}", forbidden(401).remedy());
}

#[test]
fn the_remedy_of_a_reservation_without_a_reason_says_to_look_for_it() {
    for errors in [json!([]), json!(["a text"]), json!(["BRAND_NEW"])] {
        let error =
            guesty(400, json!({"error_code": "CREATE_RESERVATION_ERROR", "data": {"errors": errors}}))
                .error();
        assert_eq!(error.effect(), Effect::Unknown);
        assert!(error.remedy().contains("check whether the reservation exists"), "{}", error.remedy());
    }
}
