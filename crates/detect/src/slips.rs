//! Names with one slip of the pen: a letter too many, too few, wrong, or two in the wrong order.
//!
//! Every name is kept under all its spellings with one letter left out. Two words that are one slip apart share such a
//! spelling, so a look-up costs as many tries as the word has letters, whatever the number of names.

use crate::lexicon::{WordMap, digest};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
const LONGEST: usize = 24;

#[derive(Debug, Default)]
pub(crate) struct Slips {
    names: Vec<Box<str>>,
    left_out: WordMap<Vec<u32>>,
}

impl Slips {
    pub fn new<'w>(names: impl Iterator<Item = (&'w str, bool)>) -> Self {
        let mut slips = Self::default();
        for (name, everyday) in names {
            let length = name.chars().count();
            if !(SHORTEST..=LONGEST).contains(&length) || everyday && length < 5 {
                continue;
            }
            let number = u32::try_from(slips.names.len()).unwrap_or(u32::MAX);
            shortened(name, |short| {
                slips.left_out.entry(short).or_default().push(number);
            });
            slips.names.push(name.into());
        }
        slips
    }

    /// A name one slip away from the word.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        if self.names.is_empty() || !(SHORTEST..=LONGEST).contains(&length) {
            return None;
        }
        let mut nearest = None;
        shortened(word, |short| {
            for number in self.left_out.get(&short).into_iter().flatten() {
                let name = self.names.get(*number as usize);
                if nearest.is_none() && name.is_some_and(|name| strsim::osa_distance(name, word) <= 1) {
                    nearest = name;
                }
            }
        });
        nearest.map(|name| &**name)
    }
}

/// The digests of the word, and of the word with each of its letters left out.
fn shortened(word: &str, mut each: impl FnMut(u64)) {
    each(digest(word.as_bytes()));
    let mut short = Vec::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        short.clear();
        short.extend_from_slice(word.as_bytes().get(..at).unwrap_or_default());
        short.extend_from_slice(word.as_bytes().get(at + c.len_utf8()..).unwrap_or_default());
        each(digest(&short));
    }
}
