//! A complaint in hand: opened for a deed, changed, and saved with its due date worked out afresh.

use std::sync::Arc;

use access::{Action, Circumstances};
use book::{Act, Filing, Work};
use jiff::civil::Date;
use records::complaint::Complaint;
use records::requests::Event;
use records::work::{Letter, LetterKind};
use records::{Content, FileId, Header, Kind, Operation, Personal, Provenance, Purpose, Record, RecordId};

use super::limit::filing_of;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::requests::letters::with_own_words;
use crate::requests::{Addressee, addressee_of};
use crate::stopped::Stopped;

/// A complaint, opened for one deed by one person.
#[derive(Clone, Debug)]
pub struct Grievance {
    /// The operation under which it is worked on.
    pub operation: Operation,
    /// The charity as it stands.
    pub house: Arc<House>,
    /// The header as it was read; a change by somebody else since then is a conflict.
    pub header: Header,
    /// Who took it in, and when.
    pub provenance: Provenance,
    /// The complaint.
    pub complaint: Complaint,
}

impl Grievance {
    /// Opens a complaint to work on it. Nothing of it may be shown on the strength of this alone: see `view_complaint`.
    pub async fn to_work_on(office: &Office, who: &SignedIn, reference: &str) -> Result<Self, Stopped> {
        let (file, record) = find(office, reference).await?;
        let moment = Circumstances::of(Purpose::Request);
        let operation = office.permit_in(who, Action::WorkOnRequest, Some(file), moment, reference).await?;
        let opened = office.book().record_in_passing(file, record).await?;
        let Content::Complaint(complaint) = opened.record.content else { return Err(Stopped::NotFound) };
        Ok(Self {
            operation,
            house: office.house().await?,
            header: opened.header,
            provenance: opened.record.provenance,
            complaint: *complaint,
        })
    }

    /// The file in which it lies.
    pub fn file(&self) -> FileId {
        self.header.file
    }

    /// The day of the deed.
    pub fn today(&self) -> Date {
        self.operation.today()
    }

    /// Adds a line to the history.
    pub(crate) fn happened(&mut self, what: impl Into<String>) {
        let by = self.operation.actor.staff();
        self.complaint.events.push(Event { at: self.operation.now, by, what: Personal::new(what.into()) });
    }

    /// Whom to write to, and where.
    pub async fn addressee(&self, office: &Office) -> Result<Addressee, Stopped> {
        let to = match &self.complaint.by {
            Some(by) => by.file,
            None => Some(self.file()),
        };
        addressee_of(office, to, &self.complaint.details, self.complaint.intake).await
    }

    /// Puts the complaint as it is now into the transaction.
    pub(crate) async fn put(&mut self, work: &mut Work, act: Act) -> Result<(), Stopped> {
        let filing = filing_of(&self.house, &self.complaint);
        let content = Content::Complaint(Box::new(self.complaint.clone()));
        self.header = work.change(act, &self.header, &Record::new(self.provenance.clone(), content), filing).await?;
        Ok(())
    }

    /// Saves the complaint alone.
    pub(crate) async fn save(&mut self, office: &Office, act: Act) -> Result<(), Stopped> {
        let mut work = office.book().begin(&self.operation).await?;
        self.put(&mut work, act).await?;
        work.commit().await?;
        Ok(())
    }

    /// Saves the complaint and the letter that the step wrote, together.
    pub(crate) async fn save_with_letter(
        &mut self,
        office: &Office,
        act: Act,
        kind: LetterKind,
        paragraphs: Vec<String>,
    ) -> Result<RecordId, Stopped> {
        let to = self.addressee(office).await?;
        let letter = Letter {
            letter: kind,
            request: Some(self.header.id),
            dated: self.today(),
            to: Personal::new(to.lines().join("\n")),
            channel: to.channel,
            paragraphs: with_own_words(&self.house, kind, paragraphs).into_iter().map(Personal::new).collect(),
            sent: None,
            mail: None,
        };
        let provenance = Provenance::from_the_work(self.operation.actor.staff(), self.operation.now);
        let mut work = office.book().begin(&self.operation).await?;
        self.put(&mut work, act).await?;
        let record = Record::new(provenance, Content::Letter(letter));
        let id = work.add(Act::RecordAdded, self.file(), &record, Filing::open(None)).await?;
        work.commit().await?;
        Ok(id)
    }
}

/// Where the complaint with a reference lies. One that was never given looks like one that is not for you.
pub(super) async fn find(office: &Office, reference: &str) -> Result<(FileId, RecordId), Stopped> {
    let all = office.book().all_of_kind(Kind::Complaint).await?;
    all.into_iter()
        .find_map(|opened| match opened.record.content {
            Content::Complaint(one) if one.reference == reference => Some((opened.header.file, opened.header.id)),
            _ => None,
        })
        .ok_or(Stopped::NotFound)
}
