//! Who and what the program knows of the people around a request: what it looks for in the texts.

use std::collections::{BTreeMap, BTreeSet};

use papers::fold::fold;
use papers::suggest::{Contact, Finder, KnownPerson, NameKind, PersonName, Suggestion};
use records::people::{Channel, ContactDetail, Safe, WarningKind};
use records::{Card, Content, FileId, Kind, PersonClass, State};

use super::case::Case;
use super::texts::ItemTexts;
use crate::office::Office;
use crate::stopped::Stopped;

/// Somebody around the person whose answer it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// What they are to the person, in words.
    pub relation: Option<String>,
    /// How to reach them, with what is to be minded.
    pub contacts: Vec<ContactDetail>,
    /// Whether an address of theirs is protected.
    pub protected: bool,
    /// Whether their file is restricted.
    pub restricted: bool,
}

/// The person's contacts that hold today or held once, and whether an address is protected.
fn read_file(open: &book::OpenFile) -> Around {
    let mut around = Around { restricted: open.state == book::FileState::Restricted, ..Around::default() };
    for opened in &open.records {
        match &opened.record.content {
            Content::Contact(contact) => around.contacts.push(contact.clone()),
            Content::Warning(warning)
                if warning.warning == WarningKind::ProtectedAddress && opened.header.state != State::Superseded =>
            {
                around.protected = true;
            }
            _ => {}
        }
    }
    around
}

/// The people around a request: relatives, whoever is named in its items, whoever asks. Their files are read in passing,
/// to recognise their addresses and numbers.
pub(crate) async fn people_around(
    office: &Office,
    case: &Case,
    concerned: &BTreeSet<FileId>,
) -> Result<BTreeMap<FileId, Around>, Stopped> {
    let mut relations: BTreeMap<FileId, Option<String>> = concerned.iter().map(|file| (*file, None)).collect();
    let subject = case.subject.card.called().to_owned();
    for opened in &case.subject.records {
        if let Content::Relationship(relationship) = &opened.record.content {
            let words = format!("{} of {subject}", relationship.relation.words());
            relations.insert(relationship.other, Some(words));
        }
    }
    for own in office.files_of(case.file) {
        for (file, _) in office.book().links_to(own).await? {
            relations.entry(file).or_default();
        }
    }
    if let Some(requester) = &case.request.requester
        && let Some(file) = requester.file
    {
        relations.insert(file, Some(format!("who asks, {} of {subject}", requester.relation.for_page())));
    }
    for own in office.files_of(case.file) {
        relations.remove(&own);
    }
    relations.remove(&FileId::HOUSE);
    let mut around = BTreeMap::new();
    for (file, relation) in relations {
        let Ok(open) = office.book().file_in_passing(file).await else { continue };
        around.insert(file, Around { relation, ..read_file(&open) });
    }
    Ok(around)
}

/// A name as it is looked for: the last word is taken for the family name.
fn person_name(name: &str, kind: NameKind) -> PersonName {
    let (given, family) = name.trim().rsplit_once(' ').unwrap_or((name.trim(), ""));
    PersonName { given: given.to_owned(), family: family.to_owned(), kind }
}

fn names(card: &Card) -> Vec<PersonName> {
    let mut names = vec![person_name(card.name.for_search(), NameKind::Current)];
    names.extend(card.preferred.iter().map(|name| person_name(name.for_search(), NameKind::Preferred)));
    names.extend(card.former.iter().map(|name| person_name(name.for_search(), NameKind::Former)));
    names
}

fn contacts(details: &[ContactDetail]) -> Vec<Contact> {
    let mut found = Vec::new();
    for detail in details {
        let value = detail.value.for_search().clone();
        match detail.channel {
            Channel::Phone => found.push(Contact::Phone(value)),
            Channel::Email => found.push(Contact::Email(value)),
            Channel::Post => {
                let first = value.lines().next().unwrap_or_default();
                let first = first.split(',').next().unwrap_or_default().trim();
                if !first.is_empty() {
                    found.push(Contact::AddressLine(first.to_owned()));
                }
                found.extend(detail.postcode.iter().map(|code| Contact::Postcode(code.for_search().clone())));
            }
        }
    }
    found
}

fn known(file: FileId, card: &Card, around: Option<&Around>) -> KnownPerson {
    // Data Protection Act 2018, Schedule 2, paragraph 17: whoever is paid for it is named; whoever helps without pay is not
    // covered by that rule, and is weighed like anybody else.
    let works_here = match card.class {
        PersonClass::Staff => Some("works here; those who did their job are normally named"),
        PersonClass::Volunteer | PersonClass::Trustee => Some("helps here without pay; weigh whether to name them"),
        _ => None,
    };
    let relation = around.and_then(|around| around.relation.clone());
    KnownPerson {
        id: file.to_string(),
        names: names(card),
        relation: relation.or_else(|| works_here.map(str::to_owned)),
        contacts: around.map(|around| contacts(&around.contacts)).unwrap_or_default(),
        born: card.born.as_ref().map(|born| *born.for_search()),
    }
}

