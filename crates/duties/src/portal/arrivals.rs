//! What came in, for staff: the list, one of them, and dealing with it where it becomes neither request nor complaint.

use access::Action;
use book::{Act, Filing};
use jiff::Timestamp;
use records::arrival::{Arrival, ArrivalWay, SetAside, Want};
use records::{Content, FileId, Header, Kind, Operation, Personal, Provenance, Purpose, Record, State};

use super::ask::LONGEST;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// One line of the list.
#[derive(Clone, Debug)]
pub struct ArrivalLine {
    /// Its number.
    pub number: String,
    /// By which way it came.
    pub way: ArrivalWay,
    /// When.
    pub came: Timestamp,
    /// What they want, as they chose it.
    pub want: Option<Want>,
    /// Whether it waits for somebody.
    pub waits: bool,
    /// Whether they wrote something since.
    pub wrote: bool,
}

/// All that came in and was not taken in, what waits first. Nothing that was only saved is shown: it is not sent.
pub async fn arrivals(office: &Office, who: &SignedIn) -> Result<Vec<ArrivalLine>, Stopped> {
    office.permit(who, Action::SeeRequests, None, Purpose::Request, "").await?;
    let mut lines = Vec::new();
    for opened in office.book().all_of_kind(Kind::Arrival).await? {
        let Content::Arrival(arrival) = opened.record.content else { continue };
        let Some(came) = arrival.sent else { continue };
        if opened.header.state == State::Done && arrival.set_aside.is_none() {
            // Taken in; its own file is about to go.
            continue;
        }
        lines.push(ArrivalLine {
            way: arrival.way,
            came,
            want: arrival.want(),
            waits: arrival.waits(),
            wrote: arrival.messages.last().is_some_and(|last| last.by.is_none()),
            number: arrival.pass.number,
        });
    }
    lines.sort_by_key(|line| (!line.waits, line.came));
    Ok(lines)
}

/// One of them, opened.
#[derive(Clone, Debug)]
pub struct ArrivalView {
    /// What came.
    pub arrival: Arrival,
    /// Whether it is an e-mail whose original can be saved.
    pub has_original: bool,
    /// The name of whoever dealt with it.
    pub set_aside_by: Option<String>,
}

/// Opens one; the ledger has it first.
pub async fn view_arrival(office: &Office, who: &SignedIn, number: &str) -> Result<ArrivalView, Stopped> {
    let (operation, header, _, arrival) = open(office, who, number).await?;
    office.book().seen(&operation, Act::RecordSeen, header.file, Some((header.id, Kind::Arrival))).await?;
    let house = office.house().await?;
    let by = arrival.set_aside.as_ref().and_then(|end| end.by);
    Ok(ArrivalView {
        has_original: arrival.mail.is_some(),
        set_aside_by: by.map(|by| house.staff_name(by).to_owned()),
        arrival,
    })
}

/// Finds one by its number for a deed of somebody.
pub(super) async fn open(
    office: &Office,
    who: &SignedIn,
    number: &str,
) -> Result<(Operation, Header, Provenance, Arrival), Stopped> {
    let operation = office.permit(who, Action::SeeRequests, None, Purpose::Request, number).await?;
    let (header, provenance, arrival) = find(office, number).await?;
    Ok((operation, header, provenance, arrival))
}

pub(super) async fn find(office: &Office, number: &str) -> Result<(Header, Provenance, Arrival), Stopped> {
    let all = office.book().all_of_kind(Kind::Arrival).await?;
    all.into_iter()
        .find_map(|opened| match opened.record.content {
            Content::Arrival(arrival) if arrival.pass.number == number && arrival.sent.is_some() => {
                Some((opened.header, opened.record.provenance, *arrival))
            }
            _ => None,
        })
        .ok_or(Stopped::NotFound)
}

/// Why it was not set aside.
#[derive(Debug, thiserror::Error)]
pub enum SetAsideError {
    /// Nothing says what was done.
    #[error("Write down what was done about it. Whoever asked reads it.")]
    NoWords,
    /// Too long.
    #[error("This is too long. Write less.")]
    TooLong,
    /// It is dealt with.
    #[error("This was dealt with before.")]
    Already,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for SetAsideError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Notes what was done about it, where it became neither a request nor a complaint. Whoever asked reads the words.
pub async fn set_aside(office: &Office, who: &SignedIn, number: &str, words: &str) -> Result<(), SetAsideError> {
    let (operation, header, provenance, mut arrival) = open(office, who, number).await?;
    if !arrival.waits() {
        return Err(SetAsideError::Already);
    }
    let words = match words.trim() {
        "" => return Err(SetAsideError::NoWords),
        long if long.len() > LONGEST => return Err(SetAsideError::TooLong),
        fine => Personal::new(fine.to_owned()),
    };
    arrival.set_aside = Some(SetAside { at: operation.now, by: operation.actor.staff(), words });
    let record = Record::new(provenance, Content::Arrival(Box::new(arrival)));
    let mut work = office.book().begin(&operation).await?;
    work.change(Act::ArrivalSetAside, &header, &record, Filing::in_state(State::Done)).await?;
    work.commit().await?;
    Ok(())
}

/// The mail itself, as it came, for whoever may see what came in. The look is entered first.
pub async fn original(office: &Office, who: &SignedIn, number: &str) -> Result<Vec<u8>, Stopped> {
    let (operation, header, _, arrival) = open(office, who, number).await?;
    let Some(mail) = arrival.mail else { return Err(Stopped::NotFound) };
    office.book().seen(&operation, Act::RecordSeen, header.file, Some((header.id, Kind::Arrival))).await?;
    bytes_of(office, header.file, &mail).await
}

pub(super) async fn bytes_of(
    office: &Office,
    file: FileId,
    mail: &records::arrival::MailIn,
) -> Result<Vec<u8>, Stopped> {
    Ok(office.book().body(file, mail.original).await?.to_vec())
}
