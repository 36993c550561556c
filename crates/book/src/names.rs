//! The words of all names in memory, for finding a name that is typed another way: by a short form, with a slip of one
//! letter, or by its sound.

use std::collections::HashMap;

use records::{Card, FileId, Personal};
use rphonetic::{DoubleMetaphone, Encoder};

use crate::cards::fold;

/// Words shorter than this are looked for neither by sound nor with a slip: too many would fit.
const SHORTEST: usize = 3;
/// Letters of the sound that are compared.
const SOUND: usize = 6;

/// In which way a name is like what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// It is what was typed.
    Same,
    /// It is a short or familiar form, or what was typed is one.
    ShortForm,
    /// One letter is different.
    Slip,
    /// It sounds like what was typed.
    Sound,
}

impl Likeness {
    /// Why somebody was found, in words; empty where they have what was typed.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::ShortForm => "a short form of the name",
            Self::Slip => "one letter is different",
            Self::Sound => "sounds like it",
        }
    }
}

/// The words of names, and who has them.
#[derive(Default)]
pub(crate) struct Names {
    files: HashMap<String, Vec<FileId>>,
    sounds: HashMap<String, Vec<String>>,
}

fn words_of(card: &Card) -> Vec<String> {
    let names = std::iter::once(&card.name).chain(&card.preferred).chain(&card.former).map(Personal::for_search);
    let mut words: Vec<String> =
        names.flat_map(|name| fold(name).split([' ', '-']).map(str::to_owned).collect::<Vec<_>>()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The sounds of a word, one or two; none for a word that is no name in Latin letters.
fn sounds_of(word: &str) -> Vec<String> {
    let letters: String = word.chars().filter(|c| *c != '\'').collect();
    if letters.len() < SHORTEST || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let encoder = DoubleMetaphone::new(Some(SOUND));
    let mut sounds = vec![encoder.encode(&letters), encoder.encode_alternate(&letters)];
    sounds.dedup();
    sounds.retain(|sound| sound.len() > 1);
    sounds
}

impl Names {
    pub fn add(&mut self, file: FileId, card: &Card) {
        for word in words_of(card) {
            if !self.files.contains_key(&word) {
                for sound in sounds_of(&word) {
                    self.sounds.entry(sound).or_default().push(word.clone());
                }
            }
            self.files.entry(word).or_default().push(file);
        }
    }

    /// Takes somebody out; a word that nobody has any more goes with them.
    pub fn remove(&mut self, file: FileId, card: &Card) {
        for word in words_of(card) {
            let Some(files) = self.files.get_mut(&word) else { continue };
            files.retain(|other| *other != file);
            if !files.is_empty() {
                continue;
            }
            self.files.remove(&word);
            for sound in sounds_of(&word) {
                if let Some(words) = self.sounds.get_mut(&sound) {
                    words.retain(|other| *other != word);
                    if words.is_empty() {
                        self.sounds.remove(&sound);
                    }
                }
            }
        }
    }

    /// Who has a name like a folded word, and in which way at best.
    pub fn like(&self, word: &str, short_forms: &[&str]) -> HashMap<FileId, Likeness> {
        let mut found = HashMap::new();
        let mut note = |name: &str, likeness: Likeness| {
            for file in self.files.get(name).into_iter().flatten() {
                found.entry(*file).or_insert(likeness);
            }
        };
        note(word, Likeness::Same);
        for short in short_forms {
            note(short, Likeness::ShortForm);
        }
        if word.chars().count() > SHORTEST && word.chars().all(char::is_alphabetic) {
            for slip in one_letter_off(word) {
                note(&slip, Likeness::Slip);
            }
        }
        for sound in sounds_of(word) {
            for name in self.sounds.get(&sound).into_iter().flatten() {
                note(name, Likeness::Sound);
            }
        }
        found
    }
}

/// Every word of letters that is one slip away: a letter left out or put in, another letter, two swapped.
fn one_letter_off(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut found = Vec::new();
    for at in 0..=letters.len() {
        let (head, tail) = letters.split_at(at);
        let word = |middle: &[char], tail: &[char]| head.iter().chain(middle).chain(tail).collect::<String>();
        found.extend(('a'..='z').map(|letter| word(&[letter], tail)));
        if let [first, rest @ ..] = tail {
            found.push(word(&[], rest));
            found.extend(('a'..='z').filter(|letter| letter != first).map(|letter| word(&[letter], rest)));
            if let [second, rest @ ..] = rest {
                found.push(word(&[*second, *first], rest));
            }
        }
    }
    found
}
