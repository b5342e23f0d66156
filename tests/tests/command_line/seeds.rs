//! The committed seeds of the fuzz targets, including everything they found, run without a fuzzer.

use booking_errors::Envelope;

use super::*;

#[test]
fn every_seed_of_a_response_is_decoded_for_every_provider() {
    for file in seeds("response") {
        for provider in providers() {
            let envelope = decode(&["--provider", provider, "--format", "json", &file], "").json();
            // a clean success is null
            let found = envelope.get("provider");
            assert!(found.is_none_or(|found| found == provider), "{file}: {envelope}");
        }
    }
}

#[test]
fn every_seed_of_the_command_line_is_answered() {
    for file in seeds("cli") {
        let answer = decode(&["--provider", "wix", &file], "");
        assert!(matches!(answer.status, Some(0..=2)), "{file}: {:?} {}", answer.status, answer.stderr);
        assert!(!(answer.stdout + &answer.stderr).is_empty(), "{file}");
    }
}

#[test]
fn every_seed_of_the_envelope_is_the_same_after_it_was_written() {
    for file in seeds("envelope") {
        let envelope: Envelope = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let written = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::from_str::<Envelope>(&written).unwrap(), envelope, "{file}");
    }
}

fn seeds(target: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| path_of(&file.unwrap().path())).collect();
    assert!(!files.is_empty(), "{target}");
    files
}

fn path_of(file: &Path) -> String {
    file.to_str().unwrap().to_owned()
}
