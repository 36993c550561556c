//! What came of the work, and the end of a person's use of a service.

use access::Action;
use book::{Act, Filing};
use records::work::Enrolment;
use records::{Content, FileId, Personal, Record, RecordId, State};

use crate::office::Office;
use crate::people::Why;
use crate::people::entered::{self, Reading};
use crate::permit::SignedIn;
use crate::services::enrol::EnrolError;
use crate::stopped::Stopped;

/// Writes down what came of the work, beside what was written before.
///
/// # Errors
/// [`EnrolError`]; [`Stopped::Conflict`] where somebody changed it first. Field `outcome`.
pub async fn record_outcome(
    office: &Office,
    who: &SignedIn,
    (file, record, version): (FileId, RecordId, u32),
    why: &Why,
    outcome: &str,
) -> Result<(), EnrolError> {
    let change = Change { ended: None, outcome, act: Act::RecordChanged };
    change_enrolment(office, who, (file, record, version), why, &change).await
}

/// Ends a person's use of a service. The card goes on naming it: who used a service stays visible there (K9).
///
/// # Errors
/// [`EnrolError`]; [`Stopped::Conflict`] where somebody changed it first. Fields `ended` and `outcome`.
pub async fn end_enrolment(
    office: &Office,
    who: &SignedIn,
    (file, record, version): (FileId, RecordId, u32),
    why: &Why,
    (ended, outcome): (&str, &str),
) -> Result<(), EnrolError> {
    let change = Change { ended: Some(ended), outcome, act: Act::EnrolmentEnded };
    change_enrolment(office, who, (file, record, version), why, &change).await
}

struct Change<'a> {
    ended: Option<&'a str>,
    outcome: &'a str,
    act: Act,
}

async fn change_enrolment(
    office: &Office,
    who: &SignedIn,
    (file, record, version): (FileId, RecordId, u32),
    why: &Why,
    change: &Change<'_>,
) -> Result<(), EnrolError> {
    let operation = office.permit(who, Action::Enrol, Some(file), why.purpose, &why.reason).await?;
    let was = office.book().record_in_passing(file, record).await.map_err(Stopped::from)?;
    let Content::Enrolment(before) = &was.record.content else { return Err(Stopped::NotFound.into()) };
    if was.header.version != version || before.ended.is_some() {
        return Err(Stopped::Conflict.into());
    }
    let mut reading = Reading::default();
    let outcome = match change.ended {
        Some(_) => reading.keep("outcome", entered::text(change.outcome)).flatten(),
        None => reading.keep("outcome", entered::needed_text(change.outcome, "Say what came of the work")),
    };
    let ended = change.ended.and_then(|typed| reading.keep("ended", entered::past_date(typed, operation.today())));
    if ended.is_some_and(|day| day < before.started) {
        reading.wrong("ended", "The last day cannot be before the first");
    }
    reading.finish().map_err(EnrolError::Wrong)?;
    let mut enrolment: Enrolment = before.clone();
    enrolment.outcomes.extend(outcome.map(Personal::new));
    enrolment.ended = ended;
    let filing = match ended {
        Some(_) => Filing::in_state(State::Done),
        None => Filing { topic: was.header.topic, state: Some(was.header.state), due: was.header.due },
    };
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(was.record.provenance.clone(), Content::Enrolment(enrolment));
    work.change(change.act, &was.header, &record, filing).await?;
    work.commit().await?;
    Ok(())
}
