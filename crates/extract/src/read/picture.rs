//! Pictures: nothing to read but by recognition; what the camera wrote into them is listed.

mod frames;
mod unseen;

use std::borrow::Cow;
use std::io::{BufRead, Cursor, Seek};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::Draft;
use crate::reading::{Page, Reading};
use crate::worker::PageImage;
use crate::{Refused, limits};

/// Reads a picture: its pages, and what hides in it.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut draft = Draft::default();
    for number in 0..count(bytes) {
        draft.begin(format!("Page {}", number + 1));
        match size(&frame(bytes, number)?) {
            Ok((width, height)) => {
                draft.page(Page { width: width as f32, height: height as f32, words: Vec::new(), scan: true });
            }
            Err(refused) if number == 0 => return Err(refused),
            Err(_) => {
                draft.page(Page { width: 1.0, height: 1.0, words: Vec::new(), scan: false });
                draft.trouble(format!("Page {} could not be read.", number + 1));
            }
        }
    }
    if moves(bytes) {
        draft.trouble("It is a moving picture; only its first picture is shown and read.");
    }
    unseen::list(bytes, &mut draft);
    Ok(draft.done())
}

/// How many pages a picture has. Only a TIFF has more than one.
fn count(bytes: &[u8]) -> usize {
    if frames::is_tiff(bytes) { frames::directories(bytes).len().max(1) } else { 1 }
}

/// A page of a picture as a picture.
fn frame(bytes: &[u8], number: usize) -> Result<Cow<'_, [u8]>, Refused> {
    if number == 0 {
        return Ok(Cow::Borrowed(bytes));
    }
    let directory = frames::is_tiff(bytes).then(|| frames::directories(bytes).get(number).copied()).flatten();
    let head = frames::head(bytes, directory.ok_or(Refused::NoSuchPage)?);
    let mut own = bytes.to_vec();
    own[..8].copy_from_slice(&head);
    Ok(Cow::Owned(own))
}

fn moves(bytes: &[u8]) -> bool {
    let pictures = |mark: &[u8]| bytes.windows(mark.len()).filter(|window| *window == mark).take(2).count();
    (bytes.starts_with(b"GIF") && pictures(b"\x21\xf9\x04") > 1)
        || (bytes.starts_with(b"RIFF") && pictures(b"ANMF") > 1)
        || (bytes.starts_with(b"\x89PNG") && pictures(b"fcTL") > 1)
}

/// A picture that nothing here can show.
pub fn closed() -> Reading {
    let mut draft = Draft::default();
    draft.begin("Picture");
    draft.trouble("Nothing here can show HEIC pictures. Save it as JPEG and add that too.");
    draft.done()
}

/// Shows a picture: turned as the camera says, with nothing in it but its pixels.
pub fn page(bytes: &[u8], page: usize) -> Result<PageImage, Refused> {
    let bytes = frame(bytes, page)?;
    let mut decoder = decoder(&bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    check(decoder.dimensions(), decoder.total_bytes())?;
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Damaged)?;
    encoded(image, orientation)
}

fn size(bytes: &[u8]) -> Result<(u32, u32), Refused> {
    let mut decoder = decoder(bytes)?;
    let (width, height) = decoder.dimensions();
    check((width, height), decoder.total_bytes())?;
    let turned = decoder.orientation().is_ok_and(|one| {
        matches!(
            one,
            Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
        )
    });
    Ok(if turned { (height, width) } else { (width, height) })
}

fn check((width, height): (u32, u32), decoded: u64) -> Result<(), Refused> {
    if u64::from(width) * u64::from(height) > limits::PIXELS || decoded > limits::PICTURE_BYTES {
        return Err(Refused::TooManyPixels);
    }
    if width == 0 || height == 0 { Err(Refused::Damaged) } else { Ok(()) }
}

fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Refused> {
    reader(Cursor::new(bytes)).map_err(|_| Refused::Damaged)?.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Damaged,
    })
}

fn reader<R: BufRead + Seek>(from: R) -> std::io::Result<ImageReader<R>> {
    let mut reader = ImageReader::new(from).with_guessed_format()?;
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(limits::PICTURE_BYTES);
    reader.limits(bounds);
    Ok(reader)
}

/// Makes a PNG of it, smaller where it has more pixels than a screen shows.
pub fn encoded(mut image: DynamicImage, orientation: Orientation) -> Result<PageImage, Refused> {
    let pixels = f64::from(image.width()) * f64::from(image.height());
    if pixels > limits::SHOWN_PIXELS {
        let scale = (limits::SHOWN_PIXELS / pixels).sqrt();
        let side = |length: u32| ((f64::from(length) * scale) as u32).max(1);
        image = image.thumbnail_exact(side(image.width()), side(image.height()));
    }
    image.apply_orientation(orientation);
    let image = if image.color().has_alpha() { image.to_rgba8().into() } else { DynamicImage::from(image.to_rgb8()) };
    let mut png = Vec::new();
    image.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(|_| Refused::Damaged)?;
    Ok(PageImage { png, width: image.width(), height: image.height() })
}
