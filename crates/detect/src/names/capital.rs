//! Words with a capital.

use super::around::english_ending;
use super::{Look, Mark};
use crate::lexicon::{
    ACRONYM, ARTICLE, BEFORE_MONTH, BODY, DAY, EVERYDAY, FIRST, HELPER, KNOWN_FAMILY, KNOWN_GIVEN, LAST, MESSAGE,
    MONTH, NAME, PARTICLE, PREFIX, PRONOUN, PROPER, RELATIVE, SPEAKS, STREET, THINGS, TITLE, TOWARDS, TOWN, WHERE,
};
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Ground, Kind};

impl Look<'_> {
    /// `Okafor`, `McDonald`.
    pub(super) fn capital(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let begins = word.begins() || self.titled(at);
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Under | Gap::Cut);
        let title = self.left_title(at);
        if word.gap == Gap::Hyphen && !before_yes && !word.is(NAME) {
            return Mark::No;
        }
        let saint_name = word.text(self.text) == "St"
            && word.gap == Gap::Space
            && self.next(at).is_some_and(|next| next.capital() && next.is(LAST | FIRST));
        if saint_name && (title || before_yes && self.before(at).is_some_and(|before| before.is(FIRST))) {
            return Mark::Yes(Ground::Around, NOBODY);
        }
        if title && !word.is(BODY) || title && word.is(LAST) {
            return if word.is(PARTICLE) && !word.is(NAME) { Mark::No } else { self.yes(at, Ground::Around) };
        }
        if self.saint(at) {
            return Mark::No;
        }
        let goes_on = self.before(at).is_some_and(|before| {
            let slip = !before.is(NAME | EVERYDAY) && self.slip(at - 1).is_some();
            before.is(FIRST)
                || slip
                || before.shape == Shape::Single
                || before.is(LAST) && (!word.is(EVERYDAY) || word.gap == Gap::Hyphen)
        });
        if before_yes && word.is(LAST) && goes_on && !self.in_place_name(at, true) {
            return self.yes(at, Ground::Around);
        }
        let hyphen_first = before_yes && word.gap == Gap::Hyphen && word.is(FIRST);
        if hyphen_first {
            return self.yes(at, Ground::Around);
        }
        if self.in_place_name(at, false) {
            return Mark::No;
        }
        if word.is(DAY) || (word.is(ACRONYM) && !word.is(NAME)) || (word.is(TITLE) && !word.is(NAME)) {
            return Mark::No;
        }
        let person = self.person_follows(at) || word.possessive() && !word.is(EVERYDAY | BODY | RELATIVE);
        let led = self.led(at, marks);
        if word.is(RELATIVE) && (!word.is(NAME) || word.is(EVERYDAY)) && !before_yes {
            // "Nana" and "Bibi" are relatives where nothing makes them names.
            return if word.is(NAME) && self.next(at).is_some_and(|next| next.capital() && next.is(LAST)) {
                self.yes(at, Ground::Around)
            } else {
                Mark::No
            };
        }
        if word.is(MONTH) {
            return self.month(at, begins, person, led);
        }
        if word.is(PROPER) && !word.is(KNOWN_GIVEN) {
            let firm = word.is(NAME) && (led || person && !begins) && !self.left_is(at, WHERE);
            return if firm || before_yes && word.is(LAST) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        if word.is(TOWN) {
            return self.town(at, begins, person, led);
        }
        if word.is(BODY) && !word.is(FIRST) {
            return if before_yes && word.is(LAST) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        match (word.is(NAME), word.is(EVERYDAY)) {
            (true, false) => self.yes(at, Ground::Listed),
            (true, true) => self.ambiguous(at, begins, person, led, before_yes, marks),
            (false, true) => Mark::No,
            (false, false) => self.unknown(at, begins, person, led, before_yes),
        }
    }

    /// May, June, April, August.
    pub(super) fn month(&self, at: usize, begins: bool, person: bool, led: bool) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if !word.is(NAME) {
            return Mark::No;
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

    pub(super) fn maybe_known(&self, at: usize) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let place_before = self.left_is(at, WHERE | BEFORE_MONTH);
        if word.is(KNOWN_GIVEN) && !place_before { self.yes(at, Ground::Around) } else { Mark::Maybe }
    }

    /// Preston, Jordan, Chelsea: a name and a place.
    pub(super) fn town(&self, at: usize, begins: bool, person: bool, led: bool) -> Mark {
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
        if word.is(FIRST) && !begins { self.yes(at, Ground::Listed) } else { Mark::Maybe }
    }

    /// A name that is also an everyday word.
    pub(super) fn ambiguous(
        &self,
        at: usize,
        begins: bool,
        person: bool,
        led: bool,
        before_yes: bool,
        marks: &[Mark],
    ) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let helper = word.is(HELPER);
        let next_last = self.word(at + 1).is_some_and(|next| {
            matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Under)
                && next.capital()
                && !next.is(DAY | MONTH | BODY | PRONOUN)
                && (next.is(LAST) && (!next.is(FIRST) || !helper)
                    || next.is(PARTICLE)
                    || !next.is(EVERYDAY | NAME | PROPER | TOWN | ACRONYM | TITLE | RELATIVE)
                        && !helper
                        && next.gap != Gap::Under)
        });
        let next_dotted = self.word(at + 1).is_some_and(|next| {
            next.gap == Gap::Comma && next.capital() && next.is(FIRST) && word.is(LAST) && self.pair_known(at + 1, at)
        });
        if word.is(FIRST) && next_last || next_dotted {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, ARTICLE) {
            let family = self.is_word(
                at + 1,
                &["family", "family's", "household", "siblings", "children", "boys", "girls", "twins"],
            ) && word.is(LAST);
            return if family { self.yes(at, Ground::Around) } else { Mark::No };
        }
        let next_hyphen =
            self.word(at + 1).is_some_and(|next| next.gap == Gap::Hyphen && next.capital() && next.is(FIRST));
        if before_yes && word.gap == Gap::Hyphen
            || word.is(FIRST) && next_hyphen
            || self.left_is(at, PARTICLE)
                && word.is(LAST)
                && self.left(at).is_some_and(|left| !left.is(ARTICLE | WHERE) && !left.begins())
                && at >= 2
                && self.word(at - 2).is_some_and(|before| before.capital() || before.is(PARTICLE))
        {
            return self.yes(at, Ground::Around);
        }
        if begins {
            let labelled = led && matches!(word.gap, Gap::Colon | Gap::Line | Gap::Other)
                || led && self.titled(at) && !word.begins();
            if word.is(FIRST) {
                let outright = self.next(at).is_some_and(|next| next.is(SPEAKS) && next.shape == Shape::Lower);
                let owns = word.possessive() && !word.is(DAY);
                if self.next_is(at, HELPER) && self.word(at + 2).is_some_and(|after| after.is(ARTICLE)) {
                    return Mark::No;
                }
                if labelled
                    || person && (!helper || outright || self.is_word(at + 1, &["is", "was", "has", "had"]))
                    || owns && word.is(KNOWN_GIVEN)
                {
                    return self.yes(at, Ground::Around);
                }
                return Mark::Maybe;
            }
            return if labelled || word.is(KNOWN_FAMILY) && self.next_is(at, SPEAKS) && !self.next_is(at, THINGS) {
                self.yes(at, Ground::Around)
            } else {
                Mark::Maybe
            };
        }
        if word.is(FIRST) {
            let joined = self.next(at).is_some_and(|next| {
                next.capital() && next.is(EVERYDAY) && !next.is(NAME) && next.shape != Shape::Single
            });
            return if joined { Mark::Maybe } else { self.yes(at, Ground::Around) };
        }
        let alone = self.next(at).is_none_or(|next| !next.capital())
            && self.left(at).is_none_or(|left| !left.capital() || left.begins());
        let _ = marks;
        if alone && (led || person || word.possessive()) { self.yes(at, Ground::Around) } else { Mark::Maybe }
    }

    /// Whether it follows an address after a comma: a town.
    pub(super) fn after_address(&self, at: usize) -> bool {
        let (Some(word), Some(before)) = (self.word(at), self.before(at)) else { return false };
        if word.gap != Gap::Comma {
            return false;
        }
        let end = before.full_end as usize;
        let next = self.taken.partition_point(|one| one.end < end);
        self.taken.get(next).is_some_and(|one| one.end == end && one.kind == Kind::Address)
    }

    /// A capital, and no list has the word.
    pub(super) fn unknown(&self, at: usize, begins: bool, person: bool, led: bool, before_yes: bool) -> Mark {
        let next = self.next(at);
        let next_name = next.is_some_and(|next| {
            next.capital()
                && next.shape != Shape::Single
                && (next.is(LAST) && !next.is(EVERYDAY)
                    || next.is(FIRST) && !next.is(EVERYDAY)
                    || next.is(KNOWN_FAMILY) && self.slip(at).is_some())
        });
        if before_yes && !self.before(at).is_some_and(|before| before.possessive()) {
            return self.yes(at, Ground::Around);
        }
        let slip = self.slip(at);
        let place = self.left(at).is_some_and(|left| left.is(PREFIX) && left.capital() && !left.is(TITLE))
            && !led
            && slip.is_none();
        if place || self.after_address(at) {
            return Mark::Maybe;
        }
        if begins {
            let outright = next.is_some_and(|next| next.is(SPEAKS) && next.shape == Shape::Lower);
            let ending = english_ending(self.text_of(at));
            if outright
                || led && !self.is_word(at.wrapping_sub(1), &["subject", "re"])
                || next_name && !ending
                || slip.is_some() && !ending
                || person && !ending && !next.is_some_and(|next| next.is(HELPER))
            {
                return self.yes(at, Ground::Around);
            }
            if person && !ending && self.is_word(at + 1, &["is", "was", "has"]) {
                return self.yes(at, Ground::Around);
            }
            return Mark::Maybe;
        }
        if slip.is_some() && !self.left_is(at, ARTICLE) {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, ARTICLE) {
            let family = self.is_word(at + 1, &["family", "family's", "household", "siblings", "twins"]);
            return if family { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if self.left_is(at, WHERE) {
            let from = self.is_word(at.wrapping_sub(1), &["to", "from", "near", "around", "towards"]);
            let message = at >= 2 && self.word(at - 2).is_some_and(|word| word.is(MESSAGE | TOWARDS | SPEAKS));
            return if from && (message || person) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if self.left(at).is_some_and(|left| left.capital() && left.is(TOWN | PROPER) && !left.begins()) {
            return Mark::Maybe;
        }
        self.yes(at, Ground::Around)
    }
}
