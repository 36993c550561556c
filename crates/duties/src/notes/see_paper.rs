//! Seeing a paper on a page: what it is, what it says, its pages as images. Its opening is in the ledger first, once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use access::Action;
use book::{Act, Opened};
use extract::reading::Reading;
use extract::{PageImage, WorkerError};
use jiff::{SignedDuration, Timestamp};
use records::work::{Paper, TextFrom};
use records::{Content, FileId, Kind, Operation, RecordId};

use crate::notes::open_paper::permit_paper;
use crate::office::{House, Office};
use crate::people::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// For so long one opening of a paper counts: its pages are not entered one by one.
const ONE_OPENING: SignedDuration = SignedDuration::from_mins(30);

/// The papers that are open to somebody on a page, by sign-in. In memory only; a second server enters an opening anew.
#[derive(Default)]
pub(crate) struct Openings(Mutex<HashMap<(String, FileId, RecordId), Timestamp>>);

impl Openings {
    /// Whether this is a part of an opening that is entered already.
    fn is_open(&self, key: &(String, FileId, RecordId), now: Timestamp) -> bool {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(key).is_some_and(|at| now.duration_since(*at) < ONE_OPENING)
    }

    fn opened(&self, key: (String, FileId, RecordId), now: Timestamp) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, at| now.duration_since(*at) < ONE_OPENING);
        open.insert(key, now);
    }
}

/// A paper on a page.
pub struct PaperShown {
    /// The record.
    pub opened: Opened,
    /// The charity.
    pub house: Arc<House>,
    /// The papers inside it: record and title.
    pub inside: Vec<(RecordId, String)>,
    /// The paper in which it came: record and title.
    pub part_of: Option<(RecordId, String)>,
    /// Whether the paper may be changed: a purpose given.
    pub may_change: bool,
}

impl PaperShown {
    /// What the record says.
    pub fn paper(&self) -> Option<&Paper> {
        match &self.opened.record.content {
            Content::Paper(paper) => Some(paper),
            _ => None,
        }
    }
}

/// Opens a paper for its page. A paper older than thirty days is history.
///
/// # Errors
/// [`Stopped`], as for the file.
pub async fn see_paper(
    office: &Office,
    who: &SignedIn,
    (file, paper): (FileId, RecordId),
    why: &Why,
) -> Result<PaperShown, Stopped> {
    let (operation, opened) = permit_paper(office, who, (file, paper), why).await?;
    enter(office, who, &operation, (file, paper)).await?;
    let Content::Paper(shown) = &opened.record.content else { return Err(Stopped::NotFound) };
    let whole = office.book().file_in_passing(file).await?;
    let papers = || {
        whole.of_kind(Kind::Paper).filter_map(|opened| match &opened.record.content {
            Content::Paper(paper) => Some((opened.header.id, paper)),
            _ => None,
        })
    };
    let titled = |(id, paper): (RecordId, &Paper)| (id, paper.title.for_page().clone());
    Ok(PaperShown {
        inside: papers().filter(|(_, other)| other.part_of == Some(paper)).map(titled).collect(),
        part_of: shown.part_of.and_then(|whole| papers().find(|(id, _)| *id == whole)).map(titled),
        may_change: office.would_permit(who, Action::ChangePerson, Some(file), why.purpose).await,
        house: office.house().await?,
        opened,
    })
}

/// What was read out of a paper, or typed off; nothing where there are no words.
///
/// # Errors
/// As [`see_paper`].
pub async fn reading_of(
    office: &Office,
    who: &SignedIn,
    (file, paper): (FileId, RecordId),
    why: &Why,
) -> Result<Option<Reading>, Stopped> {
    let (operation, opened) = permit_paper(office, who, (file, paper), why).await?;
    enter(office, who, &operation, (file, paper)).await?;
    let Content::Paper(shown) = opened.record.content else { return Err(Stopped::NotFound) };
    let read = match shown.reading {
        Some(body) => {
            let json = office.book().body(file, body).await?;
            let damaged =
                |_| book::BookError::Corrupt { place: format!("reading {body}"), what: "it does not read".to_owned() };
            Some(serde_json::from_slice::<Reading>(&json).map_err(damaged).map_err(Stopped::Store)?)
        }
        None => None,
    };
    Ok(match (read, shown.text) {
        // What somebody typed off stands in place of what was read; the pages stay as they are.
        (read, Some(text)) if shown.text_from == TextFrom::Typed => {
            let text = text.for_page().clone();
            Some(Reading { parts: Vec::new(), text, ..read.unwrap_or_default() })
        }
        (Some(read), _) => Some(read),
        (None, Some(text)) => Some(Reading { text: text.for_page().clone(), ..Reading::default() }),
        (None, None) => None,
    })
}

/// Why there is no image of a page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The reader gave none.
    #[error(transparent)]
    Worker(#[from] WorkerError),
}

impl From<book::BookError> for PageError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// One page of a paper as an image made anew, without anything that hides in the file. `page` is counted from 0.
///
/// # Errors
/// [`PageError`]; [`Stopped::NotFound`] where the paper has no such page.
pub async fn page_image(
    office: &Office,
    who: &SignedIn,
    (file, paper): (FileId, RecordId),
    why: &Why,
    (page, dpi): (u32, u32),
) -> Result<PageImage, PageError> {
    let (operation, opened) = permit_paper(office, who, (file, paper), why).await?;
    let Content::Paper(shown) = opened.record.content else { return Err(Stopped::NotFound.into()) };
    let body = shown.body.filter(|_| page < shown.pages).ok_or(Stopped::NotFound)?;
    enter(office, who, &operation, (file, paper)).await?;
    let bytes = office.book().body(file, body.id).await?;
    let (worker, name) = (office.worker().clone(), body.file_name.for_page().clone());
    let made = tokio::task::spawn_blocking(move || worker.page(&name, &bytes, page, dpi)).await;
    Ok(made.map_err(|_| WorkerError::Unreadable("its reader met a fault"))??)
}

/// Enters the opening of a paper in the ledger, unless it is entered already.
async fn enter(
    office: &Office,
    who: &SignedIn,
    operation: &Operation,
    (file, paper): (FileId, RecordId),
) -> Result<(), Stopped> {
    let key = (who.session.clone(), file, paper);
    if office.openings().is_open(&key, operation.now) {
        return Ok(());
    }
    office.book().seen(operation, Act::PaperSeen, file, Some((paper, Kind::Paper))).await?;
    office.openings().opened(key, operation.now);
    Ok(())
}
