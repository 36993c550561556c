//! Disposing of a file whose time is over (K29): one person puts it forward, another agrees, and for a time it can be
//! called off. Only then is it destroyed ([`super::carry_out`]).

use access::{Action, Circumstances};
use book::{Act, Filing, Opened, Work};
use clock::Span;
use jiff::civil::Date;
use records::keeping::{Agreement, Closure, PutForward};
use records::{Content, FileId, PersonClass, Personal, Purpose, Record, State};

use super::close::standing;
use super::due::visible;
use super::obstacle::{Obstacle, everything_of, obstacles};
use crate::office::Office;
use crate::people::end_of;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Without words in the policy, an approved disposal can be called off for so long.
const UNDO: Span = Span::Days(14);

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum DisposeError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// It must be kept.
    #[error("{}", .0.iter().map(Obstacle::words).collect::<Vec<_>>().join(" "))]
    Kept(Vec<Obstacle>),
    /// Nothing was said.
    #[error("Say why nothing in it is needed any more")]
    NoWords,
    /// Nobody put it forward.
    #[error("Nobody has put this file forward.")]
    NotPutForward,
    /// It was put forward or agreed to before.
    #[error("This was done already.")]
    Already,
}

impl From<book::BookError> for DisposeError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// A closed file with its closing, as a deed about its disposal finds it.
pub(super) struct Closed {
    pub leading: FileId,
    pub class: PersonClass,
    pub all: Vec<Opened>,
    pub opened: Opened,
    pub closure: Closure,
}

/// The closed files of a person. Not found where nothing is closed.
pub(super) async fn closed(office: &Office, file: FileId) -> Result<Closed, Stopped> {
    let leading = office.leading(file);
    let class = office.book().card(leading).ok_or(Stopped::NotFound)?.class;
    let all = everything_of(office, leading).await?;
    let (opened, closure) = standing(&all).ok_or(Stopped::NotFound)?;
    Ok(Closed { leading, class, all, opened, closure })
}

/// The same, seen by somebody who may see it, where nothing stands against destroying it. A hold is told as what it is, not
/// as a page that is not there.
async fn free(office: &Office, who: &SignedIn, file: FileId) -> Result<Closed, DisposeError> {
    let closed = closed(office, file).await?;
    let house = office.house().await?;
    visible(office, who, closed.leading).await?;
    let against = obstacles(office, &house, (closed.leading, closed.class), &closed.all, &closed.closure).await?;
    if against.is_empty() { Ok(closed) } else { Err(DisposeError::Kept(against)) }
}

/// Puts a file forward. It waits for the second person.
///
/// # Errors
/// [`DisposeError`]; nothing is saved then.
pub async fn put_forward(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    (words, originals): (&str, bool),
) -> Result<(), DisposeError> {
    let words = words.trim();
    let mut closed = free(office, who, file).await?;
    if words.is_empty() {
        return Err(DisposeError::NoWords);
    }
    if closed.closure.disposal.is_some() {
        return Err(DisposeError::Already);
    }
    let operation =
        office.permit(who, Action::DisposeOfFile, Some(closed.leading), Purpose::Administration, words).await?;
    closed.closure.disposal = Some(PutForward {
        on: operation.today(),
        by: operation.actor.staff(),
        words: Personal::new(words.to_owned()),
        originals,
        agreed: None,
    });
    let filing = Filing { topic: 0, state: Some(State::Waiting), due: closed.opened.header.due };
    let mut work = office.book().begin(&operation).await?;
    save(&mut work, Act::DisposalPutForward, &closed.opened, closed.closure, filing).await?;
    work.commit().await?;
    Ok(())
}

/// The second person agrees. Returns the first day on which it is carried out.
///
/// # Errors
/// [`DisposeError`]; nothing is saved then.
pub async fn agree_disposal(office: &Office, who: &SignedIn, file: FileId) -> Result<Date, DisposeError> {
    let mut closed = free(office, who, file).await?;
    let Some(forward) = &mut closed.closure.disposal else { return Err(DisposeError::NotPutForward) };
    if forward.agreed.is_some() {
        return Err(DisposeError::Already);
    }
    let moment = Circumstances {
        sent_to_check: true,
        worked_on_it: forward.by == Some(who.file),
        ..Circumstances::of(Purpose::Administration)
    };
    let operation = office.permit_in(who, Action::AgreeDisposal, Some(closed.leading), moment, "").await?;
    let house = office.house().await?;
    let undo = house.settings().span("keep:erasure/undo").map_or(UNDO, |setting| setting.value);
    let last = undo.after(operation.today());
    let from = last.tomorrow().unwrap_or(last);
    forward.agreed = Some(Agreement { on: operation.today(), by: operation.actor.staff(), from });
    let filing = Filing { topic: 0, state: Some(State::Waiting), due: Some(end_of(last)) };
    let mut work = office.book().begin(&operation).await?;
    save(&mut work, Act::DisposalApproved, &closed.opened, closed.closure, filing).await?;
    work.commit().await?;
    Ok(from)
}

/// Calls a disposal off, at any moment before it is carried out. Whoever sees it may: nothing is lost by keeping.
///
/// # Errors
/// [`DisposeError`]; nothing is saved then.
pub async fn call_off_disposal(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    reason: &str,
) -> Result<(), DisposeError> {
    let closed = closed(office, file).await?;
    let mut operation = visible(office, who, closed.leading).await?;
    if reason.trim().is_empty() {
        return Err(DisposeError::NoWords);
    }
    if closed.closure.disposal.is_none() {
        return Err(DisposeError::NotPutForward);
    }
    operation.reason = records::operation::Reason::new(reason);
    let mut work = office.book().begin(&operation).await?;
    called_off(&mut work, &closed.opened, closed.closure).await?;
    work.commit().await?;
    Ok(())
}

/// Within another deed: the disposal is off, and the file waits as before.
pub(super) async fn called_off(work: &mut Work, was: &Opened, mut closure: Closure) -> Result<(), Stopped> {
    closure.disposal = None;
    let filing = Filing::open(Some(end_of(closure.keep_until)));
    save(work, Act::DisposalCalledOff, was, closure, filing).await
}

async fn save(work: &mut Work, act: Act, was: &Opened, closure: Closure, filing: Filing) -> Result<(), Stopped> {
    let record = Record::new(was.record.provenance.clone(), Content::Closure(closure));
    work.change(act, &was.header, &record, filing).await?;
    Ok(())
}
