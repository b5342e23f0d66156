use std::fmt::{self, Debug, Formatter};
use std::str::FromStr;

use serde::Serialize;

use crate::text::Escaped;
use crate::{Kind, ProviderError, RawResponse, Sample};

/// An error type that is read from a provider's responses.
pub trait FromResponse: ProviderError + Sized {
    /// The provider whose responses these are.
    const PROVIDER: &'static Provider;

    /// Reads a failed response. Any bytes with any status give an error: call it when the status or
    /// [`check`](Self::check) says that the call failed. A clean 2xx response comes out as [`Kind::Unknown`].
    fn from_response(response: &RawResponse<'_>) -> Self;

    /// Looks whether a response is a success: a status of 2xx, and no error inside the body. Without an implementation
    /// of its own, the status decides.
    ///
    /// # Errors
    /// What [`from_response`](Self::from_response) makes of the response, if it is none.
    fn check(response: &RawResponse<'_>) -> Result<(), Self> {
        if response.is_success() { Ok(()) } else { Err(Self::from_response(response)) }
    }

    /// Whether the response has headers or a shape that this provider documents for its own. `false` means that it
    /// cannot be told.
    fn recognizes(response: &RawResponse<'_>) -> bool {
        let _ = response;
        false
    }

    /// A response that carries a known code, as the provider documents it.
    fn sample(info: &CodeInfo) -> Option<Sample> {
        let _ = info;
        None
    }

    /// Responses without a code that only this provider sends.
    fn situations() -> Vec<Sample> {
        Vec::new()
    }
}

/// A provider, for code that does not know at compile time which one it talks to.
///
/// ```
/// use booking_errors_core::{CodeInfo, Envelope, FromResponse, Kind, Provider, RawResponse};
///
/// # #[derive(Clone, Debug, thiserror::Error)]
/// # #[error(transparent)]
/// # struct AcmeError(Envelope);
/// # impl booking_errors_core::ProviderError for AcmeError {
/// #     fn envelope(&self) -> &Envelope { &self.0 }
/// # }
/// # impl FromResponse for AcmeError {
/// #     const PROVIDER: &'static Provider = &ACME;
/// #     fn from_response(response: &RawResponse<'_>) -> Self { Self(Envelope::new("acme", response.status())) }
/// # }
/// static ACME: Provider = Provider::new::<AcmeError>("acme", "Acme Stays", "https://acme.example/errors", || &[]);
///
/// let error = ACME.decode(&RawResponse::new(404, b""));
/// assert_eq!(error.kind(), Kind::NotFound);
/// assert!(error.is::<AcmeError>());
/// ```
pub struct Provider {
    name: &'static str,
    title: &'static str,
    docs_url: &'static str,
    codes: fn() -> &'static [CodeInfo],
    decode: fn(&RawResponse<'_>) -> Box<dyn ProviderError>,
    check: fn(&RawResponse<'_>) -> Result<(), Box<dyn ProviderError>>,
    recognizes: fn(&RawResponse<'_>) -> bool,
    #[cfg_attr(not(feature = "samples"), expect(dead_code, reason = "a feature adds no field"))]
    samples: fn(&[CodeInfo]) -> Vec<Sample>,
}

impl Provider {
    /// A provider whose responses are read as `E`.
    pub const fn new<E: FromResponse>(
        name: &'static str,
        title: &'static str,
        docs_url: &'static str,
        codes: fn() -> &'static [CodeInfo],
    ) -> Self {
        Self {
            name,
            title,
            docs_url,
            codes,
            decode: |response| Box::new(E::from_response(response)),
            check: |response| E::check(response).map_err(Into::into),
            recognizes: E::recognizes,
            // without the feature nothing refers to the samples, and no program carries them
            samples: match cfg!(feature = "samples") {
                true => |codes| codes.iter().filter_map(E::sample).chain(E::situations()).collect(),
                false => |_| Vec::new(),
            },
        }
    }

    /// The short name that envelopes carry, such as `wix`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The name for people, such as `Wix Bookings V2`.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// The page on which the provider documents its errors.
    pub fn docs_url(&self) -> &'static str {
        self.docs_url
    }

    /// Every known code.
    pub fn codes(&self) -> &'static [CodeInfo] {
        (self.codes)()
    }

    /// The known code of this exact spelling.
    pub fn code(&self, code: &str) -> Option<&'static CodeInfo> {
        self.codes().iter().find(|info| info.code == code)
    }

    /// Reads a failed response, as [`FromResponse::from_response`] does.
    pub fn decode(&self, response: &RawResponse<'_>) -> Box<dyn ProviderError> {
        (self.decode)(response)
    }

    /// Looks whether a response is a success, as [`FromResponse::check`] does.
    ///
    /// # Errors
    /// What [`decode`](Self::decode) makes of the response, if it is none.
    pub fn check(&self, response: &RawResponse<'_>) -> Result<(), Box<dyn ProviderError>> {
        (self.check)(response)
    }

