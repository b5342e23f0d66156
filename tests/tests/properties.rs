//! What holds for any response.

use booking_errors::decode::json::{Reader, Shape, Value};
use booking_errors::{
    Envelope, FromResponse, ProviderError, RawResponse, fluentbooking, guesty, providers, recognize, wix,
};
use booking_errors_tests::any_json::any_json;
use booking_errors_tests::fixtures;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// What every provider must keep to, whatever comes.
fn ask_every_provider(status: u16, headers: &[(String, String)], body: &[u8]) {
    let headers = headers.to_vec();
    let response = RawResponse::new(status, body).headers(&headers);
    let _ = recognize(&response);
    for provider in providers() {
        let error = provider.decode(&response);
        assert_eq!(error.provider(), provider.name());
        if !(200..300).contains(&status) {
            assert_eq!(error.status(), status);
            assert_eq!(provider.check(&response).unwrap_err().envelope(), error.envelope());
        }
        let line = error.to_string();
        assert!(!line.contains(|c: char| c.is_control()) && line.chars().count() < 10_000, "{line:?}");
        assert!(format!("{error:?}").len() < 20_000);
        assert!(
            error
                .issues()
                .iter()
                .all(|issue| issue.field.is_some() || issue.code.is_some() || issue.message.is_some())
        );
        assert!(error.code().is_none_or(|code| !code.trim().is_empty()));
        let json = serde_json::to_string(error.envelope()).unwrap();
        assert_eq!(&serde_json::from_str::<Envelope>(&json).unwrap(), error.envelope());
    }
}

/// Reads a value with the pull reader into the type that serde_json has.
fn read(value: Value<'_, '_>) -> Json {
    match value.shape() {
        Shape::Object => {
            let mut members = serde_json::Map::new();
            value.members(|name, value| {
                members.insert(name.into_owned(), read(value));
            });
            members.into()
        }
        Shape::List => {
            let mut items = Vec::new();
            value.items(|item| items.push(read(item)));
            items.into()
        }
        Shape::Text => value.string().unwrap_or_default().into_owned().into(),
        Shape::Bool => value.boolean().into(),
        Shape::Number => serde_json::from_slice(value.raw()).unwrap(),
        Shape::Null | Shape::Broken => {
            value.skip();
            Json::Null
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(
        status: u16,
        headers in prop::collection::vec(("(?i)retry-after|date|x-request-id|x-wix-request-id", ".*"), 0..3),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        ask_every_provider(status, &headers, &body);
    }

    #[test]
    fn any_json_is_answered(status in 100_u16..600, json in any_json()) {
        ask_every_provider(status, &[], json.to_string().as_bytes());
    }

    #[test]
    fn any_change_to_a_recorded_response_is_answered(
        pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..8,
        with in prop_oneof![
            prop::sample::select(vec!["", "{", "}", "[", "\"", "\\", ",", "null", "\u{feff}", "\\ud800", "<!--", "{}"])
                .prop_map(|text| text.as_bytes().to_vec()),
            prop::collection::vec(any::<u8>(), 0..8),
        ],
    ) {
        let fixtures = fixtures();
        let fixture = pick.get(&fixtures);
        let mut body = fixture.body.clone();
        let start = at.index(body.len() + 1);
        body.splice(start..(start + length).min(body.len()), with);
        ask_every_provider(fixture.status, &fixture.headers, &body);
    }

    #[test]
    fn an_unknown_code_comes_out_as_it_went_in(code in "[^\u{0}-\u{20}].{0,40}[^\u{0}-\u{20}]", status in 400_u16..600) {
        prop_assume!(!code.trim().is_empty());
        let wix = json!({"details": {"applicationError": {"code": code}}}).to_string();
        let error = wix::Error::from_response(&RawResponse::new(status, wix.as_bytes()));
        prop_assert_eq!((error.code(), error.known_code()), (Some(&*code), code.parse().ok()));
        let fluentbooking = json!({"code": code}).to_string();
        let error = fluentbooking::Error::from_response(&RawResponse::new(status, fluentbooking.as_bytes()));
        prop_assert_eq!((error.code(), error.known_code()), (Some(&*code), code.parse().ok()));
        let guesty = json!({"error_code": code}).to_string();
        let error = guesty::Error::from_response(&RawResponse::new(status, guesty.as_bytes()));
        prop_assert_eq!((error.code(), error.known_code()), (Some(&*code), code.parse().ok()));
    }

    #[test]
    fn the_reader_agrees_with_serde_json_on_all_json(json in any_json(), is_pretty: bool) {
        let text = if is_pretty { serde_json::to_string_pretty(&json).unwrap() } else { json.to_string() };
        let mut reader = Reader::new(text.as_bytes());
        prop_assert_eq!(read(reader.root()), serde_json::from_str::<Json>(&text).unwrap());
        prop_assert_eq!((reader.fault(), reader.rest()), (None, &b""[..]));
        let mut skipping = Reader::new(text.as_bytes());
        skipping.root().skip();
        prop_assert_eq!((skipping.fault(), skipping.rest()), (None, &b""[..]));
    }

    #[test]
    fn the_reader_refuses_what_serde_json_refuses(
        json in any_json(),
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(vec![b'{', b'}', b'[', b']', b'"', b'\\', b',', b':', b'0', b'-', b'.', b'e', b't', b' ', 1]),
    ) {
        let mut text = json.to_string().into_bytes();
        let index = at.index(text.len());
        text[index] = with;
        let accepted = serde_json::from_slice::<serde::de::IgnoredAny>(&text).is_ok();
        let mut reader = Reader::new(&text);
        reader.root().skip();
        prop_assert_eq!(reader.fault().is_none() && reader.rest().trim_ascii().is_empty(), accepted, "{}", text.escape_ascii());
    }
}
