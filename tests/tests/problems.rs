//! Problem Details: what your own API's callers get from a real axum server, and what they never see.

use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use booking_errors::{Effect, Envelope, Issue, Kind, Problem};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// None of this may reach a client.
const SECRETS: [&str; 6] =
    ["acme-provider", "SECRET_CODE", "secret message", "secret-request", "secret issue", "secret_rule"];

fn secretive(kind: Kind) -> Envelope {
    let [provider, code, message, request_id, issue, rule] = SECRETS;
    Envelope::new(provider, 418)
        .with_code(code)
        .with_kind(kind)
        .with_message(message)
        .with_parameter("secret message", message)
        .with_issue(Issue::new().with_field("guest.email[0]").with_code(rule).with_message(issue))
        .with_issue(Issue::new().with_field("secret message"))
        .with_request_id(request_id)
        .with_effect(Effect::Unknown)
        .with_retry_after(Duration::from_secs(30))
        .with_remedy("secret message")
}

/// Status by kind, as the design has it.
fn status_of(kind: Kind) -> u16 {
    match kind {
        Kind::InvalidRequest | Kind::PolicyViolation | Kind::CouponRejected => 422,
        Kind::NotFound => 404,
        Kind::Conflict | Kind::SlotUnavailable | Kind::InvalidState | Kind::Disabled => 409,
        Kind::PaymentRequired => 402,
        Kind::RateLimited | Kind::Unavailable => 503,
        _ => 502,
    }
}

async fn serve() -> String {
    let answer = |Path(index): Path<usize>| async move { Problem::new(&secretive(Kind::ALL[index])) };
    let odd =
        |Path(status): Path<u16>| async move { Problem::new(&secretive(Kind::Unknown)).with_status(status) };
    let app = Router::new().route("/kinds/{index}", get(answer)).route("/odd/{status}", get(odd));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

#[tokio::test]
async fn every_kind_is_answered_without_a_word_of_the_provider() {
    let url = serve().await;
    for (index, kind) in Kind::ALL.iter().enumerate() {
        let response = reqwest::get(format!("{url}/kinds/{index}")).await.unwrap();
        let waits = matches!(kind, Kind::RateLimited | Kind::Unavailable);
        assert_eq!(response.status().as_u16(), status_of(*kind), "{kind}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let retry_after =
            response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(retry_after, waits.then(|| "30".to_owned()), "{kind}");

        let body = response.bytes().await.unwrap();
        for secret in SECRETS {
            assert!(
                !body.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{kind}: {secret}"
            );
        }
        let json: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&json["kind"], &json["status"]), (&json!(kind.as_str()), &json!(status_of(*kind))));
        assert!(json["type"].as_str().unwrap().ends_with(&format!("#variant.{kind:?}")));
        for member in ["type", "title", "detail"] {
            assert!(json[member].as_str().is_some_and(|text| !text.is_empty()), "{kind}: {member}");
        }
        let fields = if *kind == Kind::InvalidRequest { json!(["guest.email[0]"]) } else { Value::Null };
        assert_eq!(json["fields"], fields);
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
fn a_client_is_told_when_the_booking_may_exist() {
    let detail = |effect| {
        let error = Envelope::new("acme", 504).with_effect(effect);
        serde_json::to_value(Problem::new(&error)).unwrap()["detail"].as_str().unwrap().to_owned()
    };
    assert!(
        detail(Effect::Unknown)
            .ends_with("Your booking may have gone through. Please check before you try again.")
    );
    assert!(
        detail(Effect::Partial)
            .ends_with("Part of your booking went through. Please check before you try again.")
    );
    assert!(detail(Effect::Applied).ends_with("Your booking went through anyway. Please do not book again."));
    assert_eq!(detail(Effect::NotApplied), "We cannot take bookings at the moment. Please try again later.");
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
