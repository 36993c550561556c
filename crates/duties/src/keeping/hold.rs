//! Keeping a file longer than the policy's time: with a reason, an end where one is known, and a day on which somebody
//! looks at it again (K29). The end does not lift it: somebody looks first.

use access::Action;
use book::{Act, Filing, Opened};
use jiff::ToSpan as _;
use jiff::civil::Date;
use records::keeping::{Hold, HoldReason, HoldReview};
use records::{Content, FileId, Operation, Personal, Provenance, Record, RecordId, State};

use super::close::closure_of;
use super::dispose::called_off;
use super::rule::usual_end;
use crate::office::Office;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::{Why, end_of};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Without an end, somebody looks at it again within so many months; with one, within so many years.
const REVIEW_MONTHS: i32 = 12;
const REVIEW_YEARS: i32 = 5;

/// What keeps a file longer, as chosen and typed.
#[derive(Clone, Debug, Default)]
pub struct NewHold {
    /// Why. Field `because`.
    pub because: Option<HoldReason>,
    /// What exactly. Field `words`.
    pub words: String,
    /// Until when; empty for the usual end of that reason, or none. Field `until`.
    pub until: String,
    /// When somebody looks at it again. Field `review`.
    pub review: String,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for HoldError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Keeps a person's files longer. A disposal that was under way is called off with it.
///
/// # Errors
/// [`HoldError`]; nothing is saved then.
pub async fn place_hold(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewHold,
) -> Result<RecordId, HoldError> {
    let leading = office.leading(file);
    let operation = office.permit(who, Action::HoldFile, Some(leading), why.purpose, &why.reason).await?;
    let opened = office.book().file_in_passing(leading).await?;
    let born = opened.card.born.as_ref().map(|born| *born.for_page());
    let closing = closure_of(office, leading).await?;
    let from = closing.map_or_else(|| operation.today(), |(_, closure)| closure.left);
    let usual = new.because.and_then(|because| usual_end(because, opened.class, born, from)).map(|(day, _)| day);
    let hold = read(&new, usual, &operation).map_err(HoldError::Wrong)?;
    let filing = Filing::open(Some(next_look(&hold)));
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(Provenance::from_the_work(Some(who.file), operation.now), Content::Hold(hold));
    let id = work.add(Act::HoldPlaced, leading, &record, filing).await?;
    if let Some((opened, closure)) = closure_of(office, leading).await?
        && closure.disposal.is_some()
    {
        called_off(&mut work, &opened, closure).await?;
    }
    work.commit().await?;
    Ok(id)
}

fn read(new: &NewHold, usual: Option<Date>, operation: &Operation) -> Result<Hold, FieldErrors> {
    let today = operation.today();
    let mut reading = Reading::default();
    if new.because.is_none() {
        reading.wrong("because", "Choose why it is kept longer");
    }
    let words = reading.keep("words", entered::needed_text(&new.words, "Say what exactly: which claim, which law"));
    let until = match new.until.trim() {
        "" => usual,
        typed => reading.keep("until", entered::date(typed)),
    };
    if until.is_some_and(|day| day <= today) {
        reading.wrong("until", "This day is over. Leave it empty, or choose a later one");
    }
    let review = reading.keep("review", review_day(&new.review, until, today));
    reading.finish()?;
    Ok(Hold {
        because: new.because.unwrap_or(HoldReason::Law),
        words: Personal::new(words.unwrap_or_default()),
        until,
        review: review.unwrap_or(today),
        on: today,
        by: operation.actor.staff(),
        reviews: Vec::new(),
        lifted: None,
    })
}

/// A hold is for a time, and somebody looks at it again before it is forgotten.
fn review_day(typed: &str, until: Option<Date>, today: Date) -> Result<Date, String> {
    let day = match typed.trim() {
        "" => return Err("Say when somebody looks at it again".to_owned()),
        typed => entered::date(typed)?,
    };
    let (last, within) = match until {
        None => (today.saturating_add(REVIEW_MONTHS.months()), "twelve months"),
        Some(_) => (today.saturating_add(REVIEW_YEARS.years()), "five years"),
    };
    if day <= today {
        return Err("Choose a day after today".to_owned());
    }
    if day > last {
        return Err(format!("Choose a day within {within}: what keeps a file longer is looked at again"));
    }
    Ok(day)
}

/// The moment at which somebody must look.
fn next_look(hold: &Hold) -> jiff::Timestamp {
    end_of(hold.until.map_or(hold.review, |until| until.min(hold.review)))
}

/// Somebody looked at it again, and it is still needed.
///
/// # Errors
/// [`HoldError`], fields `words`, `until` and `review`; [`Stopped::Conflict`] where somebody changed it first.
pub async fn review_hold(
    office: &Office,
    who: &SignedIn,
    (file, record, version): (FileId, RecordId, u32),
    why: &Why,
    (words, until, review): (&str, &str, &str),
) -> Result<(), HoldError> {
    let (operation, was, mut hold) = standing_hold(office, who, (file, record, version), why).await?;
    let today = operation.today();
    let mut reading = Reading::default();
    let said = reading.keep("words", entered::needed_text(words, "Say why it is still needed"));
    if !until.trim().is_empty() {
        hold.until = reading.keep("until", entered::date(until));
    }
    if hold.until.is_some_and(|day| day <= today) {
        reading.wrong("until", "This day is over: choose a later one, or end the hold");
    }
    let next = reading.keep("review", review_day(review, hold.until, today));
    reading.finish().map_err(HoldError::Wrong)?;
    hold.review = next.unwrap_or(hold.review);
    hold.reviews.push(looked(&operation, said.unwrap_or_default()));
    let filing = Filing::open(Some(next_look(&hold)));
    save(office, &operation, (Act::HoldReviewed, was, hold), filing).await
}

/// Nothing keeps the file longer any more.
///
/// # Errors
/// [`HoldError`], field `words`; [`Stopped::Conflict`] where somebody changed it first.
pub async fn lift_hold(
    office: &Office,
    who: &SignedIn,
    (file, record, version): (FileId, RecordId, u32),
    why: &Why,
    words: &str,
) -> Result<(), HoldError> {
    let (operation, was, mut hold) = standing_hold(office, who, (file, record, version), why).await?;
    let said = entered::needed_text(words, "Say why it is no longer needed");
    let said = said.map_err(|wrong| HoldError::Wrong(vec![("words", wrong)]))?;
    hold.reviews.push(looked(&operation, said));
    hold.lifted = Some(operation.today());
    save(office, &operation, (Act::HoldLifted, was, hold), Filing::in_state(State::Done)).await
}

fn looked(operation: &Operation, words: String) -> HoldReview {
    HoldReview { on: operation.today(), by: operation.actor.staff(), words: Personal::new(words) }
}

async fn standing_hold(
    office: &Office,
    who: &SignedIn,
    (file, record, version): (FileId, RecordId, u32),
    why: &Why,
) -> Result<(Operation, Opened, Hold), HoldError> {
    let operation = office.permit(who, Action::HoldFile, Some(file), why.purpose, &why.reason).await?;
    let was = office.book().record_in_passing(file, record).await?;
    let Content::Hold(hold) = was.record.content.clone() else { return Err(Stopped::NotFound.into()) };
    if hold.lifted.is_some() || was.header.version != version {
        return Err(Stopped::Conflict.into());
    }
    Ok((operation, was, hold))
}

async fn save(
    office: &Office,
    operation: &Operation,
    (act, was, hold): (Act, Opened, Hold),
    filing: Filing,
) -> Result<(), HoldError> {
    let mut work = office.book().begin(operation).await?;
    let record = Record::new(was.record.provenance.clone(), Content::Hold(hold));
    work.change(act, &was.header, &record, filing).await?;
    work.commit().await?;
    Ok(())
}
