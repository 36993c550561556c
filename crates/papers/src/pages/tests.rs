//! Tests of pages made anew.

use image::{GrayImage, ImageFormat, Luma, Rgb, RgbImage};

use super::*;

const SIZE: (u32, u32) = (595 * POINT, 842 * POINT);

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A page of grey noise, as a scanner gives it.
fn noise() -> DynamicImage {
    let mut seed = 7_u32;
    DynamicImage::ImageRgb8(RgbImage::from_fn(400, 560, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let value = (seed >> 24) as u8;
        Rgb([value, value.wrapping_add(40), 90])
    }))
}

fn writing() -> DynamicImage {
    DynamicImage::ImageLuma8(GrayImage::from_fn(595, 842, |x, y| {
        Luma([if x % 9 == 0 && y % 17 < 8 { 0 } else { 255 }])
    }))
}

fn burn(left: u32, top: u32, width: u32, height: u32, number: u32) -> Burn {
    Burn { area: Area { left, top, width, height }, number }
}

#[test]
fn under_a_box_nothing_is_left_in_either_format() {
    let burns = [burn(5_000, 6_000, 12_000, 2_400, 1), burn(20_000, 50_000, 900, 900, 217)];
    for (image, format) in [(noise(), Format::Jpeg), (writing(), Format::Png)] {
        let made = make(&file(&image, ImageFormat::Png), SIZE, &burns).unwrap();
        assert_eq!(made.format, format);
        let pixels = Pixels::read(&made.bytes).unwrap();
        assert_eq!(made.boxes.len(), 2);
        for burnt in &made.boxes {
            assert!(pixels.is_covered(burnt, &made.boxes, format), "{burnt:?}");
        }
    }
}

#[test]
fn a_box_that_was_forgotten_is_seen() {
    for image in [noise(), writing()] {
        let made = make(&file(&image, ImageFormat::Png), SIZE, &[]).unwrap();
        let pixels = Pixels::read(&made.bytes).unwrap();
        let forgotten = Burnt { pixels: (40, 40, 120, 64), number: 3 };
        assert!(!pixels.is_covered(&forgotten, &[forgotten], made.format));
    }
}

#[test]
fn a_box_is_never_smaller_than_asked_for() {
    let made = make(&file(&writing(), ImageFormat::Png), SIZE, &[burn(10_050, 10_050, 50, 50, 1)]).unwrap();
    let (left, top, right, bottom) = made.boxes[0].pixels;
    assert!(left <= 100 && top <= 100 && right >= 102 && bottom >= 102, "{:?}", made.boxes);
    let outside = make(&file(&writing(), ImageFormat::Png), SIZE, &[burn(59_000, 84_000, 90_000, 90_000, 1)]).unwrap();
    assert_eq!((outside.boxes[0].pixels.2, outside.boxes[0].pixels.3), (595, 842), "it ends with the page");
}

#[test]
fn nothing_but_pixels_is_written() {
    let mut jpeg = file(&noise(), ImageFormat::Jpeg);
    let comment = b"\xff\xfe\x00\x16Taken at 4 Hidden La";
    jpeg.splice(2..2, comment.iter().copied());
    let made = make(&jpeg, SIZE, &[]).unwrap();
    assert!(!made.bytes.windows(6).any(|six| six == b"Hidden"));
    let chunk = |name: &[u8]| made.bytes.windows(4).any(|four| four == name);
    assert!(!chunk(b"Exif") && !chunk(b"tEXt") && !chunk(b"ICC_"));
}

#[test]
fn what_is_no_image_is_refused_in_words() {
    assert_eq!(make(b"%PDF-1.7", SIZE, &[]), Err(PageError::Unreadable));
    assert_eq!(make(&file(&writing(), ImageFormat::Png)[..200], SIZE, &[]), Err(PageError::Unreadable));
}

#[test]
fn areas_are_compared_by_what_they_share() {
    let word = Area { left: 100, top: 100, width: 100, height: 100 };
    assert_eq!(word.share_in(&Area { left: 0, top: 0, width: 1_000, height: 1_000 }), 100);
    assert_eq!(word.share_in(&Area { left: 150, top: 100, width: 500, height: 100 }), 50);
    assert_eq!(word.share_in(&Area { left: 200, top: 100, width: 500, height: 100 }), 0);
    assert_eq!(
        word.with(&Area { left: 300, top: 50, width: 10, height: 10 }),
        Area { left: 100, top: 50, width: 210, height: 150 }
    );
    assert_eq!(word.wider(200), Area { left: 0, top: 0, width: 400, height: 400 });
}
