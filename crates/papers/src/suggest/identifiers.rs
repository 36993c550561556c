//! Finding identifiers in text: a pattern, then its check digit, then the words around it.
//!
//! Sources: NHS Data Dictionary (modulus 11), HMRC manual NIM39110 (National Insurance prefixes), Royal Mail postcode
//! formats, Department for Education (UPN), HESA (ULN), DVLA (driver number).

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::people::{People, SUBJECT, detail_key, phone_key};
use super::{Certainty, Found, Kind, Suggestion};
use crate::fold::Folded;

/// What a pattern's hit turned out to be: kind, certainty, words, and the key under which the book may know it.
struct Verdict {
    kind: Kind,
    certainty: Certainty,
    words: &'static str,
    key: Option<String>,
}

/// A hit with its surroundings, for judging.
struct Hit<'t> {
    /// The hit, folded.
    folded: &'t str,
    /// The hit as written.
    written: &'t str,
    /// Up to 40 bytes before and 20 after, folded.
    around: &'t str,
}

impl Hit<'_> {
    fn digits(&self) -> Vec<u32> {
        self.folded.chars().filter_map(|c| c.to_digit(10)).collect()
    }

    fn near(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.around.contains(word))
    }
}

type Judge = fn(&Hit) -> Option<Verdict>;

/// The patterns work on folded text: lower case, one kind of space and dash. Word edges are ASCII ones, which keeps the
/// search in one pass.
static PATTERNS: LazyLock<Vec<(Regex, Judge)>> = LazyLock::new(|| {
    let patterns: [(&str, Judge); 10] = [
        (r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?-u:\b)", |hit| Some(email(hit))),
        (r"(?:\+44 ?(?:\(0\))? ?|(?-u:\b)0044 ?|\(0|(?-u:\b)0)[0-9 ()-]{7,15}[0-9](?-u:\b)", phone),
        (r"(?-u:\b)[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?-u:\b)", ten_digits),
        (r"(?-u:\b)[a-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d](?-u:\b)", national_insurance),
        (
            r"(?-u:\b)(?:gir ?0aa|[a-pr-uwyz](?:[0-9]{1,2}|[a-hk-y][0-9]{1,2}|[0-9][a-hjkpstuw]|[a-hk-y][0-9][abehmnprvwxy]) ?[0-9][abd-hjlnp-uw-z]{2})(?-u:\b)",
            postcode,
        ),
        (r"(?-u:\b)(?:[0-9]{2}[ -][0-9]{2}[ -][0-9]{2}|[0-9]{8}|[0-9]{6})(?-u:\b)", bank),
        (r"(?-u:\b)(?:[0-9]{9}|[0-9]{12})(?-u:\b)", certificate),
        (r"(?-u:\b)[a-hj-npqrt-z][0-9]{11}[0-9a-hj-npqrt-z](?-u:\b)", pupil),
        (
            r"(?-u:\b)[a-z9]{5}[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9][a-z9]{2}[a-z0-9][a-z]{2}(?-u:\b)",
            |hit| Some(driver(hit)),
        ),
        (r"(?-u:\b)[0-9]{2} ?[a-z][0-9] ?[0-9]{2} ?[0-9]{2}(?-u:\b)", temporary_reference),
    ];
    patterns.into_iter().filter_map(|(pattern, judge)| Some((Regex::new(pattern).ok()?, judge))).collect()
});

static DATES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    Regex::new(&format!(
        r"(?-u:\b)(?:([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})|([0-9]{{1,2}})[/. -]([0-9]{{1,2}})[/. -]([0-9]{{4}}|[0-9]{{2}})|([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? ({month})\.?,? ([0-9]{{4}}))(?-u:\b)"
    ))
    .ok()
});

/// Street addresses are told by their capitals, so this one reads the text as written.
static STREETS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?:(?:[Ff]lat|[Uu]nit) [0-9]{1,4}[A-Za-z]?,? )?[0-9]{1,4}[A-Za-z]?,? (?:[A-Z][A-Za-zÀ-ž'’]{1,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Way|Court|Crescent|Place|Terrace|Gardens|Grove|Hill|Square|Walk|Row|Park|Mews|View|Rise)(?-u:\b)",
    )
    .ok()
});

/// All identifiers in the text. Findings may overlap.
pub(super) fn find(text: &str, folded: &Folded, people: &People) -> Vec<Found> {
    let mut found = Vec::new();
    for (pattern, judge) in PATTERNS.iter() {
        for hit in pattern.find_iter(folded.as_str()) {
            let place = folded.original(hit.range());
            let Some(written) = text.get(place.clone()) else { continue };
            if !folded.stands_alone(&hit.range()) {
                continue;
            }
            let around = around(folded.as_str(), hit.range());
            if let Some(verdict) = judge(&Hit { folded: hit.as_str(), written, around }) {
                found.push(known_or_not(place, &verdict, people));
            }
        }
    }
    found.extend(dates(folded, people));
    if let Some(streets) = STREETS.as_ref() {
        found.extend(streets.find_iter(text).map(|hit| {
            let verdict =
                Verdict { kind: Kind::Address, certainty: Certainty::Maybe, words: "A street address", key: None };
            known_or_not(hit.range(), &verdict, people)
        }));
    }
    found
}

