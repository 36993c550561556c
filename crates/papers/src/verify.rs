//! Opens a finished paper again and looks for every word that was withheld. A hit means that it must not leave.
//!
//! The search does not trust how the paper was made. In a PDF it reads the bytes outside streams, every stream unpacked,
//! the text of every page through the fonts' own tables (so text under a black box is found), the document's properties,
//! bookmarks, alternative texts, notes and attachments, and every earlier revision left in the file. In HTML it reads the
//! text without tags, attributes, comments and what scripts or styles hold; in JSON every string, unescaped.
//!
//! # What counts as found
//!
//! Case, accents, white space, hyphens and apostrophes make no difference, so words split over lines or spaced out are
//! found. A withheld text of fewer than [`LOOSE_FROM`] letters must stand as whole words (`Ann` is not found in
//! `Annabel`), one of one or two letters also without gaps inside. Of a long text, any five words in a row count, so a
//! page break or a running footer in between does not hide it. Numbers of up to three figures are not searched for: page
//! numbers, item numbers and days would all be hits, and a bare "7" gives nobody away. Words that the file format itself
//! needs (`/Page` and `/Kids` in PDF, `class="item"` in HTML, `"source":` in the data file) are not hits either, so
//! that a surname like Page does not stop every pack.
//!
//! # Words that may be seen elsewhere
//!
//! A withheld word can stand in the paper on purpose: the first name of a brother is covered in one note and shown in
//! another that he wrote himself. The caller therefore hands over the text that may be read ([`Allowed`], usually
//! [`crate::plain::to_text`] of the paper itself), and only occurrences *beyond* those are leaks. Each part of a file (page
//! text, properties, bookmarks, each attachment…) is counted against the allowed text on its own, since a heading stands
//! both on the page and in the bookmarks. Counting cannot tell *which* of several occurrences is the wrong one; it finds
//! that there is one too many.
//!
//! No report, error or debug output of this module repeats a withheld word.

mod html;
mod matching;
mod pdf;
mod pictures;

use std::fmt;

use matching::Matcher;

pub use matching::LOOSE_FROM;
pub use pictures::{PictureFault, check_pictures};

/// What kind of file to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// HTML, UTF-8.
    Html,
    /// JSON, UTF-8.
    Json,
    /// Plain text, UTF-8.
    Text,
}

/// What may be read in the paper.
#[derive(Clone, Copy, Default)]
pub struct Allowed<'a> {
    /// Everything that the paper says on purpose, once.
    pub text: &'a str,
    /// Lines that stand on every page on purpose: organisation, reference, footer.
    pub on_every_page: &'a [String],
}

impl fmt::Debug for Allowed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Allowed({} bytes, {} running lines)", self.text.len(), self.on_every_page.len())
    }
}

/// A withheld text that can be read in the paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// Which of the withheld texts, by its place in the list that was given.
    pub withheld: usize,
    /// Where.
    pub place: Place,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the text of a page, from 1.
    Page(u32),
    /// In a drawing that pages use (form XObject), with its object number.
    Drawing(u32),
    /// In the PDF's information dictionary.
    Properties,
    /// In a string under this key: `Title` (bookmarks), `Alt`, `ActualText`, `Contents` (notes), `F` (file names)…
    Key(String),
    /// In the XMP metadata.
    Metadata,
    /// In an attached file, with its object number.
    Attachment(u32),
    /// In another unpacked stream; the number counts streams in the file from 1.
    Stream(u32),
    /// In the bytes outside streams.
    RawBytes,
    /// In an earlier revision of the file, from 1.
    EarlierRevision(u32),
    /// In the text of the HTML page.
    Text,
    /// In the HTML page's title.
    HtmlTitle,
    /// In an attribute.
    Attribute,
    /// In a comment, a script or a style.
    Markup,
    /// In a JSON string, key or number.
    Json,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(number) => write!(f, "page {number}"),
            Self::Drawing(number) => write!(f, "drawing (object {number})"),
            Self::Properties => f.write_str("document properties"),
            Self::Key(key) => write!(f, "strings under {key}"),
            Self::Metadata => f.write_str("XMP metadata"),
            Self::Attachment(number) => write!(f, "attachment (object {number})"),
            Self::Stream(number) => write!(f, "stream {number}"),
            Self::RawBytes => f.write_str("raw bytes"),
            Self::EarlierRevision(number) => write!(f, "earlier revision {number}"),
            Self::Text => f.write_str("text"),
            Self::HtmlTitle => f.write_str("page title"),
            Self::Attribute => f.write_str("attribute"),
            Self::Markup => f.write_str("comment, script or style"),
            Self::Json => f.write_str("JSON"),
        }
    }
}

