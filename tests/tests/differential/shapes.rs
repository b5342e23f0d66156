//! What no recorded response has, or too few have: more shapes to begin with, and what lies at the limits.

use std::collections::BTreeSet;

use crate::slow;

/// Each of a provider, a status and a body.
pub const SHAPES: &[(&str, u16, &str)] = &[
    (
        "wix",
        200,
        r#"{"results":[{"itemMetadata":{"originalIndex":1,"success":true}},
            {"itemMetadata":{"originalIndex":0,"id":"3f25","success":false,"error":{
                "code":"SESSION_CAPACITY_EXCEEDED",
                "description":"Not enough available spots for session `1`."}}},
            {"itemMetadata":{"success":false,"error":{"code":"SOME_BOOKINGS_UPDATES_FAILED","data":{}}}}],
            "bulkActionMetadata":{"totalSuccesses":1,"totalFailures":2,"undetailedFailures":0}}"#,
    ),
    (
        "wix",
        200,
        r#"{"results":[
            {"itemMetadata":{"success":false,"error":{"code":"BOOKING_NOT_FOUND","description":"d"}}},
            {"itemMetadata":{"success":false,"error":{"code":"BOOKING_NOT_FOUND"}}}],
            "bulkActionMetadata":{"totalFailures":2}}"#,
    ),
    (
        "fluentbooking",
        207,
        r#"{"responses":[{"body":{"id":1},"status":201,"headers":{}},
            {"body":{"message":"m"},"status":503,"headers":{"Retry-After":"5","X-Request-Id":"a, b"}},
            {"body":{"title":{"required":"x"}},"status":422,"headers":[]},
            {"body":{"code":"rest_forbidden","message":"m","data":{"status":401}}}]}"#,
    ),
    (
        "fluentbooking",
        207,
        r#"{"failed":"validation","responses":[null,{"body":{"code":"rest_invalid_param","message":"m",
            "data":{"status":400,"params":{"a":"x"},
                "details":{"a":{"code":"rest_out_of_bounds","message":"x"}}}},"status":400,"headers":[]}]}"#,
    ),
    (
        "fluentbooking",
        200,
        r#"{"body":{"responses":[{"body":{"code":"rest_no_route","message":"m"},"status":404,
            "headers":{"Retry-After":"Wed, 21 Oct 2026 07:29:00 GMT"}}]},
            "status":207,"headers":{"X-Request-Id":"inner","Retry-After":"9"}}"#,
    ),
    ("fluentbooking", 200, r#"{"status":500,"headers":{"Retry-After":"9"},"body":"Something is wrong"}"#),
    (
        "fluentbooking",
        422,
        r#"{"success":false,"data":[{"code":"a","message":"m"},"n",{"code":"b"}],
            "errors":{"x":[{"y":{"min":"z"}}]},"additional_errors":[{"code":"c","message":"o"}]}"#,
    ),
    (
        "fluentbooking",
        422,
        r#"{"errors":[{"a":"b"},["c"],{"0":{"1":["d"]}}],
            "data":{"errors":{"a.required":"e"},"params":["f",7],
                "details":{"f":{"code":"g"},"h":{"message":"i"}}}}"#,
    ),
    (
        "guesty",
        200,
        r#"{"results":[{"_id":"a","reservation":{"errors":["COUPON_NOT_FOUND","LISTING_CALENDAR_BLOCKED"]}},
            {"listingId":"b","reservation":{"errors":[{"message":"m","code":"X_Y"}]}},
            {"_id":"c","reservation":{"errors":[]}},{"_id":"d"}]}"#,
    ),
    (
        "guesty",
        200,
        r#"{"_id":"5d6e","status":"declined","money":{"currency":"USD"},"errors":["UNEXPECTED_ERROR"],
            "error":{"errors":["COUPON_NOT_FOUND","UNEXPECTED_ERROR"]}}"#,
    ),
    (
        "guesty",
        400,
        r#"{"error":{"code":"LISTING_IS_NOT_AVAILABLE","status":400,"message":"m","data":{"requestId":"7a",
            "errors":["A_B"],"moreDetails":{"notApplicableRatePlans":[
                {"notApplicable":{"closed":false,"ctd":true}},{"notApplicable":{"manual":true}}]}},
            "propertyName":[["is required"],"NOT_FOUND"]},
            "requestId":"root","data":{"errors":["MIN_NIGHT_MISMATCH"]},
            "details":[{"message":"m","path":["a",0,"b"],"type":"t"}]}"#,
    ),
    ("guesty", 401, r#"{"errorCode":"invalid_client","errorSummary":"s","errorId":"i"}"#),
];

