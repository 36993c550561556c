//! Refuses a request that is unfounded, excessive or not theirs (T21, T28, T29; UK GDPR art. 12(4), 12(5)): never without reasons, and
//! always with both ways to complain and the court in the letter.

use book::Act;
use records::requests::{Refusal, RefusalGround, Stage};
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::case::Case;
use super::letters;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A refusal, as it was written down.
#[derive(Clone, Debug)]
pub struct RefuseRequest {
    /// On which ground.
    pub ground: RefusalGround,
    /// The reasons, as the person reads them.
    pub reasons: String,
    /// What shows it, for the file: the burden of proof is the charity's.
    pub evidence: String,
}

/// Why a request was not refused.
#[derive(Debug, thiserror::Error)]
pub enum RefuseError {
    /// No reasons were given.
    #[error("Write the reasons as the person will read them. A refusal without reasons is not possible.")]
    NoReasons,
    /// No evidence was given.
    #[error("Write down what shows it. If they complain, we must prove it.")]
    NoEvidence,
    /// Everybody may ask for themselves.
    #[error("They ask for what is theirs. Everybody has that right; choose another ground or answer them.")]
    TheirOwn,
    /// The request is over.
    #[error("This request is over. It can no longer be refused.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The letter that [`refuse`] would write; nothing is saved.
pub async fn preview_refusal(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &RefuseRequest,
) -> Result<Vec<String>, RefuseError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    prepare(&mut case, new)
}

/// Refuses. The letter always says why, how to complain to us and to the regulator, and that a court can decide.
pub async fn refuse(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &RefuseRequest,
) -> Result<RecordId, RefuseError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let paragraphs = prepare(&mut case, new)?;
    Ok(case.save_with_letter(office, Act::RequestRefused, LetterKind::Refusal, paragraphs).await?)
}

fn prepare(case: &mut Case, new: &RefuseRequest) -> Result<Vec<String>, RefuseError> {
    if !case.request.stage.is_live() {
        return Err(RefuseError::Over);
    }
    let (reasons, evidence) = (new.reasons.trim(), new.evidence.trim());
    if reasons.is_empty() {
        return Err(RefuseError::NoReasons);
    }
    if evidence.is_empty() {
        return Err(RefuseError::NoEvidence);
    }
    if new.ground == RefusalGround::NoRight && case.request.requester.is_none() {
        return Err(RefuseError::TheirOwn);
    }
    case.request.refusal = Some(Refusal {
        on: case.today(),
        ground: new.ground,
        reasons: Personal::new(reasons.to_owned()),
        evidence: Personal::new(evidence.to_owned()),
    });
    case.request.stage = Stage::Refused;
    case.happened(match new.ground {
        RefusalGround::Unfounded => "Refused as unfounded. The letter says why and how to complain.",
        RefusalGround::Excessive => "Refused as excessive. The letter says why and how to complain.",
        RefusalGround::NoRight => "Refused: they have no right to ask. The letter says why and how to complain.",
    });
    Ok(letters::refusal(case, new.ground, reasons))
}
