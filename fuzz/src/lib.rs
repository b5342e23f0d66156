//! What must hold for any input, asked by the fuzz targets. `scripts/fuzz` runs them.
//!
//! The target `response` reads its input as a response that `curl -i` prints, for every provider. What it finds can
//! be given to `booking-errors decode` as it is; once it is mended it belongs to the tests, and under a name into
//! `corpus`.

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
