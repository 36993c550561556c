//! The one model of a paper that leaves the charity: a letter, a notice, an Easy Read sheet, a pack.
//!
//! Text in a document is always data. Nothing in it is read as markup by the HTML, PDF or plain writer, so a note that
//! says `#read("/etc/passwd")` or `<script>` is printed as those characters.

use std::sync::Arc;

use jiff::civil::Date;

use crate::pages::{Area, Made};
use crate::pictures::Picture;

/// A paper, ready to be written as HTML, PDF or plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The main heading, and the title in the file's metadata. Keep names of people out of it: viewers and mail
    /// programs show it in lists and tabs.
    pub title: String,
    /// BCP 47 language of the text: `en-GB`, `cy`.
    pub language: String,
    /// The look: a letter, a notice, a pack or an Easy Read sheet.
    pub kind: DocumentKind,
    /// The charity's own reference, such as `REQ-2026-0042`; printed at the head of every page.
    pub reference: Option<String>,
    /// The date of the paper. Printed, and the file's creation date; never read from a clock.
    pub date: Date,
    /// Who writes.
    pub letterhead: Letterhead,
    /// To whom, one line each; empty for notices.
    pub addressee: Vec<String>,
    /// What the paper says, in order.
    pub blocks: Vec<Block>,
    /// One line at the foot of every page, beside "Page 3 of 41".
    pub footer: Option<String>,
}

/// What a paper is, which decides its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// To one person: letterhead, addressee, date, then the title as the subject line.
    Letter,
    /// For everybody: the title in front, the date below.
    Notice,
    /// The answer to an access request: a front page, then numbered items.
    Pack,
    /// Large type, pictures on the left, few words on the right.
    EasyRead,
}

/// The sender as printed at the head of the first page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The charity's name.
    pub organisation: String,
    /// Address, telephone, e-mail, charity number: one line each.
    pub lines: Vec<String>,
}

/// A part of a paper that stands on its own lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading below the title. Level 1 is the highest (`<h2>` in HTML); a skipped level is closed up when written,
    /// because PDF/UA refuses it.
    Heading {
        /// 1 to 4; other values are brought into that range.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list with bullets.
    List(Vec<Vec<Inline>>),
    /// A list with numbers from 1.
    Numbered(Vec<Vec<Inline>>),
    /// Names and their values: "Dated: 4 March 2026".
    Facts(Vec<(String, Vec<Inline>)>),
    /// A table.
    Table(Table),
    /// A framed part that stands out.
    Callout {
        /// Its heading, printed bold; not part of the outline.
        title: String,
        /// What it says.
        body: Vec<Vec<Inline>>,
    },
    /// A picture and one idea in few words.
    EasyRead {
        /// The picture on the left.
        picture: Picture,
        /// The words on the right.
        text: Vec<Inline>,
    },
    /// One record in a pack.
    Item(Item),
    /// The list of items with the page where each begins (PDF) or a link (HTML). Empty without items.
    Contents,
    /// An address, one line each.
    Address(Vec<String>),
    /// Who signs, with room for the hand: name, role.
    Signature(Vec<String>),
    /// The next block begins a new page.
    PageBreak,
}

/// A table. Rows shorter than the head are filled with empty cells, longer ones widen the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table shows; read out first.
    pub caption: String,
    /// The column headings, repeated on each page.
    pub head: Vec<String>,
    /// The rows. The first cell of each row names it when `row_headers` is set.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Whether the first cell of each row is that row's heading.
    pub row_headers: bool,
    /// Share of the width per column; empty for equal shares.
    pub widths: Vec<u8>,
}

/// One record as the person who asked receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number in the pack, from 1: "item 7".
    pub number: u32,
    /// What it is, without names: "Note of a home visit".
    pub heading: String,
    /// When it happened, in words.
    pub dated: Option<String>,
    /// Where it came from, in words.
    pub source: Option<String>,
    /// Further facts: when it was written, by which role, with which confidence.
    pub facts: Vec<(String, String)>,
    /// The text, paragraph by paragraph, with what was left out marked.
    pub text: Vec<Vec<Inline>>,
    /// The pages that go out as pictures, each with its words; after the text.
    pub pages: Vec<ItemPage>,
}

/// One page of a paper that goes out as a picture, and the words that may be read on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPage {
    /// Which page of the paper, from 1.
    pub number: u32,
    /// How many pages the paper has.
    pub of: u32,
    /// The picture. The PDF shows it; the web page and the data file have the words alone.
    pub picture: Arc<Made>,
    /// The words on it, paragraph by paragraph, with what was left out marked.
    pub text: Vec<Vec<Inline>>,
    /// The words that may be read once more, where they stand, so that they can be searched and marked on the picture.
    pub layer: Vec<LayerRun>,
}

/// Some words in a row, and where they stand on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerRun {
    /// The words.
    pub words: String,
    /// Where, as shares of the page's width and height in hundredths of a thousand.
    pub area: Area,
}

/// A whole side of a page in [`LayerRun::area`].
pub const WHOLE_SIDE: u32 = 100_000;

