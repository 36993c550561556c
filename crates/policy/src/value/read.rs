//! Reading a phrase as a typed value. A phrase that can be read in two ways is not read at all.

use std::collections::BTreeSet;

use clock::Span;

use super::numbers::{Token, plain_words, tokens};
use super::{Amount, Channel, Contact, Kind, Role, Value};
use crate::span::same_length;

/// The words do not say a value of the wanted type, or say more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No such value in the words.
    Nothing,
    /// Two values, and nothing tells which is meant.
    Several,
}

/// The longest period that a policy can sensibly state; adoption records are kept for a hundred years and more.
const LONGEST_YEARS: u32 = 200;

/// Reads `words` as a value of `kind`.
///
/// # Errors
/// When the words hold no such value, or more than one.
pub fn read(kind: Kind, words: &str) -> Result<Value, Unreadable> {
    match kind {
        Kind::Span => span(words).map(Value::Span),
        Kind::Count => count(words).map(Value::Count),
        Kind::Age => age(words).map(Value::Age),
        Kind::Role => Role::named_in(&plain_words(words)).map(Value::Role).ok_or(Unreadable::Nothing),
        Kind::Channels => channels(words).map(Value::Channels),
        Kind::Amount => amount(words).map(Value::Amount),
        Kind::Contact => contact(words).map(Value::Contact),
        Kind::Presence if words.trim().is_empty() => Err(Unreadable::Nothing),
        Kind::Presence => Ok(Value::Present),
    }
}

fn span(words: &str) -> Result<Span, Unreadable> {
    let tokens = tokens(words);
    let mut found: Vec<Span> = Vec::new();
    let mut pending: Option<u32> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Strange => return Err(Unreadable::Nothing),
            Token::Number(_) if pending.is_some() => return Err(Unreadable::Several),
            Token::Number(number) => pending = Some(*number),
            Token::Word(word) if word == "half" => return Err(Unreadable::Nothing),
            Token::Word(word) => {
                if let Some(cycle) = cycle(word, &tokens[..at]) {
                    found.push(cycle);
                } else if let Some(unit) = unit(word) {
                    let number = pending.take().or_else(|| implied_one(&tokens[..at])).ok_or(Unreadable::Nothing)?;
                    found.push(measured(number, unit, &tokens[..at])?);
                }
            }
        }
    }
    if pending.is_some() {
        return Err(if found.is_empty() { Unreadable::Nothing } else { Unreadable::Several });
    }
    one_span(&found)
}

/// A unit of time, with the words for it; the Welsh ones are mutated as they stand after numbers.
fn unit(word: &str) -> Option<fn(u32) -> Span> {
    match word {
        "hour" | "hours" | "awr" | "oriau" => Some(Span::Hours),
        "day" | "days" | "diwrnod" | "ddiwrnod" | "dyddiau" => Some(Span::Days),
        "week" | "weeks" | "wythnos" | "wythnosau" => Some(Span::Weeks),
        "month" | "months" | "mis" | "fis" | "misoedd" => Some(Span::Months),
        "year" | "years" | "blwyddyn" | "flwyddyn" | "blynedd" | "flynedd" | "mlynedd" => Some(Span::Years),
        _ => None,
    }
}

/// Words that are a whole period by themselves: "yearly", "a fortnight", "twice a year".
fn cycle(word: &str, before: &[Token]) -> Option<Span> {
    let says = |wanted: &str| before.iter().any(|token| token.word() == Some(wanted));
    match word {
        "yearly" | "annual" | "annually" | "blynyddol" => Some(Span::Years(1)),
        "quarterly" => Some(Span::Months(3)),
        "monthly" => Some(Span::Months(1)),
        "fortnight" | "fortnightly" => Some(Span::Weeks(2)),
        "weekly" => Some(Span::Weeks(1)),
        "daily" => Some(Span::Days(1)),
        "year" if says("twice") => Some(Span::Months(6)),
        "year" if says("other") && says("every") => Some(Span::Years(2)),
        _ => None,
    }
}

/// "a month", "every year", "each calendar month": one, though no number says so.
fn implied_one(before: &[Token]) -> Option<u32> {
    let word = before.iter().rev().filter_map(Token::word).find(|word| !is_quality(word))?;
    matches!(word, "a" | "an" | "each" | "every" | "per" | "bob").then_some(1)
}

/// Words between number and unit that change nothing, except that "working" days are another unit.
fn is_quality(word: &str) -> bool {
    matches!(word, "calendar" | "full" | "whole" | "clear" | "working" | "business")
}

fn measured(number: u32, unit: fn(u32) -> Span, before: &[Token]) -> Result<Span, Unreadable> {
    let working = before.iter().rev().map_while(Token::word).any(|word| matches!(word, "working" | "business"));
    let span = match (unit(number), working) {
        (Span::Days(days), true) => Span::WorkingDays(days),
        (_, true) => return Err(Unreadable::Nothing),
        (span, false) => span,
    };
    let sensible = match span {
        Span::Hours(n) => (1..=LONGEST_YEARS * 24 * 366).contains(&n),
        Span::Days(n) | Span::WorkingDays(n) => (1..=LONGEST_YEARS * 366).contains(&n),
        Span::Weeks(n) => (1..=LONGEST_YEARS * 53).contains(&n),
        Span::Months(n) => (1..=LONGEST_YEARS * 12).contains(&n),
        Span::Years(n) => (1..=LONGEST_YEARS).contains(&n),
    };
    if sensible { Ok(span) } else { Err(Unreadable::Nothing) }
}

