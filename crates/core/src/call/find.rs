use std::error::Error;
use std::sync::Arc;
use std::{io, ptr};

use crate::{CallError, Envelope, GaveUp, Provider, ProviderError, TransportError};

/// Returns the provider's error in this error or its causes, for code that gets a `dyn Error`, an `anyhow::Error` or an
/// error of its own.
///
/// It looks at each error of the chain of sources, the outermost first, and sees through boxes, `Arc`s, `io::Error`,
/// `reqwest_middleware::Error` and [`CallError`]. It finds the errors of the given providers, `Box<dyn ProviderError>`,
/// [`Envelope`], [`TransportError`], and a [`GaveUp`] around any of these or a `CallError`. A `GaveUp` is returned itself
/// if the last error alone would mislead, as when the call is in doubt.
///
/// An error that hides its cause hides it here too: thiserror's `#[error(transparent)]` passes on the source of the error
/// inside, not that error. Use `#[source]` or `#[from]` with a text of your own.
///
/// The facade's `find` searches for all providers that are compiled in. To add your own, call this with a longer list.
///
/// ```
/// use std::error::Error;
///
/// use booking_errors::{Envelope, Kind, ProviderError, find_in};
///
/// #[derive(Debug, thiserror::Error)]
/// #[error("cannot book")]
/// struct Failed(#[source] Box<dyn ProviderError>);
///
/// let error: Box<dyn Error> = Failed(Envelope::new("acme", 429).into()).into();
/// assert_eq!(find_in(&[], &*error).map(|error| error.kind()), Some(Kind::RateLimited));
/// ```
pub fn find_in<'e>(
    providers: &[&'static Provider],
    error: &'e (dyn Error + 'static),
) -> Option<&'e dyn ProviderError> {
    let mut next = Some(error);
    while let Some(error) = next {
        let error = opened(error);
        let of_provider = || providers.iter().find_map(|provider| provider.find(error));
        if let Some(found) = of_no_provider(error).or_else(of_provider) {
            return Some(seen_through(found));
        }
        next = error.source();
    }
    None
}

/// Returns the error inside, of those that hide it from the chain: they pass on its text and its sources.
fn opened<'e>(error: &'e (dyn Error + 'static)) -> &'e (dyn Error + 'static) {
    let of_io = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let shared = || error.downcast_ref::<Arc<dyn Error + Send + Sync>>().map(|error| &**error);
    let inside = of_io.or_else(shared).map(|error| error as &(dyn Error + 'static));
    #[cfg(feature = "reqwest-middleware")]
    let inside = inside.or_else(|| super::reqwest_middleware::held(error));
    inside.map_or(error, opened)
}

fn of_no_provider<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn ProviderError> {
    let boxed = error.downcast_ref::<Box<dyn ProviderError>>().map(|error| &**error);
    boxed
        .or_else(|| error.downcast_ref::<Arc<dyn ProviderError>>().map(|error| &**error))
        .or_else(|| held::<CallError>(error))
        .or_else(|| held::<GaveUp<Box<dyn ProviderError>>>(error))
        .or_else(|| held::<GaveUp<CallError>>(error))
        .or_else(|| of_type::<TransportError>(error))
        .or_else(|| of_type::<Envelope>(error))
}

/// Returns an `E`, or what holds one.
pub(crate) fn of_type<'e, E: ProviderError>(
    error: &'e (dyn Error + 'static),
) -> Option<&'e dyn ProviderError> {
    held::<E>(error)
        .or_else(|| held::<CallError<E>>(error))
        .or_else(|| held::<GaveUp<E>>(error))
        .or_else(|| held::<GaveUp<CallError<E>>>(error))
}

/// Returns an `H`, which may be boxed or shared.
fn held<'e, H: ProviderError>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn ProviderError> {
    error
        .downcast_ref::<H>()
        .or_else(|| error.downcast_ref::<Box<H>>().map(|error| &**error))
        .or_else(|| error.downcast_ref::<Arc<H>>().map(|error| &**error))
        .map(|error| error as _)
}

/// Returns the error that others only pass on.
fn seen_through(mut error: &dyn ProviderError) -> &dyn ProviderError {
    while let Some(inner) = error.inner().filter(|inner| ptr::eq(inner.envelope(), error.envelope())) {
        error = inner;
    }
    error
}
