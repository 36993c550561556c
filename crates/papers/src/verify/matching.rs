//! How a withheld text is recognised in a text: folded, squeezed, at word edges, and beyond what is allowed.

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Allowed, Leak, Place, VerifyError};
use crate::fold::{Folded, fold, stands_alone};

/// From so many letters and signs on, a withheld text is found anywhere; below, only as whole words.
pub const LOOSE_FROM: usize = 12;

/// How many words in a row of a long withheld text count as the text itself, and how many letters they need.
const PIECE: (usize, usize) = (5, 20);

/// Withheld texts shorter than this are not looked for in binary data, where they would turn up by chance.
const SHORTEST_IN_BINARY: usize = 6;

/// All withheld texts, ready to be searched for.
pub(super) struct Matcher {
    /// `None` when nothing is withheld.
    automaton: Option<AhoCorasick>,
    needles: Vec<Needle>,
    binary: Option<(AhoCorasick, Vec<usize>)>,
    /// How often each withheld text as a whole may be seen.
    allowed_whole: Vec<usize>,
}

struct Needle {
    /// Which withheld text it is (a part of).
    withheld: usize,
    /// Whether it is the first part of that text.
    first: bool,
    /// Its letters and signs, squeezed.
    letters: usize,
    squeezed_bytes: usize,
    /// How often it may be seen, and how much more often for each page.
    allowed: usize,
    allowed_per_page: usize,
}

/// A text without spaces, hyphens and apostrophes, and where each byte stood.
struct Squeezed {
    text: String,
    places: Vec<u32>,
}

impl Matcher {
    pub(super) fn new(withheld: &[&str], allowed: Allowed<'_>) -> Result<Self, VerifyError> {
        let mut patterns: Vec<String> = Vec::new();
        let mut needles: Vec<Needle> = Vec::new();
        for (index, text) in withheld.iter().enumerate() {
            for (part, pattern) in patterns_of(text).into_iter().enumerate() {
                needles.push(Needle {
                    withheld: index,
                    first: part == 0,
                    letters: pattern.chars().count(),
                    squeezed_bytes: pattern.len(),
                    allowed: 0,
                    allowed_per_page: 0,
                });
                patterns.push(pattern);
            }
        }
        let build = |patterns: &[String]| AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns);
        let too_many = |_| VerifyError::Unreadable("list of withheld words");
        let automaton = if patterns.is_empty() { None } else { Some(build(&patterns).map_err(too_many)?) };
        let allowed_whole = vec![0; withheld.len()];
        let mut matcher = Self { automaton, needles, binary: binary(withheld), allowed_whole };
        let once = matcher.count(allowed.text);
        let mut per_page = vec![0; matcher.needles.len()];
        for line in allowed.on_every_page {
            for (total, more) in per_page.iter_mut().zip(matcher.count(line)) {
                *total += more;
            }
        }
        for (needle, (once, per_page)) in matcher.needles.iter_mut().zip(once.into_iter().zip(per_page)) {
            needle.allowed = once;
            needle.allowed_per_page = per_page;
            if let Some(allowed) = matcher.allowed_whole.get_mut(needle.withheld) {
                // The whole text is the rarest of its pieces.
                *allowed = if needle.first { once + per_page } else { (*allowed).min(once + per_page) };
            }
        }
        Ok(matcher)
    }

    /// Leaks in a text that is one part of the paper.
    pub(super) fn leaks(&self, text: &str, place: &Place) -> Vec<Leak> {
        self.leaks_in_pages(&[text], |_| place.clone(), 0)
    }

    /// Leaks in a part of a file that repeats others: up to `copies` times what is allowed may stand in it.
    pub(super) fn leaks_in_copies(&self, text: &str, place: &Place, copies: usize) -> Vec<Leak> {
        let mut counts = vec![0; self.needles.len()];
        self.each_hit(text, |needle, _| {
            if let Some(count) = counts.get_mut(needle) {
                *count += 1;
            }
        });
        let mut leaks: Vec<Leak> = self
            .needles
            .iter()
            .zip(counts)
            .filter(|(needle, count)| *count > copies * (needle.allowed + needle.allowed_per_page))
            .map(|(needle, _)| Leak { withheld: needle.withheld, place: place.clone() })
            .collect();
        leaks.dedup();
        leaks
    }

    /// Leaks in texts that follow each other, counted together. `pages` is how often the running lines may stand in them.
    pub(super) fn leaks_in_pages(&self, texts: &[&str], place: impl Fn(usize) -> Place, pages: usize) -> Vec<Leak> {
        let joined = texts.join("\n");
        let ends: Vec<usize> = texts
            .iter()
            .scan(0, |end, text| {
                *end += text.len() + 1;
                Some(*end)
            })
            .collect();
        let mut hits: Vec<Vec<usize>> = vec![Vec::new(); self.needles.len()];
        self.each_hit(&joined, |needle, at| {
            if let Some(list) = hits.get_mut(needle) {
                list.push(at);
            }
        });
        let mut leaks = Vec::new();
        for (needle, hits) in self.needles.iter().zip(hits) {
            if hits.len() > needle.allowed + pages * needle.allowed_per_page {
                leaks.extend(hits.into_iter().map(|at| Leak {
                    withheld: needle.withheld,
                    place: place(ends.partition_point(|end| *end <= at)),
                }));
            }
        }
        leaks.sort();
        leaks.dedup();
        leaks
    }

    /// Leaks in data that is not text: the withheld words as UTF-8 or UTF-16, letter for letter.
    pub(super) fn leaks_in_binary(&self, bytes: &[u8], place: &Place) -> Vec<Leak> {
        let Some((automaton, owners)) = &self.binary else { return Vec::new() };
        let mut counts = vec![0; self.allowed_whole.len()];
        for owner in automaton.find_iter(bytes).filter_map(|hit| owners.get(hit.pattern().as_usize())) {
            if let Some(count) = counts.get_mut(*owner) {
                *count += 1;
            }
        }
        let beyond =
            counts.into_iter().zip(&self.allowed_whole).enumerate().filter(|(_, (count, allowed))| count > *allowed);
        beyond.map(|(withheld, _)| Leak { withheld, place: place.clone() }).collect()
    }

    fn count(&self, text: &str) -> Vec<usize> {
        let mut counts = vec![0; self.needles.len()];
        self.each_hit(text, |needle, _| {
            if let Some(count) = counts.get_mut(needle) {
                *count += 1;
            }
        });
        counts
    }

    /// Calls back with each sound hit: the needle and where it begins in the text.
    fn each_hit(&self, text: &str, mut hit: impl FnMut(usize, usize)) {
        let Some(automaton) = &self.automaton else { return };
        let folded = Folded::new(text);
        let squeezed = squeeze(folded.as_str());
        for found in automaton.find_overlapping_iter(&squeezed.text) {
            let index = found.pattern().as_usize();
            let Some(needle) = self.needles.get(index) else { continue };
            let last = found.end().checked_sub(1).and_then(|last| squeezed.places.get(last));
            let (Some(start), Some(last)) = (squeezed.places.get(found.start()), last) else { continue };
            let (start, mut end) = (*start as usize, *last as usize + 1);
            while !folded.as_str().is_char_boundary(end) {
                end += 1;
            }
            let whole_words = needle.letters >= LOOSE_FROM || stands_alone(folded.as_str(), &(start..end));
            let compact = needle.letters > 2 || end - start == needle.squeezed_bytes;
            if whole_words && compact {
                hit(index, folded.original(start..end).start);
            }
        }
    }
}

