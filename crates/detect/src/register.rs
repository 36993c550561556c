//! The people that the charity knows: their names as words to look up, and their details.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::fold::fold;
use crate::lexicon::{EVERYDAY, KNOWN_FAMILY, KNOWN_GIVEN, PARTICLE, Traits, WordMap, digest, key, lexicon};
use crate::nicknames::nicknames;
use crate::slips::Slips;
use crate::words::{Known, NOBODY};

/// Somebody whom the charity knows.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The caller's own id.
    pub id: String,
    /// First name and further given names.
    pub given: String,
    /// Surname; may be empty.
    pub family: String,
    /// Other names: short, former, in another script. One word counts as given name, more as a whole name.
    pub also: Vec<String>,
    /// Who they are to somebody: "brother of Ada Okafor".
    pub relation: Option<String>,
    /// Date of birth.
    pub born: Option<Date>,
    /// Telephone numbers, e-mail addresses, NHS number and the like, in any spelling.
    pub details: Vec<String>,
}

impl Person {
    /// Given name and surname.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// All of them, ready to be looked up.
#[derive(Debug)]
pub struct Register {
    people: Vec<Person>,
    words: WordMap<Known>,
    entries: Vec<Vec<u32>>,
    /// The names, until the slips are made of them.
    names: Vec<Box<str>>,
    details: HashMap<String, Vec<u32>>,
    born: HashMap<Date, Vec<u32>>,
    slips: Slips,
    initials: HashSet<[u8; 2]>,
}

impl Register {
    pub(crate) fn new(people: Vec<Person>) -> Self {
        let words = lexicon().iter().map(|(word, traits)| (*word, (*traits, NOBODY))).collect();
        let mut register = Self {
            people: Vec::new(),
            words,
            entries: Vec::new(),
            details: HashMap::new(),
            born: HashMap::new(),
            names: Vec::new(),
            slips: Slips::default(),
            initials: HashSet::new(),
        };
        for (number, person) in people.iter().enumerate() {
            register.add(u32::try_from(number).unwrap_or(NOBODY), person);
        }
        register.people = people;
        let names = std::mem::take(&mut register.names);
        register.slips = Slips::new(names.iter().map(|name| (&**name, register.known(name).0 & EVERYDAY != 0)));
        register
    }

    fn add(&mut self, number: u32, person: &Person) {
        if let (Some(given), Some(family)) = (key(&person.given).bytes().next(), key(&person.family).bytes().next()) {
            self.initials.insert([given, family]);
        }
        self.add_name(&person.given, KNOWN_GIVEN, number);
        self.add_name(&person.family, KNOWN_FAMILY, number);
        for other in &person.also {
            match other.trim().rsplit_once(' ') {
                Some((given, family)) => {
                    self.add_name(given, KNOWN_GIVEN, number);
                    self.add_name(family, KNOWN_FAMILY, number);
                }
                None => self.add_name(other, KNOWN_GIVEN, number),
            }
        }
        if let Some(first) = person.given.split_whitespace().next() {
            for short in nicknames(first) {
                self.add_name(short, KNOWN_GIVEN, number);
            }
        }
        for detail in &person.details {
            let key = detail_key(detail);
            if key.len() >= 5 {
                self.details.entry(key).or_default().push(number);
            }
        }
        if let Some(born) = person.born {
            self.born.entry(born).or_default().push(number);
        }
    }

    fn add_name(&mut self, name: &str, traits: Traits, number: u32) {
        let pieces = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '.' | ','));
        for piece in pieces {
            let word = key(piece);
            if word.chars().count() < 2 && word.is_ascii() {
                continue;
            }
            let known = self.words.entry(digest(word.as_bytes())).or_insert((0, NOBODY));
            if known.0 & PARTICLE != 0 && traits == KNOWN_FAMILY {
                continue;
            }
            known.0 |= traits;
            if known.1 == NOBODY {
                known.1 = u32::try_from(self.entries.len()).unwrap_or(NOBODY);
                self.entries.push(Vec::new());
                self.names.push(word.into_boxed_str());
            }
            if let Some(entry) = self.entries.get_mut(known.1 as usize)
                && entry.last() != Some(&number)
            {
                entry.push(number);
            }
        }
    }

    /// Everybody, in the order they were given in.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    pub(crate) fn words(&self) -> &WordMap<Known> {
        &self.words
    }

    /// What is known about a folded word.
    pub(crate) fn known(&self, word: &str) -> Known {
        self.words.get(&digest(word.as_bytes())).copied().unwrap_or((0, NOBODY))
    }

    /// Whether somebody has these two initials.
    pub(crate) fn has_initials(&self, letters: &str) -> bool {
        let mut bytes = letters.bytes().map(|byte| byte.to_ascii_lowercase());
        matches!((bytes.next(), bytes.next()), (Some(given), Some(family)) if self.initials.contains(&[given, family]))
    }

    pub(crate) fn entry(&self, entry: u32) -> &[u32] {
        self.entries.get(entry as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn with_detail(&self, text: &str) -> &[u32] {
        self.details.get(&detail_key(text)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn born_on(&self, day: Date) -> &[u32] {
        self.born.get(&day).map_or(&[], Vec::as_slice)
    }

    /// A name of the register that this word is one slip away from: its traits and entry.
    pub(crate) fn slip(&self, word: &str) -> Option<Known> {
        self.slips.nearest(word).map(|right| self.known(right))
    }
}

/// A detail in the form in which two spellings of it are equal.
fn detail_key(detail: &str) -> String {
    let folded = fold(detail);
    if folded.contains('@') {
        return folded.split_whitespace().collect();
    }
    let plain: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let phone =
        plain.strip_prefix("0044").or_else(|| plain.strip_prefix("44")).map(|rest| rest.trim_start_matches('0'));
    match phone {
        Some(rest) if rest.len() >= 9 && rest.bytes().all(|b| b.is_ascii_digit()) => format!("0{rest}"),
        _ => plain,
    }
}
