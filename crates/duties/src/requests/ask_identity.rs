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
    /// Less was seen than the policy lets us ask for, and nobody said why that is enough.
    #[error("You saw {0} of {1} forms of identification. Say why that is enough, or wait for the rest.")]
    Fewer(u32, u32),
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
    case.request.identity = Some(Asked::on(case.today()));
    case.happened("Asked for proof of identity. The month starts when it comes.");
    let paragraphs = letters::identity(&case, count);
    Ok(case.save_with_letter(office, Act::IdentityAsked, LetterKind::Identity, paragraphs).await?)
}

/// Proof that came: what was seen, one by one.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// The day on which it came.
    pub on: Date,
    /// What was seen, one on each line.
    pub seen: String,
    /// Why fewer are enough than the policy lets us ask for; empty where none are missing.
    pub fewer_because: String,
}

/// Notes that proof of identity came, on which day, and what was seen; copies are not kept.
pub async fn receive_identity(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &Proofs,
) -> Result<(), IdentityError> {
    let mut case = live(office, who, reference).await?;
    let today = case.today();
    let wanted = proofs_wanted(&case.house, &case.request);
    let Some(asked) = &mut case.request.identity else { return Err(IdentityError::NotAsked) };
    if asked.received.is_some() {
        return Err(IdentityError::Settled);
    }
    let proofs: Vec<&str> = new.seen.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if proofs.is_empty() {
        return Err(IdentityError::NoWords(
            "Say what you saw, each on a line of its own, like \u{201C}Passport\u{201D}.",
        ));
    }
    let fewer = new.fewer_because.trim();
    let count = u32::try_from(proofs.len()).unwrap_or(u32::MAX);
    if count < wanted && fewer.is_empty() {
        return Err(IdentityError::Fewer(count, wanted));
    }
    check_day(asked.asked, new.on, today).map_err(IdentityError::Date)?;
    asked.received = Some(new.on);
    let because = if count < wanted { format!(" (enough, because {fewer})") } else { String::new() };
    asked.seen = Some(Personal::new(format!("{}{because}", proofs.join("; "))));
    asked.proofs = proofs.into_iter().map(|proof| Personal::new(proof.to_owned())).collect();
    let on = clock::uk_date(new.on);
    case.happened(format!("Proof of identity came on {on}: {count} of {wanted}. The month starts on that day."));
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
