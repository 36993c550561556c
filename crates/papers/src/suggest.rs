//! Proposes what to cover: people known to the charity first, then identifiers with check digits, then look-alikes.
//!
//! Nothing is ever covered by this module. It lists places in a text with the reason in words, and a person decides.
//! The names of the person whose answer it is are found too, but listed apart, since they stay.
//!
//! Every text is read a fixed number of times whatever the number of known people, so thousands of names and long notes
//! cost no more than a few names do.

mod identifiers;
mod names;
mod people;
mod strangers;

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::fold::Folded;
use crate::redact::{RedactionReason, Span};

pub use identifiers::{is_nhs_number, is_postcode, is_uln, is_upn};
pub use names::NameMatcher;

/// A person as the book knows them.
#[derive(Debug, Clone, Default)]
pub struct KnownPerson {
    /// The caller's own id, handed back with each suggestion.
    pub id: String,
    /// All names: the present one first, then former, preferred and short ones.
    pub names: Vec<PersonName>,
    /// Who they are to the person whose answer it is: "brother of Ada".
    pub relation: Option<String>,
    /// Telephone numbers, e-mail addresses, postal addresses, identifiers.
    pub contacts: Vec<Contact>,
    /// Date of birth.
    pub born: Option<Date>,
}

/// One name of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// First name and further given names.
    pub given: String,
    /// Family name; may be empty.
    pub family: String,
    /// What kind of name it is.
    pub kind: NameKind,
}

/// What kind of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// The name they go by now.
    Current,
    /// A name from before.
    Former,
    /// What they like to be called.
    Preferred,
}

/// A way to reach a person, or a number that stands for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// Telephone number, in any spelling.
    Phone(String),
    /// E-mail address.
    Email(String),
    /// First line of the postal address: "12 Harbour Road".
    AddressLine(String),
    /// Postcode.
    Postcode(String),
    /// NHS number, National Insurance number or another identifier.
    Identifier(String),
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// The name of a person known to the book.
    Person,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// NHS number with the right check digit.
    Nhs,
    /// Looks like an NHS number but the check digit is wrong: perhaps a slip of the pen.
    NhsBad,
    /// National Insurance number, or a number that imitates one.
    Nino,
    /// UK postcode.
    Postcode,
    /// A house number and street.
    Address,
    /// Date of birth.
    Dob,
    /// Sort code or account number.
    Bank,
    /// Driving licence, passport, DBS certificate, pupil or learner number.
    Document,
    /// A name on a social network.
    Handle,
    /// Registration mark of a vehicle.
    CarReg,
}

/// How sure the finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// A full name, or a value that the book holds, or a right check digit.
    Sure,
    /// A first name, or a pattern in the right company.
    Likely,
    /// A name that is also a common word or is shared with the person asking; a name with one letter wrong.
    Maybe,
}

/// A place in a text that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// First byte in the text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// How sure this is.
    pub certainty: Certainty,
    /// Why it is suggested, for staff: "Liam Okafor, brother of Ada, in this book".
    pub explanation: String,
    /// The known people it may be, by the caller's ids.
    pub people: Vec<String>,
}

impl Suggestion {
    /// The place in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The redaction that this suggestion would become if somebody accepts it.
    pub fn as_span(&self, reason: RedactionReason) -> Span {
        Span { start: self.start, end: self.end, reason }
    }
}

/// What was found in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// Places to decide about, in order, never overlapping.
    pub suggestions: Vec<Suggestion>,
    /// The person's own names and details: they stay, but it is good to see that they were recognised.
    pub about_subject: Vec<Suggestion>,
}

/// Finds people and identifiers in texts. Made once per answer, used for all its texts.
#[derive(Debug)]
pub struct Finder {
    people: people::People,
    names: NameMatcher,
    strangers: Option<detect::Detector>,
}

/// The finder could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FinderError {
    /// More names than the search can hold.
    #[error("too many names to search for at once ({0})")]
    TooManyNames(usize),
}

impl Finder {
    /// Makes a finder for the person whose answer it is and everybody else known to the book.
    ///
    /// # Errors
    /// [`FinderError::TooManyNames`] when the names together are beyond what one search can hold (some hundred million
    /// letters).
    pub fn new(subject: &KnownPerson, others: &[KnownPerson]) -> Result<Self, FinderError> {
        let people = people::People::new(subject, others);
        let names = NameMatcher::new(&people).map_err(|_| FinderError::TooManyNames(others.len()))?;
        Ok(Self { people, names, strangers: None })
    }

    /// Lets it propose names that nobody in the book has, and what else may lead to somebody.
    #[must_use]
    pub fn with_strangers(self) -> Self {
        Self { strangers: Some(detect::Detector::new(Vec::new())), ..self }
    }

    /// What to look at in this text.
    pub fn suggest(&self, text: &str) -> Findings {
        let folded = Folded::new(text);
        let mut found = identifiers::find(text, &folded, &self.people);
        found.extend(self.names.find(text, &folded, &self.people));
        if let Some(detector) = &self.strangers {
            strangers::add(text, detector, &mut found);
        }
        sort_out(found)
    }
}

/// A suggestion before it is decided on which list it goes.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) suggestion: Suggestion,
    pub(crate) subject: bool,
}

/// Brings overlapping findings down to one. Within one list the longest stands and grows over what the others reach, so
/// that nothing suggested falls out; between the lists the longer wins.
fn sort_out(mut found: Vec<Found>) -> Findings {
    found
        .sort_by_key(|f| (f.suggestion.start, std::cmp::Reverse(f.suggestion.end), f.suggestion.certainty, !f.subject));
    let mut findings = Findings::default();
    let mut waiting: Option<Found> = None;
    for next in found {
        waiting = Some(match waiting.take() {
            None => next,
            Some(best) if next.suggestion.start >= best.suggestion.end => {
                keep(best, &mut findings);
                next
            }
            Some(best) => stronger(best, next),
        });
    }
    if let Some(best) = waiting {
        keep(best, &mut findings);
    }
    findings
}

fn stronger(best: Found, next: Found) -> Found {
    let (start, end) = (best.suggestion.start, best.suggestion.end.max(next.suggestion.end));
    let same_list = best.subject == next.subject;
    let longer = next.suggestion.range().len() > best.suggestion.range().len();
    let mut kept = if longer { next } else { best };
    if same_list {
        kept.suggestion.start = start;
        kept.suggestion.end = end;
    }
    kept
}

fn keep(found: Found, findings: &mut Findings) {
    let list = if found.subject { &mut findings.about_subject } else { &mut findings.suggestions };
    list.push(found.suggestion);
}

#[cfg(test)]
mod tests;
