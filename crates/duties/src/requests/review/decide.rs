//! What the person who reads an item through decides: cover, uncover, leave out, give, remark, take back.

use access::Action;
use jiff::Timestamp;
use papers::pages::Area;
use papers::redact::{RedactionReason, Redactions, Span, SpanError, Term, find_all};
use records::requests::{Covered, CoveredBox, Review, Stage, Verdict};
use records::{FileId, Personal};

use super::case::{Case, Gathered, change_review};
use super::decided::{same_paper, taken_over};
use super::exemptions::{Unmet, asked_about, condition, health_closed};
use super::pages::unseen;
use super::read::narrow;
use super::texts::{ItemTexts, lines};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// How many earlier states are kept for undo.
const UNDO: usize = 50;

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The request is not being read through now.
    #[error("this request is not being read through now")]
    NotBeingRead,
    /// The reason is not one of the list.
    #[error("choose a reason")]
    NoReason,
    /// Nothing was ticked, or no words were given.
    #[error("tick a line, or write the words to cover")]
    NothingChosen,
    /// The words stand nowhere.
    #[error("these words are not in the text")]
    NotFound,
    /// The place does not fit the text.
    #[error("this place is not in the text: {0}")]
    Place(#[from] SpanError),
    /// The box does not lie on the page.
    #[error("this box does not lie on the page")]
    BoxOutside,
    /// Pages that would go out have not been looked at, from 1.
    #[error("pages that would go out have not been looked at: {0:?}")]
    PagesUnseen(Vec<u32>),
    /// There is nothing to take back.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// The reason may not be relied on here, or something stays closed.
    #[error("{}", .0.words())]
    Unmet(Unmet),
    /// What was told in confidence goes out only with a remark on whether its giver agrees, or why it is shared without.
    #[error("this was told in confidence: write first whether whoever told us agrees, or why you share it without")]
    InConfidence,
}

impl From<book::BookError> for DecideError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// A stretch of one text of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Which text, from 0.
    pub part: u16,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// What is decided about one item.
#[derive(Clone, Debug)]
pub enum Decision {
    /// Cover these stretches.
    Cover(Vec<Stretch>, RedactionReason),
    /// Cover these lines, by their numbers.
    CoverLines(Vec<usize>, RedactionReason),
    /// Cover these words wherever they stand in this item.
    CoverWords(String, RedactionReason),
    /// A suggestion is not followed.
    TurnDown(Stretch),
    /// Show again whatever is covered here.
    Uncover(Stretch),
    /// Cover this box on a page, from 0.
    CoverBox(u32, Area, RedactionReason),
    /// Cover every line of the pages in which these words stand.
    CoverPageLines(String, RedactionReason),
    /// Take the box with this place in the list away, from 0.
    UncoverBox(usize),
    /// Somebody has looked at these pages, from 0.
    SeePages(Vec<u32>),
    /// Whether the pages go out as pictures.
    AsPictures(bool),
    /// Cover what is covered in the record at this place, which holds the very same file.
    TakeOver(u32),
    /// Take the last covering or uncovering back.
    Undo,
    /// The item is read and goes out, with what is covered left out.
    Give,
    /// The item is left out whole.
    Withhold(RedactionReason),
    /// The item is to be read again.
    Unread,
    /// Remarks for the second person.
    Remark(String),
    /// How the person knows already what it says about health; empty takes it back.
    KnownToThem(String),
}

impl Decision {
    /// The reason that it relies on.
    const fn reason(&self) -> Option<RedactionReason> {
        match self {
            Self::Cover(_, reason)
            | Self::CoverLines(_, reason)
            | Self::CoverWords(_, reason)
            | Self::CoverBox(_, _, reason)
            | Self::CoverPageLines(_, reason)
            | Self::Withhold(reason) => Some(*reason),
            _ => None,
        }
    }
}

