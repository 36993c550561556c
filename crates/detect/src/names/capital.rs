//! Words with a capital.

use super::{Look, Mark};
use crate::Ground;
use crate::lexicon::{
    ACRONYM, ARTICLE, BEFORE_MONTH, BODY, DAY, DOES, EVERYDAY, FIRST, KNOWN_GIVEN, LAST, MONTH, NAME, PARTICLE,
    PRONOUN, PROPER, RELATIVE, ROLE, SPEAKS, STREET, TITLE, TOWN, WHERE,
};
use crate::words::{Gap, NOBODY, Shape, Word};

/// Where in a sentence a word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the beginning of a sentence, a line or a heading: a capital says little.
    Begins,
    /// Within a sentence: a capital says much.
    Within,
    /// After a word that is a name.
    AfterName,
}

/// What stands around a word, looked at once.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    pub place: Place,
    /// What follows is said of people.
    pub person: bool,
    /// What stands before leads to a person.
    pub led: bool,
}

impl Signs {
    pub fn begins(self) -> bool {
        self.place == Place::Begins
    }

    pub fn after_name(self) -> bool {
        self.place == Place::AfterName
    }
}

impl Look<'_> {
    /// `Okafor`, `McDonald`.
    pub(super) fn capital(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes());
        let initial = word.gap == Gap::Stop
            && self.before(at).is_some_and(|before| before.shape == Shape::Single)
            && self.gap_is_dot(at);
        let tight = matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Under | Gap::Cut) || initial;
        let after_name = before_yes && tight;
        if let Some(mark) = self.after_title_or_name(at, after_name, marks) {
            return mark;
        }
        if self.saint(at) || self.in_place_name(at, false) {
            return Mark::No;
        }
        if word.is(DAY) || word.is(ACRONYM | TITLE) && !word.is(NAME) {
            return Mark::No;
        }
        let place = match () {
            () if after_name => Place::AfterName,
            () if word.begins() || self.titled(at) => Place::Begins,
            () => Place::Within,
        };
        let person = self.person_follows(at) || word.possessive() && !word.is(EVERYDAY | BODY | RELATIVE);
        self.by_what_it_is(at, Signs { place, person, led: self.led(at, marks) })
    }

    /// "Mrs Okafor", "Ada Church", "Lily-Mae": decided by the word before.
    fn after_title_or_name(&self, at: usize, after_name: bool, marks: &[Mark]) -> Option<Mark> {
        let word = self.word(at)?;
        let title = self.left_title(at);
        if word.gap == Gap::Hyphen && !after_name && !word.is(NAME) && !self.after_hyphened_particle(at, marks) {
            return Some(Mark::No);
        }
        let before = self.before(at);
        let saint = word.text(self.text) == "St"
            && word.gap == Gap::Space
            && self.next(at).is_some_and(|next| next.capital() && next.is(LAST | FIRST));
        if saint && (title || after_name && before.is_some_and(|before| before.is(FIRST))) {
            return Some(Mark::Yes(Ground::Around, NOBODY));
        }
        if title && (word.is(LAST) || !word.is(BODY)) {
            return Some(if word.is(PARTICLE) && !word.is(NAME) { Mark::No } else { self.yes(at, Ground::Around) });
        }
        if self.after_hyphened_particle(at, marks) {
            return Some(self.yes(at, Ground::Around));
        }
        if !after_name {
            return None;
        }
        let before = before?;
        let slip = || !before.is(NAME | EVERYDAY) && self.slip(at - 1).is_some();
        let goes_on = before.is(FIRST)
            || before.shape == Shape::Single
            || before.is(LAST) && (!word.is(EVERYDAY) || word.gap == Gap::Hyphen)
            || slip();
        if word.is(LAST) && goes_on && !self.in_place_name(at, true) || word.gap == Gap::Hyphen && word.is(FIRST) {
            return Some(self.yes(at, Ground::Around));
        }
        self.everyday_surname(at, before).then(|| self.yes(at, Ground::Around))
    }

    /// "Joanne Tidy rang": after a plain given name, an everyday word with a capital that ends there is a surname.
    fn everyday_surname(&self, at: usize, before: &Word) -> bool {
        let Some(word) = self.word(at) else { return false };
        let plain = word.is(EVERYDAY)
            && !word.is(BODY
                | STREET
                | DAY
                | MONTH
                | ROLE
                | RELATIVE
                | PRONOUN
                | ARTICLE
                | WHERE
                | TITLE
                | ACRONYM
                | DOES
                | PROPER);
        let given = before.is(FIRST) && !before.is(EVERYDAY) && before.capital() && !before.possessive();
        let ends = self.ends(at) || self.next(at).is_some_and(|next| next.is(DOES) && next.shape == Shape::Lower);
        word.shape == Shape::Capital && word.gap == Gap::Space && plain && given && ends
    }

    /// "Noor-ul-Ain".
    fn after_hyphened_particle(&self, at: usize, marks: &[Mark]) -> bool {
        let hyphen = |at: usize| self.word(at).is_some_and(|word| word.gap == Gap::Hyphen);
        at >= 2
            && hyphen(at)
            && hyphen(at - 1)
            && self.word(at - 1).is_some_and(|word| word.is(PARTICLE))
            && marks.get(at - 2).is_some_and(|mark| mark.yes())
    }

    fn by_what_it_is(&self, at: usize, signs: Signs) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let after_name = signs.after_name();
        let surname = || if after_name && word.is(LAST) { self.yes(at, Ground::Around) } else { Mark::No };
        if word.is(RELATIVE) && (!word.is(NAME) || word.is(EVERYDAY)) && !after_name {
            // "Nana" and "Bibi" are relatives where nothing makes them names.
            let whole = word.is(NAME) && self.next(at).is_some_and(|next| next.capital() && next.is(LAST));
            return if whole { self.yes(at, Ground::Around) } else { Mark::No };
        }
        if word.is(MONTH) {
            return self.month(at, signs);
        }
        if word.is(PROPER) && !word.is(KNOWN_GIVEN) {
            let firm =
                word.is(NAME) && (self.left_is(at, RELATIVE | ROLE) || self.next_is(at, SPEAKS) && !signs.begins());
            return if firm { self.yes(at, Ground::Around) } else { surname() };
        }
        if word.is(TOWN) {
            return self.town(at, signs);
        }
        if word.is(BODY) && !word.is(FIRST) {
            return surname();
        }
        match (word.is(NAME), word.is(EVERYDAY)) {
            (true, false) => self.yes(at, Ground::Listed),
            (true, true) => self.ambiguous(at, signs),
            (false, true) => Mark::No,
            (false, false) => self.unknown(at, signs),
        }
    }

    /// May, June, April, August.
    fn month(&self, at: usize, signs: Signs) -> Mark {
        let Signs { person, led, .. } = signs;
        let begins = signs.begins();
        let Some(word) = self.word(at) else { return Mark::No };
        if !word.is(NAME) {
            return Mark::No;
        }
        if self.word(at + 1).is_some_and(|next| next.gap == Gap::Hyphen && next.shape != Shape::Digits) {
            return self.yes(at, Ground::Around);
        }
        let number = |word: Option<&Word>| word.is_some_and(|word| matches!(word.shape, Shape::Digits | Shape::Coded));
        let dated = number(self.left(at))
            || number(self.next(at))
            || self.next_is(at, MONTH)
            || self.left_is(at, MONTH | DAY)
            || self.is_word(at + 1, &["half", "be", "we", "i", "and"]) && begins
            || self.is_word(at + 1, &["and"]) && self.word(at + 2).is_some_and(|other| other.is(MONTH))
            || self.is_word(at.wrapping_sub(1), &["and", "or"])
                && at >= 2
                && self.word(at - 2).is_some_and(|other| other.is(MONTH));
        let month_before = self.left_is(at, BEFORE_MONTH | WHERE)
            && !self.is_word(at.wrapping_sub(1), &["to", "from", "for", "of", "with", "by"]);
        if dated || month_before && !person {
            return Mark::No;
        }
        if self
            .word(at + 1)
            .is_some_and(|next| next.gap == Gap::Space && next.capital() && next.is(LAST) && !next.is(DAY | MONTH))
        {
            return self.yes(at, Ground::Around);
        }
        let outright = self.next(at).is_some_and(|next| next.is(SPEAKS)) || word.possessive() && !begins;
        if led || person && (!begins || outright || self.is_word(at + 1, &["is", "was", "has", "had"])) || outright {
            return self.yes(at, Ground::Around);
        }
        if begins || month_before { Mark::Maybe } else { self.maybe_known(at) }
    }

    fn maybe_known(&self, at: usize) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let place_before = self.left_is(at, WHERE | BEFORE_MONTH);
        if word.is(KNOWN_GIVEN) && !place_before { self.yes(at, Ground::Around) } else { Mark::Maybe }
    }

    /// Preston, Jordan, Chelsea: a name and a place.
    fn town(&self, at: usize, signs: Signs) -> Mark {
        let Signs { person, led, .. } = signs;
        let Some(word) = self.word(at) else { return Mark::No };
        if !word.is(NAME) {
            return Mark::No;
        }
        let next_name = self
            .next(at)
            .is_some_and(|next| next.capital() && next.is(LAST) && !next.is(BODY | STREET) && word.is(FIRST));
        if led || person || next_name {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, WHERE) && !self.is_word(at.wrapping_sub(1), &["to", "towards"]) || self.left_is(at, ARTICLE)
        {
            return Mark::Maybe;
        }
        if word.is(FIRST) && !signs.begins() { self.yes(at, Ground::Listed) } else { Mark::Maybe }
    }
}
