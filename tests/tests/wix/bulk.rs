//! Wix: bulk answers, whose items fail one by one.

use booking_errors::{Effect, Kind, ProviderError, RawResponse, Retry, wix};
use booking_errors_tests::answers::{checked, failure, outcome, wix_item};
use booking_errors_tests::given::{check_kinds_and_effects, wix as answer};
use serde_json::{Value, json};

#[test]
fn some_failed_items_make_a_partial_error() {
    let failed = json!({"itemMetadata": {"id": "3f25", "originalIndex": 2, "success": false,
        "error": {"code": "FEATURE_LIMIT_EXCEEDED", "description": "d"}}});
    let results = json!([wix_item(0, None), wix_item(1, Some("SLOT_NOT_AVAILABLE")), failed]);
    let totals = json!({"totalSuccesses": 1, "totalFailures": 2, "undetailedFailures": 0});
    let error = failure(&wix::PROVIDER, 200, &json!({"results": results, "bulkActionMetadata": totals}));

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
fn items_that_all_failed_decide_code_kind_and_effect() {
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
            let error = failure(&wix::PROVIDER, status, &json!({"results": results}));
            let known = code.and_then(|code| wix::PROVIDER.code(code));
            assert_eq!(error.code_info(), known, "{status} {results}");
            assert_eq!((error.code(), error.kind(), error.effect()), (*code, *kind, *effect), "{results}");
        }
    }
}

#[test]
fn one_item_with_an_unknown_code_makes_the_whole_effect_unknown() {
    for codes in [["BRAND_NEW", "BOOKING_NOT_FOUND"], ["BOOKING_NOT_FOUND", "BRAND_NEW"]] {
        let results = json!([wix_item(0, Some(codes[0])), wix_item(1, Some(codes[1]))]);
        assert_eq!(failure(&wix::PROVIDER, 200, &json!({"results": results})).effect(), Effect::Unknown);
    }
}

#[test]
fn counts_failures_without_details() {
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
        let error = failure(&wix::PROVIDER, 200, &body);
        assert_eq!((error.code(), error.kind(), error.effect()), (None, Kind::Unknown, effect), "{body}");
    }
}

#[test]
fn keeps_the_items_before_an_answer_breaks_off() {
    let body = json!({"results": [wix_item(0, None), wix_item(1, Some("BOOKING_NOT_FOUND"))]}).to_string();
    let cut = |length: usize| {
        let response = RawResponse::new(200, &body.as_bytes()[..length]);
        wix::PROVIDER.check(&response).err().map(|error| (error.effect(), error.items().len()))
    };
    assert_eq!(cut(body.len() - 2), Some((Effect::Partial, 1)));
    assert_eq!(cut(body.find("BOOKING").unwrap()), Some((Effect::Partial, 0)));
    assert_eq!(cut(3), Some((Effect::Unknown, 0)));
    let all_failed = json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND"))]}).to_string();
    let response = RawResponse::new(200, &all_failed.as_bytes()[..all_failed.len() - 1]);
    assert_eq!(wix::PROVIDER.decode(&response).effect(), Effect::Unknown);
}

