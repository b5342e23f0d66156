use std::io::ErrorKind;
use std::time::Duration;

use booking_errors_sandbox::Sandbox;
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;
use tokio::time::{self, timeout};

use crate::wire::{connect, exchange};
use crate::{call, get, post};

const KIB: usize = 1024;

#[tokio::test]
async fn listens_on_loopback_unless_told_otherwise() {
    let sandbox = Sandbox::start().await.unwrap();
    assert!(sandbox.address().ip().is_loopback());
    let everywhere = Sandbox::builder().with_address(([0, 0, 0, 0], 0).into()).start().await.unwrap();
    assert_eq!(get(&everywhere, "wix").await.status().as_u16(), 200);
}

#[tokio::test]
async fn a_port_in_use_is_an_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = Sandbox::builder().with_address(sandbox.address()).start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AddrInUse);
}

#[tokio::test]
async fn two_hundred_sandboxes_run_at_once() {
    let mut sandboxes = Vec::new();
    for number in 0..200 {
        let sandbox = Sandbox::start().await.unwrap();
        post(&sandbox, "wix", &format!("[{number}]")).await;
        sandboxes.push(sandbox);
    }
    for sandbox in sandboxes {
        sandbox.ledger().assert_booked_once();
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_dropped_sandbox_ends_its_connections() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut idle = connect(&sandbox).await;
    let mut hanging = connect(&sandbox).await;
    hanging.write_all(&crate::wire::request("hang")).await.unwrap();
    while sandbox.ledger().calls().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(sandbox);
    for stream in [&mut idle, &mut hanging] {
        let end = stream.read(&mut [0; 8]).await;
        assert!(end.is_err() || end.is_ok_and(|length| length == 0));
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    assert_eq!(post(&sandbox, "wix", &body(256 * KIB)).await.status().as_u16(), 200);
    assert_eq!(post(&sandbox, "wix", &body(256 * KIB + 1)).await.status().as_u16(), 413);
    assert_eq!(post(&sandbox, "_script", &body(256 * KIB + 1)).await.status().as_u16(), 413);
}

#[tokio::test]
async fn a_full_ledger_books_no_more_until_it_is_emptied() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = format!("\"{}\"", "x".repeat(256 * KIB - 2));
    for _ in 0..63 {
        assert_eq!(post(&sandbox, "wix", &body).await.status().as_u16(), 200);
    }
    let full = post(&sandbox, "wix", &body).await;
    assert_eq!(full.status().as_u16(), 507);
    assert!(full.text().await.unwrap().contains("DELETE /_ledger"));
    call(&sandbox, Method::DELETE, "_ledger", "").await;
    assert_eq!(post(&sandbox, "wix", "{}").await.status().as_u16(), 200);

    // many small values take far more memory than their text
    let many = format!("[{}0]", "{\"\":0},".repeat(32 * KIB));
    assert_eq!(post(&sandbox, "wix", &many).await.status().as_u16(), 507);
}

#[tokio::test]
async fn ten_thousand_bookings_are_kept_and_the_last_ten_thousand_calls() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut stream = connect(&sandbox).await;
    let (mut reader, mut writer) = stream.split();
    let write = async {
        for _ in 0..10_010 {
            writer.write_all(b"POST /wix HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
        }
        writer.shutdown().await.unwrap();
    };
    let mut answers = Vec::new();
    tokio::join!(write, async { reader.read_to_end(&mut answers).await.unwrap() });
    let ledger = sandbox.ledger();
    assert_eq!((ledger.calls().len(), ledger.calls()[0].number), (10_000, 11));
    assert_eq!(ledger.bookings().len(), 10_000);
    assert_eq!(ledger.twice().iter().map(Vec::len).collect::<Vec<_>>(), [10_000]);
    let answers = String::from_utf8_lossy(&answers);
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 10_000);
    assert_eq!(answers.matches("HTTP/1.1 507 ").count(), 10);
}

#[tokio::test]
async fn garbage_is_answered_or_dropped_and_harms_nobody() {
    let sandbox = Sandbox::start().await.unwrap();
    let long = [b"GET /wix HTTP/1.1\r\nx: ", "x".repeat(300 * KIB).as_bytes(), b"\r\n\r\n"].concat();
    for bytes in [
        b"\0\xff\xfe garbage\r\n\r\n".as_slice(),
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /wix HTTP/1.1\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /wix HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nZZZ\r\n",
        b"POST /wix HTTP/1.1\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n{}",
        b"\x16\x03\x01\x02\x00\x01\x00", // TLS
        &long,
    ] {
        let mut stream = connect(&sandbox).await;
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert!(sandbox.ledger().bookings().is_empty());
    for path in [
        "wix/../_ledger",
        "wix/%00%ff",
        "wix?%zz=%",
        "wix/booking-",
        "//wix",
        "wix/booking-99999999999999999999",
    ] {
        let request = format!("GET /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        assert!(exchange(&sandbox, request.as_bytes()).await.unwrap().starts_with("HTTP/1.1 "), "{path}");
    }
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(post(&sandbox, "wix", &nested).await.status().as_u16(), 400);
    assert_eq!(post(&sandbox, "wix", "{}").await.status().as_u16(), 200);
}

#[tokio::test]
async fn slow_clients_and_many_connections_hold_nobody_up() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut slow = Vec::new();
    // two descriptors each, of the 1,024 that a process often has
    for number in 0..200 {
        let mut stream = connect(&sandbox).await;
        let part = ["", "POST /wix HT", "POST /wix HTTP/1.1\r\ncontent-length: 9\r\n\r\n{"];
        stream.write_all(part[number % part.len()].as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let answer = timeout(Duration::from_secs(10), post(&sandbox, "wix", "{}")).await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    // a slow client is served all the same
    let stream = &mut slow[2];
    stream.write_all(b"\"a\": 1 }").await.unwrap();
    let mut start = [0; 15];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");
}

#[tokio::test]
async fn a_client_that_never_reads_its_answer_loses_its_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = format!("\"{}\"", "x".repeat(256 * KIB - 2));
    for _ in 0..60 {
        post(&sandbox, "wix", &body).await;
    }
    let whole = get(&sandbox, "_ledger").await.bytes().await.unwrap().len();
    let socket = TcpSocket::new_v4().unwrap();
    // less of the answer fits into the buffers of the system
    socket.set_recv_buffer_size(64 * 1024).unwrap();
    let mut stream = socket.connect(sandbox.address()).await.unwrap();
    stream.write_all(b"GET /_ledger HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 15]).await.unwrap();
    // on a clock that goes on as soon as everybody waits
    time::pause();
    time::sleep(Duration::from_secs(120)).await;
    time::resume();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.len() < whole, "{} of {whole} bytes", rest.len());
}
