//! Suggests names that are like one that nobody knows.

use std::process::ExitCode;

use booking_errors::text::Escaped;

use crate::problem::complain;

/// How alike two names must be, from 0 to 1, to suggest one for the other.
const NEAR: f64 = 0.6;
const MOST_SUGGESTIONS: usize = 3;

/// A name with the provider that has it, or with what it is a name of, such as a kind.
pub struct Known {
    pub owner: &'static str,
    pub name: &'static str,
}

/// Says that a name is not `what`, such as "a known code of Guesty", and suggests similar ones. If there are none, names the
/// command that lists all. Returns the status to end with.
pub fn suggest(name: &str, what: &str, known: impl Iterator<Item = Known>, list: &str) -> ExitCode {
    complain(format_args!("booking-errors: `{}` is not {what}", Escaped::code(name)));
    match near(name, known).as_slice() {
        [] => complain(format_args!("`{list}` lists the known ones")),
        found => {
            let names: Vec<_> = found.iter().map(|it| format!("{} ({})", it.name, it.owner)).collect();
            complain(format_args!("did you mean {}?", names.join(", ")));
        }
    }
    ExitCode::FAILURE
}

/// Returns the known names that are most similar to this one, the closest first.
fn near(name: &str, known: impl Iterator<Item = Known>) -> Vec<Known> {
    let wanted = name.trim().to_ascii_lowercase();
    let likeness = |known: &Known| {
        let known = known.name.to_ascii_lowercase();
        let is_part = !wanted.is_empty() && known.contains(&wanted);
        strsim::normalized_damerau_levenshtein(&wanted, &known).max(if is_part { NEAR } else { 0.0 })
    };
    let mut found: Vec<_> =
        known.map(|known| (likeness(&known), known)).filter(|(like, _)| *like >= NEAR).collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().map(|(_, known)| known).take(MOST_SUGGESTIONS).collect()
}
