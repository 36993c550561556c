//! The child as a program of its own, for the tests of this crate. The server starts itself instead.
//!
//! `without-walls` reads without bounds, and `attempt WHAT` tries from behind the walls what must not succeed.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [word, length] if word == "without-walls" => {
            length.parse().map_or(ExitCode::from(2), extract::child::run_without_walls)
        }
        [word, what] if word == "attempt" => extract::child::attempt(what),
        [_, rest @ ..] => extract::child::run(rest),
        [] => ExitCode::from(2),
    }
}
