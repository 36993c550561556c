//! The requests that came in, by due date: late ones first, those that wait for somebody outside with since when.

use access::Action;
use clock::Limit;
use jiff::civil::Date;
use records::requests::{AccessRequest, Stage};
use records::{Content, FileId, Kind, Purpose, RecordId};

use super::limit::{clock_of, due_words};
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// By when, in figures and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The date that binds; none once nothing runs any more.
    pub on: Option<Date>,
    /// The same in words: "Late by 2 days …", "Due in 5 days …", "Waiting for proof of identity since …".
    pub words: String,
    /// Past.
    pub late: bool,
    /// Within a week.
    pub soon: bool,
    /// Since when the clock stands still.
    pub stopped: Option<Date>,
}

/// One request in the list.
#[derive(Clone, Debug)]
pub struct InboxLine {
    /// The reference.
    pub reference: String,
    /// The subject's file.
    pub file: FileId,
    /// The request's record.
    pub record: RecordId,
    /// The subject's name, for those who may work on the request; others see that there is one, and by when.
    pub subject: Option<String>,
    /// The day on which it came.
    pub received: Date,
    /// By when.
    pub due: Due,
    /// Whose work it is: file and name.
    pub owner: Option<(FileId, String)>,
    /// To whom the policy sends it.
    pub routed_to: String,
    /// How far it is.
    pub stage: Stage,
    /// Whether whoever looks may be its second person.
    pub worked_on_it: bool,
}

/// All requests, open ones first, the most pressing on top.
pub async fn inbox(office: &Office, who: &SignedIn) -> Result<Vec<InboxLine>, Stopped> {
    office.permit(who, Action::SeeRequests, None, Purpose::Request, "").await?;
    let house = office.house().await?;
    let today = office.today();
    let mut lines = Vec::new();
    for opened in office.book().all_of_kind(Kind::AccessRequest).await? {
        let Content::AccessRequest(request) = opened.record.content else { continue };
        let file = opened.header.file;
        let may = office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await;
        lines.push(InboxLine {
            subject: may.then(|| office.book().card(file).map(|card| card.name.for_page().clone())).flatten(),
            due: due_of(&house, &request, today),
            owner: request.owner.map(|owner| (owner, house.staff_name(owner).to_owned())),
            worked_on_it: request.events.iter().any(|event| event.by == Some(who.file)),
            reference: request.reference,
            file,
            record: opened.header.id,
            received: request.received,
            routed_to: request.routed_to,
            stage: request.stage,
        });
    }
    // Open before over; of the open ones those that run before those that wait; then by date.
    lines.sort_by_key(|line| {
        let over = !line.stage.is_live() && line.stage != Stage::Released;
        (over, line.due.stopped.is_some(), line.due.on, line.reference.clone())
    });
    Ok(lines)
}

/// By when a request is due, as lists say it.
pub(crate) fn due_of(house: &House, request: &AccessRequest, today: Date) -> Due {
    let nothing = |words: String| Due { on: None, words, late: false, soon: false, stopped: None };
    match (request.stage, clock_of(house, request, today)) {
        (Stage::Closed, _) => nothing("Closed".to_owned()),
        (Stage::Refused, _) => nothing("Refused".to_owned()),
        (Stage::Released, _) => nothing("Released, to be closed".to_owned()),
        (_, Ok(limit)) => running(&limit, today),
        (_, Err(error)) => Due { late: true, ..nothing(error.to_string()) },
    }
}

fn running(limit: &Limit, today: Date) -> Due {
    if let Some(stopped) = limit.stopped {
        let days = today.duration_since(stopped.since).as_hours() / 24;
        let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let words = format!("Waiting for {} since {} ({days})", stopped.matter.words(), clock::uk_date(stopped.since));
        return Due { on: Some(limit.due), words, late: false, soon: false, stopped: Some(stopped.since) };
    }
    let left = limit.due.duration_since(today).as_hours() / 24;
    Due {
        on: Some(limit.due),
        words: due_words(today, limit.due),
        late: left < 0,
        soon: (0..=7).contains(&left),
        stopped: None,
    }
}
