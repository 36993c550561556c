//! Tells the person that the request arrived, by when it is answered, and what happens next.

use book::Act;
use records::RecordId;
use records::work::LetterKind;

use super::case::Case;
use super::letters;
use super::limit::clock_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a request was not acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum AcknowledgeError {
    /// It was, before.
    #[error("This request is acknowledged already. The letter is in the list of letters.")]
    Already,
    /// It is over.
    #[error("This request is over, so there is nothing to acknowledge.")]
    Over,
    /// The clock has no date.
    #[error(transparent)]
    Clock(#[from] clock::ClockError),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Writes the acknowledgement.
pub async fn acknowledge(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, AcknowledgeError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if case.request.acknowledged.is_some() {
        return Err(AcknowledgeError::Already);
    }
    if !case.request.stage.is_live() {
        return Err(AcknowledgeError::Over);
    }
    let limit = clock_of(&case.house, &case.request, case.today())?;
    case.request.acknowledged = Some(case.today());
    case.happened("Acknowledged.");
    let paragraphs = letters::acknowledgement(&case, &limit);
    Ok(case.save_with_letter(office, Act::Acknowledged, LetterKind::Acknowledgement, paragraphs).await?)
}
