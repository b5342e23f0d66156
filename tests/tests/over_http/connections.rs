//! Calls that did not get through, or got no answer.

use std::pin::Pin;
use std::task::{Context, Poll};

use http_body::Frame;
use hyper::body::Bytes;

use crate::*;

#[tokio::test]
async fn a_body_that_could_not_be_streamed_may_have_been_sent_in_part() {
    let refused = client().get(refusing_url()).send().await.unwrap_err();
    let server = Server::start(|_| Answer::new(201, &[], "{}")).await;
    let body = reqwest::Body::wrap(Streamed(vec![Err(refused), Ok("{".into())]));
    let failed = client().post(server.url()).body(body).send().await.unwrap_err();
    assert!(failed.is_connect(), "of the other call");
    let error = sent_once::<wix::Error>(failed);
    assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
}

/// A body of these parts, the last first.
struct Streamed(Vec<Result<Bytes, reqwest::Error>>);

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        Poll::Ready(self.0.pop().map(|part| part.map(Frame::data)))
    }
}

#[tokio::test]
async fn a_connection_that_times_out_was_not_made() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // fill the queue of connections that nobody accepts
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) =
        tokio::time::timeout(Duration::from_millis(300), tokio::net::TcpStream::connect(address)).await
    {
        waiting.push(stream);
        assert!(waiting.len() < 100);
    }
    let client = client_builder().no_proxy().connect_timeout(Duration::from_millis(300)).build();
    let failed = client.unwrap().post(format!("http://{address}/")).send().await.unwrap_err();
    assert!(failed.is_connect() && failed.is_timeout());
    let error = sent_once::<wix::Error>(failed);
    assert_eq!((error.effect(), error.retry()), (Effect::NotApplied, Retry::Safe));
    assert_eq!(error.to_string(), "wix: unavailable (no response): could not connect to the provider");
}

#[tokio::test]
async fn a_refused_connection_is_safe_where_no_redirect_was_followed() {
    let refused = client().post(refusing_url()).send().await.unwrap_err();
    let error = sent_once::<wix::Error>(refused);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::Unavailable, Effect::NotApplied, Retry::Safe)
    );
    assert_eq!(error.to_string(), "wix: unavailable (no response): could not connect to the provider");
    assert_shows_no_url(&error);

    let unresolved =
        client().post("http://no-such-host.invalid/bookings?key=SECRET-KEY").send().await.unwrap_err();
    let error = sent_once::<wix::Error>(unresolved);
    assert_eq!((error.effect(), error.retry()), (Effect::NotApplied, Retry::Safe));
    assert_shows_no_url(&error);
}

#[tokio::test]
async fn a_server_that_does_not_answer_may_have_carried_it_out() {
    for answer in [Answer::Silence, Answer::Reset(Vec::new()), Answer::text("HTTP/1.1 4")] {
        let server = Server::start({
            let answer = answer.clone();
            move |_| answer.clone()
        });
        let quick = client_builder().no_proxy().timeout(Duration::from_millis(300));
        let failed = quick.build().unwrap().post(server.await.url()).body("{}").send().await.unwrap_err();
        let error = sent_once::<wix::Error>(failed);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst), "{answer:?}");
        assert_eq!(error.retry().if_idempotent(), Retry::Safe);
        assert_shows_no_url(&error);
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_built_was_not_sent() {
    let error = CallError::<wix::Error>::from(client().get("no address").send().await.unwrap_err());
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::Unknown, Effect::NotApplied, Retry::Never)
    );
    assert_eq!(Problem::new(&error).status(), 502);
}
