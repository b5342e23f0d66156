//! "Payments (instant charge, verify payment; 200)".

use booking_errors::{Effect, Issue};

use super::super::answer::issue;
use super::super::json::Json;
use super::super::oauth;

/// A payment that is an error.
pub struct Payment {
    pub message: Option<String>,
    pub issue: Option<Issue>,
    pub effect: Effect,
}

pub fn read(root: &Json) -> Option<Payment> {
    let reservation = Some(root.at("reservation")).filter(|reservation| reservation.is_object());
    let payment = root.at("payment");
    // "or the payment at the root (`amount` beside `status`)"
    let has_amount = root.get("amount").is_some_and(|amount| *amount != Json::Null);
    // a challenge at the root stands for itself: what the payment beside it says is not what went wrong
    let has_challenge = |place: &Json| place.at("threeDSChallenge").is_object();
    let (payment, is_root) = match payment.is_object() {
        _ if has_challenge(root) => (root, true),
        true => (payment, false),
        false if has_amount => (root, true),
        false => (&Json::Null, false),
    };
    // "in any case", and no other spelling
    let status = payment.text_at("status").map(|status| status.to_ascii_uppercase());
    let status = status.as_deref();
    // "a `threeDSChallenge` object at the root or in the payment, whatever the status: payment_required,
    // unknown"
    let is_challenged = has_challenge(root) || has_challenge(payment);
    let effect = match status {
        _ if is_challenged => Effect::Unknown,
        Some("FAILED" | "DECLINED" | "CANCELLED") => match reservation {
            Some(reservation) if is_released(reservation) => Effect::NotApplied,
            // "at the root without a reservation: a FAILED charge is not_applied, DECLINED and CANCELLED unknown"
            None if is_root && status == Some("FAILED") => Effect::NotApplied,
            _ => Effect::Unknown,
        },
        Some("SUCCEEDED" | "PAID" | "CAPTURED" | "AUTHORIZED" | "REFUNDED") | None => return None,
        Some("PENDING_AUTH" | "PENDING" | "REQUIRES_ACTION") => Effect::Unknown,
        // "any other status beside a reservation"
        Some(_) if reservation.is_some() => Effect::Unknown,
        Some(_) => return None,
    };
    let processor = payment.at("processorError");
    let own = payment.at("error");
    // "message = `error` as text or its message, else that of processorError"; at the root an `error` that is spelt
    // as OAuth's codes is the code
    let text = if is_root { oauth::read(root).message } else { payment.text_at("error") };
    let messages = [text, own.text_at("message"), processor.text_at("message")];
    // "an issue with processorError's code"
    let code = processor.text_at("code");
    let issue = code.is_some().then(|| issue(None, code, processor.text_at("message"))).flatten();
    Some(Payment { message: messages.into_iter().flatten().next(), issue, effect })
}

/// "not_applied where the reservation's status is closed, canceled, cancelled or declined"
fn is_released(reservation: &Json) -> bool {
    let status = reservation.text_at("status");
    matches!(status.as_deref(), Some("closed" | "canceled" | "cancelled" | "declined"))
}
