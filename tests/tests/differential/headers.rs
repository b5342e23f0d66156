//! Headers that are put before or after those of a response: all that the rules read, with what they may hold.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub type Header = (String, Vec<u8>);

/// Those that say when to call again, and who answers.
const NAMES: &[&str] = &[
    "retry-after",
    "Retry-After",
    "date",
    "Date",
    "x-request-id",
    "X-Request-ID",
    "x-wix-request-id",
    "X-Wix-Request-Id",
    "X-Correlation-Id",
    "CF-RAY",
    "x-amz-cf-id",
    "RateLimit",
    "RateLimit-Reset",
    "RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-RateLimit-Remaining",
    "X-Rate-Limit-Reset",
    "X-Rate-Limit-Remaining",
    "X-RateLimit-Reset-After",
    "X-RateLimit-Limit",
    "content-type",
    "cf-mitigated",
    "sg-captcha",
    "x-amzn-waf-action",
];

const VALUES: &[&[u8]] = &[
    b"",
    b" ",
    b"0",
    b"37",
    b" 30 ",
    b"007",
    b"-1",
    b"+5",
    b"1.5",
    b"soon",
    b"30, 30",
    b"18446744073709551615",
    b"18446744073709551616",
    b"Wed, 21 Oct 2026 07:28:00 GMT",
    b"Wed, 21 Oct 2026 07:29:00 GMT",
    b"Wed, 21 Oct 2026 07:28:10 GMT",
    b"Wednesday, 21-Oct-26 07:29:00 GMT",
    b"Wed Oct 21 07:30:00 2026",
    b"Sun, 06 Nov 1994 08:49:37 GMT",
    b"Mon, 21 Oct 2026 07:28:00 GMT",
    b"Sat, 31 Feb 2026 07:28:00 GMT",
    b"Wed, 21 Oct 2026 07:28:00 CET",
    b"req-1",
    b"a, a",
    b"a,b",
    b", x",
    b" padded ",
    b"\xff",
    b"\xc3\xa9",
    b"\xc2\xa0x",
    b"challenge",
];

/// A header with a value of its own kind.
const OWN: &[(&str, &str)] = &[
    ("RateLimit", "\"default\";r=0;t=34"),
    ("RateLimit", "\"default\";r=5;t=34"),
    ("RateLimit", "\"a\";r=5;t=10, \"b\";r=0;t=34"),
    ("RateLimit", "limit=10, remaining=0, reset=34"),
    ("RateLimit", "limit=10, remaining=3, reset=34"),
    ("RateLimit", "\"default\";r=0"),
    ("RateLimit", "\"default\";t=12"),
    ("RateLimit-Reset", "34"),
    ("X-RateLimit-Reset", "12"),
    ("X-RateLimit-Reset", "86400"),
    ("X-RateLimit-Reset", "86401"),
    ("X-RateLimit-Reset", "999999999"),
    ("X-RateLimit-Reset", "1792567700"),
    ("X-RateLimit-Reset", "1792567700000"),
    ("X-RateLimit-Reset", "1792567000"),
    ("X-RateLimit-Reset", "1999999999"),
    ("X-RateLimit-Reset", "1792567700000000"),
    ("X-Rate-Limit-Reset", "1792567700"),
    ("X-RateLimit-Reset-After", "12.25"),
    ("X-RateLimit-Remaining", "0"),
    ("X-RateLimit-Remaining", "3"),
    ("X-Rate-Limit-Remaining", "0"),
    ("RateLimit-Remaining", "3"),
    ("X-RateLimit-Limit", "60"),
    ("cf-mitigated", "challenge"),
    ("CF-Mitigated", "Challenge"),
    ("sg-captcha", "challenge"),
    ("x-amzn-waf-action", "captcha"),
    ("server", "CloudFront"),
    ("server", "ddos-guard"),
];

/// What a content type may say, and nothing.
pub const CONTENT_TYPES: &[&str] = &[
    "",
    "application/json",
    "application/json; charset=UTF-8",
    "APPLICATION/JSON",
    "application/problem+json",
    "text/json",
    "application/x-json",
    "text/html; charset=UTF-8",
    "application/xhtml+xml",
    "text/plain",
    "text/csv",
    "text/calendar; charset=utf-8",
    "application/pdf",
    "image/png",
    "application/octet-stream",
    "application/xml",
    "odd",
];

pub fn owned((name, value): (&str, &str)) -> Header {
    (name.to_owned(), value.as_bytes().to_vec())
}

/// Headers to add, each before or after the others.
pub fn added() -> impl Strategy<Value = Vec<(bool, Header)>> {
    let odd = (select(NAMES), select(VALUES)).prop_map(|(name, value)| (name.to_owned(), value.to_vec()));
    let own = select(OWN).prop_map(owned);
    let kind = select(CONTENT_TYPES).prop_map(|kind| owned(("content-type", kind)));
    let header = prop_oneof![2 => odd, 3 => own, 2 => kind];
    prop_oneof![1 => Just(Vec::new()), 1 => vec((any::<bool>(), header), 1..4)]
}
