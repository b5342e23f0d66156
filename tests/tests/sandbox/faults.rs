use std::io::ErrorKind;
use std::time::Duration;

use booking_errors::{Effect, RawResponse, provider};
use booking_errors_sandbox::{Act, Breakage, Fault, Moment, Sandbox};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;

use crate::wire::{connect, exchange, parts, request};
use crate::{client, post};

#[test]
fn every_fault_has_a_name_that_leads_back_to_it() {
    let mut names: Vec<_> = Fault::all().map(|fault| fault.to_string()).collect();
    for fault in Fault::all() {
        assert_eq!(fault.to_string().parse(), Ok(Act::Fault(fault)));
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!((names.len(), count), (count, 3 * 13 + 2));
    for (short, whole) in [
        ("close", "close before booking"),
        ("cut body", "cut body after booking"),
        ("429", "429"),
        ("endless body", "endless body after booking"),
    ] {
        assert_eq!(short.parse::<Act>().unwrap().to_string(), whole);
    }
    for wrong in
        ["429 after booking", "challenge page booked late", "504 after", "505", "close after booking "]
    {
        assert_eq!(wrong.parse::<Act>().is_ok(), wrong.ends_with(' '), "{wrong}");
    }
}

#[tokio::test]
async fn every_fault_books_when_its_name_says_so() {
    let sandbox = Sandbox::start().await.unwrap();
    for fault in Fault::all() {
        sandbox.clear();
        let mut stream = connect(&sandbox).await;
        stream.write_all(&request(&fault.to_string())).await.unwrap();
        while sandbox.ledger().calls().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let ledger = sandbox.ledger();
        let (call, booked) = (&ledger.calls()[0], ledger.bookings().first());
        assert_eq!(call.act, Act::Fault(fault));
        assert_eq!(booked.is_some(), fault.moment != Moment::Before, "{fault}");
        assert_eq!(
            booked.is_some_and(|booking| booking.is_pending()),
            fault.moment == Moment::Late,
            "{fault}"
        );
        assert_eq!(call.booking.as_deref(), booked.map(|booking| booking.id()), "{fault}");
        let is_silent = matches!(fault.breakage, Breakage::Close | Breakage::Reset | Breakage::Hang);
        assert_eq!(call.status.is_none(), is_silent, "{fault}");
    }
}

#[tokio::test]
async fn a_fault_with_an_answer_is_what_the_library_takes_it_for() {
    let sandbox = Sandbox::builder().with_retry_after(Duration::from_millis(1500)).start().await.unwrap();
    for (name, status, effect, retry_after) in [
        ("429", 429, Effect::NotApplied, Some(2)),
        ("500 after booking", 500, Effect::Unknown, None),
        ("502 after booking", 502, Effect::Unknown, None),
        ("503 after booking", 503, Effect::Unknown, Some(2)),
        ("504 after booking", 504, Effect::Unknown, None),
        ("html page after booking", 200, Effect::Unknown, None),
        ("challenge page", 403, Effect::NotApplied, None),
        ("redirect after booking", 307, Effect::Unknown, None),
    ] {
        for name_of in ["wix", "fluentbooking", "guesty"] {
            sandbox.script(name_of, [crate::act(name)]);
            let response = post(&sandbox, name_of, "{}").await;
            let (code, headers) = (response.status().as_u16(), response.headers().clone());
            let body = response.bytes().await.unwrap();
            let provider = provider(name_of).unwrap();
            let error = provider.check(&RawResponse::new(code, &body).headers(&headers)).unwrap_err();
            assert_eq!((code, error.effect()), (status, effect), "{name} of {name_of}");
            assert_eq!(error.retry_after().map(|wait| wait.as_secs()), retry_after, "{name} of {name_of}");
        }
    }
}

#[tokio::test]
async fn a_client_that_follows_the_redirect_books_twice() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.script("wix", ["redirect after booking".parse().unwrap()]);
    let client = reqwest::Client::new();
    let response = client.post(sandbox.url_of("wix")).body(r#"{"reference":"a"}"#).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(sandbox.ledger().twice().len(), 1);
}

#[tokio::test]
async fn a_closed_connection_ends_without_a_byte() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(exchange(&sandbox, &request("close after booking")).await.unwrap(), "");
    sandbox.ledger().assert_booked_once();
}

#[tokio::test]
async fn a_reset_connection_is_reset() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = exchange(&sandbox, &request("reset after booking")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    sandbox.ledger().assert_booked_once();
}

#[tokio::test]
async fn a_hanging_call_gets_neither_an_answer_nor_an_end() {
    let sandbox = Sandbox::start().await.unwrap();
    let request = request("hang after booking");
    let hanging = exchange(&sandbox, &request);
    let booked = async {
        while sandbox.ledger().bookings().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    tokio::select! {
        answer = hanging => panic!("an answer or an end came: {answer:?}"),
        () = booked => sandbox.ledger().assert_booked_once(),
    }
}

#[tokio::test]
async fn a_cut_body_is_shorter_than_its_length_says() {
    let sandbox = Sandbox::start().await.unwrap();
    let answer = exchange(&sandbox, &request("cut body")).await.unwrap();
    let (head, body) = parts(&answer);
    let length: usize =
        head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
    assert_eq!(body.len(), length / 2);
    assert!(body.starts_with(r#"{"booking":"#));
    let url = sandbox.url_of("wix");
    let cut = client().post(url).header("prefer", "code=cut body").body("{}").send().await.unwrap();
    assert!(cut.bytes().await.is_err());
}

#[tokio::test]
async fn a_wrong_length_makes_the_client_read_json_that_breaks_off() {
    let sandbox = Sandbox::start().await.unwrap();
    let url = sandbox.url_of("wix");
    let response =
        client().post(url).header("prefer", "code=wrong content-length").body("{}").send().await.unwrap();
    let body = response.bytes().await.unwrap();
    let error = provider("wix").unwrap().check(&RawResponse::new(200, &body)).unwrap_err();
    assert_eq!(error.effect(), Effect::Unknown);
    let answer = exchange(&sandbox, &request("wrong content-length")).await.unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(parts(&answer).1).is_ok(), "{answer}");
}

#[tokio::test]
async fn a_slow_body_comes_byte_by_byte_and_whole() {
    let sandbox = Sandbox::start().await.unwrap();
    let start = Instant::now();
    let answer = exchange(&sandbox, &request("slow body")).await.unwrap();
    let body = parts(&answer).1;
    assert!(serde_json::from_str::<serde_json::Value>(body).is_ok());
    assert!(start.elapsed() >= Duration::from_millis(50) * u32::try_from(body.len()).unwrap());
}

#[tokio::test]
async fn an_endless_body_goes_on_for_as_long_as_anybody_reads() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    stream.write_all(&request("endless body")).await.unwrap();
    let mut answer = vec![0; 2_000_000];
    stream.read_exact(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n"));
    drop(stream);
    assert_eq!(post(&sandbox, "wix", "{}").await.status().as_u16(), 200);
}
