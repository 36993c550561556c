//! Codes of letters and digits: postcodes, National Insurance numbers, registration marks, IBANs.

use crate::near::near;
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

/// Postcode areas of the United Kingdom and the islands.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY \
    G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX \
    PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS \
    WV YO ZE ";

const VEHICLE: &[&str] = &[
    "reg",
    "registration",
    "car",
    "van",
    "vehicle",
    "plate",
    "plates",
    "vrm",
    "drives",
    "driving",
    "taxi",
    "motorbike",
    "moped",
    "rover",
    "fiesta",
    "ford",
    "astra",
    "corsa",
    "golf",
    "bmw",
    "audi",
    "polo",
    "focus",
    "vauxhall",
    "nissan",
    "micra",
    "toyota",
    "yaris",
    "transit",
    "peugeot",
    "renault",
    "clio",
    "skoda",
    "kia",
    "volvo",
    "saab",
    "mini",
    "honda",
    "citroen",
    "dacia",
    "number plate",
];

pub(crate) fn find(text: &str, words: &[Word], found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    for (at, word) in words.iter().enumerate() {
        if !matches!(word.shape, Shape::Coded) {
            // "AB 12 34 56 C": letters apart from digits.
            let letters =
                word.full_end - word.start == 2 && matches!(word.shape, Shape::Upper | Shape::Lower | Shape::Capital);
            let digits_next = words.get(at + 1).is_some_and(|next| {
                matches!(next.shape, Shape::Digits | Shape::Coded) && next.start - word.full_end <= 1
            });
            if letters && digits_next {
                national_insurance(text, bytes, words, at, found);
            }
            continue;
        }
        if !bytes.get(word.start as usize..word.end as usize).unwrap_or_default().is_ascii() {
            continue;
        }
        let before = found.len();
        national_insurance(text, bytes, words, at, found);
        if found.len() == before {
            postcode(bytes, words, at, found);
        }
        if found.len() == before {
            vehicle(text, bytes, words, at, found);
        }
        if found.len() == before {
            iban(bytes, words, at, found);
        }
    }
}

fn upper(bytes: &[u8], from: usize, to: usize, into: &mut Vec<u8>) {
    into.extend(bytes.get(from..to).unwrap_or_default().iter().map(u8::to_ascii_uppercase));
}

/// The words from `at` on, glued together, until `length` bytes; the end of the last, if it fits exactly.
fn glued(bytes: &[u8], words: &[Word], at: usize, length: usize, widest: u32) -> Option<(Vec<u8>, usize)> {
    let mut glue = Vec::with_capacity(length);
    let mut last = None::<&Word>;
    for word in words.get(at..)? {
        if let Some(last) = last
            && (word.start - last.full_end > widest || !matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Line))
        {
            return None;
        }
        upper(bytes, word.start as usize, word.end as usize, &mut glue);
        last = Some(word);
        if glue.len() >= length {
            break;
        }
    }
    (glue.len() == length).then(|| last.map(|word| (glue, word.end as usize))).flatten()
}

