use booking_errors_core::{CodeInfo, Placeholder, Sample};
use serde_json::json;

use crate::Code;
use crate::body::REQUEST_ID;

/// Returns a response for each code, and those without a code that only Wix sends.
pub(crate) fn all() -> Vec<Sample> {
    let codes = Code::infos().iter().map(of_code);
    codes
        .chain(situations())
        .map(|sample| sample.with_header(REQUEST_ID, "1755591144.079172597310943348307"))
        .collect()
}

/// Returns `details.applicationError` with a code, and the documented message if there is one.
fn of_code(info: &CodeInfo) -> Sample {
    let names = info.placeholders().map(Placeholder::name);
    let message = names.fold(info.template.unwrap_or(info.meaning).to_owned(), |message, name| {
        message.replace(&format!("<{name}>"), value_of(name))
    });
    let error = json!({"code": info.code, "description": message});
    Sample::of_code(info, &json!({"message": message, "details": {"applicationError": error}}))
}

fn value_of(parameter: &str) -> &str {
    match parameter {
        "status" => "DECLINED",
        "feature" => "createBooking",
        _ => "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    }
}

/// Returns field violations, and the empty response to missing permissions.
fn situations() -> [Sample; 2] {
    let violation = json!({"field": "email", "description": "is required", "violatedRule": "REQUIRED_FIELD"});
    let violations = json!({"message": "", "details": {"validationError": {"fieldViolations": [violation]}}});
    [
        Sample::json("field violations", 400, &violations),
        Sample::json("no permission", 403, &json!({"message": "", "details": {}})),
    ]
}
