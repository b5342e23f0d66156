//! Bodies made to be slow.

use booking_errors::{fluentbooking, guesty, wix};

use crate::responses::{Response, repeated};

/// What makes a body slow.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    NestedLists,
    NestedObjects,
    Braces,
    BracesBehindNoise,
    CutStringsBehindNoise,
    UnicodeEscapes,
    ShortEscapes,
    LoneSurrogates,
    BrokenUtf8,
    Candidates,
    CutCandidates,
    FlatErrors,
    FlatBareMap,
    Details,
    RepeatedErrors,
    Codes,
    Violations,
    BulkItems,
    BatchItems,
    SearchResults,
    Texts,
    TextsOfAField,
    EmptyCalls,
    CallsWithTexts,
    ResultsWithCodes,
}

impl Body {
    pub const ALL: [Self; 25] = [
        Self::NestedLists,
        Self::NestedObjects,
        Self::Braces,
        Self::BracesBehindNoise,
        Self::CutStringsBehindNoise,
        Self::UnicodeEscapes,
        Self::ShortEscapes,
        Self::LoneSurrogates,
        Self::BrokenUtf8,
        Self::Candidates,
        Self::CutCandidates,
        Self::FlatErrors,
        Self::FlatBareMap,
        Self::Details,
        Self::RepeatedErrors,
        Self::Codes,
        Self::Violations,
        Self::BulkItems,
        Self::BatchItems,
        Self::SearchResults,
        Self::Texts,
        Self::TextsOfAField,
        Self::EmptyCalls,
        Self::CallsWithTexts,
        Self::ResultsWithCodes,
    ];
}

/// Returns a response with a body of about this many bytes.
pub fn hostile(body: Body, bytes: usize) -> Response {
    let wix = |status: u16, body: String| Response::new(&wix::PROVIDER, status, body);
    let fluentbooking = |status: u16, body: String| Response::new(&fluentbooking::PROVIDER, status, body);
    let guesty = |status: u16, body: String| Response::new(&guesty::PROVIDER, status, body);
    let list =
        |separator: &str, part: &str| repeated(bytes, separator, |n| part.replace('#', &n.to_string()));
    let message = |text: &str| format!(r#"{{"message":"{}"}}"#, text.repeat(bytes / text.len()));
    match body {
        Body::NestedLists => guesty(400, format!("{}{}", "[".repeat(bytes / 2), "]".repeat(bytes / 2))),
        Body::NestedObjects => {
            wix(400, format!("{}1{}", r#"{"a":"#.repeat(bytes / 6), "}".repeat(bytes / 6)))
        }
        Body::Braces => wix(400, "{".repeat(bytes)),
        Body::BracesBehindNoise => guesty(400, format!("Warning {}", "{ ".repeat(bytes / 2))),
        Body::CutStringsBehindNoise => fluentbooking(422, format!("Warning {}", r#"{"x"#.repeat(bytes / 3))),
        Body::UnicodeEscapes => wix(400, message(r"\u0041")),
        Body::ShortEscapes => guesty(400, message(r"\n")),
        Body::LoneSurrogates => fluentbooking(422, message(r"\ud800")),
        Body::BrokenUtf8 => Response {
            body: [&br#"{"message":""#[..], &vec![0xff; bytes], br#""}"#].concat(),
            ..wix(400, String::new())
        },
        Body::Candidates => guesty(400, list(" ", r##"{"code":"C#","message":"m"}"##)),
        Body::CutCandidates => guesty(400, list(" ", r##"{"code":"C#","data":{"a":]"##)),
        Body::FlatErrors => fluentbooking(422, format!(r#"{{"errors":{{{}}}}}"#, list(",", r##""f#":"m""##))),
        Body::FlatBareMap => fluentbooking(422, format!("{{{}}}", list(",", r##""f#":["m"]"##))),
        Body::Details => fluentbooking(
            400,
            format!(r#"{{"code":"c","data":{{"details":{{{}}}}}}}"#, list(",", r##""f#":{"code":"c"}"##)),
        ),
        Body::RepeatedErrors => fluentbooking(422, format!("{{{}}}", list(",", r#""errors":["a","b","c"]"#))),
        Body::Codes => guesty(400, format!(r#"{{"details":[{}]}}"#, list(",", r#""NOT_FOUND""#))),
        Body::Violations => {
            let violations = list(",", r#"{"field":"f"}"#);
            wix(400, format!(r#"{{"details":{{"validationError":{{"fieldViolations":[{violations}]}}}}}}"#))
        }
        Body::BulkItems => {
            let item = r##"{"itemMetadata":{"originalIndex":#,"success":false,"error":{"code":"C"}}}"##;
            wix(200, format!(r#"{{"results":[{}]}}"#, list(",", item)))
        }
        Body::BatchItems => {
            let item =
                r#"{"body":{"code":"c","message":"m","data":{"status":400}},"status":400,"headers":[]}"#;
            fluentbooking(207, format!(r#"{{"responses":[{}]}}"#, list(",", item)))
        }
        Body::SearchResults => {
            let item = r##"{"_id":"#","reservation":{"errors":["MIN_NIGHT_MISMATCH"]}}"##;
            guesty(200, format!(r#"{{"results":[{}]}}"#, list(",", item)))
        }
        Body::Texts => guesty(400, format!(r#"{{"data":{{"errors":[{}]}}}}"#, list(",", r#""a""#))),
        Body::TextsOfAField => {
            fluentbooking(422, format!(r#"{{"errors":{{"field":[{}]}}}}"#, list(",", r#""a""#)))
        }
        Body::EmptyCalls => fluentbooking(207, format!(r#"{{"responses":[{}]}}"#, list(",", "{}"))),
        Body::CallsWithTexts => {
            let texts = vec![r#""a""#; 1_000].join(",");
            let item = format!(r#"{{"status":422,"body":{{"errors":[{texts}]}}}}"#);
            fluentbooking(207, format!(r#"{{"responses":[{}]}}"#, list(",", &item)))
        }
        Body::ResultsWithCodes => {
            let codes = vec![r#""A_B""#; 1_000].join(",");
            let item = format!(r#"{{"_id":"a","reservation":{{"errors":[{codes}]}}}}"#);
            guesty(200, format!(r#"{{"results":[{}]}}"#, list(",", &item)))
        }
    }
}
