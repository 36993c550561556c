//! People and the work with them: found, added, changed, noted, enrolled, brought in.

#![expect(clippy::unwrap_used, reason = "tests")]

mod import;
mod mentions;
mod notes;
mod papers;
mod persons;
mod printing;
mod services;
