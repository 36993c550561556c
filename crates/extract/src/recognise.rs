//! Characters in pictures: finding the program that knows them, and reading its table of words.

pub mod ink;

use std::path::PathBuf;

use crate::reading::{Page, Part, Reading, Word};
use crate::worker::PageImage;
use ink::Box4;

/// What staff are told where there is none.
pub const MISSING: &str = "It has scanned pages, and this machine has no character recognition, so their words cannot be searched or \
                           found. Install the program tesseract (on Debian: apt install tesseract-ocr) and read the paper again.";

/// Words that the program itself takes for noise, in per cent of its trust in them.
const TRUST: f32 = 20.0;

/// Words of one scanned page before they have a place in the text, line by line.
pub struct Recognised {
    lines: Vec<Vec<(String, Box4)>>,
    size: (f32, f32),
    across: f32,
    down: f32,
}

impl Recognised {
    /// The boxes of all words, in pixels.
    pub fn boxes(&self) -> Vec<Vec<Box4>> {
        self.lines.iter().map(|line| line.iter().map(|(_, place)| *place).collect()).collect()
    }

    /// Puts other boxes in their place, where there are as many.
    pub fn put_boxes(&mut self, lines: &[Vec<Box4>]) {
        for (line, boxes) in self.lines.iter_mut().zip(lines) {
            for ((_, place), new) in line.iter_mut().zip(boxes) {
                // Never smaller than it was nor larger than the page, whatever a child says.
                let (left, top) = (place[0].min(new[0].max(0.0)), place[1].min(new[1].max(0.0)));
                let (right, bottom) = (place[2].max(new[2].min(self.size.0)), place[3].max(new[3].min(self.size.1)));
                *place = [left, top, right, bottom];
            }
        }
    }

    /// A box in points of the page, with no place in the text yet.
    fn word(&self, [left, top, right, bottom]: Box4) -> Word {
        let (width, height) = ((right - left) * self.across, (bottom - top) * self.down);
        Word { start: 0, end: 0, x: left * self.across, y: top * self.down, width, height }
    }
}

/// Where `tesseract` is on the path.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("tesseract")).find(|program| program.is_file())
}

/// The words of its table.
pub fn words(table: &[u8], image: &PageImage, page: &Page) -> Recognised {
    let (across, down) = (page.width / image.width.max(1) as f32, page.height / image.height.max(1) as f32);
    let mut lines: Vec<Vec<(String, Box4)>> = Vec::new();
    let mut line = None;
    for row in String::from_utf8_lossy(table).lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, number, _, left, top, width, height, trust, text] = cells[..] else {
            continue;
        };
        let place = |cell: &str| cell.parse::<f32>().unwrap_or(0.0);
        if level != "5" || text.trim().is_empty() || place(trust) < TRUST {
            continue;
        }
        let here = Some((block.to_owned(), paragraph.to_owned(), number.to_owned()));
        let begins = line != here;
        line = here;
        let (left, top) = (place(left), place(top));
        // A capital I alone is what it takes for a stroke.
        let text = if text.trim() == "|" { "I" } else { text.trim() };
        let word = (text.to_owned(), [left, top, left + place(width), top + place(height)]);
        match lines.last_mut() {
            Some(last) if !begins => last.push(word),
            _ => lines.push(vec![word]),
        }
    }
    Recognised { lines, size: (image.width as f32, image.height as f32), across, down }
}

/// Puts recognised words into the parts of their pages, and moves all places behind them. Page `n` is part `n`.
pub fn put_in(reading: &mut Reading, found: Vec<(usize, Recognised)>) {
    let mut text = String::new();
    let mut parts = Vec::new();
    let mut found = found.into_iter().peekable();
    for (number, part) in std::mem::take(&mut reading.parts).into_iter().enumerate() {
        let start = text.len();
        let old = reading.text.get(part.start..part.end).unwrap_or_default();
        let recognised = found.next_if(|(page, _)| *page == number);
        let words = reading.pages.get_mut(number).map(|page| &mut page.words);
        match (recognised, words) {
            (Some((_, recognised)), Some(words)) => {
                let all = recognised.lines.iter().flat_map(|line| line.iter().enumerate());
                for (number, (word, place)) in all {
                    if text.len() > start {
                        text.push(if number == 0 { '\n' } else { ' ' });
                    }
                    let mut place = recognised.word(*place);
                    place.start = text.len();
                    text.push_str(word);
                    place.end = text.len();
                    words.push(place);
                }
                text.push_str("\n\n");
            }
            (_, words) => {
                text.push_str(old);
                for word in words.into_iter().flatten() {
                    word.start = word.start - part.start + start;
                    word.end = word.end - part.start + start;
                }
            }
        }
        parts.push(Part { title: part.title, start, end: text.len() });
    }
    reading.text = text;
    reading.parts = parts;
}
