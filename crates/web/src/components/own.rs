//! Guardbook's own parts: warning strip, clock, timeline, clause board, Easy Read, review of text.

use super::{Content, Tag, Tone};
use askama::Template;

/// Something that everybody who opens a file must know before anything else.
#[derive(Clone, Debug)]
pub struct Warning {
    /// What it is, like "Safe address". Shown in bold.
    pub title: String,
    /// What to do, like "Do not write to the home address".
    pub text: String,
}

/// The warnings of a file, above everything else. Prints nothing when there are none.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/warning_strip.html")]
pub struct WarningStrip {
    /// The warnings, worst first.
    pub warnings: Vec<Warning>,
}

/// How pressing a date is. The words say it; this adds the colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// Time enough.
    #[default]
    Calm,
    /// Within a week.
    Soon,
    /// Past.
    Late,
    /// Paused or finished: nothing runs.
    Stopped,
}

impl Urgency {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Calm => "",
            Self::Soon => " gb-clock--soon",
            Self::Late => " gb-clock--late",
            Self::Stopped => " gb-clock--stopped",
        }
    }
}

/// One line of the sum that leads to a date.
#[derive(Clone, Debug)]
pub struct ClockLine {
    /// What is counted, like "Paused while we asked what they want".
    pub because: String,
    /// What it gives, like "9 to 16 March 2026, both days counted: 8 days".
    pub gives: String,
}

/// A date with the sum that leads to it, line by line. Nothing ticks: the page says when it was worked out.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/clock_panel.html")]
pub struct ClockPanel {
    /// What is due, like "Reply due".
    pub title: String,
    /// The date in words, like "Tuesday 22 December 2026".
    pub date: String,
    /// How far off it is, like "in 5 days" or "late by 2 days".
    pub distance: String,
    /// How pressing it is.
    pub urgency: Urgency,
    /// The sum.
    pub lines: Vec<ClockLine>,
    /// When it was worked out, like "Worked out today at 14:05"; empty for none.
    pub note: String,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What happened.
    pub title: String,
    /// By whom, in role and team; empty for none.
    pub by: String,
    /// When it happened, in words.
    pub when: String,
    /// When it was written, when that is not the same day; empty otherwise.
    pub written: String,
    /// What is to be said about it.
    pub text: Option<Content>,
    /// States, like "In confidence" or "Correction".
    pub tags: Vec<Tag>,
    /// Words and link to more.
    pub link: Option<(String, String)>,
}

impl Entry {
    /// An entry with its title and its day.
    pub fn new(title: impl Into<String>, when: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            by: String::new(),
            when: when.into(),
            written: String::new(),
            text: None,
            tags: Vec::new(),
            link: None,
        }
    }
}

/// What happened, newest first unless the page says otherwise.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    /// The entries in the order they are shown.
    pub entries: Vec<Entry>,
}

/// Whether a promise of the policy is kept. "Not measured" is honest and never green.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseState {
    /// Measured, and kept.
    Kept,
    /// Measured, kept so far, and going the wrong way.
    Slipping,
    /// Measured, and not kept.
    NotKept,
    /// Nothing here can tell.
    NotMeasured,
}

impl ClauseState {
    /// The state as a tag.
    pub fn tag(self) -> Tag {
        match self {
            Self::Kept => Tag::new("Kept", Tone::Green),
            Self::Slipping => Tag::new("Slipping", Tone::Yellow),
            Self::NotKept => Tag::new("Not kept", Tone::Red),
            Self::NotMeasured => Tag::new("Not measured", Tone::Grey),
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Slipping => "slipping",
            Self::NotKept => "not-kept",
            Self::NotMeasured => "not-measured",
        }
    }
}

/// One promise of the policy, in its own words.
#[derive(Clone, Debug)]
pub struct ClauseRow {
    /// The clause's id, like `K21`.
    pub id: String,
    /// Where the clause has its own page; empty for none.
    pub href: String,
    /// The words of the clause as published.
    pub words: String,
    /// Whether it is kept.
    pub state: ClauseState,
    /// Why, in a sentence.
    pub reason: String,
    /// What the state rests on, like "14 requests since 1 April"; empty for none.
    pub evidence: String,
}

/// The policy, clause by clause, with what became of each promise.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/clause_board.html")]
pub struct ClauseBoard {
    /// The clauses in the order of the policy.
    pub clauses: Vec<ClauseRow>,
}

/// A picture and one sentence.
#[derive(Clone, Debug)]
pub struct EasyReadRow {
    /// The picture's name in `assets::pictures`, like `letter`; an unknown name leaves the place empty.
    pub picture: String,
    /// The sentence.
    pub words: Content,
}

/// Easy Read: pictures to the left, one sentence to the right of each.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/easy_read.html")]
pub struct EasyRead {
    /// The rows.
    pub rows: Vec<EasyReadRow>,
}

impl EasyRead {
    fn picture(row: &EasyReadRow) -> &'static str {
        assets::picture(&row.picture).map_or("", |asset| asset.path)
    }
}

/// What a piece of text under review is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words that go out as they are.
    Plain(String),
    /// Words that the program points at and nobody has decided on.
    Suggested {
        /// The words.
        words: String,
        /// Why they are pointed at, like "Name of another child".
        why: String,
        /// The `id` of the mark in the page.
        id: String,
    },
    /// Words that are covered in the copy that goes out; the reviewer still reads them.
    Marked {
        /// The words.
        words: String,
        /// The reason's number.
        reason: u8,
        /// The reason's name.
        why: String,
    },
    /// A covered place as the requester sees it: a solid box with the reason's number, and no words.
    Covered(Covered),
}

/// A covered place in the requester's copy. It does not know what it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The reason's number.
    pub reason: u8,
    /// The reason in the words that the requester reads.
    pub why: String,
}

/// One line or paragraph under review.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// Number of the line in the document, counted from 1.
    pub number: usize,
    /// Its pieces in order.
    pub spans: Vec<Span>,
    /// Whether its box is ticked. `None` leaves the box out (requester's view).
    pub ticked: Option<bool>,
}

/// A document under review: rows that can be focused, pieces that are marked. Works without scripts: the boxes
/// post the row numbers under `row`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/review.html")]
pub struct Review {
    /// What the document is called, for those who do not see the page.
    pub title: String,
    /// What the rows' ids begin with, like `row` for `row-1`; must differ between two documents on a page.
    pub id: String,
    /// The rows.
    pub rows: Vec<ReviewRow>,
}
