//! What an error is turned into: its line, its JSON and back, and the error body for your own API's callers.

use booking_errors::{Envelope, Problem};
use divan::Bencher;

use crate::responses::{Response, twenty_fields, wix_sample};

const ERRORS: [Error; 2] = [Error::WixSample, Error::TwentyFields];

#[derive(Clone, Copy, Debug)]
enum Error {
    WixSample,
    TwentyFields,
}

impl Error {
    fn response(self) -> Response {
        match self {
            Self::WixSample => wix_sample(),
            Self::TwentyFields => twenty_fields(),
        }
    }
}

#[divan::bench(args = ERRORS)]
fn display(bencher: Bencher<'_, '_>, error: Error) {
    let error = error.response().decode();
    bencher.bench_local(|| error.to_string());
}

#[divan::bench(args = ERRORS)]
fn envelope_to_json(bencher: Bencher<'_, '_>, error: Error) {
    let error = error.response().decode();
    bencher.bench_local(|| serde_json::to_string(error.envelope()));
}

#[divan::bench(args = ERRORS)]
fn envelope_from_json(bencher: Bencher<'_, '_>, error: Error) {
    let json = serde_json::to_string(error.response().decode().envelope()).unwrap_or_default();
    bencher.bench_local(|| serde_json::from_str::<Envelope>(&json));
}

#[divan::bench(args = ERRORS)]
fn problem_to_json(bencher: Bencher<'_, '_>, error: Error) {
    let error = error.response().decode();
    bencher.bench_local(|| serde_json::to_string(&Problem::new(&*error)));
}
