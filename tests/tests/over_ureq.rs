//! Responses over real sockets, read with ureq.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use booking_errors::ureq::{
    RequestExt as _, ResponseExt as _, config_builder, sent_once, sent_once_to, sent_to,
};
use booking_errors::{
    Attempts, CallError, Effect, Envelope, FromResponse, Kind, Provider, ProviderError, RawResponse, Retry,
    Transport, Unreadable, fluentbooking, guesty, wix,
};
use booking_errors_tests::server::{Answer, Server, refusing_url};
use booking_errors_tests::{Fixture, assert_shows_no_url, fixtures};
use serde_json::{Value, json};
use ureq::{Agent, Body};

type Sent = Result<http::Response<Body>, ureq::Error>;

/// Runs what blocks beside the server.
async fn blocking<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(run).await.unwrap()
}

fn agent() -> Agent {
    config_builder().proxy(None).timeout_global(Some(Duration::from_secs(20))).build().into()
}

/// An agent as ureq has it by default: it follows redirects.
fn following() -> Agent {
    Agent::config_builder().proxy(None).timeout_global(Some(Duration::from_secs(20))).build().into()
}

async fn send(server: &Server) -> http::Response<Body> {
    let url = server.url();
    blocking(move || agent().post(url).send("{}").unwrap()).await
}

async fn post<E: FromResponse>(answer: Answer) -> Result<Value, CallError<E>> {
    let server = Server::start(move |_| answer.clone()).await;
    let url = server.url();
    blocking(move || agent().post(url).send("{}").map_err(sent_once)?.json_or_error()).await
}

fn assert_never_sent(error: &CallError<wix::Error>) {
    assert_eq!(error.transport_error().unwrap().transport(), Transport::NeverSent, "{error:?}");
    assert_eq!((error.effect(), error.retry()), (Effect::NotApplied, Retry::Safe));
    assert_eq!((error.status(), error.kind()), (0, Kind::Unavailable));
    assert_shows_no_url(error);
}

fn assert_in_doubt(error: &CallError<wix::Error>, cause: Transport) {
    assert_eq!(error.transport_error().unwrap().transport(), cause, "{error:?}");
    assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
    assert_shows_no_url(error);
}