/// Bodies just within each limit and just beyond it, one for each word of a table, and what says two things at once, for
/// every provider.
pub fn limits() -> Vec<(u16, String)> {
    let envelope = r#"{"code":"X","error_code":"X","message":"m"}"#;
    let issues = |count: usize| vec![r#""x""#; count].join(",");
    let nested = |depth: usize, open: &str, close: &str| {
        format!(
            r#"{{"code":"X","errors":{{"f":{0}"x"{1}}},"error":{{"f":{0}"x"{1}}}}}"#,
            open.repeat(depth),
            close.repeat(depth)
        )
    };
    let mut bodies = Vec::new();
    for count in [62, 63, 64, 65] {
        bodies.push((422, format!("{}{envelope}", "{".repeat(count))));
    }
    for count in [199, 200, 201] {
        bodies.push((422, "x".repeat(count)));
        bodies.push((422, "é".repeat(count)));
    }
    for count in [999, 1_000, 1_001] {
        bodies.push((422, format!("[{}]", issues(count))));
        bodies.push((422, format!(r#"{{"message":"m","errors":[{}]}}"#, issues(count))));
        let items =
            vec![r#"{"itemMetadata":{"success":false},"reservation":{"errors":["A_B"]}}"#; count].join(",");
        bodies.push((200, format!(r#"{{"results":[{items}]}}"#)));
    }
    for depth in 29..36 {
        bodies.push((422, nested(depth, "[", "]")));
        bodies.push((422, nested(depth, r#"{"a":"#, "}")));
    }
    for escapes in [
        r"\ud800\udc00",
        r"\udbff\udfff",
        r"\ud7ff\ue000",
        r"\ud800\ud800\udc00",
        r"\udc00\ud800",
        r"\ud800\u0041",
    ] {
        bodies.push((422, format!(r#"{{"message":"{escapes}"}}"#)));
    }
    for rule in RULES.split_whitespace() {
        bodies.push((422, format!(r#"{{"message":"m","errors":{{"a.{rule}":"x","{rule}":"y"}}}}"#)));
    }
    for body in [
        r#"{"details":{"applicationError":{"code":"BOOKING_NOT_FOUND"}},"booking":{"id":"3f25","id":{"#,
        r#"{"details":{"applicationError":{"code":"BOOKING_NOT_FOUND"}},"results":[{"item":{"id":"3f25"},"item":{"#,
        r#"{"code":"CAL_UNAVAILABLE","reservation":{"_id":"5d6e","status":"confirmed"},"reservation":{"#,
        r#"{"code":"rest_no_route","message":"m","error":"plugin_exception"}"#,
        r#"{"code":"rest_no_route","message":"m","title":"plugin_exception","detail":"d"}"#,
    ] {
        bodies.push((404, body.to_owned()));
    }
    bodies.push((200, r#"{"status":"FAILED","amount":10,"error":"e","message":"m"}"#.to_owned()));
    for flag in FLAGS.split_whitespace() {
        let plans = format!(r#"[{{"notApplicable":{{"{flag}":true}}}}]"#);
        let data = format!(r#"{{"moreDetails":{{"notApplicableRatePlans":{plans}}}}}"#);
        bodies.push((400, format!(r#"{{"error_code":"LISTING_IS_NOT_AVAILABLE","data":{data}}}"#)));
    }
    bodies.extend(codes());
    bodies.extend(texts());
    bodies.extend((0..=700).map(|status| (status, String::new())));
    bodies
}

/// Every code of every provider where each of them has it, with statuses that each row has its say about.
fn codes() -> Vec<(u16, String)> {
    let codes = booking_errors::providers().iter().flat_map(|provider| provider.codes());
    let codes: BTreeSet<String> = codes.map(|info| info.code.to_string()).chain(slow::codes()).collect();
    let mut bodies = Vec::new();
    for code in codes {
        for status in [200, 400, 401, 408, 429, 500, 501] {
            let application = format!(r#"{{"applicationError":{{"code":"{code}"}}}}"#);
            bodies.push((status, format!(r#"{{"code":"{code}","message":"m","details":{application}}}"#)));
            bodies.push((status, format!(r#"{{"error_code":"X","data":{{"errors":["{code}"]}}}}"#)));
        }
    }
    bodies
}

/// Every recognised text as it is, and nearly so.
fn texts() -> Vec<(u16, String)> {
    let mut bodies = Vec::new();
    for text in slow::texts() {
        let ends = ["", "!", " ", "x"].map(|end| format!("{text}{end}"));
        for text in ends.into_iter().chain([format!("Error: {text}"), text.to_lowercase()]) {
            for status in [200, 422, 429, 500, 503] {
                bodies.push((status, format!(r#"{{"message":"{text}"}}"#)));
                bodies.push((status, format!(r#"{{"success":false,"data":"{text}"}}"#)));
                bodies.push((status, format!(r#"{{"errors":["{text}","n"]}}"#)));
                bodies.push((status, format!(r#"{{"code":"wp_die","data":{{"message":"{text}"}}}}"#)));
            }
        }
    }
    bodies
}

const RULES: &str = "required required_if required_with email numeric integer string array boolean min max \
                     size digits in not_in url date unique same different regex other";

const FLAGS: &str = "minNights maxNights closed bookingWindow advanceNotice hardBlocked manual cta ctd \
                     preparationTime allotment other";
