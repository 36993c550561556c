//! A letter that came back, as somebody read in the charity's mailbox; and one that is taken out before it goes.

use book::{Act, Filing};
use records::RecordId;
use records::mailing::MailEnd;

use super::affair::{Affair, AffairKind};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why it was not noted.
#[derive(Debug, thiserror::Error)]
pub enum CameBackError {
    /// It never went by e-mail.
    #[error("This letter did not go out by e-mail.")]
    NotMailed,
    /// It went out, or was never there.
    #[error("This letter is not in the outbox any more. If it must not be read, telephone them.")]
    NotWaiting,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for CameBackError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Notes that a letter that went by e-mail came back: it is to be sent again.
pub async fn came_back(
    office: &Office,
    who: &SignedIn,
    at: (AffairKind, &str),
    letter: RecordId,
) -> Result<(), CameBackError> {
    let mailed = |end: Option<MailEnd>| end == Some(MailEnd::Sent);
    if !end(office, who, at, letter, (mailed, MailEnd::CameBack)).await? {
        return Err(CameBackError::NotMailed);
    }
    Ok(())
}

/// Takes a letter out of the outbox before it goes.
pub async fn take_out(
    office: &Office,
    who: &SignedIn,
    at: (AffairKind, &str),
    letter: RecordId,
) -> Result<(), CameBackError> {
    let waiting = |end: Option<MailEnd>| end.is_none();
    if !end(office, who, at, letter, (waiting, MailEnd::TakenOut)).await? {
        return Err(CameBackError::NotWaiting);
    }
    Ok(())
}

/// Ends the way of a letter by e-mail, where it stands so that this can be said of it.
async fn end(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
    letter: RecordId,
    (fits, end): (fn(Option<MailEnd>) -> bool, MailEnd),
) -> Result<bool, CameBackError> {
    let mut affair = Affair::open(office, who, kind, reference).await?;
    let mut written = affair.letter(office, letter).await?;
    let Some(mailing) = written.letter.mail.as_mut().filter(|mailing| fits(mailing.end)) else { return Ok(false) };
    mailing.end(end);
    written.letter.sent = None;
    affair.happened(format!("{}: {}.", end.words(), written.letter.letter.words().to_lowercase()));
    let act = if end == MailEnd::CameBack { Act::LetterReturned } else { Act::RecordChanged };
    let mut work = office.book().begin(affair.operation()).await?;
    // Open again, so that it is not forgotten.
    written.put(&mut work, act, Filing::open(None)).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(true)
}
