//! What a charity must do: one folder per duty, one file per thing a person does, pure rules beside them.
//!
//! Pages, API, command line and jobs call the same use cases. Each takes the [`Office`] and who is signed in, asks
//! [`Office::permit`] first, and does its deed in one `book::Work`.

pub mod accounts;
pub mod board;
pub mod complaints;
pub mod house;
pub mod keeping;
pub mod minimisation;
pub mod notes;
pub mod notices;
mod office;
pub mod people;
mod permit;
pub mod portal;
pub mod post;
pub mod reminders;
pub mod requests;
pub mod services;
mod stopped;
pub mod today;

pub use {access, book, clock, detect, extract, papers, policy, records};

pub use office::{Clock, House, Office, Staff, start};
pub use permit::{SignedIn, file_facts};
pub use stopped::Stopped;

/// The number under which a failed request is shown and logged: random, and nothing else.
pub fn error_reference() -> String {
    let number: u32 = rand::random();
    format!("{:04X}-{:04X}", number >> 16, number & 0xffff)
}
