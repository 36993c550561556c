//! The work with a person: services used, notices given, notes, papers, letters, sharing.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::DataCategory;
use crate::id::{BodyId, FileId, RecordId, ServiceId};
use crate::mailing::Mailing;
use crate::people::Channel;
use crate::personal::{Personal, sealed, sealed_list, sealed_option};

/// A person's use of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Which service.
    pub service: ServiceId,
    /// Why the person uses it.
    #[serde(with = "sealed")]
    pub reason: Personal<String>,
    /// First day.
    pub started: Date,
    /// Last day, once it has ended.
    pub ended: Option<Date>,
    /// What the work is meant to change, and how it went, in the order written.
    #[serde(with = "sealed_list", default)]
    pub outcomes: Vec<Personal<String>>,
}

/// In which form a notice was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeForm {
    /// The full text.
    Full,
    /// Easy Read.
    EasyRead,
    /// Explained by word of mouth.
    Spoken,
}

impl NoticeForm {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Full, Self::EasyRead, Self::Spoken];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::EasyRead => "easy-read",
            Self::Spoken => "spoken",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Full => "the full notice",
            Self::EasyRead => "the Easy Read notice",
            Self::Spoken => "explained in conversation",
        }
    }

    /// The form that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.slug() == slug)
    }
}

/// A privacy notice, owed (`given` is none) or given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeGiven {
    /// The version of the policy.
    pub policy: Option<RecordId>,
    /// When and in which form; none while it is still owed.
    pub given: Option<(Date, NoticeForm)>,
    /// To whom, if not to the person.
    pub to: Option<FileId>,
    /// Why it is owed.
    pub because: String,
}

/// A note of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When it happened (it was written when the provenance says).
    pub happened: Timestamp,
    /// One line.
    #[serde(with = "sealed")]
    pub title: Personal<String>,
    /// What happened.
    #[serde(with = "sealed")]
    pub text: Personal<String>,
    /// The person's own words.
    #[serde(with = "sealed_option", default)]
    pub own_words: Option<Personal<String>>,
    /// The service in which it was written.
    pub service: Option<ServiceId>,
    /// Special or financial categories that it touches, as the writer ticked them.
    pub touches: Vec<DataCategory>,
    /// Whom else in the book it concerns.
    pub concerns: Vec<FileId>,
}

/// A correction: added beside what it corrects, which stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What it corrects.
    pub of: RecordId,
    /// What is right.
    #[serde(with = "sealed")]
    pub text: Personal<String>,
    /// Who said so, and why it is believed.
    #[serde(with = "sealed")]
    pub because: Personal<String>,
}

/// A fact about health or money that a service needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeededFact {
    /// The service that needs it.
    pub service: ServiceId,
    /// What is known.
    #[serde(with = "sealed")]
    pub text: Personal<String>,
    /// Why the service needs it.
    #[serde(with = "sealed")]
    pub needed_for: Personal<String>,
}

/// A paper: its body lies sealed on the shelf, or its original in a cabinet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is.
    #[serde(with = "sealed")]
    pub title: Personal<String>,
    /// The day that it bears, or on which it came.
    pub dated: Date,
    /// Its body, where there is a scan or file.
    pub body: Option<PaperBody>,
    /// Its words, typed off or read out, where known.
    #[serde(with = "sealed_option", default)]
    pub text: Option<Personal<String>>,
    /// Where the text came from.
    #[serde(default)]
    pub text_from: TextFrom,
    /// Where the paper original lies ("Cabinet 2, folder R").
    #[serde(with = "sealed_option", default)]
    pub original_at: Option<Personal<String>>,
    /// Whom else in the book it concerns.
    pub concerns: Vec<FileId>,
    /// What sort of paper it is.
    #[serde(default)]
    pub sort: PaperSort,
    /// What it is kept for. None for papers from before this was asked: the minimisation review lists them.
    #[serde(with = "sealed_option", default)]
    pub needed_for: Option<Personal<String>>,
    /// What was read out of the file, with positions, on the shelf; none where nothing was read.
    #[serde(default)]
    pub reading: Option<BodyId>,
    /// How many pages can be shown as images.
    #[serde(default)]
    pub pages: u32,
    /// What is in the file unseen; it never leaves with the paper.
    #[serde(with = "sealed_list", default)]
    pub hidden: Vec<Personal<String>>,
    /// What could not be read, in words.
    #[serde(with = "sealed_list", default)]
    pub troubles: Vec<Personal<String>>,
    /// The paper of which this is an attachment or a member.
    #[serde(default)]
    pub part_of: Option<RecordId>,
}

