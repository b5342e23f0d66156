//! The envelope as JSON: what is written, and what is read of what others wrote.

use std::time::Duration;

use booking_errors::{Effect, Envelope, FailedItem, Issue, Kind, ProviderError, Retry, wix};
use booking_errors_tests::answers::{failure, wix_item};
use booking_errors_tests::any_json::any_json;
use proptest::prelude::*;
use serde_json::{Value, json};

fn full() -> Envelope {
    let issue = Issue::new().with_field("email").with_code("required").with_message("missing");
    Envelope::new("acme", 503)
        .with_code("BUSY")
        .with_kind(Kind::Unavailable)
        .with_message("busy")
        .with_parameter("roomId", "7")
        .with_issue(issue)
        .with_issue(Issue::new())
        .with_request_id("7a63")
        .with_effect(Effect::NotApplied)
        .with_retry_after(Duration::from_millis(29_001))
        .with_remedy("Wait.")
}

#[test]
fn is_written_as_documented() {
    let expect = json!({
        "provider": "acme", "status": 503, "code": "BUSY", "kind": "unavailable", "message": "busy",
        "parameters": {"roomId": "7"},
        "issues": [{"field": "email", "code": "required", "message": "missing"}, {}],
        "request_id": "7a63", "effect": "not_applied", "retry": "safe", "retry_after": 30, "remedy": "Wait.",
    });
    assert_eq!(serde_json::to_value(full()).unwrap(), expect);
}

#[test]
fn leaves_out_what_has_no_value() {
    let expect = json!({
        "provider": "acme", "status": 404, "kind": "not_found", "effect": "not_applied", "retry": "never",
        "remedy": Kind::NotFound.remedy(),
    });
    assert_eq!(serde_json::to_value(Envelope::new("acme", 404)).unwrap(), expect);
}

#[test]
fn is_read_back_equal() {
    for envelope in [full(), Envelope::new("acme", 404), Envelope::new("", 0).with_code("").with_remedy("")] {
        let json = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::from_str::<Envelope>(&json).unwrap(), envelope);
        assert_eq!(serde_json::from_slice::<Envelope>(json.as_bytes()).unwrap(), envelope);
        assert_eq!(serde_json::from_reader::<_, Envelope>(json.as_bytes()).unwrap(), envelope);
    }
}

#[test]
fn reads_what_a_newer_version_wrote() {
    let newer = json!({
        "provider": "acme", "status": 499, "kind": "brand_new", "effect": "brand_new", "retry": "brand_new",
        "brand_new": {"a": [1]}, "issues": [{"field": "a", "brand_new": 1}], "code": null, "parameters": null,
    });
    let envelope: Envelope = serde_json::from_value(newer).unwrap();
    assert_eq!(
        (envelope.kind, envelope.effect, envelope.retry()),
        (Kind::Unknown, Effect::Unknown, Retry::CheckFirst)
    );
    assert_eq!(envelope.issues, [Issue::new().with_field("a")]);
    assert_eq!(envelope.code, None);
    let again: Envelope = serde_json::from_value(serde_json::to_value(&envelope).unwrap()).unwrap();
    assert_eq!(again, envelope);
}

#[test]
fn needs_provider_and_status_alone() {
    let read = |value: Value| serde_json::from_value::<Envelope>(value);
    let least = read(json!({"provider": "acme", "status": 500})).unwrap();
    assert_eq!(
        (least.kind, least.effect, &*least.remedy),
        (Kind::Unknown, Effect::Unknown, Kind::Unknown.remedy())
    );
    for member in
        ["code", "kind", "message", "parameters", "issues", "request_id", "effect", "retry_after", "remedy"]
    {
        assert_eq!(
            read(json!({"provider": "acme", "status": 500, member: null})).unwrap(),
            least,
            "{member}"
        );
    }
    assert!(read(json!({"status": 500})).unwrap_err().to_string().contains("provider"));
    assert!(read(json!({"provider": "acme"})).unwrap_err().to_string().contains("status"));
    assert!(read(json!({"provider": "acme", "status": 65536})).is_err());
}

