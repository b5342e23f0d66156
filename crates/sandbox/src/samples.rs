//! The samples of all providers, ready to send.

use std::collections::HashMap;
use std::sync::LazyLock;

use booking_errors::{Effect, Provider, Sample, providers};
use hyper::Response;
use hyper::body::Bytes;

/// A sample, ready to send.
pub(crate) struct Prepared {
    /// The response, byte for byte.
    pub(crate) response: Response<Bytes>,
    /// Whether it says that the booking was made, for example without a coupon.
    pub(crate) is_made: bool,
}

/// Samples by their names.
type Samples = HashMap<&'static str, Prepared>;

/// By the providers' names.
static SAMPLES: LazyLock<HashMap<&'static str, Samples>> = LazyLock::new(|| {
    let prepare = |provider: &'static Provider| {
        provider.samples().iter().map(|sample| (sample.name, Prepared::new(provider, sample))).collect()
    };
    providers().iter().map(|provider| (provider.name(), prepare(provider))).collect()
});

/// Returns the sample of this name.
pub(crate) fn find(provider: &Provider, name: &str) -> Option<&'static Prepared> {
    SAMPLES.get(provider.name())?.get(name)
}

/// Returns the name, if any provider has a sample of it.
pub(crate) fn name(name: &str) -> Option<&'static str> {
    SAMPLES.values().find_map(|samples| samples.get_key_value(name)).map(|(name, _)| *name)
}

impl Prepared {
    fn new(provider: &Provider, sample: &Sample) -> Self {
        let effect =
            provider.check(&sample.response()).map_or_else(|error| error.effect(), |()| Effect::Applied);
        Self {
            response: Response::from(sample).map(Bytes::from),
            is_made: matches!(effect, Effect::Applied | Effect::Partial),
        }
    }
}
