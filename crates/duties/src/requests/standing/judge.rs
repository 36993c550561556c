//! Judges whether a child decides alone (T21): seven things are weighed, and each is written down.

use book::Act;
use clock::Nation;
use records::Personal;
use records::standing::{Competence, Factor};

use super::super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A judgement, as it was written down.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Whether the child decides alone; none where nothing was chosen.
    pub able: Option<bool>,
    /// What was weighed, one answer for each of [`Factor::ALL`].
    pub weighed: [String; 7],
    /// Where the child lives, where the charity works in several nations.
    pub nation: Option<Nation>,
}

/// Why a judgement was not taken.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// Nothing was chosen.
    #[error("Choose whether they understand what asking means.")]
    NotChosen,
    /// These were left empty.
    #[error("Write something for each of the seven. \u{201C}None known\u{201D} is an answer too.")]
    NotWeighed(Vec<Factor>),
    /// The request is over.
    #[error("This request is over. Nothing more is judged for it.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Judges whether the child whose data is asked for decides alone. An earlier judgement stays in the record's history.
pub async fn judge(office: &Office, who: &SignedIn, reference: &str, new: Judgement) -> Result<(), JudgeError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(JudgeError::Over);
    }
    let able = new.able.ok_or(JudgeError::NotChosen)?;
    let empty = Factor::ALL.into_iter().zip(&new.weighed).filter(|(_, words)| words.trim().is_empty());
    let empty: Vec<Factor> = empty.map(|(factor, _)| factor).collect();
    if !empty.is_empty() {
        return Err(JudgeError::NotWeighed(empty));
    }
    case.request.nation = new.nation.or(case.request.nation);
    case.request.competence = Some(Competence {
        able,
        weighed: new.weighed.into_iter().map(|words| Personal::new(words.trim().to_owned())).collect(),
        by: case.operation.actor.staff(),
        on: case.today(),
    });
    case.happened(if able {
        "Judged: the child understands what asking means, and decides alone."
    } else {
        "Judged: the child does not yet understand what asking means."
    });
    Ok(case.save(office, Act::IdentityChecked).await?)
}
