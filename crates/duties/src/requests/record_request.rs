//! Takes in a request that came by letter, e-mail, fax, telephone or in person (K19, T20).

use std::fmt::Write as _;

use access::Action;
use book::{Act, Filing, Shelved, Work};
use jiff::civil::Date;
use records::people::{Identity, PersonClass};
use records::requests::{AccessRequest, Details, Event, Intake, Requester, Search};
use records::work::{Paper, PaperBody, PaperSort};
use records::{Card, Content, FileId, Personal, Provenance, Purpose, Record, RecordId, Source, State};
use sha2::{Digest, Sha256};

use super::limit::{clock_of, due_words, filing_of};
use super::record_search::THIS_BOOK;
use super::role::in_the_policys_words;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::portal::Taking;
use crate::stopped::Stopped;

/// The largest original that is taken: 20 MB, a scan of some hundred pages.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// Before this year nothing was asked under a law that is counted here.
const FIRST_YEAR: i16 = 2018;

/// Whose data is asked for.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Somebody in the book.
    Known(FileId),
    /// Somebody who is not in the book, as far as whoever takes it in can see: they get a file, and the answer may be
    /// that nothing else is held.
    New {
        /// Their name.
        name: String,
        /// What they are or were to the charity.
        class: PersonClass,
        /// Their day of birth.
        born: Option<Date>,
    },
}

/// A file that was handed in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its own name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The original of the request, kept in one or several ways.
#[derive(Clone, Debug, Default)]
pub struct NewOriginal {
    /// The scan, the saved e-mail.
    pub upload: Option<Upload>,
    /// Where the paper lies ("Cabinet 2, folder R").
    pub lies_at: String,
    /// Its words, typed off.
    pub words: String,
}

/// Somebody who asks for another.
#[derive(Clone, Debug, Default)]
pub struct NewRequester {
    /// Their file, where they are in the book.
    pub file: Option<FileId>,
    /// What they are to the subject ("mother", "solicitor").
    pub relation: String,
}

/// A request as it was taken in.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// How it came.
    pub intake: Intake,
    /// The day on which the charity, anybody in it, had it.
    pub received: Date,
    /// The original.
    pub original: NewOriginal,
    /// Who asks, where it is not the subject.
    pub requester: Option<NewRequester>,
    /// The details that it bears.
    pub details: Details,
    /// The number of what came in on the website or by e-mail, where it is that; its own words are then the original.
    pub arrival: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The reference.
    pub reference: String,
    /// The subject's file.
    pub file: FileId,
    /// The request.
    pub record: RecordId,
}

/// What whoever took it in is told, also when they may not see the case itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intaken {
    /// To whom the policy sends it, in its words.
    pub routed_to: String,
    /// By when it must be answered, in words.
    pub due: String,
}

