//! Raw bytes, as no client sends or shows them.

use std::io;

use booking_errors_sandbox::Sandbox;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.address()).await.unwrap()
}

/// Sends these bytes and returns all that comes until the connection ends.
pub async fn exchange(sandbox: &Sandbox, bytes: &[u8]) -> io::Result<String> {
    let mut stream = connect(sandbox).await;
    stream.write_all(bytes).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// A call that books at Wix and asks for this.
pub fn request(prefer: &str) -> Vec<u8> {
    let body = r#"{"reference":"17"}"#;
    let length = body.len();
    format!("POST /wix/bookings HTTP/1.1\r\nhost: x\r\nprefer: code={prefer}\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// Splits an answer into its head and its body.
pub fn parts(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head in {answer:?}"))
}