/// One period out of those found: the same said twice, or years and months that add up.
fn one_span(found: &[Span]) -> Result<Span, Unreadable> {
    match found {
        [] => Err(Unreadable::Nothing),
        [only] => Ok(*only),
        [Span::Years(years), Span::Months(months)] if *months < 12 => Ok(Span::Months(years * 12 + months)),
        [first, rest @ ..] if rest.iter().all(|other| same_length(*first, *other)) => Ok(*first),
        _ => Err(Unreadable::Several),
    }
}

fn only_number(words: &str) -> Result<u32, Unreadable> {
    let tokens = tokens(words);
    if tokens.contains(&Token::Strange) {
        return Err(Unreadable::Nothing);
    }
    let numbers: BTreeSet<u32> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    match numbers.len() {
        0 => Err(Unreadable::Nothing),
        1 => numbers.first().copied().ok_or(Unreadable::Nothing),
        _ => Err(Unreadable::Several),
    }
}

fn count(words: &str) -> Result<u32, Unreadable> {
    match only_number(words) {
        Ok(number) if number <= 1000 => Ok(number),
        Err(Unreadable::Nothing) if matches!(plain_words(words).as_str(), "no" | "none") => Ok(0),
        Ok(_) => Err(Unreadable::Nothing),
        Err(why) => Err(why),
    }
}

/// "12 and above". A phrase that bounds the age from the other side ("under 12") would turn the rule round, so it is
/// not read.
fn age(words: &str) -> Result<u32, Unreadable> {
    let turned = ["under", "below", "younger", "less", "until", "before"];
    let age = only_number(words)?;
    let from_below = tokens(words).iter().filter_map(Token::word).any(|word| turned.contains(&word));
    if from_below || age > 25 { Err(Unreadable::Nothing) } else { Ok(age) }
}

fn channels(words: &str) -> Result<BTreeSet<Channel>, Unreadable> {
    let plain = format!(" {} ", plain_words(words).replace("e mail", "email").replace("face to face", "person"));
    let named: &[(&str, Channel)] = &[
        ("writing", Channel::Writing),
        ("written", Channel::Writing),
        ("letter", Channel::Letter),
        ("post", Channel::Letter),
        ("email", Channel::Email),
        ("fax", Channel::Fax),
        ("phone", Channel::Phone),
        ("telephone", Channel::Phone),
        ("call", Channel::Phone),
        ("person", Channel::InPerson),
        ("online", Channel::Online),
        ("portal", Channel::Online),
        ("form", Channel::Form),
        ("llythyr", Channel::Letter),
        ("ebost", Channel::Email),
    ];
    let found: BTreeSet<_> =
        named.iter().filter(|(word, _)| plain.contains(&format!(" {word} "))).map(|(_, channel)| *channel).collect();
    if found.is_empty() { Err(Unreadable::Nothing) } else { Ok(found) }
}

fn amount(words: &str) -> Result<Amount, Unreadable> {
    let plain = format!(" {} ", plain_words(words));
    let says = |phrase: &str| plain.contains(&format!(" {phrase} "));
    let free = [
        "free",
        "no charge",
        "no cost",
        "no fee",
        "without charge",
        "do not charge",
        "never charge",
        "not charge",
        "nothing",
        "am ddim",
    ]
    .iter()
    .any(|phrase| says(phrase));
    let reasonable = says("reasonable fee") || says("reasonable charge") || says("reasonable amount");
    let sum = money(words);
    match (free, reasonable, sum) {
        (true, false, Err(Unreadable::Nothing)) => Ok(Amount::Free),
        (false, true, Err(Unreadable::Nothing)) => Ok(Amount::Reasonable),
        (false, false, Ok(pence)) => Ok(Amount::Pence(pence)),
        (false, false, Err(why)) => Err(why),
        _ => Err(Unreadable::Several),
    }
}

/// "£10", "£10.50", "ten pounds", in pence.
fn money(words: &str) -> Result<u32, Unreadable> {
    if let Some((_, after)) = words.split_once('£') {
        if after.contains('£') {
            return Err(Unreadable::Several);
        }
        let figures: String = after.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let figures = figures.trim_end_matches('.');
        let (pounds, pence) = figures.split_once('.').unwrap_or((figures, "00"));
        let (Ok(pounds), Ok(pence), 2) = (pounds.parse::<u32>(), pence.parse::<u32>(), pence.len()) else {
            return Err(Unreadable::Nothing);
        };
        return pounds.checked_mul(100).and_then(|sum| sum.checked_add(pence)).ok_or(Unreadable::Nothing);
    }
    let number = only_number(words)?;
    let pounds = tokens(words).iter().filter_map(Token::word).any(|word| matches!(word, "pound" | "pounds"));
    if pounds { number.checked_mul(100).ok_or(Unreadable::Nothing) } else { Err(Unreadable::Nothing) }
}

fn contact(words: &str) -> Result<Contact, Unreadable> {
    let words = words.trim().trim_end_matches('.');
    let one_word = !words.contains(char::is_whitespace);
    if one_word && let Some((name, host)) = words.split_once('@') {
        let fits = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.contains('@');
        return if fits { Ok(Contact::Email(words.to_owned())) } else { Err(Unreadable::Nothing) };
    }
    let figures = words.chars().filter(char::is_ascii_digit).count();
    if figures >= 7 && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-')) {
        return Ok(Contact::Phone(words.to_owned()));
    }
    let site = words.trim_start_matches("https://").trim_start_matches("http://");
    let host = site.split('/').next().unwrap_or_default();
    let fits = one_word
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    if fits { Ok(Contact::Website(site.to_owned())) } else { Err(Unreadable::Nothing) }
}
