//! The embedded fonts, and which characters they can draw.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fold::is_invisible;

/// Noto Sans for the text, DejaVu Sans for Arabic, Hebrew, Armenian, Georgian and signs, Noto Emoji for emoji.
pub(super) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [
        ttf_noto_sans::REGULAR,
        ttf_noto_sans::BOLD,
        dejavu::sans::regular(),
        dejavu::sans::bold(),
        epaint_default_fonts::NOTO_EMOJI_REGULAR,
    ]
    .into_iter()
    .filter_map(|data| Font::new(Bytes::new(data), 0))
    .collect()
});

/// Which scripts a paper may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    /// Everything that the fonts can draw.
    All,
    /// Latin, Greek and Cyrillic only: the second attempt when the first was refused.
    European,
}

/// Makes texts safe to typeset and remembers what could not be drawn.
pub(super) struct Glyphs {
    scripts: Scripts,
    unknown: BTreeSet<char>,
}

/// Longest word that is left whole; longer ones may break after every so many characters, or they would run off the page.
const LONGEST_WORD: usize = 40;

impl Glyphs {
    pub(super) fn new(scripts: Scripts) -> Self {
        Self { scripts, unknown: BTreeSet::new() }
    }

    /// The characters that no font draws, so far.
    pub(super) fn unknown(&self) -> Vec<char> {
        self.unknown.iter().copied().collect()
    }

    /// The text with every character drawable: composed, invisible characters left out, others by number.
    pub(super) fn cover(&mut self, text: &str) -> String {
        if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
            return with_breaks(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut missing: Vec<char> = Vec::new();
        let mut cluster = String::new();
        let drawable = text.nfc().filter(|c| !is_invisible(*c) || is_odd_control(*c));
        for c in
            drawable.map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        {
            if !is_combining_mark(c) && !cluster.is_empty() {
                self.settle(&cluster, &mut out, &mut missing);
                cluster.clear();
            }
            cluster.push(c);
        }
        self.settle(&cluster, &mut out, &mut missing);
        write_missing(&mut out, &mut missing);
        with_breaks(&out)
    }

    /// Writes one base character with its marks: as it is when one font has all of it, else what can be had of it.
    fn settle(&mut self, cluster: &str, out: &mut String, missing: &mut Vec<char>) {
        if cluster.is_empty() {
            return;
        }
        if self.has(cluster) {
            write_missing(out, missing);
            out.push_str(cluster);
            return;
        }
        for c in cluster.chars() {
            if !is_combining_mark(c) && self.has(c.encode_utf8(&mut [0; 4])) {
                write_missing(out, missing);
                out.push(c);
            } else {
                self.unknown.insert(c);
                missing.push(c);
            }
        }
    }

    /// Whether one font, in each of its weights, draws every character of the cluster.
    fn has(&self, cluster: &str) -> bool {
        let ordinary = |c: char| c != '\u{FFFD}' && !is_private(c) && !is_odd_control(c);
        let allowed = |c: char| ordinary(c) && (self.scripts == Scripts::All || is_european(c));
        // A lone combining mark has nothing to sit on; shaping it is not worth the risk.
        let starts_well = cluster.chars().next().is_some_and(|c| !is_combining_mark(c));
        starts_well && cluster.chars().all(allowed) && families().any(|fonts| draws(fonts, cluster))
    }
}

/// The fonts in groups of one family.
fn families() -> impl Iterator<Item = &'static [Font]> {
    FONTS.chunk_by(|a, b| a.info().family == b.info().family)
}

fn draws(fonts: &[Font], cluster: &str) -> bool {
    cluster.chars().all(|c| fonts.iter().all(|font| font.info().coverage.contains(u32::from(c))))
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Control characters other than line ends and tabs: shown by number, since a text should not have them.
fn is_odd_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')
}

fn is_european(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{45F}' | '\u{1E80}'..='\u{1E85}'
        | '\u{1EF2}' | '\u{1EF3}' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201E}' | '\u{2022}' | '\u{2026}' | '\u{20AC}')
}

fn write_missing(out: &mut String, missing: &mut Vec<char>) {
    if missing.is_empty() {
        return;
    }
    let names: Vec<String> = missing.drain(..).map(|c| format!("U+{:04X}", u32::from(c))).collect();
    out.push('[');
    out.push_str(&names.join(" "));
    out.push(']');
}

/// Lets over-long words break: a zero-width space after every [`LONGEST_WORD`] characters without a space.
fn with_breaks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            run = 0;
        } else if run == LONGEST_WORD && !is_combining_mark(c) {
            out.push('\u{200B}');
            run = 1;
        } else {
            run += 1;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(text: &str) -> String {
        Glyphs::new(Scripts::All).cover(text)
    }

    #[test]
    fn all_fonts_load() {
        assert_eq!(FONTS.len(), 5);
    }

    #[test]
    fn the_languages_of_families_here_are_drawn_as_they_are() {
        for text in
            ["Ŵyn, ŷd, tô, Llanŵnda", "Zażółć gęślą jaźń", "Привіт, Їжак", "Καλημέρα", "Şığ İstanbul", "Xin chào Việt"]
        {
            assert_eq!(cover(text), text);
        }
    }

    #[test]
    fn arabic_hebrew_and_emoji_have_a_font() {
        for text in ["مرحبا", "שלום", "😀 👍 ❤"] {
            assert_eq!(cover(text), text);
        }
    }

    #[test]
    fn what_no_font_draws_is_shown_by_number() {
        let mut glyphs = Glyphs::new(Scripts::All);
        assert_eq!(glyphs.cover("at 中文 home"), "at [U+4E2D U+6587] home");
        assert_eq!(glyphs.cover("bell\u{7}"), "bell[U+0007]");
        assert_eq!(glyphs.cover("\u{E000}"), "[U+E000]");
        assert_eq!(glyphs.unknown(), ['\u{7}', '中', '文', '\u{E000}']);
    }

    #[test]
    fn invisible_characters_and_direction_tricks_are_left_out() {
        assert_eq!(cover("pay\u{202E}txt\u{200B}\u{FEFF}\u{E0041}!"), "paytxt!");
    }

    #[test]
    fn accents_are_composed_and_stray_ones_shown() {
        assert_eq!(cover("Zoe\u{308}"), "Zoë");
        assert_eq!(cover("\u{301}x"), "[U+0301]x");
    }

    #[test]
    fn an_endless_word_may_break() {
        let covered = cover(&"x".repeat(100));
        assert_eq!(covered.matches('\u{200B}').count(), 2);
    }
}
