//! Opening a file: with a purpose, with a reason where the rules ask for one, and with the view in the ledger first.

use std::sync::Arc;

use access::Action;
use book::{OpenFile, Opened};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use records::{Content, FileId, Operation, Source, operation};

use crate::office::{House, Office};
use crate::people::merged::Shut;
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What counts as recent: the last so many days. What is older is history, and opens only after proving the second
/// factor again and with a reason (the rules `fresh-sign-in` and `says-why` on `SeeHistory`).
pub const RECENT: clock::Span = clock::Span::Days(30);

/// A file that somebody opened.
#[derive(Clone, Debug)]
pub struct FileOpened {
    /// The operation under which it was opened.
    pub operation: Operation,
    /// The charity.
    pub house: Arc<House>,
    /// The file. Without the history, records that are older than [`RECENT`] are left out, except those that say
    /// who the person is and what holds now.
    pub file: OpenFile,
    /// How many records of the work were left out because they are history.
    pub older: usize,
    /// What was not opened of the person's other files.
    pub shut: Shut,
}

/// Opens a file: who the person is, what holds now, and the last thirty days.
///
/// # Errors
/// [`Stopped::NeedsReason`] where the rules ask why; [`Stopped::NotFound`] where they do not open it.
pub async fn open_file(office: &Office, who: &SignedIn, file: FileId, why: &Why) -> Result<FileOpened, Stopped> {
    let operation = office.permit(who, Action::OpenFile, Some(file), why.purpose, &why.reason).await?;
    let mut opened = office.book().file(&operation, file).await?;
    let shut = office.with_other_files(who, Action::OpenFile, why, &mut opened).await?;
    let before = opened.records.len();
    let today = operation.today();
    opened.records.retain(|record| is_recent(record, today));
    let older = before - opened.records.len();
    Ok(FileOpened { house: office.house().await?, operation, file: opened, older, shut })
}

/// Opens a file with its whole history.
///
/// # Errors
/// As [`open_file`], and [`Stopped::NeedsStepUp`] until the second factor was proved again.
pub async fn open_history(office: &Office, who: &SignedIn, file: FileId, why: &Why) -> Result<FileOpened, Stopped> {
    let operation = office.permit(who, Action::SeeHistory, Some(file), why.purpose, &why.reason).await?;
    let mut opened = office.book().file(&operation, file).await?;
    let shut = office.with_other_files(who, Action::SeeHistory, why, &mut opened).await?;
    Ok(FileOpened { house: office.house().await?, operation, file: opened, older: 0, shut })
}

/// When what a record tells of happened.
pub fn happened_on(opened: &Opened) -> Timestamp {
    match &opened.record.content {
        Content::Note(note) => note.happened,
        Content::Paper(paper) => noon_of(paper.dated),
        Content::Enrolment(enrolment) => noon_of(enrolment.started),
        Content::Disclosure(shared) => noon_of(shared.on),
        Content::Notice(notice) => notice.given.map_or(opened.header.opened, |(on, _)| noon_of(on)),
        _ => opened.header.opened,
    }
}

/// Whether a record is shown without opening the history: it holds now, or it happened or was written in the last
/// thirty days. Notes that an import brought in count by when they happened.
pub fn is_recent(opened: &Opened, today: Date) -> bool {
    if !matches!(opened.record.content, Content::Note(_) | Content::Paper(_) | Content::Correction(_)) {
        return true;
    }
    let from = RECENT.before(today);
    let written = opened.record.provenance.source != Source::Import
        && operation::london_day(opened.record.provenance.written_at) >= from;
    written || operation::london_day(happened_on(opened)) >= from
}

/// Noon of a day in London: it stays the same day on every clock.
fn noon_of(day: Date) -> Timestamp {
    let midday: DateTime = day.at(12, 0, 0, 0);
    midday.to_zoned(clock::london()).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}
