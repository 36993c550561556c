//! Characters in pictures: finding the program that knows them, and reading its table of words.

use std::path::PathBuf;

use crate::reading::{Page, Part, Reading, Word};
use crate::worker::PageImage;

/// What staff are told where there is none.
pub const MISSING: &str = "It has scanned pages, and this machine has no character recognition, so their words cannot be searched or \
                           found. Install the program tesseract (on Debian: apt install tesseract-ocr) and read the paper again.";

/// Words that the program itself takes for noise, in per cent of its trust in them.
const TRUST: f32 = 20.0;

/// Words of one scanned page before they have a place in the text.
pub struct Recognised {
    words: Vec<(String, Word, bool)>,
}

/// Where `tesseract` is on the path.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("tesseract")).find(|program| program.is_file())
}

/// The words of its table, in points of the page.
pub fn words(table: &[u8], image: &PageImage, page: &Page) -> Recognised {
    let (across, down) = (page.width / image.width.max(1) as f32, page.height / image.height.max(1) as f32);
    let mut words = Vec::new();
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
        let word = Word {
            start: 0,
            end: 0,
            x: place(left) * across,
            y: place(top) * down,
            width: place(width) * across,
            height: place(height) * down,
        };
        words.push((text.trim().to_owned(), word, begins));
    }
    Recognised { words }
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
                for (word, mut place, begins) in recognised.words {
                    if text.len() > start {
                        text.push(if begins { '\n' } else { ' ' });
                    }
                    place.start = text.len();
                    text.push_str(&word);
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
