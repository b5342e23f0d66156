//! Bulk and batch answers: HTTP says success, and some or all of the items failed.

use booking_errors::{
    Effect, Envelope, Kind, Provider, ProviderError, RawResponse, Retry, fluentbooking, guesty, wix,
};
use serde_json::{Value, json};

fn check(provider: &Provider, status: u16, body: &Value) -> Option<Box<dyn ProviderError>> {
    provider.check(&RawResponse::new(status, body.to_string().as_bytes())).err()
}

fn error(provider: &Provider, status: u16, body: &Value) -> Box<dyn ProviderError> {
    check(provider, status, body).unwrap_or_else(|| panic!("a success: {body}"))
}

fn wix_item(index: u64, code: Option<&str>) -> Value {
    let error = code.map(|code| json!({"code": code, "description": "d", "data": {}}));
    json!({"itemMetadata": {"originalIndex": index, "success": code.is_none(), "error": error}})
}

#[test]
fn wix_items_that_failed_beside_others_that_did_not() {
    let failed = json!({"itemMetadata": {"id": "3f25", "originalIndex": 2, "success": false,
        "error": {"code": "FEATURE_LIMIT_EXCEEDED", "description": "d"}}});
    let results = json!([wix_item(0, None), wix_item(1, Some("SLOT_NOT_AVAILABLE")), failed]);
    let totals = json!({"totalSuccesses": 1, "totalFailures": 2, "undetailedFailures": 0});
    let error = error(&wix::PROVIDER, 200, &json!({"results": results, "bulkActionMetadata": totals}));

    assert_eq!((error.status(), error.effect(), error.retry()), (200, Effect::Partial, Retry::Never));
    assert_eq!((error.code(), error.kind()), (None, Kind::Unknown));
    let issues: Vec<_> = error.issues().iter().map(ToString::to_string).collect();
    assert_eq!(issues, ["results[1] (SLOT_NOT_AVAILABLE): d", "3f25 (FEATURE_LIMIT_EXCEEDED): d"]);

    let items: Vec<_> = error
        .items()
        .iter()
        .map(|item| (item.index, item.id.as_deref(), item.error.kind, item.error.effect, item.error.retry()))
        .collect();
    let expect = [
        (Some(1), None, Kind::SlotUnavailable, Effect::NotApplied, Retry::Never),
        (Some(2), Some("3f25"), Kind::RateLimited, Effect::NotApplied, Retry::Safe),
    ];
    assert_eq!(items, expect);
    assert_eq!(error.items()[0].error.code(), Some("SLOT_NOT_AVAILABLE"));
    assert_eq!(error.items()[0].error.remedy(), wix::Code::SlotNotAvailable.info().remedy);
}

#[test]
fn wix_answers_in_which_all_failed() {
    let cases: &[(Value, Option<&str>, Kind, Effect)] = &[
        (
            json!([wix_item(0, Some("BOOKING_NOT_FOUND")), wix_item(1, Some("BOOKING_NOT_FOUND"))]),
            Some("BOOKING_NOT_FOUND"),
            Kind::NotFound,
            Effect::NotApplied,
        ),
        (
            json!([wix_item(0, Some("BOOKING_NOT_FOUND")), wix_item(1, Some("REFUND_NOT_ALLOWED"))]),
            None,
            Kind::Unknown,
            Effect::NotApplied,
        ),
        (json!([wix_item(0, Some("BRAND_NEW"))]), Some("BRAND_NEW"), Kind::Unknown, Effect::Unknown),
        (
            json!([wix_item(0, Some("FAILED_RESOLVING_SESSION"))]),
            Some("FAILED_RESOLVING_SESSION"),
            Kind::ProviderFault,
            Effect::Unknown,
        ),
        (json!([{"itemMetadata": {"success": false}}]), None, Kind::Unknown, Effect::Unknown),
    ];
    for (results, code, kind, effect) in cases {
        for status in [200, 207] {
            let error = error(&wix::PROVIDER, status, &json!({"results": results}));
            assert_eq!((error.code(), error.kind(), error.effect()), (*code, *kind, *effect), "{results}");
        }
    }
}

#[test]
fn wix_failures_without_details() {
    let one = json!([wix_item(0, Some("BOOKING_NOT_FOUND"))]);
    let cases = [
        (
            json!({"results": one, "bulkActionMetadata": {"totalFailures": 3, "undetailedFailures": 2}}),
            Effect::Unknown,
        ),
        (json!({"results": one, "bulkActionMetadata": {"totalFailures": 3}}), Effect::Unknown),
        (
            json!({"results": one, "bulkActionMetadata": {"totalFailures": 3, "totalSuccesses": 1}}),
            Effect::Partial,
        ),
        (json!({"results": [], "bulkActionMetadata": {"totalFailures": 1}}), Effect::Unknown),
        (json!({"bulkActionMetadata": {"totalFailures": 1, "totalSuccesses": 4}}), Effect::Partial),
    ];
    for (body, effect) in cases {
        let error = error(&wix::PROVIDER, 200, &body);
        assert_eq!((error.code(), error.kind(), error.effect()), (None, Kind::Unknown, effect), "{body}");
    }
}

#[test]
fn wix_answers_that_break_off() {
    let body = json!({"results": [wix_item(0, None), wix_item(1, Some("BOOKING_NOT_FOUND"))]}).to_string();
    let cut = |length: usize| {
        let response = RawResponse::new(200, &body.as_bytes()[..length]);
        wix::PROVIDER.check(&response).err().map(|error| (error.effect(), error.items().len()))
    };
    assert_eq!(cut(body.len() - 2), Some((Effect::Partial, 1)));
    assert_eq!(cut(body.find("BOOKING").unwrap()), Some((Effect::Partial, 0)));
    assert_eq!(cut(3), None);
    let all_failed = json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND"))]}).to_string();
    let response = RawResponse::new(200, &all_failed.as_bytes()[..all_failed.len() - 1]);
    assert_eq!(wix::PROVIDER.decode(&response).effect(), Effect::Unknown);
}

