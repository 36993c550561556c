//! Takes a complaint in, however it came and whoever it reached.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::complaint::Complaint;
use records::requests::{Details, Event, Intake, Requester};
use records::{Content, FileId, Operation, Personal, Provenance, Purpose, Record, RecordId, Source};

use super::limit::filing_of;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::portal::Taking;
use crate::requests::{Case, Subject, open_file_for, role_words};
use crate::stopped::Stopped;

/// A complaint, as it was written down.
#[derive(Clone, Debug)]
pub struct NewComplaint {
    /// How it came; none where nothing was chosen.
    pub intake: Option<Intake>,
    /// The day on which anybody here had it.
    pub received: Date,
    /// What they complain about, in their words.
    pub about: String,
    /// Who complains, where it is not the person themselves: their file, and what they are to the person.
    pub by: Option<(Option<FileId>, String)>,
    /// Their name and how to reach them, as it stands in the complaint.
    pub details: Details,
    /// The reference of the access request that it is about; empty for none.
    pub request: String,
    /// The number of what came in on the website or by e-mail, where it is that.
    pub arrival: Option<String>,
}

/// Why a complaint was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum RecordComplaintError {
    /// Fields to put right: name of the field, and what to do.
    #[error("some answers are missing or cannot be right")]
    Fields(Vec<(&'static str, String)>),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for RecordComplaintError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Takes a complaint in: it goes to the role that the policy names, and its days run from the day it came. Returns its
/// reference.
///
/// # Errors
/// [`RecordComplaintError::Fields`] names each answer that is missing or cannot be right; nothing is saved then.
pub async fn record_complaint(
    office: &Office,
    who: &SignedIn,
    subject: Subject,
    new: NewComplaint,
) -> Result<String, RecordComplaintError> {
    let known = if let Subject::Known(file) = subject { Some(office.leading(file)) } else { None };
    let operation = office.permit(who, Action::RecordRequest, known, Purpose::Request, "a complaint came in").await?;
    let mut wrong = check(&new, operation.today());
    if matches!(&subject, Subject::New { name, .. } if name.trim().is_empty()) {
        wrong.push(("subject-name", "Enter the name of the person whose data it is about".to_owned()));
    }
    let request = request_of(office, who, known, new.request.trim()).await.unwrap_or_else(|words| {
        wrong.push(("request", words.to_owned()));
        None
    });
    let taking = Taking::of(office, who, new.arrival.as_deref()).await?;
    let Some(intake) = new.intake.filter(|_| wrong.is_empty()) else { return Err(RecordComplaintError::Fields(wrong)) };
    let house = office.house().await?;
    let mut work = office.book().begin(&operation).await?;
    let file = match (subject, known) {
        (Subject::New { name, class, born }, _) => {
            open_file_for(&mut work, operation.actor.staff(), name.trim(), class, born).await?
        }
        (Subject::Known(file), known) => known.unwrap_or(file),
    };
    let reference = work.next_reference("CMP", operation.today().year()).await?;
    let complaint = complaint_from(office, &house, (reference.clone(), intake, request), new, &operation);
    let source = if complaint.by.is_some() { Source::Carer } else { Source::Person };
    let provenance = Provenance { source, ..Provenance::from_the_work(operation.actor.staff(), operation.now) };
    let filing = filing_of(&house, &complaint);
    let record = Record::new(provenance, Content::Complaint(Box::new(complaint)));
    let id = work.add(Act::ComplaintRecorded, file, &record, filing).await?;
    if let Some(taking) = &taking {
        taking.keep(office, &mut work, file, "Complaint, as it came").await?;
        taking.put(&mut work, file, id).await?;
    }
    work.commit().await?;
    if let Some(taking) = taking {
        taking.finish(office, &operation).await?;
    }
    Ok(reference)
}

/// The complaint as it lies in the file from today on.
fn complaint_from(
    office: &Office,
    house: &House,
    (reference, intake, request): (String, Intake, Option<(RecordId, String)>),
    new: NewComplaint,
    operation: &Operation,
) -> Complaint {
    let settings = house.settings();
    let routed_to = role_words(settings.role("ask:complaint/to"));
    let what = format!(
        "Taken in: it came {} on {}. Our policy sends it to {routed_to}.",
        intake.words(),
        clock::uk_date(new.received)
    );
    let by = operation.actor.staff();
    Complaint {
        reference,
        received: new.received,
        intake,
        by: new.by.map(|(file, relation)| Requester {
            file: file.map(|file| office.leading(file)),
            relation: Personal::new(relation.trim().to_owned()),
            authority: None,
            standing: None,
        }),
        details: new.details,
        about: Personal::new(new.about.trim().to_owned()),
        request,
        routed_to,
        advice: settings.role("ask:complaint/advice").map(|setting| role_words(Some(setting))),
        policy: Some(house.policy_version.0.id),
        acknowledged: None,
        enquiries: Vec::new(),
        outcome: None,
        regulator: Vec::new(),
        withdrawn: None,
        events: vec![Event { at: operation.now, by, what: Personal::new(what) }],
    }
}

/// The request that a complaint is about, by its reference; empty for none.
async fn request_of(
    office: &Office,
    who: &SignedIn,
    file: Option<FileId>,
    reference: &str,
) -> Result<Option<(RecordId, String)>, &'static str> {
    if reference.is_empty() {
        return Ok(None);
    }
    match Case::to_work_on(office, who, reference).await {
        Ok(case) if Some(case.file()) == file => Ok(Some((case.header.id, reference.to_owned()))),
        _ => Err("There is no request with this reference in this person’s file"),
    }
}

fn check(new: &NewComplaint, today: Date) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    if new.intake.is_none() {
        wrong.push(("intake", "Choose how it came".to_owned()));
    }
    if new.received > today {
        wrong.push(("received", "Enter the day on which it came: it cannot be later than today".to_owned()));
    }
    if new.about.trim().is_empty() {
        wrong.push(("about", "Write down what they complain about, in their words".to_owned()));
    }
    if let Some((file, relation)) = &new.by {
        if relation.trim().is_empty() {
            wrong.push(("relation", "Say what they are to the person, like mother or neighbour".to_owned()));
        }
        if file.is_none() && new.details.name.is_none() {
            wrong.push(("name", "Enter the name of whoever complains".to_owned()));
        }
    }
    wrong
}

/// What is told of a complaint that was just taken in. It says nothing about the person.
#[derive(Clone, Debug)]
pub struct TakenIn {
    /// To whom the policy sends it, in its words.
    pub routed_to: String,
    /// By when it is acknowledged, in words.
    pub by: String,
    /// Whether whoever looks may work on it.
    pub may_work: bool,
}

/// What is told of a complaint by its reference, also to those who may take one in and not see it.
pub async fn taken_in(office: &Office, who: &SignedIn, reference: &str) -> Result<TakenIn, Stopped> {
    let (file, record) = super::grievance::find(office, reference).await?;
    let opened = office.book().record_in_passing(file, record).await?;
    let Content::Complaint(complaint) = opened.record.content else { return Err(Stopped::NotFound) };
    let house = office.house().await?;
    let by = super::limit::limits(&house, &complaint).acknowledge;
    Ok(TakenIn {
        routed_to: complaint.routed_to,
        by: super::letters::acknowledge_words(&by),
        may_work: office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await,
    })
}