#[test]
fn is_an_error_itself() {
    let error: Box<dyn ProviderError> = full().into();
    assert_eq!(error.to_string(), "acme: BUSY (503): busy [request id 7a63]");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(error.parameters().get("roomId"), Some("7"));
    assert_eq!(error.remedy(), "Wait.");
    assert_eq!(error.issues()[0].to_string(), "email (required): missing");
}

#[test]
fn shows_issues_with_whatever_they_have() {
    let shown = |field, code, message| {
        let mut issue = Issue::new();
        (issue.field, issue.code, issue.message) = (
            Option::map(field, str::to_owned),
            Option::map(code, |code: &str| code.to_owned().into()),
            Option::map(message, str::to_owned),
        );
        issue.to_string()
    };
    assert_eq!(shown(Some("a"), None, None), "a");
    assert_eq!(shown(None, Some("c"), Some("m")), "c: m");
    assert_eq!(shown(None, None, Some("m\n")), r"m\n");
    assert_eq!(shown(Some("a"), Some("c"), None), "a (c)");
}

/// Reads an envelope with these members beside the required ones, as a text: a `Value` keeps no duplicates.
fn read_with(members: &str) -> Envelope {
    let json = format!(r#"{{"provider":"acme",{members},"status":503}}"#);
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[test]
fn a_member_of_another_type_costs_only_itself() {
    let full = serde_json::to_value(full()).unwrap();
    let others = ["null", "true", "1.5", "-1", "7", "\"text\"", "[]", "[[1],{}]", "{}", "{\"a\":{\"b\":[]}}"];
    let huge = ["99999999999999999999", "340282366920938463463374607431768211456"];
    let optional =
        full.as_object().unwrap().keys().filter(|name| !["provider", "status"].contains(&&***name));
    for name in optional {
        for other in others.iter().chain(&huge) {
            let value: Value = serde_json::from_str(other).unwrap();
            let is_same_type = match name.as_str() {
                "parameters" => value.is_object(),
                "issues" => value.is_array(),
                "retry_after" => value.is_u64(),
                _ => value.is_string(),
            };
            if is_same_type {
                continue;
            }
            let mut members = full.as_object().unwrap().clone();
            members.remove(name);
            let expected: Envelope = serde_json::from_value(members.clone().into()).unwrap();
            members.insert(name.clone(), value);
            let read: Envelope = serde_json::from_value(members.clone().into()).unwrap();
            assert_eq!(read, expected, "{name}: {other}");
            members.remove(name);
            let rest = serde_json::to_string(&members).unwrap();
            let text = format!(r#"{{"{name}":{other},{}"#, &rest[1..]);
            assert_eq!(serde_json::from_str::<Envelope>(&text).unwrap(), expected, "{text}");
        }
    }
    assert_eq!(read_with(r#""kind":"rate_limited","effect":7"#).effect, Effect::Unknown);
    assert_eq!(
        read_with(r#""retry_after":18446744073709551615"#).retry_after(),
        Some(Duration::from_secs(u64::MAX))
    );
    for wrong in ["1.5", "\"5\"", "-1", "18446744073709551616", "{\"secs\":5}", "[5]", "false"] {
        let members = format!(r#""code":"BUSY","retry_after":{wrong},"kind":"unavailable""#);
        let read = read_with(&members);
        assert_eq!(
            (read.retry_after(), read.code.as_deref(), read.kind),
            (None, Some("BUSY"), Kind::Unavailable),
            "{wrong}"
        );
    }
}

#[test]
fn a_member_that_comes_twice_costs_only_itself() {
    let twice = r#""code":"A","code":"A","message":null,"message":"m","kind":"conflict","effect":"applied",
        "effect":"applied","retry_after":1,"retry_after":2,"request_id":"17""#;
    let read = read_with(twice);
    let expected = Envelope::new("acme", 503)
        .with_kind(Kind::Conflict)
        .with_effect(Effect::Unknown)
        .with_request_id("17");
    assert_eq!(read, expected);
    for required in [r#""status":503"#, r#""provider":"acme""#, r#""provider":null"#, r#""status":"503""#] {
        let json = format!(r#"{{"provider":"acme","status":503,{required}}}"#);
        let error = serde_json::from_str::<Envelope>(&json).unwrap_err().to_string();
        assert!(error.contains("must come once"), "{error}");
    }
}

#[test]
fn provider_and_status_of_another_type_are_named() {
    let wrong = [
        (r#"{"provider":"acme","status":"503"}"#, "status"),
        (r#"{"provider":"acme","status":503.0}"#, "status"),
        (r#"{"provider":"acme","status":-1}"#, "status"),
        (r#"{"provider":"acme","status":65536}"#, "status"),
        (r#"{"provider":"acme","status":[503]}"#, "status"),
        (r#"{"provider":"acme","status":null}"#, "status"),
        (r#"{"provider":7,"status":503}"#, "provider"),
        (r#"{"provider":{"name":"acme"},"status":503}"#, "provider"),
        (r#"{"provider":null,"status":503}"#, "provider"),
    ];
    for (json, name) in wrong {
        let error = serde_json::from_str::<Envelope>(json).unwrap_err().to_string();
        assert!(error.contains(&format!("`{name}`")), "{json}: {error}");
    }
    for json in ["null", "7", "[]", "\"acme\"", "[\"acme\",503]", "true"] {
        let error = serde_json::from_str::<Envelope>(json).unwrap_err().to_string();
        assert!(error.contains("expected an object"), "{json}: {error}");
    }
}

#[test]
fn parameters_and_issues_are_read_as_far_as_they_can_be() {
    let read = read_with(
        r#""parameters":{"a":"1","b":7,"c":null,"d":"x","d":"x","e":[],"f":""},
           "issues":[{"field":"a"},null,7,{"field":7,"code":"c","message":["m"]},{"field":"b","field":"b","code":"d"},{}]"#,
    );
    assert_eq!(read.parameters.iter().collect::<Vec<_>>(), [("a", "1"), ("f", "")]);
    let expected = [
        Issue::new().with_field("a"),
        Issue::new().with_code("c"),
        Issue::new().with_code("d"),
        Issue::new(),
    ];
    assert_eq!(read.issues, expected);
    assert_eq!(serde_json::from_str::<Issue>(r#"{"field":7,"code":"c"}"#).unwrap(), expected[1]);
    assert!(serde_json::from_str::<Issue>("7").is_err());
}

#[test]
fn an_item_that_cannot_be_read_stays_as_an_unknown_failure() {
    let unreadable = [
        r#"{"index":0}"#,
        "null",
        "7",
        r#"{"index":"odd","error":null}"#,
        r#"{"error":{"provider":"a"}}"#,
        r#"{"error":{"provider":"a","status":"404","kind":"not_found","effect":"not_applied"}}"#,
        r#"{"error":[],"id":7}"#,
        r#"{"error":{"provider":"a","status":404},"error":{"provider":"a","status":404}}"#,
        "[]",
    ];
    let unknown =
        || FailedItem::new(Envelope::new("acme", 503).with_kind(Kind::Unknown).with_effect(Effect::Unknown));
    let items = read_with(&format!(r#""items":[{}]"#, unreadable.join(","))).items;
    assert_eq!(items.len(), unreadable.len());
    assert_eq!(items[0], unknown().with_index(0));
    for (item, json) in items[1..].iter().zip(&unreadable[1..]) {
        assert_eq!(item, &unknown(), "{json}");
        assert_eq!(item.error.retry(), Retry::CheckFirst);
    }

    let known = r#"{"index":-1,"id":"a","error":{"provider":"b","status":404,"kind":"not_found","effect":"not_applied"}}"#;
    let kept = r#"{"index":7,"id":"b","error":{"status":404}}"#;
    let items = read_with(&format!(r#""items":[{known},{kept}]"#)).items;
    assert_eq!(
        items,
        [FailedItem::new(Envelope::new("b", 404)).with_id("a"), unknown().with_index(7).with_id("b")]
    );
    assert!(read_with(r#""items":{"0":{}}"#).items.is_empty());

    // a status that says "refused" is that of the whole call, and no evidence about the item
    let refused: Envelope =
        serde_json::from_str(r#"{"items":[7],"status":409,"effect":"not_applied","provider":"acme"}"#)
            .unwrap();
    assert_eq!(
        (refused.items[0].error.kind, refused.items[0].error.effect),
        (Kind::Unknown, Effect::Unknown)
    );

    assert_eq!(serde_json::from_str::<FailedItem>(known).unwrap(), items[0]);
    for (json, named) in
        [("{}", "`error`"), (r#"{"error":7}"#, "`error`"), (kept, "`provider`"), ("7", "object")]
    {
        let error = serde_json::from_str::<FailedItem>(json).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn items_inside_items_are_read_to_a_certain_depth() {
    let nested = |levels: usize| {
        let start = r#"{"provider":"a","status":404,"kind":"not_found","effect":"not_applied","items":["#;
        format!("{}null{}", format!(r#"{start}{{"error":"#).repeat(levels), "}]}".repeat(levels))
    };
    for levels in [1, 31, 32, 33, 42] {
        let envelope: Envelope = serde_json::from_str(&nested(levels)).unwrap();
        let written = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::from_str::<Envelope>(&written).unwrap(), envelope, "{levels}");
        let mut deepest = &envelope;
        let mut depth = 0;
        while let [item] = &*deepest.items {
            assert_eq!(deepest.kind, Kind::NotFound);
            (deepest, depth) = (&item.error, depth + 1);
        }
        assert_eq!((deepest.kind, deepest.effect, depth), (Kind::Unknown, Effect::Unknown, levels.min(33)));
    }
}

#[test]
fn is_read_as_a_part_of_something_else() {
    #[derive(serde::Deserialize)]
    struct Line {
        at: u64,
        #[serde(flatten)]
        envelope: Envelope,
    }
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Either {
        Envelope(Box<Envelope>),
    }
    let mut json = serde_json::to_value(full()).unwrap();
    let Either::Envelope(envelope) = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(*envelope, full());
    json["at"] = json!(17);
    let line: Line = serde_json::from_str(&json.to_string()).unwrap();
    assert_eq!((line.at, line.envelope), (17, full()));
}

/// How a number arrives with serde_json's feature `arbitrary_precision`, which any crate may switch on.
#[test]
fn reads_numbers_of_any_precision() {
    let number = |digits: &str| json!({"$serde_json::private::Number": digits});
    let read = |status: &str, delay: &str| {
        let members = json!({"provider": "acme", "status": number(status), "retry_after": number(delay)});
        serde_json::from_value::<Envelope>(members)
    };
    let envelope = read("503", "30").unwrap();
    assert_eq!((envelope.status, envelope.retry_after()), (503, Some(Duration::from_secs(30))));
    assert_eq!(read("503", "1.5").unwrap().retry_after(), None);
    assert!(read("503.5", "30").is_err());
}

proptest! {
    #[test]
    fn any_members_are_read(members in prop::collection::vec((member_name(), any_json()), 0..16)) {
        let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
        let json = format!("{{{}}}", members.join(","));
        let is_read = serde_json::from_str::<Envelope>(&json).is_ok();
        prop_assert!(!is_read || json.contains("provider"));

        let others = members.iter().filter(|member| !["\"provider\"", "\"status\""].iter().any(|name| member.starts_with(name)));
        let json = format!("{{{}\"status\":409,\"provider\":\"acme\"}}", others.map(|member| format!("{member},")).collect::<String>());
        let envelope: Envelope = serde_json::from_str(&json).unwrap();
        let written = serde_json::to_string(&envelope).unwrap();
        prop_assert_eq!(serde_json::from_str::<Envelope>(&written).unwrap(), envelope);
    }

    #[test]
    fn any_envelope_is_read_back_equal(envelope in any_envelope()) {
        let json = serde_json::to_string(&envelope).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Envelope>(&json).unwrap(), &envelope);
        prop_assert_eq!(&serde_json::from_value::<Envelope>(serde_json::to_value(&envelope).unwrap()).unwrap(), &envelope);
    }
}

fn member_name() -> impl Strategy<Value = String> {
    let names = vec![
        "provider",
        "status",
        "code",
        "kind",
        "message",
        "parameters",
        "issues",
        "items",
        "request_id",
        "effect",
        "retry",
        "retry_after",
        "remedy",
        "index",
        "id",
        "error",
        "field",
        "other",
    ];
    prop::sample::select(names).prop_map(str::to_owned)
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let text = prop_oneof![Just(String::new()), any::<String>()];
    let effects =
        prop::sample::select(vec![Effect::NotApplied, Effect::Applied, Effect::Partial, Effect::Unknown]);
    let issue = prop::collection::vec(prop::option::of(text.clone()), 3).prop_map(|texts| {
        let mut issue = Issue::new();
        (issue.field, issue.code, issue.message) =
            (texts[0].clone(), texts[1].clone().map(Into::into), texts[2].clone());
        issue
    });
    let leaf = (
        (
            text.clone(),
            any::<u16>(),
            prop::sample::select(Kind::ALL),
            effects,
            prop::option::of(any::<u64>()),
        ),
        prop::collection::vec(prop::option::of(text.clone()), 4),
        prop::collection::vec((text.clone(), text.clone()), 0..4),
        prop::collection::vec(issue, 0..4),
    );
    let leaf = leaf.prop_map(|((provider, status, kind, effect, delay), texts, parameters, issues)| {
        let mut envelope = Envelope::new(provider, status).with_kind(kind).with_effect(effect);
        envelope.code = texts[0].clone().map(Into::into);
        (envelope.message, envelope.request_id) = (texts[1].clone(), texts[2].clone());
        envelope.remedy = texts[3].clone().map_or(envelope.remedy, Into::into);
        (envelope.parameters, envelope.issues) = (parameters.into_iter().collect(), issues);
        match delay {
            Some(delay) => envelope.with_retry_after(Duration::from_secs(delay)),
            None => envelope,
        }
    });
    leaf.prop_recursive(3, 8, 3, |inner| {
        let item = (prop::option::of(any::<u64>()), prop::option::of(any::<String>()), inner.clone());
        (inner, prop::collection::vec(item, 0..3)).prop_map(|(mut envelope, items)| {
            envelope.items = items
                .into_iter()
                .map(|(index, id, error)| {
                    let mut item = FailedItem::new(error);
                    (item.index, item.id) = (index, id);
                    item
                })
                .collect();
            envelope
        })
    })
}

#[test]
fn items_survive_json() {
    let results: Vec<_> = (0..1_500).map(|index| wix_item(index, Some("BOOKING_NOT_FOUND"))).collect();
    let error = failure(&wix::PROVIDER, 200, &json!({"results": results}));
    let json = serde_json::to_value(error.envelope()).unwrap();
    assert_eq!(json["items"][7]["index"], 7);
    assert_eq!(json["items"][7]["error"]["kind"], "not_found");
    assert_eq!(&serde_json::from_value::<Envelope>(json).unwrap(), error.envelope());
    let older: Envelope =
        serde_json::from_value(json!({"provider": "wix", "status": 200, "items": null})).unwrap();
    assert!(older.items.is_empty());
}
