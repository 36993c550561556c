//! Which words are names of people: what a word can be, how it is written, and what stands on either side of it.
//!
//! Two looks: the first takes what is plain where it stands; the second takes what the first found elsewhere in the
//! same text. "Hope was the theme" is no person, unless the text has shown that Hope is one.

mod ambiguous;
mod around;
mod capital;
mod lower;
mod short;

use crate::lexicon::{
    EVERYDAY, FIRST, KNOWN, LABEL, LAST, NAME, PARTICLE, RELATIVE, ROLE, SPEAKS, TITLE, TOWARDS, digest, key,
};
use crate::register::Register;
use crate::tables::Columns;
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground};

/// What is thought of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// No name.
    No,
    /// A name if the text shows so elsewhere.
    Maybe,
    /// A name.
    Yes(Ground, u32),
}

impl Mark {
    pub fn yes(self) -> bool {
        matches!(self, Self::Yes(..))
    }
}

struct Look<'t> {
    text: &'t str,
    words: &'t [Word],
    register: &'t Register,
    columns: &'t Columns,
    taken: &'t [Finding],
}

/// Marks the words of a text.
pub(crate) fn find(
    text: &str,
    words: &[Word],
    register: &Register,
    columns: &Columns,
    taken: &[Finding],
    marks: &mut Vec<Mark>,
) {
    marks.clear();
    marks.resize(words.len(), Mark::No);
    let look = Look { text, words, register, columns, taken };
    let mut taken = taken.iter().peekable();
    let (mut unsure, mut named_without_list) = (false, false);
    for (at, word) in words.iter().enumerate() {
        while taken.next_if(|one| one.end <= word.start as usize).is_some() {}
        if taken.peek().is_some_and(|one| one.start < word.full_end as usize) {
            continue;
        }
        if word.shape == Shape::Lower && word.traits & (NAME | PARTICLE) == 0 && columns.is_empty() {
            // The most frequent case: a plain word. Unknown ones count only in a few places.
            if word.traits != 0 || !look.unknown_lower_may_count(at) {
                continue;
            }
        }
        let mark = look.judge(at, marks);
        unsure |= mark == Mark::Maybe;
        named_without_list |= mark.yes() && word.traits == 0;
        if let Some(place) = marks.get_mut(at) {
            *place = mark;
        }
    }
    if unsure || named_without_list {
        second_look(&look, marks);
    }
}

/// Takes what was unsure where the same word is a name elsewhere.
fn second_look(look: &Look, marks: &mut [Mark]) {
    let said = look.words.iter().zip(marks.iter()).filter(|(word, mark)| mark.yes() && word.shape != Shape::Single);
    let mut names: Vec<(u64, u32)> = said.map(|(word, _)| (word.digest, word.entry)).collect();
    if names.is_empty() {
        return;
    }
    names.sort_by_key(|name| name.0);
    // The last of several with one digest.
    let entry_of = |digest: u64| {
        let after = names.partition_point(|name| name.0 <= digest);
        names.get(after.checked_sub(1)?).filter(|name| name.0 == digest).map(|name| name.1)
    };
    let mut initials = None;
    let unlisted = look.words.iter().zip(marks.iter()).any(|(word, mark)| mark.yes() && word.traits == 0);
    for at in 0..marks.len() {
        let Some(word) = look.words.get(at) else { break };
        // "kyran", when the text has shown that this is one.
        if unlisted
            && word.traits == 0
            && marks.get(at) == Some(&Mark::No)
            && word.end - word.start >= 4
            && matches!(word.shape, Shape::Lower | Shape::Upper)
            && entry_of(word.digest).is_some()
            && let Some(place) = marks.get_mut(at)
        {
            *place = Mark::Yes(Ground::Elsewhere, NOBODY);
            continue;
        }
        if marks.get(at) == Some(&Mark::Maybe)
            && let Some(entry) = entry_of(word.digest)
            && look.may_stand(at)
            && let Some(place) = marks.get_mut(at)
        {
            *place = Mark::Yes(Ground::Elsewhere, entry);
        } else if marks.get(at) == Some(&Mark::Maybe)
            && word.shape == Shape::Upper
            && word.end - word.start == 2
            && look.stands_for_person(at)
            && initials.get_or_insert_with(|| initials_of(look, marks)).contains(&word.digest)
            && let Some(place) = marks.get_mut(at)
        {
            *place = Mark::Yes(Ground::Elsewhere, NOBODY);
        }
    }
}

