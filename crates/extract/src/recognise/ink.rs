//! Boxes that recognition gives, made to hold all ink of their words: a first letter that sticks out would stay when the word is
//! covered. Done in the child, since it opens the picture.

use crate::Refused;

/// Left, top, right and bottom, in pixels.
pub type Box4 = [f32; 4];

/// A stretch of columns with ink, from the first to the one after the last.
type Stretch = (u32, u32);

/// How far above and below its box a word's ink is looked for, in heights of the box.
const ABOVE: f32 = 0.4;

/// How wide a gap may be before what stands beyond it is no letter of the word, in heights of the line.
const GAP: f32 = 0.5;

/// The boxes of a picture's words, line by line, grown to their ink.
pub fn fitted(png: &[u8], mut lines: Vec<Vec<Box4>>) -> Result<Vec<Vec<Box4>>, Refused> {
    let image = image::load_from_memory_with_format(png, image::ImageFormat::Png).map_err(|_| Refused::Damaged)?;
    let page = Ink::of(image.to_luma8());
    for line in &mut lines {
        page.fit(line);
    }
    Ok(lines)
}

/// What of a page is dark.
struct Ink {
    page: image::GrayImage,
    darkest_paper: u8,
}

impl Ink {
    fn of(page: image::GrayImage) -> Self {
        let mut counts = [0_u64; 256];
        for pixel in page.pixels() {
            counts[usize::from(pixel.0[0])] += 1;
        }
        // Paper is what most of a page is; ink is clearly darker than that.
        let paper = counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(255, |(shade, _)| shade);
        Self { page, darkest_paper: u8::try_from(paper * 7 / 10).unwrap_or(u8::MAX) }
    }

    fn is_dark(&self, x: u32, y: u32) -> bool {
        self.page.get_pixel(x, y).0[0] < self.darkest_paper
    }

    fn fit(&self, words: &mut [Box4]) {
        if words.is_empty() {
            return;
        }
        let edge = |side: usize, start: f32, of: fn(f32, f32) -> f32| words.iter().map(|one| one[side]).fold(start, of);
        let (top, bottom) = (edge(1, f32::MAX, f32::min), edge(3, 0.0, f32::max));
        let gap = (bottom - top) * GAP;
        let owners = owners(&self.stretches(top, bottom), words, gap);
        for (word, (from, to)) in owners {
            words[word][0] = words[word][0].min(from as f32);
            words[word][2] = words[word][2].max(to as f32);
        }
        for word in words {
            self.grow_in_height(word);
        }
    }

    /// Where there is ink between two heights.
    fn stretches(&self, top: f32, bottom: f32) -> Vec<Stretch> {
        let (top, bottom) = (top.max(0.0) as u32, (bottom.ceil().max(0.0) as u32).min(self.page.height()));
        let mut stretches = Vec::new();
        let mut began = None;
        for x in 0..self.page.width() {
            match (began, (top..bottom).any(|y| self.is_dark(x, y))) {
                (None, true) => began = Some(x),
                (Some(from), false) => {
                    stretches.push((from, x));
                    began = None;
                }
                _ => {}
            }
        }
        stretches.extend(began.map(|from| (from, self.page.width())));
        stretches
    }

    /// Takes the rows above and below for as long as there is ink in them.
    fn grow_in_height(&self, word: &mut Box4) {
        let [left, top, right, bottom] = *word;
        let (left, right) = (left.max(0.0) as u32, (right.ceil().max(0.0) as u32).min(self.page.width()));
        let most = ((bottom - top) * ABOVE) as u32;
        let inked = |y: u32| y < self.page.height() && (left..right).any(|x| self.is_dark(x, y));
        let (first, after) = (top.max(0.0) as u32, bottom.ceil().max(0.0) as u32);
        let above = (1..=most.min(first)).take_while(|step| inked(first - step)).count();
        let below = (0..most).take_while(|step| inked(after + step)).count();
        word[1] = top - above as f32;
        word[3] = bottom + below as f32;
    }
}

/// Which stretch belongs to which word. One that reaches into several words (a line under them) says nothing about either.
fn owners(stretches: &[Stretch], words: &[Box4], gap: f32) -> Vec<(usize, Stretch)> {
    let mut owned: Vec<(Option<usize>, Stretch)> = Vec::new();
    for &(from, to) in stretches {
        let overlap = |word: usize| (to as f32).min(words[word][2]) - (from as f32).max(words[word][0]);
        let fills = |word: &usize| overlap(*word) * 3.0 > words[*word][2] - words[*word][0];
        if (0..words.len()).filter(fills).nth(1).is_some() {
            continue;
        }
        let most = (0..words.len()).max_by(|&one, &other| overlap(one).total_cmp(&overlap(other)));
        owned.push((most.filter(|&word| overlap(word) * 3.0 > (to - from) as f32), (from, to)));
    }
    // What lies between two words belongs to the one from which no wider gap parts it.
    let mut at = 0;
    while at < owned.len() {
        let end = (at..owned.len()).find(|&next| owned[next].0.is_some()).unwrap_or(owned.len());
        let before = at.checked_sub(1).and_then(|last| owned[last].0);
        let after = owned.get(end).and_then(|next| next.0);
        // The gaps in front of each stretch from `at` to `end`, and the widest of them.
        let gap_before = |place: usize| {
            let left = place.checked_sub(1).map(|last| owned[last].1.1)?;
            owned.get(place).map(|next| next.1.0 - left)
        };
        let widest = (at..=end).max_by_key(|&place| gap_before(place).unwrap_or(u32::MAX)).unwrap_or(end);
        let (lefts, rights) = match (before, after) {
            (Some(_), Some(_)) => (at..widest, widest..end),
            (Some(_), None) => {
                let near =
                    (at..end).take_while(|&place| gap_before(place).is_some_and(|one| one as f32 <= gap)).count();
                (at..at + near, end..end)
            }
            (None, Some(_)) => {
                let far =
                    (at..end).rev().take_while(|&place| gap_before(place + 1).is_some_and(|one| one as f32 <= gap));
                let near = far.count();
                (at..at, end - near..end)
            }
            (None, None) => (at..at, end..end),
        };
        for place in lefts {
            owned[place].0 = before;
        }
        for place in rights {
            owned[place].0 = after;
        }
        at = end + 1;
    }
    owned.into_iter().filter_map(|(word, stretch)| word.map(|word| (word, stretch))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn word(left: f32, right: f32) -> Box4 {
        [left, 0.0, right, 20.0]
    }

    #[test]
    fn a_letter_that_sticks_out_goes_to_the_word_without_a_gap_between() {
        // "a visit", with the v in no box, or a little in the box of the a.
        let stretches = [(361, 373), (387, 405), (409, 420), (424, 480)];
        for right in [386.0, 390.0] {
            let owners = owners(&stretches, &[word(361.0, right), word(408.0, 482.0)], 10.0);
            assert_eq!(owners, [(0, (361, 373)), (1, (387, 405)), (1, (409, 420)), (1, (424, 480))]);
        }
    }

    #[test]
    fn what_stands_far_off_is_no_letter_of_the_line() {
        let stretches = [(0, 5), (60, 66), (70, 100), (104, 110), (300, 310)];
        let owners = owners(&stretches, &[word(69.0, 101.0)], 10.0);
        assert_eq!(owners, [(0, (60, 66)), (0, (70, 100)), (0, (104, 110))]);
    }

    #[test]
    fn a_line_under_all_words_changes_nothing() {
        assert!(owners(&[(10, 200)], &[word(10.0, 90.0), word(100.0, 200.0)], 10.0).is_empty());
    }
}
