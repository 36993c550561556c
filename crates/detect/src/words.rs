//! A text cut into words, each with what it can be and what stands between it and the word before.

use crate::fold::fold;
use crate::lexicon::{
    ACRONYM, ARTICLE, DAY, EVERYDAY, NAME, PRONOUN, RELATIVE, Traits, WordMap, digest, digest_of_letters,
};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `okafor`.
    Lower,
    /// `Okafor`.
    Capital,
    /// `OKAFOR`.
    Upper,
    /// `K`.
    Single,
    /// `McDonald`, `iPad`.
    Mixed,
    /// `2025`.
    Digits,
    /// `L1am`, `YD19`.
    Coded,
    /// Letters of a script that is not Latin.
    Script,
}

/// What stands between a word and the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// The text begins here.
    Start,
    /// Spaces only.
    Space,
    /// One hyphen.
    Hyphen,
    /// A full stop with nothing after it: `L.O`.
    Dot,
    /// A full stop and a space, or another end of a sentence.
    Stop,
    /// A comma, perhaps with spaces.
    Comma,
    /// A colon.
    Colon,
    /// One line break.
    Line,
    /// A line break after a hyphen: a word that was cut in two.
    Cut,
    /// An empty line, or a line break and a mark of a list.
    Paragraph,
    /// `_`.
    Under,
    /// Brackets, slashes, quotation marks, bars, anything else.
    Other,
}

/// Nobody in the register.
pub(crate) const NOBODY: u32 = u32::MAX;

/// A word of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// First byte.
    pub start: u32,
    /// The byte after the last, without a possessive ending.
    pub end: u32,
    /// The byte after the last, with it.
    pub full_end: u32,
    /// What it can be.
    pub traits: Traits,
    /// The digest of its folded form.
    pub digest: u64,
    /// Which entry of the register, or [`NOBODY`].
    pub entry: u32,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it stands in a line that is mostly capitals.
    pub shouted: bool,
}

impl Word {
    pub fn is(&self, traits: Traits) -> bool {
        self.traits & traits != 0
    }

    pub fn possessive(&self) -> bool {
        self.full_end > self.end
    }

    /// Whether it is written like a name.
    pub fn capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Mixed | Shape::Upper | Shape::Single) && !self.shouted
    }

    /// Whether a sentence, a line or a field may begin here, so that a capital says little.
    pub fn begins(&self) -> bool {
        !matches!(self.gap, Gap::Space | Gap::Hyphen | Gap::Comma | Gap::Dot | Gap::Under)
    }

    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// What is known about a word: traits, and the entry of the register.
pub(crate) type Known = (Traits, u32);

/// Cuts a text into words.
pub(crate) fn cut(text: &str, known: &WordMap<Known>, words: &mut Vec<Word>) {
    words.clear();
    let bytes = text.as_bytes();
    let (mut at, mut last_end) = (0, 0);
    let mut folded = Vec::with_capacity(64);
    while let Some(&byte) = bytes.get(at) {
        if !(byte.is_ascii_alphanumeric() || byte >= 0x80) {
            at += 1;
            continue;
        }
        if byte >= 0x80 && !word_char_at(text, at) {
            at += char_at(text, at).map_or(1, char::len_utf8);
            continue;
        }
        let (found, digest) = plain_word(bytes, at).unwrap_or_else(|| {
            let found = measure(text, at, &mut folded);
            (found, digest(&folded))
        });
        let gap = if words.is_empty() { Gap::Start } else { gap(bytes.get(last_end..at).unwrap_or_default()) };
        words.push(Word {
            digest,
            start: narrow(at),
            end: narrow(found.end),
            full_end: narrow(found.full_end),
            traits: 0,
            entry: NOBODY,
            shape: found.shape,
            gap,
            shouted: false,
        });
        last_end = found.full_end;
        at = found.full_end.max(at + 1);
    }
    // In a loop of their own, because look-ups that follow each other closely wait for memory together.
    for word in words.iter_mut() {
        (word.traits, word.entry) = look_up(word.digest, known);
    }
    for word in words.iter_mut() {
        if word.traits == 0 && matches!(word.shape, Shape::Lower | Shape::Capital | Shape::Upper) {
            with_other_ending(text, word, &mut folded, known);
        }
    }
    mark_shouting(words);
}

