//! Answers a complaint: what was found, what the charity does, and always the regulator and the court.

use book::Act;
use records::complaint::{Finding, Outcome};
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::grievance::Grievance;
use super::letters;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What came of it, as it was written down.
#[derive(Clone, Debug)]
pub struct NewOutcome {
    /// What was found; none where nothing was chosen.
    pub finding: Option<Finding>,
    /// Why, as the person reads it.
    pub findings: String,
    /// What the charity does, as the person reads it.
    pub actions: String,
}

/// Why a complaint was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// Nothing was chosen.
    #[error("Choose what you found.")]
    NoFinding,
    /// Nothing was written on what was found.
    #[error("Write what you found, as the person will read it.")]
    NoFindings,
    /// Nothing was written on what is done.
    #[error("Write what we do about it. \u{201C}Nothing, because …\u{201D} is an answer too.")]
    NoActions,
    /// Nothing shows that anybody looked into it.
    #[error("Note first what you found out: nothing is noted yet.")]
    NotLookedInto,
    /// Nothing was said on how it was taken back.
    #[error("Say when and how they took it back.")]
    NoWords,
    /// It is over.
    #[error("This complaint is over.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The letter that [`answer`] would write; nothing is saved.
pub async fn preview_answer(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &NewOutcome,
) -> Result<Vec<String>, AnswerError> {
    let mut case = Grievance::to_work_on(office, who, reference).await?;
    prepare(&mut case, new)
}

/// Answers it. An outcome within the first days is an acknowledgement as well.
pub async fn answer(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &NewOutcome,
) -> Result<RecordId, AnswerError> {
    let mut case = Grievance::to_work_on(office, who, reference).await?;
    let letter = prepare(&mut case, new)?;
    Ok(case.save_with_letter(office, Act::ComplaintAnswered, LetterKind::ComplaintOutcome, letter).await?)
}

fn prepare(case: &mut Grievance, new: &NewOutcome) -> Result<Vec<String>, AnswerError> {
    if !case.complaint.is_open() {
        return Err(AnswerError::Over);
    }
    let finding = new.finding.ok_or(AnswerError::NoFinding)?;
    let (findings, actions) = (new.findings.trim(), new.actions.trim());
    if findings.is_empty() {
        return Err(AnswerError::NoFindings);
    }
    if actions.is_empty() {
        return Err(AnswerError::NoActions);
    }
    if case.complaint.enquiries.is_empty() {
        return Err(AnswerError::NotLookedInto);
    }
    let outcome = Outcome {
        on: case.today(),
        finding,
        findings: Personal::new(findings.to_owned()),
        actions: Personal::new(actions.to_owned()),
    };
    let letter = letters::outcome(case, &outcome);
    case.complaint.acknowledged.get_or_insert(outcome.on);
    case.complaint.outcome = Some(outcome);
    case.happened("Answered. The letter says what was found, what we do, and who else can decide.");
    Ok(letter)
}

/// Notes that the person took it back.
pub async fn withdraw(office: &Office, who: &SignedIn, reference: &str, how: &str) -> Result<(), AnswerError> {
    let mut case = Grievance::to_work_on(office, who, reference).await?;
    if !case.complaint.is_open() {
        return Err(AnswerError::Over);
    }
    let how = how.trim();
    if how.is_empty() {
        return Err(AnswerError::NoWords);
    }
    case.complaint.withdrawn = Some(Personal::new(how.to_owned()));
    case.happened("They took it back.");
    Ok(case.save(office, Act::ComplaintAnswered).await?)
}
