//! Puts a letter into the outbox.

use book::{Act, Filing};
use records::RecordId;
use records::mailing::Mailing;

use super::affair::{Affair, AffairKind};
use super::sending::{Sending, sending};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a letter was not put into the outbox. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// It went out, or is about to.
    #[error("This letter has gone out, or waits in the outbox already.")]
    Already,
    /// It goes by post.
    #[error("This letter goes by post: print it and send it.")]
    Paper,
    /// The address is another one now.
    #[error("The address has changed since this letter was written. Write the letter again, and check where it goes.")]
    AddressChanged,
    /// Nobody asked.
    #[error(
        "Nobody has asked whether this e-mail address is safe to use. Ask them, note the answer in their details, and try again."
    )]
    NotKnownSafe,
    /// No mail server.
    #[error("No mail server is set up. Send the letter yourself, or ask whoever runs Guardbook to give it one.")]
    NoServer,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for QueueError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Puts a letter into the outbox. It goes within a minute, while the program runs.
pub async fn queue(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
    letter: RecordId,
) -> Result<(), QueueError> {
    let mut affair = Affair::open(office, who, kind, reference).await?;
    let mut written = affair.letter(office, letter).await?;
    let address = match sending(office, &affair, &written).await? {
        Sending::Mail(address) => address,
        Sending::Out | Sending::InTheOutbox => return Err(QueueError::Already),
        Sending::Paper => return Err(QueueError::Paper),
        Sending::AddressChanged => return Err(QueueError::AddressChanged),
        Sending::NotKnownSafe => return Err(QueueError::NotKnownSafe),
        Sending::NoServer => return Err(QueueError::NoServer),
    };
    let (now, by) = (affair.operation().now, affair.operation().actor.staff());
    written.letter.mail = Some(Mailing::new(address, by, now));
    affair.happened(format!("Put into the outbox: {}.", written.letter.letter.words().to_lowercase()));
    let mut work = office.book().begin(affair.operation()).await?;
    written.put(&mut work, Act::LetterQueued, Filing::open(Some(now))).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    office.post_came();
    Ok(())
}
