//! What a record says, as the texts that are read through before it goes out: numbered, in a fixed order.

use std::sync::Arc;

use jiff::civil::Date;
use records::arrival::Message;
use records::people::{ParentalResponsibility, Safe};
use records::personal::Personal;
use records::requests::Details;
use records::work::PaperSort;
use records::{Content, DataCategory, FileId, Kind, Provenance, Record, ServiceId, Source, catalogue};

use super::pages::PaperPages;
use crate::office::House;

/// What a text is within its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The record's own title. While nothing in it is covered it heads the record.
    Title,
    /// From whom we have it.
    Source,
    /// Everything else.
    Body,
}

/// One text of a record. Its place in [`ItemTexts::parts`] is the number under which coverings are stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The words, with the name of the field in front where the field has one.
    pub text: String,
    /// The words come from somewhere else (another person's card) and may change: covered as a whole or not at all.
    pub whole: bool,
}

/// A record as it is read through.
#[derive(Clone, PartialEq, Eq)]
pub struct ItemTexts {
    /// Its kind.
    pub kind: Kind,
    /// What it is, in fixed words.
    pub heading: &'static str,
    /// The day it is about.
    pub happened: Option<Date>,
    /// The day it was written.
    pub written: Date,
    /// Fixed facts, which are never personal to anybody else: dates, services, yes and no.
    pub facts: Vec<(String, String)>,
    /// The texts.
    pub parts: Vec<Part>,
    /// By whom it was told in confidence, where it was.
    pub in_confidence: Option<String>,
    /// It says something about health, which stays closed without an opinion that reading it does no harm.
    pub health: bool,
    /// The person told it themselves, and so knows it.
    pub told_by_them: bool,
    /// It has a body on the shelf (a scan) whose words are not among the texts.
    pub scan: bool,
    /// Its pages, where it is a paper that has some and they were asked for.
    pub pages: Option<Arc<PaperPages>>,
}

/// What a record alone does not know: names of services and of people.
pub struct Around<'a> {
    /// The charity.
    pub house: &'a House,
    /// What somebody in the book is called.
    pub called: &'a dyn Fn(FileId) -> String,
}

impl Around<'_> {
    fn service(&self, id: ServiceId) -> String {
        self.house.service_name(id).to_owned()
    }
}

/// What stands in front of the source in its text.
pub const SOURCE_LABEL: &str = "Where we have it from: ";

/// A day as letters write it: "4 March 2026".
pub fn day_in_words(day: Date) -> String {
    papers::document::date_in_words(day)
}

struct Making {
    facts: Vec<(String, String)>,
    parts: Vec<Part>,
    happened: Option<Date>,
    scan: bool,
}

impl Making {
    fn fact(&mut self, name: &str, value: impl Into<String>) {
        self.facts.push((name.to_owned(), value.into()));
    }

    fn push(&mut self, role: Role, text: String, whole: bool) {
        if !text.trim().is_empty() {
            self.parts.push(Part { role, text, whole });
        }
    }

    fn title(&mut self, text: &Personal<String>) {
        self.push(Role::Title, text.for_paper().clone(), false);
    }

    fn body(&mut self, text: &Personal<String>) {
        self.push(Role::Body, text.for_paper().clone(), false);
    }

    fn labelled(&mut self, label: &str, text: &Personal<String>) {
        if !text.for_paper().trim().is_empty() {
            self.push(Role::Body, format!("{label}: {}", text.for_paper()), false);
        }
    }

    fn maybe(&mut self, label: &str, text: Option<&Personal<String>>) {
        if let Some(text) = text {
            self.labelled(label, text);
        }
    }

    fn person(&mut self, label: &str, name: &str) {
        self.push(Role::Body, format!("{label}: {name}"), true);
    }
}

