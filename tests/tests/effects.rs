//! What a failed call did: each line of the design's list, and that one goes before the next.

use booking_errors::{CodeInfo, Effect, Effect::*, Kind, Provider, providers};
use booking_errors_tests::answers::wix_item;
use booking_errors_tests::fixtures;
use booking_errors_tests::given::{
    Given, Row, check_effects, check_kinds_and_effects, fluentbooking, guesty, wix,
};
use serde_json::{Value, json};

const TAKEN: &str =
    "This selected time slot is not available. Maybe someone booked the spot just a few seconds ago.";

/// An error of Wix with a code.
fn application_error(code: &str) -> Value {
    json!({"message": "m", "details": {"applicationError": {"code": code}}})
}

/// An object with more members.
fn with(mut object: Value, more: &Value) -> Value {
    let more = more.as_object().unwrap().clone();
    object.as_object_mut().unwrap().extend(more);
    object
}

/// The sample of every code that fits, with a status.
fn samples(status: u16, fits: fn(&CodeInfo) -> bool) -> Vec<Given> {
    let of = |provider: &'static Provider| {
        let samples = provider.samples().into_iter().filter(|sample| sample.is_code);
        let samples = samples.filter(move |sample| fits(provider.code(sample.name).unwrap()));
        samples.map(move |sample| Given::new(provider, status, sample.body))
    };
    providers().iter().copied().flat_map(of).collect()
}

fn is_fault(info: &CodeInfo) -> bool {
    matches!(info.kind, Kind::ProviderFault | Kind::Unavailable)
}

fn rejects(info: &CodeInfo) -> bool {
    !is_fault(info) && !info.is_soft && info.effect.is_none() && info.code != "CREATE_RESERVATION_ERROR"
}

#[test]
fn the_rules_of_a_provider_go_first() {
    let items = json!({"results": [wix_item(0, None), wix_item(1, Some("BOOKING_NOT_FOUND"))]});
    let refused = json!({"results": [wix_item(0, Some("BOOKING_NOT_FOUND"))]});
    let reservation = |status: &str, code: &str| json!({"_id": "5d6e", "status": status, "errors": [code]});
    let price = json!({"money": {"currency": "USD"}, "error": {"errors": ["COUPON_IS_DISABLED"]}});
    let payment = json!({"success": false, "data": {"status": "failed", "message": TAKEN}});
    check_effects(&[
        (wix(200, items), Partial, "a bulk result with a success"),
        (wix(200, refused), NotApplied, "every listed item was refused"),
        (guesty(201, reservation("confirmed", "COUPON_NOT_FOUND")), Applied, "the reservation stands"),
        (
            guesty(201, reservation("declined", "COUPON_NOT_FOUND")),
            NotApplied,
            "the reservation was declined",
        ),
        (guesty(200, price), Applied, "the price was calculated"),
        (fluentbooking(422, payment), Unknown, "the pending booking holds the slot, before any text"),
    ]);
}

#[test]
fn only_a_rule_of_a_provider_says_applied_or_partial() {
    let samples = providers().iter().flat_map(|provider| {
        provider.samples().into_iter().map(|sample| (sample.status, provider.decode(&sample.response())))
    });
    let recorded = fixtures().into_iter().filter_map(|fixture| {
        let error = fixture.provider.check(&fixture.response()).err()?;
        Some((fixture.status, error))
    });
    let mut found = 0;
    for (status, error) in samples.chain(recorded) {
        let is_success = (200..300).contains(&status);
        match error.effect() {
            Applied => assert!(error.provider() == "guesty" && is_success, "{error}"),
            Partial => assert!(is_success || error.code() == Some("SOME_BOOKINGS_UPDATES_FAILED"), "{error}"),
            NotApplied | Unknown => continue,
        }
        found += 1;
    }
    assert!(found > 5, "{found}");
}