async fn same_over_http<E: FromResponse>(fixture: &Fixture) {
    let answer = fixture.answer();
    fixture.assert_value_or_error(post::<E>(answer.clone()).await);
    let server = Server::start(move |_| answer.clone()).await;
    let response = send(&server).await;
    let result = blocking(|| response.error_for_provider::<E>()).await;
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
async fn an_error_keeps_its_body_and_when_to_call_again() {
    let body = r#"{"error_code":"TOO_MANY","message":"slow down"}"#;
    for status in [429, 503] {
        let answer = Answer::new(status, &[("retry-after", "37")], body);
        let error = post::<guesty::Error>(answer.clone()).await.unwrap_err();
        assert_eq!((error.status(), error.code()), (status, Some("TOO_MANY")));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(37)));

        // a provider that is chosen at run time, and an agent of somebody else
        let server = Server::start(move |_| answer.clone()).await;
        let url = server.url();
        let sent = blocking(move || following().post(url).once().send("{}").unwrap()).await;
        let chosen = booking_errors::provider("guesty").unwrap();
        let same = blocking(|| sent.json_or_error_from::<Value>(chosen)).await.unwrap_err();
        assert_eq!(same.envelope(), error.envelope());
        assert!(same.provider_error().unwrap().is::<guesty::Error>());
    }
    let never = Answer::new(503, &[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")], "");
    let error = post::<wix::Error>(never).await.unwrap_err();
    assert!(error.retry_after().unwrap() > Duration::from_secs(200_000_000_000));
}

#[tokio::test]
async fn of_an_error_that_is_cut_what_came_counts() {
    let cut =
        "HTTP/1.1 400 X\r\ncontent-length: 1000\r\n\r\n{\"error_code\":\"NOT_FOUND\",\"message\":\"Not f";
    let chunked = "HTTP/1.1 400 X\r\ntransfer-encoding: chunked\r\n\r\n1a\r\n{\"error_code\":\"NOT_FOUND\",\r\n50\r\n\"message\"";
    for answer in [Answer::text(cut), Answer::Reset(cut.into()), Answer::text(chunked)] {
        let error = post::<guesty::Error>(answer.clone()).await.unwrap_err();
        let error = error.provider_error().unwrap_or_else(|| panic!("{answer:?}"));
        assert_eq!((error.code(), error.message(), error.status()), (Some("NOT_FOUND"), None, 400));
        assert_eq!(error.effect(), Effect::NotApplied);
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_may_have_gone_through() {
    let cut = "HTTP/1.1 201 X\r\nretry-after: 7\r\ncontent-length: 1000\r\n\r\n{\"booking\":";
    let chunked =
        "HTTP/1.1 201 X\r\nretry-after: 7\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n50\r\n17";
    for answer in [Answer::text(cut), Answer::Reset(cut.into()), Answer::text(chunked)] {
        let error = post::<wix::Error>(answer.clone()).await.unwrap_err();
        assert_in_doubt(&error, Transport::Unreadable);
        assert_eq!((error.status(), error.retry_after()), (201, Some(Duration::from_secs(7))));
        let reason = error.source().unwrap().downcast_ref();
        assert!(matches!(reason, Some(Unreadable::BrokenOff(Some(_)))), "{answer:?}");
    }
    let server = Server::start(|_| Answer::new(200, &[], "{}")).await;
    let response = send(&server).await;
    let error = blocking(|| response.json_or_error::<u8, wix::Error>()).await.unwrap_err();
    assert_in_doubt(&error, Transport::Unreadable);
}

#[tokio::test]
async fn an_error_inside_a_success_is_found() {
    let body = r#"{"_id":"5d6e","status":"confirmed","errors":["COUPON_NOT_FOUND"]}"#;
    let error = post::<guesty::Error>(Answer::new(201, &[], body)).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (Kind::CouponRejected, Effect::Applied));

    let server = Server::start(move |_| Answer::new(201, &[], body)).await;
    let response = send(&server).await;
    let text = blocking(|| {
        let untouched = response.error_for_provider::<guesty::Error>().unwrap();
        untouched.into_body().read_to_string().unwrap()
    });
    assert_eq!(text.await, body);
}

#[tokio::test]
async fn an_empty_success_is_nothing() {
    let server = Server::start(|_| Answer::text("HTTP/1.1 204 X\r\n\r\n")).await;
    let response = send(&server).await;
    blocking(|| response.json_or_error::<(), wix::Error>()).await.unwrap();
    let response = send(&server).await;
    assert_eq!(blocking(|| response.json_or_error::<Option<u8>, wix::Error>()).await.unwrap(), None);
}

/// An error type whose status is the length of what was read, in units of 64 KiB.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
struct Measured(Box<Envelope>);

static MEASURED: Provider = Provider::new::<Measured>("measured", "Measured", "", &[]);

impl ProviderError for Measured {
    fn envelope(&self) -> &Envelope {
        &self.0
    }
}

impl FromResponse for Measured {
    const PROVIDER: &'static Provider = &MEASURED;

    fn from_response(response: &RawResponse<'_>) -> Self {
        let units = response.body().len() / (64 << 10);
        Self(Box::new(Envelope::new("measured", u16::try_from(units).unwrap())))
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        if response.is_success() { Ok(()) } else { Err(Self::from_response(response)) }
    }
}

#[tokio::test]
async fn an_error_without_an_end_is_read_up_to_a_mebibyte() {
    let head = b"HTTP/1.1 500 X\r\nconnection: close\r\n\r\n".to_vec();
    let server = Server::start(move |_| Answer::Endless(head.clone())).await;
    let response = send(&server).await;
    assert_eq!(blocking(|| response.error_for_provider::<Measured>()).await.unwrap_err().status(), 0x10);
    let response = send(&server).await;
    let error = blocking(|| response.json_or_error::<Value, Measured>()).await.unwrap_err();
    assert_eq!((error.provider_error().is_some(), error.status()), (true, 0x10));
    // what lies in the buffers of the system comes on top
    assert!(server.sent() < 32 << 20, "{}", server.sent());
}

#[tokio::test]
async fn a_success_without_an_end_is_read_up_to_its_limit() {
    let head = b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n\"".to_vec();
    let server = Server::start(move |_| Answer::Endless(head.clone())).await;
    let response = send(&server).await;
    let error = blocking(|| response.json_or_error::<String, Measured>()).await.unwrap_err();
    let reason = error.source().unwrap().downcast_ref();
    assert!(matches!(reason, Some(Unreadable::TooLong(limit)) if *limit == 64 << 20));

    // a body that is as long as the limit is whole
    let server = Server::start(|_| Answer::new(200, &[], "[17]")).await;
    for limit in [4, usize::MAX] {
        let response = send(&server).await;
        let read = blocking(move || response.json_or_error_within::<Value, wix::Error>(limit)).await;
        assert_eq!(read.unwrap(), json!([17]));
    }
    let response = send(&server).await;
    let error = blocking(|| response.json_or_error_within::<Value, wix::Error>(3)).await.unwrap_err();
    assert!(matches!(error.source().unwrap().downcast_ref(), Some(Unreadable::TooLong(3))));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let target = Server::start(|_| Answer::new(200, &[], "{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let address = target.url();
        let server = Server::start(move |_| Answer::new(status, &[("location", &address)], "")).await;
        let url = server.url();
        let errors = blocking(move || {
            let sent = [agent().post(&url).send("{}"), following().post(&url).once().send("{}")];
            sent.map(|sent| sent.unwrap().json_or_error::<Value, wix::Error>().unwrap_err())
        });
        for error in errors.await {
            assert_eq!((error.provider_error().is_some(), error.status()), (true, status));
            assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        }
        assert_eq!((server.calls(), target.calls()), (2, 0));
    }
}

#[tokio::test]
async fn a_call_that_fails_after_a_redirect_may_have_gone_through() {
    let places = [
        refusing_url(),
        "ftp://x/bookings?key=SECRET-KEY".to_owned(),
        "http://[SECRET-KEY".to_owned(),
        "http://no-such-host.invalid/bookings?key=SECRET-KEY".to_owned(),
    ];
    for (status, place) in [302, 307].into_iter().flat_map(|status| places.clone().map(|it| (status, it))) {
        let server = Server::start(move |_| Answer::new(status, &[("location", &place)], "")).await;
        let url = server.url();
        let failed = blocking(move || following().post(url).send("{}").unwrap_err()).await;
        assert_in_doubt(&failed.into(), Transport::BrokenOff);
    }

    // in circles
    let server = Server::start(|_| Answer::new(302, &[("location", "/bookings?other")], "")).await;
    let url = server.url();
    let failed = blocking(move || following().post(url).send("{}").unwrap_err()).await;
    // whoever says that it is sent once is wrong, but the error itself tells of a redirect
    let error = sent_once::<wix::Error>(failed);
    assert_in_doubt(&error, Transport::BrokenOff);
    assert!(error.to_string().ends_with("the provider's redirect was not followed"), "{error}");
}

#[tokio::test]
async fn a_call_that_cannot_connect_was_never_sent() {
    for place in [refusing_url(), "http://no-such-host.invalid/bookings?key=SECRET-KEY".to_owned()] {
        let failed = |agent: fn() -> Agent| {
            let place = place.clone();
            blocking(move || agent().post(place).send("{}").unwrap_err())
        };
        assert_never_sent(&sent_once(failed(agent).await));
        // the same without saying that it was sent once
        assert_in_doubt(&failed(following).await.into(), Transport::BrokenOff);

        let wix = booking_errors::provider("wix").unwrap();
        assert_eq!(sent_once_to(wix, failed(agent).await).retry(), Retry::Safe);
        assert_eq!(sent_to(wix, failed(agent).await).retry(), Retry::CheckFirst);
    }

    // no TLS
    let server = Server::start(|_| Answer::Silence).await;
    let url = server.url().replace("http:", "https:");
    assert_never_sent(&sent_once(blocking(move || agent().post(url).send("{}").unwrap_err()).await));
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
    let connecting = config_builder().proxy(None).timeout_connect(Some(Duration::from_millis(300))).build();
    let failed =
        blocking(move || Agent::from(connecting).post(format!("http://{address}/")).send("{}").unwrap_err());
    assert_never_sent(&sent_once(failed.await));
}

#[tokio::test]
async fn a_server_that_does_not_answer_may_have_carried_it_out() {
    let answers = [
        (Answer::Silence, Transport::TimedOut),
        (Answer::Reset(Vec::new()), Transport::BrokenOff),
        (Answer::text("HTTP/1.1 4"), Transport::BrokenOff),
        (Answer::text("this is no HTTP\r\n\r\n"), Transport::BrokenOff),
    ];
    for (answer, cause) in answers {
        let server = Server::start(move |_| answer.clone()).await;
        let url = server.url();
        let quick = config_builder().proxy(None).timeout_global(Some(Duration::from_millis(500)));
        let quick = quick.timeout_connect(Some(Duration::from_millis(400))).build();
        let failed = blocking(move || Agent::from(quick).post(url).send("{}").unwrap_err()).await;
        let error = sent_once(failed);
        assert_in_doubt(&error, cause);
        assert!(error.source().is_some());
        assert_eq!(server.calls(), 1);
    }
}

#[test]
fn a_pooled_connection_that_breaks_is_not_used_for_a_second_try() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut requests = BufReader::new(&stream);
        for is_answered in [true, false] {
            let mut line = String::new();
            while line != "\r\n" {
                line.clear();
                requests.read_line(&mut line).unwrap();
            }
            if is_answered {
                (&stream).write_all(b"HTTP/1.1 200 X\r\ncontent-length: 2\r\n\r\n{}").unwrap();
            }
        }
        drop(stream);
        listener.set_nonblocking(true).unwrap();
        thread::sleep(Duration::from_millis(200));
        listener.accept().is_ok()
    });
    let agent = agent();
    let call = || -> Sent { agent.get(format!("http://{address}/")).call() };
    call().unwrap().json_or_error::<Value, wix::Error>().unwrap();
    assert_in_doubt(&sent_once(call().unwrap_err()), Transport::BrokenOff);
    assert!(!server.join().unwrap(), "ureq sent it again");
}

