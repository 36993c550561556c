//! What was read out of a paper: plain values that every reader fills and that pages, search and redaction use.

use serde::{Deserialize, Serialize};

/// What sort of file it is, told from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// PDF.
    Pdf,
    /// Word (`.docx`).
    Word,
    /// OpenDocument text.
    OpenText,
    /// Excel (`.xlsx`).
    Excel,
    /// OpenDocument spreadsheet.
    OpenSheet,
    /// One e-mail (`.eml`).
    Mail,
    /// A mailbox (`.mbox`).
    Mailbox,
    /// A picture: PNG, JPEG, TIFF, GIF, WebP, BMP.
    Picture,
    /// A picture that nothing here can show (HEIC).
    ClosedPicture,
    /// Comma-separated values.
    Csv,
    /// Plain text.
    Text,
    /// An archive of papers.
    Zip,
}

impl Sort {
    /// Its media type, as far as the sort alone says it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::OpenText => "application/vnd.oasis.opendocument.text",
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::OpenSheet => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Mail => "message/rfc822",
            Self::Mailbox => "application/mbox",
            Self::Picture => "image/*",
            Self::ClosedPicture => "image/heic",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
            Self::Zip => "application/zip",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Word => "Word document",
            Self::OpenText => "OpenDocument text",
            Self::Excel => "Excel workbook",
            Self::OpenSheet => "OpenDocument spreadsheet",
            Self::Mail => "e-mail",
            Self::Mailbox => "mailbox",
            Self::Picture => "picture",
            Self::ClosedPicture => "picture (HEIC)",
            Self::Csv => "table (CSV)",
            Self::Text => "text",
            Self::Zip => "ZIP archive",
        }
    }
}

/// What a paper says.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// All that a reader sees, in reading order, lines separated by `\n`, parts and paragraphs by an empty line. Nothing hidden is in it.
    pub text: String,
    /// The parts of the text, in order: pages, sheets, messages. Together they span the text.
    pub parts: Vec<Part>,
    /// The pages that can be shown as images, in order.
    pub pages: Vec<Page>,
    /// What is in the file and is not seen by a reader. It never leaves with the paper.
    pub hidden: Vec<Hidden>,
    /// The papers inside: attachments, members of an archive.
    pub inside: Vec<Inside>,
    /// What could not be read, in words for staff ("Page 3 of 9 could not be read").
    pub troubles: Vec<String>,
}

impl Reading {
    /// Whether every part lies within the text, one after the other, and the words of page `n` within part `n`.
    pub fn holds(&self) -> bool {
        let mut end = 0;
        let parts = self.parts.iter().all(|part| {
            let follows = part.start >= end && self.text.get(part.start..part.end).is_some();
            end = part.end;
            follows
        });
        let words = self.pages.iter().enumerate().all(|(number, page)| {
            let Some(part) = self.parts.get(number) else { return page.words.is_empty() };
            let within = |word: &Word| part.start <= word.start && word.end <= part.end;
            page.words.iter().all(|word| within(word) && self.text.get(word.start..word.end).is_some())
        });
        parts && words
    }
}

// A reading is all personal: it never prints itself.
impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading")
            .field("text", &self.text.len())
            .field("pages", &self.pages.len())
            .finish_non_exhaustive()
    }
}

/// One part of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is called: "Page 3", "Sheet Visits", "Message of 4 May 2026".
    pub title: String,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// One page. Lengths are in points (1/72 inch) from the top left corner; an image without a size has one point a pixel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The words on it, in reading order.
    pub words: Vec<Word>,
    /// Whether there is nothing to read but a picture: then only character recognition gives its words.
    pub scan: bool,
}

/// One word on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Its first byte in the text of the reading.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// What sort of thing is in a file unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenSort {
    /// Author, company, dates, program, title.
    Metadata,
    /// Where and with what a picture was taken.
    Camera,
    /// A small picture of an earlier state.
    Thumbnail,
    /// Words deleted or added with changes tracked.
    TrackedChange,
    /// A comment or annotation.
    Comment,
    /// Text that is set not to show, or shows in nothing (white, size 0, outside the page).
    HiddenText,
    /// A hidden row.
    HiddenRow,
    /// A hidden column.
    HiddenColumn,
    /// A hidden sheet.
    HiddenSheet,
    /// The data behind a pivot table or a chart.
    Cache,
    /// An earlier version that is still in the file.
    EarlierVersion,
    /// A file inside the file.
    Embedded,
    /// A script, macro or action.
    Script,
    /// A blind copy or another header that the reader does not see.
    MailHeader,
    /// Anything else.
    Other,
}

impl HiddenSort {
    /// What a page calls one of them.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Metadata => "details about the file",
            Self::Camera => "camera details",
            Self::Thumbnail => "a small picture of an earlier state",
            Self::TrackedChange => "a tracked change",
            Self::Comment => "a comment",
            Self::HiddenText => "hidden text",
            Self::HiddenRow => "a hidden row",
            Self::HiddenColumn => "a hidden column",
            Self::HiddenSheet => "a hidden sheet",
            Self::Cache => "data behind a table or chart",
            Self::EarlierVersion => "an earlier version",
            Self::Embedded => "a file inside",
            Self::Script => "a script",
            Self::MailHeader => "a mail header that readers do not see",
            Self::Other => "something unseen",
        }
    }
}

/// One thing in a file that a reader does not see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// What sort.
    pub sort: HiddenSort,
    /// Where: "Sheet Visits, row 12", "Page 3".
    pub place: String,
    /// What it says, shortened; empty where it says nothing in words.
    pub text: String,
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hidden").field("sort", &self.sort).finish_non_exhaustive()
    }
}

/// A paper inside a paper.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// Its file name.
    pub name: String,
    /// Its bytes. Sent beside the reading, not in its JSON.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inside").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}
