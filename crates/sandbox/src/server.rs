//! Connections: accepted, counted, and closed with the sandbox.

use std::error::Error as _;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_io_timeout::TimeoutWriter;

use crate::faults::{Broken, close};
use crate::routes::Shared;

/// How many connections are served at once. More have to wait.
const CONNECTIONS: usize = 16_384;
/// How long a head may take, and how long a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// How long a client may take to read the next part of an answer.
const READ_TIME: Duration = Duration::from_secs(60);
/// How long a head may be, in bytes.
const HEAD_LIMIT: usize = 64 * 1024;

/// A connection. A write fails if the client does not read what was written before.
pub(crate) type Stream = Pin<Box<TimeoutWriter<TcpStream>>>;

/// Accepts connections for ever. If it is dropped, they end too.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    while let Ok(permit) = free.clone().acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let shared = shared.clone();
                connections.spawn(async move {
                    // a client that went away is no concern of anybody's
                    let _ = talk(stream, &shared).await;
                    drop(permit);
                });
            }
            // the process has no descriptors left, or the client is gone already
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Answers the calls of one connection, until one breaks off.
async fn talk(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(READ_TIME));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_LIMIT)
        .half_close(true)
        .serve_connection(
            TokioIo::new(Box::pin(stream)),
            service_fn(|request| Box::pin(shared.answer(request))),
        );
    // hyper hands the connection back as it is, so that faults can do with it what no server does
    let ended = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    match ended {
        Ok(()) => close(stream).await,
        Err(error) => match error.source().and_then(|source| source.downcast_ref::<Broken>()) {
            Some(broken) => broken.play(stream).await,
            None => close(stream).await,
        },
    }
}
