//! Words that are names become whole names: "Mrs", "K.", "van der" and "Berg" are one person.

use crate::lexicon::{FIRST, KNOWN, LAST, PARTICLE, TITLE};
use crate::names::Mark;
use crate::register::Register;
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

pub(crate) fn people(text: &str, words: &[Word], marks: &[Mark], register: &Register, found: &mut Vec<Finding>) {
    let mut at = 0;
    while at < words.len() {
        let Some(Mark::Yes(ground, entry)) = marks.get(at).copied() else {
            at += 1;
            continue;
        };
        let first = with_what_stands_before(text, words, marks, at);
        let mut last = at;
        let mut best = (ground, entry);
        while let Some(next) = joined(text, words, marks, register, last) {
            last = next;
            if let Some(Mark::Yes(ground, entry)) = marks.get(last).copied() {
                best = stronger(best, (ground, entry));
            }
        }
        let (Some(start), Some(end)) = (words.get(first), words.get(last)) else { break };
        let end = end_of(text, end);
        found.push(Finding { start: start.start as usize, end, kind: Kind::Person, ground: best.0, entry: best.1 });
        at = last + 1;
    }
}

fn stronger(one: (Ground, u32), other: (Ground, u32)) -> (Ground, u32) {
    let rank = |ground| match ground {
        Ground::Known => 0,
        Ground::KnownSlip => 1,
        Ground::Listed => 2,
        _ => 3,
    };
    if rank(other.0) < rank(one.0) { other } else { one }
}

/// The stop after an initial and the possessive ending belong to the name.
fn end_of(text: &str, word: &Word) -> usize {
    let end = word.full_end as usize;
    let after_initial = word.shape == Shape::Single && text.as_bytes().get(end) == Some(&b'.');
    if after_initial { end + 1 } else { end }
}

/// A title or a particle before the first word.
fn with_what_stands_before(text: &str, words: &[Word], marks: &[Mark], at: usize) -> usize {
    let mut first = at;
    while let Some(before) = first.checked_sub(1) {
        let (Some(word), Some(left)) = (words.get(first), words.get(before)) else { break };
        if marks.get(before).is_some_and(|mark| mark.yes()) {
            break;
        }
        let space = word.gap == Gap::Space || word.gap == Gap::Hyphen;
        let stop = matches!(word.gap, Gap::Stop | Gap::Dot)
            && text.get(left.full_end as usize..word.start as usize).is_some_and(|gap| gap.trim_end() == ".");
        let title = left.is(TITLE) && left.capital() && !left.is(crate::lexicon::RELATIVE) && (space || stop);
        let title = title || left.is(TITLE) && space && !left.is(crate::lexicon::EVERYDAY);
        let named = before
            .checked_sub(1)
            .and_then(|at| words.get(at).map(|word| (at, word)))
            .is_some_and(|(at, word)| word.is(TITLE) || marks.get(at).is_some_and(|mark| mark.yes()));
        let particle = left.is(PARTICLE)
            && space
            && (named
                || word.gap == Gap::Hyphen
                || left.shape != Shape::Lower
                || left.text(text).len() > 1
                    && !left.is(crate::lexicon::EVERYDAY)
                    && !left.is(crate::lexicon::ARTICLE))
            && !left.begins()
            && !left.is(crate::lexicon::ARTICLE | crate::lexicon::WHERE)
            && !matches!(left.text(text), "do" | "no" | "i" | "of");
        if !title && !particle {
            break;
        }
        first = before;
    }
    first
}

/// The word with which the name goes on, if it does.
fn joined(text: &str, words: &[Word], marks: &[Mark], register: &Register, last: usize) -> Option<usize> {
    let word = words.get(last)?;
    let next = words.get(last + 1)?;
    let yes = |at: usize| marks.get(at).is_some_and(|mark| mark.yes());
    if word.possessive() {
        return None;
    }
    // van der, bin, ap between two parts.
    let mut step = last + 1;
    while step < last + 4
        && words
            .get(step)
            .is_some_and(|between| between.is(PARTICLE) && matches!(between.gap, Gap::Space | Gap::Hyphen))
    {
        step += 1;
        if yes(step)
            && words.get(step).is_some_and(|word| {
                matches!(word.gap, Gap::Space | Gap::Hyphen) && (word.capital() || word.is(LAST) || word.shouted)
            })
        {
            return Some(step);
        }
    }
    if !yes(last + 1) {
        return None;
    }
    let apart = match next.gap {
        Gap::Space | Gap::Hyphen | Gap::Under | Gap::Cut => false,
        Gap::Dot | Gap::Stop => !(word.shape == Shape::Single || word.is(TITLE)),
        Gap::Line => !(word.is(FIRST) && next.is(LAST) && !next.is(FIRST) && word.capital() == next.capital()),
        Gap::Comma => !surname_first(text, words, register, last),
        _ => true,
    };
    // Two given names of people in a row, each with its own surname after it, are two people.
    (!apart).then_some(last + 1)
}

/// "Okafor, Liam".
fn surname_first(text: &str, words: &[Word], register: &Register, last: usize) -> bool {
    let (Some(family), Some(given)) = (words.get(last), words.get(last + 1)) else { return false };
    if !family.is(LAST) || !given.is(FIRST) {
        return false;
    }
    let alone = last == 0
        || !matches!(family.gap, Gap::Space)
        || words.get(last - 1).is_none_or(|before| !before.capital() || before.is(PARTICLE));
    let capitals = family.shape == Shape::Upper && given.shape == Shape::Capital;
    let known = family.is(KNOWN) && given.is(KNOWN) && family.entry != NOBODY && {
        let others = register.entry(given.entry);
        register.entry(family.entry).iter().any(|person| others.contains(person))
    };
    let listed = words.get(last + 2).is_some_and(|after| {
        after.gap == Gap::Comma && after.capital()
            || matches!(after.text(text), "and" | "&") && words.get(last + 3).is_some_and(Word::capital)
    });
    capitals || known && alone || alone && (!family.is(FIRST) || family.is(KNOWN)) && !listed
}
