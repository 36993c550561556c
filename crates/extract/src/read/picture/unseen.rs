//! What the camera and other programs wrote into a picture.

use std::io::Cursor;

use exif::{Context, Exif, In, Tag};

use crate::read::{Draft, all_text};
use crate::reading::HiddenSort;
use crate::sort::find;

/// Lists what hides in a picture.
pub fn list(bytes: &[u8], draft: &mut Draft) {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    match reader.read_from_container(&mut Cursor::new(bytes)) {
        Ok(exif) => camera(&exif, draft),
        Err(error) => {
            let _ = error.distill_partial_result(|_| ()).map(|exif| camera(&exif, draft));
        }
    }
    xmp(bytes, draft);
    if bytes.starts_with(b"\x89PNG") {
        png_chunks(bytes, draft);
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg_segments(bytes, draft);
    }
}

fn camera(exif: &Exif, draft: &mut Draft) {
    if exif.get_field(Tag::JPEGInterchangeFormat, In::THUMBNAIL).is_some()
        || exif.fields().any(|field| field.ifd_num == In::THUMBNAIL && field.tag == Tag::StripOffsets)
    {
        draft.hide(HiddenSort::Thumbnail, "Picture", "");
    }
    for field in exif.fields() {
        if field.ifd_num != In::PRIMARY || shape(field.tag) {
            continue;
        }
        let name = field.tag.description().map_or_else(|| field.tag.to_string(), str::to_owned);
        let value = match &field.value {
            exif::Value::Undefined(bytes, _) if bytes.len() > 64 => {
                format!("{} bytes: {}", bytes.len(), readable(bytes))
            }
            _ => field.display_value().with_unit(exif).to_string(),
        };
        let sort = match (field.tag.context(), field.tag) {
            (Context::Tiff, Tag::Make | Tag::Model | Tag::Orientation) => HiddenSort::Camera,
            (Context::Tiff, _) => HiddenSort::Metadata,
            _ => HiddenSort::Camera,
        };
        draft.hide(sort, name, &value);
    }
}

/// Whether a tag only says how the pixels lie.
fn shape(tag: Tag) -> bool {
    tag.context() == Context::Tiff
        && matches!(tag.number(), 254..=259 | 262 | 273 | 277..=279 | 282..=284 | 296 | 317 | 320..=325 | 338 | 339 | 347 | 529..=532)
}

/// The readable stretches of bytes whose form only the camera's maker knows.
fn readable(bytes: &[u8]) -> String {
    bytes
        .split(|byte| !(byte.is_ascii_graphic() || *byte == b' '))
        .filter(|stretch| stretch.len() >= 4)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn xmp(bytes: &[u8], draft: &mut Draft) {
    let Some(start) = find(bytes, b"<x:xmpmeta") else { return };
    let rest = &bytes[start..];
    let Some(end) = find(rest, b"</x:xmpmeta>") else { return };
    let packet = &rest[..end + 12];
    let values = crate::xml::values_of(packet);
    draft.hide(HiddenSort::Metadata, "XMP", &format!("{} {values}", all_text(packet)));
}

/// Text in a PNG, and whatever comes after its end.
fn png_chunks(bytes: &[u8], draft: &mut Draft) {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let body = bytes.get(at + 8..at.saturating_add(8).saturating_add(length)).unwrap_or_default();
        match &head[4..] {
            b"tEXt" | b"iTXt" | b"zTXt" | b"tIME" => {
                let key = body.split(|&byte| byte == 0).next().unwrap_or_default();
                let rest = body.get(key.len()..).unwrap_or_default();
                draft.hide(HiddenSort::Metadata, String::from_utf8_lossy(key), &String::from_utf8_lossy(rest));
            }
            b"IEND" => return after_the_end(bytes.get(at + 12..).unwrap_or_default(), draft),
            _ => {}
        }
        let Some(next) = at.checked_add(length).and_then(|next| next.checked_add(12)) else { return };
        at = next;
    }
}

/// Comments and captions in a JPEG, and whatever comes after its end.
fn jpeg_segments(bytes: &[u8], draft: &mut Draft) {
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let body = bytes.get(at + 4..at + 2 + length.max(2)).unwrap_or_default();
        match marker {
            0xfe => draft.hide(HiddenSort::Metadata, "A comment", &String::from_utf8_lossy(body)),
            0xed => draft.hide(HiddenSort::Metadata, "Captions (IPTC)", &readable(body)),
            // The pixels begin here; the end is the last mark of one.
            0xda => break,
            _ => {}
        }
        at += 2 + length.max(2);
    }
    let end = bytes.windows(2).rposition(|two| two == [0xff, 0xd9]);
    after_the_end(end.and_then(|end| bytes.get(end + 2..)).unwrap_or_default(), draft);
}

fn after_the_end(rest: &[u8], draft: &mut Draft) {
    if rest.iter().any(|&byte| byte != 0) {
        draft.hide(
            HiddenSort::Other,
            "After the end of the picture",
            &format!("{} bytes: {}", rest.len(), readable(rest)),
        );
    }
}
