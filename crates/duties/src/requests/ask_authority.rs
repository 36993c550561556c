//! Asks by what right somebody asks for another (T21). What comes of it is settled in [`super::standing`].

use book::Act;
use jiff::civil::Date;
use records::RecordId;
use records::requests::Asked;
use records::work::LetterKind;

use super::case::Case;
use super::letters;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a step about authority was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// They ask for themselves.
    #[error("They ask for themselves, so there is nothing to prove.")]
    ForThemselves,
    /// Asked before.
    #[error("You asked on {}. The clock waits since then; asking again changes nothing.", clock::uk_date(*.0))]
    AskedBefore(Date),
    /// It is settled.
    #[error("By what right they ask is settled already.")]
    Settled,
    /// The request is over.
    #[error("This request is over. Nothing more is asked for it.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Writes to ask by what right somebody asks for another. The month then starts only when the answer comes.
pub async fn ask_authority(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, AuthorityError> {
    let mut case = for_another(office, who, reference).await?;
    if let Some(asked) = &case.request.authority {
        return Err(AuthorityError::AskedBefore(asked.asked));
    }
    case.request.authority = Some(Asked::on(case.today()));
    case.happened("Asked by what right they ask for somebody else. The month starts when the answer comes.");
    let paragraphs = letters::authority(&case);
    Ok(case.save_with_letter(office, Act::RequestPaused, LetterKind::Identity, paragraphs).await?)
}

async fn for_another(office: &Office, who: &SignedIn, reference: &str) -> Result<Case, AuthorityError> {
    let case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(AuthorityError::Over);
    }
    match &case.request.requester {
        None => Err(AuthorityError::ForThemselves),
        Some(requester) if requester.authority.is_some() => Err(AuthorityError::Settled),
        Some(_) => Ok(case),
    }
}
