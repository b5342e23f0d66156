use std::error::Error;
use std::ptr;
use std::sync::Arc;

use crate::{CallError, Envelope, GaveUp, Provider, ProviderError, TransportError};

/// Returns the error of a provider that this error is or was caused by, for code that gets a `dyn Error`, an
/// `anyhow::Error` or an error of its own.
///
/// It looks at each error of the chain of sources, the outermost first, and sees through boxes, `Arc`s, [`CallError`] and
/// `reqwest_middleware::Error`. It finds the errors of these providers and what is not of one provider:
/// `Box<dyn ProviderError>`, [`Envelope`], [`TransportError`] and [`GaveUp`]. A `GaveUp` is returned itself if the last
/// error alone would mislead, as when the call is in doubt.
///
/// An error that hides its cause hides it here too: thiserror's `#[error(transparent)]` passes on the source of the error
/// inside, not that error. Use `#[source]` or `#[from]` with a text of your own.
///
/// The facade's `find` asks for all providers that are compiled in. If you add one, pass a longer list.
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
/// assert_eq!(find_in([], &*error).map(|error| error.kind()), Some(Kind::RateLimited));
/// ```
pub fn find_in<'e>(
    providers: impl IntoIterator<Item = &'static Provider>,
    error: &'e (dyn Error + 'static),
) -> Option<&'e dyn ProviderError> {
    let providers: Vec<_> = providers.into_iter().collect();
    let mut next = Some(error);
    while let Some(error) = next {
        #[cfg(feature = "reqwest-middleware")]
        let error = super::reqwest_middleware::held(error);
        let of_provider = || providers.iter().find_map(|provider| provider.find(error));
        if let Some(found) = of_no_provider(error).or_else(of_provider) {
            return Some(seen_through(found));
        }
        next = error.source();
    }
    None
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