fn around(folded: &str, range: Range<usize>) -> &str {
    let floor = |at: usize| (0..=at.min(folded.len())).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
    folded.get(floor(range.start.saturating_sub(40))..floor(range.end + 20)).unwrap_or_default()
}

fn known_or_not(place: Range<usize>, verdict: &Verdict, people: &People) -> Found {
    let who = verdict.key.as_deref().map_or(&[][..], |key| people.with_detail(key));
    let subject = who.contains(&SUBJECT);
    let known = !who.is_empty();
    let explanation = match (known, subject) {
        (true, true) => format!("{} of the person asking", verdict.words),
        (true, false) => format!("{} of {}", verdict.words, people.describe(who)),
        (false, _) => verdict.words.to_owned(),
    };
    let certainty = if known { Certainty::Sure } else { verdict.certainty };
    let suggestion = Suggestion {
        start: place.start,
        end: place.end,
        kind: verdict.kind,
        certainty,
        explanation,
        people: people.ids(who),
    };
    Found { suggestion, subject }
}

fn verdict(kind: Kind, certainty: Certainty, words: &'static str, hit: &Hit) -> Verdict {
    Verdict { kind, certainty, words, key: Some(detail_key(hit.folded)) }
}

fn email(hit: &Hit) -> Verdict {
    verdict(Kind::Email, Certainty::Sure, "E-mail address", hit)
}

fn phone(hit: &Hit) -> Option<Verdict> {
    let key = phone_key(hit.folded);
    let sound = (10..=11).contains(&key.len()) && key.starts_with('0') && !key.starts_with("00");
    let area = key.chars().nth(1).is_some_and(|c| "1235789".contains(c));
    (sound && area).then_some(Verdict {
        kind: Kind::Phone,
        certainty: Certainty::Likely,
        words: "Telephone number",
        key: Some(key),
    })
}

fn ten_digits(hit: &Hit) -> Option<Verdict> {
    let digits = hit.digits();
    let named = hit.near(&["nhs", "h&c", "chi "]);
    let grouped = hit.folded.len() == 12;
    if nhs_check(&digits) {
        let certainty = if named || grouped { Certainty::Sure } else { Certainty::Likely };
        return Some(verdict(Kind::Nhs, certainty, "NHS number", hit));
    }
    if uln_check(&digits) && hit.near(&["uln", "learner"]) {
        return Some(verdict(Kind::Document, Certainty::Sure, "Unique learner number", hit));
    }
    let nhs_like = (named || grouped) && !hit.folded.starts_with('0');
    nhs_like
        .then(|| {
            Some(verdict(
                Kind::NhsBad,
                Certainty::Likely,
                "Looks like an NHS number, but its check digit is wrong",
                hit,
            ))
        })
        .flatten()
}

fn national_insurance(hit: &Hit) -> Option<Verdict> {
    let mut letters = hit.folded.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    let prefix = [first, second].iter().collect::<String>();
    let good = !"dfiquv".contains(first)
        && !"dfioquv".contains(second)
        && !["bg", "gb", "kn", "nk", "nt", "tn", "zz"].contains(&prefix.as_str());
    if good {
        return Some(verdict(Kind::Nino, Certainty::Sure, "National Insurance number", hit));
    }
    let imitation = ["qq", "oo", "cr", "fy", "mw", "nc", "pp"].contains(&prefix.as_str());
    imitation.then(|| verdict(Kind::Nino, Certainty::Maybe, "Made like a National Insurance number", hit))
}

fn postcode(hit: &Hit) -> Option<Verdict> {
    let capitals = hit.written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| hit.folded.ends_with(end));
    if !capitals && (ordinal || !hit.folded.contains(' ')) && !hit.near(&["postcode", "address"]) {
        return None;
    }
    Some(verdict(Kind::Postcode, if capitals { Certainty::Sure } else { Certainty::Likely }, "Postcode", hit))
}

fn bank(hit: &Hit) -> Option<Verdict> {
    let named = hit.near(&["sort code", "sortcode", "account no", "account num", "acc no", "a/c", "bank"]);
    let account_only = hit.folded.len() == 8 && hit.folded.bytes().all(|b| b.is_ascii_digit());
    let named = named || (account_only && hit.near(&["account"]));
    named.then(|| verdict(Kind::Bank, Certainty::Likely, "Bank details", hit))
}

fn certificate(hit: &Hit) -> Option<Verdict> {
    if hit.folded.len() == 12 && hit.near(&["dbs", "disclosure", "certificate"]) {
        return Some(verdict(Kind::Document, Certainty::Likely, "DBS certificate number", hit));
    }
    let passport = hit.folded.len() == 9 && hit.near(&["passport"]);
    passport.then(|| verdict(Kind::Document, Certainty::Likely, "Passport number", hit))
}

