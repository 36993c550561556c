//! A policy text as it was given, and places in it as people count them.

use std::ops::Range;

/// One text and the name by which messages call it (usually its file name).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What messages call it.
    pub name: String,
    /// The whole text, front matter included.
    pub text: String,
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
        Self { name: name.into(), text }
    }

    /// The place of a byte range. Ranges past the end or inside a character are moved to the nearest boundary.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = boundary(&self.text, range.start);
        let end = boundary(&self.text, range.end.max(start));
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            offset: start,
            length: end - start,
        }
    }
}

fn boundary(text: &str, wanted: usize) -> usize {
    let mut at = wanted.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
