//! What a user of the library takes into the tree.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// All that the library depends on without optional features.
const LISTED: &[&str] = &["httpdate", "serde", "serde_json", "strum", "thiserror"];

/// These with what they bring along.
const LIGHT: &[&str] = &[
    "heck",
    "httpdate",
    "itoa",
    "memchr",
    "proc-macro2",
    "quote",
    "ryu",
    "serde",
    "serde_core",
    "serde_derive",
    "serde_json",
    "strum",
    "strum_macros",
    "syn",
    "thiserror",
    "thiserror-impl",
    "unicode-ident",
    "zmij",
];

fn cargo(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn metadata() -> Value {
    serde_json::from_str(&cargo(&["metadata", "--locked", "--format-version", "1"])).unwrap()
}

fn package<'a>(metadata: &'a Value, name: &str) -> &'a Value {
    metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == name).unwrap()
}

fn dependencies(package: &Value) -> impl Iterator<Item = &Value> {
    package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"] != "dev")
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

/// The providers that the facade may depend on.
fn names(metadata: &Value) -> BTreeSet<&str> {
    let optional = dependencies(package(metadata, "booking-errors"))
        .filter(|dependency| dependency["optional"] == true)
        .map(name);
    optional.filter_map(|name| name.strip_prefix("booking-errors-")).collect()
}

#[test]
fn every_provider_has_a_feature_that_is_part_of_full_and_stands_in_the_list() {
    let metadata = metadata();
    let names = names(&metadata);
    let features = &package(&metadata, "booking-errors")["features"];
    for name in &names {
        assert_eq!(features[name], json!([format!("dep:booking-errors-{name}")]));
    }
    assert_eq!(features["full"], json!(names));
    assert_eq!(
        booking_errors::providers().iter().map(|provider| provider.name()).collect::<BTreeSet<_>>(),
        names
    );
}

#[test]
fn the_facade_brings_few_packages_and_only_the_providers_asked_for() {
    let metadata = metadata();
    let names = names(&metadata);
    for features in ["", "full"].into_iter().chain(names.clone()) {
        let tree = cargo(&[
            "tree",
            "--locked",
            "-p",
            "booking-errors",
            "--edges",
            "normal,build",
            "--target",
            "all",
            "--prefix",
            "none",
            "--features",
            features,
        ]);
        let packages: BTreeSet<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        let (ours, others): (BTreeSet<&str>, BTreeSet<_>) =
            packages.into_iter().partition(|name| name.starts_with("booking-errors"));
        let mut expected = BTreeSet::from(["booking-errors".to_owned(), "booking-errors-core".to_owned()]);
        let chosen = names.iter().filter(|name| [**name, "full"].contains(&features));
        expected.extend(chosen.map(|name| format!("booking-errors-{name}")));
        assert_eq!(ours, expected.iter().map(String::as_str).collect());
        assert!(others.iter().all(|name| LIGHT.contains(name)), "{features}: {others:?}");
    }
}

#[test]
fn without_optional_features_the_library_asks_for_no_package_beyond_the_list() {
    let metadata = metadata();
    let is_ours = |name: &str| name.starts_with("booking-errors");
    let facade = package(&metadata, "booking-errors");
    let library = dependencies(facade).map(name).filter(|name| is_ours(name));
    let asked: BTreeSet<_> = library
        .chain(["booking-errors"])
        .flat_map(|name| dependencies(package(&metadata, name)))
        .filter(|dependency| dependency["optional"] == false)
        .map(name)
        .filter(|name| !is_ours(name))
        .collect();
    assert_eq!(asked, LISTED.iter().copied().collect());
}

/// The names of the packages that the facade brings with this feature.
fn packages(feature: &str) -> BTreeSet<String> {
    let options = ["--locked", "-p", "booking-errors", "-e", "normal", "--prefix", "none", "-F", feature];
    let tree = cargo(&[&["tree"], &options[..]].concat());
    tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn the_integrations_with_clients_leave_tls_to_the_user() {
    for (feature, client) in [("reqwest", "reqwest"), ("reqwest-middleware", "reqwest"), ("ureq", "ureq")] {
        let packages = packages(feature);
        assert!(packages.contains(client));
        let tls = ["rustls", "native-tls", "openssl", "ring"].iter().find(|name| packages.contains(**name));
        assert_eq!(tls, None, "{feature}");
    }
}

#[test]
fn the_middleware_brings_only_what_its_trait_needs() {
    let (client, middleware) = (packages("reqwest"), packages("reqwest-middleware"));
    let added: Vec<_> = middleware.difference(&client).collect();
    // the trait is asynchronous and object-safe, and its error holds one of anyhow
    assert_eq!(added, ["anyhow", "async-trait", "reqwest-middleware"]);
}

#[test]
fn no_dependency_asks_for_a_newer_rust() {
    let metadata = metadata();
    let version = |package: &Value| {
        let parts = package["rust_version"].as_str()?.split('.').map(|part| part.parse::<u32>().unwrap());
        // 1.88 is 1.88.0
        Some(parts.chain([0, 0]).take(3).collect::<Vec<_>>())
    };
    let ours = version(package(&metadata, "booking-errors")).expect("the facade says which Rust it needs");
    let packages = metadata["packages"].as_array().unwrap();
    let newer: Vec<_> = packages
        .iter()
        .filter(|package| version(package).is_some_and(|theirs| theirs > ours))
        .map(|package| format!("{} {}", package["name"], package["rust_version"]))
        .collect();
    assert!(newer.is_empty(), "{newer:?}");
}
