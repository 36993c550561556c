//! Asks what is meant, which stops the clock for a request for access (UK GDPR art. 12A(5)), and notes the answer.

use book::Act;
use clock::ClockError;
use jiff::civil::Date;
use records::requests::Pause;
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::ask_identity::check_day;
use super::case::Case;
use super::letters;
use super::limit::clock_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why the clock was not stopped, or not started again.
#[derive(Debug, thiserror::Error)]
pub enum PauseError {
    /// There is no question.
    #[error("Write what you ask them. They read it as you write it.")]
    NoQuestion,
    /// There is no answer.
    #[error("Write what they answered, or that they want everything.")]
    NoAnswer,
    /// A question is open.
    #[error("You asked on {} and wait for the answer. Ask again when it has come.", clock::uk_date(*.0))]
    AlreadyPaused(Date),
    /// The limit has passed.
    #[error("The answer was due on {}. A question now does not bring that day back; answer what is clear at once.", clock::uk_date(*.0))]
    TooLate(Date),
    /// Nothing is asked.
    #[error("The clock is not stopped, so there is nothing to answer.")]
    NotPaused,
    /// A date that cannot be.
    #[error("{0}")]
    Date(String),
    /// The request is over.
    #[error("This request is over. Nothing more is asked for it.")]
    Over,
    /// The clock has no date.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The letter that [`pause`] would write; nothing is saved.
pub async fn preview_pause(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    question: &str,
) -> Result<Vec<String>, PauseError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    prepare(&mut case, question)
}

/// Asks what is meant. The day of asking and the day of the answer, and all between, do not count.
pub async fn pause(office: &Office, who: &SignedIn, reference: &str, question: &str) -> Result<RecordId, PauseError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let paragraphs = prepare(&mut case, question)?;
    Ok(case.save_with_letter(office, Act::RequestPaused, LetterKind::Clarification, paragraphs).await?)
}

fn prepare(case: &mut Case, question: &str) -> Result<Vec<String>, PauseError> {
    let today = case.today();
    let question = question.trim();
    if !case.request.stage.is_live() {
        return Err(PauseError::Over);
    }
    if question.is_empty() {
        return Err(PauseError::NoQuestion);
    }
    if let Some(open) = case.request.pauses.iter().find(|pause| pause.answered.is_none()) {
        return Err(PauseError::AlreadyPaused(open.asked));
    }
    let limit = clock_of(&case.house, &case.request, today)?;
    if today > limit.due {
        return Err(PauseError::TooLate(limit.due));
    }
    let question = Personal::new(question.to_owned());
    let paragraphs = letters::clarification(case, question.for_paper());
    case.request.pauses.push(Pause { asked: today, answered: None, question, answer: None });
    case.happened("Asked what they mean. The clock is stopped until they answer.");
    Ok(paragraphs)
}

/// Notes the answer; the clock goes on.
pub async fn resume(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (on, answer): (Date, &str),
) -> Result<(), PauseError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let today = case.today();
    if !case.request.stage.is_live() {
        return Err(PauseError::Over);
    }
    let answer = answer.trim();
    let Some(open) = case.request.pauses.iter_mut().find(|pause| pause.answered.is_none()) else {
        return Err(PauseError::NotPaused);
    };
    if answer.is_empty() {
        return Err(PauseError::NoAnswer);
    }
    check_day(open.asked, on, today).map_err(PauseError::Date)?;
    open.answered = Some(on);
    open.answer = Some(Personal::new(answer.to_owned()));
    case.happened(format!("They answered on {}. The clock goes on.", clock::uk_date(on)));
    Ok(case.save(office, Act::RequestResumed).await?)
}
