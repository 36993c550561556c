//! A policy text as it was given, and places in it as people count them.

use std::ops::Range;
use std::sync::Arc;

use miette::NamedSource;

/// One text and the name by which messages call it (usually its file name). Cloning it does not copy the text.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    whole: Arc<NamedSource<String>>,
    /// Where each line begins, in bytes.
    lines: Arc<Vec<usize>>,
}

/// A stretch of a text: line and column count from 1, in characters; offset and length are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Line, the first is 1.
    pub line: usize,
    /// Column in characters, the first is 1.
    pub column: usize,
    /// Bytes before it.
    pub offset: usize,
    /// Bytes that it covers.
    pub length: usize,
}

impl Source {
    /// A text under a name. A byte order mark is dropped, because it is not part of what anybody wrote.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text: String = text.into();
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let name = name.into();
        Self { whole: Arc::new(NamedSource::new(&name, text)), name, lines: Arc::new(lines) }
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, front matter included.
    pub fn text(&self) -> &str {
        self.whole.inner()
    }

    /// The text as a report shows it.
    pub(crate) fn named(&self) -> Arc<NamedSource<String>> {
        Arc::clone(&self.whole)
    }

    /// The place of a byte range. Ranges past the end or inside a character are moved to the nearest boundary.
    pub fn place(&self, range: Range<usize>) -> Place {
        let text = self.text();
        let start = boundary(text, range.start);
        let end = boundary(text, range.end.max(start));
        let line = self.lines.partition_point(|begins| *begins <= start);
        let line_start = self.lines.get(line - 1).copied().unwrap_or_default();
        Place { line, column: text[line_start..start].chars().count() + 1, offset: start, length: end - start }
    }
}

fn boundary(text: &str, wanted: usize) -> usize {
    let mut at = wanted.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
