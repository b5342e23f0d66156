use std::panic::{AssertUnwindSafe, catch_unwind};

use booking_errors_sandbox::Sandbox;
use reqwest::Method;

use crate::{act, call, client, get, post, providers};

async fn status(sandbox: &Sandbox, provider: &str) -> u16 {
    post(sandbox, provider, "{}").await.status().as_u16()
}

#[tokio::test]
async fn calls_meet_the_acts_in_their_order_and_then_succeed() {
    let sandbox = Sandbox::start().await.unwrap();
    let script = r#"{"provider":"wix","acts":["ok","504 before booking","rate limit","SLOT_NOT_AVAILABLE"]}"#;
    assert_eq!(post(&sandbox, "_script", script).await.status().as_u16(), 204);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(status(&sandbox, "wix").await);
        assert_eq!(get(&sandbox, "wix").await.status().as_u16(), 200); // a look-up takes no act away
        assert_eq!(status(&sandbox, "fluentbooking").await, 200); // nor do calls to others
    }
    assert_eq!(statuses, [200, 504, 429, 428, 200]);
}

#[tokio::test]
async fn a_bare_list_is_a_script_for_each_provider() {
    let sandbox = Sandbox::start().await.unwrap();
    post(&sandbox, "_script", r#"["rate limit"]"#).await;
    for provider in providers() {
        assert_eq!(status(&sandbox, provider).await, 429, "{provider}");
        assert_ne!(status(&sandbox, provider).await, 429, "{provider}");
    }
}

#[tokio::test]
async fn look_ups_have_a_script_of_their_own() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script_reads("wix", [act("504")]);
    assert_eq!(status(&sandbox, "wix").await, 200);
    assert_eq!(get(&sandbox, "wix").await.status().as_u16(), 504);
    post(&sandbox, "_script", r#"{"provider":"wix","acts":["503"],"reads":true}"#).await;
    assert_eq!(get(&sandbox, "wix").await.status().as_u16(), 503);
    assert_eq!(get(&sandbox, "wix").await.status().as_u16(), 200);
}

#[tokio::test]
async fn header_and_body_go_before_the_script_and_leave_it_as_it_is() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script("wix", [act("503")]);
    let asked = client().post(sandbox.url_of("wix")).header("prefer", "code=500").body(r#"["html page"]"#);
    assert_eq!(asked.send().await.unwrap().status().as_u16(), 500);
    assert_eq!(post(&sandbox, "wix", r#"["rate limit"]"#).await.status().as_u16(), 429);
    assert_eq!(status(&sandbox, "wix").await, 503);
}

#[tokio::test]
async fn a_new_script_replaces_the_old_one_and_a_delete_ends_it() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script("wix", [act("500"), act("500")]);
    sandbox.script("wix", [act("502"), act("502")]);
    assert_eq!(status(&sandbox, "wix").await, 502);
    assert_eq!(call(&sandbox, Method::DELETE, "_script", "").await.status().as_u16(), 204);
    assert_eq!(status(&sandbox, "wix").await, 200);
}

#[tokio::test]
async fn a_script_that_cannot_be_followed_is_refused_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    for (script, problem) in [
        (r#"["rate limit","nonsense"]"#, "\"nonsense\""),
        (r#"["rate limit",17]"#, "17"),
        (r#"{"provider":"acme","acts":["rate limit"]}"#, "wix, fluentbooking, guesty"),
        (r#"{"provider":7,"acts":["rate limit"]}"#, "wix, fluentbooking, guesty"),
        (r#"{"provider":"wix","acts":["LISTING_CALENDAR_BLOCKED"]}"#, "\"LISTING_CALENDAR_BLOCKED\""),
        (r#"{"provider":"wix"}"#, "\"acts\""),
        ("rate limit", "expected"),
        ("", "EOF"),
    ] {
        let response = post(&sandbox, "_script", script).await;
        assert_eq!(response.status().as_u16(), 400, "{script}");
        let text = response.text().await.unwrap();
        assert!(text.contains(problem), "{script}: {text}");
    }
    assert_eq!(status(&sandbox, "wix").await, 200);
}

#[tokio::test]
async fn a_script_in_rust_panics_over_what_the_provider_does_not_have() {
    let sandbox = Sandbox::start().await.unwrap();
    let is_refused = |provider: &str, name: &str| {
        catch_unwind(AssertUnwindSafe(|| sandbox.script(provider, [act(name)]))).is_err()
    };
    assert!(is_refused("acme", "ok"));
    assert!(is_refused("wix", "LISTING_CALENDAR_BLOCKED"));
    assert!(!is_refused("guesty", "LISTING_CALENDAR_BLOCKED"));
}
