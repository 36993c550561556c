//! A record: what it says, where it came from, and the texts in it that a reader sees.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::arrival::{Arrival, Track};
use crate::complaint::Complaint;
use crate::consultation::Consultation;
use crate::house::{Charity, Holiday, Import, Place, PolicyVersion, Service};
use crate::id::{FileId, ServiceId};
use crate::keeping::{Closure, Disposal, Hold};
use crate::kind::Kind;
use crate::people::{ContactDetail, Identity, Merge, Relationship, Warning};
use crate::personal::{Personal, sealed_option};
use crate::requests::{AccessRequest, Pack, Review, Search};
use crate::staff::Account;
use crate::wish::Wish;
use crate::work::{Correction, Disclosure, Enrolment, Letter, NeededFact, Note, NoticeGiven, Paper};

/// From whom the charity has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The person.
    Person,
    /// A parent or carer.
    Carer,
    /// A professional, named in the provenance.
    Professional,
    /// Another organisation.
    Organisation,
    /// The charity's own staff, from the work.
    Staff,
    /// An import from an earlier system.
    Import,
}

impl Source {
    /// All sources, in the order in which a form offers them.
    pub const ALL: [Self; 6] =
        [Self::Staff, Self::Person, Self::Carer, Self::Professional, Self::Organisation, Self::Import];

    /// The word in forms.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Carer => "carer",
            Self::Professional => "professional",
            Self::Organisation => "organisation",
            Self::Staff => "staff",
            Self::Import => "import",
        }
    }

    /// What a page or pack calls it.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Person => "the person themselves",
            Self::Carer => "a parent or carer",
            Self::Professional => "a professional",
            Self::Organisation => "another organisation",
            Self::Staff => "our own staff, from the work",
            Self::Import => "our earlier records",
        }
    }

    /// The source that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.slug() == slug)
    }
}

/// Where a record came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// From whom.
    pub source: Source,
    /// The source's name, where it matters ("Dr Example, Elm Surgery").
    #[serde(with = "sealed_option", default)]
    pub source_name: Option<Personal<String>>,
    /// Given in confidence.
    pub in_confidence: bool,
    /// Who wrote it into the book; none for the program or the command line.
    pub written_by: Option<FileId>,
    /// When.
    pub written_at: Timestamp,
}

impl Provenance {
    /// Written by a member of staff from their own work.
    pub const fn from_the_work(by: Option<FileId>, at: Timestamp) -> Self {
        Self { source: Source::Staff, source_name: None, in_confidence: false, written_by: by, written_at: at }
    }
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "is", rename_all = "kebab-case")]
pub enum Content {
    /// [`Kind::Identity`]
    Identity(Identity),
    /// [`Kind::Contact`]
    Contact(ContactDetail),
    /// [`Kind::Relationship`]
    Relationship(Relationship),
    /// [`Kind::Warning`]
    Warning(Warning),
    /// [`Kind::Enrolment`]
    Enrolment(Enrolment),
    /// [`Kind::Notice`]
    Notice(NoticeGiven),
    /// [`Kind::Note`]
    Note(Note),
    /// [`Kind::Correction`]
    Correction(Correction),
    /// [`Kind::Health`]
    Health(NeededFact),
    /// [`Kind::Financial`]
    Financial(NeededFact),
    /// [`Kind::Paper`]
    Paper(Paper),
    /// [`Kind::Disclosure`]
    Disclosure(Disclosure),
    /// [`Kind::Merge`]
    Merge(Merge),
    /// [`Kind::AccessRequest`]
    AccessRequest(Box<AccessRequest>),
    /// [`Kind::Wish`]
    Wish(Wish),
    /// [`Kind::Arrival`]
    Arrival(Box<Arrival>),
    /// [`Kind::Track`]
    Track(Track),
    /// [`Kind::Consultation`]
    Consultation(Box<Consultation>),
    /// [`Kind::Complaint`]
    Complaint(Box<Complaint>),
    /// [`Kind::Search`]
    Search(Search),
    /// [`Kind::Review`]
    Review(Review),
    /// [`Kind::Pack`]
    Pack(Pack),
    /// [`Kind::Letter`]
    Letter(Letter),
    /// [`Kind::Closure`]
    Closure(Closure),
    /// [`Kind::Hold`]
    Hold(Hold),
    /// [`Kind::Account`]
    Account(Box<Account>),
    /// [`Kind::Charity`]
    Charity(Box<Charity>),
    /// [`Kind::Service`]
    Service(Service),
    /// [`Kind::Policy`]
    Policy(PolicyVersion),
    /// [`Kind::Holiday`]
    Holiday(Holiday),
    /// [`Kind::Place`]
    Place(Place),
    /// [`Kind::Import`]
    Import(Import),
    /// [`Kind::Disposal`]
    Disposal(Disposal),
}