#[test]
fn a_call_that_cannot_be_built_was_not_sent() {
    let only_https: Agent = config_builder().https_only(true).build().into();
    let failures = [
        agent().get("no address?key=SECRET-KEY").call(),
        agent().get("/bookings?key=SECRET-KEY").call(),
        agent().get("ftp://x/bookings?key=SECRET-KEY").call(),
        only_https.get(refusing_url()).call(),
        agent().get(refusing_url()).header("no name", "x").call(),
    ];
    for failed in failures {
        let error = sent_once::<wix::Error>(failed.unwrap_err());
        assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::NotApplied), "{error:?}");
        assert_eq!(error.retry(), Retry::Never);
        assert_shows_no_url(&error);
    }
}

#[tokio::test]
async fn the_status_in_ureqs_own_errors_decides_if_no_redirect_was_followed() {
    for (status, kind, retry) in
        [(404, Kind::NotFound, Retry::Never), (504, Kind::Unavailable, Retry::CheckFirst)]
    {
        let server = Server::start(move |_| Answer::new(status, &[], "x")).await;
        let url = server.url();
        let failed = || {
            blocking({
                let url = url.clone();
                move || following().post(url).send("{}").unwrap_err()
            })
        };
        let error = CallError::<wix::Error>::from(failed().await);
        assert_eq!((error.status(), error.kind(), error.retry()), (status, kind, Retry::CheckFirst));
        let error = sent_once::<wix::Error>(failed().await);
        assert_eq!((error.status(), error.kind(), error.retry()), (status, kind, retry));
    }
}

