//! What a paper says: text with positions, page images and what hides in it, read in a bounded child process.

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
mod wire;
pub mod worker;
mod xml;
mod zipped;

pub use reading::{Reading, Sort};
pub use refused::Refused;
pub use sort::sort_of;
pub use worker::{PageImage, Worker, WorkerError};
