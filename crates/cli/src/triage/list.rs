//! Lists the calls of one group as JSON Lines, for scripts.

use booking_errors::Triage;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::entry::{Call, Entry, Outcome};
use crate::json;
use crate::problem::Problem;

/// Which lines to list.
#[derive(Clone, Copy)]
pub enum Wanted {
    Group(Triage),
    Unreadable,
}

/// The name of the lines that cannot be read.
const UNREADABLE: &str = "unreadable";

impl Wanted {
    /// Accepts the groups' names, with hyphens or underscores.
    pub fn parser() -> impl TypedValueParser<Value = Self> {
        let groups = Triage::ALL.iter().map(|group| group.as_str());
        let values = groups.chain([UNREADABLE]).map(|name| {
            let value = PossibleValue::new(name);
            if name.contains('-') { value.alias(name.replace('-', "_")) } else { value }
        });
        PossibleValuesParser::new(values).try_map(|name| match &*name.replace('_', "-") {
            UNREADABLE => Ok(Self::Unreadable),
            group => group.parse().map(Self::Group),
        })
    }

    /// Adds the line of an entry, if it is wanted.
    pub fn add(self, entry: &Entry<'_>, line: u64, lines: &mut Vec<u8>) -> Result<(), Problem> {
        match (self, &entry.outcome) {
            (Self::Group(group), Outcome::Error(error)) if error.triage() == group => {
                json::add_line(&entry.call(line), lines)
            }
            (Self::Unreadable, Outcome::Unreadable(reason)) => {
                json::add_line(&Unreadable { call: entry.call(line), error: reason }, lines)
            }
            _ => Ok(()),
        }
    }
}

#[derive(Serialize)]
struct Unreadable<'a> {
    #[serde(flatten)]
    call: Call,
    error: &'a str,
}