fn pupil(hit: &Hit) -> Option<Verdict> {
    is_upn(hit.folded).then(|| verdict(Kind::Document, Certainty::Sure, "Unique pupil number", hit))
}

fn driver(hit: &Hit) -> Verdict {
    verdict(Kind::Document, Certainty::Sure, "Driving licence number", hit)
}

fn temporary_reference(hit: &Hit) -> Option<Verdict> {
    let named = hit.near(&["national insurance", "ni no", "ni num", "nino", "hmrc", "tax"]);
    named.then(|| verdict(Kind::Nino, Certainty::Maybe, "Temporary reference number of HMRC", hit))
}

/// Dates of birth: those of known people, and those that the words around call one.
fn dates(folded: &Folded, people: &People) -> Vec<Found> {
    let Some(pattern) = DATES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for captures in pattern.captures_iter(folded.as_str()) {
        let Some(whole) = captures.get(0) else { continue };
        let part = |index: usize| captures.get(index).map(|part| part.as_str());
        let date = match (part(1), part(4), part(7)) {
            (Some(year), _, _) => day(year, part(2), part(3)),
            (_, Some(first), _) => part(6).and_then(|year| day(year, part(5), Some(first))),
            (_, _, first) => part(9).and_then(|year| day(year, part(8).and_then(month_number), first)),
        };
        let Some(date) = date else { continue };
        let who = people.born_on(date);
        let head = around(folded.as_str(), whole.start()..whole.start());
        let named = ["dob", "d.o.b", "born", "birth"].iter().any(|word| head.contains(word));
        if who.is_empty() && !named {
            continue;
        }
        let key = None;
        let words = "Date of birth";
        let verdict = Verdict { kind: Kind::Dob, certainty: Certainty::Likely, words, key };
        let mut one = known_or_not(folded.original(whole.range()), &verdict, people);
        if !who.is_empty() {
            one.subject = who.contains(&SUBJECT);
            one.suggestion.certainty = if named { Certainty::Sure } else { Certainty::Maybe };
            one.suggestion.explanation = if one.subject {
                "Date of birth of the person asking".to_owned()
            } else {
                format!("Date of birth of {}", people.describe(who))
            };
            one.suggestion.people = people.ids(who);
        }
        found.push(one);
    }
    found
}

fn day(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Date> {
    let mut full: i16 = year.parse().ok()?;
    if year.len() == 2 {
        // Two figures: the last hundred years up to 2029; nobody in a children's charity's file was born later yet.
        full += if full < 30 { 2000 } else { 1900 };
    }
    Date::new(full, month?.parse().ok()?, day?.parse().ok()?).ok()
}

fn month_number(name: &str) -> Option<&'static str> {
    const MONTHS: [(&str, &str); 12] = [
        ("jan", "1"),
        ("feb", "2"),
        ("mar", "3"),
        ("apr", "4"),
        ("may", "5"),
        ("jun", "6"),
        ("jul", "7"),
        ("aug", "8"),
        ("sep", "9"),
        ("oct", "10"),
        ("nov", "11"),
        ("dec", "12"),
    ];
    MONTHS.into_iter().find(|(start, _)| name.starts_with(start)).map(|(_, number)| number)
}

/// Whether this is an NHS number with the right check digit (modulus 11). Spaces and dashes do not matter. Numbers from
/// 999 000 0000, kept for tests, count too.
pub fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-') && nhs_check(&digits)
}

fn nhs_check(digits: &[u32]) -> bool {
    let [first @ .., last] = digits else { return false };
    if first.len() != 9 {
        return false;
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        other => other,
    };
    // Not every digit the same: 000 000 0000 and 111 111 1111 pass the sum but are fillers.
    check == *last && first.iter().any(|digit| digit != last)
}

/// Whether this is a unique learner number with the right check digit.
pub fn is_uln(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    text.chars().all(|c| c.is_ascii_digit()) && uln_check(&digits)
}

fn uln_check(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 10 && digits.first() != Some(&0) && digits != [9; 10] && sum % 11 == 10
}

/// Whether this is a unique pupil number, permanent or temporary, with the right check letter.
pub fn is_upn(text: &str) -> bool {
    const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";
    let upper = text.to_ascii_uppercase();
    let mut chars = upper.chars();
    let Some(check) = chars.next().and_then(|c| LETTERS.find(c)) else { return false };
    let values: Vec<usize> = chars
        .enumerate()
        .filter_map(|(index, c)| match c.to_digit(10) {
            Some(digit) => Some(digit as usize),
            None if index == 11 => LETTERS.find(c),
            None => None,
        })
        .collect();
    let sum: usize = values.iter().zip(2..).map(|(value, weight)| value * weight).sum();
    upper.len() == 13 && values.len() == 12 && sum % 23 == check
}

/// Whether this has the form of a UK postcode.
pub fn is_postcode(text: &str) -> bool {
    let folded = crate::fold::fold(text.trim());
    let pattern = PATTERNS.get(4).map(|(pattern, _)| pattern);
    pattern.and_then(|pattern| pattern.find(&folded)).is_some_and(|hit| hit.as_str() == folded)
}
