//! The known people, with their contact details brought to one form for looking up.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Contact, KnownPerson, PersonName};
use crate::fold::fold;

/// Everybody the finder knows. Number 0 is the person whose answer it is.
#[derive(Debug)]
pub(crate) struct People {
    list: Vec<KnownPerson>,
    details: HashMap<String, Vec<usize>>,
    born: HashMap<Date, Vec<usize>>,
}

/// The number of the person whose answer it is.
pub(crate) const SUBJECT: usize = 0;

impl People {
    pub(crate) fn new(subject: &KnownPerson, others: &[KnownPerson]) -> Self {
        let list: Vec<KnownPerson> = std::iter::once(subject).chain(others).cloned().collect();
        let mut details: HashMap<String, Vec<usize>> = HashMap::new();
        let mut born: HashMap<Date, Vec<usize>> = HashMap::new();
        for (index, person) in list.iter().enumerate() {
            for contact in &person.contacts {
                if let Some(key) = key_of(contact) {
                    details.entry(key).or_default().push(index);
                }
            }
            if let Some(date) = person.born {
                born.entry(date).or_default().push(index);
            }
        }
        Self { list, details, born }
    }

    pub(crate) fn list(&self) -> &[KnownPerson] {
        &self.list
    }

    /// Who has this detail, in the form of [`detail_key`] or [`phone_key`].
    pub(crate) fn with_detail(&self, key: &str) -> &[usize] {
        self.details.get(key).map_or(&[], Vec::as_slice)
    }

    /// Who was born on this day.
    pub(crate) fn born_on(&self, date: Date) -> &[usize] {
        self.born.get(&date).map_or(&[], Vec::as_slice)
    }

    /// The address lines of everybody.
    pub(crate) fn address_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.list.iter().enumerate().flat_map(|(index, person)| {
            person.contacts.iter().filter_map(move |contact| match contact {
                Contact::AddressLine(line) => Some((index, line.as_str())),
                _ => None,
            })
        })
    }

    /// The caller's ids.
    pub(crate) fn ids(&self, people: &[usize]) -> Vec<String> {
        people.iter().filter_map(|index| self.list.get(*index)).map(|person| person.id.clone()).collect()
    }

    /// "Liam Okafor, brother of Ada", and how many more it could be.
    pub(crate) fn describe(&self, people: &[usize]) -> String {
        let others: Vec<&usize> = people.iter().filter(|index| **index != SUBJECT).collect();
        let Some(person) = others.first().and_then(|index| self.list.get(**index)) else {
            return "the person asking".to_owned();
        };
        let name = person.names.first().map(full_name).unwrap_or_default();
        let relation = person.relation.as_deref().map(|relation| format!(", {relation}")).unwrap_or_default();
        match others.len() {
            1 => format!("{name}{relation}, in this book"),
            2 => format!("{name}{relation}, or 1 other person in this book"),
            more => format!("{name}{relation}, or {} other people in this book", more - 1),
        }
    }
}

/// Given and family name with one space.
pub(crate) fn full_name(name: &PersonName) -> String {
    format!("{} {}", name.given.trim(), name.family.trim()).trim().to_owned()
}

fn key_of(contact: &Contact) -> Option<String> {
    let key = match contact {
        Contact::Phone(number) => phone_key(number),
        Contact::Email(value) | Contact::Postcode(value) | Contact::Identifier(value) => detail_key(value),
        Contact::AddressLine(_) => return None,
    };
    (!key.is_empty()).then_some(key)
}

/// A detail without spaces, dashes and case.
pub(crate) fn detail_key(value: &str) -> String {
    fold(value).chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// A UK telephone number as its digits from the leading 0: `+44 (0)7700 900123` and `07700 900123` are the same.
pub(crate) fn phone_key(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|_| number.contains('+')));
    match national {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}
