//! How faults look to the client.

use std::io;
use std::time::Duration;

use booking_errors::Provider;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use hyper::{Response, StatusCode, Uri};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};

use crate::fault::{Breakage, Fault, Moment};
use crate::samples;
use crate::server::Stream;

/// How long a call hangs at most.
const HANG: Duration = Duration::from_secs(600);
/// The pause between two bytes of a slow body.
const PAUSE: Duration = Duration::from_millis(50);
/// The pause between two parts of an endless body: a client that keeps what it reads must not fill the memory.
const ENDLESS_PAUSE: Duration = Duration::from_millis(1);
/// How long a connection that is closed waits for its client to close it too.
const LINGER: Duration = Duration::from_secs(5);

/// An answer that breaks off, or does not come.
#[derive(Debug, thiserror::Error)]
#[error("the call breaks off, as it was asked to")]
pub(crate) struct Broken {
    breakage: Breakage,
    /// The answer that is spoilt.
    pub(crate) response: Box<Response<Bytes>>,
}

impl Fault {
    /// Returns how long after its call a booking lands; `None` if never.
    pub(crate) fn takes_effect(self, late: Duration) -> Option<Duration> {
        match self.moment {
            Moment::Before => None,
            Moment::After => Some(Duration::ZERO),
            Moment::Late => Some(late),
        }
    }
}

/// Returns the answer that the client sees in place of this one.
pub(crate) fn fail(
    breakage: Breakage,
    response: Response<Bytes>,
    provider: &Provider,
    uri: &Uri,
    retry_after: u64,
) -> Result<Response<Bytes>, Broken> {
    let sample =
        |name| samples::find(provider, name).map(|sample| sample.response.clone()).unwrap_or_default();
    let again = |mut response: Response<Bytes>| {
        response.headers_mut().insert(RETRY_AFTER, retry_after.into());
        response
    };
    Ok(match breakage {
        Breakage::RateLimit => again(sample("rate limit")),
        Breakage::BadGateway => sample("bad gateway"),
        Breakage::ServiceUnavailable => again(sample("service unavailable")),
        Breakage::GatewayTimeout => sample("gateway timeout"),
        Breakage::ServerError => {
            page(StatusCode::INTERNAL_SERVER_ERROR, "There has been a critical error on this website.")
        }
        Breakage::HtmlPage => page(StatusCode::OK, "We are working on this website."),
        Breakage::ChallengePage => {
            let mut response = page(StatusCode::FORBIDDEN, "Just a moment...");
            response.headers_mut().insert("cf-mitigated", HeaderValue::from_static("challenge"));
            response
        }
        Breakage::Redirect => {
            let mut response = page(StatusCode::TEMPORARY_REDIRECT, "307 Temporary Redirect");
            let target = uri.path_and_query().map_or("/", |path| path.as_str());
            if let Ok(target) = target.try_into() {
                response.headers_mut().insert(LOCATION, target);
            }
            response
        }
        Breakage::Close
        | Breakage::Reset
        | Breakage::Hang
        | Breakage::CutBody
        | Breakage::EndlessBody
        | Breakage::SlowBody
        | Breakage::WrongContentLength => return Err(Broken { breakage, response: Box::new(response) }),
    })
}

impl Broken {
    /// Returns whether the client is sent a status.
    pub(crate) fn has_head(&self) -> bool {
        !matches!(self.breakage, Breakage::Close | Breakage::Reset | Breakage::Hang)
    }

    /// Breaks off on the connection.
    pub(crate) async fn play(&self, mut stream: Stream) -> io::Result<()> {
        let body = self.response.body();
        let half = body.get(..body.len() / 2).unwrap_or_default();
        match self.breakage {
            Breakage::Reset => return stream.get_ref().set_zero_linger(),
            Breakage::Hang => {
                let _ = timeout(HANG, drain(&mut stream)).await;
                return Ok(());
            }
            Breakage::CutBody => {
                stream.write_all(&self.head(&format!("content-length: {}", body.len()))).await?;
                stream.write_all(half).await?;
            }
            Breakage::WrongContentLength => {
                stream.write_all(&self.head(&format!("content-length: {}", half.len()))).await?;
                stream.write_all(body).await?;
            }
            Breakage::SlowBody => {
                stream.write_all(&self.head(&format!("content-length: {}", body.len()))).await?;
                for byte in body {
                    stream.write_all(&[*byte]).await?;
                    sleep(PAUSE).await;
                }
            }
            Breakage::EndlessBody => {
                stream.write_all(&self.head("transfer-encoding: chunked")).await?;
                // the answer without its last brace, and then white space
                let start = body.get(..body.len().saturating_sub(1)).unwrap_or_default();
                write_chunk(&mut stream, start).await?;
                loop {
                    write_chunk(&mut stream, &[b' '; 4096]).await?;
                    sleep(ENDLESS_PAUSE).await;
                }
            }
            // the others are answers, and a close is nothing but the close below
            _ => {}
        }
        close(stream).await
    }

    /// Returns the head of the answer, with this line for its length.
    fn head(&self, length: &str) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {}\r\n{length}\r\n", self.response.status()).into_bytes();
        for (name, value) in self.response.headers() {
            head.extend_from_slice(name.as_str().as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

/// Closes a connection without losing what was written: if something unread were left, the client would see a reset.
pub(crate) async fn close(mut stream: Stream) -> io::Result<()> {
    stream.shutdown().await?;
    let _ = timeout(LINGER, drain(&mut stream)).await;
    Ok(())
}

/// Reads until the client closes the connection.
async fn drain(stream: &mut Stream) {
    let mut part = [0; 1024];
    while stream.read(&mut part).await.is_ok_and(|length| length > 0) {}
}

async fn write_chunk(stream: &mut Stream, part: &[u8]) -> io::Result<()> {
    stream.write_all(format!("{:x}\r\n", part.len()).as_bytes()).await?;
    stream.write_all(part).await?;
    stream.write_all(b"\r\n").await
}

fn page(status: StatusCode, text: &str) -> Response<Bytes> {
    let page = format!(
        "<!DOCTYPE html>\n<html>\n<head><title>{text}</title></head>\n<body><h1>{text}</h1></body>\n</html>\n"
    );
    let mut response = Response::new(page.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
