//! Dates of birth: a date with the words of birth beside it, after an age, or one that the register knows.

use jiff::civil::Date;

use crate::lexicon::{MONTH, ORDINAL};
use crate::near::before;
use crate::register::Register;
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

const BIRTH: &[&str] = &[
    "dob",
    "d.o.b",
    "d.o.b.",
    "born",
    "born on",
    "date of birth",
    "birth date",
    "birthdate",
    "birthday",
    "b",
    "b.",
    "bd",
    "geni",
    "d/n",
    "d0b",
    "dyddiad geni",
    "ur",
    "aged",
    "age",
    "birth",
];

pub(crate) fn find(text: &str, words: &[Word], register: &Register, found: &mut Vec<Finding>) {
    for (at, word) in words.iter().enumerate() {
        let number = matches!(word.shape, Shape::Digits | Shape::Coded);
        let badly = word.end - word.start == 2
            && matches!(word.shape, Shape::Coded | Shape::Upper | Shape::Lower)
            && text.as_bytes().get(word.start as usize).is_some_and(|byte| b"OoIl".contains(byte));
        if !number && !word.is(MONTH | ORDINAL) && !badly {
            continue;
        }
        let Some((end, date)) = read(text, words, at).or_else(|| badly_read(text, word)) else { continue };
        let start = word.start as usize;
        let known = date.map_or(&[][..], |date| register.born_on(date));
        let plausible = date.is_none_or(|date| (1900..2100).contains(&date.year()));
        let near = before(text, start, 26, BIRTH) && said_of_birth(text, start);
        if near && plausible {
            found.push(Finding {
                start,
                end,
                kind: Kind::Dob,
                ground: Ground::Near,
                entry: known.first().copied().unwrap_or(NOBODY),
            });
        } else if let [one, ..] = known
            && register.people().len() < 5_000
            && !before(text, start, 30, &["due", "review", "meeting", "visit", "dated", "on", "by", "until"])
        {
            found.push(Finding { start, end, kind: Kind::Dob, ground: Ground::Known, entry: *one });
        }
    }
}

/// `O4/09/2011`, `l2/O5/2O15`: a date read badly from paper, only where a date of birth is announced.
fn badly_read(text: &str, word: &Word) -> Option<(usize, Option<Date>)> {
    let start = word.start as usize;
    let rest = text.get(start..)?;
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || b"OoIl/.-".contains(byte)).count();
    let code = rest.get(..length)?;
    let letters = code.bytes().filter(u8::is_ascii_alphabetic).count();
    let marks = code.bytes().filter(|byte| b"/.-".contains(byte)).count();
    (letters > 0 && letters <= 5 && marks == 2 && (8..=10).contains(&length)).then_some((start + length, None))
}

/// Whether nothing but small words stands between the word of birth and the date.
fn said_of_birth(text: &str, start: usize) -> bool {
    let from = start.saturating_sub(26);
    let span = (from..=start).find_map(|from| text.get(from..start)).unwrap_or_default().to_ascii_lowercase();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut before = None;
    let mut last = None;
    for (at, c) in span.char_indices() {
        if !letter(before) {
            let rest = span.get(at..).unwrap_or_default();
            let fits = |word: &&&str| rest.strip_prefix(**word).is_some_and(|tail| !letter(tail.chars().next()));
            last = last.max(BIRTH.iter().filter(fits).map(|word| at + word.len()).max());
        }
        before = Some(c);
    }
    let Some(last) = last else { return false };
    let between = span.get(last..).unwrap_or_default();
    if between.contains(". ") && between.trim_start_matches('.').trim().len() > 3 {
        return false;
    }
    between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        matches!(word, "on" | "the" | "is" | "was" | "of" | "birth" | "date" | "in" | "given" | "as" | "o" | "b" | "d")
            || word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 2
    })
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "ionawr", "stycznia"],
    &["february", "feb", "chwefror", "lutego"],
    &["march", "mar", "mawrth", "marca"],
    &["april", "apr", "ebrill", "kwietnia"],
    &["may", "mai", "maja"],
    &["june", "jun", "mehefin", "czerwca"],
    &["july", "jul", "gorffennaf", "lipca"],
    &["august", "aug", "awst", "sierpnia"],
    &["september", "sep", "sept", "medi"],
    &["october", "oct", "hydref"],
    &["november", "nov", "tachwedd", "listopada"],
    &["december", "dec", "rhagfyr", "grudnia"],
];

pub(crate) const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
];

fn month(word: &str) -> Option<i8> {
    let is = |name: &&str| name.eq_ignore_ascii_case(word);
    MONTHS.iter().position(|names| names.iter().any(is)).and_then(|at| i8::try_from(at + 1).ok())
}

