//! Numbers: telephones, NHS numbers, accounts, cards and passports.

use crate::near::{before, near};
use crate::words::{NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

/// Digits that stand together, with the marks that people put between.
struct Run {
    start: usize,
    end: usize,
    digits: Vec<u8>,
    plus: bool,
    dated: bool,
}

pub(crate) fn find(text: &str, words: &[Word], found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    found.sort_by_key(|one| one.start);
    let firm: Vec<(usize, usize)> = found.iter().map(|one| (one.start, one.end)).collect();
    let mut taken = firm.iter().peekable();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.shape != Shape::Digits {
            if word.shape == Shape::Coded {
                passport_with_letters(text, word, found);
            }
            at += 1;
            continue;
        }
        while taken.next_if(|one| one.1 <= word.start as usize).is_some() {}
        if taken.peek().is_some_and(|one| one.0 < word.end as usize) {
            at += 1;
            continue;
        }
        let last = run_end(text, bytes, words, at);
        let run = read(bytes, words, at, last);
        if let Some(one) = judge(text, &run) {
            let end = if one.kind == Kind::Phone { extension(text, words, last, one.end) } else { one.end };
            found.push(Finding { end, ..one });
            at = last + 1;
            continue;
        }
        // A run may be two numbers side by side: try shorter ones.
        let mut shorter = last;
        let mut took = None;
        while shorter > at {
            shorter -= 1;
            let run = read(bytes, words, at, shorter);
            if let Some(one) = judge(text, &run) {
                found.push(one);
                took = Some(shorter);
                break;
            }
        }
        at = took.map_or(at + 1, |took| took + 1);
    }
}

/// The last word of the run that begins here.
fn run_end(text: &str, bytes: &[u8], words: &[Word], first: usize) -> usize {
    let mut last = first;
    while last - first < 12 {
        let (Some(word), Some(next)) = (words.get(last), words.get(last + 1)) else { break };
        if next.shape != Shape::Digits {
            break;
        }
        let gap = bytes.get(word.full_end as usize..next.start as usize).unwrap_or_default();
        let loose = gap.len() <= 3
            && gap.iter().all(|byte| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'/'))
            && gap.iter().filter(|byte| matches!(byte, b'.' | b'/' | b'-')).count() <= 1
            || gap == [0xC2, 0xA0]
            || gap == "\u{2013}".as_bytes();
        if !loose || gap == b". " {
            break;
        }
        last += 1;
    }
    let _ = text;
    last
}

fn read(bytes: &[u8], words: &[Word], first: usize, last: usize) -> Run {
    let mut digits = Vec::with_capacity(16);
    let (mut start, mut end) = (0, 0);
    let mut dated = false;
    for (step, word) in words.get(first..=last).unwrap_or_default().iter().enumerate() {
        if step == 0 {
            start = word.start as usize;
        } else {
            dated |= bytes.get(end..word.start as usize) == Some(b"/");
        }
        end = word.end as usize;
        digits.extend(bytes.get(word.start as usize..end).unwrap_or_default());
    }
    let mut from = start;
    if from > 0 && bytes.get(from - 1) == Some(&b'(') && bytes.get(start..end).unwrap_or_default().contains(&b')') {
        from -= 1;
    }
    let plus = from > 0 && bytes.get(from - 1) == Some(&b'+');
    if plus {
        from -= 1;
    }
    Run { start: from, end, digits, plus, dated }
}