impl Paper {
    /// A paper of which nothing but its title and day is known yet.
    pub fn new(title: impl Into<String>, dated: Date) -> Self {
        Self {
            title: Personal::new(title.into()),
            dated,
            body: None,
            text: None,
            text_from: TextFrom::Typed,
            original_at: None,
            concerns: Vec::new(),
            sort: PaperSort::Other,
            needed_for: None,
            reading: None,
            pages: 0,
            hidden: Vec::new(),
            troubles: Vec::new(),
            part_of: None,
        }
    }
}

/// Where the text of a paper came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextFrom {
    /// Somebody typed it off.
    #[default]
    Typed,
    /// It stands in the file.
    File,
    /// It was recognised in a picture, and may be wrong.
    Recognised,
}

/// What sort of paper it is, as staff would say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperSort {
    /// A letter.
    Letter,
    /// A report or assessment.
    Report,
    /// An e-mail or thread of e-mails.
    Mail,
    /// A form that was filled in.
    Form,
    /// A school report or plan.
    School,
    /// A letter from a doctor, clinic or therapist.
    Health,
    /// An order or paper of a court.
    Court,
    /// A drawing, photograph or something that a child made.
    Picture,
    /// A table or list.
    Table,
    /// Something else.
    #[default]
    Other,
}

impl PaperSort {
    /// All sorts, in the order in which a form offers them.
    pub const ALL: [Self; 10] = [
        Self::Letter,
        Self::Report,
        Self::Mail,
        Self::Form,
        Self::School,
        Self::Health,
        Self::Court,
        Self::Picture,
        Self::Table,
        Self::Other,
    ];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Report => "report",
            Self::Mail => "mail",
            Self::Form => "form",
            Self::School => "school",
            Self::Health => "health",
            Self::Court => "court",
            Self::Picture => "picture",
            Self::Table => "table",
            Self::Other => "other",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Letter => "Letter",
            Self::Report => "Report or assessment",
            Self::Mail => "E-mail",
            Self::Form => "Form",
            Self::School => "School report or plan",
            Self::Health => "Letter about health",
            Self::Court => "Court paper",
            Self::Picture => "Drawing or photograph",
            Self::Table => "Table or list",
            Self::Other => "Something else",
        }
    }

    /// The sort that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.slug() == slug)
    }
}

/// The body of a paper on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperBody {
    /// Its id on the shelf.
    pub id: BodyId,
    /// The file's own name.
    #[serde(with = "sealed")]
    pub file_name: Personal<String>,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the plain bytes, in hexadecimal.
    pub sha256: String,
}

/// On what ground something was shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The person, or somebody for them, said yes.
    Consent,
    /// The contract of the service.
    Contract,
    /// Somebody may be at risk.
    Safeguarding,
    /// The law requires it.
    Law,
}

impl Ground {
    /// What a page or pack says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Consent => "with permission",
            Self::Contract => "under the contract of the service",
            Self::Safeguarding => "to keep someone safe",
            Self::Law => "because the law requires it",
        }
    }
}