/// The texts of a record, in a fixed order.
pub fn item_texts(record: &Record, around: &Around<'_>) -> ItemTexts {
    let kind = record.content.kind();
    let mut making = Making { facts: Vec::new(), parts: Vec::new(), happened: None, scan: false };
    fill(&mut making, &record.content, around);
    let provenance = &record.provenance;
    making.push(Role::Source, format!("{SOURCE_LABEL}{}", source_words(provenance)), false);
    let in_confidence = provenance.in_confidence.then(|| source_words(provenance));
    ItemTexts {
        kind,
        heading: catalogue::entry(kind).title,
        happened: making.happened,
        written: records::operation::london_day(provenance.written_at),
        facts: making.facts,
        parts: making.parts,
        in_confidence,
        health: is_health(&record.content),
        told_by_them: provenance.source == Source::Person,
        scan: making.scan,
        pages: None,
    }
}

/// Whether a record says something about health, by its kind, its sort or what its writer ticked.
fn is_health(content: &Content) -> bool {
    match content {
        Content::Health(_) => true,
        Content::Paper(paper) => paper.sort == PaperSort::Health,
        Content::Note(note) => note.touches.contains(&DataCategory::Health),
        _ => false,
    }
}

fn source_words(provenance: &Provenance) -> String {
    let whom = provenance.source.words();
    match &provenance.source_name {
        Some(name) => format!("{whom}, {}", name.for_paper()),
        None => whom.to_owned(),
    }
}

/// What was written to and fro, each with its day and side.
fn messages(to: &mut Making, messages: &[Message]) {
    for message in messages {
        let side = if message.by.is_some() { "We wrote" } else { "They wrote" };
        let on = day_in_words(records::operation::london_day(message.at));
        to.labelled(&format!("{side} on {on}"), &message.words);
    }
}