/// `14`, `14th`, `fourteenth`.
fn day(word: &str) -> Option<i8> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        let at = ORDINALS.iter().position(|ordinal| ordinal.eq_ignore_ascii_case(word))?;
        return i8::try_from(if at == 20 { 30 } else { at + 1 }).ok();
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..).unwrap_or_default();
    let ends = ["", "st", "nd", "rd", "th"].iter().any(|known| known.eq_ignore_ascii_case(ending));
    (ends && (1..=2).contains(&digits.len()))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches(['\'', '\u{2019}']);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match digits.len() {
        4 => digits.parse().ok().filter(|year| (1900..2100).contains(year)),
        2 => digits.parse::<i16>().ok().map(|year| if year < 40 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// Reads a date that begins with this word: where it ends, and which day it is where one can tell.
fn read(text: &str, words: &[Word], at: usize) -> Option<(usize, Option<Date>)> {
    let word = |step: usize| words.get(at + step);
    let of = |step: usize| word(step).map_or("", |word| word.text(text));
    let first = word(0)?;
    let gap = |step: usize| {
        let (Some(left), Some(right)) = (word(step - 1), word(step)) else { return "" };
        text.get(left.full_end as usize..right.start as usize).unwrap_or_default()
    };
    let separator = gap(1);
    // Only digits: 14/01/2010, 2010-01-14, 14 01 10.
    if first.shape == Shape::Digits && matches!(separator.trim(), "/" | "-" | "." | "\u{2013}") && separator.len() <= 3
        || first.shape == Shape::Digits && separator == " " && word(1).is_some_and(|word| word.shape == Shape::Digits)
    {
        if word(1)?.shape != Shape::Digits || gap(2) != separator {
            return month_name(text, words, at);
        }
        let timed = word(2)?.shape == Shape::Coded && of(2).contains('T');
        if word(2)?.shape != Shape::Digits && !timed {
            return None;
        }
        let third = of(2).split('T').next().unwrap_or_default();
        let end = word(2)?.start as usize + third.len();
        let attached = word(3).is_some_and(|next| {
            text.get(word(2).map_or(0, |word| word.full_end as usize)..next.start as usize) == Some(separator)
                && separator != " "
        });
        if attached {
            return None;
        }
        let number = |text: &str| text.parse::<i8>().ok();
        let date = if of(0).len() == 4 {
            let (Some(year), Some(month), Some(day)) = (year(of(0)), number(of(1)), number(third)) else { return None };
            Date::new(year, month, day).ok()
        } else {
            let (Some(day), Some(month), Some(year)) = (day(of(0)), number(of(1)), year(third)) else { return None };
            Date::new(year, month, day).or_else(|_| Date::new(year, day, month)).ok()
        };
        return date.map(|date| (end, Some(date)));
    }
    month_name(text, words, at)
}

/// 14 January 2010, 14th of Jan, January 14, 2010.
fn month_name(text: &str, words: &[Word], at: usize) -> Option<(usize, Option<Date>)> {
    let of = |at: usize| words.get(at).map_or("", |word| word.text(text));
    let first = words.get(at)?;
    let close = |at: usize| {
        words.get(at).is_some_and(|word| {
            matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Comma | Gap::Dot | Gap::Stop | Gap::Line | Gap::Other)
                && word.start - words.get(at - 1).map_or(0, |word| word.full_end) <= 3
        })
    };
    if first.is(MONTH)
        && let Some(month) = month(of(at))
    {
        let day = if close(at + 1) { day(of(at + 1)) } else { None };
        if let Some(day) = day
            && close(at + 2)
            && let Some(year) = year(of(at + 2))
        {
            return Some((words.get(at + 2)?.end as usize, Date::new(year, month, day).ok()));
        }
        let year = if close(at + 1) { year(of(at + 1)).filter(|_| of(at + 1).len() == 4) } else { None };
        return year.map(|_| (words.get(at + 1).map_or(0, |word| word.end as usize), None));
    }
    let day = day(of(at))?;
    let mut next = at + 1;
    while ["of", "day"].iter().any(|joint| joint.eq_ignore_ascii_case(of(next))) && close(next) {
        next += 1;
    }
    if !close(next) {
        return None;
    }
    let month = month(of(next))?;
    let mut last = next;
    let mut date = None;
    if close(next + 1)
        && let Some(year) = year(of(next + 1))
    {
        last = next + 1;
        date = Date::new(year, month, day).ok();
    }
    Some((words.get(last)?.end as usize, date))
}