    /// A response for each known code and for each situation that comes without one, to test one's own code against
    /// every error of the provider:
    ///
    /// ```
    /// # use booking_errors_core::{Effect, Provider, ProviderError, Retry};
    /// # fn handle(error: &dyn ProviderError) -> bool { error.retry() == Retry::Safe }
    /// # fn test_provider(provider: &Provider) {
    /// for sample in provider.samples() {
    ///     let error = provider.decode(&sample.response());
    ///     let is_sent_again = handle(&*error);
    ///     assert!(!is_sent_again || error.effect() == Effect::NotApplied, "{}", sample.name);
    /// }
    /// # }
    /// ```
    #[cfg(feature = "samples")]
    pub fn samples(&self) -> Vec<Sample> {
        let mut samples = (self.samples)(self.codes());
        samples.extend(crate::sample::situations());
        samples
    }

    /// Whether the response looks like this provider's, as [`FromResponse::recognizes`] tells.
    pub fn recognizes(&self, response: &RawResponse<'_>) -> bool {
        (self.recognizes)(response)
    }
}

impl Debug for Provider {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is known about one of a provider's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CodeInfo {
    /// The code as it is sent.
    pub code: &'static str,
    /// What went wrong, in the words that all providers share.
    pub kind: Kind,
    /// The HTTP statuses that it is known to come with; none where no source gives one. It may come with others.
    pub statuses: &'static [u16],
    /// The provider's message, where it documents one, with `<name>` for the values it carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<&'static str>,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// The methods of the provider's API that are known to send it.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub methods: &'static [&'static str],
    /// Codes that the provider sends in its place today.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub successors: &'static [&'static str],
    /// Where it is known from: a page of the provider, or what else names it.
    pub source: &'static str,
}

impl CodeInfo {
    /// A code with what it means and what to do, in a sentence each.
    pub const fn new(code: &'static str, kind: Kind, meaning: &'static str, remedy: &'static str) -> Self {
        Self {
            code,
            kind,
            statuses: &[],
            template: None,
            meaning,
            remedy,
            methods: &[],
            successors: &[],
            source: "",
        }
    }

    /// A code with its doc comment, as strum reads it back: the first line is the meaning, the next paragraph the
    /// remedy.
    ///
    /// ```
    /// use booking_errors_core::{CodeInfo, Kind};
    ///
    /// let info = CodeInfo::documented("ROOM_TAKEN", Kind::SlotUnavailable, Some("The room is taken.\n\nOffer another one.\n"));
    /// assert_eq!((info.meaning, info.remedy), ("The room is taken.", "Offer another one."));
    /// ```
    pub fn documented(code: &'static str, kind: Kind, documentation: Option<&'static str>) -> Self {
        let (meaning, remedy) = split_documentation(documentation);
        Self::new(code, kind, meaning, remedy)
    }

    /// Sets the statuses that the code is known to come with.
    #[must_use]
    pub const fn with_statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Sets the methods of the provider's API that are known to send it.
    #[must_use]
    pub const fn with_methods(mut self, methods: &'static [&'static str]) -> Self {
        self.methods = methods;
        self
    }

    /// Sets the codes that the provider sends in its place today.
    #[must_use]
    pub const fn with_successors(mut self, successors: &'static [&'static str]) -> Self {
        self.successors = successors;
        self
    }

    /// Sets where it is known from.
    #[must_use]
    pub const fn with_source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// Sets the provider's message.
    #[must_use]
    pub const fn with_template(mut self, template: Option<&'static str>) -> Self {
        self.template = template;
        self
    }
}

/// The codes of a provider, as an enum that parses from the exact spelling of a code.
pub trait KnownCode: Copy + Debug + FromStr + Send + Sync + 'static {
    /// What is known about it.
    fn info(self) -> CodeInfo;

    /// The code of this exact spelling, if there is one.
    fn known(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

/// A text that is none of a provider's codes.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {provider} code `{}`", Escaped::code(code))]
pub struct UnknownCode {
    provider: &'static str,
    code: String,
}

impl UnknownCode {
    /// Says that a provider has no such code.
    pub fn new(provider: &'static str, code: &str) -> Self {
        Self { provider, code: code.to_owned() }
    }

    /// The text.
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl Debug for UnknownCode {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnknownCode").field(&self.provider).field(&Escaped::code(&self.code)).finish()
    }
}

/// The two paragraphs of a doc comment, each of one line.
pub(crate) fn split_documentation(text: Option<&'static str>) -> (&'static str, &'static str) {
    let text = text.unwrap_or_default();
    let (meaning, remedy) = text.split_once('\n').unwrap_or((text, ""));
    (meaning.trim_ascii(), remedy.trim_ascii())
}
