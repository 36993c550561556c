//! A request with what was gathered for it, as the people who read it through and check it have it open.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::{Action, Circumstances};
use book::{Act, Filing, OpenFile, Work};
use records::consultation::Consultation;
use records::requests::{AccessRequest, Event, ItemRef, Review, Stage, Verdict};
use records::{Content, FileId, Header, Operation, Personal, Provenance, Purpose, Record, RecordId, State};

use super::pages::pages_of;
use super::texts::{Around, ItemTexts, item_texts};
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::requests::{CaseAt, filing_of, find};
use crate::stopped::Stopped;

/// How many entries of a file's history are read at once when looking for who worked on a request.
const HISTORY_PAGE: u32 = 1_000;

/// One gathered item and what was decided about it so far.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The header of the review record.
    pub header: Header,
    /// Its provenance.
    pub provenance: Provenance,
    /// The decisions.
    pub review: Review,
}

/// A request, opened.
pub struct Case {
    /// Whose information it is.
    pub file: FileId,
    /// The charity as it stands.
    pub house: Arc<House>,
    /// The header of the request.
    pub header: Header,
    /// The provenance of the request.
    pub provenance: Provenance,
    /// The request.
    pub request: AccessRequest,
    /// What was gathered, in reading order.
    pub items: Vec<Gathered>,
    /// The file of the person whom it is about.
    pub(crate) subject: OpenFile,
}

impl Case {
    /// Reads a request and its reviews. For the inside of a deed: whoever shows it enters the view first.
    pub(crate) async fn load(office: &Office, reference: &str) -> Result<Self, Stopped> {
        let CaseAt { file, record: id } = find(office, reference).await?;
        let subject = office.person_in_passing(file).await?;
        let mut found = None;
        let mut items = Vec::new();
        for opened in &subject.records {
            let provenance = opened.record.provenance.clone();
            match &opened.record.content {
                Content::AccessRequest(request) if opened.header.id == id => {
                    found = Some((opened.header.clone(), provenance, (**request).clone()));
                }
                Content::Review(review) if review.request == id && opened.header.state != State::Superseded => {
                    items.push(Gathered { header: opened.header.clone(), provenance, review: review.clone() });
                }
                _ => {}
            }
        }
        items.sort_by_key(|gathered| gathered.review.position);
        let (header, provenance, request) = found.ok_or(Stopped::NotFound)?;
        Ok(Self { file, house: office.house().await?, header, provenance, request, items, subject })
    }

    /// Whoever was asked whether something may be given.
    pub(crate) fn consultations(&self) -> impl Iterator<Item = &Consultation> {
        self.subject.records.iter().filter_map(|opened| match &opened.record.content {
            Content::Consultation(one) if one.request == self.header.id => Some(&**one),
            _ => None,
        })
    }

    /// Whether somebody was asked about an item and it was decided that it goes out: no remark needs to say more.
    pub(crate) fn agreed(&self, item: &ItemRef) -> bool {
        self.consultations()
            .filter(|one| one.is_about(item))
            .any(|one| one.weighed.as_ref().is_some_and(|weighed| weighed.give))
    }

    /// The item at a place in the pack, from 1.
    pub fn item(&self, position: u32) -> Option<&Gathered> {
        self.items.iter().find(|gathered| gathered.review.position == position)
    }

    /// The record of an item, in the version that was gathered.
    pub(crate) async fn record(&self, office: &Office, item: &ItemRef) -> Result<Record, Stopped> {
        if item.file == self.file
            && let Some(opened) = self.subject.record(item.record)
            && opened.header.version == item.version
        {
            return Ok(opened.record.clone());
        }
        Ok(office.book().version_in_passing(item.file, item.record, item.version).await?)
    }

    /// The texts of an item, in the version that was gathered.
    pub(crate) async fn texts(&self, office: &Office, item: &ItemRef) -> Result<ItemTexts, Stopped> {
        let record = self.record(office, item).await?;
        self.texts_with_pages(office, item.file, &record).await
    }

