//! A complaint about how the charity handles personal data (Data Protection Act 2018, section 164A).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, RecordId};
use crate::personal::{Personal, sealed, sealed_option};
use crate::requests::{Details, Event, Intake, Requester};

/// What the charity found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// They are right.
    Upheld,
    /// They are right in part.
    InPart,
    /// The charity sees no fault.
    NotUpheld,
}

impl Finding {
    /// All findings.
    pub const ALL: [Self; 3] = [Self::Upheld, Self::InPart, Self::NotUpheld];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::InPart => "in-part",
            Self::NotUpheld => "not-upheld",
        }
    }

    /// What a page and a letter say.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Upheld => "You are right",
            Self::InPart => "You are right in part",
            Self::NotUpheld => "We do not think that we did wrong",
        }
    }

    /// The finding that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.slug() == slug)
    }
}

/// What came of a complaint, as the person was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day.
    pub on: Date,
    /// What was found.
    pub finding: Finding,
    /// Why, as the person reads it.
    #[serde(with = "sealed")]
    pub findings: Personal<String>,
    /// What the charity does about it, as the person reads it.
    #[serde(with = "sealed")]
    pub actions: Personal<String>,
}

/// What somebody found out while looking into it; the person does not read it as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<FileId>,
    /// What was asked, of whom, and what came of it.
    #[serde(with = "sealed")]
    pub what: Personal<String>,
}

/// The regulator looks into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegulatorCase {
    /// The day on which the charity heard of it.
    pub on: Date,
    /// The regulator's own reference.
    pub reference: String,
    /// What it asks, or decided.
    #[serde(with = "sealed")]
    pub said: Personal<String>,
}

/// A complaint. It lies in the file of the person whose data it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The reference on letters ("CMP-2026-0007").
    pub reference: String,
    /// The day on which the charity, anybody in it, had it.
    pub received: Date,
    /// How it came.
    pub intake: Intake,
    /// Who complains, where it is not the person themselves.
    pub by: Option<Requester>,
    /// Name and ways to reach whoever complains, as they stand in the complaint.
    pub details: Details,
    /// What they complain about, in their words.
    #[serde(with = "sealed")]
    pub about: Personal<String>,
    /// The access request that it is about, if any: its record and its reference.
    pub request: Option<(RecordId, String)>,
    /// The role that the policy sends it to, in the policy's words.
    pub routed_to: String,
    /// The role that helps the person to complain, in the policy's words, where the policy names one.
    pub advice: Option<String>,
    /// The version of the policy under which it is worked.
    pub policy: Option<RecordId>,
    /// Acknowledged on.
    pub acknowledged: Option<Date>,
    /// What was found out.
    pub enquiries: Vec<Enquiry>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What the regulator says, if it was asked.
    pub regulator: Vec<RegulatorCase>,
    /// Why it ended without an outcome: taken back, and how.
    #[serde(with = "sealed_option", default)]
    pub withdrawn: Option<Personal<String>>,
    /// Its history in words.
    pub events: Vec<Event>,
}

impl Complaint {
    /// Whether somebody still waits for an answer.
    pub const fn is_open(&self) -> bool {
        self.outcome.is_none() && self.withdrawn.is_none()
    }
}
