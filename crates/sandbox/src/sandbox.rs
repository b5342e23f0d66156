use std::collections::VecDeque;
use std::fmt::{self, Debug, Formatter};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::act::Act;
use crate::books::{Books, Kind};
use crate::ledger::Ledger;
use crate::lock;
use crate::routes::{Decoder, Shared};
use crate::server::serve;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A running sandbox. It ends when this handle is dropped.
///
/// ```
/// use booking_errors_sandbox::Sandbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let sandbox = Sandbox::start().await?;
/// sandbox.script("wix", ["504 after booking".parse().unwrap()]);
/// // your own client books at `sandbox.url_of("wix")`
/// # let address = sandbox.address();
/// # let mut stream = tokio::net::TcpStream::connect(address).await?;
/// # use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
/// # let request = "POST /wix/bookings HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
/// # stream.write_all(request.as_bytes()).await?;
/// # stream.read_to_end(&mut Vec::new()).await?;
/// sandbox.ledger().assert_booked_once();
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Ends its task when it is dropped, and that task ends the connections.
    server: JoinSet<()>,
}

/// Settings of a [`Sandbox`] that is about to start.
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    address: SocketAddr,
    decoder: Option<Decoder>,
    late: Duration,
    retry_after: Duration,
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1, in tasks of the current tokio runtime.
    ///
    /// # Errors
    /// Returns an error if no port is free.
    ///
    /// # Panics
    /// Panics outside a tokio runtime, or in one without I/O or time.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Returns the settings that [`start`](Self::start) uses, to change them.
    pub fn builder() -> Builder {
        Builder {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            decoder: None,
            late: Duration::from_secs(3),
            retry_after: Duration::from_secs(1),
        }
    }

    /// Returns the address that the sandbox listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL, such as `http://127.0.0.1:4010`, without a slash at its end.
    pub fn url(&self) -> String {
        let mut address = self.address;
        // a sandbox that listens everywhere is also here
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(std::net::Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
    }

    /// Returns the base URL of a provider, such as `http://127.0.0.1:4010/wix`.
    pub fn url_of(&self, provider: &str) -> String {
        format!("{}/{provider}", self.url())
    }

    /// Returns what was called and booked so far.
    pub fn ledger(&self) -> Ledger {
        lock(&self.shared.books).ledger()
    }

    /// Forgets calls, bookings and scripts.
    pub fn clear(&self) {
        let mut books = lock(&self.shared.books);
        books.clear();
        books.clear_scripts();
    }

    /// Sets what the next calls to a provider meet that may change something: all but GET, HEAD and OPTIONS. It replaces the
    /// script of before. After the last act, calls succeed.
    ///
    /// # Panics
    /// Panics if there is no such provider, or if it has no sample of that name.
    #[track_caller]
    pub fn script(&self, provider: &str, acts: impl IntoIterator<Item = Act>) {
        self.set_script(provider, Kind::Write, acts.into_iter().collect());
    }

    /// Sets what the next GET, HEAD and OPTIONS calls to a provider meet, such as look-ups. It replaces the script of before.
    ///
    /// # Panics
    /// Panics if there is no such provider, or if it has no sample of that name.
    #[track_caller]
    pub fn script_reads(&self, provider: &str, acts: impl IntoIterator<Item = Act>) {
        self.set_script(provider, Kind::Read, acts.into_iter().collect());
    }

    /// Ends the sandbox, and waits until its port is free again.
    pub async fn stop(mut self) {
        self.server.shutdown().await;
    }

    #[track_caller]
    fn set_script(&self, provider: &str, kind: Kind, acts: VecDeque<Act>) {
        let known = booking_errors::provider(provider);
        assert!(known.is_some(), "there is no provider {provider:?}");
        let Some(provider) = known else { return };
        let strange = acts.iter().find(|act| !act.is_known_to(provider));
        assert!(strange.is_none(), "{} has no sample {strange:?}", provider.name());
        lock(&self.shared.books).set_script(provider.name(), kind, acts);
    }
}

impl Debug for Sandbox {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Builder {
    /// Sets the address to listen on. The default is a free port of 127.0.0.1.
    ///
    /// The sandbox asks nobody for a password: on an address that is not loopback, everyone who reaches it can read what was
    /// booked and change it.
    pub fn with_address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Sets what the page asks to decode a response that somebody pastes. It returns a text, or what is wrong. Without it, the
    /// page does not decode.
    pub fn with_decoder(mut self, decoder: fn(&str) -> Result<String, String>) -> Self {
        self.decoder = Some(decoder);
        self
    }

    /// Sets how long after its call a booking lands that comes late, at most a day. The default is 3 seconds.
    pub fn with_late(mut self, late: Duration) -> Self {
        self.late = late;
        self
    }

    /// Sets the `Retry-After` of the faults `429` and `503`, rounded up to whole seconds. The default is 1
    /// second. Samples keep their own.
    pub fn with_retry_after(mut self, retry_after: Duration) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// Starts the sandbox, in tasks of the current tokio runtime.
    ///
    /// # Errors
    /// Returns an error if the sandbox cannot listen on the address. Its kind is
    /// [`AddrInUse`](io::ErrorKind::AddrInUse) if another program does.
    ///
    /// # Panics
    /// Panics outside a tokio runtime, or in one without I/O or time.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            books: Mutex::new(Books::new()),
            decoder: self.decoder,
            is_on_loopback: address.ip().is_loopback(),
            late: self.late.min(DAY),
            // HTTP has whole seconds only
            retry_after: self
                .retry_after
                .as_secs()
                .saturating_add((self.retry_after.subsec_nanos() > 0).into()),
        });
        let mut server = JoinSet::new();
        server.spawn(serve(listener, shared.clone()));
        Ok(Sandbox { address, shared, server })
    }
}
