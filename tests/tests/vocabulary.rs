//! Kind, effect and retry: what follows from the status, and what from one another.

use std::collections::{BTreeSet, HashSet};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use booking_errors::{
    Effect, Envelope, Kind, ProviderError as _, RawResponse, Retry, TransportError, Triage, UnknownName,
    fluentbooking, guesty, wix,
};

#[test]
fn the_status_gives_the_kind() {
    let table: &[(Kind, &[u16])] = &[
        (Kind::InvalidRequest, &[400, 405, 418, 422, 431]),
        (Kind::Unauthenticated, &[401]),
        (Kind::PermissionDenied, &[403, 451]),
        (Kind::NotFound, &[404, 410]),
        (Kind::Conflict, &[409, 412]),
        (Kind::InvalidState, &[428]),
        (Kind::PaymentRequired, &[402]),
        (Kind::RateLimited, &[429]),
        (Kind::ProviderFault, &[500, 501, 505, 528, 529, 531, 599]),
        (Kind::Unavailable, &[408, 499, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]),
        (Kind::Unknown, &[0, 100, 200, 302, 399, 600, u16::MAX]),
    ];
    for (kind, statuses) in table {
        for status in *statuses {
            assert_eq!(Kind::from_status(*status), *kind, "{status}");
        }
    }
}

#[test]
fn the_effect_follows_the_rules() {
    let cases = [
        (501, None, Effect::NotApplied, Retry::Never),
        (521, None, Effect::NotApplied, Retry::Safe),
        (526, None, Effect::NotApplied, Retry::Safe),
        (530, None, Effect::NotApplied, Retry::Safe),
        (408, None, Effect::Unknown, Retry::CheckFirst),
        (499, None, Effect::Unknown, Retry::CheckFirst),
        (405, None, Effect::NotApplied, Retry::Never),
        (429, None, Effect::NotApplied, Retry::Safe),
        // it says when, never whether
        (503, Some("5"), Effect::Unknown, Retry::CheckFirst),
        (503, Some("0"), Effect::Unknown, Retry::CheckFirst),
        (503, Some("soon"), Effect::Unknown, Retry::CheckFirst),
        (503, None, Effect::Unknown, Retry::CheckFirst),
        (502, Some("5"), Effect::Unknown, Retry::CheckFirst),
        (500, None, Effect::Unknown, Retry::CheckFirst),
        (302, None, Effect::Unknown, Retry::CheckFirst),
    ];
    for provider in booking_errors::providers() {
        for (status, retry_after, effect, retry) in cases {
            let mut response = RawResponse::new(status, b"");
            if let Some(value) = retry_after {
                response = response.header("retry-after", value);
            }
            let error = provider.decode(&response);
            assert_eq!((error.effect(), error.retry()), (effect, retry), "{status} {retry_after:?}");
        }
    }
}

#[test]
fn the_retry_follows_from_kind_and_effect() {
    for kind in Kind::ALL {
        let passes_by = matches!(kind, Kind::RateLimited | Kind::Unavailable);
        assert_eq!(
            Retry::of(*kind, Effect::NotApplied),
            if passes_by { Retry::Safe } else { Retry::Never },
            "{kind}"
        );
        assert_eq!(Retry::of(*kind, Effect::Unknown), Retry::CheckFirst, "{kind}");
        assert_eq!(Retry::of(*kind, Effect::Applied), Retry::Never, "{kind}");
        assert_eq!(Retry::of(*kind, Effect::Partial), Retry::Never, "{kind}");
    }
    assert_eq!(Retry::CheckFirst.if_idempotent(), Retry::Safe);
    assert_eq!(Retry::Safe.if_idempotent(), Retry::Safe);
    assert_eq!(Retry::Never.if_idempotent(), Retry::Never);
}

#[test]
fn what_the_call_did_says_who_has_to_act_before_the_kind_does() {
    for kind in Kind::ALL {
        let group = |effect| Envelope::new("acme", 418).with_kind(*kind).with_effect(effect).triage();
        assert_eq!(group(Effect::Unknown), Triage::LookUp, "{kind}");
        assert_eq!(group(Effect::Partial), Triage::PartlyDone, "{kind}");
        assert_eq!(group(Effect::Applied), Triage::PartlyDone, "{kind}");
        let expect = match kind {
            Kind::RateLimited | Kind::Unavailable | Kind::ProviderFault => Triage::Wait,
            Kind::Unauthenticated | Kind::PermissionDenied | Kind::Disabled => Triage::Account,
            Kind::InvalidRequest | Kind::NotFound | Kind::Unknown => Triage::Code,
            _ => Triage::Customer,
        };
        assert_eq!(group(Effect::NotApplied), expect, "{kind}");
        let of = |effect, retry| Triage::of(*kind, effect, retry);
        assert_eq!(of(Effect::Unknown, Retry::Safe), Triage::Wait, "{kind} with an idempotency key");
        assert_eq!(of(Effect::Unknown, Retry::Never), Triage::LookUp, "{kind}: it is in doubt all the same");
        assert_eq!(of(Effect::Partial, Retry::Safe), Triage::PartlyDone, "{kind}");
    }
    let groups = ["look-up", "partly-done", "wait", "customer", "account", "code"];
    assert!(Triage::ALL.iter().map(|group| group.as_str()).eq(groups), "the most urgent first");
    assert!(Triage::ALL.is_sorted());
    assert_eq!(TransportError::broken_off("acme").triage(), Triage::LookUp);
    assert_eq!(TransportError::never_sent("acme").triage(), Triage::Wait);
    assert_eq!(TransportError::not_built("acme").triage(), Triage::Code);
}

