//! Gathers everything about the subject: all of their file, and all records in other files that are linked to them.
//!
//! What is gathered is derived from the catalogue, so that a new kind of record cannot be forgotten. A closed file
//! answers like an open one (K30). What was gathered is frozen with its version; it can be gathered afresh until the
//! second person looks.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use book::{Act, BookError, Filing, OpenFile, Opened, Work};
use jiff::Timestamp;
use jiff::civil::Date;
use records::catalogue::{self, InPack};
use records::operation::london_day;
use records::requests::{ItemRef, Review, Search, Stage, Verdict};
use records::{Content, FileId, Header, Kind, Personal, Provenance, Record, RecordId, State};

use super::case::Case;
use super::record_request::names_of;
use super::record_search::THIS_BOOK;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What was gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collected {
    /// All items.
    pub items: usize,
    /// Of these, the ones in other people's files.
    pub linked: usize,
    /// Earlier versions among them.
    pub earlier: usize,
    /// Records that are only counted: the working of requests, accounts.
    pub mentioned: usize,
    /// Items that are new or changed since it was gathered last.
    pub new: usize,
}

/// Why nothing was gathered.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// The second person has it, or approved it.
    #[error("The second person has this answer. Take it back from them before you gather afresh.")]
    WithSecondPerson,
    /// It is over.
    #[error("This request is over. Nothing more is gathered for it.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<BookError> for CollectError {
    fn from(error: BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// One record that is about the subject.
struct Candidate {
    item: ItemRef,
    kind: Kind,
    group: u8,
    on: Date,
    earlier: bool,
}

/// Gathers, or gathers afresh: what was read and decided on stays for every item that has not changed.
pub async fn collect(office: &Office, who: &SignedIn, reference: &str) -> Result<Collected, CollectError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    match case.request.stage {
        Stage::Open | Stage::Review => {}
        Stage::SecondCheck | Stage::Approved => return Err(CollectError::WithSecondPerson),
        Stage::Released | Stage::Refused | Stage::Closed => return Err(CollectError::Over),
    }
    let file = office.person_in_passing(case.file()).await?;
    let own: BTreeSet<FileId> = office.files_of(case.file()).into_iter().collect();
    let linked = linked_records(office, &case, &own).await?;
    let (mut found, mentioned) = sort_out(&case, file.records.iter().chain(&linked));
    found.extend(earlier_versions(office, &case, &file).await?);
    found.sort_by_key(|candidate| (candidate.group, candidate.on, candidate.item.record, candidate.item.version));

    let items: Vec<ItemRef> = found.iter().map(|candidate| candidate.item).collect();
    let mut work = case.begin(office).await?;
    let new = settle_reviews(&mut work, &case, &file, &items).await?;
    let collected = Collected {
        items: items.len(),
        linked: items.iter().filter(|item| !own.contains(&item.file)).count(),
        earlier: found.iter().filter(|candidate| candidate.earlier).count(),
        mentioned,
        new,
    };
    // Reading in another file is a deed there, too.
    for candidate in found.iter().filter(|candidate| candidate.item.file != case.file()) {
        work.act(Act::Collected, candidate.item.file, Some((candidate.item.record, candidate.kind)))?;
    }
    note_search(&mut work, office, &case, &file, collected).await?;
    case.request.items = items;
    case.request.stage = Stage::Review;
    case.request.collected = Some(case.operation.now);
    case.happened(collected.words());
    case.put(&mut work, Act::Collected).await?;
    work.commit().await?;
    Ok(collected)
}

impl Collected {
    /// One or two sentences for the history.
    fn words(&self) -> String {
        let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let mut words = format!("Gathered {}", count(self.items, "item", "items"));
        if self.linked > 0 {
            let _ = write!(words, ", of them {} in other people\u{2019}s files", self.linked);
        }
        if self.earlier > 0 {
            let _ = write!(words, ", {}", count(self.earlier, "earlier version", "earlier versions"));
        }
        words.push('.');
        if self.mentioned > 0 {
            let rest = count(self.mentioned, "further record is only counted", "further records are only counted");
            let _ = write!(words, " {rest}: the working of requests, sign-ins.");
        }
        words
    }
}