/// What to look for of one withheld text: all of it, and each run of five words of a long one.
fn patterns_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut patterns: Vec<String> = vec![squeeze(&folded).text];
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if words.len() > PIECE.0 {
        // Squeezed text keeps other signs (commas, full stops), so a piece is cut from the text itself.
        let at = |word: &str| word.as_ptr() as usize - folded.as_ptr() as usize;
        for run in words.windows(PIECE.0) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let piece = folded.get(at(first)..at(last) + last.len()).unwrap_or_default();
            let piece = squeeze(piece).text;
            if piece.chars().count() >= PIECE.1 {
                patterns.push(piece);
            }
        }
    }
    patterns.retain(|pattern| !pattern.is_empty() && !is_short_number(pattern));
    patterns.sort();
    patterns.dedup();
    patterns
}

/// Numbers of up to three figures stand in every paper: pages, items, boxes, days. They are not searched for.
fn is_short_number(pattern: &str) -> bool {
    pattern.len() < 4 && pattern.bytes().all(|b| b.is_ascii_digit())
}

fn squeeze(folded: &str) -> Squeezed {
    let mut squeezed = Squeezed { text: String::with_capacity(folded.len()), places: Vec::with_capacity(folded.len()) };
    for (at, c) in folded.char_indices() {
        if !matches!(c, ' ' | '-' | '\'') {
            squeezed.text.push(c);
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            squeezed.places.extend((at..).take(c.len_utf8()));
        }
    }
    squeezed
}

fn binary(withheld: &[&str]) -> Option<(AhoCorasick, Vec<usize>)> {
    let mut patterns: Vec<Vec<u8>> = Vec::new();
    let mut owners = Vec::new();
    for (index, text) in withheld.iter().enumerate() {
        let text = text.trim();
        if text.len() < SHORTEST_IN_BINARY {
            continue;
        }
        patterns.push(text.as_bytes().to_vec());
        patterns.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        patterns.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        owners.extend([index; 3]);
    }
    if patterns.is_empty() {
        return None;
    }
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&patterns).ok()?;
    Some((automaton, owners))
}
