//! May they ask for somebody else: evidence of authority, asked for, received or settled without asking (T21).

use book::Act;
use jiff::civil::Date;
use records::requests::Asked;
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::ask_identity::check_day;
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
    /// Nothing was said about what was seen.
    #[error(
        "Say by what right they ask and what you saw, like \u{201C}mother; birth certificate seen; Sam, 13, agrees\u{201D}."
    )]
    NoWords,
    /// A date that cannot be.
    #[error("{0}")]
    Date(String),
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
    case.request.authority = Some(Asked { asked: case.today(), received: None, seen: None });
    case.happened("Asked by what right they ask for somebody else. The month starts when the answer comes.");
    let paragraphs = letters::authority(&case);
    Ok(case.save_with_letter(office, Act::RequestPaused, LetterKind::Identity, paragraphs).await?)
}

/// Notes by what right they ask and what was seen for it, whether it was asked for or came with the request.
pub async fn receive_authority(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (on, seen): (Date, &str),
) -> Result<(), AuthorityError> {
    let mut case = for_another(office, who, reference).await?;
    let today = case.today();
    let seen = seen.trim();
    if seen.is_empty() {
        return Err(AuthorityError::NoWords);
    }
    match &mut case.request.authority {
        Some(asked) => {
            check_day(asked.asked, on, today).map_err(AuthorityError::Date)?;
            asked.received = Some(on);
            asked.seen = Some(Personal::new(seen.to_owned()));
            case.happened(format!("Evidence of authority came on {}.", clock::uk_date(on)));
        }
        // It came with the request, or is known: nothing was asked, so the clock never waited.
        None => case.happened("By what right they ask is settled without asking."),
    }
    if let Some(requester) = &mut case.request.requester {
        requester.authority = Some(Personal::new(seen.to_owned()));
    }
    Ok(case.save(office, Act::IdentityChecked).await?)
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
