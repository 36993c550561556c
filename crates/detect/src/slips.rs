//! Names with one slip of the pen: a letter too many, too few, wrong, or two in the wrong order.
//!
//! Every name is kept under all its spellings with one letter left out. Two words that are one slip apart share such a
//! spelling, so a look-up costs as many tries as the word has letters, whatever the number of names.

use std::collections::HashMap;

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
const LONGEST: usize = 24;

#[derive(Debug, Default)]
pub(crate) struct Slips {
    names: Vec<Box<str>>,
    left_out: HashMap<Box<str>, Vec<u32>>,
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
            for short in shortened(name) {
                slips.left_out.entry(short.into_boxed_str()).or_default().push(number);
            }
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
        let candidates = shortened(word).into_iter().filter_map(|short| self.left_out.get(short.as_str())).flatten();
        candidates
            .filter_map(|number| self.names.get(*number as usize))
            .find(|name| strsim::osa_distance(name, word) <= 1)
            .map(|name| &**name)
    }
}

/// The word, and the word with each of its letters left out.
fn shortened(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    for (at, c) in word.char_indices() {
        let mut short = String::with_capacity(word.len());
        short.push_str(word.get(..at).unwrap_or_default());
        short.push_str(word.get(at + c.len_utf8()..).unwrap_or_default());
        all.push(short);
    }
    all
}
