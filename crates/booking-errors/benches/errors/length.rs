//! The time per byte: the throughput must not fall as bodies grow, and a hostile body must reach at least a third of an
//! ordinary one's.

use booking_errors::providers;
use divan::Bencher;
use divan::counter::BytesCount;

use crate::hostile::{Body, hostile};
use crate::responses::{self, Response};

const LENGTHS: [usize; 5] = [1 << 10, 1 << 13, 1 << 16, 1 << 20, 1 << 23];

#[divan::bench(args = LENGTHS)]
fn short_members(bencher: Bencher<'_, '_>, bytes: usize) {
    decode(bencher, &responses::short_members(bytes));
}

#[divan::bench(args = LENGTHS)]
fn long_text(bencher: Bencher<'_, '_>, bytes: usize) {
    decode(bencher, &responses::long_text(bytes));
}

#[divan::bench(args = providers().iter().map(|provider| provider.name()))]
fn ordinary_1_mib(bencher: Bencher<'_, '_>, provider: &str) {
    decode(bencher, &responses::ordinary(provider, 1 << 20));
}

#[divan::bench(args = Body::ALL)]
fn hostile_1_mib(bencher: Bencher<'_, '_>, body: Body) {
    decode(bencher, &hostile(body, 1 << 20));
}

fn decode(bencher: Bencher<'_, '_>, response: &Response) {
    let raw = response.raw();
    bencher.counter(BytesCount::of_slice(&response.body)).bench_local(|| response.provider.decode(&raw));
}
