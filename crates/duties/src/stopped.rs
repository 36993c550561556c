//! Why any use case may stop before its own rules are even asked.

use book::BookError;

/// What stops a use case from outside its own rules.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// There is no such thing, or it is not for this person: both look the same from outside.
    #[error("there is nothing here, or it is not for you")]
    NotFound,
    /// It would be allowed with a reason.
    #[error("say why you need this first")]
    NeedsReason,
    /// It would be allowed after proving the second factor again.
    #[error("confirm that it is you first")]
    NeedsStepUp,
    /// Somebody else changed the same thing in the meantime. Nothing was saved.
    #[error("somebody else changed this in the meantime")]
    Conflict,
    /// The store does not work. Nothing was saved.
    #[error(transparent)]
    Store(BookError),
}

impl From<BookError> for Stopped {
    fn from(error: BookError) -> Self {
        match error {
            BookError::NoFile(_) | BookError::NoRecord { .. } => Self::NotFound,
            BookError::Conflict { .. } => Self::Conflict,
            other => Self::Store(other),
        }
    }
}
