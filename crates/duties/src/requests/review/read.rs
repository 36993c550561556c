//! Opening an item to read it through: its lines, what is covered, and what the program suggests.

use std::collections::BTreeSet;

use access::Action;
use book::Act;
use papers::redact::Redactions;
use papers::suggest::Certainty;
use records::requests::Verdict;
use records::{Kind, RecordId};

use super::case::{Case, Gathered};
use super::cover_all::choices;
use super::covering::all_redactions;
use super::decided::{Copy, decided_before};
use super::exemptions::{Unmet, lacking};
use super::known::known_to_the_book;
use super::texts::{ItemTexts, Line, lines};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A place that the program points at. Nothing is covered until somebody says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// Which text.
    pub part: u16,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Why, for staff.
    pub why: String,
    /// How sure it is, in a word.
    pub sure: &'static str,
}

/// One line of the list of items.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its place in the pack, from 1.
    pub position: u32,
    /// Kind, in words.
    pub title: &'static str,
    /// What was decided.
    pub verdict: Verdict,
    /// How many places are covered.
    pub covered: usize,
}

/// An item on the desk.
pub struct OnTheDesk {
    /// The request.
    pub case: Case,
    /// The item.
    pub item: Gathered,
    /// What it says.
    pub texts: ItemTexts,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What is covered, text by text.
    pub covered: Vec<Redactions>,
    /// What the program points at and nobody has decided on.
    pub pointed: Vec<Pointed>,
    /// Records with the very same file in which something is covered.
    pub copies: Vec<Copy>,
    /// The people around the request, for whoever covers all about one.
    pub people: Vec<(records::FileId, String)>,
    /// What it lacks before it could go out; none where it lacks nothing, or nobody has decided.
    pub lacks: Option<Unmet>,
    /// All items.
    pub list: Vec<Listed>,
}

/// Opens the item at a place in the pack, to work on it. The view is entered before anything is handed out.
pub async fn open_item(office: &Office, who: &SignedIn, reference: &str, position: u32) -> Result<OnTheDesk, Stopped> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::ReviewText).await?;
    let item = case.item(position).cloned().ok_or(Stopped::NotFound)?;
    let record = case.record(office, &item.review.item).await?;
    let seen = (item.review.item.record, record.content.kind());
    office.book().seen(&operation, Act::RecordSeen, item.review.item.file, Some(seen)).await?;
    let texts = case.texts_with_pages(office, item.review.item.file, &record).await?;
    let concerned: BTreeSet<_> = record.content.concerns().into_iter().chain([item.review.item.file]).collect();
    let known = known_to_the_book(office, &case, &[&texts], &concerned).await?;
    let covered = all_redactions(&texts, &item.review);
    let mut pointed = Vec::new();
    for ((part, text), on) in (0_u16..).zip(&texts.parts).zip(&covered) {
        for found in known.suggest(&text.text) {
            let is_covered = on.spans().iter().any(|span| span.start <= found.start && found.end <= span.end);
            let place = (part, narrow(found.start), narrow(found.end));
            if !is_covered && !item.review.turned_down.contains(&place) {
                let sure = certainty_words(found.certainty);
                pointed.push(Pointed { part, start: found.start, end: found.end, why: found.explanation, sure });
            }
        }
    }
    let (before, copies) = decided_before(office, &case, &item.review, &texts).await?;
    let apart = |one: &Pointed| {
        pointed.iter().all(|known| known.part != one.part || known.end <= one.start || one.end <= known.start)
    };
    let before: Vec<Pointed> = before.into_iter().filter(apart).collect();
    pointed.extend(before);
    pointed.sort_by_key(|one| (one.part, one.start));
    let people = choices(office, known.around.keys().copied());
    let list = list_items(office, &case).await?;
    let lacks = lacking(&case, &item.review, &texts, operation.today());
    Ok(OnTheDesk { lacks, lines: lines(&texts.parts), item, texts, covered, pointed, copies, people, list, case })
}

/// The items of a request in reading order.
pub(crate) async fn list_items(office: &Office, case: &Case) -> Result<Vec<Listed>, Stopped> {
    let mut list = Vec::new();
    for gathered in &case.items {
        let review = &gathered.review;
        let kind = kind_of(office, case, review.item.file, review.item.record).await?;
        list.push(Listed {
            position: review.position,
            title: records::catalogue::entry(kind).title,
            verdict: review.verdict,
            covered: review.covered.len() + review.boxes.len(),
        });
    }
    Ok(list)
}

async fn kind_of(office: &Office, case: &Case, file: records::FileId, record: RecordId) -> Result<Kind, Stopped> {
    match case.subject.record(record) {
        Some(opened) => Ok(opened.header.kind),
        None => Ok(office.book().record_in_passing(file, record).await?.header.kind),
    }
}

const fn certainty_words(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Sure => "sure",
        Certainty::Likely => "likely",
        Certainty::Maybe => "perhaps",
    }
}

/// An offset as it is stored. Texts are far shorter than 4 GB; one that is not is covered whole (see [`super::covering`]).
pub(crate) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
