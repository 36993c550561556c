//! A request in hand: opened for a deed, changed, and saved with its due date worked out afresh.

use std::sync::Arc;

use access::{Action, Circumstances};
use book::{Act, Filing, Work};
use jiff::civil::Date;
use records::requests::{AccessRequest, Event};
use records::work::{Letter, LetterKind};
use records::{Content, FileId, Header, Operation, Personal, Provenance, Purpose, Record, RecordId};

use super::find::find;
use super::limit::filing_of;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A request, opened for one deed by one person.
#[derive(Clone, Debug)]
pub struct Case {
    /// The operation under which it is worked on.
    pub operation: Operation,
    /// The charity as it stands.
    pub house: Arc<House>,
    /// The header as it was read; a change by somebody else since then is a conflict.
    pub header: Header,
    /// Who took it in, and when.
    pub provenance: Provenance,
    /// The request.
    pub request: AccessRequest,
}

impl Case {
    /// Opens a request to work on it. Nothing of it may be shown on the strength of this alone: see `view_case`.
    pub async fn to_work_on(office: &Office, who: &SignedIn, reference: &str) -> Result<Self, Stopped> {
        Self::open(office, who, reference, Action::WorkOnRequest).await
    }

    /// Opens a request for an action.
    pub async fn open(office: &Office, who: &SignedIn, reference: &str, action: Action) -> Result<Self, Stopped> {
        let at = find(office, reference).await?;
        let opened = office.book().record_in_passing(at.file, at.record).await?;
        let Content::AccessRequest(request) = opened.record.content else { return Err(Stopped::NotFound) };
        let hosts = request.hosted_by(who.file, office.today()).next().is_some();
        let moment = Circumstances { hosts, ..Circumstances::of(Purpose::Request) };
        let operation = office.permit_in(who, action, Some(at.file), moment, reference).await?;
        Ok(Self {
            operation,
            house: office.house().await?,
            header: opened.header,
            provenance: opened.record.provenance,
            request: *request,
        })
    }

    /// The subject's file.
    pub fn file(&self) -> FileId {
        self.header.file
    }

    /// The day of the deed.
    pub fn today(&self) -> Date {
        self.operation.today()
    }

    /// Adds a line to the case's history.
    pub fn happened(&mut self, what: impl Into<String>) {
        let event =
            Event { at: self.operation.now, by: self.operation.actor.staff(), what: Personal::new(what.into()) };
        self.request.events.push(event);
    }

    /// Starts the transaction in which this case is saved.
    pub async fn begin(&self, office: &Office) -> Result<Work, Stopped> {
        Ok(office.book().begin(&self.operation).await?)
    }

    /// Puts the request as it is now into the transaction, with its state and due date worked out afresh.
    pub async fn put(&mut self, work: &mut Work, act: Act) -> Result<(), Stopped> {
        let filing = filing_of(&self.house, &self.request, self.today());
        let content = Content::AccessRequest(Box::new(self.request.clone()));
        let record = Record::new(self.provenance.clone(), content);
        self.header = work.change(act, &self.header, &record, filing).await?;
        Ok(())
    }

    /// Saves the request alone.
    pub async fn save(&mut self, office: &Office, act: Act) -> Result<(), Stopped> {
        let mut work = self.begin(office).await?;
        self.put(&mut work, act).await?;
        work.commit().await?;
        Ok(())
    }

    /// Saves the request and the letter that the step wrote, together.
    pub async fn save_with_letter(
        &mut self,
        office: &Office,
        act: Act,
        kind: LetterKind,
        paragraphs: Vec<String>,
    ) -> Result<RecordId, Stopped> {
        let to = super::address::addressee(office, self).await?;
        let letter = Letter {
            letter: kind,
            request: Some(self.header.id),
            dated: self.today(),
            to: Personal::new(to.lines().join("\n")),
            channel: to.channel,
            paragraphs: super::letters::with_own_words(&self.house, kind, paragraphs)
                .into_iter()
                .map(Personal::new)
                .collect(),
            sent: None,
            mail: None,
        };
        let provenance = Provenance::from_the_work(self.operation.actor.staff(), self.operation.now);
        let mut work = self.begin(office).await?;
        self.put(&mut work, act).await?;
        let record = Record::new(provenance, Content::Letter(letter));
        // Open until somebody says that it went out, so that no letter is forgotten in a drawer.
        let id = work.add(Act::RecordAdded, self.file(), &record, Filing::open(None)).await?;
        work.commit().await?;
        Ok(id)
    }
}
