//! The middleware over real sockets: how often it books, and what it hands on.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use booking_errors::reqwest::{ResponseExt as _, client_builder};
use booking_errors::reqwest_middleware::{Resend, sent_once, sent_once_to, sent_to};
use booking_errors::{
    Attempts, CallError, Effect, GaveUp, GiveUpReason, Kind, ProviderError, Retry, Transport, TransportError,
    Unreadable, find, wix,
};
use booking_errors_tests::assert_shows_no_url;
use booking_errors_tests::ledger::{Act, Ledger};
use booking_errors_tests::server::{Answer, Server, refusing_url};
use reqwest::{Body, Client, Request, Response};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware};
use reqwest_retry::policies::ExponentialBackoff;
use reqwest_retry::{Jitter, RetryTransientMiddleware};
use serde_json::Value;

const TAKEN: &str = r#"{"message":"x","details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}}"#;

fn plain() -> Client {
    let builder = client_builder().no_proxy().timeout(Duration::from_secs(20));
    // the server closes each connection
    builder.pool_max_idle_per_host(0).build().unwrap()
}

fn with(middleware: impl Middleware) -> ClientWithMiddleware {
    ClientBuilder::new(plain()).with(middleware).build()
}

fn quick(attempts: Attempts) -> Attempts {
    attempts.with_backoff(Duration::from_millis(1), Duration::from_millis(1))
}

/// With the usual choice of attempts, but quick.
fn resend() -> Resend<impl Fn(Duration) -> tokio::time::Sleep + Send + Sync> {
    Resend::new(&wix::PROVIDER, |_| tokio::time::sleep(Duration::from_millis(1)))
}

fn resend_with_key() -> Resend<impl Fn(Duration) -> tokio::time::Sleep + Send + Sync> {
    resend().with_attempts(|_| quick(Attempts::of_write_with_key()))
}

async fn post(client: &ClientWithMiddleware, url: &str) -> Result<Value, CallError<wix::Error>> {
    client.post(url).body("{}").send().await?.json_or_error().await
}

fn refuse(status: u16, body: &str) -> Act {
    Act::Refuse(Answer::new(status, &[], body))
}

#[tokio::test]
async fn it_never_books_twice_where_a_common_middleware_does() {
    let book = |status, headers: &[_]| Act::Book(Answer::new(status, headers, ""));
    let cut = Answer::text("HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n{\"id\":1");
    // what happens to the first three calls; and the bookings without a middleware, with a common one, with this one
    let cases = [
        ("a lost answer", vec![Act::Book(Answer::Reset(Vec::new())); 3], [1, 4, 1]),
        ("a gateway that gave up", vec![book(504, &[]); 3], [1, 4, 1]),
        ("a cache that adds a time", vec![book(503, &[("retry-after", "0")]); 3], [1, 4, 1]),
        ("a success that is cut", vec![Act::Book(cut); 3], [1, 1, 1]),
        ("a failure of the provider", vec![book(500, &[]); 3], [1, 4, 1]),
        ("a rate limit", vec![refuse(429, ""); 3], [0, 1, 1]),
        ("no failure", vec![], [1, 1, 1]),
    ];
    for (fault, acts, bookings) in cases {
        let policy = ExponentialBackoff::builder()
            .retry_bounds(Duration::from_millis(1), Duration::from_millis(1))
            .jitter(Jitter::None)
            .build_with_max_retries(3);
        let clients = [
            plain().into(),
            with(RetryTransientMiddleware::new_with_policy(policy)),
            with(resend().with_calls_sent_once()),
        ];
        for (client, expected) in clients.iter().zip(bookings) {
            let ledger = Ledger::start(&acts).await;
            let _ = post(client, &ledger.create_url()).await;
            assert_eq!(ledger.bookings(), expected, "{fault}");
        }
    }
}

