//! Guesty: payments that did not go through, with a status of success.

use booking_errors::Effect::{self, NotApplied, Unknown};
use booking_errors::{Kind, Retry};
use booking_errors_tests::given::guesty as answer;
use serde_json::{Value, json};

/// A payment beside its reservation.
fn beside(payment: &str, reservation: Value) -> Value {
    json!({"reservation": {"_id": "5d6e", "status": reservation}, "payment": {"status": payment, "amount": 10}})
}

fn assert_payment_required(body: &Value, effect: Effect) {
    for status in [200, 201] {
        let error = answer(status, body).error();
        assert_eq!((error.kind(), error.effect()), (Kind::PaymentRequired, effect), "{status} {body}");
        let remedy = error.remedy();
        assert!(!remedy.contains("send it again") && !remedy.contains("then book"), "{remedy}");
        if effect == NotApplied {
            assert_eq!(error.retry(), Retry::Never);
        }
    }
}

#[test]
fn a_failed_payment_was_not_carried_out_only_if_its_reservation_has_ended() {
    for failed in ["FAILED", "DECLINED", "CANCELLED", "failed", "Declined"] {
        for ended in ["closed", "canceled", "cancelled", "declined"] {
            assert_payment_required(&beside(failed, json!(ended)), NotApplied);
        }
        for standing in [
            json!("reserved"),
            json!("confirmed"),
            json!("inquiry"),
            json!("brand_new"),
            json!(null),
            json!(7),
        ] {
            assert_payment_required(&beside(failed, standing), Unknown);
        }
        assert_payment_required(&json!({"payment": {"status": failed}}), Unknown);
    }
}

#[test]
fn a_payment_that_went_through_is_clean() {
    for done in ["SUCCEEDED", "PAID", "CAPTURED", "AUTHORIZED", "REFUNDED", "succeeded"] {
        for status in [200, 201] {
            for reservation in ["confirmed", "canceled"] {
                assert!(answer(status, beside(done, json!(reservation))).checked().is_none(), "{done}");
            }
            assert!(answer(status, json!({"status": done, "amount": 10})).checked().is_none(), "{done}");
        }
    }
}

#[test]
fn a_payment_that_waits_for_the_guest_is_to_be_completed_and_verified() {
    let rows = [
        beside("PENDING_AUTH", json!("reserved")),
        beside("PENDING", json!("reserved")),
        beside("REQUIRES_ACTION", json!("canceled")),
        // any other status beside a reservation
        beside("BRAND_NEW", json!("reserved")),
        json!({"payment": {"status": "PENDING_AUTH"}}),
        json!({"status": "PENDING_AUTH", "amount": 10}),
        // a challenge, whatever the status
        json!({"reservation": {"status": "reserved"}, "payment": {"status": "SUCCEEDED", "threeDSChallenge": {}}}),
        json!({"payment": {"threeDSChallenge": {"url": "x"}}}),
        json!({"status": "SUCCEEDED", "amount": 10, "threeDSChallenge": {"url": "x"}}),
        json!({"threeDSChallenge": {}}),
    ];
    for body in rows {
        assert_payment_required(&body, Unknown);
        let remedy = answer(200, &body).error().remedy().to_owned();
        assert!(remedy.contains("complete the payment's challenge, then verify"), "{body}: {remedy}");
        assert!(remedy.contains("do not charge again"), "{remedy}");
    }
    let clean = [
        json!({"threeDSChallenge": null}),
        json!({"threeDSChallenge": "x"}),
        json!({"payment": {"status": "BRAND_NEW"}}),
        json!({"status": "BRAND_NEW", "amount": 10}),
        json!({"payment": {}}),
        json!({"payment": null, "reservation": {"status": "reserved"}}),
    ];
    for body in clean {
        assert!(answer(200, &body).checked().is_none(), "{body}");
    }
}

#[test]
fn at_the_root_without_a_reservation_only_a_failed_charge_was_not_carried_out() {
    let root = |status: &str| json!({"status": status, "amount": 10});
    assert_payment_required(&root("FAILED"), NotApplied);
    assert_payment_required(&root("DECLINED"), Unknown);
    assert_payment_required(&root("CANCELLED"), Unknown);
    let with_reservation =
        |status: &str| json!({"status": "FAILED", "amount": 10, "reservation": {"status": status}});
    assert_payment_required(&with_reservation("reserved"), Unknown);
    assert_payment_required(&with_reservation("closed"), NotApplied);
    // without an amount it is no payment
    assert!(answer(200, json!({"status": "FAILED"})).checked().is_none());
}

#[test]
fn the_message_is_that_of_the_error_then_that_of_the_processor() {
    let processor = json!({"code": "do_not_honor", "message": "Do not honor."});
    let rows = [
        (json!({"error": "Card declined."}), Some("Card declined."), None),
        (json!({"error": {"message": "Card declined."}}), Some("Card declined."), None),
        (
            json!({"error": "Card declined.", "processorError": processor}),
            Some("Card declined."),
            Some("do_not_honor"),
        ),
        (json!({"error": "Card declined.", "message": "m"}), Some("Card declined."), None),
        (json!({"processorError": processor}), Some("Do not honor."), Some("do_not_honor")),
        (json!({}), None, None),
    ];
    for (more, message, code) in rows {
        let mut payment = json!({"status": "FAILED", "amount": 10});
        payment.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        for body in [payment.clone(), json!({"reservation": {"status": "reserved"}, "payment": payment})] {
            let error = answer(200, &body).error();
            assert_eq!(error.message(), message, "{body}");
            assert_eq!(error.issues().first().and_then(|issue| issue.code.as_deref()), code, "{body}");
        }
    }
}

#[test]
fn with_an_error_status_a_payment_is_read_as_any_error() {
    let error = answer(400, beside("FAILED", json!("closed"))).error();
    assert_eq!(error.kind(), Kind::InvalidRequest);
}
