//! What stands against destroying somebody's files. Each is looked for in the book at the moment of asking, never from
//! what somebody remembers.

use book::Opened;
use jiff::civil::Date;
use records::keeping::{Closure, Hold, HoldReason};
use records::{Content, FileId, Kind, PersonClass, State};

use super::rule::kept_until;
use crate::office::{House, Office};
use crate::stopped::Stopped;

/// Why a person's files must be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The time is not over.
    NotYet(Date),
    /// Something keeps it longer.
    Held(HoldReason),
    /// A request is open, with its reference.
    Request(String),
    /// A complaint is open, with its reference.
    Complaint(String),
    /// An answered request or complaint is kept until then.
    Answered(String, Date),
    /// Something that they asked or wanted changed is open, or somebody was asked for them.
    Asked,
    /// A letter to them has not gone out.
    Letter,
    /// They use a service.
    Enrolled,
    /// They can sign in.
    Account,
    /// The file is restricted, archived or in use.
    NotClosed,
}

impl Obstacle {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::NotYet(day) => format!("It must be kept until {}.", clock::uk_date(*day)),
            Self::Held(reason) => format!("It is kept longer: {}.", lower_first(reason.words())),
            Self::Request(reference) => format!("Request {reference} is open."),
            Self::Complaint(reference) => format!("Complaint {reference} is open."),
            Self::Answered(reference, day) => {
                format!("{reference} was answered, and is kept until {}.", clock::uk_date(*day))
            }
            Self::Asked => "Something that they asked or wanted changed is not settled.".to_owned(),
            Self::Letter => "A letter to them has not gone out.".to_owned(),
            Self::Enrolled => "They use a service.".to_owned(),
            Self::Account => "They can sign in: close the account first.".to_owned(),
            Self::NotClosed => "The file is not a closed one.".to_owned(),
        }
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The records of all files of a person, for the inside of a deed.
pub(super) async fn everything_of(office: &Office, file: FileId) -> Result<Vec<Opened>, Stopped> {
    let mut all = Vec::new();
    for own in office.files_of(file) {
        all.extend(office.book().file_in_passing(own).await?.records);
    }
    Ok(all)
}

/// What stands against destroying the files of a person, of whom everything is given.
pub(super) async fn obstacles(
    office: &Office,
    house: &House,
    (file, class): (FileId, PersonClass),
    all: &[Opened],
    closure: &Closure,
) -> Result<Vec<Obstacle>, Stopped> {
    let today = office.today();
    let mut found = Vec::new();
    let until = kept_until(house.settings(), class, closure);
    if until >= today {
        found.push(Obstacle::NotYet(until));
    }
    for own in office.files_of(file) {
        if office.book().file_state(own).await? != book::FileState::Closed {
            found.push(Obstacle::NotClosed);
            break;
        }
    }
    for one in all {
        found.extend(against(house, one, today));
    }
    // Whoever asks for somebody else has their own file: it is part of that request while it runs.
    for own in office.files_of(file) {
        for (other, record) in office.book().links_to(own).await? {
            if office.files_of(file).contains(&other) {
                continue;
            }
            let linked = office.book().record_in_passing(other, record).await?;
            if matches!(linked.header.kind, Kind::AccessRequest | Kind::Complaint) {
                found.extend(against(house, &linked, today));
            }
        }
    }
    found.dedup();
    Ok(found)
}

/// What one record has against it.
fn against(house: &House, one: &Opened, today: Date) -> Option<Obstacle> {
    let open = matches!(one.header.state, State::Open | State::Waiting);
    let kept = |key: &str, day: Date| {
        let span = house.settings().span(key)?.value;
        Some(span.after(day)).filter(|until| *until >= today)
    };
    match &one.record.content {
        Content::Hold(Hold { because, lifted: None, .. }) => Some(Obstacle::Held(*because)),
        Content::AccessRequest(request) if open => Some(Obstacle::Request(request.reference.clone())),
        Content::AccessRequest(request) => {
            let until = request.closed.and_then(|closed| kept("keep:request/closed", closed))?;
            Some(Obstacle::Answered(request.reference.clone(), until))
        }
        Content::Complaint(complaint) if complaint.is_open() => Some(Obstacle::Complaint(complaint.reference.clone())),
        Content::Complaint(complaint) => {
            let answered = complaint.outcome.as_ref().map_or(complaint.received, |outcome| outcome.on);
            let until = kept("keep:complaint/closed", answered)?;
            Some(Obstacle::Answered(complaint.reference.clone(), until))
        }
        Content::Wish(_) | Content::Consultation(_) if open => Some(Obstacle::Asked),
        Content::Letter(letter) if letter.is_to_send() => Some(Obstacle::Letter),
        Content::Enrolment(enrolment) if enrolment.ended.is_none() => Some(Obstacle::Enrolled),
        Content::Account(account) if account.state != records::staff::AccountState::Disabled => Some(Obstacle::Account),
        _ => None,
    }
}