/// Books at a server that answers the n-th call as told; returns what was made, and how often it was sent.
async fn book(answer: fn(usize) -> Answer) -> (Value, usize, usize) {
    let server = Server::start(answer).await;
    let url = server.url();
    let sent = AtomicUsize::new(0);
    let (made, sent) = blocking(move || {
        let agent = agent();
        let create = || -> Result<Value, CallError<wix::Error>> {
            sent.fetch_add(1, Ordering::SeqCst);
            agent.post(&url).send("{}").map_err(sent_once)?.json_or_error()
        };
        let look_up = || agent.get(&url).call().map_err(sent_once)?.json_or_error();
        let attempts = Attempts::of_write().with_backoff(Duration::ZERO, Duration::ZERO);
        (attempts.run_blocking(create, look_up, thread::sleep).unwrap(), sent)
    })
    .await;
    (made, sent.into_inner(), server.calls())
}

#[tokio::test]
async fn a_booking_whose_answer_was_lost_is_found_and_not_sent_again() {
    let lost = book(|call| match call {
        0 => Answer::new(504, &[], ""),
        _ => Answer::new(200, &[], r#"{"id":17}"#),
    });
    assert_eq!(lost.await, (json!({"id": 17}), 1, 2));

    let reset = book(|call| match call {
        0 => Answer::Reset(Vec::new()),
        _ => Answer::new(200, &[], r#"{"id":17}"#),
    });
    assert_eq!(reset.await, (json!({"id": 17}), 1, 2));
}

#[tokio::test]
async fn a_booking_that_came_too_early_is_sent_again() {
    let limited = book(|call| match call {
        0 => Answer::new(429, &[("retry-after", "0")], ""),
        _ => Answer::new(201, &[], r#"{"id":17}"#),
    });
    assert_eq!(limited.await, (json!({"id": 17}), 2, 2));
}
