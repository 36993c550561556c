//! Looking how far it is, with number and secret. A wrong number and a wrong secret get the same answer in the same time.

use book::Act;
use jiff::civil::Date;
use records::arrival::{Answers, Arrival, Message, Track};
use records::operation::london_day;
use records::{Actor, Content, Header, Kind, Operation, Provenance};

use super::pass::{number_as_given, opens, secret_digest};
use super::steps::{Step, steps_of_arrival, steps_of_complaint, steps_of_request};
use crate::office::Office;
use crate::post::Affair;
use crate::stopped::Stopped;

/// Number and secret as somebody typed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    number: String,
    digest: String,
}

impl Key {
    /// Both, however they were typed.
    pub fn typed(number: &str, secret: &str) -> Self {
        let number = number_as_given(number);
        Self { digest: secret_digest(&number, secret), number }
    }

    /// The number.
    pub fn number(&self) -> &str {
        &self.number
    }
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// Number or secret are not right, or what they named is gone.
    #[error("We do not know this number with these secret letters. Check both, or telephone us.")]
    Wrong,
    /// Too many tries.
    #[error("This was tried too often. Wait an hour, or telephone us.")]
    TooOften,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for LookError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// How it stands.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Saved, and not sent.
    Saved(Box<Answers>),
    /// On its way.
    Running,
    /// Dealt with, and what was done.
    Done(String),
    /// It will not be done; the letter says why.
    Refused,
}

/// What somebody sees of theirs.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The number.
    pub number: String,
    /// How it stands.
    pub standing: Standing,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// By when they are answered, where that is known.
    pub due: Option<Date>,
    /// That day has passed.
    pub late: bool,
    /// Why it takes longer, in words.
    pub extended: Option<&'static str>,
    /// What was written to and fro: when, whether they wrote it, and the words.
    pub messages: Vec<(Date, bool, String)>,
    /// Whether they have an answer with which something may be wrong.
    pub answered: bool,
}

/// What number and secret open.
pub(super) enum Found {
    /// Something that nobody has taken in.
    Arrival(Header, Provenance, Box<Arrival>),
    /// A way to look at a request or complaint.
    Track(Header, Provenance, Track),
}

/// Looks. The look is in the ledger before anything is shown.
pub async fn look(office: &Office, key: &Key) -> Result<Looked, LookError> {
    match open(office, key).await? {
        Found::Arrival(header, _, arrival) => {
            enter(office, &header).await?;
            Ok(of_arrival(*arrival))
        }
        Found::Track(header, _, track) => {
            enter(office, &header).await?;
            of_track(office, &header, track).await
        }
    }
}

/// Finds it, with tries counted: what every page behind number and secret begins with.
pub(super) async fn open(office: &Office, key: &Key) -> Result<Found, LookError> {
    let of = format!("track {}", key.number);
    let Ok(tried) = office.attempts().begin(&of, office.now()) else { return Err(LookError::TooOften) };
    let found = find_own(office, key).await?.ok_or(LookError::Wrong)?;
    office.attempts().was_right(&tried);
    Ok(found)
}

/// What a key opens. All are compared, whatever is found on the way.
pub(super) async fn find_own(office: &Office, key: &Key) -> Result<Option<Found>, Stopped> {
    let mut found = None;
    for kind in [Kind::Arrival, Kind::Track] {
        for opened in office.book().all_of_kind(kind).await? {
            let (header, provenance) = (opened.header, opened.record.provenance);
            match opened.record.content {
                Content::Arrival(arrival) if opens(&arrival.pass, &key.number, &key.digest) => {
                    // Once it is taken in, its way to look has the same number, and comes after it.
                    found = Some(Found::Arrival(header, provenance, arrival));
                }
                Content::Track(track) if opens(&track.pass, &key.number, &key.digest) => {
                    found = Some(Found::Track(header, provenance, track));
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

async fn enter(office: &Office, header: &Header) -> Result<(), Stopped> {
    let operation = visitor(office);
    office.book().seen(&operation, Act::TrackLooked, header.file, Some((header.id, header.kind))).await?;
    Ok(())
}

/// The operation of somebody with number and secret.
pub(super) fn visitor(office: &Office) -> Operation {
    Operation::for_the_book(Actor::Visitor, "with number and secret", office.now())
}

fn of_arrival(arrival: Arrival) -> Looked {
    let steps = steps_of_arrival(&arrival);
    let messages = shown(&arrival.messages);
    let standing = match (arrival.sent, arrival.set_aside) {
        (None, _) => Standing::Saved(Box::new(arrival.answers)),
        (Some(_), Some(end)) => Standing::Done(end.words.for_page().clone()),
        (Some(_), None) => Standing::Running,
    };
    let number = arrival.pass.number;
    Looked { number, standing, steps, due: None, late: false, extended: None, messages, answered: false }
}

async fn of_track(office: &Office, header: &Header, track: Track) -> Result<Looked, LookError> {
    let affair = match Affair::of_the_program(office, visitor(office), header.file, track.of).await {
        Ok(affair) => affair,
        Err(Stopped::NotFound) => return Err(LookError::Wrong),
        Err(error) => return Err(error.into()),
    };
    let today = office.today();
    let (number, messages) = (track.pass.number, shown(&track.messages));
    Ok(match affair {
        Affair::Request(case) => {
            let request = &case.request;
            let due = crate::requests::clock_of(&case.house, request, today).ok().map(|limit| limit.due);
            let live = request.stage.is_live();
            let refused = request.refusal.is_some();
            Looked {
                number,
                standing: if refused { Standing::Refused } else { Standing::Running },
                steps: steps_of_request(request),
                late: live && due.is_some_and(|due| due < today),
                due: due.filter(|_| live),
                extended: request.extension.as_ref().filter(|_| live).map(|extension| extension.ground.words()),
                messages,
                answered: request.release.is_some(),
            }
        }
        Affair::Complaint(case) => {
            let due = crate::complaints::next_due(&case.house, &case.complaint);
            Looked {
                number,
                standing: Standing::Running,
                steps: steps_of_complaint(&case.complaint),
                late: due.is_some_and(|due| due < today),
                due,
                extended: None,
                messages,
                answered: false,
            }
        }
    })
}

fn shown(messages: &[Message]) -> Vec<(Date, bool, String)> {
    messages.iter().map(|one| (london_day(one.at), one.by.is_none(), one.words.for_page().clone())).collect()
}