/// The initials of the names of two words that were found.
fn initials_of(look: &Look, marks: &[Mark]) -> Vec<u64> {
    let first = |word: &Word| {
        word.text(look.text).bytes().next().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_lowercase())
    };
    let pairs = look.words.windows(2).zip(marks.windows(2));
    pairs
        .filter_map(|(words, marks)| match (words, marks) {
            ([given, family], [one, other]) if one.yes() && other.yes() && family.gap == Gap::Space => {
                Some(digest(&[first(given)?, first(family)?]))
            }
            _ => None,
        })
        .collect()
}

impl Look<'_> {
    /// Whether an unknown word in small letters stands where names stand.
    fn unknown_lower_may_count(&self, at: usize) -> bool {
        if self.word(at).is_some_and(|word| word.shouted) {
            return true;
        }
        let Some(left) = self.before(at) else { return self.next_is(at, SPEAKS) };
        self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY))
            || left.is(TITLE | RELATIVE)
            || left.is(TOWARDS)
            || self.next_is(at, SPEAKS)
            || left.is(FIRST)
            || left.is(PARTICLE)
    }

    fn judge(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if self.columns.names(word.start as usize) && !matches!(word.shape, Shape::Digits | Shape::Coded) {
            let heading = word.is(LABEL | ROLE | RELATIVE) && !word.is(NAME);
            return if heading || (word.is(EVERYDAY) && word.shape == Shape::Lower && !word.is(NAME)) {
                Mark::No
            } else {
                self.yes(at, Ground::Column)
            };
        }
        match word.shape {
            Shape::Digits => Mark::No,
            Shape::Coded => self.coded(at, marks),
            Shape::Script => self.script(at),
            Shape::Single => self.single(at, marks),
            Shape::Upper if !word.shouted => self.upper(at, marks),
            Shape::Capital | Shape::Mixed if !word.shouted => self.capital(at, marks),
            _ => self.lower(at, marks),
        }
    }

    /// `L1am`, `0kafor`: read badly from paper.
    fn coded(&self, at: usize, marks: &[Mark]) -> Mark {
        let text = self.text_of(at);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if text.len() < 4 || digits * 2 > text.len() {
            return Mark::No;
        }
        let confusable = text.bytes().all(|byte| byte.is_ascii_alphabetic() || b"01358".contains(&byte));
        let after_name = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && self.word(at).is_some_and(|word| word.gap == Gap::Space);
        if confusable && digits <= 2 && (self.left_title(at) || after_name) {
            return Mark::Yes(Ground::Around, NOBODY);
        }
        for one in ['l', 'i'] {
            let read: String = text
                .chars()
                .map(|c| match c {
                    '0' => 'o',
                    '1' => one,
                    '3' => 'e',
                    '5' => 's',
                    '8' => 'b',
                    c => c,
                })
                .collect();
            let (traits, entry) = self.register.known(&key(&read));
            if traits & NAME != 0 && traits & EVERYDAY == 0 {
                return Mark::Yes(if traits & KNOWN != 0 { Ground::KnownSlip } else { Ground::Listed }, entry);
            }
        }
        Mark::No
    }

    /// A word of another script.
    fn script(&self, at: usize) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if word.is(KNOWN) {
            return Mark::Yes(Ground::Known, word.entry);
        }
        let text = self.text_of(at);
        if crate::relatives::in_script(text).is_some() {
            return Mark::No;
        }
        let cased = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_lowercase());
        if cased {
            let capital = text.chars().next().is_some_and(char::is_uppercase);
            return if capital && self.script_run(at) <= 12 { Mark::Yes(Ground::Script, NOBODY) } else { Mark::No };
        }
        // No capitals to go by: a few words within another script are most often a name.
        let letters = text.chars().count();
        if self.script_run(at) <= 5 && letters <= 12 { Mark::Yes(Ground::Script, NOBODY) } else { Mark::No }
    }

    /// How many words of another script stand side by side here.
    fn script_run(&self, at: usize) -> usize {
        let script = |word: &Word| word.shape == Shape::Script;
        let before =
            self.words.get(..at).unwrap_or_default().iter().rev().take(16).take_while(|word| script(word)).count();
        let after = self.words.get(at..).unwrap_or_default().iter().take(16).take_while(|word| script(word)).count();
        before + after
    }
}
