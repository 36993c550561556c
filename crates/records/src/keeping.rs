//! How long a file is kept: its closing, what keeps it longer, and what is left when it was disposed of (K28, K29).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::people::PersonClass;
use crate::personal::{Personal, sealed, sealed_option};

/// The end of the charity's work with somebody, and how long their file is kept from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The day from which the time runs: the last day of the last service, or the last contact.
    pub left: Date,
    /// The setting of the policy that says how long ("keep:child/leaving").
    pub rule: String,
    /// What it said on the day of closing ("6 years").
    pub kept_for: String,
    /// The last day on which the file must be kept.
    pub keep_until: Date,
    /// What there is to say about the end.
    #[serde(with = "sealed_option", default)]
    pub words: Option<Personal<String>>,
    /// Closed on.
    pub on: Date,
    /// By whom.
    pub by: Option<FileId>,
    /// Put forward to be disposed of.
    pub disposal: Option<PutForward>,
    /// Opened again on: the person came back, or it was closed by mistake.
    pub reopened: Option<Date>,
}

/// Somebody says that the time is over and nothing keeps the file any longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutForward {
    /// When.
    pub on: Date,
    /// Who.
    pub by: Option<FileId>,
    /// Why nothing in it is needed any more.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
    /// Whether originals on paper lie outside the book and have to be shredded too.
    pub originals: bool,
    /// The second person agreed.
    pub agreed: Option<Agreement>,
}

/// A second person agreed that a file is disposed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// When.
    pub on: Date,
    /// Who.
    pub by: Option<FileId>,
    /// The first day on which it is carried out: until then it can be called off.
    pub from: Date,
}

/// Why a file is kept longer than the policy's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldReason {
    /// A claim, or the threat of one.
    Claim,
    /// An inquiry or an inspection.
    Inquiry,
    /// The police or a court want it, or will.
    Police,
    /// An allegation against somebody who works with children.
    Allegation,
    /// It is known or alleged that the child was sexually abused.
    Abuse,
    /// The child was protected under a plan, or there were concerns for their safety.
    Protection,
    /// The child was looked after by a council.
    LookedAfter,
    /// An accident at the charity.
    Accident,
    /// Another law, or a contract with whoever pays, asks for it.
    Law,
}

impl HoldReason {
    /// All reasons, in the order in which a form offers them.
    pub const ALL: [Self; 9] = [
        Self::Abuse,
        Self::Protection,
        Self::LookedAfter,
        Self::Allegation,
        Self::Accident,
        Self::Claim,
        Self::Police,
        Self::Inquiry,
        Self::Law,
    ];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Inquiry => "inquiry",
            Self::Police => "police",
            Self::Allegation => "allegation",
            Self::Abuse => "abuse",
            Self::Protection => "protection",
            Self::LookedAfter => "looked-after",
            Self::Accident => "accident",
            Self::Law => "law",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Claim => "A legal claim, or somebody may make one",
            Self::Inquiry => "An inquiry or an inspection",
            Self::Police => "The police or a court need it",
            Self::Allegation => "An allegation about somebody who works with children",
            Self::Abuse => "The child was sexually abused, or may have been",
            Self::Protection => "There were concerns for the child’s safety",
            Self::LookedAfter => "The child was looked after by a council",
            Self::Accident => "An accident while they were with us",
            Self::Law => "Another law, or a contract, asks for it",
        }
    }

    /// The reason that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.slug() == slug)
    }
}

/// Something that keeps a file longer, until it is lifted. Its end does not lift it: somebody looks at it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub because: HoldReason,
    /// What exactly: which claim, which law.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
    /// Until when, where that is known.
    pub until: Option<Date>,
    /// When somebody looks at it again.
    pub review: Date,
    /// Placed on.
    pub on: Date,
    /// By whom.
    pub by: Option<FileId>,
    /// What was said each time it was looked at again.
    pub reviews: Vec<HoldReview>,
    /// Lifted on.
    pub lifted: Option<Date>,
}

/// Somebody looked at a hold again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldReview {
    /// When.
    pub on: Date,
    /// Who.
    pub by: Option<FileId>,
    /// Why it is still needed, or no longer.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
}

/// What is left of a file that was disposed of: that it was, under which rule, by whom. Nothing about whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// The number on its certificate ("DIS-2026-0003").
    pub reference: String,
    /// What kind of person it was about.
    pub class: PersonClass,
    /// The day from which the time ran.
    pub left: Date,
    /// The setting of the policy.
    pub rule: String,
    /// What it said.
    pub kept_for: String,
    /// The last day on which it had to be kept.
    pub keep_until: Date,
    /// Put forward on, and by whom.
    pub put_forward: (Date, Option<FileId>),
    /// Agreed on, and by whom.
    pub agreed: (Date, Option<FileId>),
    /// Done on.
    pub done: Date,
    /// How many files of the person.
    pub files: u32,
    /// How many records.
    pub records: u32,
    /// How many of them were papers.
    pub papers: u32,
    /// Whether originals on paper were to be shredded too.
    pub originals: bool,
}