#[test]
fn odd_items_and_totals_are_counted() {
    let wix =
        |body: Value| checked(&wix::PROVIDER, 200, &body).map(|error| (error.effect(), error.items().len()));
    let item = |item: Value| json!({"results": [{"itemMetadata": item}]});
    assert_eq!(wix(item(json!({"error": {"code": "BOOKING_NOT_FOUND"}}))), Some((Effect::NotApplied, 1)));
    assert_eq!(wix(item(json!({"success": "false", "error": {"code": "X"}}))), Some((Effect::Unknown, 1)));
    assert_eq!(wix(item(json!({"success": null}))), None);
    for total in ["99999999999999999999", "2.0", "\"3\"", r#""\u0033""#, "1e400"] {
        let body = format!(r#"{{"bulkActionMetadata":{{"totalFailures":{total}}}}}"#);
        assert_eq!(outcome(&wix::PROVIDER, 200, &body), Some((Effect::Unknown, 0)), "{total}");
    }
    for total in ["0", "0.0", "0e5", "-1", "-0.5", "\"none\"", "[7]", r#"{"7":7}"#] {
        let body = format!(r#"{{"bulkActionMetadata":{{"totalFailures":{total}}}}}"#);
        assert_eq!(outcome(&wix::PROVIDER, 200, &body), None, "{total}");
    }
    // what is listed is all that failed
    for total in ["1", "1.0", "\"1\""] {
        let listed = r#"[{"itemMetadata":{"success":false,"error":{"code":"BOOKING_NOT_FOUND"}}}]"#;
        let body = format!(r#"{{"results":{listed},"bulkActionMetadata":{{"totalFailures":{total}}}}}"#);
        assert_eq!(outcome(&wix::PROVIDER, 200, &body), Some((Effect::NotApplied, 1)), "{total}");
    }
    // it may have been 0.0
    let cut = r#"{"bulkActionMetadata":{"totalFailures":1,"totalSuccesses":0"#;
    assert_eq!(outcome(&wix::PROVIDER, 200, cut), Some((Effect::Unknown, 0)));
    let cut = r#"{"bulkActionMetadata":{"totalSuccesses":1"#;
    assert_eq!(outcome(&wix::PROVIDER, 200, cut), Some((Effect::Unknown, 0)));
    let undetailed = json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND"))],
        "bulkActionMetadata": {"totalFailures": 1, "undetailedFailures": 1}});
    assert_eq!(wix(undetailed), Some((Effect::Unknown, 1)));
    let some_failed = item(json!({"success": false, "error": {"code": "SOME_BOOKINGS_UPDATES_FAILED"}}));
    assert_eq!(wix(some_failed), Some((Effect::Partial, 1)));
    let silent = failure(&wix::PROVIDER, 200, &item(json!({"success": false})));
    assert_eq!((silent.issues()[0].field.as_deref(), silent.items()[0].index), (Some("results[0]"), Some(0)));
    // where the answer does not say which item it is, its place is counted with all others
    let third = json!({"results": [{}, {"itemMetadata": {}}, {"itemMetadata": {"success": false}}]});
    let third = failure(&wix::PROVIDER, 200, &third);
    assert_eq!((third.issues()[0].field.as_deref(), third.items()[0].index), (Some("results[2]"), Some(2)));
}

#[test]
fn a_code_of_the_whole_answer_decides_beside_its_items() {
    let with_code = |code: &str, items: Value| json!({"message": "m", "details": {"applicationError": {"code": code}}, "results": items});
    let refused = || wix_item(0, Some("BOOKING_NOT_FOUND"));
    let fault = || wix_item(1, Some("FAILED_RESOLVING_SESSION"));
    let new = || wix_item(1, Some("BRAND_NEW"));
    let made = || wix_item(1, None);
    let taken = "SLOT_NOT_AVAILABLE";
    use {
        Effect::*,
        Kind::{ProviderFault, SlotUnavailable},
    };
    for status in [200, 428] {
        check_kinds_and_effects(&[
            (
                answer(status, with_code(taken, json!([refused()]))),
                (SlotUnavailable, NotApplied),
                "the code's kind, not the item's",
            ),
            (
                answer(status, with_code(taken, json!([refused(), made()]))),
                (SlotUnavailable, Partial),
                "an item succeeded",
            ),
            (
                answer(status, with_code(taken, json!([refused(), fault()]))),
                (SlotUnavailable, Unknown),
                "a known item is a fault",
            ),
            (
                answer(status, with_code(taken, json!([new()]))),
                (SlotUnavailable, NotApplied),
                "an unknown item says nothing",
            ),
            (
                answer(status, with_code("INTERNAL", json!([refused()]))),
                (ProviderFault, Unknown),
                "the code is a fault",
            ),
        ]);
    }
    check_kinds_and_effects(&[
        (
            answer(500, with_code("BRAND_NEW", json!([refused()]))),
            (ProviderFault, NotApplied),
            "every item was refused",
        ),
        (
            answer(500, with_code("BRAND_NEW", json!([refused(), new()]))),
            (ProviderFault, Unknown),
            "one item is not clear",
        ),
        (
            answer(200, with_code("BRAND_NEW", json!([refused()]))),
            (Kind::Unknown, NotApplied),
            "the code's kind, none",
        ),
    ]);
    let error = answer(200, with_code(taken, json!([refused()]))).error();
    assert_eq!((error.code(), error.items().len()), (Some(taken), 1));
}

#[test]
fn a_failed_item_beside_what_it_made_is_unknown() {
    let with_item = |item: Value| {
        let metadata = json!({"success": false, "error": {"code": "BOOKING_NOT_FOUND"}});
        json!({"results": [{"itemMetadata": metadata, "item": item}]})
    };
    for status in [200, 400] {
        let effect = |item: Value| answer(status, with_item(item)).effect();
        assert_eq!(effect(json!({"id": "3f25"})), Effect::Unknown);
        for nothing in [json!({}), json!(null), json!("3f25"), json!({"id": null})] {
            assert_eq!(effect(nothing), Effect::NotApplied);
        }
    }
    let body = with_item(json!({"id": "3f25"}));
    assert_eq!(answer(200, &body).error().items()[0].error.effect, Effect::Unknown);
}

#[test]
fn an_item_with_an_error_and_no_success_is_failed() {
    let item = |metadata: Value| answer(200, json!({"results": [{"itemMetadata": metadata}]}));
    for error in [json!({"code": "BOOKING_NOT_FOUND"}), json!({"description": "d"}), json!({})] {
        let failed = item(json!({"originalIndex": 0, "error": error})).error();
        assert_eq!(failed.items().len(), 1, "{error}");
    }
    assert!(item(json!({"originalIndex": 0})).checked().is_none());
    assert!(item(json!({"originalIndex": 0, "error": null})).checked().is_none());
    assert!(item(json!({"success": true, "error": {}})).checked().is_none());
}

#[test]
fn generic_codes_of_the_platform_reject_items_too() {
    let items = json!([wix_item(0, Some("INVALID_REVISION")), wix_item(1, Some("BOOKING_NOT_FOUND"))]);
    assert_eq!(answer(200, json!({"results": items})).effect(), Effect::NotApplied);
    for status in [400, 404, 428, 500] {
        let alone = json!({"results": [wix_item(0, Some("INVALID_REVISION"))]});
        let error = answer(status, alone).error();
        assert_eq!((error.kind(), error.effect()), (Kind::Conflict, Effect::NotApplied), "{status}");
    }
}