/// A word that no list has may be one that they have, with an ending.
fn with_other_ending(text: &str, word: &mut Word, folded: &mut Vec<u8>, known: &WordMap<Known>) {
    let last = text.as_bytes().get((word.end as usize).saturating_sub(1));
    if word.shape == Shape::Lower && !last.is_some_and(|byte| matches!(byte, b's' | b'S' | 0x80..)) {
        return;
    }
    measure(text, word.start as usize, folded);
    without_s(word, folded, known);
    if word.traits == 0 && word.shape != Shape::Lower {
        with_ending(word, folded, known);
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

fn word_char_at(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(char::is_alphanumeric)
}

struct Measured {
    end: usize,
    full_end: usize,
    shape: Shape,
}

/// The most frequent case, for speed: ASCII letters alone, and what ends the word is no apostrophe.
fn plain_word(bytes: &[u8], start: usize) -> Option<(Measured, u64)> {
    let rest = bytes.get(start..)?;
    let length = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
    if matches!(rest.get(length), Some(b'0'..=b'9' | b'\'' | b'`' | 0x80..)) {
        return None;
    }
    let word = rest.get(..length)?;
    let upper = word.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let shape = match upper {
        0 => Shape::Lower,
        1 if length == 1 => Shape::Single,
        _ if upper == length => Shape::Upper,
        _ if word.first().is_some_and(u8::is_ascii_lowercase) => Shape::Lower,
        1 => Shape::Capital,
        _ => Shape::Mixed,
    };
    let end = start + length;
    Some((Measured { end, full_end: end, shape }, digest_of_letters(word)))
}

/// Goes to the end of the word and leaves its folded form behind.
fn measure(text: &str, start: usize, folded: &mut Vec<u8>) -> Measured {
    folded.clear();
    let bytes = text.as_bytes();
    let mut seen = Seen::default();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let run = rest.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(rest.len());
                folded.extend_from_slice(rest.get(..run).unwrap_or_default());
                seen.lower += 1;
                at += run;
            }
            b'A'..=b'Z' => {
                seen.first_upper |= at == start;
                seen.upper += 1;
                folded.push(byte | 0x20);
                at += 1;
            }
            b'0'..=b'9' => {
                seen.digits += 1;
                folded.push(byte);
                at += 1;
            }
            0x80.. => match char_at(text, at) {
                Some(c) if seen.wide_letter(c, at == start) => at += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
        // An apostrophe between letters belongs to the word: O'Brien.
        if bytes.get(at).is_some_and(|byte| matches!(byte, b'\'' | b'`' | 0xE2 | 0xCA))
            && let Some(width) = apostrophe(bytes, at)
            && word_char_at(text, at + width)
            && !bytes.get(at - 1).is_some_and(u8::is_ascii_digit)
        {
            let rest = bytes.get(at + width..).unwrap_or_default();
            let ends = matches!(rest.first(), Some(b's' | b'S')) && !word_char_at(text, at + width + 1);
            if ends {
                return seen.finish(text.get(start..at).unwrap_or_default(), (at, at + width + 1), folded);
            }
            at += width;
        }
    }
    let full_end = match apostrophe(bytes, at) {
        Some(width) if folded.last() == Some(&b's') && !word_char_at(text, at + width) && !quoted(bytes, start) => {
            at + width
        }
        _ => at,
    };
    seen.finish(text.get(start..at).unwrap_or_default(), (at, full_end), folded)
}

fn quoted(bytes: &[u8], start: usize) -> bool {
    start > 0 && matches!(bytes.get(start - 1), Some(b'\'' | b'"'))
}

/// The width of an apostrophe at this byte, straight or curly.
fn apostrophe(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'\'' | b'`' => Some(1),
        0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x98 | 0x99])) => Some(3),
        0xCA if bytes.get(at + 1) == Some(&0xBC) => Some(2),
        _ => None,
    }
}

/// What a word is made of.
#[derive(Default)]
struct Seen {
    upper: u32,
    lower: u32,
    digits: u32,
    first_upper: bool,
    wide: bool,
}

impl Seen {
    /// Takes a letter that is not ASCII, or a mark on the letter before; false where the word ends.
    fn wide_letter(&mut self, c: char, first: bool) -> bool {
        let mark = ('\u{300}'..='\u{36f}').contains(&c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}');
        if !c.is_alphanumeric() && !mark {
            return false;
        }
        self.wide = true;
        if c.is_uppercase() {
            self.first_upper |= first;
            self.upper += 1;
        } else if c.is_lowercase() {
            self.lower += 1;
        }
        true
    }

    fn finish(&self, word: &str, (end, full_end): (usize, usize), folded: &mut Vec<u8>) -> Measured {
        let mut shape = match (self.upper, self.lower, self.digits) {
            (0, 0, 1..) => Shape::Digits,
            (_, _, 1..) => Shape::Coded,
            (0, ..) => Shape::Lower,
            (1, 0, _) => Shape::Single,
            (_, 0, _) => Shape::Upper,
            _ if !self.first_upper => Shape::Lower,
            (1, ..) => Shape::Capital,
            _ => Shape::Mixed,
        };
        if self.wide {
            folded.clear();
            let plain = fold(word);
            folded.extend(plain.bytes().filter(|byte| *byte >= 0x80 || byte.is_ascii_alphanumeric()));
            if self.digits == 0 && !plain.bytes().any(|byte| byte.is_ascii_alphabetic()) {
                shape = Shape::Script;
            }
        }
        Measured { end, full_end, shape }
    }
}

