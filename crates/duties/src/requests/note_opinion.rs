//! Notes what a health professional says about the harm that an answer could do (K26, T27).

use book::Act;
use jiff::civil::Date;
use records::Personal;
use records::opinion::{Opinion, Profession};

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// An opinion, as it was written down.
#[derive(Clone, Debug)]
pub struct NewOpinion {
    /// Who gave it.
    pub from: String,
    /// What they are; none where nothing was chosen.
    pub profession: Option<Profession>,
    /// The day on which they gave it.
    pub given: Date,
    /// Whether reading would be likely to cause serious harm; none where nothing was chosen.
    pub harm: Option<bool>,
    /// What it is about, and what they said.
    pub said: String,
}

/// Why an opinion was not noted.
#[derive(Debug, thiserror::Error)]
pub enum OpinionError {
    /// Nobody is named.
    #[error("Enter who gave it and where they work.")]
    NoName,
    /// No profession was chosen.
    #[error("Choose what they are. The opinion of a counsellor or social worker does not count here.")]
    NoProfession,
    /// It is from the future, or too old to count.
    #[error("Enter a day from {} to today: an opinion counts for six months.", clock::uk_date(*.0))]
    Day(Date),
    /// Nothing was chosen.
    #[error("Say what they think.")]
    NotChosen,
    /// Nothing was said.
    #[error("Write down what it is about and what they said.")]
    NoWords,
    /// The request is over.
    #[error("This request is over. Nothing more is noted for it.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Notes an opinion. It counts for six months, ending with the day on which the answer goes out.
pub async fn note_opinion(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: NewOpinion,
) -> Result<(), OpinionError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(OpinionError::Over);
    }
    let (from, said) = (new.from.trim(), new.said.trim());
    if from.is_empty() {
        return Err(OpinionError::NoName);
    }
    let profession = new.profession.ok_or(OpinionError::NoProfession)?;
    if !clock::opinion_counts(new.given, case.today()) {
        return Err(OpinionError::Day(clock::oldest_opinion(case.today())));
    }
    let harm = new.harm.ok_or(OpinionError::NotChosen)?;
    if said.is_empty() {
        return Err(OpinionError::NoWords);
    }
    case.request.opinions.push(Opinion {
        from: Personal::new(from.to_owned()),
        profession,
        given: new.given,
        harm,
        said: Personal::new(said.to_owned()),
        by: case.operation.actor.staff(),
    });
    case.happened(if harm {
        "A health professional thinks that reading it could do serious harm."
    } else {
        "A health professional thinks that reading it does no serious harm."
    });
    Ok(case.save(office, Act::ItemReviewed).await?)
}
