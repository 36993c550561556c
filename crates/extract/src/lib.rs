//! What a paper says: text with positions, page images and what hides in it, read in a bounded child process.

pub mod reading;
pub mod tables;
pub mod worker;

pub use reading::Reading;
pub use worker::{PageImage, Worker, WorkerError};