#[tokio::test]
async fn a_response_is_handed_on_as_it_came() {
    let error = Answer::new(409, &[("x-wix-request-id", "17"), ("x-two", "a"), ("x-two", "b")], TAKEN);
    let chunked = Answer::text("HTTP/1.0 200 X\r\nx-two: a\r\nx-two: b\r\n\r\n[1,2]");
    let answers = [error, chunked, Answer::new(200, &[("x-a", "b")], "[1]"), Answer::new(204, &[], "")];
    for answer in answers {
        let server = Server::start({
            let answer = answer.clone();
            move |_| answer.clone()
        })
        .await;
        let expected = plain().post(server.url()).body("{}").send().await.unwrap();
        let got = with(resend()).post(server.url()).body("{}").send().await.unwrap();
        let parts = |response: &Response| {
            let (headers, url) = (response.headers().clone(), response.url().clone());
            let address = response.remote_addr();
            (response.status(), response.version(), headers, url, address)
        };
        assert_eq!(parts(&got), parts(&expected), "{answer:?}");
        assert!(got.remote_addr().is_some());
        assert_eq!(got.bytes().await.unwrap(), expected.bytes().await.unwrap());
    }
}

#[tokio::test]
async fn a_call_ends_as_it_does_without_the_middleware() {
    let cut = |status: u16, body: &str| {
        Answer::text(&format!("HTTP/1.1 {status} X\r\nretry-after: 7\r\ncontent-length: 1000\r\n\r\n{body}"))
    };
    let answers = [
        Answer::new(428, &[("x-wix-request-id", "17")], TAKEN),
        Answer::new(504, &[], "<html>"),
        Answer::new(200, &[], "<html>"),
        Answer::new(202, &[], ""),
        Answer::new(200, &[], "{\"id\":"),
        cut(200, "{\"id\":1"),
        cut(200, TAKEN),
        cut(400, TAKEN),
        cut(400, "{"),
        Answer::Reset(Vec::new()),
    ];
    for answer in answers {
        let server = Server::start({
            let answer = answer.clone();
            move |_| answer.clone()
        })
        .await;
        let expected = post(&plain().into(), &server.url()).await.unwrap_err();
        let got = post(&with(resend()), &server.url()).await.unwrap_err();
        assert_eq!(got.envelope(), expected.envelope(), "{answer:?}");
        let transport = |error: &CallError<_>| error.transport_error().map(TransportError::transport);
        assert_eq!(transport(&got), transport(&expected), "{answer:?}");
        assert_eq!(server.calls(), 2);
        assert_shows_no_url(&got);
    }
}

#[tokio::test]
async fn a_body_beyond_the_limits_is_handed_on_whole() {
    async fn length(mut response: Response, enough: usize) -> usize {
        let mut length = 0;
        while let Some(chunk) = response.chunk().await.unwrap() {
            length += chunk.len();
            if length > enough {
                break;
            }
        }
        length
    }
    for (status, limit) in [(500, 1 << 20), (200, 64 << 20)] {
        let head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n\r\n\"");
        let server = Server::start(move |_| Answer::Endless(head.clone().into())).await;
        let response = with(resend()).post(server.url()).send().await.unwrap();
        assert_eq!(response.status(), status);
        let sent = server.sent();
        // what lies in the buffers of the system comes on top
        assert!((limit - (64 << 10)..limit + (32 << 20)).contains(&sent), "{status}: {sent}");
        assert!(length(response, 2 * limit).await > 2 * limit, "{status}");
    }
}

#[tokio::test]
async fn a_read_is_sent_again_whatever_became_of_it() {
    for answer in [Answer::new(504, &[], ""), Answer::Reset(Vec::new()), Answer::new(200, &[], "{\"id\":")] {
        let server = Server::start(move |call| match call {
            0..2 => answer.clone(),
            _ => Answer::new(200, &[], "{}"),
        })
        .await;
        let response = with(resend()).get(server.url()).send().await.unwrap();
        assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap(), serde_json::json!({}));
        assert_eq!(server.calls(), 3);
    }
}

#[tokio::test]
async fn the_user_chooses_the_attempts_by_the_request() {
    let choose = |request: &Request| match request.headers().contains_key("idempotency-key") {
        true => quick(Attempts::of_write_with_key()),
        false => Attempts::of_write(),
    };
    let server = Server::start(|_| Answer::new(504, &[], "")).await;
    let client = with(resend().with_attempts(choose));
    client.post(server.url()).send().await.unwrap();
    assert_eq!(server.calls(), 1);
    client.post(server.url()).header("idempotency-key", "17").send().await.unwrap();
    assert_eq!(server.calls(), 1 + 4);
}

