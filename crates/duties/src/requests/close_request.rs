//! Closes a request: answered or refused, withdrawn, or given up after a question that nobody answered.

use book::Act;
use records::requests::Stage;

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// How it ends.
#[derive(Clone, Debug)]
pub enum CloseRequest {
    /// It went out, or was refused.
    Answered,
    /// The person no longer wants it, or never answered: how, in words.
    Withdrawn(String),
}

/// Why it was not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// Nothing went out yet.
    #[error("Nothing has gone out and nothing was refused. Say how it was withdrawn, or finish the work first.")]
    NotAnswered,
    /// It was closed before.
    #[error("This request is closed already.")]
    Already,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Closes a request.
pub async fn close_request(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    how: CloseRequest,
) -> Result<(), CloseError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let answered = matches!(case.request.stage, Stage::Released | Stage::Refused);
    match how {
        _ if case.request.stage == Stage::Closed => return Err(CloseError::Already),
        CloseRequest::Answered if answered => case.happened("Closed."),
        CloseRequest::Withdrawn(words) if !words.trim().is_empty() && !answered => {
            case.happened(format!("Closed without an answer: {}", words.trim()));
        }
        CloseRequest::Answered | CloseRequest::Withdrawn(_) => return Err(CloseError::NotAnswered),
    }
    case.request.stage = Stage::Closed;
    case.request.closed = Some(case.today());
    Ok(case.save(office, Act::RequestClosed).await?)
}