/// Exhaustive: a new kind of record does not compile until it says what a reader sees of it.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of record")]
fn fill(to: &mut Making, content: &Content, around: &Around<'_>) {
    match content {
        Content::Identity(identity) => {
            to.labelled("Name", &identity.name);
            to.maybe("Likes to be called", identity.preferred.as_ref());
            for former in &identity.former {
                to.labelled("Earlier name", former);
            }
            if let Some(born) = &identity.born {
                to.push(Role::Body, format!("Born: {}", day_in_words(*born.for_paper())), false);
            }
            to.maybe("Pronouns", identity.pronouns.as_ref());
            to.maybe("Language", identity.language.as_ref());
            to.maybe("Our number", identity.number.as_ref());
        }
        Content::Contact(contact) => {
            to.labelled(contact.channel.words(), &contact.value);
            to.maybe("Postcode", contact.postcode.as_ref());
            to.maybe("To mind", contact.mind.as_ref());
            to.fact("Safe to use", safe_words(contact.safe));
        }
        Content::Relationship(relationship) => {
            let name = (around.called)(relationship.other);
            to.person("Who", &format!("{name}, {}", relationship.relation.words()));
            to.maybe("Remarks", relationship.remarks.as_ref());
            to.fact("Parental responsibility", responsibility_words(relationship.parental_responsibility));
            to.fact("Lives in the same household", yes_no(relationship.same_household));
        }
        Content::Merge(merge) => {
            let name = (around.called)(merge.other);
            to.person("The other file", &name);
            to.labelled("How one knows", &merge.because);
            to.fact("Which file leads", if merge.leads { "this one" } else { "the other" });
        }
        Content::Warning(warning) => {
            to.body(&warning.text);
            if let Some(about) = warning.about {
                to.person("About", &(around.called)(about));
            }
            to.fact("Kind of warning", warning.warning.words());
        }
        Content::Enrolment(enrolment) => {
            to.happened = Some(enrolment.started);
            to.fact("Service", around.service(enrolment.service));
            to.fact("From", day_in_words(enrolment.started));
            if let Some(ended) = enrolment.ended {
                to.fact("Until", day_in_words(ended));
            }
            to.labelled("Why", &enrolment.reason);
            for outcome in &enrolment.outcomes {
                to.labelled("How it went", outcome);
            }
        }
        Content::Notice(notice) => {
            if let Some((day, form)) = notice.given {
                to.happened = Some(day);
                to.fact("Given", format!("{}, {}", day_in_words(day), form.words()));
            } else {
                to.fact("Given", "not yet");
            }
            if let Some(whom) = notice.to {
                to.person("Given to", &(around.called)(whom));
            }
            to.fact("Because", notice.because.clone());
        }
        Content::Note(note) => {
            to.happened = Some(records::operation::london_day(note.happened));
            to.title(&note.title);
            to.body(&note.text);
            to.maybe("In their own words", note.own_words.as_ref());
            if let Some(service) = note.service {
                to.fact("Service", around.service(service));
            }
        }
        Content::Correction(correction) => {
            to.labelled("What is right", &correction.text);
            to.labelled("Why we believe it", &correction.because);
        }
        Content::Arrival(arrival) => {
            for (what, words) in arrival.answers.lines() {
                to.fact(what, words);
            }
            if let Some(mail) = &arrival.mail {
                to.body(&mail.text);
            }
            messages(to, &arrival.messages);
        }
        Content::Consultation(asked) => {
            to.labelled("What it is about", &asked.about);
            to.maybe("Which words", asked.passage.as_ref());
            to.fact("Asked on", day_in_words(asked.asked));
        }
        Content::Track(track) => messages(to, &track.messages),
        Content::Health(fact) | Content::Financial(fact) => {
            to.body(&fact.text);
            to.labelled("Why the service needs it", &fact.needed_for);
            to.fact("Service", around.service(fact.service));
        }
        Content::Paper(paper) => {
            to.happened = Some(paper.dated);
            to.title(&paper.title);
            if let Some(text) = &paper.text {
                to.body(text);
            }
            if let Some(body) = &paper.body {
                to.scan = paper.text.is_none();
                to.labelled("File", &body.file_name);
            }
            to.maybe("Where the original lies", paper.original_at.as_ref());
        }
        Content::Disclosure(disclosure) => {
            to.happened = Some(disclosure.on);
            to.labelled("To", &disclosure.to);
            to.labelled("What", &disclosure.what);
            to.fact("Shared", disclosure.ground.words());
            to.fact("How", disclosure.how.clone());
        }
        Content::AccessRequest(request) => {
            to.happened = Some(request.received);
            to.fact("Reference", request.reference.clone());
            to.fact("Came", request.intake.words());
            details(to, &request.details);
        }
        Content::Wish(wish) => {
            to.happened = Some(wish.on);
            to.labelled(wish.wish.words(), &wish.words);
            to.maybe("What came of it", wish.outcome.as_ref().map(|outcome| &outcome.words));
        }
        Content::Closure(closure) => {
            to.happened = Some(closure.left);
            to.fact("Kept for", closure.kept_for.clone());
            to.fact("Kept until", day_in_words(closure.keep_until));
            to.maybe("About the end", closure.words.as_ref());
            to.maybe("Put forward to be destroyed", closure.disposal.as_ref().map(|forward| &forward.words));
        }
        Content::Hold(hold) => {
            to.happened = Some(hold.on);
            to.fact("Kept longer because", hold.because.words());
            to.labelled("What exactly", &hold.words);
            if let Some(until) = hold.until {
                to.fact("Kept until", day_in_words(until));
            }
            for review in &hold.reviews {
                to.labelled("Looked at again", &review.words);
            }
        }
        Content::Complaint(complaint) => {
            to.happened = Some(complaint.received);
            to.fact("Reference", complaint.reference.clone());
            to.fact("Came", complaint.intake.words());
            details(to, &complaint.details);
            to.labelled("They complain about", &complaint.about);
            for enquiry in &complaint.enquiries {
                to.labelled("Found out", &enquiry.what);
            }
            if let Some(outcome) = &complaint.outcome {
                to.fact("Answered", day_in_words(outcome.on));
                to.labelled("What was found", &outcome.findings);
                to.labelled("What we do", &outcome.actions);
            }
            for case in &complaint.regulator {
                to.labelled("The regulator", &case.said);
            }
            to.maybe("Taken back", complaint.withdrawn.as_ref());
        }
        Content::Search(search) => {
            to.fact("Place", search.place.clone());
            to.labelled("Looked for", &search.terms);
            to.maybe("Found", search.found.as_ref());
        }
        Content::Review(review) => {
            to.fact("Places covered", review.covered.len().to_string());
            to.maybe("Remarks", review.remarks.as_ref());
        }
        Content::Pack(pack) => {
            to.happened = Some(records::operation::london_day(pack.built));
            to.fact("Records in it", pack.items.to_string());
        }
        Content::Letter(letter) => {
            to.happened = Some(letter.dated);
            to.fact("Letter", letter.letter.words());
            to.labelled("To", &letter.to);
            let whole: Vec<&str> = letter.paragraphs.iter().map(|one| one.for_paper().as_str()).collect();
            to.push(Role::Body, whole.join("\n"), false);
        }
        Content::Account(account) => {
            to.labelled("Signs in with", &account.email);
            let roles: Vec<&str> = account.roles.iter().map(|role| role.words()).collect();
            to.fact("Roles", roles.join(", "));
        }
        Content::Charity(charity) => to.fact("Charity", charity.name.clone()),
        Content::Service(service) => to.fact("Service", service.name.clone()),
        Content::Policy(policy) => to.fact("In force from", day_in_words(policy.from)),
        Content::Holiday(holiday) => to.fact(&holiday.name, day_in_words(holiday.day)),
        Content::Place(place) => to.fact("Place", place.name.clone()),
        Content::Import(import) => to.fact("File", import.file_name.clone()),
        Content::Disposal(disposal) => to.fact("Number", disposal.reference.clone()),
    }
}

