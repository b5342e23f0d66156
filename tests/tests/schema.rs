//! The committed JSON Schemas are those of the types.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use booking_errors::{Envelope, FailedItem, Issue, Problem};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schema of what is written.
fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// With `UPDATE=1` in the environment the file is written anew instead.
fn check(name: &str, schema: &Schema) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, serde_json::to_string_pretty(schema).unwrap() + "\n").unwrap();
    }
    // compared as JSON: the order of the members depends on the features of serde_json
    let committed = serde_json::from_str::<Value>(&fs::read_to_string(&file).unwrap_or_default());
    let is_current = committed.is_ok_and(|committed| &committed == schema.as_value());
    assert!(is_current, "{name} is out of date: UPDATE=1 cargo test -p booking-errors-tests --test schema");
}

#[test]
fn the_schema_of_the_envelope_is_committed() {
    check("envelope.schema.json", &schema::<Envelope>());
}

#[test]
fn the_schema_of_the_problem_is_committed() {
    check("problem.schema.json", &schema::<Problem>());
}

#[test]
fn the_schema_of_the_envelope_names_every_member_that_is_written() {
    let issue = Issue::new().with_field("f").with_code("c").with_message("m");
    let full = Envelope::new("acme", 503)
        .with_code("c")
        .with_message("m")
        .with_parameter("p", "v")
        .with_issue(issue)
        .with_item(FailedItem::new(Envelope::new("acme", 404)))
        .with_request_id("r")
        .with_retry_after(Duration::from_secs(1));
    let schema = schema::<Envelope>();
    let members =
        |value: serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let written = members(serde_json::to_value(full).unwrap());
    assert_eq!(members(schema.as_value()["properties"].clone()), written);
    let least = members(serde_json::to_value(Envelope::new("acme", 404)).unwrap());
    let required: BTreeSet<String> = serde_json::from_value(schema.as_value()["required"].clone()).unwrap();
    assert_eq!(required, least);
}
