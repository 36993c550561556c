//! Finding a term in many texts, and carrying redactions over when a text was corrected.

use std::ops::Range;

use regex::Regex;

use super::{Redactions, Span};
use crate::fold::{Folded, fold};

/// A word or phrase to look for, made ready once for many texts.
///
/// Case, accents, Unicode composition, kinds and amounts of white space, and kinds of apostrophe make no difference; an
/// apostrophe or hyphen may be missing on either side (`O'Neil`, `ONeil`, `O’Neil`). Only whole words are found:
/// `Ann` is not found in `Annabel`, but it is in `Ann's`.
#[derive(Debug, Clone)]
pub struct Term(Regex);

impl Term {
    /// Makes a term ready. `None` when it has no letter and no digit, or is longer than 500 characters.
    pub fn new(term: &str) -> Option<Self> {
        let folded = fold(term);
        let folded = folded.trim();
        if !folded.contains(char::is_alphanumeric) || folded.chars().count() > 500 {
            return None;
        }
        let mut pattern = String::new();
        let mut last_was_letter = false;
        for c in folded.chars() {
            match c {
                ' ' => pattern.push_str("[ -]+"),
                '\'' => pattern.push_str("'?"),
                '-' => pattern.push_str("[ -]*"),
                _ => {
                    if last_was_letter && c.is_alphabetic() {
                        pattern.push_str("'?");
                    }
                    pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
                }
            }
            last_was_letter = c.is_alphabetic();
        }
        let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
        let pattern = format!("{}{pattern}{}", edge(folded.chars().next()), edge(folded.chars().next_back()));
        Regex::new(&pattern).ok().map(Self)
    }
}

/// Where the term stands in the text: byte ranges, in order, never overlapping.
pub fn find_all(term: &Term, text: &str) -> Vec<Range<usize>> {
    let folded = Folded::new(text);
    term.0.find_iter(folded.as_str()).map(|hit| folded.original(hit.range())).collect()
}

/// Where the term stands in each of many texts: the text's index and the byte range.
pub fn find_in_all<'t>(term: &Term, texts: impl IntoIterator<Item = &'t str>) -> Vec<(usize, Range<usize>)> {
    let texts = texts.into_iter().enumerate();
    texts.flat_map(|(index, text)| find_all(term, text).into_iter().map(move |range| (index, range))).collect()
}

/// What became of the redactions of a text that has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Spans on the new text.
    pub kept: Vec<Span>,
    /// Spans on the *old* text that have no sure place in the new one. Somebody must look before this text may leave.
    pub lost: Vec<Span>,
}

/// Carries redactions from a text to its corrected version.
///
/// A span in the part before the first change keeps its place, one in the part after the last change moves with it. A
/// span inside the changed part is carried only when its words stand exactly once in both texts; otherwise it is lost.
pub fn carry(old: &str, new: &str, redactions: &Redactions) -> Carried {
    let head = common_head(old, new);
    let tail = common_tail(old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let mut carried = Carried::default();
    for span in redactions.spans() {
        match new_place(old, new, *span, (head, tail)) {
            Some(start) => carried.kept.push(Span { start, end: start + (span.end - span.start), reason: span.reason }),
            None => carried.lost.push(*span),
        }
    }
    carried
}

fn new_place(old: &str, new: &str, span: Span, (head, tail): (usize, usize)) -> Option<usize> {
    if span.end <= head {
        return Some(span.start);
    }
    if span.start >= old.len() - tail {
        return (span.start + new.len()).checked_sub(old.len());
    }
    let words = old.get(span.start..span.end)?;
    let mut in_new = new.match_indices(words);
    let (start, _) = in_new.next()?;
    let once = in_new.next().is_none() && old.matches(words).count() == 1;
    once.then_some(start)
}

fn common_head(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}

fn common_tail(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}
