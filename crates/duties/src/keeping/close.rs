//! Closing a file when the work with somebody has ended: from that day its time runs (K28). And opening it again.

use access::Action;
use book::{Act, FileState, Filing, Opened, Work};
use jiff::civil::Date;
use records::keeping::Closure;
use records::people::Relationship;
use records::staff::AccountState;
use records::{Content, FileId, Kind, PersonClass, Personal, Provenance, Record, State};

use super::obstacle::everything_of;
use super::rule::rule_of;
use crate::office::Office;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::{Why, end_of};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The end of the work, as typed.
#[derive(Clone, Debug, Default)]
pub struct NewClosure {
    /// The day from which the time runs. Field `left`.
    pub left: String,
    /// What there is to say about the end; may be empty. Field `words`.
    pub words: String,
}

/// Why a file was not closed or not opened again.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
    /// A service runs.
    #[error("They still use a service. End that first.")]
    Enrolled,
    /// A child in their care uses a service.
    #[error("A child in their care still uses a service. Close the child’s file first.")]
    ChildHere,
    /// They can sign in.
    #[error("They can still sign in. An administrator closes the account first.")]
    Account,
    /// It is not open.
    #[error("The file is not open.")]
    NotOpen,
    /// It is not closed.
    #[error("The file is not closed.")]
    NotClosed,
    /// The policy says no time.
    #[error("The policy does not say how long such a file is kept. Put that into the policy first.")]
    NoRule,
}

impl From<book::BookError> for CloseError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Closes all files of a person. Returns the last day on which they must be kept.
///
/// # Errors
/// [`CloseError`]; nothing is saved then.
pub async fn close_file(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewClosure,
) -> Result<Date, CloseError> {
    let files = office.files_of(file);
    let mut operation = None;
    for own in &files {
        operation = Some(office.permit(who, Action::CloseFile, Some(*own), why.purpose, &why.reason).await?);
    }
    let operation = operation.ok_or(Stopped::NotFound)?;
    let house = office.house().await?;
    let leading = office.leading(file);
    let class = office.book().card(leading).ok_or(Stopped::NotFound)?.class;
    let rule = rule_of(house.settings(), class).ok_or(CloseError::NoRule)?;
    // The lock of the one writer first: what is found below holds until the commit.
    let mut work = office.book().begin(&operation).await?;
    let all = everything_of(office, leading).await?;
    let open = open_files(office, &files).await?;
    nothing_runs(office, &all).await?;
    let closure = {
        let mut reading = Reading::default();
        let left = reading.keep("left", entered::past_date(&new.left, operation.today()));
        let words = reading.keep("words", entered::text(&new.words)).flatten();
        if let (Some(left), Some(last)) = (left, last_day(&all))
            && left < last
        {
            reading.wrong(
                "left",
                format!("They used a service until {}. The end cannot be earlier", clock::uk_date(last)),
            );
        }
        reading.finish().map_err(CloseError::Wrong)?;
        let left = left.unwrap_or_else(|| operation.today());
        Closure {
            left,
            rule: rule.key.to_owned(),
            kept_for: rule.span.value.figures(),
            keep_until: rule.span.value.after(left),
            words: words.map(Personal::new),
            on: operation.today(),
            by: operation.actor.staff(),
            disposal: None,
            reopened: None,
        }
    };
    let until = closure.keep_until;
    let record = Record::new(Provenance::from_the_work(Some(who.file), operation.now), Content::Closure(closure));
    work.add(Act::RecordAdded, leading, &record, Filing::open(Some(end_of(until)))).await?;
    for own in open {
        work.set_file_state(Act::FileClosed, own, FileState::Closed).await?;
    }
    work.commit().await?;
    Ok(until)
}

/// Those of a person's files that are open. One that is restricted or archived stays what it is, and so do all of them.
async fn open_files(office: &Office, files: &[FileId]) -> Result<Vec<FileId>, CloseError> {
    let mut open = Vec::new();
    for file in files {
        match office.book().file_state(*file).await? {
            FileState::Open => open.push(*file),
            FileState::Closed => {}
            FileState::Archived | FileState::Restricted | FileState::Erased => return Err(CloseError::NotOpen),
        }
    }
    if open.is_empty() { Err(CloseError::NotOpen) } else { Ok(open) }
}

