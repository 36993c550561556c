//! Text brought to one plain form for searching, with the way back to the original bytes.
//!
//! Case, accents, kinds of apostrophe, dash and space, invisible characters and Unicode composition make no difference
//! in the folded text: `Zoë`, `ZOE` and `Zoe` + combining diaeresis all become `zoe`. Searching for names must be
//! forgiving, because a missed name is a disclosure and a wrong hit is only a look.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A folded text and, for each of its bytes, the bytes of the original that it came from.
#[derive(Debug, Clone)]
pub struct Folded {
    text: String,
    /// Start and end in the original per folded byte; `None` when both texts have the same layout.
    places: Option<Vec<(u32, u32)>>,
}

impl Folded {
    /// Folds a text. Texts of 4 GiB and more are outside what this crate is for; places past that point are not exact.
    pub fn new(original: &str) -> Self {
        if original.is_ascii() && !needs_places(original.as_bytes()) {
            let text = original.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() });
            return Self { text: text.collect(), places: None };
        }
        let mut folding =
            Folding { text: String::with_capacity(original.len()), places: Vec::with_capacity(original.len()) };
        for (at, c) in original.char_indices() {
            folding.add(c, at, at + c.len_utf8());
        }
        Self { text: folding.text, places: Some(folding.places) }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the original behind a range of the folded text. Accents and invisible characters that follow the
    /// last letter are included.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let Some(places) = &self.places else { return folded };
        let start = places.get(folded.start).map_or(0, |place| place.0 as usize);
        let end = folded.end.checked_sub(1).and_then(|last| places.get(last)).map_or(start, |place| place.1 as usize);
        start..end.max(start)
    }

    /// Whether a word does not run across either end of this range of the folded text.
    pub fn stands_alone(&self, folded: &Range<usize>) -> bool {
        stands_alone(&self.text, folded)
    }
}

/// Whether letters or digits do not run across either end of the range.
pub fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let inside = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    let after = text.get(range.end..).and_then(|tail| tail.chars().next());
    let joined = |outer: Option<char>, inner: Option<char>| {
        outer.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric)
    };
    !joined(before, inside.chars().next()) && !joined(after, inside.chars().next_back())
}

/// The folded form of a short text, without the way back.
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// Whether the fold of an ASCII text has another length than the text: runs of white space, control characters.
fn needs_places(ascii: &[u8]) -> bool {
    ascii.iter().any(|b| b.is_ascii_control() && !b.is_ascii_whitespace() || *b == b'`')
        || ascii.windows(2).any(|pair| pair.iter().all(u8::is_ascii_whitespace))
}

struct Folding {
    text: String,
    places: Vec<(u32, u32)>,
}

impl Folding {
    fn add(&mut self, c: char, start: usize, end: usize) {
        if c.is_ascii_alphanumeric() {
            self.push(c.to_ascii_lowercase(), start, end);
        } else if c.is_whitespace() {
            if self.text.ends_with(' ') { self.stretch(end) } else { self.push(' ', start, end) }
        } else if is_invisible(c) {
            self.stretch(end);
        } else if c.is_ascii() {
            self.push(if c == '`' { '\'' } else { c }, start, end);
        } else {
            self.add_wide(c, start, end);
        }
    }

    fn add_wide(&mut self, c: char, start: usize, end: usize) {
        if let Some(plain) = plain_form(c) {
            plain.chars().for_each(|part| self.push(part, start, end));
            return;
        }
        let mut any = false;
        for part in std::iter::once(c).nfkd() {
            if is_combining_mark(part) || is_invisible(part) {
                continue;
            }
            any = true;
            if part.is_whitespace() {
                if self.text.ends_with(' ') {
                    self.stretch(end);
                } else {
                    self.push(' ', start, end);
                }
                continue;
            }
            for lower in part.to_lowercase().filter(|lower| !is_combining_mark(*lower)) {
                match plain_form(lower) {
                    Some(plain) => plain.chars().for_each(|small| self.push(small, start, end)),
                    None => self.push(if lower == '`' { '\'' } else { lower }, start, end),
                }
            }
        }
        if !any {
            self.stretch(end);
        }
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        let place = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        self.places.extend(std::iter::repeat_n(place, c.len_utf8()));
    }

    /// Lets the last letter reach to `end`: an accent or invisible character belongs to the letter before it.
    fn stretch(&mut self, end: usize) {
        let Some(width) = self.text.chars().next_back().map(char::len_utf8) else { return };
        let from = self.places.len().saturating_sub(width);
        for place in self.places.iter_mut().skip(from) {
            place.1 = u32::try_from(end).unwrap_or(u32::MAX);
        }
    }
}

/// Characters that show nothing: zero-width, direction marks, soft hyphen, variation selectors, tags, controls.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
        || (c.is_control() && !c.is_whitespace())
}

/// Letters and signs that Unicode does not decompose but people type in a plain form.
fn plain_form(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{02BB}' | '\u{00B4}' | '\u{2032}' | '\u{FF07}' => "'",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => "-",
        '\u{201C}' | '\u{201D}' => "\"",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'þ' | 'Þ' => "th",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ß' | 'ẞ' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_case_composition_and_apostrophes_make_no_difference() {
        for (one, other) in [
            ("Zoë", "ZOE\u{308}"),
            ("O\u{2019}Neil", "o'neil"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Jo\u{AD}hn", "john"),
            ("Ann\u{2011}Marie", "ann-marie"),
            ("A\u{A0} \n B", "a b"),
            ("Straße", "STRASSE"),
            ("\u{FB01}nd", "find"),
            ("İpek", "ipek"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
    }

    #[test]
    fn the_way_back_covers_a_combining_accent() {
        let text = "met Zoe\u{308} again";
        let folded = Folded::new(text);
        let at = folded.as_str().find("zoe").unwrap_or_default();
        assert_eq!(text.get(folded.original(at..at + 3)), Some("Zoe\u{308}"));
    }

    proptest! {
        #[test]
        fn every_place_in_the_fold_leads_back_to_whole_characters(text in "\\PC*|[a-zA-Z \\n\u{300}-\u{310}\u{200b}ßłİﬁ']*") {
            let folded = Folded::new(&text);
            for (at, c) in folded.as_str().char_indices() {
                let back = folded.original(at..at + c.len_utf8());
                prop_assert!(text.get(back.clone()).is_some_and(|part| !part.is_empty()), "{back:?}");
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
