//! A server on loopback that sends exactly the bytes it is given.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a call.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes, and then the letter x for as long as anybody reads.
    Endless(Vec<u8>),
    /// Sends these bytes and resets the connection.
    Reset(Vec<u8>),
    /// Never answers.
    Silence,
}

impl Answer {
    /// A whole response.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        Self::text(&format!("HTTP/1.1 {status} X\r\n{lines}content-length: {length}\r\n\r\n{body}"))
    }

    /// A response as it is written here.
    pub fn text(text: &str) -> Self {
        Self::Bytes(text.as_bytes().to_vec())
    }
}

/// The server; it stops with the test's runtime.
pub struct Server {
    address: SocketAddr,
    calls: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server that answers the n-th call, counted from 0, as told.
    pub async fn start(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (calls, sent) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Self { address, calls: calls.clone(), sent: sent.clone() };
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let answer = answer(calls.fetch_add(1, Ordering::SeqCst));
                tokio::spawn(respond(stream, answer, sent.clone()));
            }
        });
        server
    }

    /// An address on the server.
    pub fn url(&self) -> String {
        format!("http://{}/bookings?key=SECRET-KEY", self.address)
    }

    /// How many calls have come.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// How many bytes of an endless answer were sent.
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }
}

/// An address at which nobody listens.
pub fn refusing_url() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}/bookings?key=SECRET-KEY", listener.local_addr().expect("an address"))
}

async fn respond(mut stream: TcpStream, answer: Answer, sent: Arc<AtomicUsize>) -> io::Result<()> {
    read_request(&mut stream).await?;
    match answer {
        Answer::Bytes(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Answer::Endless(head) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&[b'x'; 8192]).await?;
                sent.fetch_add(8192, Ordering::SeqCst);
            }
        }
        Answer::Reset(bytes) => {
            stream.write_all(&bytes).await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
            stream.set_zero_linger()
        }
        Answer::Silence => std::future::pending().await,
    }
}

/// Reads a head and, where it names a length, the body.
async fn read_request(stream: &mut TcpStream) -> io::Result<()> {
    let mut request = Vec::new();
    loop {
        let mut part = [0; 4096];
        let length = stream.read(&mut part).await?;
        request.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if length == 0 {
                return Ok(());
            }
            continue;
        };
        let expected =
            head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if length == 0 || body.len() >= expected.unwrap_or(0) {
            return Ok(());
        }
    }
}
