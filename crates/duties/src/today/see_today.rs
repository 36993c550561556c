//! The first page after signing in: requests by due date, second checks, letters to send, notices owed.

use std::collections::BTreeMap;

use access::{Action, Circumstances};
use jiff::civil::{Date, DateTime};
use records::mailing::MailEnd;
use records::operation::london_day;
use records::requests::Stage;
use records::{Content, FileId, Kind, Purpose, RecordId};

use crate::complaints::{ComplaintLine, complaints};
use crate::keeping::{KeepingDue, keeping_due};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::portal::{ArrivalLine, arrivals, unanswered};
use crate::post::AffairKind;
use crate::requests::{InboxLine, OpenConsultation, due_words, inbox, open_consultations};
use crate::stopped::Stopped;

/// A letter that was written and not sent.
#[derive(Clone, Debug)]
pub struct UnsentLetter {
    /// Whether it belongs to a request or a complaint.
    pub kind: AffairKind,
    /// The reference of that.
    pub reference: String,
    /// The letter's record.
    pub letter: RecordId,
    /// What it is.
    pub words: &'static str,
    /// The day it bears.
    pub dated: Date,
    /// Why it did not go by e-mail, where it was tried.
    pub failed: Option<&'static str>,
}

/// A privacy notice that somebody has not been given yet.
#[derive(Clone, Debug)]
pub struct NoticeOwed {
    /// Whose file.
    pub file: FileId,
    /// Their name.
    pub name: String,
    /// By when, in words.
    pub due: String,
    /// Past.
    pub late: bool,
}

/// An appointment to look through an answer together, of which this person is the host.
#[derive(Clone, Debug)]
pub struct Hosting {
    /// The request.
    pub reference: String,
    /// Which of its viewings, from 1.
    pub number: usize,
    /// When, as London's clocks show it.
    pub planned: DateTime,
}

/// What needs this person.
#[derive(Clone, Debug, Default)]
pub struct Today {
    /// The day.
    pub day: Date,
    /// Open requests that this person may work on, the most pressing first.
    pub requests: Vec<InboxLine>,
    /// Open requests that are others' work; counted so that none is forgotten.
    pub others: usize,
    /// Of these, late.
    pub others_late: usize,
    /// Requests that wait for this person as the second one.
    pub checks: Vec<InboxLine>,
    /// Open complaints that this person may work on, the most pressing first.
    pub complaints: Vec<ComplaintLine>,
    /// References of requests in which questions or changes are open, with how many, and the earliest due day.
    pub wishes: Vec<(String, usize, Date)>,
    /// What came in from outside and nobody has taken in, for those who see requests.
    pub arrivals: Vec<ArrivalLine>,
    /// Requests and complaints in which the last message is theirs.
    pub messages: Vec<(AffairKind, String)>,
    /// Whoever was asked about something that they told, and has not answered or waits to be weighed.
    pub consultations: Vec<OpenConsultation>,
    /// Letters to send.
    pub letters: Vec<UnsentLetter>,
    /// Notices owed.
    pub notices: Vec<NoticeOwed>,
    /// Appointments of which this person is the host, the next first.
    pub hosting: Vec<Hosting>,
    /// Files whose time is over, and what keeps some longer.
    pub keeping: KeepingDue,
}

impl Today {
    /// How many things need this person.
    pub fn count(&self) -> usize {
        let running = self.requests.iter().filter(|line| line.due.stopped.is_none()).count();
        running
            + self.checks.len()
            + self.complaints.len()
            + self.wishes.len()
            + self.arrivals.len()
            + self.messages.len()
            + self.consultations.len()
            + self.letters.len()
            + self.notices.len()
            + self.hosting.len()
            + usize::from(self.keeping.due > 0)
            + self.keeping.to_agree.len()
            + self.keeping.holds.len()
    }
}

/// What needs somebody today.
pub async fn see_today(office: &Office, who: &SignedIn) -> Result<Today, Stopped> {
    office.permit(who, Action::SeeToday, None, Purpose::Administration, "").await?;
    let mut today = Today { day: office.today(), ..Today::default() };
    match inbox(office, who).await {
        Ok(lines) => sort_out(office, who, &mut today, lines).await?,
        Err(Stopped::NotFound) => second_checks(office, who, &mut today).await?,
        Err(other) => return Err(other),
    }
    today.complaints = match complaints(office, who).await {
        Ok(lines) => lines.into_iter().filter(|line| line.due.is_some() && line.subject.is_some()).collect(),
        Err(Stopped::NotFound) => Vec::new(),
        Err(other) => return Err(other),
    };
    today.wishes = wishes(office, who).await?;
    today.arrivals = match arrivals(office, who).await {
        Ok(lines) => lines.into_iter().filter(|line| line.waits).collect(),
        Err(Stopped::NotFound) => Vec::new(),
        Err(other) => return Err(other),
    };
    today.messages = unanswered(office, who).await?;
    today.consultations = open_consultations(office, who).await?;
    today.letters = letters(office, who).await?;
    today.notices = notices(office, who).await?;
    today.hosting = hosting(office, who).await?;
    today.keeping = keeping_due(office, who).await?;
    Ok(today)
}

async fn sort_out(office: &Office, who: &SignedIn, today: &mut Today, lines: Vec<InboxLine>) -> Result<(), Stopped> {
    for line in lines {
        if !line.stage.is_live() && line.stage != Stage::Released {
            continue;
        }
        if may_check(office, who, &line).await {
            today.checks.push(line);
        } else if line.subject.is_some() {
            today.requests.push(line);
        } else {
            today.others += 1;
            today.others_late += usize::from(line.due.late);
        }
    }
    Ok(())
}

