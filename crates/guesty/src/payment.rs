//! Answers to an instant charge and to the verification of a payment: a status of 200 also when the card was declined.

use booking_errors_core::decode::json::{Shape, Value};
use booking_errors_core::decode::{Draft, Evidence, Issues, Spelling, first};
use booking_errors_core::{Effect, Kind};

type Text<'a> = Option<&'a str>;

/// The statuses of a payment that went through, or was given back.
const DONE: &[&str] = &["SUCCEEDED", "PAID", "CAPTURED", "AUTHORIZED", "REFUNDED"];
/// The statuses of a payment that failed.
const FAILED: &[&str] = &["FAILED", "DECLINED", "CANCELLED"];
/// The statuses of a payment that waits for the guest.
const PENDING: &[&str] = &["PENDING_AUTH", "PENDING", "REQUIRES_ACTION"];
/// The statuses of a reservation that a failed payment has ended.
const ENDED: &[&str] = &["closed", "canceled", "cancelled", "declined"];

const COMPLETE: &str =
    "Let the guest complete the payment's challenge, then verify the payment; do not charge again.";
const ENDED_REMEDY: &str = "Ask the guest for another means of payment: the reservation was not kept.";
const NOT_CHARGED: &str =
    "Ask the guest for another means of payment; the reservation that was to be paid may still stand.";
const LOOK: &str = "Read the reservation and the payment before you charge or book again: either may still stand. Then ask the guest for another means of payment.";

/// `{"status", "amount", "error", "processorError", "threeDSChallenge"}`, in `payment` or at the root.
#[derive(Clone, Debug, Default)]
pub(crate) struct Payment<'a> {
    pub(crate) status: Text<'a>,
    has_amount: bool,
    pub(crate) error: Text<'a>,
    processor_code: Text<'a>,
    processor_message: Text<'a>,
    has_challenge: bool,
}

/// The reservation that a payment belongs to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reservation<'a> {
    id: Text<'a>,
    status: Text<'a>,
}

/// The statuses of a reservation that stands.
const STANDING: [&str; 3] = ["confirmed", "inquiry", "reserved"];

/// Returns whether a reservation with this id and status stands. Its status is compared in any case: better to look for a
/// reservation that does not stand than to overlook one.
pub(crate) fn stands(id: Text<'_>, status: Text<'_>) -> bool {
    let is_standing = |status: &str| STANDING.iter().any(|standing| standing.eq_ignore_ascii_case(status));
    id.is_some() && status.is_some_and(is_standing)
}

impl<'a> Payment<'a> {
    /// Reads a member, if it is one of a payment.
    pub(crate) fn read_member(&mut self, name: &str, value: Value<'_, 'a>) {
        match name {
            "status" => value.text_into(&mut self.status),
            "amount" => self.has_amount = value.shape() != Shape::Null,
            "error" => self.error = read_error(value).1,
            "processorError" => (self.processor_code, self.processor_message) = read_error(value),
            "threeDSChallenge" => self.has_challenge = value.shape() == Shape::Object,
            _ => {}
        }
    }

    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let mut payment = Self::default();
        value.members(|name, value| payment.read_member(name, value));
        payment
    }

    /// Returns whether the root is a payment itself.
    pub(crate) fn is_root(&self) -> bool {
        self.has_amount && self.status.is_some()
    }

    /// Returns the error that a challenge for the guest stands for, whatever the status of the payment.
    pub(crate) fn challenge(&self) -> Option<Draft<'a>> {
        self.has_challenge.then(|| self.draft(None, false)).flatten()
    }

    /// Returns the error that the payment stands for, if it did not go through. Without a `reservation`, it is the answer
    /// to a charge if it `is_root`.
    pub(crate) fn draft(&self, reservation: Option<Reservation<'a>>, is_root: bool) -> Option<Draft<'a>> {
        let status = self.status.unwrap_or_default().to_ascii_uppercase();
        let is = |statuses: &[&str]| statuses.contains(&&*status);
        let has_ended = reservation.and_then(|reservation| reservation.status);
        let has_ended = has_ended.is_some_and(|status| ENDED.contains(&status));
        let is_other = self.status.is_some() && reservation.is_some() && !is(DONE);
        let is_charge = status == "FAILED" && is_root && reservation.is_none();
        let has_failed = is(FAILED) && !self.has_challenge;
        if !(self.has_challenge || is(FAILED) || is(PENDING) || is_other) {
            return None;
        }
        let effect = match has_failed && (has_ended || is_charge) {
            true => Effect::NotApplied,
            false => Effect::Unknown,
        };
        let mut issues = Issues::default();
        if let Some(code) = self.processor_code {
            issues.push(None, Some(Spelling::Sent(code)), self.processor_message);
        }
        Some(Draft {
            is_error_in_success: true,
            kind: Some(Kind::PaymentRequired),
            evidence: Evidence { rule: Some(effect), ..Evidence::default() },
            remedy: Some(match has_failed {
                true if has_ended => ENDED_REMEDY,
                true => NOT_CHARGED,
                false => COMPLETE,
            }),
            remedy_in_doubt: Some(if has_failed { LOOK } else { COMPLETE }),
            message: first([self.error, self.processor_message]),
            issues,
            ..Draft::default()
        })
    }
}

impl<'a> Reservation<'a> {
    pub(crate) fn read(value: Value<'_, 'a>) -> Self {
        let mut reservation = Self::default();
        value.members(|name, value| match name {
            "_id" => value.text_into(&mut reservation.id),
            "status" => value.text_into(&mut reservation.status),
            _ => {}
        });
        reservation
    }

    pub(crate) fn stands(self) -> bool {
        stands(self.id, self.status)
    }
}

/// Reads the code and the message of an error, or a text that is the message.
fn read_error<'a>(value: Value<'_, 'a>) -> (Text<'a>, Text<'a>) {
    let (mut code, mut message) = (None, None);
    match value.shape() {
        Shape::Object => {
            value.members(|name, value| match name {
                "code" => value.text_into(&mut code),
                "message" => value.text_into(&mut message),
                _ => {}
            });
        }
        _ => value.text_into(&mut message),
    }
    (code, message)
}
