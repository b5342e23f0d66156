use std::fmt::{self, Display, Formatter};

/// Something that goes wrong on the way between the client and the booking.
///
/// `Display` writes its name, such as `504 booked late`, and [`Act`](crate::Act) reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Fault {
    /// What the client sees.
    pub breakage: Breakage,
    /// Whether the call is carried out, and when.
    pub moment: Moment,
}

/// What the client sees of a [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Breakage {
    /// `429`: too many calls, with the `Retry-After` of the sandbox. Never carried out.
    RateLimit,
    /// `500`: the application fails.
    ServerError,
    /// `502`: a gateway got no answer that it could use.
    BadGateway,
    /// `503`: a gateway or the application is overloaded, with the `Retry-After` of the sandbox.
    ServiceUnavailable,
    /// `504`: a gateway gave up waiting.
    GatewayTimeout,
    /// `close`: the connection closes without an answer.
    Close,
    /// `reset`: the connection is reset without an answer.
    Reset,
    /// `hang`: no answer comes for as long as the client waits, up to ten minutes.
    Hang,
    /// `cut body`: the connection closes after half of the body.
    CutBody,
    /// `endless body`: the body goes on for as long as the client reads.
    EndlessBody,
    /// `slow body`: a byte of the body comes every 50 milliseconds.
    SlowBody,
    /// `wrong content-length`: the header names half of the body's length, so the client reads JSON that breaks off.
    WrongContentLength,
    /// `html page`: a web page with the status 200 in place of the answer.
    HtmlPage,
    /// `challenge page`: a firewall asks the caller to prove that it is a person. Never carried out.
    ChallengePage,
    /// `redirect`: 307 to the same address. A client that follows it sends the call again.
    Redirect,
}

/// Whether a call that meets a [`Fault`] is carried out, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// It is not: the fault came before booking.
    Before,
    /// At once: the fault came after booking.
    After,
    /// Some time after the client saw the fault: see [`Builder::with_late`](crate::Builder::with_late).
    Late,
}

impl Fault {
    /// Returns a fault; `None` for a [`Breakage`] that is never carried out with a moment other than
    /// [`Before`](Moment::Before).
    ///
    /// ```
    /// use booking_errors_sandbox::{Breakage, Fault, Moment};
    ///
    /// let fault = Fault::new(Breakage::Close, Moment::After).unwrap();
    /// assert_eq!(fault.to_string(), "close after booking");
    /// assert_eq!(Fault::new(Breakage::ChallengePage, Moment::After), None);
    /// ```
    pub fn new(breakage: Breakage, moment: Moment) -> Option<Self> {
        let fault = Self { breakage, moment };
        (moment == Moment::Before || !breakage.is_never_carried_out()).then_some(fault)
    }

    /// Returns every fault.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |breakage| MOMENTS.iter().filter_map(move |(moment, _)| Self::new(breakage, *moment));
        BREAKAGES.iter().flat_map(move |(breakage, _)| of(*breakage))
    }

    /// Returns the fault of this name. Without its moment, a fault that spoils the answer of a success comes after
    /// booking, any other before.
    pub(crate) fn named(name: &str) -> Option<Self> {
        BREAKAGES.iter().find_map(|(breakage, start)| {
            let moment = match name.strip_prefix(start)? {
                "" if breakage.spoils_success() => Moment::After,
                "" => Moment::Before,
                rest => MOMENTS.iter().find(|(_, end)| *end == rest)?.0,
            };
            Self::new(*breakage, moment)
        })
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let breakage = BREAKAGES.iter().find(|(breakage, _)| *breakage == self.breakage);
        let moment = MOMENTS.iter().find(|(moment, _)| *moment == self.moment);
        f.write_str(breakage.map_or("", |(_, name)| name))?;
        match self.breakage.is_never_carried_out() {
            true => Ok(()),
            false => f.write_str(moment.map_or("", |(_, name)| name)),
        }
    }
}

impl Breakage {
    /// Returns whether the library takes this for proof that the application was never reached.
    fn is_never_carried_out(self) -> bool {
        matches!(self, Self::RateLimit | Self::ChallengePage)
    }

    fn spoils_success(self) -> bool {
        matches!(self, Self::CutBody | Self::EndlessBody | Self::SlowBody | Self::WrongContentLength)
    }
}

const BREAKAGES: &[(Breakage, &str)] = &[
    (Breakage::RateLimit, "429"),
    (Breakage::ServerError, "500"),
    (Breakage::BadGateway, "502"),
    (Breakage::ServiceUnavailable, "503"),
    (Breakage::GatewayTimeout, "504"),
    (Breakage::Close, "close"),
    (Breakage::Reset, "reset"),
    (Breakage::Hang, "hang"),
    (Breakage::CutBody, "cut body"),
    (Breakage::EndlessBody, "endless body"),
    (Breakage::SlowBody, "slow body"),
    (Breakage::WrongContentLength, "wrong content-length"),
    (Breakage::HtmlPage, "html page"),
    (Breakage::ChallengePage, "challenge page"),
    (Breakage::Redirect, "redirect"),
];

const MOMENTS: &[(Moment, &str)] =
    &[(Moment::Before, " before booking"), (Moment::After, " after booking"), (Moment::Late, " booked late")];
