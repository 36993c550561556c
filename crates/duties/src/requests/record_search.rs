//! Notes where was looked, for what, by whom, and what was found (UK GDPR art. 15(1A): a reasonable and
//! proportionate search).

use book::{Act, Filing};
use records::requests::Search;
use records::{Content, Kind, Personal, Record, RecordId, State};

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The place that gathering itself searches.
pub const THIS_BOOK: &str = "This book";

/// Why a search was not noted.
#[derive(Debug, thiserror::Error)]
pub enum RecordSearchError {
    /// What was looked for is missing.
    #[error("Enter what you looked for: names, former names, numbers.")]
    NoTerms,
    /// What was found is missing.
    #[error("Say what you found. \u{201C}Nothing\u{201D} is an answer; so is why this place was not searched.")]
    NoFinding,
    /// That search is done by gathering.
    #[error("This book is searched by gathering, not by hand.")]
    ThisBook,
    /// The request is over.
    #[error("This request is over. Its searches stay as they are.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for RecordSearchError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Notes the search of one place.
pub async fn record_search(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    search: RecordId,
    (terms, found): (&str, &str),
) -> Result<(), RecordSearchError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(RecordSearchError::Over);
    }
    let opened = office.book().record_in_passing(case.file(), search).await?;
    let Content::Search(was) = &opened.record.content else { return Err(Stopped::NotFound.into()) };
    if opened.header.kind != Kind::Search || was.request != case.header.id {
        return Err(Stopped::NotFound.into());
    }
    if was.place == THIS_BOOK {
        return Err(RecordSearchError::ThisBook);
    }
    let (terms, found) = (terms.trim(), found.trim());
    if terms.is_empty() {
        return Err(RecordSearchError::NoTerms);
    }
    if found.is_empty() {
        return Err(RecordSearchError::NoFinding);
    }
    let done = Search {
        terms: Personal::new(terms.to_owned()),
        done: Some(case.operation.now),
        by: case.operation.actor.staff(),
        found: Some(Personal::new(found.to_owned())),
        ..was.clone()
    };
    case.happened(format!("Searched: {}.", was.place));
    let record = Record::new(opened.record.provenance.clone(), Content::Search(done));
    let mut work = case.begin(office).await?;
    work.change(Act::Searched, &opened.header, &record, Filing::in_state(State::Done)).await?;
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(())
}
