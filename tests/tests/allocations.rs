//! How often an error allocates memory: at most four times more than the smallest struct that holds the same, and no more
//! than before.

#[path = "../../crates/booking-errors/benches/errors/hostile.rs"]
mod hostile;
#[path = "../../crates/booking-errors/benches/errors/responses.rs"]
#[expect(dead_code, reason = "the benchmarks measure more than these")]
mod responses;
#[path = "../../crates/booking-errors/benches/errors/structs.rs"]
mod structs;

use allocation_counter::measure;
use booking_errors::{FromResponse, fluentbooking, guesty, wix};
use hostile::Body;
use responses::Response;
use serde::de::DeserializeOwned;
use structs::{GuestyBody, ValidatorBody, WixBody, WordPressBody};

#[test]
fn a_documented_error_allocates_little_more_than_a_struct() {
    let counts = [
        ("wix", allocations::<wix::Error, WixBody>(&responses::wix_sample()), 6),
        (
            "fluentbooking",
            allocations::<fluentbooking::Error, WordPressBody>(&responses::fluentbooking_sample()),
            3,
        ),
        ("guesty", allocations::<guesty::Error, GuestyBody>(&responses::guesty_sample()), 6),
        (
            "validation error of 20 fields",
            allocations::<fluentbooking::Error, ValidatorBody>(&responses::twenty_fields()),
            50,
        ),
    ];
    for (name, (error, parsed), most) in counts {
        assert!(error <= parsed + 4, "{name}: {error} times, for the struct {parsed}");
        assert!(error <= most, "{name}: {error} times, where it was {most}");
    }
}

#[test]
fn what_is_skipped_allocates_nothing() {
    let (short, long) = (responses::short_members(1 << 10), responses::short_members(1 << 20));
    assert_eq!(decoding::<wix::Error>(&short), decoding::<wix::Error>(&long));
}

#[test]
fn a_hostile_body_takes_memory_in_proportion() {
    for (body, bytes) in
        Body::ALL.into_iter().flat_map(|body| [(body, 1 << 12), (body, 1 << 16), (body, 1 << 20)])
    {
        let response = hostile::hostile(body, bytes);
        let taken = measure(|| drop(response.decode()));
        let bytes = response.body.len() as u64;
        // a byte that is no UTF-8 becomes three, and a text grows by doubling
        assert!(taken.bytes_max <= 8 * bytes + (2 << 20), "{body:?}: {} for {bytes}", taken.bytes_max);
        // the most is that of items with many short codes, each of which is looked up and kept; of a small
        // body that of the first 1,000 issues
        assert!(taken.count_total <= 4_000 + bytes / 2, "{body:?}: {} allocations", taken.count_total);
    }
}

#[test]
fn what_one_text_adds_to_many_issues_is_bounded() {
    let name = "n".repeat(8_192);
    let rules: serde_json::Map<_, _> = (0..1_000).map(|rule| (format!("r{rule}"), "m".into())).collect();
    let body = serde_json::json!({"message": "m", "errors": {name: rules}}).to_string();
    let response = Response::new(&fluentbooking::PROVIDER, 422, body);
    let taken = measure(|| drop(response.decode()));
    let most = 8 * response.body.len() as u64 + (2 << 20);
    assert!(taken.bytes_max <= most, "{} bytes at once for {}", taken.bytes_max, response.body.len());
}

/// The allocations of the error and of the struct.
fn allocations<E: FromResponse, S: DeserializeOwned>(response: &Response) -> (u64, u64) {
    let parsing = measure(|| assert!(serde_json::from_slice::<S>(&response.body).is_ok()));
    (decoding::<E>(response), parsing.count_total)
}

fn decoding<E: FromResponse>(response: &Response) -> u64 {
    let decode = || drop(E::from_response(&response.raw()));
    decode(); // the tables are made once
    measure(decode).count_total
}
