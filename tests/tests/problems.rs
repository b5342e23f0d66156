//! Problem Details: what your own API's callers get from a real axum server, and what they never see.

use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use booking_errors::{Effect, Envelope, FailedItem, Issue, Kind, Problem, wix};
use booking_errors_tests::answers::failure;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// None of this may reach a client.
const SECRETS: [&str; 6] =
    ["acme-provider", "SECRET_CODE", "secret message", "secret-request", "secret issue", "secret_rule"];

fn secretive(kind: Kind, effect: Effect) -> Envelope {
    let [provider, code, message, request_id, issue, rule] = SECRETS;
    Envelope::new(provider, 418)
        .with_code(code)
        .with_kind(kind)
        .with_message(message)
        .with_parameter("secret message", message)
        .with_issue(Issue::new().with_field("guest.email[0]").with_code(rule).with_message(issue))
        .with_issue(Issue::new().with_field("secret message"))
        .with_request_id(request_id)
        .with_effect(effect)
        .with_retry_after(Duration::from_secs(30))
        .with_remedy("secret message")
}

const EFFECTS: [Effect; 4] = [Effect::NotApplied, Effect::Applied, Effect::Partial, Effect::Unknown];

/// Status by kind and effect, as the design has it.
fn status_of(kind: Kind, effect: Effect) -> u16 {
    match kind {
        _ if effect == Effect::Unknown => 502,
        Kind::InvalidRequest | Kind::PolicyViolation | Kind::CouponRejected => 422,
        Kind::NotFound => 404,
        Kind::Conflict | Kind::SlotUnavailable | Kind::InvalidState | Kind::Disabled => 409,
        Kind::PaymentRequired => 402,
        Kind::RateLimited | Kind::Unavailable => 503,
        _ => 502,
    }
}

