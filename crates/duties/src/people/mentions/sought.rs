//! Who is looked for, under which forms, and what a place in a text means: why it is them, and how sure that is.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use aho_corasick::{AhoCorasick, Input};
use papers::fold::{Folded, fold};
use papers::suggest::{Certainty, Contact, Finder, FinderError, Kind, KnownPerson, NameKind, PersonName, Suggestion};

use super::sieve::{Sieve, SieveMaker};
use detect::nicknames;

/// Two capitals that mostly mean something else than a person.
const NO_INITIALS: &[&str] = &[
    "AM", "AS", "DV", "EU", "GP", "HR", "HV", "ID", "IT", "NI", "NO", "OK", "OT", "PC", "PE", "PM", "RE", "SW", "TV",
    "UK", "US",
];

/// What one word of theirs is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Given,
    Family,
    Former,
    Short,
}

/// What a form that the finder does not know stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extra {
    /// Given name and surname with a dot or a line between, as in e-mail addresses and file names.
    Joined,
    /// The same with nothing between: "adaokafor2014".
    Run,
    /// A name that counts only inside an address or another value that is not theirs.
    Inside,
    /// "Adas bag".
    Possessive,
    /// "AO", "A.O.".
    Initials,
}

/// A place in a text where the person may be meant.
#[derive(Clone)]
pub(super) struct Place {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Why, in words.
    pub why: &'static str,
    /// How sure.
    pub certainty: Certainty,
    /// The single word that made it, folded, where it is one: the first name or the surname alone.
    pub alone: Option<String>,
}

/// The person, ready to be looked for.
pub(super) struct Sought {
    finder: Finder,
    words: HashMap<String, Word>,
    extras: Option<(AhoCorasick, Vec<(String, Extra)>)>,
    sieve: Option<Sieve>,
}

