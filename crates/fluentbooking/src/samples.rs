use booking_errors_core::{CodeInfo, Kind, Sample};
use serde_json::{Value, json};

use crate::Code;
use crate::messages::{MAINTENANCE, MESSAGES, Message};

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

/// Returns the validator's bare map, WordPress's page while it updates itself, and the messages that the plugin sends
/// without a code.
fn situations() -> impl Iterator<Item = Sample> {
    let map = json!({"title": {"required": "The title field is required."}});
    let map = Sample::json("bare validation map", 422, &map);
    let text = format!("{MAINTENANCE} Check back in a minute.");
    let page = format!(
        "<!DOCTYPE html>\n<html>\n<head><title>Maintenance</title></head>\n<body><h1>{text}</h1></body>\n</html>\n"
    );
    let maintenance = Sample::new("maintenance", 503, page)
        .with_header("content-type", "text/html; charset=utf-8")
        .with_header("retry-after", "600");
    [map, maintenance].into_iter().chain(MESSAGES.iter().map(of_message))
}

fn of_message(row: &Message) -> Sample {
    let status = match row.kind {
        Kind::RateLimited => 429,
        Kind::Unavailable => 503,
        _ => 422,
    };
    let sample = Sample::json(row.text, status, &json!({"message": row.text.replace("..", "Consultation")}));
    match status {
        429 => sample.with_header("retry-after", "60").with_header("x-ratelimit-limit", "10"),
        _ => sample,
    }
}
