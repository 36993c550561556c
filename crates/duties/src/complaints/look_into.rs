//! Acknowledging a complaint, noting what was found out, telling how far it is, and what the regulator says.

use book::Act;
use jiff::civil::Date;
use records::complaint::{Enquiry, RegulatorCase};
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::grievance::Grievance;
use super::letters;
use super::limit::limits;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ComplaintError {
    /// Acknowledged before.
    #[error("It was acknowledged on {}.", clock::uk_date(*.0))]
    Already(Date),
    /// Nothing was written.
    #[error("Write something first.")]
    NoWords,
    /// The regulator's reference is missing.
    #[error("Enter the regulator’s reference.")]
    NoReference,
    /// A date that cannot be.
    #[error("Enter a day from the day on which the complaint came to today.")]
    Date,
    /// It is answered or taken back.
    #[error("This complaint is over.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Tells the person that it arrived, who looks into it, and by when they hear (Data Protection Act 2018, s. 164A(3)).
pub async fn acknowledge(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, ComplaintError> {
    let mut case = open(office, who, reference).await?;
    if let Some(on) = case.complaint.acknowledged {
        return Err(ComplaintError::Already(on));
    }
    let letter = letters::acknowledgement(&case, limits(&case.house, &case.complaint).answer);
    case.complaint.acknowledged = Some(case.today());
    case.happened("Acknowledged.");
    Ok(case.save_with_letter(office, Act::ComplaintAcknowledged, LetterKind::ComplaintAcknowledged, letter).await?)
}

/// Notes what was asked, of whom, and what came of it.
pub async fn note_enquiry(office: &Office, who: &SignedIn, reference: &str, what: &str) -> Result<(), ComplaintError> {
    let mut case = open(office, who, reference).await?;
    let what = what.trim();
    if what.is_empty() {
        return Err(ComplaintError::NoWords);
    }
    let by = case.operation.actor.staff();
    case.complaint.enquiries.push(Enquiry { at: case.operation.now, by, what: Personal::new(what.to_owned()) });
    Ok(case.save(office, Act::ComplaintLookedInto).await?)
}

/// The letter that [`tell_progress`] would write; nothing is saved.
pub async fn preview_progress(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    words: &str,
) -> Result<Vec<String>, ComplaintError> {
    let case = open(office, who, reference).await?;
    progress(&case, words)
}

/// Tells the person how far it is.
pub async fn tell_progress(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    words: &str,
) -> Result<RecordId, ComplaintError> {
    let mut case = open(office, who, reference).await?;
    let letter = progress(&case, words)?;
    case.happened("Told how far it is.");
    Ok(case.save_with_letter(office, Act::ComplaintLookedInto, LetterKind::ComplaintProgress, letter).await?)
}

fn progress(case: &Grievance, words: &str) -> Result<Vec<String>, ComplaintError> {
    if words.trim().is_empty() {
        return Err(ComplaintError::NoWords);
    }
    Ok(letters::progress(case, words, limits(&case.house, &case.complaint).answer))
}

/// Notes that the regulator looks into it, or what it decided. This may come after the charity's own answer.
pub async fn note_regulator(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (on, theirs, said): (Date, &str, &str),
) -> Result<(), ComplaintError> {
    let mut case = Grievance::to_work_on(office, who, reference).await?;
    let (theirs, said) = (theirs.trim(), said.trim());
    if theirs.is_empty() {
        return Err(ComplaintError::NoReference);
    }
    if said.is_empty() {
        return Err(ComplaintError::NoWords);
    }
    if on < case.complaint.received || on > case.today() {
        return Err(ComplaintError::Date);
    }
    let case_there = RegulatorCase { on, reference: theirs.to_owned(), said: Personal::new(said.to_owned()) };
    case.complaint.regulator.push(case_there);
    case.happened("The regulator wrote about it.");
    Ok(case.save(office, Act::ComplaintLookedInto).await?)
}

async fn open(office: &Office, who: &SignedIn, reference: &str) -> Result<Grievance, ComplaintError> {
    let case = Grievance::to_work_on(office, who, reference).await?;
    if case.complaint.is_open() { Ok(case) } else { Err(ComplaintError::Over) }
}
