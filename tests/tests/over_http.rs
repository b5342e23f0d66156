//! Responses over real sockets, read with reqwest.

use std::error::Error;
use std::net::TcpListener;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use booking_errors::decode::Failure;
use booking_errors::reqwest::{
    RequestExt as _, ResponseExt as _, client_builder, sent_once, sent_once_to, sent_to,
};
use booking_errors::{
    CallError, Effect, Envelope, FromResponse, Kind, Problem, Provider, ProviderError, RawResponse, Retry,
    Transport, TransportError, Unreadable, fluentbooking, guesty, wix,
};
use booking_errors_tests::server::{Answer, Server, refusing_url};
use booking_errors_tests::{Fixture, assert_shows_no_url, fixtures, read_plain};
use http_body::Frame;
use hyper::body::Bytes;
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::Value;

fn client() -> Client {
    client_builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap()
}

async fn post<E: FromResponse>(answer: Answer) -> Result<Value, CallError<E>> {
    let server = Server::start(move |_| answer.clone()).await;
    client().post(server.url()).body("{}").send().await?.json_or_error().await
}

/// Why a success cannot be read.
fn unreadable<E: FromResponse>(error: &CallError<E>) -> Option<&Unreadable> {
    error
        .transport_error()
        .filter(|error| error.transport() == Transport::Unreadable)?
        .source()?
        .downcast_ref()
}

async fn same_over_http<E: FromResponse>(fixture: &Fixture) {
    let answer = fixture.answer();
    fixture.assert_value_or_error(post::<E>(answer.clone()).await);
    let server = Server::start(move |_| answer.clone()).await;
    let response = client().get(server.url()).send().await.unwrap();
    let result = response.error_for_provider::<E>().await;
    fixture.assert_status_or_error(result.map(|response| response.status().as_u16()));
}

