//! The pictures of pages in a finished PDF, taken out again and looked at pixel by pixel.

use std::collections::HashMap;
use std::fmt;

use lopdf::{Document, Object, Stream};

use super::VerifyError;
use crate::pages::{Format, Made, Pixels};

/// What is wrong with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// The box with this number does not cover what it should: something else than black can be seen in it.
    Uncovered {
        /// Which page picture, in the order of the pack, from 1.
        picture: usize,
        /// The number of the box.
        number: u32,
    },
    /// The PDF holds an image that is none of the made pages, or not as it was made.
    Foreign {
        /// Its object number.
        object: u32,
    },
    /// A page that should be there is not.
    Missing {
        /// Which, from 1.
        picture: usize,
    },
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uncovered { picture, number } => write!(f, "box {number} on picture {picture} can be looked through"),
            Self::Foreign { object } => write!(f, "object {object} is an image that nobody made for this answer"),
            Self::Missing { picture } => write!(f, "picture {picture} is not in the PDF"),
        }
    }
}

/// Takes every image out of a finished PDF, decodes it, and looks under every box. Nothing is believed of how it was
/// made: an image that is not, pixel for pixel, one of `made` is a fault, and so is a box that shows anything.
///
/// # Errors
/// [`VerifyError`] when the PDF cannot be opened.
pub fn check_pictures(pdf: &[u8], made: &[&Made]) -> Result<Vec<PictureFault>, VerifyError> {
    let document = Document::load_mem(pdf).map_err(|_| VerifyError::Unreadable("PDF"))?;
    // Each made page is opened once; the pixels of an image name the pages that it may be.
    let mut by_pixels: HashMap<[u8; 32], Vec<usize>> = HashMap::new();
    for (index, page) in made.iter().enumerate() {
        if let Ok(pixels) = Pixels::read(&page.bytes) {
            by_pixels.entry(pixels.digest()).or_default().push(index);
        }
    }
    let mut faults = Vec::new();
    let mut seen = vec![false; made.len()];
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default() != b"Image" {
            continue;
        }
        let foreign = PictureFault::Foreign { object: id.0 };
        let Some((pixels, format)) = pixels_of(stream) else {
            faults.push(foreign);
            continue;
        };
        let candidates = by_pixels.get(&pixels.digest()).map(Vec::as_slice).unwrap_or_default();
        let Some(index) = candidates.iter().find(|index| !seen[**index]) else {
            // The typesetter puts a page that is there twice into the file once.
            if candidates.is_empty() {
                faults.push(foreign);
            }
            continue;
        };
        seen[*index] = true;
        let page = made[*index];
        for burnt in page.boxes.iter().filter(|burnt| !pixels.is_covered(burnt, &page.boxes, format)) {
            faults.push(PictureFault::Uncovered { picture: index + 1, number: burnt.number });
        }
    }
    faults.extend((1..).zip(seen).filter(|(_, seen)| !seen).map(|(picture, _)| PictureFault::Missing { picture }));
    Ok(faults)
}

/// The pixels of an image stream.
fn pixels_of(stream: &Stream) -> Option<(Pixels, Format)> {
    let number = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).ok().and_then(|n| u32::try_from(n).ok());
    let (width, height) = (number(b"Width")?, number(b"Height")?);
    // A mask, a decode array or a soft mask could show what the pixels do not.
    if ["SMask", "Mask", "Decode", "ImageMask"].iter().any(|key| stream.dict.has(key.as_bytes())) {
        return None;
    }
    if stream.filters().ok()? == [b"DCTDecode"] {
        return Some((Pixels::read(&stream.content).ok()?, Format::Jpeg));
    }
    let channels = match stream.dict.get(b"ColorSpace").and_then(Object::as_name).ok()? {
        b"DeviceGray" => 1,
        b"DeviceRGB" => 3,
        _ => return None,
    };
    let data = stream.decompressed_content().ok()?;
    Some((Pixels::raw(width, height, channels, data)?, Format::Png))
}
