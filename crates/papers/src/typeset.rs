//! A document as PDF/UA-1: typeset by Typst inside this process, from embedded fonts, with no file and no network.
//!
//! The document goes to Typst as JSON data beside one fixed template; nothing in it can become Typst code. The same
//! document always gives the same bytes. Signs that no embedded font can draw are shown by their Unicode number
//! (`[U+4E2D]`), with a note at the end, because PDF/UA refuses a file with a missing glyph and a pack must never fail
//! for one. Invisible characters (zero-width, direction overrides, tags) are left out.

mod data;
mod fonts;
mod placeholder;
mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::Document;
use world::PaperWorld;

/// A typeset paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The PDF/UA-1 file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no embedded font can draw; the paper shows their numbers and says so at the end.
    pub substituted: Vec<char>,
}

/// Why a paper could not be typeset. Quotes nothing from the paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The typesetter refused the paper even after every unusual character was taken out.
    #[error("the paper could not be typeset: {0}")]
    Refused(String),
}

/// Typesets a document as PDF/UA-1 with title, language and the document's own date.
///
/// # Errors
/// [`TypesetError::Refused`] when the typesetter fails twice, the second time with only the commonest scripts left. No
/// text is known to lead there; it is a fault to report.
pub fn to_pdf(document: &Document) -> Result<Paper, TypesetError> {
    let result = attempt(document, fonts::Scripts::All)
        .or_else(|_| attempt(document, fonts::Scripts::European))
        .map_err(TypesetError::Refused);
    // The typesetter keeps what it laid out in memory for the next run. What it laid out is somebody's file.
    typst::comemo::evict(0);
    result
}

fn attempt(document: &Document, scripts: fonts::Scripts) -> Result<Paper, String> {
    let data::Data { value, substituted, pictures } = data::of(document, scripts);
    let world = PaperWorld::new(value.to_string(), pictures.len());
    let compiled = typst::compile::<typst_layout::PagedDocument>(&world);
    let paged = compiled.output.map_err(|errors| without_quotes(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}\n{}", document.title, document.reference.as_deref().unwrap_or_default())),
        creator: Smart::Custom(Some("Guardbook".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_| "PDF/UA-1 is not offered".to_owned())?,
        tagged: true,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&paged, &options).map_err(|errors| without_quotes(&errors))?;
    let count = paged.pages().len();
    // What was laid out is given back before the pictures come in.
    drop(paged);
    let pdf = if pictures.is_empty() { pdf } else { placeholder::replace(&pdf, &pictures)? };
    Ok(Paper { pdf, pages: count, substituted })
}

/// The words of the note that the PDF adds when it had to replace characters.
pub(crate) fn note_words() -> String {
    format!("{} {}", data::NOTE.0, data::NOTE.1)
}

/// What went wrong, up to the first quotation mark: the typesetter quotes the text that it stumbled over.
fn without_quotes(errors: &[SourceDiagnostic]) -> String {
    let first = errors.first().map(|error| error.message.as_str()).unwrap_or_default();
    let end = first.find(['"', '`', '\u{201C}', '\u{2018}', '\'', '(']).unwrap_or(first.len());
    format!("{} ({} in all)", first.get(..end).unwrap_or_default().trim(), errors.len())
}

#[cfg(test)]
pub(crate) mod tests;
