//! Notes that a letter went out.

use book::{Act, Filing};
use records::work::Letter;
use records::{Content, Record, RecordId, State};

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a letter was not noted as sent.
#[derive(Debug, thiserror::Error)]
pub enum SendLetterError {
    /// It was, before.
    #[error("This letter is marked as sent already.")]
    Already,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for SendLetterError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Notes that a letter of a request went out now.
pub async fn mark_sent(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    letter: RecordId,
) -> Result<(), SendLetterError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let opened = office.book().record_in_passing(case.file(), letter).await?;
    let Content::Letter(was) = &opened.record.content else { return Err(Stopped::NotFound.into()) };
    if was.request != Some(case.header.id) {
        return Err(Stopped::NotFound.into());
    }
    if was.sent.is_some() {
        return Err(SendLetterError::Already);
    }
    case.happened(format!("Sent: {}.", was.letter.words().to_lowercase()));
    let sent = Letter { sent: Some(case.operation.now), ..was.clone() };
    let record = Record::new(opened.record.provenance.clone(), Content::Letter(sent));
    let mut work = case.begin(office).await?;
    work.change(Act::RecordChanged, &opened.header, &record, Filing::in_state(State::Done)).await?;
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(())
}