/// A person as texts are searched for them: all their names, how they are and were reached, their birth date.
pub(crate) fn known_person(open: &book::OpenFile) -> KnownPerson {
    with_all_names(known(open.file, &open.card, Some(&read_file(open))), open)
}

fn with_all_names(mut person: KnownPerson, open: &book::OpenFile) -> KnownPerson {
    // The card has the names of one file; a person with several files has those of all.
    for opened in open.of_kind(Kind::Identity) {
        let Content::Identity(identity) = &opened.record.content else { continue };
        let all = std::iter::once(&identity.name).chain(&identity.preferred).chain(&identity.former);
        for name in all.map(|name| person_name(name.for_search(), NameKind::Former)) {
            let has = |one: &PersonName| one.given == name.given && one.family == name.family;
            if !person.names.iter().any(has) {
                person.names.push(name);
            }
        }
    }
    person
}

/// Everybody else in the book whose full name stands in the texts, word by word.
fn named_in(office: &Office, case: &Case, texts: &[&ItemTexts], but: &BTreeMap<FileId, Around>) -> Vec<KnownPerson> {
    let folded: Vec<String> = texts.iter().flat_map(|item| &item.parts).map(|part| fold(&part.text)).collect();
    let words: BTreeSet<&str> = folded
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let stands_there = |name: &str| {
        let name = fold(name);
        let mut parts = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        parts.peek().is_some() && parts.all(|word| words.contains(word))
    };
    let own = office.files_of(case.file);
    let cards = office.book().cards(|file, card| {
        !own.contains(&file)
            && file != FileId::HOUSE
            && !but.contains_key(&file)
            && std::iter::once(&card.name).chain(&card.former).any(|name| stands_there(name.for_search()))
    });
    cards.iter().map(|found| known(found.file, &found.card, None)).collect()
}

/// What a danger finder calls contact details that must stay secret: this, and the file's id.
pub(crate) const UNSAFE: &str = "unsafe:";

/// What is looked for, and who is around.
pub(crate) struct Known {
    finder: Option<Finder>,
    /// The people around the request.
    pub around: BTreeMap<FileId, Around>,
}

impl Known {
    /// What the program suggests in a text; nothing where there are more names than one search can hold.
    pub fn suggest(&self, text: &str) -> Vec<Suggestion> {
        self.finder.as_ref().map(|finder| finder.suggest(text).suggestions).unwrap_or_default()
    }
}

/// Prepares the search for suggestions in some items.
pub(crate) async fn known_to_the_book(
    office: &Office,
    case: &Case,
    texts: &[&ItemTexts],
    concerned: &BTreeSet<FileId>,
) -> Result<Known, Stopped> {
    let around = people_around(office, case, concerned).await?;
    let mut others: Vec<KnownPerson> = around
        .iter()
        .filter_map(|(file, around)| Some(known(*file, &office.book().card(*file)?, Some(around))))
        .collect();
    others.extend(named_in(office, case, texts, &around));
    let subject = known_person(&case.subject);
    Ok(Known { finder: Finder::new(&subject, &others).ok().map(Finder::with_strangers), around })
}

/// Prepares the search for dangers in what is about to go out: the same, with secret details as somebody of their own
/// (also the subject's), and with the private details of the staff.
pub(crate) async fn known_dangers(
    office: &Office,
    case: &Case,
    texts: &[&ItemTexts],
    concerned: &BTreeSet<FileId>,
) -> Result<Known, Stopped> {
    let mut concerned = concerned.clone();
    concerned.extend(case.house.staff.keys().copied());
    let mut around = people_around(office, case, &concerned).await?;
    around.insert(case.file, read_file(&case.subject));
    let mut others = named_in(office, case, texts, &around);
    for (file, around) in &around {
        let (secret, open): (Vec<_>, Vec<_>) = around
            .contacts
            .iter()
            .cloned()
            .partition(|detail| detail.safe == Safe::No || (around.protected && detail.channel == Channel::Post));
        let Some(card) = office.book().card(*file) else { continue };
        let usual = Around { contacts: open, ..around.clone() };
        if *file != case.file {
            others.push(known(*file, &card, Some(&usual)));
        }
        if !secret.is_empty() {
            let id = format!("{UNSAFE}{file}");
            others.push(KnownPerson { id, contacts: contacts(&secret), ..KnownPerson::default() });
        }
    }
    // The subject's own safe details are theirs to read: they are known as the subject's and are no danger.
    let own = read_file(&case.subject);
    let safe = own.contacts.iter().filter(|detail| detail.safe != Safe::No && !own.protected).cloned().collect();
    let subject = known(case.file, &case.subject.card, Some(&Around { contacts: safe, ..own }));
    let subject = with_all_names(subject, &case.subject);
    Ok(Known { finder: Finder::new(&subject, &others).ok(), around })
}