#[tokio::test]
async fn a_body_that_cannot_be_sent_again_is_sent_once() {
    let server = Server::start(|_| Answer::new(429, &[], "")).await;
    let stream = Body::wrap("{}".to_owned());
    let response = with(resend()).post(server.url()).body(stream).send().await.unwrap();
    assert_eq!((response.status().as_u16(), server.calls()), (429, 1));
}

#[tokio::test]
async fn an_earlier_attempt_in_doubt_is_told_where_the_last_answer_would_mislead() {
    let acts = [Act::Book(Answer::new(504, &[], "")), refuse(429, ""), refuse(428, TAKEN)];
    let client = with(resend_with_key());
    let send = async || {
        let ledger = Ledger::start(&acts).await;
        let error = client.post(ledger.create_url()).body("{}").send().await.unwrap_err();
        assert_eq!((ledger.calls(), ledger.bookings()), (3, 1));
        error
    };

    let error = send().await;
    let found = find(&error).expect("the error of the middleware");
    let gave_up = found.find_ref::<GaveUp<CallError>>().expect("what it knows of all attempts");
    assert_eq!((gave_up.attempts(), gave_up.is_in_doubt()), (3, true));
    assert_eq!(gave_up.reason(), GiveUpReason::NotLookedUp);
    assert_eq!((found.kind(), found.effect()), (Kind::SlotUnavailable, Effect::Unknown));
    let last = gave_up.last_error().provider_error().expect("an answer came");
    assert_eq!(last.find_ref::<wix::Error>().unwrap().known_code(), Some(wix::Code::SlotNotAvailable));
    let line = error.to_string();
    assert!(line.starts_with("wix: SLOT_NOT_AVAILABLE (428): "), "{line}");
    assert!(
        line.ends_with("[gave up after 3 attempts, and the call may have gone through: nobody has looked]"),
        "{line}"
    );

    let error = anyhow::Error::new(send().await).context("cannot book");
    assert_eq!(find(&*error).map(|error| error.effect()), Some(Effect::Unknown));

    let error = CallError::<wix::Error>::from(send().await);
    assert_eq!((error.kind(), error.effect()), (Kind::Unavailable, Effect::Unknown));
    assert_eq!(error.to_string(), "wix: unavailable (no response): an earlier attempt may have gone through");
    let source = error.source().and_then(|source| source.downcast_ref::<GaveUp<CallError>>());
    assert_eq!(source.map(GaveUp::attempts), Some(3));
    assert_eq!(sent_to(&wix::PROVIDER, send().await).effect(), Effect::Unknown);
}

#[tokio::test]
async fn an_earlier_attempt_in_doubt_is_told_where_the_last_could_not_connect() {
    for is_told in [true, false] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/bookings?key=SECRET-KEY", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // whoever calls again is refused
            drop(listener);
            let _ = stream.read(&mut [0; 4096]);
            stream.write_all(b"HTTP/1.1 504 X\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        let resend = resend_with_key();
        let client = with(if is_told { resend.with_calls_sent_once() } else { resend });
        let error = sent_once::<wix::Error>(client.post(&url).send().await.unwrap_err());
        assert_eq!((error.effect(), error.retry()), (Effect::Unknown, Retry::CheckFirst));
        assert_shows_no_url(&error);
    }
}