fn judge(text: &str, run: &Run) -> Option<Finding> {
    let one = |kind, ground| Some(Finding { start: run.start, end: run.end, kind, ground, entry: NOBODY });
    let digits = &run.digits;
    let bytes = text.as_bytes();
    let money = run.start > 0
        && (bytes.get(run.start - 1) == Some(&b'$')
            || bytes
                .get(..run.start)
                .is_some_and(|head| head.ends_with("£".as_bytes()) || head.ends_with("€".as_bytes())));
    let clock = bytes.get(run.end) == Some(&b':') && bytes.get(run.end + 1).is_some_and(u8::is_ascii_digit)
        || run.start > 0
            && bytes.get(run.start - 1) == Some(&b':')
            && run.start > 1
            && bytes.get(run.start - 2).is_some_and(u8::is_ascii_digit);
    let attached = run.start > 0 && matches!(bytes.get(run.start - 1), Some(b'/' | b'_' | b'#'))
        || run.start > 1
            && bytes.get(run.start - 1) == Some(&b'-')
            && bytes.get(run.start - 2).is_some_and(u8::is_ascii_digit);
    if money || clock {
        return None;
    }
    if digits.len() == 10 && !run.plus {
        let grouped = run.end - run.start == 12;
        let called = before(text, run.start, if grouped { 120 } else { 45 }, &["nhs", "chi", "gig", "n.h.s"]);
        let valid = check_digit(digits);
        let range = matches!(digits.first(), Some(b'4' | b'6' | b'7' | b'9')) || called;
        if valid && range && !run.dated && !attached {
            return one(Kind::Nhs, Ground::Form);
        }
        if called && !run.dated {
            return one(Kind::NhsBad, Ground::Near);
        }
    }
    if phone(text, run) && !run.dated && !attached {
        return one(Kind::Phone, Ground::Form);
    }
    if (13..=19).contains(&digits.len()) && luhn(digits) && matches!(digits.first(), Some(b'3'..=b'6')) && !attached {
        return one(Kind::Bank, Ground::Form);
    }
    if digits.len() == 9 && before(text, run.start, 40, &["passport", "pasbort", "paszport"]) {
        return one(Kind::Passport, Ground::Near);
    }
    let bank =
        &["sort code", "sort-code", "sort", "s/c", "account", "acc", "a/c", "acct", "account no", "bank", "cod didoli"];
    if matches!(digits.len(), 6..=8) && !run.dated && near(text, run.start, run.end, bank) && !attached {
        let pairs = digits.len() == 6 && run.end - run.start == 8;
        let plain = run.end - run.start == digits.len();
        let sort = before(text, run.start, 30, &["sort", "s/c", "sort-code"]) || pairs;
        let account = before(text, run.start, 34, &["account", "acc", "a/c", "acct", "no", "number", "sort", "s/c"]);
        if digits.len() == 6 && sort || digits.len() >= 7 && (plain || run.end - run.start == 9) && account {
            return one(Kind::Bank, Ground::Near);
        }
    }
    None
}

/// The eleventh-modulus check of NHS numbers (and of Scotland's and Northern Ireland's, which share it).
pub(crate) fn check_digit(digits: &[u8]) -> bool {
    let value = |byte: &u8| u32::from(byte - b'0');
    let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(byte, weight)| value(byte) * weight).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && digits.get(9).map(value) == Some(check) && !digits.iter().all(|byte| Some(byte) == digits.first())
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let value = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn phone(text: &str, run: &Run) -> bool {
    let digits = run.digits.as_slice();
    let national = if run.plus && digits.starts_with(b"44") {
        digits.get(2..)
    } else if digits.starts_with(b"0044") {
        digits.get(4..)
    } else if run.plus || digits.starts_with(b"00") && digits.len() > 10 {
        return (8..=17).contains(&digits.len());
    } else {
        None
    };
    if let Some(rest) = national {
        let rest = rest.strip_prefix(b"0").unwrap_or(rest);
        return (9..=10).contains(&rest.len()) && matches!(rest.first(), Some(b'1'..=b'3' | b'5' | b'7'..=b'9'));
    }
    let called = || {
        before(
            text,
            run.start,
            30,
            &[
                "tel",
                "telephone",
                "phone",
                "mob",
                "mobile",
                "ring",
                "call",
                "text",
                "number",
                "whatsapp",
                "ffon",
                "fax",
                "contact",
                "landline",
                "t",
                "m",
            ],
        )
    };
    match digits {
        [b'0', b'1' | b'2' | b'3' | b'5' | b'7' | b'8' | b'9', ..] => {
            digits.len() == 11 || digits.len() == 10 && (digits.starts_with(b"01") || called())
        }
        [b'7', ..] if digits.len() == 10 => called(),
        [b'4', b'4', rest @ ..] if digits.len() == 12 => matches!(rest.first(), Some(b'1' | b'2' | b'7')) && called(),
        _ => {
            (6..=8).contains(&digits.len())
                && before(text, run.start, 16, &["tel", "telephone", "phone", "landline", "ffon"])
        }
    }
}

/// "ext. 4" belongs to the number.
fn extension(text: &str, words: &[Word], last: usize, end: usize) -> usize {
    let (Some(word), Some(number)) = (words.get(last + 1), words.get(last + 2)) else { return end };
    let near = word.start as usize - end <= 3
        && number.start - word.full_end <= 2
        && number.shape == Shape::Digits
        && number.end - number.start <= 5;
    if near && matches!(word.text(text).to_ascii_lowercase().as_str(), "ext" | "extension" | "x" | "extn") {
        number.end as usize
    } else {
        end
    }
}

/// Passports with letters before or after the digits, and older Irish ones.
fn passport_with_letters(text: &str, word: &Word, found: &mut Vec<Finding>) {
    let code = word.text(text);
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    if (8..=9).contains(&code.len())
        && digits >= 6
        && code.is_ascii()
        && before(text, word.start as usize, 40, &["passport", "pasbort", "paszport"])
    {
        found.push(Finding {
            start: word.start as usize,
            end: word.end as usize,
            kind: Kind::Passport,
            ground: Ground::Near,
            entry: NOBODY,
        });
    }
}
