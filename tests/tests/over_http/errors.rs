//! Errors that a provider sent.

use crate::*;

#[tokio::test]
async fn a_chunked_error_is_read() {
    let answer = Answer::text(
        "HTTP/1.1 400 X\r\ntransfer-encoding: chunked\r\n\r\n\
         c\r\n{\"error_code\r\nd\r\n\":\"NOT_FOUND\"\r\n1\r\n}\r\n0\r\n\r\n",
    );
    let Err(CallError::Provider(error)) = post::<guesty::Error>(answer).await else { panic!() };
    assert_eq!(error.known_code(), Some(guesty::Code::NotFound));
}

#[tokio::test]
async fn of_an_error_that_is_cut_what_came_counts() {
    let cut =
        "HTTP/1.1 400 X\r\ncontent-length: 1000\r\n\r\n{\"error_code\":\"NOT_FOUND\",\"message\":\"Not f";
    let chunked = "HTTP/1.1 400 X\r\ntransfer-encoding: chunked\r\n\r\n1a\r\n{\"error_code\":\"NOT_FOUND\",\r\n50\r\n\"message\"";
    for answer in [Answer::text(cut), Answer::Reset(cut.into()), Answer::text(chunked)] {
        let Err(CallError::Provider(error)) = post::<guesty::Error>(answer.clone()).await else {
            panic!("{answer:?}")
        };
        assert_eq!(
            (error.code(), error.message(), error.status()),
            (Some("NOT_FOUND"), None, 400),
            "{answer:?}"
        );
        assert_eq!(error.effect(), Effect::NotApplied);
    }
    let short = "HTTP/1.1 400 X\r\ncontent-length: 26\r\n\r\n{\"error_code\":\"NOT_FOUND\"} and more";
    let Err(CallError::Provider(error)) = post::<guesty::Error>(Answer::text(short)).await else { panic!() };
    assert_eq!(error.code(), Some("NOT_FOUND"));
}

#[tokio::test]
async fn an_error_without_an_end_is_read_up_to_a_mebibyte() {
    let head = b"HTTP/1.1 500 X\r\nconnection: close\r\n\r\n{\"error_code\":\"A\",\"message\":\"".to_vec();
    let server = Server::start(move |_| Answer::Endless(head.clone())).await;
    let response = client().post(server.url()).send().await.unwrap();
    let error = response.error_for_provider::<guesty::Error>().await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some("A"), 500));
    assert_eq!(error.body().len(), 64 << 10);
    // what lies in the buffers of the system comes on top
    assert!(server.sent() < 32 << 20, "{}", server.sent());

    let response = client().post(server.url()).send().await.unwrap();
    assert_eq!(response.error_for_provider::<Measured>().await.unwrap_err().0.status, 0x10);
    let response = client().post(server.url()).send().await.unwrap();
    let Err(CallError::Provider(error)) = response.json_or_error::<Value, Measured>().await else { panic!() };
    assert_eq!(error.0.status, 0x10);
}

#[tokio::test]
async fn a_retry_after_date_counts_from_the_moment_the_answer_came() {
    let answer = Answer::new(503, &[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")], "");
    let Err(CallError::Provider(error)) = post::<wix::Error>(answer).await else { panic!() };
    assert!(error.retry_after().unwrap() > Duration::from_secs(200_000_000_000));
}

#[tokio::test]
async fn a_body_that_is_compressed_is_not_taken_for_a_message() {
    let gzip =
        b"HTTP/1.1 500 X\r\ncontent-encoding: gzip\r\ncontent-length: 10\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03"
            .to_vec();
    let Err(CallError::Provider(error)) = post::<wix::Error>(Answer::Bytes(gzip)).await else { panic!() };
    assert_eq!((error.status(), error.message()), (500, None));
}
