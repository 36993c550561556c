//! Looks for the subject of a request in other people's files, and takes what was found there into the answer.
//!
//! A record that names somebody is about them too, wherever it lies; where nobody linked it, only looking finds it. It
//! is narrowed to files that whoever works on the request may open for it; what they choose is gathered with the rest.

use book::Act;
use records::{FileId, RecordId};

use super::case::Case;
use crate::office::Office;
use crate::people::mentions::{Mentions, mentions_for, open_to, search};
use crate::permit::SignedIn;
use crate::stopped::Stopped;
use records::requests::Stage;

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum SeekMentionsError {
    /// The second person has it, or it is over.
    #[error(
        "The answer is with the second person, or the request is over. Take it back from them before you add to it."
    )]
    TooLate,
    /// Nothing was chosen.
    #[error("Choose the records that are about this person, or go back if none are.")]
    NothingChosen,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for SeekMentionsError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Looks where else the subject is mentioned, and shows at most so many places. What is linked to the subject is left out:
/// gathering takes it anyway.
///
/// # Errors
/// As for working on the request, and [`Stopped::NeedsStepUp`] until the second factor was proved again.
pub async fn seek_mentions(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    most: usize,
    progress: impl FnMut(u64) + Send,
) -> Result<Mentions, SeekMentionsError> {
    let case = Case::to_work_on(office, who, reference).await?;
    may_still_grow(&case)?;
    if !who.stepped_up {
        return Err(Stopped::NeedsStepUp.into());
    }
    let (mut records, looked_through) = search(office, case.file(), progress).await?;
    records.retain(|record| !record.linked);
    Ok(mentions_for(office, who, &case.operation, case.file(), records, (most, looked_through)).await?)
}

/// Takes records of other files into the answer: they are gathered with the rest from now on. Returns how many are new.
///
/// # Errors
/// [`SeekMentionsError`]; a record that is not open to whoever chose it is refused like one that is not there.
pub async fn take_in(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    chosen: &[(FileId, RecordId)],
) -> Result<usize, SeekMentionsError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    may_still_grow(&case)?;
    if chosen.is_empty() {
        return Err(SeekMentionsError::NothingChosen);
    }
    // Chosen from what the search finds now: nobody adds what does not mention the person, or what they may not see.
    let (mut records, _) = search(office, case.file(), |_| {}).await?;
    records.retain(|record| chosen.contains(&(record.file, record.record)));
    let records = open_to(office, who, &case.operation, records).await?;
    if chosen.iter().any(|chosen| records.iter().all(|record| (record.file, record.record) != *chosen)) {
        return Err(Stopped::NotFound.into());
    }
    let mut work = case.begin(office).await?;
    let mut new = 0;
    for record in &records {
        let found = (record.file, record.record);
        if !case.request.found.contains(&found) {
            case.request.found.push(found);
            new += 1;
            work.act(Act::Collected, record.file, Some((record.record, record.kind)))?;
        }
    }
    let records = if new == 1 { "1 record".to_owned() } else { format!("{new} records") };
    case.happened(format!("Looked for mentions in other people\u{2019}s files, and took in {records}."));
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(new)
}

fn may_still_grow(case: &Case) -> Result<(), SeekMentionsError> {
    match case.request.stage {
        Stage::Open | Stage::Review => Ok(()),
        _ => Err(SeekMentionsError::TooLate),
    }
}
