//! Pictures with more pixels than there are, or that are not there.

use image::ImageFormat;

use super::{Bomb, bomb, noise, zeros};
use crate::making::{deflated, picture};

/// A PNG that claims so many pixels.
pub fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut png = picture(ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = flate2::Crc::new();
    let mut sum = sum;
    sum.update(&png[12..29]);
    png[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    png
}

/// A real PNG of so many black pixels.
fn black_png(width: u32, height: u32) -> Vec<u8> {
    let pixels = deflated(&vec![0; (width as usize + 1) * height as usize]);
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    png_with(&[(b"IHDR", &head), (b"IDAT", &pixels), (b"IEND", b"")])
}

/// A small PNG that keeps so many megabytes of something beside its pixels.
fn png_with_beside(chunk: &[u8], megabytes: usize) -> Vec<u8> {
    let packed = [&b"x\0\0"[..], &deflated(&zeros(megabytes))].concat();
    let head = [&8_u32.to_be_bytes()[..], &8_u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    png_with(&[(b"IHDR", &head), (chunk, &packed), (b"IDAT", &deflated(&[0; 72])), (b"IEND", b"")])
}

/// A moving picture of so many pictures.
fn moving(pictures: usize) -> Vec<u8> {
    let gif = picture(ImageFormat::Gif);
    // Head and colours stay, the picture up to the last byte is repeated.
    let body = gif.windows(2).position(|two| two == b"\x21\xf9" || two == [0x2c, 0]).unwrap_or(13);
    [&gif[..body], &gif[body..gif.len() - 1].repeat(pictures), b";"].concat()
}

/// A PNG of these chunks.
fn png_with(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in chunks {
        png.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(body);
        png.extend(*name);
        png.extend(*body);
        png.extend(sum.sum().to_be_bytes());
    }
    png
}

/// A TIFF whose one strip is packed and has more in it than its pixels take.
fn packed_tiff(megabytes: usize) -> Vec<u8> {
    let strip = deflated(&zeros(megabytes));
    let length = u32::try_from(strip.len()).unwrap_or(0);
    let entries = [(256, 1_000), (257, 1_000), (258, 8), (259, 8), (262, 1), (273, 8), (278, 1_000), (279, length)];
    let mut tiff = [&b"II*\0"[..], &(8 + length).to_le_bytes(), &strip, &8_u16.to_le_bytes()].concat();
    for (tag, value) in entries {
        tiff.extend(
            [&u16::to_le_bytes(tag)[..], &4_u16.to_le_bytes(), &1_u32.to_le_bytes(), &u32::to_le_bytes(value)].concat(),
        );
    }
    tiff.extend([0; 4]);
    tiff
}

pub fn pictures() -> Vec<Bomb> {
    let tiff = |directory: &[u8]| [&b"II*\0\x08\0\0\0"[..], directory].concat();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let looped = tiff(&[&[1, 0][..], &entry(256, 3, 1, 10), &8u32.to_le_bytes()].concat());
    let wide = tiff(
        &[&[3, 0][..], &entry(256, 4, 1, u32::MAX), &entry(257, 4, 1, u32::MAX), &entry(273, 4, u32::MAX, 8), &[0; 4]]
            .concat(),
    );
    let mut jpeg = picture(ImageFormat::Jpeg);
    if let Some(at) = jpeg.windows(2).position(|two| two == [0xff, 0xc0]) {
        jpeg[at + 5..at + 9].fill(0xff);
    }
    let mut gif = picture(ImageFormat::Gif);
    gif[6..10].fill(0xff);
    let mut bmp = picture(ImageFormat::Bmp);
    bmp[18..26].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f]);
    let mut exif = b"\xff\xd8\xff\xe1\x00\x30Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(entry(0x8769, 4, 1, 8));
    exif.extend(8u32.to_le_bytes());
    exif.extend(&picture(ImageFormat::Jpeg)[2..]);
    vec![
        bomb("png: billions of pixels claimed", "a.png", png_of(2_000_000_000, 2_000_000_000)),
        bomb("png: 3.6 billion pixels claimed", "a.png", png_of(60_000, 60_000)),
        bomb("png: 90 million pixels that are there", "a.png", black_png(10_000, 9_000)),
        bomb("png: one pixel wide, a hundred million high", "a.png", png_of(1, 100_000_000)),
        bomb("jpeg: billions of pixels claimed", "a.jpg", jpeg),
        bomb("jpeg: camera data that lead to themselves", "a.jpg", exif),
        bomb("gif: billions of pixels claimed", "a.gif", gif),
        bomb("bmp: billions of pixels claimed", "a.bmp", bmp),
        bomb("tiff: directories in a circle", "a.tif", looped),
        bomb("tiff: billions of pixels and strips claimed", "a.tif", wide),
        bomb("tiff: 65,535 entries of noise", "a.tif", tiff(&[&[0xff, 0xff][..], &noise(900_000)].concat())),
        bomb("webp: noise", "a.webp", [&b"RIFF\xff\xff\xff\x7fWEBPVP8L"[..], &noise(50_000)].concat()),
        bomb("heic: noise", "a.heic", [&b"\0\0\0\x18ftypheic\0\0\0\0"[..], &noise(50_000)].concat()),
        bomb("png: colours of 300 MB", "a.png", png_with_beside(b"iCCP", 300)),
        bomb("png: words of 300 MB", "a.png", png_with_beside(b"zTXt", 300)),
        bomb("png: no end", "a.png", [&black_png(8, 8)[..40], &noise(100_000)].concat()),
        bomb("gif: 50,000 pictures", "a.gif", moving(50_000)),
        bomb("tiff: one strip that unpacks to 200 MB", "a.tif", packed_tiff(200)),
        bomb(
            "svg: a script",
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(),
        ),
    ]
}
