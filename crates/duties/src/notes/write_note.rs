//! Writing a note: when it happened, who said it, whom else it concerns; what no service needs is refused (K4).

use access::Action;
use book::{Act, Filing};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use records::catalogue::DataCategory;
use records::work::Note;
use records::{Content, FileId, Operation, Personal, Provenance, Record, RecordId, ServiceId, Source};

use crate::office::Office;
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::services::refused_categories;
use crate::stopped::Stopped;

/// A note, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// The day on which it happened; empty for today. Field `happened`.
    pub happened: String,
    /// The time of day, like `14:30`; empty where it does not matter. Field `time`.
    pub time: String,
    /// One line. Field `title`.
    pub title: String,
    /// What happened. Field `text`.
    pub text: String,
    /// The person's own words. Field `own-words`.
    pub own_words: String,
    /// The service in which it was written. Field `service`.
    pub service: Option<ServiceId>,
    /// Special or financial categories that it touches. Field `touches`.
    pub touches: Vec<DataCategory>,
    /// Whom else in the book it concerns. Field `concerns`.
    pub concerns: Vec<FileId>,
    /// From whom the charity has it.
    pub source: Source,
    /// The source's name, where it matters. Field `source-name`.
    pub source_name: String,
    /// Given in confidence.
    pub in_confidence: bool,
}

impl NewNote {
    /// A note of the charity's own work that happened today.
    pub fn from_the_work(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            happened: String::new(),
            time: String::new(),
            title: title.into(),
            text: text.into(),
            own_words: String::new(),
            service: None,
            touches: Vec::new(),
            concerns: Vec::new(),
            source: Source::Staff,
            source_name: String::new(),
            in_confidence: false,
        }
    }
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum WriteNoteError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for WriteNoteError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Writes a note into a file.
///
/// # Errors
/// [`WriteNoteError`]; nothing is saved then.
pub async fn write_note(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewNote,
) -> Result<RecordId, WriteNoteError> {
    let operation = office.permit(who, Action::WriteNote, Some(file), why.purpose, &why.reason).await?;
    let house = office.house().await?;
    let mut reading = Reading::default();
    let refused = refused_categories(&house, new.service, &new.touches);
    if !refused.is_empty() {
        let words: Vec<_> = refused.iter().map(|about| about.words()).collect();
        let service = new.service.map_or("our work outside a service", |id| house.service_name(id));
        reading.wrong(
            "touches",
            format!(
                "{service} does not need facts about {}. Take them out of the note, and untick them",
                words.join(" or ")
            ),
        );
    }
    if new.service.is_some_and(|id| house.service(id).is_none()) {
        reading.wrong("service", "Choose one of our services");
    }
    if let Some(words) = concerns_wrongly(office, who, file, why, &new.concerns).await? {
        reading.wrong("concerns", words);
    }
    let (note, source_name) = read(reading, &new, &operation).map_err(WriteNoteError::Wrong)?;
    let provenance = Provenance {
        source: new.source,
        source_name,
        in_confidence: new.in_confidence,
        ..Provenance::from_the_work(Some(who.file), operation.now)
    };
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(provenance, Content::Note(note));
    let id = work.add(Act::RecordAdded, file, &record, Filing::default()).await?;
    work.commit().await?;
    Ok(id)
}

/// Words, where somebody is linked whom the writer may not see, or the person themselves.
pub(crate) async fn concerns_wrongly(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    concerns: &[FileId],
) -> Result<Option<String>, Stopped> {
    for other in concerns {
        if *other == file {
            return Ok(Some("The note is in this person's own file: choose only others".to_owned()));
        }
        if !office.would_permit(who, Action::OpenFile, Some(*other), why.purpose).await {
            return Ok(Some("One of these people is not in the book, or not open to you. Untick them".to_owned()));
        }
    }
    Ok(None)
}

fn read(
    mut reading: Reading,
    new: &NewNote,
    operation: &Operation,
) -> Result<(Note, Option<Personal<String>>), FieldErrors> {
    let title = reading.keep("title", entered::needed_line(&new.title, "Say in one line what the note is about"));
    let text = reading.keep("text", entered::needed_text(&new.text, "Write what happened"));
    let own_words = reading.keep("own-words", entered::text(&new.own_words)).flatten();
    let source_name = reading.keep("source-name", entered::line(&new.source_name)).flatten();
    let today = operation.today();
    let day = match new.happened.trim() {
        "" => Some(today),
        typed => reading.keep("happened", entered::past_date(typed, today)),
    };
    let time = match new.time.trim() {
        "" => None,
        typed => reading.keep("time", time_of_day(typed)),
    };
    let happened = moment(day.unwrap_or(today), time, operation.now);
    if time.is_some() && happened > operation.now {
        reading.wrong("time", "This time is still to come. Check day and time");
    }
    reading.finish()?;
    let note = Note {
        happened,
        title: Personal::new(title.unwrap_or_default()),
        text: Personal::new(text.unwrap_or_default()),
        own_words: own_words.map(Personal::new),
        service: new.service,
        touches: new.touches.clone(),
        concerns: new.concerns.clone(),
    };
    Ok((note, source_name.map(Personal::new)))
}

/// A time of day as people write it: `14:30`, `14.30`, `9`.
pub(crate) fn time_of_day(typed: &str) -> Result<Time, String> {
    let wrong = || "Write the time like 14:30".to_owned();
    let (hour, minute) = typed.split_once([':', '.']).unwrap_or((typed, "0"));
    let (hour, minute) = (hour.trim().parse().map_err(|_| wrong())?, minute.trim().parse().map_err(|_| wrong())?);
    Time::new(hour, minute, 0, 0).map_err(|_| wrong())
}

/// A day without a time is noon of that day, or now where noon is still to come.
pub(crate) fn moment(day: Date, time: Option<Time>, now: Timestamp) -> Timestamp {
    let at = day.to_datetime(time.unwrap_or(Time::midnight().saturating_add(jiff::SignedDuration::from_hours(12))));
    let at = at.to_zoned(clock::london()).map_or(now, |zoned| zoned.timestamp());
    if time.is_none() { at.min(now) } else { at }
}
