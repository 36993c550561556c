//! A question, or a change that somebody wants in their file: noted at a viewing or after reading an answer, and followed
//! until they know what came of it (K22, T31).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, RecordId};
use crate::personal::{Personal, sealed};
use crate::requests::ItemRef;

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WishKind {
    /// They ask something that nobody could answer at once.
    Question,
    /// They say that something is wrong and want it changed.
    Change,
}

impl WishKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Change, Self::Question];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Change => "change",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Question => "Question",
            Self::Change => "Change wanted",
        }
    }

    /// The kind that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// What came of it, as they were told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishOutcome {
    /// The day.
    pub on: Date,
    /// Whether it was done as they wanted, or answered; a change can be declined with reasons.
    pub done: bool,
    /// The answer, what was changed, or why not.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
    /// Who settled it.
    pub by: Option<FileId>,
}

/// A question or a change that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The request for access in which it came up.
    pub request: RecordId,
    /// The viewing at which it came up, from 1; none where they wrote or telephoned.
    pub viewing: Option<u32>,
    /// The record of the answer that it is about, if any.
    pub item: Option<ItemRef>,
    /// What it is.
    pub wish: WishKind,
    /// Their words.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
    /// The day.
    pub on: Date,
    /// What came of it; none while it is open.
    pub outcome: Option<WishOutcome>,
}
