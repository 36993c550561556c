//! Words with a capital of which the lists say two things, or nothing.

use super::around::english_ending;
use super::capital::Signs;
use super::{Look, Mark};
use crate::lexicon::{
    ACRONYM, ARTICLE, BODY, DAY, EVERYDAY, FIRST, HELPER, KNOWN_FAMILY, KNOWN_GIVEN, LAST, MESSAGE, MONTH, NAME,
    PARTICLE, PREFIX, PRONOUN, PROPER, RELATIVE, SPEAKS, THINGS, TITLE, TOWN, WHERE,
};
use crate::words::{Gap, Shape};
use crate::{Ground, Kind};

/// What stands after "the" and a surname.
const FAMILY_WORDS: &[&str] = &[
    "family",
    "family's",
    "household",
    "siblings",
    "children",
    "boys",
    "girls",
    "twins",
    "kids",
    "home",
    "brothers",
    "sisters",
];

impl Look<'_> {
    /// A name that is also an everyday word.
    pub(super) fn ambiguous(&self, at: usize, signs: Signs) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if self.surname_follows(at) {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, ARTICLE) {
            let family = self.is_word(at + 1, FAMILY_WORDS) && word.is(LAST);
            return if family { self.yes(at, Ground::Around) } else { Mark::No };
        }
        let next_hyphen =
            self.word(at + 1).is_some_and(|next| next.gap == Gap::Hyphen && next.capital() && next.is(FIRST));
        if signs.after_name() && word.gap == Gap::Hyphen || word.is(FIRST) && next_hyphen || self.after_particle(at) {
            return self.yes(at, Ground::Around);
        }
        if signs.begins() {
            return self.ambiguous_beginning(at, signs);
        }
        if word.is(FIRST) {
            let heading = self.next(at).is_some_and(|next| {
                next.capital() && next.is(EVERYDAY) && !next.is(NAME) && next.shape != Shape::Single
            });
            return if heading { Mark::Maybe } else { self.yes(at, Ground::Around) };
        }
        let alone = self.next(at).is_none_or(|next| !next.capital())
            && self.left(at).is_none_or(|left| !left.capital() || left.begins());
        if alone && (signs.led || signs.person || word.possessive()) {
            self.yes(at, Ground::Around)
        } else {
            Mark::Maybe
        }
    }

    /// "Hope Adebayo", "Young, Liam".
    fn surname_follows(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.word(at), self.word(at + 1)) else { return false };
        if !next.capital() {
            return false;
        }
        if next.gap == Gap::Comma {
            return next.is(FIRST) && word.is(LAST) && self.pair_known(at + 1, at);
        }
        if next.shape == Shape::Single && next.gap == Gap::Space && !matches!(next.text(self.text), "I" | "A") {
            return word.is(FIRST)
                && self.word(at + 2).is_none_or(|after| after.is(crate::lexicon::DOES) || after.gap != Gap::Space);
        }
        let tight = matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Under);
        if !word.is(FIRST) || !tight || next.is(DAY | MONTH | BODY | PRONOUN) {
            return false;
        }
        let helper = word.is(HELPER);
        let unlisted = !next.is(EVERYDAY | NAME | PROPER | TOWN | ACRONYM | TITLE | RELATIVE);
        next.is(LAST) && (!next.is(FIRST) || !helper)
            || next.is(PARTICLE)
            || unlisted && !helper && next.gap != Gap::Under
    }

    /// "van der Berg", where Berg is a word too.
    fn after_particle(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        word.is(LAST)
            && self.left(at).is_some_and(|left| left.is(PARTICLE) && !left.is(ARTICLE | WHERE) && !left.begins())
            && at >= 2
            && self.word(at - 2).is_some_and(|before| before.capital() || before.is(PARTICLE))
    }

    fn ambiguous_beginning(&self, at: usize, signs: Signs) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let labelled =
            signs.led && (matches!(word.gap, Gap::Colon | Gap::Line | Gap::Other) || self.titled(at) && !word.begins());
        if !word.is(FIRST) {
            let acts = word.is(KNOWN_FAMILY) && self.next_is(at, SPEAKS) && !self.next_is(at, THINGS);
            return if labelled || acts { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        let is = self.next_is(at, HELPER) || self.is_word(at + 1, &["is", "was"]);
        if is && (self.word(at + 2).is_some_and(|after| after.is(ARTICLE)) || self.is_word(at + 2, &["that", "to"])) {
            return Mark::No;
        }
        let outright = self.next(at).is_some_and(|next| next.is(SPEAKS) && next.shape == Shape::Lower);
        let person =
            signs.person && (!word.is(HELPER) || outright || self.is_word(at + 1, &["is", "was", "has", "had"]));
        let speaker = matches!(word.gap, Gap::Line | Gap::Paragraph | Gap::Start)
            && self.word(at + 1).is_some_and(|next| next.gap == Gap::Colon)
            && !word.is(crate::lexicon::LABEL);
        let person = person || speaker || self.signs_off(at);
        let owns = word.possessive() && !word.is(DAY) && word.is(KNOWN_GIVEN);
        if labelled || person || owns { self.yes(at, Ground::Around) } else { Mark::Maybe }
    }

    /// Whether it follows an address after a comma: a town.
    fn after_address(&self, at: usize) -> bool {
        let (Some(word), Some(before)) = (self.word(at), self.before(at)) else { return false };
        if word.gap != Gap::Comma {
            return false;
        }
        let end = before.full_end as usize;
        let next = self.taken.partition_point(|one| one.end < end);
        self.taken.get(next).is_some_and(|one| one.end == end && one.kind == Kind::Address)
    }

    /// A capital, and no list has the word.
    pub(super) fn unknown(&self, at: usize, signs: Signs) -> Mark {
        if signs.after_name() && !self.before(at).is_some_and(crate::words::Word::possessive) {
            return self.yes(at, Ground::Around);
        }
        let slip = self.slip(at).is_some();
        let place = self.left(at).is_some_and(|left| left.is(PREFIX) && left.capital() && !left.is(TITLE))
            && !signs.led
            && !slip;
        if place || self.after_address(at) {
            return Mark::Maybe;
        }
        if signs.begins() {
            return if self.unknown_beginning(at, signs, slip) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if self.left_is(at, ARTICLE) {
            return if self.is_word(at + 1, FAMILY_WORDS) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if slip {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, WHERE) {
            let from = self.is_word(at.wrapping_sub(1), &["to", "from", "near", "around", "towards"]);
            let message = at >= 2 && self.word(at - 2).is_some_and(|word| word.is(MESSAGE));
            return if from && (message || signs.person) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if self.left(at).is_some_and(|left| left.capital() && left.is(TOWN | PROPER) && !left.begins()) {
            return Mark::Maybe;
        }
        self.yes(at, Ground::Around)
    }

    fn unknown_beginning(&self, at: usize, signs: Signs, slip: bool) -> bool {
        let next = self.next(at);
        let ending = english_ending(self.text_of(at));
        let name_next = next.is_some_and(|next| {
            next.capital()
                && if next.shape == Shape::Single {
                    !matches!(next.text(self.text), "I" | "A")
                } else {
                    next.is(LAST | FIRST) && !next.is(EVERYDAY) || next.is(KNOWN_FAMILY) && slip
                }
        });
        let outright = next.is_some_and(|next| next.is(SPEAKS) && next.shape == Shape::Lower);
        let helped = next.is_some_and(|next| next.is(HELPER));
        outright
            || self.signs_off(at) && !ending
            || signs.led && !self.is_word(at.wrapping_sub(1), &["subject", "re"])
            || !ending
                && (name_next || slip || signs.person && (!helped || self.is_word(at + 1, &["is", "was", "has"])))
    }
}
