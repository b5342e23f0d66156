//! The benchmarks of all crates together: `cargo bench -p booking-errors --all-features`.

mod decode;
mod hostile;
mod length;
mod output;
mod responses;
mod structs;

fn main() {
    divan::main();
}
