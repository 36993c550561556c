//! Words in small letters, and lines that are all capitals.

use super::around::english_ending;
use super::{Look, Mark};
use crate::Ground;
use crate::lexicon::{
    ACRONYM, ARTICLE, BODY, DAY, DOES, EVERYDAY, FAMILY, FIRST, HELPER, KNOWN, KNOWN_FAMILY, KNOWN_GIVEN, LABEL, LAST,
    MONTH, NAME, PARTICLE, PRONOUN, PROPER, RELATIVE, ROLE, SPEAKS, STREET, THINGS, TITLE, TOWARDS, TOWN, WHERE, WHOSE,
};
use crate::words::{Gap, NOBODY, Shape};

impl Look<'_> {
    /// Small letters, or a line of capitals.
    pub(super) fn lower(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if let Some(mark) = self.unlisted_lower(at, marks) {
            return mark;
        }
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
        match (word.is(NAME), word.is(EVERYDAY)) {
            (true, false) => self.lower_name(at, tight, title, marks),
            (true, true) => self.lower_ambiguous(at, tight, title),
            _ => self.lower_unknown(at, tight, title),
        }
    }

    /// "liam", "okafor": a name and nothing else.
    fn lower_name(&self, at: usize, tight: bool, title: bool, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let letters = word.text(self.text).len();
        if word.is(MONTH) || word.is(RELATIVE | TITLE) && !title {
            return Mark::No;
        }
        if title || tight && (word.is(LAST) || word.shouted) {
            return self.yes(at, Ground::Listed);
        }
        if word.is(TOWN) && self.left_is(at, WHERE) {
            return Mark::No;
        }
        let firm = self.led(at, marks) || self.person_follows(at);
        let taken = if word.is(FIRST) {
            let slight = letters < 3 || word.is(PARTICLE | TOWN);
            let surname_next = self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY));
            !slight || firm || word.possessive() || surname_next
        } else {
            let after_given = self.left(at).is_some_and(|left| left.is(FIRST) && !left.is(EVERYDAY));
            word.is(KNOWN_FAMILY) && letters >= 4
                || word.shouted
                || after_given
                || word.is(FAMILY) && letters >= 5 && firm
        };
        if taken { self.yes(at, Ground::Listed) } else { Mark::Maybe }
    }

    /// No list has it.
    fn lower_unknown(&self, at: usize, tight: bool, title: bool) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let letters = word.text(self.text).len();
        let traits = EVERYDAY | RELATIVE | TITLE | PARTICLE | DOES | TOWARDS | ROLE | LABEL | THINGS;
        if word.is(traits) || letters < 3 {
            return Mark::No;
        }
        let ending = english_ending(self.text_of(at));
        let called = self.is_word(at.wrapping_sub(1), &["called", "named"]) && word.gap == Gap::Space;
        let slip = letters >= 4 && self.slip(at).is_some_and(|(traits, _)| traits & EVERYDAY == 0);
        let after_given = tight && self.before(at).is_some_and(|before| before.is(FIRST));
        let leads = self.next_is(at, SPEAKS)
            || self.left_is(at, RELATIVE)
            || self.left_is(at, TOWARDS) && !self.left_is(at, WHERE);
        let shouted = word.shouted
            && (tight && self.before(at).is_some_and(|before| before.is(NAME))
                || self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY)));
        if title || slip && after_given || !ending && (called || slip && leads || shouted) {
            return self.yes(at, Ground::Around);
        }
        Mark::No
    }

    /// "rose", "will", "young" in small letters.
    pub(super) fn lower_ambiguous(&self, at: usize, tight: bool, title: bool) -> Mark {
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
        if speaks && clause && (!helper || word.is(KNOWN_GIVEN)) {
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
        if self.lower_ambiguous_led(at, speaks) { self.yes(at, Ground::Around) } else { Mark::No }
    }

    /// "saw rose at", "read out to grace, who": what stands before an ambiguous word makes it a name.
    fn lower_ambiguous_led(&self, at: usize, speaks: bool) -> bool {
        let Some(word) = self.word(at) else { return false };
        let next = self.next(at);
        let helper = word.is(HELPER | MONTH);
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
            return true;
        }
        let called = self.is_word(at.wrapping_sub(1), &["named", "called"]) && word.gap == Gap::Space;
        let comma_name = word.gap == Gap::Comma
            && self.before(at).is_some_and(|before| before.is(ROLE | RELATIVE))
            && self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma || next.is(DOES));
        called || comma_name
    }

    /// "my son kyran was", "mrs s whitlock", "tell him max says": small letters where only a name can stand.
    fn unlisted_lower(&self, at: usize, marks: &[Mark]) -> Option<Mark> {
        let word = self.word(at)?;
        let letters = word.text(self.text).len();
        let title = self.left_title(at);
        if letters == 1 {
            return (title && word.shape == Shape::Lower).then_some(Mark::Yes(Ground::Initials, NOBODY));
        }
        let after_initial = word.gap == Gap::Space
            && marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && self.before(at).is_some_and(|before| before.end - before.start == 1);
        if after_initial && !word.is(EVERYDAY) && letters >= 3 {
            return Some(self.yes(at, Ground::Around));
        }
        // "Jun-seo", "Min-ji".
        let hyphened = word.gap == Gap::Hyphen
            && word.shape == Shape::Lower
            && !word.is(EVERYDAY | BODY)
            && marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes())
            && self.before(at).is_some_and(|before| before.capital() && before.end - before.start <= 5);
        if hyphened && letters <= 6 {
            return Some(self.yes(at, Ground::Around));
        }
        if self.signs_off(at)
            && word.traits & EVERYDAY == 0
            && word.shape == Shape::Lower
            && letters >= 3
            && (word.traits == 0 || word.is(NAME))
        {
            return Some(self.yes(at, Ground::Around));
        }
        let speaks = self.next_is(at, SPEAKS);
        if word.is(FIRST) && !word.is(EVERYDAY) && speaks && word.is(ACRONYM) {
            return Some(self.yes(at, Ground::Listed));
        }
        let relative = word.gap == Gap::Space
            && self.left_is(at, RELATIVE)
            && at >= 2
            && self.word(at - 2).is_some_and(|before| before.is(WHOSE) || before.possessive());
        let unknown = word.traits == 0 && letters >= 3 && !word.shouted && word.shape == Shape::Lower;
        (relative && unknown && self.next_is(at, HELPER | SPEAKS) && !english_ending(self.text_of(at)))
            .then(|| self.yes(at, Ground::Around))
    }
}
