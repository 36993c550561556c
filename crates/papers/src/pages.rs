//! Pages that leave as pictures: made anew from pixels, with what is covered burnt in as black boxes.
//!
//! A page of a scan, a form or a drawing goes out as an image. It is never the file's own image: whatever the reader of
//! papers drew is taken down to its pixels, the boxes are painted over them, and the pixels are written as a new PNG or
//! JPEG that carries nothing else. What was under a box is gone before the first byte is encoded.

mod digits;

use std::fmt;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageReader, Limits};
use sha2::{Digest as _, Sha256};

use digits::Label;

/// The most pixels on one side of a page.
const LARGEST_SIDE: u32 = 12_000;

/// The quality of a page written as JPEG.
const QUALITY: u8 = 82;

/// JPEG works in squares of so many pixels: a box that fills its squares lets nothing of its surroundings in.
const SQUARE: u32 = 8;

/// From so many hundredths of its pixels on that are pure paper or pure ink, a page is written without loss.
const PLAIN_PAGE: usize = 80;

/// A length of one point, as places on a page count.
pub const POINT: u32 = 100;

/// A box on a page. Lengths are in hundredths of a point, from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Its left edge.
    pub left: u32,
    /// Its upper edge.
    pub top: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl Area {
    /// How much of `self` lies in `other`, in hundredths.
    pub fn share_in(&self, other: &Self) -> u64 {
        let across = |a: u32, width_a: u32, b: u32, width_b: u32| {
            let end = u64::from(a).saturating_add(u64::from(width_a)).min(u64::from(b) + u64::from(width_b));
            end.saturating_sub(u64::from(a.max(b)))
        };
        let shared = across(self.left, self.width, other.left, other.width)
            * across(self.top, self.height, other.top, other.height);
        let own = (u64::from(self.width) * u64::from(self.height)).max(1);
        shared * 100 / own
    }

    /// The smallest area around both.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let right = (self.left + self.width).max(other.left + other.width);
        let bottom = (self.top + self.height).max(other.top + other.height);
        Self { left, top, width: right - left, height: bottom - top }
    }

    /// The area with so much more on every side.
    #[must_use]
    pub fn wider(&self, by: u32) -> Self {
        let (left, top) = (self.left.saturating_sub(by), self.top.saturating_sub(by));
        Self { left, top, width: self.left - left + self.width + by, height: self.top - top + self.height + by }
    }
}

/// A box to burn into a page, with the number of the place that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burn {
    /// Where.
    pub area: Area,
    /// Which place, counted through the pack.
    pub number: u32,
}

/// A box as it was burnt, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burnt {
    /// Left, top, and the pixels after the last to the right and below.
    pub pixels: (u32, u32, u32, u32),
    /// Which place, counted through the pack.
    pub number: u32,
}

/// How a made page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Without loss: pages of writing.
    Png,
    /// Photographs and grey scans.
    Jpeg,
}

/// A page that may leave.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// The image file.
    pub bytes: Vec<u8>,
    /// How it is written.
    pub format: Format,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The boxes on it.
    pub boxes: Vec<Burnt>,
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({} × {}, {} boxes)", self.width, self.height, self.boxes.len())
    }
}

/// Why a page could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// What was drawn of it is not an image that can be read.
    #[error("the image of a page cannot be read")]
    Unreadable,
    /// It could not be written.
    #[error("the image of a page cannot be written")]
    Unwritten,
}

/// Makes a page anew from an image of it. `size` is the page's width and height in hundredths of a point.
///
/// # Errors
/// [`PageError`] where the image cannot be read or the new one not be written.
pub fn make(image: &[u8], size: (u32, u32), burns: &[Burn]) -> Result<Made, PageError> {
    let mut pixels = Pixels::read(image)?;
    let format = pixels.best_format();
    let boxes: Vec<Burnt> = burns.iter().filter_map(|burn| pixels.place(burn, size, format)).collect();
    for burnt in &boxes {
        pixels.burn(burnt);
    }
    // The numbers come last: a box that reaches over another hides no number.
    for burnt in &boxes {
        pixels.label(burnt);
    }
    let bytes = pixels.write(format)?;
    Ok(Made { bytes, format, width: pixels.width, height: pixels.height, boxes })
}

/// The pixels of a page: grey or coloured, nothing else.
#[derive(PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// One byte a pixel for grey, three for colour.
    channels: usize,
    data: Vec<u8>,
}

impl Pixels {
    /// Reads an image. What is transparent shows paper.
    pub(crate) fn read(image: &[u8]) -> Result<Self, PageError> {
        let mut reader =
            ImageReader::new(std::io::Cursor::new(image)).with_guessed_format().map_err(|_| PageError::Unreadable)?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(LARGEST_SIDE);
        limits.max_image_height = Some(LARGEST_SIDE);
        reader.limits(limits);
        let decoded = reader.decode().map_err(|_| PageError::Unreadable)?;
        Ok(Self::of(&decoded))
    }

