//! Saying afterwards what a paper is kept for, and what it is, where nobody said so when it was kept.

use access::Action;
use book::{Act, Filing};
use records::work::{PaperSort, TextFrom};
use records::{Content, FileId, Personal, RecordId};

use crate::office::Office;
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What is said of a paper afterwards.
#[derive(Clone, Debug)]
pub struct NewPurpose {
    /// The version of the record that was read.
    pub version: u32,
    /// What it is. Field `title`.
    pub title: String,
    /// What sort of paper. Field `sort`.
    pub sort: PaperSort,
    /// What it is kept for. Field `needed-for`.
    pub needed_for: String,
    /// What it says or shows, where nothing could be read. Field `text`.
    pub text: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum GivePurposeError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for GivePurposeError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Gives a paper its purpose. The earlier version stays as history.
///
/// # Errors
/// [`GivePurposeError`]; nothing is changed then.
pub async fn give_purpose(
    office: &Office,
    who: &SignedIn,
    (file, paper): (FileId, RecordId),
    why: &Why,
    new: NewPurpose,
) -> Result<(), GivePurposeError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let mut reading = Reading::default();
    let title = reading.keep("title", entered::needed_line(&new.title, "Say what the paper is"));
    let needed_for = reading.keep("needed-for", entered::needed_line(&new.needed_for, "Say what we keep this for"));
    let text = reading.keep("text", entered::text(&new.text)).flatten();
    reading.finish().map_err(GivePurposeError::Wrong)?;
    let opened = office.book().record_in_passing(file, paper).await?;
    if opened.header.version != new.version {
        return Err(Stopped::Conflict.into());
    }
    let mut record = opened.record;
    let Content::Paper(kept) = &mut record.content else { return Err(Stopped::NotFound.into()) };
    kept.title = Personal::new(title.unwrap_or_default());
    kept.needed_for = needed_for.map(Personal::new);
    kept.sort = new.sort;
    if kept.text.is_none() && text.is_some() {
        kept.text = text.map(Personal::new);
        kept.text_from = TextFrom::Typed;
    }
    let mut work = office.book().begin(&operation).await?;
    work.change(Act::RecordChanged, &opened.header, &record, Filing::default()).await?;
    work.commit().await?;
    Ok(())
}
