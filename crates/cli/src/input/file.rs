//! Opens and reads the files that commands are given.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use booking_errors::text::Escaped;

use crate::problem::Problem;

/// The most bytes of an input that is read as a whole. An input that never ends, such as `/dev/zero`, must not fill the
/// memory.
pub const LONGEST: usize = 64 * 1024 * 1024;

/// The most bytes of a line that are read at all in a batch. A line that is even longer has no end.
pub const ENDLESS: usize = 256 * 1024 * 1024;

/// Names an input in messages.
pub fn name_of(file: &Path) -> String {
    if is_standard(file) {
        return "standard input".to_owned();
    }
    Escaped::message(&file.display().to_string()).to_string()
}

/// Returns whether this means standard input.
pub fn is_standard(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Opens a file, or standard input for `-`.
pub fn open(file: &Path) -> Result<Box<dyn Read + Send>, Problem> {
    if is_standard(file) {
        return Ok(Box::new(io::stdin()));
    }
    match File::open(file) {
        Ok(opened) => Ok(Box::new(opened)),
        Err(error) => Err(Problem::Unreadable { file: name_of(file), error }),
    }
}

/// Returns the length of a file in bytes, also if the file is standard input; `None` if its length is not fixed.
pub fn length_of(file: &Path) -> Option<u64> {
    // Windows has no such path
    let file = if is_standard(file) { Path::new("/dev/stdin") } else { file };
    let metadata = fs::metadata(file).ok()?;
    metadata.is_file().then_some(metadata.len())
}

/// Reads the whole input, if it has at most [`LONGEST`] bytes.
pub fn read_all(file: &Path) -> Result<Vec<u8>, Problem> {
    let mut input = Vec::new();
    open(file)?
        .take(LONGEST as u64 + 1)
        .read_to_end(&mut input)
        .map_err(|error| Problem::Unreadable { file: name_of(file), error })?;
    if input.len() > LONGEST {
        return Err(Problem::TooLong { file: name_of(file) });
    }
    Ok(input)
}
