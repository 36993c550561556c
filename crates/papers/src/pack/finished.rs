//! From contents to files that may leave: written, opened again, searched.

use std::collections::BTreeSet;
use std::fmt;

use super::{PackContents, cover_letter, document, to_json};
use crate::document::{Block, Document, Inline};
use crate::redact::Segment;
use crate::verify::{Allowed, Kind, Leak, PictureFault, VerifyError};
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

impl FinishedFile {
    fn kind(self) -> Kind {
        match self {
            Self::Pdf | Self::Letter => Kind::Pdf,
            Self::Html => Kind::Html,
            Self::Json => Kind::Json,
        }
    }
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
    /// Something can be seen under a box on the picture of a page, or an image is not one of the made pages.
    #[error("the pictures of pages are not covered as they should be in {} places; nothing was released", .0.len())]
    Pictures(Vec<PictureFault>),
    /// Words and picture of a page do not have the same boxes.
    #[error("words and picture of page {page} of item {item} do not have the same boxes; nothing was released")]
    Disagree {
        /// The item, from 1.
        item: usize,
        /// The page of the paper, from 1.
        page: u32,
    },
    /// The PDF could not be made.
    #[error("the PDF could not be made; nothing was released")]
    Typeset(#[from] typeset::TypesetError),
    /// The data file could not be made.
    #[error("the data file could not be made; nothing was released")]
    Json(#[from] serde_json::Error),
}

/// Words that were covered, or the text of a record left out whole.
#[derive(Clone, Copy)]
pub struct Withheld<'a> {
    /// The words, from [`crate::redact::Redactions::withheld`].
    pub text: &'a str,
    /// Whether the reviewers have confirmed that the same words may be read elsewhere in the records: a first name
    /// covered in one note and left on purpose in another. See [`still_shown`].
    pub may_be_read_elsewhere: bool,
}

impl fmt::Debug for Withheld<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withheld({} bytes)", self.text.len())
    }
}

/// A withheld text that can still be read in a record, to be confirmed or covered before release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StillShown {
    /// Which withheld text, by its place in the list.
    pub withheld: usize,
    /// The item in which it can be read, from 1.
    pub item: u32,
}

