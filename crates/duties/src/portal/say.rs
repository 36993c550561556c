//! Writing to and fro behind number and secret, and saying that something in an answer is wrong.

use access::Action;
use book::{Act, Filing};
use records::arrival::{Message, Track};
use records::wish::{Wish, WishKind};
use records::{Content, FileId, Header, Kind, Personal, Provenance, Purpose, Record, RecordId, Source, State};

use super::ask::LONGEST;
use super::look::{Found, Key, LookError, open, visitor};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::post::{Affair, AffairKind};
use crate::requests::wish_due;
use crate::stopped::Stopped;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SayError {
    /// Nothing in it.
    #[error("Write something first.")]
    Nothing,
    /// Too much at once.
    #[error("This is too long. Write less, or telephone us.")]
    TooLong,
    /// It cannot be written to: saved and not sent, or over.
    #[error("This cannot be written to. Telephone us.")]
    NotNow,
    /// There is nothing to write to: nobody has number and secret for it.
    #[error("They have no number and secret for this, and would not see it. Write a letter, or give them a number.")]
    NoPass,
    /// Number and secret.
    #[error(transparent)]
    Look(#[from] LookError),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for SayError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

fn checked(words: &str) -> Result<&str, SayError> {
    match words.trim() {
        "" => Err(SayError::Nothing),
        long if long.len() > LONGEST => Err(SayError::TooLong),
        fine => Ok(fine),
    }
}

/// Writes a message from whoever has number and secret.
pub async fn say(office: &Office, key: &Key, words: &str) -> Result<(), SayError> {
    let message = Message { at: office.now(), by: None, words: Personal::new(checked(words)?.to_owned()) };
    let operation = visitor(office);
    match open(office, key).await? {
        Found::Arrival(header, provenance, mut arrival) => {
            if !arrival.waits() {
                return Err(SayError::NotNow);
            }
            arrival.messages.push(message);
            let record = Record::new(provenance, Content::Arrival(arrival));
            let mut work = office.book().begin(&operation).await?;
            work.change(Act::MessageWritten, &header, &record, Filing::open(None)).await?;
            work.commit().await?;
        }
        Found::Track(header, provenance, mut track) => {
            track.messages.push(message);
            let mut affair = Affair::of_the_program(office, operation, header.file, track.of).await?;
            affair.happened("They wrote a message on the website.".to_owned());
            put(office, &mut affair, (&header, provenance, track)).await?;
        }
    }
    Ok(())
}

async fn put(
    office: &Office,
    affair: &mut Affair,
    (header, provenance, track): (&Header, Provenance, Track),
) -> Result<(), Stopped> {
    // Open while the last word is theirs.
    let theirs = track.messages.last().is_some_and(|last| last.by.is_none());
    let filing = if theirs { Filing::open(None) } else { Filing::in_state(State::Kept) };
    let mut work = office.book().begin(affair.operation()).await?;
    let record = Record::new(provenance, Content::Track(track));
    work.change(Act::MessageWritten, header, &record, filing).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(())
}

/// Notes what somebody says is wrong in the answer that they had; it is due as any request to put something right is.
pub async fn say_wrong(office: &Office, key: &Key, words: &str) -> Result<(), SayError> {
    let words = checked(words)?;
    let Found::Track(header, _, track) = open(office, key).await? else { return Err(SayError::NotNow) };
    let mut affair = Affair::of_the_program(office, visitor(office), header.file, track.of).await?;
    let due = match &affair {
        Affair::Request(case) if case.request.release.is_some() => wish_due(case),
        _ => return Err(SayError::NotNow),
    };
    let wish = Wish {
        request: track.of,
        viewing: None,
        item: None,
        wish: WishKind::Change,
        words: Personal::new(words.to_owned()),
        on: office.today(),
        outcome: None,
    };
    let provenance = Provenance { source: Source::Person, ..Provenance::from_the_work(None, office.now()) };
    affair.happened("They say on the website that something in the answer is wrong.".to_owned());
    let mut work = office.book().begin(affair.operation()).await?;
    work.add(Act::WishNoted, header.file, &Record::new(provenance, Content::Wish(wish)), Filing::open(due)).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(())
}

/// What was written to and fro about a request or complaint; none where nobody was given number and secret.
pub async fn messages(office: &Office, file: FileId, of: RecordId) -> Result<Option<Vec<Message>>, Stopped> {
    Ok(track_of(office, file, of).await?.map(|(.., track)| track.messages))
}

/// The way to look at a request or complaint.
pub(super) async fn track_of(
    office: &Office,
    file: FileId,
    of: RecordId,
) -> Result<Option<(Header, Provenance, Track)>, Stopped> {
    let opened = office.person_in_passing(file).await?;
    Ok(opened.records.into_iter().find_map(|opened| match opened.record.content {
        Content::Track(track) if track.of == of => Some((opened.header, opened.record.provenance, track)),
        _ => None,
    }))
}

/// Answers a message; they read it with number and secret. Nothing is sent.
pub async fn answer(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
    words: &str,
) -> Result<(), SayError> {
    let mut affair = Affair::open(office, who, kind, reference).await?;
    let words = checked(words)?;
    let found = track_of(office, affair.file(), affair.id()).await?;
    let Some((header, provenance, mut track)) = found else { return Err(SayError::NoPass) };
    let (at, by) = (affair.operation().now, affair.operation().actor.staff());
    track.messages.push(Message { at, by, words: Personal::new(words.to_owned()) });
    affair.happened("A message was answered on the website.".to_owned());
    put(office, &mut affair, (&header, provenance, track)).await?;
    Ok(())
}

/// Messages whose last word is theirs, for those who may work on what they belong to: kind and reference.
pub async fn unanswered(office: &Office, who: &SignedIn) -> Result<Vec<(AffairKind, String)>, Stopped> {
    let mut waiting = Vec::new();
    for opened in office.book().work_of_kind(Kind::Track).await? {
        let (file, Content::Track(track)) = (opened.header.file, opened.record.content) else { continue };
        if !office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await {
            continue;
        }
        match office.book().record_in_passing(file, track.of).await?.record.content {
            Content::AccessRequest(request) => waiting.push((AffairKind::Request, request.reference)),
            Content::Complaint(complaint) => waiting.push((AffairKind::Complaint, complaint.reference)),
            _ => {}
        }
    }
    Ok(waiting)
}