#[test]
fn what_says_that_the_provider_failed_is_unknown_whatever_the_status() {
    let is_plain_fault = |info: &CodeInfo| is_fault(info) && info.effect.is_none();
    for status in [200, 400, 404, 409, 421, 425, 429, 500, 501, 503, 521] {
        let samples = samples(status, is_plain_fault);
        assert!(samples.len() > 20);
        for given in samples {
            assert_eq!(given.effect(), Unknown, "{given}");
        }
    }
    let items =
        json!({"error_code": "X", "data": {"errors": ["LISTING_CALENDAR_BLOCKED", "UNEXPECTED_ERROR"]}});
    check_effects(&[
        (guesty(400, items), Unknown, "a fault among the items, beside one that rejects"),
        (guesty(404, json!({"error_code": "ETIMEDOUT"})), Unknown, "a lost connection"),
        (guesty(400, json!({"message": "socket hang up"})), Unknown, "a message about one"),
        (fluentbooking(404, json!({"code": "x", "message": "no (SQL: select)"})), Unknown, "a failed query"),
    ]);
}

#[test]
fn what_rejects_is_not_applied_whatever_the_status() {
    for status in [200, 302, 400, 404, 408, 421, 429, 444, 499, 500, 501, 502, 503, 504, 520] {
        let samples = samples(status, rejects);
        assert!(samples.len() > 100);
        for given in samples {
            assert_eq!(given.effect(), NotApplied, "{given}");
        }
    }
    let item = |code: &str| json!({"error_code": "CREATE_RESERVATION_ERROR", "data": {"errors": [code]}});
    check_effects(&[
        (guesty(500, item("CAL_UNAVAILABLE")), NotApplied, "an item that rejects"),
        (
            guesty(504, json!({"error_code": "BRAND_NEW", "data": ["MIN_NIGHT_MISMATCH"]})),
            NotApplied,
            "one beside an unknown code",
        ),
        (fluentbooking(500, json!({"message": TAKEN})), NotApplied, "a recognised message"),
        (fluentbooking(504, json!({"message": TAKEN})), NotApplied, "a recognised message"),
        (fluentbooking(200, json!({"message": TAKEN})), NotApplied, "a recognised message"),
    ]);
}

