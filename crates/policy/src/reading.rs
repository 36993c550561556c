//! How hard a text is to read: words a sentence and the Flesch-Kincaid grade. English only, and an estimate.

use crate::sentence::words;

/// Counts over a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// Sentences.
    pub sentences: usize,
    /// Words.
    pub words: usize,
    /// Syllables, estimated from the spelling.
    pub syllables: usize,
}

impl Measure {
    /// Adds one sentence.
    pub fn add(&mut self, sentence: &str) {
        self.sentences += 1;
        for word in words(sentence) {
            self.words += 1;
            self.syllables += syllables(word);
        }
    }

    /// Words a sentence; nought for an empty text.
    pub fn words_per_sentence(&self) -> f64 {
        ratio(self.words, self.sentences)
    }

    /// The Flesch-Kincaid grade: 0.39 × words a sentence + 11.8 × syllables a word − 15.59. Nought for an empty text.
    pub fn grade(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let by_word = 11.8 * ratio(self.syllables, self.words);
        0.39f64.mul_add(self.words_per_sentence(), by_word) - 15.59
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let part = f64::from(u32::try_from(part).unwrap_or(u32::MAX));
    let whole = f64::from(u32::try_from(whole).unwrap_or(u32::MAX));
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Vowel groups, less a silent final e; at least one.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let is_vowel = |each: char| matches!(each, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut groups = 0;
    let mut in_group = false;
    for each in word.chars() {
        groups += usize::from(is_vowel(each) && !in_group);
        in_group = is_vowel(each);
    }
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"))
        || (word.ends_with("es")
            && !["ses", "xes", "zes", "ches", "shes", "ces", "ges"].iter().any(|end| word.ends_with(end)));
    let groups: usize = groups;
    if silent && groups > 1 { groups - 1 } else { groups.max(1) }
}
