//! Reads times as logs write them.

use booking_errors::decode::json::{Arena, Reader};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::Offset;

/// Times with a time zone that no parser above reads.
const ZONED: &[&str] = &["%F %T%.f %z", "%FT%T%.f %z", "%F %T%.f %z UTC", "%d/%b/%Y:%T %z"];

/// Times of UTC that no parser above reads. The first two are obsolete HTTP dates.
const UTC: &[&str] = &[
    "%A, %d-%b-%y %T GMT",
    "%a %b %e %T %Y",
    "%a %b %e %T UTC %Y",
    "%F %T%.f UTC",
    "%Y/%m/%d %T%.f",
    "%Y%m%d%H%M%S",
];

/// What Go and .NET write for a time that was never set: the first second of the year 1.
const NEVER_SET: i64 = -62_135_596_800;

/// Reads a JSON value: RFC 3339, a date and a time of day, an HTTP date, or a Unix time in seconds, milliseconds,
/// microseconds or nanoseconds. A time without a zone is in UTC.
pub fn read(json: &[u8]) -> Option<Timestamp> {
    parse(json).filter(|time| time.as_second() != NEVER_SET)
}

fn parse(json: &[u8]) -> Option<Timestamp> {
    let arena = Arena::default();
    let text = match json {
        [b'"', ..] => Reader::new(json, &arena).root().string()?.trim(),
        _ => str::from_utf8(json).ok()?,
    };
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && let Some(time) = unix(text)
    {
        return Some(time);
    }
    text.parse()
        .ok()
        .or_else(|| local(text))
        .or_else(|| rfc2822::DateTimeParser::new().parse_timestamp(text).ok())
        .or_else(|| ZONED.iter().find_map(|format| Timestamp::strptime(format, text).ok()))
        .or_else(|| UTC.iter().find_map(|format| in_utc(DateTime::strptime(format, text).ok()?)))
}

/// Reads a Unix time. Its size shows its unit: from 1973 to 2286, milliseconds have 12 or 13 digits, microseconds 15 or 16,
/// and nanoseconds 18 or 19. A date and a time of day without anything between have 14.
fn unix(text: &str) -> Option<Timestamp> {
    let Ok(number) = text.parse::<i64>() else { return unix_with_fraction(text) };
    match number.unsigned_abs() {
        0..100_000_000_000 => Timestamp::from_second(number).ok(),
        100_000_000_000..10_000_000_000_000 => Timestamp::from_millisecond(number).ok(),
        100_000_000_000_000..10_000_000_000_000_000 => Timestamp::from_microsecond(number).ok(),
        100_000_000_000_000_000.. => Timestamp::from_nanosecond(number.into()).ok(),
        _ => None,
    }
}

fn unix_with_fraction(text: &str) -> Option<Timestamp> {
    let number: f64 = text.parse().ok()?;
    let microseconds = match number.abs() {
        0.0..1e11 => number * 1e6,
        1e11..1e13 => number * 1e3,
        _ => return None,
    };
    // more digits would be noise
    Timestamp::from_microsecond(microseconds.round() as i64).ok()
}

/// Reads a date and a time of day. One with the name of a zone, such as `[Europe/Berlin]`, is not in UTC.
fn local(text: &str) -> Option<Timestamp> {
    if text.contains('[') {
        return None;
    }
    in_utc(text.parse().ok()?)
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(time).ok()
}
