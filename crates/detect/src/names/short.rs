//! Capitals alone: initials, short forms, surnames in capitals.

use super::{Look, Mark};
use crate::Ground;
use crate::lexicon::{
    ACRONYM, ARTICLE, BODY, DAY, DOES, EVERYDAY, FIRST, HELPER, KNOWN, KNOWN_FAMILY, LAST, MONTH, NAME, PARTICLE,
    PRONOUN, PROPER, RELATIVE, ROLE, SPEAKS, TITLE, TOWARDS, TOWN, WHERE, WHOSE,
};
use crate::words::{Gap, NOBODY, Shape};

impl Look<'_> {
    /// One capital: a whole initial, or the beginning of "A. Okafor".
    pub(super) fn single(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let text = self.text_of(at);
        let initials = Mark::Yes(Ground::Initials, NOBODY);
        if word.shouted {
            return Mark::No;
        }
        // L.O. and L. O.
        if let Some(run) = self.dotted(at) {
            return if run { initials } else { Mark::No };
        }
        // "K: u up", and a letter alone under a message.
        let next_gap = self.word(at + 1).map(|next| next.gap);
        let alone = matches!(word.gap, Gap::Line | Gap::Paragraph | Gap::Start | Gap::Stop) && text != "I";
        let signed = matches!(word.gap, Gap::Line | Gap::Paragraph)
            && matches!(next_gap, None | Some(Gap::Paragraph))
            && self.text.as_bytes().get(word.end as usize).is_none_or(|byte| *byte == b'\n');
        if alone && next_gap == Some(Gap::Colon) && matches!(word.gap, Gap::Line | Gap::Paragraph | Gap::Start)
            || signed
        {
            return initials;
        }
        if self.left_title(at)
            || self.is_word(at.wrapping_sub(1), &["client", "girl", "boy", "child"]) && word.gap == Gap::Space
        {
            return initials;
        }
        if self.surname_after_initial(at) {
            return initials;
        }
        // After a given name: "Liam O", "Liam O."
        if matches!(word.gap, Gap::Space)
            && marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && self.before(at).is_some_and(|before| before.is(FIRST) && before.capital())
            && text != "I"
            && text != "A"
        {
            return initials;
        }
        let listed = self
            .left(at)
            .is_some_and(|left| left.is(EVERYDAY) && !left.is(TOWARDS | RELATIVE | ROLE | HELPER | DOES | PRONOUN));
        if word.possessive() && text != "I" && !listed {
            return initials;
        }
        if text == "I" || text == "A" {
            return if text == "A" && self.left_is(at, TOWARDS) && self.next_is(at, SPEAKS) {
                initials
            } else {
                Mark::No
            };
        }
        let ends = self.word(at + 1).is_none_or(|next| next.gap != Gap::Space)
            || self.next_is(at, DOES | TOWARDS | WHERE | PRONOUN);
        if !listed
            && (self.next_is(at, DOES) && (word.begins() || self.left_is(at, TOWARDS))
                || self.left_is(at, TOWARDS) && ends)
        {
            return initials;
        }
        Mark::No
    }

    /// "K. Sithole", "A Okafor".
    fn surname_after_initial(&self, at: usize) -> bool {
        let Some(next) = self.word(at + 1) else { return false };
        if !next.capital() || next.shape == Shape::Single {
            return false;
        }
        let dotted = matches!(next.gap, Gap::Stop | Gap::Dot) && self.gap_is_dot(at + 1);
        let stands = next.is(NAME | PARTICLE) || !next.is(EVERYDAY | BODY | PROPER | DAY | MONTH | ACRONYM);
        let surname = next.gap == Gap::Space && next.is(LAST) && !next.is(EVERYDAY | TOWN) && self.text_of(at) != "I";
        dotted && stands && !next.is(PRONOUN | ARTICLE) || surname
    }

    /// Whether only a full stop and spaces stand before this word.
    pub(super) fn gap_is_dot(&self, at: usize) -> bool {
        let (Some(before), Some(word)) = (self.before(at), self.word(at)) else { return false };
        self.text.get(before.full_end as usize..word.start as usize).is_some_and(|gap| gap.trim_end_matches(' ') == ".")
    }

    /// `Some(true)` inside initials with stops, `Some(false)` inside another short form such as `D.O.B.`
    pub(super) fn dotted(&self, at: usize) -> Option<bool> {
        let linked = |at: usize| {
            self.word(at).is_some_and(|word| word.shape == Shape::Single && matches!(word.gap, Gap::Dot | Gap::Stop))
                && self.before(at).is_some_and(|before| before.shape == Shape::Single)
                && self.gap_is_dot(at)
        };
        let mut first = at;
        while first + 8 > at && linked(first) {
            first -= 1;
        }
        let mut last = at;
        while last < at + 8 && linked(last + 1) {
            last += 1;
        }
        if first == last {
            return None;
        }
        let letters: String = (first..=last).map(|at| self.text_of(at)).collect();
        let short = matches!(
            letters.as_str(),
            "UK" | "US"
                | "USA"
                | "DOB"
                | "NB"
                | "PS"
                | "PE"
                | "RE"
                | "AM"
                | "PM"
                | "EG"
                | "IE"
                | "KC"
                | "QC"
                | "PTO"
                | "AOB"
                | "RIP"
                | "NI"
                | "GP"
                | "AKA"
        );
        let sentence = self.next(last).is_some_and(|next| next.capital() && next.is(LAST) && !next.is(EVERYDAY));
        Some(!short && (last - first < 4) || short && sentence && letters.len() == 3)
    }

    /// `JB`, `OKAFOR`, `BRZĘCZYK`, `EHCP` among words in small letters.
    pub(super) fn upper(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let letters = word.text(self.text).chars().count();
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Comma);
        let after_name = self
            .next(at)
            .is_some_and(|next| next.capital() && next.is(FIRST) && next.shape != Shape::Single && !next.is(EVERYDAY))
            || self
                .word(at + 1)
                .is_some_and(|next| next.gap == Gap::Comma && next.capital() && next.is(FIRST) && !next.is(EVERYDAY));
        if self.left_title(at) {
            return self.yes(at, Ground::Around);
        }
        if letters == 2 {
            return self.two_letters(at, marks);
        }
        let third = letters == 3
            && !word.is(ACRONYM | EVERYDAY | BODY | PROPER | NAME | TITLE | DAY | MONTH)
            && !self.left_is(at, ARTICLE | WHOSE);
        let and = self.is_word(at.wrapping_sub(1), &["and", "&"])
            && marks.get(at.wrapping_sub(2)).is_some_and(|mark| mark.yes());
        if third && (self.next_is(at, DOES) || and) && word.text(self.text).is_ascii() {
            return Mark::Yes(Ground::Initials, NOBODY);
        }
        if word.is(ACRONYM) || word.is(BODY | PROPER | TITLE | DAY) && !word.is(KNOWN) {
            return if before_yes && word.is(KNOWN_FAMILY) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        if word.is(NAME) && !word.is(EVERYDAY) {
            return self.yes(at, Ground::Listed);
        }
        if word.is(NAME) {
            let pair = self
                .next(at)
                .is_some_and(|next| next.shape == Shape::Upper && next.is(NAME) && !next.is(ACRONYM))
                || self.left(at).is_some_and(|left| left.shape == Shape::Upper && left.is(NAME) && !left.is(ACRONYM));
            let around = self.left_is(at, TOWARDS | RELATIVE | ROLE) || self.next_is(at, SPEAKS) || word.possessive();
            return if before_yes || after_name || pair || (around && word.is(KNOWN)) {
                self.yes(at, Ground::Around)
            } else {
                Mark::Maybe
            };
        }
        if !word.is(EVERYDAY)
            && (after_name
                || before_yes
                    && self.before(at).is_some_and(|before| before.is(FIRST) || before.shape == Shape::Single))
            && letters >= 3
        {
            return self.yes(at, Ground::Around);
        }
        if letters >= 5 && !word.is(EVERYDAY) && self.slip(at).is_some() {
            return self.yes(at, Ground::Around);
        }
        Mark::No
    }

    /// Whether two capitals stand where a person would, not a thing.
    pub(super) fn stands_for_person(&self, at: usize) -> bool {
        let then = self.is_word(at + 1, &["to", "and"]) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Space);
        let ends = self.word(at + 1).is_none_or(|next| !matches!(next.gap, Gap::Space | Gap::Hyphen));
        !self.left_is(at, ARTICLE | WHOSE) && (self.next_is(at, DOES) || then || ends || self.left_is(at, TOWARDS))
    }

    pub(super) fn two_letters(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let initials = Mark::Yes(Ground::Initials, NOBODY);
        let number_before = self.left(at).is_some_and(|left| matches!(left.shape, Shape::Digits | Shape::Coded));
        let number_after = self.word(at + 1).is_some_and(|next| {
            matches!(next.shape, Shape::Digits | Shape::Coded)
                && matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Other)
        });
        let near_upper = self.next(at).is_some_and(|next| next.shape == Shape::Upper)
            || self.left(at).is_some_and(|left| left.shape == Shape::Upper);
        let person = self.next_is(at, DOES) || word.possessive() || self.left_is(at, TOWARDS | RELATIVE | ROLE);
        if self.left_is(at, ARTICLE | WHOSE) || (number_before || number_after) && !word.possessive() {
            return Mark::No;
        }
        if word.is(ACRONYM) {
            // A person of the register with these initials, where nothing but a person can stand.
            let saw = self
                .is_word(at.wrapping_sub(1), &["saw", "met", "with", "to", "told", "asked", "rang", "phoned"])
                && word.gap == Gap::Space;
            let who =
                self.is_word(at + 1, &["who", "whose"]) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma);
            let then =
                self.is_word(at + 1, &["at", "and"]) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Space);
            let friend = self.is_word(at.wrapping_sub(1), &["group", "friend", "called", "named"])
                && matches!(word.gap, Gap::Comma | Gap::Space);
            let person = who
                || saw && then
                || friend
                || self.left_is(at, RELATIVE) && self.next_is(at, DOES)
                || self.next_is(at, SPEAKS) && !self.left_is(at, ARTICLE) && word.begins();
            return if person && self.register.has_initials(word.text(self.text)) { initials } else { Mark::Maybe };
        }
        if near_upper && !person {
            return if word.is(NAME) { self.yes(at, Ground::Listed) } else { Mark::No };
        }
        let _ = marks;
        initials
    }
}
