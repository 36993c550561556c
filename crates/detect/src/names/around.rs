//! What stands around a word.

use super::{Look, Mark};
use crate::Ground;
use crate::lexicon::{
    ACRONYM, ARTICLE, BODY, DAY, DOES, EVERYDAY, FIRST, HELPER, KNOWN, KNOWN_FAMILY, KNOWN_GIVEN, LABEL, LAST, MONTH,
    NAME, PRONOUN, PROPER, RELATIVE, ROLE, STREET, THINGS, TITLE, TOWARDS, TOWN, WHERE, WHOSE, key,
};
use crate::words::{Gap, NOBODY, Shape, Word};

impl<'t> Look<'t> {
    pub(super) fn word(&self, at: usize) -> Option<&'t Word> {
        self.words.get(at)
    }

    pub(super) fn before(&self, at: usize) -> Option<&'t Word> {
        at.checked_sub(1).and_then(|before| self.words.get(before))
    }

    /// The next word, if only a space stands between.
    pub(super) fn next(&self, at: usize) -> Option<&'t Word> {
        self.word(at + 1).filter(|next| matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Line))
    }

    pub(super) fn next_is(&self, at: usize, traits: u32) -> bool {
        self.next(at).is_some_and(|next| next.is(traits))
    }

    /// The word before, if only a space stands between.
    pub(super) fn left(&self, at: usize) -> Option<&'t Word> {
        let word = self.word(at)?;
        if matches!(word.gap, Gap::Space | Gap::Line) { self.before(at) } else { None }
    }

    pub(super) fn left_is(&self, at: usize, traits: u32) -> bool {
        self.left(at).is_some_and(|left| left.is(traits))
    }

    pub(super) fn text_of(&self, at: usize) -> &'t str {
        self.word(at).map_or("", |word| word.text(self.text))
    }

    pub(super) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        let text = self.text_of(at);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    pub(super) fn left_title(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        let near = match self.word(at).map(|word| word.gap) {
            Some(Gap::Space | Gap::Line) => true,
            Some(Gap::Stop | Gap::Dot) => self.gap_is_dot(at),
            _ => false,
        };
        // "miss", "nurse" and the like in small letters are other words.
        let plain = !before.is(EVERYDAY) || before.capital();
        near && before.is(TITLE) && (plain || self.word(at).is_some_and(Word::capital))
    }

    /// "St Mary's", "Saint Osyth": churches, schools and towns.
    pub(super) fn saint(&self, at: usize) -> bool {
        self.left(at).is_some_and(|left| {
            let text = left.text(self.text);
            matches!(text, "St" | "Saint" | "Ss") && {
                let place = at - 1;
                !self.before(place).is_some_and(|before| {
                    before.is(FIRST | TITLE)
                        && before.capital()
                        && self.word(place).is_some_and(|word| word.gap == Gap::Space)
                })
            }
        })
    }

    /// Whether the capitals that run on from here end in what buildings, bodies and streets are called by.
    pub(super) fn in_place_name(&self, at: usize, after_given: bool) -> bool {
        let mut end = at;
        let mut body = None;
        for step in 1..6 {
            let Some(next) = self.word(at + step) else { break };
            let linked = matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Line)
                || next.gap == Gap::Other && self.text.get(next.start as usize - 1..next.start as usize) == Some("&");
            if !linked || next.gap == Gap::Line && next.begins() && !next.capital() {
                break;
            }
            let joint = next.shape == Shape::Lower && self.is_word(at + step, &["of", "and", "the", "for"]);
            if !next.capital() && !joint {
                break;
            }
            end = at + step;
            let saint = next.text(self.text) == "St"
                && self.word(end + 1).is_some_and(|after| after.gap == Gap::Space && after.capital());
            if next.capital() && next.is(BODY | STREET) && next.gap != Gap::Line && !saint {
                body = Some(end);
            }
        }
        let _ = end;
        let Some(body) = body else { return false };
        let Some(word) = self.word(at) else { return false };
        let last = self.word(body);
        // "Owen Hopkins-Heath", and "his mum Kim Hall": somebody is spoken of, not a place.
        let double = last.is_some_and(|last| last.gap == Gap::Hyphen && last.is(LAST)) && word.is(FIRST);
        let spoken_of = body <= at + 2
            && last.is_some_and(|last| last.is(LAST))
            && (word.is(FIRST) || self.slip(at).is_some())
            && (self.led(at, &[]) || self.person_follows(body));
        if double || spoken_of {
            return false;
        }
        // "Liam Church", "Ada Park": a given name and a surname that is also such a word.
        if body == at + 1 && !after_given {
            let street = last.is_some_and(|last| last.is(KNOWN_FAMILY));
            let pair = word.is(KNOWN_GIVEN) && street && self.pair_known(at, body);
            let plain = word.is(FIRST)
                && !word.is(EVERYDAY | LAST | TOWN)
                && last.is_some_and(|last| last.is(LAST) && !last.possessive());
            let number_before = self.left(at).is_some_and(|left| matches!(left.shape, Shape::Digits | Shape::Coded));
            if (pair || plain) && !number_before && !self.left_is(at, ARTICLE | WHERE) {
                return false;
            }
        }
        true
    }

    /// Whether somebody of the register has both names.
    pub(super) fn pair_known(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.word(one), self.word(other)) else { return false };
        if one.entry == NOBODY || other.entry == NOBODY {
            return false;
        }
        let others = self.register.entry(other.entry);
        self.register.entry(one.entry).iter().any(|person| others.contains(person))
    }

    /// Whether the line is written with capitals throughout, like a heading.
    pub(super) fn titled(&self, at: usize) -> bool {
        let Some(next) = self.word(at + 1) else { return false };
        let ordinary = |word: &Word| word.capital() && word.is(EVERYDAY) && !word.is(NAME | TITLE);
        let before = self.before(at);
        let linked = |word: &Word| matches!(word.gap, Gap::Space | Gap::Line);
        let right = linked(next) && ordinary(next);
        let left = self.word(at).is_some_and(linked)
            && before.is_some_and(|before| ordinary(before) && before.shape != Shape::Single && !before.begins());
        right || left && before.is_some_and(|before| !before.is(TOWARDS | LABEL | ROLE | RELATIVE))
    }

    /// Whether what follows is said of people: "Grace threw", "Will, who", "Rose and Liam".
    pub(super) fn person_follows(&self, at: usize) -> bool {
        let Some(next) = self.word(at + 1) else { return false };
        match next.gap {
            Gap::Comma => {
                let age = next.shape == Shape::Digits
                    && next.end - next.start <= 2
                    && self.word(at + 2).is_none_or(|after| matches!(after.gap, Gap::Comma | Gap::Other | Gap::Stop));
                let whose = next.is(WHOSE)
                    && self.word(at + 2).is_some_and(|after| after.is(RELATIVE | ROLE) && after.gap == Gap::Space);
                age || whose || self.is_word(at + 1, &["who", "whose", "aged", "age"])
            }
            Gap::Other => {
                let age = next.shape == Shape::Digits
                    && next.end - next.start <= 2
                    && self.text.as_bytes().get(next.end as usize) == Some(&b')');
                let between = self
                    .text
                    .get(self.word(at).map_or(0, |word| word.full_end as usize)..next.start as usize)
                    .unwrap_or_default();
                let joined = matches!(between, " & " | " + " | "+" | "&")
                    && next.capital()
                    && !next.is(PROPER | TOWN | BODY | MONTH | DAY)
                    && (next.is(NAME) || !next.is(EVERYDAY));
                let relative = between == " (" && next.is(RELATIVE | WHOSE);
                age || joined || relative || self.is_word(at + 1, &["aged", "age"]) && next.shape == Shape::Lower
            }
            Gap::Space | Gap::Line if next.shape == Shape::Lower || next.shouted => {
                if self.is_word(at + 1, &["and", "&"]) {
                    let acts = self.word(at + 3).is_some_and(|after| after.is(DOES) && after.shape == Shape::Lower);
                    return self.word(at + 2).is_some_and(|other| {
                        other.capital()
                            && !other.is(PROPER | TOWN | BODY | MONTH | DAY)
                            && (other.is(NAME) && acts || !other.is(EVERYDAY))
                    });
                }
                if next.is(HELPER) || self.is_word(at + 1, &["is", "was", "has", "had"]) {
                    let after = self.word(at + 2);
                    return after.is_some_and(|after| {
                        !after.is(ARTICLE | THINGS)
                            && !self.is_word(at + 2, &["said", "given", "needed", "in"])
                            && matches!(after.gap, Gap::Space | Gap::Line)
                    });
                }
                if next.is(DOES) {
                    return true;
                }
                let text = next.text(self.text);
                text.len() > 4 && text.ends_with("ed") && !next.is(THINGS) && !next.is(ROLE)
            }
            _ => false,
        }
    }

    /// Whether what stands before leads to a person: "his mum Rose", "saw Will", "Child: May".
    pub(super) fn led(&self, at: usize, marks: &[Mark]) -> bool {
        let (Some(word), Some(before)) = (self.word(at), self.before(at)) else { return false };
        match word.gap {
            Gap::Space | Gap::Line => {
                if before.is(RELATIVE | ROLE) && !before.is(ARTICLE) || before.is(TITLE) {
                    return true;
                }
                if word.gap == Gap::Line && before.is(LABEL) && before.capital() {
                    return true;
                }
                if self.is_word(at - 1, &["and", "&"]) {
                    return at >= 2 && marks.get(at - 2).is_some_and(|mark| mark.yes());
                }
                before.is(LABEL)
                    && before.capital()
                    && self.is_word(
                        at - 1,
                        &["dear", "hi", "hello", "hey", "hiya", "morning", "afternoon", "evening", "re"],
                    )
                    || before.is(TOWARDS) && !before.capital() && !before.is(WHERE)
                    || before.is(TOWARDS) && before.begins() && !before.is(WHERE | NAME)
            }
            Gap::Colon => before.is(LABEL | RELATIVE | ROLE) && !before.is(DAY),
            Gap::Comma => {
                before.is(RELATIVE | ROLE) && before.shape == Shape::Lower
                    || marks.get(at - 1).is_some_and(|mark| mark.yes())
                        && self.word(at + 1).is_none_or(|next| {
                            matches!(next.gap, Gap::Comma | Gap::Line | Gap::Paragraph | Gap::Stop | Gap::Other)
                                || self.is_word(at + 1, &["and"])
                        })
            }
            Gap::Paragraph | Gap::Start => false,
            Gap::Other => {
                let bytes = self.text.as_bytes();
                let opened = bytes.get(word.start as usize - 1) == Some(&b'(');
                opened && (before.is(RELATIVE | ROLE | LABEL) || bytes.get(word.full_end as usize) == Some(&b')'))
            }
            _ => before.is(LABEL) && matches!(word.gap, Gap::Stop),
        }
    }

    /// Whether an unsure word may be the name that the text shows elsewhere: at the beginning of a sentence, an everyday
    /// word needs to be followed by what follows names.
    pub(super) fn may_stand(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        if !word.begins() || !word.is(EVERYDAY) {
            return !self.next_is(at, ARTICLE | PRONOUN) || !word.begins();
        }
        if self.ends(at) || self.person_follows(at) {
            return true;
        }
        word.is(FIRST) && self.next(at).is_some_and(|next| next.capital() && next.is(LAST))
            || self.is_word(at + 1, &["and", "at", "with", "also", "then", "still", "not"]) && word.is(FIRST)
    }

    /// Whether the word stands alone on the last line, as people sign a message.
    pub(super) fn signs_off(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let kiss = |at: usize| {
            self.word(at)
                .is_none_or(|next| matches!(next.text(self.text), "x" | "xx" | "xxx") && self.word(at + 1).is_none())
        };
        at > 0 && matches!(word.gap, Gap::Line | Gap::Paragraph) && kiss(at + 1)
    }

    /// Whether a clause ends after this word.
    pub(super) fn ends(&self, at: usize) -> bool {
        self.word(at + 1).is_none_or(|next| matches!(next.gap, Gap::Stop | Gap::Paragraph | Gap::Comma | Gap::Other))
    }

    pub(super) fn slip(&self, at: usize) -> Option<(u32, u32)> {
        let word = self.word(at)?;
        if word.traits & (EVERYDAY | NAME | PROPER | ACRONYM) != 0
            || matches!(word.shape, Shape::Digits | Shape::Script)
        {
            return None;
        }
        self.register.slip(&key(word.text(self.text)))
    }

    pub(super) fn yes(&self, at: usize, otherwise: Ground) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if word.is(KNOWN) {
            return Mark::Yes(Ground::Known, word.entry);
        }
        if word.is(NAME) {
            return Mark::Yes(Ground::Listed, NOBODY);
        }
        match self.slip(at) {
            Some((_, entry)) => Mark::Yes(Ground::KnownSlip, entry),
            None => Mark::Yes(otherwise, NOBODY),
        }
    }
}

/// "Wriggling", "Mostly": unknown, but built like an English word.
pub(super) fn english_ending(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.len() > 5
        && [
            "ing", "ings", "tion", "tions", "ment", "ments", "ness", "ally", "ably", "ibly", "ously", "ively", "fully",
            "less", "able", "ible", "ology", "ised", "ized", "ising", "ivity", "ically", "ations",
        ]
        .iter()
        .any(|ending| lower.ends_with(ending))
}
