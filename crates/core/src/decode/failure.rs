use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::decode::Draft;
use crate::decode::json::{Arena, SyntaxError};
use crate::{CodeInfo, Envelope, FromResponse, Provider, ProviderError, RawResponse};

/// The contents of a provider's error type: as small as a pointer, and cheap to clone.
///
/// `Display` writes the envelope's line, with the meaning of a known code if there is no message. `Debug` shows the
/// length of the body, not the body. `Serialize` writes the envelope. `source()` returns the syntax error if the body started as JSON and broke off.
#[derive(Clone)]
pub struct Failure(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    envelope: Envelope,
    code: Option<&'static CodeInfo>,
    body: Box<[u8]>,
    fault: Option<SyntaxError>,
}

/// The function with which a provider reads a response of any status, such as [`ReadDraft::read`].
pub type Read = for<'a> fn(&'a RawResponse<'_>, &'a Arena) -> Draft<'a>;

/// An error type around a [`Failure`], with the one function that reads its provider's responses.
///
/// [`FromResponse`] follows from it. There is no `check` to write, so none can be forgotten or look at the status alone:
/// it sees in a 2xx response whatever `read` finds there. With thiserror, `struct Error(#[from] Failure)` is such a type.
///
/// ```
/// use booking_errors::decode::document::Document;
/// use booking_errors::decode::json::Arena;
/// use booking_errors::decode::{Draft, Failure, ReadDraft};
/// use booking_errors::{Envelope, FromResponse, Provider, ProviderError, RawResponse};
///
/// static ACME: Provider = Provider::new::<Error>("acme", "Acme Stays", "https://acme.example/errors", &[]);
///
/// #[derive(Clone, Debug, thiserror::Error)]
/// #[error(transparent)]
/// struct Error(#[from] Failure);
///
/// impl ProviderError for Error {
///     fn envelope(&self) -> &Envelope {
///         self.0.envelope()
///     }
/// }
///
/// impl ReadDraft for Error {
///     const PROVIDER: &'static Provider = &ACME;
///
///     fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
///         Draft::default().read_from(&Document::<()>::read(response.body(), arena))
///     }
/// }
///
/// assert!(Error::check(&RawResponse::new(200, b"{}")).is_ok());
/// assert!(Error::check(&RawResponse::new(200, b"<html>Log in</html>")).is_err());
/// ```
pub trait ReadDraft: ProviderError + From<Failure> {
    /// The provider whose responses these are.
    const PROVIDER: &'static Provider;

    /// Reads a response of any status and with any bytes. The arena keeps the texts that have to be mended.
    fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a>;
}

impl<E: ReadDraft> FromResponse for E {
    const PROVIDER: &'static Provider = <E as ReadDraft>::PROVIDER;

    fn from_response(response: &RawResponse<'_>) -> Self {
        Failure::decode(<E as ReadDraft>::PROVIDER, response, E::read).into()
    }

    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        Failure::check(<E as ReadDraft>::PROVIDER, response, E::read).map_err(Self::from)
    }
}

impl Failure {
    /// How much of a body is kept, in bytes.
    const KEPT_BODY: usize = 64 << 10;

    /// Reads a failed response of `provider`. The function `read` is the provider's own and accepts any status.
    pub fn decode(provider: &Provider, response: &RawResponse<'_>, read: Read) -> Self {
        let arena = Arena::default();
        Self::new(provider, response, &mut read(response, &arena))
    }

    /// Returns `Ok` if a response of `provider` is a success, as the provider's own function `read` sees it.
    ///
    /// # Errors
    /// Returns the failure if the response is not a success.
    pub fn check(provider: &Provider, response: &RawResponse<'_>, read: Read) -> Result<(), Self> {
        let arena = Arena::default();
        let mut draft = read(response, &arena);
        if draft.is_success(response) {
            return Ok(());
        }
        Err(Self::new(provider, response, &mut draft))
    }

    fn new(provider: &Provider, response: &RawResponse<'_>, draft: &mut Draft<'_>) -> Self {
        let body = response.body();
        Self(Arc::new(Parts {
            code: draft.known,
            fault: draft.source(response),
            body: body.get(..Self::KEPT_BODY).unwrap_or(body).into(),
            envelope: draft.take_envelope(draft.verdict(response), provider.name(), response),
        }))
    }

    /// Returns everything that is known about the failed call.
    pub fn envelope(&self) -> &Envelope {
        &self.0.envelope
    }

    /// Returns what is known about the code; `None` for an unknown one.
    pub fn code_info(&self) -> Option<&'static CodeInfo> {
        self.0.code
    }

    /// Returns the first 64 KiB of the response's body.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Returns the envelope alone.
    pub fn into_envelope(self) -> Envelope {
        Arc::unwrap_or_clone(self.0).envelope
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Parts { envelope, code, .. } = &*self.0;
        envelope.write_line(f, code.map_or_else(|| envelope.kind.meaning(), |code| code.meaning))
    }
}

impl Debug for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("envelope", &self.0.envelope)
            .field("known_code", &self.0.code.map(|code| code.code))
            .field("kept_body_bytes", &self.0.body.len())
            .field("fault", &self.0.fault)
            .finish()
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.envelope().serialize(serializer)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.fault.as_ref().map(|fault| fault as _)
    }
}
