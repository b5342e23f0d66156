use booking_errors_core::{CodeInfo, Sample};
use serde_json::json;

use crate::Code;

/// Returns a response for each code, and those without a code that only Guesty sends.
pub(crate) fn all() -> Vec<Sample> {
    Code::infos().iter().map(of_code).chain(situations()).collect()
}

/// Returns the documented envelope with a code.
fn of_code(info: &CodeInfo) -> Sample {
    let data = json!({"requestId": "7a63a0ef7470520b"});
    Sample::of_code(info, &json!({"error_code": info.code, "message": info.meaning, "data": data}))
}

/// Returns a request that failed validation, a stay that fits no rate plan, and a coupon that was dropped.
fn situations() -> [Sample; 3] {
    let error =
        json!({"statusCode": 400, "message": ["listingId must be a mongodb id"], "error": "Bad Request"});
    let plans = json!([{"ratePlanId": "default", "notApplicable": {"minNights": true}}]);
    let data = json!({"requestId": "7a63a0ef7470520b", "moreDetails": {"notApplicableRatePlans": plans}});
    let unavailable = json!({"error": {"code": "LISTING_IS_NOT_AVAILABLE", "message": "m", "data": data}});
    let reservation =
        json!({"_id": "5d6e7a7ebf8e3800207735ae", "status": "confirmed", "errors": ["COUPON_NOT_FOUND"]});
    [
        Sample::json("list of messages", 400, &error),
        Sample::json("no rate plan", 400, &unavailable),
        Sample::json("reservation without the coupon", 201, &reservation),
    ]
}
