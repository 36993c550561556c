//! Stand-ins for the pictures of pages while a paper is laid out.
//!
//! The typesetter unpacks every image that it is given and keeps it until the paper is written: a thousand scanned
//! pages would take gigabytes. It therefore lays out one small image a page, each different, and their streams in the
//! finished file are exchanged for the made pages as they are, packed.

use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use lopdf::{Document, Object, Stream, dictionary};

use crate::pages::{Format, Made};

/// What a stand-in says in its comment, before its number.
const MARK: &str = "guardbook page ";

/// The name under which the template asks for a stand-in.
pub(super) fn name(number: usize) -> String {
    format!("page-{number}.jpg")
}

/// The number in such a name.
pub(super) fn number(name: &str) -> Option<usize> {
    name.strip_prefix("page-")?.strip_suffix(".jpg")?.parse().ok()
}

/// The stand-in: one grey square whose comment is its number. JPEG goes into a PDF as it is.
pub(super) fn image(number: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    JpegEncoder::new(&mut out).write_image(&[200; 64], 8, 8, ExtendedColorType::L8).ok()?;
    let comment = format!("{MARK}{number:08}");
    let length = u16::try_from(comment.len() + 2).ok()?.to_be_bytes();
    let segment: Vec<u8> = [0xFF, 0xFE].into_iter().chain(length).chain(comment.into_bytes()).collect();
    out.splice(2..2, segment);
    Some(out)
}

/// Exchanges every stand-in for its page. All must be there, or the paper is refused.
pub(super) fn replace(pdf: &[u8], pictures: &[Arc<Made>]) -> Result<Vec<u8>, String> {
    let mut document = Document::load_mem(pdf).map_err(|_| "the finished paper cannot be opened again".to_owned())?;
    let mut replaced = vec![false; pictures.len()];
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let Some(number) = number_in(&stream.content) else { continue };
        let picture = pictures.get(number).ok_or_else(|| "a picture has no page".to_owned())?;
        *stream = stream_of(picture).ok_or_else(|| "a picture cannot be read".to_owned())?;
        replaced[number] = true;
    }
    if replaced.contains(&false) {
        return Err("a page was left out of the paper".to_owned());
    }
    let mut out = Vec::new();
    document.save_to(&mut out).map_err(|_| "the finished paper cannot be written".to_owned())?;
    Ok(out)
}

fn number_in(stream: &[u8]) -> Option<usize> {
    let start = stream.get(..64)?.windows(MARK.len()).position(|bytes| bytes == MARK.as_bytes())? + MARK.len();
    std::str::from_utf8(stream.get(start..start + 8)?).ok()?.parse().ok()
}

/// A made page as a stream: the JPEG as it is, or the packed rows of the PNG.
fn stream_of(made: &Made) -> Option<Stream> {
    let (colour, data) = match made.format {
        Format::Jpeg => (is_grey_jpeg(&made.bytes)?, made.bytes.clone()),
        Format::Png => png_rows(&made.bytes)?,
    };
    let space = if colour { "DeviceGray" } else { "DeviceRGB" };
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(made.width),
        "Height" => i64::from(made.height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
    };
    match made.format {
        Format::Jpeg => dictionary.set("Filter", "DCTDecode"),
        Format::Png => {
            dictionary.set("Filter", "FlateDecode");
            let parameters = dictionary! {
                "Predictor" => 15,
                "Colors" => if colour { 1 } else { 3 },
                "BitsPerComponent" => 8,
                "Columns" => i64::from(made.width),
            };
            dictionary.set("DecodeParms", parameters);
        }
    }
    Some(Stream::new(dictionary, data).with_compression(false))
}

/// Whether a JPEG of ours is grey: its frame names one component.
fn is_grey_jpeg(bytes: &[u8]) -> Option<bool> {
    let mut at = 2;
    loop {
        let [0xFF, marker, high, low] = *bytes.get(at..at + 4)?.first_chunk::<4>()? else { return None };
        if matches!(marker, 0xC0..=0xC2) {
            return Some(*bytes.get(at + 9)? == 1);
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

/// Whether a PNG of ours is grey, and its packed rows. PDF reads them as PNG has them.
fn png_rows(bytes: &[u8]) -> Option<(bool, Vec<u8>)> {
    let mut at = 8;
    let (mut grey, mut rows) = (None, Vec::new());
    loop {
        let length = u32::from_be_bytes(*bytes.get(at..at + 4)?.first_chunk::<4>()?) as usize;
        let data = bytes.get(at + 8..at + 8 + length)?;
        match bytes.get(at + 4..at + 8)? {
            b"IHDR" => grey = Some(*data.get(9)? == 0),
            b"IDAT" => rows.extend_from_slice(data),
            b"IEND" => return Some((grey?, rows)),
            _ => {}
        }
        at += 12 + length;
    }
}