fn details(to: &mut Making, details: &Details) {
    to.maybe("Name", details.name.as_ref());
    to.maybe("Address", details.address.as_ref());
    to.maybe("Telephone", details.phone.as_ref());
    to.maybe("E-mail", details.email.as_ref());
    to.maybe("What was asked for", details.wanted.as_ref());
}

const fn safe_words(safe: Safe) -> &'static str {
    match safe {
        Safe::Yes => "yes",
        Safe::No => "no",
        Safe::NotAsked => "not asked yet",
    }
}

const fn responsibility_words(answer: ParentalResponsibility) -> &'static str {
    match answer {
        ParentalResponsibility::Yes => "yes",
        ParentalResponsibility::No => "no",
        ParentalResponsibility::NotKnown => "not known",
    }
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// A line of a record on the review page: a sentence or a short paragraph of one of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, through all texts of the record.
    pub number: usize,
    /// Which text.
    pub part: u16,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A sentence shorter than this stays together with the next: single words on lines of their own read badly.
const SHORT: usize = 60;

/// The lines of a record: every byte of every text but line ends stands in exactly one.
pub fn lines(parts: &[Part]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (part, text) in (0_u16..).zip(parts) {
        let mut at = 0;
        for paragraph in text.text.split_inclusive('\n') {
            let end = at + paragraph.trim_end_matches(['\n', '\r']).len();
            for (start, end) in sentences(&text.text, at, end) {
                lines.push(Line { number: lines.len() + 1, part, start, end });
            }
            at += paragraph.len();
        }
    }
    lines
}

fn sentences(text: &str, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = from;
    let mut before = ' ';
    for (at, letter) in text.get(from..to).unwrap_or_default().char_indices() {
        let here = from + at;
        if letter == ' ' && matches!(before, '.' | '!' | '?') && here - start >= SHORT {
            found.push((start, here + 1));
            start = here + 1;
        }
        before = letter;
    }
    if text.get(start..to).is_some_and(|rest| !rest.trim().is_empty()) {
        found.push((start, to));
    } else if let Some(last) = found.last_mut() {
        last.1 = to;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Part {
        Part { role: Role::Body, text: text.to_owned(), whole: false }
    }

    #[test]
    fn lines_follow_sentences_and_lose_no_word() {
        let text = "Ada came in by herself and stayed for the whole of the afternoon. Her brother rang. He was glad.\n\n\
                    Ünal’s „Gruß” was read out, and everybody listened to it for quite some time! Then home.";
        let parts = [part(text)];
        let lines = lines(&parts);
        let back: Vec<&str> = lines.iter().map(|line| &text[line.start..line.end]).collect();
        assert_eq!(lines.len(), 4, "{back:?}");
        assert_eq!(back.concat(), text.replace('\n', ""));
        assert!(lines.windows(2).all(|two| two[0].end <= two[1].start && two[0].number + 1 == two[1].number));
    }

    #[test]
    fn an_empty_text_has_no_lines() {
        assert!(lines(&[part(""), part("\n \n")]).is_empty());
    }
}
