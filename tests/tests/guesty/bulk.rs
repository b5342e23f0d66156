//! Guesty: search results, each with the errors of its own reservation.

use booking_errors::{Effect, Kind, ProviderError, Retry, guesty};
use booking_errors_tests::answers::{decode, failure};
use serde_json::{Value, json};

#[test]
fn a_result_with_errors_is_a_failed_item() {
    let result = |id: &str, errors: Value| json!({"_id": id, "reservation": {"errors": errors}});
    let some = json!({"results": [result("a", json!([])), result("b", json!(["LISTING_CALENDAR_BLOCKED", "text"]))]});
    let error = failure(&guesty::PROVIDER, 200, &some);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::SlotUnavailable, Effect::Partial, Retry::Never)
    );
    assert_eq!(error.issues()[0].to_string(), "b (LISTING_CALENDAR_BLOCKED)");
    let item = &error.items()[0];
    assert_eq!((item.index, item.id.as_deref()), (Some(1), Some("b")));
    assert_eq!((item.error.code(), item.error.issues().len()), (Some("LISTING_CALENDAR_BLOCKED"), 2));

    let all = json!({"results": [result("a", json!(["MIN_NIGHT_MISMATCH"])), result("b", json!(["CAL_UNAVAILABLE"]))]});
    let error = failure(&guesty::PROVIDER, 200, &all);
    assert_eq!((error.code(), error.kind(), error.effect()), (None, Kind::Unknown, Effect::NotApplied));
    let soft = json!({"results": [result("a", json!(["COUPON_NOT_FOUND"]))]});
    assert_eq!(failure(&guesty::PROVIDER, 200, &soft).effect(), Effect::Unknown);
}

#[test]
fn a_search_result_without_its_first_id_has_the_other() {
    let result = |ids: &str| {
        let body = format!(
            r#"{{"requestId":"r-1","results":[{{{ids}"reservation":{{"errors":["MIN_NIGHTS"]}}}}]}}"#
        );
        let error = decode::<guesty::Error>(200, &body);
        assert_eq!(error.envelope().request_id.as_deref(), Some("r-1"));
        error.items()[0].id.clone()
    };
    assert_eq!(result(r#""_id":"a","id":"b","listingId":"c","#).as_deref(), Some("a"));
    assert_eq!(result(r#""id":"b","listingId":"c","#).as_deref(), Some("b"));
    assert_eq!(result(r#""listingId":"c","#).as_deref(), Some("c"));
}

#[test]
fn a_search_result_that_is_no_object_is_no_success() {
    let error =
        decode::<guesty::Error>(200, r#"{"results":["x",{"reservation":{"errors":["MIN_NIGHTS"]}}]}"#);
    assert_eq!(error.effect(), Effect::Unknown);
}