#[tokio::test]
async fn every_recorded_response_is_the_same_over_http() {
    for fixture in fixtures() {
        match fixture.provider.name() {
            "wix" => same_over_http::<wix::Error>(&fixture).await,
            "fluentbooking" => same_over_http::<fluentbooking::Error>(&fixture).await,
            "guesty" => same_over_http::<guesty::Error>(&fixture).await,
            // the type of the error makes no difference to the reading
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_provider_that_is_chosen_at_run_time_is_read_in_the_same_way() {
    async fn create(url: &str, name: &str) -> Result<Value, CallError> {
        let provider = booking_errors::provider(name).expect("a known provider");
        let sent = client().post(url).body("{}").send().await;
        sent.map_err(|error| sent_once_to(provider, error))?.json_or_error_from(provider).await
    }
    let coupon = r#"{"_id":"5d6e","status":"confirmed","errors":["COUPON_NOT_FOUND"]}"#;
    let server = Server::start(move |call| match call {
        0 => Answer::new(201, &[], coupon),
        1 => Answer::new(200, &[], r#"{"id":"17"}"#),
        2 => Answer::new(429, &[("retry-after", "7")], ""),
        _ => Answer::text("HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n{"),
    })
    .await;
    let error = create(&server.url(), "guesty").await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (Kind::CouponRejected, Effect::Applied));
    let typed = error.find_ref::<guesty::Error>().expect("the error of Guesty");
    assert_eq!(typed.envelope(), error.envelope());
    assert_eq!(create(&server.url(), "wix").await.unwrap()["id"], "17");
    let error = create(&server.url(), "fluentbooking").await.unwrap_err();
    assert_eq!((error.provider(), error.retry()), ("fluentbooking", Retry::Safe));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let error = create(&server.url(), "wix").await.unwrap_err();
    assert!(matches!(error.find_ref::<TransportError>().unwrap().transport(), Transport::Unreadable));
    assert_eq!((error.provider(), error.status(), error.retry()), ("wix", 200, Retry::CheckFirst));

    let error = create(&refusing_url(), "wix").await.unwrap_err();
    assert_eq!((error.provider(), error.status(), error.retry()), ("wix", 0, Retry::Safe));
    assert_shows_no_url(&error);
    let refused = client().post(refusing_url()).send().await.unwrap_err();
    assert_eq!(sent_to(&wix::PROVIDER, refused).retry(), Retry::CheckFirst);
}

#[tokio::test]
async fn the_error_of_a_call_goes_wherever_an_error_goes() {
    async fn boxed(url: &str) -> Result<Value, Box<dyn ProviderError>> {
        let sent = client().post(url).send().await.map_err(sent_once::<wix::Error>)?;
        Ok(sent.json_or_error::<Value, wix::Error>().await?)
    }
    async fn told(url: &str) -> Result<Value, Problem> {
        let sent = client().post(url).send().await.map_err(sent_once::<wix::Error>)?;
        Ok(sent.json_or_error::<Value, wix::Error>().await?)
    }
    async fn any(url: &str) -> Result<Value, Box<dyn Error + Send + Sync>> {
        Ok(boxed(url).await?)
    }
    let server = Server::start(|_| {
        Answer::new(428, &[], r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#)
    })
    .await;
    let error = boxed(&server.url()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code_info().unwrap().code),
        (Kind::SlotUnavailable, "SLOT_NOT_AVAILABLE")
    );
    assert!(error.downcast_ref::<wix::Error>().is_none(), "it is a CallError");
    let code = error.find_ref::<wix::Error>().unwrap().known_code();
    assert_eq!(code, Some(wix::Code::SlotNotAvailable));
    assert_eq!(told(&server.url()).await.unwrap_err().status(), 409);
    assert_eq!(told(&refusing_url()).await.unwrap_err().status(), 503);
    assert_eq!(Problem::from(error), told(&server.url()).await.unwrap_err());
    let error = any(&refusing_url()).await.unwrap_err();
    let found = booking_errors::find(&*error).unwrap();
    assert_eq!((found.status(), found.effect()), (0, Effect::NotApplied));
}

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
async fn only_send_tracked_sees_that_a_redirect_was_followed() {
    // what the docs warn of: reqwest keeps neither the method nor the address that were called
    let (server, target) = redirecting(302, Answer::new(200, &[], "{}")).await;
    let following = Client::builder().no_proxy().build().unwrap();
    let response = following.post(server.url()).body("{}").send().await.unwrap();
    assert!(response.json_or_error::<Value, wix::Error>().await.is_ok());
    assert_eq!((server.calls(), target.calls()), (1, 1));
}

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

/// An error type whose status is the length of what was read, in units of 64 KiB.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
struct Measured(Envelope);

static MEASURED: Provider = Provider::new::<Measured>("measured", "Measured", "", &[]);

impl ProviderError for Measured {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for Measured {
    const PROVIDER: &'static Provider = &MEASURED;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Self(Envelope::new("measured", u16::try_from(response.body().len() / (64 << 10)).unwrap()))
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        Failure::check(&MEASURED, response, read_plain).map_err(|_| Self::from_response(response))
    }
}

#[tokio::test]
async fn a_success_without_an_end_is_read_up_to_64_mebibytes() {
    let server =
        Server::start(|_| Answer::Endless(b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n\"".to_vec())).await;
    let response = client().get(server.url()).send().await.unwrap();
    let error = response.json_or_error::<String, Measured>().await.unwrap_err();
    assert!(matches!(unreadable(&error), Some(Unreadable::TooLong(limit)) if *limit == 64 << 20));
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
async fn a_retry_after_date_counts_from_the_moment_the_answer_came() {
    let answer = Answer::new(503, &[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")], "");
    let Err(CallError::Provider(error)) = post::<wix::Error>(answer).await else { panic!() };
    assert!(error.retry_after().unwrap() > Duration::from_secs(200_000_000_000));
}

#[tokio::test]
async fn a_byte_order_mark_before_a_success_is_passed_over() {
    assert_eq!(post::<wix::Error>(Answer::new(200, &[], "\u{feff}{}")).await.unwrap(), serde_json::json!({}));
}

#[tokio::test]
async fn a_body_that_is_compressed_is_not_taken_for_a_message() {
    let gzip =
        b"HTTP/1.1 500 X\r\ncontent-encoding: gzip\r\ncontent-length: 10\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03"
            .to_vec();
    let Err(CallError::Provider(error)) = post::<wix::Error>(Answer::Bytes(gzip)).await else { panic!() };
    assert_eq!((error.status(), error.message()), (500, None));
}

#[tokio::test]
async fn a_failed_call_becomes_a_problem_for_your_own_callers() {
    let told = |error: &CallError<wix::Error>| serde_json::to_value(Problem::new(error)).unwrap();
    let refused = client().post(refusing_url()).send().await.unwrap_err();
    let refused = sent_once::<wix::Error>(refused);
    assert_eq!(told(&refused)["status"], 503);
    assert!(!told(&refused)["detail"].as_str().unwrap().contains("may have gone through"));
    assert_eq!((refused.envelope().status, refused.envelope().kind), (0, Kind::Unavailable));

    let unreadable = post::<wix::Error>(Answer::new(200, &[], "no JSON")).await.unwrap_err();
    assert_eq!(told(&unreadable)["status"], 502);
    assert!(told(&unreadable)["detail"].as_str().unwrap().ends_with("check before you try again."));
    assert_eq!((unreadable.envelope().status, unreadable.envelope().effect), (200, Effect::Unknown));

    let answered = post::<wix::Error>(Answer::new(404, &[], "")).await.unwrap_err();
    assert_eq!(told(&answered)["status"], 404);
    assert_eq!(answered.provider_error().map(ProviderError::status), Some(404));
    assert!(refused.provider_error().is_none());
}

#[tokio::test]
async fn the_status_in_reqwests_own_errors_decides_if_no_redirect_was_followed() {
    let server = Server::start(|_| Answer::new(404, &[], "x")).await;
    let failed = async || client().get(server.url()).send().await.unwrap().error_for_status().unwrap_err();
    let error = sent_once::<wix::Error>(failed().await);
    assert_eq!((error.kind(), error.effect()), (Kind::NotFound, Effect::NotApplied));
    assert_shows_no_url(&error);
    let error = CallError::<wix::Error>::from(failed().await);
    assert_eq!((error.kind(), error.effect(), error.status()), (Kind::NotFound, Effect::Unknown, 404));
    assert_eq!(error.message(), Some("status 404, perhaps after a redirect"));
    assert_shows_no_url(&error);

    // the redirect comes after the booking, and the page that it leads to is busy
    let (server, target) = redirecting(303, Answer::new(429, &[], "")).await;
    let following = Client::builder().no_proxy().build().unwrap();
    let failed = following.post(server.url()).send().await.unwrap().error_for_status().unwrap_err();
    let error = CallError::<wix::Error>::from(failed);
    assert_eq!((error.kind(), error.retry()), (Kind::RateLimited, Retry::CheckFirst));
    assert_eq!((server.calls(), target.calls()), (1, 1));

    let server = Server::start(|_| Answer::text("HTTP/1.1 200 X\r\ncontent-length: 10\r\n\r\nx")).await;
    let failed = client().get(server.url()).send().await.unwrap().bytes().await.unwrap_err();
    let error = sent_once::<wix::Error>(failed);
    assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
    assert_eq!(error.to_string(), "wix: unavailable (no response): the response broke off or cannot be read");
}

#[tokio::test]
async fn a_redirect_that_cannot_be_followed_may_have_been_carried_out() {
    let server = Server::start(|_| Answer::new(307, &[("location", "ftp://x/?key=SECRET-KEY")], "")).await;
    let stubborn = Policy::custom(|attempt| {
        let text = format!("not to {}", attempt.url());
        attempt.error(text)
    });
    let clients = [Client::builder(), Client::builder().redirect(stubborn)];
    for builder in clients {
        let failed =
            builder.no_proxy().build().unwrap().post(server.url()).body("{}").send().await.unwrap_err();
        let error = CallError::<wix::Error>::from(failed);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_shows_no_url(&error);
    }

    // whoever says that the client sends each call once is wrong, but the error itself tells of a redirect
    let refuse = Policy::custom(|attempt| attempt.error("no"));
    for policy in [refuse, Policy::limited(0)] {
        let server = Server::start(|_| Answer::new(307, &[("location", "/other")], "")).await;
        let client = Client::builder().redirect(policy).no_proxy().build().unwrap();
        let failed = client.post(server.url()).body("{}").send().await.unwrap_err();
        assert!(failed.is_redirect());
        let error = sent_once::<wix::Error>(failed);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_eq!(error.message(), Some("the provider's redirect was not followed"));
    }
}

const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// A server that redirects each call to another one, and that other one.
async fn redirecting(status: u16, target: Answer) -> (Server, Server) {
    let target = Server::start(move |_| target.clone()).await;
    let address = target.url();
    (Server::start(move |_| Answer::new(status, &[("location", &address)], "")).await, target)
}

#[tokio::test]
async fn a_client_that_sends_each_call_once_follows_no_redirect() {
    for status in REDIRECTS {
        let (server, target) = redirecting(status, Answer::new(200, &[], "{}")).await;
        let client = client_builder().no_proxy().build().unwrap();
        let response = client.post(server.url()).body("{}").send().await.unwrap();
        let error = response.json_or_error::<Value, wix::Error>().await.unwrap_err();
        let CallError::Provider(provided) = &error else { panic!("{error:?}") };
        assert_eq!(provided.status(), status);
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_eq!((server.calls(), target.calls()), (1, 0));
    }
}

#[tokio::test]
async fn a_booking_that_was_redirected_is_neither_a_success_nor_refused() {
    let following = Client::builder().no_proxy().build().unwrap();
    let answers = [
        Answer::new(200, &[], "{}"),
        Answer::new(204, &[], ""),
        Answer::new(404, &[], ""),
        Answer::new(429, &[("retry-after", "7")], ""),
        Answer::new(400, &[], r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#),
    ];
    for (status, answer) in
        REDIRECTS.into_iter().flat_map(|status| answers.iter().map(move |it| (status, it)))
    {
        let (server, target) = redirecting(status, answer.clone()).await;
        let response = following.post(server.url()).body("{}").send_tracked().await.unwrap();
        let end = response.status().as_u16();
        let error = response.json_or_error::<Option<Value>, wix::Error>().await.unwrap_err();
        assert!(
            matches!(unreadable(&error), Some(Unreadable::Redirected)),
            "{status}, {answer:?}: {error:?}"
        );
        assert_eq!(error.status(), end);
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::Unknown));
        assert_eq!((error.retry(), error.retry_after()), (Retry::CheckFirst, None));
        assert!(error.message().unwrap().starts_with("a redirect was followed"), "{error}");
        assert_shows_no_url(&error);

        let response = following.put(server.url()).body("{}").send_tracked().await.unwrap();
        let error = response.error_for_provider::<wix::Error>().await.unwrap_err();
        assert_eq!((error.status(), error.kind()), (302, Kind::Unknown));
        assert_eq!((error.effect(), error.retry_after()), (Effect::Unknown, None));
        assert_eq!((server.calls(), target.calls()), (2, 2));
    }
}

#[tokio::test]
async fn a_call_that_was_not_redirected_is_read_as_usual() {
    let following = Client::builder().no_proxy().build().unwrap();
    let server = Server::start(|_| Answer::new(200, &[], "[1]")).await;
    for end in ["", "#part", "&a=%41", "&a=é{}|^`", "&a=b?c", "&a=b/../c"] {
        let url = server.url() + end;
        let response = following.post(&url).body("{}").send_tracked().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap()[0], 1, "{url}");
        let response = following.post(&url).body("{}").send_tracked().await.unwrap();
        assert!(response.error_for_provider::<wix::Error>().await.is_ok(), "{url}");
    }
    let refused = Server::start(|_| Answer::new(404, &[], "")).await;
    let response = following.post(refused.url()).body("{}").send_tracked().await.unwrap();
    let error = response.json_or_error::<Value, wix::Error>().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (Kind::NotFound, Effect::NotApplied));

    // what is read may come from anywhere
    for status in REDIRECTS {
        let (server, target) = redirecting(status, Answer::new(200, &[], "[1]")).await;
        let response = following.get(server.url()).send_tracked().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap()[0], 1);
        assert_eq!(target.calls(), 1);
    }
    // a read carries out nothing, also if its success cannot be read
    let cut = Answer::text("HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n[1");
    for answer in [cut, Answer::new(200, &[], "[1]")] {
        let server = Server::start(move |_| answer.clone()).await;
        let response = following.get(server.url()).send_tracked().await.unwrap();
        let error = response.json_or_error::<u8, wix::Error>().await.unwrap_err();
        assert_eq!(error.transport_error().map(TransportError::transport), Some(Transport::Unreadable));
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::NotApplied));
    }
    let failing = Server::start(|_| Answer::new(504, &[], "")).await;
    for (method, effect) in [(Method::GET, Effect::NotApplied), (Method::POST, Effect::Unknown)] {
        let response = following.request(method, failing.url()).send_tracked().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap_err().effect(), effect);
    }
    let failed = following.post("no address").send_tracked().await.unwrap_err();
    assert_eq!(CallError::<wix::Error>::from(failed).effect(), Effect::NotApplied);
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
async fn a_refused_connection_after_a_redirect_may_have_gone_through() {
    let target = refusing_url();
    let server = Server::start(move |_| Answer::new(307, &[("location", &target)], "")).await;
    let following = Client::builder().no_proxy().build().unwrap();
    let refused = following.post(server.url()).body("{}").send().await.unwrap_err();
    assert!(refused.is_connect());
    let error = CallError::<wix::Error>::from(refused);
    assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
    assert_shows_no_url(&error);

    // a client that follows none sees the redirect itself
    let response = client().post(server.url()).body("{}").send().await.unwrap();
    let error = response.error_for_provider::<wix::Error>().await.unwrap_err();
    assert_eq!((error.status(), error.kind(), error.retry()), (307, Kind::Unknown, Retry::CheckFirst));
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

#[tokio::test]
async fn responses_of_the_http_crate_are_read_without_copies() {
    let body = r#"{"details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;
    let response = http::Response::builder().status(428).header("X-Wix-Request-Id", "17").body(body).unwrap();
    let error = wix::Error::from_response(&(&response).into());
    assert_eq!((error.request_id(), error.known_code()), (Some("17"), Some(wix::Code::SlotNotAvailable)));
    assert_eq!(error.envelope().status_code(), Some(http::StatusCode::PRECONDITION_REQUIRED));
    let raw = booking_errors::RawResponse::from(&response);
    assert!(std::ptr::eq(raw.body(), body.as_bytes()));
    let value = raw.header_value("x-wix-request-id").unwrap();
    assert!(std::ptr::eq(value, response.headers()["x-wix-request-id"].as_bytes()));
}

#[tokio::test]
async fn an_error_of_the_transport_gives_that_of_reqwest() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = client.get(format!("http://{free}/")).send().await.unwrap_err();
    let CallError::Transport(transport) = CallError::<wix::Error>::from(error) else {
        panic!("no transport")
    };
    let inner = transport
        .source()
        .and_then(|source| source.downcast_ref::<reqwest::Error>())
        .expect("a refused connection has no address to hide");
    assert!(inner.is_connect() && inner.url().is_none());
}
