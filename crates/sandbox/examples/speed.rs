//! Starts a sandbox and a bare axum handler that answers with the same bytes, for `scripts/sandbox-bench`. Prints both
//! addresses, and runs until its input ends.

use std::io::{Read as _, stdin};

use axum::Router;
use axum::routing::any;
use booking_errors::wix::PROVIDER;
use booking_errors_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

const SAMPLE: &str = "SLOT_NOT_AVAILABLE";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let sample = PROVIDER.sample(SAMPLE).ok_or("no such sample")?;
    let response = axum::http::Response::from(&sample).map(axum::body::Bytes::from);
    let bare = Router::new().fallback(any(async move || response.map(axum::body::Body::from)));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{} http://{}", sandbox.url_of("wix"), listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, bare).await });
    spawn_blocking(|| stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}
