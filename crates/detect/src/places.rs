//! Where somebody lives: a number and a street, a flat, a named house.

use crate::lexicon::{ARTICLE, DAY, EVERYDAY, HELPER, MONTH, PRONOUN, STREET};
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

/// Words of a street at most, without the number.
const LONGEST: usize = 5;
const HOUSES: &[&str] = &[
    "cottage", "house", "farm", "barn", "lodge", "villa", "bungalow", "croft", "grange", "manor", "vicarage",
    "rectory", "caravan", "court", "mill", "cottages", "bwthyn", "ty",
];
const WELSH: &[&str] = &[
    "heol", "ffordd", "stryd", "maes", "lôn", "lon", "clos", "rhodfa", "bryn", "parc", "cwrt", "rhes", "tan", "pen",
    "cae", "rhiw", "stad", "teras",
];
/// Streets that are rarely meant by these words unless the number is in front and both are capitals.
const WEAK: &[&str] = &[
    "end",
    "field",
    "fields",
    "side",
    "top",
    "bottom",
    "way",
    "bank",
    "view",
    "park",
    "place",
    "court",
    "common",
    "hill",
    "square",
    "walk",
    "yard",
    "path",
    "gate",
    "rise",
    "row",
    "close",
    "drive",
    "mount",
    "bridge",
    "mill",
    "passage",
    "buildings",
    "cross",
    "green",
    "parade",
    "approach",
    "lea",
    "link",
    "vale",
    "st",
    "ct",
    "pl",
    "gr",
    "way",
];

pub(crate) fn find(text: &str, words: &[Word], found: &mut Vec<Finding>) {
    for (at, word) in words.iter().enumerate() {
        let lower = matches!(word.shape, Shape::Lower);
        if word.is(STREET) && at > 0 && (!lower || !weak(word.text(text))) {
            if let Some((start, end)) = numbered(text, words, at) {
                found.push(Finding { start, end, kind: Kind::Address, ground: Ground::Form, entry: NOBODY });
            } else if let Some(start) = named_house(text, words, at) {
                found.push(Finding {
                    start,
                    end: word.end as usize,
                    kind: Kind::Address,
                    ground: Ground::Form,
                    entry: NOBODY,
                });
            }
        } else if matches!(word.shape, Shape::Digits | Shape::Coded) && house_number(word.text(text)) {
            let next = words.get(at + 1).filter(|next| next.gap == Gap::Space && next.capital());
            if next.is_some_and(|next| WELSH.contains(&next.text(text).to_lowercase().as_str())) {
                let mut last = at + 1;
                while last < at + 5
                    && words.get(last + 1).is_some_and(|word| {
                        word.gap == Gap::Space
                            && (word.capital() || matches!(word.text(text), "y" | "yr" | "a" | "the"))
                    })
                {
                    last += 1;
                }
                if last > at + 1 {
                    let start = flat(text, words, at).unwrap_or(word.start as usize);
                    found.push(Finding {
                        start,
                        end: words.get(last).map_or(0, |word| word.end as usize),
                        kind: Kind::Address,
                        ground: Ground::Form,
                        entry: NOBODY,
                    });
                }
            }
        }
    }
}

/// "12 Mill Road, Upper Tarn LS1 4AB": what stands between a street and its postcode belongs to the address.
pub(crate) fn with_town(text: &str, words: &[Word], found: &mut [Finding]) {
    for at in 1..found.len() {
        let (Some(code), Some(street)) = (found.get(at).copied(), found.get(at - 1).copied()) else { break };
        if street.kind != Kind::Address || code.kind != Kind::Postcode || code.start - street.end > 60 {
            continue;
        }
        let from = words.partition_point(|word| (word.start as usize) < street.end);
        let between: Vec<&Word> = words
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|word| (word.start as usize) < code.start)
            .collect();
        let town = !between.is_empty()
            && between.iter().all(|word| {
                matches!(word.gap, Gap::Space | Gap::Comma | Gap::Line | Gap::Hyphen | Gap::Colon | Gap::Paragraph)
                    && (word.capital()
                        || matches!(
                            word.text(text),
                            "on" | "upon" | "le" | "the" | "by" | "in" | "under" | "and" | "of" | "y"
                        ))
            });
        if let (true, Some(last), Some(street)) = (town, between.last(), found.get_mut(at - 1)) {
            street.end = last.end as usize;
        }
    }
}

fn weak(word: &str) -> bool {
    WEAK.contains(&word.to_ascii_lowercase().as_str())
}

