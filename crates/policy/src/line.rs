//! One paragraph, list item or cell: its words with the places that they came from, its links and clause marks.

use std::ops::Range;

use crate::clause::ClauseId;
use crate::document::Inline;
use crate::verb::{LinkKind, link_kind};

/// A run of characters of one style, as the Markdown reader gives it.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub text: String,
    /// Where it begins in the source.
    pub at: usize,
    pub strong: bool,
    pub emphasis: bool,
    /// Index into the line's links.
    pub link: Option<usize>,
    /// Code is never searched for clause marks.
    pub code: bool,
}

/// A link as it stands in the source.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub destination: String,
    /// The whole link in the source.
    pub source: Range<usize>,
    /// Its words in the line's plain text.
    pub plain: Range<usize>,
    /// Its words.
    pub words: String,
}

/// A clause mark.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub id: ClauseId,
    /// Where it stands in the plain text (the marks themselves are not in it).
    pub plain: usize,
    pub source: Range<usize>,
}

/// A picture.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub destination: String,
    pub source: Range<usize>,
}

/// A line of text, ready to be cut into sentences.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub inlines: Vec<Inline>,
    pub plain: String,
    /// Pairs of plain offset and source offset, in order.
    segments: Vec<(usize, usize)>,
    pub links: Vec<Link>,
    pub marks: Vec<Mark>,
    pub pictures: Vec<Picture>,
    /// Strong words, in lower case: what an Easy Read text explains.
    pub strong: Vec<String>,
    /// The id of the section in which it stands.
    pub section: Option<String>,
}

impl Line {
    /// Puts the runs of a line together.
    pub(crate) fn new(runs: Vec<Run>, links: Vec<Link>, pictures: Vec<Picture>) -> Self {
        let mut line = Self { links, pictures, ..Self::default() };
        for run in merged(runs) {
            match run.link {
                Some(index) if index < line.links.len() => line.push_linked(&run, index),
                _ if run.code => line.push_text(&run, 0..run.text.len()),
                _ => line.push_marked(&run),
            }
        }
        line
    }

    /// Where a plain offset lies in the source.
    pub(crate) fn source_at(&self, plain: usize) -> usize {
        let index = self.segments.partition_point(|(from, _)| *from <= plain);
        index.checked_sub(1).map_or(0, |last| {
            let (from, source) = self.segments[last];
            source + (plain - from)
        })
    }

    /// A stretch of plain text in the source.
    pub(crate) fn source_range(&self, plain: &Range<usize>) -> Range<usize> {
        let start = self.source_at(plain.start);
        let end = self.source_at(plain.end.saturating_sub(1).max(plain.start));
        start..(end + 1).max(start)
    }

    fn push_linked(&mut self, run: &Run, index: usize) {
        let start = self.plain.len();
        self.segments.push((start, run.at));
        self.plain.push_str(&run.text);
        let link = &mut self.links[index];
        let first = if link.words.is_empty() { start } else { link.plain.start };
        link.plain = first..self.plain.len();
        link.words.push_str(&run.text);
        let text = run.text.clone();
        self.inlines.push(match link_kind(&link.destination) {
            LinkKind::Setting(_, key) => Inline::Setting { key, text },
            LinkKind::Ordinary => Inline::Link { href: link.destination.clone(), text },
            // A scheme that nobody knows is an error; until it is mended its words are only words.
            LinkKind::UnknownVerb(_) => Inline::Text { text, strong: run.strong, emphasis: run.emphasis },
        });
    }

    fn push_text(&mut self, run: &Run, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let text = &run.text[part.clone()];
        self.segments.push((self.plain.len(), run.at + part.start));
        self.plain.push_str(text);
        if run.strong {
            self.strong.push(text.trim().to_lowercase());
        }
        if text == "\n" {
            self.inlines.push(Inline::Break);
        } else {
            let text = text.to_owned();
            self.inlines.push(Inline::Text { text, strong: run.strong, emphasis: run.emphasis });
        }
    }

    fn push_marked(&mut self, run: &Run) {
        let mut done = 0;
        while let Some((bracket, ids)) = next_mark(&run.text, done) {
            self.push_text(run, done..bracket.start);
            for id in ids {
                self.inlines.push(Inline::Clause(id.clone()));
                let source = run.at + bracket.start..run.at + bracket.end;
                self.marks.push(Mark { id, plain: self.plain.len(), source });
            }
            done = bracket.end;
        }
        self.push_text(run, done..run.text.len());
    }
}

/// Joins runs that are neighbours in the source and alike: the Markdown reader splits at every bracket.
fn merged(runs: Vec<Run>) -> Vec<Run> {
    let mut merged: Vec<Run> = Vec::new();
    for run in runs {
        if let Some(last) = merged.last_mut() {
            let alike = last.strong == run.strong
                && last.emphasis == run.emphasis
                && last.link == run.link
                && !last.code
                && !run.code
                && run.text != "\n"
                && last.text != "\n";
            if alike && last.at + last.text.len() == run.at {
                last.text.push_str(&run.text);
                continue;
            }
        }
        merged.push(run);
    }
    merged
}

/// The next `[K9]` or `[K9, K10]` from `from` on.
fn next_mark(text: &str, from: usize) -> Option<(Range<usize>, Vec<ClauseId>)> {
    let mut at = from;
    while let Some(open) = text[at..].find('[').map(|found| at + found) {
        let inside = &text[open + 1..];
        if let Some(length) = inside.find([']', '['])
            && inside[length..].starts_with(']')
        {
            let ids: Option<Vec<_>> = inside[..length].split(',').map(|id| ClauseId::read(id.trim())).collect();
            if let Some(ids) = ids {
                return Some((open..open + length + 2, ids));
            }
        }
        at = open + 1;
    }
    None
}
