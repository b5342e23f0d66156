//! The cost of a typed error, compared with the least that a program could do with the same body.
//!
//! Each body is read in five ways: as the full error, with all that an envelope has; by `serde_json` into the smallest
//! owned struct; the same, with what an error that outlives its response must own as well; by `sonic-rs` into the struct;
//! by `serde_json` into a `Value`. Of a body that is not JSON the others keep the text.

use std::hint::black_box;
use std::sync::Arc;

use crate::responses::{self, Response};
use crate::structs::{GuestyBody, ValidatorBody, WixBody, WordPressBody};
use booking_errors::{FromResponse, fluentbooking, guesty, wix};
use divan::Bencher;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Clone, Copy, Debug)]
enum Way {
    FullError,
    Struct,
    /// The struct, a copy of the body and the request id, in one `Arc`.
    Owned,
    SonicRs,
    Value,
}

/// How often a short body is read for one sample: with one read, reading the clock and a cold cache would count too.
const MANY: u32 = 1_000;

const WAYS: [Way; 5] = [Way::FullError, Way::Struct, Way::Owned, Way::SonicRs, Way::Value];

#[divan::bench(args = WAYS, sample_size = MANY)]
fn wix_sample(bencher: Bencher<'_, '_>, way: Way) {
    read::<wix::Error, WixBody>(bencher, way, &responses::wix_sample());
}

#[divan::bench(args = WAYS, sample_size = MANY)]
fn fluentbooking_sample(bencher: Bencher<'_, '_>, way: Way) {
    read::<fluentbooking::Error, WordPressBody>(bencher, way, &responses::fluentbooking_sample());
}

#[divan::bench(args = WAYS, sample_size = MANY)]
fn guesty_sample(bencher: Bencher<'_, '_>, way: Way) {
    read::<guesty::Error, GuestyBody>(bencher, way, &responses::guesty_sample());
}

#[divan::bench(args = WAYS, sample_size = MANY)]
fn twenty_fields(bencher: Bencher<'_, '_>, way: Way) {
    read::<fluentbooking::Error, ValidatorBody>(bencher, way, &responses::twenty_fields());
}

#[divan::bench(args = WAYS, sample_size = MANY)]
fn html_page(bencher: Bencher<'_, '_>, way: Way) {
    read::<guesty::Error, GuestyBody>(bencher, way, &responses::html_page());
}

#[divan::bench(args = WAYS)]
fn short_members_1_mib(bencher: Bencher<'_, '_>, way: Way) {
    read::<wix::Error, WixBody>(bencher, way, &responses::short_members(1 << 20));
}

#[divan::bench(args = WAYS)]
fn long_text_1_mib(bencher: Bencher<'_, '_>, way: Way) {
    read::<wix::Error, WixBody>(bencher, way, &responses::long_text(1 << 20));
}

fn read<E: FromResponse, S: DeserializeOwned>(bencher: Bencher<'_, '_>, way: Way, response: &Response) {
    let body = &response.body;
    // dropping the result counts as well: a service does so too, and then reuses the memory
    match way {
        Way::FullError => bencher.bench_local(|| drop(black_box(E::from_response(&response.raw())))),
        Way::Struct => bencher.bench_local(|| keep_text(serde_json::from_slice::<S>(body), body)),
        Way::Owned => {
            let error = E::from_response(&response.raw());
            // a request id of the body is in the struct
            let id = error.request_id().filter(|id| response.headers.iter().any(|(_, value)| value == id));
            bencher.bench_local(|| {
                let read = serde_json::from_slice::<S>(body).map_err(|_| ());
                drop(black_box(Arc::new((read, Box::<[u8]>::from(&**body), id.map(str::to_owned)))));
            });
        }
        Way::SonicRs => bencher.bench_local(|| keep_text(sonic_rs::from_slice::<S>(body), body)),
        Way::Value => bencher.bench_local(|| keep_text(serde_json::from_slice::<Value>(body), body)),
    }
}

fn keep_text<T, E>(read: Result<T, E>, body: &[u8]) {
    drop(black_box(read.map_err(|_| String::from_utf8_lossy(body).into_owned())));
}
