//! The recorded responses, each with what it must decode to.

use booking_errors::{Envelope, recognize};
use booking_errors_tests::{Fixture, differences, fixtures};
use serde_json::json;

fn problems(fixture: &Fixture) -> Vec<String> {
    let result = fixture.provider.check(&fixture.response());
    if fixture.expect["total"] == json!(true) {
        // any answer is right, but there is one
        let provider = result.err().map(|error| error.provider().to_owned());
        assert!(provider.is_none_or(|provider| provider == fixture.provider.name()), "{}", fixture.id);
        return Vec::new();
    }
    if fixture.expect["clean"] == json!(true) {
        return result.err().iter().map(|error| format!("expected a success, got {error}")).collect();
    }
    let Err(error) = result else { return vec!["expected an error, got a success".to_owned()] };
    let got = serde_json::to_value(error.envelope()).unwrap();
    let mut found = differences(&fixture.expect, &got);
    if fixture.status >= 300 {
        found.extend(differences(
            &json!({"provider": fixture.provider.name(), "status": fixture.status}),
            &got,
        ));
    }
    found
}

#[test]
fn every_recorded_response_decodes_as_expected() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 428, "{} of the corpus's 428 cases", fixtures.len());
    let failed: Vec<_> = fixtures
        .iter()
        .map(|fixture| (&fixture.id, problems(fixture)))
        .filter(|(_, problems)| !problems.is_empty())
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_error_survives_json() {
    for fixture in fixtures() {
        let envelope = fixture.provider.decode(&fixture.response()).envelope().clone();
        let json = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::from_str::<Envelope>(&json).unwrap(), envelope, "{}", fixture.id);
    }
}

#[test]
fn no_provider_takes_the_response_of_another_for_its_own() {
    for fixture in fixtures() {
        if let Some(provider) = recognize(&fixture.response()) {
            assert_eq!(provider.name(), fixture.provider.name(), "{}", fixture.id);
        }
    }
}

#[test]
fn every_provider_reads_the_responses_of_the_others_without_losing_the_status() {
    for fixture in fixtures().iter().filter(|fixture| fixture.status >= 300) {
        for provider in booking_errors::providers() {
            let error = provider.decode(&fixture.response());
            assert_eq!(
                (error.provider(), error.status()),
                (provider.name(), fixture.status),
                "{}",
                fixture.id
            );
        }
    }
}
