//! Guesty: what codes, statuses and messages of other services show about a call.

use booking_errors::Effect::{Applied, NotApplied, Unknown};
use booking_errors::Kind;
use booking_errors::guesty::Code;
use booking_errors_tests::given::{check_effects, check_kinds_and_effects, guesty as answer};
use serde_json::{Value, json};

const COUPONS: [&str; 7] = [
    "COUPON_NOT_FOUND",
    "COUPON_IS_DISABLED",
    "COUPON_MIN_NIGHT_MISMATCH",
    "COUPON_MAXIMUM_USES_EXCEEDED",
    "COUPON_EXPIRATION_DATE_EXCEEDED",
    "COUPON_OUT_OF_CHECKIN_RANGE",
    "COUPON_UNEXPECTED_ERROR",
];

fn with_items(code: &str, errors: Value) -> Value {
    json!({"error_code": code, "message": "m", "data": {"errors": errors}})
}

#[test]
fn a_code_that_is_the_name_of_a_status_has_that_statuss_kind() {
    let names = [
        ("BAD_REQUEST", 400),
        ("UNAUTHORIZED", 401),
        ("PAYMENT_REQUIRED", 402),
        ("FORBIDDEN", 403),
        ("NOT_FOUND", 404),
        ("METHOD_NOT_ALLOWED", 405),
        ("CONFLICT", 409),
        ("GONE", 410),
        ("UNPROCESSABLE_ENTITY", 422),
        ("TOO_MANY_REQUESTS", 429),
        ("INTERNAL_SERVER_ERROR", 500),
        ("NOT_IMPLEMENTED", 501),
        ("BAD_GATEWAY", 502),
        ("SERVICE_UNAVAILABLE", 503),
        ("GATEWAY_TIMEOUT", 504),
    ];
    // those of the table reject like any known code
    let table = ["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "TOO_MANY_REQUESTS"];
    for (name, status) in names {
        let kind = Kind::from_status(status);
        let is_fault = status >= 500;
        let nested = json!({"error": {"code": name, "message": "m"}});
        for body in [json!({"error_code": name}), nested] {
            let at_400 = if is_fault { Unknown } else { NotApplied };
            let at_500 = if table.contains(&name) { NotApplied } else { Unknown };
            check_kinds_and_effects(&[
                (answer(400, &body), (kind, at_400), "a fault is unknown, else the status says it"),
                (answer(500, &body), (kind, at_500), "it rejects nothing by itself"),
            ]);
        }
    }
    let lower = answer(400, json!({"error_code": "not_implemented"}));
    assert_eq!((lower.kind(), lower.effect()), (Kind::InvalidRequest, NotApplied), "in capitals only");
}

#[test]
fn an_inner_status_says_more_than_400_and_an_inner_fault_more_than_any_4xx() {
    use Kind::{Conflict, InvalidRequest, NotFound, PaymentRequired, ProviderFault, Unavailable};
    let places = |inner: Value| {
        [
            json!({"error": {"message": "m", "status": inner}}),
            json!({"error": {"message": "m", "statusCode": inner}}),
            json!({"message": "m", "status": inner}),
            json!({"message": "m", "statusCode": inner}),
        ]
    };
    let rows = [
        (400, json!(404), NotFound, NotApplied),
        (400, json!(402), PaymentRequired, NotApplied),
        (400, json!(400), InvalidRequest, NotApplied),
        (400, json!(500), ProviderFault, Unknown),
        (400, json!(503), Unavailable, Unknown),
        (404, json!(503), Unavailable, Unknown),
        (409, json!(404), Conflict, NotApplied), // an inner 4xx says more than 400 only
        (422, json!(599), ProviderFault, Unknown),
        // line 5 of the list is about the HTTP status only
        (400, json!(421), Unavailable, Unknown),
        (400, json!(425), Unavailable, Unknown),
        (400, json!(501), ProviderFault, Unknown),
        (400, json!(408), Unavailable, Unknown),
        (500, json!(404), ProviderFault, Unknown),
        (503, json!(400), Unavailable, Unknown),
        (400, json!(200), InvalidRequest, NotApplied),
        (400, json!(399), InvalidRequest, NotApplied),
        (400, json!(600), InvalidRequest, NotApplied),
        (400, json!("failed"), InvalidRequest, NotApplied),
        (400, json!(null), InvalidRequest, NotApplied),
    ];
    for (status, inner, kind, effect) in rows {
        for body in places(inner) {
            let given = answer(status, body);
            assert_eq!((given.kind(), given.effect()), (kind, effect), "{given}");
            assert_eq!(given.error().status(), status, "the HTTP status stays");
        }
    }
    // a code that rejects does so with any status
    let known = answer(400, json!({"error": {"code": "CAL_UNAVAILABLE", "status": 500}}));
    assert_eq!((known.kind(), known.effect()), (Kind::SlotUnavailable, NotApplied));
}

#[test]
fn a_lost_connection_behind_guesty_is_unavailable_and_unknown() {
    let expected = (Kind::Unavailable, Unknown);
    for code in ["ETIMEDOUT", "ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "EPIPE"] {
        for status in [200, 400, 404, 422, 500] {
            check_kinds_and_effects(&[
                (answer(status, json!({"error_code": code})), expected, "as the code"),
                (answer(status, json!({"error": {"code": code, "message": "m"}})), expected, "as the code"),
                (answer(status, json!({"code": code, "message": "m"})), expected, "as the code"),
            ]);
        }
    }
    let messages = [
        "Request failed with status code 502",
        "request failed with STATUS CODE 500",
        "Endpoint request timed out",
        "socket hang up",
        "Error: socket hang up (payments)",
        "timeout of 30000ms exceeded",
        "Timeout of 5 s Exceeded",
    ];
    for message in messages {
        check_kinds_and_effects(&[
            (answer(400, json!({"message": message})), expected, "the message"),
            (answer(422, json!({"error": {"message": message}})), expected, "the message"),
            (answer(400, with_items("X", json!([message]))), expected, "an item's message"),
            (answer(400, with_items("X", json!([{"message": message}]))), expected, "an item's message"),
        ]);
    }
    for message in
        ["Request failed with status code 404", "timeout exceeded", "exceeded the timeout of 5 s", "hang up"]
    {
        assert_eq!(answer(400, json!({"message": message})).effect(), NotApplied, "{message}");
    }
}

#[test]
fn a_fulfilled_inquiry_is_a_conflict_that_may_be_ones_own() {
    let text = "Inquiry is already fulfilled by a reservation";
    for status in [400, 404, 422, 500] {
        for body in [json!({"message": text}), json!({"error": {"code": "X", "message": text}})] {
            let error = answer(status, body).error();
            assert_eq!((error.kind(), error.effect()), (Kind::Conflict, NotApplied));
            assert!(error.remedy().contains("Look for the reservation"), "{}", error.remedy());
            assert!(error.remedy().contains("your own earlier call"), "{}", error.remedy());
        }
    }
    for other in ["Inquiry is already fulfilled", "x Inquiry is already fulfilled by a reservation"] {
        assert_eq!(answer(400, json!({"message": other})).kind(), Kind::InvalidRequest, "{other}");
    }
}

#[test]
fn a_coupon_alone_rejects_nothing() {
    for coupon in COUPONS {
        assert!(coupon.parse::<Code>().unwrap().is_soft(), "{coupon}");
        for status in [400, 422, 500] {
            check_kinds_and_effects(&[
                (
                    answer(status, json!({"error_code": coupon})),
                    (Kind::CouponRejected, Unknown),
                    "as the code",
                ),
                (
                    answer(status, with_items("CREATE_RESERVATION_ERROR", json!([coupon]))),
                    (Kind::CouponRejected, Unknown),
                    "as the only item",
                ),
                (
                    answer(status, with_items(coupon, json!(["MIN_NIGHT_MISMATCH"]))),
                    (Kind::PolicyViolation, NotApplied),
                    "beside a hard item",
                ),
            ]);
        }
        check_kinds_and_effects(&[
            (
                answer(201, json!({"_id": "5d6e", "status": "confirmed", "errors": [coupon]})),
                (Kind::CouponRejected, Applied),
                "the reservation stands without the discount",
            ),
            (
                answer(200, json!({"error_code": coupon})),
                (Kind::CouponRejected, Unknown),
                "in a success without a reservation",
            ),
        ]);
    }
    // a quote without the coupon is refused as a whole
    let quote = answer(400, json!({"error_code": "INVALID_COUPON"}));
    assert_eq!((quote.kind(), quote.effect()), (Kind::CouponRejected, NotApplied));
}

#[test]
fn known_codes_count_only_where_the_lists_of_items_are() {
    let free = answer(500, json!({"error": {"message": "m", "reason": "NOT_FOUND"}}));
    assert_eq!((free.kind(), free.effect()), (Kind::ProviderFault, Unknown));
}

#[test]
fn errors_of_a_card_have_the_parameter_and_the_reason_as_issues() {
    let error = json!({"error": {"code": "card_declined", "decline_code": "insufficient_funds", "doc_url": "https://stripe.com/docs",
        "message": "Your card has insufficient funds.", "param": "payment_method", "type": "card_error"}});
    let error = answer(402, error).error();
    assert_eq!((error.kind(), error.code()), (Kind::PaymentRequired, Some("card_declined")));
    assert_eq!(error.message(), Some("Your card has insufficient funds."));
    let issues = serde_json::to_value(error.issues()).unwrap();
    assert_eq!(issues, json!([{"code": "insufficient_funds"}, {"field": "payment_method"}]));
}

#[test]
fn a_new_reservation_that_was_declined_is_an_error_and_a_read_of_one_is_not() {
    let with_status = |status: &str| json!({"_id": "5d6e", "status": status});
    assert!(answer(200, with_status("declined")).checked().is_none());
    assert!(answer(200, with_status("canceled")).checked().is_none());
    assert!(answer(201, with_status("confirmed")).checked().is_none());
    check_kinds_and_effects(&[
        (
            answer(201, with_status("declined")),
            (Kind::SlotUnavailable, NotApplied),
            "a 201 answers a creation",
        ),
        (answer(201, with_status("canceled")), (Kind::Unknown, Unknown), "it was made and ended"),
        (answer(201, with_status("cancelled")), (Kind::Unknown, Unknown), "it was made and ended"),
        (answer(201, with_status("closed")), (Kind::Unknown, Unknown), "it was made and ended"),
    ]);
}

#[test]
fn a_reservation_with_errors_is_told_by_its_status() {
    let reservation =
        |status: &str, errors: Value| json!({"_id": "5d6e", "status": status, "errors": errors});
    let (coupon, hard) = (json!(["COUPON_NOT_FOUND"]), json!(["CAL_UNAVAILABLE"]));
    for status in ["confirmed", "reserved", "inquiry"] {
        check_effects(&[
            (answer(201, reservation(status, coupon.clone())), Applied, "no hard item"),
            (
                answer(201, reservation(status, hard.clone())),
                Unknown,
                "a hard item beside a reservation that stands",
            ),
        ]);
    }
    check_effects(&[
        (answer(201, reservation("declined", hard)), NotApplied, "declined"),
        (answer(201, reservation("brand_new", coupon.clone())), Unknown, "any other status"),
        (answer(200, json!({"errors": coupon})), Unknown, "no reservation"),
        (answer(200, json!({"_id": "5d6e", "errors": coupon})), Unknown, "without a status no reservation"),
        (
            answer(200, json!({"status": "confirmed", "errors": coupon})),
            Unknown,
            "without an id no reservation",
        ),
        (
            answer(201, reservation("confirmed", json!("COUPON_NOT_FOUND"))),
            Applied,
            "a text instead of a list",
        ),
        (
            answer(201, reservation("confirmed", json!({"code": "COUPON_NOT_FOUND"}))),
            Applied,
            "an object instead of a list",
        ),
    ]);
    for clean in [json!([]), json!(null), json!([null, 7, []])] {
        assert!(answer(201, reservation("confirmed", clean.clone())).checked().is_none(), "{clean}");
    }
}

#[test]
fn other_errors_in_a_success_are_unknown_but_for_a_code_that_rejects() {
    let errors = [
        json!({"error": {"message": "m"}}),
        json!({"error": {"code": "BRAND_NEW"}}),
        json!({"error": {"data": {"errors": ["m"]}}}),
        json!({"error": {"errors": ["m"]}}),
        json!({"error": "Something went wrong"}),
        json!({"error": "invalid_grant"}),
        json!({"status": 404}),
        json!({"status": 500, "message": "m"}),
        json!({"statusCode": 400}),
        json!({"statusCode": 900}),
        json!({"errorCode": "invalid_client"}),
        json!({"errorSummary": "s"}),
        json!({"error_code": "BRAND_NEW"}),
    ];
    for body in errors {
        assert_eq!(answer(200, &body).effect(), Unknown, "{body}");
    }
    for body in [
        json!({"code": "CAL_UNAVAILABLE"}),
        json!({"error_code": "CAL_UNAVAILABLE"}),
        json!({"error": {"code": "CAL_UNAVAILABLE"}}),
    ] {
        let given = answer(200, &body);
        assert_eq!((given.kind(), given.effect()), (Kind::SlotUnavailable, NotApplied), "{body}");
    }
    let clean = [
        json!({"error": {}}),
        json!({"error": {"data": {"errors": []}}}),
        json!({"error": null}),
        json!({"error": true}),
        json!({"error": ""}),
        json!({"status": "confirmed"}),
        json!({"status": 200}),
        json!({"statusCode": 200}),
        json!({"code": "BRAND_NEW"}),
        json!({"code": "COUPON_NOT_FOUND"}),
        json!({"money": {}, "error": {"errors": []}}),
    ];
    for body in clean {
        assert!(answer(200, &body).checked().is_none(), "{body}");
    }
}

#[test]
fn the_kind_follows_the_order_of_the_specification() {
    use Kind::{CouponRejected, InvalidRequest, PolicyViolation, ProviderFault, SlotUnavailable};
    let rows = [
        ("CAL_UNAVAILABLE", json!(["MIN_NIGHT_MISMATCH"]), SlotUnavailable, "the top code, known and hard"),
        (
            "CREATE_RESERVATION_ERROR",
            json!(["MIN_NIGHT_MISMATCH", "CAL_UNAVAILABLE"]),
            PolicyViolation,
            "the first hard item",
        ),
        ("BRAND_NEW", json!(["COUPON_NOT_FOUND", "CAL_UNAVAILABLE"]), SlotUnavailable, "the first hard item"),
        ("COUPON_NOT_FOUND", json!(["CAL_UNAVAILABLE"]), SlotUnavailable, "the first hard item"),
        ("COUPON_NOT_FOUND", json!(["a text"]), CouponRejected, "the top code is a coupon's"),
        (
            "BRAND_NEW",
            json!(["COUPON_NOT_FOUND", "COUPON_IS_DISABLED"]),
            CouponRejected,
            "all items are coupons",
        ),
        ("BRAND_NEW", json!(["COUPON_NOT_FOUND", "a text"]), InvalidRequest, "not all items are coupons"),
        ("UNEXPECTED_ERROR", json!(["a text"]), ProviderFault, "the top code is UNEXPECTED_ERROR"),
        ("UNEXPECTED_ERROR", json!(["COUPON_NOT_FOUND"]), CouponRejected, "coupons go before that"),
        ("BRAND_NEW", json!([]), InvalidRequest, "the status"),
    ];
    for (code, items, kind, why) in rows {
        assert_eq!(answer(400, with_items(code, items)).kind(), kind, "{code}: {why}");
    }
}
