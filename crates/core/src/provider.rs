use std::error::Error;
use std::fmt::{self, Debug, Formatter};

use crate::call::of_type;
use crate::{CodeInfo, ProviderError, RawResponse, Sample};

/// An error type that is read from a provider's responses.
///
/// For a provider of your own, implement [`ReadDraft`](crate::decode::ReadDraft) instead: this trait follows from it.
/// If you write it yourself, do not let [`check`](Self::check) look at the status alone: an error inside a 2xx response
/// would pass for a success. [`Failure::check`](crate::decode::Failure::check) looks at all of it.
pub trait FromResponse: ProviderError + Sized {
    /// The provider whose responses these are.
    const PROVIDER: &'static Provider;

    /// Reads a failed response: call it when you know that the call failed. Any bytes with any status give an error; a
    /// clean 2xx response gives [`Kind::Unknown`](crate::Kind::Unknown). If you do not know, call
    /// [`check`](Self::check).
    fn from_response(response: &RawResponse<'_>) -> Self;

    /// Returns `Ok` if the response is a success: a status of 2xx, no error inside the body, and a body that looks like
    /// an answer of the application.
    ///
    /// These are errors even with 2xx: web pages, among them block pages of firewalls; JSON that breaks off or is
    /// followed by something else; compressed bytes and UTF-16; other text, unless the content type names a format of
    /// its own, such as `text/csv`; 202 without a body. Unless a block page shows that the call never reached the
    /// application, their effect is unknown.
    ///
    /// A success says that the call worked, not that the booking stands: a read of a declined booking is one, too. Each
    /// provider's module says which answer confirms a booking.
    ///
    /// # Errors
    /// Returns the error that [`from_response`](Self::from_response) reads, if the response is not a success.
    fn check(response: &RawResponse<'_>) -> Result<(), Self>;
}

/// A provider, for code that does not know at compile time which one it talks to.
///
/// ```
/// use booking_errors::{Kind, Provider, RawResponse};
///
/// # use booking_errors::decode::{Draft, Failure, ReadDraft, document::Document, json::Arena};
/// # #[derive(Clone, Debug, thiserror::Error)]
/// # #[error(transparent)]
/// # struct AcmeError(#[from] Failure);
/// # impl booking_errors::ProviderError for AcmeError {
/// #     fn envelope(&self) -> &booking_errors::Envelope { self.0.envelope() }
/// # }
/// # impl ReadDraft for AcmeError {
/// #     const PROVIDER: &'static Provider = &ACME;
/// #     fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
/// #         Draft::default().read_from(&Document::<()>::read(response.body(), arena))
/// #     }
/// # }
/// static ACME: Provider =
///     Provider::new::<AcmeError>("acme", "Acme Stays", "https://acme.example/errors", &[])
///         .recognized_by(|response| response.header_value("x-acme-id").is_some());
///
/// let error = ACME.decode(&RawResponse::new(404, b""));
/// assert_eq!(error.kind(), Kind::NotFound);
/// assert!(error.is::<AcmeError>());
/// ```
pub struct Provider {
    name: &'static str,
    title: &'static str,
    docs_url: &'static str,
    codes: &'static [CodeInfo],
    decode: fn(&RawResponse<'_>) -> Box<dyn ProviderError>,
    check: fn(&RawResponse<'_>) -> Result<(), Box<dyn ProviderError>>,
    find: for<'e> fn(&'e (dyn Error + 'static)) -> Option<&'e dyn ProviderError>,
    recognizes: fn(&RawResponse<'_>) -> bool,
    samples: fn() -> Vec<Sample>,
}

impl Provider {
    /// Returns a provider whose responses are read as `E`: its short name, its name for people, the page that documents
    /// its errors, and its codes.
    pub const fn new<E: FromResponse>(
        name: &'static str,
        title: &'static str,
        docs_url: &'static str,
        codes: &'static [CodeInfo],
    ) -> Self {
        Self {
            name,
            title,
            docs_url,
            codes,
            decode: |response| Box::new(E::from_response(response)),
            check: |response| E::check(response).map_err(Into::into),
            find: of_type::<E>,
            recognizes: |_| false,
            samples: Vec::new,
        }
    }

    /// Sets the function that returns whether a response has headers or a shape that only this provider documents.
    /// Without it, the provider is never recognized.
    #[must_use]
    pub const fn recognized_by(mut self, recognizes: fn(&RawResponse<'_>) -> bool) -> Self {
        self.recognizes = recognizes;
        self
    }

    /// Sets the function that returns the provider's samples: a response for each code, and for each situation without
    /// one that only this provider sends.
    #[must_use]
    pub const fn with_samples(mut self, samples: fn() -> Vec<Sample>) -> Self {
        // without the feature nothing refers to the samples, so no program carries them
        if cfg!(feature = "samples") {
            self.samples = samples;
        }
        self
    }

    /// Returns the short name that envelopes carry, such as `wix`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the name for people, such as `Wix Bookings V2`.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// Returns the address of the page that documents the provider's errors.
    pub fn docs_url(&self) -> &'static str {
        self.docs_url
    }

    /// Returns every known code.
    pub fn codes(&self) -> &'static [CodeInfo] {
        self.codes
    }

    /// Returns the known code with this exact spelling, or `None` for an unknown one.
    pub fn code(&self, code: &str) -> Option<&'static CodeInfo> {
        self.codes.iter().find(|info| info.code == code)
    }

    /// Reads a failed response, as [`FromResponse::from_response`] does.
    pub fn decode(&self, response: &RawResponse<'_>) -> Box<dyn ProviderError> {
        (self.decode)(response)
    }

    /// Returns `Ok` if the response is a success, as [`FromResponse::check`] does.
    ///
    /// # Errors
    /// Returns the error that [`decode`](Self::decode) reads, if the response is not a success.
    pub fn check(&self, response: &RawResponse<'_>) -> Result<(), Box<dyn ProviderError>> {
        (self.check)(response)
    }

    /// Returns the provider's error if this is one, or one of the types that hold one: see [`find_in`](crate::find_in).
    pub(crate) fn find<'e>(&self, error: &'e (dyn Error + 'static)) -> Option<&'e dyn ProviderError> {
        (self.find)(error)
    }

    /// Returns a response for each known code and for each situation without one, to test your code against every
    /// error of the provider:
    ///
    /// ```
    /// # use booking_errors::{Effect, Provider, ProviderError, Retry};
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
        let mut samples = (self.samples)();
        samples.extend(crate::sample::situations());
        samples
    }

    /// Returns the sample of this name, a code or a situation such as `rate limit`; `None` if there is none.
    ///
    /// ```
    /// # use booking_errors::{Kind, Provider, ProviderError};
    /// # fn test_provider(provider: &Provider) {
    /// let sample = provider.sample("rate limit").unwrap();
    /// assert_eq!(provider.decode(&sample.response()).kind(), Kind::RateLimited);
    /// # }
    /// ```
    #[cfg(feature = "samples")]
    pub fn sample(&self, name: &str) -> Option<Sample> {
        self.samples().into_iter().find(|sample| sample.name == name)
    }

    /// Returns whether the response looks like this provider's, by the function set with
    /// [`recognized_by`](Self::recognized_by).
    pub fn recognizes(&self, response: &RawResponse<'_>) -> bool {
        (self.recognizes)(response)
    }
}

impl Debug for Provider {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Returns the provider of a list with this name; the first, if several have it.
///
/// The facade's `providers()` and providers of your own make one list:
///
/// ```
/// use booking_errors::{Provider, provider_in, providers, recognize_in};
/// # use booking_errors::{RawResponse, decode::{Draft, Failure, ReadDraft, document::Document, json::Arena}};
/// # #[derive(Clone, Debug, thiserror::Error)]
/// # #[error(transparent)]
/// # struct Error(#[from] Failure);
/// # impl booking_errors::ProviderError for Error {
/// #     fn envelope(&self) -> &booking_errors::Envelope { self.0.envelope() }
/// # }
/// # impl ReadDraft for Error {
/// #     const PROVIDER: &'static Provider = &ACME;
/// #     fn read<'a>(response: &'a RawResponse<'_>, arena: &'a Arena) -> Draft<'a> {
/// #         Draft::default().read_from(&Document::<()>::read(response.body(), arena))
/// #     }
/// # }
/// # static ACME: Provider = Provider::new::<Error>("acme", "Acme", "", &[])
/// #     .recognized_by(|response| response.header_value("x-acme-id").is_some());
///
/// let providers = [providers(), &[&ACME]].concat();
/// assert!(provider_in(&providers, "acme").is_some());
///
/// let response = RawResponse::new(409, b"").header("x-acme-id", "17");
/// assert_eq!(recognize_in(&providers, &response).map(Provider::name), Some("acme"));
/// ```
pub fn provider_in(providers: &[&'static Provider], name: &str) -> Option<&'static Provider> {
    providers.iter().copied().find(|provider| provider.name == name)
}

/// Returns the provider of a list that sent the response, judged by headers and members that only one provider
/// documents. [`provider_in`] shows how to make a list.
///
/// Returns `None` if no provider of the list matches, or more than one: it does not guess.
pub fn recognize_in(
    providers: &[&'static Provider],
    response: &RawResponse<'_>,
) -> Option<&'static Provider> {
    let mut candidates = providers.iter().copied().filter(|provider| provider.recognizes(response));
    candidates.next().filter(|_| candidates.next().is_none())
}
