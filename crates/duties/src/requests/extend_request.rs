//! Tells the person, in time and with reasons, that it takes up to two months longer (T26; UK GDPR art. 12A).

use book::Act;
use clock::ClockError;
use jiff::civil::Date;
use records::requests::{Extension, ExtensionGround};
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::case::Case;
use super::letters;
use super::limit::{clock_of, notice_by};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why, and in which words.
#[derive(Clone, Debug)]
pub struct ExtendRequest {
    /// The ground that the law knows.
    pub ground: ExtensionGround,
    /// The reasons, as the person reads them.
    pub reasons: String,
}

/// What it comes to.
#[derive(Clone, Debug)]
pub struct Extended {
    /// The date without it.
    pub was_due: Date,
    /// The date with it.
    pub due: Date,
    /// The letter, paragraph by paragraph.
    pub letter: Vec<String>,
}

/// Why there is no extension.
#[derive(Debug, thiserror::Error)]
pub enum ExtendError {
    /// The day for telling them has passed.
    #[error(
        "The person had to be told by {}. That day has passed, so the first date stands: {}.",
        clock::weekday_date(*.by), clock::weekday_date(*.due)
    )]
    TooLate {
        /// The last day on which they could be told.
        by: Date,
        /// The date that stands.
        due: Date,
    },
    /// No reasons were given.
    #[error("Write the reasons as the person will read them. Without reasons there is no extension.")]
    NoReasons,
    /// It was extended before.
    #[error("It was extended once, on {}. The law allows no second extension.", clock::uk_date(*.0))]
    AlreadyExtended(Date),
    /// The request is over.
    #[error("This request is over, so there is nothing to extend.")]
    Over,
    /// The clock has no date.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// What [`extend`] would do; nothing is saved.
pub async fn preview_extension(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &ExtendRequest,
) -> Result<Extended, ExtendError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    prepare(&mut case, new)
}

/// Extends, and writes the letter that tells them why.
pub async fn extend(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &ExtendRequest,
) -> Result<RecordId, ExtendError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let extended = prepare(&mut case, new)?;
    Ok(case.save_with_letter(office, Act::RequestExtended, LetterKind::Extension, extended.letter).await?)
}

fn prepare(case: &mut Case, new: &ExtendRequest) -> Result<Extended, ExtendError> {
    let today = case.today();
    if !case.request.stage.is_live() {
        return Err(ExtendError::Over);
    }
    if let Some(extension) = &case.request.extension {
        return Err(ExtendError::AlreadyExtended(extension.told));
    }
    let was_due = clock_of(&case.house, &case.request, today)?.due;
    let by = notice_by(&case.house, &case.request, today)?;
    if today > by {
        return Err(ExtendError::TooLate { by, due: was_due });
    }
    let reasons = new.reasons.trim();
    if reasons.is_empty() {
        return Err(ExtendError::NoReasons);
    }
    let reasons = Personal::new(reasons.to_owned());
    case.request.extension = Some(Extension { told: today, ground: new.ground, reasons });
    let due = clock_of(&case.house, &case.request, today)?.due;
    case.happened(format!(
        "Extended, because {}. Due {} instead of {}.",
        new.ground.words(),
        clock::uk_date(due),
        clock::uk_date(was_due)
    ));
    let letter = letters::extension(case, due);
    Ok(Extended { was_due, due, letter })
}
