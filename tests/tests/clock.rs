//! The libraries ask for the time in one place only, which knows the platforms without a clock.

use std::fs;
use std::path::{Path, PathBuf};

/// What asks for the time.
const CLOCKS: [&str; 6] =
    ["SystemTime::now", "Instant::now", "Instant::elapsed", ".elapsed()", "Utc::now", "Local::now"];

/// The sources of every library crate.
fn sources() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // the command line and the sandbox run where there is a clock
    let programs = ["cli", "sandbox"];
    let is_library = |path: &PathBuf| !programs.iter().any(|name| path.ends_with(name));
    let mut folders: Vec<_> = entries(&crates).filter(is_library).collect();
    folders.iter_mut().for_each(|path| path.push("src"));
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() { folders.push(path) } else { sources.push(path) }
        }
    }
    sources
}

#[test]
fn only_one_line_of_the_libraries_asks_for_the_time() {
    let mut found = Vec::new();
    for path in sources() {
        let source = fs::read_to_string(&path).unwrap();
        let code = source.lines().map(str::trim).filter(|line| !line.starts_with("//"));
        let asks = code.filter(|line| CLOCKS.iter().any(|clock| line.contains(clock)));
        let name = path.file_name().unwrap().to_string_lossy();
        found.extend(asks.map(|line| format!("{name}: {line}")));
    }
    assert_eq!(found, ["response.rs: has_clock.then(SystemTime::now)"]);
}
