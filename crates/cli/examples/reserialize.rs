//! The baseline for `decode --batch`: parses each line of standard input into a `serde_json::Value` and writes it again,
//! on one thread. `scripts/batch-bench` measures `decode --batch` against it.

use std::io::{self, BufRead as _, BufWriter, Write as _};

use serde_json::Value;

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let value: Value = serde_json::from_slice(&line)?;
        serde_json::to_writer(&mut out, &value)?;
        out.write_all(b"\n")?;
        line.clear();
    }
    out.flush()
}
