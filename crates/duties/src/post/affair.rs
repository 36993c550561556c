//! What a letter belongs to: a request or a complaint, opened for a deed of somebody, or of the program itself.

use std::sync::Arc;

use book::{Act, Work};
use records::work::{Letter, LetterKind};
use records::{Content, FileId, Operation, Provenance, RecordId};

use crate::complaints::Grievance;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::requests::{Addressee, Case, addressee, addressee_of_asked, consultation_of_letter};
use crate::stopped::Stopped;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AffairKind {
    /// A request for access.
    Request,
    /// A complaint.
    Complaint,
}

impl AffairKind {
    /// The first part of the address of its pages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Request => "requests",
            Self::Complaint => "complaints",
        }
    }
}

/// A request or a complaint.
#[derive(Clone, Debug)]
pub enum Affair {
    /// A request.
    Request(Box<Case>),
    /// A complaint.
    Complaint(Box<Grievance>),
}

impl Affair {
    /// Opens the one with a reference, for somebody who works on it.
    pub async fn open(office: &Office, who: &SignedIn, kind: AffairKind, reference: &str) -> Result<Self, Stopped> {
        Ok(match kind {
            AffairKind::Request => Self::Request(Box::new(Case::to_work_on(office, who, reference).await?)),
            AffairKind::Complaint => Self::Complaint(Box::new(Grievance::to_work_on(office, who, reference).await?)),
        })
    }

    /// Opens what a letter belongs to, for a duty of the program. Nothing of it is shown to anybody.
    pub(crate) async fn of_the_program(
        office: &Office,
        operation: Operation,
        file: FileId,
        id: RecordId,
    ) -> Result<Self, Stopped> {
        let opened = office.book().record_in_passing(file, id).await?;
        let (house, header, provenance) = (office.house().await?, opened.header, opened.record.provenance);
        match opened.record.content {
            Content::AccessRequest(request) => {
                Ok(Self::Request(Box::new(Case { operation, house, header, provenance, request: *request })))
            }
            Content::Complaint(complaint) => {
                Ok(Self::Complaint(Box::new(Grievance { operation, house, header, provenance, complaint: *complaint })))
            }
            _ => Err(Stopped::NotFound),
        }
    }

    /// Which of the two it is.
    pub const fn kind(&self) -> AffairKind {
        match self {
            Self::Request(_) => AffairKind::Request,
            Self::Complaint(_) => AffairKind::Complaint,
        }
    }

    /// Its reference.
    pub fn reference(&self) -> &str {
        match self {
            Self::Request(case) => &case.request.reference,
            Self::Complaint(case) => &case.complaint.reference,
        }
    }

    /// The charity as it stands.
    pub const fn house(&self) -> &Arc<House> {
        match self {
            Self::Request(case) => &case.house,
            Self::Complaint(case) => &case.house,
        }
    }

    /// The operation under which it is worked on.
    pub const fn operation(&self) -> &Operation {
        match self {
            Self::Request(case) => &case.operation,
            Self::Complaint(case) => &case.operation,
        }
    }

    /// The file in which it lies.
    pub fn file(&self) -> FileId {
        match self {
            Self::Request(case) => case.file(),
            Self::Complaint(case) => case.file(),
        }
    }

    /// The record of it.
    pub const fn id(&self) -> RecordId {
        match self {
            Self::Request(case) => case.header.id,
            Self::Complaint(case) => case.header.id,
        }
    }

    /// Whom to write to, and where, as it stands now.
    pub async fn addressee(&self, office: &Office) -> Result<Addressee, Stopped> {
        match self {
            Self::Request(case) => addressee(office, case).await,
            Self::Complaint(case) => case.addressee(office).await,
        }
    }

    /// Whom one of its letters goes to, and where, as it stands now: who asked or complains, or whoever is asked about it.
    pub(super) async fn addressee_for(&self, office: &Office, letter: &Written) -> Result<Addressee, Stopped> {
        if !matches!(letter.letter.letter, LetterKind::Consultation | LetterKind::ConsultationAgain) {
            return self.addressee(office).await;
        }
        match consultation_of_letter(office, self.file(), letter.header.id).await? {
            Some(asked) => addressee_of_asked(office, &asked).await,
            None => Err(Stopped::NotFound),
        }
    }

    /// Adds a line to its history.
    pub(crate) fn happened(&mut self, what: String) {
        match self {
            Self::Request(case) => case.happened(what),
            Self::Complaint(case) => case.happened(what),
        }
    }

    /// Puts it as it is now into the transaction.
    pub(crate) async fn put(&mut self, work: &mut Work) -> Result<(), Stopped> {
        match self {
            Self::Request(case) => case.put(work, Act::RecordChanged).await,
            Self::Complaint(case) => case.put(work, Act::RecordChanged).await,
        }
    }

    /// One of its letters, with its header and who wrote it.
    pub(super) async fn letter(&self, office: &Office, id: RecordId) -> Result<Written, Stopped> {
        let opened = office.book().record_in_passing(self.file(), id).await?;
        match opened.record.content {
            Content::Letter(letter) if letter.request == Some(self.id()) => {
                Ok(Written { header: opened.header, provenance: opened.record.provenance, letter })
            }
            _ => Err(Stopped::NotFound),
        }
    }
}

/// A letter as it lies in the file.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its header.
    pub header: records::Header,
    /// Who wrote it.
    pub provenance: Provenance,
    /// The letter.
    pub letter: Letter,
}

impl Written {
    /// Puts the letter, changed, into the transaction.
    pub(super) async fn put(&mut self, work: &mut Work, act: Act, filing: book::Filing) -> Result<(), Stopped> {
        let record = records::Record::new(self.provenance.clone(), Content::Letter(self.letter.clone()));
        self.header = work.change(act, &self.header, &record, filing).await?;
        Ok(())
    }
}