#[test]
fn beside_something_made_nothing_is_not_applied() {
    let code = application_error("SLOT_NOT_AVAILABLE");
    let unknown = application_error("BRAND_NEW");
    let own_effect = application_error("CATALOG_V3_SITE_PROVISIONING");
    let taken = json!({"code": "slot_no_longer_available", "message": TAKEN, "data": {}});
    let blocked = json!({"code": "CAL_UNAVAILABLE", "message": "m"});
    let id = json!({"id": "3f25"});
    let reservation = |status: &str| with(blocked.clone(), &json!({"_id": "5d6e", "status": status}));
    for status in [200, 400, 403, 404, 421, 500] {
        check_effects(&[
            (wix(status, with(code.clone(), &json!({"booking": id}))), Unknown, "a booking with an id"),
            (
                wix(status, with(code.clone(), &json!({"multiServiceBooking": id}))),
                Unknown,
                "several services",
            ),
            (
                wix(status, with(own_effect.clone(), &json!({"booking": id}))),
                Unknown,
                "also with an effect of the row's own",
            ),
            (
                wix(status, with(unknown.clone(), &json!({"booking": id}))),
                Unknown,
                "whatever the status says",
            ),
            (wix(status, with(code.clone(), &json!({"booking": {}}))), NotApplied, "no id, nothing made"),
            (wix(status, with(code.clone(), &json!({"booking": "3f25"}))), NotApplied, "no object"),
            (fluentbooking(status, with(taken.clone(), &json!({"booking": {"id": 1}}))), Unknown, "an id"),
            (
                fluentbooking(status, with(taken.clone(), &json!({"booking": {"hash": "a1"}}))),
                Unknown,
                "a hash",
            ),
            (
                fluentbooking(status, with(taken.clone(), &json!({"booking_hash": "a1"}))),
                Unknown,
                "a hash at the root",
            ),
            (
                fluentbooking(status, with(taken.clone(), &json!({"data": {"booking": {"id": 1}}}))),
                Unknown,
                "below data",
            ),
            (
                fluentbooking(status, with(taken.clone(), &json!({"data": {"booking_hash": "a1"}}))),
                Unknown,
                "in data",
            ),
            (
                fluentbooking(status, format!(r#"{{"booking":{{"id":1}}}}{taken}"#)),
                Unknown,
                "in a second document",
            ),
            (
                fluentbooking(status, format!(r#"{taken}{{"booking":{{"id":1}},"x":"#)),
                Unknown,
                "in one that is cut",
            ),
            (
                fluentbooking(status, with(taken.clone(), &json!({"booking": {"name": "x"}}))),
                NotApplied,
                "neither",
            ),
            (fluentbooking(status, with(taken.clone(), &json!({"booking_hash": " "}))), NotApplied, "blank"),
            (guesty(status, reservation("confirmed")), Unknown, "the reservation stands"),
            (guesty(status, reservation("reserved")), Unknown, "the reservation stands"),
            (guesty(status, reservation("inquiry")), Unknown, "the inquiry stands"),
            (guesty(status, reservation("declined")), NotApplied, "it does not stand"),
            (guesty(status, with(blocked.clone(), &json!({"_id": "5d6e"}))), NotApplied, "no status"),
        ]);
    }
    let page = "<html><title>Just a moment...</title>{\"booking\":{\"id\":1}}</html>";
    check_effects(&[
        (
            wix(403, json!({"booking": id})).header("cf-mitigated", "challenge"),
            Unknown,
            "also of a challenge",
        ),
        (fluentbooking(403, page), NotApplied, "a page is not searched"),
    ]);
}

#[test]
fn what_breaks_off_does_not_undo_what_was_made_before_it() {
    let code = r#""details":{"applicationError":{"code":"SLOT_NOT_AVAILABLE"}}"#;
    let reserved = r#"{"code":"CAL_UNAVAILABLE","reservation":{"_id":"5d6e","status":"confirmed"}"#;
    for cut in ["", "n", "tru", "{", "{\"x", "[1", "\""] {
        check_effects(&[
            (wix(404, format!(r#"{{{code},"booking":{{"id":"3f25","id":{cut}"#)), Unknown, "an id"),
            (
                wix(404, format!(r#"{{{code},"results":[{{"item":{{"id":"3f25"}},"item":{cut}"#)),
                Unknown,
                "an item with an id",
            ),
            (
                wix(404, format!(r#"{{{code},"results":[{{"item":{{"id":"3f25","id":{cut}"#)),
                Unknown,
                "an item's id",
            ),
            (guesty(400, format!(r#"{reserved},"reservation":{cut}"#)), Unknown, "a reservation that stands"),
        ]);
    }
    check_effects(&[
        (
            wix(404, format!(r#"{{{code},"booking":{{"id":"3f25","id":null}}}}"#)),
            NotApplied,
            "a whole one counts in place of the one before",
        ),
        (
            wix(404, format!(r#"{{{code},"results":[{{"item":{{"id":"3f25"}},"item":{{}}}}]}}"#)),
            NotApplied,
            "a whole one counts in place of the one before",
        ),
        (
            guesty(400, format!(r#"{reserved},"reservation":{{"_id":"5d6e","status":"canceled"}}}}"#)),
            NotApplied,
            "a whole one counts in place of the one before",
        ),
    ]);
}

#[test]
fn what_rejects_nothing_is_unknown_with_4xx_too() {
    for status in [200, 400, 404, 422, 429, 500] {
        let samples = samples(status, |info| info.is_soft || info.code == "CREATE_RESERVATION_ERROR");
        assert!(samples.len() > 8);
        for given in samples {
            assert_eq!(given.effect(), Unknown, "{given}");
        }
    }
    let made = |code: &str, errors: Value| json!({"error_code": code, "data": {"errors": errors}});
    check_effects(&[
        (guesty(400, made("CREATE_RESERVATION_ERROR", json!(["COUPON_NOT_FOUND"]))), Unknown, "soft items"),
        (guesty(400, made("CREATE_RESERVATION_ERROR", json!(["BRAND_NEW"]))), Unknown, "an unknown item"),
        (guesty(400, made("CREATE_RESERVATION_ERROR", json!(["a text"]))), Unknown, "a text"),
        (
            guesty(422, made("BAD_REQUEST", json!(["COUPON_NOT_FOUND"]))),
            Unknown,
            "the name of a status does not help",
        ),
        (
            guesty(400, made("BRAND_NEW", json!(["COUPON_NOT_FOUND", "a text"]))),
            Unknown,
            "nor does an unknown code",
        ),
        (
            guesty(400, made("BRAND_NEW", json!(["a text"]))),
            NotApplied,
            "without a soft one, the status counts",
        ),
        (guesty(400, made("COUPON_NOT_FOUND", json!(["NOT_FOUND"]))), NotApplied, "a hard one rejects"),
    ]);
}

#[test]
fn an_effect_of_the_codes_own_goes_before_all_but_the_rules() {
    for status in [200, 400, 409, 428, 500, 503, 504] {
        check_effects(&[
            (wix(status, application_error("SOME_BOOKINGS_UPDATES_FAILED")), Partial, "its row says so"),
            (
                wix(status, application_error("CATALOG_V3_SITE_PROVISIONING")),
                NotApplied,
                "the same call is polled",
            ),
        ]);
    }
    let cut = r#"{"details":{"applicationError":{"code":"CATALOG_V3_SITE_PROVISIONING"}},"x":"#;
    check_effects(&[
        (wix(200, cut), Unknown, "the rest may show something made"),
        (wix(428, cut), NotApplied, "with 4xx it does not matter"),
    ]);
}

#[test]
fn refused_credentials_reject_only_in_the_shape_of_a_token_endpoint() {
    use Kind::{InvalidRequest, PermissionDenied, ProviderFault, Unauthenticated};
    for code in ["invalid_client", "invalid_grant"] {
        let root = json!({"error": code, "error_description": "d"});
        for status in [400, 401] {
            check_kinds_and_effects(&[
                (wix(status, &root), (Unauthenticated, NotApplied), "the token endpoint's shape"),
                (guesty(status, &root), (Unauthenticated, NotApplied), "the token endpoint's shape"),
                (
                    fluentbooking(status, &root),
                    (Unauthenticated, Unknown),
                    "the plugin has no token endpoint",
                ),
            ]);
        }
        let nested = json!({"error": {"code": code, "message": "m"}});
        check_kinds_and_effects(&[
            (wix(500, &root), (ProviderFault, Unknown), "another status"),
            (guesty(403, &root), (PermissionDenied, NotApplied), "another status: that one counts"),
            (guesty(400, &nested), (InvalidRequest, NotApplied), "a code like any other unknown one"),
            (guesty(500, &nested), (ProviderFault, Unknown), "a code like any other unknown one"),
            (
                wix(400, application_error(code)),
                (InvalidRequest, NotApplied),
                "a code like any other unknown one",
            ),
            (
                wix(500, application_error(code)),
                (ProviderFault, Unknown),
                "a code like any other unknown one",
            ),
            (
                fluentbooking(401, json!({"code": code, "message": "m"})),
                (Unauthenticated, Unknown),
                "a calendar's",
            ),
        ]);
    }
}

#[test]
fn a_block_page_was_sent_before_the_application_was_reached() {
    let page = "<html><head><title>Just a moment...</title></head></html>";
    for status in [200, 202, 403, 405, 406, 429, 503] {
        for given in Given::of_each(status, page) {
            assert_eq!(given.effect(), NotApplied, "{given}");
        }
    }
    for given in Given::of_each(504, page) {
        assert_eq!(given.effect(), Unknown, "it comes with other statuses: {given}");
    }
}

#[test]
fn statuses_of_calls_that_were_not_processed_are_not_applied() {
    for status in [421, 425, 501, 521, 523, 525, 526, 530] {
        for body in ["", "<html>x</html>", "not processed"] {
            for given in Given::of_each(status, body) {
                assert_eq!(given.effect(), NotApplied, "{given}");
            }
        }
        let object = json!({"message": "m"});
        check_effects(&[
            (wix(status, &object), NotApplied, "also with JSON"),
            (guesty(status, &object), NotApplied, "also with JSON"),
            (fluentbooking(status, &object), Unknown, "an exception's own number becomes the status"),
            (
                fluentbooking(status, json!({"code": "x", "message": "m"})),
                NotApplied,
                "its root code is evidence",
            ),
            (fluentbooking(status, json!({"code": 421, "message": "m"})), Unknown, "a number is none"),
        ]);
    }
}

#[test]
fn statuses_of_calls_that_somebody_gave_up_waiting_for_are_unknown() {
    for status in [408, 444, 460, 499] {
        for body in ["", "<html>x</html>", r#"{"message":"m"}"#, r#"{"code":"x","message":"m"}"#] {
            for given in Given::of_each(status, body) {
                assert_eq!(given.effect(), Unknown, "{given}");
            }
        }
    }
}

#[test]
fn other_statuses_of_4xx_are_not_applied_but_where_one_can_follow_a_stored_booking() {
    for status in (400..500).filter(|status| ![408, 421, 425, 444, 460, 499].contains(status)) {
        let body = json!({"message": "m"});
        check_effects(&[
            (wix(status, &body), NotApplied, "4xx"),
            (guesty(status, &body), NotApplied, "4xx"),
            (fluentbooking(status, &body), Unknown, "what runs after the booking throws this, too"),
        ]);
    }
}

#[test]
fn anything_else_is_unknown() {
    let statuses = [100, 200, 202, 300, 302, 304, 307, 500, 502, 503, 504, 505, 520, 522, 524, 527, 599, 600];
    for status in statuses {
        for body in ["<html>x</html>", "{\"message\":\"m\""] {
            for given in Given::of_each(status, body) {
                assert_eq!(given.effect(), Unknown, "{given}");
            }
        }
    }
}

#[test]
fn retry_after_says_when_and_never_whether() {
    for seconds in ["0", "5", "600", "Wed, 21 Oct 2026 07:28:00 GMT"] {
        for status in [500, 502, 503, 504] {
            for body in ["", "<html>x</html>", r#"{"message":"m"}"#] {
                for given in Given::of_each(status, body) {
                    let given = given.header("retry-after", seconds);
                    let error = given.error();
                    assert_eq!((error.effect(), error.retry().as_str()), (Unknown, "check_first"), "{given}");
                    assert!(error.retry_after().is_some(), "{given}");
                }
            }
        }
    }
}

#[test]
fn the_effect_of_an_answer_is_told_alike_with_any_headers_about_delays() {
    let rows: &[Row<Effect>] = &[
        (wix(428, application_error("SLOT_NOT_AVAILABLE")), NotApplied, "rejected"),
        (guesty(429, ""), NotApplied, "4xx"),
        (
            fluentbooking(
                503,
                "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
            ),
            Unknown,
            "a fragment is no page",
        ),
        (
            fluentbooking(
                503,
                "<html><p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p></html>",
            ),
            NotApplied,
            "WordPress's own page",
        ),
    ];
    check_effects(rows);
    for (given, effect, why) in rows {
        let given = given.clone().header("retry-after", "0").header("x-ratelimit-reset", "5");
        assert_eq!(given.effect(), *effect, "{why}: {given}");
    }
}