/// One act of sharing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The day.
    pub on: Date,
    /// To whom (an organisation, a role).
    #[serde(with = "sealed")]
    pub to: Personal<String>,
    /// What was shared.
    #[serde(with = "sealed")]
    pub what: Personal<String>,
    /// On what ground.
    pub ground: Ground,
    /// How it was sent.
    pub how: String,
}

/// What a letter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// We have your request.
    Acknowledgement,
    /// Please tell us what is missing.
    MissingDetails,
    /// Please show us who you are.
    Identity,
    /// Please tell us what you mean.
    Clarification,
    /// We need longer, and why.
    Extension,
    /// It costs something, and why.
    Fee,
    /// We will not do it, and why.
    Refusal,
    /// Here is what we hold.
    Cover,
    /// What came of your questions and of what you wanted changed.
    Wishes,
    /// May what you told us be given?
    Consultation,
    /// The same, asked once more.
    ConsultationAgain,
    /// We have your complaint.
    ComplaintAcknowledged,
    /// How far we are with your complaint.
    ComplaintProgress,
    /// What came of your complaint.
    ComplaintOutcome,
}

impl LetterKind {
    /// All kinds, in the order of the work.
    pub const ALL: [Self; 14] = [
        Self::Acknowledgement,
        Self::MissingDetails,
        Self::Identity,
        Self::Clarification,
        Self::Extension,
        Self::Fee,
        Self::Refusal,
        Self::Cover,
        Self::Wishes,
        Self::Consultation,
        Self::ConsultationAgain,
        Self::ComplaintAcknowledged,
        Self::ComplaintProgress,
        Self::ComplaintOutcome,
    ];

    /// The word in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::MissingDetails => "missing-details",
            Self::Identity => "identity",
            Self::Clarification => "clarification",
            Self::Extension => "extension",
            Self::Fee => "fee",
            Self::Refusal => "refusal",
            Self::Cover => "cover",
            Self::Wishes => "wishes",
            Self::Consultation => "consultation",
            Self::ConsultationAgain => "consultation-again",
            Self::ComplaintAcknowledged => "complaint-acknowledged",
            Self::ComplaintProgress => "complaint-progress",
            Self::ComplaintOutcome => "complaint-outcome",
        }
    }

    /// The kind that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Acknowledgement => "Acknowledgement",
            Self::MissingDetails => "Question about missing details",
            Self::Identity => "Question about identity",
            Self::Clarification => "Question about what is wanted",
            Self::Extension => "Notice of more time",
            Self::Fee => "Fee",
            Self::Refusal => "Refusal",
            Self::Cover => "Cover letter",
            Self::Wishes => "What came of questions and changes",
            Self::Consultation => "Question to somebody who told us something",
            Self::ConsultationAgain => "The same question, once more",
            Self::ComplaintAcknowledged => "Acknowledgement of a complaint",
            Self::ComplaintProgress => "How far the complaint is",
            Self::ComplaintOutcome => "Outcome of a complaint",
        }
    }
}

/// A letter that the charity wrote. It is kept as it went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// What it is for.
    pub letter: LetterKind,
    /// The request or complaint that it belongs to.
    pub request: Option<RecordId>,
    /// The day it bears.
    pub dated: Date,
    /// To whom it is addressed: name and address lines, as printed.
    #[serde(with = "sealed")]
    pub to: Personal<String>,
    /// By which channel it went.
    pub channel: Channel,
    /// Its paragraphs.
    #[serde(with = "sealed_list")]
    pub paragraphs: Vec<Personal<String>>,
    /// When it went out; none while it has not.
    pub sent: Option<Timestamp>,
    /// Its way by e-mail, where it was put into the outbox.
    #[serde(default)]
    pub mail: Option<Mailing>,
}

impl Letter {
    /// Whether somebody must still send it: it has not gone out, and does not wait in the outbox.
    pub fn is_to_send(&self) -> bool {
        self.sent.is_none() && !self.mail.as_ref().is_some_and(Mailing::waits)
    }
}