#[test]
fn every_kind_has_a_remedy_of_its_own() {
    let remedies: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.remedy()).collect();
    assert_eq!(remedies.len(), Kind::ALL.len());
    assert!(remedies.iter().all(|remedy| remedy.ends_with('.')), "{remedies:?}");
}

#[test]
fn effect_and_retry_print_their_names() {
    assert_eq!(Effect::NotApplied.to_string(), Effect::NotApplied.as_str());
    assert_eq!(Retry::Never.to_string(), Retry::Never.as_str());
}

/// Asks that each value is read from its name, and is its own key.
fn ask_names<T>(all: &[T])
where
    T: Copy + Eq + Hash + Debug + Display + FromStr<Err: Debug>,
{
    for value in all {
        assert_eq!(value.to_string().parse::<T>().unwrap(), *value);
    }
    assert_eq!(all.iter().copied().collect::<HashSet<_>>().len(), all.len());
}

#[test]
fn every_name_is_read_back_and_every_value_can_be_a_key() {
    ask_names(Kind::ALL);
    ask_names(Effect::ALL);
    ask_names(Retry::ALL);
    ask_names(Triage::ALL);
    ask_names(wix::Code::ALL);
    ask_names(fluentbooking::Code::ALL);
    ask_names(guesty::Code::ALL);
}

#[test]
fn every_name_has_a_meaning_of_one_sentence() {
    let meanings = Kind::ALL.iter().map(|it| it.meaning());
    let meanings = meanings.chain(Effect::ALL.iter().map(|it| it.meaning()));
    let meanings = meanings.chain(Retry::ALL.iter().map(|it| it.meaning()));
    let meanings: Vec<_> = meanings.chain(Triage::ALL.iter().map(|it| it.meaning())).collect();
    for meaning in &meanings {
        assert!(meaning.ends_with('.') && !meaning.contains(". ") && !meaning.contains('\n'), "{meaning:?}");
    }
    assert_eq!(meanings.iter().collect::<BTreeSet<_>>().len(), meanings.len());
}

#[test]
fn the_names_are_those_in_json() {
    let json = |name: &str| format!("\"{name}\"");
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_string(kind).unwrap(), json(kind.as_str()));
    }
    for effect in Effect::ALL {
        assert_eq!(serde_json::to_string(&effect).unwrap(), json(effect.as_str()));
    }
    for retry in Retry::ALL {
        assert_eq!(serde_json::to_string(&retry).unwrap(), json(retry.as_str()));
    }
    for group in Triage::ALL {
        assert_eq!(serde_json::to_string(group).unwrap(), json(group.as_str()));
    }
}

#[test]
fn another_name_is_an_error_that_shows_it_escaped() {
    let shown = |error: UnknownName| (error.to_string(), format!("{error:?}"));
    for name in ["", "SlotUnavailable", "SLOT_UNAVAILABLE", "slot_unavailable ", "not_applied", "safe"] {
        let error = name.parse::<Kind>().unwrap_err();
        assert_eq!((error.name(), error.to_string()), (name, format!("unknown kind `{name}`")));
    }
    let effect = shown("ap\nplied".parse::<Effect>().unwrap_err());
    assert_eq!(effect.0, r"unknown effect `ap\nplied`");
    assert_eq!(effect.1, r#"UnknownName("effect", "ap\nplied")"#);
    let retry = shown("x".repeat(1_000).parse::<Retry>().unwrap_err());
    assert_eq!(retry.0, format!("unknown retry `{}…`", "x".repeat(128)));
    assert!(retry.1.len() < 200, "{}", retry.1);
}

#[test]
fn only_a_provider_that_fails_counts_against_it() {
    for kind in Kind::ALL {
        for effect in Effect::ALL {
            let error = Envelope::new("acme", 418).with_kind(*kind).with_effect(*effect);
            let expect = matches!(kind, Kind::ProviderFault | Kind::Unavailable | Kind::Unknown);
            assert_eq!(error.counts_against_provider(), expect, "{kind} {effect}");
        }
    }
    assert!(!TransportError::not_built("acme").counts_against_provider());
    assert!(TransportError::never_sent("acme").counts_against_provider());
    for provider in booking_errors::providers() {
        let counts = |status, body: &[u8]| {
            provider.check(&RawResponse::new(status, body)).unwrap_err().counts_against_provider()
        };
        assert!(counts(504, b"") && counts(200, b"<!doctype html><title>Log in</title>"), "{provider:?}");
        assert!(!counts(429, b"") && !counts(403, b""), "{provider:?}");
        let page = RawResponse::new(200, b"<!doctype html><title>Log in</title>").method("GET");
        assert!(provider.check(&page).unwrap_err().counts_against_provider(), "{provider:?}");
    }
}