fn clean(text: &str) -> String {
    fold(text).trim().to_owned()
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

impl Sought {
    /// Everything under which somebody may be mentioned.
    pub fn new(person: &KnownPerson) -> Result<Self, FinderError> {
        let mut person = person.clone();
        let mut words: HashMap<String, Word> = HashMap::new();
        let mut note = |word: String, sort: Word| {
            if !word.is_empty() {
                words.entry(word).and_modify(|old| *old = (*old).min(sort)).or_insert(sort);
            }
        };
        let mut short = Vec::new();
        for name in &person.names {
            let former = name.kind == NameKind::Former;
            let given = clean(&name.given);
            note(clean(&name.family), if former { Word::Former } else { Word::Family });
            for given in [given.as_str(), first_word(&given)] {
                note(given.to_owned(), if former { Word::Former } else { Word::Given });
            }
            for nickname in nicknames(first_word(&given)) {
                note(nickname.to_owned(), Word::Short);
                short.push(PersonName {
                    given: nickname.to_owned(),
                    family: name.family.clone(),
                    kind: NameKind::Preferred,
                });
            }
        }
        person.names.extend(short);
        let extras = extras(&person.names);
        let sieve = sieve(&person, &extras);
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(extras.iter().map(|(text, _)| text));
        let finder = Finder::new(&KnownPerson::default(), &[person])?;
        Ok(Self { finder, words, extras: automaton.ok().map(|automaton| (automaton, extras)), sieve })
    }

    /// Whether a record's plain bytes are worth reading.
    pub fn may_be_in(&self, plain: &[u8]) -> bool {
        self.sieve.as_ref().is_none_or(|sieve| sieve.passes(plain))
    }

    /// Where the person may be meant in a text, in order, never overlapping.
    pub fn places(&self, text: &str) -> Vec<Place> {
        let (ours, others): (Vec<Suggestion>, Vec<Suggestion>) =
            self.finder.suggest(text).suggestions.into_iter().partition(|found| !found.people.is_empty());
        let mut places: Vec<Place> = ours.iter().filter_map(|found| self.place(text, found)).collect();
        self.add_extras(text, &others, &mut places);
        places.sort_by_key(|place| (place.range.start, std::cmp::Reverse(place.range.end)));
        places.dedup_by(|later, earlier| later.range.start < earlier.range.end);
        places
    }

    fn place(&self, text: &str, found: &Suggestion) -> Option<Place> {
        let place = |why, certainty, alone| Some(Place { range: found.range(), why, certainty, alone });
        let why = match found.kind {
            Kind::Person => {
                let written = clean(text.get(found.range())?);
                if found.explanation.starts_with("Looks like a slip") {
                    return place("Almost their name: one letter is different", Certainty::Maybe, None);
                }
                let (why, alone) = self.name_words(&written);
                return place(why, found.certainty, alone.then_some(written));
            }
            Kind::Phone => "Their telephone number",
            Kind::Email => "Their e-mail address",
            Kind::Postcode => "Their postcode",
            Kind::Address => "Their address",
            Kind::Dob => "Their date of birth",
            _ => "A number of theirs",
        };
        // A household shares its address and telephone.
        let certainty = match found.kind {
            Kind::Postcode | Kind::Address | Kind::Phone | Kind::Dob => Certainty::Likely,
            _ => found.certainty,
        };
        place(why, certainty, None)
    }

    /// What the words of a name are, and whether it is one name alone.
    fn name_words(&self, written: &str) -> (&'static str, bool) {
        if let Some(word) = self.words.get(written) {
            let why = match word {
                Word::Given => "Their first name alone",
                Word::Family => "Their surname alone",
                Word::Former => "A former name alone",
                Word::Short => "A short form of their first name",
            };
            return (why, true);
        }
        let pieces: Vec<&str> = written.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
        let sorts = || pieces.iter().filter_map(|piece| self.words.get(*piece));
        let why = if sorts().any(|sort| *sort == Word::Former) {
            "A former name"
        } else if sorts().any(|sort| *sort == Word::Short) {
            "A short form of their name, with the surname"
        } else if pieces.iter().any(|piece| piece.chars().count() == 1) {
            "An initial with a name of theirs"
        } else {
            "Their full name"
        };
        (why, false)
    }

    fn add_extras(&self, text: &str, others: &[Suggestion], places: &mut Vec<Place>) {
        let Some((automaton, extras)) = &self.extras else { return };
        let folded = Folded::new(text);
        let mut found = Vec::new();
        for hit in automaton.find_overlapping_iter(Input::new(folded.as_str())) {
            let Some((_, extra)) = extras.get(hit.pattern().as_usize()) else { continue };
            let range = folded.original(hit.range());
            let Some(written) = text.get(range.clone()) else { continue };
            let inside = others.iter().find(|other| other.start <= range.start && range.end <= other.end);
            let letters_alone = !touches(folded.as_str(), &hit.range(), char::is_alphabetic);
            let word_alone = folded.stands_alone(&hit.range());
            let capital = written.starts_with(char::is_uppercase);
            let (why, certainty) = match extra {
                Extra::Joined if letters_alone => IN_A_NAME,
                Extra::Run if letters_alone && (inside.is_some() || in_a_file_name(folded.as_str(), &hit.range())) => {
                    IN_A_NAME
                }
                Extra::Inside if letters_alone && inside.is_some_and(|other| other.kind != Kind::Person) => {
                    ("A name of theirs in an address", Certainty::Maybe)
                }
                Extra::Possessive if word_alone && capital && inside.is_none() => {
                    ("Their name as an owner's", Certainty::Maybe)
                }
                Extra::Initials if word_alone && inside.is_none() && is_capital(written) => {
                    ("Their initials", Certainty::Maybe)
                }
                _ => continue,
            };
            found.push(Place { range: inside.map_or(range, Suggestion::range), why, certainty, alone: None });
        }
        // Within one address the whole name says more than a part of it.
        found.sort_by_key(|place| (place.certainty, std::cmp::Reverse(place.range.len())));
        for new in found {
            let apart = |place: &Place| new.range.end <= place.range.start || place.range.end <= new.range.start;
            // "okafor_ada.pdf": the whole says more than the two names that were found in it.
            if new.why == IN_A_NAME.0 {
                let inside = |place: &Place| new.range.start <= place.range.start && place.range.end <= new.range.end;
                places.retain(|place| place.alone.is_none() || !inside(place));
            }
            if places.iter().all(apart) {
                places.push(new);
            }
        }
    }
}

const IN_A_NAME: (&str, Certainty) = ("Their name in an address or a file name", Certainty::Likely);

fn is_capital(written: &str) -> bool {
    written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// Whether this stands in what looks like a handle, an address or the name of a file, and not in a sentence.
fn in_a_file_name(folded: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_numeric() || matches!(c, '@' | '_' | '/' | '#' | '-');
    let ending = folded.get(range.end..).and_then(|tail| tail.strip_prefix('.'));
    touches(folded, range, joins) || ending.is_some_and(|tail| tail.starts_with(char::is_alphanumeric))
}

/// Whether such a character touches either end of the range.
fn touches(text: &str, range: &Range<usize>, is: impl Fn(char) -> bool + Copy) -> bool {
    text.get(..range.start).and_then(|head| head.chars().next_back()).is_some_and(is)
        || text.get(range.end..).and_then(|tail| tail.chars().next()).is_some_and(is)
}

fn extras(names: &[PersonName]) -> Vec<(String, Extra)> {
    let mut found: BTreeMap<String, Extra> = BTreeMap::new();
    let mut add = |text: String, extra: Extra| {
        if text.chars().count() >= 2 {
            found.entry(text).and_modify(|old| *old = (*old).min(extra)).or_insert(extra);
        }
    };
    for name in names {
        let letters = |text: &str| clean(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (given, family) = (clean(&name.given), letters(&name.family));
        let first = letters(first_word(&given));
        for word in [&first, &family] {
            if word.chars().count() >= 3 {
                add(word.clone(), Extra::Inside);
                add(format!("{word}s"), Extra::Possessive);
            }
        }
        let (Some(i), Some(f)) = (first.chars().next(), family.chars().next()) else { continue };
        let initial: String = i.to_string();
        for given in [&first, &initial] {
            if family.chars().count() >= 3 {
                for (between, extra) in
                    [("", Extra::Run), (".", Extra::Joined), ("_", Extra::Joined), ("-", Extra::Joined)]
                {
                    add(format!("{given}{between}{family}"), extra);
                    add(format!("{family}{between}{given}"), extra);
                }
            }
        }
        let (i, f) = (i.to_uppercase(), f.to_uppercase());
        let together = format!("{i}{f}");
        if !NO_INITIALS.contains(&together.as_str()) {
            add(together, Extra::Initials);
        }
        for dotted in [format!("{i}.{f}."), format!("{i}.{f}"), format!("{i}. {f}.")] {
            add(dotted, Extra::Initials);
        }
    }
    found.into_iter().collect()
}

fn sieve(person: &KnownPerson, extras: &[(String, Extra)]) -> Option<Sieve> {
    let mut maker = SieveMaker::default();
    for name in &person.names {
        let given = clean(&name.given);
        maker.name(&name.family);
        maker.name(&given);
        maker.name(first_word(&given));
    }
    for (text, extra) in extras {
        match extra {
            Extra::Joined | Extra::Run => maker.value(text),
            Extra::Possessive | Extra::Inside => maker.word(text),
            Extra::Initials => maker.initials(text),
        }
    }
    for contact in &person.contacts {
        match contact {
            Contact::Phone(number) => maker.phone(number),
            Contact::Email(value) | Contact::Identifier(value) => maker.value(value),
            Contact::AddressLine(line) => {
                let line = clean(line);
                let pieces = line.split(|c: char| !c.is_alphanumeric());
                maker.value(pieces.max_by_key(|piece| piece.len()).unwrap_or_default());
            }
            Contact::Postcode(code) => {
                let code: String = clean(code).chars().filter(|c| !c.is_whitespace()).collect();
                maker.value(&code);
                if let Some((outward, inward)) = code.len().checked_sub(3).and_then(|at| code.split_at_checked(at)) {
                    for between in [" ", r"\n"] {
                        maker.value(&format!("{outward}{between}{inward}"));
                    }
                }
            }
        }
    }
    if let Some(born) = person.born {
        let short = born.year().rem_euclid(100);
        maker.value(&born.year().to_string());
        for before in ["/", "."] {
            maker.value(&format!("{before}{short:02}"));
        }
    }
    maker.finish()
}
