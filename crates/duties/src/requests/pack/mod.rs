//! The answer that goes out: built from what was approved, searched for every covered word, released once.

mod build;
mod contents;
mod download;
mod release;

pub use build::{BuildPackError, Leaked, OnPack, PackStanding, build_pack, open_pack, read_part};
pub use download::{DOWNLOAD_DAYS, Download, Reading, open_download, read_download, read_here};
pub use release::{Destination, How, ReleaseError, Released, destinations, release_pack};

pub(crate) use build::approved;
pub(crate) use contents::contents_to_search;