    fn of(image: &DynamicImage) -> Self {
        let (width, height) = (image.width(), image.height());
        if let DynamicImage::ImageLuma8(grey) = image {
            return Self { width, height, channels: 1, data: grey.as_raw().clone() };
        }
        let mut data = Vec::with_capacity(width as usize * height as usize * 3);
        for pixel in image.to_rgba8().pixels() {
            let [r, g, b, a] = pixel.0.map(u32::from);
            let on_paper = |c: u32| u8::try_from((c * a + 255 * (255 - a) + 127) / 255).unwrap_or(255);
            data.extend([on_paper(r), on_paper(g), on_paper(b)]);
        }
        let grey = data.as_chunks::<3>().0.iter().all(|[r, g, b]| r.abs_diff(*g) < 3 && g.abs_diff(*b) < 3);
        if grey {
            let data = data.as_chunks::<3>().0.iter().map(|[_, g, _]| *g).collect();
            return Self { width, height, channels: 1, data };
        }
        Self { width, height, channels: 3, data }
    }

    /// A digest that two images share only where every pixel is the same.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for number in [u64::from(self.width), u64::from(self.height), self.channels as u64] {
            hasher.update(number.to_le_bytes());
        }
        hasher.update(&self.data);
        hasher.finalize().into()
    }

    /// Pixels as they lie in a stream without any frame around them.
    pub(crate) fn raw(width: u32, height: u32, channels: usize, data: Vec<u8>) -> Option<Self> {
        let wanted = (width as usize).checked_mul(height as usize)?.checked_mul(channels)?;
        (data.len() == wanted).then_some(Self { width, height, channels, data })
    }

    fn best_format(&self) -> Format {
        let plain = self.data.iter().filter(|byte| **byte > 250 || **byte < 5).count();
        if plain * 100 >= self.data.len() * PLAIN_PAGE { Format::Png } else { Format::Jpeg }
    }

    /// Where a box lies in pixels: never smaller than asked for, and in whole squares for JPEG.
    fn place(&self, burn: &Burn, size: (u32, u32), format: Format) -> Option<Burnt> {
        let edge = |at: u32, length: u32, pixels: u32, up: bool| {
            let scaled = u64::from(at) * u64::from(pixels);
            let length = u64::from(length.max(1));
            let at = if up { scaled.div_ceil(length) + 1 } else { (scaled / length).saturating_sub(1) };
            let at = u32::try_from(at).unwrap_or(u32::MAX).min(pixels);
            match format {
                Format::Png => at,
                Format::Jpeg if up => at.next_multiple_of(SQUARE).min(pixels),
                Format::Jpeg => at / SQUARE * SQUARE,
            }
        };
        let area = burn.area;
        let (left, right) = (
            edge(area.left, size.0, self.width, false),
            edge(area.left.saturating_add(area.width), size.0, self.width, true),
        );
        let (top, bottom) = (
            edge(area.top, size.1, self.height, false),
            edge(area.top.saturating_add(area.height), size.1, self.height, true),
        );
        (left < right && top < bottom).then_some(Burnt { pixels: (left, top, right, bottom), number: burn.number })
    }

    fn set(&mut self, x: u32, y: u32, value: u8) {
        let at = (y as usize * self.width as usize + x as usize) * self.channels;
        if let Some(pixel) = self.data.get_mut(at..at + self.channels) {
            pixel.fill(value);
        }
    }

    fn burn(&mut self, burnt: &Burnt) {
        let (left, top, right, bottom) = burnt.pixels;
        for y in top..bottom {
            let start = (y as usize * self.width as usize + left as usize) * self.channels;
            let length = (right - left) as usize * self.channels;
            if let Some(row) = self.data.get_mut(start..start + length) {
                row.fill(0);
            }
        }
    }

    fn label(&mut self, burnt: &Burnt) {
        if let Some(label) = Label::fitting(burnt) {
            for (x, y) in label.pixels() {
                self.set(x, y, 255);
            }
        }
    }

    fn write(&self, format: Format) -> Result<Vec<u8>, PageError> {
        let colour = if self.channels == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
        let mut out = Vec::new();
        let written = match format {
            Format::Png => PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
                .write_image(&self.data, self.width, self.height, colour),
            Format::Jpeg => JpegEncoder::new_with_quality(&mut out, QUALITY).write_image(
                &self.data,
                self.width,
                self.height,
                colour,
            ),
        };
        written.map_err(|_| PageError::Unwritten)?;
        Ok(out)
    }

    /// Whether a box shows black and its number, and nothing of what was there. Boxes that reach over it are given too:
    /// their numbers may stand in it.
    pub(crate) fn is_covered(&self, burnt: &Burnt, all: &[Burnt], format: Format) -> bool {
        let (left, top, right, bottom) = burnt.pixels;
        if left >= right || top >= bottom || right > self.width || bottom > self.height {
            return false;
        }
        let labels: Vec<Label> = all.iter().filter_map(Label::fitting).filter(|label| label.touches(burnt)).collect();
        let white: std::collections::BTreeSet<(u32, u32)> = labels.iter().flat_map(Label::pixels).collect();
        let lossy = format == Format::Jpeg;
        for y in top..bottom {
            for x in left..right {
                let at = (y as usize * self.width as usize + x as usize) * self.channels;
                let Some(pixel) = self.data.get(at..at + self.channels) else { return false };
                let near_number = || labels.iter().any(|label| label.is_near(x, y, SQUARE));
                let wanted = if white.contains(&(x, y)) { 255_u8 } else { 0 };
                let most = match (lossy, pixel.iter().map(|byte| byte.abs_diff(wanted)).max().unwrap_or(0)) {
                    (_, 0) => continue,
                    (false, _) => return false,
                    (true, off) => off,
                };
                if most > 12 && !(near_number() && most < 120) {
                    return false;
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests;