/// Why a request was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum RecordRequestError {
    /// Fields to put right: name of the field, and what to do.
    #[error("some answers are missing or cannot be right")]
    Fields(Vec<(&'static str, String)>),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for RecordRequestError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Takes a request in: the original is kept, the clock runs from the day it came, it goes to the role that the policy
/// names, and the places to search are listed.
///
/// # Errors
/// [`RecordRequestError::Fields`] names each answer that is missing or cannot be right; nothing is saved then.
pub async fn record_request(
    office: &Office,
    who: &SignedIn,
    subject: Subject,
    mut new: NewRequest,
) -> Result<Recorded, RecordRequestError> {
    // A request is about a person: it lies in the file that leads, and gathers all of them.
    let subject = match subject {
        Subject::Known(file) => Subject::Known(office.leading(file)),
        of_somebody_new @ Subject::New { .. } => of_somebody_new,
    };
    if let Some(requester) = &mut new.requester {
        requester.file = requester.file.map(|file| office.leading(file));
    }
    let on = if let Subject::Known(file) = subject { Some(file) } else { None };
    let operation = office.permit(who, Action::RecordRequest, on, Purpose::Request, "a request came in").await?;
    let taking = Taking::of(office, who, new.arrival.as_deref()).await?;
    if let Some(taking) = &taking {
        new.original.words = taking.words();
        let saved = taking.original.clone().map(|bytes| Upload { file_name: "message.eml".to_owned(), bytes });
        new.original.upload = saved.or(new.original.upload);
    }
    let wrong = check(&subject, &new, operation.today());
    if !wrong.is_empty() {
        return Err(RecordRequestError::Fields(wrong));
    }
    let house = office.house().await?;
    let mut work = office.book().begin(&operation).await?;
    let by = operation.actor.staff();
    let provenance = Provenance::from_the_work(by, operation.now);
    let (file, names, is_new) = match subject {
        Subject::Known(file) => (file, names_of(office, file), false),
        Subject::New { name, class, born } => {
            (open_file(&mut work, by, name.trim(), class, born).await?, name.trim().to_owned(), true)
        }
    };
    let shelved = match &new.original.upload {
        Some(upload) => Some(office.book().shelve(file, &upload.bytes).await?),
        None => None,
    };
    let original = keep_original(&mut work, file, &new, shelved, by).await?;
    let reference = work.next_reference("REQ", operation.today().year()).await?;
    let mut request = request_from(new, &house, reference.clone(), original);
    request.owner = only_owner(&house, office, file);
    let what = Personal::new(taken_in_words(&request, operation.today(), is_new));
    request.events.push(Event { at: operation.now, by, what });
    let filing = filing_of(&house, &request, operation.today());
    let record = Record::new(provenance.clone(), Content::AccessRequest(Box::new(request)));
    let id = work.add(Act::RequestRecorded, file, &record, filing).await?;
    for place in places(&house) {
        let terms = Personal::new(names.clone());
        let search = Search { request: id, place, terms, done: None, by: None, found: None };
        let record = Record::new(provenance.clone(), Content::Search(search));
        work.add(Act::RecordAdded, file, &record, Filing::in_state(State::Open)).await?;
    }
    if let Some(taking) = &taking {
        taking.put(&mut work, file, id).await?;
    }
    work.commit().await?;
    if let Some(taking) = taking {
        taking.finish(office, &operation).await?;
    }
    Ok(Recorded { reference, file, record: id })
}

impl Intaken {
    /// What is told of a request that was just taken in, by its reference. It says nothing about the subject.
    pub async fn of(office: &Office, reference: &str) -> Result<Self, Stopped> {
        let at = super::find::find(office, reference).await?;
        let opened = office.book().record_in_passing(at.file, at.record).await?;
        let Content::AccessRequest(request) = opened.record.content else { return Err(Stopped::NotFound) };
        let house = office.house().await?;
        let today = office.today();
        let due = clock_of(&house, &request, today).map_or_else(
            |error| error.to_string(),
            |limit| format!("{}. {}", clock::weekday_date(limit.due), due_words(today, limit.due)),
        );
        Ok(Self { routed_to: request.routed_to, due })
    }
}

/// What is wrong with the answers, field by field.
fn check(subject: &Subject, new: &NewRequest, today: Date) -> Vec<(&'static str, String)> {
    let mut wrong: Vec<(&'static str, String)> = Vec::new();
    if let Subject::New { name, .. } = subject
        && name.trim().is_empty()
    {
        wrong.push(("subject-name", "Enter the name of the person whose data is asked for".to_owned()));
    }
    if new.received > today {
        wrong.push(("received", "Enter the day on which it came: it cannot be later than today".to_owned()));
    } else if new.received.year() < FIRST_YEAR {
        wrong.push(("received", format!("Check the year: it is before {FIRST_YEAR}")));
    }
    let on_paper = matches!(new.intake, Intake::Letter | Intake::Email | Intake::Fax);
    let original = &new.original;
    if on_paper && original.upload.is_none() && original.lies_at.trim().is_empty() && original.words.trim().is_empty() {
        let words = "Keep the original: add the scan or file, say where it lies, or type its words off";
        wrong.push(("original", words.to_owned()));
    }
    if let Some(upload) = &original.upload {
        if upload.bytes.len() > LARGEST {
            wrong.push((
                "original",
                "The file is larger than 20 MB. Scan it in black and white, or split it".to_owned(),
            ));
        } else if upload.bytes.is_empty() {
            wrong.push(("original", "The file is empty. Choose another, or say where the original lies".to_owned()));
        }
    }
    if let Some(requester) = &new.requester {
        if requester.relation.trim().is_empty() {
            wrong.push(("relation", "Say what they are to the person, like mother or solicitor".to_owned()));
        }
        if requester.file.is_none() && new.details.name.is_none() {
            wrong.push(("name", "Enter the name of whoever asks".to_owned()));
        }
        if let (Subject::Known(file), Some(other)) = (subject, requester.file)
            && *file == other
        {
            wrong.push((
                "requester",
                "This is the person whose data is asked for. Choose \u{201C}for themselves\u{201D}".to_owned(),
            ));
        }
    }
    wrong
}

/// Opens a file for somebody who is not in the book, as far as whoever takes something in can see.
pub(crate) async fn open_file(
    work: &mut Work,
    by: Option<FileId>,
    name: &str,
    class: PersonClass,
    born: Option<Date>,
) -> Result<FileId, Stopped> {
    let card = Card {
        name: name.into(),
        preferred: None,
        former: Vec::new(),
        born: born.map(Personal::new),
        postcode: None,
        class,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    };
    let identity = Identity { name: name.into(), born: born.map(Personal::new), ..Identity::default() };
    let provenance = Provenance { source: Source::Person, ..Provenance::from_the_work(by, work.now()) };
    let file = work.open_file(class, card).await?;
    work.add(Act::RecordAdded, file, &Record::new(provenance, Content::Identity(identity)), Filing::default()).await?;
    Ok(file)
}

/// Every name under which somebody is in the book: what is looked for, at first.
pub(crate) fn names_of(office: &Office, file: FileId) -> String {
    let mut names = Vec::new();
    for card in office.files_of(file).into_iter().filter_map(|file| office.book().card(file)) {
        for name in std::iter::once(&card.name).chain(&card.preferred).chain(&card.former) {
            if !names.contains(name.for_search()) {
                names.push(name.for_search().clone());
            }
        }
    }
    names.join(", ")
}

/// The places on the list of this request: the charity's own, and this book.
fn places(house: &House) -> Vec<String> {
    let own = house.places.iter().filter(|(_, place)| !place.closed).map(|(_, place)| place.name.clone());
    std::iter::once(THIS_BOOK.to_owned()).chain(own).collect()
}

async fn keep_original(
    work: &mut Work,
    file: FileId,
    new: &NewRequest,
    shelved: Option<Shelved>,
    by: Option<FileId>,
) -> Result<Option<RecordId>, Stopped> {
    let filled = |text: &str| (!text.trim().is_empty()).then(|| Personal::new(text.trim().to_owned()));
    let typed = filled(&new.original.words);
    let body = match (&new.original.upload, &shelved) {
        (Some(upload), Some(shelved)) => Some(PaperBody {
            id: shelved.id,
            file_name: Personal::new(upload.file_name.clone()),
            media_type: media_type(&upload.bytes).to_owned(),
            size: shelved.size,
            sha256: hex::encode(Sha256::digest(&upload.bytes)),
        }),
        _ => None,
    };
    let lies_at = filled(&new.original.lies_at);
    if body.is_none() && lies_at.is_none() && typed.is_none() {
        return Ok(None);
    }
    // The words of a plain text file are its words: nobody needs to type them off.
    let text = typed.or_else(|| {
        let upload = new.original.upload.as_ref()?;
        (media_type(&upload.bytes) == TEXT).then(|| String::from_utf8(upload.bytes.clone()).ok().map(Personal::new))?
    });
    if let Some(shelved) = &shelved {
        work.note_body(shelved, None).await?;
    }
    let paper = Paper {
        body,
        text,
        original_at: lies_at,
        concerns: new.requester.iter().filter_map(|requester| requester.file).collect(),
        sort: PaperSort::Letter,
        needed_for: Some(Personal::new("to answer the request".to_owned())),
        ..Paper::new(format!("Request to see personal data, {}", new.intake.words()), new.received)
    };
    let source = if new.requester.is_some() { Source::Carer } else { Source::Person };
    let provenance = Provenance { source, ..Provenance::from_the_work(by, work.now()) };
    let id =
        work.add(Act::PaperAdded, file, &Record::new(provenance, Content::Paper(paper)), Filing::default()).await?;
    Ok(Some(id))
}

const TEXT: &str = "text/plain";

/// What a file is by its first bytes: what the browser says is not believed.
fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "image/tiff",
        _ if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => TEXT,
        _ => "application/octet-stream",
    }
}

fn request_from(new: NewRequest, house: &House, reference: String, original: Option<RecordId>) -> AccessRequest {
    AccessRequest {
        original,
        requester: new.requester.map(|requester| Requester {
            file: requester.file,
            relation: Personal::new(requester.relation.trim().to_owned()),
            authority: None,
            standing: None,
        }),
        policy: Some(house.policy_version.0.id),
        ..AccessRequest::new(reference, new.received, new.intake, new.details, in_the_policys_words(house.settings()))
    }
}

/// Whose work it is where the role that the policy names has one person only for this file.
fn only_owner(house: &House, office: &Office, file: FileId) -> Option<FileId> {
    let role = super::role::staff_role(house.settings())?;
    let services = office.book().card(file).map(|card| card.services).unwrap_or_default();
    let today = office.today();
    let mut fitting = house.in_role(role).filter(|staff| {
        role != records::StaffRole::ServiceManager
            || staff.account.services_on(today).iter().any(|service| services.contains(service))
    });
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first.file)
}

/// The first line of the history.
fn taken_in_words(request: &AccessRequest, today: Date, new_file: bool) -> String {
    let mut words = format!("Taken in: it came {} on {}", request.intake.words(), clock::uk_date(request.received));
    let before = today.duration_since(request.received).as_hours() / 24;
    match before {
        ..=0 => words.push('.'),
        1 => words.push_str(", the day before it was recorded. The clock runs from the day it came."),
        days => {
            let _ = write!(words, ", {days} days before it was recorded. The clock runs from the day it came.");
        }
    }
    let _ = write!(words, " Our policy sends it to {}.", request.routed_to);
    if new_file {
        words.push_str(" The person was not found in the book; a file was opened for them.");
    }
    words
}