fn national_insurance(text: &str, bytes: &[u8], words: &[Word], at: usize, found: &mut Vec<Finding>) {
    let Some(word) = words.get(at) else { return };
    let start = word.start as usize;
    let whole = glued(bytes, words, at, 9, 2);
    let called = || near(text, start, start, &["ni", "nino", "national insurance", "n.i.", "ni no", "insurance"]);
    let fits = |glue: &[u8]| {
        let (Some(first), Some(second)) = (glue.first(), glue.get(1)) else { return false };
        let pair = glue.get(..2).unwrap_or_default();
        b"ABCEGHJKLMNOPRSTWXYZ".contains(first)
            && b"ABCEGHJKLMNPRSTWXYZ".contains(second)
            && ![b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].iter().any(|bad| bad.as_slice() == pair)
            && glue.get(2..8).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    match whole {
        Some((glue, end)) if fits(&glue) && glue.last().is_some_and(|last| b"ABCD".contains(last)) => {
            found.push(Finding { start, end, kind: Kind::Nino, ground: Ground::Form, entry: NOBODY });
        }
        _ => {
            if let Some((glue, end)) = glued(bytes, words, at, 8, 2)
                && fits(&glue)
                && called()
            {
                found.push(Finding { start, end, kind: Kind::Nino, ground: Ground::Near, entry: NOBODY });
            }
        }
    }
}

/// Whether the outward part names a district that may exist.
fn outward(code: &[u8]) -> bool {
    let letters = code.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (area, district) = code.split_at(letters.min(code.len()));
    let Ok(area) = std::str::from_utf8(area) else { return false };
    if !(1..=2).contains(&letters) || !AREAS.contains(&format!(" {area} ")) {
        return false;
    }
    match district {
        [one] => one.is_ascii_digit(),
        [one, two] if two.is_ascii_digit() => one.is_ascii_digit() && *one != b'0',
        [one, two] => {
            one.is_ascii_digit()
                && two.is_ascii_uppercase()
                && matches!(area, "E" | "EC" | "N" | "NW" | "SE" | "SW" | "W" | "WC")
        }
        _ => false,
    }
}

fn inward(code: &[u8]) -> bool {
    matches!(code, [digit, one, two] if digit.is_ascii_digit() && [one, two].iter().all(|byte| b"ABDEFGHJLNPQRSTUWXYZ".contains(byte)))
}

fn postcode(bytes: &[u8], words: &[Word], at: usize, found: &mut Vec<Finding>) {
    let Some(word) = words.get(at) else { return };
    let (start, end) = (word.start as usize, word.end as usize);
    let mut code = Vec::with_capacity(8);
    upper(bytes, start, end, &mut code);
    if (5..=7).contains(&code.len()) {
        let (out, inner) = code.split_at(code.len() - 3);
        if outward(out) && inward(inner) {
            found.push(Finding { start, end, kind: Kind::Postcode, ground: Ground::Form, entry: NOBODY });
            return;
        }
    }
    if (2..=4).contains(&code.len())
        && outward(&code)
        && let Some(next) = words.get(at + 1)
        && matches!(next.gap, Gap::Space | Gap::Line | Gap::Hyphen)
        && next.end - next.start == 3
        && next.start - word.end <= 4
    {
        let mut inner = Vec::with_capacity(3);
        upper(bytes, next.start as usize, next.end as usize, &mut inner);
        if inward(&inner) {
            found.push(Finding {
                start,
                end: next.end as usize,
                kind: Kind::Postcode,
                ground: Ground::Form,
                entry: NOBODY,
            });
        }
    }
}

/// `YD19 KXW` by its form; older marks (`A123 BCD`, `ABC 123D`) and those of Northern Ireland only near such words.
fn vehicle(text: &str, bytes: &[u8], words: &[Word], at: usize, found: &mut Vec<Finding>) {
    let Some(word) = words.get(at) else { return };
    let (start, end) = (word.start as usize, word.end as usize);
    let mut code = Vec::with_capacity(8);
    upper(bytes, start, end, &mut code);
    let mut last = end;
    let next = words.get(at + 1).filter(|next| {
        next.gap == Gap::Space
            && matches!(next.shape, Shape::Upper | Shape::Lower | Shape::Digits | Shape::Coded)
            && next.end - next.start <= 4
    });
    let form =
        |code: &[u8]| -> String { code.iter().map(|byte| if byte.is_ascii_digit() { '9' } else { 'A' }).collect() };
    let mut shape = form(&code);
    if let Some(next) = next
        && shape.len() <= 4
    {
        let joined = {
            let mut joined = code.clone();
            upper(bytes, next.start as usize, next.end as usize, &mut joined);
            joined
        };
        let both = form(&joined);
        if matches!(both.as_str(), "AA99AAA" | "A999AAA" | "A99AAA" | "A9AAA") {
            shape = both;
            code = joined;
            last = next.end as usize;
        }
    }
    let current =
        shape == "AA99AAA" && !code.get(..2).is_some_and(|pair| pair.iter().any(|byte| b"IQZ".contains(byte)));
    let capitals = bytes.get(start..last).is_some_and(|written| !written.iter().any(u8::is_ascii_lowercase));
    let old = matches!(shape.as_str(), "A999AAA" | "A99AAA" | "A9AAA" | "AAA999A" | "AAA99A" | "AAA9999" | "AAA999");
    if current && (capitals || near(text, start, last, VEHICLE)) || old && near(text, start, last, VEHICLE) {
        found.push(Finding {
            start,
            end: last,
            kind: Kind::CarReg,
            ground: if current { Ground::Form } else { Ground::Near },
            entry: NOBODY,
        });
    }
}

/// Account numbers across borders, proved by their check digits.
fn iban(bytes: &[u8], words: &[Word], at: usize, found: &mut Vec<Finding>) {
    let Some(word) = words.get(at) else { return };
    let head = bytes.get(word.start as usize..word.end as usize).unwrap_or_default();
    let starts = head.len() >= 4
        && head.iter().take(2).all(u8::is_ascii_uppercase)
        && head.iter().skip(2).take(2).all(u8::is_ascii_digit);
    if !starts {
        return;
    }
    let mut glue = Vec::with_capacity(34);
    let mut best = None;
    for (step, word) in words.get(at..).unwrap_or_default().iter().take(10).enumerate() {
        if step > 0 && word.gap != Gap::Space {
            break;
        }
        upper(bytes, word.start as usize, word.end as usize, &mut glue);
        if glue.len() > 34 {
            break;
        }
        if glue.len() >= 15 && remainder_97(&glue) == 1 {
            best = Some(word.end as usize);
        }
    }
    if let Some(end) = best {
        found.push(Finding { start: word.start as usize, end, kind: Kind::Bank, ground: Ground::Form, entry: NOBODY });
    }
}

fn remainder_97(code: &[u8]) -> u32 {
    let (head, tail) = code.split_at(4.min(code.len()));
    tail.iter().chain(head).fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        b'A'..=b'Z' => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
        _ => rest,
    })
}
