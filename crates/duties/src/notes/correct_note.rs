//! Correcting what a file says: the correction stands beside the record, which stays as it was (T31).

use access::Action;
use book::{Act, Filing};
use records::work::Correction;
use records::{Content, FileId, Kind, Personal, Provenance, Record, RecordId, Source};

use crate::office::Office;
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A correction, as typed.
#[derive(Clone, Debug)]
pub struct NewCorrection {
    /// What is right. Field `text`.
    pub text: String,
    /// Who said so, and why it is believed. Field `because`.
    pub because: String,
    /// From whom the charity has it.
    pub source: Source,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum CorrectNoteError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for CorrectNoteError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Adds a correction to a record of a file.
///
/// # Errors
/// [`CorrectNoteError`]; nothing is saved then.
pub async fn correct_note(
    office: &Office,
    who: &SignedIn,
    (file, note): (FileId, RecordId),
    why: &Why,
    new: NewCorrection,
) -> Result<RecordId, CorrectNoteError> {
    let operation = office.permit(who, Action::CorrectNote, Some(file), why.purpose, &why.reason).await?;
    let corrected = office.book().record_in_passing(file, note).await.map_err(Stopped::from)?;
    if !matches!(corrected.header.kind, Kind::Note | Kind::Paper | Kind::Health | Kind::Financial | Kind::Enrolment) {
        return Err(Stopped::NotFound.into());
    }
    let mut reading = Reading::default();
    let text = reading.keep("text", entered::needed_text(&new.text, "Write what is right"));
    let because =
        reading.keep("because", entered::needed_text(&new.because, "Say who told you, and why you believe it"));
    reading.finish().map_err(CorrectNoteError::Wrong)?;
    let correction = Correction {
        of: note,
        text: Personal::new(text.unwrap_or_default()),
        because: Personal::new(because.unwrap_or_default()),
    };
    let provenance = Provenance { source: new.source, ..Provenance::from_the_work(Some(who.file), operation.now) };
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(provenance, Content::Correction(correction));
    let id = work.add(Act::RecordCorrected, file, &record, Filing::default()).await?;
    work.commit().await?;
    Ok(id)
}
