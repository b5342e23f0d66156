//! Where the axes of the chart have their marks.

use jiff::Timestamp;

use crate::triage::timeline::{COLUMNS, Columns};

const DAY: i64 = 86_400;
/// How many marks there may be.
const MOST: i64 = 7;

/// A mark of the time.
pub struct Mark {
    /// Where it stands, in percent of the width.
    pub at: f64,
    pub label: String,
}

/// Returns marks at round times.
pub fn marks(columns: &Columns) -> Vec<Mark> {
    let start = columns.start.as_second();
    let length = i64::try_from(columns.columns).unwrap_or(i64::MAX).saturating_mul(columns.seconds).max(1);
    let step = COLUMNS.iter().copied().find(|step| length / step < MOST).unwrap_or(length);
    let first = start.saturating_add(step - 1).div_euclid(step).saturating_mul(step);
    (0..MOST)
        .map(|index| first.saturating_add(index.saturating_mul(step)))
        .filter_map(|second| {
            let at = 100.0 * (second - start) as f64 / length as f64;
            let label = Timestamp::from_second(second).ok()?.strftime(form(second, step)).to_string();
            (at <= 100.0).then_some(Mark { at, label })
        })
        .collect()
}

/// Returns how a mark is written. Midnight names the day that begins.
fn form(second: i64, step: i64) -> &'static str {
    match step {
        _ if step >= 50 * DAY => "%b %Y",
        _ if second.rem_euclid(DAY) == 0 => "%-d %b",
        _ if step < 60 => "%H:%M:%S",
        _ => "%H:%M",
    }
}

/// Returns the least round number that is no less than this. It is even, so that its half is a number of errors too.
pub fn ceiling(highest: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        let round = [2, 4, 6, 8, 10, 12, 14, 16]
            .into_iter()
            .map(|digit| power.saturating_mul(digit))
            .find(|round| *round >= highest);
        if let Some(round) = round {
            return round;
        }
        power = power.saturating_mul(10);
    }
}
