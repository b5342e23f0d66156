//! Rules that any input must satisfy, checked by the fuzz targets. `scripts/fuzz` runs them.
//!
//! The target `response` reads its input as a response that `curl -i` prints, for every provider. You can pass what it
//! finds to `booking-errors decode` as it is. Once the bug is fixed, add a test for it, and add the input to `corpus`
//! under a name.

mod claims;
// what the tests ask of cuts, without the rest that they depend on
#[path = "../../tests/src/cut.rs"]
mod cut;
mod cuts;
pub mod decode;
pub mod envelope;
mod mutate;
mod own;
mod saved;
mod spelling;

pub use crate::mutate::mutate;

/// A target: a function that is called with each input, and the way in which inputs are changed.
#[macro_export]
macro_rules! target {
    ($ask:expr) => {
        libfuzzer_sys::fuzz_target!(|input: &[u8]| $ask(input));
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::mutate(data, size, max_size, seed)
        });
    };
}
