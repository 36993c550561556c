//! Questions, and changes that somebody wants, from a viewing or after reading an answer (K22): noted in their words,
//! followed until settled, and told in a letter. A change that is declined is told with every way to complain.

use access::Action;
use book::{Act, Filing};
use jiff::Timestamp;
use records::requests::AccessRequest;
use records::wish::{Wish, WishKind, WishOutcome};
use records::work::LetterKind;
use records::{Content, Header, Kind, Personal, Provenance, Record, RecordId, Source, State};

use super::case::Case;
use super::letters;
use super::limit::{end_of, settings_of};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Something that was asked or wanted, as it was written down.
#[derive(Clone, Debug, Default)]
pub struct NewWish {
    /// What it is; none where nothing was chosen.
    pub wish: Option<WishKind>,
    /// Their words.
    pub words: String,
    /// The viewing at which it came up, from 1.
    pub viewing: Option<u32>,
    /// The record of the answer that it is about, by its place there, from 1.
    pub position: Option<u32>,
}

/// Why nothing was noted, or nothing settled.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// Nothing was chosen.
    #[error("Choose whether it is a question or a change.")]
    NotChosen,
    /// Nothing was written.
    #[error("Write it down in their words.")]
    NoWords,
    /// Nothing says what came of it.
    #[error("Write the answer, what was changed, or why not. They read it as you write it.")]
    NoOutcome,
    /// It is settled.
    #[error("This is settled already.")]
    Settled,
    /// There is nothing to tell.
    #[error("Settle something first: there is nothing to write about.")]
    NothingToTell,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for WishError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Notes what somebody asked or wants changed. It is due as any request under another right is.
pub async fn note_wish(office: &Office, who: &SignedIn, reference: &str, new: NewWish) -> Result<RecordId, WishError> {
    let action = if new.viewing.is_some() { Action::ShowAnswer } else { Action::WorkOnRequest };
    let mut case = Case::open(office, who, reference, action).await?;
    let wish = new.wish.ok_or(WishError::NotChosen)?;
    let words = new.words.trim();
    if words.is_empty() {
        return Err(WishError::NoWords);
    }
    let item = new.position.and_then(|position| item_at(&case.request, position));
    let provenance = Provenance {
        source: Source::Person,
        ..Provenance::from_the_work(case.operation.actor.staff(), case.operation.now)
    };
    let due = wish_due(&case);
    let noted = Wish {
        request: case.header.id,
        viewing: new.viewing,
        item,
        wish,
        words: Personal::new(words.to_owned()),
        on: case.today(),
        outcome: None,
    };
    let mut work = case.begin(office).await?;
    let record = Record::new(provenance, Content::Wish(noted));
    let id = work.add(Act::WishNoted, case.file(), &record, Filing::open(due)).await?;
    case.happened(format!("Noted: {}.", wish.words().to_lowercase()));
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(id)
}

/// By when what somebody wants changed today is settled: as a request under any other right.
pub(crate) fn wish_due(case: &Case) -> Option<Timestamp> {
    let promise = settings_of(&case.house, &case.request).span("answer:right").map(|setting| setting.value);
    end_of(promise.unwrap_or(clock::Span::Months(1)).after(case.today()))
}

/// The record at a place of the answer, from 1.
fn item_at(request: &AccessRequest, position: u32) -> Option<records::requests::ItemRef> {
    let index = usize::try_from(position).ok()?.checked_sub(1)?;
    request.items.get(index).copied()
}

/// What was asked and wanted in a request, oldest first. The view is in the ledger first.
pub async fn wishes(office: &Office, who: &SignedIn, reference: &str) -> Result<Vec<(Header, Wish)>, Stopped> {
    let case = Case::open(office, who, reference, Action::WorkOnRequest).await?;
    let seen = Some((case.header.id, Kind::AccessRequest));
    office.book().seen(&case.operation, Act::RecordSeen, case.file(), seen).await?;
    wishes_of(office, &case).await
}

async fn wishes_of(office: &Office, case: &Case) -> Result<Vec<(Header, Wish)>, Stopped> {
    let file = office.person_in_passing(case.file()).await?;
    let ours = |opened: book::Opened| match opened.record.content {
        Content::Wish(wish) if wish.request == case.header.id => Some((opened.header, wish)),
        _ => None,
    };
    Ok(file.records.into_iter().filter_map(ours).collect())
}

/// Settles something that was asked or wanted: answered, changed, or declined with reasons.
pub async fn settle_wish(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (wish, done, words): (RecordId, bool, &str),
) -> Result<(), WishError> {
    let mut case = Case::open(office, who, reference, Action::WorkOnRequest).await?;
    let opened = office.book().record_in_passing(case.file(), wish).await?;
    let Content::Wish(mut settled) = opened.record.content else { return Err(Stopped::NotFound.into()) };
    if settled.request != case.header.id {
        return Err(Stopped::NotFound.into());
    }
    if settled.outcome.is_some() {
        return Err(WishError::Settled);
    }
    let words = words.trim();
    if words.is_empty() {
        return Err(WishError::NoOutcome);
    }
    let by = case.operation.actor.staff();
    settled.outcome = Some(WishOutcome { on: case.today(), done, words: Personal::new(words.to_owned()), by });
    let verb = match (settled.wish, done) {
        (WishKind::Question, _) => "A question was answered.",
        (WishKind::Change, true) => "A change that they wanted was made.",
        (WishKind::Change, false) => "A change that they wanted was declined, with reasons.",
    };
    case.happened(verb);
    let mut work = case.begin(office).await?;
    let record = Record::new(opened.record.provenance, Content::Wish(settled));
    work.change(Act::WishSettled, &opened.header, &record, Filing::in_state(State::Done)).await?;
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(())
}

/// Writes what came of everything that is settled.
pub async fn tell_wishes(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, WishError> {
    let mut case = Case::open(office, who, reference, Action::WorkOnRequest).await?;
    let all = wishes_of(office, &case).await?;
    let settled: Vec<&Wish> = all.iter().map(|(_, wish)| wish).filter(|wish| wish.outcome.is_some()).collect();
    if settled.is_empty() {
        return Err(WishError::NothingToTell);
    }
    let letter = letters::wishes(&case, &settled);
    case.happened("Wrote what came of their questions and of what they wanted changed.");
    Ok(case.save_with_letter(office, Act::RecordChanged, LetterKind::Wishes, letter).await?)
}
