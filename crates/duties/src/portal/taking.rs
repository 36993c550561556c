//! Taking in what came: its words and its way to look move into the file that they are about, and its own file goes, key
//! and all.

use access::Action;
use book::{Act, Filing, Work};
use extract::Sort;
use records::arrival::{Arrival, Track};
use records::operation::london_day;
use records::work::{Paper, PaperBody, PaperSort};
use records::{Content, FileId, Header, Kind, Operation, Personal, Purpose, Record, RecordId, State};
use sha2::{Digest as _, Sha256};

use super::arrivals::{bytes_of, find};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Something that came in, about to become a request or complaint.
pub(crate) struct Taking {
    header: Header,
    provenance: records::Provenance,
    arrival: Arrival,
    /// The mail itself, where it is one.
    pub original: Option<Vec<u8>>,
}

impl Taking {
    /// Opens the one with a number, if there is a number.
    pub async fn of(office: &Office, who: &SignedIn, number: Option<&str>) -> Result<Option<Self>, Stopped> {
        let Some(number) = number.filter(|number| !number.is_empty()) else { return Ok(None) };
        office.permit(who, Action::SeeRequests, None, Purpose::Request, number).await?;
        let (header, provenance, arrival) = find(office, number).await?;
        // Done and not set aside: somebody took it in, and its own file is about to go.
        if !arrival.waits() || header.state == State::Done {
            return Err(Stopped::Conflict);
        }
        let original = match &arrival.mail {
            Some(mail) => Some(bytes_of(office, header.file, mail).await?),
            None => None,
        };
        Ok(Some(Self { header, provenance, arrival, original }))
    }

    /// Its words as they came.
    pub fn words(&self) -> String {
        self.arrival.words()
    }

    /// Puts the way to look beside the request or complaint that it became, and counts the file from which it comes as
    /// changed: two people cannot both take it in.
    pub async fn put(&self, work: &mut Work, file: FileId, of: RecordId) -> Result<(), Stopped> {
        let track = Track { pass: self.arrival.pass.clone(), of, messages: self.arrival.messages.clone() };
        let filing = match track.messages.last() {
            Some(last) if last.by.is_none() => Filing::open(None),
            _ => Filing::default(),
        };
        work.add(Act::TrackGiven, file, &Record::new(self.provenance.clone(), Content::Track(track)), filing).await?;
        let record = Record::new(self.provenance.clone(), Content::Arrival(Box::new(self.arrival.clone())));
        let done = Filing::in_state(State::Done);
        work.change(Act::ArrivalTakenIn, &self.header, &record, done).await?;
        Ok(())
    }

    /// Keeps it as a paper in the file that it is about, as it came.
    pub async fn keep(&self, office: &Office, work: &mut Work, file: FileId, title: &str) -> Result<(), Stopped> {
        let body = match &self.original {
            None => None,
            Some(bytes) => {
                let shelved = office.book().shelve(file, bytes).await?;
                work.note_body(&shelved, None).await?;
                Some(PaperBody {
                    id: shelved.id,
                    file_name: Personal::new("message.eml".to_owned()),
                    media_type: Sort::Mail.media_type().to_owned(),
                    size: shelved.size,
                    sha256: hex::encode(Sha256::digest(bytes)),
                })
            }
        };
        let came = london_day(self.arrival.sent.unwrap_or(self.arrival.begun));
        let paper = Paper {
            body,
            text: Some(Personal::new(self.words())),
            sort: PaperSort::Mail,
            needed_for: Some(Personal::new("to answer it".to_owned())),
            ..Paper::new(title, came)
        };
        let record = Record::new(self.provenance.clone(), Content::Paper(paper));
        work.add(Act::PaperAdded, file, &record, Filing::default()).await?;
        Ok(())
    }

    /// Erases the file in which it came. If the program ends before this, the next tidying does it.
    pub async fn finish(self, office: &Office, operation: &Operation) -> Result<(), Stopped> {
        office.book().erase(operation, self.header.file).await?;
        Ok(())
    }
}

/// Files of what has been taken in and still stands beside what it became: a crash came between.
pub(super) async fn left_over(office: &Office) -> Result<Vec<FileId>, Stopped> {
    let mut numbers = Vec::new();
    for opened in office.book().all_of_kind(Kind::Track).await? {
        if let Content::Track(track) = opened.record.content {
            numbers.push(track.pass.number);
        }
    }
    let mut files = Vec::new();
    for opened in office.book().all_of_kind(Kind::Arrival).await? {
        if let Content::Arrival(arrival) = opened.record.content
            && numbers.contains(&arrival.pass.number)
        {
            files.push(opened.header.file);
        }
    }
    Ok(files)
}
