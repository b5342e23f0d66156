//! Successes, and what only looks like one.

use crate::*;

#[tokio::test]
async fn a_success_without_an_end_is_read_up_to_64_mebibytes() {
    let server =
        Server::start(|_| Answer::Endless(b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n\"".to_vec())).await;
    let response = client().get(server.url()).send().await.unwrap();
    let error = response.json_or_error::<String, Measured>().await.unwrap_err();
    assert!(matches!(unreadable(&error), Some(Unreadable::TooLong(limit)) if *limit == 64 << 20));
}

#[tokio::test]
async fn a_byte_order_mark_before_a_success_is_passed_over() {
    assert_eq!(post::<wix::Error>(Answer::new(200, &[], "\u{feff}{}")).await.unwrap(), serde_json::json!({}));
}

#[tokio::test]
async fn an_unreadable_success_keeps_none_of_its_text() {
    let long = format!("[\"{}\"]", "SECRET".repeat(100_000));
    let server = Server::start(move |_| Answer::new(200, &[], &long)).await;
    let response = client().get(server.url()).send().await.unwrap();
    let error = response.json_or_error::<Vec<u8>, wix::Error>().await.unwrap_err();
    let shown = format!("{error:?} {error} {}", error.source().unwrap());
    assert!(!shown.contains("SECRET") && shown.len() < 1_000, "{shown}");
    assert!(shown.contains("line 1 column"), "{shown}");
}

#[tokio::test]
async fn a_success_is_read_up_to_a_limit() {
    async fn read(url: &str, limit: usize) -> Result<Vec<u8>, CallError<wix::Error>> {
        client().get(url).send().await?.json_or_error_within(limit).await
    }
    let server = Server::start(|_| Answer::new(200, &[], "[1,2,3]")).await;
    assert_eq!(read(&server.url(), 7).await.unwrap(), [1, 2, 3]);
    let error = read(&server.url(), 6).await.unwrap_err();
    assert!(matches!(unreadable(&error), Some(Unreadable::TooLong(6))), "{error:?}");
    assert_eq!((error.status(), error.retry()), (200, Retry::CheckFirst));
}

#[tokio::test]
async fn a_success_that_cannot_be_read_may_have_been_carried_out() {
    let answers = [
        // it came as the provider sent it, so it is the provider's error
        (Answer::new(200, &[("retry-after", "7")], "{\"id\":"), true),
        (Answer::new(201, &[("retry-after", "7")], "<html>"), true),
        // it broke off on the way
        (Answer::text("HTTP/1.1 200 X\r\nretry-after: 7\r\ncontent-length: 1000\r\n\r\n{\"id\":1"), false),
    ];
    for (answer, is_of_provider) in answers {
        let error = post::<wix::Error>(answer.clone()).await.unwrap_err();
        assert_eq!(error.provider_error().is_some(), is_of_provider, "{answer:?}");
        assert_eq!(unreadable(&error).is_some(), !is_of_provider, "{answer:?}");
        assert_eq!(error.kind(), Kind::Unknown);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_shows_no_url(&error);
    }
    let wrong_type = client()
        .get(Server::start(|_| Answer::new(200, &[], "{}")).await.url())
        .send()
        .await
        .unwrap()
        .json_or_error::<u8, wix::Error>()
        .await;
    assert!(matches!(unreadable(&wrong_type.unwrap_err()), Some(Unreadable::Json { .. })));
}

#[tokio::test]
async fn an_error_in_a_success_that_breaks_off_says_more_than_that_it_does() {
    let begun = [
        r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}},"#,
        r#"{"details":{"applicationError":{"code":"BRAND_NEW"}},"#,
        r#"{"results":[{"itemMetadata":{"success":true}},{"itemMetadata":{"success":false}},"#,
        r#"{"details":{"validationError":{"fieldViolations":[{"field":"email"}]}},"#,
    ];
    for body in begun {
        let head = "HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n";
        let error = post::<wix::Error>(Answer::text(&format!("{head}{body}"))).await.unwrap_err();
        assert!(error.provider_error().is_some(), "{body}: {error:?}");
        assert_ne!(error.effect(), Effect::NotApplied, "{body}");
    }
}

#[tokio::test]
async fn an_error_inside_a_success_is_found() {
    let body = r#"{"_id":"5d6e","status":"confirmed","errors":["COUPON_NOT_FOUND"]}"#;
    let error = post::<guesty::Error>(Answer::new(201, &[], body)).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (Kind::CouponRejected, Effect::Applied));
    assert_eq!(error.issues()[0].code.as_deref(), Some("COUPON_NOT_FOUND"));

    let server = Server::start(move |_| Answer::new(201, &[], body)).await;
    let response = client().post(server.url()).send().await.unwrap();
    let untouched = response.error_for_provider::<guesty::Error>().await.unwrap();
    assert_eq!(untouched.text().await.unwrap(), body);
}

#[tokio::test]
async fn an_empty_success_is_nothing() {
    let server = Server::start(|_| Answer::text("HTTP/1.1 204 X\r\n\r\n")).await;
    let response = client().delete(server.url()).send().await.unwrap();
    response.json_or_error::<(), wix::Error>().await.unwrap();
    let response = client().delete(server.url()).send().await.unwrap();
    assert_eq!(response.json_or_error::<Option<u8>, wix::Error>().await.unwrap(), None);
}