/// Questions and changes that are open, request by request, for those who may work on it.
async fn wishes(office: &Office, who: &SignedIn) -> Result<Vec<(String, usize, Date)>, Stopped> {
    let mut by_request: BTreeMap<RecordId, (FileId, usize, Date)> = BTreeMap::new();
    for opened in office.book().work_of_kind(Kind::Wish).await? {
        let (Content::Wish(wish), Some(due)) = (opened.record.content, opened.header.due) else { continue };
        let due = london_day(due);
        let one = by_request.entry(wish.request).or_insert((opened.header.file, 0, due));
        one.1 += 1;
        one.2 = one.2.min(due);
    }
    let mut lines = Vec::new();
    for (request, (file, count, due)) in by_request {
        if !office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await {
            continue;
        }
        let opened = office.book().record_in_passing(file, request).await?;
        if let Content::AccessRequest(request) = opened.record.content {
            lines.push((request.reference, count, due));
        }
    }
    lines.sort_by_key(|(_, _, due)| *due);
    Ok(lines)
}

/// Somebody may be the second person without seeing the list of requests.
async fn second_checks(office: &Office, who: &SignedIn, today: &mut Today) -> Result<(), Stopped> {
    let house = office.house().await?;
    for opened in office.book().work_of_kind(Kind::AccessRequest).await? {
        let Content::AccessRequest(request) = opened.record.content else { continue };
        let line = InboxLine {
            due: crate::requests::due_of(&house, &request, office.today()),
            subject: None,
            owner: None,
            worked_on_it: request.events.iter().any(|event| event.by == Some(who.file)),
            reference: request.reference,
            file: opened.header.file,
            record: opened.header.id,
            received: request.received,
            routed_to: request.routed_to,
            stage: request.stage,
        };
        if may_check(office, who, &line).await {
            today.checks.push(line);
        }
    }
    Ok(())
}

/// The appointments of which somebody is the host and that are not over. The rules say whether they still may.
async fn hosting(office: &Office, who: &SignedIn) -> Result<Vec<Hosting>, Stopped> {
    let day = office.today();
    let mut hosting = Vec::new();
    for opened in office.book().work_of_kind(Kind::AccessRequest).await? {
        let Content::AccessRequest(request) = &opened.record.content else { continue };
        let moment = Circumstances { hosts: true, ..Circumstances::of(Purpose::Request) };
        for (number, viewing) in request.hosted_by(who.file, day).filter(|(_, viewing)| viewing.ended.is_none()) {
            if office.permit_in(who, Action::ShowAnswer, Some(opened.header.file), moment, "").await.is_ok() {
                hosting.push(Hosting { reference: request.reference.clone(), number, planned: viewing.planned });
            }
        }
    }
    hosting.sort_by_key(|one| one.planned);
    Ok(hosting)
}

async fn may_check(office: &Office, who: &SignedIn, line: &InboxLine) -> bool {
    if line.stage != Stage::SecondCheck || line.worked_on_it {
        return false;
    }
    let moment = Circumstances { sent_to_check: true, ..Circumstances::of(Purpose::Request) };
    office.permit_in(who, Action::ApproveRelease, Some(line.file), moment, "").await.is_ok()
}

/// Letters of the requests and complaints that this person works on, and that are to be sent.
async fn letters(office: &Office, who: &SignedIn) -> Result<Vec<UnsentLetter>, Stopped> {
    let mut letters = Vec::new();
    for opened in office.book().work_of_kind(Kind::Letter).await? {
        let Content::Letter(letter) = opened.record.content else { continue };
        let (file, Some(affair)) = (opened.header.file, letter.request) else { continue };
        if !letter.is_to_send() || !office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await
        {
            continue;
        }
        let (kind, reference) = match office.book().record_in_passing(file, affair).await?.record.content {
            Content::AccessRequest(request) => (AffairKind::Request, request.reference),
            Content::Complaint(complaint) => (AffairKind::Complaint, complaint.reference),
            _ => continue,
        };
        let failed = letter.mail.as_ref().filter(|mail| mail.failed()).and_then(|mail| mail.end).map(MailEnd::words);
        let words = letter.letter.words();
        letters.push(UnsentLetter { kind, reference, letter: opened.header.id, words, dated: letter.dated, failed });
    }
    letters.sort_by_key(|letter| (letter.failed.is_none(), letter.dated));
    Ok(letters)
}

async fn notices(office: &Office, who: &SignedIn) -> Result<Vec<NoticeOwed>, Stopped> {
    let mut owed = Vec::new();
    let day = office.today();
    let scope = office.access().narrow(&who.facts(day));
    let house = office.house().await?;
    for opened in office.book().work_of_kind(Kind::Notice).await? {
        let file = opened.header.file;
        let Ok(facts) = crate::permit::file_facts(office, &house, file).await else { continue };
        if !scope.passes(&facts) || !office.would_permit(who, Action::OpenFile, Some(file), Purpose::Support).await {
            continue;
        }
        let due = opened.header.due.map(london_day);
        let name = office.book().card(file).map(|card| card.name.for_page().clone()).unwrap_or_default();
        owed.push(NoticeOwed {
            file,
            name,
            due: due.map_or_else(|| "Owed".to_owned(), |due| due_words(day, due)),
            late: due.is_some_and(|due| due < day),
        });
    }
    owed.sort_by_key(|notice| !notice.late);
    Ok(owed)
}