fn look_up(digest: u64, known: &WordMap<Known>) -> Known {
    known.get(&digest).copied().unwrap_or((0, NOBODY))
}

/// "Abdis brother", "mohammeds": the ending is a possessive without its apostrophe.
fn without_s(word: &mut Word, folded: &[u8], known: &WordMap<Known>) {
    if word.traits != 0 || word.possessive() || folded.len() < 4 || folded.last() != Some(&b's') {
        return;
    }
    let digest = digest(folded.get(..folded.len() - 1).unwrap_or_default());
    let (traits, entry) = look_up(digest, known);
    let pure = traits & NAME != 0 && traits & EVERYDAY == 0;
    if pure || traits & (RELATIVE | ACRONYM) == RELATIVE {
        word.traits = traits;
        word.entry = entry;
        word.digest = digest;
        word.end -= 1;
        return;
    }
    let day = traits & DAY;
    if traits & EVERYDAY != 0 && traits & NAME == 0 || day != 0 {
        word.traits = EVERYDAY | day;
    }
}

/// "Trustees", "Attended", "Working": unknown, but an everyday word with an ending.
fn with_ending(word: &mut Word, folded: &[u8], known: &WordMap<Known>) {
    if word.traits != 0 || folded.len() < 5 {
        return;
    }
    let plain = |length: usize, add: &[u8]| {
        let stem = folded.get(..folded.len() - length).unwrap_or_default();
        let digest = if add.is_empty() { digest(stem) } else { digest(&[stem, add].concat()) };
        let (traits, _) = look_up(digest, known);
        traits & EVERYDAY != 0 && traits & (NAME | ARTICLE | PRONOUN) == 0 && stem.len() + add.len() >= 3
    };
    let ends = |ending: &str| folded.ends_with(ending.as_bytes());
    let everyday = ends("ies") && plain(3, b"y")
        || ends("es") && plain(2, b"")
        || ends("ed") && (plain(2, b"") || plain(1, b""))
        || ends("ing") && (plain(3, b"") || plain(3, b"e"))
        || ends("ly") && plain(2, b"");
    if everyday {
        word.traits = EVERYDAY;
    }
}

fn gap(between: &[u8]) -> Gap {
    match between {
        b" " => return Gap::Space,
        b"-" => return Gap::Hyphen,
        b"." => return Gap::Dot,
        b"_" => return Gap::Under,
        b", " | b"," => return Gap::Comma,
        b"\n" | b" \n" | b"\r\n" => return Gap::Line,
        b"-\n" | b"-\r\n" => return Gap::Cut,
        _ => {}
    }
    let lines = memchr::memchr_iter(b'\n', between).count();
    let other = |byte: &&u8| !byte.is_ascii_whitespace() && **byte != b'>';
    let mark = between.iter().find(other).copied();
    match (lines, mark) {
        (0, None) => Gap::Space,
        (0 | 1, Some(b':')) => Gap::Colon,
        (0, Some(b'.' | b'!' | b'?' | b';')) => Gap::Stop,
        (0 | 1, Some(b',')) if between.iter().filter(other).count() == 1 => Gap::Comma,
        (0, Some(0xE2)) if matches!(between, [0xE2, 0x80, 0x90 | 0x91]) => Gap::Hyphen,
        (0, Some(0xC2)) if between.iter().all(|byte| matches!(byte, 0xC2 | 0xA0 | b' ')) => Gap::Space,
        (1, None) => Gap::Line,
        (0, Some(_)) => Gap::Other,
        _ => Gap::Paragraph,
    }
}

/// Lines that are mostly capitals: there a capital says nothing.
fn mark_shouting(words: &mut [Word]) {
    let mut from = 0;
    for at in 1..=words.len() {
        let ends = words.get(at).is_none_or(|word| matches!(word.gap, Gap::Line | Gap::Paragraph | Gap::Cut));
        if !ends {
            continue;
        }
        let line = words.get_mut(from..at).unwrap_or_default();
        let upper = line.iter().filter(|word| word.shape == Shape::Upper).count();
        let small =
            line.iter().filter(|word| matches!(word.shape, Shape::Lower | Shape::Capital | Shape::Mixed)).count();
        if upper >= 4 && upper > small * 3 {
            for word in line.iter_mut() {
                word.shouted = true;
            }
        }
        from = at;
    }
}
