//! Staff pages, trustee board, public pages and JSON.
//!
//! What lies below the duties is named through them: this crate depends on `duties` and `assets` alone.

use duties::{access, book, records};

pub mod app;
pub mod components;
pub mod errors;
pub mod forms;
#[cfg(any(test, feature = "gallery"))]
pub mod gallery;
pub mod licences;
pub mod local_path;
pub mod page;
pub mod pages;
pub mod posted;
pub mod security;
pub mod static_files;
pub mod who;
pub mod words;
