//! Warnings: what everybody must know before they act, on a strip above the file until somebody lifts it.

use access::Action;
use book::{Act, Filing};
use records::people::{Warning, WarningKind};
use records::{Card, Content, FileId, Kind, Personal, Provenance, Record, RecordId, State};

use crate::office::Office;
use crate::people::add_person::end_of;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A warning, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewWarning {
    /// What kind.
    pub warning: WarningKind,
    /// What to do or not to do. Field `text`.
    pub text: String,
    /// The person whom it is about, where one is in the book. Field `about`.
    pub about: Option<FileId>,
    /// When somebody must look at it again; empty for never. Field `review`.
    pub review: String,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum WarningError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for WarningError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Puts a warning above a file.
///
/// # Errors
/// [`WarningError`]; nothing is saved then.
pub async fn add_warning(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewWarning,
) -> Result<RecordId, WarningError> {
    let operation = office.permit(who, Action::AddWarning, Some(file), why.purpose, &why.reason).await?;
    let mut reading = Reading::default();
    let text = reading.keep("text", entered::needed_text(&new.text, "Say what everybody must do or must not do"));
    let review = match new.review.trim() {
        "" => None,
        typed => reading.keep("review", entered::date(typed)),
    };
    if review.is_some_and(|day| day <= operation.today()) {
        reading.wrong("review", "Choose a day after today");
    }
    reading.finish().map_err(WarningError::Wrong)?;
    if let Some(about) = new.about {
        office.permit(who, Action::OpenFile, Some(about), why.purpose, &why.reason).await?;
    }
    let opened = office.book().file_in_passing(file).await?;
    let warning =
        Warning { warning: new.warning, text: Personal::new(text.unwrap_or_default()), about: new.about, review };
    let record = Record::new(Provenance::from_the_work(Some(who.file), operation.now), Content::Warning(warning));
    let filing = match review {
        Some(day) => Filing::open(Some(end_of(day))),
        None => Filing::default(),
    };
    let mut work = office.book().begin(&operation).await?;
    let id = work.add(Act::WarningSet, file, &record, filing).await?;
    work.set_card(file, Card { warned: true, ..opened.card }).await?;
    work.commit().await?;
    Ok(id)
}

/// Lifts a warning; it stays as history, and the reason stands in the trace.
///
/// # Errors
/// [`WarningError`]; a reason must be given, and [`Stopped::Conflict`] where somebody changed it first.
pub async fn lift_warning(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    warning: (RecordId, u32),
) -> Result<(), WarningError> {
    let operation = office.permit(who, Action::AddWarning, Some(file), why.purpose, &why.reason).await?;
    if why.reason.trim().is_empty() {
        return Err(WarningError::Wrong(vec![("reason", "Say why the warning is no longer needed".to_owned())]));
    }
    let opened = office.book().file_in_passing(file).await?;
    let was = opened.record(warning.0).ok_or(Stopped::NotFound)?;
    let stands = |opened: &&book::Opened| opened.header.state != State::Superseded;
    if was.header.kind != Kind::Warning || !stands(&was) {
        return Err(Stopped::NotFound.into());
    }
    if was.header.version != warning.1 {
        return Err(Stopped::Conflict.into());
    }
    let warned = opened.of_kind(Kind::Warning).filter(stands).any(|other| other.header.id != warning.0);
    let mut work = office.book().begin(&operation).await?;
    work.change(Act::WarningLifted, &was.header, &was.record, Filing::in_state(State::Superseded)).await?;
    work.set_card(file, Card { warned, ..opened.card.clone() }).await?;
    work.commit().await?;
    Ok(())
}
