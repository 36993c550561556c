//! Notes why an answer is late. It counts as late all the same; the reason is for the trustees and the regulator.

use book::Act;
use records::Personal;
use records::requests::Late;

use super::case::Case;
use super::limit::clock_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why nothing was noted.
#[derive(Debug, thiserror::Error)]
pub enum LateError {
    /// It is in time.
    #[error("This request is not late. If it needs longer, take more time while the law allows it.")]
    NotLate,
    /// Nothing was written.
    #[error("Write down why it is late, and what you do about it.")]
    NoWords,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Whether a request is past its day and not answered.
pub(crate) fn is_late(
    house: &crate::office::House,
    request: &records::requests::AccessRequest,
    today: jiff::civil::Date,
) -> bool {
    request.stage.is_live() && clock_of(house, request, today).is_ok_and(|limit| limit.due < today)
}

/// Notes why it is late. The latest reason counts; earlier ones stay in the history.
pub async fn note_late(office: &Office, who: &SignedIn, reference: &str, words: &str) -> Result<(), LateError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !is_late(&case.house, &case.request, case.today()) {
        return Err(LateError::NotLate);
    }
    let words = words.trim();
    if words.is_empty() {
        return Err(LateError::NoWords);
    }
    let (on, by) = (case.today(), case.operation.actor.staff());
    case.request.late = Some(Late { on, because: Personal::new(words.to_owned()), by });
    case.happened(format!("Why it is late: {words}"));
    Ok(case.save(office, Act::RecordChanged).await?)
}
