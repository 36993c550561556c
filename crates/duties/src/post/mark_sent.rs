//! Notes that a letter went out by other means than the outbox.

use book::{Act, Filing};
use records::{RecordId, State};

use super::affair::{Affair, AffairKind};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a letter was not noted as sent.
#[derive(Debug, thiserror::Error)]
pub enum MarkSentError {
    /// It was, before.
    #[error("This letter is marked as sent already.")]
    Already,
    /// It lies in the outbox and would go out twice.
    #[error("This letter waits in the outbox. Take it out first if you send it yourself.")]
    InTheOutbox,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for MarkSentError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Notes that a letter went out now.
pub async fn mark_sent(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
    letter: RecordId,
) -> Result<(), MarkSentError> {
    let mut affair = Affair::open(office, who, kind, reference).await?;
    let mut written = affair.letter(office, letter).await?;
    if written.letter.sent.is_some() {
        return Err(MarkSentError::Already);
    }
    if written.letter.mail.as_ref().is_some_and(records::mailing::Mailing::waits) {
        return Err(MarkSentError::InTheOutbox);
    }
    affair.happened(format!("Sent: {}.", written.letter.letter.words().to_lowercase()));
    written.letter.sent = Some(affair.operation().now);
    let mut work = office.book().begin(affair.operation()).await?;
    written.put(&mut work, Act::RecordChanged, Filing::in_state(State::Done)).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(())
}
