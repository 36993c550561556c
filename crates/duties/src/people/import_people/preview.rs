//! A row as the person that it would become.

use records::Personal;
use records::people::Channel;

use super::problem::Checked;
use super::row::Row;
use crate::office::House;

/// One thing that would be kept, with its label.
pub type Shown = (String, Personal<String>);

impl Checked {
    fn numbers(&self) -> impl DoubleEndedIterator<Item = u64> {
        self.people.iter().map(|row| row.numbered).chain(self.work.iter().map(|row| row.numbered))
    }

    /// The numbers of the first and the last row with anything in it.
    pub fn extent(&self) -> Option<(u64, u64)> {
        Some((self.numbers().next()?, self.numbers().next_back()?))
    }

    /// The number of the next or the last row from a number on, so that a step never lands on an empty row.
    pub fn nearest(&self, number: u64) -> Option<u64> {
        self.numbers().find(|numbered| *numbered >= number).or_else(|| self.numbers().next_back())
    }

    /// The number of the row before one.
    pub fn before(&self, number: u64) -> Option<u64> {
        self.numbers().take_while(|numbered| *numbered < number).last()
    }

    /// What would be kept of a row; none where there is no such row.
    pub fn preview(&self, house: &House, number: u64) -> Option<Vec<Shown>> {
        let person = self.people.iter().find(|row| row.numbered == number).map(|row| shown(house, row));
        person.or_else(|| Some(self.work.iter().find(|row| row.numbered == number)?.shown(house)))
    }
}

pub(super) fn shown(house: &House, row: &Row) -> Vec<Shown> {
    let identity = &row.identity;
    let mut shown: Vec<Shown> = vec![
        ("Name".to_owned(), identity.name.clone()),
        ("Who they are".to_owned(), Personal::new(row.class.words().to_owned())),
    ];
    let mut put = |label: &str, value: Option<&Personal<String>>| {
        shown.extend(value.map(|value| (label.to_owned(), value.clone())));
    };
    put("Wants to be called", identity.preferred.as_ref());
    for former in &identity.former {
        put("Former or other name", Some(former));
    }
    let born = identity.born.as_ref().map(|born| Personal::new(clock::uk_date(*born.for_page())));
    put("Date of birth", born.as_ref());
    put("Pronouns", identity.pronouns.as_ref());
    put("Language", identity.language.as_ref());
    put("Number in earlier records", identity.number.as_ref());
    for contact in &row.contacts {
        let lines = [Some(&contact.value), contact.postcode.as_ref().filter(|_| contact.channel == Channel::Post)];
        let lines: Vec<&str> =
            lines.into_iter().flatten().map(|line| line.for_page().as_str()).filter(|line| !line.is_empty()).collect();
        put(contact.channel.words(), Some(&Personal::new(lines.join("\n"))));
    }
    if let Some((service, reason)) = &row.service {
        put("Enrolled with", Some(&Personal::new(house.service_name(*service).to_owned())));
        put("Why", Some(&Personal::new(reason.clone())));
    }
    for (about, text) in &row.facts {
        put(&format!("About {}", about.words()), Some(&Personal::new(text.clone())));
    }
    if let Some(related) = &row.related {
        let words = related.words.as_deref().unwrap_or_else(|| related.relation.words());
        put("Belongs to", Some(&Personal::new(format!("the person with the number {}, as their {words}", related.to))));
    }
    shown
}
