//! Administration over HTTP: what each page shows, to whom, what it refuses, and the set-up from an empty book.

#![expect(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod browser;
mod house;
mod policy;
mod set_up;