async fn serve() -> String {
    let answer = |Path((kind, effect)): Path<(usize, usize)>| async move {
        Problem::new(&secretive(Kind::ALL[kind], EFFECTS[effect]))
    };
    let odd = |Path(status): Path<u16>| async move {
        Problem::new(&secretive(Kind::Unknown, Effect::Unknown)).with_status(status)
    };
    let app = Router::new().route("/kinds/{kind}/{effect}", get(answer)).route("/odd/{status}", get(odd));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

#[tokio::test]
async fn every_kind_is_answered_without_a_word_of_the_provider() {
    let url = serve().await;
    for (index, kind) in Kind::ALL.iter().copied().enumerate() {
        for (number, effect) in EFFECTS.into_iter().enumerate() {
            let response = reqwest::get(format!("{url}/kinds/{index}/{number}")).await.unwrap();
            let status = status_of(kind, effect);
            assert_eq!(response.status().as_u16(), status, "{kind} {effect}");
            assert_eq!(response.headers()["content-type"], "application/problem+json");
            let waits = effect == Effect::NotApplied && matches!(kind, Kind::RateLimited | Kind::Unavailable);
            let retry_after =
                response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(retry_after, waits.then(|| "30".to_owned()), "{kind} {effect}");

            let body = response.text().await.unwrap();
            for secret in SECRETS {
                assert!(!body.contains(secret), "{kind} {effect}: {secret}");
            }
            let json: Value = serde_json::from_str(&body).unwrap();
            assert_eq!((&json["kind"], &json["status"]), (&json!(kind.as_str()), &json!(status)));
            assert!(json["type"].as_str().unwrap().ends_with(&format!("#variant.{kind:?}")));
            for member in ["type", "title", "detail"] {
                assert!(json[member].as_str().is_some_and(|text| !text.is_empty()), "{kind}: {member}");
            }
            let fields = if kind == Kind::InvalidRequest { json!(["guest.email[0]"]) } else { Value::Null };
            assert_eq!(json["fields"], fields);
        }
    }
    for status in [0, 99, 101, 204, 304, 600, u16::MAX] {
        let response = reqwest::get(format!("{url}/odd/{status}")).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{status}");
        let json: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert_eq!(json["status"], 500, "{status}");
    }
}

#[test]
fn only_what_looks_like_a_name_is_passed_on_and_each_once() {
    let mut error = Envelope::new("acme", 422);
    let long = "x".repeat(65);
    let names = ["a-b_c.d[0]", "", "a b", "é", "<b>", &long, "a-b_c.d[0]", "second"];
    error.issues = names.iter().map(|name| Issue::new().with_field(*name)).collect();
    assert_eq!(Problem::new(&error).fields(), ["a-b_c.d[0]", "second"]);
    error.issues = (0..50).map(|n| Issue::new().with_field(format!("f{n}"))).collect();
    assert_eq!(Problem::new(&error).fields().len(), 20);
    assert!(Problem::new(&error.with_kind(Kind::Conflict)).fields().is_empty());
}

#[test]
fn numbers_keys_and_ids_are_no_names_of_fields() {
    let names = [
        "slots.0.start",
        "slots[0].start",
        "slots.1234.start",
        "guest.email[0]",
        "x-request-id",
        "contactDetails.addressLine2",
        "billingAddressLine2",
        "numberOfParticipantsPerBooking",
        "iso8601",
        "oauth2",
        "A1",
        "custom_field_12",
        "form.field_name_with_many_words.value",
        "FIRST_NAME",
    ];
    let no_names = [
        "4111111111111111",
        "0",
        "17",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "card.4111.1111.1111.1111",
        "guest.4111111111111111",
        "guest[4111111111111111].name",
        "phone_4915112345678",
        "a4111111111111111",
        "-._[]",
        "3f25e1b2-7c4d-4e5f-8a9b-0c1d2e3f4a5b",
        "bookings.3f25e1b2.status",
        "5d6e7f8a9b0c1d2e3f4a5b6c",
        "deadbeef1",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        "headers.AKIAIOSFODNN7EXAMPLE",
        "JBSWY3DPEHPK3PXP",
        "xQzLmKpRtYwVbNcDfGhJ",
        "qwertyuiopasdfghjklzxcvbnm",
        "token-a1b2c3d4",
        "guest.12345",
        "ref98765",
        "x1y2z3w4k",
        "Qx7wLmPz4kTr",
    ];
    let issues = names.iter().chain(&no_names).map(|name| Issue::new().with_field(*name));
    let mut error = Envelope::new("acme", 422);
    error.issues = issues.collect();
    assert_eq!(Problem::new(&error).fields(), names);
}

#[test]
fn the_ids_of_items_are_no_names_of_fields() {
    let refused = Envelope::new("acme", 400);
    let issue = Issue::new().with_field("booking-of-somebody");
    let error = refused.clone().with_issue(issue);
    assert_eq!(Problem::new(&error).fields(), ["booking-of-somebody"], "without items it is a field");
    let error = error.with_item(FailedItem::new(refused).with_id("booking-of-somebody"));
    assert!(Problem::new(&error).fields().is_empty());

    let item =
        json!({"itemMetadata": {"id": "smith", "success": false, "error": {"code": "INVALID_ARGUMENT"}}});
    let error = failure(&wix::PROVIDER, 200, &json!({"results": [item]}));
    let mut error = error.envelope().clone().with_kind(Kind::InvalidRequest);
    assert_eq!(error.items[0].id.as_deref(), Some("smith"));
    assert!(Problem::new(&error).fields().is_empty());
    error.items.clear();
    assert_eq!(Problem::new(&error).fields(), ["smith"], "the issues of a bulk call name its items");
}

#[test]
fn a_client_is_told_when_the_booking_may_exist() {
    let told = |kind, effect| {
        let error = Envelope::new("acme", 504).with_kind(kind).with_effect(effect);
        let told = serde_json::to_value(Problem::new(&error)).unwrap();
        ["title", "detail"].map(|member| told[member].as_str().unwrap().to_owned())
    };
    let advice = ["choose another", "correct them", "without it", "try again later", "Please reload"];
    for kind in Kind::ALL {
        let [title, unknown] = told(*kind, Effect::Unknown);
        assert_eq!(title, "Booking not confirmed");
        assert_eq!(
            unknown,
            "We could not confirm your booking because of a problem on our side. \
             Your booking may have gone through. Please check before you try again."
        );
        let [_, partial] = told(*kind, Effect::Partial);
        assert!(partial.ends_with(". Part of your booking went through. Please check before you try again."));
        let [_, applied] = told(*kind, Effect::Applied);
        assert!(applied.ends_with(". Your booking went through anyway. Please do not book again."));
        assert!(!applied.contains("could not complete"), "{applied}");
        for text in [partial, applied] {
            assert!(!advice.iter().any(|advice| text.contains(advice)), "{text}");
        }
    }
    let not_applied = |kind| told(kind, Effect::NotApplied)[1].clone();
    assert_eq!(
        not_applied(Kind::Unavailable),
        "We cannot take bookings at the moment. Please try again later."
    );
    assert_eq!(
        not_applied(Kind::SlotUnavailable),
        "This time is no longer available. Please choose another one."
    );
    assert_eq!(
        not_applied(Kind::ProviderFault),
        "We could not complete your booking because of a problem on our side."
    );
}

#[test]
fn everything_can_be_overridden() {
    let problem = Problem::new(&Envelope::new("acme", 401))
        .with_type("about:blank")
        .with_title("Title")
        .with_status(500)
        .with_detail("Detail")
        .with_instance("/bookings/17")
        .with_retry_after(Some(Duration::from_millis(1_500)));
    assert_eq!((problem.status(), problem.retry_after()), (500, Some(Duration::from_secs(2))));
    let expect = json!({
        "type": "about:blank", "title": "Title", "status": 500, "detail": "Detail", "instance": "/bookings/17",
        "kind": "unauthenticated",
    });
    assert_eq!(serde_json::to_value(&problem).unwrap(), expect);
    assert_eq!(problem.with_retry_after(None).retry_after(), None);
}
