//! Asking on the website: checked, saved to be finished later, or sent.

use book::{Act, Filing, Work};
use jiff::Timestamp;
use records::arrival::{Answers, Arrival, ArrivalWay, Asking, Pass, Reach};
use records::{Actor, Card, Content, FileId, Operation, PersonClass, Personal, Provenance, Record, Source};

use super::look::{Found, Key, find_own};
use super::pass::{Given, new_pass};
use crate::office::Office;
use crate::stopped::Stopped;

/// So many characters one answer may have: about three pages.
pub const LONGEST: usize = 10_000;

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// It is missing.
    Missing,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// An e-mail address that is none.
    NoAddress,
}

/// Why nothing was saved or sent.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Answers to put right: name of the field, and what is wrong.
    #[error("some answers are missing or cannot be right")]
    Fields(Vec<(&'static str, Wrong)>),
    /// Too much comes in at this moment.
    #[error("Too many people ask at this moment. Try again in half an hour, or telephone us.")]
    Busy,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for AskError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// What is wrong with the answers, field by field, in the order of the pages.
pub fn check(answers: &Answers) -> Vec<(&'static str, Wrong)> {
    let mut wrong = too_long(answers);
    let filled =
        |text: &Option<Personal<String>>| text.as_ref().is_some_and(|text| !text.for_paper().trim().is_empty());
    let mut need = |name: &'static str, there: bool| {
        if !there && wrong.iter().all(|(named, _)| *named != name) {
            wrong.push((name, Wrong::Missing));
        }
    };
    need("asking", answers.asking.is_some());
    need("want", answers.want.is_some());
    need("subject", filled(&answers.subject));
    if answers.asking.is_some_and(|asking| asking != Asking::Person) {
        need("name", filled(&answers.name));
        need("relation", filled(&answers.relation));
    }
    need("about", filled(&answers.about));
    need("reach", answers.reach.is_some());
    if answers.reach.is_some_and(|reach| reach != Reach::Website) {
        need("reach-at", filled(&answers.reach_at));
    }
    let address = answers.reach_at.as_ref().map(|at| at.for_paper().as_str()).unwrap_or_default();
    if answers.reach == Some(Reach::Email) && !address.trim().is_empty() && !looks_like_mail(address.trim()) {
        wrong.push(("reach-at", Wrong::NoAddress));
    }
    wrong
}

fn looks_like_mail(address: &str) -> bool {
    let spaced = address.chars().any(char::is_whitespace);
    !spaced && address.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

fn too_long(answers: &Answers) -> Vec<(&'static str, Wrong)> {
    let long = |text: &Option<Personal<String>>| text.as_ref().is_some_and(|text| text.for_paper().len() > LONGEST);
    [
        ("subject", &answers.subject),
        ("born", &answers.born),
        ("name", &answers.name),
        ("relation", &answers.relation),
        ("about", &answers.about),
        ("reach-at", &answers.reach_at),
        ("reach-not", &answers.reach_not),
        ("known-by", &answers.known_by),
    ]
    .into_iter()
    .filter(|(_, text)| long(text))
    .map(|(name, _)| (name, Wrong::TooLong))
    .collect()
}

/// Saves what was answered so far, to be finished later. Returns what they come back with; none where they came with it.
pub async fn save(office: &Office, answers: Answers, saved: Option<&Key>) -> Result<Option<Given>, AskError> {
    let wrong = too_long(&answers);
    if !wrong.is_empty() {
        return Err(AskError::Fields(wrong));
    }
    put(office, answers, saved, None).await
}

/// Sends it. Returns number and secret; none where they have them from saving it before.
pub async fn send(office: &Office, answers: Answers, saved: Option<&Key>) -> Result<Option<Given>, AskError> {
    let wrong = check(&answers);
    if !wrong.is_empty() {
        return Err(AskError::Fields(wrong));
    }
    put(office, answers, saved, Some(office.now())).await
}

async fn put(
    office: &Office,
    answers: Answers,
    saved: Option<&Key>,
    sent: Option<Timestamp>,
) -> Result<Option<Given>, AskError> {
    let act = if sent.is_some() { Act::ArrivalSent } else { Act::ArrivalSaved };
    let operation = Operation::for_the_book(Actor::Visitor, "asked on the website", office.now());
    let filing = if sent.is_some() { Filing::open(None) } else { Filing::default() };
    if let Some(key) = saved
        && let Some(Found::Arrival(header, provenance, arrival)) = find_own(office, key).await?
        && arrival.sent.is_none()
    {
        let arrival = Arrival { answers, sent, ..*arrival };
        let record = Record::new(provenance, Content::Arrival(Box::new(arrival)));
        let mut work = office.book().begin(&operation).await?;
        work.change(act, &header, &record, filing).await?;
        work.commit().await?;
        return Ok(None);
    }
    if !office.gate().let_in(office.now()) {
        return Err(AskError::Busy);
    }
    let (given, pass) = new_pass();
    let arrival = new_arrival(pass, ArrivalWay::Website, office.now());
    let arrival = Arrival { answers, sent, ..arrival };
    let mut work = office.book().begin(&operation).await?;
    let file = open_file(&mut work, &arrival.pass.number).await?;
    put_first(&mut work, file, arrival, (act, filing)).await?;
    work.commit().await?;
    Ok(Some(given))
}

/// An arrival with nothing in it.
pub(super) fn new_arrival(pass: Pass, way: ArrivalWay, now: Timestamp) -> Arrival {
    Arrival {
        pass,
        way,
        begun: now,
        sent: None,
        answers: Answers::default(),
        mail: None,
        messages: Vec::new(),
        set_aside: None,
    }
}

/// A file of its own for what came in. Its card bears the number and nobody's name.
pub(super) async fn open_file(work: &mut Work, number: &str) -> Result<FileId, Stopped> {
    Ok(work.open_file(PersonClass::Stranger, card(number)).await?)
}

/// The first record in such a file.
pub(super) async fn put_first(
    work: &mut Work,
    file: FileId,
    arrival: Arrival,
    (act, filing): (Act, Filing),
) -> Result<(), Stopped> {
    let provenance = Provenance { source: Source::Person, ..Provenance::from_the_work(None, work.now()) };
    work.add(act, file, &Record::new(provenance, Content::Arrival(Box::new(arrival))), filing).await?;
    Ok(())
}

fn card(number: &str) -> Card {
    Card {
        name: number.into(),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class: PersonClass::Stranger,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    }
}