    /// The texts of a record that lies in a file, with its pages where it is a paper.
    pub(crate) async fn texts_with_pages(
        &self,
        office: &Office,
        file: FileId,
        record: &Record,
    ) -> Result<ItemTexts, Stopped> {
        let mut texts = self.texts_of(office, record);
        texts.pages = pages_of(office, file, record, &texts).await?;
        Ok(texts)
    }

    /// The texts of a record, with the names that stand around it.
    pub(crate) fn texts_of(&self, office: &Office, record: &Record) -> ItemTexts {
        let called = |file| name_of(office, file);
        item_texts(record, &Around { house: &self.house, called: &called })
    }

    /// Who has had a hand in the answer: read it, covered something, gathered it, or is in charge of it.
    pub(crate) async fn worked_on_it(&self, office: &Office) -> Result<BTreeSet<FileId>, Stopped> {
        let mut workers: BTreeSet<FileId> = self.request.owner.into_iter().collect();
        for review in self.items.iter().map(|gathered| &gathered.review) {
            workers.extend(review.covered.iter().chain(review.undo.iter().flatten()).map(|covered| covered.by));
            workers.extend(review.boxes.iter().chain(review.boxes_undo.iter().flatten()).map(|one| one.by));
        }
        let ours: BTreeSet<RecordId> =
            self.items.iter().map(|gathered| gathered.header.id).chain([self.header.id]).collect();
        let mut before = None;
        loop {
            let page = office.book().traces_of(self.file, before, HISTORY_PAGE).await?;
            for (_, trace) in &page {
                let worked = matches!(trace.act(), Some(Act::Collected | Act::ItemReviewed));
                if worked && trace.record.is_none_or(|record| ours.contains(&record)) {
                    workers.extend(trace.actor.staff());
                }
            }
            match page.last() {
                Some((last, _)) if page.len() == HISTORY_PAGE as usize => before = Some(*last),
                _ => return Ok(workers),
            }
        }
    }

    /// What the rules of access are told of this request and this person.
    pub(crate) async fn moment(&self, office: &Office, who: &SignedIn) -> Result<Circumstances, Stopped> {
        Ok(Circumstances {
            worked_on_it: self.worked_on_it(office).await?.contains(&who.file),
            asked_to_help: self.request.owner == Some(who.file),
            hosts: self.request.hosted_by(who.file, office.today()).next().is_some(),
            sent_to_check: self.request.stage == Stage::SecondCheck,
            ..Circumstances::of(Purpose::Request)
        })
    }

    /// Asks the rules of access about this request.
    pub(crate) async fn permit(&self, office: &Office, who: &SignedIn, action: Action) -> Result<Operation, Stopped> {
        let moment = self.moment(office, who).await?;
        office.permit_in(who, action, Some(self.file), moment, &self.request.reference).await
    }

    /// Stores the request as it now stands, with a line in its history.
    pub(crate) async fn change_request(
        &self,
        work: &mut Work,
        act: Act,
        mut request: AccessRequest,
        what: &str,
    ) -> Result<(), Stopped> {
        let (at, by) = (work.now(), work.operation().actor.staff());
        request.events.push(Event { at, by, what: Personal::new(what.to_owned()) });
        let filing = filing_of(&self.house, &request, work.operation().today());
        let record = Record::new(self.provenance.clone(), Content::AccessRequest(Box::new(request)));
        work.change(act, &self.header, &record, filing).await?;
        Ok(())
    }
}

/// Stores a review as it now stands.
pub(crate) async fn change_review(work: &mut Work, was: &Gathered, review: Review) -> Result<(), Stopped> {
    let state = if review.verdict == Verdict::Unread { State::Open } else { State::Done };
    let filing = Filing::in_state(state);
    let record = Record::new(was.provenance.clone(), Content::Review(review));
    work.change(Act::ItemReviewed, &was.header, &record, filing).await?;
    Ok(())
}

/// What somebody in the book is called.
pub(crate) fn name_of(office: &Office, file: FileId) -> String {
    office
        .book()
        .card(file)
        .map_or_else(|| "somebody who is no longer in the book".to_owned(), |card| card.name.for_paper().clone())
}
