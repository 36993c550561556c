//! Which letters of a page a reader sees.

use hayro::vello_cpu::kurbo::Rect;

use super::glyphs::Glyph;

/// Something solid on the page.
pub struct Cover {
    /// How many things were drawn before it.
    pub order: usize,
    /// Where it lies.
    pub area: Rect,
    /// Its colour; nothing when it is a picture or a pattern.
    pub colour: Option<[f32; 3]>,
}

/// The letters of a page.
pub struct Sorted {
    /// Those that show.
    pub shown: Vec<Glyph>,
    /// Those that do not.
    pub hidden: Vec<Glyph>,
    /// Whether what shows is only a picture.
    pub scan: bool,
}

/// A picture over so much of the page, and no letter that shows, is a scan.
const SCAN_SHARE: f64 = 0.4;
/// So many drawn shapes without a letter are letters drawn as shapes.
const SHAPES_OF_LETTERS: usize = 50;

/// Sorts the letters.
pub fn sort(sheet: Rect, glyphs: Vec<Glyph>, covers: &[Cover], shapes: usize) -> Sorted {
    let (mut shown, mut hidden): (Vec<Glyph>, Vec<Glyph>) =
        glyphs.into_iter().partition(|glyph| shows(sheet, glyph, covers));
    let letters = shown.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
    let unknown = shown.iter().filter(|glyph| glyph.text.contains('\u{fffd}')).count();
    // Letters without a meaning are as good as a picture.
    let unreadable = letters > 0 && unknown * 2 > letters;
    if unreadable {
        shown.clear();
        hidden.retain(|glyph| !glyph.text.contains('\u{fffd}'));
    }
    let pictures: f64 =
        covers.iter().filter(|cover| cover.colour.is_none()).map(|cover| cover.area.intersect(sheet).area()).sum();
    let picture = pictures > SCAN_SHARE * sheet.area() || shapes > SHAPES_OF_LETTERS;
    Sorted { scan: unreadable || (letters == 0 && picture), shown, hidden }
}

fn shows(sheet: Rect, glyph: &Glyph, covers: &[Cover]) -> bool {
    if glyph.invisible || glyph.area.intersect(sheet).area() < 0.1 * glyph.area.area() {
        return glyph.text.trim().is_empty() && !glyph.invisible;
    }
    let middle = glyph.area.center();
    let mut under = Some([1.0; 3]);
    for cover in covers {
        if cover.order < glyph.order {
            if cover.area.contains(middle) {
                under = cover.colour;
            }
        } else if covers_all(cover.area, glyph.area) {
            return false;
        }
    }
    match (under, glyph.colour) {
        (Some(under), Some(over)) => !alike(under, over),
        _ => true,
    }
}

fn covers_all(cover: Rect, glyph: Rect) -> bool {
    cover.intersect(glyph).area() > 0.8 * glyph.area()
}

fn alike(one: [f32; 3], other: [f32; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() < 0.04)
}
