//! What a paper says: text with positions, page images and what hides in it, read in a bounded child process.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths on a page and in pixels: bounded by the limits, and a thousandth of a point does not matter"
)]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "names are in small letters where they are compared"
)]

pub mod child;
mod jail;
pub mod limits;
mod pdf;
mod process;
mod read;
pub mod reading;
mod recognise;
mod refused;
mod sort;
pub mod tables;
mod wire;
pub mod worker;
mod xml;
mod zipped;

pub use reading::{Reading, Sort};
pub use refused::Refused;
pub use sort::sort_of;
pub use worker::{PageImage, Worker, WorkerError};
