//! Asking somebody whether what they told, or what names them, may be given to the person who asked for it (K25, K27; Data
//! Protection Act 2018, Schedule 2, paragraph 16).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, RecordId};
use crate::personal::{Personal, sealed, sealed_option};
use crate::requests::{Details, ItemRef};

/// What somebody answered who was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreed {
    /// They agree.
    Yes,
    /// They agree to a part of it.
    Partly,
    /// They do not.
    No,
    /// They did not answer, and were asked again.
    Silent,
}

impl Agreed {
    /// All, in the order in which a form offers them.
    pub const ALL: [Self; 4] = [Self::Yes, Self::Partly, Self::No, Self::Silent];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
            Self::Silent => "silent",
        }
    }

    /// What a page says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Yes => "They agree",
            Self::Partly => "They agree to a part of it",
            Self::No => "They do not agree",
            Self::Silent => "They did not answer, or cannot be reached",
        }
    }

    /// The answer that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == slug)
    }
}

/// Their answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The day on which it came, or on which somebody gave up waiting.
    pub on: Date,
    /// What it was.
    pub agreed: Agreed,
    /// Their words.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
    /// Who noted it.
    pub by: Option<FileId>,
}

/// What the charity decided, having weighed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// The day.
    pub on: Date,
    /// Whether it goes out, as a whole or with passages covered.
    pub give: bool,
    /// What was weighed, and why it came out so.
    #[serde(with = "sealed")]
    pub reasons: Personal<String>,
    /// Who decided.
    pub by: Option<FileId>,
}

/// Somebody who was asked. It lies in the file of the person whose request it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// The request.
    pub request: RecordId,
    /// The gathered records that it is about.
    pub items: Vec<ItemRef>,
    /// The words of the records that it is about, where it is not about all of them: what else they say can be given
    /// once these are covered.
    #[serde(with = "sealed_option", default)]
    pub passage: Option<Personal<String>>,
    /// The file of whoever is asked, where they are in the book.
    pub file: Option<FileId>,
    /// Their name and where to write to, as typed.
    pub whom: Details,
    /// What they were told that it is about. They learn no more of the request than this.
    #[serde(with = "sealed")]
    pub about: Personal<String>,
    /// The day on which they were asked.
    pub asked: Date,
    /// By when an answer is wanted.
    pub reply_by: Date,
    /// The days on which they were asked again.
    pub chased: Vec<Date>,
    /// The letters to them.
    pub letters: Vec<RecordId>,
    /// Their answer.
    pub reply: Option<Reply>,
    /// What was decided.
    pub weighed: Option<Weighed>,
}

impl Consultation {
    /// Who was asked, as a page names them.
    pub fn name(&self) -> String {
        self.whom.name.as_ref().map(|name| name.for_page().clone()).unwrap_or_default()
    }

    /// Whether it is about a record.
    pub fn is_about(&self, item: &ItemRef) -> bool {
        self.items.iter().any(|one| one.file == item.file && one.record == item.record)
    }
}
