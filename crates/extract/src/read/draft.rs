//! A reading while it is written: text within its limit, parts that span it, and lists that end.

use crate::limits;
use crate::reading::{Hidden, HiddenSort, Inside, Page, Part, Reading};

/// A reading while it is written.
#[derive(Default)]
pub struct Draft {
    reading: Reading,
    part: Option<(String, usize)>,
    unlisted: usize,
    inside_bytes: usize,
    inside_left_out: usize,
    text_cut: bool,
}

impl Draft {
    /// Begins a part. What came before is its own part.
    pub fn begin(&mut self, title: impl Into<String>) {
        self.end();
        if !self.reading.text.is_empty() {
            while self.reading.text.ends_with('\n') {
                self.reading.text.pop();
            }
            self.reading.text.push_str("\n\n");
        }
        // Parts span the text: the lines between two belong to the one before.
        let start = self.reading.text.len();
        if let Some(last) = self.reading.parts.last_mut() {
            last.end = start;
        }
        self.part = Some((title.into(), start));
    }

    fn end(&mut self) {
        if let Some((title, start)) = self.part.take() {
            self.reading.parts.push(Part { title, start, end: self.reading.text.len() });
        }
    }

    /// Writes text, and says from where to where it went. Control characters that no reader sees are left out.
    pub fn write(&mut self, text: &str) -> (usize, usize) {
        let start = self.reading.text.len();
        let left = limits::TEXT.saturating_sub(start);
        let mut written = text;
        if text.len() > left {
            self.text_cut = true;
            written = &text[..text.floor_char_boundary(left)];
        }
        if written.contains(unseen) {
            self.reading.text.extend(written.chars().filter(|&one| !unseen(one)));
        } else {
            self.reading.text.push_str(written);
        }
        (start, self.reading.text.len())
    }

    /// Ends a line.
    pub fn line(&mut self) {
        self.write("\n");
    }

    /// Whether no more text fits.
    pub const fn is_full(&self) -> bool {
        self.text_cut
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.reading.text
    }

    /// Adds a page.
    pub fn page(&mut self, page: Page) {
        self.reading.pages.push(page);
    }

    /// Lists something unseen.
    pub fn hide(&mut self, sort: HiddenSort, place: impl Into<String>, text: &str) {
        if self.reading.hidden.len() >= limits::HIDDEN {
            self.unlisted += 1;
            return;
        }
        self.reading.hidden.push(Hidden { sort, place: place.into(), text: shortened(text) });
    }

    /// Keeps a paper that is inside; false when it does not fit.
    pub fn keep_inside(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> bool {
        let total = self.inside_bytes.saturating_add(bytes.len());
        if self.reading.inside.len() >= limits::INSIDE || total > limits::INSIDE_BYTES {
            self.inside_left_out += 1;
            return false;
        }
        self.inside_bytes = total;
        self.reading.inside.push(Inside { name: name.into(), bytes });
        true
    }

    /// How many bytes may still come inside.
    pub fn inside_left(&self) -> usize {
        if self.reading.inside.len() >= limits::INSIDE { 0 } else { limits::INSIDE_BYTES - self.inside_bytes }
    }

    /// Says that something could not be read.
    pub fn trouble(&mut self, words: impl Into<String>) {
        let words = words.into();
        if self.reading.troubles.len() < 50 && !self.reading.troubles.contains(&words) {
            self.reading.troubles.push(words);
        }
    }

    /// The reading.
    pub fn done(mut self) -> Reading {
        self.end();
        if let Some(last) = self.reading.parts.last_mut() {
            last.end = self.reading.text.len();
        }
        if self.text_cut {
            self.trouble("Only the first 8 MB of its text were read.");
        }
        if self.unlisted > 0 {
            self.trouble(format!("{} more unseen things are in it and are not listed.", self.unlisted));
        }
        if self.inside_left_out > 0 {
            self.trouble(format!(
                "{} files inside it were left out: at most {} and 100 MB are taken.",
                self.inside_left_out,
                limits::INSIDE
            ));
        }
        self.reading
    }
}

/// Characters that are no part of a text: they show as nothing, and could hide a word from a search.
fn unseen(one: char) -> bool {
    (one.is_control() && one != '\n' && one != '\t') || matches!(one, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// Words on one line, shortened.
pub fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.len() + word.len() > limits::HIDDEN_TEXT {
            let left = limits::HIDDEN_TEXT.saturating_sub(short.len());
            short.push_str(&word[..word.floor_char_boundary(left)]);
            short.push('…');
            return short;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.extend(word.chars().filter(|&one| !unseen(one)));
    }
    short
}