/// Where withheld words can still be read in the records, for the second person's list. Confirmed words are not listed.
///
/// # Errors
/// [`VerifyError`] when the list of withheld words is too long to search for.
pub fn still_shown(contents: &PackContents, withheld: &[Withheld<'_>]) -> Result<Vec<StillShown>, VerifyError> {
    let (unconfirmed, places) = split(withheld, false);
    let (numbers, texts): (Vec<u32>, Vec<String>) = document(contents)
        .blocks
        .iter()
        .filter_map(
            |block| if let Block::Item(item) = block { Some((item.number, plain::item_text(item))) } else { None },
        )
        .unzip();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = verify::search_texts(&texts, &unconfirmed, Allowed::default())?;
    let named = |(withheld, text): (usize, usize)| {
        Some(StillShown { withheld: *places.get(withheld)?, item: *numbers.get(text)? })
    };
    Ok(found.into_iter().filter_map(named).collect())
}

/// Makes all files of an answer and searches each for every withheld text.
///
/// Words that the charity's own parts of the answer say (the letter, the seven answers, the log) may be read there. In the
/// records a withheld text may be read only if it was confirmed ([`Withheld::may_be_read_elsewhere`]), and then no more
/// often than the records' shown text says it.
///
/// # Errors
/// [`FinishError`] when a file cannot be made or checked, or when a withheld text can be read in one. No file is handed
/// out then.
pub fn finish(contents: &PackContents, withheld: &[Withheld<'_>]) -> Result<FinishedPack, FinishError> {
    refuse_disagreement(contents)?;
    let whole = document(contents);
    let letter_only = cover_letter(contents);
    let paper = typeset::to_pdf(&whole)?;
    let letter = typeset::to_pdf(&letter_only)?;
    let html = html::page(&whole);
    let json = to_json(contents)?;

    let mut leaks = check(FinishedFile::Pdf, &paper.pdf, withheld, &whole)?;
    leaks.extend(check(FinishedFile::Letter, &letter.pdf, withheld, &letter_only)?);
    leaks.extend(check(FinishedFile::Html, html.as_bytes(), withheld, &whole)?);
    leaks.extend(check(FinishedFile::Json, json.as_bytes(), withheld, &whole)?);
    if !leaks.is_empty() {
        return Err(FinishError::Leaks(leaks));
    }
    let made: Vec<_> = contents.items.iter().flat_map(|item| &item.pages).map(|page| &*page.picture).collect();
    let faults =
        verify::check_pictures(&paper.pdf, &made).map_err(|error| FinishError::Unchecked(FinishedFile::Pdf, error))?;
    if !faults.is_empty() {
        return Err(FinishError::Pictures(faults));
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

/// Every number among the words of a page has a box on its picture, and every box a number among the words.
fn refuse_disagreement(contents: &PackContents) -> Result<(), FinishError> {
    for (item, page) in
        (1..).zip(&contents.items).flat_map(|(item, one)| one.pages.iter().map(move |page| (item, page)))
    {
        let number =
            |segment: &Segment| if let Segment::Covered { number, .. } = segment { Some(*number) } else { None };
        let among_words: BTreeSet<u32> = page.text.iter().filter_map(number).collect();
        let on_picture: BTreeSet<u32> = page.picture.boxes.iter().map(|burnt| burnt.number).collect();
        if among_words != on_picture {
            return Err(FinishError::Disagree { item, page: page.number });
        }
    }
    Ok(())
}

/// Searches what another reader found in the finished PDF, as [`finish`] searched the PDF itself.
///
/// # Errors
/// [`VerifyError`] when the list of withheld words is too long to search for.
pub fn search_reading(
    contents: &PackContents,
    withheld: &[Withheld<'_>],
    text: &str,
) -> Result<Vec<Leak>, FinishError> {
    let whole = document(contents);
    let leaks = check_as(FinishedFile::Pdf, Kind::Text, text.as_bytes(), withheld, &whole)?;
    Ok(leaks.into_iter().map(|(_, leak)| leak).collect())
}

/// Searches one finished file, for confirmed and unconfirmed words with what each may stand beside.
fn check(
    file: FinishedFile,
    bytes: &[u8],
    withheld: &[Withheld<'_>],
    document: &Document,
) -> Result<Vec<(FinishedFile, Leak)>, FinishError> {
    check_as(file, file.kind(), bytes, withheld, document)
}

fn check_as(
    file: FinishedFile,
    kind: Kind,
    bytes: &[u8],
    withheld: &[Withheld<'_>],
    document: &Document,
) -> Result<Vec<(FinishedFile, Leak)>, FinishError> {
    let running = plain::running_lines(document);
    let ours = without_records(document);
    let mut all = Vec::new();
    for (confirmed, document) in [(false, &ours), (true, document)] {
        // The PDF holds the words of pictures once more, where they stand on them.
        let layer = if file == FinishedFile::Pdf { plain::layer_text(document) } else { String::new() };
        let text = format!("{}\n{}\n{layer}", plain::to_text(document), typeset::note_words());
        let allowed = Allowed { text: &text, on_every_page: &running };
        let (texts, places) = split(withheld, confirmed);
        let leaks =
            verify::search(kind, bytes, &texts, allowed).map_err(|error| FinishError::Unchecked(file, error))?;
        let named = leaks.into_iter().filter_map(|leak| Some(Leak { withheld: *places.get(leak.withheld)?, ..leak }));
        all.extend(named.map(|leak| (file, leak)));
    }
    Ok(all)
}

/// The paper with its records emptied: their numbers, dates and boxes stay, the charity's other words too.
fn without_records(document: &Document) -> Document {
    let mut ours = document.clone();
    for block in &mut ours.blocks {
        let Block::Item(item) = block else { continue };
        item.heading.clear();
        item.source = item.source.take().map(|_| String::new());
        item.facts.iter_mut().for_each(|(_, value)| value.clear());
        let empty = |text: &mut Vec<Vec<Inline>>| {
            for inlines in text {
                inlines.retain(|inline| matches!(inline, Inline::Redacted { .. }));
            }
        };
        empty(&mut item.text);
        for page in &mut item.pages {
            empty(&mut page.text);
            page.layer.clear();
        }
    }
    ours
}

/// The texts that are confirmed, or not, and their places in the whole list.
fn split<'a>(withheld: &[Withheld<'a>], confirmed: bool) -> (Vec<&'a str>, Vec<usize>) {
    let chosen = withheld.iter().enumerate().filter(|(_, one)| one.may_be_read_elsewhere == confirmed);
    chosen.map(|(place, one)| (one.text, place)).unzip()
}
