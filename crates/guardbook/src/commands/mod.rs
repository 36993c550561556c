//! The commands, one module each.

pub mod clock;
pub mod demo;
pub mod detect;
mod detect_people;
pub mod init;
pub mod open;
pub mod papers;
mod papers_index;
pub mod people;
pub mod policy;
pub mod serve;
pub mod verify;
