//! People and the work with them: found, added, changed, noted, enrolled, brought in.

#![expect(clippy::unwrap_used, reason = "tests")]

mod import;
mod import_undo;
mod import_work;
mod mentions;
mod merging;
mod notes;
mod papers;
mod persons;
mod printing;
mod services;
