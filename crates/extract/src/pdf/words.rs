//! From letters to words.

use hayro::vello_cpu::kurbo::{Rect, Vec2};

use super::glyphs::Glyph;

/// A word, or a part of one.
#[derive(Clone)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Its area on the page.
    pub area: Rect,
    /// The height of its font.
    pub size: f64,
    /// The line it stands on.
    pub baseline: f64,
    /// Whether it runs from left to right, as most do.
    pub level: bool,
    /// Whether a space follows.
    pub spaced: bool,
    /// Whether it stands far from the one before it in its line.
    pub far: bool,
    /// Its place in the order in which the letters were drawn.
    pub drawn: usize,
}

/// The words of letters in the order in which they were drawn.
pub fn pieces(glyphs: Vec<Glyph>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            if let Some(piece) = pieces.last_mut() {
                piece.spaced = true;
            }
            last = None;
            continue;
        }
        let joined = last.as_ref().is_some_and(|last| follows(last, &glyph));
        match pieces.last_mut() {
            Some(piece) if joined => {
                piece.text.push_str(&glyph.text);
                piece.area = piece.area.union(glyph.area);
                piece.size = piece.size.max(glyph.size);
            }
            _ => {
                let direction = glyph.end - glyph.origin;
                pieces.push(Piece {
                    text: glyph.text.clone(),
                    area: glyph.area,
                    size: glyph.size,
                    baseline: glyph.origin.y,
                    level: direction.x >= 0.0 && direction.x >= direction.y.abs() * 5.0,
                    spaced: false,
                    far: false,
                    drawn: pieces.len(),
                });
            }
        }
        last = Some(glyph);
    }
    pieces
}

/// Whether a letter goes on with the word of the one before.
fn follows(last: &Glyph, next: &Glyph) -> bool {
    let along = last.end - last.origin;
    let length = along.hypot();
    if length <= 0.0 {
        return (next.origin - last.origin).hypot() < last.size;
    }
    let unit = along / length;
    let gap: Vec2 = next.origin - last.end;
    let size = last.size.max(next.size);
    let forward = gap.dot(unit);
    let aside = gap.cross(unit).abs();
    aside < 0.4 * size && forward > -0.6 * size && forward < 0.2 * size
}

/// Unseen text, a line for each stretch that belongs together.
pub fn lines_of_hidden(glyphs: Vec<Glyph>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut baseline: Option<f64> = None;
    for piece in pieces(glyphs) {
        let goes_on = baseline.is_some_and(|last: f64| (last - piece.baseline).abs() < piece.size.max(0.5));
        match lines.last_mut() {
            Some(line) if goes_on => {
                line.push(' ');
                line.push_str(&piece.text);
            }
            _ => lines.push(piece.text),
        }
        baseline = Some(piece.baseline);
    }
    lines
}