/// `12`, `12a`, `12-14`.
fn house_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits)
        && word.len() <= digits + 1
        && word.bytes().skip(digits).all(|byte| byte.is_ascii_alphabetic())
}

/// Goes back from the street's last word to a house number.
fn numbered(text: &str, words: &[Word], street: usize) -> Option<(usize, usize)> {
    let last = words.get(street)?;
    // "12 Station Road" is longer than "12 Station": take the last such word of the run.
    if words.get(street + 1).is_some_and(|next| {
        next.gap == Gap::Space && next.is(STREET) && next.capital() == last.capital() && next.shape != Shape::Lower
    }) {
        return None;
    }
    let small = last.shape == Shape::Lower;
    let mut at = street;
    loop {
        let word = words.get(at)?;
        if !matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Comma)
            || word.gap == Gap::Comma && at + 1 < street.max(1)
        {
            return None;
        }
        at = at.checked_sub(1)?;
        let word = words.get(at)?;
        if matches!(word.shape, Shape::Digits | Shape::Coded) {
            break;
        }
        let fits = if small {
            word.shape == Shape::Lower && !word.is(PRONOUN | HELPER | ARTICLE | DAY)
        } else {
            word.capital() || word.shouted || matches!(word.text(text), "of" | "the" | "and" | "y" | "de" | "in" | "le")
        };
        if !fits || word.is(MONTH | DAY) && word.shape == Shape::Capital && at + 1 != street || street - at > LONGEST {
            return None;
        }
    }
    if at + 1 == street && !words.get(street)?.capital() {
        return None;
    }
    let number = words.get(at)?;
    if !house_number(number.text(text)) || at + 1 >= street {
        return None;
    }
    if small
        && words.get(at + 1..street).is_some_and(|names| names.iter().all(|word| word.is(EVERYDAY)) && names.len() > 2)
    {
        return None;
    }
    let bytes = text.as_bytes();
    let before = (number.start as usize).checked_sub(1).and_then(|at| bytes.get(at)).copied();
    if matches!(before, Some(b':' | b'.' | b'/' | b'\xA3')) {
        return None;
    }
    let start = flat(text, words, at).unwrap_or_else(|| range_start(text, words, at));
    Some((start, last.end as usize))
}

/// `12-14 Mill Road`: the first number belongs to it.
fn range_start(text: &str, words: &[Word], at: usize) -> usize {
    let here = words.get(at).map_or(0, |word| word.start as usize);
    match at.checked_sub(1).and_then(|before| words.get(before)) {
        Some(before)
            if words.get(at).is_some_and(|word| matches!(word.gap, Gap::Hyphen))
                && before.shape == Shape::Digits
                && house_number(before.text(text)) =>
        {
            before.start as usize
        }
        _ => here,
    }
}

/// "Flat 3, 18", "Flat B 18": the flat before the number of the house.
fn flat(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let word = words.get(at)?;
    if !matches!(word.gap, Gap::Comma | Gap::Space | Gap::Line) {
        return None;
    }
    let number = words.get(at.checked_sub(1)?)?;
    let flat = words.get(at.checked_sub(2)?)?;
    let named = matches!(
        flat.text(text).to_ascii_lowercase().as_str(),
        "flat" | "apartment" | "apt" | "unit" | "room" | "fflat" | "plot" | "caravan"
    );
    (named && number.end - number.start <= 4 && matches!(number.gap, Gap::Space)).then_some(flat.start as usize)
}

/// "Rose Cottage, Mill Lane".
fn named_house(text: &str, words: &[Word], street: usize) -> Option<usize> {
    let mut at = street;
    while words.get(at).is_some_and(|word| word.gap == Gap::Space) && street - at < 4 {
        at = at.checked_sub(1)?;
        if !words.get(at)?.capital() {
            return None;
        }
    }
    if words.get(at)?.gap != Gap::Comma || !words.get(street)?.capital() {
        return None;
    }
    let house = words.get(at.checked_sub(1)?)?;
    if !house.capital() || !HOUSES.contains(&house.text(text).to_lowercase().as_str()) {
        return None;
    }
    let mut first = at - 1;
    while words.get(first).is_some_and(|word| word.gap == Gap::Space && at - first < 5)
        && words.get(first - 1).is_some_and(|word| word.capital() && !word.is(PRONOUN))
    {
        first -= 1;
    }
    (first < at - 1).then(|| words.get(first).map(|word| word.start as usize)).flatten()
}
