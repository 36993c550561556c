//! From contents to files that may leave: written, opened again, searched.

use super::{PackContents, cover_letter, document, to_json};
use crate::document::Document;
use crate::verify::{Allowed, Kind, Leak, VerifyError};
use crate::{html, plain, typeset, verify};

/// The files of an answer, all searched.
#[derive(Debug, Clone)]
pub struct FinishedPack {
    /// The whole pack as PDF/UA-1.
    pub pdf: Vec<u8>,
    /// How many pages the PDF has.
    pub pages: usize,
    /// The letter alone as PDF/UA-1.
    pub letter: Vec<u8>,
    /// The whole pack as a web page that stands on its own.
    pub html: String,
    /// The data file after the published schema.
    pub json: String,
    /// Characters that the PDF shows by number because no typeface has them.
    pub substituted: Vec<char>,
}

/// Which file of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishedFile {
    /// The whole pack as PDF.
    Pdf,
    /// The letter as PDF.
    Letter,
    /// The web page.
    Html,
    /// The data file.
    Json,
}

/// Why the answer cannot leave. Repeats nothing that was withheld.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// Withheld words can be read in the finished files.
    #[error("withheld words can be read in the finished files in {} places; nothing was released", .0.len())]
    Leaks(Vec<(FinishedFile, Leak)>),
    /// A finished file could not be searched.
    #[error("the finished {0:?} file cannot be checked; nothing was released")]
    Unchecked(FinishedFile, #[source] VerifyError),
    /// The PDF could not be made.
    #[error("the PDF could not be made; nothing was released")]
    Typeset(#[from] typeset::TypesetError),
    /// The data file could not be made.
    #[error("the data file could not be made; nothing was released")]
    Json(#[from] serde_json::Error),
}

/// Makes all files of an answer and searches each for every withheld text. `withheld` comes from
/// [`crate::redact::Redactions::withheld`], and holds the text of records left out whole as well.
///
/// # Errors
/// [`FinishError`] when a file cannot be made or checked, or when a withheld text can be read in one. No file is handed
/// out then.
pub fn finish(contents: &PackContents, withheld: &[&str]) -> Result<FinishedPack, FinishError> {
    let whole = document(contents);
    let letter_only = cover_letter(contents);
    let paper = typeset::to_pdf(&whole)?;
    let letter = typeset::to_pdf(&letter_only)?;
    let html = html::page(&whole);
    let json = to_json(contents)?;

    let mut leaks = check(FinishedFile::Pdf, Kind::Pdf, &paper.pdf, withheld, &whole)?;
    leaks.extend(check(FinishedFile::Letter, Kind::Pdf, &letter.pdf, withheld, &letter_only)?);
    leaks.extend(check(FinishedFile::Html, Kind::Html, html.as_bytes(), withheld, &whole)?);
    leaks.extend(check(FinishedFile::Json, Kind::Json, json.as_bytes(), withheld, &whole)?);
    if !leaks.is_empty() {
        return Err(FinishError::Leaks(leaks));
    }
    Ok(FinishedPack {
        pdf: paper.pdf,
        pages: paper.pages,
        letter: letter.pdf,
        html,
        json,
        substituted: paper.substituted,
    })
}

fn check(
    file: FinishedFile,
    kind: Kind,
    bytes: &[u8],
    withheld: &[&str],
    document: &Document,
) -> Result<Vec<(FinishedFile, Leak)>, FinishError> {
    let text = plain::to_text(document);
    let running = plain::running_lines(document);
    let allowed = Allowed { text: &text, on_every_page: &running };
    let leaks = verify::search(kind, bytes, withheld, allowed).map_err(|error| FinishError::Unchecked(file, error))?;
    Ok(leaks.into_iter().map(|leak| (file, leak)).collect())
}
