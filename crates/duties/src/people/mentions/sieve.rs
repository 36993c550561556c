//! What a text must contain before it is worth reading: cheap, and never narrower than the search itself.
//!
//! One letter wrong is looked for by writing out every spelling that is one letter off. (Halves of a name, one of which a
//! slip leaves whole, would do as well, but the halves of "Okafor" are "oka" and "for", and "for" stands in every text.)

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input};
use papers::fold::fold;

/// Names shorter than this are not looked for with a wrong letter.
pub(super) const SHORTEST_FUZZY: usize = 5;
/// Pieces up to this length count only as whole words: "al" stands in most texts.
const SHORT: usize = 4;
/// Up to so many needles the fastest machine is built; past that the one that needs less memory.
const FEW: usize = 20_000;

/// How a needle counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Counts {
    /// Wherever it stands.
    Anywhere,
    /// Where no letter touches it.
    AsWord,
    /// The same, with these capitals.
    AsWritten,
}

/// The sieve.
pub(super) struct Sieve {
    needles: AhoCorasick,
    counts: Vec<Counts>,
    written: Vec<String>,
    /// The last digits of telephone numbers, which are written with spaces anywhere.
    phones: Vec<Vec<u8>>,
}

/// Collects what a sieve lets through.
#[derive(Default)]
pub(super) struct SieveMaker {
    needles: BTreeMap<String, Counts>,
    phones: Vec<Vec<u8>>,
}

impl SieveMaker {
    fn add(&mut self, needle: String, counts: Counts) {
        if !needle.is_empty() {
            self.needles.entry(needle).and_modify(|old| *old = (*old).min(counts)).or_insert(counts);
        }
    }

    /// Everything that can stand for one word of a name, also misspelt.
    pub fn name(&mut self, name: &str) {
        for piece in fold(name).split(|c: char| !c.is_alphanumeric()) {
            match piece.chars().count() {
                0 | 1 => {}
                2..=SHORT => {
                    self.add(piece.to_owned(), Counts::AsWord);
                    self.add(format!("{piece}s"), Counts::AsWord);
                }
                _ => self.add(piece.to_owned(), Counts::Anywhere),
            }
        }
        let whole = fold(name).trim().to_owned();
        if whole.chars().all(char::is_alphabetic) && whole.chars().count() >= SHORTEST_FUZZY {
            for slip in one_letter_off(&whole) {
                // A slip in a longer word is another word.
                self.add(slip, Counts::AsWord);
            }
        }
    }

    /// A value that stands in texts as it is, but for case: an e-mail address, a line of an address.
    pub fn value(&mut self, value: &str) {
        self.add(fold(value).trim().to_owned(), Counts::Anywhere);
    }

    /// A word that counts only where no letter touches it.
    pub fn word(&mut self, word: &str) {
        self.add(word.to_owned(), Counts::AsWord);
    }

    /// Initials with these capitals.
    pub fn initials(&mut self, initials: &str) {
        self.add(initials.to_owned(), Counts::AsWritten);
    }

    /// A telephone number in any grouping.
    pub fn phone(&mut self, number: &str) {
        let digits: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).collect();
        if digits.len() >= 7 {
            self.phones.push(digits[digits.len().saturating_sub(9)..].to_vec());
        }
    }

    /// The sieve; none where there are more needles than one can hold: then every text is read.
    pub fn finish(self) -> Option<Sieve> {
        let (written, counts): (Vec<String>, Vec<Counts>) = self.needles.into_iter().unzip();
        let kind = (written.len() <= FEW).then_some(AhoCorasickKind::DFA);
        let needles = AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(&written).ok()?;
        Some(Sieve { needles, counts, written, phones: self.phones })
    }
}

impl Sieve {
    /// Whether a record's plain bytes may hold what is looked for.
    pub fn passes(&self, plain: &[u8]) -> bool {
        if self.finds(plain) {
            return true;
        }
        // Accents, special spaces and dashes hide a name from a search of bytes.
        !plain.is_ascii() && std::str::from_utf8(plain).map_or(true, |text| self.finds(fold(text).as_bytes()))
    }

    fn finds(&self, plain: &[u8]) -> bool {
        let hits = self.needles.find_overlapping_iter(Input::new(plain));
        let mut hits = hits.map(|hit| (hit.pattern().as_usize(), hit.range()));
        hits.any(|(at, range)| match self.counts.get(at) {
            Some(Counts::AsWord) => is_word(plain, &range),
            Some(Counts::AsWritten) => {
                is_word(plain, &range) && plain.get(range) == self.written.get(at).map(String::as_bytes)
            }
            _ => true,
        }) || self.phones.iter().any(|digits| has_number(plain, digits))
    }
}

/// Whether no letter touches the range. Inside JSON the letter of an escape (`\n`) is none.
fn is_word(plain: &[u8], range: &std::ops::Range<usize>) -> bool {
    let byte = |at: Option<usize>| at.and_then(|at| plain.get(at)).copied();
    let before = byte(range.start.checked_sub(1)).is_some_and(|b| b.is_ascii_alphabetic())
        && byte(range.start.checked_sub(2)) != Some(b'\\');
    !before && !byte(Some(range.end)).is_some_and(|b| b.is_ascii_alphabetic())
}

/// Whether these digits stand in the text, with only spaces, dots, dashes and brackets between them.
fn has_number(plain: &[u8], digits: &[u8]) -> bool {
    let Some((last, rest)) = digits.split_last() else { return false };
    memchr::memchr_iter(*last, plain).any(|end| {
        let mut wanted = rest.iter().rev().peekable();
        for byte in plain.iter().take(end).rev() {
            match (wanted.peek(), byte) {
                (None, _) => return true,
                (Some(digit), byte) if *digit == byte => {
                    wanted.next();
                }
                (_, b' ' | b'-' | b'.' | b'(' | b')' | b'/') => {}
                _ => return false,
            }
        }
        wanted.peek().is_none()
    })
}

/// Every word of letters that is one slip away: a letter left out, doubled or put in, another letter, two swapped.
pub(super) fn one_letter_off(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut found = Vec::new();
    for at in 0..=letters.len() {
        let (head, tail) = letters.split_at(at);
        let word = |middle: &[char], tail: &[char]| head.iter().chain(middle).chain(tail).collect::<String>();
        for letter in 'a'..='z' {
            found.push(word(&[letter], tail));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sieve() -> Sieve {
        let mut maker = SieveMaker::default();
        maker.name("Al");
        maker.name("Okafor");
        maker.initials("AO");
        maker.phone("+44 (0)7700 900123");
        maker.finish().unwrap()
    }

    #[test]
    fn what_may_be_a_mention_passes_and_everyday_text_does_not() {
        let sieve = sieve();
        for text in [
            "OKAFOR",
            "an okfor",
            "kOafor",
            "okaffor",
            "Al said",
            r"then\nAl",
            "Als bag",
            "AO rang",
            "0770 0900 123",
            "07700-900123",
            "Ọkafọ\u{301}r",
            "mail okafor@x",
            "okaforalex",
        ] {
            assert!(sieve.passes(text.as_bytes()), "{text}");
        }
        for text in ["also for all", "ao", "AOK", "07700 900124", "naïve and false", "for the oka", "ookkafor"] {
            assert!(!sieve.passes(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn one_letter_off_is_all_that_strsim_calls_one_off() {
        let off = one_letter_off("okafor");
        for slip in ["kafor", "okafo", "okafr", "okaforr", "xokafor", "okxafor", "okufor", "oakfor", "okafro"] {
            assert!(off.iter().any(|word| word == slip), "{slip}");
        }
    }
}
