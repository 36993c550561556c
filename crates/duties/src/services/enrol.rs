//! Enrolling a person with a service: with a reason, and not complete until the privacy notice was given (K3, T73).

use access::Action;
use book::{Act, Filing, OpenFile};
use jiff::civil::Date;
use records::people::Relationship;
use records::work::{Enrolment, NoticeForm, NoticeGiven};
use records::{Content, FileId, Kind, PersonClass, Personal, Provenance, Record, RecordId, ServiceId, State};

use crate::office::{House, Office};
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Whether the person was given the privacy notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeAnswer {
    /// Yes: in this form, today.
    Given(NoticeForm),
    /// They had it before, as their file says.
    HadIt,
    /// Not yet. The enrolment waits for it.
    NotYet,
}

/// An enrolment, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewEnrolment {
    /// Which service. Field `service`.
    pub service: ServiceId,
    /// Why the person uses it. Field `reason`.
    pub reason: String,
    /// First day, as UK dates are written; empty for today. Field `started`.
    pub started: String,
    /// Whether the privacy notice was given. Field `notice`.
    pub notice: NoticeAnswer,
}

/// Why nobody was enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
    /// Only children, young people, parents and carers use services.
    #[error("only children, young people, parents and carers are enrolled with a service")]
    NotForThisClass,
    /// They use this service already.
    #[error("the person uses this service already")]
    Already,
}

impl From<book::BookError> for EnrolError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Enrols a person. Without a notice the enrolment is `Waiting`, and the notice is due today (T73).
///
/// # Errors
/// [`EnrolError`]; nothing is saved then.
pub async fn enrol(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewEnrolment,
) -> Result<RecordId, EnrolError> {
    let operation = office.permit(who, Action::Enrol, Some(file), why.purpose, &why.reason).await?;
    let house = office.house().await?;
    let opened = office.book().file_in_passing(file).await?;
    if !matches!(opened.class, PersonClass::Child | PersonClass::Carer) {
        return Err(EnrolError::NotForThisClass);
    }
    let enrolment = read(&new, &house, &opened, operation.today()).map_err(EnrolError::Wrong)?;
    if open_enrolments(&opened).any(|(_, known)| known.service == new.service) {
        return Err(EnrolError::Already);
    }
    let carers = carers_of(office, &opened).await?;
    let by = Provenance::from_the_work(Some(who.file), operation.now);
    let mut work = office.book().begin(&operation).await?;
    let waits = new.notice == NoticeAnswer::NotYet;
    let filing = if waits {
        Filing { topic: 0, state: Some(State::Waiting), due: Some(crate::people::end_of(operation.today())) }
    } else {
        Filing::default()
    };
    let record = Record::new(by.clone(), Content::Enrolment(enrolment));
    let id = work.add(Act::Enrolled, file, &record, filing).await?;
    crate::keeping::reopen_for_enrolment(office, &mut work, file).await?;
    crate::notices::settle_first_notice(&mut work, &house, &opened, &by, &new.notice).await?;
    let mut card = opened.card.clone();
    if !card.services.contains(&new.service) {
        card.services.push(new.service);
    }
    work.set_card(file, card).await?;
    for carer in carers {
        let mut card = carer.card.clone();
        if !card.services.contains(&new.service) {
            card.services.push(new.service);
            work.set_card(carer.file, card).await?;
        }
    }
    work.commit().await?;
    Ok(id)
}

/// The enrolments that have not ended.
pub(crate) fn open_enrolments(file: &OpenFile) -> impl Iterator<Item = (&book::Opened, &Enrolment)> {
    file.of_kind(Kind::Enrolment).filter_map(|opened| match &opened.record.content {
        Content::Enrolment(enrolment) if enrolment.ended.is_none() => Some((opened, enrolment)),
        _ => None,
    })
}

/// Whether a notice was given to the person at any time.
pub(crate) fn notice_was_given(file: &OpenFile) -> bool {
    file.of_kind(Kind::Notice)
        .any(|opened| matches!(&opened.record.content, Content::Notice(NoticeGiven { given: Some(_), .. })))
}

/// The files of a child's parents and carers: they become visible at the child's service.
pub(crate) async fn carers_of(office: &Office, child: &OpenFile) -> Result<Vec<OpenFile>, Stopped> {
    let mut carers = Vec::new();
    if child.class != PersonClass::Child {
        return Ok(carers);
    }
    for opened in child.of_kind(Kind::Relationship).filter(|opened| opened.header.state != State::Superseded) {
        let Content::Relationship(Relationship { other, .. }) = &opened.record.content else { continue };
        if office.book().card(*other).is_some_and(|card| card.class == PersonClass::Carer) {
            carers.push(office.book().file_in_passing(*other).await?);
        }
    }
    Ok(carers)
}

fn read(new: &NewEnrolment, house: &House, file: &OpenFile, today: Date) -> Result<Enrolment, FieldErrors> {
    let mut reading = Reading::default();
    let reason = reading.keep("reason", entered::needed_text(&new.reason, "Say why they use the service"));
    let started = match new.started.trim() {
        "" => Some(today),
        typed => reading.keep("started", entered::past_date(typed, today)),
    };
    match house.service(new.service) {
        None => reading.wrong("service", "Choose one of our services"),
        Some(service) if service.ended.is_some_and(|ended| ended <= today) => {
            reading.wrong("service", "This service has ended. Choose another");
        }
        Some(_) => {}
    }
    if new.notice == NoticeAnswer::HadIt && !notice_was_given(file) {
        reading.wrong(
            "notice",
            "The file does not show that a notice was given. Say how you gave it, or that it is still to be given",
        );
    }
    reading.finish()?;
    Ok(Enrolment {
        service: new.service,
        reason: Personal::new(reason.unwrap_or_default()),
        started: started.unwrap_or(today),
        ended: None,
        outcomes: Vec::new(),
    })
}
