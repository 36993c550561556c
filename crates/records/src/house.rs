//! What is about the charity itself. It lies in the house file.

use clock::Nation;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::DataCategory;
use crate::id::{FileId, RecordId, ServiceId};
use crate::personal::{Personal, sealed, sealed_list};
use crate::work::LetterKind;

/// The charity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charity {
    /// Its name.
    pub name: String,
    /// Its registration with the regulator of charities.
    pub registration: String,
    /// Its postal address, one line each.
    pub address: Vec<String>,
    /// The data protection contact's e-mail.
    pub contact_email: String,
    /// The data protection contact's telephone.
    pub contact_phone: String,
    /// Where it works; with several nations the earliest date counts.
    pub nations: Vec<Nation>,
    /// The regulator of data protection, with the day on which the details were checked.
    pub regulator: Regulator,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// What the charity says of its own in letters of a kind, around what they must say.
    #[serde(default)]
    pub own_words: Vec<(LetterKind, OwnWords)>,
}

/// A charity's own words in letters of a kind; each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords {
    /// Paragraphs before the letter's own.
    pub opening: String,
    /// Paragraphs after them.
    pub closing: String,
}

impl Charity {
    /// Its own words in letters of a kind.
    pub fn words_in(&self, kind: LetterKind) -> OwnWords {
        self.own_words.iter().find(|(of, _)| *of == kind).map(|(_, words)| words.clone()).unwrap_or_default()
    }
}

/// The regulator's details: configuration, never a literal in the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regulator {
    /// Its name.
    pub name: String,
    /// Its postal address, one line each.
    pub address: Vec<String>,
    /// Its telephone.
    pub phone: String,
    /// Its website.
    pub website: String,
    /// The day on which somebody checked these details.
    pub checked: Date,
}

/// A service that the charity runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id, the same in every header.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
    /// What it does, in a sentence for families.
    pub about: String,
    /// The special and financial categories that it needs; others are refused.
    pub needs: Vec<DataCategory>,
    /// Whose contract it is, where it is run for somebody.
    pub commissioner: Option<String>,
    /// Its last day, once it has ended.
    pub ended: Option<Date>,
}

/// One version of the charity's policy: all its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// The texts: file name and Markdown.
    pub texts: Vec<(String, String)>,
    /// In force from.
    pub from: Date,
    /// Who adopted it.
    pub adopted_by: Option<FileId>,
    /// When.
    pub adopted_at: Timestamp,
}

/// A bank holiday that was proclaimed after this program was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day.
    pub day: Date,
    /// Where.
    pub nations: Vec<Nation>,
    /// What for.
    pub name: String,
}

/// A place where records may lie outside the book; each is on the list of places to search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its name ("Shared drive", "Cabinet 2").
    pub name: String,
    /// Who can look there.
    pub holder: String,
    /// No longer in use.
    pub closed: bool,
}

/// An import, so that it can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The file's name.
    pub file_name: String,
    /// How many rows.
    pub rows: u64,
    /// The digest of the file.
    pub sha256: String,
    /// The service into which people were enrolled, if any.
    pub service: Option<ServiceId>,
    /// Remarks.
    #[serde(with = "sealed_list", default)]
    pub remarks: Vec<Personal<String>>,
    /// The sheet of the workbook that was brought in; empty for a CSV file.
    #[serde(default)]
    pub sheet: String,
    /// The list that undoing needs; none for imports from before it was kept.
    #[serde(default)]
    pub list: Option<ImportList>,
    /// How it was undone, if it was.
    #[serde(default)]
    pub undone: Option<ImportUndone>,
}

/// What an import wrote. Its records have ids between `first` and the id of the import's own record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportList {
    /// An id that was drawn before its first record.
    pub first: RecordId,
    /// The files that it opened.
    pub files: Vec<FileId>,
    /// Records that it added to files which were there before.
    #[serde(default)]
    pub added: Vec<(FileId, RecordId)>,
    /// Records that it changed in files which were there before, with the version that it made.
    #[serde(default)]
    pub changed: Vec<(FileId, RecordId, u32)>,
}

/// An import that was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUndone {
    /// When.
    pub at: Timestamp,
    /// By whom; none for the command line.
    pub by: Option<FileId>,
    /// Why.
    #[serde(with = "sealed")]
    pub reason: Personal<String>,
    /// How many files went.
    pub files: u64,
    /// How many records in other files went or were put back.
    pub records: u64,
    /// How many files stayed, since something else had come in.
    pub kept: u64,
}
