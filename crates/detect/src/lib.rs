//! Personal data in free text: people by every form of their name, identifiers, places and days.
//!
//! A text is cut into words once; each word is looked up once among names of many countries, everyday words and the
//! people of the register; what stands around it decides. There is no model and no network. Nothing is covered here:
//! a [`Finding`] is a place that somebody should look at, and says why.

mod codes;
mod dates;
pub mod fold;
mod join;
mod lexicon;
mod names;
mod near;
mod nicknames;
mod numbers;
mod places;
mod register;
mod relatives;
mod slips;
mod tables;
mod web;
mod why;
mod words;

use std::ops::Range;

use serde::Serialize;

pub use nicknames::nicknames;
pub use register::{Person, Register};

use words::Word;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// A name of a person.
    Person,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// NHS number with the right check digit.
    Nhs,
    /// Called an NHS number, with a wrong check digit: perhaps a slip of the pen.
    NhsBad,
    /// National Insurance number.
    Nino,
    /// UK postcode.
    Postcode,
    /// A house and its street.
    Address,
    /// Date of birth.
    Dob,
    /// A relative without a name: "his stepdad".
    Relation,
    /// A name on a social network.
    Handle,
    /// Registration mark of a vehicle.
    CarReg,
    /// Sort code, account number, IBAN or card number.
    Bank,
    /// Passport number.
    Passport,
}

/// A place in a text that somebody should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    pub(crate) ground: Ground,
    pub(crate) entry: u32,
}

impl Finding {
    /// The place in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Why a place was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A name of the register.
    Known,
    /// One letter away from a name of the register.
    KnownSlip,
    /// A name of the lists.
    Listed,
    /// What stands around it, or its capital.
    Around,
    /// Two or more initials.
    Initials,
    /// The same word is a name elsewhere in this text.
    Elsewhere,
    /// The head of its column, or the label of its line.
    Column,
    /// Another script than the rest.
    Script,
    /// Its form, with a check digit where the form has one.
    Form,
    /// Its form, and the words near it.
    Near,
}

/// Finds personal data in texts. Made once for a register, used for any number of texts.
#[derive(Debug)]
pub struct Detector {
    register: Register,
}

/// What the finding in one text needs; kept by the caller, so that many texts cost no memory each.
#[derive(Debug, Default)]
pub struct Room {
    words: Vec<Word>,
    marks: Vec<names::Mark>,
}

impl Detector {
    /// A detector that knows these people.
    pub fn new(people: Vec<Person>) -> Self {
        Self { register: Register::new(people) }
    }

    /// The people that it knows.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// All findings of a text, in order, none overlapping another. Texts of 4 GiB and more are not looked at.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        self.find_in(text, &mut Room::default())
    }

    /// The same, for many texts.
    pub fn find_in(&self, text: &str, room: &mut Room) -> Vec<Finding> {
        if u32::try_from(text.len()).is_err() {
            return Vec::new();
        }
        words::cut(text, self.register.words(), &mut room.words);
        let mut found = Vec::new();
        web::find(text, &self.register, &mut found);
        codes::find(text, &room.words, &mut found);
        dates::find(text, &room.words, &self.register, &mut found);
        numbers::find(text, &room.words, &mut found);
        places::find(text, &room.words, &mut found);
        let columns = tables::find(text, &mut found);
        sort_out(&mut found);
        places::with_town(text, &room.words, &mut found);
        names::find(text, &room.words, &self.register, &columns, &found, &mut room.marks);
        let firm = found.len();
        join::people(text, &room.words, &room.marks, &self.register, &mut found);
        relatives::find(text, &room.words, &room.marks, &mut found);
        if found.len() > firm {
            sort_out(&mut found);
        }
        found
    }

    /// Why a place was taken, in words for staff: "Liam Okafor, brother of Ada Okafor, in this book".
    pub fn why(&self, text: &str, finding: &Finding) -> String {
        why::why(text, finding, &self.register)
    }

    /// The people of the register that a finding may mean, by the caller's ids; at most some dozens.
    pub fn people(&self, text: &str, finding: &Finding) -> Vec<&str> {
        why::people(text, finding, &self.register)
    }
}

/// Brings overlapping findings down to one: numbers and codes before names, the longer before the shorter.
fn sort_out(found: &mut Vec<Finding>) {
    found.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end)));
    let mut kept: usize = 0;
    for at in 0..found.len() {
        let Some(next) = found.get(at).copied() else { break };
        let last = kept.checked_sub(1).and_then(|last| found.get_mut(last));
        match last {
            Some(last) if next.start < last.end => {
                let weaker = |one: &Finding| matches!(one.kind, Kind::Person | Kind::Relation | Kind::Handle);
                let stands_out = next.end > last.end && weaker(&next) && !weaker(last);
                let replaces = weaker(last) && !weaker(&next)
                    || (next.end - next.start > last.end - last.start && weaker(last) == weaker(&next));
                if replaces {
                    let start = if weaker(last) == weaker(&next) { last.start.min(next.start) } else { next.start };
                    *last = Finding { start, ..next };
                } else if stands_out {
                    // A name that runs out of an address stays whole as far as the address leaves it.
                    let start = last.end;
                    set(found, &mut kept, Finding { start, ..next });
                }
            }
            _ => set(found, &mut kept, next),
        }
    }
    found.truncate(kept);
}

fn set(found: &mut [Finding], kept: &mut usize, one: Finding) {
    if let Some(place) = found.get_mut(*kept) {
        *place = one;
        *kept += 1;
    }
}

#[cfg(test)]
mod tests;