/// The paper cannot be searched, so it cannot be said to be clean.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The file is not what it should be, or is damaged.
    #[error("the finished {0} cannot be opened again")]
    Unreadable(&'static str),
    /// The PDF is locked.
    #[error("the finished PDF is encrypted, so its text cannot be searched")]
    Encrypted,
    /// A page uses a font without the table that says which letters its glyphs are.
    #[error("the text of page {page} cannot be read: a font does not say which letters it shows")]
    UnreadableText {
        /// The page, from 1; 0 for a drawing.
        page: u32,
    },
}

/// Searches a finished paper for every withheld text. An empty list means that none can be read in it.
///
/// Withheld texts without any letter, digit or sign are passed over: there is nothing in them to give away.
///
/// # Errors
/// [`VerifyError`] when the paper cannot be read in full. Treat it like a leak: the paper must not leave.
pub fn search(kind: Kind, bytes: &[u8], withheld: &[&str], allowed: Allowed<'_>) -> Result<Vec<Leak>, VerifyError> {
    let matcher = Matcher::new(withheld, allowed)?;
    let mut leaks = match kind {
        Kind::Pdf => pdf::search(bytes, &matcher)?,
        Kind::Html => html::search(utf8(bytes, "HTML page")?, &matcher),
        Kind::Json => json(bytes, &matcher)?,
        Kind::Text => matcher.leaks(utf8(bytes, "text")?, &Place::Text),
    };
    leaks.sort();
    leaks.dedup();
    Ok(leaks)
}

/// Which of several texts show which withheld text: pairs of the withheld text's place and the text's place. Anything that
/// `allowed` says once may stand in the texts once, taken together.
pub(crate) fn search_texts(
    texts: &[&str],
    withheld: &[&str],
    allowed: Allowed<'_>,
) -> Result<Vec<(usize, usize)>, VerifyError> {
    let matcher = Matcher::new(withheld, allowed)?;
    let number = |index: usize| Place::Page(u32::try_from(index).unwrap_or(u32::MAX));
    let leaks = matcher.leaks_in_pages(texts, number, 0).into_iter();
    let pair = |leak: Leak| match leak.place {
        Place::Page(text) => Some((leak.withheld, text as usize)),
        _ => None,
    };
    let mut pairs: Vec<(usize, usize)> = leaks.filter_map(pair).collect();
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

fn utf8<'b>(bytes: &'b [u8], what: &'static str) -> Result<&'b str, VerifyError> {
    std::str::from_utf8(bytes).map_err(|_| VerifyError::Unreadable(what))
}

/// The file as one text with its escapes resolved: this sees doubled keys too, which a parsed value would drop.
fn json(bytes: &[u8], matcher: &Matcher) -> Result<Vec<Leak>, VerifyError> {
    let text = utf8(bytes, "JSON file")?;
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|_| VerifyError::Unreadable("JSON file"))?;
    let mut content = text.to_owned();
    for key in JSON_KEYS {
        content = content.replace(&format!("\"{key}\":"), "");
    }
    Ok(matcher.leaks(&unescape_json(&content), &Place::Json))
}

/// The keys of the published data file: they are not content.
const JSON_KEYS: [&str; 47] = [
    "about",
    "answers",
    "categories",
    "complaints",
    "confirmation",
    "date",
    "facts",
    "first",
    "happened",
    "heading",
    "item",
    "items",
    "kind",
    "language",
    "last",
    "law",
    "left_out",
    "left_out_whole",
    "lines",
    "meaning",
    "name",
    "number",
    "organisation",
    "paragraphs",
    "phone",
    "points",
    "purposes",
    "reason",
    "reasons",
    "recipients",
    "records",
    "reference",
    "regulator",
    "requested",
    "retention",
    "rights",
    "schema",
    "searched",
    "shown",
    "source",
    "summary",
    "text",
    "to",
    "to_us",
    "value",
    "website",
    "written",
];

fn unescape_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        if escaped == Some('u') {
            let code: String = chars.by_ref().take(4).collect();
            units.push(u16::from_str_radix(&code, 16).unwrap_or(0xFFFD));
            continue;
        }
        out.extend(char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or('\u{FFFD}')));
        out.push(match escaped {
            None => c,
            Some('n' | 'r' | 't' | 'f' | 'b') => '\n',
            Some(other) => other,
        });
    }
    out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')));
    out
}

#[cfg(test)]
mod tests;
