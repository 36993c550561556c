//! The child as a program of its own, for the tests of this crate. The server starts itself instead.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(2).collect();
    extract::child::run(&arguments)
}