#[test]
fn bulk_answers_in_which_nothing_failed_are_clean() {
    let totals = json!({"totalSuccesses": 1, "totalFailures": 0, "undetailedFailures": 0});
    assert!(
        check(&wix::PROVIDER, 200, &json!({"results": [wix_item(0, None)], "bulkActionMetadata": totals}))
            .is_none()
    );
    let made = json!({"responses": [{"body": {"id": 1}, "status": 201, "headers": {}}]});
    assert!(check(&fluentbooking::PROVIDER, 207, &made).is_none());
    let found = json!({"results": [{"_id": "5d6e", "reservation": {"errors": []}}, {"_id": "5d6f"}]});
    assert!(check(&guesty::PROVIDER, 200, &found).is_none());
    for provider in booking_errors::providers() {
        assert!(check(provider, 200, &json!({"results": [], "responses": []})).is_none());
        assert!(check(provider, 200, &json!({"results": null, "responses": {"a": 1}})).is_none());
    }
}

#[test]
fn wordpress_batches() {
    let failed = |code: &str, status: u16| json!({"body": {"code": code, "message": "m", "data": {"status": status}}, "status": status, "headers": []});
    let made = json!({"body": {"id": 1}, "status": 201, "headers": []});
    let busy = json!({"body": {"message": "m"}, "status": 503, "headers": {"Retry-After": "5"}});

    let mixed = json!({"responses": [made, failed("rest_no_route", 404), busy]});
    let error = error(&fluentbooking::PROVIDER, 207, &mixed);
    assert_eq!((error.status(), error.code(), error.effect()), (207, None, Effect::Partial));
    let issues: Vec<_> = error.issues().iter().map(ToString::to_string).collect();
    assert_eq!(issues, ["responses[1] (rest_no_route): m", "responses[2]: m"]);
    let items: Vec<_> =
        error.items().iter().map(|item| (item.index, item.error.status, item.error.retry())).collect();
    assert_eq!(items, [(Some(1), 404, Retry::Never), (Some(2), 503, Retry::Safe)]);
    assert_eq!(error.items()[1].error.retry_after().unwrap().as_secs(), 5);

    let all = json!({"responses": [failed("rest_cannot_create", 401), failed("rest_no_route", 404)]});
    let error = self::error(&fluentbooking::PROVIDER, 207, &all);
    assert_eq!((error.kind(), error.effect()), (Kind::Unknown, Effect::NotApplied));
    assert_eq!(error.items()[0].error.kind, Kind::Unauthenticated);

    let unknown = self::error(&fluentbooking::PROVIDER, 207, &json!({"responses": [failed("x", 500)]}));
    assert_eq!((unknown.code(), unknown.effect()), (Some("x"), Effect::Unknown));

    // one call was refused by the validation, and so none was carried out
    let refused = json!({"failed": "validation", "responses": [null, failed("rest_invalid_param", 400)]});
    let error = self::error(&fluentbooking::PROVIDER, 207, &refused);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::InvalidRequest, Effect::NotApplied, Retry::Never)
    );
    assert_eq!(error.items()[0].index, Some(1));
}

#[test]
fn guesty_results() {
    let result = |id: &str, errors: Value| json!({"_id": id, "reservation": {"errors": errors}});
    let some = json!({"results": [result("a", json!([])), result("b", json!(["LISTING_CALENDAR_BLOCKED", "text"]))]});
    let error = error(&guesty::PROVIDER, 200, &some);
    assert_eq!(
        (error.kind(), error.effect(), error.retry()),
        (Kind::SlotUnavailable, Effect::Partial, Retry::Never)
    );
    assert_eq!(error.issues()[0].to_string(), "b (LISTING_CALENDAR_BLOCKED)");
    let item = &error.items()[0];
    assert_eq!((item.index, item.id.as_deref()), (Some(1), Some("b")));
    assert_eq!((item.error.code(), item.error.issues().len()), (Some("LISTING_CALENDAR_BLOCKED"), 2));

    let all = json!({"results": [result("a", json!(["MIN_NIGHT_MISMATCH"])), result("b", json!(["CAL_UNAVAILABLE"]))]});
    let error = self::error(&guesty::PROVIDER, 200, &all);
    assert_eq!((error.code(), error.kind(), error.effect()), (None, Kind::Unknown, Effect::NotApplied));
    let soft = json!({"results": [result("a", json!(["COUPON_NOT_FOUND"]))]});
    assert_eq!(self::error(&guesty::PROVIDER, 200, &soft).effect(), Effect::Unknown);
}

#[test]
fn items_survive_json_and_are_bounded() {
    let results: Vec<_> = (0..1_500).map(|index| wix_item(index, Some("BOOKING_NOT_FOUND"))).collect();
    let error = error(&wix::PROVIDER, 200, &json!({"results": results}));
    assert_eq!((error.items().len(), error.issues().len()), (1_000, 1_000));
    assert_eq!((error.code(), error.effect()), (Some("BOOKING_NOT_FOUND"), Effect::NotApplied));

    let json = serde_json::to_value(error.envelope()).unwrap();
    assert_eq!(json["items"][7]["index"], 7);
    assert_eq!(json["items"][7]["error"]["kind"], "not_found");
    assert_eq!(&serde_json::from_value::<Envelope>(json).unwrap(), error.envelope());
    let older: Envelope =
        serde_json::from_value(json!({"provider": "wix", "status": 200, "items": null})).unwrap();
    assert!(older.items.is_empty());
}
