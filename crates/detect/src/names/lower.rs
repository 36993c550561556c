//! Words in small letters, and lines that are all capitals.

use super::around::english_ending;
use super::{Look, Mark};
use crate::Ground;
use crate::lexicon::{
    ACRONYM, ARTICLE, BODY, DAY, DOES, EVERYDAY, FAMILY, FIRST, HELPER, KNOWN, KNOWN_FAMILY, KNOWN_GIVEN, LABEL, LAST,
    MONTH, NAME, PARTICLE, PRONOUN, PROPER, RELATIVE, ROLE, SPEAKS, STREET, THINGS, TITLE, TOWARDS, TOWN, WHERE,
};
use crate::words::Gap;

impl Look<'_> {
    /// Small letters, or a line of capitals.
    pub(super) fn lower(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let letters = word.text(self.text).len();
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Under | Gap::Line | Gap::Comma);
        let tight = before_yes && word.gap != Gap::Comma && word.gap != Gap::Line;
        let title = self.left_title(at);
        if word.gap == Gap::Cut && marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes()) {
            return self.yes(at, Ground::Around);
        }
        if word.is(DAY | ACRONYM | BODY | STREET)
            && !(word.shouted && word.is(LAST) && tight)
            && !(tight && word.is(KNOWN_FAMILY))
            || word.is(PROPER) && !word.is(KNOWN)
        {
            return Mark::No;
        }
        if word.is(NAME) && !word.is(EVERYDAY) {
            if word.is(MONTH) || word.is(RELATIVE) && !title || word.is(TITLE) && !title {
                return Mark::No;
            }
            if title || tight && (word.is(LAST) || word.shouted) {
                return self.yes(at, Ground::Listed);
            }
            if word.is(TOWN) && self.left_is(at, WHERE) {
                return Mark::No;
            }
            if word.is(FIRST) {
                let short = letters < 3;
                let particle = word.is(PARTICLE);
                let firm = self.led(at, marks) || self.person_follows(at) || word.possessive();
                let next_last = self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY));
                return if (short || particle || word.is(TOWN)) && !firm && !next_last {
                    Mark::Maybe
                } else {
                    self.yes(at, Ground::Listed)
                };
            }
            let firm = self.led(at, marks) || self.person_follows(at);
            let pair_before = self.left(at).is_some_and(|left| left.is(FIRST) && !left.is(EVERYDAY));
            return if word.is(KNOWN_FAMILY) && letters >= 4
                || word.shouted
                || pair_before
                || word.is(FAMILY) && letters >= 5 && firm
            {
                self.yes(at, Ground::Listed)
            } else {
                Mark::Maybe
            };
        }
        if word.is(NAME) {
            return self.lower_ambiguous(at, tight, title, marks);
        }
        if word.traits & (EVERYDAY | RELATIVE | TITLE | PARTICLE | DOES | TOWARDS | ROLE | LABEL | THINGS) != 0 {
            return Mark::No;
        }
        // No list has it.
        let called = self.is_word(at.wrapping_sub(1), &["called", "named"]) && word.gap == Gap::Space;
        let outright = self.next_is(at, SPEAKS);
        if title && letters >= 3 || called && letters >= 3 && !english_ending(self.text_of(at)) {
            return self.yes(at, Ground::Around);
        }
        let slip = if letters >= 4 { self.slip(at).filter(|(traits, _)| traits & EVERYDAY == 0) } else { None };
        if tight && self.before(at).is_some_and(|before| before.is(FIRST)) && slip.is_some() {
            return self.yes(at, Ground::Around);
        }
        if slip.is_some()
            && (outright || self.left_is(at, RELATIVE) || self.left_is(at, TOWARDS) && !self.left_is(at, WHERE))
            && !english_ending(self.text_of(at))
        {
            return self.yes(at, Ground::Around);
        }
        if word.shouted
            && !english_ending(self.text_of(at))
            && letters >= 3
            && (tight && self.before(at).is_some_and(|before| before.is(NAME))
                || self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY)))
        {
            return self.yes(at, Ground::Around);
        }
        Mark::No
    }

    /// "rose", "will", "young" in small letters.
    pub(super) fn lower_ambiguous(&self, at: usize, tight: bool, title: bool, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let helper = word.is(HELPER | MONTH);
        if title && word.is(LAST) {
            return self.yes(at, Ground::Around);
        }
        if tight && word.is(KNOWN_FAMILY) && self.pair_known(at - 1, at) {
            return self.yes(at, Ground::Around);
        }
        let next = self.next(at);
        let pair = word.is(FIRST)
            && next.is_some_and(|next| {
                next.is(KNOWN_FAMILY)
                    && self.pair_known(at, at + 1)
                    && (!next.is(EVERYDAY)
                        || word.is(KNOWN_GIVEN) && next.gap == Gap::Space && !next.is(HELPER | TOWARDS | WHERE | DOES))
                    || next.is(FAMILY) && !next.is(EVERYDAY) && !helper
            });
        if pair {
            return self.yes(at, Ground::Around);
        }
        if !word.is(FIRST) || word.is(ARTICLE | PRONOUN | WHERE) || word.shouted && helper {
            return Mark::No;
        }
        let speaks = next.is_some_and(|next| next.is(SPEAKS));
        let clause = word.begins()
            || word.gap == Gap::Comma
            || self.left_is(at, RELATIVE)
            || self.is_word(at.wrapping_sub(1), &["and", "that", "when", "because", "then", "if", "as"]);
        if speaks && clause && !(helper && !word.is(KNOWN_GIVEN)) {
            return self.yes(at, Ground::Around);
        }
        if word.possessive()
            && !helper
            && !word.is(DAY)
            && word.is(KNOWN_GIVEN)
            && self.next(at).is_some_and(|next| next.is(RELATIVE | EVERYDAY))
            && !self.left_is(at, ARTICLE)
        {
            return self.yes(at, Ground::Around);
        }
        let who = self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma)
            && self.is_word(at + 1, &["who", "whose", "and"]);
        let at_place = self.is_word(at + 1, &["at", "and"]) && next.is_some();
        let led = self.is_word(
            at.wrapping_sub(1),
            &["saw", "met", "with", "named", "called", "phoned", "rang", "texted", "told", "asked"],
        ) && word.gap == Gap::Space;
        let to = self.is_word(at.wrapping_sub(1), &["to", "from", "for", "by", "with"]) && word.gap == Gap::Space;
        let relative = self.left_is(at, RELATIVE);
        let asks = next.is_some_and(|next| next.is(SPEAKS | DOES) && !next.is(HELPER));
        if word.is(KNOWN_GIVEN)
            && (led && (at_place || who || self.ends(at))
                || to && who
                || relative && (speaks || self.is_word(at + 1, &["was", "is", "has", "had"]) || asks && !helper))
        {
            return self.yes(at, Ground::Around);
        }
        let called = self.is_word(at.wrapping_sub(1), &["named", "called"]) && word.gap == Gap::Space;
        let comma_name = word.gap == Gap::Comma
            && self.before(at).is_some_and(|before| before.is(ROLE | RELATIVE))
            && self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma || next.is(DOES));
        let _ = marks;
        if called || comma_name { self.yes(at, Ground::Around) } else { Mark::No }
    }
}