/// The last day of the last service.
pub(super) fn last_day(all: &[Opened]) -> Option<Date> {
    let ends = all.iter().filter_map(|one| match &one.record.content {
        Content::Enrolment(enrolment) => enrolment.ended,
        _ => None,
    });
    ends.max()
}

/// Nothing that runs is closed with a file.
async fn nothing_runs(office: &Office, all: &[Opened]) -> Result<(), CloseError> {
    for one in all {
        match &one.record.content {
            Content::Enrolment(enrolment) if enrolment.ended.is_none() => return Err(CloseError::Enrolled),
            Content::Account(account) if account.state != AccountState::Disabled => return Err(CloseError::Account),
            Content::Relationship(Relationship { other, .. })
                if one.header.state != State::Superseded && child_is_here(office, one.header.file, *other).await? =>
            {
                return Err(CloseError::ChildHere);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the other person is a child in this carer's care who uses a service.
async fn child_is_here(office: &Office, carer: FileId, other: FileId) -> Result<bool, Stopped> {
    let class = |file| office.book().card(file).map(|card| card.class);
    if class(carer) != Some(PersonClass::Carer) || class(other) != Some(PersonClass::Child) {
        return Ok(false);
    }
    let all = everything_of(office, other).await?;
    Ok(all.iter().any(|one| matches!(&one.record.content, Content::Enrolment(enrolment) if enrolment.ended.is_none())))
}

/// Opens a closed file again: the person came back, or it was closed by mistake. The reason stands in the trace.
///
/// # Errors
/// [`CloseError`]; nothing is saved then.
pub async fn reopen_file(office: &Office, who: &SignedIn, file: FileId, why: &Why) -> Result<(), CloseError> {
    let leading = office.leading(file);
    let operation = office.permit(who, Action::CloseFile, Some(leading), why.purpose, &why.reason).await?;
    let mut work = office.book().begin(&operation).await?;
    if !reopen(office, &mut work, leading).await? {
        return Err(CloseError::NotClosed);
    }
    work.commit().await?;
    Ok(())
}

/// Within an enrolment: somebody who comes back has an open file again, and nothing of it is disposed of.
pub(crate) async fn reopen_for_enrolment(office: &Office, work: &mut Work, file: FileId) -> Result<(), Stopped> {
    reopen(office, work, office.leading(file)).await.map(|_| ())
}

/// Whether it was closed, and is open now.
async fn reopen(office: &Office, work: &mut Work, leading: FileId) -> Result<bool, Stopped> {
    let mut was_closed = false;
    for own in office.files_of(leading) {
        if office.book().file_state(own).await? == FileState::Closed {
            work.set_file_state(Act::FileReopened, own, FileState::Open).await?;
            was_closed = true;
        }
    }
    if was_closed {
        for (opened, mut closure) in all_standing(&everything_of(office, leading).await?) {
            closure.reopened = Some(work.operation().today());
            let act = if closure.disposal.take().is_some() { Act::DisposalCalledOff } else { Act::RecordChanged };
            let record = Record::new(opened.record.provenance, Content::Closure(closure));
            work.change(act, &opened.header, &record, Filing::in_state(State::Done)).await?;
        }
    }
    Ok(was_closed)
}

/// The closing that counts, among all files of a person.
pub(super) async fn closure_of(office: &Office, leading: FileId) -> Result<Option<(Opened, Closure)>, Stopped> {
    Ok(standing(&everything_of(office, leading).await?))
}

/// The closing that counts, among the records of a person. Merged files may each have been closed: the one that keeps
/// longest counts, so that what was closed long ago never ends what came after it.
pub(super) fn standing(all: &[Opened]) -> Option<(Opened, Closure)> {
    all_standing(all).into_iter().max_by_key(|(_, closure)| (closure.keep_until, closure.left))
}

fn all_standing(all: &[Opened]) -> Vec<(Opened, Closure)> {
    let open = all.iter().filter(|one| one.header.kind == Kind::Closure && one.header.state != State::Done);
    open.filter_map(|one| match &one.record.content {
        Content::Closure(closure) => Some((one.clone(), closure.clone())),
        _ => None,
    })
    .collect()
}
