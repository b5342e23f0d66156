//! The envelope as JSON: what is written, and what is read of what others wrote.

use std::time::Duration;

use booking_errors::{Effect, Envelope, Issue, Kind, ProviderError, Retry, wix};
use booking_errors_tests::answers::{failure, wix_item};
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

#[test]
fn an_item_that_cannot_be_read_costs_only_itself() {
    let read = |items: Value| {
        let envelope = json!({"provider": "wix", "status": 200, "items": items});
        serde_json::from_value::<Envelope>(envelope).unwrap().items
    };
    let item = json!({"index": "odd", "id": "a", "error": {"provider": "wix", "status": 404}});
    let items = read(json!([{"index": 0}, null, 7, {"error": null}, {"error": {"provider": "a"}}, item]));
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].index, items[0].id.as_deref(), items[0].error.status), (None, Some("a"), 404));
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
