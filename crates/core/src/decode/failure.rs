use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::sync::Arc;

use crate::decode::Findings;
use crate::decode::json::SyntaxError;
use crate::provider::KnownCode;
use crate::{Effect, Envelope, Kind, Provider, RawResponse};

/// What the error type of a provider holds, with `C` for the provider's codes: as small as a pointer, cheap to clone.
///
/// `Display` is the envelope's line, with the meaning of a known code where there is no message. `Debug` gives the
/// length of what is kept of the body, not the body. `source()` is the syntax error of a body that started as JSON and broke off.
#[derive(Clone)]
pub struct Failure<C>(Arc<Parts<C>>);

#[derive(Clone)]
struct Parts<C> {
    envelope: Envelope,
    code: Option<C>,
    body: Box<[u8]>,
    fault: Option<SyntaxError>,
}

impl<C: KnownCode> Failure<C> {
    /// How much of a body is kept, in bytes.
    const KEPT_BODY: usize = 64 << 10;

    /// Reads a failed response of `provider`, with its function that says what a response of any status holds.
    pub fn decode(
        provider: &Provider,
        response: &RawResponse<'_>,
        read: fn(&RawResponse<'_>) -> Findings,
    ) -> Self {
        Self::new(provider, response, read(response))
    }

    /// Looks whether a response of `provider` is a success, by the same function.
    ///
    /// # Errors
    /// The failure, if it is none.
    pub fn check(
        provider: &Provider,
        response: &RawResponse<'_>,
        read: fn(&RawResponse<'_>) -> Findings,
    ) -> Result<(), Self> {
        let findings = read(response);
        if findings.is_success(response) {
            return Ok(());
        }
        Err(Self::new(provider, response, findings))
    }

    fn new(provider: &Provider, response: &RawResponse<'_>, findings: Findings) -> Self {
        let body = response.body();
        let (code, fault) = (findings.code.as_deref().and_then(C::known), findings.fault);
        let is_success = findings.is_success(response);
        let mut envelope = findings.into_envelope(provider.name(), response);
        if is_success {
            // only the caller says that it failed, and what the body holds does not say how
            envelope = envelope.with_kind(Kind::Unknown).with_effect(Effect::Unknown);
        }
        let body = body.get(..Self::KEPT_BODY).unwrap_or(body).into();
        Self(Arc::new(Parts { envelope, code, body, fault }))
    }

    /// All there is to know about the failed call.
    pub fn envelope(&self) -> &Envelope {
        &self.0.envelope
    }

    /// The code, if it is a known one.
    pub fn known_code(&self) -> Option<C> {
        self.0.code
    }

    /// The first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The envelope alone.
    pub fn into_envelope(self) -> Envelope {
        Arc::unwrap_or_clone(self.0).envelope
    }
}

impl<C: KnownCode> Display for Failure<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Parts { envelope, code, .. } = &*self.0;
        envelope.write_line(f, code.map_or(envelope.kind.meaning(), |code| code.info().meaning))
    }
}

impl<C: KnownCode> Debug for Failure<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("envelope", &self.0.envelope)
            .field("known_code", &self.0.code)
            .field("kept_body_bytes", &self.0.body.len())
            .field("fault", &self.0.fault)
            .finish()
    }
}

impl<C: KnownCode> Error for Failure<C> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.fault.as_ref().map(|fault| fault as _)
    }
}
