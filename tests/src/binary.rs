//! The command line's binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Builds the binary from the sources as they are now: it belongs to another package, and cargo builds binaries only for
/// the integration tests of their own. The folder is `CARGO_TARGET_TMPDIR`, which cargo tells only to tests.
pub fn build(folder: &str) -> PathBuf {
    let target = Path::new(folder).parent().expect("a folder inside of the target's");
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--package", "booking-errors-cli", "--bin", "booking-errors", "--profile", profile])
        .args(["--message-format", "json-render-diagnostics", "--target-dir"])
        .arg(target)
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "cargo cannot build the binary");
    let lines = output.stdout.split(|&byte| byte == b'\n');
    let messages = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    messages
        .filter(|message| message["target"]["name"] == "booking-errors")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .expect("cargo names the binary")
}
