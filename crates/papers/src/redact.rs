//! Covering words: spans on text, each with a reason, turned into what the person who asked may read.
//!
//! What leaves is always made anew from the parts that may be shown ([`Segment::Shown`]). A covered part carries two
//! numbers and no text, so no writer can print it by mistake, and its box has the same size whatever is under it.

mod find;
mod reasons;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::Inline;

pub use find::{Carried, Term, carry, find_all, find_in_all};
pub use reasons::RedactionReason;

/// A stretch of a text to be covered, in bytes of its UTF-8, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Why it may not be shown.
    pub reason: RedactionReason,
}

/// Why a span does not fit its text. Says nothing of what the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The span has no length or runs backwards.
    #[error("span {index} covers nothing: it runs from byte {start} to byte {end}")]
    Empty {
        /// Which span, from 0.
        index: usize,
        /// Its first byte.
        start: usize,
        /// The byte after its last.
        end: usize,
    },
    /// The span reaches past the end of the text.
    #[error("span {index} ends at byte {end}, the text has {length}")]
    PastTheEnd {
        /// Which span, from 0.
        index: usize,
        /// The byte after its last.
        end: usize,
        /// How long the text is, in bytes.
        length: usize,
    },
    /// The span begins or ends inside a character.
    #[error("span {index} cuts a character at byte {at}")]
    CutsCharacter {
        /// Which span, from 0.
        index: usize,
        /// Where it cuts.
        at: usize,
    },
}

/// The redactions of one text: checked against it, sorted, never overlapping.
///
/// Spans that overlap or touch are merged, and so are spans of the same reason with nothing but white space between
/// them: two boxes for "Liam Okafor" would tell that two words are hidden. Where merged spans differ in their reason, the first
/// in the order of [`RedactionReason::ALL`] stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Redactions(Vec<Span>);

impl Redactions {
    /// Checks the spans against the text they belong to, and merges them.
    ///
    /// # Errors
    /// [`SpanError`] for the first span that does not fit.
    pub fn new(text: &str, spans: impl IntoIterator<Item = Span>) -> Result<Self, SpanError> {
        let mut sorted: Vec<Span> = spans.into_iter().collect();
        for (index, span) in sorted.iter().enumerate() {
            check(text, index, *span)?;
        }
        sorted.sort_by_key(|span| (span.start, span.end));
        let mut merged: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match merged.last_mut() {
                Some(last) if belongs_together(text, *last, span) => {
                    last.end = last.end.max(span.end);
                    last.reason = last.reason.min(span.reason);
                }
                _ => merged.push(span),
            }
        }
        Ok(Self(merged))
    }

    /// The spans, in order.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether anything is covered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The covered words themselves: what [`crate::verify`] must not find in the finished paper. For that use only.
    pub fn withheld<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.0.iter().filter_map(|span| text.get(span.start..span.end)).collect()
    }
}

fn check(text: &str, index: usize, span: Span) -> Result<(), SpanError> {
    let Span { start, end, .. } = span;
    if start >= end {
        return Err(SpanError::Empty { index, start, end });
    }
    if end > text.len() {
        return Err(SpanError::PastTheEnd { index, end, length: text.len() });
    }
    match [start, end].into_iter().find(|at| !text.is_char_boundary(*at)) {
        Some(at) => Err(SpanError::CutsCharacter { index, at }),
        None => Ok(()),
    }
}

fn belongs_together(text: &str, last: Span, next: Span) -> bool {
    if next.start < last.end {
        return true;
    }
    let between = text.get(last.end..next.start).unwrap_or_default();
    last.reason == next.reason && between.chars().all(|c| c.is_whitespace() && c != '\n')
}

/// A piece of a text as it may leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Words that may be read.
    Shown(String),
    /// A place where words were left out.
    Covered {
        /// Which place, counted through the pack from 1.
        number: u32,
        /// Why.
        reason: RedactionReason,
    },
}

/// Gives each covered place of a pack its number, from 1, in reading order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Numbering(u32);

impl Numbering {
    /// The next number.
    pub fn take(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// Cuts a text into what is shown and what is covered.
///
/// `redactions` must have been made for this very text; a span that does not fit covers everything from its start to
/// the end of the text rather than showing too much.
pub fn segments(text: &str, redactions: &Redactions, numbering: &mut Numbering) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut at = 0;
    for span in redactions.spans() {
        let Some(shown) = text.get(at..span.start) else {
            at = text.len();
            out.push(Segment::Covered { number: numbering.take(), reason: span.reason });
            break;
        };
        if !shown.is_empty() {
            out.push(Segment::Shown(shown.to_owned()));
        }
        out.push(Segment::Covered { number: numbering.take(), reason: span.reason });
        at = span.end;
    }
    match text.get(at..) {
        Some(rest) if !rest.is_empty() => out.push(Segment::Shown(rest.to_owned())),
        _ => {}
    }
    out
}

/// Segments as paragraphs of a document: an empty line begins a new paragraph, a line break stays one.
pub fn paragraphs(segments: &[Segment]) -> Vec<Vec<Inline>> {
    let mut out: Vec<Vec<Inline>> = vec![Vec::new()];
    let mut breaks = 0_usize;
    for segment in segments {
        match segment {
            Segment::Covered { number, reason } => {
                settle_breaks(&mut out, &mut breaks);
                push(&mut out, Inline::Redacted { number: *number, reason: reason.public_number() });
            }
            Segment::Shown(words) => {
                for (index, line) in words.split('\n').enumerate() {
                    breaks += usize::from(index > 0);
                    let line = line.trim_end_matches('\r');
                    if line.trim().is_empty() && (breaks > 0 || line.is_empty()) {
                        continue;
                    }
                    settle_breaks(&mut out, &mut breaks);
                    push(&mut out, Inline::Text(line.to_owned()));
                }
            }
        }
    }
    out.retain(|paragraph| !paragraph.is_empty());
    out
}

fn settle_breaks(out: &mut Vec<Vec<Inline>>, breaks: &mut usize) {
    let fresh = out.last().is_none_or(Vec::is_empty);
    match *breaks {
        _ if fresh => {}
        0 => {}
        1 => push(out, Inline::LineBreak),
        _ => out.push(Vec::new()),
    }
    *breaks = 0;
}

fn push(out: &mut Vec<Vec<Inline>>, inline: Inline) {
    match out.last_mut() {
        Some(paragraph) => paragraph.push(inline),
        None => out.push(vec![inline]),
    }
}

/// A span for each range, all with the same reason.
pub fn spans(ranges: impl IntoIterator<Item = Range<usize>>, reason: RedactionReason) -> Vec<Span> {
    ranges.into_iter().map(|range| Span { start: range.start, end: range.end, reason }).collect()
}

#[cfg(test)]
mod tests;
