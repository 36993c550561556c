//! Recording that a privacy notice was given (T8, T73, T74), which completes the enrolments that waited for it.

use access::Action;
use book::{Act, Filing, OpenFile, Opened, Work};
use jiff::civil::Date;
use records::work::{NoticeForm, NoticeGiven};
use records::{Content, FileId, Kind, Provenance, Record, State};

use crate::office::{House, Office};
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::services::NoticeAnswer;
use crate::stopped::Stopped;

/// A notice that was given, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewNotice {
    /// In which form.
    pub form: NoticeForm,
    /// When, as UK dates are written; empty for today. Field `given`.
    pub given: String,
    /// To whom, if not to the person (a parent for a young child). Field `to`.
    pub to: Option<FileId>,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum GiveNoticeError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for GiveNoticeError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Records that the notice was given: what was owed is done, and an enrolment that waited for it is complete.
///
/// # Errors
/// [`GiveNoticeError`]; nothing is saved then.
pub async fn give_notice(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewNotice,
) -> Result<(), GiveNoticeError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let mut reading = Reading::default();
    let given = match new.given.trim() {
        "" => Some(operation.today()),
        typed => reading.keep("given", entered::past_date(typed, operation.today())),
    };
    reading.finish().map_err(GiveNoticeError::Wrong)?;
    let given = given.unwrap_or_else(|| operation.today());
    let house = office.house().await?;
    let opened = office.book().file_in_passing(file).await?;
    let by = Provenance::from_the_work(Some(who.file), operation.now);
    let mut work = office.book().begin(&operation).await?;
    give(&mut work, &house, &opened, &by, (given, new.form, new.to)).await?;
    for waiting in opened.of_kind(Kind::Enrolment).filter(|opened| opened.header.state == State::Waiting) {
        work.change(Act::RecordChanged, &waiting.header, &waiting.record, Filing::in_state(State::Kept)).await?;
    }
    work.commit().await?;
    Ok(())
}

/// What an enrolment does about the notice: gives it, or makes it due today.
pub(crate) async fn settle_first_notice(
    work: &mut Work,
    house: &House,
    opened: &OpenFile,
    by: &Provenance,
    answer: &NoticeAnswer,
) -> Result<(), Stopped> {
    let today = work.operation().today();
    match answer {
        NoticeAnswer::HadIt => Ok(()),
        NoticeAnswer::Given(form) => give(work, house, opened, by, (today, *form, None)).await,
        NoticeAnswer::NotYet => owe_today(work, opened, by, today).await,
    }
}

async fn give(
    work: &mut Work,
    house: &House,
    opened: &OpenFile,
    by: &Provenance,
    (day, form, to): (Date, NoticeForm, Option<FileId>),
) -> Result<(), Stopped> {
    let policy = Some(house.policy_version.0.id);
    let mut owed = owed(opened).peekable();
    if owed.peek().is_none() {
        let because = "Given without being asked for.".to_owned();
        let notice = NoticeGiven { policy, given: Some((day, form)), to, because };
        let record = Record::new(by.clone(), Content::Notice(notice));
        work.add(Act::NoticeGiven, opened.file, &record, Filing::in_state(State::Done)).await?;
        return Ok(());
    }
    for (was, notice) in owed {
        let notice = NoticeGiven { policy, given: Some((day, form)), to, because: notice.because.clone() };
        let record = Record::new(by.clone(), Content::Notice(notice));
        work.change(Act::NoticeGiven, &was.header, &record, Filing::in_state(State::Done)).await?;
    }
    Ok(())
}

async fn owe_today(work: &mut Work, opened: &OpenFile, by: &Provenance, today: Date) -> Result<(), Stopped> {
    let due = crate::people::end_of(today);
    if let Some((was, _)) = owed(opened).next() {
        let due = was.header.due.map_or(due, |before| before.min(due));
        work.change(Act::RecordChanged, &was.header, &was.record, Filing::open(Some(due))).await?;
        return Ok(());
    }
    let because = "The person was enrolled with a service before they had the notice.".to_owned();
    let notice = NoticeGiven { policy: None, given: None, to: None, because };
    let record = Record::new(by.clone(), Content::Notice(notice));
    work.add(Act::RecordAdded, opened.file, &record, Filing::open(Some(due))).await?;
    Ok(())
}

/// The notices that are owed.
fn owed(file: &OpenFile) -> impl Iterator<Item = (&Opened, &NoticeGiven)> {
    file.of_kind(Kind::Notice).filter_map(|opened| match &opened.record.content {
        Content::Notice(notice) if notice.given.is_none() => Some((opened, notice)),
        _ => None,
    })
}