/// Records in other files that concern the subject: those that are linked to them, and those that were found to mention
/// them and taken in.
async fn linked_records(office: &Office, case: &Case, own: &BTreeSet<FileId>) -> Result<Vec<Opened>, Stopped> {
    let mut linked = Vec::new();
    let mut places: BTreeSet<(FileId, RecordId)> = case.request.found.iter().copied().collect();
    for file in own {
        places.extend(office.book().links_to(*file).await?);
    }
    places.retain(|(file, _)| !own.contains(file));
    for (file, record) in places {
        match office.book().record_in_passing(file, record).await {
            Ok(opened) => linked.push(opened),
            // An erasure that is being finished, or was between the two reads.
            Err(BookError::NoFile(_) | BookError::NoRecord { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(linked)
}

/// What is given, and how many records are only counted.
fn sort_out<'a>(case: &Case, records: impl Iterator<Item = &'a Opened>) -> (Vec<Candidate>, usize) {
    let (mut found, mut mentioned) = (Vec::new(), 0);
    for opened in records {
        if belongs_to(&opened.record.content, case.header.id) {
            continue;
        }
        match catalogue::entry(opened.header.kind).in_pack {
            InPack::Item | InPack::FrontAndItem => found.push(candidate(&opened.header, &opened.record, false)),
            InPack::Mentioned => mentioned += 1,
            InPack::House => {}
        }
    }
    (found, mentioned)
}

/// Whether a record is the working of this very request. Its letters went to whoever asked; the rest is how the answer
/// is made. What earlier requests left behind is part of the file.
fn belongs_to(content: &Content, request: RecordId) -> bool {
    match content {
        Content::Letter(letter) => letter.request == Some(request),
        Content::Search(search) => search.request == request,
        Content::Review(review) => review.request == request,
        Content::Pack(pack) => pack.request == request,
        _ => false,
    }
}

fn candidate(header: &Header, record: &Record, earlier: bool) -> Candidate {
    Candidate {
        item: ItemRef { file: header.file, record: header.id, version: header.version },
        kind: header.kind,
        group: group(header.kind),
        on: day_of(record, header.opened),
        earlier,
    }
}

/// Who the person is comes first, then what happened, by day.
const fn group(kind: Kind) -> u8 {
    match kind {
        Kind::Identity => 0,
        Kind::Contact => 1,
        Kind::Relationship | Kind::Merge => 2,
        Kind::Warning => 3,
        Kind::Health | Kind::Financial => 4,
        _ => 5,
    }
}

/// The day on which something happened, as a reader would put it in order.
fn day_of(record: &Record, opened: Timestamp) -> Date {
    match &record.content {
        Content::Note(note) => london_day(note.happened),
        Content::Paper(paper) => paper.dated,
        Content::Letter(letter) => letter.dated,
        Content::Disclosure(disclosure) => disclosure.on,
        Content::Enrolment(enrolment) => enrolment.started,
        Content::Notice(notice) => notice.given.map_or_else(|| london_day(opened), |(day, _)| day),
        _ => london_day(opened),
    }
}

/// Earlier versions that said something else: they are held too. A letter is the same letter before and after it was
/// sent, and a notice before and after it was given.
async fn earlier_versions(office: &Office, case: &Case, file: &OpenFile) -> Result<Vec<Candidate>, Stopped> {
    let mut by_record: HashMap<RecordId, BTreeMap<u32, Record>> = HashMap::new();
    for file in office.files_of(case.file()) {
        for earlier in office.book().earlier_versions(file).await? {
            by_record.entry(earlier.id).or_default().insert(earlier.version, earlier.record);
        }
    }
    let mut found = Vec::new();
    for opened in &file.records {
        let kind = opened.header.kind;
        let given = matches!(catalogue::entry(kind).in_pack, InPack::Item | InPack::FrontAndItem);
        let overwritten = given && !matches!(kind, Kind::Letter | Kind::Notice);
        let Some(versions) = by_record.get(&opened.header.id).filter(|_| overwritten) else { continue };
        let mut next = &opened.record.content;
        for (version, record) in versions.iter().rev() {
            if record.content != *next {
                let header = Header { version: *version, ..opened.header.clone() };
                found.push(candidate(&header, record, true));
            }
            next = &record.content;
        }
    }
    Ok(found)
}

/// Gives every item its place to be read and decided on; returns how many are new or changed.
async fn settle_reviews(work: &mut Work, case: &Case, file: &OpenFile, items: &[ItemRef]) -> Result<usize, Stopped> {
    let mut known: HashMap<ItemRef, (&Opened, &Review)> = HashMap::new();
    for opened in file.of_kind(Kind::Review) {
        if let Content::Review(review) = &opened.record.content
            && review.request == case.header.id
        {
            known.insert(review.item, (opened, review));
        }
    }
    let provenance = Provenance::from_the_work(case.operation.actor.staff(), case.operation.now);
    let mut new = 0;
    for (position, item) in (1_u32..).zip(items) {
        if let Some((opened, review)) = known.remove(item) {
            if review.position != position || opened.header.state == State::Superseded {
                let moved = Review { position, ..review.clone() };
                let record = Record::new(opened.record.provenance.clone(), Content::Review(moved));
                let state = if review.verdict == Verdict::Unread { State::Open } else { State::Done };
                work.change(Act::RecordChanged, &opened.header, &record, Filing::in_state(state)).await?;
            }
        } else {
            new += 1;
            let record = Record::new(provenance.clone(), Content::Review(unread(case.header.id, *item, position)));
            work.add(Act::RecordAdded, case.file(), &record, Filing::in_state(State::Open)).await?;
        }
    }
    // What is no longer there, or has a newer version, is kept as history and counts no more.
    for (opened, _) in known.into_values().filter(|(opened, _)| opened.header.state != State::Superseded) {
        let filing = Filing::in_state(State::Superseded);
        work.change(Act::RecordChanged, &opened.header, &opened.record, filing).await?;
    }
    Ok(new)
}

fn unread(request: RecordId, item: ItemRef, position: u32) -> Review {
    Review {
        request,
        item,
        position,
        verdict: Verdict::Unread,
        withheld_for: None,
        covered: Vec::new(),
        turned_down: Vec::new(),
        undo: Vec::new(),
        boxes: Vec::new(),
        boxes_undo: Vec::new(),
        seen_pages: Vec::new(),
        as_images: None,
        known_to_them: None,
        remarks: None,
    }
}

/// The search of this book is done by gathering; its record says what was found.
async fn note_search(
    work: &mut Work,
    office: &Office,
    case: &Case,
    file: &OpenFile,
    collected: Collected,
) -> Result<(), Stopped> {
    let of_this_book = file.of_kind(Kind::Search).find_map(|opened| match &opened.record.content {
        Content::Search(search) if search.request == case.header.id && search.place == THIS_BOOK => {
            Some((opened, search))
        }
        _ => None,
    });
    let done = |terms: Personal<String>| Search {
        request: case.header.id,
        place: THIS_BOOK.to_owned(),
        terms,
        done: Some(case.operation.now),
        by: case.operation.actor.staff(),
        found: Some(Personal::new(collected.words())),
    };
    if let Some((opened, search)) = of_this_book {
        let content = Content::Search(done(search.terms.clone()));
        let record = Record::new(opened.record.provenance.clone(), content);
        work.change(Act::Searched, &opened.header, &record, Filing::in_state(State::Done)).await?;
    } else {
        let provenance = Provenance::from_the_work(case.operation.actor.staff(), case.operation.now);
        let content = Content::Search(done(Personal::new(names_of(office, case.file()))));
        work.add(Act::Searched, case.file(), &Record::new(provenance, content), Filing::in_state(State::Done)).await?;
    }
    Ok(())
}
