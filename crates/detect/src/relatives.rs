//! Relatives without a name: "his stepdad", "Nan", "babcia".

use crate::lexicon::{ARTICLE, BEGINS_RELATIVE, KNOWN, RELATIVE, WHOSE, key, relative_phrases};
use crate::names::Mark;
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

/// Relatives in other scripts, whole words.
const IN_SCRIPT: &[&str] = &[
    "奶奶",
    "爷爷",
    "爺爺",
    "妈妈",
    "媽媽",
    "爸爸",
    "外婆",
    "外公",
    "姐姐",
    "妹妹",
    "哥哥",
    "弟弟",
    "阿姨",
    "叔叔",
    "母亲",
    "父亲",
    "мама",
    "тато",
    "папа",
    "бабуся",
    "бабушка",
    "дідусь",
    "дедушка",
    "сестра",
    "брат",
    "мати",
    "батько",
    "мать",
    "отец",
    "тётя",
    "дядя",
    "тітка",
    "дядько",
    "أم",
    "أب",
    "والد",
    "والدة",
    "أخ",
    "أخت",
    "جدة",
    "جد",
    "أمي",
    "أبي",
    "أمه",
    "أبوه",
    "خالة",
    "عمة",
    "عم",
    "خال",
    "ماما",
    "بابا",
    "امی",
    "ابو",
    "مادر",
    "پدر",
    "माँ",
    "मां",
    "पिता",
    "दादी",
    "नानी",
    "মা",
    "বাবা",
    "ਮਾਂ",
    "ਪਿਤਾ",
    "ママ",
    "パパ",
    "엄마",
    "아빠",
    "할머니",
    "할아버지",
];

/// Words that make another thing of the relative before or after them.
const NOT_AFTER: &[&str] =
    &["evening", "evenings", "tongue", "christmas", "board", "nature", "company", "company's", "figure"];
/// Short words of other languages that need a sign that a relative is meant.
const SLIGHT: &[&str] = &[
    "pa", "ma", "ta", "tia", "tio", "pai", "mae", "abi", "anne", "abla", "thu", "ex", "bf", "gf", "tati", "twin",
    "twins", "mob", "fob", "guardian", "son", "parent", "parents", "carer", "carers", "partner", "partners", "apa",
    "papi", "khala", "halo", "hala", "halti", "wean", "bro", "da", "ba", "ate", "fa", "mo", "ina", "mil", "fil", "isa",
    "anti", "fam", "merch", "mab", "mother", "father", "sister", "brother", "tita", "tito", "dede", "nene", "lola",
    "lolo", "kuya",
];

pub(crate) fn in_script(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    IN_SCRIPT.iter().find(|known| **known == lower).copied()
}

pub(crate) fn find(text: &str, words: &[Word], marks: &[Mark], found: &mut Vec<Finding>) {
    let mut skip = 0;
    for (at, word) in words.iter().enumerate() {
        if at < skip || marks.get(at).is_some_and(|mark| mark.yes()) {
            continue;
        }
        if word.shape == Shape::Script {
            if in_script(word.text(text)).is_some() {
                push(found, word.start, word.end);
            }
            continue;
        }
        if let Some(last) = phrase(words, at) {
            let end = words.get(last).map_or(word.end, |word| word.end);
            push(found, word.start, end);
            skip = last + 1;
            continue;
        }
        if word.is(RELATIVE) && meant(text, words, marks, at) {
            push(found, word.start, word.end);
        }
    }
}

fn push(found: &mut Vec<Finding>, start: u32, end: u32) {
    found.push(Finding {
        start: start as usize,
        end: end as usize,
        kind: Kind::Relation,
        ground: Ground::Listed,
        entry: NOBODY,
    });
}

/// "foster carer", "mum's partner": the last word of the phrase.
fn phrase(words: &[Word], at: usize) -> Option<usize> {
    let word = words.get(at)?;
    if !word.is(BEGINS_RELATIVE) {
        return None;
    }
    let next = words.get(at + 1)?;
    if !matches!(next.gap, Gap::Space | Gap::Hyphen) {
        return None;
    }
    let rests = relative_phrases().get(&word.digest)?;
    rests.iter().find_map(|rest| {
        let fits = rest.iter().enumerate().all(|(step, part)| {
            words
                .get(at + 1 + step)
                .is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen) && word.digest == *part)
        });
        fits.then_some(at + rest.len())
    })
}

fn meant(text: &str, words: &[Word], marks: &[Mark], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let before = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .filter(|_| matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Line));
    let next = words.get(at + 1).filter(|next| matches!(next.gap, Gap::Space | Gap::Hyphen));
    let lower = key(word.text(text));
    if next.is_some_and(|next| NOT_AFTER.contains(&next.text(text).to_ascii_lowercase().as_str())) {
        return false;
    }
    let own = before.is_some_and(|before| before.is(WHOSE) || before.possessive())
        || before.is_some_and(|before| {
            // "his older sister"
            !before.is(ARTICLE)
                && at >= 2
                && words.get(at - 2).is_some_and(|word| word.is(WHOSE) || word.possessive())
                && words.get(at - 1).is_some_and(|word| word.gap == Gap::Space)
        });
    if !SLIGHT.contains(&lower.as_str()) {
        // "Mum", "dad", "nan": relatives wherever they stand, "the mother and baby unit" aside.
        return !(word.shape == Shape::Single)
            && (word.shape != Shape::Upper || word.shouted || word.end - word.start >= 3);
    }
    if lower == "tad" {
        return !before.is_some_and(|before| before.is(ARTICLE));
    }
    let capital = word.capital() && !word.begins();
    let named = marks.get(at + 1).is_some_and(|mark| mark.yes()) && next.is_some();
    let bracket = word.gap == Gap::Other && text.as_bytes().get((word.start as usize).wrapping_sub(1)) == Some(&b'(');
    own || named
        || bracket
        || word.possessive() && !word.is(KNOWN)
        || capital && !matches!(lower.as_str(), "parent" | "parents" | "guardian" | "partner" | "son")
        || before.is_some_and(|before| before.is(ARTICLE))
            && matches!(lower.as_str(), "father" | "mother" | "sister" | "brother" | "parents")
        || next.is_some_and(|next| next.is(crate::lexicon::DOES))
            && matches!(
                lower.as_str(),
                "father"
                    | "mother"
                    | "tad"
                    | "mama"
                    | "papa"
                    | "nana"
                    | "sister"
                    | "brother"
                    | "parents"
                    | "dadi"
                    | "nani"
                    | "carer"
            )
        || words.get(at + 1).is_some_and(|next| next.gap == Gap::Space && matches!(next.text(text), "and" | "&"))
            && words.get(at + 2).is_some_and(|word| word.is(RELATIVE))
        || before.is_some_and(|before| matches!(before.text(text), "and" | "&"))
            && at >= 2
            && words.get(at - 2).is_some_and(|word| word.is(RELATIVE))
}
