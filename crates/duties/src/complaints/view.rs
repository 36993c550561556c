//! Shows complaints: the list, one of them, its letters. The view is in the ledger first.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::work::Letter;
use records::{Content, Header, Kind, Purpose};

use super::grievance::Grievance;
use super::letters::acknowledge_words;
use super::limit::{Limits, limits, next_due};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::{Addressee, due_words};
use crate::stopped::Stopped;

/// One line of the list.
#[derive(Clone, Debug)]
pub struct ComplaintLine {
    /// The reference.
    pub reference: String,
    /// The person's name, for those who may work on it.
    pub subject: Option<String>,
    /// The day on which it came.
    pub received: Date,
    /// The day on which something must happen next.
    pub due: Option<Date>,
    /// What must happen next, and by when, in words.
    pub words: String,
    /// The day has passed.
    pub late: bool,
    /// To whom the policy sends it.
    pub routed_to: String,
}

/// All complaints, open ones first, the most pressing on top.
pub async fn complaints(office: &Office, who: &SignedIn) -> Result<Vec<ComplaintLine>, Stopped> {
    office.permit(who, Action::SeeRequests, None, Purpose::Request, "").await?;
    let house = office.house().await?;
    let today = office.today();
    let mut lines = Vec::new();
    for opened in office.book().all_of_kind(Kind::Complaint).await? {
        let Content::Complaint(complaint) = opened.record.content else { continue };
        let file = opened.header.file;
        let may = office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await;
        let due = next_due(&house, &complaint);
        let step = if complaint.acknowledged.is_none() { "Acknowledge" } else { "Answer" };
        lines.push(ComplaintLine {
            subject: may.then(|| office.book().card(file).map(|card| card.name.for_page().clone())).flatten(),
            words: match due {
                Some(due) => format!("{step}: {}", due_words(today, due)),
                None if complaint.withdrawn.is_some() => "Taken back".to_owned(),
                None => "Answered".to_owned(),
            },
            late: due.is_some_and(|due| due < today),
            due,
            reference: complaint.reference,
            received: complaint.received,
            routed_to: complaint.routed_to,
        });
    }
    lines.sort_by_key(|line| (line.due.is_none(), line.due, line.reference.clone()));
    Ok(lines)
}

/// A complaint, opened to be looked at.
#[derive(Clone, Debug)]
pub struct ComplaintView {
    /// The complaint.
    pub case: Grievance,
    /// Its dates.
    pub limits: Limits,
    /// By when it is acknowledged, in words.
    pub acknowledge_by: String,
    /// The person's name.
    pub subject: String,
    /// The name of whoever complains, where it is not the person.
    pub by: Option<String>,
    /// Where letters go.
    pub addressee: Addressee,
    /// Its letters, newest first.
    pub letters: Vec<(Header, Letter)>,
}

/// Opens a complaint to look at it.
pub async fn view_complaint(office: &Office, who: &SignedIn, reference: &str) -> Result<ComplaintView, Stopped> {
    let case = Grievance::to_work_on(office, who, reference).await?;
    let seen = Some((case.header.id, Kind::Complaint));
    office.book().seen(&case.operation, Act::RecordSeen, case.file(), seen).await?;
    let file = office.person_in_passing(case.file()).await?;
    let mut letters: Vec<(Header, Letter)> = file
        .records
        .into_iter()
        .filter_map(|opened| match opened.record.content {
            Content::Letter(letter) if letter.request == Some(case.header.id) => Some((opened.header, letter)),
            _ => None,
        })
        .collect();
    letters.reverse();
    let limits = limits(&case.house, &case.complaint);
    let by = case.complaint.by.as_ref().map(|by| {
        let card = by.file.and_then(|file| office.book().card(file));
        let typed = case.complaint.details.name.as_ref().map(|name| name.for_page().clone());
        card.map(|card| card.name.for_page().clone()).or(typed).unwrap_or_default()
    });
    Ok(ComplaintView {
        acknowledge_by: acknowledge_words(&limits.acknowledge),
        limits,
        subject: file.card.name.for_page().clone(),
        by,
        addressee: case.addressee(office).await?,
        letters,
        case,
    })
}