/// Takes a decision about the item at a place in the pack.
pub async fn decide(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    position: u32,
    decision: Decision,
) -> Result<(), DecideError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::ReviewText).await?;
    if case.request.stage != Stage::Review {
        return Err(DecideError::NotBeingRead);
    }
    let item = case.item(position).ok_or(Stopped::NotFound)?;
    let texts = case.texts(office, &item.review.item).await?;
    let mut review = item.review.clone();
    if let Some(reason) = decision.reason() {
        condition(&case, reason, operation.today()).map_err(DecideError::Unmet)?;
    }
    if matches!(decision, Decision::Give) && health_closed(&case, &review, &texts, operation.today()) {
        return Err(DecideError::Unmet(Unmet::HealthClosed));
    }
    if matches!(decision, Decision::Give) {
        if let Some(unmet) = asked_about(&case, &review, &texts) {
            return Err(DecideError::Unmet(unmet));
        }
        if texts.in_confidence.is_some() && review.remarks.is_none() && !case.agreed(&review.item) {
            return Err(DecideError::InConfidence);
        }
    }
    if let Decision::TakeOver(from) = decision {
        let from = &case.item(from).ok_or(Stopped::NotFound)?.review;
        if !same_paper(office, &case, &review.item, &from.item).await? {
            return Err(DecideError::NotFound);
        }
        let before = state(&review);
        let there = case.texts(office, &from.item).await?;
        taken_over(&mut review, from, (&texts, &there));
        remember(&mut review, before)?;
        let mut work = office.book().begin(&operation).await?;
        change_review(&mut work, item, review).await?;
        work.commit().await?;
        return Ok(());
    }
    apply(&mut review, &texts, decision, (who.file, operation.now))?;
    let mut work = office.book().begin(&operation).await?;
    change_review(&mut work, item, review).await?;
    work.commit().await?;
    Ok(())
}

