//! Runs the sandbox until it is told to end.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use booking_errors::{Provider, providers};
use booking_errors_sandbox::Sandbox;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::decode::Format;
use crate::problem::{Problem, complain};
use crate::{decode, provider_parser};

#[derive(clap::Args)]
pub struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 4280)]
    port: u16,
    /// Provider that the printed calls use; the sandbox answers for all of them
    #[arg(short, long, value_name = "NAME", value_parser = provider_parser(), default_value = "wix")]
    provider: &'static Provider,
    /// Address to listen on. If others can reach it, they can read and change the bookings
    #[arg(long, value_name = "IP", default_value_t = Ipv4Addr::LOCALHOST.into())]
    address: IpAddr,
    /// How to say that it is ready; json is one line with `url`, and the URL of each provider in `providers`
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Serves until SIGINT (Ctrl+C) or SIGTERM.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    Runtime::new().map_err(|error| Problem::Thread { error })?.block_on(serve(arguments, out))
}

async fn serve(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let address = SocketAddr::new(arguments.address, arguments.port);
    let problem = |error| Problem::NotListening { address, error };
    // before anybody can read that the sandbox runs, and end it
    let end = end().map_err(problem)?;
    let sandbox = Sandbox::builder().with_address(address).with_decoder(decode::pasted);
    let sandbox = sandbox.start().await.map_err(problem)?;
    if !is_loopback(address.ip()) {
        complain(format_args!(
            "booking-errors: warning: the sandbox listens on {}, not only on this machine. It asks nobody for a password: \
             whoever reaches it can read and change what is booked there. Without --address, only this machine reaches it",
            address.ip()
        ));
    }
    let greeting = match arguments.format {
        Format::Text => greeting(&sandbox.url(), &sandbox.url_of(arguments.provider.name())),
        Format::Json => {
            let of_each =
                providers().iter().map(|provider| (provider.name(), sandbox.url_of(provider.name())));
            let urls = BTreeMap::from_iter(of_each);
            format!("{}\n", json!({"url": sandbox.url(), "providers": urls}))
        }
    };
    out.write_all(greeting.as_bytes())?;
    out.flush()?;
    end.await;
    Ok(ExitCode::SUCCESS)
}

/// Returns the address and what to try there.
fn greeting(url: &str, provider: &str) -> String {
    format!(
        r#"The sandbox listens on {url}. Open it in a browser, or try:

  curl -i {provider}/bookings -d '{{"reference": "17"}}'
  curl -i {provider}/bookings -d '{{"reference": "18"}}' -H 'Prefer: code=504 after booking'
  curl {url}/_ledger

Press Ctrl+C to stop it.
"#
    )
}

/// Returns whether only this machine reaches an address. An IPv4 address may be written as one of IPv6.
fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Returns what waits for SIGINT or SIGTERM. From now on neither ends the program by itself.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Returns what waits for Ctrl+C.
#[cfg(not(unix))]
fn end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}
