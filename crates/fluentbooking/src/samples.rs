use booking_errors_core::{CodeInfo, Sample};
use serde_json::{Value, json};

use crate::Code;
use crate::messages::MESSAGES;

/// Returns a response for each code, and those without a code that only FluentBooking sends.
pub(crate) fn all() -> Vec<Sample> {
    Code::infos().iter().map(of_code).chain(situations()).collect()
}

/// Returns the documented envelope with a code.
fn of_code(info: &CodeInfo) -> Sample {
    let mut sample = Sample::of_code(info, &Value::Null);
    let data = json!({"status": sample.status});
    sample.body = json!({"code": info.code, "message": info.meaning, "data": data}).to_string();
    sample
}

/// Returns the validator's bare map, and the messages that the plugin sends without a code.
fn situations() -> impl Iterator<Item = Sample> {
    let map = json!({"title": {"required": "The title field is required."}});
    let messages = MESSAGES.iter().map(|(text, _)| Sample::json(text, 422, &json!({"message": text})));
    [Sample::json("bare validation map", 422, &map)].into_iter().chain(messages)
}
