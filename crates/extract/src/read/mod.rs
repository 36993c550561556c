//! The readers: one for each sort of paper.

mod archive;
mod draft;
mod excel;
mod grid;
mod mail;
mod open_document;
mod picture;
mod plain;
mod web_page;
mod word;

pub use draft::Draft;
pub use picture::encoded;
pub use word::all_text;

use crate::reading::{Reading, Sort};
use crate::worker::PageImage;
use crate::{Refused, limits, pdf, sort_of};

/// Reads a paper.
///
/// # Errors
/// When nothing at all can be read. A paper that is read in part has troubles.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, Refused> {
    check(bytes)?;
    match sort_of(name, bytes).ok_or(Refused::UnknownSort)? {
        Sort::Pdf => pdf::read(bytes),
        Sort::Word => word::read(bytes),
        Sort::Picture => picture::read(bytes),
        Sort::ClosedPicture => Ok(picture::closed()),
        Sort::Csv | Sort::Text => Ok(plain::read(bytes)),
        Sort::OpenText => open_document::read_text(bytes),
        Sort::Excel => excel::read(bytes),
        Sort::OpenSheet => open_document::read_sheet(bytes),
        Sort::Mail => mail::read(bytes),
        Sort::Mailbox => Ok(mail::mailbox(bytes)),
        Sort::Zip => archive::read(bytes),
    }
}

/// Shows a page of a paper.
///
/// # Errors
/// When it has no such page, or the page cannot be shown.
pub fn page(name: &str, bytes: &[u8], page: usize, dpi: u32) -> Result<PageImage, Refused> {
    check(bytes)?;
    let dpi = dpi.clamp(10, limits::DPI);
    match sort_of(name, bytes).ok_or(Refused::UnknownSort)? {
        Sort::Pdf => pdf::page(bytes, page, dpi),
        Sort::Picture => picture::page(bytes, page),
        _ => Err(Refused::NoPages),
    }
}

fn check(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits::INPUT {
        return Err(Refused::TooLarge);
    }
    Ok(())
}
