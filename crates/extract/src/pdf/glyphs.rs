//! A device that draws nothing: it notes every letter with its place, and whatever may lie over or under it.

use std::collections::HashMap;

use hayro::hayro_interpret::font::Glyph as PdfGlyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask,
};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::seen::{Cover, Sorted, sort};

/// Letters of one page; a bomb has more.
const MOST: usize = 200_000;
/// Things that may cover letters; a drawing has more, and covers nothing.
const MOST_COVERS: usize = 4_000;

/// One letter.
pub struct Glyph {
    /// What it stands for.
    pub text: String,
    /// Its area on the page.
    pub area: Rect,
    /// Where it begins, on the line.
    pub origin: Point,
    /// Where the next one is expected.
    pub end: Point,
    /// The height of its font on the page.
    pub size: f64,
    /// How many things were drawn before it.
    pub order: usize,
    /// Its colour; nothing when it is a pattern.
    pub colour: Option<[f32; 3]>,
    /// Whether it is drawn so that it cannot be seen, whatever lies around it.
    pub invisible: bool,
}

/// The letters of a page and what lies around them.
pub struct Glyphs {
    sheet: Rect,
    clips: Vec<Rect>,
    opacities: Vec<f32>,
    masked: bool,
    blend: BlendMode,
    order: usize,
    letters: Vec<Glyph>,
    covers: Vec<Cover>,
    drawn_paths: usize,
    outlines: HashMap<u128, Rect>,
    cut: bool,
}

impl Glyphs {
    /// A page without letters yet.
    pub fn new(sheet: Rect) -> Self {
        Self {
            sheet,
            clips: Vec::new(),
            opacities: Vec::new(),
            masked: false,
            blend: BlendMode::Normal,
            order: 0,
            letters: Vec::new(),
            covers: Vec::new(),
            drawn_paths: 0,
            outlines: HashMap::new(),
            cut: false,
        }
    }

    /// Whether there were more letters than were noted.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }

    /// The letters that show and those that do not.
    pub fn sorted(self) -> Sorted {
        sort(self.sheet, self.letters, &self.covers, self.drawn_paths)
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.sheet)
    }

    fn opacity(&self) -> f32 {
        self.opacities.iter().product()
    }

    fn cover(&mut self, area: Rect, colour: Option<[f32; 3]>) {
        self.order += 1;
        let area = area.intersect(self.clip());
        let solid = self.opacity() > 0.9 && !self.masked && matches!(self.blend, BlendMode::Normal);
        if solid && area.area() > 1.0 && self.covers.len() < MOST_COVERS {
            self.covers.push(Cover { order: self.order, area, colour });
        }
    }

    /// The area that a letter takes: its advance and the usual height, and all of its ink.
    fn extent(&mut self, glyph: &PdfGlyph<'_>) -> (Rect, f64) {
        let PdfGlyph::Outline(outline) = glyph else {
            return (Rect::new(0.0, -220.0, 500.0, 800.0), 500.0);
        };
        let key = outline.identifier().cache_key();
        let ink = *self.outlines.entry(key).or_insert_with(|| outline.outline().bounding_box());
        let advance = f64::from(outline.advance_width().unwrap_or(0.0));
        let advance = if advance > 0.0 { advance } else { ink.x1.max(0.0) };
        let usual = Rect::new(0.0, -200.0, advance, 750.0);
        (if ink.area() > 0.0 && ink.is_finite() { usual.union(ink) } else { usual }, advance)
    }
}

/// Whether a filled path is about a rectangle.
fn is_rectangle(path: &BezPath, area: Rect) -> bool {
    path.elements().len() <= 12 && path.area().abs() > 0.97 * area.area()
}

impl<'a> Device<'a> for Glyphs {
    fn set_soft_mask(&mut self, mask: Option<SoftMask<'a>>) {
        self.masked = mask.is_some();
    }

    fn set_blend_mode(&mut self, blend_mode: BlendMode) {
        self.blend = blend_mode;
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, draw_mode: &PathDrawMode) {
        self.drawn_paths += 1;
        self.order += 1;
        if !matches!(draw_mode, PathDrawMode::Fill(_)) || self.covers.len() >= MOST_COVERS || path.elements().len() > 12
        {
            return;
        }
        let path = transform * path.clone();
        let area = path.bounding_box();
        if !area.is_finite() || !is_rectangle(&path, area) {
            return;
        }
        match paint {
            Paint::Color(colour) => {
                let [red, green, blue, alpha] = colour.to_rgba().components();
                if alpha > 0.9 {
                    self.cover(area, Some([red, green, blue]));
                }
            }
            Paint::Pattern(_) => self.cover(area, None),
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let area = clip_path.path.bounding_box();
        let area = if area.is_finite() { area } else { self.sheet };
        self.clips.push(self.clip().intersect(area));
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.opacities.push(if mask.is_some() { opacity * 0.5 } else { opacity });
    }

    fn draw_glyph(
        &mut self,
        glyph: &PdfGlyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        draw_mode: &GlyphDrawMode,
    ) {
        self.order += 1;
        if self.letters.len() >= MOST {
            self.cut = true;
            return;
        }
        let (extent, advance) = self.extent(glyph);
        let whole = transform * glyph_transform;
        let area = whole.transform_rect_bbox(extent);
        let (origin, end) = (whole * Point::ZERO, whole * Point::new(advance, 0.0));
        if !area.is_finite() || !origin.is_finite() || !end.is_finite() {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(one)) => plain_letters(one),
            Some(BfString::String(text)) => text.chars().map(plain_letters).collect(),
            None => "\u{fffd}".to_owned(),
        };
        // Filled and then stroked is one letter.
        if self.letters.last().is_some_and(|last| last.text == text && (last.origin - origin).hypot() < 0.01) {
            return;
        }
        let size = (whole * Point::new(0.0, 1000.0) - origin).hypot();
        let (colour, alpha) = match paint {
            Paint::Color(colour) => {
                let [red, green, blue, alpha] = colour.to_rgba().components();
                (Some([red, green, blue]), alpha)
            }
            Paint::Pattern(_) => (None, 1.0),
        };
        let shows = area.intersect(self.clip());
        let invisible = matches!(draw_mode, GlyphDrawMode::Invisible)
            || alpha * self.opacity() < 0.05
            || size < 1.0
            || (!text.trim().is_empty() && shows.area() < 0.1 * area.area());
        self.letters.push(Glyph { text, area, origin, end, size, order: self.order, colour, invisible });
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let area = (transform * Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height())).to_path(0.1))
            .bounding_box();
        if area.is_finite() && matches!(image, Image::Raster(_)) {
            self.cover(area, None);
        } else {
            self.order += 1;
            self.drawn_paths += 100;
        }
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
    }
}

/// Letters that typesetters join are letters again; otherwise no search finds them.
fn plain_letters(one: char) -> String {
    match one {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        '\u{a0}' => " ",
        _ => return one.to_string(),
    }
    .to_owned()
}
