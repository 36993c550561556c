//! Who is asking: somebody who is known is vouched for; proof is asked for only where nobody knows them (T22).

use book::Act;
use jiff::civil::Date;
use records::requests::Asked;
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::case::Case;
use super::letters;
use super::limit::settings_of;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a step about identity was not taken.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Somebody vouched: asking would only delay.
    #[error("Somebody here knows them and said so. The law lets you ask for proof only where there is doubt.")]
    Known,
    /// Asked before.
    #[error("You asked for proof on {}. The clock waits since then; asking again changes nothing.", clock::uk_date(*.0))]
    AskedBefore(Date),
    /// It is settled.
    #[error("Who is asking is settled already.")]
    Settled,
    /// Nothing was asked.
    #[error("Nobody asked for proof of identity, so none can come.")]
    NotAsked,
    /// Nothing was said about what was seen, or how they are known.
    #[error("{0}")]
    NoWords(&'static str),
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

/// How many proofs may be asked for, by the policy's words; one where it is silent.
pub fn proofs_wanted(house: &House, request: &records::requests::AccessRequest) -> u32 {
    settings_of(house, request).count("ask:access/identity").map_or(1, |setting| setting.value)
}

/// Writes to ask for proof of identity. The month then starts only when it comes (UK GDPR art. 12A(2)).
pub async fn ask_identity(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, IdentityError> {
    let mut case = live(office, who, reference).await?;
    if case.request.known_because.is_some() {
        return Err(IdentityError::Known);
    }
    match &case.request.identity {
        Some(asked) if asked.received.is_some() => return Err(IdentityError::Settled),
        Some(asked) => return Err(IdentityError::AskedBefore(asked.asked)),
        None => {}
    }
    let count = proofs_wanted(&case.house, &case.request);
    case.request.identity = Some(Asked { asked: case.today(), received: None, seen: None });
    case.happened("Asked for proof of identity. The month starts when it comes.");
    let paragraphs = letters::identity(&case, count);
    Ok(case.save_with_letter(office, Act::IdentityAsked, LetterKind::Identity, paragraphs).await?)
}

/// Notes that proof of identity came, on which day, and what was seen; copies are not kept.
pub async fn receive_identity(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (on, seen): (Date, &str),
) -> Result<(), IdentityError> {
    let mut case = live(office, who, reference).await?;
    let today = case.today();
    let Some(asked) = &mut case.request.identity else { return Err(IdentityError::NotAsked) };
    if asked.received.is_some() {
        return Err(IdentityError::Settled);
    }
    let seen = seen.trim();
    if seen.is_empty() {
        return Err(IdentityError::NoWords("Say what you saw, like \u{201C}passport and a bill, handed back\u{201D}."));
    }
    check_day(asked.asked, on, today).map_err(IdentityError::Date)?;
    asked.received = Some(on);
    asked.seen = Some(Personal::new(seen.to_owned()));
    case.happened(format!("Proof of identity came on {}. The month starts on that day.", clock::uk_date(on)));
    Ok(case.save(office, Act::IdentityChecked).await?)
}

/// Somebody here knows the person and says how. Proof that was asked for in vain is taken back: the days of waiting
/// then count, because it was not needed.
pub async fn vouch(office: &Office, who: &SignedIn, reference: &str, because: &str) -> Result<(), IdentityError> {
    let mut case = live(office, who, reference).await?;
    let because = because.trim();
    if because.is_empty() {
        return Err(IdentityError::NoWords(
            "Say who knows them and how, like \u{201C}Mo has worked with the family since 2023\u{201D}.",
        ));
    }
    if case.request.identity.as_ref().is_some_and(|asked| asked.received.is_some()) {
        return Err(IdentityError::Settled);
    }
    if case.request.identity.take().is_some() {
        case.happened("The question about identity was taken back: they are known. The days of waiting count.");
    }
    case.request.known_because = Some(Personal::new(because.to_owned()));
    case.happened("Known without papers; somebody vouches for them.");
    Ok(case.save(office, Act::IdentityChecked).await?)
}

async fn live(office: &Office, who: &SignedIn, reference: &str) -> Result<Case, IdentityError> {
    let case = Case::to_work_on(office, who, reference).await?;
    if case.request.stage.is_live() { Ok(case) } else { Err(IdentityError::Over) }
}

/// An answer comes on or after the day of its question, and not in the future.
pub(crate) fn check_day(asked: Date, on: Date, today: Date) -> Result<(), String> {
    if on > today {
        Err("Enter the day on which it came: it cannot be later than today.".to_owned())
    } else if on < asked {
        Err(format!("Enter the day on which it came: you asked on {}, so it cannot be earlier.", clock::uk_date(asked)))
    } else {
        Ok(())
    }
}
