//! The rules under test: as a matrix that people can read, as laws, rule by rule, and in the words of the clauses.
#![expect(clippy::unwrap_used, reason = "tests")]

mod clauses;
mod laws;
mod matrix;
mod rules;
mod scenes;