#[tokio::test]
async fn a_booking_that_was_redirected_is_neither_a_success_nor_refused() {
    let following = Client::builder().no_proxy().build().unwrap();
    let client = ClientBuilder::new(following).with(resend()).build();
    for answer in [Answer::new(200, &[], "{}"), Answer::new(428, &[], TAKEN), Answer::new(429, &[], "")] {
        for status in [301, 302, 303, 307, 308] {
            let target = Server::start({
                let answer = answer.clone();
                move |_| answer.clone()
            })
            .await;
            let address = target.url();
            let server = Server::start(move |_| Answer::new(status, &[("location", &address)], "")).await;
            let error = client.post(server.url()).body("{}").send().await.unwrap_err();
            assert_eq!(find(&error).map(|error| error.effect()), Some(Effect::Unknown));
            let error = CallError::<wix::Error>::from(error);
            let unreadable = error.source().and_then(|source| source.downcast_ref());
            assert!(matches!(unreadable, Some(Unreadable::Redirected)), "{error:?}");
            assert_eq!((server.calls(), target.calls()), (1, 1));
            assert_shows_no_url(&error);
        }
    }

    // reqwest does not report a redirect to the same address, so a refusal after one may follow a booking
    let same = Server::start(|call| match call {
        0 => Answer::new(303, &[("location", "/bookings?key=SECRET-KEY")], ""),
        _ => Answer::new(429, &[("retry-after", "0")], ""),
    })
    .await;
    let response = client.post(same.url()).body("{}").send().await.unwrap();
    assert_eq!((response.status().as_u16(), same.calls()), (429, 2));

    // what is read may come from anywhere
    let target = Server::start(|_| Answer::new(200, &[], "[1]")).await;
    let address = target.url();
    let server = Server::start(move |_| Answer::new(302, &[("location", &address)], "")).await;
    let response = client.get(server.url()).send().await.unwrap();
    assert_eq!(response.url().as_str(), target.url());
    assert_eq!(response.json_or_error::<Value, wix::Error>().await.unwrap()[0], 1);
}

#[tokio::test]
async fn a_call_that_could_not_connect_is_sent_again_if_the_client_sends_each_once() {
    let waits = Arc::new(AtomicU32::new(0));
    let sleep = {
        let waits = waits.clone();
        move |_| {
            waits.fetch_add(1, Ordering::SeqCst);
            std::future::ready(())
        }
    };
    let url = refusing_url();
    let wary = with(Resend::new(&wix::PROVIDER, sleep.clone()));
    let error = post(&wary, &url).await.unwrap_err();
    assert_eq!((error.effect(), waits.load(Ordering::SeqCst)), (Effect::Unknown, 0));
    assert_shows_no_url(&error);

    let sure = with(Resend::new(&wix::PROVIDER, sleep).with_calls_sent_once());
    let error = sent_once::<wix::Error>(sure.post(&url).send().await.unwrap_err());
    assert_eq!((error.retry(), waits.load(Ordering::SeqCst)), (Retry::Safe, 3));
    assert_eq!(error.transport_error().map(TransportError::transport), Some(Transport::NeverSent));
    let error = sent_once_to(&wix::PROVIDER, sure.post(&url).send().await.unwrap_err());
    assert_eq!((error.effect(), error.provider()), (Effect::NotApplied, "wix"));
    assert_shows_no_url(&error);
}

#[tokio::test]
async fn the_failure_of_another_middleware_says_nothing_about_the_call() {
    /// A middleware that fails before or after the call.
    struct Fails {
        sends: bool,
        text: &'static str,
    }

    #[async_trait::async_trait]
    impl Middleware for Fails {
        async fn handle(
            &self,
            request: Request,
            extensions: &mut http::Extensions,
            next: reqwest_middleware::Next<'_>,
        ) -> reqwest_middleware::Result<Response> {
            if self.sends {
                next.run(request, extensions).await?;
            }
            Err(reqwest_middleware::Error::middleware(std::io::Error::other(self.text)))
        }
    }

    for sends in [true, false] {
        let server = Server::start(|_| Answer::new(200, &[], "{}")).await;
        let fails = Fails { sends, text: "no token" };
        let client = ClientBuilder::new(plain()).with(resend()).with(fails).build();
        let error = post(&client, &server.url()).await.unwrap_err();
        assert_eq!((error.effect(), server.calls()), (Effect::Unknown, usize::from(sends)));
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("no token"));
    }

    // its text may hold the address
    let client = with(Fails { sends: false, text: "not http://x/bookings?key=SECRET-KEY" });
    assert_shows_no_url(&post(&client, &refusing_url()).await.unwrap_err());
    let policy = ExponentialBackoff::builder().build_with_max_retries(0);
    let client = with(RetryTransientMiddleware::new_with_policy(policy));
    let error = post(&client, &refusing_url()).await.unwrap_err();
    assert_eq!(error.effect(), Effect::Unknown);
    assert_shows_no_url(&error);
}