impl ItemPage {
    /// What stands above the picture.
    pub fn caption(&self) -> String {
        let words = if self.text.is_empty() { "No words could be read on it." } else { "Its words follow." };
        format!("Page {} of {} is a picture in the PDF of this answer. {words}", self.number, self.of)
    }
}

/// A run of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Important words, bold.
    Strong(String),
    /// A place where words were left out. It shows two numbers and nothing else, so that the size of the box says
    /// nothing about what is under it.
    Redacted {
        /// Which place this is, counted through the whole pack; the log lists it.
        number: u32,
        /// The number of the reason as the pack explains it.
        reason: u32,
    },
    /// A link. Only `https:`, `http:`, `mailto:`, `tel:` and places on the same page (`#…`) are linked; the text of
    /// others is printed without a link.
    Link {
        /// The words.
        text: String,
        /// The address.
        href: String,
    },
    /// A new line within the paragraph.
    LineBreak,
}

impl Document {
    /// An empty paper with the given title and date, in British English.
    pub fn new(kind: DocumentKind, title: impl Into<String>, date: Date) -> Self {
        Self {
            title: title.into(),
            language: "en-GB".to_owned(),
            kind,
            reference: None,
            date,
            letterhead: Letterhead::default(),
            addressee: Vec::new(),
            blocks: Vec::new(),
            footer: None,
        }
    }

    /// The language without its region: `en` of `en-GB`. Falls back to `en` when it is not two or three letters.
    pub(crate) fn language_code(&self) -> String {
        let code = self.language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase()) {
            code
        } else {
            "en".to_owned()
        }
    }

    /// The region of the language, if it names one: `GB` of `en-GB`.
    pub(crate) fn language_region(&self) -> Option<String> {
        let region = self.language.split(['-', '_']).nth(1)?.to_ascii_uppercase();
        (region.len() == 2 && region.chars().all(|c| c.is_ascii_uppercase())).then_some(region)
    }

    /// The date as printed: "22 November 2026".
    pub fn date_in_words(&self) -> String {
        date_in_words(self.date)
    }
}

/// A date as people write it: "22 November 2026".
pub fn date_in_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index));
    format!("{} {} {}", date.day(), month.copied().unwrap_or_default(), date.year())
}

/// One plain run of text as inlines; line breaks in it become [`Inline::LineBreak`].
pub fn text(words: impl AsRef<str>) -> Vec<Inline> {
    let mut out = Vec::new();
    for (index, line) in words.as_ref().lines().enumerate() {
        if index > 0 {
            out.push(Inline::LineBreak);
        }
        if !line.is_empty() {
            out.push(Inline::Text(line.to_owned()));
        }
    }
    out
}

/// A paragraph of plain text.
pub fn paragraph(words: impl AsRef<str>) -> Block {
    Block::Paragraph(text(words))
}

/// A heading; level 1 is the highest below the title.
pub fn heading(level: u8, words: impl Into<String>) -> Block {
    Block::Heading { level, text: words.into() }
}

/// Whether a link's address may be made into a link: web, mail, telephone, or a place on the same page. Keeps
/// `javascript:` and the like out of what leaves.
pub(crate) fn is_safe_link(href: &str) -> bool {
    let lower = href.trim_start().to_ascii_lowercase();
    !href.chars().any(char::is_control)
        && ["https://", "http://", "mailto:", "tel:", "#"].iter().any(|start| lower.starts_with(start))
}

/// Heading levels with gaps closed: each is at most one deeper than the one before (PDF/UA-1 refuses a skipped level).
pub(crate) struct Levels {
    last: u8,
}

impl Levels {
    pub(crate) fn new() -> Self {
        Self { last: 0 }
    }

    /// The level to write for a heading that asks for `wanted`.
    pub(crate) fn next(&mut self, wanted: u8) -> u8 {
        self.last = wanted.clamp(1, 4).min(self.last + 1);
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_heading_level_is_closed_up() {
        let mut levels = Levels::new();
        let written: Vec<u8> = [3, 4, 1, 3, 9, 0].into_iter().map(|level| levels.next(level)).collect();
        assert_eq!(written, [1, 2, 1, 2, 3, 1]);
    }

    #[test]
    fn only_harmless_addresses_become_links() {
        for good in ["https://ico.org.uk", "mailto:help@example.org", "tel:03031231113", "#item-3"] {
            assert!(is_safe_link(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", " JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd", "https://a\nb", ""]
        {
            assert!(!is_safe_link(bad), "{bad}");
        }
    }

    #[test]
    fn a_date_reads_as_people_write_it() {
        assert_eq!(date_in_words(jiff::civil::date(2026, 11, 2)), "2 November 2026");
    }

    #[test]
    fn a_strange_language_tag_falls_back_to_english() {
        let mut document = Document::new(DocumentKind::Notice, "T", jiff::civil::date(2026, 1, 1));
        document.language = "cy".to_owned();
        assert_eq!((document.language_code().as_str(), document.language_region()), ("cy", None));
        document.language = "\"><b>".to_owned();
        assert_eq!(document.language_code(), "en");
    }
}
