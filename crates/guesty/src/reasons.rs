//! Why a listing is not available.

use booking_errors_core::Kind;
use booking_errors_core::decode::json::Value;
use booking_errors_core::decode::{Issues, Spelling, first};

use crate::Restriction;

type Text<'a> = Option<&'a str>;

const FIT_ALL: &str = "Offer a stay that fits every restriction that the issues name.";

/// The restrictions of its rate plans that the stay does not fit.
#[derive(Default)]
pub(crate) struct Reasons<'a> {
    pub(crate) flags: Issues<'a>,
    /// The first flag of a plan that fits another stay.
    curable: Text<'a>,
    /// Whether that plan has more flags.
    are_many: bool,
    /// The first flag that no other stay changes.
    lasting: Text<'a>,
}

impl<'a> Reasons<'a> {
    /// `{"notApplicableRatePlans": [{"notApplicable"}]}`
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let mut reasons = Self::default();
        value.members(|name, value| {
            if name == "notApplicableRatePlans" {
                reasons = Self::default();
                value.items(|plan| reasons.read_plan(plan));
            }
        });
        reasons
    }

    fn read_plan(&mut self, plan: Value<'_, 'a>) {
        let mut flags = Vec::new();
        plan.members(|name, value| {
            if name == "notApplicable" {
                flags.clear();
                value.members(|flag, value| {
                    if value.boolean() == Some(true) {
                        flags.push(flag);
                    }
                });
            }
        });
        let is_curable = |flag: &&str| Restriction::of(flag).kind() == Kind::PolicyViolation;
        match flags.iter().find(|flag| !is_curable(flag)) {
            Some(flag) => self.lasting = self.lasting.or(Some(*flag)),
            None if self.curable.is_none() => {
                self.curable = flags.first().copied();
                self.are_many = flags.len() > 1;
            }
            None => {}
        }
        for flag in flags {
            self.flags.push(None, Some(Spelling::Sent(flag)), None);
        }
    }

    /// Returns the kind of the restriction that decides, and what helps; `None` if there is none.
    pub(crate) fn decision(&self) -> Option<(Kind, &'static str)> {
        let restriction = Restriction::of(first([self.curable, self.lasting])?);
        let has_more = self.curable.is_some() && self.are_many;
        Some((restriction.kind(), if has_more { FIT_ALL } else { restriction.remedy() }))
    }
}