impl Content {
    /// The kind in the catalogue.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Identity(_) => Kind::Identity,
            Self::Contact(_) => Kind::Contact,
            Self::Relationship(_) => Kind::Relationship,
            Self::Warning(_) => Kind::Warning,
            Self::Enrolment(_) => Kind::Enrolment,
            Self::Notice(_) => Kind::Notice,
            Self::Note(_) => Kind::Note,
            Self::Correction(_) => Kind::Correction,
            Self::Health(_) => Kind::Health,
            Self::Financial(_) => Kind::Financial,
            Self::Paper(_) => Kind::Paper,
            Self::Disclosure(_) => Kind::Disclosure,
            Self::Merge(_) => Kind::Merge,
            Self::AccessRequest(_) => Kind::AccessRequest,
            Self::Complaint(_) => Kind::Complaint,
            Self::Wish(_) => Kind::Wish,
            Self::Arrival(_) => Kind::Arrival,
            Self::Track(_) => Kind::Track,
            Self::Consultation(_) => Kind::Consultation,
            Self::Search(_) => Kind::Search,
            Self::Review(_) => Kind::Review,
            Self::Pack(_) => Kind::Pack,
            Self::Letter(_) => Kind::Letter,
            Self::Closure(_) => Kind::Closure,
            Self::Hold(_) => Kind::Hold,
            Self::Account(_) => Kind::Account,
            Self::Charity(_) => Kind::Charity,
            Self::Service(_) => Kind::Service,
            Self::Policy(_) => Kind::Policy,
            Self::Holiday(_) => Kind::Holiday,
            Self::Place(_) => Kind::Place,
            Self::Import(_) => Kind::Import,
            Self::Disposal(_) => Kind::Disposal,
        }
    }

    /// The service in the header.
    pub const fn service(&self) -> Option<ServiceId> {
        match self {
            Self::Enrolment(enrolment) => Some(enrolment.service),
            Self::Note(note) => note.service,
            Self::Health(fact) | Self::Financial(fact) => Some(fact.service),
            Self::Service(service) => Some(service.id),
            _ => None,
        }
    }

    /// The other people whom the record concerns: they become links, so that access and erasure reach them.
    pub fn concerns(&self) -> Vec<FileId> {
        match self {
            Self::Note(note) => note.concerns.clone(),
            Self::Paper(paper) => paper.concerns.clone(),
            Self::Relationship(relationship) => vec![relationship.other],
            Self::Merge(merge) => vec![merge.other],
            Self::Warning(warning) => warning.about.into_iter().collect(),
            Self::Notice(notice) => notice.to.into_iter().collect(),
            Self::AccessRequest(request) => request.requester.iter().filter_map(|r| r.file).collect(),
            Self::Complaint(complaint) => complaint.by.iter().filter_map(|r| r.file).collect(),
            _ => Vec::new(),
        }
    }
}

/// A record as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Where it came from.
    pub provenance: Provenance,
    /// What it says.
    pub content: Content,
}

impl Record {
    /// A record with its provenance.
    pub const fn new(provenance: Provenance, content: Content) -> Self {
        Self { provenance, content }
    }

    /// The bytes that are sealed.
    pub fn to_store(&self) -> Vec<u8> {
        // INVARIANT: every field of a record serialises to JSON: no maps with other keys than text, no foreign types.
        serde_json::to_vec(self).expect("a record serialises")
    }

    /// The record from opened bytes.
    pub fn from_store(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}