/// Covers words wherever they stand in any item of the request. Returns in how many places, and in how many items.
pub async fn cover_everywhere(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    words: &str,
    reason: RedactionReason,
) -> Result<(usize, usize), DecideError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::ReviewText).await?;
    if case.request.stage != Stage::Review {
        return Err(DecideError::NotBeingRead);
    }
    condition(&case, reason, operation.today()).map_err(DecideError::Unmet)?;
    let mut places = 0;
    let mut changed: Vec<(&Gathered, Review)> = Vec::new();
    for item in &case.items {
        let texts = case.texts(office, &item.review.item).await?;
        let found = stretches(&texts, words)?;
        if found.is_empty() {
            continue;
        }
        let mut review = item.review.clone();
        match cover(&mut review, &texts, &found, reason, (who.file, operation.now)) {
            Ok(()) => {
                places += found.len();
                changed.push((item, review));
            }
            // All of them are covered here already; that must not keep the other items open.
            Err(DecideError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if changed.is_empty() {
        return Err(DecideError::NotFound);
    }
    let items = changed.len();
    let mut work = office.book().begin(&operation).await?;
    for (item, review) in changed {
        change_review(&mut work, item, review).await?;
    }
    work.commit().await?;
    Ok((places, items))
}

fn apply(
    review: &mut Review,
    texts: &ItemTexts,
    decision: Decision,
    by: (FileId, Timestamp),
) -> Result<(), DecideError> {
    match decision {
        Decision::Cover(places, reason) => cover(review, texts, &places, reason, by)?,
        Decision::CoverLines(numbers, reason) => {
            let all = lines(&texts.parts);
            let chosen = all.iter().filter(|line| numbers.contains(&line.number));
            let places: Vec<Stretch> =
                chosen.map(|line| Stretch { part: line.part, start: line.start, end: line.end }).collect();
            cover(review, texts, &places, reason, by)?;
        }
        Decision::CoverWords(words, reason) => {
            let found = stretches(texts, &words)?;
            if found.is_empty() {
                return Err(DecideError::NotFound);
            }
            cover(review, texts, &found, reason, by)?;
        }
        Decision::TurnDown(place) => turn_down(review, texts, place)?,
        Decision::Uncover(place) => {
            let before = state(review);
            let apart = |one: &Covered| {
                one.part != place.part || one.end as usize <= place.start || one.start as usize >= place.end
            };
            review.covered.retain(apart);
            remember(review, before)?;
        }
        Decision::CoverBox(page, area, reason) => cover_box(review, texts, (page, area), reason, by)?,
        Decision::CoverPageLines(words, reason) => cover_page_lines(review, texts, &words, reason, by)?,
        Decision::UncoverBox(place) => uncover_box(review, place)?,
        Decision::SeePages(pages) => see_pages(review, texts, pages),
        // Another record is needed for it: done before.
        Decision::TakeOver(_) => return Err(DecideError::NothingChosen),
        Decision::AsPictures(yes) => review.as_images = Some(yes),
        Decision::Undo => undo(review)?,
        Decision::Give => give(review, texts)?,
        Decision::Withhold(reason) => {
            review.verdict = Verdict::Withhold;
            review.withheld_for = Some(reason.code().to_owned());
        }
        Decision::Unread => {
            review.verdict = Verdict::Unread;
            review.withheld_for = None;
        }
        Decision::Remark(words) => {
            let words = words.trim();
            review.remarks = (!words.is_empty()).then(|| Personal::new(words.to_owned()));
        }
        Decision::KnownToThem(words) => {
            let words = words.trim();
            review.known_to_them = (!words.is_empty()).then(|| Personal::new(words.to_owned()));
        }
    }
    Ok(())
}

fn turn_down(review: &mut Review, texts: &ItemTexts, place: Stretch) -> Result<(), DecideError> {
    check(texts, place)?;
    let place = (place.part, narrow(place.start), narrow(place.end));
    if !review.turned_down.contains(&place) {
        review.turned_down.push(place);
    }
    Ok(())
}

/// Covers every line of the pages that has the words.
fn cover_page_lines(
    review: &mut Review,
    texts: &ItemTexts,
    words: &str,
    reason: RedactionReason,
    by: (FileId, Timestamp),
) -> Result<(), DecideError> {
    if Term::new(words).is_none() {
        return Err(DecideError::NothingChosen);
    }
    let lines = texts.pages.as_ref().map(|pages| pages.lines_with(words)).unwrap_or_default();
    if lines.is_empty() {
        return Err(DecideError::NotFound);
    }
    for line in lines {
        match cover_box(review, texts, line, reason, by) {
            Ok(()) | Err(DecideError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn uncover_box(review: &mut Review, place: usize) -> Result<(), DecideError> {
    let before = state(review);
    if place >= review.boxes.len() {
        return Err(DecideError::NotFound);
    }
    review.boxes.remove(place);
    remember(review, before)
}

fn see_pages(review: &mut Review, texts: &ItemTexts, pages: Vec<u32>) {
    let all = texts.pages.as_ref().map_or(0, |pages| pages.pages.len());
    review.seen_pages.extend(pages.into_iter().filter(|page| (*page as usize) < all));
    review.seen_pages.sort_unstable();
    review.seen_pages.dedup();
}

fn undo(review: &mut Review) -> Result<(), DecideError> {
    let covered = review.undo.pop().ok_or(DecideError::NothingToUndo)?;
    // From before there were boxes, fewer states of boxes are kept than of passages.
    if review.boxes_undo.len() > review.undo.len() {
        review.boxes = review.boxes_undo.pop().unwrap_or_default();
    }
    review.covered = covered;
    Ok(())
}

fn give(review: &mut Review, texts: &ItemTexts) -> Result<(), DecideError> {
    let unseen = unseen(texts, review);
    if !unseen.is_empty() {
        return Err(DecideError::PagesUnseen(unseen));
    }
    review.verdict = Verdict::Give;
    review.withheld_for = None;
    Ok(())
}

/// Where words stand in the texts of an item.
fn stretches(texts: &ItemTexts, words: &str) -> Result<Vec<Stretch>, DecideError> {
    let term = Term::new(words).ok_or(DecideError::NothingChosen)?;
    let on = (0_u16..).zip(&texts.parts);
    let found = on.flat_map(|(part, text)| {
        find_all(&term, &text.text).into_iter().map(move |range| Stretch { part, start: range.start, end: range.end })
    });
    Ok(found.collect())
}

fn check(texts: &ItemTexts, place: Stretch) -> Result<(), DecideError> {
    let text = texts.parts.get(usize::from(place.part)).ok_or(DecideError::NotFound)?;
    let span = Span { start: place.start, end: place.end, reason: RedactionReason::Other };
    Redactions::new(&text.text, [span])?;
    Ok(())
}

pub(crate) fn cover(
    review: &mut Review,
    texts: &ItemTexts,
    places: &[Stretch],
    reason: RedactionReason,
    (by, at): (FileId, Timestamp),
) -> Result<(), DecideError> {
    if places.is_empty() {
        return Err(DecideError::NothingChosen);
    }
    for place in places {
        check(texts, *place)?;
    }
    let before = state(review);
    for place in places {
        let new = Covered {
            part: place.part,
            start: narrow(place.start),
            end: narrow(place.end),
            reason: reason.code().to_owned(),
            by,
            at,
        };
        let same = |one: &Covered| (one.part, one.start, one.end) == (new.part, new.start, new.end);
        review.covered.retain(|one| !same(one));
        review.covered.push(new);
    }
    review.covered.sort_by_key(|one| (one.part, one.start, one.end));
    remember(review, before)
}

/// Keeps the state before for undo; a decision that changes nothing is told as such.
fn remember(review: &mut Review, before: State) -> Result<(), DecideError> {
    if before == state(review) {
        return Err(DecideError::NotFound);
    }
    // Each state of the passages has its state of the boxes, at the same place from the end.
    if review.boxes_undo.len() < review.undo.len() && review.boxes_undo.is_empty() {
        review.boxes_undo = vec![Vec::new(); review.undo.len()];
    }
    review.undo.push(before.0);
    review.boxes_undo.push(before.1);
    if review.undo.len() > UNDO {
        review.undo.remove(0);
        review.boxes_undo.remove(0);
    }
    Ok(())
}

/// What undo brings back: passages and boxes.
type State = (Vec<Covered>, Vec<CoveredBox>);

fn state(review: &Review) -> State {
    (review.covered.clone(), review.boxes.clone())
}

/// Puts a box on a page. It may reach over the page's edge, as a hand does, and is cut there.
fn cover_box(
    review: &mut Review,
    texts: &ItemTexts,
    (page, area): (u32, Area),
    reason: RedactionReason,
    (by, at): (FileId, Timestamp),
) -> Result<(), DecideError> {
    let shape = texts.pages.as_ref().and_then(|pages| pages.pages.get(page as usize)).ok_or(DecideError::BoxOutside)?;
    let right = area.left.saturating_add(area.width).min(shape.size.0);
    let bottom = area.top.saturating_add(area.height).min(shape.size.1);
    if area.left >= right || area.top >= bottom {
        return Err(DecideError::BoxOutside);
    }
    let before = state(review);
    let reason = reason.code().to_owned();
    let (width, height) = (right - area.left, bottom - area.top);
    let new = CoveredBox { page, left: area.left, top: area.top, width, height, reason, by, at };
    let same = |one: &CoveredBox| {
        (one.page, one.left, one.top, one.width, one.height) == (page, new.left, new.top, width, height)
    };
    review.boxes.retain(|one| !same(one));
    review.boxes.push(new);
    review.boxes.sort_by_key(|one| (one.page, one.top, one.left));
    remember(review, before)
}
