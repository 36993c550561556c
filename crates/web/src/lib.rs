//! Staff pages, trustee board, public pages and JSON.

pub mod components;
pub mod errors;
pub mod forms;
#[cfg(any(test, feature = "gallery"))]
pub mod gallery;
pub mod page;
pub mod security;
pub mod static_files;
