//! Adding a person: searched for first, then a file with its key, the identity, and the notice that is owed (T8).

use access::Action;
use book::{Act, Filing};
use jiff::Timestamp;
use jiff::civil::Date;
use records::people::Identity;
use records::work::NoticeGiven;
use records::{Card, Content, FileId, PersonClass, Personal, Provenance, Record, Source};

use crate::office::{House, Office};
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::find_people::{Hit, near_matches};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What was typed about a new person.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// What they are to the charity.
    pub class: PersonClass,
    /// The full name. Field `name`.
    pub name: String,
    /// What they want to be called. Field `preferred`.
    pub preferred: String,
    /// The day of birth, as UK dates are written; empty where it is not known. Field `born`.
    pub born: String,
    /// Pronouns. Field `pronouns`.
    pub pronouns: String,
    /// Language, and how they like to be written to. Field `language`.
    pub language: String,
    /// From whom the charity has it.
    pub source: Source,
    /// Whether somebody looked at the people who are alike and said that this is another person.
    pub someone_else: bool,
}

impl NewPerson {
    /// Somebody of a class with a name, told by the person themselves.
    pub fn named(class: PersonClass, name: impl Into<String>) -> Self {
        Self {
            class,
            name: name.into(),
            preferred: String::new(),
            born: String::new(),
            pronouns: String::new(),
            language: String::new(),
            source: Source::Person,
            someone_else: false,
        }
    }
}

/// Why nobody was added.
#[derive(Debug, thiserror::Error)]
pub enum AddPersonError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
    /// These people may be the same person.
    #[error("there are people who may be the same")]
    Alike(Vec<Hit>),
}

impl From<book::BookError> for AddPersonError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Adds a person. The privacy notice is owed from this moment (T8, T74).
///
/// # Errors
/// [`AddPersonError`]; nothing is saved then.
pub async fn add_person(office: &Office, who: &SignedIn, new: NewPerson) -> Result<FileId, AddPersonError> {
    let operation = office.permit(who, Action::AddPerson, None, Why::support().purpose, "").await?;
    let identity = read(&new, office.today()).map_err(AddPersonError::Wrong)?;
    if !new.someone_else {
        let born = identity.born.as_ref().map(|born| *born.for_search());
        let alike = near_matches(office, who, identity.name.for_search(), born).await?;
        if !alike.is_empty() {
            return Err(AddPersonError::Alike(alike));
        }
    }
    let house = office.house().await?;
    let provenance =
        Provenance { source: new.source.clone(), ..Provenance::from_the_work(Some(who.file), operation.now) };
    let (notice, due) = first_notice(&house, &new.source, operation.today())?;
    let mut work = office.book().begin(&operation).await?;
    let file = work.open_file(new.class, card_of(new.class, &identity)).await?;
    let identity = Record::new(provenance, Content::Identity(identity));
    work.add(Act::RecordAdded, file, &identity, Filing::default()).await?;
    let notice = Record::new(Provenance::from_the_work(Some(who.file), operation.now), Content::Notice(notice));
    work.add(Act::RecordAdded, file, &notice, Filing::open(Some(due))).await?;
    work.commit().await?;
    Ok(file)
}

/// The notice that the first record of a person makes owed, and by when: at once where the person told us (T73, with
/// the words of `tell:notice/collected`), within the policy's span where somebody else did (T74).
///
/// # Errors
/// Where the calendar ends.
pub fn first_notice(house: &House, source: &Source, today: Date) -> Result<(NoticeGiven, Timestamp), Stopped> {
    let (day, because) = if *source == Source::Person {
        (today, "This is the first time that we keep something about the person, and they told us themselves.")
    } else {
        let span = house.settings().notice_elsewhere().value;
        let facts =
            clock::Obtained { nations: house.nations(), obtained: today, first_contact: None, first_disclosure: None };
        let limit = clock::notice(&facts, &house.holidays).map_err(|_| Stopped::NotFound)?;
        (
            limit.due.min(span.after(today)),
            "This is the first time that we keep something about the person, and somebody else told us.",
        )
    };
    Ok((NoticeGiven { policy: None, given: None, to: None, because: because.to_owned() }, end_of(day)))
}

/// The first moment after a day in London: what is due on the day is late from then.
pub(crate) fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(day);
    next.to_zoned(clock::london()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

pub(crate) fn card_of(class: PersonClass, identity: &Identity) -> Card {
    Card {
        name: identity.name.clone(),
        preferred: identity.preferred.clone(),
        former: identity.former.clone(),
        born: identity.born.clone(),
        postcode: None,
        class,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    }
}

fn read(new: &NewPerson, today: Date) -> Result<Identity, FieldErrors> {
    let mut reading = Reading::default();
    let name = reading.keep("name", entered::name(&new.name));
    let born = reading.keep("born", entered::birth_date(&new.born, today)).flatten();
    let mut line = |field, typed: &str| reading.keep(field, entered::line(typed)).flatten().map(Personal::new);
    let preferred = line("preferred", &new.preferred);
    let pronouns = line("pronouns", &new.pronouns);
    let language = line("language", &new.language);
    reading.finish()?;
    Ok(Identity {
        name: Personal::new(name.unwrap_or_default()),
        preferred,
        former: Vec::new(),
        born: born.map(Personal::new),
        pronouns,
        language,
        number: None,
    })
}
